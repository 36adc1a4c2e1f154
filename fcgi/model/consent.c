/* SPDX-License-Identifier: Apache-2.0
 *
 * Consents, recorded by staff and withdrawn on either site. */
#include "consent.h"

#include "audit.h"
#include "base/text.h"
#include "casefile.h"
#include "consent_internal.h"
#include "event.h"
#include "model_internal.h"

#define VALID_SQL "is_given = 1 AND withdrawn_at IS NULL AND (expires_on IS NULL OR expires_on >= ?2)"

enum err consent_list(const struct context *c, int64_t casefile_id, struct consents *out)
{
	*out = (struct consents){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT seq, purpose, is_given, method, given_by, given_on, expires_on, withdrawn_at,"
		" withdrawn_by, text_shown, language, " VALID_SQL " FROM consent WHERE casefile_id = ?1 ORDER BY purpose, seq DESC"), "is",
		casefile_id, c->actor->today);
	while (rows_next(rows)) {
		struct arena *a = c->arena;
		*LIST_ADD(a, out) = (struct consent){ .seq = rows_int(rows, 0), .purpose = cell(rows, 1, a), .is_given = rows_int(rows, 2) != 0,
			.method = cell(rows, 3, a), .given_by = cell(rows, 4, a), .given_on = cell(rows, 5, a), .expires_on = cell(rows, 6, a),
			.withdrawn_at = rows_int(rows, 7), .withdrawn_by = cell(rows, 8, a), .text_shown = cell(rows, 9, a),
			.language = cell(rows, 10, a), .is_valid = rows_int(rows, 11) != 0 };
	}
	return rows_close(rows);
}

enum err consent_has(const struct context *c, int64_t casefile_id, const char *purpose, bool *has)
{
	int64_t n = 0;
	enum err err = db_int(c->db, c->why, &n, SQL("SELECT count(*) FROM consent WHERE casefile_id = ?1 AND purpose = ?3 AND " VALID_SQL), "iss",
	                      casefile_id, c->actor->today, purpose);
	*has = n > 0;
	return err;
}

enum err consent_insert(const struct context *c, int64_t casefile_id, struct consent *consent)
{
	if (text_is_blank(consent->given_by) || text_is_blank(consent->purpose))
		return fail(c->why, ERR_INVALID, "consent without purpose or name");
	return db_int(c->db, c->why, &consent->seq, SQL("INSERT INTO consent (casefile_id, seq, purpose, is_given, method, given_by, given_on,"
		" expires_on, text_shown, language) VALUES (?1, (SELECT ifnull(max(seq), 0) + 1 FROM consent WHERE casefile_id = ?1), ?2, ?3, ?4, ?5,"
		" ?6, ?7, ?8, ?9) RETURNING seq"), "isissssss", casefile_id, consent->purpose, (int64_t)consent->is_given,
		or_null(consent->method) != NULL ? consent->method : "written", consent->given_by,
		or_null(consent->given_on) != NULL ? consent->given_on : c->actor->today, or_null(consent->expires_on), or_empty(consent->text_shown),
		or_empty(consent->language));
}

static enum err record(const struct context *c, int64_t casefile_id, const char *action, const char *message, const char *purpose, const char *by)
{
	const char *number;
	enum err err = event_add(c, casefile_id, &(struct event){ .kind = "consent", .message = message, .n_params = 2, .param = { purpose, by },
		.visibility = "shared" });
	if (err == OK)
		err = casefile_number(c, casefile_id, &number);
	return err == OK ? audit_change(c, action, "consent", number, casefile_id, audit_detail(c, "purpose", purpose, "by", by, NULL)) : err;
}

enum err consent_record(const struct context *c, int64_t casefile_id, struct consent *consent)
{
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = consent_insert(c, casefile_id, consent);
	if (err == OK)
		err = record(c, casefile_id, consent->is_given ? "create" : "refuse", consent->is_given ? "Consent given: %1, by %2"
		             : "Consent refused: %1, by %2", consent->purpose, consent->given_by);
	return db_end(c, err);
}

enum err consent_withdraw(const struct context *c, int64_t casefile_id, int64_t seq, const char *withdrawn_by)
{
	char *purpose = NULL;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_text(c->db, c->why, c->arena, &purpose, SQL("SELECT purpose FROM consent WHERE casefile_id = ? AND seq = ?"), "ii", casefile_id, seq);
	if (err == ERR_NOT_FOUND)
		err = fail(c->why, ERR_NOT_FOUND, "no such consent");
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE main.consent SET withdrawn_at = ?, withdrawn_by = ? WHERE casefile_id = ? AND seq = ?"
			" AND withdrawn_at IS NULL"), "isii", c->actor->now, withdrawn_by, casefile_id, seq);
	if (err == OK)
		err = expect_change(c, "consent");
	if (err == OK)
		err = record(c, casefile_id, "withdraw", "Consent withdrawn: %1, by %2", purpose, withdrawn_by);
	return db_end(c, err);
}
