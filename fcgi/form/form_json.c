/* SPDX-License-Identifier: Apache-2.0
 *
 * form_load: from the JSON of forms/KEY.json to the form model. Reports every problem
 * with its line and column and builds on, so that an author sees all of them at once. */
#include "form_build.h"
#include "shape.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/digest.h"
#include "base/language.h"
#include "base/text.h"

bool form_name_is_good(const char *name)
{
	if (!(isalpha((unsigned char)*name) || *name == '_' || (unsigned char)*name >= 0x80))
		return false;
	for (; *name; name++)
		if (!(isalnum((unsigned char)*name) || strchr("_-.", *name) || (unsigned char)*name >= 0x80))
			return false;
	return true;
}

static void remember_use(struct form_build *build, const struct question *owner, const struct expr *expr,
                         const struct json *at, bool is_order)
{
	struct form_use *use = arena_new_of(build->arena, struct form_use);
	*use = (struct form_use){ .owner = owner, .expr = expr, .at = at, .is_order = is_order };
	*build->uses_tail = use;
	build->uses_tail = &use->next;
}

/* The default language goes first: text_in falls back to the first. */
static void add_translation(struct text *text, const char *language, const char *string, bool is_default)
{
	size_t at = is_default ? 0 : text->n;
	if (is_default && text->n) {
		text->language[text->n] = text->language[0];
		text->string[text->n] = text->string[0];
	}
	text->language[at] = language;
	text->string[at] = string;
	text->n++;
}

/* The code of a language's name, "fr" for "French", so that pages find it; the name itself when it has none. Looked up once a name. */
static const char *known_language(struct form_build *build, const char *name)
{
	struct form_language *known = build->languages;
	while (known && strcmp(known->name, name) != 0)
		known = known->next;
	if (known)
		return known->code;
	known = arena_new_of(build->arena, struct form_language);
	const char *code = language_code(build->arena, name);
	*known = (struct form_language){ .next = build->languages, .name = name, .code = code ? code : name };
	build->languages = known;
	return known->code;
}

static void read_translations(struct form_build *build, const struct json *j, struct text *text, const struct question *owner)
{
	text->language = arena_array(build->arena, const char *, j->n);
	text->string = arena_array(build->arena, const char *, j->n);
	for (json_each(string, j)) {
		if (string->kind != JSON_STRING) {
			json_problem(&build->report, string, "the text for \"%s\" must be a text", string->key);
			continue;
		}
		if (text_is_blank(string->string))
			continue;
		/* a column without a language beside others is the default language's */
		const char *standard = build->form->default_language, *name = *string->key || !standard ? string->key : standard;
		add_translation(text, *name ? known_language(build, name) : NULL, string->string, !*string->key || text_eq(name, standard));
		if (strstr(string->string, "${"))
			remember_use(build, owner, NULL, string, false);
	}
}

struct text build_text(struct form_build *build, const struct json *object, const char *key, const struct question *owner)
{
	struct text text = { 0 };
	const struct json *j = json_get(object, key);
	if (!j || j->kind == JSON_NULL)
		return text;
	if (j->kind == JSON_OBJECT) {
		read_translations(build, j, &text, owner);
	} else if (j->kind != JSON_STRING) {
		json_problem(&build->report, j, "\"%s\" must be a text or one text per language", key);
	} else if (*j->string) {
		text.language = arena_array(build->arena, const char *, 1);
		text.string = arena_array(build->arena, const char *, 1);
		text.string[text.n++] = j->string;
		if (strstr(j->string, "${"))
			remember_use(build, owner, NULL, j, false);
	}
	return text;
}

struct expr *build_expr(struct form_build *build, const struct json *object, const char *key, const struct question *owner,
                        bool is_order, bool may_be_bool)
{
	const struct json *j = json_get(object, key);
	struct expr_problem problem;
	if (!j || j->kind == JSON_NULL || (may_be_bool && j->kind == JSON_BOOLEAN && !j->boolean))
		return NULL;
	if (may_be_bool && j->kind == JSON_BOOLEAN)
		return expr_parse(build->arena, "true()", &problem);
	if (j->kind != JSON_STRING) {
		json_problem(&build->report, j, may_be_bool ? "\"%s\" must be true, false or an expression in quotes" : "\"%s\" must be an expression in quotes", key);
		return NULL;
	}
	if (text_is_blank(j->string))
		return NULL;
	struct expr *expr = expr_parse(build->arena, j->string, &problem);
	if (!expr) {
		build->report.n++;
		build->report.file = j->file;
		build->report.problem(build->report.data, j->line, json_column_at(j, problem.offset), "%s: %s", key, problem.message);
		return NULL;
	}
	remember_use(build, owner, expr, j, is_order);
	return expr;
}

