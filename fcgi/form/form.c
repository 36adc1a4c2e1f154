/* SPDX-License-Identifier: Apache-2.0
 *
 * The form model once it is built: looking things up in it, and its texts. Nothing
 * here changes a form. */
#include "form.h"

#include <stdlib.h>
#include <string.h>

static const char *const type_name[Q_COUNT] = {
#define X(constant, name) name,
	QUESTION_TYPES(X)
#undef X
};

int question_type_from_name(const char *name)
{
	for (int i = 0; i < Q_COUNT; i++)
		if (!strcmp(type_name[i], name))
			return i;
	return -1;
}

const char *question_type_name(enum question_type type)
{
	return type < Q_COUNT ? type_name[type] : "";
}

bool question_is_asked(const struct question *question)
{
	switch (question->type) {
	case Q_CALCULATE: case Q_HIDDEN: case Q_GROUP: case Q_REPEAT: case Q_START: case Q_END: case Q_TODAY: case Q_USERNAME:
	case Q_DEVICEID: case Q_AUDIT:
		return false;
	case Q_PHONENUMBER: case Q_EMAIL:
		/* XLSForm's metadata have no label; with one it is the person's own that is asked */
		return question->label.n && !question->is_unsupported;
	default:
		return !question->is_unsupported;
	}
}

const struct question *form_question(const struct form *form, const char *name)
{
	size_t low = 0, high = form->n_questions;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(form->by_name[middle]->name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < form->n_questions && !strcmp(form->by_name[low]->name, name) ? form->by_name[low] : NULL;
}

/* Is it one of the names separated by spaces. */
static bool is_among(const char *names, const char *name)
{
	size_t n = strlen(name);
	for (const char *at = names; at && n && (at = strstr(at, name)); at += n)
		if ((at == names || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	return false;
}

const struct question *form_question_now(const struct form *form, const char *name)
{
	const struct question *found = form_question(form, name);
	for (size_t i = 0; !found && i < form->n_questions; i++)
		if (is_among(form->question[i]->was, name))
			found = form->question[i];
	return found;
}

const struct question *form_question_before(const struct form *earlier, const struct question *question)
{
	const struct question *found = form_question(earlier, question->name);
	for (size_t i = 0; !found && question->was && i < earlier->n_questions; i++)
		if (is_among(question->was, earlier->question[i]->name))
			found = earlier->question[i];
	return found;
}

const char *choice_was(const struct choice *choice)
{
	for (size_t i = 0; i < choice->n_columns; i++)
		if (!strcmp(choice->column[i], "was"))
			return choice->value[i];
	return NULL;
}

const struct choice_list *form_list(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n_lists; i++)
		if (!strcmp(form->list[i].name, name))
			return &form->list[i];
	return NULL;
}

const struct choice *choice_find(const struct choice_list *list, const char *name)
{
	for (size_t i = 0; list && i < list->n; i++)
		if (!strcmp(list->choice[i].name, name))
			return &list->choice[i];
	return NULL;
}

const struct score *form_score(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n_scores; i++)
		if (!strcmp(form->score[i].name, name))
			return &form->score[i];
	return NULL;
}

const struct band *score_band(const struct score *score, double number)
{
	const struct band *found = NULL;
	for (size_t i = 0; i < score->n_bands; i++)
		if (number >= score->band[i].min)
			found = &score->band[i];
	if (found && found == &score->band[score->n_bands - 1] && number > found->max)
		return NULL;
	return found;
}

/* "hy" is the language of "hy", "Armenian (hy)". */
static bool language_matches(const char *have, const char *want)
{
	size_t n = strlen(have), m = strlen(want);
	if (!strcmp(have, want))
		return true;
	return m && n > m + 2 && have[n - 1] == ')' && have[n - m - 2] == '(' && !strncmp(have + n - m - 1, want, m);
}

const char *text_in(const struct text *text, const char *language, const char *(*translate)(const char *source))
{
	if (!text->n)
		return "";
	for (size_t i = 0; language && i < text->n; i++)
		if (text->language[i] && language_matches(text->language[i], language))
			return text->string[i];
	return text->language[0] || !translate ? text->string[0] : translate(text->string[0]);
}
