/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing the working plan: goals, actions, contact schedule. The first change after a
 * version came into force opens the next one. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "casefile.h"
#include "plan_internal.h"

static enum err open_version(const struct context *c, int64_t casefile_id, int64_t version)
{
	return db_run(c->db, c->why, SQL("INSERT INTO plan (casefile_id, version, status, contact_schedule, review_on, started_on)"
		" SELECT ?1, ?2, 'draft', (SELECT contact_schedule FROM plan WHERE casefile_id = ?1 AND version = ?2 - 1),"
		" (SELECT review_on FROM plan WHERE casefile_id = ?1 AND version = ?2 - 1 AND review_on >= ?3), ?3"), "iis", casefile_id, version, c->actor->today);
}

/* The version that may be written; opens it when needed. */
static enum err writable_version(const struct context *c, int64_t casefile_id, struct plan_head *head)
{
	enum err err = plan_head(c, casefile_id, head);
	if (err != OK || strcmp(head->status, "draft") == 0 || strcmp(head->status, "returned") == 0)
		return err;
	if (strcmp(head->status, "proposed") == 0 || strcmp(head->status, "approved") == 0)
		return fail(c->why, ERR_CONFLICT, "plan version %d waits for a decision or signatures", (int)head->version);
	*head = (struct plan_head){ .version = head->version + 1, .status = "draft" };
	return open_version(c, casefile_id, head->version);
}

static const char *sign_of(const struct context *c, int64_t need_number, int64_t seq)
{
	return arena_printf(c->arena, "%d.%d", (int)need_number, (int)seq);
}

/* Each number of "1,2" is a need, or a strength, of this case. */
static enum err check_numbers(const struct context *c, int64_t casefile_id, const char *kind, const char *list)
{
	enum err err = OK;
	for (const char *at = or_empty(list); err == OK && *at != '\0';) {
		char *end;
		int64_t number = strtol(at, &end, 10), n = 0;
		if (end == at)
			return fail(c->why, ERR_INVALID, "\"%.40s\" are no numbers", list);
		err = db_int(c->db, c->why, &n, SQL("SELECT count(*) FROM need WHERE casefile_id = ? AND kind = ? AND number = ?"), "isi", casefile_id, kind, number);
		if (err == OK && n == 0)
			err = fail(c->why, ERR_INVALID, "no %s %d in this case", kind, (int)number);
		at = *end == ',' ? end + 1 : end;
	}
	return err;
}

static enum err check_goal(const struct context *c, int64_t casefile_id, const struct goal *g)
{
	int64_t n = 0;
	if (text_is_blank(g->statement) || text_is_blank(g->expected_change) || !date_is_valid(or_empty(g->due_on)))
		return fail(c->why, ERR_INVALID, "a goal needs a statement, an expected change and a date");
	enum err err = db_int(c->db, c->why, &n, SQL("SELECT count(*) FROM need WHERE casefile_id = ? AND kind = 'need' AND number = ?"), "ii",
	                      casefile_id, g->need_number);
	if (err == OK && n == 0)
		err = fail(c->why, ERR_INVALID, "no need %d", (int)g->need_number);
	if (err == OK)
		err = check_numbers(c, casefile_id, "strength", g->strengths);
	return err == OK ? check_numbers(c, casefile_id, "need", g->also_needs) : err;
}

static enum err write_also(const struct context *c, int64_t casefile_id, const struct goal *g)
{
	enum err err = db_run(c->db, c->why, SQL("DELETE FROM goal_need WHERE casefile_id = ? AND need_number = ? AND seq = ?"), "iii",
	                      casefile_id, g->need_number, g->seq);
	for (const char *at = or_empty(g->also_needs); err == OK && *at != '\0';) {
		char *end;
		int64_t number = strtol(at, &end, 10);
		if (number > 0 && number != g->need_number)
			err = db_run(c->db, c->why, SQL("INSERT INTO goal_need (casefile_id, need_number, seq, also_need) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"),
			             "iiii", casefile_id, g->need_number, g->seq, number);
		at = end > at ? end : at + 1;
	}
	return err;
}

static enum err insert_goal(const struct context *c, int64_t casefile_id, struct goal *g)
{
	return db_int(c->db, c->why, &g->seq, SQL("INSERT INTO goal (casefile_id, need_number, seq, statement, plain, expected_change, baseline, target,"
		" due_on, strengths, since_version) VALUES (?1, ?2, (SELECT ifnull(max(seq), 0) + 1 FROM goal WHERE casefile_id = ?1 AND need_number = ?2),"
		" ?3, ?4, ?5, CASE WHEN ?6 THEN ?7 END, CASE WHEN ?8 THEN ?9 END, ?10, ?11, ?12) RETURNING seq"), "iisssididssi", casefile_id,
		g->need_number, g->statement, or_null(g->plain), g->expected_change, (int64_t)g->has_baseline, g->baseline, (int64_t)g->has_target,
		g->target, g->due_on, or_empty(g->strengths), g->since_version);
}

