/* SPDX-License-Identifier: Apache-2.0
 *
 * The agenda: planned and held visits, and the worker's other hours. */
#include "activity.h"

#include <string.h>

#include "audit.h"
#include "base/date.h"
#include "casefile.h"
#include "event.h"
#include "model_internal.h"

#define COLUMNS "a.id, a.casefile_id, f.number, f.title, f.locality, a.user_id, u.name, a.kind, a.planned_at, a.minutes, a.place, a.purpose," \
	" a.held_at, a.outcome, a.summary, f.title_latin, u.name_native"
#define FROM " FROM activity a LEFT JOIN casefile f ON f.id = a.casefile_id LEFT JOIN user u ON u.id = a.user_id"

static void activity_read(struct rows *rows, struct arena *a, struct activity *out)
{
	*out = (struct activity){
		.id = rows_int(rows, 0), .casefile_id = rows_int(rows, 1), .number = cell(rows, 2, a), .title = cell(rows, 3, a),
		.locality = cell(rows, 4, a), .user_id = rows_int(rows, 5), .user_name = cell(rows, 6, a), .kind = cell(rows, 7, a),
		.planned_at = rows_int(rows, 8), .minutes = (int)rows_int(rows, 9), .place = cell(rows, 10, a), .purpose = cell(rows, 11, a),
		.held_at = rows_int(rows, 12), .outcome = cell(rows, 13, a), .summary = cell(rows, 14, a), .title_latin = cell(rows, 15, a),
		.user_name_native = cell(rows, 16, a)
	};
}

static enum err read_all(const struct context *c, struct rows *rows, struct activities *out)
{
	*out = (struct activities){ 0 };
	while (rows_next(rows))
		activity_read(rows, c->arena, LIST_ADD(c->arena, out));
	return rows_close(rows);
}

enum err activity_agenda(const struct context *c, int64_t from, int64_t until, struct activities *out)
{
	/* the hours of a case that is somebody else's now stay, without its name */
	return read_all(c, db_query(c->db, c->why, SQL("SELECT " COLUMNS " FROM activity a LEFT JOIN casefile f ON f.id = a.casefile_id AND " SCOPE_SQL
		" LEFT JOIN user u ON u.id = a.user_id WHERE a.user_id = ?6 AND a.planned_at >= ?7 AND a.planned_at < ?8 ORDER BY a.planned_at, a.id LIMIT 500"),
		SCOPE_TYPES "iii", SCOPE_ARGS(c), context_user(c), from, until), out);
}

enum err activity_hours(const struct context *c, int64_t from, int64_t until, struct hours *out)
{
	*out = (struct hours){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT kind, sum(minutes) FROM activity WHERE user_id = ? AND planned_at >= ? AND planned_at < ?"
		" AND ifnull(outcome, '') <> 'cancelled' GROUP BY kind ORDER BY 2 DESC, 1"), "iii", context_user(c), from, until);
	while (rows_next(rows)) {
		struct kind_minutes *row = LIST_ADD(c->arena, out);
		*row = (struct kind_minutes){ .kind = cell(rows, 0, c->arena), .minutes = rows_int(rows, 1) };
		out->total += row->minutes;
	}
	return rows_close(rows);
}

enum err activity_list(const struct context *c, int64_t casefile_id, int limit, struct activities *out)
{
	return read_all(c, db_query(c->db, c->why, SQL("SELECT a.id, a.casefile_id, '', '', '', a.user_id, u.name, a.kind, a.planned_at, a.minutes,"
		" a.place, a.purpose, a.held_at, a.outcome, a.summary, '', u.name_native FROM activity a LEFT JOIN user u ON u.id = a.user_id"
		" WHERE a.casefile_id = ? ORDER BY a.planned_at DESC LIMIT ?"), "ii", casefile_id, (int64_t)limit), out);
}

enum err activity_coming(const struct context *c, int64_t casefile_id, int limit, struct activities *out)
{
	return read_all(c, db_query(c->db, c->why, SQL("SELECT a.id, a.casefile_id, '', '', '', a.user_id, u.name, a.kind, a.planned_at, a.minutes,"
		" a.place, a.purpose, a.held_at, a.outcome, a.summary, '', u.name_native FROM activity a LEFT JOIN user u ON u.id = a.user_id"
		" WHERE a.casefile_id = ?1 AND a.outcome IS NULL AND a.planned_at > ?2 - 86400 AND a.planned_at + 60 * a.minutes > ?2"
		" AND a.kind IN ('home_visit', 'office', 'phone', 'group') ORDER BY a.planned_at, a.id LIMIT ?3"), "iii", casefile_id,
		c->actor->now, (int64_t)limit), out);
}

