/* SPDX-License-Identifier: Apache-2.0
 *
 * The survey sheet: its rows become a tree of questions, groups and repeats. What a row says
 * by itself is checked here; what needs the others comes in xlsform_check.c. */
#include "xlsform_import.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "form/form.h"

#define MAX_DEPTH 12                    /* of groups: deeper, and the definition's JSON is too deep */

/* Where the next row goes. */
struct cursor {
	struct xf_import *import;
	struct xf_row *open;            /* the group or repeat that is not closed yet */
	size_t depth;
};

static void error_at(struct cursor *c, size_t row, enum xf_key key, const char *text)
{
	xf_say(c->import, XLSFORM_ERROR, &c->import->survey, row, xf_heading(&c->import->survey, key), "%s", text);
}

struct xf_row *xf_named(const struct xf_import *import, const char *name)
{
	struct xf_row *row = import->names[xf_hash(name, XF_BUCKETS)];
	while (row && strcmp(row->name, name) != 0)
		row = row->same_name;
	return row;
}

void xf_name_add(struct xf_import *import, struct xf_row *row)
{
	struct xf_row **bucket = &import->names[xf_hash(row->name, XF_BUCKETS)];
	row->same_name = *bucket;
	*bucket = row;
	import->n_rows++;
}

void xf_name_remove(struct xf_import *import, struct xf_row *row)
{
	struct xf_row **at = &import->names[xf_hash(row->name, XF_BUCKETS)];
	while (*at && *at != row)
		at = &(*at)->same_name;
	if (!*at)
		return;
	*at = row->same_name;
	import->n_rows--;
}

/* A row of that name under the same parent; capitals do not count when `any_case`. */
static const struct xf_row *sibling(const struct cursor *c, const char *name, bool any_case)
{
	for (const struct xf_row *row = c->import->names[xf_hash(name, XF_BUCKETS)]; row; row = row->same_name)
		if (row->parent == c->open && !(any_case ? strcasecmp(row->name, name) : strcmp(row->name, name)))
			return row;
	return NULL;
}

static const struct xf_row *repeat_named(const struct cursor *c, const char *name)
{
	for (const struct xf_row *row = c->import->names[xf_hash(name, XF_BUCKETS)]; row; row = row->same_name)
		if (!strcmp(row->name, name) && !strcmp(row->type.name, "repeat"))
			return row;
	return NULL;
}

static void check_name(struct cursor *c, const struct xf_row *row)
{
	struct arena *arena = c->import->arena;
	const struct xf_row *other;
	if (!form_name_is_good(row->name))
		error_at(c, row->number, K_NAME, arena_printf(arena, "\"%s\" is no name: a name begins with a letter or _ and has only letters, digits, "
		         "_, - and . after it, no spaces", row->name));
	else if ((other = sibling(c, row->name, false)) != NULL)
		error_at(c, row->number, K_NAME, arena_printf(arena, "\"%s\" is in use already, in row %zu of the same %s; each name stands once", row->name, other->number,
		         c->open ? c->open->type.name : "survey"));
	else if (!strcmp(row->type.name, "repeat") && (other = repeat_named(c, row->name)) != NULL)
		error_at(c, row->number, K_NAME, arena_printf(arena, "the repeat in row %zu is named \"%s\", too; repeats have names of their own", other->number, row->name));
	else if ((other = sibling(c, row->name, true)) != NULL)
		xf_say(c->import, XLSFORM_WARNING, &c->import->survey, row->number, xf_heading(&c->import->survey, K_NAME),
		       "\"%s\" differs from \"%s\" in row %zu by capitals only; some programs cannot tell them apart", row->name, other->name, other->number);
}

/* Notes may come without a name; metadata is named after itself. */
static const char *name_of(struct cursor *c, const struct xf_value *values, const struct xf_type *type, size_t number)
{
	const char *name = xf_text(values, K_NAME);
	if (name)
		return name;
	for (const struct xf_value *v = values; v; v = v->next)
		if (v->column->key == K_OTHER && !strcasecmp(v->column->heading, "$autoname"))
			return v->text;
	if (!strcmp(type->name, "note"))
		return arena_printf(c->import->arena, "generated_note_name_%zu", number);
	if (!strcmp(type->name, "audit"))
		return "audit";
	error_at(c, number, K_NAME, arena_printf(c->import->arena, "the %s has no name", type->role == XF_BEGIN ? type->name : "question"));
	return NULL;
}

static void append(struct cursor *c, struct xf_row *row)
{
	struct xf_row **first = c->open ? &c->open->first : &c->import->first, **last = c->open ? &c->open->last : &c->import->last;
	row->parent = c->open;
	if (*last)
		(*last)->next = row;
	else
		*first = row;
	*last = row;
	xf_name_add(c->import, row);
}

static void begin(struct cursor *c, struct xf_row *row)
{
	if (++c->depth == MAX_DEPTH + 1)
		error_at(c, row->number, K_TYPE, arena_printf(c->import->arena, "groups stand in groups more than %d deep", MAX_DEPTH));
	c->open = row;
}

static void end(struct cursor *c, size_t number, const struct xf_type *type)
{
	struct arena *arena = c->import->arena;
	if (!c->open)
		error_at(c, number, K_TYPE, arena_printf(arena, "\"end_%s\" closes nothing: no %s is open here", type->name, type->name));
	else if (strcmp(c->open->type.name, type->name) != 0 || c->open->type.kobo != type->kobo)
		error_at(c, number, K_TYPE, arena_printf(arena, "\"end_%s\" cannot close the %s \"%s\" begun in row %zu; \"end_%s\" is expected", type->name,
		         c->open->type.name, c->open->name, c->open->number, c->open->type.name));
	if (!c->open)
		return;
	c->open = c->open->parent;
	c->depth--;
}

