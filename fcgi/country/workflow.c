/* SPDX-License-Identifier: Apache-2.0
 *
 * The workflow of a case: rules from the bundle, facts from the model. A step is decided
 * again inside its own transaction, and the plan follows it. */
#include "workflow.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "model/facts.h"
#include "model/plan.h"

static const char *const guard_messages[GUARD_COUNT] = {
	[GUARD_CONSENT_GIVEN] = "Consent to case management is recorded and valid",
	[GUARD_WORKER_ASSIGNED] = "A worker is named",
	[GUARD_PROFILE_DONE] = "The profile is finished",
	[GUARD_ASSESSMENT_SUBMITTED] = "The assessment is finished",
	[GUARD_ASSESSMENT_IN_REVIEW] = "A new assessment was finished in this review",
	[GUARD_NEEDS_RANKED] = "The family has ranked its needs",
	[GUARD_GOALS_FOR_NEEDS] = "Every open need has a goal, or is set aside with a reason",
	[GUARD_ACTIONS_COMPLETE] = "Every goal has an action with a name and a date",
	[GUARD_REVIEW_DATED] = "The plan has a review date within the limit",
	[GUARD_PLAN_APPROVED] = "The plan is approved",
	[GUARD_PLAN_SIGNED] = "The plan is signed by the family and the worker",
	[GUARD_GOALS_DECIDED] = "Every goal has its result",
	[GUARD_NO_OPEN_ACTIONS] = "No action is left open",
};

static const char *main_consent(const struct bundle *bundle)
{
	for (size_t i = 0; i < bundle->n_consents; i++)
		if (bundle->consent[i].is_required)
			return bundle->consent[i].key;
	return "case_management";
}

static bool is_review_dated(const struct context *c, const struct bundle *bundle, const struct facts *facts)
{
	char limit[DATE_LEN];
	if (!date_is_valid(facts->review_on))
		return false;
	if (bundle->review_max_months <= 0)
		return true;
	date_add_months(c->actor->today, bundle->review_max_months, limit);
	return strcmp(facts->review_on, c->actor->today) >= 0 && strcmp(facts->review_on, limit) <= 0;
}

const char *workflow_guard_words(enum guard guard)
{
	return guard_messages[guard];
}

static bool guard_holds(const struct context *c, const struct bundle *bundle, const struct facts *f, enum guard guard)
{
	switch (guard) {
	case GUARD_CONSENT_GIVEN: return f->consent_given;
	case GUARD_WORKER_ASSIGNED: return f->worker_assigned;
	case GUARD_PROFILE_DONE: return f->profile_done;
	case GUARD_ASSESSMENT_SUBMITTED: return f->assessment_submitted;
	case GUARD_ASSESSMENT_IN_REVIEW: return f->reassessed;
	case GUARD_NEEDS_RANKED: return f->needs_ranked;
	case GUARD_GOALS_FOR_NEEDS: return f->goals_for_needs;
	case GUARD_ACTIONS_COMPLETE: return f->actions_complete;
	case GUARD_REVIEW_DATED: return is_review_dated(c, bundle, f);
	case GUARD_PLAN_APPROVED: return f->plan_approved;
	case GUARD_PLAN_SIGNED: return f->plan_signed;
	case GUARD_GOALS_DECIDED: return f->goals_decided;
	case GUARD_NO_OPEN_ACTIONS: return f->no_open_actions;
	default: return false;
	}
}

static bool is_one_of(const char *const *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (text_eq(list[i], word))
			return true;
	return false;
}

static bool may_take(const struct actor *actor, const struct transition_rule *rule)
{
	if (actor->kind == ACTOR_SYSTEM)
		return true;
	enum permission needed = rule->permission != PERM_NONE ? rule->permission : PERM_STAGE_CHANGE;
	return actor_can(actor, needed) && (rule->n_roles == 0 || is_one_of(rule->roles, rule->n_roles, actor->role));
}

/* A step that is only open for some months after the case came to its stage: reopening, an appeal. */
static bool is_in_time(const struct context *c, const struct casefile *casefile, const struct transition_rule *rule)
{
	char last[DATE_LEN];
	if (rule->within_months <= 0 || !date_is_valid(casefile->stage_since))
		return true;
	date_add_months(casefile->stage_since, rule->within_months, last);
	return strcmp(c->actor->today, last) <= 0;
}

static void fill_step(const struct context *c, const struct bundle *bundle, const struct facts *facts,
                      const struct transition_rule *rule, struct step *step)
{
	*step = (struct step){ .rule = rule, .is_open = true, .n_guards = rule->n_guards };
	for (size_t i = 0; i < rule->n_guards; i++) {
		bool holds = guard_holds(c, bundle, facts, rule->guard[i]);
		step->guard[i] = (struct guard_state){ rule->guard[i], holds, guard_messages[rule->guard[i]] };
		step->is_open &= holds;
	}
}