static void read_choice_columns(struct form_build *build, const struct json *j, struct choice *choice)
{
	choice->column = arena_array(build->arena, const char *, j->n);
	choice->value = arena_array(build->arena, const char *, j->n);
	for (json_each(member, j)) {
		bool is_own = false;
		for (const struct member *own = form_choice_shape; own->name; own++)
			is_own |= !strcmp(own->name, member->key);
		if (is_own || member->kind == JSON_NULL)
			continue;
		if (member->kind != JSON_STRING && member->kind != JSON_NUMBER) {
			json_problem(&build->report, member, "column \"%s\" must be a text or a number", member->key);
			continue;
		}
		choice->column[choice->n_columns] = member->key;
		choice->value[choice->n_columns++] = member->kind == JSON_STRING ? member->string : arena_printf(build->arena, "%.15g", member->number);
	}
}

static void read_choice(struct form_build *build, const struct json *j, struct choice *choice)
{
	const struct json *score = json_get(j, "score");
	if (j->kind != JSON_OBJECT) {
		json_problem(&build->report, j, "a choice must be an object with \"name\" and \"label\"");
		choice->name = "";
		return;
	}
	choice->name = json_need_text(&build->report, j, "name");
	choice->label = build_text(build, j, "label", NULL);
	choice->description = build_text(build, j, "description", NULL);
	struct text image = build_text(build, j, "image", NULL);
	choice->image = image.n ? image.string[0] : NULL;
	choice->has_score = score && score->kind != JSON_NULL;
	choice->score = json_double(&build->report, j, "score", 0);
	int64_t meaning = json_int(&build->report, j, "meaning", 0);
	if (meaning < 0 || meaning > 5)
		json_problem(&build->report, json_get(j, "meaning"), "\"meaning\" goes from 1, the worst, to 5, the best; 0 is none");
	else
		choice->meaning = (int)meaning;
	read_choice_columns(build, j, choice);
}

/* The list as a document: root/item/{name,label,columns…}, as instance('list') sees it. */
static struct node *list_instance(struct form_build *build, const struct choice_list *list)
{
	struct node *root = node_new(build->arena, NULL, "root", "");
	for (size_t i = 0; i < list->n; i++) {
		const struct choice *choice = &list->choice[i];
		struct node *item = node_new(build->arena, root, "item", "");
		node_new(build->arena, item, "name", choice->name);
		node_new(build->arena, item, "label", choice->label.n ? choice->label.string[0] : "");
		if (choice->has_score)
			node_new(build->arena, item, "score", arena_printf(build->arena, "%.15g", choice->score));
		for (size_t k = 0; k < choice->n_columns; k++)
			node_new(build->arena, item, choice->column[k], choice->value[k]);
	}
	return root;
}

static int compare_names(const void *a, const void *b)
{
	const struct json *x = *(const struct json *const *)a, *y = *(const struct json *const *)b;
	int by_name = strcmp(x->string, y->string);
	return by_name ? by_name : (x->line > y->line) - (x->line < y->line);
}

static void report_duplicate_choices(struct form_build *build, const struct json *list)
{
	const struct json **name = arena_array(build->arena, const struct json *, list->n);
	size_t n = 0;
	for (json_each(item, list)) {
		const struct json *j = json_get(item, "name");
		if (j && j->kind == JSON_STRING)
			name[n++] = j;
	}
	qsort(name, n, sizeof *name, compare_names);
	for (size_t i = 1; i < n; i++)
		if (!strcmp(name[i]->string, name[i - 1]->string))
			json_problem(&build->report, name[i], "choice \"%s\" stands in \"%s\" twice; the first is on line %d",
			             name[i]->string, list->key, name[i - 1]->line);
}

