/* SPDX-License-Identifier: Apache-2.0
 *
 * Deciding on a version: proposed, returned, approved, signed by both, in force; then the
 * contact schedule is laid into the worker's agenda. Signing works on both sites: writes
 * name main's tables, reads what the connection may see. */
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "casefile.h"
#include "plan_internal.h"

enum err plan_propose(const struct context *c, int64_t casefile_id)
{
	struct plan_head head;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = plan_head(c, casefile_id, &head);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE plan AS p SET status = 'proposed', proposed_at = ?, proposed_by = nullif(?, 0), returned_comment = NULL,"
			" body = " BODY_SQL ", revision = revision + 1 WHERE casefile_id = ? AND version = ? AND status IN ('draft', 'returned')"), "iiii",
			c->actor->now, context_user(c), casefile_id, head.version);
	if (err == OK)
		err = expect_change(c, "plan");
	if (err == OK)
		err = plan_record(c, casefile_id, "propose", "Plan sent for approval", "", NULL, false);
	return db_end(c, err);
}

enum err plan_freeze(const struct context *c, int64_t casefile_id)
{
	return db_run(c->db, c->why, SQL("UPDATE plan AS p SET body = " BODY_SQL " WHERE casefile_id = ? AND body IS NULL"
		" AND status IN ('proposed', 'approved', 'active', 'replaced', 'returned')"), "i", casefile_id);
}

enum err plan_return(const struct context *c, int64_t casefile_id, const char *comment)
{
	struct plan_head head;
	if (text_is_blank(comment))
		return fail(c->why, ERR_INVALID, "returning a plan takes a comment");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = plan_head(c, casefile_id, &head);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE plan SET status = 'returned', returned_comment = ?, revision = revision + 1"
			" WHERE casefile_id = ? AND version = ? AND status = 'proposed'"), "sii", comment, casefile_id, head.version);
	if (err == OK)
		err = expect_change(c, "plan");
	/* What was signed will change. */
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM signature WHERE casefile_id = ? AND version = ?"), "ii", casefile_id, head.version);
	if (err == OK)
		err = plan_record(c, casefile_id, "return", "Plan returned", "", comment, false);
	return db_end(c, err);
}

/* ---- the contact schedule ---- */

#define SCHEDULE_MONTHS 12

static int every_days(const struct contact_phase *cadence, int month)
{
	int days = 0;
	for (; cadence->every_days > 0; cadence++)
		if (cadence->from_month <= month)
			days = cadence->every_days;
	return days;
}

static void off_the_weekend(const struct context *c, char date[DATE_LEN])
{
	int position = date_week_position(date, c->week_first);
	if (position >= 5)
		date_add_days(date, 7 - position, date);
}

static enum err lay_visit(const struct context *c, int64_t casefile_id, int64_t owner_id, const char *place, const char *date)
{
	/* Spread over the day, the same for a case each time. */
	int minute = 9 * 60 + 30 + (int)(casefile_id % 5) * 75;
	return db_run(c->db, c->why, SQL("INSERT INTO main.activity (casefile_id, user_id, kind, planned_at, minutes, place, from_schedule)"
		" VALUES (?, ?, 'home_visit', ?, 60, ?, 1)"), "iiis", casefile_id, owner_id, instant_of(date, minute, c->zone), or_null(place));
}

static enum err lay_visits(const struct context *c, int64_t casefile_id, int64_t owner_id, const char *place, const struct contact_phase *cadence)
{
	char date[DATE_LEN], end[DATE_LEN], on[DATE_LEN];
	enum err err = OK;
	memcpy(date, c->actor->today, DATE_LEN);
	date_add_months(date, SCHEDULE_MONTHS, end);
	while (err == OK) {
		int month = date_diff(c->actor->today, date) / 30 + 1;
		int days = every_days(cadence, month);
		if (days == 0)
			return OK;
		date_add_days(date, days, date);
		if (strcmp(date, end) > 0)
			return OK;
		memcpy(on, date, DATE_LEN);
		off_the_weekend(c, on);
		err = lay_visit(c, casefile_id, owner_id, place, on);
	}
	return err;
}

static enum err lay_schedule(const struct context *c, int64_t casefile_id, const struct contact_phase *cadence)
{
	int64_t owner_id = 0;
	const char *place = "";
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT owner_id, address FROM casefile WHERE id = ?"), "i", casefile_id);
	if (rows_next(rows)) {
		owner_id = rows_int(rows, 0);
		place = cell(rows, 1, c->arena);
	}
	enum err err = rows_close(rows);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM main.activity WHERE id IN (SELECT id FROM activity WHERE casefile_id = ? AND planned_at > ?"
			" AND outcome IS NULL AND from_schedule = 1)"), "ii", casefile_id, c->actor->now);
	return err == OK && owner_id != 0 && cadence != NULL ? lay_visits(c, casefile_id, owner_id, place, cadence) : err;
}

