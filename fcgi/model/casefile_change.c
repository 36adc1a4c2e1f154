/* SPDX-License-Identifier: Apache-2.0
 *
 * Changes of a case: worker, team, contact data, level, steps along the workflow. Each is one
 * transaction with its event and audit row. */
#include <string.h>

#include "audit.h"
#include "base/text.h"
#include "casefile_internal.h"
#include "event.h"
#include "search.h"

enum err casefile_refresh(const struct context *c, int64_t casefile_id)
{
	return db_run(c->db, c->why, SQL("UPDATE casefile SET updated_at = ?2,"
		" needs_open = (SELECT count(*) FROM need n WHERE n.casefile_id = ?1 AND n.kind = 'need' AND n.status = 'open'),"
		" member_count = (SELECT count(*) FROM membership m WHERE m.casefile_id = ?1 AND m.end_date IS NULL),"
		" next_contact_at = (SELECT min(planned_at) FROM activity a WHERE a.casefile_id = ?1 AND a.outcome IS NULL AND a.planned_at >= ?2 - 86400)"
		" WHERE id = ?1"), "ii", casefile_id, c->actor->now);
}

/* What every change of a case writes beside itself; `number` is looked up. */
static enum err record(const struct context *c, int64_t casefile_id, const char *action, const char *detail, const struct event *event)
{
	const char *number;
	enum err err = casefile_number(c, casefile_id, &number);
	if (err == OK && event != NULL)
		err = event_add(c, casefile_id, event);
	return err == OK ? audit_change(c, action, "casefile", number, casefile_id, detail) : err;
}

struct name_pair { const char *username, *name; };

static enum err user_names(const struct context *c, int64_t user_id, struct name_pair *out)
{
	*out = (struct name_pair){ "", "" };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT username, name FROM user WHERE id = ? AND is_active = 1"), "i", user_id);
	bool found = rows_next(rows);
	if (found)
		*out = (struct name_pair){ cell(rows, 0, c->arena), cell(rows, 1, c->arena) };
	enum err err = rows_close(rows);
	return err != OK || found ? err : fail(c->why, ERR_INVALID, "no active user");
}

enum err casefile_assign(const struct context *c, int64_t casefile_id, int64_t user_id, const char *reason)
{
	struct name_pair worker;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = user_names(c, user_id, &worker);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE casefile SET owner_id = ?, updated_at = ?, revision = revision + 1 WHERE id = ?"), "iii",
		             user_id, c->actor->now, casefile_id);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE activity SET user_id = ? WHERE casefile_id = ? AND outcome IS NULL AND planned_at > ?"), "iii",
		             user_id, casefile_id, c->actor->now);
	if (err == OK)
		err = record(c, casefile_id, "assign", audit_detail(c, "worker", worker.username, "reason", or_empty(reason), NULL),
		             &(struct event){ .kind = "milestone", .message = "%1 is the worker of this case", .n_params = 1,
		                              .param = { worker.name }, .quote = reason, .visibility = "shared" });
	if (err == OK)
		err = search_update(c, casefile_id);
	return db_end(c, err);
}

enum err casefile_share(const struct context *c, int64_t casefile_id, int64_t user_id, const char *reason, const char *until_on)
{
	struct name_pair colleague;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = user_names(c, user_id, &colleague);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("INSERT INTO casefile_team (casefile_id, user_id, reason, from_on, until_on) VALUES (?, ?, ?, ?, ?)"
			" ON CONFLICT DO UPDATE SET reason = excluded.reason, until_on = excluded.until_on"), "iisss", casefile_id, user_id,
			or_null(reason), c->actor->today, or_null(until_on));
	if (err == OK)
		err = record(c, casefile_id, "share", audit_detail(c, "with", colleague.username, "reason", or_empty(reason), "until", or_empty(until_on), NULL),
		             &(struct event){ .kind = "milestone", .message = "Case shared with %1", .n_params = 1, .param = { colleague.name }, .quote = reason });
	if (err == OK)
		err = search_update(c, casefile_id);
	return db_end(c, err);
}

enum err casefile_unshare(const struct context *c, int64_t casefile_id, int64_t user_id)
{
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("DELETE FROM casefile_team WHERE casefile_id = ? AND user_id = ?"), "ii", casefile_id, user_id);
	if (err == OK)
		err = expect_change(c, "team");
	if (err == OK)
		err = record(c, casefile_id, "unshare", NULL, NULL);
	if (err == OK)
		err = search_update(c, casefile_id);
	return db_end(c, err);
}

