/* SPDX-License-Identifier: Apache-2.0
 *
 * The survey of a form: its questions, groups and repeats, each member of a question's
 * JSON read and checked by itself. What a question says of others is checked later, in
 * form_check.c, when all names are known. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "form_build.h"
#include "shape.h"

/* What an author may have had in mind: other tools' names. */
static const char *usual_type(const char *name)
{
	static const char *const usual[][2] = {
		{ "string", "text" }, { "int", "integer" }, { "float", "decimal" }, { "number", "decimal" }, { "select", "select_one" },
		{ "select_multi", "select_multiple" }, { "radio", "select_one" }, { "checkbox", "select_multiple" }, { "trigger", "acknowledge" },
		{ "photo", "image" }, { "gps", "geopoint" }, { "location", "geopoint" }, { "begin_group", "group" }, { "begin_repeat", "repeat" },
		{ "datetime", "dateTime" }, { "calculation", "calculate" }, { "section", "group" },
	};
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (!strcmp(usual[i][0], name))
			return usual[i][1];
	const char *names[Q_COUNT];
	for (int i = 0; i < Q_COUNT; i++)
		names[i] = question_type_name((enum question_type)i);
	return text_nearest(name, names, Q_COUNT);
}

static bool takes_choices(enum question_type type)
{
	return type == Q_SELECT_ONE || type == Q_SELECT_MULTIPLE || type == Q_RANK;
}

/* Is it a type that is only kept? "select_one ${name}" takes its choices from answers. */
static bool is_kept(const char *type)
{
	static const char *const kept[] = {
#define X(name) name,
		KEPT_TYPES(X)
#undef X
	};
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		size_t n = strlen(kept[i]);
		if (!strncmp(type, kept[i], n) && (type[n] == '\0' || type[n] == ' '))
			return true;
	}
	return (!strncmp(type, "select_", 7) || !strncmp(type, "rank ", 5)) && strstr(type, " ${");
}

/* Several names are kept in one answer, separated by spaces. */
static void check_spaces(struct form_build *build, const struct json *at, const struct question *q)
{
	for (size_t i = 0; i < q->choices->n; i++)
		if (strpbrk(q->choices->choice[i].name, " \t\r\n"))
			json_problem(&build->report, at, "the choice \"%s\" of \"%s\" has a space in its name, and a %s keeps several names separated by spaces",
			             q->choices->choice[i].name, q->choices->name, question_type_name(q->type));
}

static const struct choice_list *find_external(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n_external_lists; i++)
		if (!strcmp(form->external_list[i].name, name))
			return &form->external_list[i];
	return NULL;
}

static void read_list_name(struct form_build *build, const struct json *at, struct question *q, const char *name, bool is_external)
{
	const struct form *form = build->form;
	if (!*name) {
		json_problem(&build->report, at, "%s wants the name of a list of choices: \"%s yes_no\"", question_type_name(q->type), question_type_name(q->type));
		return;
	}
	q->choices = is_external ? find_external(form, name) : form_list(form, name);
	if (q->choices) {
		if (q->type != Q_SELECT_ONE)
			check_spaces(build, at, q);
		return;
	}
	const char **names = arena_array(build->arena, const char *, form->n_lists);
	for (size_t i = 0; i < form->n_lists; i++)
		names[i] = form->list[i].name;
	const char *near = text_nearest(name, names, form->n_lists);
	json_problem(&build->report, at, near ? "no list of choices is named \"%s\"; is \"%s\" meant?" : "no list of choices is named \"%s\"", name, near);
}

