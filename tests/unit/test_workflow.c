/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps of the workflow: guards from facts, permission and role, comments, the plan that
 * follows, deadlines by working days and risk, the trail. */
#include "model_fixture.h"

#include "country/workflow.h"
#include "model/need.h"
#include "model/plan.h"

static struct stage stages[] = {
	{ .key = "notice", .label = "Notice", .status = "registered", .on_trail = true, .deadline_days = 3, .deadline_is_working_days = true,
	  .deadline_by_risk = { 0, 0, 1 } },
	{ .key = "planning", .label = "Planning", .status = "in_planning", .on_trail = true, .deadline_days = 10 },
	{ .key = "approval", .label = "Approval", .status = "plan_pending_approval", .deadline_days = 5 },
	{ .key = "active", .label = "Implementation", .status = "active", .on_trail = true },
	{ .key = "closed", .label = "Closed", .status = "closed", .on_trail = true },
};
static struct transition_rule rules[] = {
	{ .name = "begin", .label = "Begin planning", .from = (const char *[]){ "notice" }, .n_from = 1, .to = "planning", .n_guards = 1, .guard = { GUARD_CONSENT_GIVEN } },
	{ .name = "propose", .label = "Send for approval", .from = (const char *[]){ "planning" }, .n_from = 1, .to = "approval", .n_guards = 3,
	  .guard = { GUARD_GOALS_FOR_NEEDS, GUARD_ACTIONS_COMPLETE, GUARD_REVIEW_DATED }, .permission = PERM_PLAN_EDIT },
	{ .name = "approve", .label = "Approve", .from = (const char *[]){ "approval" }, .n_from = 1, .to = "active", .permission = PERM_PLAN_APPROVE,
	  .roles = (const char *[]){ "supervisor" }, .n_roles = 1 },
	{ .name = "return", .label = "Return", .from = (const char *[]){ "approval" }, .n_from = 1, .to = "planning", .permission = PERM_PLAN_APPROVE, .needs_comment = true },
	{ .name = "close", .label = "Close", .from = (const char *[]){ "active" }, .n_from = 1, .to = "closed", .needs_comment = true },
	{ .name = "reopen", .label = "Reopen", .from = (const char *[]){ "closed" }, .n_from = 1, .to = "planning", .within_months = 6 },
};
static struct cadence_phase cadence[] = { { 1, 14 }, { 7, 60 } };
static struct consent_purpose consents[] = { { .key = "case_management", .is_required = true } };
static struct bundle bundle = { .n_stages = 5, .stage = stages, .n_transitions = 6, .transition = rules, .n_cadence = 2, .cadence = cadence,
	.n_consents = 1, .consent = consents, .review_max_months = 3, .zone = "UTC" };

static enum err move(struct fixture *f, const struct actor *actor, const char *number, const char *name, const char *comment, const struct guard_state **blocked)
{
	struct context c = as(f, actor);
	struct casefile *casefile;
	HOLDS(f, casefile_load(&c, number, &casefile));
	return workflow_move(&c, &bundle, casefile, name, &(struct step_told){ .comment = comment }, blocked);
}

static struct casefile *load(struct fixture *f, const char *number)
{
	struct casefile *casefile;
	HOLDS(f, casefile_load(&f->c, number, &casefile));
	return casefile;
}

static void guards_stand_in_the_way(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	const struct guard_state *blocked;
	struct steps steps;
	HOLDS(f, consent_withdraw(&f->c, family->id, 1, "Mariam"));
	HOLDS(f, workflow_steps(&f->c, &bundle, family, &steps));
	assert_int_equal(steps.n, 1);
	assert_false(steps.item[0].is_open);
	assert_non_null(steps.item[0].guard[0].message);
	FAILS(f, ERR_CONFLICT, move(f, &f->worker, family->number, "begin", NULL, &blocked));
	assert_int_equal(blocked->guard, GUARD_CONSENT_GIVEN);
	FAILS(f, ERR_CONFLICT, move(f, &f->worker, family->number, "close", "no", NULL));
	FAILS(f, ERR_CONFLICT, move(f, &f->worker, family->number, "nonsense", "no", NULL));
	struct actor powerless = f->worker;
	powerless.permissions = 0;
	FAILS(f, ERR_FORBIDDEN, move(f, &powerless, family->number, "begin", NULL, NULL));
	struct context c = as(f, &powerless);
	HOLDS(f, workflow_steps(&c, &bundle, family, &steps));
	assert_int_equal(steps.n, 0);
	assert_string_equal(load(f, family->number)->stage, "notice");
}

