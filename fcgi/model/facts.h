/* SPDX-License-Identifier: Apache-2.0
 *
 * What is true of a case now: the facts that the guards of a workflow ask for. */
#ifndef MODEL_FACTS_H
#define MODEL_FACTS_H

#include "context.h"

struct facts {
	bool consent_given;             /* of the purpose given */
	bool worker_assigned, profile_done;
	bool assessment_submitted;      /* one is submitted and none is open */
	bool reassessed;                /* one was performed since the present stage began */
	bool needs_ranked;              /* each open need has the client's priority, and there is one */
	bool goals_for_needs;           /* each open need has a goal */
	bool actions_complete;          /* each open goal has an action, each with actor and date */
	bool plan_approved, plan_signed; /* the newest version */
	bool goals_decided, no_open_actions;
	const char *review_on;          /* of the newest version, "" none */
	const char *plan_status;        /* of the newest version, "" none */
};

enum err facts_load(const struct context *c, int64_t casefile_id, const char *consent_purpose, struct facts *out);

#endif
