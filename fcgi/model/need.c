/* SPDX-License-Identifier: Apache-2.0
 *
 * Needs and strengths: reading inside the actor's sensitivity, adding by hand, the client's
 * ranking, settling. */
#include "need.h"

#include <string.h>

#include "audit.h"
#include "base/text.h"
#include "casefile.h"
#include "event.h"
#include "model_internal.h"
#include "need_internal.h"

/* ?2 are the actor's tags (context_tags). */
#define READABLE_SQL "(sensitivity IS NULL OR instr(?2, ',' || sensitivity || ',') > 0)"

static const char *kind_of(bool is_strength)
{
	return is_strength ? "strength" : "need";
}

static const char *sign_of(const struct context *c, bool is_strength, int64_t number)
{
	return arena_printf(c->arena, "%c%d", is_strength ? 'S' : 'N', (int)number);
}

static void need_read(struct rows *rows, struct arena *a, struct need *n)
{
	*n = (struct need){
		.is_strength = rows_int(rows, 0) != 0, .number = rows_int(rows, 1), .dimension = cell(rows, 2, a),
		.statement_objective = cell(rows, 3, a), .statement_subjective = cell(rows, 4, a), .has_severity = !rows_is_null(rows, 5),
		.severity = rows_double(rows, 5), .meaning = (int)rows_int(rows, 6), .client_priority = (int)rows_int(rows, 7),
		.sensitivity = cell(rows, 8, a), .assessment_seq = rows_int(rows, 9), .question = cell(rows, 10, a), .status = cell(rows, 11, a),
		.status_reason = cell(rows, 12, a), .created_at = rows_int(rows, 13), .revision = rows_int(rows, 14), .goals = (int)rows_int(rows, 15)
	};
}

enum err need_list(const struct context *c, int64_t casefile_id, struct needs *out)
{
	const char *tags = context_tags(c);
	*out = (struct needs){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT n.kind = 'strength', n.number, n.dimension, n.statement_objective, n.statement_subjective,"
		" n.severity, n.meaning, n.client_priority, n.sensitivity, n.assessment_seq, n.question, n.status, n.status_reason, n.created_at,"
		" n.revision, (SELECT count(*) FROM goal g WHERE g.casefile_id = n.casefile_id AND g.until_version IS NULL AND n.kind = 'need'"
		"  AND (g.need_number = n.number OR EXISTS (SELECT 1 FROM goal_need x WHERE x.casefile_id = g.casefile_id"
		"   AND x.need_number = g.need_number AND x.seq = g.seq AND x.also_need = n.number))),"
		" n.sensitivity IS NULL OR instr(?2, ',' || n.sensitivity || ',') > 0 FROM need n WHERE n.casefile_id = ?1 ORDER BY n.kind, n.number"),
		"is", casefile_id, tags);
	while (rows_next(rows)) {
		if (rows_int(rows, 16) != 0)
			need_read(rows, c->arena, LIST_ADD(c->arena, out));
		else
			out->n_hidden++;
	}
	return rows_close(rows);
}

enum err need_insert(const struct context *c, int64_t casefile_id, struct need *n)
{
	if (text_is_blank(n->statement_objective) || text_is_blank(n->dimension))
		return fail(c->why, ERR_INVALID, "a need without statement or dimension");
	return db_int(c->db, c->why, &n->number, SQL("INSERT INTO need (casefile_id, kind, number, dimension, statement_objective, statement_subjective,"
		" severity, meaning, sensitivity, assessment_seq, question, created_by, created_at) VALUES (?1, ?2,"
		" (SELECT ifnull(max(number), 0) + 1 FROM need WHERE casefile_id = ?1 AND kind = ?2), ?3, ?4, ?5, CASE WHEN ?6 THEN ?7 END, ?8, ?9,"
		" nullif(?10, 0), ?11, nullif(?12, 0), ?13) RETURNING number"), "issssidisisii", casefile_id, kind_of(n->is_strength), n->dimension,
		n->statement_objective, or_null(n->statement_subjective), (int64_t)n->has_severity, n->severity, (int64_t)n->meaning,
		or_null(n->sensitivity), n->assessment_seq, or_null(n->question), context_user(c), c->actor->now);
}

static enum err record(const struct context *c, int64_t casefile_id, const char *action, const char *message, const char *sign,
                       const char *quote, const char *sensitivity)
{
	const char *number;
	enum err err = event_add(c, casefile_id, &(struct event){ .kind = "assessment", .message = message, .n_params = 1, .param = { sign },
		.refs = sign, .quote = quote, .sensitivity = sensitivity });
	if (err == OK)
		err = casefile_refresh(c, casefile_id);
	if (err == OK)
		err = casefile_number(c, casefile_id, &number);
	/* the log is read by those who may not read what is restricted */
	const char *text = or_null(sensitivity) != NULL ? "" : or_empty(quote);
	return err == OK ? audit_change(c, action, "need", number, casefile_id, audit_detail(c, "need", sign, "text", text, NULL)) : err;
}

