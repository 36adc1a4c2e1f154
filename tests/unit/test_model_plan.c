/* SPDX-License-Identifier: Apache-2.0
 *
 * From assessment to a plan in force: groups saved apart, needs numbered for life, the plan
 * frozen, returned, approved, signed, and the visits it lays. */
#include "model_fixture.h"

#include "model/activity.h"
#include "model/assessment.h"
#include "model/event.h"
#include "model/facts.h"
#include "model/need.h"
#include "model/plan.h"
#include "model/week.h"

static struct new_need housing = { .dimension = "housing", .statement_objective = "Roof leaks", .statement_subjective = "The children are cold",
	.question = "housing_situation", .has_severity = true, .severity = 5, .meaning = 1 };
static struct new_need violence = { .dimension = "family", .statement_objective = "Violence at home", .question = "family_situation",
	.sensitivity = "violence", .has_severity = true, .severity = 4, .meaning = 2 };
static struct new_need strength = { .is_strength = true, .dimension = "network", .statement_objective = "Close family", .question = "network_strengths" };

static struct assessment *submitted(struct fixture *f, int64_t casefile_id, double score, struct new_need *needs, size_t n)
{
	struct assessment *a;
	struct new_score scores[] = { { .dimension = "housing", .has_score = true, .score = score, .meaning = 2, .word = "In crisis" }, { .dimension = "work" } };
	struct assessment_result result = { .answers = "{\"housing\":{\"severity\":5}}", .has_score = true, .score = score, .risk_level = "high",
		.n_scores = 2, .score_of = scores, .n_needs = n, .need = needs };
	HOLDS(f, assessment_start(&f->c, casefile_id, "assessment", "assessment", f->form_version, "initial", NULL, &a));
	HOLDS(f, assessment_submit(&f->c, casefile_id, a->seq, 0, &result));
	HOLDS(f, assessment_load(&f->c, casefile_id, a->seq, &a));
	return a;
}

static void groups_are_saved_apart(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	struct assessment *a, *b;
	HOLDS(f, assessment_start(&f->c, family->id, "assessment", "assessment", f->form_version, "initial", NULL, &a));
	FAILS(f, ERR_CONFLICT, assessment_start(&f->c, family->id, "assessment", "assessment", f->form_version, "initial", NULL, &b));
	assert_int_equal(b->seq, a->seq);
	HOLDS(f, assessment_save_group(&f->c, family->id, a->seq, "housing", 0, "{\"severity\":\"5\"}", "done", &a));
	HOLDS(f, assessment_save_group(&f->c, family->id, a->seq, "work", 0, "{\"severity\":\"2\"}", "started", &a));
	FAILS(f, ERR_CONFLICT, assessment_save_group(&f->c, family->id, a->seq, "housing", 0, "{\"severity\":\"1\"}", "done", &a));
	assert_string_equal(a->answers, "{\"housing\":{\"severity\":\"5\"},\"work\":{\"severity\":\"2\"}}");
	struct group_state state_of = group_state_of(&f->c, a->group_states, "housing");
	assert_int_equal(state_of.revision, 1);
	assert_string_equal(state_of.saved_by, "anahit");
	assert_int_equal(state_of.saved_at, NOW);
	HOLDS(f, assessment_save_group(&f->c, family->id, a->seq, "housing", 1, "{\"severity\":\"4\"}", "done", &a));
	FAILS(f, ERR_BAD_REQUEST, assessment_save_group(&f->c, family->id, a->seq, "x\"y", 0, "{}", "done", &a));
}

