/* SPDX-License-Identifier: Apache-2.0
 *
 * The portal's connection: one case, without what is for staff only. Everything else is closed
 * in the database layer, whatever a page would ask. */
#include "model_fixture.h"

#include <sys/stat.h>

#include "model/activity.h"
#include "model/assessment.h"
#include "model/event.h"
#include "model/need.h"
#include "model/plan.h"
#include "model/portal_door.h"
#include "model/session.h"

struct portal { struct fixture *f; struct db *db; struct actor family; struct context c; struct casefile *mine, *other; };

static struct goal a_goal(int64_t need, const char *plain)
{
	return (struct goal){ .need_number = need, .statement = "Statement", .plain = plain, .expected_change = "Change", .due_on = "2026-12-15" };
}

static void write_plan(struct fixture *f, int64_t id)
{
	struct need roof = { .dimension = "housing", .statement_objective = "Roof leaks" };
	struct need secret = { .dimension = "family", .statement_objective = "Violence", .sensitivity = "violence" };
	struct goal warm = a_goal(1, "The room is warm"), safe = a_goal(2, "She is safe");
	struct action mend = { .need_number = 1, .goal_seq = 1, .what = "Mend the roof", .actor = "provider", .actor_name = "Town", .due_on = "2026-11-19" };
	struct action hide = { .need_number = 2, .goal_seq = 1, .what = "Find a shelter", .actor = "provider", .actor_name = "Shelter",
		.service = "shelter", .due_on = "2026-11-19" };
	HOLDS(f, need_create(&f->c, id, &roof));
	HOLDS(f, need_create(&f->c, id, &secret));
	HOLDS(f, goal_create(&f->c, id, &warm));
	HOLDS(f, goal_create(&f->c, id, &safe));
	HOLDS(f, action_create(&f->c, id, &mend));
	HOLDS(f, action_create(&f->c, id, &hide));
	HOLDS(f, plan_propose(&f->c, id));
	HOLDS(f, plan_sign(&f->c, id, 1, "worker", "Anahit", 0, "tablet", NULL, NULL));
	HOLDS(f, plan_approve(&f->c, id, NULL, NULL));
}

static struct portal *open_portal(void **state)
{
	struct fixture *f = *state;
	struct portal *p = arena_new_of(f->arena, struct portal);
	p->f = f;
	p->mine = fixture_family(f);
	p->other = fixture_family(f);
	write_plan(f, p->mine->id);
	write_plan(f, p->other->id);
	HOLDS(f, event_note(&f->c, p->mine->id, "Staff only.", "", "staff", NULL));
	HOLDS(f, event_note(&f->c, p->mine->id, "For the family.", "", "shared", NULL));
	HOLDS(f, audit_view(&f->c, "casefile", p->mine->number, p->mine->id));
	HOLDS(f, audit_absorb(f->db, f->dir, &f->why, NULL));
	HOLDS(f, db_open(&p->db, f->path, DB_PORTAL, &f->why));
	db_limit_to_casefile(p->db, p->mine->id);
	p->family = (struct actor){ .kind = ACTOR_BENEFICIARY, .username = "beneficiary", .name = "Mariam", .role = "", .office = "", .area = "",
		.person_id = 1, .casefile_id = p->mine->id, .now = NOW, .today = TODAY };
	p->c = f->c;
	p->c.db = p->db;
	p->c.actor = &p->family;
	return p;
}

