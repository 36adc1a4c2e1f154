/* SPDX-License-Identifier: Apache-2.0
 *
 * KoboToolbox has three constructs of its own in its spreadsheets: matrices (each column asked
 * for each item), ratings (rows that share one list) and rankings (levels that share one
 * list). Its server writes them out as groups of ordinary questions before anybody fills the
 * form; so do we, under the same names, so that expressions find them. */
#include <string.h>
#include <strings.h>

#include "xlsform_import.h"

static const struct { int kobo; const char *heading, *word; } kinds[] = {
	{ KOBO_MATRIX, "kobo--matrix_list", "kobomatrix" }, { KOBO_SCORE, "kobo--score-choices", "score" }, { KOBO_RANK, "kobo--rank-items", "rank" },
};

static const char *cell_headed(const struct xf_row *row, const char *heading)
{
	for (const struct xf_value *value = row->value; value; value = value->next)
		if (value->column->key == K_OTHER && !strcasecmp(value->column->heading, heading))
			return value->text;
	return NULL;
}

/* The list that the construct names in its own column; NULL after a refusal. */
static const struct xf_list *list_of(struct xf_import *import, const struct xf_row *row)
{
	size_t kind = 0;
	while (kinds[kind].kobo != (int)row->type.kobo)
		kind++;
	const char *name = cell_headed(row, kinds[kind].heading);
	const struct xf_list *list = name ? xf_list_find(&import->choices, name) : NULL;
	if (!name)
		xf_say(import, XLSFORM_ERROR, &import->survey, row->number, kinds[kind].heading, "a begin_%s names its list of choices in this column", kinds[kind].word);
	else if (!list)
		xf_say(import, XLSFORM_ERROR, &import->survey, row->number, kinds[kind].heading, "the sheet \"choices\" has no list \"%s\"", name);
	return list;
}

/* A cell that the spreadsheet does not have. */
static void add_value(struct xf_import *import, struct xf_row *row, enum xf_key key, const char *text)
{
	struct xf_column *column = arena_new_of(import->arena, struct xf_column);
	struct xf_value *value = arena_new_of(import->arena, struct xf_value);
	if (xf_find(row->value, key))
		return;
	*column = (struct xf_column){ .key = key, .heading = xf_key_heading(key) };
	*value = (struct xf_value){ .column = column, .text = text, .next = row->value };
	row->value = value;
}

/* The rows become selects of the list. In a ranking no two levels may be the same. */
static void expand_rows(struct xf_import *import, struct xf_row *group, const struct xf_list *list)
{
	const char *message = cell_headed(group, "kobo--rank-constraint-message"), *constraint = NULL;
	for (struct xf_row *row = group->first; row; row = row->next) {
		if (row->type.kobo != KOBO_ROW)
			continue;
		row->type.list = list->name;
		row->type.is_select = true;
		if (group->type.kobo != KOBO_RANK)
			continue;
		if (constraint) {
			add_value(import, row, K_CONSTRAINT, constraint);
			add_value(import, row, K_CONSTRAINT_MESSAGE, message ? message : "Each can be chosen once only.");
		}
		constraint = constraint ? arena_printf(import->arena, "%s and . != ${%s}", constraint, row->name) : arena_printf(import->arena, ". != ${%s}", row->name);
	}
	if (group->type.kobo == KOBO_SCORE)
		add_value(import, group, K_APPEARANCE, "table-list");
}

static struct xf_row *add_row(struct xf_import *import, struct xf_row *parent, const struct xf_row *like, const char *name)
{
	struct xf_row *row = arena_new_of(import->arena, struct xf_row);
	*row = (struct xf_row){ .number = like->number, .type = like->type, .name = name, .value = like->value, .parent = parent };
	if (parent->last)
		parent->last->next = row;
	else
		parent->first = row;
	parent->last = row;
	xf_name_add(import, row);
	return row;
}

/* For each item a group with its label, and in it each column's question: matrix_item_column. */
static void expand_matrix(struct xf_import *import, struct xf_row *matrix, const struct xf_list *list)
{
	struct xf_row *columns = matrix->first, item_like = { .number = matrix->number, .type = { .role = XF_BEGIN, .name = "group" } };
	matrix->first = matrix->last = NULL;
	for (struct xf_row *column = columns; column; column = column->next)
		xf_name_remove(import, column);
	for (const struct xf_choice *item = list->first; item && import->n_rows <= FORM_MAX_QUESTIONS; item = item->next) {
		item_like.value = NULL;
		struct xf_row *group = add_row(import, matrix, &item_like, arena_printf(import->arena, "%s_%s", matrix->name, item->name));
		for (const struct xf_value *value = item->value; value; value = value->next) {
			if (value->column->key != K_LABEL)
				continue;
			struct xf_value *label = arena_new_of(import->arena, struct xf_value);
			*label = (struct xf_value){ .column = value->column, .text = value->text, .next = group->value };
			group->value = label;
		}
		for (struct xf_row *column = columns; column; column = column->next)
			add_row(import, group, column, arena_printf(import->arena, "%s_%s", group->name, column->name));
	}
}

static void expand(struct xf_import *import, struct xf_row *row)
{
	const struct xf_list *list = list_of(import, row);
	if (!list)
		return;
	if (row->type.kobo == KOBO_MATRIX)
		expand_matrix(import, row, list);
	else
		expand_rows(import, row, list);
	xf_say(import, XLSFORM_NOTE, &import->survey, row->number, xf_heading(&import->survey, K_TYPE), "\"%s\" is written out as a group of ordinary questions", row->name);
}

static void expand_tree(struct xf_import *import, struct xf_row *first)
{
	for (struct xf_row *row = first; row && import->n_rows <= FORM_MAX_QUESTIONS; row = row->next) {
		if (row->type.kobo != KOBO_NONE && row->type.kobo != KOBO_ROW)
			expand(import, row);
		else
			expand_tree(import, row->first);
	}
}

void xf_kobo_expand(struct xf_import *import)
{
	expand_tree(import, import->first);
	if (import->n_rows > FORM_MAX_QUESTIONS)
		xf_say(import, XLSFORM_ERROR, &import->survey, 0, NULL, "written out, the matrices make more than %d questions", FORM_MAX_QUESTIONS);
}
