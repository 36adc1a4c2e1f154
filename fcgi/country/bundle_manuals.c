/* SPDX-License-Identifier: Apache-2.0
 *
 * manuals/KEY.md and manuals/KEY.XX.md: Markdown after a header between two lines of
 * three hyphens. One struct manual a key, one text a language. Markdown comes from
 * strangers like the rest of a bundle: it has no HTML, and its links lead nowhere but to
 * the web, a telephone or a mailbox. */
#include "bundle_load.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "form/form_build.h"

#define MANUAL_MAX (200u << 10)
#define HEADER_NAMES 8

static const char *const header_names[] = { "title", "kind", "phase", "roles", "stages", "evidence", "note" };
static const char *const kinds[] = { "manual", "self_care", "guide" };
static const char *const phases[] = { "all", "intake_assessment", "planning", "implementation_monitoring", "evaluation_closing" };
static const char *const marks[] = { "sourced", "to_check", "illustrative" };

struct header_line { const char *value; int line, column; };

/* One file being read. */
struct page {
	struct loader *l;
	const struct bundle_file *file;
	struct header_line line[sizeof header_names / sizeof *header_names];
	const char *body;
	int body_line;
};

static const struct header_line *header(const struct page *p, const char *name)
{
	for (size_t i = 0; i < sizeof header_names / sizeof *header_names; i++)
		if (!strcmp(header_names[i], name))
			return &p->line[i];
	return NULL;
}

static void read_header_line(struct page *p, const char *text, int line)
{
	const char *colon = strchr(text, ':'), *value = colon ? colon + 1 : text;
	const size_t n = sizeof header_names / sizeof *header_names;
	if (text_is_blank(text))
		return;
	if (!colon) {
		loader_file_problem(p->l, true, p->file->path, line, 1, "a line of the header is \"name: value\", such as \"title: First visit\"");
		return;
	}
	const char *name = text_trim(p->l->scratch, arena_strndup(p->l->scratch, text, (size_t)(colon - text)));
	size_t at = 0;
	while (at < n && strcmp(header_names[at], name) != 0)
		at++;
	while (*value == ' ' || *value == '\t')
		value++;
	if (at == n)
		loader_file_problem(p->l, true, p->file->path, line, 1, "the header has no \"%s\"%s", name, loader_hint(p->l, name, header_names, n));
	else if (p->line[at].value)
		loader_file_problem(p->l, true, p->file->path, line, 1, "\"%s\" stands here a second time; the first is on line %d", name, p->line[at].line);
	else
		p->line[at] = (struct header_line){ text_trim(p->l->scratch, value), line, (int)text_length(arena_strndup(p->l->scratch, text, (size_t)(value - text))) + 1 };
}

/* Splits the file at the lines of hyphens; false when it has no header. */
static bool read_header(struct page *p)
{
	const char *at = p->file->bytes;
	int line = 0;
	for (;;) {
		size_t n = strcspn(at, "\n");
		const char *text = arena_strndup(p->l->scratch, at, n && at[n - 1] == '\r' ? n - 1 : n);
		bool is_rule = !strcmp(text_trim(p->l->scratch, text), "---"), is_last = !at[n];
		at += n + !is_last;
		line++;
		if (line == 1 && !is_rule)
			break;
		if (line > 1 && is_rule) {
			p->body = at;
			p->body_line = line + 1;
			return true;
		}
		if (line > 1)
			read_header_line(p, text, line);
		if (is_last)
			break;
	}
	loader_file_problem(p->l, true, p->file->path, line == 1 ? 1 : line, 1,
	                    line == 1 ? "a manual begins with a line --- and its header: title, kind, phase" : "the header is never closed; write a line --- after it");
	return false;
}

/* ---- the body ---- */

static bool is_good_link(const char *link, size_t n)
{
	static const char *const schemes[] = { "https://", "http://", "mailto:", "tel:", "#" };
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (n > strlen(schemes[i]) && !strncmp(link, schemes[i], strlen(schemes[i])))
			return true;
	return false;
}

