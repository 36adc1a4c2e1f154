/* SPDX-License-Identifier: Apache-2.0
 *
 * Translations: gettext .po files read into hash tables at load (gettext itself caches the
 * first language it saw; stack.md section 9). Looked up in order: the bundle's languages/XX.po,
 * the site's languages/XX.po, fcgi/languages/XX.po, the source text itself. */
#ifndef COUNTRY_WORDS_H
#define COUNTRY_WORDS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct catalogue_of_words;

/* The language of the request at hand; set by the gate before any handler (one request at a time per worker). */
void words_use(const struct catalogue_of_words *words, const char *language);
const char *words_language(void);
/* Translation of a source text; the text itself when there is none. Never NULL; NULL gives "". */
const char *tr(const char *source);
/* With context (msgctxt), for words that differ by place. */
const char *tr_context(const char *context, const char *source);
/* The plural form for n, by CLDR's rules through ICU; %1 stands for n. */
const char *tr_plural(const char *one, const char *many, long n);
/* Replaces %1 … %9 by the strings given, NULL-closed. Numbers and dates come formatted. */
char *tr_fill(struct arena *arena, const char *pattern, ...) __attribute__((sentinel));

#endif
