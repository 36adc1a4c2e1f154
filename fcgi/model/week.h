/* SPDX-License-Identifier: Apache-2.0
 *
 * My week: what needs the actor, most pressing first. */
#ifndef MODEL_WEEK_H
#define MODEL_WEEK_H

#include "context.h"

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

#endif
