/* SPDX-License-Identifier: Apache-2.0
 *
 * From answers to what they mean: scores with the answers they came from, bands, needs
 * and strengths. */
#include "answers_internal.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

struct sources { const struct node **node; size_t n, n_answered; };

static void add_source(struct sources *sources, const struct node *node, struct arena *arena)
{
	if (!node->is_relevant)
		return;
	const struct node **longer = sources->node;
	/* room doubles at powers of two */
	if ((sources->n & (sources->n - 1)) == 0) {
		longer = arena_array(arena, const struct node *, sources->n ? sources->n * 2 : 1);
		if (sources->n)
			memcpy(longer, sources->node, sources->n * sizeof *longer);
	}
	sources->node = longer;
	sources->node[sources->n++] = node;
	sources->n_answered += *node->value != 0;
}

static void add_all_of(struct sources *sources, const struct node *under, const struct question *q, struct arena *arena)
{
	if (under->question == q)
		add_source(sources, under, arena);
	for (const struct node *child = under->first; child; child = child->next)
		add_all_of(sources, child, q, arena);
}

static struct sources find_sources(const struct answers *answers, const struct score *score, struct arena *arena)
{
	struct sources sources = { 0 };
	for (size_t i = 0; i < score->n_sources; i++) {
		const struct question *q = score->source[i];
		if (answers->single[q->position])
			add_source(&sources, answers->single[q->position], arena);
		else
			add_all_of(&sources, answers->root, q, arena);
	}
	return sources;
}

/* Weighted sum of the chosen choices' scores; NaN while an item is not answered. */
static double sum_items(const struct sources *sources, struct arena *arena)
{
	double sum = 0;
	for (size_t i = 0; i < sources->n; i++) {
		const struct question *q = sources->node[i]->question;
		const char *between = q->type == Q_SELECT_ONE ? "\n" : " ";
		char *save = NULL, *name = strtok_r(arena_strdup(arena, sources->node[i]->value), between, &save);
		if (!name && q->type == Q_SELECT_ONE)
			return NAN;
		for (; name; name = strtok_r(NULL, between, &save)) {
			const struct choice *choice = choice_find(q->choices, name);
			if (choice && choice->has_score)
				sum += choice->score * q->weight;
		}
	}
	return sources->n ? sum : NAN;
}

static double evaluate_score(const struct answers *answers, const struct score *score, const struct sources *sources, struct arena *arena)
{
	struct value value;
	struct why why = { 0 };
	if (!score->calculation)
		return sum_items(sources, arena);
	/* all answers missing: "low risk" of an empty form would be a lie */
	if (sources->n && !sources->n_answered)
		return NAN;
	struct expr_env env = answers_env(answers, answers->root);
	return expr_eval(score->calculation, &env, &value, &why) == OK ? value_number(&value) : NAN;
}

static struct score_result score_one(const struct answers *answers, const struct score *score, struct arena *arena)
{
	struct sources sources = find_sources(answers, score, arena);
	struct score_result result = { .score = score, .n_sources = sources.n, .n_answered = sources.n_answered, .source = sources.node };
	double number = evaluate_score(answers, score, &sources, arena);
	result.is_scored = isfinite(number);
	result.number = result.is_scored ? number : 0;
	result.band = result.is_scored ? score_band(score, number) : NULL;
	return result;
}

static const char *words_of(const struct answers *answers, const char *question_name, struct arena *arena)
{
	const struct node *node = question_name ? answers_by_name(answers, question_name) : NULL;
	return node && node->is_relevant ? answers_words(answers, node, arena) : "";
}

/* Worst to best of the severity answer's own choice, else of the dimension's band. */
static int meaning_of(const struct answers *answers, const struct outcome *outcome, const struct need_rule *rule)
{
	const struct node *node = rule->severity ? answers_by_name(answers, rule->severity) : NULL;
	const struct choice *choice = node && node->is_relevant ? choice_find(node->question->choices, node->value) : NULL;
	if (choice && choice->meaning)
		return choice->meaning;
	for (size_t i = 0; i < outcome->n_scores; i++)
		if (outcome->score[i].band && text_eq(outcome->score[i].score->dimension, rule->dimension))
			return outcome->score[i].band->meaning;
	return 0;
}

static struct need_result need_of(const struct answers *answers, const struct outcome *outcome, const struct need_rule *rule, struct arena *arena)
{
	struct need_result need = { .rule = rule, .question = rule->question };
	const struct node *severity = rule->severity ? answers_by_name(answers, rule->severity) : NULL;
	need.statement = words_of(answers, rule->statement, arena);
	if (text_is_blank(need.statement))
		need.statement = answers_text(answers, &rule->fallback, answers->root, arena);
	need.client_view = words_of(answers, rule->client_view, arena);
	need.has_severity = severity && severity->is_relevant && text_to_double(severity->value, &need.severity);
	need.meaning = meaning_of(answers, outcome, rule);
	return need;
}

struct outcome answers_outcome(const struct answers *answers, struct arena *arena)
{
	const struct form *form = answers->form;
	struct outcome outcome = { 0 };
	outcome.score = arena_array(arena, struct score_result, form->n_scores);
	for (; outcome.n_scores < form->n_scores; outcome.n_scores++)
		outcome.score[outcome.n_scores] = score_one(answers, &form->score[outcome.n_scores], arena);
	outcome.need = arena_array(arena, struct need_result, form->n_need_rules);
	for (size_t i = 0; i < form->n_need_rules; i++) {
		const struct need_rule *rule = &form->need_rule[i];
		if (rule->when && answers_test(answers, rule->when, answers->root, false))
			outcome.need[outcome.n_needs++] = need_of(answers, &outcome, rule, arena);
	}
	return outcome;
}
