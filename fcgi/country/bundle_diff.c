/* SPDX-License-Identifier: Apache-2.0
 *
 * Two bundles side by side: their merged documents are walked together, lists of keyed
 * objects by key, so that a moved stage is no difference and a changed one is told by name. */
#include "bundle_diff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "bundle_load.h"
#include "po.h"

#define SCRATCH_MAX (512u << 20)
#define FILES_MAX 512

struct walk {
	struct arena *arena;
	const char *file;
	bundle_difference_fn *difference;
	void *data;
};

/* A value in one short line. */
static const char *in_words(struct arena *arena, const struct json *j)
{
	/* an object is told by what people call it */
	switch (j->kind) {
	case JSON_STRING: return arena_printf(arena, "\"%s%s\"", text_first(arena, j->string, 60), text_length(j->string) > 60 ? "…" : "");
	case JSON_NUMBER: return arena_printf(arena, "%.15g", j->number);
	case JSON_BOOLEAN: return j->boolean ? "true" : "false";
	case JSON_ARRAY: {
		const char *list = "";
		for (json_each(item, j))
			list = strlen(list) > 60 ? list : arena_printf(arena, "%s%s%s", list, *list ? ", " : "", in_words(arena, item));
		return arena_printf(arena, "[%s]", list);
	}
	case JSON_OBJECT: {
		static const char *const names[] = { "label", "title", "name", "text", "statement", "key" };
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (json_get(j, names[i]) && json_get(j, names[i])->kind == JSON_STRING)
				return in_words(arena, json_get(j, names[i]));
		return "{…}";
	}
	default: return "nothing";
	}
}

static const char *identity(const struct json *item)
{
	static const char *const names[] = { "key", "code", "name" };
	for (size_t i = 0; i < 3; i++) {
		const struct json *id = json_get(item, names[i]);
		if (id && id->kind == JSON_STRING)
			return id->string;
	}
	return NULL;
}

static bool is_keyed(const struct json *list)
{
	for (json_each(item, list))
		if (!identity(item))
			return false;
	return list->first != NULL;
}

static const struct json *with_identity(const struct json *list, const char *id)
{
	for (json_each(item, list))
		if (!strcmp(identity(item), id))
			return item;
	return NULL;
}

static void compare(struct walk *w, const char *path, const struct json *a, const struct json *b);

static void compare_keyed(struct walk *w, const char *path, const struct json *a, const struct json *b)
{
	for (json_each(item, a))
		compare(w, arena_printf(w->arena, "%s/%s", path, identity(item)), item, with_identity(b, identity(item)));
	for (json_each(item, b))
		if (!with_identity(a, identity(item)))
			compare(w, arena_printf(w->arena, "%s/%s", path, identity(item)), NULL, item);
}

static void compare_objects(struct walk *w, const char *path, const struct json *a, const struct json *b)
{
	for (json_each(member, a))
		compare(w, *path ? arena_printf(w->arena, "%s/%s", path, member->key) : member->key, member, json_get(b, member->key));
	for (json_each(member, b))
		if (!json_get(a, member->key))
			compare(w, *path ? arena_printf(w->arena, "%s/%s", path, member->key) : member->key, NULL, member);
}

static bool is_same(const struct json *a, const struct json *b)
{
	if (a->kind != b->kind || a->n != b->n)
		return false;
	if (a->kind == JSON_STRING)
		return !strcmp(a->string, b->string);
	if (a->kind == JSON_NUMBER || a->kind == JSON_BOOLEAN)
		return a->boolean == b->boolean && !(a->number < b->number) && !(a->number > b->number);
	const struct json *other = b->first;
	for (json_each(item, a)) {
		const struct json *same = a->kind == JSON_OBJECT ? json_get(b, item->key) : other;
		if (!same || !is_same(item, same))
			return false;
		other = other ? other->next : NULL;
	}
	return true;
}

