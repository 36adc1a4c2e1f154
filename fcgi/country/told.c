/* SPDX-License-Identifier: Apache-2.0
 *
 * A table from stored text to its other languages, built by walking the seed files for
 * objects whose members are language codes. See told.h. */
#include "told.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "words.h"
#include "form/json.h"

#define BUCKETS 4096
#define FILE_MAX (4 << 20)
#define PASSING_MAX ((size_t)96 << 20)

struct entry { const char *stored; const char **text; struct entry *next; };
struct told {
	const char *language;                   /* cases are written in it */
	size_t n_languages; const char **code;
	size_t n;
	struct entry *bucket[BUCKETS];
};
/* While reading: the trees go when the table is made, only strings stay. */
struct reading { struct told *table; struct arena *lasting, *passing; const struct bundle *bundle; };

static const struct told *in_use;
static size_t reader;                           /* index of the reader's language */

static unsigned hash(const char *text)
{
	unsigned h = 2166136261u;

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 16777619u;
	return h % BUCKETS;
}

/* {"hy": "…", "en": "…"}: every key a language of the bundle, every value a string. */
static bool is_text(const struct bundle *bundle, const struct json *object)
{
	if (object->kind != JSON_OBJECT || object->n < 2)
		return false;
	for (json_each(item, object))
		if (item->kind != JSON_STRING || !bundle_language(bundle, item->key))
			return false;
	return true;
}

/* An entry for what is stored, with room for its languages; NULL when there is one already. */
static struct entry *new_entry(const struct reading *r, const char *stored)
{
	struct entry **slot = &r->table->bucket[hash(stored)];

	for (struct entry *e = *slot; e; e = e->next)
		if (strcmp(e->stored, stored) == 0)
			return NULL;
	struct entry *e = arena_new_of(r->lasting, struct entry);
	e->stored = arena_strdup(r->lasting, stored);
	e->text = arena_array(r->lasting, const char *, r->table->n_languages);
	e->next = *slot;
	*slot = e;
	r->table->n++;
	return e;
}

static const char *text_of(const struct json *texts, const char *language)
{
	const struct json *text = json_get(texts, language);

	return text && *text->string ? text->string : NULL;
}

static void keep(const struct reading *r, const struct json *texts)
{
	const char *stored = text_of(texts, r->table->language);
	struct entry *e = stored ? new_entry(r, stored) : NULL;

	for (size_t i = 0; e && i < r->table->n_languages; i++) {
		const char *text = text_of(texts, r->table->code[i]);
		e->text[i] = text ? arena_strdup(r->lasting, text) : e->stored;
	}
}

/* A member of a story: the whole name, as signatures and consents carry it. */
static void keep_name(const struct reading *r, const struct json *given, const struct json *family)
{
	const char *first = text_of(given, r->table->language), *last = text_of(family, r->table->language);
	struct entry *e = first && last ? new_entry(r, arena_printf(r->passing, "%s %s", first, last)) : NULL;

	for (size_t i = 0; e && i < r->table->n_languages; i++) {
		const char *g = text_of(given, r->table->code[i]), *f = text_of(family, r->table->code[i]);
		e->text[i] = g && f ? arena_printf(r->lasting, "%s %s", g, f) : e->stored;
	}
}

static void walk(const struct reading *r, const struct json *value)
{
	if (is_text(r->bundle, value)) {
		keep(r, value);
		return;
	}
	if (value->kind != JSON_OBJECT && value->kind != JSON_ARRAY)
		return;
	const struct json *given = json_get(value, "given"), *family = json_get(value, "family");
	if (given && family && is_text(r->bundle, given) && is_text(r->bundle, family))
		keep_name(r, given, family);
	for (json_each(item, value))
		walk(r, item);
}

/* Mistakes are the checker's to report; here they only leave a text untranslated. */
static void ignore(void *data, int line, int column, const char *format, ...)
{
	(void)data; (void)line; (void)column; (void)format;
}

static const struct json *read(struct arena *arena, const char *bytes, size_t length)
{
	struct json_report report = {.arena = arena, .problem = ignore};

	return json_read(&report, bytes, length);
}

static void walk_file(const struct reading *r, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat status;

	if (!file)
		return;
	if (fstat(fileno(file), &status) == 0 && status.st_size > 0 && status.st_size < FILE_MAX) {
		char *bytes = arena_alloc(r->passing, (size_t)status.st_size);
		size_t length = fread(bytes, 1, (size_t)status.st_size, file);
		const struct json *root = read(r->passing, bytes, length);
		if (root)
			walk(r, root);
	}
	fclose(file);
}