static void the_family_reads_its_plan(void **state)
{
	struct portal *p = open_portal(state);
	struct casefile *found;
	struct goals goals;
	struct events events;
	struct members members;
	struct needs needs;
	struct openers openers;
	struct activities visits;
	HOLDS(p->f, casefile_load(&p->c, p->mine->number, &found));
	assert_string_equal(found->owner_name, "anahit");
	assert_string_equal(found->owner, "");
	HOLDS(p->f, plan_goals(&p->c, p->mine->id, false, &goals));
	assert_int_equal(goals.n, 1);
	assert_string_equal(goals.item[0].plain, "The room is warm");
	assert_int_equal(goals.item[0].n_actions, 1);
	assert_string_equal(goals.item[0].action[0].what, "Mend the roof");
	HOLDS(p->f, need_list(&p->c, p->mine->id, &needs));
	assert_int_equal(needs.n, 1);
	HOLDS(p->f, event_list(&p->c, p->mine->id, "note", 10, 0, &events));
	assert_int_equal(events.n, 1);
	assert_string_equal(events.item[0].quote, "For the family.");
	HOLDS(p->f, household_list(&p->c, p->mine->id, &members));
	assert_int_equal(members.n, 2);
	assert_string_equal(members.item[0].person->date_of_birth, "1992-03-04");
	assert_string_equal(members.item[0].person->identifier_value, "");
	assert_string_equal(members.item[1].person->date_of_birth, "");
	HOLDS(p->f, audit_openers(&p->c, p->mine->id, 0, &openers));
	assert_int_equal(openers.n, 1);
	assert_string_equal(openers.item[0].name, "anahit");
	int64_t readers;
	HOLDS(p->f, audit_count_openers(&p->c, p->mine->id, 0, "beneficiary", &readers));
	assert_int_equal(readers, 1);
	HOLDS(p->f, audit_count_openers(&p->c, p->other->id, 0, "", &readers));
	assert_int_equal(readers, 0);
	HOLDS(p->f, activity_list(&p->c, p->mine->id, 10, &visits));
	db_close(p->db);
}

static void the_words_agreed_stay_until_the_next_are(void **state)
{
	struct portal *p = open_portal(state);
	struct goals goals;
	HOLDS(p->f, plan_sign(&p->c, p->mine->id, 1, "client", "Mariam", 1, "portal", NULL, NULL));
	HOLDS(p->f, plan_goals(&p->f->c, p->mine->id, false, &goals));
	struct goal changed = goals.item[0];
	changed.plain = "Not yet agreed";
	HOLDS(p->f, goal_update(&p->f->c, p->mine->id, &changed));
	HOLDS(p->f, plan_goals(&p->c, p->mine->id, false, &goals));
	assert_string_equal(goals.item[0].plain, "The room is warm");
	struct plan *plan;
	HOLDS(p->f, plan_load(&p->c, p->mine->id, &plan));
	assert_string_equal(plan->status, "active");
	db_close(p->db);
}

static char *text_of(struct portal *p, const char *sql)
{
	char *text = NULL;
	if (db_text(p->db, &p->f->why, p->f->arena, &text, sql, "") != OK)
		print_error("%s: %s\n", sql, p->f->why.detail);
	return text;
}

/* The family may not know that the office knows: the phone is shared. */
static void what_is_sensitive_has_no_trace(void **state)
{
	struct portal *p = open_portal(state);
	struct activity secret = { .casefile_id = p->mine->id, .user_id = 1, .kind = "supervision", .planned_at = NOW + 3600, .minutes = 30, .place = "Court" };
	struct activities coming;
	HOLDS(p->f, activity_create(&p->f->c, &secret));
	assert_non_null(strstr(text_of(p, "SELECT body FROM plan"), "The room is warm"));
	assert_null(strstr(text_of(p, "SELECT body FROM plan"), "She is safe"));
	assert_string_equal(text_of(p, "SELECT group_concat(need_number || ifnull(service, '')) FROM action"), "1");
	assert_string_equal(text_of(p, "SELECT group_concat(need_number) FROM goal"), "1");
	assert_string_equal(text_of(p, "SELECT count(*) FROM activity"), "0");
	assert_string_equal(text_of(p, "SELECT actor FROM access_log"), "user 1");
	HOLDS(p->f, activity_coming(&p->c, p->mine->id, 10, &coming));
	assert_int_equal(coming.n, 0);
	db_close(p->db);
}

static void what_comes_next_is_told(void **state)
{
	struct portal *p = open_portal(state);
	struct activity late = { .casefile_id = p->mine->id, .user_id = 1, .kind = "home_visit", .planned_at = NOW - 7200, .minutes = 60, .place = "Home" };
	struct activity now = late, next = late, other = late;
	struct activities coming;
	now.planned_at = NOW - 600;
	next.planned_at = NOW + 86400;
	other.casefile_id = p->other->id;
	other.planned_at = NOW + 60;
	HOLDS(p->f, activity_create(&p->f->c, &next));
	HOLDS(p->f, activity_create(&p->f->c, &now));
	HOLDS(p->f, activity_create(&p->f->c, &late));
	HOLDS(p->f, activity_create(&p->f->c, &other));
	HOLDS(p->f, activity_coming(&p->c, p->mine->id, 10, &coming));
	assert_int_equal(coming.n, 2);
	assert_int_equal(coming.item[0].planned_at, NOW - 600);
	assert_string_equal(coming.item[1].user_name, "anahit");
	assert_string_equal(coming.item[1].purpose, "");
	HOLDS(p->f, activity_coming(&p->c, p->other->id, 10, &coming));
	assert_int_equal(coming.n, 0);
	db_close(p->db);
}

