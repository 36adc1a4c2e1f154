/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of months and days by ICU (see expr_locale.h). A language's names are read once
 * per worker: opening ICU's formatter costs a hundred expressions. */
#include "expr_locale.h"

#include <stdio.h>
#include <string.h>

#include <unicode/udat.h>
#include <unicode/ustring.h>

enum { KEPT = 8, NAME_LEN = 40 };

static struct names {
	char language[16];
	char month[12][NAME_LEN];
	char weekday[7][NAME_LEN];
} kept[KEPT];
static unsigned n_kept;

static const struct names english = {
	"en",
	{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
	{ "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" },
};

static void read_name(UDateFormat *format, UDateFormatSymbolType type, int32_t index, char out[NAME_LEN])
{
	UChar wide[NAME_LEN];
	UErrorCode code = U_ZERO_ERROR;
	int32_t n = udat_getSymbols(format, type, index, wide, NAME_LEN, &code), length;
	if (U_SUCCESS(code))
		u_strToUTF8(out, NAME_LEN - 1, &length, wide, n, &code);
	if (U_FAILURE(code))
		out[0] = '\0';
}

static const struct names *names_of(const char *language)
{
	UErrorCode code = U_ZERO_ERROR;
	if (!language || strncmp(language, "en", 2) == 0 || strlen(language) >= sizeof kept[0].language)
		return &english;
	for (size_t i = 0; i < KEPT; i++)
		if (strcmp(kept[i].language, language) == 0)
			return &kept[i];
	UDateFormat *format = udat_open(UDAT_SHORT, UDAT_SHORT, language, NULL, 0, NULL, 0, &code);
	if (U_FAILURE(code))
		return &english;
	struct names *names = &kept[n_kept++ % KEPT];
	*names = (struct names){ 0 };
	strcpy(names->language, language);
	for (int32_t i = 0; i < 12; i++)
		read_name(format, UDAT_SHORT_MONTHS, i, names->month[i]);
	/* ICU counts weekdays from 1, Sunday */
	for (int32_t i = 0; i < 7; i++)
		read_name(format, UDAT_SHORT_WEEKDAYS, i + 1, names->weekday[i]);
	udat_close(format);
	return names;
}

void short_month(const char *language, unsigned month, char *out, size_t size)
{
	snprintf(out, size, "%s", names_of(language)->month[(month - 1) % 12]);
}

void short_weekday(const char *language, unsigned weekday, char *out, size_t size)
{
	snprintf(out, size, "%s", names_of(language)->weekday[weekday % 7]);
}