static void compare(struct walk *w, const char *path, const struct json *a, const struct json *b)
{
	if (!a || !b)
		w->difference(w->data, a ? DIFFERENCE_REMOVED : DIFFERENCE_ADDED, w->file, path, a ? in_words(w->arena, a) : NULL, b ? in_words(w->arena, b) : NULL);
	else if (a->kind == JSON_OBJECT && b->kind == JSON_OBJECT)
		compare_objects(w, path, a, b);
	else if (a->kind == JSON_ARRAY && b->kind == JSON_ARRAY && is_keyed(a) && is_keyed(b))
		compare_keyed(w, path, a, b);
	else if (!is_same(a, b))
		w->difference(w->data, DIFFERENCE_CHANGED, w->file, path, in_words(w->arena, a), in_words(w->arena, b));
}

/* ---- reading both ---- */

struct side { struct loader l; char *problem; size_t size; };

static void first_problem(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	struct side *side = data;
	if (is_error && !*side->problem)
		snprintf(side->problem, side->size, "%s:%d:%d: %s", file, line, column, message);
}

/* Pictures and manuals are compared byte by byte. */
static bool read_rest(struct loader *l)
{
	bool good = true;
	for (size_t i = 0; i < l->n_layers; i++)
		for (size_t j = 0; j < l->layer[i].n; j++)
			good = loader_read_rest(l, &l->layer[i], &l->layer[i].file[j]) && good;
	return good;
}

static bool read_side(struct side *side, struct arena *arena, const char *dir)
{
	struct loader *l = &side->l;
	*l = (struct loader){ .arena = arena, .scratch = arena, .problem = first_problem, .data = side };
	l->report = (struct json_report){ .arena = arena, .problem = loader_form_problem, .data = l };
	return loader_read_folders(l, dir) && l->n_errors == 0 && read_rest(l);
}

/* The document of a name over all layers; forms and stories are whole files. */
static const struct json *document_of(struct loader *l, const char *name)
{
	if (!strchr(name, '/') && strcmp(name, "seed.json") != 0)
		return loader_document(l, name);
	const struct bundle_file *file = loader_file(l, name);
	if (!file || !file->bytes)
		return NULL;
	l->report.file = file->path;
	return file->json ? file->json : json_read(&l->report, file->bytes, file->length);
}