static void nothing_of_others_is_there(void **state)
{
	struct portal *p = open_portal(state);
	struct casefile *found;
	struct goals goals;
	struct members members;
	struct consents consents;
	struct person *person;
	struct plan *plan;
	FAILS(p->f, ERR_NOT_FOUND, casefile_load(&p->c, p->other->number, &found));
	FAILS(p->f, ERR_NOT_FOUND, casefile_by_id(&p->c, p->other->id, &found));
	HOLDS(p->f, plan_goals(&p->c, p->other->id, false, &goals));
	assert_int_equal(goals.n, 0);
	HOLDS(p->f, household_list(&p->c, p->other->id, &members));
	assert_int_equal(members.n, 0);
	HOLDS(p->f, consent_list(&p->c, p->other->id, &consents));
	assert_int_equal(consents.n, 0);
	FAILS(p->f, ERR_NOT_FOUND, person_load(&p->c, 3, &person));
	FAILS(p->f, ERR_NOT_FOUND, plan_load(&p->c, p->other->id, &plan));
	db_limit_to_casefile(p->db, 0);
	FAILS(p->f, ERR_NOT_FOUND, casefile_load(&p->c, p->mine->number, &found));
	db_close(p->db);
}

static void every_other_way_is_closed(void **state)
{
	static const char *const refused[] = {
		"SELECT title FROM main.casefile", "SELECT number FROM main.casefile WHERE id = 1", "SELECT count(*) FROM main.casefile",
		"SELECT phone FROM main.person", "SELECT username FROM main.user", "SELECT password_hash FROM main.user", "SELECT quote FROM main.event",
		"SELECT summary FROM main.activity", "SELECT answers FROM assessment", "SELECT answers FROM main.assessment", "SELECT answers FROM intake",
		"SELECT actor FROM audit", "SELECT user_id FROM main.casefile_reader", "INSERT INTO main.casefile_reader VALUES (1, 'x', 1, 1)",
		"UPDATE main.casefile_reader SET last_at = 0", "DELETE FROM main.casefile_reader", "SELECT detail FROM main.audit", "SELECT * FROM main.access_log", "SELECT actor FROM main.access_log",
		"SELECT body FROM main.plan", "SELECT returned_comment FROM main.plan", "SELECT given_by FROM main.consent", "SELECT comment FROM transition",
		"SELECT csrf FROM main.session", "SELECT * FROM sign_in_link", "SELECT answers FROM draft", "SELECT body FROM main.held_post",
		"SELECT code_digest FROM main.portal_code", "SELECT body FROM message", "SELECT value FROM main.instance", "SELECT * FROM casefile_search",
		"SELECT names FROM casefile_search WHERE casefile_search MATCH 'a'", "SELECT n FROM casefile_count", "SELECT definition FROM form_version",
		"SELECT sql FROM sqlite_master", "SELECT sql FROM sqlite_temp_master", "SELECT statement FROM main.goal", "SELECT what FROM main.action",
		"DROP VIEW temp.casefile", "DROP TRIGGER temp.guard_event", "CREATE TEMP VIEW v AS SELECT * FROM main.person", "CREATE TABLE t (a)",
		"ATTACH 'x.db' AS x", "PRAGMA writable_schema=ON", "PRAGMA trusted_schema=ON", "VACUUM INTO '/tmp/x'",
		"DELETE FROM main.audit", "UPDATE main.audit SET actor = 'x'", "DELETE FROM main.casefile", "UPDATE main.casefile SET title = 'x'",
		"UPDATE main.casefile SET owner_id = 1", "UPDATE main.person SET phone = 'x'", "INSERT INTO main.user (username) VALUES ('x')",
		"UPDATE main.user SET password_hash = 'x'", "DELETE FROM main.consent", "UPDATE main.goal SET status = 'achieved'",
		"INSERT INTO main.casefile_team VALUES (1, 1, '', '', '')", "UPDATE main.instance SET value = 'trial'",
		"WITH x AS (SELECT * FROM main.person) SELECT * FROM x", "SELECT (SELECT title FROM main.casefile LIMIT 1)",
		"SELECT 1 FROM casefile c JOIN main.person p", "SELECT load_extension('x')", "SELECT readfile('/etc/passwd')",
		"INSERT INTO main.event (casefile_id, seq, at, kind, message, actor_name) SELECT 1, 99, 0, 'note', title, '' FROM main.casefile"
	};
	struct portal *p = open_portal(state);
	size_t open = 0;
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct why why = { 0 };
		if (db_run(p->db, &why, refused[i], "") == OK) {
			print_error("allowed: %s\n", refused[i]);
			open++;
		}
	}
	assert_int_equal(open, 0);
	db_close(p->db);
}