static void plan_of(struct fixture *f, int64_t id)
{
	struct need need = { .dimension = "housing", .statement_objective = "Roof leaks" };
	struct goal goal = { .need_number = 1, .statement = "Dry", .expected_change = "No leak", .due_on = "2026-12-15" };
	struct action action = { .need_number = 1, .goal_seq = 1, .what = "Mend", .actor = "provider", .actor_name = "Town", .due_on = "2026-11-30" };
	struct plan plan = { .review_on = "2027-01-18" };
	HOLDS(f, need_create(&f->c, id, &need));
	HOLDS(f, goal_create(&f->c, id, &goal));
	HOLDS(f, action_create(&f->c, id, &action));
	HOLDS(f, plan_update(&f->c, id, &plan));
}

static void the_plan_follows_the_steps(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	struct plan *plan;
	HOLDS(f, move(f, &f->worker, family->number, "begin", NULL, NULL));
	plan_of(f, family->id);
	HOLDS(f, move(f, &f->worker, family->number, "propose", NULL, NULL));
	HOLDS(f, plan_load(&f->c, family->id, &plan));
	assert_string_equal(plan->status, "proposed");
	FAILS(f, ERR_FORBIDDEN, move(f, &f->worker, family->number, "approve", NULL, NULL));
	FAILS(f, ERR_INVALID, move(f, &f->supervisor, family->number, "return", " ", NULL));
	HOLDS(f, move(f, &f->supervisor, family->number, "return", "Which roofer?", NULL));
	HOLDS(f, plan_load(&f->c, family->id, &plan));
	assert_string_equal(plan->status, "returned");
	HOLDS(f, move(f, &f->worker, family->number, "propose", NULL, NULL));
	HOLDS(f, plan_sign(&f->c, family->id, 1, "client", "Mariam", 0, "tablet", NULL, NULL));
	HOLDS(f, plan_sign(&f->c, family->id, 1, "worker", "Anahit", 0, "tablet", NULL, NULL));
	HOLDS(f, move(f, &f->supervisor, family->number, "approve", NULL, NULL));
	HOLDS(f, plan_active(&f->c, family->id, &plan));
	HOLDS(f, move(f, &f->worker, family->number, "close", "All reached.", NULL));
	assert_string_equal(load(f, family->number)->closed_on, TODAY);
	/* reopening is for six months */
	struct actor later = f->worker;
	snprintf(later.today, sizeof later.today, "2027-06-01");
	FAILS(f, ERR_CONFLICT, move(f, &later, family->number, "reopen", NULL, NULL));
	HOLDS(f, move(f, &f->worker, family->number, "reopen", NULL, NULL));
	assert_string_equal(load(f, family->number)->closed_on, "");
	struct transition_rows rows;
	HOLDS(f, casefile_transitions(&f->c, family->id, &rows));
	assert_int_equal(rows.n, 7);
	assert_string_equal(rows.item[2].comment, "Which roofer?");
}

static void two_people_cannot_take_one_step(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	HOLDS(f, workflow_move(&f->c, &bundle, family, "begin", &(struct step_told){ 0 }, NULL));
	FAILS(f, ERR_CONFLICT, workflow_move(&f->c, &bundle, family, "begin", &(struct step_told){ 0 }, NULL));
}

static void deadlines_count_working_days_and_risk(void **state)
{
	struct fixture *f = *state;
	/* Thursday and three working days: Tuesday. */
	assert_string_equal(workflow_due(&bundle, "notice", "low", "2026-11-19", f->arena), "2026-11-24");
	assert_string_equal(workflow_due(&bundle, "notice", "high", "2026-11-19", f->arena), "2026-11-20");
	assert_string_equal(workflow_due(&bundle, "planning", "", "2026-11-19", f->arena), "2026-11-29");
	assert_string_equal(workflow_due(&bundle, "active", "high", "2026-11-19", f->arena), "");
	assert_string_equal(workflow_due(&bundle, "nowhere", "high", "2026-11-19", f->arena), "");
	const struct contact_phase *phases = workflow_cadence(&bundle, f->arena);
	assert_int_equal(phases[1].every_days, 60);
	assert_int_equal(phases[2].every_days, 0);
}

static void the_trail_shows_where_the_case_stands(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	struct trail trail;
	HOLDS(f, move(f, &f->worker, family->number, "begin", NULL, NULL));
	plan_of(f, family->id);
	HOLDS(f, move(f, &f->worker, family->number, "propose", NULL, NULL));
	HOLDS(f, workflow_trail(&f->c, &bundle, load(f, family->number), &trail));
	assert_int_equal(trail.n, 4);
	assert_int_equal(trail.item[0].state, STOP_DONE);
	assert_string_equal(trail.item[0].since, TODAY);
	assert_int_equal(trail.item[1].state, STOP_NOW);
	assert_int_equal(trail.item[2].state, STOP_AHEAD);
	assert_string_equal(trail.item[3].stage->key, "closed");
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
int main(void)
{
	const struct CMUnitTest tests[] = {
		T(guards_stand_in_the_way), T(the_plan_follows_the_steps), T(two_people_cannot_take_one_step), T(deadlines_count_working_days_and_risk),
		T(the_trail_shows_where_the_case_stands),
	};
	return RUN_TESTS(tests);
}
