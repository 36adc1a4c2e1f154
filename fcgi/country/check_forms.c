/* SPDX-License-Identifier: Apache-2.0
 *
 * Cross-checks of forms against the rest of the bundle: dimensions, sensitivity tags,
 * columns that answers fill, pictures, and scores that tell nobody anything. What a form
 * can know of itself, form_load has looked at. */
#include <string.h>

#include "base/text.h"
#include "bundle_load.h"

/* The form at hand; its JSON is parsed again only when there is something to point at. */
struct subject {
	struct loader *l;
	const struct form *form;
	const struct bundle_file *file;
	const struct json *json;
};

static const struct json *tree_of(struct subject *s)
{
	struct loader *l = s->l;
	if (!s->json) {
		l->report.file = s->file->path;
		s->json = json_read(&l->report, s->file->bytes, s->file->length);
		l->report.file = NULL;
	}
	return s->json;
}

static const struct json *find_question(const struct json *list, const char *name)
{
	for (json_each(item, list)) {
		const struct json *own = json_get(item, "name");
		const struct json *below = find_question(json_get(item, "questions"), name);
		if (own && !strcmp(own->string, name))
			return item;
		if (below)
			return below;
	}
	return NULL;
}

static const struct json *member_or_self(const struct json *item, const char *member)
{
	const struct json *at = json_get(item, member);
	return at ? at : item;
}

static const struct json *question_place(struct subject *s, const struct question *q, const char *member)
{
	const struct json *item = find_question(json_get(tree_of(s), "survey"), q->name);
	return item ? member_or_self(item, member) : s->json;
}

/* n-th object of a list ("scores", "needs") of the form. */
static const struct json *item_place(struct subject *s, const char *list, size_t n, const char *member)
{
	for (json_each(item, json_get(tree_of(s), list)))
		if (n-- == 0)
			return member_or_self(item, member);
	return s->json;
}

/* ---- columns ---- */

static const char *const person_columns[] = {
	"given_name", "family_name", "name_latin", "known_as", "sex", "date_of_birth", "date_of_birth_is_estimated", "identifier_type",
	"identifier_value", "phone", "phone_is_safe", "email", "preferred_language", "interpreter", "disability_status", "occupation",
	/* of the member only */
	"role", "is_contact", "note"
};
static const char *const casefile_columns[] = {
	"subject_type", "title", "title_latin", "program", "level", "pathway", "risk_level", "locality", "address", "phone", "language"
};
static const char *const intake_columns[] = { "intake_point", "channel", "urgency", "decision" };

#define COUNT(array) (sizeof (array) / sizeof *(array))
#define PERSON_COLUMNS (COUNT(person_columns) - 3)

/* The columns after "person." …; NULL for another table. */
static const char *const *columns_of(struct loader *l, const char *table, size_t length, size_t *n)
{
	static const struct { const char *table; const char *const *columns; size_t n; } tables[] = {
		{ "person", person_columns, PERSON_COLUMNS }, { "member", person_columns, COUNT(person_columns) },
		{ "casefile", casefile_columns, COUNT(casefile_columns) }, { "intake", intake_columns, COUNT(intake_columns) },
	};
	for (size_t i = 0; i < COUNT(tables); i++)
		if (strlen(tables[i].table) == length && !strncmp(tables[i].table, table, length)) {
			*n = tables[i].n;
			return tables[i].columns;
		}
	if (length != 7 || strncmp(table, "consent", 7) != 0)
		return NULL;
	const struct bundle *b = l->bundle;
	const char **purposes = arena_array(l->scratch, const char *, b->n_consents + 3);
	*n = 0;
	for (size_t i = 0; i < b->n_consents; i++)
		purposes[(*n)++] = b->consent[i].key ? b->consent[i].key : "";
	purposes[(*n)++] = "method";
	purposes[(*n)++] = "given_by";
	purposes[(*n)++] = "given_on";
	return purposes;
}