enum err goal_create(const struct context *c, int64_t casefile_id, struct goal *g)
{
	struct plan_head head;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = check_goal(c, casefile_id, g);
	if (err == OK)
		err = writable_version(c, casefile_id, &head);
	if (err == OK) {
		g->since_version = head.version;
		err = insert_goal(c, casefile_id, g);
	}
	if (err == OK)
		err = write_also(c, casefile_id, g);
	if (err == OK)
		err = plan_record(c, casefile_id, "create_goal", NULL, sign_of(c, g->need_number, g->seq), g->statement, false);
	return db_end(c, err);
}

enum err goal_update(const struct context *c, int64_t casefile_id, const struct goal *g)
{
	struct plan_head head;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = check_goal(c, casefile_id, g);
	if (err == OK)
		err = writable_version(c, casefile_id, &head);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE goal SET statement = ?, plain = ?, expected_change = ?, baseline = CASE WHEN ? THEN ? END,"
			" target = CASE WHEN ? THEN ? END, due_on = ?, strengths = ?, revision = revision + 1"
			" WHERE casefile_id = ? AND need_number = ? AND seq = ? AND revision = ? AND until_version IS NULL"), "sssididssiiii", g->statement,
			or_null(g->plain), g->expected_change, (int64_t)g->has_baseline, g->baseline, (int64_t)g->has_target, g->target, g->due_on,
			or_empty(g->strengths), casefile_id, g->need_number, g->seq, g->revision);
	if (err == OK)
		err = expect_change(c, "goal");
	if (err == OK)
		err = write_also(c, casefile_id, g);
	if (err == OK)
		err = plan_record(c, casefile_id, "update_goal", NULL, sign_of(c, g->need_number, g->seq), g->statement, false);
	return db_end(c, err);
}

/* What nobody but its writer has seen goes; what was proposed or agreed stays, as dropped. */
enum err goal_drop(const struct context *c, int64_t casefile_id, int64_t need_number, int64_t seq, const char *reason)
{
	struct plan_head head;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = writable_version(c, casefile_id, &head);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM goal WHERE casefile_id = ? AND need_number = ? AND seq = ? AND since_version = ? AND ? = 0"), "iiiii",
		             casefile_id, need_number, seq, head.version, head.proposed_at);
	if (err == OK && db_changes(c->db) == 0) {
		err = text_is_blank(reason) ? fail(c->why, ERR_INVALID, "dropping a goal takes a reason")
		    : db_run(c->db, c->why, SQL("UPDATE goal SET status = 'dropped', status_reason = ?, until_version = ?, revision = revision + 1"
			" WHERE casefile_id = ? AND need_number = ? AND seq = ? AND until_version IS NULL"), "siiii", reason, head.version, casefile_id, need_number, seq);
		if (err == OK)
			err = expect_change(c, "goal");
	}
	if (err == OK)
		err = plan_record(c, casefile_id, "drop_goal", NULL, sign_of(c, need_number, seq), reason, false);
	return db_end(c, err);
}

static bool is_actor(const char *actor)
{
	static const char *const actors[] = { "client", "relative", "worker", "provider", "community" };
	for (size_t i = 0; i < sizeof actors / sizeof actors[0]; i++)
		if (text_eq(actors[i], actor))
			return true;
	return false;
}

/* Who and when may be missing in a draft: the orphan report and the guard name what is. */
static enum err check_action(const struct context *c, const struct action *a)
{
	bool dated = or_empty(a->due_on)[0] == '\0' || date_is_valid(a->due_on);
	if (text_is_blank(a->what) || !is_actor(a->actor) || !dated)
		return fail(c->why, ERR_INVALID, "an action needs words, an actor and a date");
	return OK;
}

enum err action_create(const struct context *c, int64_t casefile_id, struct action *a)
{
	struct plan_head head;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = check_action(c, a);
	if (err == OK)
		err = writable_version(c, casefile_id, &head);
	if (err == OK)
		err = db_int(c->db, c->why, &a->seq, SQL("INSERT INTO action (casefile_id, need_number, goal_seq, seq, what, actor, actor_name, service,"
			" starts_on, due_on) VALUES (?1, ?2, ?3, (SELECT ifnull(max(seq), 0) + 1 FROM action WHERE casefile_id = ?1 AND need_number = ?2"
			" AND goal_seq = ?3), ?4, ?5, ?6, ?7, ?8, ?9) RETURNING seq"), "iiissssss", casefile_id, a->need_number, a->goal_seq, a->what, a->actor,
			or_empty(a->actor_name), or_null(a->service), or_null(a->starts_on), or_empty(a->due_on));
	if (err == OK)
		err = plan_record(c, casefile_id, "create_action", NULL, sign_of(c, a->need_number, a->goal_seq), a->what, false);
	return db_end(c, err);
}

