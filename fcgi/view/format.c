/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates, times and numbers as people read them (format.h), by ICU. Opening a formatter
 * costs 30–240 µs, so each worker keeps those of the last languages and zones it met; and
 * formatting costs 3–10 µs, so it keeps what it wrote last: pages repeat days and counts. */
#include "format.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/udatpg.h>
#include <unicode/udisplaycontext.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

#include "base/date.h"
#include "base/err.h"
#include "base/text.h"
#include "country/words.h"

#define TEXT_MAX 128
#define DAY_MS 86400000.0
#define SETS_MAX 24             /* languages × zones of all instances of a worker */
#define DECIMALS_MAX 4

/* X(constant, skeleton): what is shown; ICU knows each language's order and marks. */
#define PATTERNS(X) \
	X(DATE, "yMMMd") \
	X(DATE_SHORT, "MMMd") \
	X(DATE_LONG, "yMMMMEEEEd") \
	X(DAY, "MMMMd") \
	X(DAY_NAME, "cccc") \
	X(WEEKDAY, "Ed") \
	X(MONTH, "yMMMM") \
	X(MONTH_SHORT, "LLL") \
	X(INSTANT, "yMMMdHm") \
	X(TIME, "Hm") \
	X(CLOCK, "yMMMEdHm")

enum pattern {
#define X(constant, skeleton) PATTERN_##constant,
	PATTERNS(X)
#undef X
	PATTERN_COUNT
};

static const char *const skeletons[] = {
#define X(constant, skeleton) skeleton,
	PATTERNS(X)
#undef X
};

/* The formatters of one language and zone, each opened when first used. */
struct set {
	char language[24], zone[48];
	char locale[64];
	UDateTimePatternGenerator *generator;
	UDateFormat *date[PATTERN_COUNT];
	UDateIntervalFormat *range, *range_year;
	UNumberFormat *number[DECIMALS_MAX + 1];
	URelativeDateTimeFormatter *relative;
};

static struct set sets[SETS_MAX];
static size_t n_sets, next_set;
static struct set *current;

/* What was written last: by set, kind of text and value. A pure function of the three, so it is nobody's secret. */
#define MEMOS 1024              /* power of two */
#define MEMO_TEXT 48
enum kind { KIND_DATE, KIND_NUMBER = PATTERN_COUNT, KIND_RELATIVE = KIND_NUMBER + DECIMALS_MAX + 1, KIND_DAYS_AGO };
struct memo { const struct set *set; int kind; int64_t value; char text[MEMO_TEXT]; };
static struct memo memos[MEMOS];

/* --- which set */

/* English here is the kind that writes 17 Nov 2026. Digits are Western and the calendar
 * Gregorian unless the language's tag says otherwise ("ar-u-nu-arab"). */
static bool icu_knows(const char *language)
{
	size_t n = strcspn(language, "-_");

	for (int32_t i = 0; i < uloc_countAvailable(); i++) {
		const char *known = uloc_getAvailable(i);
		if (strncmp(known, language, n) == 0 && (!known[n] || known[n] == '_'))
			return true;
	}
	return false;
}

/* What ICU does not know is ordered as in English; put_own_words gives it its names. */
static void locale_of(const char *language, char out[64])
{
	UErrorCode status = U_ZERO_ERROR;
	char tag[24];

	snprintf(tag, sizeof tag, "%s", strcmp(language, "en") == 0 || !icu_knows(language) ? "en-GB" : language);
	uloc_forLanguageTag(tag, out, 48, NULL, &status);
	if (U_FAILURE(status) || !*out)
		strcpy(out, "en_GB");
	status = U_ZERO_ERROR;
	if (!strstr(out, "numbers="))
		uloc_setKeywordValue("numbers", "latn", out, 64, &status);
	status = U_ZERO_ERROR;
	if (!strstr(out, "calendar="))
		uloc_setKeywordValue("calendar", "gregorian", out, 64, &status);
}

static void set_clear(struct set *set)
{
	memset(memos, 0, sizeof memos);
	if (set->generator)
		udatpg_close(set->generator);
	for (size_t i = 0; i < PATTERN_COUNT; i++)
		if (set->date[i])
			udat_close(set->date[i]);
	for (size_t i = 0; i <= DECIMALS_MAX; i++)
		if (set->number[i])
			unum_close(set->number[i]);
	if (set->range)
		udtitvfmt_close(set->range);
	if (set->range_year)
		udtitvfmt_close(set->range_year);
	if (set->relative)
		ureldatefmt_close(set->relative);
	memset(set, 0, sizeof *set);
}

