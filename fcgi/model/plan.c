/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading the plan: versions, and goals with their actions. Staff see the working plan; the
 * family the words of the version agreed, with today's progress. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "casefile.h"
#include "event.h"
#include "plan_internal.h"

#define COLUMNS "p.version, p.status, p.contact_schedule, p.review_on, p.started_on, p.active_on, p.proposed_at, p.approved_at, a.name, b.name," \
	" p.returned_comment, p.revision"
#define FROM " FROM plan p LEFT JOIN user a ON a.id = p.proposed_by LEFT JOIN user b ON b.id = p.approved_by"

static void plan_read(struct rows *rows, struct arena *a, struct plan *p)
{
	*p = (struct plan){ .version = rows_int(rows, 0), .status = cell(rows, 1, a), .contact_schedule = cell(rows, 2, a),
		.review_on = cell(rows, 3, a), .started_on = cell(rows, 4, a), .active_on = cell(rows, 5, a), .proposed_at = rows_int(rows, 6),
		.approved_at = rows_int(rows, 7), .proposed_by_name = cell(rows, 8, a), .approved_by_name = cell(rows, 9, a),
		.returned_comment = cell(rows, 10, a), .revision = rows_int(rows, 11), .body = "" };
}

static enum err read_signatures(const struct context *c, int64_t casefile_id, struct plan *p)
{
	struct { size_t n; struct signature *item; } list = { 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT party, name, method, signed_at FROM signature WHERE casefile_id = ? AND version = ?"
		" ORDER BY party"), "ii", casefile_id, p->version);
	while (rows_next(rows)) {
		struct signature *s = LIST_ADD(c->arena, &list);
		*s = (struct signature){ .party = cell(rows, 0, c->arena), .name = cell(rows, 1, c->arena), .method = cell(rows, 2, c->arena),
		                         .signed_at = rows_int(rows, 3) };
	}
	p->n_signatures = list.n;
	p->signature = list.item;
	return rows_close(rows);
}

static enum err plan_one(const struct context *c, int64_t casefile_id, struct rows *rows, struct plan **out)
{
	*out = NULL;
	if (rows_next(rows)) {
		*out = arena_new_of(c->arena, struct plan);
		plan_read(rows, c->arena, *out);
		(*out)->body = cell(rows, 12, c->arena);
	}
	enum err err = rows_close(rows);
	if (err == OK && *out == NULL)
		return fail(c->why, ERR_NOT_FOUND, "no such plan");
	return err == OK ? read_signatures(c, casefile_id, *out) : err;
}

enum err plan_load(const struct context *c, int64_t casefile_id, struct plan **out)
{
	return plan_one(c, casefile_id, db_query(c->db, c->why, SQL("SELECT " COLUMNS ", p.body" FROM
		" WHERE p.casefile_id = ? ORDER BY p.version DESC LIMIT 1"), "i", casefile_id), out);
}

enum err plan_by_version(const struct context *c, int64_t casefile_id, int64_t version, struct plan **out)
{
	return plan_one(c, casefile_id, db_query(c->db, c->why, SQL("SELECT " COLUMNS ", p.body" FROM
		" WHERE p.casefile_id = ? AND p.version = ?"), "ii", casefile_id, version), out);
}

enum err plan_active(const struct context *c, int64_t casefile_id, struct plan **out)
{
	return plan_one(c, casefile_id, db_query(c->db, c->why, SQL("SELECT " COLUMNS ", p.body" FROM
		" WHERE p.casefile_id = ? AND p.status = 'active' ORDER BY p.version DESC LIMIT 1"), "i", casefile_id), out);
}

enum err plan_list(const struct context *c, int64_t casefile_id, struct plans *out)
{
	*out = (struct plans){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT " COLUMNS FROM " WHERE p.casefile_id = ? ORDER BY p.version DESC"), "i", casefile_id);
	while (rows_next(rows))
		plan_read(rows, c->arena, LIST_ADD(c->arena, out));
	enum err err = rows_close(rows);
	for (size_t i = 0; err == OK && i < out->n; i++)
		err = read_signatures(c, casefile_id, &out->item[i]);
	return err;
}

enum err plan_head(const struct context *c, int64_t casefile_id, struct plan_head *out)
{
	*out = (struct plan_head){ .status = "" };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT version, status, proposed_at FROM plan WHERE casefile_id = ? ORDER BY version DESC LIMIT 1"),
	                             "i", casefile_id);
	if (rows_next(rows))
		*out = (struct plan_head){ .version = rows_int(rows, 0), .status = cell(rows, 1, c->arena), .proposed_at = rows_int(rows, 2) };
	return rows_close(rows);
}