static void walk_folder(const struct reading *r, const char *folder)
{
	DIR *dir = opendir(folder);

	if (!dir)
		return;
	for (struct dirent *entry; (entry = readdir(dir)); ) {
		size_t n = strlen(entry->d_name);
		if (n > 5 && strcmp(entry->d_name + n - 5, ".json") == 0)
			walk_file(r, arena_printf(r->passing, "%s/%s", folder, entry->d_name));
	}
	closedir(dir);
}

/* The bundle's own stories, then those of what it extends: the first that says a text says it. */
static void walk_stories(const struct reading *r)
{
	for (size_t i = 0; r->bundle->dirs[i]; i++)
		walk_folder(r, arena_printf(r->passing, "%s/seed/stories", r->bundle->dirs[i]));
}

/* What a form says when an answer is empty is stored too, in the language the cases are written in. */
static void keep_fallback(const struct reading *r, const struct text *fallback)
{
	const struct catalogue_of_words *words = r->bundle->languages;

	if (fallback->n != 1 || fallback->language[0])
		return;
	struct entry *e = new_entry(r, words_in(words, r->table->language, fallback->string[0]));
	for (size_t i = 0; e && i < r->table->n_languages; i++)
		e->text[i] = arena_strdup(r->lasting, words_in(words, r->table->code[i], fallback->string[0]));
}

static void keep_fallbacks(const struct reading *r)
{
	for (size_t i = 0; i < r->bundle->n_forms; i++)
		for (size_t k = 0; k < r->bundle->form[i]->n_need_rules; k++)
			keep_fallback(r, &r->bundle->form[i]->need_rule[k].fallback);
}

static void read_all(const struct reading *r)
{
	const struct bundle *b = r->bundle;
	const struct json *root = read(r->passing, b->seed_json, strlen(b->seed_json));

	if (!root)
		return;
	const struct json *language = json_get(root, "case_language");
	r->table->language = arena_strdup(r->lasting, language && *language->string ? language->string : b->language[0].code);
	r->table->n_languages = b->n_languages;
	r->table->code = arena_array(r->lasting, const char *, b->n_languages);
	for (size_t i = 0; i < b->n_languages; i++)
		r->table->code[i] = b->language[i].code;
	walk(r, root);
	walk_stories(r);
	keep_fallbacks(r);
}

struct told *told_load(struct arena *arena, const struct bundle *bundle)
{
	struct reading r = {.lasting = arena, .bundle = bundle};

	if (!bundle->seed_json || !bundle->n_languages)
		return NULL;
	r.passing = arena_new(PASSING_MAX);
	r.table = arena_new_of(arena, struct told);
	read_all(&r);
	arena_free(r.passing);
	return r.table->n ? r.table : NULL;
}

void told_use(const struct told *texts, const char *language)
{
	in_use = NULL;
	for (size_t i = 0; texts && i < texts->n_languages; i++)
		if (text_eq(texts->code[i], language) && !text_eq(texts->language, language)) {
			in_use = texts;
			reader = i;
		}
}

static const char *find(const char *stored)
{
	for (const struct entry *e = in_use->bucket[hash(stored)]; e; e = e->next)
		if (strcmp(e->stored, stored) == 0)
			return e->text[reader];
	return NULL;
}

/* "Այգիների փողոց 21": the street is told, the number stays. */
static const char *with_number(const char *stored)
{
	static char kept[8][240];       /* the last few; a page copies what it shows */
	static unsigned next;
	char street[160];
	const char *number = strrchr(stored, ' ');

	if (!number || !number[1] || strspn(number + 1, "0123456789") != strlen(number + 1) || (size_t)(number - stored) >= sizeof street)
		return stored;
	memcpy(street, stored, (size_t)(number - stored));
	street[number - stored] = 0;
	const char *text = find(street);
	if (!text)
		return stored;
	char *out = kept[next++ % 8];
	snprintf(out, sizeof kept[0], "%s%s", text, number);
	return out;
}

const char *told(const char *stored)
{
	if (!stored)
		return "";
	if (!in_use || !*stored)
		return stored;
	const char *text = find(stored);
	return text ? text : with_number(stored);
}
