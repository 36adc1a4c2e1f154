/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions on dates and times. Results are texts, as the specification has it: a date
 * is "2026-11-17", a date-time carries its offset from UTC. */
#include "expr_functions.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "expr_date.h"
#include "expr_locale.h"

/* "YYYY-MM-DD", with the time when asked for, and the exact days behind it. */
static struct value date_of_moment(struct eval *eval, const struct moment *moment, bool with_time)
{
	char text[40];
	bool is_whole = with_time ? moment_text(moment, text) : moment_date_text(moment, text);
	if (!is_whole)
		return value_of_date("Invalid Date", NAN, false);
	return value_of_date(arena_strdup(eval->env->arena, text), moment_days(moment, eval->env->zone, false), moment->has_time);
}

struct value function_today(struct eval *eval, const struct ast *call)
{
	(void)call;
	struct moment moment = moment_local(eval->env->now * 1000, eval->env->zone);
	return date_of_moment(eval, &(struct moment){ .has_date = true, .day = moment.day }, false);
}

struct value function_now(struct eval *eval, const struct ast *call)
{
	(void)call;
	struct moment moment = moment_local(eval->env->now * 1000, eval->env->zone);
	return date_of_moment(eval, &moment, true);
}

enum reading { READ_NOTHING, READ_MOMENT, READ_EMPTY };

static enum reading read_days(struct eval *eval, double days, bool with_time, struct moment *moment)
{
	if (!(fabs(days) < 3e6))
		return READ_NOTHING;
	if (with_time || days != floor(days)) {
		*moment = moment_local((int64_t)llround(days * MS_PER_DAY), eval->env->zone);
		return READ_MOMENT;
	}
	*moment = (struct moment){ .has_date = true, .day = (int32_t)days };
	return READ_MOMENT;
}

/* A date from a text, or from a number of days since 1970. Offsets are taken to the zone. */
static enum reading read_value(struct eval *eval, const struct value *value, struct moment *moment)
{
	if (value->kind == VALUE_BOOLEAN)
		return READ_NOTHING;
	if (value->kind == VALUE_NUMBER)
		return read_days(eval, value->number, false, moment);
	/* date('2026-11-17T10:00') shows the day alone, but knows the hour */
	if (value->is_date && value->boolean)
		return read_days(eval, value->number, true, moment);
	const char *text = eval_string(eval, value);
	if (!text[0])
		return READ_EMPTY;
	if (!moment_parse(text, moment))
		return read_days(eval, number_of_text(text, eval->env->zone), false, moment);
	if (moment->has_offset)
		*moment = moment_local(moment_instant(moment, NULL), eval->env->zone);
	return READ_MOMENT;
}

static struct value no_date(enum reading reading)
{
	return reading == READ_EMPTY ? value_of_string("") : value_of_date("Invalid Date", NAN, false);
}

struct value function_date(struct eval *eval, const struct ast *call)
{
	struct moment moment;
	struct value value = arg_value(eval, call, 0);
	enum reading reading = read_value(eval, &value, &moment);
	return reading == READ_MOMENT ? date_of_moment(eval, &moment, false) : no_date(reading);
}

struct value function_date_time(struct eval *eval, const struct ast *call)
{
	struct moment moment;
	struct value value = arg_value(eval, call, 0);
	enum reading reading = read_value(eval, &value, &moment);
	if (reading != READ_MOMENT)
		return no_date(reading);
	if (!moment.has_time)
		return date_of_moment(eval, &moment, false);
	if (!moment.has_offset)
		moment = moment_local(moment_instant(&moment, eval->env->zone), eval->env->zone);
	return date_of_moment(eval, &moment, true);
}

/* The time of day of a date-time or a time, with its offset: "09:12:00.000+04:00". */
struct value function_time(struct eval *eval, const struct ast *call)
{
	struct moment moment;
	const char *text = arg_string(eval, call, 0);
	char whole[40];
	if (!text[0])
		return value_of_string("");
	if (moment_parse_time(text, &moment))
		return value_of_string(text);
	if (!moment_parse(text, &moment))
		return no_date(READ_NOTHING);
	moment = moment_local(moment_instant(&moment, eval->env->zone), eval->env->zone);
	return moment_text(&moment, whole) ? value_of_string(arena_strdup(eval->env->arena, strchr(whole, 'T') + 1)) : no_date(READ_NOTHING);
}

struct value function_decimal_date_time(struct eval *eval, const struct ast *call)
{
	struct moment moment;
	struct value value = arg_value(eval, call, 0);
	if (value.kind == VALUE_NUMBER)
		return value;
	if (value.is_date && value.boolean)
		return value_of_number(value.number);
	const char *text = eval_string(eval, &value);
	if (value.kind != VALUE_BOOLEAN && moment_parse(text, &moment))
		return value_of_number(moment_days(&moment, eval->env->zone, true));
	return value_of_number(value.kind == VALUE_BOOLEAN ? NAN : number_of_text(text, eval->env->zone));
}