/* "select_one severity or_other": type, list, mark. */
static void read_type(struct form_build *build, const struct json *j, struct question *q)
{
	const struct json *at = json_get(j, "type");
	char *type = arena_strdup(build->arena, json_need_text(&build->report, j, "type"));
	if (is_kept(type)) {
		q->type = Q_HIDDEN;
		q->is_unsupported = true;
		return;
	}
	char *save = NULL, *word = strtok_r(type, " \t", &save);
	bool is_external = text_eq(word, "select_one_external");
	int found = is_external ? Q_SELECT_ONE : word ? question_type_from_name(word) : -1;
	if (word && !strcmp(word, "dateTime"))
		found = Q_DATETIME;
	q->type = found < 0 ? Q_TEXT : (enum question_type)found;
	if (word && found < 0) {
		const char *near = usual_type(word);
		json_problem(&build->report, at, near ? "no question type is named \"%s\"; is \"%s\" meant?" : "no question type is named \"%s\"", word, near);
		return;
	}
	const char *list = strtok_r(NULL, " \t", &save), *mark = strtok_r(NULL, " \t", &save);
	if (word && takes_choices(q->type))
		read_list_name(build, at, q, list ? list : "", is_external);
	else if (list)
		json_problem(&build->report, at, "%s takes no list of choices", question_type_name(q->type));
	q->or_other = text_eq(mark, "or_other") || json_bool(&build->report, j, "or_other", false);
	if (mark && !q->or_other)
		json_problem(&build->report, at, "\"%s\" is not known after the list's name", mark);
}

static void read_name(struct form_build *build, const struct json *j, struct question *q)
{
	q->name = json_need_text(&build->report, j, "name");
	if (*q->name && !form_name_is_good(q->name))
		json_problem(&build->report, json_get(j, "name"), "\"%s\": a name starts with a letter and has letters, digits, - _ and . only", q->name);
	q->path = q->parent ? arena_printf(build->arena, "%s/%s", q->parent->path, q->name) : q->name;
}

static void read_texts(struct form_build *build, const struct json *j, struct question *q)
{
	const struct json *image = json_get(j, "image");
	q->label = build_text(build, j, "label", q);
	q->hint = build_text(build, j, "hint", q);
	q->guidance_hint = build_text(build, j, "guidance_hint", q);
	q->constraint_message = build_text(build, j, "constraint_message", q);
	q->required_message = build_text(build, j, "required_message", q);
	if (image && image->kind == JSON_OBJECT)
		q->media = build_text(build, j, "image", q);
	else
		q->media_image = json_text(&build->report, j, "image", NULL);
	if (!q->label.n && !q->hint.n && question_is_asked(q) && !q->calculation && !q->media.n && !q->media_image)
		json_problem(&build->report, j, "\"%s\" is asked, so it wants a \"label\"", q->name);
}

/* A default is worked out when it names a question or calls a function; else it is taken as it stands. */
static void read_default(struct form_build *build, const struct json *j, struct question *q)
{
	const struct json *value = json_get(j, "default");
	if (!value || value->kind == JSON_NULL)
		return;
	if (value->kind == JSON_NUMBER) {
		q->default_value = arena_printf(build->arena, "%.15g", value->number);
		return;
	}
	const char *text = json_text(&build->report, j, "default", "");
	const char *open = strchr(text, '(');
	size_t length = strlen(text);
	bool is_call = open && open > text && length && text[length - 1] == ')' &&
	               strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789:-") == (size_t)(open - text);
	if (strstr(text, "${") || is_call)
		q->default_expr = build_expr(build, j, "default", q, false, false);
	else
		q->default_value = text;
}

static void read_rules(struct form_build *build, const struct json *j, struct question *q)
{
	q->relevant = build_expr(build, j, "relevant", q, true, true);
	q->required = build_expr(build, j, "required", q, false, true);
	q->constraint = build_expr(build, j, "constraint", q, false, false);
	q->read_only = build_expr(build, j, "read_only", q, false, true);
	q->calculation = build_expr(build, j, "calculation", q, true, false);
	q->choice_filter = build_expr(build, j, "choice_filter", q, false, false);
	q->repeat_count = build_expr(build, j, "repeat_count", q, true, false);
	read_default(build, j, q);
}

static void read_parameters(struct form_build *build, const struct json *j, struct question *q)
{
	const struct json *p = json_object(&build->report, j, "parameters");
	if (p)
		shape_known(&build->report, p, form_parameters_shape);
	q->has_start = json_get(p, "start");
	q->has_end = json_get(p, "end");
	q->has_step = json_get(p, "step");
	q->range_start = json_double(&build->report, p, "start", 0);
	q->range_end = json_double(&build->report, p, "end", 0);
	q->range_step = json_double(&build->report, p, "step", 1);
	if (q->type != Q_RANGE)
		return;
	if (!q->has_end)
		q->range_end = q->range_start + 10;
	q->has_start = q->has_end = q->has_step = true;
	if (q->range_end <= q->range_start)
		json_problem(&build->report, p, "a range's \"end\" must be above its \"start\"");
	if (q->range_step <= 0 || q->range_step > q->range_end - q->range_start)
		json_problem(&build->report, p, "a range's \"step\" must be above 0 and fit between \"start\" and \"end\"");
}

