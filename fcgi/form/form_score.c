/* SPDX-License-Identifier: Apache-2.0
 *
 * Scores with their bands, and the rules that make needs and strengths of answers:
 * read from the form's JSON and checked. Which questions a score is made from is found
 * here once, so that each score can explain itself. */
#include <string.h>

#include "base/text.h"
#include "form_build.h"
#include "shape.h"

static void read_band(struct form_build *build, const struct json *j, struct band *band)
{
	band->name = "";
	if (!shape_known(&build->report, j, form_band_shape))
		return;
	band->name = json_need_text(&build->report, j, "name");
	band->label = build_text(build, j, "label", NULL);
	band->min = json_double(&build->report, j, "min", 0);
	band->max = json_double(&build->report, j, "max", 0);
	int64_t meaning = json_int(&build->report, j, "meaning", 0);
	const struct json *min = json_get(j, "min"), *max = json_get(j, "max");
	if (!min || !max || min->kind == JSON_NULL || max->kind == JSON_NULL)
		json_problem(&build->report, j, "the band \"%s\" wants \"min\" and \"max\"", band->name);
	else if (band->max < band->min)
		json_problem(&build->report, j, "the band \"%s\" ends before it starts", band->name);
	if (meaning < 0 || meaning > 5)
		json_problem(&build->report, json_get(j, "meaning"), "\"meaning\" goes from 1, the worst, to 5, the best; 0 is none");
	else
		band->meaning = (int)meaning;
}

/* Bands ascend without overlap, and without a hole wider than one: what lies between 2 and 3 belongs to 2. */
static void check_bands(struct form_build *build, const struct json *bands, const struct score *score)
{
	const struct json *at = bands ? bands->first : NULL;
	for (size_t i = 0; at; at = at->next, i++) {
		const struct band *band = &score->band[i], *before = i ? band - 1 : NULL;
		if (before && band->min <= before->max && !(band->min == before->max && band->max > band->min))
			json_problem(&build->report, at, "the band \"%s\" must start after \"%s\" ends (%g)", band->name, before->name, before->max);
		else if (before && band->min - before->max > 1)
			json_problem(&build->report, at, "no band covers what lies between %g and %g", before->max, band->min);
	}
}

static void read_scale(struct form_build *build, const struct json *j, struct score *score)
{
	const struct json *scale = json_array(&build->report, j, "scale");
	if (scale) {
		const struct json *min = scale->first, *max = min ? min->next : NULL;
		if (scale->n != 2 || min->kind != JSON_NUMBER || max->kind != JSON_NUMBER || max->number <= min->number) {
			json_problem(&build->report, scale, "a scale is [lowest, highest]");
			return;
		}
		score->scale_min = min->number;
		score->scale_max = max->number;
	}
	if (!score->n_bands)
		return;
	const struct band *first = &score->band[0], *last = &score->band[score->n_bands - 1];
	if (!scale) {
		score->scale_min = first->min;
		score->scale_max = last->max;
	} else if (first->min > score->scale_min || last->max < score->scale_max) {
		json_problem(&build->report, json_get(j, "bands"), "the bands cover %g to %g, the scale goes from %g to %g",
		             first->min, last->max, score->scale_min, score->scale_max);
	}
}

static void read_score(struct form_build *build, const struct json *j, struct score *score)
{
	score->name = "";
	if (!shape_known(&build->report, j, form_score_shape))
		return;
	score->name = json_need_text(&build->report, j, "name");
	for (const struct score *other = build->form->score; other < score; other++)
		if (!strcmp(other->name, score->name))
			json_problem(&build->report, json_get(j, "name"), "two scores are named \"%s\"", score->name);
	score->label = build_text(build, j, "label", NULL);
	score->dimension = json_text(&build->report, j, "dimension", NULL);
	score->calculation = build_expr(build, j, "calculation", NULL, false, false);
	const struct json *bands = json_array(&build->report, j, "bands");
	score->band = arena_array(build->arena, struct band, bands ? bands->n : 0);
	for (json_each(band, bands))
		read_band(build, band, &score->band[score->n_bands++]);
	check_bands(build, bands, score);
	read_scale(build, j, score);
}

void build_scores(struct form_build *build, const struct json *scores)
{
	struct form *form = build->form;
	form->score = arena_array(build->arena, struct score, scores ? scores->n : 0);
	build->score_at = arena_array(build->arena, const struct json *, scores ? scores->n : 0);
	for (json_each(j, scores)) {
		build->score_at[form->n_scores] = j;
		read_score(build, j, &form->score[form->n_scores]);
		form->n_scores++;
	}
}

