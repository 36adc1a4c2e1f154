/* SPDX-License-Identifier: Apache-2.0
 *
 * Last step of an import: the definition as JSON text, laid out for people (a question a
 * line), with a note of which cell each value came from, so that what form_load finds can be
 * said in terms of the spreadsheet. */
#include "xlsform_import.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "form/json.h"

void xf_put(struct xf_writer *w, const char *json)
{
	for (const char *p = json; *p; p++) {
		if (*p == '\n') {
			w->line++;
			w->column = 1;
		} else if (((unsigned char)*p & 0xC0) != 0x80) {
			w->column++;
		}
	}
	buf_str(&w->out, json);
}

void xf_put_string(struct xf_writer *w, const char *text)
{
	xf_put(w, "\"");
	while (*text) {
		size_t n = strcspn(text, "\"\\\n\t\r");
		if (n)
			xf_put(w, arena_strndup(w->import->arena, text, n));
		text += n;
		if (*text)
			xf_put(w, *text == '"' ? "\\\"" : *text == '\\' ? "\\\\" : *text == '\n' ? "\\n" : *text == '\t' ? "\\t" : "\\r");
		text += *text != '\0';
	}
	xf_put(w, "\"");
}

void xf_put_key(struct xf_writer *w, bool *is_first, const char *key)
{
	if (!*is_first)
		xf_put(w, ", ");
	*is_first = false;
	xf_put_string(w, key);
	xf_put(w, ": ");
}

void xf_put_place(struct xf_writer *w, const struct xf_table *table, size_t row, const char *heading)
{
	if (w->n_places == w->room) {
		struct xf_place *larger = arena_array(w->import->arena, struct xf_place, w->room * 2 + 256);
		if (w->n_places)
			memcpy(larger, w->place, w->n_places * sizeof *larger);
		w->place = larger;
		w->room = w->room * 2 + 256;
	}
	w->place[w->n_places++] = (struct xf_place){ w->line, w->column, table, row, heading };
}

static void put_text(struct xf_writer *w, const struct xf_table *table, size_t row, const struct xf_value *value, bool *is_first)
{
	xf_put_key(w, is_first, value->column->language ? value->column->language : "");
	xf_put_place(w, table, row, value->column->heading);
	xf_put_string(w, value->text);
}

/* One text, or an object of texts by language, in the form's order of languages. */
static void put_texts(struct xf_writer *w, const struct xf_table *table, size_t row, const struct xf_value *values, enum xf_key key)
{
	const struct xf_value *first = xf_find(values, key);
	bool is_first = true;
	if (!first->column->language && !xf_find(first->next, key)) {
		xf_put_string(w, first->text);
		return;
	}
	xf_put(w, "{");
	for (const struct xf_value *value = first; value; value = xf_find(value->next, key))
		if (!value->column->language)
			put_text(w, table, row, value, &is_first);
	for (size_t i = 0; i < w->import->n_languages; i++)
		for (const struct xf_value *value = first; value; value = xf_find(value->next, key))
			if (text_eq(value->column->language, w->import->language[i]))
				put_text(w, table, row, value, &is_first);
	xf_put(w, "}");
}

static void put_number(struct xf_writer *w, const char *text)
{
	double number;
	if (text_to_double(text, &number))
		xf_put(w, arena_printf(w->import->arena, "%.15g", number));
	else
		xf_put_string(w, text);
}

struct pairs { struct xf_writer *writer; bool is_first, has_range[3]; };
static const char *const range_keys[] = { "start", "end", "step" }, *const range_defaults[] = { "1", "10", "1" };

static void put_pair(void *data, const char *key, const char *value)
{
	struct pairs *pairs = data;
	bool is_range = false;
	xf_put_key(pairs->writer, &pairs->is_first, key);
	for (int i = 0; i < 3; i++)
		if (!strcmp(key, range_keys[i]))
			is_range = pairs->has_range[i] = true;
	if (is_range)
		put_number(pairs->writer, value);
	else
		xf_put_string(pairs->writer, value);
}

