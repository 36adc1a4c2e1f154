/* SPDX-License-Identifier: Apache-2.0
 *
 * Translations: gettext .po files read into hash tables at load (gettext itself caches the
 * first language it saw; stack.md section 9). Looked up in order: the bundle's languages/XX.po,
 * the site's languages/XX.po, fcgi/languages/XX.po, the source text itself. */
#ifndef COUNTRY_WORDS_H
#define COUNTRY_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "po.h"

struct catalogue_of_words;

/* The folder of the site's own .po files (staff/languages), named once at start, before forking;
 * fcgi/languages is read with it. Changed files are read again between requests. */
void words_site(const char *dir);

/* What a bundle load does: an empty catalogue, then the .po texts from the bundle itself up to its
 * furthest parent; the first translation of a text stays. words_add is false when there was a problem. */
struct catalogue_of_words *words_new(struct arena *arena);
bool words_add(struct catalogue_of_words *words, const char *language, const char *po, size_t length,
               po_problem_fn *problem, void *data);
/* One translation from elsewhere (names of areas); what is there already stays. Borrowed. */
void words_put(struct catalogue_of_words *words, const char *language, const char *source, const char *translation);
/* A country's own word for one of the product's ("client" → "beneficiary"), wherever the product's stands as a
 * whole text, with and without a capital: in English as given, in other languages by the catalogue's translation of
 * `own`. Called after the last words_add. */
void words_replace(struct catalogue_of_words *words, const char *product, const char *own);
/* Is there a translation in the catalogue, the site's or the engine's words? For `compass check`. */
bool words_has(const struct catalogue_of_words *words, const char *language, const char *source);

/* The translation in that language whatever the request's is; the text itself when there is none. */
const char *words_in(const struct catalogue_of_words *words, const char *language, const char *source);
/* The catalogue's own translation into a language, not the site's; NULL when it has none. */
const char *words_own(const struct catalogue_of_words *words, const char *language, const char *source);

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
