/* SPDX-License-Identifier: Apache-2.0
 *
 * Working the document out: what is relevant, how many instances a counted repeat has,
 * what calculations give, which choices are open; and texts with answers in them. */
#include "answers_internal.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* Most forms name what stands above: two rounds. A chain against the reading order takes one each. */
#define MAX_ROUNDS 64

static const struct answers *of_data(void *data)
{
	return data;
}

static struct node *find_instance(void *data, const char *name)
{
	const struct answers *answers = of_data(data);
	const struct choice_list *list = form_list(answers->form, name);
	if (list)
		return list->instance;
	return answers->env.instance ? answers->env.instance(answers->env.data, name) : NULL;
}

/* `node` NULL: as any answer to the question; else its own filter decides between equal names. */
static const char *choice_words(const struct answers *answers, const struct question *q, const struct node *node, const char *name)
{
	const struct choice *choice = choice_find(q->choices, name);
	for (const struct choice *other = choice; node && q->choice_filter && other && other < q->choices->choice + q->choices->n; other++)
		if (!strcmp(other->name, name) && answers_choice_is_open(answers, node, (size_t)(other - q->choices->choice))) {
			choice = other;
			break;
		}
	return choice ? text_in(&choice->label, answers->env.language, answers->translate) : "";
}

static const char *find_choice_label(void *data, const char *choice, const char *question_name)
{
	const struct answers *answers = of_data(data);
	const struct question *q = form_question(answers->form, question_name);
	return q ? choice_words(answers, q, NULL, choice) : "";
}

static const char *find_pulldata(void *data, const char *file, const char *column, const char *key_column, const char *key)
{
	const struct expr_env *env = &of_data(data)->env;
	return env->pulldata ? env->pulldata(env->data, file, column, key_column, key) : NULL;
}

static const char *find_previous(void *data, const char *question_name)
{
	const struct expr_env *env = &of_data(data)->env;
	return env->previous ? env->previous(env->data, question_name) : NULL;
}

struct expr_env answers_env(const struct answers *answers, const struct node *context)
{
	struct expr_env env = answers->env;
	env.root = answers->root;
	env.context = (struct node *)context;
	env.instance = find_instance;
	env.choice_label = find_choice_label;
	env.pulldata = find_pulldata;
	env.previous = find_previous;
	env.data = (void *)answers;
	return env;
}

bool answers_test(const struct answers *answers, const struct expr *expr, const struct node *context, bool fallback)
{
	struct value value;
	struct why why = { 0 };
	if (!expr)
		return true;
	struct expr_env env = answers_env(answers, context);
	return expr_eval(expr, &env, &value, &why) == OK ? value_boolean(&value) : fallback;
}

const char *answers_eval_text(const struct answers *answers, const struct expr *expr, const struct node *context)
{
	struct value value;
	struct why why = { 0 };
	struct expr_env env = answers_env(answers, context);
	return expr_eval(expr, &env, &value, &why) == OK ? value_string(&value, env.arena) : "";
}

bool answers_is_open(const struct answers *answers, const struct question *question, const struct node *parent)
{
	return parent->is_relevant && answers_test(answers, question->relevant, parent, true);
}

bool answers_is_required(const struct answers *answers, const struct node *node)
{
	const struct question *q = node->question;
	return q->required && answers_test(answers, q->required, node, false) && !answers_is_read_only(answers, node);
}

bool answers_is_read_only(const struct answers *answers, const struct node *node)
{
	const struct question *q = node->question;
	return q->calculation || (q->read_only && answers_test(answers, q->read_only, node, false));
}

/* --- rounds --- */

struct round {
	struct answers *answers;
	struct expr_env env;
	struct why *why;
	bool has_changed;
};

static bool evaluate(struct round *round, const struct expr *expr, struct node *context, struct value *value)
{
	round->env.context = context;
	return expr_eval(expr, &round->env, value, round->why) == OK;
}

static void set_relevant(struct round *round, struct node *node, bool is_relevant)
{
	round->has_changed |= node->is_relevant != is_relevant;
	node->is_relevant = is_relevant;
}

static void hide_below(struct round *round, struct node *node)
{
	for (struct node *child = node->first; child; child = child->next) {
		set_relevant(round, child, false);
		hide_below(round, child);
	}
}

static void calculate(struct round *round, struct node *node)
{
	struct value value;
	const char *text = "";
	if (evaluate(round, node->question->calculation, node, &value))
		text = value_string(&value, round->env.arena);
	/* XPath's "NaN" is a calculation that waits for answers */
	if (!strcmp(text, "NaN"))
		text = "";
	if (strcmp(text, node->value) != 0) {
		node->value = arena_strdup(round->answers->arena, text);
		round->has_changed = true;
	}
}

/* Adds what a counted repeat lacks. Instances past the count stay, not relevant: the count may grow again. */
static size_t count_instances(struct round *round, struct node *parent, const struct question *repeat)
{
	struct value value;
	double number = evaluate(round, repeat->repeat_count, parent, &value) ? value_number(&value) : 0;
	size_t wanted = number >= 1 ? (number > ANSWERS_MAX_INSTANCES ? ANSWERS_MAX_INSTANCES : (size_t)number) : 0;
	for (size_t have = node_count(parent, repeat->name); have < wanted; have++) {
		answers_set_defaults(round->answers, answers_new_instance(round->answers, parent, repeat));
		round->has_changed = true;
	}
	return wanted;
}

static void work_out(struct round *round, struct node *parent, const struct question *list, size_t n);