static void check_column(struct subject *s, const struct question *q)
{
	struct loader *l = s->l;
	if (!strcmp(q->name, FORM_MEMBER_ID) && q->type == Q_HIDDEN)
		return;         /* the engine's own */
	const char *dot = strchr(q->column, '.');
	size_t n, length = dot ? (size_t)(dot - q->column) : 0;
	const char *const *columns = dot ? columns_of(l, q->column, length, &n) : NULL;
	if (!columns) {
		loader_error(l, question_place(s, q, "column"), "\"column\" is person., member., casefile., intake. or consent. and a name, such as person.given_name");
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (!strcmp(columns[i], dot + 1))
			return;
	loader_error(l, question_place(s, q, "column"), "%.*s has no column \"%s\"%s", (int)length, q->column, dot + 1, loader_hint(l, dot + 1, columns, n));
}

static bool fills(const struct form *form, const char *column)
{
	for (size_t i = 0; i < form->n_questions; i++)
		if (text_eq(form->question[i]->column, column))
			return true;
	return false;
}

static void check_intake(struct subject *s)
{
	static const char *const needed[] = { "person.given_name", "person.family_name" };
	for (size_t i = 0; i < COUNT(needed); i++)
		if (!fills(s->form, needed[i]))
			loader_error(s->l, json_get(tree_of(s), "survey"), "no question fills \"%s\": the case would have no name", needed[i]);
}

/* ---- dimensions, tags, pictures ---- */

static void check_dimension(struct loader *l, const struct json *at, const char *dimension)
{
	const struct bundle *b = l->bundle;
	if (!loader_has(l, DOC_MAIN))
		return;
	loader_error(l, at, "there is no dimension \"%s\" in bundle.json%s", dimension,
	             loader_hint_in(l, dimension, b->dimension, b->n_dimensions, sizeof *b->dimension));
}

static void check_tag(struct loader *l, const struct json *at, const char *tag)
{
	if (loader_has(l, DOC_MAIN))
		loader_error(l, at, "there is no sensitivity tag \"%s\" in bundle.json%s", tag, loader_hint(l, tag, l->bundle->sensitivity, l->bundle->n_sensitivity));
}

static void check_image(struct subject *s, const struct json *at, const char *image)
{
	if (strchr(image, '/') || strstr(image, ".."))
		loader_error(s->l, at, "\"%s\" is a file's name in media/, without a path", image);
	else if (!loader_file(s->l, arena_printf(s->l->scratch, "media/%s", image)))
		loader_error(s->l, at, "there is no file media/%s", image);
}

static void check_question(struct subject *s, const struct question *q)
{
	const struct bundle *b = s->l->bundle;
	/* groups hand theirs down: say it once, where it stands */
	bool own_dimension = q->dimension && !(q->parent && text_eq(q->parent->dimension, q->dimension));
	bool own_tag = q->sensitivity && !(q->parent && text_eq(q->parent->sensitivity, q->sensitivity));
	if (own_dimension && !bundle_dimension(b, q->dimension))
		check_dimension(s->l, question_place(s, q, "dimension"), q->dimension);
	if (own_tag && bundle_sensitivity(b, q->sensitivity) < 0)
		check_tag(s->l, question_place(s, q, "sensitivity"), q->sensitivity);
	if (q->column)
		check_column(s, q);
	if (q->media_image)
		check_image(s, question_place(s, q, "image"), q->media_image);
}

/* A score that is one answer, "${housing_severity}": every choice of it must lie on the scale. */
static void check_scale(struct subject *s, size_t i)
{
	const struct score *score = &s->form->score[i];
	const char *text = score->calculation ? expr_text(score->calculation) : "";
	size_t n = strlen(text);
	if (n < 4 || strncmp(text, "${", 2) != 0 || strchr(text, '}') != text + n - 1)
		return;
	const struct question *q = form_question(s->form, arena_strndup(s->l->scratch, text + 2, n - 3));
	for (size_t j = 0; q && q->choices && j < q->choices->n; j++) {
		double value;
		if (text_to_double(q->choices->choice[j].name, &value) && (value < score->scale_min || value > score->scale_max))
			loader_error(s->l, item_place(s, "scores", i, "scale"), "the answer \"%s\" of \"%s\" lies outside the scale, %g to %g",
			             q->choices->choice[j].name, q->name, score->scale_min, score->scale_max);
	}
}

static void check_scores(struct subject *s)
{
	const struct form *form = s->form;
	for (size_t i = 0; i < form->n_scores; i++) {
		const struct score *score = &form->score[i];
		if (score->dimension && !bundle_dimension(s->l->bundle, score->dimension))
			check_dimension(s->l, item_place(s, "scores", i, "dimension"), score->dimension);
		if (score->n_bands == 0)
			loader_error(s->l, item_place(s, "scores", i, "name"), "the score \"%s\" has no \"bands\": a number without a word tells nobody what to do", score->name);
		else
			check_scale(s, i);
	}
}

static void check_rules(struct subject *s)
{
	size_t needs = 0, strengths = 0;
	for (size_t i = 0; i < s->form->n_need_rules; i++) {
		const struct need_rule *rule = &s->form->need_rule[i];
		const char *list = rule->is_strength ? "strengths" : "needs";
		size_t n = rule->is_strength ? strengths++ : needs++;
		if (rule->dimension && *rule->dimension && !bundle_dimension(s->l->bundle, rule->dimension))
			check_dimension(s->l, item_place(s, list, n, "dimension"), rule->dimension);
		if (rule->sensitivity && bundle_sensitivity(s->l->bundle, rule->sensitivity) < 0)
			check_tag(s->l, item_place(s, list, n, "sensitivity"), rule->sensitivity);
	}
}

/* Named by a question, or looked up in an expression as instance('name'). */
static bool is_list_used(const struct subject *s, const struct choice_list *list)
{
	for (size_t i = 0; i < s->form->n_questions; i++)
		if (s->form->question[i]->choices && !strcmp(s->form->question[i]->choices->name, list->name))
			return true;
	const char *lookup = arena_printf(s->l->scratch, "instance('%s')", list->name);
	return memmem(s->file->bytes, s->file->length, lookup, strlen(lookup)) != NULL;
}

static void check_choices(struct subject *s)
{
	const struct json *lists = NULL;
	for (size_t i = 0; i < s->form->n_lists; i++) {
		if (is_list_used(s, &s->form->list[i]))
			continue;
		lists = json_get(tree_of(s), "choices");
		if (json_get(lists, s->form->list[i].name))
			loader_warn(s->l, json_get(lists, s->form->list[i].name), "the list \"%s\" has no effect: no question uses it", s->form->list[i].name);
	}
	for (size_t i = 0; i < s->form->n_lists; i++)
		for (size_t j = 0; j < s->form->list[i].n; j++)
			if (s->form->list[i].choice[j].image)
				check_image(s, json_get(json_get(tree_of(s), "choices"), s->form->list[i].name), s->form->list[i].choice[j].image);
}

/* ---- the main assessment against bundle.json ---- */

static bool has_rule(const struct form *form, const char *dimension)
{
	for (size_t i = 0; i < form->n_need_rules; i++)
		if (!form->need_rule[i].is_strength && text_eq(form->need_rule[i].dimension, dimension))
			return true;
	return false;
}

static bool has_score(const struct form *form, const char *dimension)
{
	for (size_t i = 0; i < form->n_scores; i++)
		if (text_eq(form->score[i].dimension, dimension))
			return true;
	return false;
}

static bool has_service(const struct bundle *b, const char *dimension)
{
	for (size_t i = 0; i < b->n_services; i++)
		for (size_t j = 0; j < b->service[i].n_dimensions; j++)
			if (!strcmp(b->service[i].dimension[j], dimension))
				return true;
	return false;
}

static void check_assessment(struct loader *l, const struct form *form)
{
	const struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_dimensions; i++) {
		const char *key = b->dimension[i].key ? b->dimension[i].key : "";
		const struct json *at = place_of(&l->dimension, i, "key");
		if (!has_score(form, key))
			loader_warn(l, at, "the form \"%s\" has no score for the dimension \"%s\": its chart stays empty there", form->key, key);
		if (!has_rule(form, key))
			loader_warn(l, at, "the form \"%s\" makes no need in the dimension \"%s\"", form->key, key);
		else if (bundle_has(b, MODULE_CATALOGUE) && b->n_services && !has_service(b, key))
			loader_warn(l, at, "no service answers needs of the dimension \"%s\"", key);
	}
}

