/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of months and days in the form's language, for format-date(). */
#ifndef FORM_EXPR_LOCALE_H
#define FORM_EXPR_LOCALE_H

#include <stddef.h>

/* "Nov" of month 11; English when the language is NULL or unknown. */
void short_month(const char *language, unsigned month, char *out, size_t size);
/* "Tue" of weekday 2; 0 is Sunday. */
void short_weekday(const char *language, unsigned weekday, char *out, size_t size);

#endif
