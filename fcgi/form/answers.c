/* SPDX-License-Identifier: Apache-2.0
 *
 * The answers' document: shaped by the form, found by path, changed value by value. */
#include "answers_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

#define MAX_KEPT_BYTES (4 * ANSWER_MAX_CHARACTERS + 16384)

bool question_is_container(const struct question *question)
{
	return question->type == Q_GROUP || question->type == Q_REPEAT;
}

static void shape_below(struct answers *answers, struct node *parent, const struct question *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct question *q = &list[i];
		if (q->type == Q_REPEAT)
			continue;
		struct node *node = node_new(answers->arena, parent, q->name, "");
		node->question = q;
		if (!q->is_in_repeat)
			answers->single[q->position] = node;
		shape_below(answers, node, q->child, q->n);
	}
}

struct answers *answers_shape(struct arena *arena, const struct form *form, const struct expr_env *env)
{
	struct answers *answers = arena_new_of(arena, struct answers);
	answers->form = form;
	answers->arena = arena;
	answers->env = *env;
	answers->env.arena = env->arena ? env->arena : arena;
	answers->single = arena_array(arena, struct node *, form->n_questions);
	answers->root = node_new(arena, NULL, "data", "");
	shape_below(answers, answers->root, form->child, form->n);
	return answers;
}

/* node_new puts it last; its place is behind everything the form has before or at it. */
static void put_in_place(struct node *node)
{
	struct node *parent = node->parent, *after = node->previous;
	while (after && after->question->position > node->question->position)
		after = after->previous;
	if (after == node->previous)
		return;
	node->previous->next = NULL;
	parent->last = node->previous;
	struct node *before = after ? after->next : parent->first;
	node->previous = after;
	node->next = before;
	before->previous = node;
	if (after)
		after->next = node;
	else
		parent->first = node;
}

struct node *answers_new_instance(struct answers *answers, struct node *parent, const struct question *repeat)
{
	struct node *node = node_new(answers->arena, parent, repeat->name, "");
	node->question = repeat;
	put_in_place(node);
	shape_below(answers, node, repeat->child, repeat->n);
	return node;
}

/* What the program knows without asking. */
static const char *preload(const struct answers *answers, const struct question *q)
{
	char stamp[STAMP_LEN], date[DATE_LEN];
	const struct expr_env *env = &answers->env;
	if (question_is_asked(q))
		return NULL;
	switch (q->type) {
	case Q_START: case Q_END:
		instant_format(env->now, stamp);
		return arena_strdup(answers->arena, stamp);
	case Q_TODAY:
		date_of_instant(env->now, env->zone, date);
		return arena_strdup(answers->arena, date);
	case Q_USERNAME:
		return env->username;
	case Q_EMAIL:
		return env->email;
	case Q_PHONENUMBER:
		return env->phone;
	case Q_DEVICEID:
		return env->device_id;
	default:
		return NULL;
	}
}

void answers_set_defaults(struct answers *answers, struct node *under)
{
	const struct question *q = under->question;
	if (q && !question_is_container(q)) {
		const char *value = preload(answers, q);
		if (q->default_expr)
			value = answers_eval_text(answers, q->default_expr, under);
		else if (q->default_value)
			value = q->default_value;
		if (value)
			answers_keep(answers, under, value);
	}
	for (struct node *child = under->first; child; child = child->next)
		answers_set_defaults(answers, child);
}

struct answers *answers_new(struct arena *arena, const struct form *form, const struct expr_env *env)
{
	struct answers *answers = answers_shape(arena, form, env);
	answers_set_defaults(answers, answers->root);
	return answers;
}

char *answers_path(const struct node *node, struct arena *arena)
{
	if (!node->parent)
		return arena_strdup(arena, "");
	const char *above = answers_path(node->parent, arena);
	const char *slash = *above ? "/" : "";
	if (node->question && node->question->type == Q_REPEAT)
		return arena_printf(arena, "%s%s%s[%zu]", above, slash, node->name, node_position(node));
	return arena_printf(arena, "%s%s%s", above, slash, node->name);
}

/* The child that one part of a path names: "members[2]". */
static struct node *find_child(const struct node *parent, const char *part, size_t length)
{
	const char *bracket = memchr(part, '[', length);
	size_t name_length = bracket ? (size_t)(bracket - part) : length, index = 1;
	if (bracket) {
		char *end;
		if (bracket[1] < '1' || bracket[1] > '9')
			return NULL;
		index = strtoul(bracket + 1, &end, 10);
		if (*end != ']' || end + 1 != part + length)
			return NULL;
	}
	for (struct node *child = parent->first; child; child = child->next)
		if (strlen(child->name) == name_length && !memcmp(child->name, part, name_length) &&
		    (child->question->type == Q_REPEAT || !bracket) && --index == 0)
			return child;
	return NULL;
}