/* A spreadsheet may say that names repeat in its lists, told apart by a choice_filter. */
static bool allows_duplicates(const struct form_build *build)
{
	const struct json *setting = json_get(json_get(build->root, "settings"), "allow_choice_duplicates");
	return setting && (!strcasecmp(setting->string, "yes") || !strncasecmp(setting->string, "true", 4) || !strcmp(setting->string, "1"));
}

static void read_list(struct form_build *build, const struct json *j, struct choice_list *list)
{
	list->name = j->key;
	if (j->kind != JSON_ARRAY || !j->n || j->n > FORM_MAX_CHOICES) {
		json_problem(&build->report, j, "the choices of \"%s\" must be a list of 1 to %d", j->key, FORM_MAX_CHOICES);
		return;
	}
	list->choice = arena_array(build->arena, struct choice, j->n);
	for (json_each(item, j))
		read_choice(build, item, &list->choice[list->n++]);
	if (!allows_duplicates(build))
		report_duplicate_choices(build, j);
	list->instance = list_instance(build, list);
}

const struct choice_list *build_list_with_other(struct form_build *build, const struct choice_list *list)
{
	struct choice_list *longer = arena_new_of(build->arena, struct choice_list);
	if (choice_find(list, "other"))
		return list;
	*longer = *list;
	longer->choice = arena_array(build->arena, struct choice, list->n + 1);
	memcpy(longer->choice, list->choice, list->n * sizeof *list->choice);
	struct choice *other = &longer->choice[longer->n++];
	other->name = "other";
	other->label = (struct text){ .n = 1, .language = arena_array(build->arena, const char *, 1), .string = arena_array(build->arena, const char *, 1) };
	other->label.string[0] = "Other";
	longer->instance = list_instance(build, longer);
	return longer;
}

static void read_choices(struct form_build *build, const struct json *choices, const struct json *external)
{
	struct form *form = build->form;
	form->list = arena_array(build->arena, struct choice_list, choices ? choices->n : 0);
	for (json_each(list, choices))
		read_list(build, list, &form->list[form->n_lists++]);
	form->external_list = arena_array(build->arena, struct choice_list, external ? external->n : 0);
	for (json_each(list, external))
		read_list(build, list, &form->external_list[form->n_external_lists++]);
}

static void read_head(struct form_build *build, const char *key, const struct json *root)
{
	struct form *form = build->form;
	form->key = arena_strdup(build->arena, key);
	form->id = json_text(&build->report, root, "form_id", form->key);
	form->kind = json_text(&build->report, root, "kind", "");
	form->version = json_text(&build->report, root, "version", "");
	form->default_language = json_text(&build->report, root, "default_language", NULL);
	form->language = (const char **)json_texts(&build->report, root, "languages", &form->n_languages);
	form->title = build_text(build, root, "title", NULL);
	if (!form->title.n)
		json_problem(&build->report, root, "\"title\" is missing");
}

struct form *form_load(struct arena *arena, const char *key, const char *json, size_t length, form_problem_fn *problem, void *data)
{
	struct form_build build = { .arena = arena, .report = { .arena = arena, .problem = problem, .data = data } };
	const struct json *root = json_read(&build.report, json, length);
	if (!root)
		return NULL;
	build.form = arena_new_of(arena, struct form);
	build.uses_tail = &build.uses;
	if (!shape_known(&build.report, root, form_shape))
		return NULL;
	read_head(&build, key, root);
	build.root = root;
	read_choices(&build, json_object(&build.report, root, "choices"), json_object(&build.report, root, "external_choices"));
	const struct json *survey = json_array(&build.report, root, "survey");
	if (!survey || !survey->n)
		json_problem(&build.report, root, "\"survey\" must be a list of questions");
	build_survey(&build, survey);
	build_scores(&build, json_array(&build.report, root, "scores"));
	build_needs(&build, json_array(&build.report, root, "needs"), false);
	build_needs(&build, json_array(&build.report, root, "strengths"), true);
	build_check(&build);
	build.form->definition = json_plain(arena, root);
	digest_hex(build.form->definition, strlen(build.form->definition), build.form->digest);
	return build.report.n ? NULL : build.form;
}
