/* SPDX-License-Identifier: Apache-2.0
 *
 * Loading one case inside the actor's scope, its team and its steps so far. Lists are in
 * casefile_list.c, changes in casefile_change.c. */
#include "casefile_internal.h"

#include <string.h>

static void read_place(struct rows *rows, struct arena *a, struct casefile *f)
{
	f->office = cell(rows, 13, a);
	f->office_name = cell(rows, 14, a);
	f->area = cell(rows, 15, a);
	f->owner_id = rows_int(rows, 16);
	f->owner = cell(rows, 17, a);
	f->owner_name = cell(rows, 18, a);
	f->owner_name_native = cell(rows, 19, a);
	f->locality = cell(rows, 20, a);
	f->address = cell(rows, 21, a);
	f->phone = cell(rows, 22, a);
	f->language = cell(rows, 23, a);
}

static void read_numbers(struct rows *rows, struct arena *a, struct casefile *f)
{
	f->member_count = (int)rows_int(rows, 24);
	f->needs_open = (int)rows_int(rows, 25);
	f->has_score = !rows_is_null(rows, 26);
	f->last_score = rows_double(rows, 26);
	f->has_first_score = !rows_is_null(rows, 27);
	f->first_score = rows_double(rows, 27);
	f->last_contact_on = cell(rows, 28, a);
	f->review_on = cell(rows, 29, a);
	f->opened_on = cell(rows, 30, a);
	f->closed_on = cell(rows, 31, a);
	f->outcome = cell(rows, 32, a);
	f->next_contact_at = rows_int(rows, 33);
	f->updated_at = rows_int(rows, 34);
	f->revision = rows_int(rows, 35);
}

void casefile_read(const struct context *c, struct rows *rows, struct casefile *f)
{
	struct arena *a = c->arena;
	*f = (struct casefile){
		.id = rows_int(rows, 0), .number = cell(rows, 1, a), .title = cell(rows, 2, a), .title_latin = cell(rows, 3, a),
		.subject_type = cell(rows, 4, a), .program = cell(rows, 5, a), .level = (int)rows_int(rows, 6), .pathway = cell(rows, 7, a),
		.status = cell(rows, 8, a), .stage = cell(rows, 9, a), .stage_since = cell(rows, 10, a), .stage_due_on = cell(rows, 11, a),
		.risk_level = cell(rows, 12, a)
	};
	read_place(rows, a, f);
	read_numbers(rows, a, f);
	f->is_overdue = f->closed_on[0] == '\0' && strcmp(f->stage_due_on, c->actor->today) < 0;
	if (strcmp(f->stage_due_on, NO_DATE) == 0)
		f->stage_due_on = "";
}

enum err casefile_read_all(const struct context *c, struct rows *rows, struct casefiles *out)
{
	while (rows_next(rows))
		casefile_read(c, rows, LIST_ADD(c->arena, out));
	return rows_close(rows);
}

static enum err casefile_one(const struct context *c, struct rows *rows, struct casefile **out)
{
	*out = NULL;
	if (rows_next(rows)) {
		*out = arena_new_of(c->arena, struct casefile);
		casefile_read(c, rows, *out);
	}
	enum err err = rows_close(rows);
	return err != OK || *out != NULL ? err : fail(c->why, ERR_NOT_FOUND, "no such case in scope");
}

enum err casefile_load(const struct context *c, const char *number, struct casefile **out)
{
	return casefile_one(c, db_query(c->db, c->why, SQL("SELECT " CASEFILE_COLUMNS " FROM casefile f" CASEFILE_JOINS
		" WHERE f.number = ?6 AND " SCOPE_SQL), SCOPE_TYPES "s", SCOPE_ARGS(c), number), out);
}

enum err casefile_by_id(const struct context *c, int64_t id, struct casefile **out)
{
	return casefile_one(c, db_query(c->db, c->why, SQL("SELECT " CASEFILE_COLUMNS " FROM casefile f" CASEFILE_JOINS
		" WHERE f.id = ?6 AND " SCOPE_SQL), SCOPE_TYPES "i", SCOPE_ARGS(c), id), out);
}

enum err casefile_team(const struct context *c, int64_t casefile_id, struct team *out)
{
	*out = (struct team){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT t.user_id, u.username, u.name, t.reason, t.from_on, t.until_on"
		" FROM casefile_team t JOIN user u ON u.id = t.user_id WHERE t.casefile_id = ? AND (t.until_on IS NULL OR t.until_on >= ?)"
		" ORDER BY u.name"), "is", casefile_id, c->actor->today);
	while (rows_next(rows)) {
		struct team_member *member = LIST_ADD(c->arena, out);
		*member = (struct team_member){ .user_id = rows_int(rows, 0), .username = cell(rows, 1, c->arena), .name = cell(rows, 2, c->arena),
			.reason = cell(rows, 3, c->arena), .from_on = cell(rows, 4, c->arena), .until_on = cell(rows, 5, c->arena) };
	}
	return rows_close(rows);
}

enum err casefile_transitions(const struct context *c, int64_t casefile_id, struct transition_rows *out)
{
	*out = (struct transition_rows){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT t.name, t.from_stage, t.to_stage, t.comment, t.at, u.name FROM transition t"
		" LEFT JOIN user u ON u.id = t.user_id WHERE t.casefile_id = ? ORDER BY t.seq"), "i", casefile_id);
	while (rows_next(rows)) {
		struct transition_row *row = LIST_ADD(c->arena, out);
		*row = (struct transition_row){ .name = cell(rows, 0, c->arena), .from_stage = cell(rows, 1, c->arena),
			.to_stage = cell(rows, 2, c->arena), .comment = cell(rows, 3, c->arena), .at = rows_int(rows, 4), .user_name = cell(rows, 5, c->arena) };
	}
	return rows_close(rows);
}
