/* SPDX-License-Identifier: Apache-2.0
 *
 * The sheets choices and external_choices: rows gathered into lists by list_name, with what
 * is wrong in them. */
#include "xlsform_import.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

const struct xf_list *xf_list_find(const struct xf_lists *lists, const char *name)
{
	const struct xf_list *list = lists->buckets[xf_hash(name, XF_BUCKETS)];
	while (list && strcmp(list->name, name) != 0)
		list = list->same_bucket;
	return list;
}

static struct xf_list *list_of(struct xf_import *import, struct xf_lists *lists, const char *name)
{
	struct xf_list *list = (struct xf_list *)xf_list_find(lists, name), **bucket = &lists->buckets[xf_hash(name, XF_BUCKETS)];
	if (list)
		return list;
	list = arena_new_of(import->arena, struct xf_list);
	list->name = name;
	list->same_bucket = *bucket;
	*bucket = list;
	if (lists->last)
		lists->last->next = list;
	else
		lists->first = list;
	lists->last = list;
	lists->n++;
	return list;
}

static bool has_label(const struct xf_value *values)
{
	return xf_find(values, K_LABEL) || xf_find(values, K_IMAGE) || xf_find(values, K_BIG_IMAGE) || xf_find(values, K_AUDIO) || xf_find(values, K_VIDEO);
}

static void check_numbers(struct xf_import *import, const struct xf_table *table, const struct xf_choice *choice)
{
	const char *score = xf_text(choice->value, K_SCORE), *meaning = xf_text(choice->value, K_MEANING);
	double number;
	int64_t whole;
	if (score && !text_to_double(score, &number))
		xf_say(import, XLSFORM_ERROR, table, choice->number, xf_heading(table, K_SCORE), "\"%s\" is no number, and a score is one; head the column otherwise if it is none", score);
	if (meaning && (!text_to_int(meaning, &whole) || whole < 0 || whole > 5))
		xf_say(import, XLSFORM_ERROR, table, choice->number, xf_heading(table, K_MEANING),
		       "\"%s\" is no level: it goes from 1, the worst, to 5, the best; 0 is none", meaning);
}

static void read_row(struct xf_import *import, struct xf_lists *lists, const struct sheet_row *row)
{
	const struct xf_table *table = &lists->table;
	struct xf_value *values = xf_row_values(import, table, row);
	const char *list_name = xf_text(values, K_LIST_NAME), *name = xf_text(values, K_NAME);
	if (!list_name && !name && !xf_find(values, K_LABEL))
		return;
	if (!list_name) {
		xf_say(import, XLSFORM_WARNING, table, row->number, xf_heading(table, K_LIST_NAME), "the row is left out: it names no list%s%s%s",
		       name ? " for the choice \"" : "", name ? name : "", name ? "\"" : "");
		return;
	}
	if (!name) {
		xf_say(import, XLSFORM_ERROR, table, row->number, xf_heading(table, K_NAME), "the choice of the list \"%s\" has no name", list_name);
		return;
	}
	struct xf_list *list = list_of(import, lists, list_name);
	struct xf_choice *choice = arena_new_of(import->arena, struct xf_choice);
	*choice = (struct xf_choice){ .number = row->number, .name = name, .value = values };
	if (!has_label(values))
		xf_say(import, XLSFORM_WARNING, table, row->number, xf_heading(table, K_LABEL), "the choice \"%s\" of \"%s\" has no label; its name is shown", name, list_name);
	check_numbers(import, table, choice);
	if (list->last)
		list->last->next = choice;
	else
		list->first = choice;
	list->last = choice;
	list->n++;
	list->has_spaced_names |= strchr(name, ' ') != NULL;
	for (const struct xf_value *value = values; value; value = value->next)
		if (value->column->key == K_OTHER && strchr(value->column->heading, ' '))
			list->spaced_heading = value->column->heading;
}

/* The choices of a list by the hash of their names, to find the second of a name fast. */
struct seen { const struct xf_choice *choice; struct seen *next; };

static const struct xf_choice *find_earlier(struct seen **buckets, size_t n, const struct xf_choice *choice)
{
	for (const struct seen *seen = buckets[xf_hash(choice->name, n)]; seen; seen = seen->next)
		if (!strcmp(seen->choice->name, choice->name))
			return seen->choice;
	return NULL;
}