static void needs_keep_their_numbers(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	struct needs needs;
	f->worker.sensitivity = 1;
	struct new_need all[] = { housing, violence, strength };
	struct assessment *first = submitted(f, family->id, 26, all, 3);
	assert_string_equal(first->status, "submitted");
	HOLDS(f, need_list(&f->c, family->id, &needs));
	assert_int_equal(needs.n, 3);
	assert_int_equal(needs.item[1].number, 2);
	assert_string_equal(needs.item[1].sensitivity, "violence");
	assert_true(needs.item[2].is_strength);
	assert_int_equal(needs.item[2].number, 1);
	struct need by_hand = { .dimension = "work", .statement_objective = "Out of work" };
	HOLDS(f, need_create(&f->c, family->id, &by_hand));
	assert_int_equal(by_hand.number, 3);
	HOLDS(f, need_settle(&f->c, family->id, false, 3, "set_aside", "found work"));
	FAILS(f, ERR_INVALID, need_settle(&f->c, family->id, false, 2, "set_aside", " "));
	struct need fourth = { .dimension = "work", .statement_objective = "Out of work again" };
	HOLDS(f, need_create(&f->c, family->id, &fourth));
	assert_int_equal(fourth.number, 4);
	/* The second round finds the same need: same number, new severity; what is new is numbered on. */
	housing.severity = 3;
	struct new_need documents = { .dimension = "documents", .statement_objective = "Passport expired", .question = "documents_situation" };
	struct new_need again[] = { housing, documents };
	struct assessment *second = submitted(f, family->id, 31, again, 2);
	HOLDS(f, need_list(&f->c, family->id, &needs));
	assert_int_equal(needs.n, 6);
	assert_true(needs.item[0].severity == 3);
	assert_int_equal(needs.item[4].number, 5);
	struct score_rows scores;
	HOLDS(f, assessment_scores(&f->c, family->id, second->seq, &scores));
	assert_int_equal(scores.n, 2);
	assert_true(scores.item[0].has_baseline && scores.item[0].baseline == 26 && scores.item[0].score == 31);
	assert_false(scores.item[1].has_score);
	HOLDS(f, assessment_scores(&f->c, family->id, first->seq, &scores));
	assert_false(scores.item[0].has_baseline);
	HOLDS(f, casefile_load(&f->c, family->number, &family));
	assert_true(family->last_score == 31 && family->first_score == 26);
	assert_string_equal(family->risk_level, "high");
	assert_int_equal(family->needs_open, 4);
	int64_t order[] = { 4, 1 };
	HOLDS(f, need_rank(&f->c, family->id, order, 2));
	HOLDS(f, need_list(&f->c, family->id, &needs));
	assert_int_equal(needs.item[0].client_priority, 2);
	assert_int_equal(needs.item[3].client_priority, 1);
	struct actor blind = f->worker;
	blind.sensitivity = 0;
	struct context c = as(f, &blind);
	HOLDS(f, need_list(&c, family->id, &needs));
	assert_int_equal(needs.n, 5);
	assert_int_equal(needs.n_hidden, 1);
}

static void amending_takes_a_reason(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	struct assessment *a = submitted(f, family->id, 26, &housing, 1);
	struct assessment_result result = { .answers = "{}", .has_score = true, .score = 28 };
	FAILS(f, ERR_CONFLICT, assessment_submit(&f->c, family->id, a->seq, 0, &result));
	FAILS(f, ERR_INVALID, assessment_amend(&f->c, family->id, a->seq, a->revision, &result, ""));
	HOLDS(f, assessment_amend(&f->c, family->id, a->seq, a->revision, &result, "misheard"));
	FAILS(f, ERR_CONFLICT, assessment_amend(&f->c, family->id, a->seq, a->revision, &result, "twice"));
	HOLDS(f, assessment_latest(&f->c, family->id, "assessment", &a));
	assert_string_equal(a->status, "amended");
	assert_true(a->score == 28);
}

static struct goal one_goal(int64_t need)
{
	return (struct goal){ .need_number = need, .statement = "A warm, dry room", .plain = "The children sleep warm",
		.expected_change = "18 degrees on three visits", .due_on = "2026-12-15", .has_baseline = true, .baseline = 5, .has_target = true, .target = 3 };
}

static int64_t count(struct fixture *f, const char *sql)
{
	int64_t n = -1;
	HOLDS(f, db_int(f->db, &f->why, &n, sql, ""));
	return n;
}