void format_use(const char *language, const char *zone)
{
	language = language && *language ? language : "en";
	zone = zone && *zone ? zone : "UTC";
	for (size_t i = 0; i < n_sets; i++) {
		current = &sets[i];
		if (strcmp(current->language, language) == 0 && strcmp(current->zone, zone) == 0)
			return;
	}
	current = &sets[next_set];
	next_set = (next_set + 1) % SETS_MAX;
	n_sets += n_sets < SETS_MAX;
	set_clear(current);
	snprintf(current->language, sizeof current->language, "%s", language);
	snprintf(current->zone, sizeof current->zone, "%s", zone);
	locale_of(language, current->locale);
}

static struct set *set_get(void)
{
	if (!current)
		format_use("en", "UTC");
	return current;
}

/* --- what was written last */

static struct memo *memo_at(int kind, int64_t value)
{
	uint64_t key = ((uint64_t)value * 31 + (uint64_t)kind) * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)(current - sets) * 97;

	return &memos[(key >> 40) & (MEMOS - 1)];
}

/* The text, copied; NULL when it must be made. */
static char *memo_find(struct arena *arena, int kind, int64_t value)
{
	const struct memo *memo = memo_at(kind, value);

	return memo->set == current && memo->kind == kind && memo->value == value ? arena_strdup(arena, memo->text) : NULL;
}

static char *memo_keep(int kind, int64_t value, char *text)
{
	struct memo *memo = memo_at(kind, value);
	size_t n = strlen(text);

	if (n >= MEMO_TEXT)
		return text;
	*memo = (struct memo){ .set = current, .kind = kind, .value = value };
	memcpy(memo->text, text, n + 1);
	return text;
}

/* --- from ICU's UTF-16 to ours */

static char *text_of(struct arena *arena, const UChar *text, UErrorCode status)
{
	char utf8[TEXT_MAX * 3];

	if (U_FAILURE(status))
		return arena_strdup(arena, "");
	u_strToUTF8(utf8, sizeof utf8, NULL, text, -1, &status);
	return arena_strdup(arena, U_SUCCESS(status) ? utf8 : "");
}

/* Languages that ICU knows nothing of have the words of dates in their translations. Not inside tr():
 * where ICU knows them nobody has to translate them. */
static const char *const month_words[] = {
	"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
};
static const char *const day_words[] = { "", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };
static const char *const relative_words[] = { "yesterday", "today", "tomorrow" };
static const char *const ago_words[] = { "%1 day ago", "%1 days ago" }, *const ahead_words[] = { "in %1 day", "in %1 days" };

static bool is_unknown_to_icu(const struct set *set)
{
	return strncmp(set->locale, "en", 2) == 0 && strncmp(set->language, "en", 2) != 0;
}

/* Short months are the first three letters; days often begin alike and stay whole. */
static void put_words(UDateFormat *format, UDateFormatSymbolType type, const char *const *words, int n, bool is_short)
{
	for (int i = 0; i < n; i++) {
		UErrorCode status = U_ZERO_ERROR;
		UChar wide[48] = { 0 };
		if (!*words[i])
			continue;
		u_strFromUTF8(wide, 47, NULL, tr(words[i]), -1, &status);
		udat_setSymbols(format, type, i, wide, is_short && u_strlen(wide) > 3 ? 3 : -1, &status);
	}
}

static void put_own_words(UDateFormat *format)
{
	put_words(format, UDAT_MONTHS, month_words, 12, false);
	put_words(format, UDAT_STANDALONE_MONTHS, month_words, 12, false);
	put_words(format, UDAT_SHORT_MONTHS, month_words, 12, true);
	put_words(format, UDAT_STANDALONE_SHORT_MONTHS, month_words, 12, true);
	put_words(format, UDAT_WEEKDAYS, day_words, 8, false);
	put_words(format, UDAT_STANDALONE_WEEKDAYS, day_words, 8, false);
	put_words(format, UDAT_SHORT_WEEKDAYS, day_words, 8, false);
	put_words(format, UDAT_STANDALONE_SHORT_WEEKDAYS, day_words, 8, false);
}

