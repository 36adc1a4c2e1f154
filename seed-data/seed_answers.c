/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers for generated cases, filled and scored by the product's own form engine, so that a
 * seeded assessment is one that a worker could have submitted. At scale cases draw from a pool
 * of such situations; stories bring their own answers. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "country/pathway.h"
#include "country/words.h"
#include "form/answers.h"
#include "seed_world.h"

#define FILL_ROUNDS 14
#define NEEDS_MAX 6

/* What is said of one dimension in a situation. */
struct picked { const struct seed_dimension *dimension; const struct seed_need *need; int severity; const char *calm, *strength; };

static struct expr_env env_of(const struct world *w, struct arena *arena)
{
	return (struct expr_env){.arena = arena, .now = w->now, .zone = w->bundle->zone, .language = w->config->language,
	                         .username = "seed", .random_seed = 1};
}

static void set_value(struct answers *a, struct arena *arena, struct node *node, const char *value)
{
	if (node && value)
		answers_set(a, answers_path(node, arena), value);
}

/* ---- filling what nobody decided ---- */

static const struct json *distribution(const struct world *w, const struct form *form, const char *question)
{
	const struct json *own = w->population ? json_get(json_get(w->population->answers, form->key), question) : NULL;

	return own ? own : json_get(json_get(w->config->answers, form->key), question);
}

const char *seed_draw_weighted(struct world *w, const struct json *weights)
{
	double total = 0;

	for (json_each(item, weights))
		total += item->number;
	double at = dice_unit(&w->dice) * total;
	for (json_each(item, weights))
		if ((at -= item->number) < 0)
			return item->key;
	return weights->first ? weights->first->key : NULL;
}

static const char *draw_library(struct world *w, const char *key)
{
	const struct json *list = json_get(w->config->texts, key);
	size_t at = list && list->n ? dice_below(&w->dice, (uint32_t)list->n) : 0;

	for (json_each(item, list))
		if (at-- == 0)
			return seed_text(w->config, item);
	return NULL;
}

/* By the bundle's own distribution; NULL when it names none for the question. */
static const char *from_distribution(struct world *w, struct arena *arena, const struct form *form, const struct question *q)
{
	const struct json *d = distribution(w, form, q->name);

	if (!d)
		return NULL;
	if (d->kind == JSON_OBJECT)
		return seed_draw_weighted(w, d);
	if (d->kind == JSON_ARRAY && d->n == 2)
		return arena_printf(arena, "%d", dice_range(&w->dice, (int)d->first->integer, (int)d->first->next->integer));
	if (d->kind == JSON_STRING && strncmp(d->string, "texts:", 6) == 0)
		return draw_library(w, d->string + 6);
	return d->kind == JSON_STRING ? d->string : NULL;
}

static const char *draw_choice(struct world *w, const struct answers *a, const struct node *node, struct arena *arena)
{
	const struct choice **choices;
	size_t n = answers_choices(a, node, &choices, arena);

	return n ? choices[dice_below(&w->dice, (uint32_t)n)]->name : NULL;
}

static const char *all_choices(const struct answers *a, const struct node *node, struct arena *arena)
{
	const struct choice **choices;
	size_t n = answers_choices(a, node, &choices, arena);
	const char *joined = "";

	for (size_t i = 0; i < n; i++)
		joined = arena_printf(arena, "%s%s%s", joined, i ? " " : "", choices[i]->name);
	return joined;
}

static const char *calm_text(struct world *w, const struct question *q)
{
	const struct seed_dimension *d = q->dimension ? seed_config_dimension(w->config, q->dimension) : NULL;
	const char *text = d ? seed_draw(&w->dice, &d->calm) : "";

	return *text ? text : "–";
}