/* Does a column other than name and label tell the two apart? A choice_filter can then show one of them. */
static bool differ_in_columns(const struct xf_choice *a, const struct xf_choice *b)
{
	const struct xf_value *x = a->value, *y = b->value;
	for (;; x = x->next, y = y->next) {
		while (x && x->column->key != K_OTHER)
			x = x->next;
		while (y && y->column->key != K_OTHER)
			y = y->next;
		if (!x || !y)
			return x || y;
		if (x->column != y->column || strcmp(x->text, y->text) != 0)
			return true;
	}
}

/* Do the two say the same, or one of them more of it? "Primary" and "Primary (1-8)". */
static bool say_the_same(const struct xf_choice *a, const struct xf_choice *b)
{
	for (const struct xf_value *x = xf_find(a->value, K_LABEL); x; x = xf_find(x->next, K_LABEL))
		for (const struct xf_value *y = xf_find(b->value, K_LABEL); y; y = xf_find(y->next, K_LABEL)) {
			size_t n = strlen(x->text), m = strlen(y->text);
			if (x->column == y->column)
				return !strncasecmp(x->text, y->text, n < m ? n : m);
		}
	return true;
}

/* A name twice: answers cannot tell the two apart. No harm when a column does, or when both say the same. */
static void report_duplicate(struct xf_import *import, const struct xf_table *table, const struct xf_list *list, const struct xf_choice *earlier,
                             const struct xf_choice *choice)
{
	if (import->allows_duplicates)
		return;
	if (differ_in_columns(earlier, choice) || say_the_same(earlier, choice))
		xf_say(import, XLSFORM_WARNING, table, choice->number, xf_heading(table, K_NAME),
		       "the choice \"%s\" stands in \"%s\" a second time, first in row %zu; answers do not tell them apart", choice->name, list->name, earlier->number);
	else
		xf_say(import, XLSFORM_ERROR, table, choice->number, xf_heading(table, K_NAME),
		       "the choice \"%s\" stands in \"%s\" a second time, first in row %zu, with another label; an answer could mean either. Name one otherwise, or set "
		       "allow_choice_duplicates to yes on the sheet settings", choice->name, list->name, earlier->number);
}

static void check_duplicates(struct xf_import *import, const struct xf_table *table, struct xf_list *list)
{
	size_t n = list->n * 2 + 1;
	struct seen **buckets = arena_array(import->arena, struct seen *, n);
	for (const struct xf_choice *choice = list->first; choice; choice = choice->next) {
		const struct xf_choice *earlier = find_earlier(buckets, n, choice);
		list->has_duplicates |= earlier != NULL;
		if (earlier) {
			report_duplicate(import, table, list, earlier, choice);
			continue;
		}
		struct seen *seen = arena_new_of(import->arena, struct seen);
		struct seen **bucket = &buckets[xf_hash(choice->name, n)];
		*seen = (struct seen){ choice, *bucket };
		*bucket = seen;
	}
}

static void read_lists(struct xf_import *import, struct xf_lists *lists, const char *sheet)
{
	lists->table = xf_table_open(import, sheet, HEADINGS_CHOICES);
	const struct xf_table *table = &lists->table;
	if (!table->sheet || !table->first)
		return;
	if (!xf_table_has(table, K_LIST_NAME) || !xf_table_has(table, K_NAME)) {
		const char *missing = xf_table_has(table, K_LIST_NAME) ? "name" : "list_name";
		xf_say(import, XLSFORM_ERROR, table, table->heading_row, missing,
		       "there is no such column; row %zu should hold the headings \"list_name\", \"name\" and \"label\"", table->heading_row);
		return;
	}
	for (const struct sheet_row *row = table->first; row; row = row->next)
		read_row(import, lists, row);
	for (struct xf_list *list = lists->first; list; list = list->next)
		check_duplicates(import, table, list);
}

void xf_choices_read(struct xf_import *import)
{
	read_lists(import, &import->choices, "choices");
	read_lists(import, &import->external, "external_choices");
}