/* A goal "3.1" is as restricted as the need it answers; NULL: not at all, or no goal. */
static enum err tag_of_goal(const struct context *c, int64_t casefile_id, const char *refs, char **tag)
{
	*tag = NULL;
	if (refs == NULL || refs[0] < '0' || refs[0] > '9' || strchr(refs, '.') == NULL)
		return OK;
	enum err err = db_text(c->db, c->why, c->arena, tag, SQL("SELECT sensitivity FROM need WHERE casefile_id = ? AND kind = 'need' AND number = ?"), "ii",
	                       casefile_id, (int64_t)atoll(refs));
	return err == ERR_NOT_FOUND ? OK : err;
}

enum err plan_record(const struct context *c, int64_t casefile_id, const char *action, const char *message, const char *refs,
                     const char *quote, bool shared)
{
	const char *number;
	char *tag;
	enum err err = tag_of_goal(c, casefile_id, refs, &tag);
	if (err == OK && message != NULL)
		err = event_add(c, casefile_id, &(struct event){ .kind = "plan", .message = message, .n_params = 1, .param = { refs }, .refs = refs,
			.quote = quote, .link = "plan", .visibility = shared ? "shared" : "staff", .sensitivity = tag });
	if (err == OK)
		err = casefile_number(c, casefile_id, &number);
	return err == OK ? audit_change(c, action, "plan", number, casefile_id, audit_detail(c, "of", or_empty(refs), "text",
		or_null(tag) != NULL ? "" : or_empty(quote), NULL)) : err;
}

/* ---- goals ---- */

static bool is_late(const struct context *c, const char *due_on, bool is_open)
{
	return is_open && due_on[0] != '\0' && strcmp(due_on, c->actor->today) < 0;
}

static bool is_goal_open(const char *status)
{
	return strcmp(status, "not_started") == 0 || strcmp(status, "in_progress") == 0;
}

static bool is_action_open(const char *status)
{
	return strcmp(status, "open") == 0 || strcmp(status, "in_progress") == 0;
}

static void goal_read(const struct context *c, struct rows *rows, struct goal *g)
{
	struct arena *a = c->arena;
	*g = (struct goal){
		.need_number = rows_int(rows, 0), .seq = rows_int(rows, 1), .statement = cell(rows, 2, a), .plain = cell(rows, 3, a),
		.expected_change = cell(rows, 4, a), .has_baseline = !rows_is_null(rows, 5), .baseline = rows_double(rows, 5),
		.has_target = !rows_is_null(rows, 6), .target = rows_double(rows, 6), .due_on = cell(rows, 7, a), .status = cell(rows, 8, a),
		.progress = (int)rows_int(rows, 9), .status_reason = cell(rows, 10, a), .strengths = cell(rows, 11, a),
		.since_version = rows_int(rows, 12), .until_version = rows_int(rows, 13), .revision = rows_int(rows, 14), .also_needs = cell(rows, 15, a)
	};
	g->is_overdue = is_late(c, g->due_on, is_goal_open(g->status));
}

static void action_read(const struct context *c, struct rows *rows, struct action *x)
{
	struct arena *a = c->arena;
	*x = (struct action){
		.need_number = rows_int(rows, 0), .goal_seq = rows_int(rows, 1), .seq = rows_int(rows, 2), .what = cell(rows, 3, a),
		.actor = cell(rows, 4, a), .actor_name = cell(rows, 5, a), .service = cell(rows, 6, a), .starts_on = cell(rows, 7, a),
		.due_on = cell(rows, 8, a), .status = cell(rows, 9, a), .done_on = cell(rows, 10, a), .result = cell(rows, 11, a), .revision = rows_int(rows, 12)
	};
	x->is_overdue = is_late(c, x->due_on, is_action_open(x->status));
}

/* Both lists come in the order of their numbers: one walk ties them. */
static enum err tie_actions(const struct context *c, struct rows *rows, struct goals *goals)
{
	struct { size_t n; struct action *item; } all = { 0 };
	while (rows_next(rows))
		action_read(c, rows, LIST_ADD(c->arena, &all));
	size_t at = 0;
	for (size_t i = 0; i < goals->n; i++) {
		struct goal *g = &goals->item[i];
		while (at < all.n && (all.item[at].need_number < g->need_number
		       || (all.item[at].need_number == g->need_number && all.item[at].goal_seq < g->seq)))
			at++;
		g->action = all.n > 0 ? &all.item[at < all.n ? at : 0] : NULL;
		for (; at < all.n && all.item[at].need_number == g->need_number && all.item[at].goal_seq == g->seq; at++)
			g->n_actions++;
	}
	return rows_close(rows);
}

