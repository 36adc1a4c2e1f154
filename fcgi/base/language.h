/* SPDX-License-Identifier: Apache-2.0
 *
 * Languages by the names people give them. Spreadsheets head their columns "English",
 * "Français (fr)" or "hy"; pages ask for "hy". */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include "arena.h"

/* The ISO code of a language's name: what stands in brackets at its end, a code as it is, or the
 * language of that name in English or in itself, in any letter case. NULL when none is known. */
const char *language_code(struct arena *arena, const char *name);

#endif
