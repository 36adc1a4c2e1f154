/* SPDX-License-Identifier: Apache-2.0
 *
 * Civil dates by arithmetic, time zones by ICU. The only reader of the machine's
 * clock. Day arithmetic is the usual era calculation for the proleptic Gregorian calendar. */
#include "date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "err.h"

#define DAY_S 86400

struct civil { int year, month, day; };

static int32_t days_of(struct civil c)
{
	int y = c.month <= 2 ? c.year - 1 : c.year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

static struct civil civil_of(int32_t days)
{
	int z = days + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	struct civil c = { .day = doy - (153 * mp + 2) / 5 + 1, .month = mp < 10 ? mp + 3 : mp - 9 };

	c.year = yoe + era * 400 + (c.month <= 2);
	return c;
}

static int month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && is_leap ? 29 : lengths[month - 1];
}

/* n digits at text as a number, -1 when they are not all digits. */
static int digits(const char *text, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

/* Reads the date at the start of text; what follows is the caller's. */
static bool civil_read(const char *text, struct civil *c)
{
	if (!text || (c->year = digits(text, 4)) < 1000 || text[4] != '-')
		return false;
	if ((c->month = digits(text + 5, 2)) < 1 || c->month > 12 || text[7] != '-')
		return false;
	c->day = digits(text + 8, 2);
	return c->day >= 1 && c->day <= month_length(c->year, c->month);
}

bool date_to_days(const char *date, int32_t *days)
{
	struct civil c;

	if (!civil_read(date, &c) || date[10])
		return false;
	*days = days_of(c);
	return true;
}

static void civil_write(struct civil c, char out[DATE_LEN])
{
	if (c.year < 1000 || c.year > 9999)
		c = c.year < 1000 ? (struct civil){ 1000, 1, 1 } : (struct civil){ 9999, 12, 31 };
	snprintf(out, DATE_LEN, "%04u-%02u-%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100, (unsigned)c.day % 100);
}

void date_from_days(int32_t days, char out[DATE_LEN])
{
	/* years 1000 to 9999; beyond them the nearest date we can write */
	civil_write(civil_of(days < -354285 ? -354285 : days > 2932896 ? 2932896 : days), out);
}

bool date_is_valid(const char *date)
{
	int32_t days;

	return date_to_days(date, &days);
}

static int32_t valid_days(const char *date)
{
	int32_t days;

	if (!date_to_days(date, &days))
		BUG("\"%.20s\" is no date", date ? date : "(null)");
	return days;
}

void date_add_days(const char *date, int32_t n, char out[DATE_LEN])
{
	int64_t days = (int64_t)valid_days(date) + n;

	date_from_days((int32_t)(days < -400000 ? -400000 : days > 3000000 ? 3000000 : days), out);
}

void date_add_months(const char *date, int32_t n, char out[DATE_LEN])
{
	struct civil c = civil_of(valid_days(date));
	int64_t months = (int64_t)c.year * 12 + c.month - 1 + n;

	if (months < 12000 || months >= 120000) {
		civil_write((struct civil){ months < 12000 ? 0 : 10000, 1, 1 }, out);
		return;
	}
	c.year = (int)(months / 12);
	c.month = (int)(months % 12) + 1;
	if (c.day > month_length(c.year, c.month))
		c.day = month_length(c.year, c.month);
	civil_write(c, out);
}

int32_t date_diff(const char *a, const char *b)
{
	return valid_days(b) - valid_days(a);
}

int date_years(const char *a, const char *b)
{
	struct civil from = civil_of(valid_days(a)), to = civil_of(valid_days(b));
	bool before = to.month < from.month || (to.month == from.month && to.day < from.day);

	return to.year - from.year - before;
}

int date_weekday(const char *date)
{
	/* 1970-01-01 was a Thursday */
	return ((valid_days(date) + 3) % 7 + 7) % 7 + 1;
}

int date_week_position(const char *date, int first_weekday)
{
	return (date_weekday(date) - (first_weekday ? first_weekday : 1) + 7) % 7;
}

/* An ICU calendar for the zone, kept: opening one costs more than a page's queries. */
static UCalendar *zone_calendar(const char *zone)
{
	static struct { char zone[64]; UCalendar *calendar; } kept[8];
	static unsigned next;
	UErrorCode status = U_ZERO_ERROR;
	UChar name[64];
	unsigned i;

	for (i = 0; i < 8; i++)
		if (kept[i].calendar && strcmp(kept[i].zone, zone) == 0)
			return kept[i].calendar;
	i = next++ % 8;
	ucal_close(kept[i].calendar);
	kept[i].calendar = NULL;
	if (strlen(zone) >= sizeof kept[i].zone)
		return NULL;
	u_uastrncpy(name, zone, 64);
	kept[i].calendar = ucal_open(name, -1, "en", UCAL_GREGORIAN, &status);
	if (U_FAILURE(status))
		return kept[i].calendar = NULL;
	strcpy(kept[i].zone, zone);
	return kept[i].calendar;
}

/* Seconds to add to UTC at an instant; an unknown zone is UTC. */
static int64_t zone_offset(int64_t at, const char *zone)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar;
	int32_t ms;

	if (!zone || strcmp(zone, "UTC") == 0 || !(calendar = zone_calendar(zone)))
		return 0;
	ucal_setMillis(calendar, (UDate)at * 1000, &status);
	ms = ucal_get(calendar, UCAL_ZONE_OFFSET, &status) + ucal_get(calendar, UCAL_DST_OFFSET, &status);
	return U_FAILURE(status) ? 0 : ms / 1000;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

void date_of_instant(int64_t at, const char *zone, char out[DATE_LEN])
{
	int64_t days = floor_div(at + zone_offset(at, zone), DAY_S);

	date_from_days((int32_t)(days < -400000 ? -400000 : days > 3000000 ? 3000000 : days), out);
}

int64_t instant_of(const char *date, int minute_of_day, const char *zone)
{
	int64_t local = (int64_t)valid_days(date) * DAY_S + (int64_t)minute_of_day * 60;
	int64_t at = local - zone_offset(local, zone);

	/* the first guess took the offset of another instant; near a change of clocks it differs */
	return local - zone_offset(at, zone);
}

int minute_of_instant(int64_t at, const char *zone)
{
	int64_t local = at + zone_offset(at, zone);

	return (int)((local - floor_div(local, DAY_S) * DAY_S) / 60);
}

void instant_format(int64_t at, char out[STAMP_LEN])
{
	int64_t days = floor_div(at, DAY_S);
	unsigned second = (unsigned)(at - days * DAY_S);
	char date[DATE_LEN];

	date_of_instant(at, NULL, date);
	snprintf(out, STAMP_LEN, "%sT%02u:%02u:%02uZ", date, second / 3600 % 24, second / 60 % 60, second % 60);
}

bool instant_parse(const char *text, int64_t *at)
{
	struct civil c;
	int hour, minute, second = 0;

	if (!civil_read(text, &c) || text[10] != 'T')
		return false;
	if ((hour = digits(text + 11, 2)) < 0 || hour > 23 || text[13] != ':')
		return false;
	if ((minute = digits(text + 14, 2)) < 0 || minute > 59)
		return false;
	text += 16;
	if (*text == ':') {
		if ((second = digits(text + 1, 2)) < 0 || second > 59)
			return false;
		text += 3;
	}
	if (*text == 'Z')
		text++;
	*at = (int64_t)days_of(c) * DAY_S + hour * 3600 + minute * 60 + second;
	return !*text;
}

int64_t clock_system(void)
{
	const char *now = getenv("COMPASS_NOW");
	int32_t days;
	int64_t at;

	if (now && instant_parse(now, &at))
		return at;
	if (now && date_to_days(now, &days))
		return (int64_t)days * DAY_S;
	return (int64_t)time(NULL);
}