static void check_body_line(struct page *p, const char *text, int line)
{
	for (const char *at = text; (at = strchr(at, '<')); at++)
		if (isalpha((unsigned char)at[1]) || at[1] == '/' || at[1] == '!' || at[1] == '?') {
			int column = (int)text_length(arena_strndup(p->l->scratch, text, (size_t)(at - text))) + 1;
			if (is_good_link(at + 1, strcspn(at + 1, "> ")))
				continue;
			loader_file_problem(p->l, true, p->file->path, line, column, "HTML has no place in a manual; write Markdown: **bold**, - list, [words](https://…)");
			return;
		}
	for (const char *at = text; (at = strstr(at, "](")); at += 2) {
		size_t n = strcspn(at + 2, ") ");
		if (!is_good_link(at + 2, n))
			loader_file_problem(p->l, true, p->file->path, line, (int)text_length(arena_strndup(p->l->scratch, text, (size_t)(at + 2 - text))) + 1,
			                    "a link leads to https://, mailto: or tel:, not to \"%s\"", arena_strndup(p->l->scratch, at + 2, n));
	}
}

static void check_body(struct page *p)
{
	int line = p->body_line;
	if (text_is_blank(p->body))
		loader_file_problem(p->l, true, p->file->path, line, 1, "the manual has a header and no text");
	for (const char *at = p->body; *at; line++) {
		size_t n = strcspn(at, "\n");
		check_body_line(p, arena_strndup(p->l->scratch, at, n), line);
		at += n + (at[n] == '\n');
	}
}

/* ---- the header's values ---- */

static int read_closed(struct page *p, const char *name, const char *const *choices, size_t n, bool is_needed)
{
	const struct header_line *h = header(p, name);
	if (!h->value && is_needed)
		loader_file_problem(p->l, true, p->file->path, 1, 1, "the header lacks \"%s\"%s", name, loader_hint(p->l, "", choices, n));
	for (size_t i = 0; h->value && i < n; i++)
		if (!strcmp(choices[i], h->value))
			return (int)i;
	if (h->value)
		loader_file_problem(p->l, true, p->file->path, h->line, h->column, "there is no %s \"%s\"%s", name, h->value, loader_hint(p->l, h->value, choices, n));
	return -1;
}

/* "a, b" into a list; each must be the key of one of the items. */
static const char **read_keys(struct page *p, const char *name, const char *what, const void *items, size_t n_items, size_t size, bool is_sure, size_t *n)
{
	struct loader *l = p->l;
	const struct header_line *h = header(p, name);
	const char **keys = arena_array(l->arena, const char *, (h->value ? strlen(h->value) : 0) + 1);
	char *copy = arena_strdup(l->scratch, h->value ? h->value : ""), *state;
	*n = 0;
	for (char *key = strtok_r(copy, ", ", &state); key; key = strtok_r(NULL, ", ", &state)) {
		bool found = !is_sure;
		for (size_t i = 0; i < n_items && !found; i++) {
			const char *own;
			memcpy(&own, (const char *)items + i * size, sizeof own);
			found = text_eq(own, key);
		}
		if (!found)
			loader_file_problem(l, true, p->file->path, h->line, h->column + (int)(key - copy), "there is no %s \"%s\"%s", what, key, loader_hint_in(l, key, items, n_items, size));
		keys[(*n)++] = loader_keep(l, key);
	}
	return keys;
}

static void read_head(struct page *p, struct manual *manual)
{
	const struct bundle *b = p->l->bundle;
	int kind = read_closed(p, "kind", kinds, 3, true), phase = read_closed(p, "phase", phases, 5, true), mark = read_closed(p, "evidence", marks, 3, false);
	manual->kind = kinds[kind < 0 ? 0 : kind];
	manual->phase = phase < 0 ? -1 : phase - 1;
	manual->evidence = mark < 0 ? NULL : marks[mark];
	manual->role = read_keys(p, "roles", "role", b->role, b->n_roles, sizeof *b->role, loader_has(p->l, DOC_ROLES), &manual->n_roles);
	manual->stage = read_keys(p, "stages", "stage", b->stage, b->n_stages, sizeof *b->stage, loader_has(p->l, DOC_WORKFLOW), &manual->n_stages);
}

/* A translation's header has a title; what it repeats of the rest must be the same. */
static void check_translated_head(struct page *p, const struct page *source)
{
	static const char *const fixed[] = { "kind", "phase", "roles", "stages" };
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		const struct header_line *own = header(p, fixed[i]), *first = header(source, fixed[i]);
		if (own->value && !text_eq(own->value, first->value))
			loader_file_problem(p->l, true, p->file->path, own->line, own->column, "\"%s\" is not what %s says; leave it out here", fixed[i], source->file->path);
	}
}

