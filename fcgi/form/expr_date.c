/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates and times inside expressions (see expr_date.h). The calendar is the proleptic
 * Gregorian one; zones are resolved by base/date. */
#include "expr_date.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"

/* Reads min to max digits; -1 when there are fewer. */
static int digits(const char **at, int min, int max)
{
	int value = 0, n = 0;
	while (n < max && **at >= '0' && **at <= '9') {
		value = value * 10 + (*(*at)++ - '0');
		n++;
	}
	return n < min ? -1 : value;
}

static bool skip(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && is_leap);
}

/* Days since 1970-01-01 of a civil date: years counted from March, 400-year eras. */
static int32_t day_join(int year, int month, int date)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

void day_split(int32_t day, int *year, int *month, int *date)
{
	int64_t z = (int64_t)day + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int day_of_era = (int)(z - era * 146097);
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int m = (5 * day_of_year + 2) / 153;
	*date = day_of_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = (int)(year_of_era + era * 400) + (*month <= 2);
}

static bool parse_date(const char **at, struct moment *moment)
{
	int year = digits(at, 4, 4);
	if (year < 0 || !skip(at, '-'))
		return false;
	int month = digits(at, 1, 2);
	if (month < 1 || month > 12 || !skip(at, '-'))
		return false;
	int date = digits(at, 1, 2);
	if (date < 1 || date > days_in_month(year, month))
		return false;
	moment->has_date = true;
	moment->day = day_join(year, month, date);
	return true;
}

static bool parse_offset(const char **at, struct moment *moment)
{
	if (skip(at, 'Z')) {
		moment->has_offset = true;
		return true;
	}
	int sign = **at == '+' ? 1 : **at == '-' ? -1 : 0;
	if (!sign)
		return true;
	(*at)++;
	int hours = digits(at, 2, 2);
	if (hours < 0 || hours > 23)
		return false;
	int minutes = 0;
	if (**at) {
		skip(at, ':');
		minutes = digits(at, 2, 2);
	}
	if (minutes < 0 || minutes > 59)
		return false;
	moment->has_offset = true;
	moment->offset_min = sign * (hours * 60 + minutes);
	return true;
}

static bool parse_fraction(const char **at, int *ms)
{
	*ms = 0;
	if (!skip(at, '.'))
		return true;
	int scale = 100, n = 0;
	for (; **at >= '0' && **at <= '9'; (*at)++, n++, scale /= 10)
		*ms += (**at - '0') * scale;
	return n > 0;
}

static bool parse_time(const char **at, struct moment *moment)
{
	int second = 0, ms = 0;
	int hour = digits(at, 2, 2);
	if (hour < 0 || hour > 23 || !skip(at, ':'))
		return false;
	int minute = digits(at, 2, 2);
	if (minute < 0 || minute > 59)
		return false;
	if (skip(at, ':')) {
		second = digits(at, 2, 2);
		if (second < 0 || second > 59 || !parse_fraction(at, &ms))
			return false;
	}
	moment->has_time = true;
	moment->ms = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
	return parse_offset(at, moment);
}

bool moment_parse(const char *text, struct moment *moment)
{
	*moment = (struct moment){ 0 };
	/* Most text is no date: look at two bytes before anything else. */
	if (text[0] < '0' || text[0] > '9')
		return false;
	const char *at = text;
	if (!parse_date(&at, moment))
		return false;
	if (skip(&at, 'T') && !parse_time(&at, moment))
		return false;
	return *at == '\0';
}

bool moment_parse_time(const char *text, struct moment *moment)
{
	const char *at = text;
	*moment = (struct moment){ 0 };
	return parse_time(&at, moment) && *at == '\0';
}

static bool is_utc(const char *zone)
{
	return !zone || !zone[0] || strcmp(zone, "UTC") == 0;
}

int64_t moment_instant(const struct moment *moment, const char *zone)
{
	int64_t local = (int64_t)moment->day * MS_PER_DAY + moment->ms;
	if (moment->has_offset)
		return local - (int64_t)moment->offset_min * 60000;
	if (is_utc(zone))
		return local;
	char date[16];
	if (!moment_date_text(moment, date) || !date_is_valid(date))
		return local;
	return instant_of(date, moment->ms / 60000, zone) * 1000 + moment->ms % 60000;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* How far a zone is from UTC at an instant, in minutes. */
static int32_t zone_offset(int64_t instant_ms, const char *zone)
{
	if (is_utc(zone))
		return 0;
	int64_t at = floor_div(instant_ms, 1000);
	char date[DATE_LEN];
	int32_t day;
	date_of_instant(at, zone, date);
	if (!date_to_days(date, &day))
		return 0;
	int64_t local_minute = (int64_t)day * 1440 + minute_of_instant(at, zone);
	return (int32_t)(local_minute - floor_div(at, 60));
}

struct moment moment_local(int64_t instant_ms, const char *zone)
{
	struct moment moment = { .has_date = true, .has_time = true, .has_offset = true };
	moment.offset_min = zone_offset(instant_ms, zone);
	int64_t local = instant_ms + (int64_t)moment.offset_min * 60000;
	moment.day = (int32_t)floor_div(local, MS_PER_DAY);
	moment.ms = (int32_t)(local - (int64_t)moment.day * MS_PER_DAY);
	return moment;
}

double moment_days(const struct moment *moment, const char *zone, bool at_midnight)
{
	if (!moment->has_time && !at_midnight)
		return moment->day;
	return (double)moment_instant(moment, zone) / MS_PER_DAY;
}

bool moment_date_text(const struct moment *moment, char out[16])
{
	int year, month, date;
	day_split(moment->day, &year, &month, &date);
	if (year < 0 || year > 9999)
		return false;
	snprintf(out, 16, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)date % 100);
	return true;
}

bool moment_text(const struct moment *moment, char out[40])
{
	char date[16];
	if (!moment_date_text(moment, date))
		return false;
	unsigned ms = (unsigned)moment->ms;
	unsigned offset = (unsigned)(moment->offset_min < 0 ? -moment->offset_min : moment->offset_min);
	snprintf(out, 40, "%.10sT%02u:%02u:%02u.%03u%c%02u:%02u", date, ms / 3600000 % 24, ms / 60000 % 60, ms / 1000 % 60,
	         ms % 1000, moment->offset_min < 0 ? '-' : '+', offset / 60 % 100, offset % 60);
	return true;
}
