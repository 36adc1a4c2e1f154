/* SPDX-License-Identifier: Apache-2.0
 *
 * What texts of a bundle must look like: colours, dates, zones … One row each, for the
 * check, its message, and the pattern in the published schemas. */
#ifndef COUNTRY_FORMATS_H
#define COUNTRY_FORMATS_H

#include <stdbool.h>

#include "form/shape.h"

struct text_format_row {
	bool (*is_good)(const char *text); /* NULL: every text is */
	const char *message;            /* "\"%s\" is …; write …" */
	const char *pattern;            /* ECMA regular expression that every good text matches; NULL none */
};

/* Never NULL. */
const struct text_format_row *text_format_of(enum text_format format);

#endif
