/* SPDX-License-Identifier: Apache-2.0
 *
 * The workflow of a case: which steps are open to the actor now, what stands in the way,
 * and taking one. Rules come from the bundle, facts from the database. */
#ifndef COUNTRY_WORKFLOW_H
#define COUNTRY_WORKFLOW_H

#include "bundle.h"
#include "model/casefile.h"
#include "model/plan.h"

struct guard_state { enum guard guard; bool holds; const char *message; /* what must hold, a translation key */ };
struct step {
	const struct transition_rule *rule;
	bool is_open;                   /* every guard holds */
	size_t n_guards;
	struct guard_state guard[8];
};
struct steps { size_t n; struct step *item; };

/* Steps out of the case's stage that the actor's role may take, open or not. */
enum err workflow_steps(const struct context *c, const struct bundle *bundle, const struct casefile *casefile, struct steps *out);
/* What a step was told besides: what its rule `asks` for, and why. Texts may be NULL or "". */
struct step_told {
	const char *comment;
	const char *outcome;            /* closure outcome; the rule's own wins */
	int64_t worker_id;              /* the case's worker from now on; 0 none named */
	const char *date;               /* the new stage's deadline */
	const char *office;             /* the office that has the case from now on: its worker goes */
};
/* Takes one, whole or not at all. Checked again inside the transaction: ERR_CONFLICT when the case moved on (or a guard fails:
 * `blocked` names the first, may be NULL), ERR_FORBIDDEN, ERR_INVALID without a needed comment. The plan follows: entering
 * plan_pending_approval proposes it, leaving it approves or returns it. */
enum err workflow_move(const struct context *c, const struct bundle *bundle, const struct casefile *casefile, const char *transition,
                       const struct step_told *told, const struct guard_state **blocked);
/* What must hold, a translation key: "Consent to case management is recorded". */
const char *workflow_guard_words(enum guard guard);
/* Deadline of a stage entered on a date, "" without one. */
const char *workflow_due(const struct bundle *bundle, const char *stage, const char *risk_level, const char *from, struct arena *arena);
/* The stage a new case starts in: the first of the workflow. */
const struct stage *workflow_first(const struct bundle *bundle);

struct trail_stop { const struct stage *stage; enum { STOP_DONE, STOP_NOW, STOP_AHEAD } state; const char *since; /* when it was entered, "" */ const char *due_on; };
struct trail { size_t n; struct trail_stop *item; };
/* The stage path of the case page. */
enum err workflow_trail(const struct context *c, const struct bundle *bundle, const struct casefile *casefile, struct trail *out);
/* The bundle's contact cadence in the model's terms, for plan_sign. */
const struct contact_phase *workflow_cadence(const struct bundle *bundle, struct arena *arena);

#endif
