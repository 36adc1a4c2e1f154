/* SPDX-License-Identifier: Apache-2.0
 *
 * Catalogues of words: .po entries into hash tables, with the checks that keep a
 * translation from losing a value. Lookup is in words.c. */
#include "words_table.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define CONTEXT_END '\004'       /* between context and text, as gettext does */
#define SEEN_BYTES_MAX (32u << 20)

static uint32_t hash_of(const char *context, const char *text)
{
	uint32_t h = 2166136261u;
	for (const char *p = context ? context : ""; *p; p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	if (context)
		h = (h ^ (unsigned char)CONTEXT_END) * 16777619u;
	for (const char *p = text; *p; p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	return h;
}

static bool key_is(const char *key, const char *context, const char *text)
{
	if (context) {
		size_t n = strlen(context);
		if (strncmp(key, context, n) != 0 || key[n] != CONTEXT_END)
			return false;
		key += n + 1;
	}
	return strcmp(key, text) == 0;
}

/* The slot of a key, or the free one where it belongs. The table is never full. */
static struct word *slot_of(const struct table *table, uint32_t hash, const char *context, const char *text)
{
	for (size_t i = hash & (table->cap - 1);; i = (i + 1) & (table->cap - 1)) {
		struct word *w = &table->word[i];
		if (!w->key || (w->hash == hash && key_is(w->key, context, text)))
			return w;
	}
}

const struct word *table_find(const struct table *table, const char *context, const char *text)
{
	if (!table || !table->cap)
		return NULL;
	const struct word *w = slot_of(table, hash_of(context, text), context, text);
	return w->key ? w : NULL;
}

static void grow(struct arena *arena, struct table *table)
{
	struct table old = *table;
	table->cap = old.cap ? old.cap * 2 : 256;
	table->word = arena_array(arena, struct word, table->cap);
	for (size_t i = 0; i < old.cap; i++)
		if (old.word[i].key)
			*slot_of(table, old.word[i].hash, NULL, old.word[i].key) = old.word[i];
}

const struct table *table_of(const struct catalogue_of_words *words, const char *language)
{
	for (size_t i = 0; words && i < words->n; i++)
		if (!strcmp(words->table[i].language, language))
			return &words->table[i];
	return NULL;
}

static struct table *table_for(struct catalogue_of_words *words, const char *language)
{
	struct table *table = (struct table *)table_of(words, language);
	if (!table && words->n < LANGUAGES_MAX) {
		table = &words->table[words->n++];
		table->language = arena_strdup(words->arena, language);
	}
	return table;
}

/* ---- reading .po files ---- */

struct reading {
	struct catalogue_of_words *words;
	struct table *table;
	struct arena *seen;             /* keys of this file, to find what stands twice */
	struct table own;
	po_problem_fn *problem;
	void *data;
	bool ok;
};

/* po_read hands its problems to us; ours go where the caller wants them. */
static void pass_on(void *data, int line, int column, const char *message)
{
	struct reading *r = data;
	r->ok = false;
	r->problem(r->data, line, column, message);
}

static bool has_translation(const struct po_entry *entry)
{
	for (size_t i = 0; i < entry->n; i++)
		if (entry->string[i][0] == '\0')
			return false;
	return entry->n > 0 && !entry->is_fuzzy;
}

/* %1 … %9 of the source must be in every form of the translation: else a value is never shown. */
static void check_placeholders(struct reading *r, const struct po_entry *e)
{
	for (char c = '1'; c <= '9'; c++) {
		const char mark[] = { '%', c, 0 };
		bool wanted = strstr(e->source, mark) != NULL || (e->plural && strstr(e->plural, mark));
		for (size_t i = 0; i < e->n; i++) {
			bool has = strstr(e->string[i], mark) != NULL;
			/* a form for one or two may say the number in words */
			if (has == wanted || (wanted && c == '1' && e->plural && i + 1 < e->n))
				continue;
			pass_on(r, e->line, 1, arena_printf(r->words->arena, has
				? "the translation of \"%s\" has %s, which the source text does not have"
				: "the translation of \"%s\" lacks %s", e->source, mark));
		}
	}
}

static void check_plural(struct reading *r, const struct po_entry *e)
{
	size_t wanted = e->plural ? plural_count(r->table->language) : 1;
	if (e->n != wanted)
		pass_on(r, e->line, 1, arena_printf(r->words->arena, "\"%s\" is translated in %zu of the %zu forms of this language: msgstr[0] to msgstr[%zu] are expected",
		                                    e->source, e->n, wanted, wanted - 1));
}

static bool is_repeated(struct reading *r, const struct po_entry *e, const char *key, uint32_t hash)
{
	if (r->own.n * 2 >= r->own.cap)
		grow(r->seen, &r->own);
	struct word *w = slot_of(&r->own, hash, NULL, key);
	if (w->key) {
		pass_on(r, e->line, 1, arena_printf(r->words->arena, "\"%s\" is translated a second time in this file", e->source));
		return true;
	}
	*w = (struct word){ .key = key, .hash = hash };
	r->own.n++;
	return false;
}

static void add_entry(void *data, const struct po_entry *e)
{
	struct reading *r = data;
	struct arena *arena = r->words->arena;
	const char *key = e->context ? arena_printf(arena, "%s%c%s", e->context, CONTEXT_END, e->source) : e->source;
	uint32_t hash = hash_of(NULL, key);
	if (is_repeated(r, e, key, hash) || !has_translation(e))
		return;
	check_placeholders(r, e);
	check_plural(r, e);
	if (r->table->n * 2 >= r->table->cap)
		grow(arena, r->table);
	struct word *w = slot_of(r->table, hash, NULL, key);
	if (w->key)
		return;
	const char **form = arena_array(arena, const char *, e->n);
	memcpy(form, e->string, e->n * sizeof *form);
	*w = (struct word){ .key = key, .hash = hash, .n = e->n, .form = form };
	r->table->n++;
}

struct catalogue_of_words *words_new(struct arena *arena)
{
	struct catalogue_of_words *words = arena_new_of(arena, struct catalogue_of_words);
	words->arena = arena;
	return words;
}

bool words_add(struct catalogue_of_words *words, const char *language, const char *po, size_t length,
               po_problem_fn *problem, void *data)
{
	struct reading r = { .words = words, .table = table_for(words, language), .problem = problem, .data = data, .ok = true };
	if (!r.table) {
		problem(data, 1, 1, "too many languages");
		return false;
	}
	r.seen = arena_new(SEEN_BYTES_MAX);
	po_read(words->arena, po, length, add_entry, pass_on, &r);
	arena_free(r.seen);
	return r.ok;
}

void words_put(struct catalogue_of_words *words, const char *language, const char *source, const char *translation)
{
	struct table *table = table_for(words, language);
	uint32_t hash = hash_of(NULL, source);
	if (!table || !*source || !*translation)
		return;
	if (table->n * 2 >= table->cap)
		grow(words->arena, table);
	struct word *w = slot_of(table, hash, NULL, source);
	if (w->key)
		return;
	const char **form = arena_array(words->arena, const char *, 1);
	form[0] = translation;
	*w = (struct word){ .key = source, .hash = hash, .n = 1, .form = form };
	table->n++;
}

/* The same with a capital first letter. */
static const char *with_capital(struct arena *arena, const char *text)
{
	int32_t at = 0, length = (int32_t)strlen(text), n = 0;
	char capital[5] = "";
	UChar32 c;
	U8_NEXT(text, at, length, c);
	if (c < 0)
		return text;
	c = u_toupper(c);
	U8_APPEND_UNSAFE(capital, n, c);
	return arena_printf(arena, "%s%s", capital, text + at);
}

static const char *own_in(const struct table *table, const char *own)
{
	const struct word *w = table_find(table, NULL, own);
	return w ? w->form[0] : !strcmp(table->language, "en") ? own : NULL;
}

const char *words_in(const struct catalogue_of_words *words, const char *language, const char *source)
{
	const struct word *word = table_find(table_of(words, language), NULL, source);

	return word && word->n ? word->form[0] : source;
}

void words_replace(struct catalogue_of_words *words, const char *product, const char *own)
{
	struct arena *arena = words->arena;
	if (!strcmp(product, own) || !table_for(words, "en"))
		return;
	for (size_t i = 0; i < words->n; i++) {
		struct table *table = &words->table[i];
		const char *small = own_in(table, own), *large = own_in(table, with_capital(arena, own));
		small = small ? small : large;
		large = large ? large : small;
		if (!small)
			continue;
		words_put(words, table->language, product, small);
		words_put(words, table->language, with_capital(arena, product), with_capital(arena, large));
	}
}
