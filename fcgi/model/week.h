/* SPDX-License-Identifier: Apache-2.0
 *
 * My week: what needs the actor, most pressing first. */
#ifndef MODEL_WEEK_H
#define MODEL_WEEK_H

#include "casefile.h"

struct alert {
	const char *kind;               /* stage_overdue, stage_due, plan_returned, plan_to_approve, closure_to_approve, plan_unsigned,
	                                   visit_missed, consent_ends, assessment_draft, intake_draft, case_unassigned, no_contact */
	const char *number, *title, *title_latin; /* "" for an intake draft; title_latin "" when the title is Latin */
	const char *on;                 /* the date it is about */
	const char *detail;             /* stage key, comment, consent purpose … */
	int64_t id;                     /* draft id, assessment seq, plan version */
	bool is_urgent;
};
struct alerts { size_t n; struct alert *item; int64_t total; };
/* At most limit, urgent first, then by date. */
enum err week_alerts(const struct context *c, int limit, struct alerts *out);

/* Those whose roles are given, in the actor's scope: who is behind most comes first. roles: NULL-closed. */
struct worker_load { const char *username, *name, *name_native, *office_name; int cases_open, cases_overdue; };
struct worker_loads { size_t n; struct worker_load *item; };
enum err week_team(const struct context *c, const char *const *roles, int limit, struct worker_loads *out);
/* Cases of the actor's scope opened today, the newest first. */
enum err week_intakes(const struct context *c, int limit, struct casefiles *out);

#endif
