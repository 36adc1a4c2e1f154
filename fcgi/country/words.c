/* SPDX-License-Identifier: Apache-2.0
 *
 * Translations at run time. A catalogue has one hash table per language; the bundle's
 * catalogue is asked first, then the site's, which holds the site's and the engine's
 * .po files. Tables are filled at load and const after; the language of the request at
 * hand is process state, because a worker has one request at a time. */
#include "words.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <unicode/upluralrules.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/text.h"
#include "instance.h"

#define LANGUAGES_MAX 32
#define SITE_BYTES_MAX (32u << 20)
#define PO_BYTES_MAX (2u << 20)
#define CONTEXT_END '\004'       /* between context and text, as gettext does */

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

/* CLDR categories that whole numbers of a language fall in, in CLDR's order: the order of msgstr[n]. */
struct plural_rule {
	char language[16];
	UPluralRules *rules;
	size_t n;
	int category[PO_FORMS_MAX];
};

static struct {
	const struct catalogue_of_words *bundle, *site;
	const struct table *table[2];   /* of the language in use: bundle's, site's */
	char language[16];
	char dir[512];                  /* of the site's .po files */
	int64_t stamp;                  /* of the site's files as they were read */
	time_t looked_at;
} now = { .language = "en" };

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

static const struct word *find(const struct table *table, const char *context, const char *text)
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

static const struct table *table_of(const struct catalogue_of_words *words, const char *language)
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
			r->problem(r->data, e->line, 1, arena_printf(r->words->arena, has
				? "the translation of \"%s\" has %s, which the source text does not have"
				: "the translation of \"%s\" lacks %s", e->source, mark));
			r->ok = false;
		}
	}
}

