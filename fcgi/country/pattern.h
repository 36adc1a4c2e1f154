/* SPDX-License-Identifier: Apache-2.0
 *
 * Patterns of a bundle: POSIX extended regular expressions of a whole text, such as the
 * country's personal numbers and telephones. */
#ifndef COUNTRY_PATTERN_H
#define COUNTRY_PATTERN_H

#include <stdbool.h>

/* Does all of the text match? An empty pattern, or one that is none, takes every text. */
bool pattern_takes(const char *pattern, const char *text);

#endif