enum err workflow_steps(const struct context *c, const struct bundle *bundle, const struct casefile *casefile, struct steps *out)
{
	struct facts facts;
	*out = (struct steps){ .item = arena_array(c->arena, struct step, bundle->n_transitions + 1) };
	enum err err = facts_load(c, casefile->id, main_consent(bundle), &facts);
	for (size_t i = 0; err == OK && i < bundle->n_transitions; i++) {
		const struct transition_rule *rule = &bundle->transition[i];
		if (is_one_of(rule->from, rule->n_from, casefile->stage) && may_take(c->actor, rule) && is_in_time(c, casefile, rule))
			fill_step(c, bundle, &facts, rule, &out->item[out->n++]);
	}
	return err;
}

/* ---- deadlines ---- */

static void add_working_days(const struct bundle *bundle, const char *from, int days, char out[DATE_LEN])
{
	memcpy(out, from, DATE_LEN);
	while (days > 0) {
		date_add_days(out, 1, out);
		if (date_week_position(out, bundle->week_first) < 5)
			days--;
	}
}

static int days_for(const struct stage *stage, const char *risk_level)
{
	static const char *const levels[] = { "low", "medium", "high" };
	for (int i = 0; i < 3; i++)
		if (text_eq(risk_level, levels[i]) && stage->deadline_by_risk[i] > 0)
			return stage->deadline_by_risk[i];
	return stage->deadline_days;
}

const char *workflow_due(const struct bundle *bundle, const char *stage_key, const char *risk_level, const char *from, struct arena *arena)
{
	char date[DATE_LEN];
	const struct stage *stage = bundle_stage(bundle, stage_key);
	int days = stage != NULL ? days_for(stage, risk_level) : 0;
	if (days <= 0 || !date_is_valid(from))
		return "";
	if (stage->deadline_is_working_days)
		add_working_days(bundle, from, days, date);
	else
		date_add_days(from, days, date);
	return arena_strdup(arena, date);
}

const struct stage *workflow_first(const struct bundle *bundle)
{
	return bundle->n_stages > 0 ? &bundle->stage[0] : NULL;
}

const struct contact_phase *workflow_cadence(const struct bundle *bundle, struct arena *arena)
{
	struct contact_phase *out = arena_array(arena, struct contact_phase, bundle->n_cadence + 1);
	for (size_t i = 0; i < bundle->n_cadence; i++)
		out[i] = (struct contact_phase){ bundle->cadence[i].from_month, bundle->cadence[i].every_days };
	return out;
}

/* ---- taking a step ---- */

static enum err follow_plan(const struct context *c, const struct bundle *bundle, const struct casefile *casefile, const char *to, const char *comment)
{
	struct facts facts;
	const struct contact_phase *cadence = workflow_cadence(bundle, c->arena);
	enum err err = facts_load(c, casefile->id, main_consent(bundle), &facts);
	if (err != OK)
		return err;
	bool was_pending = strcmp(casefile->status, "plan_pending_approval") == 0;
	bool is_written = strcmp(facts.plan_status, "draft") == 0 || strcmp(facts.plan_status, "returned") == 0;
	if (strcmp(to, "plan_pending_approval") == 0)
		return is_written ? plan_propose(c, casefile->id) : OK;
	if (was_pending && strcmp(facts.plan_status, "proposed") == 0)
		return strcmp(to, "active") == 0 ? plan_approve(c, casefile->id, comment, cadence) : plan_return(c, casefile->id, comment);
	/* A workflow without approval: agreeing the plan is enough. */
	if (strcmp(casefile->status, "in_planning") == 0 && strcmp(to, "active") == 0 && is_written) {
		err = plan_propose(c, casefile->id);
		return err == OK ? plan_approve(c, casefile->id, comment, cadence) : err;
	}
	return OK;
}

static const struct transition_rule *rule_from(const struct bundle *bundle, const char *name, const char *stage)
{
	const struct transition_rule *rule = bundle_transition(bundle, name);
	return rule != NULL && is_one_of(rule->from, rule->n_from, stage) ? rule : NULL;
}

static enum err check_step(const struct context *c, const struct bundle *bundle, const struct casefile *now, const struct transition_rule *rule,
                           const char *comment, const struct guard_state **blocked)
{
	struct facts facts;
	struct step *step = arena_new_of(c->arena, struct step);
	if (rule == NULL)
		return fail(c->why, ERR_CONFLICT, "no such step from stage %s", now->stage);
	if (!may_take(c->actor, rule))
		return fail(c->why, ERR_FORBIDDEN, "step %s is not for %s", rule->name, c->actor->role);
	if (!is_in_time(c, now, rule))
		return fail(c->why, ERR_CONFLICT, "step %s: more than %d months since %s", rule->name, rule->within_months, now->stage_since);
	if (rule->needs_comment && text_is_blank(comment))
		return fail(c->why, ERR_INVALID, "step %s takes a comment", rule->name);
	enum err err = facts_load(c, now->id, main_consent(bundle), &facts);
	if (err != OK)
		return err;
	fill_step(c, bundle, &facts, rule, step);
	for (size_t i = 0; i < step->n_guards; i++)
		if (!step->guard[i].holds) {
			if (blocked != NULL)
				*blocked = &step->guard[i];
			return fail(c->why, ERR_CONFLICT, "step %s: guard %d does not hold", rule->name, (int)step->guard[i].guard);
		}
	return OK;
}