void xf_put_member(struct xf_writer *w, const struct xf_table *table, size_t row, const struct xf_value *values, enum xf_key key, bool *is_first)
{
	const struct xf_value *value = xf_find(values, key);
	struct pairs pairs = { .writer = w, .is_first = true };
	if (!value || (xf_key_kind(key) == XF_YES_NO && xf_yes_no(value->text) == 0))
		return;
	xf_put_key(w, is_first, xf_key_member(key));
	xf_put_place(w, table, row, value->column->heading);
	switch (xf_key_kind(key)) {
	case XF_TEXT:
		put_texts(w, table, row, values, key);
		break;
	case XF_YES_NO:
		if (xf_yes_no(value->text) == 1)
			xf_put(w, "true");
		else
			xf_put_string(w, value->text);
		break;
	case XF_NUMBER:
		put_number(w, value->text);
		break;
	case XF_PARAMETERS:
		xf_put(w, "{");
		xf_parameters_each(w->import->arena, value->text, put_pair, &pairs);
		xf_put(w, "}");
		break;
	default:
		xf_put_string(w, value->text);
	}
}

/* A range says all three, so that its defaults are XLSForm's whatever form_load's are. */
static void put_range(struct xf_writer *w, const struct xf_row *row, bool *is_first)
{
	struct pairs pairs = { .writer = w, .is_first = true };
	const char *text = xf_text(row->value, K_PARAMETERS);
	xf_put_key(w, is_first, "parameters");
	xf_put_place(w, &w->import->survey, row->number, xf_heading(&w->import->survey, K_PARAMETERS));
	xf_put(w, "{");
	if (text)
		xf_parameters_each(w->import->arena, text, put_pair, &pairs);
	for (int i = 0; i < 3; i++)
		if (!pairs.has_range[i]) {
			xf_put_key(w, &pairs.is_first, range_keys[i]);
			xf_put(w, range_defaults[i]);
		}
	xf_put(w, "}");
}

/* The heading under which a cell is kept: its own, or the proper one of a column we know. */
static const char *kept_heading(struct arena *arena, const struct xf_column *column)
{
	if (column->key == K_OTHER)
		return column->heading;
	return column->language ? arena_printf(arena, "%s::%s", xf_key_heading(column->key), column->language) : xf_key_heading(column->key);
}

struct kept { const char *heading; const struct xf_value *value; };

static int compare_kept(const void *a, const void *b)
{
	return strcmp(((const struct kept *)a)->heading, ((const struct kept *)b)->heading);
}

/* By heading in alphabetical order: the one order that an export and an import keep. */
static struct kept *sort_kept(struct arena *arena, const struct xf_value *values, bool is_kept(void *data, const struct xf_value *value), void *data, size_t *n)
{
	struct kept *kept;
	size_t room = 0;
	for (const struct xf_value *value = values; value; value = value->next)
		room++;
	kept = arena_array(arena, struct kept, room);
	*n = 0;
	for (const struct xf_value *value = values; value; value = value->next)
		if (is_kept(data, value))
			kept[(*n)++] = (struct kept){ kept_heading(arena, value->column), value };
	if (*n)
		qsort(kept, *n, sizeof *kept, compare_kept);
	return kept;
}

struct row_of { struct xf_import *import; const struct xf_row *row; };

static bool is_kept_in_columns(void *data, const struct xf_value *value)
{
	const struct row_of *of = data;
	if (value->column->key == K_OTHER)
		return true;
	return xf_useless(of->import, of->row, value) && !(value->column->key == K_REQUIRED && xf_yes_no(value->text) == 0);
}

/* Cells we do not know, and cells that do nothing where they stand. */
static void put_columns(struct xf_writer *w, const struct xf_row *row, bool *is_first)
{
	struct row_of of = { w->import, row };
	size_t n;
	struct kept *kept = sort_kept(w->import->arena, row->value, is_kept_in_columns, &of, &n);
	bool is_first_column = true;
	if (!n)
		return;
	xf_put_key(w, is_first, "columns");
	xf_put(w, "{");
	for (size_t i = 0; i < n; i++) {
		xf_put_key(w, &is_first_column, kept[i].heading);
		xf_put_string(w, kept[i].value->text);
	}
	xf_put(w, "}");
}

static void put_type(struct xf_writer *w, const struct xf_row *row, bool *is_first)
{
	const struct xf_type *type = &row->type;
	xf_put_key(w, is_first, "type");
	xf_put_place(w, &w->import->survey, row->number, xf_heading(&w->import->survey, K_TYPE));
	xf_put_string(w, type->list ? arena_printf(w->import->arena, "%s %s", type->name, type->list) : type->name);
	xf_put_key(w, is_first, "name");
	xf_put_place(w, &w->import->survey, row->number, xf_heading(&w->import->survey, K_NAME));
	xf_put_string(w, row->name);
}