/* A member that names a question; NULL when missing or wrong. */
static const char *read_question_name(struct form_build *build, const struct json *j, const char *key)
{
	const struct json *at = json_get(j, key);
	const char *name = json_text(&build->report, j, key, NULL);
	return name && build_find(build, at, at->column, name) ? name : NULL;
}

static void read_rule(struct form_build *build, const struct json *j, struct need_rule *rule)
{
	if (!shape_known(&build->report, j, form_rule_shape))
		return;
	rule->dimension = json_need_text(&build->report, j, "dimension");
	rule->when = build_expr(build, j, "when", NULL, false, false);
	if (!json_get(j, "when") || json_get(j, "when")->kind == JSON_NULL)
		json_problem(&build->report, j, "\"when\" is missing: it says when this is a %s", rule->is_strength ? "strength" : "need");
	rule->statement = read_question_name(build, j, "statement");
	rule->client_view = read_question_name(build, j, "client_view");
	rule->severity = read_question_name(build, j, "severity");
	rule->fallback = build_text(build, j, "fallback", NULL);
	if (!json_get(j, "statement") && !rule->fallback.n)
		json_problem(&build->report, j, "\"statement\" (a question) or \"fallback\" (a text) is missing: what should the %s say?",
		             rule->is_strength ? "strength" : "need");
	const struct question *statement = rule->statement ? form_question(build->form, rule->statement) : NULL;
	rule->sensitivity = json_text(&build->report, j, "sensitivity", statement ? statement->sensitivity : NULL);
}

void build_needs(struct form_build *build, const struct json *rules, bool is_strength)
{
	struct form *form = build->form;
	if (!rules)
		return;
	struct need_rule *longer = arena_array(build->arena, struct need_rule, form->n_need_rules + rules->n);
	if (form->n_need_rules)
		memcpy(longer, form->need_rule, form->n_need_rules * sizeof *longer);
	form->need_rule = longer;
	for (json_each(j, rules)) {
		form->need_rule[form->n_need_rules].is_strength = is_strength;
		read_rule(build, j, &form->need_rule[form->n_need_rules++]);
	}
}

struct sources { const struct form *form; bool *seen; const char *first; };

static void take_source(void *data, const char *name, size_t offset)
{
	struct sources *sources = data;
	const struct question *q = form_question(sources->form, name);
	(void)offset;
	if (!sources->first)
		sources->first = name;
	if (!q || sources->seen[q->position])
		return;
	sources->seen[q->position] = true;
	if (q->calculation)
		expr_each_reference(q->calculation, take_source, sources);
}

static bool is_item_of(const struct question *q, const struct score *score)
{
	bool has_scores = false;
	for (size_t i = 0; q->choices && i < q->choices->n; i++)
		has_scores |= q->choices->choice[i].has_score;
	return has_scores && (!score->dimension || text_eq(q->dimension, score->dimension));
}

static void find_sources(struct form_build *build, struct score *score, const struct json *at)
{
	const struct form *form = build->form;
	struct sources sources = { .form = form, .seen = arena_array(build->arena, bool, form->n_questions) };
	if (score->calculation)
		expr_each_reference(score->calculation, take_source, &sources);
	else
		for (size_t i = 0; i < form->n_questions; i++)
			sources.seen[i] = is_item_of(form->question[i], score);
	score->source = arena_array(build->arena, const struct question *, form->n_questions);
	for (size_t i = 0; i < form->n_questions; i++)
		if (sources.seen[i] && question_is_asked(form->question[i]))
			score->source[score->n_sources++] = form->question[i];
	if (!score->n_sources && !json_get(at, "calculation"))
		json_problem(&build->report, at, "the score \"%s\" has no \"calculation\", and no choice in its dimension has a \"score\"", score->name);
}

void build_sources(struct form_build *build)
{
	struct form *form = build->form;
	for (size_t i = 0; i < form->n_scores; i++)
		find_sources(build, &form->score[i], build->score_at[i]);
	for (size_t i = 0; i < form->n_need_rules; i++) {
		struct need_rule *rule = &form->need_rule[i];
		struct sources sources = { .form = form, .seen = arena_array(build->arena, bool, form->n_questions) };
		if (rule->when)
			expr_each_reference(rule->when, take_source, &sources);
		rule->question = rule->severity ? rule->severity : sources.first ? sources.first : rule->statement;
	}
}
