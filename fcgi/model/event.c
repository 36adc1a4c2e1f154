/* SPDX-License-Identifier: Apache-2.0
 *
 * The story of a case: adding to it and reading it back, newest first. */
#include "event.h"

#include <string.h>

#include "audit.h"
#include "casefile.h"
#include "model_internal.h"

static const char *param(const struct event *event, size_t i)
{
	return i < event->n_params ? or_empty(event->param[i]) : "";
}

enum err event_add(const struct context *c, int64_t casefile_id, const struct event *event)
{
	const char *name = event->actor_name != NULL ? event->actor_name : or_empty(c->actor->name);
	return db_run(c->db, c->why, SQL(
		"INSERT INTO main.event (casefile_id, seq, at, kind, message, params, quote, refs, link, sensitivity, visibility, user_id, actor_name)"
		" VALUES (?1, (SELECT ifnull(max(seq), 0) + 1 FROM main.event WHERE casefile_id = ?1), ?2, ?3, ?4,"
		" CASE ?5 WHEN 0 THEN '[]' WHEN 1 THEN json_array(?6) WHEN 2 THEN json_array(?6, ?7) WHEN 3 THEN json_array(?6, ?7, ?8)"
		" ELSE json_array(?6, ?7, ?8, ?9) END, ?10, ?11, ?12, ?13, ?14, nullif(?15, 0), ?16)"),
		"iississsssssssis", casefile_id, event->at != 0 ? event->at : c->actor->now, event->kind, event->message,
		(int64_t)event->n_params, param(event, 0), param(event, 1), param(event, 2), param(event, 3), or_null(event->quote),
		or_empty(event->refs), or_null(event->link), or_null(event->sensitivity),
		or_null(event->visibility) != NULL ? event->visibility : "staff", context_user(c), name);
}

static void event_read(struct rows *rows, struct arena *arena, struct event *event)
{
	*event = (struct event){
		.seq = rows_int(rows, 0), .at = rows_int(rows, 1), .kind = cell(rows, 2, arena), .message = cell(rows, 3, arena),
		.n_params = (size_t)rows_int(rows, 4), .param = { cell(rows, 5, arena), cell(rows, 6, arena), cell(rows, 7, arena), cell(rows, 8, arena) },
		.quote = cell(rows, 9, arena), .refs = cell(rows, 10, arena), .link = cell(rows, 11, arena), .sensitivity = cell(rows, 12, arena),
		.visibility = cell(rows, 13, arena), .user_id = rows_int(rows, 14), .actor_name = cell(rows, 15, arena)
	};
	if (event->n_params > 4)
		event->n_params = 4;
}

/* A note about goals of several tags has them all, by commas: who lacks one of them does not read it. */
#define IS_HIDDEN "(sensitivity IS NOT NULL AND EXISTS (SELECT 1 FROM json_each('[\"' || replace(sensitivity, ',', '\",\"') || '\"]') t" \
	" WHERE instr(?3, ',' || t.value || ',') = 0))"
#define MAY_READ "NOT " IS_HIDDEN " AND (visibility <> 'private' OR user_id = ?4)"

static enum err event_totals(const struct context *c, int64_t casefile_id, const char *kind, const char *tags, struct events *out)
{
	struct rows *rows = db_query(c->db, c->why, SQL(
		"SELECT ifnull(sum(" MAY_READ "), 0), ifnull(sum(" IS_HIDDEN "), 0)"
		" FROM event WHERE casefile_id = ?1 AND (?2 = '' OR kind = ?2)"), "issi", casefile_id, kind, tags, context_user(c));
	if (rows_next(rows)) {
		out->total = rows_int(rows, 0);
		out->n_hidden = (int)rows_int(rows, 1);
	}
	return rows_close(rows);
}

enum err event_list(const struct context *c, int64_t casefile_id, const char *kind, int limit, int offset, struct events *out)
{
	const char *tags = context_tags(c);
	*out = (struct events){ 0 };
	enum err err = event_totals(c, casefile_id, or_empty(kind), tags, out);
	if (err != OK)
		return err;
	struct rows *rows = db_query(c->db, c->why, SQL(
		"SELECT seq, at, kind, message, json_array_length(params), params ->> 0, params ->> 1, params ->> 2, params ->> 3,"
		" quote, refs, link, sensitivity, visibility, user_id, actor_name FROM event"
		" WHERE casefile_id = ?1 AND (?2 = '' OR kind = ?2) AND " MAY_READ " ORDER BY at DESC, seq DESC LIMIT ?5 OFFSET ?6"),
		"issiii", casefile_id, or_empty(kind), tags, context_user(c), (int64_t)limit, (int64_t)offset);
	while (rows_next(rows))
		event_read(rows, c->arena, LIST_ADD(c->arena, out));
	return rows_close(rows);
}

/* A note is as restricted as the needs its goals answer. goals: "1.1 3.2". */
static enum err tags_of_goals(const struct context *c, int64_t casefile_id, const char *goals, char **tags)
{
	return db_text(c->db, c->why, c->arena, tags, SQL("SELECT group_concat(DISTINCT sensitivity) FROM need WHERE casefile_id = ?1 AND kind = 'need'"
		" AND sensitivity IS NOT NULL AND instr(' ' || ?2, ' ' || number || '.') > 0"), "is", casefile_id, or_empty(goals));
}

/* Each of "1.1 2.1" is a goal of this case. */
static enum err check_goals(const struct context *c, int64_t casefile_id, const char *goals)
{
	enum err err = OK;
	for (const char *at = or_empty(goals); err == OK && *at != '\0';) {
		size_t length = strcspn(at, " ");
		int64_t n = 0;
		err = db_int(c->db, c->why, &n, SQL("SELECT count(*) FROM goal WHERE casefile_id = ? AND need_number || '.' || seq = ?"), "is",
		             casefile_id, arena_strndup(c->arena, at, length));
		if (err == OK && n == 0)
			err = fail(c->why, ERR_INVALID, "no goal \"%.20s\" in this case", at);
		at += length + (at[length] == ' ');
	}
	return err;
}

enum err event_note(const struct context *c, int64_t casefile_id, const char *text, const char *goals,
                    const char *visibility, const char *sensitivity)
{
	const char *number;
	char *tags = NULL;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = check_goals(c, casefile_id, goals);
	if (err == OK && or_null(sensitivity) == NULL && (err = tags_of_goals(c, casefile_id, goals, &tags)) == OK)
		sensitivity = tags;
	if (err == OK)
		err = event_add(c, casefile_id, &(struct event){ .kind = "note", .message = "Note by %1", .n_params = 1, .param = { c->actor->name },
		.quote = text, .refs = goals, .visibility = visibility, .sensitivity = sensitivity });
	if (err == OK)
		err = casefile_refresh(c, casefile_id);
	if (err == OK)
		err = casefile_number(c, casefile_id, &number);
	if (err == OK)
		err = audit_change(c, "create", "note", number, casefile_id, audit_detail(c, "visibility", or_empty(visibility), NULL));
	return db_end(c, err);
}
