/* SPDX-License-Identifier: Apache-2.0
 *
 * What only the whole workbook can tell about a row of the survey: that its list of choices
 * is there, that every ${name} names one question, that expressions can be read, that what
 * is asked has a label. */
#include "xlsform_import.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "form/expr.h"

/* Looking for what was meant costs time: a file with more errors than this goes without. */
#define ENOUGH_HINTS 50

struct checking {
	struct xf_import *import;
	const struct xf_table *table;
	size_t number;                  /* of the row */
	const char *heading;            /* of the column */
};

static void say_at(const struct checking *c, enum xlsform_level level, const char *text)
{
	xf_say(c->import, level, c->table, c->number, c->heading, "%s", text);
}

/* The question that or_other adds behind a select. */
static bool is_other_of(const struct xf_import *import, const char *name)
{
	size_t n = strlen(name);
	if (n < 7 || strcmp(name + n - 6, "_other") != 0)
		return false;
	const struct xf_row *select = xf_named(import, arena_strndup(import->arena, name, n - 6));
	return select && select->type.or_other;
}

static const char *nearest_name(const struct xf_import *import, const char *name)
{
	const char **names = arena_array(import->arena, const char *, import->n_rows + 1);
	size_t n = 0;
	if (import->report->n_errors > ENOUGH_HINTS)
		return NULL;
	for (size_t i = 0; i < XF_BUCKETS; i++)
		for (const struct xf_row *row = import->names[i]; row && n < import->n_rows; row = row->same_name)
			names[n++] = row->name;
	return text_nearest(name, names, n);
}

/* ${name}: it must name one question. */
static void check_reference(const struct checking *c, const char *name)
{
	struct arena *arena = c->import->arena;
	const struct xf_row *found = xf_named(c->import, name), *again = found ? found->same_name : NULL;
	while (again && strcmp(again->name, name) != 0)
		again = again->same_name;
	if (again) {
		say_at(c, XLSFORM_ERROR, arena_printf(arena, "${%s} is not clear: rows %zu and %zu both have that name", name, again->number, found->number));
	} else if (!found && !is_other_of(c->import, name)) {
		const char *near = nearest_name(c->import, name);
		say_at(c, XLSFORM_ERROR, near ? arena_printf(arena, "${%s} names no question; is ${%s} meant?", name, near)
		                              : arena_printf(arena, "${%s} names no question", name));
	}
}

/* Every ${…} of a text or expression. */
static void check_references(const struct checking *c, const char *text)
{
	for (const char *p = strstr(text, "${"); p; p = strstr(p, "${")) {
		size_t n = strcspn(p + 2, "}{\n");
		if (p[2 + n] != '}') {
			say_at(c, XLSFORM_ERROR, "a \"${\" is not closed by \"}\"; a question is named as ${name}");
			return;
		}
		const char *name = xf_collapse(c->import->arena, arena_strndup(c->import->arena, p + 2, n));
		if (!strncmp(name, "last-saved#", 11))
			name += 11;
		check_reference(c, name);
		p += 2 + n;
	}
}

static void check_expression(const struct checking *c, const char *text)
{
	struct expr_problem problem;
	if (!expr_parse(c->import->arena, text, &problem))
		say_at(c, XLSFORM_ERROR, arena_printf(c->import->arena, "the expression cannot be read at character %zu: %s",
		       text_length(arena_strndup(c->import->arena, text, problem.offset)) + 1, problem.message));
	else
		check_references(c, text);
}

static void check_value(const struct checking *c, const struct xf_value *value)
{
	switch (xf_key_kind(value->column->key)) {
	case XF_EXPRESSION:
		check_expression(c, value->text);
		break;
	case XF_YES_NO:
		if (xf_yes_no(value->text) < 0)
			check_expression(c, value->text);
		break;
	case XF_TEXT: case XF_LITERAL:
		if (value->column->key != K_OTHER)
			check_references(c, value->text);
		break;
	default:
		break;
	}
}

void xf_check_values(struct xf_import *import, const struct xf_table *table, size_t number, const struct xf_value *values)
{
	struct checking c = { .import = import, .table = table, .number = number };
	for (const struct xf_value *value = values; value; value = value->next) {
		c.heading = value->column->heading;
		check_value(&c, value);
	}
}