static void writing_stays_inside_the_case(void **state)
{
	static const char *const mine[] = {
		"INSERT INTO main.event (casefile_id, seq, at, kind, message, actor_name) VALUES (1, 900, 0, 'note', 'x', 'x')",
		"UPDATE main.consent SET withdrawn_at = 1, withdrawn_by = 'x' WHERE casefile_id = 1 AND seq = 1",
	};
	static const char *const others[] = {
		"INSERT INTO main.event (casefile_id, seq, at, kind, message, actor_name) VALUES (2, 900, 0, 'note', 'x', 'x')",
		"UPDATE main.consent SET withdrawn_at = 1, withdrawn_by = 'x' WHERE casefile_id = 2 AND seq = 1",
		"UPDATE main.consent SET withdrawn_at = 1, withdrawn_by = 'x'",
		"UPDATE main.casefile SET next_contact_at = 1 WHERE id = 2",
		"UPDATE main.plan SET status = 'replaced' WHERE casefile_id = 2",
		"INSERT INTO main.signature (casefile_id, version, party, name, method, signed_at) VALUES (2, 1, 'client', 'x', 'portal', 0)",
		"INSERT INTO main.signature (casefile_id, version, party, name, method, signed_at) VALUES (1, 1, 'worker', 'x', 'portal', 0)",
		"INSERT INTO main.activity (casefile_id, user_id, kind, planned_at, minutes) VALUES (2, 1, 'office', 0, 1)",
		"INSERT INTO main.activity (casefile_id, user_id, kind, planned_at, minutes) VALUES (NULL, 1, 'office', 0, 1)",
		"INSERT INTO main.message (occasion, channel, recipient, language, body, casefile_id, created_at) VALUES ('x', 'sms', 'x', '', '', 2, 0)",
		"INSERT INTO main.session (token_digest, site, user_id, csrf, created_at, seen_at, expires_at) VALUES ('x', 'staff', 1, '', 0, 0, 9)",
		"INSERT OR REPLACE INTO main.portal_code (casefile_id, person_id, code_digest, sent_to, created_at) VALUES (2, 1, 'x', '', 0)",
	};
	struct portal *p = open_portal(state);
	struct why why;
	for (size_t i = 0; i < sizeof mine / sizeof mine[0]; i++) {
		why = (struct why){ 0 };
		if (db_run(p->db, &why, mine[i], "") != OK)
			print_error("refused: %s: %s\n", mine[i], why.detail);
		assert_int_equal(why.code, OK);
	}
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		why = (struct why){ 0 };
		if (db_run(p->db, &why, others[i], "") != ERR_FORBIDDEN)
			print_error("not refused: %s: %s\n", others[i], why.detail);
		assert_int_equal(why.code, ERR_FORBIDDEN);
	}
	db_close(p->db);
}

static void a_consent_is_withdrawn_on_the_portal(void **state)
{
	struct portal *p = open_portal(state);
	bool has = true;
	HOLDS(p->f, consent_withdraw(&p->c, p->mine->id, 1, "Mariam"));
	FAILS(p->f, ERR_NOT_FOUND, consent_withdraw(&p->c, p->other->id, 1, "Mariam"));
	HOLDS(p->f, consent_has(&p->f->c, p->mine->id, "case_management", &has));
	assert_false(has);
	struct audit_check check;
	HOLDS(p->f, audit_verify(p->f->db, p->f->dir, NULL, &p->f->why, &check));
	assert_int_equal(check.broken_id, 0);
	db_close(p->db);
}

