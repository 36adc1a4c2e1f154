/* SPDX-License-Identifier: Apache-2.0
 *
 * Submitting and amending: answers closed, scores stored, needs and strengths numbered, the
 * case's risk and score brought up to date, event and audit, in one transaction. */
#include <stdio.h>
#include <string.h>

#include "assessment.h"
#include "audit.h"
#include "base/text.h"
#include "casefile.h"
#include "event.h"
#include "model_internal.h"
#include "need_internal.h"

static enum err close_row(const struct context *c, int64_t casefile_id, int64_t seq, int64_t revision,
                          const struct assessment_result *r, bool amends)
{
	const char *sql = amends
		? SQL("UPDATE assessment SET answers = json(?1), score = CASE WHEN ?2 THEN ?3 END, band = ?4, segment = ?5, submitted_by = nullif(?6, 0),"
		      " submitted_at = ?7, status = 'amended', performed_on = ifnull(performed_on, ?8), revision = revision + 1"
		      " WHERE casefile_id = ?9 AND seq = ?10 AND (?11 = 0 OR revision = ?11) AND status IN ('submitted', 'amended')")
		: SQL("UPDATE assessment SET answers = json(?1), score = CASE WHEN ?2 THEN ?3 END, band = ?4, segment = ?5, submitted_by = nullif(?6, 0),"
		      " submitted_at = ?7, status = 'submitted', performed_on = ?8, revision = revision + 1"
		      " WHERE casefile_id = ?9 AND seq = ?10 AND (?11 = 0 OR revision = ?11) AND status IN ('draft', 'returned')");
	enum err err = db_run(c->db, c->why, sql, "sidssiisiii", r->answers, (int64_t)r->has_score, r->score, or_null(r->band), or_null(r->segment),
		context_user(c), c->actor->now, c->actor->today, casefile_id, seq, revision);
	return err == OK ? expect_change(c, "assessment") : err;
}

static enum err write_scores(const struct context *c, int64_t casefile_id, int64_t seq, const struct assessment_result *r)
{
	enum err err = db_run(c->db, c->why, SQL("DELETE FROM assessment_score WHERE casefile_id = ? AND seq = ?"), "ii", casefile_id, seq);
	for (size_t i = 0; err == OK && i < r->n_scores; i++) {
		const struct new_score *s = &r->score_of[i];
		err = db_run(c->db, c->why, SQL("INSERT INTO assessment_score (casefile_id, seq, position, dimension, score, meaning, word)"
			" VALUES (?1, ?2, ?3, ?4, CASE WHEN ?5 THEN ?6 END, ?7, ?8)"), "iiisidis", casefile_id, seq, (int64_t)i, s->dimension,
			(int64_t)s->has_score, s->score, (int64_t)s->meaning, or_null(s->word));
	}
	return err;
}

/* An open one of the same dimension and question keeps its number; what the family ranked stays ranked. */
static enum err write_need(const struct context *c, int64_t casefile_id, int64_t seq, const struct new_need *n, struct need *added)
{
	const char *kind = n->is_strength ? "strength" : "need";
	*added = (struct need){ .is_strength = n->is_strength, .dimension = n->dimension, .statement_objective = n->statement_objective,
		.statement_subjective = n->statement_subjective, .has_severity = n->has_severity, .severity = n->severity, .meaning = n->meaning,
		.sensitivity = n->sensitivity, .assessment_seq = seq, .question = n->question };
	enum err err = db_run(c->db, c->why, SQL("UPDATE need SET statement_objective = ?3, statement_subjective = ifnull(?4, statement_subjective),"
		" severity = CASE WHEN ?5 THEN ?6 END, meaning = ?7, sensitivity = ?8, assessment_seq = ?9, revision = revision + 1"
		" WHERE casefile_id = ?1 AND kind = ?2 AND status = 'open' AND dimension = ?10 AND ifnull(question, '') = ?11"), "isssidisiss",
		casefile_id, kind, n->statement_objective, or_null(n->statement_subjective), (int64_t)n->has_severity, n->severity,
		(int64_t)n->meaning, or_null(n->sensitivity), seq, n->dimension, or_empty(n->question));
	return err == OK && db_changes(c->db) == 0 ? need_insert(c, casefile_id, added) : err;
}

/* refs: "N1 N2 S1" of what is new. */
static enum err write_needs(const struct context *c, int64_t casefile_id, int64_t seq, const struct assessment_result *r, const char **refs)
{
	enum err err = OK;
	*refs = "";
	for (size_t i = 0; err == OK && i < r->n_needs; i++) {
		struct need added;
		err = write_need(c, casefile_id, seq, &r->need[i], &added);
		if (err == OK && added.number != 0)
			*refs = arena_printf(c->arena, "%s%s%c%d", *refs, (*refs)[0] != '\0' ? " " : "", added.is_strength ? 'S' : 'N', (int)added.number);
	}
	return err;
}

