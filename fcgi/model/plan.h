/* SPDX-License-Identifier: Apache-2.0
 *
 * The intervention plan. Goals and actions hang on the case and are the working plan; a
 * version is opened by the first change, proposed (its words frozen in `body`), approved or
 * returned, signed by family and worker, and then active; it replaces the one before. */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include "context.h"

struct action {
	int64_t need_number, goal_seq, seq;
	const char *what, *actor, *actor_name, *service, *starts_on, *due_on, *status, *done_on, *result;
	int64_t revision;
	bool is_overdue;
};
struct goal {
	int64_t need_number, seq;       /* shown as 1.2 */
	const char *statement, *plain, *expected_change;
	bool has_baseline, has_target;
	double baseline, target;        /* severity now and hoped for */
	const char *due_on, *status;
	int progress;
	const char *status_reason, *strengths; /* "1,2" */
	const char *also_needs;         /* "3,4": other needs it answers */
	int64_t since_version, until_version; /* until 0: still in the plan */
	int64_t revision;
	bool is_overdue;
	size_t n_actions;
	struct action *action;
};
struct goals { size_t n; struct goal *item; };
struct signature { const char *party, *name, *method; int64_t signed_at; };
struct plan {
	int64_t version;
	const char *status;             /* draft, proposed, returned, approved, active, replaced */
	const char *contact_schedule, *review_on, *started_on, *active_on;
	int64_t proposed_at, approved_at; /* 0: not */
	const char *proposed_by_name, *approved_by_name, *returned_comment;
	const char *body;               /* JSON as proposed; "" before */
	int64_t revision;
	size_t n_signatures;
	struct signature *signature;
};
struct plans { size_t n; struct plan *item; };

/* Newest version; ERR_NOT_FOUND when there is none yet. */
enum err plan_load(const struct context *c, int64_t casefile_id, struct plan **out);
enum err plan_by_version(const struct context *c, int64_t casefile_id, int64_t version, struct plan **out);
/* The version in force (active); ERR_NOT_FOUND without. */
enum err plan_active(const struct context *c, int64_t casefile_id, struct plan **out);
/* Newest first, without bodies. */
enum err plan_list(const struct context *c, int64_t casefile_id, struct plans *out);
/* Goals by number with their actions. Staff: the working plan (with_dropped: what left it too), without goals of needs
 * above the actor's sensitivity. A beneficiary: the words of the version agreed, with today's progress. */
enum err plan_goals(const struct context *c, int64_t casefile_id, bool with_dropped, struct goals *out);

/* Each opens a draft version when none is open (ERR_CONFLICT while one is proposed). Sets the number. */
enum err goal_create(const struct context *c, int64_t casefile_id, struct goal *goal);
enum err goal_update(const struct context *c, int64_t casefile_id, const struct goal *goal);
/* Out of the plan, with a reason; never in force: deleted. */
enum err goal_drop(const struct context *c, int64_t casefile_id, int64_t need_number, int64_t seq, const char *reason);
enum err action_create(const struct context *c, int64_t casefile_id, struct action *action);
enum err action_update(const struct context *c, int64_t casefile_id, const struct action *action);
enum err action_drop(const struct context *c, int64_t casefile_id, int64_t need_number, int64_t goal_seq, int64_t seq, const char *reason);
/* Work on the plan in force, without a new version: status, progress, reason of a goal; status, result of an action. */
enum err goal_progress(const struct context *c, int64_t casefile_id, const struct goal *goal);
enum err action_progress(const struct context *c, int64_t casefile_id, const struct action *action);
/* Contact schedule and review date of the open draft version. */
enum err plan_update(const struct context *c, int64_t casefile_id, const struct plan *plan);

/* Freezes the words: draft or returned → proposed. */
enum err plan_propose(const struct context *c, int64_t casefile_id);
/* When to come: from months after the signature, every so many days; closed by every_days 0. */
struct contact_phase { int from_month, every_days; };
/* Signed by both already, it comes into force at once: cadence as for plan_sign. */
enum err plan_approve(const struct context *c, int64_t casefile_id, const char *comment, const struct contact_phase *cadence);
/* comment is required. */
enum err plan_return(const struct context *c, int64_t casefile_id, const char *comment);
/* party: client or worker. Once approved and signed by both it becomes active: the version before is replaced, and the
 * visits of the contact schedule are laid into the worker's agenda. cadence NULL or empty: none. is_active may be NULL. */
enum err plan_sign(const struct context *c, int64_t casefile_id, int64_t version, const char *party, const char *name,
                   int64_t person_id, const char *method, const struct contact_phase *cadence, bool *is_active);

/* Writes the words of the working plan into every version that was proposed and has none: for the seed. */
enum err plan_freeze(const struct context *c, int64_t casefile_id);

/* The unbroken chain's gaps, as counts and as rows to show. */
struct orphan { const char *kind; /* need_without_goal, goal_without_need, goal_without_action, goal_without_change, action_without_actor, action_without_date */
                int64_t need_number, goal_seq, action_seq; };
struct orphans { size_t n; struct orphan *item; };
enum err plan_orphans(const struct context *c, int64_t casefile_id, struct orphans *out);

/* Plans (and closures) waiting for a decision in the actor's scope, oldest first. */
struct approval { const char *kind; /* plan, closure */ const char *number, *title, *title_latin, *office_name, *owner_name, *proposed_by_name, *stage_due_on, *risk_level;
                  int64_t version, since; int goals; };
struct approvals { size_t n; struct approval *item; };
/* The hundred that wait longest, the oldest first; and how many there are. */
enum err plan_approvals(const struct context *c, struct approvals *out);
enum err plan_count_approvals(const struct context *c, int64_t *n);

#endif
