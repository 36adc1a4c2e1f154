/* SPDX-License-Identifier: Apache-2.0
 *
 * A walk over all texts of a form: to keep their translations with a version, and to put
 * them back when the bundle no longer has them. */
#include "form.h"

static void visit_question(struct question *q, void (*visit)(void *data, struct text *text), void *data)
{
	struct text *const own[] = { &q->label, &q->hint, &q->guidance_hint, &q->constraint_message, &q->required_message };
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		visit(data, own[i]);
	/* a list with "other" added is the question's own, so lists are reached from here */
	for (size_t i = 0; q->choices && i < q->choices->n; i++) {
		visit(data, &q->choices->choice[i].label);
		visit(data, &q->choices->choice[i].description);
	}
}

void form_each_text(struct form *form, void (*visit)(void *data, struct text *text), void *data)
{
	visit(data, &form->title);
	for (size_t i = 0; i < form->n_questions; i++)
		visit_question(form->question[i], visit, data);
	for (size_t i = 0; i < form->n_scores; i++) {
		visit(data, &form->score[i].label);
		for (size_t k = 0; k < form->score[i].n_bands; k++)
			visit(data, &form->score[i].band[k].label);
	}
	for (size_t i = 0; i < form->n_need_rules; i++)
		visit(data, &form->need_rule[i].fallback);
}