enum err need_create(const struct context *c, int64_t casefile_id, struct need *n)
{
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = need_insert(c, casefile_id, n);
	if (err == OK)
		err = record(c, casefile_id, "create", n->is_strength ? "Strength %1 added" : "Need %1 added",
		             sign_of(c, n->is_strength, n->number), n->statement_objective, n->sensitivity);
	return db_end(c, err);
}

enum err need_update(const struct context *c, int64_t casefile_id, const struct need *n)
{
	if (text_is_blank(n->statement_objective) || text_is_blank(n->dimension))
		return fail(c->why, ERR_INVALID, "a need without statement or dimension");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("UPDATE need SET dimension = ?, statement_objective = ?, statement_subjective = ?,"
		" severity = CASE WHEN ? THEN ? END, meaning = ?, revision = revision + 1 WHERE casefile_id = ? AND kind = ? AND number = ? AND revision = ?"),
		"sssidiisii", n->dimension, n->statement_objective, or_null(n->statement_subjective), (int64_t)n->has_severity, n->severity,
		(int64_t)n->meaning, casefile_id, kind_of(n->is_strength), n->number, n->revision);
	if (err == OK)
		err = expect_change(c, "need");
	if (err == OK)
		err = record(c, casefile_id, "update", n->is_strength ? "Strength %1 changed" : "Need %1 changed",
		             sign_of(c, n->is_strength, n->number), n->statement_objective, n->sensitivity);
	return db_end(c, err);
}

/* The next place in the family's order that no need has which this actor may not see: those keep theirs. */
static enum err next_place(const struct context *c, int64_t casefile_id, int64_t *place)
{
	int64_t taken = 1;
	enum err err = OK;
	while (err == OK && taken > 0) {
		++*place;
		err = db_int(c->db, c->why, &taken, SQL("SELECT count(*) FROM need WHERE casefile_id = ?1 AND kind = 'need' AND status = 'open'"
			" AND client_priority = ?3 AND NOT " READABLE_SQL), "isi", casefile_id, context_tags(c), *place);
	}
	return err;
}

enum err need_rank(const struct context *c, int64_t casefile_id, const int64_t *numbers, size_t n)
{
	const char *order = "", *tags = context_tags(c);
	int64_t place = 0;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("UPDATE need SET client_priority = NULL WHERE casefile_id = ?1 AND kind = 'need' AND status = 'open' AND " READABLE_SQL),
	             "is", casefile_id, tags);
	for (size_t i = 0; err == OK && i < n; i++) {
		err = next_place(c, casefile_id, &place);
		if (err == OK)
			err = db_run(c->db, c->why, SQL("UPDATE need SET client_priority = ?3, revision = revision + 1 WHERE casefile_id = ?1 AND kind = 'need'"
				" AND number = ?4 AND status = 'open' AND " READABLE_SQL), "isii", casefile_id, tags, place, numbers[i]);
		if (err == OK)
			err = expect_change(c, "need");
		order = arena_printf(c->arena, "%s%sN%d", order, i > 0 ? ", " : "", (int)numbers[i]);
	}
	if (err == OK)
		err = record(c, casefile_id, "rank", "The family ranked its needs: %1", order, NULL, NULL);
	return db_end(c, err);
}

static const char *settled_message(const char *status, bool is_strength)
{
	if (status[0] == 'm')
		return is_strength ? "Strength %1 settled" : "Need %1 met";
	return status[0] == 's' ? "%1 set aside" : "%1 opened again";
}

/* Its tag, NULL without; one that the actor may not read is not there. */
static enum err readable_tag(const struct context *c, int64_t casefile_id, bool is_strength, int64_t number, char **tag)
{
	*tag = NULL;
	enum err err = db_text(c->db, c->why, c->arena, tag, SQL("SELECT sensitivity FROM need WHERE casefile_id = ? AND kind = ? AND number = ?"), "isi",
	                       casefile_id, kind_of(is_strength), number);
	if (err == OK && or_null(*tag) != NULL && strstr(context_tags(c), arena_printf(c->arena, ",%s,", *tag)) == NULL)
		err = ERR_NOT_FOUND;
	return err == ERR_NOT_FOUND ? fail(c->why, err, "no such need for this actor") : err;
}

enum err need_settle(const struct context *c, int64_t casefile_id, bool is_strength, int64_t number, const char *status, const char *reason)
{
	bool opens = text_eq(status, "open");
	if (!opens && !text_eq(status, "met") && !text_eq(status, "set_aside"))
		return fail(c->why, ERR_INVALID, "need status %s", or_empty(status));
	if (!opens && text_is_blank(reason))
		return fail(c->why, ERR_INVALID, "settling a need takes a reason");
	char *tag;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = readable_tag(c, casefile_id, is_strength, number, &tag);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE need SET status = ?1, status_reason = ?2, client_priority = CASE WHEN ?1 = 'open' THEN client_priority END,"
			" revision = revision + 1 WHERE casefile_id = ?3 AND kind = ?4 AND number = ?5 AND status <> ?1"), "ssisi", status,
			opens ? NULL : reason, casefile_id, kind_of(is_strength), number);
	if (err == OK)
		err = expect_change(c, "need");
	if (err == OK)
		err = record(c, casefile_id, status, settled_message(status, is_strength), sign_of(c, is_strength, number), reason, tag);
	return db_end(c, err);
}
