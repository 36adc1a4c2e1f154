/* SPDX-License-Identifier: Apache-2.0
 *
 * Rounds of a form about a case: start, save a group, read, compare. Submitting is in
 * assessment_submit.c. */
#include "assessment.h"

#include "audit.h"
#include "group_internal.h"
#include "model_internal.h"

#define COLUMNS "a.seq, a.form, a.kind, a.round, a.status, a.form_version, a.score, a.band, a.segment, a.segment_override, a.override_reason," \
	" a.started_at, a.submitted_at, s.username, s.name, b.name, a.performed_on, a.revision"
#define FROM " FROM assessment a LEFT JOIN user s ON s.id = a.started_by LEFT JOIN user b ON b.id = a.submitted_by"

static void assessment_read(struct rows *rows, struct arena *a, struct assessment *out)
{
	*out = (struct assessment){
		.seq = rows_int(rows, 0), .form = cell(rows, 1, a), .kind = cell(rows, 2, a), .round = cell(rows, 3, a), .status = cell(rows, 4, a),
		.form_version = rows_int(rows, 5), .has_score = !rows_is_null(rows, 6), .score = rows_double(rows, 6), .band = cell(rows, 7, a),
		.segment = cell(rows, 8, a), .segment_override = cell(rows, 9, a), .override_reason = cell(rows, 10, a),
		.started_at = rows_int(rows, 11), .submitted_at = rows_int(rows, 12), .started_by = cell(rows, 13, a),
		.started_by_name = cell(rows, 14, a), .submitted_by_name = cell(rows, 15, a), .performed_on = cell(rows, 16, a),
		.revision = rows_int(rows, 17), .answers = "", .group_states = ""
	};
}

static enum err assessment_one(const struct context *c, struct rows *rows, struct assessment **out)
{
	*out = NULL;
	if (rows_next(rows)) {
		*out = arena_new_of(c->arena, struct assessment);
		assessment_read(rows, c->arena, *out);
		(*out)->answers = cell(rows, 18, c->arena);
		(*out)->group_states = cell(rows, 19, c->arena);
	}
	enum err err = rows_close(rows);
	return err != OK || *out != NULL ? err : fail(c->why, ERR_NOT_FOUND, "no such assessment");
}

enum err assessment_list(const struct context *c, int64_t casefile_id, const char *kind, struct assessments *out)
{
	*out = (struct assessments){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT " COLUMNS FROM " WHERE a.casefile_id = ?1 AND (?2 = '' OR a.kind = ?2)"
		" ORDER BY a.seq DESC"), "is", casefile_id, or_empty(kind));
	while (rows_next(rows))
		assessment_read(rows, c->arena, LIST_ADD(c->arena, out));
	return rows_close(rows);
}

enum err assessment_load(const struct context *c, int64_t casefile_id, int64_t seq, struct assessment **out)
{
	return assessment_one(c, db_query(c->db, c->why, SQL("SELECT " COLUMNS ", a.answers, a.group_states" FROM
		" WHERE a.casefile_id = ? AND a.seq = ?"), "ii", casefile_id, seq), out);
}

enum err assessment_latest(const struct context *c, int64_t casefile_id, const char *kind, struct assessment **out)
{
	return assessment_one(c, db_query(c->db, c->why, SQL("SELECT " COLUMNS ", a.answers, a.group_states" FROM
		" WHERE a.casefile_id = ? AND a.kind = ? AND a.status IN ('submitted', 'amended') ORDER BY a.seq DESC LIMIT 1"), "is",
		casefile_id, kind), out);
}

enum err assessment_draft(const struct context *c, int64_t casefile_id, const char *kind, struct assessment **out)
{
	return assessment_one(c, db_query(c->db, c->why, SQL("SELECT " COLUMNS ", a.answers, a.group_states" FROM
		" WHERE a.casefile_id = ? AND a.kind = ? AND a.status IN ('draft', 'returned') ORDER BY a.seq DESC LIMIT 1"), "is",
		casefile_id, kind), out);
}