enum err action_update(const struct context *c, int64_t casefile_id, const struct action *a)
{
	struct plan_head head;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = check_action(c, a);
	if (err == OK)
		err = writable_version(c, casefile_id, &head);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE action SET what = ?, actor = ?, actor_name = ?, service = ?, starts_on = ?, due_on = ?,"
			" revision = revision + 1 WHERE casefile_id = ? AND need_number = ? AND goal_seq = ? AND seq = ? AND revision = ?"), "ssssssiiiii",
			a->what, a->actor, or_empty(a->actor_name), or_null(a->service), or_null(a->starts_on), or_empty(a->due_on), casefile_id,
			a->need_number, a->goal_seq, a->seq, a->revision);
	if (err == OK)
		err = expect_change(c, "action");
	if (err == OK)
		err = plan_record(c, casefile_id, "update_action", NULL, sign_of(c, a->need_number, a->goal_seq), a->what, false);
	return db_end(c, err);
}

enum err action_drop(const struct context *c, int64_t casefile_id, int64_t need_number, int64_t goal_seq, int64_t seq, const char *reason)
{
	struct plan_head head;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = writable_version(c, casefile_id, &head);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM action WHERE casefile_id = ?1 AND need_number = ?2 AND goal_seq = ?3 AND seq = ?4 AND ?6 = 0"
			" AND (SELECT since_version FROM goal WHERE casefile_id = ?1 AND need_number = ?2 AND seq = ?3) = ?5"), "iiiiii", casefile_id,
			need_number, goal_seq, seq, head.version, head.proposed_at);
	if (err == OK && db_changes(c->db) == 0) {
		err = db_run(c->db, c->why, SQL("UPDATE action SET status = 'dropped', result = ?, revision = revision + 1"
			" WHERE casefile_id = ? AND need_number = ? AND goal_seq = ? AND seq = ? AND status <> 'dropped'"), "siiii", or_null(reason),
			casefile_id, need_number, goal_seq, seq);
		if (err == OK)
			err = expect_change(c, "action");
	}
	if (err == OK)
		err = plan_record(c, casefile_id, "drop_action", NULL, sign_of(c, need_number, goal_seq), reason, false);
	return db_end(c, err);
}

enum err plan_update(const struct context *c, int64_t casefile_id, const struct plan *p)
{
	struct plan_head head;
	if (or_null(p->review_on) != NULL && !date_is_valid(p->review_on))
		return fail(c->why, ERR_INVALID, "review date");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = writable_version(c, casefile_id, &head);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE plan SET contact_schedule = ?1, review_on = ?2, revision = revision + 1"
			" WHERE casefile_id = ?3 AND version = ?4 AND (?5 = 0 OR version <> ?6 OR revision = ?5)"), "ssiiii", or_null(p->contact_schedule),
			or_null(p->review_on), casefile_id, head.version, p->revision, p->version);
	if (err == OK)
		err = expect_change(c, "plan");
	if (err == OK)
		err = plan_record(c, casefile_id, "update", NULL, "", or_empty(p->contact_schedule), false);
	return db_end(c, err);
}

/* ---- work on the plan in force ---- */

static const char *goal_message(const char *status)
{
	if (strcmp(status, "achieved") == 0)
		return "Goal %1 reached";
	if (strcmp(status, "partly_achieved") == 0)
		return "Goal %1 partly reached";
	return strcmp(status, "not_achieved") == 0 ? "Goal %1 not reached" : "Goal %1: progress noted";
}

enum err goal_progress(const struct context *c, int64_t casefile_id, const struct goal *g)
{
	const char *sign = sign_of(c, g->need_number, g->seq);
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("UPDATE goal SET status = ?1, progress = CASE ?1 WHEN 'achieved' THEN 100 ELSE ?2 END, status_reason = ?3,"
		" revision = revision + 1 WHERE casefile_id = ?4 AND need_number = ?5 AND seq = ?6 AND revision = ?7 AND until_version IS NULL"), "sisiiii",
		g->status, (int64_t)g->progress, or_null(g->status_reason), casefile_id, g->need_number, g->seq, g->revision);
	if (err == OK)
		err = expect_change(c, "goal");
	if (err == OK)
		err = plan_record(c, casefile_id, "goal_progress", goal_message(g->status), sign, g->status_reason, true);
	return db_end(c, err);
}

enum err action_progress(const struct context *c, int64_t casefile_id, const struct action *a)
{
	bool done = text_eq(a->status, "done");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("UPDATE action SET status = ?, done_on = ?, result = ?, revision = revision + 1"
		" WHERE casefile_id = ? AND need_number = ? AND goal_seq = ? AND seq = ? AND revision = ?"), "sssiiiii", a->status,
		done ? (or_null(a->done_on) != NULL ? a->done_on : c->actor->today) : NULL, or_null(a->result), casefile_id, a->need_number,
		a->goal_seq, a->seq, a->revision);
	if (err == OK)
		err = expect_change(c, "action");
	if (err == OK && done)
		err = db_run(c->db, c->why, SQL("UPDATE goal SET status = 'in_progress' WHERE casefile_id = ? AND need_number = ? AND seq = ?"
			" AND status = 'not_started'"), "iii", casefile_id, a->need_number, a->goal_seq);
	if (err == OK)
		err = plan_record(c, casefile_id, "action_progress", done ? "An action for goal %1 is done" : "An action for goal %1 has news",
		                  sign_of(c, a->need_number, a->goal_seq), a->result, true);
	return db_end(c, err);
}