/* The row's values without those that do nothing: the members form_load reads. */
static struct xf_value *useful(struct xf_writer *w, const struct xf_row *row)
{
	struct xf_value *first = NULL, **tail = &first;
	for (const struct xf_value *value = row->value; value; value = value->next) {
		if (value->column->key == K_OTHER || xf_useless(w->import, row, value))
			continue;
		struct xf_value *copy = arena_new_of(w->import->arena, struct xf_value);
		*copy = (struct xf_value){ .column = value->column, .text = value->text };
		*tail = copy;
		tail = &copy->next;
	}
	return first;
}

static void put_members(struct xf_writer *w, const struct xf_row *row, bool *is_first)
{
	static const enum xf_key order[] = { K_LABEL, K_HINT, K_GUIDANCE_HINT, K_IMAGE, K_BIG_IMAGE, K_AUDIO, K_VIDEO, K_REQUIRED, K_REQUIRED_MESSAGE,
		K_RELEVANT, K_CONSTRAINT, K_CONSTRAINT_MESSAGE, K_CALCULATION, K_CHOICE_FILTER, K_DEFAULT, K_APPEARANCE, K_READ_ONLY, K_REPEAT_COUNT,
		K_PARAMETERS, K_TRIGGER, K_DIMENSION, K_SENSITIVITY, K_WEIGHT, K_COLUMN, K_WAS, K_NOTE };
	const struct xf_value *values = useful(w, row);
	bool is_range = !strcmp(row->type.name, "range");
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		if (order[i] == K_CONSTRAINT && row->type.constraint && !xf_find(values, K_CONSTRAINT)) {
			xf_put_key(w, is_first, "constraint");
			xf_put_string(w, row->type.constraint);
		} else if (order[i] == K_PARAMETERS && is_range) {
			put_range(w, row, is_first);
		} else {
			xf_put_member(w, &w->import->survey, row->number, values, order[i], is_first);
		}
	}
}

static void put_rows(struct xf_writer *w, const struct xf_row *first, int depth)
{
	const char *indent = arena_printf(w->import->arena, "\n%.*s", depth, "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t");
	for (const struct xf_row *row = first; row; row = row->next) {
		bool is_first = true;
		xf_put(w, indent);
		xf_put(w, "{");
		put_type(w, row, &is_first);
		if (row->type.or_other) {
			xf_put_key(w, &is_first, "or_other");
			xf_put(w, "true");
		}
		put_members(w, row, &is_first);
		put_columns(w, row, &is_first);
		if (row->type.role == XF_BEGIN) {
			xf_put_key(w, &is_first, "questions");
			xf_put(w, "[");
			put_rows(w, row->first, depth + 1);
			xf_put(w, row->first ? arena_printf(w->import->arena, "%s]", indent) : "]");
		}
		xf_put(w, row->next ? "}," : "}");
	}
}

static bool is_other(void *data, const struct xf_value *value)
{
	(void)data;
	return value->column->key == K_OTHER;
}

static void put_choice(struct xf_writer *w, const struct xf_table *table, const struct xf_choice *choice)
{
	static const enum xf_key order[] = { K_LABEL, K_IMAGE, K_BIG_IMAGE, K_AUDIO, K_VIDEO, K_DESCRIPTION, K_SCORE, K_MEANING };
	bool is_first = true;
	struct kept *kept;
	size_t n;
	xf_put(w, "\n\t\t\t{");
	xf_put_key(w, &is_first, "name");
	xf_put_place(w, table, choice->number, xf_heading(table, K_NAME));
	xf_put_string(w, choice->name);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		xf_put_member(w, table, choice->number, choice->value, order[i], &is_first);
	kept = sort_kept(w->import->arena, choice->value, is_other, NULL, &n);
	for (size_t i = 0; i < n; i++) {
		xf_put_key(w, &is_first, kept[i].heading);
		xf_put_place(w, table, choice->number, kept[i].heading);
		xf_put_string(w, kept[i].value->text);
	}
	xf_put(w, choice->next ? "}," : "}");
}