static bool read_page(struct loader *l, const struct bundle_file *file, struct page *p)
{
	size_t before = l->n_errors;
	*p = (struct page){ .l = l, .file = file };
	if (file->length > MANUAL_MAX)
		loader_file_problem(l, true, file->path, 1, 1, "is larger than %u KB; split the manual", MANUAL_MAX >> 10);
	else if (memchr(file->bytes, 0, file->length) || !text_is_clean(file->bytes, file->length))
		loader_file_problem(l, true, file->path, 1, 1, "is not UTF-8 text, or has control characters");
	else if (read_header(p)) {
		if (!header(p, "title")->value || !*header(p, "title")->value)
			loader_file_problem(l, true, file->path, 1, 1, "the header lacks \"title\"");
		check_body(p);
	}
	return l->n_errors == before;
}

static void add_text(struct loader *l, struct manual *manual, const struct page *p, const char *language)
{
	manual->text[manual->n_texts++] = (struct manual_text){
		.language = loader_keep(l, language), .title = loader_keep(l, header(p, "title")->value),
		.body = loader_keep(l, p->body), .file = loader_keep(l, p->file->path),
	};
}

/* KEY.XX.md, the manual in the bundle's other languages. */
static void read_translations(struct loader *l, struct manual *manual, const struct page *source)
{
	const struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_languages; i++) {
		const struct bundle_file *file = loader_file(l, arena_printf(l->scratch, "manuals/%s.%s.md", manual->key, b->language[i].code));
		struct page p;
		if (!file || !file->bytes || !read_page(l, file, &p))
			continue;
		check_translated_head(&p, source);
		add_text(l, manual, &p, b->language[i].code);
	}
}

static void read_manual(struct loader *l, const struct bundle_file *file, const char *key)
{
	struct bundle *b = l->bundle;
	struct page p;
	if (!read_page(l, file, &p))
		return;
	struct manual *manual = &b->manual[b->n_manuals++];
	*manual = (struct manual){ .key = key, .text = arena_array(l->arena, struct manual_text, b->n_languages + 1) };
	read_head(&p, manual);
	add_text(l, manual, &p, "en");
	read_translations(l, manual, &p);
}

/* "first_visit.hy" → the language, and *key the stem before it; NULL for the source. */
static const char *split_name(struct loader *l, const char *stem, const char **key)
{
	const char *dot = strchr(stem, '.');
	*key = dot ? arena_strndup(l->arena, stem, (size_t)(dot - stem)) : stem;
	return dot ? dot + 1 : NULL;
}

static void check_translation_file(struct loader *l, const struct bundle_file *file, const char *key, const char *language)
{
	const struct bundle *b = l->bundle;
	if (!bundle_language(b, language) && layer_file(&l->layer[0], file->name) == file)
		loader_file_problem(l, false, file->path, 1, 1, "has no effect: the bundle has no language \"%s\"%s", language,
		                    loader_hint_in(l, language, b->language, b->n_languages, sizeof *b->language));
	if (!loader_file(l, arena_printf(l->scratch, "manuals/%s.md", key)))
		loader_file_problem(l, true, file->path, 1, 1, "translates manuals/%s.md, which is missing", key);
}

static bool is_key(const char *key)
{
	return form_name_is_good(key) && strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(key) && strlen(key) <= 40;
}

void loader_manuals(struct loader *l)
{
	size_t n;
	const struct bundle_file **files = loader_files_in(l, "manuals", ".md", &n);
	l->bundle->manual = arena_array(l->arena, struct manual, n + 1);
	for (size_t i = 0; i < n; i++) {
		const char *key, *language = split_name(l, loader_stem(l, files[i]->name), &key);
		if (!is_key(key))
			loader_file_problem(l, true, files[i]->path, 1, 1, "\"%s\" cannot be a manual's key: the file's name has small letters, digits and _, and begins with a letter", key);
		else if (language)
			check_translation_file(l, files[i], key, language);
		else if (files[i]->bytes)
			read_manual(l, files[i], key);
	}
}

const struct manual_text *manual_in(const struct manual *manual, const char *language)
{
	for (size_t i = 1; i < manual->n_texts; i++)
		if (text_eq(manual->text[i].language, language))
			return &manual->text[i];
	return &manual->text[0];
}