enum err activity_load(const struct context *c, int64_t id, struct activity **out)
{
	struct activities found;
	*out = NULL;
	enum err err = read_all(c, db_query(c->db, c->why, SQL("SELECT " COLUMNS FROM " WHERE a.id = ?6"
		" AND ((a.user_id = ?1 AND ?2 BETWEEN 1 AND 4) OR (f.id IS NOT NULL AND " SCOPE_SQL "))"), SCOPE_TYPES "i", SCOPE_ARGS(c), id), &found);
	if (err == OK && found.n == 0)
		return fail(c->why, ERR_NOT_FOUND, "no such activity");
	*out = err == OK ? &found.item[0] : NULL;
	return err;
}

enum err activity_create(const struct context *c, struct activity *a)
{
	const char *number;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_int(c->db, c->why, &a->id, SQL("INSERT INTO activity (casefile_id, user_id, kind, planned_at, minutes, place, purpose)"
		" VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?) RETURNING id"), "iisiiss", a->casefile_id, a->user_id, a->kind, a->planned_at,
		(int64_t)a->minutes, or_null(a->place), or_null(a->purpose));
	if (err == OK && a->casefile_id != 0)
		err = casefile_refresh(c, a->casefile_id);
	if (err == OK)
		err = casefile_number(c, a->casefile_id, &number);
	if (err == OK)
		err = audit_change(c, "create", "activity", number, a->casefile_id, audit_detail(c, "kind", a->kind, NULL));
	return db_end(c, err);
}

static const char *closed_message(const char *outcome, const char *kind)
{
	if (strcmp(outcome, "missed") == 0)
		return "Visit missed";
	if (strcmp(outcome, "cancelled") == 0)
		return "Visit cancelled";
	if (strcmp(kind, "home_visit") == 0)
		return "Home visit, %1 minutes";
	return strcmp(kind, "phone") == 0 ? "Telephone call, %1 minutes" : "Meeting, %1 minutes";
}

static enum err record_close(const struct context *c, const struct activity *a, const char *outcome, int64_t held_at, const char *summary, const char *goals)
{
	char on[DATE_LEN];
	const char *number;
	bool held = strcmp(outcome, "held") == 0;
	date_of_instant(held_at, c->zone, on);
	enum err err = held ? db_run(c->db, c->why, SQL("UPDATE casefile SET last_contact_on = max(last_contact_on, ?) WHERE id = ?"), "si", on, a->casefile_id) : OK;
	if (err == OK)
		err = event_add(c, a->casefile_id, &(struct event){ .kind = "visit", .message = closed_message(outcome, a->kind), .n_params = 1,
			.param = { arena_printf(c->arena, "%d", a->minutes) }, .quote = summary, .refs = goals, .at = held ? held_at : 0 });
	if (err == OK)
		err = casefile_refresh(c, a->casefile_id);
	if (err == OK)
		err = casefile_number(c, a->casefile_id, &number);
	return err == OK ? audit_change(c, outcome, "activity", number, a->casefile_id, audit_detail(c, "kind", a->kind, NULL)) : err;
}

enum err activity_close(const struct context *c, int64_t id, const char *outcome, int64_t held_at, const char *summary, const char *goals)
{
	struct activity *a;
	bool held = strcmp(outcome, "held") == 0;
	if (!held && strcmp(outcome, "missed") != 0 && strcmp(outcome, "cancelled") != 0)
		return fail(c->why, ERR_INVALID, "activity outcome");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = activity_load(c, id, &a);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE activity SET outcome = ?, held_at = nullif(?, 0), summary = ? WHERE id = ? AND outcome IS NULL"), "sisi",
		             outcome, held ? held_at : (int64_t)0, or_null(summary), id);
	if (err == OK)
		err = expect_change(c, "activity");
	if (err == OK && a->casefile_id != 0)
		err = record_close(c, a, outcome, held_at, summary, goals);
	return db_end(c, err);
}

enum err activity_move(const struct context *c, int64_t id, int64_t planned_at)
{
	struct activity *a;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = activity_load(c, id, &a);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE activity SET planned_at = ? WHERE id = ? AND outcome IS NULL"), "ii", planned_at, id);
	if (err == OK)
		err = expect_change(c, "activity");
	if (err == OK && a->casefile_id != 0)
		err = casefile_refresh(c, a->casefile_id);
	if (err == OK)
		err = audit_change(c, "move", "activity", a->number, a->casefile_id, NULL);
	return db_end(c, err);
}
