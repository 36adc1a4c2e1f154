/* SPDX-License-Identifier: Apache-2.0
 *
 * Text: UTF-8 validation, and the two foldings that searching and duplicate
 * detection stand on. Folding is by ICU (stack.md section 3.1: SQLite's own
 * tokenizer splits vowelled Arabic and keeps ё apart from е). */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

/* True when bytes are UTF-8 without overlong forms, surrogates or NUL. */
bool text_is_utf8(const char *bytes, size_t length);
/* The same, and no control characters but tab, CR and LF. */
bool text_is_clean(const char *bytes, size_t length);
/* True for NULL, "" and white space only. */
bool text_is_blank(const char *text);
/* Copy without white space at both ends. */
char *text_trim(struct arena *arena, const char *text);
/* Equality that takes NULL; two NULLs are equal. */
bool text_eq(const char *a, const char *b);
/* Number of code points. */
size_t text_length(const char *text);
/* The first n code points. */
char *text_first(struct arena *arena, const char *text, size_t n);
/* Up to two capital initials, for avatars: "Anahit Sargsyan" → "AS". */
char *text_initials(struct arena *arena, const char *name);
/* Whole string as a base-10 integer; false when it is not one or does not fit. */
bool text_to_int(const char *text, int64_t *out);
/* Whole string as a finite decimal with a point. */
bool text_to_double(const char *text, double *out);

/* For search: any script to Latin, marks removed, lower case, one space between
 * words: "Գրիգորյան", "Grigoryan" and "GRIGORYAN" agree. */
char *text_fold(struct arena *arena, const char *text);
/* For names spelled differently: text_fold, then transliteration habits levelled
 * (y/i/j, kh/h, doubled letters, ph/f …): "Grigoryan", "Grigorian", "Григорян" agree. */
char *text_name_key(struct arena *arena, const char *name);
/* A name of another script in Latin letters, each word with a capital: "Գրիգորյան" → "Grigoryan". NULL
 * when the name is written in Latin letters already. */
char *text_latin_name(struct arena *arena, const char *name);
/* By ICU transform rules given by a bundle (":: Armenian-Latin/BGN; …"); the text itself when ICU
 * refuses them. Keeps the last rules open. */
char *text_romanize(struct arena *arena, const char *text, const char *rules);
/* Similarity of two names, 0 to 1, by Jaro-Winkler over their name keys, best pairing of words. */
double text_name_similarity(struct arena *arena, const char *a, const char *b);
/* The closest of n candidates to a misspelt word, or NULL when none is near (edit distance ≤ 1/3 of length). */
const char *text_nearest(const char *word, const char *const *candidates, size_t n);

#endif
