/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers written by hand, in tests and in stories, against the form they are for: every
 * name is a question, every choice is one of its list. Otherwise they would be dropped
 * without a word. */
#include <string.h>

#include "base/text.h"
#include "bundle_load.h"

static void unknown_question(struct loader *l, const struct form *form, const struct json *member)
{
	const char **names = arena_array(l->scratch, const char *, form->n_questions + 1);
	for (size_t i = 0; i < form->n_questions; i++)
		names[i] = form->question[i]->name;
	const char *near = text_nearest(member->key, names, form->n_questions);
	loader_error_key(l, member, near ? "the form \"%s\" has no question \"%s\"; is \"%s\" meant?" : "the form \"%s\" has no question \"%s\"", form->key, member->key, near);
}

/* One name, or several separated by spaces. */
void check_choice_names(struct loader *l, const struct question *q, const struct json *at, const char *names)
{
	char *state, *copy = arena_strdup(l->scratch, names);
	if (!q->choices)
		return;
	if (q->type == Q_SELECT_ONE) {
		if (*names && !choice_find(q->choices, names))
			loader_error(l, at, "\"%s\" is no answer to \"%s\"%s", names, q->name,
			             loader_hint_in(l, names, q->choices->choice, q->choices->n, sizeof *q->choices->choice));
		return;
	}
	for (char *name = strtok_r(copy, " ", &state); name; name = strtok_r(NULL, " ", &state))
		if (!choice_find(q->choices, name))
			loader_error(l, at, "\"%s\" is no answer to \"%s\"%s", name, q->name,
			             loader_hint_in(l, name, q->choices->choice, q->choices->n, sizeof *q->choices->choice));
}

void check_answers(struct loader *l, const struct form *form, const struct json *answers)
{
	for (json_each(item, answers)) {
		const struct question *q = item->key ? form_question(form, item->key) : NULL;
		if (item->key && !q)
			unknown_question(l, form, item);
		else if (!item->key || q->type == Q_GROUP || q->type == Q_REPEAT)
			check_answers(l, form, item);
		else if (item->kind == JSON_STRING)
			check_choice_names(l, q, item, item->string);
	}
}