static void work_out_node(struct round *round, struct node *node, bool is_possible)
{
	const struct question *q = node->question;
	struct value value;
	bool is_relevant = is_possible;
	if (is_relevant && q->relevant && evaluate(round, q->relevant, node, &value))
		is_relevant = value_boolean(&value);
	set_relevant(round, node, is_relevant);
	if (!is_relevant)
		hide_below(round, node);
	else if (question_is_container(q))
		work_out(round, node, q->child, q->n);
	else if (q->calculation)
		calculate(round, node);
}

/* Below a relevant node: its children stand in the form's order. */
static void work_out(struct round *round, struct node *parent, const struct question *list, size_t n)
{
	struct node *node = parent->first;
	for (size_t i = 0; i < n; i++) {
		const struct question *q = &list[i];
		if (q->type != Q_REPEAT) {
			struct node *own = node;
			node = node->next;
			if (!q->is_relevant_always || q->calculation || question_is_container(q))
				work_out_node(round, own, true);
			continue;
		}
		size_t wanted = SIZE_MAX;
		if (q->repeat_count) {
			wanted = count_instances(round, parent, q);
			for (node = parent->first; node && node->question->position < q->position;)
				node = node->next;
		}
		for (size_t at = 0; node && node->question == q; node = node->next)
			work_out_node(round, node, at++ < wanted);
	}
}

static void refresh_metadata(struct answers *answers)
{
	for (size_t i = 0; i < answers->form->n_questions; i++)
		if (answers->form->question[i]->type == Q_END && answers->single[i])
			answers_set_defaults(answers, answers->single[i]);
}

enum err answers_update(struct answers *answers, struct why *why)
{
	struct why first = { 0 };
	struct round round = { .answers = answers, .env = answers_env(answers, answers->root), .why = &first, .has_changed = true };
	refresh_metadata(answers);
	for (int i = 0; round.has_changed; i++) {
		if (i == MAX_ROUNDS)
			return fail(why, ERR_INVALID, "form %s does not settle", answers->form->key);
		round.has_changed = false;
		work_out(&round, answers->root, answers->form->child, answers->form->n);
	}
	if (first.code)
		*why = first;
	return first.code;
}

/* --- choices --- */

/* A filter sees the choice's columns by name and the answers by ${name}. */
static bool filter_passes(const struct answers *answers, const struct node *node, struct node *item)
{
	struct expr_env env = answers_env(answers, item);
	struct value value;
	struct why why = { 0 };
	env.current = (struct node *)node;
	return expr_eval(node->question->choice_filter, &env, &value, &why) == OK && value_boolean(&value);
}

bool answers_choice_is_open(const struct answers *answers, const struct node *node, size_t i)
{
	const struct choice_list *list = node->question->choices;
	if (!node->question->choice_filter || (node->question->or_other && !strcmp(list->choice[i].name, "other")))
		return true;
	struct node *item = list->instance->first;
	while (i--)
		item = item->next;
	return filter_passes(answers, node, item);
}

size_t answers_choices(const struct answers *answers, const struct node *node, const struct choice ***choices, struct arena *arena)
{
	const struct question *q = node->question;
	const struct choice_list *list = q->choices;
	size_t n = 0;
	*choices = arena_array(arena, const struct choice *, list ? list->n : 0);
	struct node *item = list ? list->instance->first : NULL;
	for (size_t i = 0; list && i < list->n; i++, item = item->next)
		if (!q->choice_filter || (q->or_other && !strcmp(list->choice[i].name, "other")) || filter_passes(answers, node, item))
			(*choices)[n++] = &list->choice[i];
	return n;
}

/* --- words --- */

const char *answers_words(const struct answers *answers, const struct node *node, struct arena *arena)
{
	const struct question *q = node->question;
	if (!q || !q->choices)
		return node->value;
	if (q->type == Q_SELECT_ONE) {
		const char *label = choice_words(answers, q, node, node->value);
		return *label ? label : node->value;
	}
	char *words = arena_strdup(arena, ""), *save = NULL;
	for (char *name = strtok_r(arena_strdup(arena, node->value), " ", &save); name; name = strtok_r(NULL, " ", &save)) {
		const char *label = choice_words(answers, q, node, name);
		words = arena_printf(arena, "%s%s%s", words, *words ? ", " : "", *label ? label : name);
	}
	return words;
}

/* The nearest answer of that name: in the same instance first, then further out. */
static struct node *nearest_node(const struct answers *answers, const struct question *q, const struct node *from)
{
	if (answers->single[q->position])
		return answers->single[q->position];
	for (const struct node *around = from; around && around->question; around = around->parent) {
		if (around->question->type != Q_REPEAT)
			continue;
		for (struct node *child = around->first; child; child = child->next)
			if (child->question == q)
				return child;
	}
	return answers_by_name(answers, q->name);
}

const char *answers_text(const struct answers *answers, const struct text *text, const struct node *from, struct arena *arena)
{
	const char *rest = text_in(text, answers->env.language, answers->translate);
	const char *open = strstr(rest, "${");
	if (!open)
		return rest;
	char *out = arena_strdup(arena, "");
	for (; open; open = strstr(rest, "${")) {
		const char *close = strchr(open, '}');
		if (!close)
			break;
		const char *name = text_trim(arena, arena_strndup(arena, open + 2, (size_t)(close - open - 2)));
		const struct question *q = form_question(answers->form, name);
		const struct node *node = q ? nearest_node(answers, q, from) : NULL;
		out = arena_printf(arena, "%s%.*s%s", out, (int)(open - rest), rest, node && node->is_relevant ? answers_words(answers, node, arena) : "");
		rest = close + 1;
	}
	return arena_printf(arena, "%s%s", out, rest);
}
