/* SPDX-License-Identifier: Apache-2.0
 *
 * The pseudo-language `qps`: every English text longer, with accents and in brackets, so
 * that a page shows what is not translated, what is cut off and what is glued together. */
#ifndef COUNTRY_WORDS_PSEUDO_H
#define COUNTRY_WORDS_PSEUDO_H

#include <stdbool.h>

bool language_is_pseudo(const char *language);
/* "Save" → "[Šåṽé ··]". Place-holders (%1, ${name}) stay. The text lives as long as the process. */
const char *words_pseudo(const char *source);

#endif