static char *last_code(struct fixture *f)
{
	FILE *file = fopen(arena_printf(f->arena, "%s/" PORTAL_DEMO_MESSAGES, f->dir), "r");
	char line[200] = "", *tab = NULL, *body = NULL;
	assert_non_null(file);
	while (fgets(line, sizeof line, file))
		tab = strchr(line, '\t');
	fclose(file);
	assert_non_null(tab);
	/* the outbox never has it */
	HOLDS(f, db_text(f->db, &f->why, f->arena, &body, SQL("SELECT body FROM message ORDER BY id DESC LIMIT 1"), ""));
	assert_null(strpbrk(body, "0123456789"));
	return arena_strndup(f->arena, tab + 1, strcspn(tab + 1, "\n"));
}

static void a_family_signs_in_by_a_code(void **state)
{
	struct portal *p = open_portal(state);
	struct fixture *f = p->f;
	int64_t casefile_id, person_id;
	struct session_record session, found;
	char token[TOKEN_LEN];
	p->family.kind = ACTOR_NOBODY;
	p->family.demo = true;
	HOLDS(f, portal_ask(&p->c, p->mine->number, "1992-03-04", "10.0.0.1", "%1"));
	char *code = last_code(f);
	assert_int_equal(strlen(code), 6);
	FAILS(f, ERR_LOGIN, portal_enter(&p->c, p->mine->number, "1992-03-05", code, "10.0.0.1", &casefile_id, &person_id));
	FAILS(f, ERR_LOGIN, portal_enter(&p->c, p->other->number, "1992-03-04", code, "10.0.0.1", &casefile_id, &person_id));
	HOLDS(f, portal_enter(&p->c, p->mine->number, "1992-03-04", code, "10.0.0.1", &casefile_id, &person_id));
	assert_int_equal(casefile_id, p->mine->id);
	HOLDS(f, session_create(&p->c, "portal", 0, casefile_id, person_id, token, &session));
	HOLDS(f, session_find(&p->c, "portal", token, &found));
	assert_int_equal(found.casefile_id, p->mine->id);
	FAILS(f, ERR_LOGIN, session_find(&f->c, "staff", token, &found));
	HOLDS(f, session_delete(&p->c, session.token_digest));
	FAILS(f, ERR_LOGIN, session_find(&p->c, "portal", token, &found));
	FAILS(f, ERR_LOGIN, portal_enter(&p->c, p->mine->number, "1992-03-04", code, "10.0.0.1", &casefile_id, &person_id));
	db_close(p->db);
}

/* A code told at the office is not superseded by one that the sign-in form makes, and the other way round. */
static void every_live_code_opens_the_door_once(void **state)
{
	struct portal *p = open_portal(state);
	struct fixture *f = p->f;
	const char *told;
	int64_t casefile_id, person_id;
	HOLDS(f, portal_code_give(&f->c, p->mine->id, &told));
	p->family.kind = ACTOR_NOBODY;
	p->family.demo = true;
	HOLDS(f, portal_ask(&p->c, p->mine->number, "1992-03-04", "10.0.0.8", "%1"));
	char *asked = last_code(f);
	HOLDS(f, portal_enter(&p->c, p->mine->number, "1992-03-04", told, "10.0.0.8", &casefile_id, &person_id));
	FAILS(f, ERR_LOGIN, portal_enter(&p->c, p->mine->number, "1992-03-04", told, "10.0.0.8", &casefile_id, &person_id));
	HOLDS(f, portal_enter(&p->c, p->mine->number, "1992-03-04", asked, "10.0.0.8", &casefile_id, &person_id));
	HOLDS(f, portal_code_give(&f->c, p->mine->id, &told));
	HOLDS(f, db_run(f->db, &f->why, SQL("UPDATE portal_code SET created_at = created_at - 3600"), ""));
	FAILS(f, ERR_LOGIN, portal_enter(&p->c, p->mine->number, "1992-03-04", told, "10.0.0.8", &casefile_id, &person_id));
	db_close(p->db);
}

/* A consent that ran out shuts the door like one withdrawn. */
static void an_expired_consent_is_no_consent(void **state)
{
	struct portal *p = open_portal(state);
	struct fixture *f = p->f;
	const char *told;
	int64_t casefile_id, person_id;
	HOLDS(f, portal_code_give(&f->c, p->mine->id, &told));
	HOLDS(f, db_run(f->db, &f->why, SQL("UPDATE consent SET expires_on = '2001-01-01' WHERE casefile_id = ? AND purpose = 'portal'"), "i", p->mine->id));
	p->family.kind = ACTOR_NOBODY;
	FAILS(f, ERR_LOGIN, portal_enter(&p->c, p->mine->number, "1992-03-04", told, "10.0.0.8", &casefile_id, &person_id));
	FAILS(f, ERR_CONFLICT, portal_code_give(&f->c, p->mine->id, &told));
	db_close(p->db);
}