static UDateFormat *date_format(enum pattern pattern)
{
	struct set *set = set_get();
	UErrorCode status = U_ZERO_ERROR;
	UChar skeleton[24], best[TEXT_MAX], zone[48];
	bool is_instant = pattern == PATTERN_INSTANT || pattern == PATTERN_TIME || pattern == PATTERN_CLOCK;

	if (set->date[pattern])
		return set->date[pattern];
	if (!set->generator)
		set->generator = udatpg_open(set->locale, &status);
	u_uastrcpy(skeleton, skeletons[pattern]);
	udatpg_getBestPattern(set->generator, skeleton, -1, best, TEXT_MAX, &status);
	/* English without the comma after the day: Tuesday 17 November 2026; where the month goes first, as ICU has it */
	bool is_day_first = strncmp(set->locale, "en", 2) == 0 && strncmp(set->locale, "en_US", 5) != 0;
	if (pattern == PATTERN_DATE_LONG && is_day_first)
		u_uastrcpy(best, "EEEE d MMMM y");
	if (pattern == PATTERN_CLOCK && is_day_first)
		u_uastrcpy(best, "E d MMM y, HH:mm");
	/* a date is the same everywhere: it is formatted at midnight UTC */
	u_uastrcpy(zone, is_instant ? set->zone : "UTC");
	set->date[pattern] = udat_open(UDAT_PATTERN, UDAT_PATTERN, set->locale, zone, -1, best, -1, &status);
	if (U_SUCCESS(status) && is_unknown_to_icu(set))
		put_own_words(set->date[pattern]);
	/* a day that stands alone begins with a capital */
	if (U_SUCCESS(status) && pattern == PATTERN_DAY_NAME)
		udat_setContext(set->date[pattern], UDISPCTX_CAPITALIZATION_FOR_BEGINNING_OF_SENTENCE, &status);
	return U_SUCCESS(status) ? set->date[pattern] : NULL;
}

/* None shows seconds. */
static char *moment(struct arena *arena, int64_t at, enum pattern pattern)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar text[TEXT_MAX] = { 0 };
	int64_t minute = at >= 0 ? at / 60 : (at - 59) / 60;
	UDateFormat *format = date_format(pattern);
	char *known;

	if (!format)
		return arena_strdup(arena, "");
	if ((known = memo_find(arena, KIND_DATE + (int)pattern, minute)))
		return known;
	udat_format(format, (double)minute * 60000.0, text, TEXT_MAX, NULL, &status);
	return memo_keep(KIND_DATE + (int)pattern, minute, text_of(arena, text, status));
}

static char *day(struct arena *arena, const char *date, enum pattern pattern)
{
	int32_t days;

	if (!date || !date_to_days(date, &days))
		return arena_strdup(arena, "");
	return moment(arena, days * INT64_C(86400), pattern);
}

/* --- public */

char *format_date(struct arena *arena, const char *date)
{
	return day(arena, date, PATTERN_DATE);
}

char *format_date_short(struct arena *arena, const char *date, const char *today)
{
	if (date && today && strncmp(date, today, 4) == 0)
		return day(arena, date, PATTERN_DATE_SHORT);
	return day(arena, date, PATTERN_DATE);
}

char *format_date_long(struct arena *arena, const char *date)
{
	return day(arena, date, PATTERN_DATE_LONG);
}

char *format_day(struct arena *arena, const char *date)
{
	return day(arena, date, PATTERN_DAY);
}

char *format_day_name(struct arena *arena, const char *date)
{
	return day(arena, date, PATTERN_DAY_NAME);
}

char *format_weekday(struct arena *arena, const char *date)
{
	return day(arena, date, PATTERN_WEEKDAY);
}

char *format_month(struct arena *arena, const char *date, int is_short)
{
	return day(arena, date, is_short ? PATTERN_MONTH_SHORT : PATTERN_MONTH);
}

char *format_instant(struct arena *arena, int64_t at)
{
	return moment(arena, at, PATTERN_INSTANT);
}

char *format_time(struct arena *arena, int64_t at)
{
	return moment(arena, at, PATTERN_TIME);
}

char *format_clock(struct arena *arena, int64_t at)
{
	return moment(arena, at, PATTERN_CLOCK);
}

static UDateIntervalFormat *range_format(bool with_year)
{
	struct set *set = set_get();
	UDateIntervalFormat **format = with_year ? &set->range_year : &set->range;
	UErrorCode status = U_ZERO_ERROR;
	UChar skeleton[16], zone[8];

	if (!*format) {
		u_uastrcpy(skeleton, with_year ? "yMMMd" : "MMMd");
		u_uastrcpy(zone, "UTC");
		*format = udtitvfmt_open(set->locale, skeleton, -1, zone, -1, &status);
	}
	return U_SUCCESS(status) ? *format : NULL;
}

char *format_date_range(struct arena *arena, const char *from, const char *to)
{
	int32_t first, last;
	UErrorCode status = U_ZERO_ERROR;
	UChar text[TEXT_MAX] = { 0 };
	UDateIntervalFormat *format;

	if (!from || !to || !date_to_days(from, &first) || !date_to_days(to, &last))
		return arena_strdup(arena, "");
	if (is_unknown_to_icu(set_get()))
		return arena_printf(arena, "%s – %s", format_date_short(arena, from, to), format_date(arena, to));
	format = range_format(strncmp(from, to, 4) != 0);
	if (!format)
		return arena_strdup(arena, "");
	udtitvfmt_format(format, first * DAY_MS, last * DAY_MS, text, TEXT_MAX, NULL, &status);
	return text_of(arena, text, status);
}