/* No list of that name: which one may be meant, or that there is no sheet at all. */
static const char *missing_list(struct xf_import *import, const struct xf_lists *lists, const char *name, const char *sheet)
{
	struct arena *arena = import->arena;
	const char **names = arena_array(arena, const char *, lists->n + 1), *near;
	size_t n = 0;
	if (!lists->table.sheet)
		return arena_printf(arena, "the list \"%s\" is not there: the workbook has no sheet \"%s\" with the columns list_name, name and label", name, sheet);
	for (const struct xf_list *list = lists->first; list && n < 5000 && import->report->n_errors < ENOUGH_HINTS; list = list->next)
		names[n++] = list->name;
	near = text_nearest(name, names, n);
	return near ? arena_printf(arena, "the sheet \"%s\" has no list \"%s\"; is \"%s\" meant?", lists->table.name, name, near)
	            : arena_printf(arena, "the sheet \"%s\" has no list \"%s\"", lists->table.name, name);
}

/* Headings with blanks cannot be named in a filter: "region name = ${r}" reads as two things. */
static void check_filter_columns(struct xf_import *import, const struct xf_row *row, const struct xf_lists *lists, const struct xf_list *list)
{
	if (list->spaced_heading)
		xf_say(import, XLSFORM_ERROR, &lists->table, lists->table.heading_row, list->spaced_heading,
		       "a heading on this sheet has no spaces: the choice_filter of \"%s\" (survey, row %zu) could not name it; write \"%s\"",
		       row->name, row->number, xf_snake(import->arena, list->spaced_heading));
}

static void check_spaces(struct xf_import *import, const struct xf_row *row, const struct xf_lists *lists, const struct xf_list *list)
{
	for (const struct xf_choice *choice = list->first; choice && list->has_spaced_names; choice = choice->next)
		if (strchr(choice->name, ' '))
			xf_say(import, XLSFORM_ERROR, &lists->table, choice->number, xf_heading(&lists->table, K_NAME),
			       "the choice \"%s\" has a space in its name, and \"%s\" (survey, row %zu) keeps several names separated by spaces; write \"%s\"",
			       choice->name, row->name, row->number, xf_snake(import->arena, choice->name));
}

static void check_list(struct xf_import *import, const struct xf_row *row)
{
	struct checking c = { import, &import->survey, row->number, xf_heading(&import->survey, K_TYPE) };
	bool is_external = !strcmp(row->type.name, "select_one_external");
	const struct xf_lists *lists = is_external ? &import->external : &import->choices;
	const struct xf_list *list = xf_list_find(lists, row->type.list);
	const struct xf_value *filter = xf_find(row->value, K_CHOICE_FILTER);
	if (!list) {
		say_at(&c, XLSFORM_ERROR, missing_list(import, lists, row->type.list, is_external ? "external_choices" : "choices"));
		return;
	}
	if (filter)
		check_filter_columns(import, row, lists, list);
	if (filter && row->type.or_other) {
		c.heading = filter->column->heading;
		say_at(&c, XLSFORM_ERROR, "a choice_filter and or_other do not go together; add a choice \"other\" to the list instead");
	}
	if (strcmp(row->type.name, "select_one") != 0 && !is_external)
		check_spaces(import, row, lists, list);
}

/* What is said to the person who fills the form. */
static bool has_words(const struct xf_row *row)
{
	static const enum xf_key words[] = { K_LABEL, K_HINT, K_GUIDANCE_HINT, K_IMAGE, K_BIG_IMAGE, K_AUDIO, K_VIDEO };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (xf_find(row->value, words[i]))
			return true;
	return false;
}

static bool is_asked(const struct xf_row *row)
{
	return row->type.role == XF_QUESTION && !row->type.is_metadata && strncmp(row->type.name, "sensor_", 7) != 0 && strcmp(row->type.name, "calculate") != 0 && strcmp(row->type.name, "hidden") != 0 &&
		!xf_find(row->value, K_CALCULATION);
}

static void check_words(struct xf_import *import, const struct xf_row *row)
{
	struct checking c = { import, &import->survey, row->number, xf_heading(&import->survey, K_LABEL) };
	if (is_asked(row) && !has_words(row))
		say_at(&c, XLSFORM_ERROR, arena_printf(import->arena, "\"%s\" is asked, but has neither label nor hint", row->name));
	if (!xf_find(row->value, K_BIG_IMAGE) || xf_find(row->value, K_IMAGE))
		return;
	c.heading = xf_heading(&import->survey, K_BIG_IMAGE);
	say_at(&c, XLSFORM_ERROR, "a big-image enlarges an image; the row has no image");
}

static void check_calculate(struct xf_import *import, const struct xf_row *row)
{
	struct checking c = { import, &import->survey, row->number, xf_heading(&import->survey, K_CALCULATION) };
	const char *initial = xf_text(row->value, K_DEFAULT);
	if (!strcmp(row->type.name, "calculate") && !xf_find(row->value, K_CALCULATION) && !(initial && (strstr(initial, "${") || strchr(initial, '('))))
		say_at(&c, XLSFORM_ERROR, arena_printf(import->arena, "\"%s\" is a calculate without a calculation", row->name));
}