static void the_office_tells_a_code(void **state)
{
	struct portal *p = open_portal(state);
	struct fixture *f = p->f;
	const char *code;
	int64_t casefile_id, person_id;
	HOLDS(f, portal_code_give(&f->c, p->mine->id, &code));
	assert_int_equal(strlen(code), 6);
	p->family.kind = ACTOR_NOBODY;
	HOLDS(f, portal_enter(&p->c, p->mine->number, "1992-03-04", code, "10.0.0.9", &casefile_id, &person_id));
	assert_int_equal(casefile_id, p->mine->id);
	HOLDS(f, consent_withdraw(&f->c, p->other->id, 2, "Mariam"));
	FAILS(f, ERR_CONFLICT, portal_code_give(&f->c, p->other->id, &code));
	assert_string_equal(code, "");
	HOLDS(f, db_run(f->db, &f->why, SQL("UPDATE person SET date_of_birth = NULL"), ""));
	FAILS(f, ERR_INVALID, portal_code_give(&f->c, p->mine->id, &code));
	db_close(p->db);
}

/* A demonstration sends nothing: who runs it reads the message in a file only they can open. */
static void a_demonstration_writes_the_message_down(void **state)
{
	struct portal *p = open_portal(state);
	char *path = arena_printf(p->f->arena, "%s/" PORTAL_DEMO_MESSAGES, p->f->dir), line[200] = "";
	struct stat st;
	p->family.kind = ACTOR_NOBODY;
	FAILS(p->f, ERR_FORBIDDEN, portal_ask(&p->c, p->mine->number, "1992-03-04", "10.0.0.1", "%1"));
	assert_int_equal(access(path, F_OK), -1);
	p->family.demo = true;
	HOLDS(p->f, portal_ask(&p->c, p->mine->number, "1992-03-04", "10.0.0.1", "Your code is %1."));
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	fclose(file);
	assert_non_null(strstr(line, "Your code is "));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	db_close(p->db);
}

static void asking_and_guessing_are_throttled(void **state)
{
	struct portal *p = open_portal(state);
	struct fixture *f = p->f;
	int64_t casefile_id, person_id;
	enum err err = OK;
	p->family.demo = true;
	/* A number that does not exist is answered like one that does. */
	for (int i = 0; i < 5; i++)
		HOLDS(f, portal_ask(&p->c, "ARM-2026-999999", "1992-03-04", "10.0.0.2", "%1"));
	FAILS(f, ERR_THROTTLED, portal_ask(&p->c, "ARM-2026-999999", "1992-03-04", "10.0.0.2", "%1"));
	HOLDS(f, portal_ask(&p->c, p->mine->number, "1992-03-04", "10.0.0.3", "%1"));
	for (int i = 0; i < 10 && err != ERR_THROTTLED; i++) {
		err = portal_enter(&p->c, p->mine->number, "1992-03-04", "000000", "10.0.0.3", &casefile_id, &person_id);
		f->why = (struct why){ 0 };
	}
	assert_int_equal(err, ERR_THROTTLED);
	/* Without consent to the portal there is no door. */
	HOLDS(f, consent_withdraw(&f->c, p->other->id, 2, "Mariam"));
	int64_t before, after;
	HOLDS(f, db_int(f->db, &f->why, &before, SQL("SELECT count(*) FROM message"), ""));
	HOLDS(f, portal_ask(&p->c, p->other->number, "1992-03-04", "10.0.0.4", "%1"));
	HOLDS(f, db_int(f->db, &f->why, &after, SQL("SELECT count(*) FROM message"), ""));
	assert_int_equal(before, after);
	db_close(p->db);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_family_reads_its_plan), T(the_words_agreed_stay_until_the_next_are), T(what_is_sensitive_has_no_trace),
		T(what_comes_next_is_told), T(nothing_of_others_is_there), T(every_other_way_is_closed),
		T(writing_stays_inside_the_case), T(a_consent_is_withdrawn_on_the_portal), T(a_family_signs_in_by_a_code), T(the_office_tells_a_code),
		T(every_live_code_opens_the_door_once), T(an_expired_consent_is_no_consent),
		T(a_demonstration_writes_the_message_down), T(asking_and_guessing_are_throttled),
	};
	return RUN_TESTS(tests);
}
