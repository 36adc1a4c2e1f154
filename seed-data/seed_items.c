/* SPDX-License-Identifier: Apache-2.0
 *
 * Checklists: forms whose needs come item by item (met, to work on, does not apply), as in
 * programmes of family support. seed.json ties a need to its item by "answers" and says with
 * "chosen" what makes it part of the plan; "progress" says how items move between rounds. */
#include <string.h>

#include "base/text.h"
#include "form/answers.h"
#include "seed_world.h"

static void set_value(struct answers *a, struct node *node, const char *value)
{
	if (node && value)
		answers_set(a, answers_path(node, a->env.arena), value);
}

static bool holds(const struct answers *a, const struct seed_need *need)
{
	for (json_each(item, need->answers)) {
		const struct node *node = answers_by_name(a, item->key);
		if (!node || !node->is_relevant || strcmp(node->value, item->string) != 0)
			return false;
	}
	return true;
}

static bool is_asked(const struct answers *a, const struct seed_need *need)
{
	for (json_each(item, need->answers)) {
		const struct node *node = answers_by_name(a, item->key);
		if (!node || !node->is_relevant)
			return false;
	}
	return true;
}

static const char *item_of(const struct seed_need *need)
{
	return need->answers->first->key;
}

const struct seed_need *seed_item_need(const struct world *w, const char *item)
{
	for (size_t i = 0; i < w->n_chosen; i++)
		if (text_eq(item_of(w->chosen[i]), item))
			return w->chosen[i];
	return NULL;
}

/* One more of those that hold (or could be made to), by weight; NULL when there is none. */
static const struct seed_need *draw_item(struct world *w, const struct answers *a, unsigned kinds, bool must_hold)
{
	const struct seed_config *c = w->config;
	double *weight = arena_array(w->scratch, double, c->n_items + 1), total = 0;

	for (size_t i = 0; i < c->n_items; i++) {
		const struct seed_need *need = c->item[i].need;
		bool fits = (need->kinds & ~kinds) == 0 && !seed_item_need(w, item_of(need)) && (must_hold ? holds(a, need) : is_asked(a, need));
		total += weight[i] = fits ? c->item[i].weight : 0;
	}
	return total > 0 ? c->item[dice_weighted(&w->dice, weight, c->n_items)].need : NULL;
}

/* A choice of several is added to what is chosen already. */
static void choose_value(struct answers *a, const char *question, const char *value)
{
	struct node *node = answers_by_name(a, question);

	if (node && node->question && node->question->type == Q_SELECT_MULTIPLE && *node->value)
		value = arena_printf(a->env.arena, "%s %s", node->value, value);
	set_value(a, node, value);
}

static void tell(struct answers *a, const struct seed_need *need)
{
	for (json_each(item, need->answers))
		set_value(a, answers_by_name(a, item->key), item->string);
	for (json_each(item, need->chosen))
		choose_value(a, item->key, item->string);
	for (size_t i = 0; i < a->form->n_need_rules; i++) {
		const struct need_rule *rule = &a->form->need_rule[i];
		if (rule->is_strength || !text_eq(rule->question, item_of(need)))
			continue;
		if (rule->statement)
			set_value(a, answers_by_name(a, rule->statement), need->text);
		if (rule->client_view && need->client)
			set_value(a, answers_by_name(a, rule->client_view), need->client);
	}
}

/* What an earlier round chose is chosen anew: only what is still open stays. */
static void clear_chosen(const struct world *w, struct answers *a)
{
	for (size_t i = 0; i < w->config->n_items; i++)
		for (json_each(item, w->config->item[i].need->chosen))
			set_value(a, answers_by_name(a, item->key), "");
}

void seed_items_choose(struct world *w, struct answers *a, unsigned kinds, int round)
{
	const struct seed_config *c = w->config;
	size_t told = 0, wanted = (size_t)dice_range(&w->dice, c->wanted_min, c->wanted_max);
	const struct seed_need *need;

	if (round == ROUND_INITIAL)
		w->n_chosen = 0;
	else
		clear_chosen(w, a);
	for (size_t i = 0; i < w->n_chosen; i++)
		if (holds(a, w->chosen[i])) {
			tell(a, w->chosen[i]);
			told++;
		}
	while (told < wanted && w->n_chosen < ITEMS_MAX && (need = draw_item(w, a, kinds, true))) {
		w->chosen[w->n_chosen++] = need;
		tell(a, need);
		told++;
	}
	while (round == ROUND_INITIAL && told < (size_t)c->wanted_min && w->n_chosen < ITEMS_MAX && (need = draw_item(w, a, kinds, false))) {
		w->chosen[w->n_chosen++] = need;
		tell(a, need);
		told++;
	}
}

/* ---- from one round to the next ---- */

static const char *moved_on(struct world *w, const struct question *q, const char *value)
{
	const struct json *moves = q->dimension ? json_get(json_get(w->config->progress, q->dimension), value) : NULL;

	return moves ? seed_draw_weighted(w, moves) : value;
}

void seed_items_carry(struct world *w, const struct node *from, struct answers *to)
{
	for (const struct node *node = from->first; node; node = node->next) {
		const struct question *q = node->question;
		if (!q || !node->is_relevant)
			continue;
		if (node->first)
			seed_items_carry(w, node, to);
		else if (*node->value && !q->column && (q->type == Q_SELECT_ONE || q->type == Q_SELECT_MULTIPLE || q->type == Q_INTEGER || q->type == Q_RANGE))
			set_value(to, answers_find(to, answers_path(node, to->env.arena)), moved_on(w, q, node->value));
	}
}
