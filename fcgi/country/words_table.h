/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside of a catalogue of words: one hash table per language, filled at load and const
 * after; and the plural rules of languages. For words*.c only. */
#ifndef COUNTRY_WORDS_TABLE_H
#define COUNTRY_WORDS_TABLE_H

#include <stdint.h>

#include "words.h"

#define LANGUAGES_MAX 32

struct word {
	const char *key;                /* NULL: free */
	uint32_t hash;
	size_t n;
	const char *const *form;
};

struct table {
	const char *language;
	size_t n, cap;                  /* cap is a power of two */
	struct word *word;
};

struct catalogue_of_words {
	struct arena *arena;
	size_t n;
	struct table table[LANGUAGES_MAX];
};

/* The table of a language, NULL when the catalogue is NULL or has none. */
const struct table *table_of(const struct catalogue_of_words *words, const char *language);
/* NULL when the table is NULL or has no such word. */
const struct word *table_find(const struct table *table, const char *context, const char *text);

/* Which msgstr[…] a number takes, by CLDR's rules. */
size_t plural_form(const char *language, long n);
/* How many forms whole numbers take. */
size_t plural_count(const char *language);

#endif
