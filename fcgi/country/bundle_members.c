/* SPDX-License-Identifier: Apache-2.0
 *
 * Third step of a bundle load: objects into structs by tables of members, so that every
 * part is checked alike: unknown and missing members, kinds, ranges, keys given twice.
 * Problems of the whole loader are reported here. */
#include "bundle_load.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "formats.h"

#define CHOICES_MAX 64
#define CHECKED_SIZE 64           /* of what is read only to be checked: such shapes have no offsets */

/* ---- problems ---- */

static void report(struct loader *l, bool is_error, const char *file, int line, int column, const char *message)
{
	l->n_errors += is_error;
	if (++l->n_problems < BUNDLE_PROBLEMS_MAX)
		l->problem(l->data, is_error, file ? file : "", line > 0 ? line : 1, column > 0 ? column : 1, message);
	else if (l->n_problems == BUNDLE_PROBLEMS_MAX)
		l->problem(l->data, true, file ? file : "", line, column, "more problems are not listed; mend these first");
}

void loader_form_problem(void *data, int line, int column, const char *format, ...)
{
	struct loader *l = data;
	va_list args;
	va_start(args, format);
	char *message = arena_vprintf(l->scratch, format, args);
	va_end(args);
	report(l, !l->is_warning, l->report.file, line, column, message);
}

void loader_error(struct loader *l, const struct json *at, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	json_problem(&l->report, at, "%s", arena_vprintf(l->scratch, format, args));
	va_end(args);
}

void loader_error_key(struct loader *l, const struct json *at, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	json_problem_key(&l->report, at, "%s", arena_vprintf(l->scratch, format, args));
	va_end(args);
}

void loader_warn(struct loader *l, const struct json *at, const char *format, ...)
{
	va_list args;
	l->is_warning = true;
	va_start(args, format);
	json_problem_key(&l->report, at, "%s", arena_vprintf(l->scratch, format, args));
	va_end(args);
	l->is_warning = false;
}

void loader_file_problem(struct loader *l, bool is_error, const char *path, int line, int column, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *message = arena_vprintf(l->scratch, format, args);
	va_end(args);
	report(l, is_error, path, line, column, message);
}

const char *loader_hint(struct loader *l, const char *word, const char *const *names, size_t n)
{
	const char *near = n ? text_nearest(word, names, n) : NULL;
	if (near)
		return arena_printf(l->scratch, "; is \"%s\" meant?", near);
	if (!n)
		return "; there is none yet";
	const char *list = "";
	for (size_t i = 0; i < n && i < 12 && names[i]; i++)
		list = arena_printf(l->scratch, "%s%s%s", list, i ? ", " : "", names[i]);
	return arena_printf(l->scratch, "; there are %s%s", list, n > 12 ? " …" : "");
}