enum err casefile_update(const struct context *c, const struct casefile *f)
{
	if (text_is_blank(f->title))
		return fail(c->why, ERR_INVALID, "title");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("UPDATE casefile SET title = ?, title_latin = ?, locality = ?, address = ?, phone = ?, language = ?,"
		" updated_at = ?, revision = revision + 1 WHERE id = ? AND revision = ?"), "ssssssiii", f->title, or_null(f->title_latin),
		or_null(f->locality), or_null(f->address), or_null(f->phone), or_null(f->language), c->actor->now, f->id, f->revision);
	if (err == OK)
		err = expect_change(c, "case");
	if (err == OK)
		err = record(c, f->id, "update", audit_detail(c, "title", f->title, "locality", or_empty(f->locality), "address", or_empty(f->address),
			"phone", or_empty(f->phone), NULL), &(struct event){ .kind = "household", .message = "Contact data changed" });
	if (err == OK)
		err = search_update(c, f->id);
	return db_end(c, err);
}

enum err casefile_set_office(const struct context *c, int64_t casefile_id, const char *office, const char *area, const char *name)
{
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("UPDATE casefile SET office = ?, area = ?, owner_id = NULL, updated_at = ?, revision = revision + 1 WHERE id = ?"),
	             "ssii", office, area, c->actor->now, casefile_id);
	if (err == OK)
		err = record(c, casefile_id, "set_office", audit_detail(c, "office", office, NULL),
		             &(struct event){ .kind = "milestone", .message = "%1 takes the case over", .n_params = 1, .param = { name }, .visibility = "shared" });
	if (err == OK)
		err = search_update(c, casefile_id);
	return db_end(c, err);
}

enum err casefile_set_level(const struct context *c, int64_t casefile_id, int level, const char *reason)
{
	if (level < 1 || level > 3 || text_is_blank(reason))
		return fail(c->why, ERR_INVALID, "level or reason");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	const char *word = arena_printf(c->arena, "%d", level);
	err = db_run(c->db, c->why, SQL("UPDATE casefile SET level = ?, updated_at = ?, revision = revision + 1 WHERE id = ?"), "iii",
	             (int64_t)level, c->actor->now, casefile_id);
	if (err == OK)
		err = record(c, casefile_id, "set_level", audit_detail(c, "level", word, "reason", reason, NULL),
		             &(struct event){ .kind = "milestone", .message = "Level set to %1", .n_params = 1, .param = { word }, .quote = reason });
	return db_end(c, err);
}

/* ---- the workflow's step ---- */

static enum err write_stage(const struct context *c, int64_t casefile_id, const struct casefile_move *move)
{
	enum err err = db_run(c->db, c->why, SQL("UPDATE casefile SET stage = ?1, status = ?2, stage_since = ?3, stage_due_on = ?4,"
		" closed_on = CASE WHEN ?5 THEN ?3 WHEN ?6 THEN NULL ELSE closed_on END,"
		" outcome = CASE WHEN ?6 THEN NULL ELSE ifnull(?7, outcome) END, updated_at = ?8, revision = revision + 1"
		" WHERE id = ?9 AND (?10 = 0 OR revision = ?10)"), "ssssiisiii", move->to_stage, move->to_status, c->actor->today,
		or_null(move->due_on) != NULL ? move->due_on : NO_DATE, (int64_t)move->closes, (int64_t)move->reopens, or_null(move->outcome),
		c->actor->now, casefile_id, move->revision);
	return err == OK ? expect_change(c, "case") : err;
}

static enum err write_transition(const struct context *c, int64_t casefile_id, const char *from, const struct casefile_move *move)
{
	return db_run(c->db, c->why, SQL("INSERT INTO transition (casefile_id, seq, name, from_stage, to_stage, comment, at, user_id)"
		" VALUES (?1, (SELECT ifnull(max(seq), 0) + 1 FROM transition WHERE casefile_id = ?1), ?2, ?3, ?4, ?5, ?6, nullif(?7, 0))"),
		"issssii", casefile_id, move->name, from, move->to_stage, or_null(move->comment), c->actor->now, context_user(c));
}

enum err casefile_move(const struct context *c, int64_t casefile_id, const struct casefile_move *move)
{
	char *from = NULL;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_text(c->db, c->why, c->arena, &from, SQL("SELECT stage FROM casefile WHERE id = ?"), "i", casefile_id);
	if (err == OK)
		err = write_stage(c, casefile_id, move);
	if (err == OK)
		err = write_transition(c, casefile_id, from, move);
	if (err == OK)
		err = record(c, casefile_id, "move", audit_detail(c, "step", move->name, "from", from, "to", move->to_stage, "comment",
			or_empty(move->comment), NULL), &(struct event){ .kind = "transition", .message = move->label, .quote = move->comment });
	return db_end(c, err);
}