/* By type; `attempt` moves on from a value that a constraint refused. */
static const char *by_type(struct world *w, const struct answers *a, const struct node *node, struct arena *arena, int attempt)
{
	const struct question *q = node->question;
	char date[DATE_LEN];

	switch (q->type) {
	case Q_SELECT_ONE: case Q_SELECT_MULTIPLE:
		return draw_choice(w, a, node, arena);
	case Q_RANK:
		return all_choices(a, node, arena);
	case Q_INTEGER: case Q_DECIMAL:
		return arena_printf(arena, "%d", attempt == 0 ? dice_range(&w->dice, 1, 4) : dice_range(&w->dice, 0, 1 << (2 * attempt)));
	case Q_RANGE:
		return arena_printf(arena, "%g", q->range_start + (q->range_step > 0 ? q->range_step : 1) *
		                    dice_below(&w->dice, (uint32_t)((q->range_end - q->range_start) / (q->range_step > 0 ? q->range_step : 1)) + 1));
	case Q_DATE:
		date_from_days(w->today_days + (attempt % 2 ? 1 : -1) * dice_range(&w->dice, 1, 30 << attempt), date);
		return arena_strdup(arena, date);
	case Q_TIME:
		return "10:00";
	case Q_DATETIME:
		date_from_days(w->today_days - dice_range(&w->dice, 1, 30), date);
		return arena_printf(arena, "%sT10:00", date);
	case Q_ACKNOWLEDGE:
		return "OK";
	case Q_TEXT: case Q_BARCODE:
		return calm_text(w, q);
	case Q_GEOPOINT:
		return "40.1 44.5 0 0";
	default:
		return NULL;
	}
}

/* Answers that the bundle gives a distribution for, where they are asked and still empty. */
static bool fill_distributions(struct world *w, struct answers *a, struct node *under)
{
	bool changed = false;

	for (struct node *node = under->first; node; node = node->next) {
		if (!node->is_relevant || !node->question)
			continue;
		if (node->first)
			changed |= fill_distributions(w, a, node);
		else if (question_is_asked(node->question) && !*node->value) {
			const char *value = from_distribution(w, a->env.arena, a->form, node->question);
			if (value && *value) {
				set_value(a, a->env.arena, node, value);
				changed = true;
			}
		}
	}
	return changed;
}

/* Until nothing is missing or refused, or the rounds are up. */
static enum err fill(struct world *w, struct answers *a, struct why *why)
{
	struct arena *arena = a->env.arena;

	for (int round = 0; round < FILL_ROUNDS; round++) {
		enum err err = answers_update(a, why);
		if (err != OK)
			return err;
		bool changed = round < 6 && fill_distributions(w, a, a->root);
		if (changed)
			continue;
		struct answer_problems problems = answers_check(a, NULL, arena);
		if (!problems.n)
			return OK;
		for (size_t i = 0; i < problems.n; i++) {
			struct node *node = answers_find(a, problems.item[i].path);
			if (node && node->question)
				set_value(a, arena, node, by_type(w, a, node, arena, round / 2));
		}
	}
	return OK;
}

/* ---- situations ---- */

static void apply_need_answers(struct answers *a, struct arena *arena, const struct json *given)
{
	for (json_each(item, given))
		set_value(a, arena, answers_by_name(a, item->key),
		          item->kind == JSON_STRING ? item->string : arena_printf(arena, "%g", item->number));
}

static const struct picked *picked_for(const struct picked *picks, size_t n, const char *dimension)
{
	for (size_t i = 0; i < n; i++)
		if (text_eq(picks[i].dimension->key, dimension))
			return &picks[i];
	return NULL;
}

/* Rules about protected answers stay untold: nobody invents violence. */
static void apply_rule(struct answers *a, struct arena *arena, const struct need_rule *rule, const struct picked *p)
{
	if (rule->sensitivity)
		return;
	if (rule->is_strength) {
		if (p->strength && *p->strength)
			set_value(a, arena, answers_by_name(a, rule->statement), p->strength);
		return;
	}
	if (rule->severity)
		set_value(a, arena, answers_by_name(a, rule->severity), arena_printf(arena, "%d", p->severity));
	if (rule->statement)
		set_value(a, arena, answers_by_name(a, rule->statement), p->need ? p->need->text : p->calm);
	if (rule->client_view && p->need && p->need->client)
		set_value(a, arena, answers_by_name(a, rule->client_view), p->need->client);
}

static void apply_picks(struct answers *a, struct arena *arena, const struct picked *picks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (picks[i].need)
			apply_need_answers(a, arena, picks[i].need->answers);
	for (size_t i = 0; i < a->form->n_need_rules; i++) {
		const struct picked *p = picked_for(picks, n, a->form->need_rule[i].dimension);
		if (p)
			apply_rule(a, arena, &a->form->need_rule[i], p);
	}
}

/* Later rounds: the same things, a level nearer to calm each time. */
static int eased(const struct seed_config *c, const struct picked *p, int round)
{
	if (!p->need)
		return p->severity;
	if (p->severity < c->calm_min)
		return p->severity + round < c->calm_max ? p->severity + round : c->calm_max;
	return p->severity - round > c->calm_min ? p->severity - round : c->calm_min;
}