static enum err write_case(const struct context *c, int64_t casefile_id, int64_t seq, const struct assessment_result *r)
{
	enum err err = db_run(c->db, c->why, SQL("UPDATE casefile SET risk_level = ifnull(?1, risk_level), pathway = ifnull(?2, pathway)"
		" WHERE id = ?3"), "ssi", or_null(r->risk_level), or_null(r->pathway), casefile_id);
	if (err == OK && r->has_score)
		err = db_run(c->db, c->why, SQL("UPDATE casefile SET last_score = ?1, first_score = ifnull(first_score, ?1)"
			" WHERE id = ?2 AND (SELECT kind FROM assessment WHERE casefile_id = ?2 AND seq = ?3) <> 'profile'"), "dii", r->score, casefile_id, seq);
	return err == OK ? casefile_refresh(c, casefile_id) : err;
}

static enum err write_record(const struct context *c, int64_t casefile_id, int64_t seq, const struct assessment_result *r,
                             const char *refs, const char *reason)
{
	struct assessment *a;
	const char *number;
	enum err err = assessment_load(c, casefile_id, seq, &a);
	if (err != OK)
		return err;
	char score[32] = "";
	if (r->has_score)
		snprintf(score, sizeof score, "%g", r->score);
	bool is_profile = strcmp(a->kind, "profile") == 0;
	const char *message = reason != NULL ? (is_profile ? "Profile amended" : "Assessment amended")
		: is_profile ? "Profile finished" : score[0] != '\0' ? "Assessment finished, score %1" : "Assessment finished";
	err = event_add(c, casefile_id, &(struct event){ .kind = "assessment", .message = message, .n_params = 1, .param = { score }, .refs = refs,
		.quote = reason, .link = arena_printf(c->arena, is_profile ? "profile" : "assessments/%d", (int)seq) });
	if (err == OK)
		err = casefile_number(c, casefile_id, &number);
	return err == OK ? audit_change(c, reason != NULL ? "amend" : "submit", a->kind, number, casefile_id, audit_detail(c, "seq",
		arena_printf(c->arena, "%d", (int)seq), "score", score, "risk", or_empty(r->risk_level), "reason", or_empty(reason), NULL)) : err;
}

static enum err submit(const struct context *c, int64_t casefile_id, int64_t seq, int64_t revision, const struct assessment_result *r, const char *reason)
{
	const char *refs = "";
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = close_row(c, casefile_id, seq, revision, r, reason != NULL);
	if (err == OK)
		err = write_scores(c, casefile_id, seq, r);
	if (err == OK)
		err = write_needs(c, casefile_id, seq, r, &refs);
	if (err == OK)
		err = write_case(c, casefile_id, seq, r);
	if (err == OK)
		err = write_record(c, casefile_id, seq, r, refs, reason);
	return db_end(c, err);
}

enum err assessment_submit(const struct context *c, int64_t casefile_id, int64_t seq, int64_t revision,
                           const struct assessment_result *result)
{
	return submit(c, casefile_id, seq, revision, result, NULL);
}

enum err assessment_amend(const struct context *c, int64_t casefile_id, int64_t seq, int64_t revision,
                          const struct assessment_result *result, const char *reason)
{
	if (text_is_blank(reason))
		return fail(c->why, ERR_INVALID, "an amendment needs a reason");
	return submit(c, casefile_id, seq, revision, result, reason);
}

enum err assessment_override(const struct context *c, int64_t casefile_id, int64_t seq, const char *segment, const char *reason)
{
	const char *number;
	if (text_is_blank(reason) || text_is_blank(segment))
		return fail(c->why, ERR_INVALID, "an override needs a segment and a reason");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("UPDATE assessment SET segment_override = ?, override_reason = ?, revision = revision + 1"
		" WHERE casefile_id = ? AND seq = ? AND status IN ('submitted', 'amended')"), "ssii", segment, reason, casefile_id, seq);
	if (err == OK)
		err = expect_change(c, "assessment");
	if (err == OK)
		err = event_add(c, casefile_id, &(struct event){ .kind = "assessment", .message = "Profile result set to %1", .n_params = 1,
			.param = { segment }, .quote = reason });
	if (err == OK)
		err = casefile_number(c, casefile_id, &number);
	if (err == OK)
		err = audit_change(c, "override", "profile", number, casefile_id, audit_detail(c, "segment", segment, "reason", reason, NULL));
	return db_end(c, err);
}