static enum err find_open(const struct context *c, int64_t casefile_id, const char *kind, struct assessment **out)
{
	struct why why = { 0 };
	struct context quiet = *c;
	quiet.why = &why;
	enum err err = assessment_draft(&quiet, casefile_id, kind, out);
	if (err == OK)
		return fail(c->why, ERR_CONFLICT, "a %s is open already", kind);
	return err == ERR_NOT_FOUND ? OK : fail(c->why, err, "%s", why.detail);
}

enum err assessment_start(const struct context *c, int64_t casefile_id, const char *kind, const char *form,
                          int64_t form_version, const char *round, const char *answers, struct assessment **out)
{
	int64_t seq = 0;
	const char *number;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = find_open(c, casefile_id, kind, out);
	if (err == OK)
		err = db_int(c->db, c->why, &seq, SQL("INSERT INTO assessment (casefile_id, seq, form, kind, form_version, round, status, answers,"
			" started_by, started_at, performed_on) VALUES (?1, (SELECT ifnull(max(seq), 0) + 1 FROM assessment WHERE casefile_id = ?1),"
			" ?2, ?3, ?4, ?5, 'draft', json(?6), ?7, ?8, ?9) RETURNING seq"), "ississiis", casefile_id, form, kind, form_version, round,
			or_null(answers) != NULL ? answers : "{}", context_user(c), c->actor->now, c->actor->today);
	if (err == OK)
		err = casefile_number(c, casefile_id, &number);
	if (err == OK)
		err = audit_change(c, "start", kind, number, casefile_id, audit_detail(c, "form", form, "round", round, NULL));
	if (err == OK)
		err = assessment_load(c, casefile_id, seq, out);
	return db_end(c, err);
}

enum err assessment_save_group(const struct context *c, int64_t casefile_id, int64_t seq, const char *group,
                               int64_t group_revision, const char *group_answers, const char *state, struct assessment **out)
{
	const char *number;
	*out = NULL;
	if (!group_is_name(or_empty(group)))
		return fail(c->why, ERR_BAD_REQUEST, "group name");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("UPDATE assessment SET" GROUP_SET ", revision = revision + 1"
		" WHERE casefile_id = ?7 AND seq = ?8 AND status IN ('draft', 'returned') AND " GROUP_UNCHANGED), GROUP_TYPES "ii",
		GROUP_ARGS(c, group, group_answers, group_revision, state), casefile_id, seq);
	bool saved = err == OK && db_changes(c->db) > 0;
	if (saved && (err = casefile_number(c, casefile_id, &number)) == OK)
		err = audit_change(c, "save", "assessment", number, casefile_id, audit_detail(c, "group", GROUP_KEY(group), NULL));
	if (err == OK)
		err = assessment_load(c, casefile_id, seq, out);
	err = db_end(c, err);
	return err == OK && !saved ? fail(c->why, ERR_CONFLICT, "group %s was saved meanwhile", GROUP_KEY(group)) : err;
}

enum err assessment_scores(const struct context *c, int64_t casefile_id, int64_t seq, struct score_rows *out)
{
	*out = (struct score_rows){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT s.dimension, s.word, s.score, s.meaning, b.score, b.meaning FROM assessment_score s"
		" LEFT JOIN assessment_score b ON b.casefile_id = s.casefile_id AND b.dimension = s.dimension AND b.seq <> s.seq"
		" AND b.seq = (SELECT min(f.seq) FROM assessment f JOIN assessment a ON a.casefile_id = f.casefile_id AND a.seq = ?2"
		"  WHERE f.casefile_id = ?1 AND f.kind = a.kind AND f.form = a.form AND f.status IN ('submitted', 'amended'))"
		" WHERE s.casefile_id = ?1 AND s.seq = ?2 ORDER BY s.position"), "ii", casefile_id, seq);
	while (rows_next(rows)) {
		struct arena *a = c->arena;
		*LIST_ADD(a, out) = (struct score_row){ .dimension = cell(rows, 0, a), .word = cell(rows, 1, a), .has_score = !rows_is_null(rows, 2),
			.score = rows_double(rows, 2), .meaning = (int)rows_int(rows, 3), .has_baseline = !rows_is_null(rows, 4),
			.baseline = rows_double(rows, 4), .baseline_meaning = (int)rows_int(rows, 5) };
	}
	return rows_close(rows);
}