static bool is_repeated(struct reading *r, const struct po_entry *e, const char *key, uint32_t hash)
{
	if (r->own.n * 2 >= r->own.cap)
		grow(r->seen, &r->own);
	struct word *w = slot_of(&r->own, hash, NULL, key);
	if (w->key) {
		r->problem(r->data, e->line, 1, arena_printf(r->words->arena, "\"%s\" is translated a second time in this file", e->source));
		r->ok = false;
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
	r.seen = arena_new(SITE_BYTES_MAX);
	bool ok = po_read(words->arena, po, length, add_entry, problem, &r);
	arena_free(r.seen);
	return ok && r.ok;
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

/* ---- the site's own words ---- */

static bool is_po_name(const char *name)
{
	size_t n = strlen(name);
	return n > 3 && n < 16 && name[0] != '.' && !strcmp(name + n - 3, ".po");
}

/* Changes when a .po file of the folder comes, goes or changes. */
static int64_t stamp_of(const char *dir)
{
	int64_t stamp = 0;
	DIR *folder = opendir(dir);
	for (struct dirent *e; folder && (e = readdir(folder));) {
		struct stat st;
		if (is_po_name(e->d_name) && fstatat(dirfd(folder), e->d_name, &st, 0) == 0)
			stamp += (int64_t)st.st_mtim.tv_sec * 1000003 + st.st_mtim.tv_nsec + st.st_size * 31 + (int64_t)st.st_ino * 7;
	}
	if (folder)
		closedir(folder);
	return stamp;
}

static void log_problem(void *data, int line, int column, const char *message)
{
	char where[32];
	(void)column;
	snprintf(where, sizeof where, "%d", line);
	log_event(LOG_LEVEL_ERROR, "translation", "file", (const char *)data, "line", where, "message", message, NULL);
}

static void add_file(struct catalogue_of_words *words, const char *path, const char *name)
{
	struct buf text;
	char language[16], block[16384];
	FILE *f = fopen(path, "re");
	if (!f)
		return;
	buf_init(&text, PO_BYTES_MAX);
	for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
		buf_add(&text, block, n);
	fclose(f);
	snprintf(language, sizeof language, "%.*s", (int)strlen(name) - 3, name);
	if (text.full)
		log_problem((void *)path, 1, 1, "larger than 2 MB");
	else
		words_add(words, language, text.p, text.len, log_problem, (void *)path);
	buf_free(&text);
}

static void add_folder(struct catalogue_of_words *words, const char *dir)
{
	struct dirent **entry;
	int n = scandir(dir, &entry, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		char path[1024];
		snprintf(path, sizeof path, "%s/%s", dir, entry[i]->d_name);
		if (is_po_name(entry[i]->d_name))
			add_file(words, path, entry[i]->d_name);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
}

static void load_site(void)
{
	char engine[600];
	snprintf(engine, sizeof engine, "%s/fcgi/languages", compass_home());
	int64_t stamp = (now.dir[0] ? stamp_of(now.dir) : 0) ^ (stamp_of(engine) << 1);
	now.looked_at = time(NULL);
	if (now.site && stamp == now.stamp)
		return;
	struct catalogue_of_words *words = words_new(arena_new(SITE_BYTES_MAX));
	if (now.dir[0])
		add_folder(words, now.dir);
	add_folder(words, engine);
	if (now.site)
		arena_free(now.site->arena);
	now.site = words;
	now.stamp = stamp;
}

void words_site(const char *dir)
{
	snprintf(now.dir, sizeof now.dir, "%s", dir);
	now.stamp = 0;
	load_site();
	words_use(now.bundle, now.language);
}

/* ---- looking up ---- */

void words_use(const struct catalogue_of_words *words, const char *language)
{
	if (!now.site || time(NULL) > now.looked_at)
		load_site();
	now.bundle = words;
	if (language != now.language)
		snprintf(now.language, sizeof now.language, "%s", language ? language : "en");
	now.table[0] = table_of(words, now.language);
	now.table[1] = table_of(now.site, now.language);
}

const char *words_language(void)
{
	return now.language;
}

bool words_has(const struct catalogue_of_words *words, const char *language, const char *source)
{
	if (!now.site)
		load_site();
	return find(table_of(words, language), NULL, source) || find(table_of(now.site, language), NULL, source);
}

static const struct word *find_now(const char *context, const char *source)
{
	const struct word *w = find(now.table[0], context, source);
	return w ? w : find(now.table[1], context, source);
}

const char *tr(const char *source)
{
	if (!source || !*source)
		return "";
	const struct word *w = find_now(NULL, source);
	return w ? w->form[0] : source;
}

const char *tr_context(const char *context, const char *source)
{
	if (!source || !*source)
		return "";
	const struct word *w = find_now(context, source);
	return w ? w->form[0] : tr(source);
}

static int category_of(const UPluralRules *rules, long n)
{
	static const char *const name[PO_FORMS_MAX] = { "zero", "one", "two", "few", "many", "other" };
	UChar wide[16];
	char word[16] = "";
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = uplrules_select(rules, (double)n, wide, 15, &status);
	for (int32_t i = 0; U_SUCCESS(status) && i < length && i < 15; i++) {
		word[i] = (char)wide[i];
		word[i + 1] = 0;
	}
	for (int i = 0; i < PO_FORMS_MAX; i++)
		if (!strcmp(word, name[i]))
			return i;
	return PO_FORMS_MAX - 1;
}

static void learn_rule(struct plural_rule *rule, const char *language)
{
	UErrorCode status = U_ZERO_ERROR;
	bool used[PO_FORMS_MAX] = { false };
	if (rule->rules)
		uplrules_close(rule->rules);
	*rule = (struct plural_rule){ 0 };
	snprintf(rule->language, sizeof rule->language, "%s", language);
	rule->rules = uplrules_open(language, &status);
	if (U_FAILURE(status)) {
		rule->rules = NULL;
		return;
	}
	for (long n = 0; n <= 200; n++)
		used[category_of(rule->rules, n)] = true;
	for (int i = 0; i < PO_FORMS_MAX; i++)
		if (used[i])
			rule->category[rule->n++] = i;
}

/* Which msgstr[…] a number takes. Rules are opened once per language: opening costs far more than asking. */
static size_t form_of(const char *language, long n)
{
	static struct plural_rule cache[LANGUAGES_MAX];
	static size_t next;
	struct plural_rule *rule = NULL;
	for (size_t i = 0; i < LANGUAGES_MAX && !rule; i++)
		if (!strcmp(cache[i].language, language))
			rule = &cache[i];
	if (!rule) {
		rule = &cache[next++ % LANGUAGES_MAX];
		learn_rule(rule, language);
	}
	if (!rule->rules)
		return n == 1 ? 0 : 1;
	int category = category_of(rule->rules, n);
	for (size_t i = 0; i < rule->n; i++)
		if (rule->category[i] == category)
			return i;
	return rule->n ? rule->n - 1 : 0;
}

const char *tr_plural(const char *one, const char *many, long n)
{
	const struct word *w = one ? find_now(NULL, one) : NULL;
	if (!w)
		return n == 1 ? one : many;
	size_t form = form_of(now.language, n);
	return w->form[form < w->n ? form : w->n - 1];
}

char *tr_fill(struct arena *arena, const char *pattern, ...)
{
	const char *given[9];
	size_t n = 0, length = 0;
	va_list args;
	va_start(args, pattern);
	for (const char *text; n < 9 && (text = va_arg(args, const char *)); n++)
		given[n] = text;
	va_end(args);
	char *out = NULL, *to = NULL;
	for (int pass = 0; pass < 2; pass++) {
		for (const char *p = pattern ? pattern : ""; *p; p++) {
			bool is_mark = p[0] == '%' && p[1] >= '1' && p[1] <= '9' && (size_t)(p[1] - '1') < n;
			const char *piece = is_mark ? given[p[1] - '1'] : p;
			size_t size = is_mark ? strlen(piece) : 1;
			if (to)
				to = mempcpy(to, piece, size);
			else
				length += size;
			p += is_mark;
		}
		if (pass == 0)
			out = to = arena_alloc(arena, length + 1);
	}
	return out;
}