static const struct xf_row *named_by_trigger(const struct checking *c, const char *text)
{
	size_t n = strlen(text);
	const struct xf_row *row = NULL;
	if (n > 3 && !strncmp(text, "${", 2) && text[n - 1] == '}')
		row = xf_named(c->import, xf_collapse(c->import->arena, arena_strndup(c->import->arena, text + 2, n - 3)));
	else
		say_at(c, XLSFORM_ERROR, arena_printf(c->import->arena, "\"%s\" is no trigger: it names one or more questions as ${name}, with commas between", text));
	if (!row && n > 3 && text[n - 1] == '}')
		check_references(c, text);
	return row;
}

static void check_trigger(struct xf_import *import, const struct xf_row *row)
{
	struct checking c = { import, &import->survey, row->number, xf_heading(&import->survey, K_TRIGGER) };
	const char *text = xf_text(row->value, K_TRIGGER);
	char *save = NULL, *rest = text ? arena_strdup(import->arena, text) : NULL;
	if (!text) {
		if (!strcmp(row->type.name, "background-geopoint"))
			say_at(&c, XLSFORM_ERROR, "a background-geopoint needs a trigger: the question whose answer asks for the place, as ${name}");
		return;
	}
	for (char *part = strtok_r(rest, ",", &save); part; part = strtok_r(NULL, ",", &save))
		named_by_trigger(&c, xf_collapse(import->arena, part));
	say_at(&c, XLSFORM_WARNING, "the trigger is kept, but here calculations follow every change of what they name");
}

/* The selects of a table share one list. */
static void check_table_list(struct xf_import *import, const struct xf_row *group)
{
	struct checking c = { import, &import->survey, 0, xf_heading(&import->survey, K_TYPE) };
	const char *appearance = xf_text(group->value, K_APPEARANCE), *list = NULL;
	if (!appearance || !strstr(appearance, "table-list"))
		return;
	for (const struct xf_row *row = group->first; row; row = row->next) {
		c.number = row->number;
		if (row->type.is_select && list && strcmp(list, row->type.list) != 0)
			say_at(&c, XLSFORM_ERROR, arena_printf(import->arena, "the selects of a table-list share one list of choices: \"%s\" here, \"%s\" above", row->type.list, list));
		if (row->type.is_select && !list)
			list = row->type.list;
	}
}