/* Members that make no sense with the type. */
static void check_fit(struct form_build *build, const struct json *j, const struct question *q)
{
	bool is_container = q->type == Q_GROUP || q->type == Q_REPEAT;
	static const char *const only_questions[] = { "required", "constraint", "calculation", "default", "column", NULL };
	for (size_t i = 0; is_container && only_questions[i]; i++)
		if (json_get(j, only_questions[i]))
			json_problem_key(&build->report, json_get(j, only_questions[i]), "a %s has no \"%s\"", question_type_name(q->type), only_questions[i]);
	if (q->type == Q_CALCULATE && !q->calculation && !q->default_expr && !q->default_value && !json_get(j, "calculation"))
		json_problem(&build->report, j, "\"%s\" is a calculate without a \"calculation\"", q->name);
	if (q->choice_filter && !takes_choices(q->type) && !q->is_unsupported)
		json_problem_key(&build->report, json_get(j, "choice_filter"), "only questions with choices take a \"choice_filter\"");
	if (q->repeat_count && q->type != Q_REPEAT)
		json_problem_key(&build->report, json_get(j, "repeat_count"), "only a repeat takes a \"repeat_count\"");
	if (q->or_other && !(q->type == Q_SELECT_ONE || q->type == Q_SELECT_MULTIPLE))
		json_problem(&build->report, j, "only select_one and select_multiple take or_other");
	if (!is_container && json_get(j, "questions"))
		json_problem_key(&build->report, json_get(j, "questions"), "only a group or a repeat has \"questions\"");
	if (q->constraint_message.n && !q->constraint)
		json_problem_key(&build->report, json_get(j, "constraint_message"), "a \"constraint_message\" without a \"constraint\" is never shown");
}

static void check_default(struct form_build *build, const struct json *j, const struct question *q)
{
	if (q->type != Q_SELECT_ONE || !q->default_value || !*q->default_value || !q->choices)
		return;
	if (!choice_find(q->choices, q->default_value))
		json_problem(&build->report, json_get(j, "default"), "the default \"%s\" is not among the choices of \"%s\"", q->default_value, q->choices->name);
}

static void read_question(struct form_build *build, const struct json *j, struct question *q, struct question *parent)
{
	q->parent = parent;
	q->line = j->line;
	q->name = q->path = q->appearance = "";
	if (!shape_known(&build->report, j, form_question_shape))
		return;
	read_name(build, j, q);
	read_type(build, j, q);
	q->is_unsupported |= json_get(j, "unsupported") != NULL;
	q->appearance = json_text(&build->report, j, "appearance", "");
	read_rules(build, j, q);
	read_texts(build, j, q);
	read_parameters(build, j, q);
	q->dimension = json_text(&build->report, j, "dimension", parent ? parent->dimension : NULL);
	q->sensitivity = json_text(&build->report, j, "sensitivity", parent ? parent->sensitivity : NULL);
	q->weight = json_double(&build->report, j, "weight", 1);
	q->column = json_text(&build->report, j, "column", NULL);
	q->was = json_text(&build->report, j, "was", NULL);
	q->is_relevant_always = !q->relevant && (!parent || parent->is_relevant_always);
	q->is_in_repeat = parent && (parent->is_in_repeat || parent->type == Q_REPEAT);
	check_fit(build, j, q);
	check_default(build, j, q);
}

/* The text that or_other asks for: name_other, relevant when "other" is chosen. */
static void add_other(struct form_build *build, const struct question *select, struct question *other)
{
	struct expr_problem problem;
	other->type = Q_TEXT;
	other->name = arena_printf(build->arena, "%s_other", select->name);
	other->path = arena_printf(build->arena, "%s_other", select->path);
	other->parent = select->parent;
	other->line = select->line;
	other->appearance = "";
	other->label = (struct text){ .n = 1, .language = arena_array(build->arena, const char *, 1), .string = arena_array(build->arena, const char *, 1) };
	other->label.string[0] = "Which other?";
	other->relevant = expr_parse(build->arena, arena_printf(build->arena, "selected(../%s, 'other')", select->name), &problem);
	other->dimension = select->dimension;
	other->sensitivity = select->sensitivity;
	other->weight = 1;
	other->is_in_repeat = select->is_in_repeat;
}