static void read_scores(struct arena *arena, struct situation *s, const struct outcome *outcome)
{
	s->total = -1;
	s->score = arena_array(arena, struct seed_scored, outcome->n_scores + 1);
	for (size_t i = 0; i < outcome->n_scores; i++) {
		const struct score_result *r = &outcome->score[i];
		if (r->score->dimension) {
			s->score[s->n_scores++] = (struct seed_scored){
				.dimension = r->score->dimension, .has_score = r->is_scored, .score = r->number,
				.meaning = r->band ? r->band->meaning : 0, .word = r->band ? text_in(&r->band->label, "en", NULL) : NULL};
		} else if (strcmp(r->score->name, "total") == 0 && r->is_scored) {
			s->total = r->number;
			s->band = r->band ? r->band->name : NULL;
		} else if (strcmp(r->score->name, "risk") == 0 && r->band) {
			s->risk = r->band->name;
		}
	}
}

static void read_needs(const struct world *w, struct arena *arena, struct situation *s, const struct outcome *outcome,
                       const struct picked *picks, size_t n_picks)
{
	s->found = arena_array(arena, struct seed_found, outcome->n_needs + 1);
	for (size_t i = 0; i < outcome->n_needs; i++) {
		const struct need_result *r = &outcome->need[i];
		const struct picked *p = picked_for(picks, n_picks, r->rule->dimension);
		s->found[s->n_found++] = (struct seed_found){
			.is_strength = r->rule->is_strength, .dimension = r->rule->dimension,
			.objective = arena_strdup(arena, r->statement), .subjective = arena_strdup(arena, r->client_view),
			.sensitivity = r->rule->sensitivity, .question = arena_strdup(arena, r->question),
			.severity = r->has_severity ? r->severity : -1, .meaning = r->meaning,
			.source = r->rule->is_strength ? NULL : p && p->need ? p->need : seed_item_need(w, r->question)};
	}
}

/* The same document with the later pages still empty. */
static void make_draft(struct arena *arena, struct situation *s, struct answers *a)
{
	size_t pages = 0, kept = 0;

	for (struct node *page = a->root->first; page; page = page->next)
		pages++;
	s->group_names = "";
	for (struct node *page = a->root->first, *next; page; page = next) {
		next = page->next;
		if (kept++ < (pages + 1) / 2)
			s->group_names = arena_printf(arena, "%s%s%s", s->group_names, *s->group_names ? " " : "", page->name);
		else
			node_remove(page);
	}
	s->draft_answers = answers_to_json(a, arena);
}

static struct situation *situation_of(struct world *w, struct arena *arena, struct answers *a, const struct picked *picks, size_t n_picks,
                                      struct why *why)
{
	struct situation *s = arena_new_of(arena, struct situation);

	if (fill(w, a, why) != OK)
		return NULL;
	struct outcome outcome = answers_outcome(a, a->env.arena);
	read_scores(arena, s, &outcome);
	read_needs(w, arena, s, &outcome, picks, n_picks);
	s->answers = answers_to_json(a, arena);
	s->pathway = pathway_of(w->bundle, a, a->env.arena);
	return s;
}

/* One of the dimension's needs that a household of these kinds can have. */
static const struct seed_need *draw_need(struct world *w, const struct seed_dimension *d, unsigned kinds)
{
	const struct seed_need *drawn = NULL;
	uint32_t n = 0;

	for (size_t i = 0; i < d->n_needs; i++)
		if ((d->need[i].kinds & ~kinds) == 0 && dice_below(&w->dice, ++n) == 0)
			drawn = &d->need[i];
	return drawn;
}

/* May the dimension have a need in a case of this branch of seed.json? */
static bool may_need(const struct json *branch, const char *dimension)
{
	const struct json *only = json_get(branch, "needs");

	for (json_each(item, only))
		if (item->kind == JSON_STRING && strcmp(item->string, dimension) == 0)
			return true;
	return !only;
}

bool seed_branch_fits(const struct world *w, const struct json *branch, const struct household *h)
{
	unsigned kinds = seed_kinds(h);

	for (size_t i = 0; i < w->config->n_dimensions; i++) {
		const struct seed_dimension *d = &w->config->dimension[i];
		for (size_t k = 0; k < d->n_needs; k++)
			if (may_need(branch, d->key) && (d->need[k].kinds & ~kinds) == 0)
				return true;
	}
	return false;
}