bool xf_is_dynamic(const char *text)
{
	const char *open = strchr(text, '(');
	size_t length = strlen(text);
	return strstr(text, "${") || (open && open > text && text[length - 1] == ')' &&
		strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789:-") == (size_t)(open - text));
}

static bool is_choice(const struct xf_list *list, const char *name)
{
	for (const struct xf_choice *choice = list ? list->first : NULL; choice; choice = choice->next)
		if (!strcmp(choice->name, name))
			return true;
	return false;
}

static const char *useless_on_container(const struct xf_row *row, enum xf_key key)
{
	static const enum xf_key only_questions[] = { K_REQUIRED, K_REQUIRED_MESSAGE, K_CONSTRAINT, K_CONSTRAINT_MESSAGE, K_CALCULATION, K_DEFAULT, K_COLUMN, K_PARAMETERS };
	for (size_t i = 0; i < sizeof only_questions / sizeof *only_questions; i++)
		if (key == only_questions[i])
			return !strcmp(row->type.name, "repeat") ? "it does nothing on a repeat, only on the questions inside" : "it does nothing on a group, only on the questions inside";
	return NULL;
}

const char *xf_useless(struct xf_import *import, const struct xf_row *row, const struct xf_value *value)
{
	double number;
	enum xf_key key = value->column->key;
	const char *useless = row->type.role == XF_BEGIN ? useless_on_container(row, key) : NULL;
	if (useless)
		return useless;
	if (key == K_CONSTRAINT_MESSAGE && !xf_find(row->value, K_CONSTRAINT) && !row->type.constraint)
		return "the message is never shown: the row has no constraint";
	if (key == K_CHOICE_FILTER && !row->type.list)
		return "the filter does nothing: the question has no choices";
	if (key == K_REPEAT_COUNT && strcmp(row->type.name, "repeat") != 0)
		return "the count does nothing: the row begins no repeat";
	if (key == K_WEIGHT && !text_to_double(value->text, &number))
		return "a weight is a number; this is kept, but does nothing";
	if (key == K_DEFAULT && row->type.is_select && !strcmp(row->type.name, "select_one") && !xf_is_dynamic(value->text) &&
	    !is_choice(xf_list_find(&import->choices, row->type.list), value->text))
		return arena_printf(import->arena, "the default \"%s\" is no choice of \"%s\", so nothing is chosen at first", value->text, row->type.list);
	return NULL;
}

static void check_useless(struct xf_import *import, const struct xf_row *row)
{
	for (const struct xf_value *value = row->value; value; value = value->next) {
		const char *useless = xf_useless(import, row, value);
		if (useless && !(value->column->key == K_REQUIRED && xf_yes_no(value->text) == 0))
			xf_say(import, XLSFORM_WARNING, &import->survey, row->number, value->column->heading, "%s", useless);
	}
}

/* What is kept but not shown, by name. */
static void report_unsupported(struct xf_import *import, const struct xf_row *row)
{
	struct checking c = { import, &import->survey, row->number, xf_heading(&import->survey, K_TYPE) };
	const char *type = row->type.name, *text;
	if (row->type.list && strstr(type, "from_file"))
		text = arena_printf(import->arena, "the choices of \"%s\" come from the file \"%s\", which is not part of the workbook: the question is kept, but not shown", row->name, row->type.list);
	else if (row->type.is_unsupported && row->type.list && !strncmp(row->type.list, "${", 2))
		text = arena_printf(import->arena, "the choices of \"%s\" come from answers (%s), which is not supported: the question is kept, but not shown", row->name, row->type.list);
	else if (!strncmp(type, "sensor_", 7))
		text = arena_printf(import->arena, "\"%s\" is read from a device's sensors: it is kept and stays empty here", row->name);
	else if (row->type.is_unsupported)
		text = arena_printf(import->arena, "questions of type \"%s\" are not supported: \"%s\" is kept, but not shown", type, row->name);
	else if (row->type.is_metadata && (!strcmp(type, "deviceid") || !strcmp(type, "phonenumber") || !strcmp(type, "audit")))
		text = arena_printf(import->arena, "\"%s\" is filled by a mobile device: it is kept and stays empty here", row->name);
	else
		return;
	say_at(&c, XLSFORM_WARNING, text);
}

/* pulldata('file', …): the file is not in the workbook. */
static void report_pulldata(struct xf_import *import, const struct xf_row *row)
{
	for (const struct xf_value *value = row->value; value; value = value->next) {
		if (xf_key_kind(value->column->key) != XF_EXPRESSION)
			continue;
		const char *call = strstr(value->text, "pulldata(");
		const char *quote = call ? strpbrk(call, "'\"") : NULL, *close = quote ? strchr(quote + 1, *quote) : NULL;
		if (close)
			xf_say(import, XLSFORM_WARNING, &import->survey, row->number, value->column->heading,
			       "pulldata() reads the file \"%.*s\", which is not part of the workbook: it gives nothing until the file is in the bundle", (int)(close - quote - 1), quote + 1);
	}
}

static void check_row(struct xf_import *import, const struct xf_row *row)
{
	struct checking c = { import, &import->survey, row->number, xf_heading(&import->survey, K_TYPE) };
	xf_check_values(import, &import->survey, row->number, row->value);
	check_words(import, row);
	check_calculate(import, row);
	check_trigger(import, row);
	check_useless(import, row);
	xf_check_parameters(import, row);
	report_unsupported(import, row);
	report_pulldata(import, row);
	if (row->type.is_select)
		check_list(import, row);
	else if (row->type.list && !strncmp(row->type.list, "${", 2))
		check_references(&c, row->type.list);
	if (row->type.role == XF_BEGIN)
		check_table_list(import, row);
	if (row->type.role == XF_BEGIN && !row->first)
		say_at(&c, XLSFORM_WARNING, arena_printf(import->arena, "the %s \"%s\" is empty", row->type.name, row->name));
}

static void check_tree(struct xf_import *import, const struct xf_row *first)
{
	for (const struct xf_row *row = first; row; row = row->next) {
		check_row(import, row);
		check_tree(import, row->first);
	}
}

void xf_check(struct xf_import *import)
{
	check_tree(import, import->first);
	for (const struct xf_value *value = import->setting; value; value = value->next) {
		struct checking c = { import, &import->settings, import->settings.first ? import->settings.first->number : 0, value->column->heading };
		check_references(&c, value->text);
	}
	for (const struct xf_list *list = import->choices.first; list; list = list->next)
		for (const struct xf_choice *choice = list->first; choice; choice = choice->next)
			xf_check_values(import, &import->choices.table, choice->number, choice->value);
}