static void a_plan_comes_into_force(void **state)
{
	static const struct contact_phase cadence[] = { { 1, 14 }, { 3, 30 }, { 7, 60 }, { 0, 0 } };
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	struct context supervisor = as(f, &f->supervisor);
	struct orphans orphans;
	struct plan *plan;
	struct goals goals;
	submitted(f, family->id, 26, &housing, 1);
	HOLDS(f, plan_orphans(&f->c, family->id, &orphans));
	assert_int_equal(orphans.n, 1);
	assert_string_equal(orphans.item[0].kind, "need_without_goal");
	FAILS(f, ERR_NOT_FOUND, plan_load(&f->c, family->id, &plan));
	struct goal goal = one_goal(1), bad = one_goal(9);
	FAILS(f, ERR_INVALID, goal_create(&f->c, family->id, &bad));
	HOLDS(f, goal_create(&f->c, family->id, &goal));
	HOLDS(f, plan_orphans(&f->c, family->id, &orphans));
	assert_string_equal(orphans.item[0].kind, "goal_without_action");
	struct action action = { .need_number = 1, .goal_seq = 1, .what = "Mend the roof", .actor = "provider", .due_on = "" };
	HOLDS(f, action_create(&f->c, family->id, &action));
	HOLDS(f, plan_orphans(&f->c, family->id, &orphans));
	assert_int_equal(orphans.n, 2);
	action.actor_name = "Municipality";
	action.due_on = "2026-11-19";
	action.revision = 1;
	HOLDS(f, action_update(&f->c, family->id, &action));
	FAILS(f, ERR_CONFLICT, action_update(&f->c, family->id, &action));
	HOLDS(f, plan_orphans(&f->c, family->id, &orphans));
	assert_int_equal(orphans.n, 0);
	HOLDS(f, plan_load(&f->c, family->id, &plan));
	plan->review_on = "2027-01-18";
	plan->contact_schedule = "Every two weeks";
	HOLDS(f, plan_update(&f->c, family->id, plan));
	HOLDS(f, plan_propose(&f->c, family->id));
	FAILS(f, ERR_CONFLICT, goal_create(&f->c, family->id, &(struct goal){ .need_number = 1, .statement = "x", .expected_change = "y", .due_on = "2026-12-01" }));
	struct approvals approvals;
	int64_t n;
	/* the workflow's step: the case waits as its plan does */
	HOLDS(f, db_run(f->db, &f->why, SQL("UPDATE casefile SET status = 'plan_pending_approval' WHERE id = ?"), "i", family->id));
	HOLDS(f, plan_approvals(&supervisor, &approvals));
	assert_int_equal(approvals.n, 1);
	HOLDS(f, plan_count_approvals(&supervisor, &n));
	assert_int_equal(n, 1);
	assert_int_equal(approvals.item[0].goals, 1);
	struct context elsewhere = as(f, &f->elsewhere);
	HOLDS(f, plan_approvals(&elsewhere, &approvals));
	assert_int_equal(approvals.n, 0);
	HOLDS(f, plan_count_approvals(&elsewhere, &n));
	assert_int_equal(n, 0);
	/* Returned once, with a comment; what was signed is void. */
	HOLDS(f, plan_sign(&f->c, family->id, 1, "client", "Mariam Grigoryan", 0, "tablet", NULL, NULL));
	FAILS(f, ERR_INVALID, plan_return(&supervisor, family->id, ""));
	HOLDS(f, plan_return(&supervisor, family->id, "Who mends the roof?"));
	assert_int_equal(count(f, SQL("SELECT count(*) FROM signature")), 0);
	struct alerts alerts;
	HOLDS(f, week_alerts(&f->c, 20, &alerts));
	assert_string_equal(alerts.item[0].kind, "plan_returned");
	HOLDS(f, plan_propose(&f->c, family->id));
	HOLDS(f, plan_approve(&supervisor, family->id, NULL, cadence));
	HOLDS(f, plan_sign(&f->c, family->id, 1, "worker", "Anahit Sargsyan", 0, "tablet", cadence, NULL));
	bool is_active = false;
	HOLDS(f, plan_sign(&f->c, family->id, 1, "client", "Mariam Grigoryan", 0, "tablet", cadence, &is_active));
	assert_true(is_active);
	FAILS(f, ERR_CONFLICT, plan_sign(&f->c, family->id, 1, "client", "Mariam Grigoryan", 0, "tablet", cadence, &is_active));
	HOLDS(f, plan_active(&f->c, family->id, &plan));
	assert_int_equal(plan->n_signatures, 2);
	assert_true(strstr(plan->body, "Mend the roof") != NULL);
	int64_t visits = count(f, SQL("SELECT count(*) FROM activity WHERE from_schedule = 1"));
	assert_in_range(visits, 8, 16);
	assert_int_equal(count(f, SQL("SELECT count(*) FROM activity WHERE strftime('%w', planned_at, 'unixepoch') IN ('0', '6')")), 0);
	HOLDS(f, casefile_load(&f->c, family->number, &family));
	assert_string_equal(family->review_on, "2027-01-18");
	assert_true(family->next_contact_at > NOW);
	/* Progress needs no new version; a new goal opens one, and its schedule replaces the first. */
	HOLDS(f, plan_goals(&f->c, family->id, false, &goals));
	goals.item[0].status = "achieved";
	HOLDS(f, goal_progress(&f->c, family->id, &goals.item[0]));
	struct action *mended = &goals.item[0].action[0];
	mended->status = "done";
	HOLDS(f, action_progress(&f->c, family->id, mended));
	HOLDS(f, plan_load(&f->c, family->id, &plan));
	assert_int_equal(plan->version, 1);
	struct goal second = one_goal(1);
	HOLDS(f, goal_create(&f->c, family->id, &second));
	HOLDS(f, plan_load(&f->c, family->id, &plan));
	assert_int_equal(plan->version, 2);
	HOLDS(f, goal_drop(&f->c, family->id, 1, second.seq, NULL));
	FAILS(f, ERR_INVALID, goal_drop(&f->c, family->id, 1, 1, NULL));
	HOLDS(f, goal_drop(&f->c, family->id, 1, 1, "done"));
	HOLDS(f, goal_create(&f->c, family->id, &second));
	HOLDS(f, plan_propose(&f->c, family->id));
	HOLDS(f, plan_sign(&f->c, family->id, 2, "worker", "Anahit", 0, "paper", cadence, NULL));
	HOLDS(f, plan_sign(&f->c, family->id, 2, "client", "Mariam", 0, "paper", cadence, NULL));
	HOLDS(f, plan_approve(&supervisor, family->id, NULL, cadence));
	HOLDS(f, plan_by_version(&f->c, family->id, 1, &plan));
	assert_string_equal(plan->status, "replaced");
	assert_int_equal(count(f, SQL("SELECT count(*) FROM activity WHERE from_schedule = 1")), visits);
	HOLDS(f, plan_goals(&f->c, family->id, false, &goals));
	assert_int_equal(goals.n, 1);
	HOLDS(f, plan_goals(&f->c, family->id, true, &goals));
	assert_int_equal(goals.n, 2);
}