char *format_number(struct arena *arena, double number, int decimals)
{
	struct set *set = set_get();
	int n = decimals < 0 ? 0 : decimals > DECIMALS_MAX ? DECIMALS_MAX : decimals;
	UErrorCode status = U_ZERO_ERROR;
	UChar text[TEXT_MAX] = { 0 };
	int64_t value;
	char *known;

	memcpy(&value, &number, sizeof value);
	if ((known = memo_find(arena, KIND_NUMBER + n, value)))
		return known;
	if (!set->number[n]) {
		set->number[n] = unum_open(UNUM_DECIMAL, NULL, 0, set->locale, NULL, &status);
		if (U_FAILURE(status))
			return arena_printf(arena, "%.*f", n, number);
		unum_setAttribute(set->number[n], UNUM_MIN_FRACTION_DIGITS, n);
		unum_setAttribute(set->number[n], UNUM_MAX_FRACTION_DIGITS, n);
	}
	unum_formatDouble(set->number[n], number, text, TEXT_MAX, NULL, &status);
	return memo_keep(KIND_NUMBER + n, value, text_of(arena, text, status));
}

/* "4 days ago", "in 3 days", "yesterday", in the language's own words. */
static char *relative(struct arena *arena, int32_t days)
{
	struct set *set = set_get();
	UErrorCode status = U_ZERO_ERROR;
	UChar text[TEXT_MAX] = { 0 };
	char *known = memo_find(arena, KIND_RELATIVE, days);

	if (is_unknown_to_icu(set) && days >= -1 && days <= 1)
		return arena_strdup(arena, tr(relative_words[days + 1]));
	if (is_unknown_to_icu(set)) {
		const char *const *words = days < 0 ? ago_words : ahead_words;
		return tr_fill(arena, tr_plural(words[0], words[1], days < 0 ? -days : days), format_number(arena, days < 0 ? -days : days, 0), NULL);
	}
	if (known)
		return known;
	if (!set->relative)
		set->relative = ureldatefmt_open(set->locale, NULL, UDAT_STYLE_LONG,
		                                 UDISPCTX_CAPITALIZATION_NONE, &status);
	if (U_FAILURE(status))
		return arena_strdup(arena, "");
	ureldatefmt_format(set->relative, days, UDAT_REL_UNIT_DAY, text, TEXT_MAX, &status);
	return memo_keep(KIND_RELATIVE, days, text_of(arena, text, status));
}

/* The first letter in upper case: ICU does this by itself for some languages only. */
static char *capital(struct arena *arena, const char *text)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar rest[TEXT_MAX] = { 0 }, first[8] = { 0 };
	int32_t at = 0;

	u_strFromUTF8(rest, TEXT_MAX, NULL, text, -1, &status);
	if (U_FAILURE(status) || !rest[0])
		return arena_strdup(arena, text);
	U16_FWD_1(rest, at, TEXT_MAX);
	u_strToUpper(first, 8, rest, at, set_get()->locale, &status);
	return arena_printf(arena, "%s%s", text_of(arena, first, status), text_of(arena, rest + at, status));
}

char *format_days_ago(struct arena *arena, const char *date, const char *today)
{
	int32_t days;
	char *known;

	if (!date || !today || !date_is_valid(date) || !date_is_valid(today))
		return arena_strdup(arena, "");
	days = date_diff(today, date);
	if (days < -30 || days > 30)
		return format_date(arena, date);
	/* translations may be reloaded at any time: only what is ICU's own is remembered */
	if (is_unknown_to_icu(set_get()))
		return capital(arena, relative(arena, days));
	if ((known = memo_find(arena, KIND_DAYS_AGO, days)))
		return known;
	return memo_keep(KIND_DAYS_AGO, days, capital(arena, relative(arena, days)));
}

char *format_due(struct arena *arena, const char *date, const char *today)
{
	int32_t days;

	if (!date || !today || !date_is_valid(date) || !date_is_valid(today))
		return arena_strdup(arena, "");
	days = date_diff(today, date);
	if (days >= 0)
		return days > 30 ? format_date(arena, date) : relative(arena, days);
	return tr_fill(arena, tr_plural("%1 day late", "%1 days late", -days),
	               format_number(arena, -days, 0), NULL);
}

char *format_pair(struct arena *arena, const char *one, const char *two)
{
	return arena_printf(arena, "%s%s %s", one, tr(","), two);
}