#define READABLE "NOT EXISTS (SELECT 1 FROM need n WHERE n.casefile_id = ?1 AND n.kind = 'need' AND n.number = g.need_number" \
	" AND n.sensitivity IS NOT NULL AND instr(?2, ',' || n.sensitivity || ',') = 0)"

static enum err working_goals(const struct context *c, int64_t casefile_id, bool with_dropped, struct goals *out)
{
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT g.need_number, g.seq, g.statement, g.plain, g.expected_change, g.baseline, g.target,"
		" g.due_on, g.status, g.progress, g.status_reason, g.strengths, g.since_version, g.until_version, g.revision,"
		" (SELECT group_concat(x.also_need) FROM goal_need x WHERE x.casefile_id = g.casefile_id AND x.need_number = g.need_number AND x.seq = g.seq)"
		" FROM goal g WHERE g.casefile_id = ?1 AND (?3 = 1 OR g.until_version IS NULL) AND " READABLE " ORDER BY g.need_number, g.seq"), "isi",
		casefile_id, context_tags(c), (int64_t)with_dropped);
	while (rows_next(rows))
		goal_read(c, rows, LIST_ADD(c->arena, out));
	enum err err = rows_close(rows);
	if (err != OK)
		return err;
	return tie_actions(c, db_query(c->db, c->why, SQL("SELECT need_number, goal_seq, seq, what, actor, actor_name, service, starts_on, due_on, status,"
		" done_on, result, revision FROM action WHERE casefile_id = ?1 AND (?2 = 1 OR status <> 'dropped') ORDER BY need_number, goal_seq, seq"), "ii",
		casefile_id, (int64_t)with_dropped), out);
}

#define IN_FORCE "(SELECT max(version) FROM plan WHERE casefile_id = ?1 AND status IN ('approved', 'active'))"

/* Made once: on the portal the body is put together anew each time it is read. Then in the order of the words, row by row. */
#define AGREED "WITH agreed AS MATERIALIZED (SELECT p.body FROM plan p WHERE p.casefile_id = ?1 AND p.version = " IN_FORCE ") "

static enum err agreed_goals(const struct context *c, int64_t casefile_id, struct goals *out)
{
	struct rows *rows = db_query(c->db, c->why, SQL(AGREED "SELECT g.need_number, g.seq, j.value ->> 'statement', j.value ->> 'plain',"
		" j.value ->> 'expected_change', j.value ->> 'baseline', j.value ->> 'target', j.value ->> 'due_on', g.status, g.progress, NULL,"
		" j.value ->> 'strengths', g.since_version, NULL, g.revision, j.value ->> 'also_needs'"
		" FROM agreed CROSS JOIN json_each(agreed.body, '$.goals') j CROSS JOIN goal g ON g.casefile_id = ?1 AND g.need_number = j.value ->> 'need_number'"
		" AND g.seq = j.value ->> 'seq' ORDER BY g.need_number, g.seq"), "i", casefile_id);
	while (rows_next(rows))
		goal_read(c, rows, LIST_ADD(c->arena, out));
	enum err err = rows_close(rows);
	if (err != OK)
		return err;
	return tie_actions(c, db_query(c->db, c->why, SQL(AGREED "SELECT a.need_number, a.goal_seq, a.seq, k.value ->> 'what', a.actor, k.value ->> 'actor_name',"
		" a.service, a.starts_on, k.value ->> 'due_on', a.status, a.done_on, a.result, a.revision"
		" FROM agreed CROSS JOIN json_each(agreed.body, '$.goals') j CROSS JOIN json_each(j.value, '$.actions') k CROSS JOIN action a ON a.casefile_id = ?1"
		" AND a.need_number = j.value ->> 'need_number' AND a.goal_seq = j.value ->> 'seq' AND a.seq = k.value ->> 'seq'"
		" WHERE a.status <> 'dropped' ORDER BY a.need_number, a.goal_seq, a.seq"), "i",
		casefile_id), out);
}

enum err plan_goals(const struct context *c, int64_t casefile_id, bool with_dropped, struct goals *out)
{
	*out = (struct goals){ 0 };
	if (c->actor->kind == ACTOR_BENEFICIARY)
		return agreed_goals(c, casefile_id, out);
	return working_goals(c, casefile_id, with_dropped, out);
}