static void the_agenda_follows_the_week(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	struct activity visit = { .casefile_id = family->id, .user_id = f->worker.user_id, .kind = "home_visit", .planned_at = NOW - 3 * 3600, .minutes = 60 };
	struct activity notes = { .user_id = f->worker.user_id, .kind = "documentation", .planned_at = NOW + 3600, .minutes = 90 };
	HOLDS(f, activity_create(&f->c, &visit));
	HOLDS(f, activity_create(&f->c, &notes));
	struct activities agenda;
	struct hours hours;
	HOLDS(f, activity_agenda(&f->c, NOW - 86400, NOW + 86400, &agenda));
	assert_int_equal(agenda.n, 2);
	assert_string_equal(agenda.item[0].number, family->number);
	HOLDS(f, activity_hours(&f->c, NOW - 86400, NOW + 86400, &hours));
	assert_int_equal(hours.total, 150);
	struct alerts alerts;
	HOLDS(f, week_alerts(&f->c, 20, &alerts));
	assert_int_equal(alerts.n, 1);
	assert_string_equal(alerts.item[0].kind, "visit_missed");
	struct context colleague = as(f, &f->colleague);
	struct activity *found;
	FAILS(f, ERR_NOT_FOUND, activity_load(&colleague, visit.id, &found));
	HOLDS(f, activity_close(&f->c, visit.id, "held", NOW - 3 * 3600, "Stove works.", "1.1"));
	FAILS(f, ERR_CONFLICT, activity_close(&f->c, visit.id, "held", NOW, "twice", ""));
	struct events events;
	HOLDS(f, event_list(&f->c, family->id, "visit", 10, 0, &events));
	assert_int_equal(events.n, 1);
	assert_string_equal(events.item[0].message, "Home visit, %1 minutes");
	HOLDS(f, week_alerts(&f->c, 20, &alerts));
	assert_int_equal(alerts.n, 0);
}

static void facts_follow_the_case(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	struct facts facts;
	HOLDS(f, facts_load(&f->c, family->id, "case_management", &facts));
	assert_true(facts.consent_given && facts.worker_assigned && facts.no_open_actions && facts.goals_for_needs);
	assert_false(facts.assessment_submitted || facts.profile_done || facts.needs_ranked || facts.plan_approved || facts.plan_signed);
	submitted(f, family->id, 26, &housing, 1);
	HOLDS(f, facts_load(&f->c, family->id, "case_management", &facts));
	assert_true(facts.assessment_submitted && facts.reassessed);
	assert_false(facts.goals_for_needs || facts.needs_ranked);
	HOLDS(f, consent_withdraw(&f->c, family->id, 1, "Mariam"));
	HOLDS(f, facts_load(&f->c, family->id, "case_management", &facts));
	assert_false(facts.consent_given);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
int main(void)
{
	const struct CMUnitTest tests[] = {
		T(groups_are_saved_apart), T(needs_keep_their_numbers), T(amending_takes_a_reason), T(a_plan_comes_into_force),
		T(the_agenda_follows_the_week), T(facts_follow_the_case),
	};
	return RUN_TESTS(tests);
}
