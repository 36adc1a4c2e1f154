/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of people as a reader writes them. A case keeps a name in the country's own script and in
 * Latin letters; a language of the bundle may have rules (`names`) that write it in its own letters. */
#ifndef COUNTRY_NAMES_H
#define COUNTRY_NAMES_H

#include "bundle.h"

/* Has the language rules of its own for names? */
bool names_has_rules(const struct bundle *bundle, const char *language);
/* The name for a reader of `language`: native for the country's first language; else as the story tells it,
 * by the language's rules, in Latin letters, whichever there is. native or latin may be "" or NULL. */
const char *name_written(struct arena *arena, const struct bundle *bundle, const char *language, const char *native, const char *latin);
/* A case's title, "Grigoryan family", likewise. */
const char *title_written(struct arena *arena, const struct bundle *bundle, const char *language, const char *native, const char *latin);

#endif