const char *loader_hint_in(struct loader *l, const char *word, const void *items, size_t n, size_t size)
{
	const char **names = arena_array(l->scratch, const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		memcpy(&names[i], (const char *)items + i * size, sizeof *names);
	return loader_hint(l, word, names, n);
}

/* ---- places ---- */

const struct json *place_of(const struct places *places, size_t i, const char *member)
{
	if (i >= places->n)
		return NULL;
	const struct json *at = json_get(places->at[i], member);
	return at ? at : places->at[i];
}

const struct json *place_of_element(const struct json *item, const char *member, const char *text)
{
	const struct json *list = json_get(item, member);
	for (json_each(element, list))
		if (element->kind == JSON_STRING && !strcmp(element->string, text))
			return element;
	return list ? list : item;
}

const char *loader_keep(struct loader *l, const char *text)
{
	return arena_strdup(l->arena, text);
}

/* ---- members ---- */

static bool is_missing(const struct json *at)
{
	return !at || at->kind == JSON_NULL;
}

static bool is_key(const char *text)
{
	if (text[0] < 'a' || text[0] > 'z' || strlen(text) > 40)
		return false;
	for (; *text; text++)
		if (!((*text >= 'a' && *text <= 'z') || (*text >= '0' && *text <= '9') || *text == '_'))
			return false;
	return true;
}

static const char *read_text(struct loader *l, const struct json *object, const struct member *m)
{
	if (m->is_needed)
		return json_need_text(&l->report, object, m->name);
	return json_text(&l->report, object, m->name, NULL);
}

static const char *read_key(struct loader *l, const struct json *object, const struct member *m)
{
	const char *text = read_text(l, object, m);
	const struct json *at = json_get(object, m->name);
	bool is_told = m->is_needed && text && text_is_blank(text);
	if (text && at && at->kind == JSON_STRING && !is_told && !is_key(text))
		loader_error(l, at, "\"%s\" is no key: a key has small letters, digits and _, begins with a letter and has at most 40 characters", text);
	return text && *text ? text : NULL;
}

/* Position of a text among space-separated choices, -1 when it is none. */
static int choice_index(const char *text, const char *choices)
{
	size_t n = strlen(text);
	int at = 0;
	for (const char *p = choices; n && p && *p; at++) {
		if (!strncmp(p, text, n) && (p[n] == ' ' || !p[n]))
			return at;
		p = strchr(p, ' ');
		if (p)
			p++;
	}
	return -1;
}

static const char *choice_hint(struct loader *l, const char *text, const char *choices)
{
	const char *names[CHOICES_MAX];
	size_t n = 0;
	char *copy = arena_strdup(l->scratch, choices), *state;
	for (char *name = strtok_r(copy, " ", &state); name && n < CHOICES_MAX; name = strtok_r(NULL, " ", &state))
		names[n++] = name;
	return loader_hint(l, text, names, n);
}

/* "permission" for "permissions". */
static const char *singular(struct loader *l, const char *name)
{
	size_t n = strlen(name);
	return arena_strndup(l->scratch, name, n && name[n - 1] == 's' ? n - 1 : n);
}

static const char *read_choice(struct loader *l, const struct json *object, const struct member *m)
{
	const char *text = read_text(l, object, m);
	const struct json *at = json_get(object, m->name);
	if (!text || !at || at->kind != JSON_STRING || (m->is_needed && text_is_blank(text)))
		return NULL;
	if (choice_index(text, m->choices) >= 0)
		return text;
	loader_error(l, at, "\"%s\" is not a%s %s%s", text, strchr("aeio", m->name[0]) ? "n" : "", m->name, choice_hint(l, text, m->choices));
	return NULL;
}

static void read_index(struct loader *l, const struct json *object, const struct member *m, void *out)
{
	const char *text = read_text(l, object, m);
	const struct json *at = json_get(object, m->name);
	int index = text ? choice_index(text, m->choices) : -1;
	if (index < 0 && at && at->kind == JSON_STRING && !(m->is_needed && text_is_blank(text)))
		loader_error(l, at, "there is no %s \"%s\"%s", m->name, text, choice_hint(l, text, m->choices));
	if (index < 0)
		return;
	index += m->first;
	memcpy((char *)out + m->at, &index, sizeof index);
}

static void read_bits(struct loader *l, const struct json *object, const struct member *m, void *out)
{
	const struct json *list = json_array(&l->report, object, m->name);
	uint64_t bits = 0;
	if (m->is_needed && is_missing(json_get(object, m->name)))
		loader_error(l, object, "\"%s\" is missing", m->name);
	for (json_each(item, list)) {
		int index = item->kind == JSON_STRING ? choice_index(item->string, m->choices) : -1;
		uint64_t bit = index < 0 ? 0 : BIT(index + m->first);
		if (item->kind != JSON_STRING)
			loader_error(l, item, "\"%s\" is a list of texts, this is a %s", m->name, json_kind_name(item->kind));
		else if (index < 0)
			loader_error(l, item, "there is no %s \"%s\"%s", singular(l, m->name), item->string, choice_hint(l, item->string, m->choices));
		else if (bits & bit)
			loader_error(l, item, "the %s \"%s\" stands here twice", singular(l, m->name), item->string);
		bits |= bit;
	}
	memcpy((char *)out + m->at, &bits, sizeof bits);
}

static int read_int(struct loader *l, const struct json *object, const struct member *m)
{
	const struct json *at = json_get(object, m->name);
	if (m->is_needed && is_missing(at))
		loader_error(l, object, "\"%s\" is missing", m->name);
	int64_t number = json_int(&l->report, object, m->name, 0);
	if (at && at->kind == JSON_NUMBER && at->is_integer && (number < m->min || number > m->max)) {
		loader_error(l, at, "\"%s\" is %lld, it can be %d to %d", m->name, (long long)number, m->min, m->max);
		return number < m->min ? m->min : m->max;
	}
	return (int)number;
}

static double read_number(struct loader *l, const struct json *object, const struct member *m)
{
	const struct json *at = json_get(object, m->name);
	if (m->is_needed && is_missing(at))
		loader_error(l, object, "\"%s\" is missing", m->name);
	double number = json_double(&l->report, object, m->name, 0);
	if (at && at->kind == JSON_NUMBER && m->min != m->max && (number < m->min || number > m->max))
		loader_error(l, at, "\"%s\" is %g, it can be %d to %d", m->name, number, m->min, m->max);
	return number;
}

static void check_format(struct loader *l, const struct json *at, const struct member *m)
{
	const struct text_format_row *row = text_format_of(m->format);
	if (at && at->kind == JSON_STRING && *at->string && row->is_good && !row->is_good(at->string))
		loader_error(l, at, row->message, at->string);
}

static void check_element(struct loader *l, const struct json *list, const struct json *item, const struct member *m)
{
	if (text_is_blank(item->string))
		loader_error(l, item, "\"%s\" has an empty text", m->name);
	else if (m->choices && choice_index(item->string, m->choices) < 0)
		loader_error(l, item, "there is no %s \"%s\"%s", singular(l, m->name), item->string, choice_hint(l, item->string, m->choices));
	for (const struct json *other = list->first; m->choices && other != item; other = other->next)
		if (text_eq(other->string, item->string)) {
			loader_error(l, item, "\"%s\" stands in \"%s\" twice", item->string, m->name);
			break;
		}
	check_format(l, item, m);
}

static void read_texts(struct loader *l, const struct json *object, const struct member *m, void *out)
{
	size_t n;
	const struct json *list = json_get(object, m->name);
	const char *const *texts = json_texts(&l->report, object, m->name, &n);
	const char **kept = arena_array(l->arena, const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		kept[i] = loader_keep(l, texts[i]);
	if (m->is_needed && n == 0)
		loader_error(l, list ? list : object, "\"%s\" is missing or empty", m->name);
	size_t most = m->max ? (size_t)m->max : BUNDLE_LIST_MAX;
	if (n > most)
		loader_error(l, list, "\"%s\" has %zu entries, at most %zu are possible", m->name, n, most);
	if (list && list->kind == JSON_ARRAY && n <= most)
		for (json_each(item, list))
			if (item->kind == JSON_STRING)
				check_element(l, list, item, m);
	memcpy((char *)out + m->at, &kept, sizeof kept);
	memcpy((char *)out + m->at_n, &n, sizeof n);
}

static void read_nested(struct loader *l, const struct json *object, const struct member *m, void *out)
{
	const struct json *inside = json_get(object, m->name);
	if (m->is_needed && is_missing(inside))
		loader_error(l, object, "\"%s\" is missing", m->name);
	if (m->kind == M_LIST) {
		struct places places = { 0 };
		const void *items = loader_list(l, object, m->name, m->id, m->of, m->size, &places);
		if (m->max && places.n > (size_t)m->max)
			loader_error(l, inside, "\"%s\" has %zu entries, at most %d are possible", m->name, places.n, m->max);
		memcpy((char *)out + m->at, &items, sizeof items);
		memcpy((char *)out + m->at_n, &places.n, sizeof places.n);
		if (m->places)
			memcpy((char *)l + m->places, &places, sizeof places);
	} else if (inside && inside->kind != JSON_NULL) {
		loader_object(l, inside, m->of, (char *)out + m->at);
	}
}

static void read_text_member(struct loader *l, const struct json *object, const struct member *m, void *out)
{
	const char *text = m->kind == M_KEY ? read_key(l, object, m) : m->kind == M_ONE_OF ? read_choice(l, object, m) : read_text(l, object, m);
	check_format(l, json_get(object, m->name), m);
	if (m->kind == M_TEXT)
		text = text ? text : "";
	else if (text && !*text)
		text = NULL;
	text = loader_keep(l, text);
	memcpy((char *)out + m->at, &text, sizeof text);
}

/* ---- members that are only checked here ---- */

static void check_language_texts(struct loader *l, const struct json *at, const char *name, bool is_needed)
{
	bool is_empty = at->kind == JSON_OBJECT ? at->n == 0 : text_is_blank(at->string);
	if (at->kind != JSON_STRING && at->kind != JSON_OBJECT) {
		loader_error(l, at, "\"%s\" must be a text or one text per language, this is a %s", name, json_kind_name(at->kind));
		return;
	}
	for (json_each(text, at->kind == JSON_OBJECT ? at : NULL))
		if (text->kind != JSON_STRING)
			loader_error(l, text, "the text for \"%s\" must be a text, this is a %s", text->key, json_kind_name(text->kind));
	if (is_needed && is_empty)
		loader_error(l, at, "\"%s\" is empty", name);
}

static void check_sayings(struct loader *l, const struct json *list, const char *name)
{
	if (list->kind != JSON_ARRAY) {
		loader_error(l, list, "\"%s\" must be a list, this is a %s", name, json_kind_name(list->kind));
		return;
	}
	for (json_each(item, list)) {
		const struct json *text = json_get(item, "text"), *condition = json_get(item, "if");
		if (!text || !condition)
			check_language_texts(l, item, name, false);
		else if (json_known(&l->report, item, "if", "text", NULL)) {
			check_language_texts(l, text, "text", false);
			if (condition->kind != JSON_STRING || choice_index(condition->string, HOUSEHOLD_KINDS) < 0)
				loader_error(l, condition, "there is no kind of household \"%s\"%s", condition->string, choice_hint(l, condition->string, HOUSEHOLD_KINDS));
		}
	}
}

static void check_range(struct loader *l, const struct json *at, const struct member *m)
{
	bool is_whole = m->kind == M_SPAN, is_pair = at->kind == JSON_ARRAY && at->n == 2;
	for (json_each(item, is_pair ? at : NULL))
		is_pair &= item->kind == JSON_NUMBER && (!is_whole || item->is_integer);
	if (!is_pair && !(is_whole && at->kind == JSON_NUMBER && at->is_integer))
		loader_error(l, at, is_whole ? "\"%s\" is [lowest, highest] in whole numbers, or one for both" : "\"%s\" is [lowest, highest]", m->name);
	else if (is_pair && at->first->number > at->first->next->number)
		loader_error(l, at, "\"%s\" goes from the lower number to the higher", m->name);
}

static void read_member(struct loader *l, const struct json *object, const struct member *m, void *out);

static void check_map(struct loader *l, const struct json *map, const struct member *m)
{
	if (map->kind != JSON_OBJECT) {
		loader_error(l, map, "\"%s\" must be an object, this is a %s", m->name, json_kind_name(map->kind));
		return;
	}
	for (json_each(value, m->of ? map : NULL)) {
		struct member row = *m->of;
		char ignored[CHECKED_SIZE];
		row.name = value->key;
		if (strcmp(value->key, "note") != 0)
			read_member(l, map, &row, ignored);
	}
}

static void check_member(struct loader *l, const struct json *object, const struct member *m)
{
	const struct json *at = json_get(object, m->name);
	if (m->is_needed && is_missing(at))
		loader_error(l, object, "\"%s\" is missing", m->name);
	if (!at || at->kind == JSON_NULL)
		return;
	if (m->kind == M_WORDS)
		check_language_texts(l, at, m->name, m->is_needed);
	else if (m->kind == M_SAYINGS)
		check_sayings(l, at, m->name);
	else if (m->kind == M_RANGE || m->kind == M_SPAN)
		check_range(l, at, m);
	else if (m->kind == M_MAP)
		check_map(l, at, m);
}

static void read_member(struct loader *l, const struct json *object, const struct member *m, void *out)
{
	int number;
	double decimal;
	bool flag;
	switch (m->kind) {
	case M_TEXT: case M_REF: case M_KEY: case M_ONE_OF:
		read_text_member(l, object, m, out);
		return;
	case M_INDEX: read_index(l, object, m, out); return;
	case M_BITS: read_bits(l, object, m, out); return;
	case M_TEXTS: read_texts(l, object, m, out); return;
	case M_OBJECT: case M_LIST: read_nested(l, object, m, out); return;
	case M_INT:
		number = read_int(l, object, m);
		memcpy((char *)out + m->at, &number, sizeof number);
		return;
	case M_NUMBER:
		decimal = read_number(l, object, m);
		memcpy((char *)out + m->at, &decimal, sizeof decimal);
		return;
	case M_BOOL:
		flag = json_bool(&l->report, object, m->name, false);
		memcpy((char *)out + m->at, &flag, sizeof flag);
		return;
	case M_MAP: case M_WORDS: case M_SAYINGS: case M_EXPRESSION: case M_RANGE: case M_SPAN: case M_OTHER:
		check_member(l, object, m);
		return;
	}
}

void loader_check(struct loader *l, const struct json *document, const struct member *shape)
{
	char ignored[CHECKED_SIZE];
	loader_object(l, document, shape, ignored);
}

bool loader_object(struct loader *l, const struct json *object, const struct member *members, void *out)
{
	if (!shape_known(&l->report, object, members))
		return false;
	for (const struct member *m = members; m->name; m++)
		read_member(l, object, m, out);
	return true;
}

/* The items are in the order of the list; an earlier one with the same id makes this one wrong. */
static void check_unique(struct loader *l, const struct places *places, size_t i, const char *name, const char *id)
{
	const struct json *own = json_get(places->at[i], id);
	if (!own || own->kind != JSON_STRING)
		return;
	for (size_t j = 0; j < i; j++) {
		const struct json *other = json_get(places->at[j], id);
		if (other && other->kind == JSON_STRING && !strcmp(own->string, other->string)) {
			loader_error(l, own, "\"%s\" stands in \"%s\" twice; the first is on line %d", own->string, name, other->line);
			return;
		}
	}
}

void *loader_list(struct loader *l, const struct json *document, const char *name, const char *id,
                  const struct member *members, size_t size, struct places *places)
{
	const struct json *list = document ? json_array(&l->report, document, name) : NULL;
	size = size ? size : CHECKED_SIZE;
	size_t n = list ? list->n : 0;
	if (n > BUNDLE_LIST_MAX) {
		loader_error(l, list, "\"%s\" has %zu entries, at most %d are possible", name, n, BUNDLE_LIST_MAX);
		l->broken = ~0u;
		list = NULL;
		n = 0;
	}
	char *items = arena_calloc(l->arena, n + 1, size);
	places->at = arena_array(l->scratch, const struct json *, n + 1);
	for (json_each(item, list)) {
		if (!loader_object(l, item, members, items + places->n * size))
			continue;
		places->at[places->n] = item;
		if (id)
			check_unique(l, places, places->n, name, id);
		places->n++;
	}
	if (id)
		loader_was(l, places, name, id);
	return items;
}
