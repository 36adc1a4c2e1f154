/* SPDX-License-Identifier: Apache-2.0
 *
 * Regular expressions of forms: ICU's, which are the Java family ODK's are written for.
 * Pattern, subject, time and stack are limited: both come from strangers. */
#ifndef FORM_EXPR_REGEX_H
#define FORM_EXPR_REGEX_H

#include <stdbool.h>
#include <stddef.h>

enum regex_answer { REGEX_NO, REGEX_YES, REGEX_REFUSED };

/* What the work is charged to: `spend` says false when enough was done. */
struct regex_cost { bool (*spend)(void *data, size_t steps); void *data; };

/* Does the whole text match? REGEX_REFUSED with words in `problem` for a bad pattern or a limit. */
enum regex_answer regex_matches(const char *pattern, const char *text, const struct regex_cost *cost, char *problem, size_t size);

#endif
