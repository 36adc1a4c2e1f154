/* SPDX-License-Identifier: Apache-2.0
 *
 * Civil dates and instants. Instants (`*_at`) are seconds since 1970 UTC in int64_t;
 * dates (`*_on`) are "YYYY-MM-DD" text, Gregorian, years 1000–9999. Time zones are
 * IANA names, resolved by ICU. No function here reads the machine's clock but clock_system(). */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#define DATE_LEN 11      /* "YYYY-MM-DD" and NUL */
#define STAMP_LEN 32     /* "YYYY-MM-DDTHH:MM:SSZ" and room */

/* Days since 1970-01-01 of a date text; false when it is no real date. */
bool date_to_days(const char *date, int32_t *days);
void date_from_days(int32_t days, char out[DATE_LEN]);
bool date_is_valid(const char *date);
/* date + n days; n may be negative. */
void date_add_days(const char *date, int32_t n, char out[DATE_LEN]);
/* date + n months, the day cut to the month's last. */
void date_add_months(const char *date, int32_t n, char out[DATE_LEN]);
/* b − a in days; both must be valid. */
int32_t date_diff(const char *a, const char *b);
/* Completed years from a to b. */
int date_years(const char *a, const char *b);
/* ISO week day, 1 Monday … 7 Sunday. */
int date_weekday(const char *date);
/* 0 on the first day of a week that begins on that weekday (0: Monday); a week's work takes five days, 5 and 6 are its end. */
int date_week_position(const char *date, int first_weekday);

/* The local date of an instant in a zone; "UTC" when zone is NULL. */
void date_of_instant(int64_t at, const char *zone, char out[DATE_LEN]);
/* The instant of a local date and minute of the day in a zone. */
int64_t instant_of(const char *date, int minute_of_day, const char *zone);
/* Local minute of the day of an instant. */
int minute_of_instant(int64_t at, const char *zone);
/* "YYYY-MM-DDTHH:MM:SSZ". */
void instant_format(int64_t at, char out[STAMP_LEN]);
/* Reads "YYYY-MM-DDTHH:MM[:SS][Z]" as UTC. */
bool instant_parse(const char *text, int64_t *at);

/* The machine's clock, or COMPASS_NOW when it is set (tests). An instance's own
 * time is instance_now(), never this. */
int64_t clock_system(void);

#endif
