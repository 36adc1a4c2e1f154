/* SPDX-License-Identifier: Apache-2.0
 *
 * What plan.c, plan_edit.c and plan_decide.c share. */
#ifndef MODEL_PLAN_INTERNAL_H
#define MODEL_PLAN_INTERNAL_H

#include "model_internal.h"
#include "plan.h"

/* The newest version's number and status; version 0 and "" when there is none. */
struct plan_head { int64_t version, proposed_at; const char *status; };
enum err plan_head(const struct context *c, int64_t casefile_id, struct plan_head *out);
/* A version's words as JSON, of plan row p: what it froze when it was proposed. */
#define BODY_SQL "json_object('contact_schedule', p.contact_schedule, 'review_on', p.review_on, 'goals', json(ifnull((SELECT json_group_array(json(o)) FROM" \
	" (SELECT json_object('need_number', g.need_number, 'seq', g.seq, 'statement', g.statement, 'plain', g.plain, 'expected_change', g.expected_change," \
	" 'baseline', g.baseline, 'target', g.target, 'due_on', g.due_on, 'strengths', g.strengths," \
	" 'also_needs', (SELECT group_concat(x.also_need) FROM goal_need x WHERE x.casefile_id = g.casefile_id AND x.need_number = g.need_number AND x.seq = g.seq)," \
	" 'actions', json(ifnull((SELECT json_group_array(json(w)) FROM (SELECT json_object('seq', a.seq, 'what', a.what, 'actor', a.actor," \
	" 'actor_name', a.actor_name, 'service', a.service, 'starts_on', a.starts_on, 'due_on', a.due_on) AS w FROM action a" \
	" WHERE a.casefile_id = g.casefile_id AND a.need_number = g.need_number AND a.goal_seq = g.seq AND a.status <> 'dropped' ORDER BY a.seq)), '[]'))) AS o" \
	" FROM goal g WHERE g.casefile_id = p.casefile_id AND g.until_version IS NULL ORDER BY g.need_number, g.seq)), '[]')))"

/* Event, audit and the case's counts for a change of the plan. shared: the family sees the event. */
enum err plan_record(const struct context *c, int64_t casefile_id, const char *action, const char *message, const char *refs,
                     const char *quote, bool shared);

#endif
