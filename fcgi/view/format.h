/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates, times, numbers, names for people, by ICU in the request's language and the
 * instance's time zone (look.md section 12: `17 Nov 2026`, 24-hour, en dash ranges). */
#ifndef VIEW_FORMAT_H
#define VIEW_FORMAT_H

#include <stdint.h>

#include "base/arena.h"

/* Set by the gate with words_use. Both borrowed. */
void format_use(const char *language, const char *zone);
/* "17 Nov 2026"; NULL or no date gives "". */
char *format_date(struct arena *arena, const char *date);
/* "17 Nov": the year only when it is not the year of today. */
char *format_date_short(struct arena *arena, const char *date, const char *today);
/* "Tuesday 17 November 2026". */
char *format_date_long(struct arena *arena, const char *date);
/* "17 November", of days near today, and "Tuesday" with its capital. */
char *format_day(struct arena *arena, const char *date);
char *format_day_name(struct arena *arena, const char *date);
/* "Tue 17". */
char *format_weekday(struct arena *arena, const char *date);
/* "November 2026" and "Nov". */
char *format_month(struct arena *arena, const char *date, int is_short);
/* "17 Nov 2026, 09:12" and "09:12". */
char *format_instant(struct arena *arena, int64_t at);
char *format_time(struct arena *arena, int64_t at);
/* "Tue 17 Nov 2026, 09:12". */
char *format_clock(struct arena *arena, int64_t at);
/* "16–20 Nov". */
char *format_date_range(struct arena *arena, const char *from, const char *to);
/* Thousands by locale; decimals as many as given. */
char *format_number(struct arena *arena, double number, int decimals);
/* "Today", "Yesterday", "4 days ago", up to 30 days; then the date. */
char *format_days_ago(struct arena *arena, const char *date, const char *today);
/* "in 3 days", "today", "2 days late". */
char *format_due(struct arena *arena, const char *date, const char *today);

/* "Gyumri, 14 Lori avenue", with the comma of the reader's script. */
char *format_pair(struct arena *arena, const char *one, const char *two);

#endif