static bool is_of_members(const struct question *first, const struct question *end)
{
	for (const struct question *q = first; q < end; q++)
		if (q->column && !strncmp(q->column, "member.", 7))
			return true;
	return false;
}

/* Who an instance of the household's repeat is about: kept with its answers, never shown, so that correcting a name
 * makes no second person. */
static void add_member_id(struct form_build *build, struct question *repeat, struct question *id)
{
	id->type = Q_HIDDEN;
	id->name = FORM_MEMBER_ID;
	id->path = arena_printf(build->arena, "%s/" FORM_MEMBER_ID, repeat->path);
	id->parent = repeat;
	id->line = repeat->line;
	id->appearance = "";
	id->column = "member.id";
	id->sensitivity = repeat->sensitivity;
	id->weight = 1;
	id->is_in_repeat = true;
}

static void report_sibling(struct form_build *build, const struct json *j, const struct question *first, const struct question *q)
{
	for (const struct question *other = first; other < q; other++)
		if (*q->name && !strcmp(other->name, q->name)) {
			json_problem(&build->report, json_get(j, "name"), "\"%s\" stands here a second time; the first is on line %d", q->name, other->line);
			return;
		}
}

static size_t count_with_others(const struct json *list)
{
	size_t n = list ? list->n : 0;
	for (json_each(item, list)) {
		const struct json *type = json_get(item, "type"), *mark = json_get(item, "or_other");
		n += (type && strstr(type->string, "or_other")) || (mark && mark->boolean);
	}
	return n;
}

static struct question *read_questions(struct form_build *build, const struct json *list, struct question *parent, size_t *n)
{
	size_t room = count_with_others(list) + (parent && parent->type == Q_REPEAT);
	build->form->n_questions += room;
	if (build->form->n_questions > FORM_MAX_QUESTIONS) {
		json_problem(&build->report, list, "a form has at most %d questions", FORM_MAX_QUESTIONS);
		return NULL;
	}
	struct question *first = arena_array(build->arena, struct question, room), *q = first;
	for (json_each(item, list)) {
		read_question(build, item, q, parent);
		report_sibling(build, item, first, q);
		struct question *select = q++;
		if (select->type == Q_GROUP || select->type == Q_REPEAT) {
			const struct json *inside = json_array(&build->report, item, "questions");
			bool may_be_empty = json_get(build->root, "settings") != NULL; /* spreadsheets have such groups */
			if (!inside || (!inside->n && !may_be_empty))
				json_problem(&build->report, item, "the %s \"%s\" has no \"questions\"", question_type_name(select->type), select->name);
			select->child = read_questions(build, inside, select, &select->n);
		}
		if (select->or_other && select->choices) {
			select->choices = build_list_with_other(build, select->choices);
			add_other(build, select, q++);
		}
	}
	if (parent && parent->type == Q_REPEAT && is_of_members(first, q))
		add_member_id(build, parent, q++);
	*n = (size_t)(q - first);
	return first;
}

static void number_questions(struct form *form, struct question *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		list[i].position = form->n_questions;
		form->question[form->n_questions++] = &list[i];
		number_questions(form, list[i].child, list[i].n);
	}
}

static int compare_by_name(const void *a, const void *b)
{
	const struct question *x = *(const struct question *const *)a, *y = *(const struct question *const *)b;
	int by_name = strcmp(x->name, y->name);
	return by_name ? by_name : (x->position > y->position) - (x->position < y->position);
}

void build_survey(struct form_build *build, const struct json *survey)
{
	struct form *form = build->form;
	form->child = read_questions(build, survey, NULL, &form->n);
	form->question = arena_array(build->arena, struct question *, form->n_questions);
	form->by_name = arena_array(build->arena, struct question *, form->n_questions);
	form->n_questions = 0;
	number_questions(form, form->child, form->n);
	if (form->n_questions)
		memcpy(form->by_name, form->question, form->n_questions * sizeof *form->question);
	qsort(form->by_name, form->n_questions, sizeof *form->by_name, compare_by_name);
}
