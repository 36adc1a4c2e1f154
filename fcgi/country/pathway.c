/* SPDX-License-Identifier: Apache-2.0
 *
 * Triage: which of the bundle's pathways a set of answers leads to. Asked when an intake is
 * finished and when an assessment is, and by the generator of invented families. */
#include "pathway.h"

#include "form/answers_internal.h"

struct asking { const struct form *form; bool is_answerable; };

static void look_for(void *data, const char *name, size_t offset)
{
	struct asking *asking = data;

	(void)offset;
	if (!form_question(asking->form, name))
		asking->is_answerable = false;
}

/* A condition about questions of another form says nothing about this one. */
static bool leads_to(const struct pathway *pathway, const struct answers *answers, struct arena *arena)
{
	struct expr_problem problem;
	struct asking asking = {.form = answers->form, .is_answerable = true};
	struct expr *when = pathway->when && *pathway->when ? expr_parse(arena, pathway->when, &problem) : NULL;

	if (!when)
		return false;
	expr_each_reference(when, look_for, &asking);
	return asking.is_answerable && answers_test(answers, when, answers->root, false);
}

const struct pathway *pathway_of(const struct bundle *bundle, const struct answers *answers, struct arena *arena)
{
	for (size_t i = 0; i < bundle->n_pathways; i++)
		if (leads_to(&bundle->pathway[i], answers, arena))
			return &bundle->pathway[i];
	return NULL;
}