static void collect(struct loader *l, const char **names, size_t *n)
{
	for (size_t i = 0; i < l->n_layers; i++)
		for (size_t j = 0; j < l->layer[i].n; j++) {
			const struct bundle_file *file = &l->layer[i].file[j];
			size_t at = 0;
			while (at < *n && strcmp(names[at], file->name) != 0)
				at++;
			if (at == *n && *n < FILES_MAX)
				names[(*n)++] = file->name;
		}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* ---- translations: entry by entry ---- */

struct entries { struct arena *arena; size_t n, room; struct po_entry *item; };

static void take_entry(void *data, const struct po_entry *entry)
{
	struct entries *entries = data;
	if (entries->n == entries->room) {
		struct po_entry *more = arena_array(entries->arena, struct po_entry, entries->room = entries->room ? entries->room * 2 : 256);
		if (entries->n)
			memcpy(more, entries->item, entries->n * sizeof *more);
		entries->item = more;
	}
	entries->item[entries->n++] = *entry;
}

static void ignore_po(void *data, int line, int column, const char *message)
{
	(void)data; (void)line; (void)column; (void)message;
}

static struct entries entries_of(struct arena *arena, const struct bundle_file *file)
{
	struct entries entries = { .arena = arena };
	if (file)
		po_read(arena, file->bytes, file->length, take_entry, ignore_po, &entries);
	return entries;
}

static const struct po_entry *same_entry(const struct entries *entries, const struct po_entry *wanted)
{
	for (size_t i = 0; i < entries->n; i++)
		if (!strcmp(entries->item[i].source, wanted->source) && text_eq(entries->item[i].context, wanted->context))
			return &entries->item[i];
	return NULL;
}

static bool is_same_translation(const struct po_entry *a, const struct po_entry *b)
{
	bool same = a->n == b->n && a->is_fuzzy == b->is_fuzzy;
	for (size_t i = 0; same && i < a->n; i++)
		same = !strcmp(a->string[i], b->string[i]);
	return same;
}

static const char *quoted(struct arena *arena, const char *text)
{
	return arena_printf(arena, "\"%s%s\"", text_first(arena, text, 60), text_length(text) > 60 ? "…" : "");
}

static void compare_translations(struct walk *w, const struct bundle_file *x, const struct bundle_file *y)
{
	struct entries a = entries_of(w->arena, x), b = entries_of(w->arena, y);
	for (size_t i = 0; i < a.n; i++) {
		const struct po_entry *same = same_entry(&b, &a.item[i]);
		const char *path = quoted(w->arena, a.item[i].source), *before = quoted(w->arena, a.item[i].string[0]);
		if (!same)
			w->difference(w->data, DIFFERENCE_REMOVED, w->file, path, before, NULL);
		else if (!is_same_translation(&a.item[i], same))
			w->difference(w->data, DIFFERENCE_CHANGED, w->file, path, before, quoted(w->arena, same->string[0]));
	}
	for (size_t i = 0; i < b.n; i++)
		if (!same_entry(&a, &b.item[i]))
			w->difference(w->data, DIFFERENCE_ADDED, w->file, quoted(w->arena, b.item[i].source), NULL, quoted(w->arena, b.item[i].string[0]));
}

/* A file that only one has is told member by member. */
static void compare_documents(struct walk *w, const struct json *a, const struct json *b)
{
	static const struct json nothing = { .kind = JSON_OBJECT, .string = "" };
	if (a || b)
		compare(w, "", a ? a : &nothing, b ? b : &nothing);
}

static void compare_files(struct walk *w, struct loader *a, struct loader *b)
{
	const char *names[FILES_MAX];
	size_t n = 0;
	collect(a, names, &n);
	collect(b, names, &n);
	qsort(names, n, sizeof *names, by_text);
	for (size_t i = 0; i < n; i++) {
		const struct bundle_file *x = loader_file(a, names[i]), *y = loader_file(b, names[i]);
		size_t length = strlen(names[i]);
		w->file = names[i];
		if (length > 5 && !strcmp(names[i] + length - 5, ".json"))
			compare_documents(w, document_of(a, names[i]), document_of(b, names[i]));
		else if (length > 3 && !strcmp(names[i] + length - 3, ".po"))
			compare_translations(w, x, y);
		else if (!x || !y)
			w->difference(w->data, x ? DIFFERENCE_REMOVED : DIFFERENCE_ADDED, names[i], "", NULL, NULL);
		else if (x->length != y->length || memcmp(x->bytes, y->bytes, x->length) != 0)
			w->difference(w->data, DIFFERENCE_CHANGED, names[i], "", NULL, NULL);
	}
}

bool bundle_diff(const char *dir_a, const char *dir_b, bundle_difference_fn *difference, void *data, char *problem, size_t size)
{
	jmp_buf full;
	struct arena *arena = arena_new(SCRATCH_MAX);
	volatile bool good = false;
	problem[0] = 0;
	if (setjmp(full) == 0) {
		arena_set_escape(arena, &full);
		struct side *a = arena_new_of(arena, struct side), *b = arena_new_of(arena, struct side);
		a->problem = b->problem = problem;
		a->size = b->size = size;
		if (read_side(a, arena, dir_a) && read_side(b, arena, dir_b)) {
			struct walk walk = { .arena = arena, .difference = difference, .data = data };
			compare_files(&walk, &a->l, &b->l);
			good = a->l.n_errors + b->l.n_errors == 0;
		}
	} else {
		snprintf(problem, size, "the bundles are too large to be compared");
	}
	arena_free(arena);
	return good;
}