static void put_lists(struct xf_writer *w, const struct xf_lists *lists, const char *member)
{
	if (!lists->first)
		return;
	xf_put(w, arena_printf(w->import->arena, ",\n\t\"%s\": {", member));
	for (const struct xf_list *list = lists->first; list; list = list->next) {
		bool is_first = true;
		xf_put(w, "\n\t\t");
		xf_put_key(w, &is_first, list->name);
		xf_put_place(w, &lists->table, list->first->number, xf_heading(&lists->table, K_LIST_NAME));
		xf_put(w, "[");
		for (const struct xf_choice *choice = list->first; choice; choice = choice->next)
			put_choice(w, &lists->table, choice);
		xf_put(w, list->next ? "\n\t\t]," : "\n\t\t]");
	}
	xf_put(w, "\n\t}");
}

/* The settings that form_load knows, each in the spellings of its heading; the first that is there counts. */
static const struct { const char *member, *headings[4]; } own_settings[] = {
	{ "title", { "form_title", "title", "set_form_title", NULL } }, { "form_id", { "form_id", "set_form_id", "id_string", NULL } },
	{ "version", { "version", NULL } }, { "kind", { "kind", NULL } }, { "note", { "note", NULL } }, { "default_language", { "default_language", NULL } },
};
#define N_OWN (sizeof own_settings / sizeof *own_settings)

static const struct xf_value *own_setting(struct xf_import *import, size_t at)
{
	for (size_t i = 0; i < 4 && own_settings[at].headings[i]; i++)
		for (const struct xf_value *value = import->setting; value; value = value->next)
			if (!strcmp(xf_snake(import->arena, value->column->heading), own_settings[at].headings[i]))
				return value;
	return NULL;
}

/* The file's name without its ending, when the form has no other title. */
static const char *title_of_file(struct xf_import *import)
{
	const char *file = import->workbook->file, *dot = strrchr(file, '.');
	return arena_strndup(import->arena, file, dot && dot > file ? (size_t)(dot - file) : strlen(file));
}

static void put_own_settings(struct xf_writer *w)
{
	struct xf_import *import = w->import;
	const struct xf_value *id = own_setting(import, 1);
	bool is_first = true;
	xf_put(w, "{\n\t");
	for (size_t i = 0; i < N_OWN; i++) {
		const struct xf_value *value = own_setting(import, i);
		const char *text = value ? value->text : i ? NULL : id ? id->text : title_of_file(import);
		if (!text)
			continue;
		xf_put_key(w, &is_first, own_settings[i].member);
		xf_put_place(w, &import->settings, import->settings.heading_row, value ? value->column->heading : NULL);
		xf_put_string(w, text);
	}
	if (!import->n_languages)
		return;
	xf_put(w, ",\n\t\"languages\": [");
	for (size_t i = 0; i < import->n_languages; i++) {
		xf_put(w, i ? ", " : "");
		xf_put_string(w, import->language[i]);
	}
	xf_put(w, "]");
}

static void put_other_settings(struct xf_writer *w)
{
	struct xf_import *import = w->import;
	bool is_first = true, has_duplicates = false;
	xf_put(w, ",\n\t\"settings\": {");
	for (const struct xf_value *value = import->setting; value; value = value->next) {
		bool is_own = false;
		for (size_t i = 0; i < N_OWN; i++)
			is_own |= own_setting(import, i) == value;
		if (is_own)
			continue;
		xf_put_key(w, &is_first, strchr(value->column->heading, ':') ? value->column->heading : xf_snake(import->arena, value->column->heading));
		xf_put_place(w, &import->settings, import->settings.heading_row, value->column->heading);
		xf_put_string(w, value->text);
	}
	for (const struct xf_list *list = import->choices.first; list; list = list->next)
		has_duplicates |= list->has_duplicates;
	for (const struct xf_list *list = import->external.first; list; list = list->next)
		has_duplicates |= list->has_duplicates;
	if (has_duplicates && !import->allows_duplicates) {
		xf_put_key(w, &is_first, "allow_choice_duplicates");
		xf_put_string(w, "yes");
	}
	xf_put(w, "}");
}

void xf_write(struct xf_import *import, struct xf_writer *w)
{
	*w = (struct xf_writer){ .import = import, .line = 1, .column = 1 };
	buf_init(&w->out, JSON_MAX_BYTES);
	put_own_settings(w);
	put_other_settings(w);
	put_lists(w, &import->choices, "choices");
	put_lists(w, &import->external, "external_choices");
	xf_put(w, ",\n\t\"survey\": [");
	put_rows(w, import->first, 2);
	xf_put(w, "\n\t]");
	xf_sheets_write(import, w);
	xf_put(w, "\n}\n");
}