/* Worker and office before the stage: the step's own event comes last on the timeline. */
static enum err write_told(const struct context *c, const struct bundle *bundle, const struct casefile *now, const struct step_told *told)
{
	const struct office *office = told->office ? bundle_office(bundle, told->office) : NULL;
	enum err err = OK;
	if (office != NULL)
		err = casefile_set_office(c, now->id, office->key, office->area, office->name);
	if (err == OK && told->worker_id != 0)
		err = casefile_assign(c, now->id, told->worker_id, told->comment);
	return err;
}

static enum err write_step(const struct context *c, const struct bundle *bundle, const struct casefile *now, const struct transition_rule *rule,
                           const struct step_told *told)
{
	const struct stage *to = bundle_stage(bundle, rule->to);
	if (to == NULL)
		return fail(c->why, ERR_INTERNAL, "step %s leads to no stage", rule->name);
	enum err err = follow_plan(c, bundle, now, to->status, told->comment);
	if (err == OK)
		err = write_told(c, bundle, now, told);
	bool closes = strcmp(to->status, "closed") == 0, was_closed = now->closed_on[0] != '\0';
	const char *due = told->date && *told->date ? told->date : workflow_due(bundle, to->key, now->risk_level, c->actor->today, c->arena);
	struct casefile_move move = { .name = rule->name, .label = rule->label, .to_stage = to->key, .to_status = to->status, .comment = told->comment,
		.due_on = closes ? NULL : due, .outcome = rule->outcome ? rule->outcome : told->outcome,
		.closes = closes && !was_closed, .reopens = was_closed && !closes };
	return err == OK ? casefile_move(c, now->id, &move) : err;
}

enum err workflow_move(const struct context *c, const struct bundle *bundle, const struct casefile *casefile, const char *transition,
                       const struct step_told *told, const struct guard_state **blocked)
{
	struct casefile *now;
	if (blocked != NULL)
		*blocked = NULL;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = casefile_by_id(c, casefile->id, &now);
	if (err == OK && strcmp(now->stage, casefile->stage) != 0)
		err = fail(c->why, ERR_CONFLICT, "the case moved from %s to %s meanwhile", casefile->stage, now->stage);
	const struct transition_rule *rule = err == OK ? rule_from(bundle, transition, now->stage) : NULL;
	if (err == OK)
		err = check_step(c, bundle, now, rule, told->comment, blocked);
	if (err == OK)
		err = write_step(c, bundle, now, rule, told);
	if (err == OK)
		return db_commit(c->db, c->why);
	db_rollback(c->db);
	return err;
}

/* ---- the trail ---- */

static size_t stage_index(const struct bundle *bundle, const char *key)
{
	for (size_t i = 0; i < bundle->n_stages; i++)
		if (strcmp(bundle->stage[i].key, key) == 0)
			return i;
	return bundle->n_stages;
}

/* The stop the case stands on: its own stage, or the last stop before a stage that is none. */
static size_t stop_now(const struct bundle *bundle, const char *stage)
{
	size_t at = stage_index(bundle, stage), stop = 0;
	for (size_t i = 0; i < bundle->n_stages && i <= at; i++)
		if (bundle->stage[i].on_trail)
			stop = i;
	return stop;
}

static const char *entered_on(const struct context *c, const struct transition_rows *steps, const char *stage)
{
	char date[DATE_LEN];
	for (size_t i = steps->n; i > 0; i--)
		if (strcmp(steps->item[i - 1].to_stage, stage) == 0) {
			date_of_instant(steps->item[i - 1].at, c->zone, date);
			return arena_strdup(c->arena, date);
		}
	return "";
}

enum err workflow_trail(const struct context *c, const struct bundle *bundle, const struct casefile *casefile, struct trail *out)
{
	struct transition_rows steps;
	*out = (struct trail){ .item = arena_array(c->arena, struct trail_stop, bundle->n_stages + 1) };
	enum err err = casefile_transitions(c, casefile->id, &steps);
	size_t now = stop_now(bundle, casefile->stage);
	for (size_t i = 0; err == OK && i < bundle->n_stages; i++) {
		const struct stage *stage = &bundle->stage[i];
		if (!stage->on_trail)
			continue;
		struct trail_stop *stop = &out->item[out->n++];
		*stop = (struct trail_stop){ .stage = stage, .state = i < now ? STOP_DONE : i == now ? STOP_NOW : STOP_AHEAD, .since = "", .due_on = "" };
		if (i <= now)
			stop->since = i == 0 ? casefile->opened_on : entered_on(c, &steps, stage->key);
		if (i == now)
			stop->due_on = casefile->stage_due_on;
	}
	return err;
}