static void check_named_form(struct loader *l, const char *member, const char *key)
{
	const struct bundle *b = l->bundle;
	if (!key || bundle_form(b, key))
		return;
	/* a form that is there and could not be read has been spoken of */
	if (loader_file(l, arena_printf(l->scratch, "forms/%s.json", key)))
		return;
	const char **keys = arena_array(l->scratch, const char *, b->n_forms + 1);
	for (size_t i = 0; i < b->n_forms; i++)
		keys[i] = b->form[i]->key;
	loader_error(l, json_get(json_get(l->main, "forms"), member), "there is no forms/%s.json%s", key, loader_hint(l, key, keys, b->n_forms));
}

static void check_tags_are_used(struct loader *l)
{
	const struct bundle *b = l->bundle;
	for (size_t tag = 0; tag < b->n_sensitivity; tag++) {
		bool is_used = false;
		for (size_t i = 0; i < b->n_forms; i++)
			for (size_t j = 0; j < b->form[i]->n_questions; j++)
				is_used |= text_eq(b->form[i]->question[j]->sensitivity, b->sensitivity[tag]);
		if (!is_used && b->n_forms)
			loader_warn(l, place_of_element(l->main, "sensitivity", b->sensitivity[tag]), "the tag \"%s\" has no effect: no question carries it", b->sensitivity[tag]);
	}
}

void check_forms(struct loader *l)
{
	const struct bundle *b = l->bundle;
	check_named_form(l, "intake", b->intake_form);
	check_named_form(l, "profile", b->profile_form);
	check_named_form(l, "assessment", b->assessment_form);
	for (size_t i = 0; i < b->n_forms; i++) {
		struct subject s = { .l = l, .form = b->form[i], .file = l->form_file[i] };
		for (size_t j = 0; j < s.form->n_questions; j++)
			check_question(&s, s.form->question[j]);
		check_scores(&s);
		check_rules(&s);
		check_choices(&s);
		if (text_eq(s.form->key, b->intake_form))
			check_intake(&s);
	}
	const struct form *assessment = bundle_form(b, b->assessment_form);
	if (assessment && bundle_has(b, MODULE_ASSESSMENT))
		check_assessment(l, assessment);
	if (loader_has(l, DOC_FORMS))
		check_tags_are_used(l);
}
