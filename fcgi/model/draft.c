/* SPDX-License-Identifier: Apache-2.0
 *
 * Drafts of intakes, and what group_states says. */
#include "draft.h"

#include <string.h>

#include "group_internal.h"
#include "model_internal.h"

bool group_is_name(const char *group)
{
	for (const char *at = group; *at != '\0'; at++)
		if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.", *at) == NULL)
			return false;
	return strlen(group) < 200;
}

struct group_state group_state_of(const struct context *c, const char *group_states, const char *group)
{
	struct group_state state = { .saved_by = "", .state = "" };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT ?1 ->> ('$.\"' || ?2 || '\".revision'), ?1 ->> ('$.\"' || ?2 || '\".saved_at'),"
		" ?1 ->> ('$.\"' || ?2 || '\".saved_by'), ?1 ->> ('$.\"' || ?2 || '\".state')"), "ss",
		or_null(group_states) != NULL ? group_states : "{}", GROUP_KEY(group));
	if (rows_next(rows))
		state = (struct group_state){ .revision = rows_int(rows, 0), .saved_at = rows_int(rows, 1),
		                              .saved_by = cell(rows, 2, c->arena), .state = cell(rows, 3, c->arena) };
	(void)rows_close(rows);
	return state;
}

static void draft_read(struct rows *rows, struct arena *a, struct draft *draft)
{
	*draft = (struct draft){ .id = rows_int(rows, 0), .kind = cell(rows, 1, a), .form_version = rows_int(rows, 2),
		.answers = cell(rows, 3, a), .group_states = cell(rows, 4, a), .revision = rows_int(rows, 5),
		.created_at = rows_int(rows, 6), .updated_at = rows_int(rows, 7) };
}

enum err draft_load(const struct context *c, int64_t id, struct draft **out)
{
	*out = NULL;
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT id, kind, form_version, answers, group_states, revision, created_at, updated_at"
		" FROM draft WHERE id = ? AND user_id = ? AND finished_casefile_id IS NULL"), "ii", id, context_user(c));
	if (rows_next(rows)) {
		*out = arena_new_of(c->arena, struct draft);
		draft_read(rows, c->arena, *out);
	}
	enum err err = rows_close(rows);
	return err != OK || *out != NULL ? err : fail(c->why, ERR_NOT_FOUND, "no such draft");
}

enum err draft_create(const struct context *c, const char *kind, int64_t form_version, const char *answers, struct draft **out)
{
	int64_t id = 0;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_int(c->db, c->why, &id, SQL("INSERT INTO draft (user_id, kind, form_version, answers, created_at, updated_at)"
		" VALUES (?1, ?2, ?3, json(?4), ?5, ?5) RETURNING id"), "isisi", context_user(c), kind, form_version,
		or_null(answers) != NULL ? answers : "{}", c->actor->now);
	if (err == OK)
		err = draft_load(c, id, out);
	return db_end(c, err);
}

enum err draft_list(const struct context *c, const char *kind, struct drafts *out)
{
	*out = (struct drafts){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT id, kind, form_version, answers, group_states, revision, created_at, updated_at"
		" FROM draft WHERE user_id = ? AND kind = ? AND finished_casefile_id IS NULL ORDER BY updated_at DESC LIMIT 50"), "is",
		context_user(c), kind);
	while (rows_next(rows))
		draft_read(rows, c->arena, LIST_ADD(c->arena, out));
	return rows_close(rows);
}

enum err draft_save_group(const struct context *c, int64_t id, const char *group, int64_t group_revision,
                          const char *group_answers, const char *state, struct draft **out)
{
	*out = NULL;
	if (!group_is_name(or_empty(group)))
		return fail(c->why, ERR_BAD_REQUEST, "group name");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("UPDATE draft SET" GROUP_SET ", updated_at = ?6, revision = revision + 1"
		" WHERE id = ?7 AND user_id = ?8 AND finished_casefile_id IS NULL AND " GROUP_UNCHANGED), GROUP_TYPES "ii",
		GROUP_ARGS(c, group, group_answers, group_revision, state), id, context_user(c));
	bool saved = err == OK && db_changes(c->db) > 0;
	if (err == OK)
		err = draft_load(c, id, out);
	err = db_end(c, err);
	return err == OK && !saved ? fail(c->why, ERR_CONFLICT, "group %s was saved meanwhile", group) : err;
}

enum err draft_delete(const struct context *c, int64_t id)
{
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("DELETE FROM draft WHERE id = ? AND user_id = ? AND finished_casefile_id IS NULL"), "ii", id, context_user(c));
	if (err == OK)
		err = expect_change(c, "draft");
	return db_end(c, err);
}