struct node *answers_find(const struct answers *answers, const char *path)
{
	struct node *node = answers->root;
	if (!*path)
		return NULL;
	while (node && path) {
		const char *slash = strchr(path, '/');
		node = find_child(node, path, slash ? (size_t)(slash - path) : strlen(path));
		path = slash ? slash + 1 : NULL;
	}
	return node;
}

static struct node *first_of(struct node *under, const struct question *question)
{
	if (under->question == question)
		return under;
	for (struct node *child = under->first; child; child = child->next) {
		struct node *found = first_of(child, question);
		if (found)
			return found;
	}
	return NULL;
}

struct node *answers_by_name(const struct answers *answers, const char *name)
{
	const struct question *q = form_question(answers->form, name);
	if (!q)
		return NULL;
	return answers->single[q->position] ? answers->single[q->position] : first_of(answers->root, q);
}

/* Browsers send CR LF, one decimal comma is how most countries write it. */
static char *normal_form(struct arena *arena, enum question_type type, const char *value)
{
	if (type != Q_TEXT && type != Q_NOTE && type != Q_CALCULATE && type != Q_HIDDEN)
		value = text_trim(arena, value);
	char *copy = arena_strdup(arena, value), *to = copy;
	for (const char *p = value; *p; p++)
		if (!(*p == '\r' && p[1] == '\n'))
			*to++ = *p == '\r' ? '\n' : *p;
	*to = 0;
	char *comma = strchr(copy, ',');
	if ((type == Q_DECIMAL || type == Q_RANGE) && comma && !strchr(comma + 1, ',') && !strchr(copy, '.'))
		*comma = '.';
	return text_is_blank(copy) ? arena_strdup(arena, "") : copy;
}

enum err answers_keep(struct answers *answers, struct node *node, const char *value)
{
	if (strlen(value) > MAX_KEPT_BYTES)
		return ERR_TOO_LARGE;
	node->value = normal_form(answers->arena, node->question->type, value);
	return OK;
}

enum err answers_set(struct answers *answers, const char *path, const char *value)
{
	struct node *node = answers_find(answers, path);
	if (!node || question_is_container(node->question) || node->question->calculation)
		return ERR_INVALID;
	return answers_keep(answers, node, value);
}

/* The repeat that a path without its last index names, and the node it stands below. */
static const struct question *find_repeat(const struct answers *answers, const char *path, struct node **parent)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	*parent = slash ? answers_find(answers, arena_strndup(answers->arena, path, (size_t)(slash - path))) : answers->root;
	if (!*parent)
		return NULL;
	const struct question *around = (*parent)->question;
	const struct question *list = around ? around->child : answers->form->child;
	size_t n = around ? around->n : answers->form->n;
	for (size_t i = 0; i < n; i++)
		if (list[i].type == Q_REPEAT && !strcmp(list[i].name, name))
			return &list[i];
	return NULL;
}

enum err answers_add_repeat(struct answers *answers, const char *path)
{
	struct node *parent;
	const struct question *repeat = find_repeat(answers, path, &parent);
	if (!repeat || repeat->repeat_count)
		return ERR_INVALID;
	if (node_count(parent, repeat->name) >= ANSWERS_MAX_INSTANCES)
		return ERR_TOO_LARGE;
	answers_set_defaults(answers, answers_new_instance(answers, parent, repeat));
	return OK;
}

struct node *answers_reach(struct answers *answers, const char *path)
{
	for (const char *open = strchr(path, '['); open; open = strchr(open + 1, '[')) {
		struct node *parent;
		const struct question *repeat = find_repeat(answers, arena_strndup(answers->arena, path, (size_t)(open - path)), &parent);
		unsigned long wanted = strtoul(open + 1, NULL, 10);
		size_t n = repeat ? node_count(parent, repeat->name) : 0;
		if (!repeat || wanted > n + 1 || wanted > ANSWERS_MAX_INSTANCES)
			return NULL;
		if (wanted == n + 1)
			answers_set_defaults(answers, answers_new_instance(answers, parent, repeat));
	}
	return answers_find(answers, path);
}

enum err answers_remove_repeat(struct answers *answers, const char *path)
{
	struct node *node = answers_find(answers, path);
	size_t length = strlen(path);
	if (!node || node->question->type != Q_REPEAT || node->question->repeat_count || path[length - 1] != ']')
		return ERR_INVALID;
	node_remove(node);
	return OK;
}