static size_t pick_needs(struct world *w, struct picked *picks, unsigned kinds, const struct json *branch)
{
	const struct seed_config *c = w->config;
	size_t wanted = (size_t)dice_range(&w->dice, c->needs_min, c->needs_max), n = c->n_dimensions;
	double *weights = arena_array(w->scratch, double, n + 1);

	for (size_t i = 0; i < n; i++) {
		const struct seed_dimension *d = &c->dimension[i];
		weights[i] = may_need(branch, d->key) ? c->dimension_weight[i] : 0;
		picks[i] = (struct picked){.dimension = d, .severity = dice_range(&w->dice, c->calm_min, c->calm_max), .calm = seed_draw_for(&w->dice, &d->calm, kinds)};
		if (dice_below(&w->dice, 10) < 3)
			picks[i].strength = seed_draw_for(&w->dice, &d->strengths, kinds);
	}
	for (size_t k = 0; k < wanted; k++) {
		double left = 0;
		for (size_t i = 0; i < n; i++)
			left += weights[i];
		if (left <= 0)
			break;
		size_t at = dice_weighted(&w->dice, weights, n);
		weights[at] = 0;
		picks[at].need = draw_need(w, &c->dimension[at], kinds);
		if (!picks[at].need) {
			wanted += wanted < n;
			continue;
		}
		picks[at].severity = dice_range(&w->dice, picks[at].need->severity_min, picks[at].need->severity_max);
	}
	return n;
}

/* A checklist: its items as the bundle distributes them, or as the round before left them; then which become needs. */
static enum err draw_items(struct world *w, struct answers *a, const struct answers *before, unsigned kinds, int round, struct why *why)
{
	enum err err = OK;

	if (before && w->config->progress)
		seed_items_carry(w, before->root, a);
	for (int i = 0; i < 4 && err == OK && (err = answers_update(a, why)) == OK; i++)
		if (!fill_distributions(w, a, a->root))
			break;
	if (err == OK)
		seed_items_choose(w, a, kinds, round);
	return err;
}

static enum err make_rounds(struct world *w, struct arena *arena, const struct household *h, const int32_t days[ROUNDS],
                            const struct json *branch, struct situation *rounds[ROUNDS], struct why *why)
{
	struct picked *picks = arena_array(w->scratch, struct picked, w->config->n_dimensions + 1);
	size_t n = pick_needs(w, picks, seed_kinds(h), branch);
	struct answers *first = NULL, *before = NULL;

	for (int round = 0; round < ROUNDS; round++) {
		struct expr_env env = env_of(w, w->scratch);
		env.now = seed_at(w, days[round], 11 * 60);
		struct answers *a = answers_new(w->scratch, w->assessment, &env);
		a->translate = tr;
		struct picked *now = arena_array(w->scratch, struct picked, n + 1);
		for (size_t i = 0; i < n; i++) {
			now[i] = picks[i];
			now[i].severity = eased(w->config, &picks[i], round);
		}
		seed_add_members(w, a, w->assessment->child, w->assessment->n, h);
		seed_fill_columns(w, a, a->root, h, NULL);
		enum err err = answers_update(a, why);
		if (err != OK)
			return err;
		apply_need_answers(a, w->scratch, json_get(branch, "answers"));
		apply_picks(a, w->scratch, now, n);
		if (w->config->n_items && (err = draw_items(w, a, before, seed_kinds(h), round, why)) != OK)
			return err;
		rounds[round] = situation_of(w, arena, a, now, n, why);
		if (!rounds[round])
			return why->code;
		first = first ? first : a;
		before = a;
	}
	make_draft(arena, rounds[ROUND_INITIAL], first);
	return OK;
}

enum err seed_make_pool(struct world *w, struct why *why)
{
	w->pool = arena_array(w->arena, struct situation *, w->pool_size * ROUNDS + 1);
	static const int32_t days[ROUNDS] = {0};

	w->pool_kinds = arena_array(w->arena, unsigned, w->pool_size + 1);
	for (size_t i = 0; i < w->pool_size; i++) {
		const struct household *h = seed_household(w, &w->office[0]);
		w->pool_kinds[i] = seed_kinds(h);
		enum err err = make_rounds(w, w->arena, h, days, NULL, &w->pool[i * ROUNDS], why);
		arena_clear(w->scratch);
		if (err != OK)
			return err;
	}
	return OK;
}

