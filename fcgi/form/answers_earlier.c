/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers of an earlier round, perhaps to an earlier version of the form: found by a
 * question's name or the name it had, and brought into the present question's choices. */
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "base/text.h"
#include "node.h"

/* Positions of the repeats around a node, outermost first. */
static size_t repeat_positions(const struct node *node, size_t *position, size_t room)
{
	size_t n = 0;
	for (const struct node *at = node; at; at = at->parent)
		if (at->question && at->question->type == Q_REPEAT && n < room)
			position[n++] = node_position(at);
	for (size_t i = 0; i < n / 2; i++) {
		size_t swapped = position[i];
		position[i] = position[n - 1 - i];
		position[n - 1 - i] = swapped;
	}
	return n;
}

/* "group/repeat[2]/name" from the outermost inwards; NULL when there are more repeats than positions. */
static char *path_with(struct arena *arena, const struct question *q, const size_t *position, size_t n, size_t *used)
{
	char *above = q->parent ? path_with(arena, q->parent, position, n, used) : arena_strdup(arena, "");
	if (!above || (q->type == Q_REPEAT && *used >= n))
		return NULL;
	const char *slash = *above ? "/" : "";
	return q->type == Q_REPEAT ? arena_printf(arena, "%s%s%s[%zu]", above, slash, q->name, position[(*used)++])
	                           : arena_printf(arena, "%s%s%s", above, slash, q->name);
}

const struct node *answers_before(const struct answers *earlier, const struct node *node, struct arena *arena)
{
	const struct question *before = node->question ? form_question_before(earlier->form, node->question) : NULL;
	size_t position[16], used = 0;
	if (!before)
		return NULL;
	if (!before->is_in_repeat && before->type != Q_REPEAT)
		return earlier->single[before->position];
	size_t n = repeat_positions(node, position, 16);
	const char *path = path_with(arena, before, position, n, &used);
	return path ? answers_find(earlier, path) : NULL;
}

static bool is_word_of(const char *words, const char *word, size_t n)
{
	for (const char *at = words; at && (at = strstr(at, word)) != NULL; at++)
		if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	return false;
}

bool choice_is_named(const struct choice *choice, const char *names)
{
	const char *was = choice_was(choice);
	if (is_word_of(names, choice->name, strlen(choice->name)))
		return true;
	for (const char *at = was; at && *at; at += strcspn(at, " "), at += *at == ' ') {
		size_t n = strcspn(at, " ");
		char one[128];
		if (n < sizeof one && memcpy(one, at, n) && (one[n] = 0, is_word_of(names, one, n)))
			return true;
	}
	return false;
}

/* Names of the present choices, separated by spaces; NULL when none is left. */
static const char *carry_choices(struct arena *arena, const struct question *q, const char *value)
{
	const char *names = NULL;
	for (size_t i = 0; q->choices && i < q->choices->n; i++)
		if (choice_is_named(&q->choices->choice[i], value))
			names = names ? arena_printf(arena, "%s %s", names, q->choices->choice[i].name) : q->choices->choice[i].name;
	return names;
}

const char *answer_carry(struct arena *arena, const struct question *q, const char *value)
{
	double number;
	switch (q->type) {
	case Q_SELECT_ONE: case Q_SELECT_MULTIPLE: case Q_RANK:
		return q->or_other && !q->choices ? value : carry_choices(arena, q, value);
	case Q_INTEGER: case Q_DECIMAL: case Q_RANGE:
		return text_to_double(value, &number) ? value : NULL;
	case Q_DATE:
		return strlen(value) >= 10 && value[4] == '-' && value[7] == '-' ? value : NULL;
	default:
		return value;
	}
}