/* ---- in force ---- */

static enum err write_active(const struct context *c, int64_t casefile_id, int64_t version)
{
	enum err err = db_run(c->db, c->why, SQL("UPDATE main.plan SET status = 'replaced', revision = revision + 1 WHERE casefile_id = ?1"
		" AND version IN (SELECT version FROM plan WHERE casefile_id = ?1 AND status = 'active')"), "i", casefile_id);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE main.plan SET status = 'active', active_on = ?, revision = revision + 1"
			" WHERE casefile_id = ? AND version = ?"), "sii", c->actor->today, casefile_id, version);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE main.casefile SET review_on = (SELECT review_on FROM plan WHERE casefile_id = ?1 AND version = ?2),"
			" updated_at = ?3, next_contact_at = (SELECT min(planned_at) FROM activity WHERE casefile_id = ?1 AND outcome IS NULL AND planned_at >= ?3)"
			" WHERE id = ?1"), "iii", casefile_id, version, c->actor->now);
	return err;
}

static enum err come_into_force(const struct context *c, int64_t casefile_id, int64_t version, const struct contact_phase *cadence, bool *is_active)
{
	int64_t ready = 0;
	enum err err = db_int(c->db, c->why, &ready, SQL("SELECT p.status = 'approved' AND (SELECT count(*) FROM signature s"
		" WHERE s.casefile_id = p.casefile_id AND s.version = p.version) = 2 FROM plan p WHERE p.casefile_id = ? AND p.version = ?"), "ii", casefile_id, version);
	*is_active = err == OK && ready != 0;
	if (!*is_active)
		return err == ERR_NOT_FOUND ? OK : err;
	err = lay_schedule(c, casefile_id, cadence);
	if (err == OK)
		err = write_active(c, casefile_id, version);
	if (err == OK)
		err = plan_record(c, casefile_id, "activate", "Plan version %1 is in force", arena_printf(c->arena, "%d", (int)version), NULL, true);
	return err;
}

enum err plan_approve(const struct context *c, int64_t casefile_id, const char *comment, const struct contact_phase *cadence)
{
	struct plan_head head;
	bool is_active;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = plan_head(c, casefile_id, &head);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE plan SET status = 'approved', approved_at = ?, approved_by = nullif(?, 0), revision = revision + 1"
			" WHERE casefile_id = ? AND version = ? AND status = 'proposed'"), "iiii", c->actor->now, context_user(c), casefile_id, head.version);
	if (err == OK)
		err = expect_change(c, "plan");
	if (err == OK)
		err = plan_record(c, casefile_id, "approve", "Plan approved", "", comment, true);
	if (err == OK)
		err = come_into_force(c, casefile_id, head.version, cadence, &is_active);
	return db_end(c, err);
}

static enum err write_signature(const struct context *c, int64_t casefile_id, int64_t version, const char *party, const char *name,
                                int64_t person_id, const char *method)
{
	int64_t open = 0;
	enum err err = db_int(c->db, c->why, &open, SQL("SELECT count(*) FROM plan WHERE casefile_id = ? AND version = ? AND status IN ('proposed', 'approved')"),
	                      "ii", casefile_id, version);
	if (err == OK && open == 0)
		return fail(c->why, ERR_CONFLICT, "plan version %d is not open for signing", (int)version);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("INSERT INTO main.signature (casefile_id, version, party, name, user_id, person_id, method, signed_at)"
			" VALUES (?, ?, ?, ?, nullif(?, 0), nullif(?, 0), ?, ?)"), "iissiisi", casefile_id, version, party, name, context_user(c),
			person_id, method, c->actor->now);
	return err;
}

enum err plan_sign(const struct context *c, int64_t casefile_id, int64_t version, const char *party, const char *name,
                   int64_t person_id, const char *method, const struct contact_phase *cadence, bool *is_active)
{
	bool active = false;
	if (text_is_blank(name) || (!text_eq(party, "client") && !text_eq(party, "worker")))
		return fail(c->why, ERR_INVALID, "signature without name or party");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = write_signature(c, casefile_id, version, party, name, person_id, method);
	if (err == OK)
		err = plan_record(c, casefile_id, "sign", "Plan signed by %1", name, NULL, true);
	if (err == OK)
		err = come_into_force(c, casefile_id, version, cadence, &active);
	if (is_active != NULL)
		*is_active = active;
	return db_end(c, err);
}