/* An entry about the same kinds of people; failing that, one that says nothing untrue of these. */
static size_t fitting(struct world *w, unsigned kinds)
{
	size_t found = 0;

	for (int tries = 0; tries < 64; tries++) {
		size_t at = dice_below(&w->dice, (uint32_t)w->pool_size);
		if (w->pool_kinds[at] == kinds)
			return at;
		if ((w->pool_kinds[at] & ~kinds) == 0 || tries == 0)
			found = at;
	}
	return found;
}

enum err seed_situation(struct world *w, const struct household *h, const int32_t days[ROUNDS], const struct json *branch,
                        struct situation *rounds[ROUNDS], struct why *why)
{
	if (w->pool_size == 0 || branch)
		return make_rounds(w, w->scratch, h, days, branch, rounds, why);
	memcpy(rounds, &w->pool[fitting(w, seed_kinds(h)) * ROUNDS], ROUNDS * sizeof *rounds);
	return OK;
}

/* ---- stories ---- */

static const char *story_value(struct world *w, const struct json *value)
{
	if (value->kind == JSON_STRING || value->kind == JSON_OBJECT)
		return seed_text(w->config, value);
	if (value->kind == JSON_NUMBER)
		return arena_printf(w->scratch, "%g", value->number);
	return value->kind == JSON_BOOLEAN ? (value->boolean ? "yes" : "no") : NULL;
}

static enum err apply_story(struct world *w, struct answers *a, const struct json *given, const char *prefix, struct why *why)
{
	for (json_each(item, given)) {
		const char *path = *prefix ? arena_printf(w->scratch, "%s/%s", prefix, item->key) : item->key;
		struct node *node = answers_find(a, path);
		if (node && !node->question)
			node = NULL;
		bool is_group = node && (node->question->type == Q_GROUP);
		if (is_group) {
			enum err err = apply_story(w, a, item, path, why);
			if (err != OK)
				return err;
		} else if (item->kind == JSON_ARRAY) {  /* a repeat */
			size_t at = 0;
			for (json_each(row, item)) {
				const char *one = arena_printf(w->scratch, "%s[%zu]", path, ++at);
				if (!answers_find(a, one) && answers_add_repeat(a, path) != OK)
					return fail(why, ERR_INVALID, "line %d: the form has no repeat \"%s\"", item->line, path);
				enum err err = apply_story(w, a, row, one, why);
				if (err != OK)
					return err;
			}
		} else if (!node || answers_set(a, path, story_value(w, item) ? story_value(w, item) : "") != OK) {
			return fail(why, ERR_INVALID, "line %d: the form %s has no question \"%s\"", item->line, a->form->key, path);
		}
	}
	return OK;
}

const char *seed_household_answers(struct world *w, const struct form *form, const struct household *h,
                                   const struct json *given, const char **segment, struct why *why)
{
	struct expr_env env = env_of(w, w->scratch);
	struct answers *a = answers_new(w->scratch, form, &env);

	a->translate = tr;
	seed_add_members(w, a, form->child, form->n, h);
	seed_fill_columns(w, a, a->root, h, NULL);
	if (apply_story(w, a, given, "", why) != OK || fill(w, a, why) != OK)
		return NULL;
	if (segment) {
		struct outcome outcome = answers_outcome(a, w->scratch);
		for (size_t i = 0; i < outcome.n_scores; i++)
			if (!strcmp(outcome.score[i].score->name, "segment") && outcome.score[i].band)
				*segment = outcome.score[i].band->name;
	}
	return answers_to_json(a, w->scratch);
}

/* A draft is left as the story has it: with pages still empty. */
static const struct situation *story_draft(struct world *w, struct answers *a)
{
	struct situation *s = arena_new_of(w->scratch, struct situation);

	s->total = -1;
	s->answers = s->draft_answers = answers_to_json(a, w->scratch);
	return s;
}

const struct situation *seed_story_situation(struct world *w, const struct form *form, const struct json *answers,
                                             const struct household *h, int64_t when, bool is_draft, struct why *why)
{
	struct expr_env env = env_of(w, w->scratch);
	env.now = when;
	struct answers *a = answers_new(w->scratch, form, &env);

	a->translate = tr;
	seed_add_members(w, a, form->child, form->n, h);
	seed_fill_columns(w, a, a->root, h, NULL);
	if (answers_update(a, why) != OK || apply_story(w, a, answers, "", why) != OK)
		return NULL;
	return is_draft ? story_draft(w, a) : situation_of(w, w->arena, a, NULL, 0, why);
}