/* A time that names an offset is taken to the zone's own time of today. */
static double time_of_day(struct eval *eval, struct moment moment)
{
	if (moment.has_offset) {
		if (!moment.has_date)
			moment.day = moment_local(eval->env->now * 1000, eval->env->zone).day;
		moment = moment_local(moment_instant(&moment, NULL), eval->env->zone);
	}
	return (double)moment.ms / MS_PER_DAY;
}

/* The part of a day that has passed: noon is 0.5. */
struct value function_decimal_time(struct eval *eval, const struct ast *call)
{
	struct moment moment;
	struct value value = arg_value(eval, call, 0);
	if (value.kind == VALUE_NUMBER)
		return value_of_number(value.number - floor(value.number));
	const char *text = eval_string(eval, &value);
	if (moment_parse_time(text, &moment) || moment_parse(text, &moment))
		return value_of_number(time_of_day(eval, moment));
	return value_of_number(NAN);
}

/* --- formatting --- */

struct parts { unsigned year, month, date, weekday, ms; int32_t day; const char *language; };

static struct parts parts_of(const struct moment *moment, const char *language)
{
	int year, month, date, weekday = (moment->day + 4) % 7;
	day_split(moment->day, &year, &month, &date);
	return (struct parts){ (unsigned)year, (unsigned)month, (unsigned)date,
	                       (unsigned)(weekday < 0 ? weekday + 7 : weekday), (unsigned)moment->ms, moment->day, language };
}

/* ISO 8601 week of the year: the one its Thursday lies in. */
static unsigned week_of(const struct parts *parts)
{
	int year, month, date;
	int32_t thursday = parts->day + 3 - (int32_t)(parts->weekday + 6) % 7, first = thursday;
	day_split(thursday, &year, &month, &date);
	while (first > thursday - 366) {
		int own;
		day_split(first - 7, &own, &month, &date);
		if (own != year)
			break;
		first -= 7;
	}
	return (unsigned)(thursday - first) / 7 + 1;
}

enum { CODE_LEN = 40 };

/* One code; false when there is none such. */
static bool format_code(char code, const struct parts *parts, char out[CODE_LEN])
{
	unsigned ms = parts->ms;
	switch (code) {
	case 'Y': snprintf(out, CODE_LEN, "%04u", parts->year); return true;
	case 'y': snprintf(out, CODE_LEN, "%02u", parts->year % 100); return true;
	case 'm': snprintf(out, CODE_LEN, "%02u", parts->month); return true;
	case 'n': snprintf(out, CODE_LEN, "%u", parts->month); return true;
	case 'b': short_month(parts->language, parts->month, out, CODE_LEN); return true;
	case 'd': snprintf(out, CODE_LEN, "%02u", parts->date); return true;
	case 'e': snprintf(out, CODE_LEN, "%u", parts->date); return true;
	case 'H': snprintf(out, CODE_LEN, "%02u", ms / 3600000); return true;
	case 'h': snprintf(out, CODE_LEN, "%u", ms / 3600000); return true;
	case 'M': snprintf(out, CODE_LEN, "%02u", ms / 60000 % 60); return true;
	case 'S': snprintf(out, CODE_LEN, "%02u", ms / 1000 % 60); return true;
	case '3': snprintf(out, CODE_LEN, "%03u", ms % 1000); return true;
	case 'a': short_weekday(parts->language, parts->weekday, out, CODE_LEN); return true;
	case 'W': snprintf(out, CODE_LEN, "%u", week_of(parts)); return true;
	case '%': snprintf(out, CODE_LEN, "%%"); return true;
	default: return false;
	}
}

struct value function_format_date_time(struct eval *eval, const struct ast *call)
{
	struct moment moment;
	struct value value = arg_value(eval, call, 0);
	const char *format = arg_string(eval, call, 1);
	if (read_value(eval, &value, &moment) != READ_MOMENT)
		return value_of_string("");
	struct parts parts = parts_of(&moment, eval->env->language);
	struct text_out out = { .eval = eval };
	char text[CODE_LEN];
	for (; *format && eval_spend(eval, 1); format++) {
		if (*format != '%')
			out_add(&out, format, 1);
		else if (format_code(*++format, &parts, text))
			out_str(&out, text);
		else
			return *format ? eval_fail(eval, "%s(): there is no %%%c", call->function->name, *format) :
			                 eval_fail(eval, "%s(): the format ends with %%", call->function->name);
	}
	return value_of_string(out_text(&out));
}

struct value function_format_date(struct eval *eval, const struct ast *call)
{
	return function_format_date_time(eval, call);
}