/* A row without a type is a comment, unless it looks like a question. */
static void row_without_type(struct cursor *c, const struct xf_value *values, size_t number)
{
	if (xf_find(values, K_NAME) || xf_find(values, K_LABEL))
		error_at(c, number, K_TYPE, "the row has a name or label, but no type");
	else if (values)
		xf_say(c->import, XLSFORM_WARNING, &c->import->survey, number, values->column->heading, "the row has no type, name or label: taken as a comment and left out");
}

static bool is_disabled(struct cursor *c, const struct xf_value *values, size_t number)
{
	const char *disabled = xf_text(values, K_DISABLED);
	if (!disabled || xf_yes_no(disabled) != 1)
		return false;
	xf_say(c->import, XLSFORM_WARNING, &c->import->survey, number, xf_heading(&c->import->survey, K_DISABLED), "the row is disabled and left out");
	return true;
}

/* A title or id that stands in the survey, as old forms have it, goes to the settings. */
static void take_setting(struct cursor *c, const struct xf_type *type, const struct xf_value *values)
{
	struct arena *arena = c->import->arena;
	struct xf_column *column = arena_new_of(arena, struct xf_column);
	struct xf_value *value = arena_new_of(arena, struct xf_value);
	*column = (struct xf_column){ .key = K_OTHER, .heading = type->name };
	*value = (struct xf_value){ .column = column, .text = xf_text(values, K_NAME), .next = c->import->setting };
	if (value->text)
		c->import->setting = value;
}

static void take_row(struct cursor *c, const struct sheet_row *cells)
{
	struct xf_import *import = c->import;
	struct xf_value *values = xf_row_values(import, &import->survey, cells);
	const char *text = xf_text(values, K_TYPE), *problem, *name;
	struct xf_type type;
	if (is_disabled(c, values, cells->number))
		return;
	if (!text) {
		row_without_type(c, values, cells->number);
		return;
	}
	bool known = xf_type_parse(import->arena, text, &type, &problem);
	if (!known)
		error_at(c, cells->number, K_TYPE, problem);
	if (type.role == XF_END || type.role == XF_SETTING) {
		if (known && type.role == XF_END)
			end(c, cells->number, &type);
		else if (known)
			take_setting(c, &type, values);
		return;
	}
	if (!known)
		type.name = type.role == XF_BEGIN ? "group" : "text";
	if (type.kobo == KOBO_ROW && (!c->open || (c->open->type.kobo != KOBO_SCORE && c->open->type.kobo != KOBO_RANK)))
		error_at(c, cells->number, K_TYPE, "score__row stands between begin_score and end_score, rank__level between begin_rank and end_rank");
	if (!(name = name_of(c, values, &type, cells->number)))
		name = "";
	struct xf_row *row = arena_new_of(import->arena, struct xf_row);
	*row = (struct xf_row){ .number = cells->number, .type = type, .name = name, .value = values };
	row->parent = c->open;
	if (*name)
		check_name(c, row);
	append(c, row);
	if (type.role == XF_BEGIN)
		begin(c, row);
}

/* The sheet that may be meant by a missing one. */
static const char *similar_sheet(struct xf_import *import, const char *name)
{
	const char *names[64];
	size_t n = 0;
	for (const struct sheet *sheet = import->workbook->first; sheet && n < 64; sheet = sheet->next)
		names[n++] = xf_snake(import->arena, sheet->name);
	return text_nearest(name, names, n);
}

static bool has_survey(struct xf_import *import)
{
	const struct xf_table *table = &import->survey;
	if (!table->sheet) {
		const char *near = similar_sheet(import, "survey");
		xf_say(import, XLSFORM_ERROR, NULL, 0, NULL, near ? "there is no sheet \"survey\"; is the sheet \"%s\" meant?" : "there is no sheet \"survey\"", near);
	} else if (!table->heading_row) {
		xf_say(import, XLSFORM_ERROR, table, 0, NULL, "the sheet is empty; it should hold the headings \"type\", \"name\" and \"label\", and the questions");
	} else if (!xf_table_has(table, K_TYPE)) {
		xf_say(import, XLSFORM_ERROR, table, table->heading_row, "type", "there is no such column; row %zu should hold the headings \"type\", \"name\" and \"label\"",
		       table->heading_row);
	} else {
		return true;
	}
	return false;
}

void xf_survey_read(struct xf_import *import)
{
	struct cursor c = { .import = import };
	import->survey = xf_table_open(import, "survey", HEADINGS_SURVEY);
	if (!has_survey(import))
		return;
	for (const struct sheet_row *cells = import->survey.first; cells && import->n_rows <= FORM_MAX_QUESTIONS; cells = cells->next)
		take_row(&c, cells);
	if (import->n_rows > FORM_MAX_QUESTIONS)
		xf_say(import, XLSFORM_ERROR, &import->survey, 0, NULL, "the sheet holds more than %d questions", FORM_MAX_QUESTIONS);
	for (; c.open; c.open = c.open->parent)
		error_at(&c, c.open->number, K_TYPE, arena_printf(import->arena, "the %s \"%s\" is never closed; an \"end_%s\" is missing", c.open->type.name,
		         c.open->name, c.open->type.name));
	if (!import->report->n_errors)
		xf_kobo_expand(import);
	if (!import->first && !import->report->n_errors)
		xf_say(import, XLSFORM_ERROR, &import->survey, 0, NULL, "the sheet holds no questions");
}
