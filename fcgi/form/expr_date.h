/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates and times inside expressions: reading ISO 8601 text, and the two-way road
 * between text and days since 1970 that ODK's operators take. Private to fcgi/form/expr*.c. */
#ifndef FORM_EXPR_DATE_H
#define FORM_EXPR_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A date, a time, or both, as it was written. */
struct moment {
	bool has_date, has_time, has_offset;
	int32_t day;            /* days since 1970-01-01, as written */
	int32_t ms;             /* milliseconds since midnight, as written */
	int32_t offset_min;     /* east of UTC is positive */
};

enum { MS_PER_DAY = 24 * 60 * 60 * 1000 };

/* "YYYY-MM-DD", "YYYY-M-D", either with "THH:MM[:SS[.fff]][Z|±HH[:]MM]". A real date only. */
bool moment_parse(const char *text, struct moment *moment);
/* "HH:MM[:SS[.fff]][Z|±HH:MM]". */
bool moment_parse_time(const char *text, struct moment *moment);
/* Milliseconds since 1970 UTC; without an offset the moment is one of `zone`. */
int64_t moment_instant(const struct moment *moment, const char *zone);
/* The local date and time of an instant in a zone, offset filled in. */
struct moment moment_local(int64_t instant_ms, const char *zone);
/* Number of a date or date-time text: whole days for a date (or its local midnight when
 * `at_midnight`), fractional days UTC for a date-time. */
double moment_days(const struct moment *moment, const char *zone, bool at_midnight);
/* "YYYY-MM-DD"; `out` has room for 16. False when the year is not 0–9999. */
bool moment_date_text(const struct moment *moment, char out[16]);
/* "YYYY-MM-DDTHH:MM:SS.mmm±HH:MM" */
bool moment_text(const struct moment *moment, char out[40]);
/* Year, month, day of a day number. */
void day_split(int32_t day, int *year, int *month, int *date);

#endif
