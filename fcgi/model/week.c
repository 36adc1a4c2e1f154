/* SPDX-License-Identifier: Apache-2.0
 *
 * What needs the actor: own cases first, then what waits for the actor's decision. Each
 * question is one narrow query; the answers are sorted here. */
#include "week.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "casefile_internal.h"

#define SOON_DAYS 2
#define CONSENT_DAYS 14
#define SILENT_DAYS 14

static enum err add(const struct context *c, struct rows *rows, struct alerts *out)
{
	while (rows_next(rows)) {
		struct arena *a = c->arena;
		struct alert *alert = LIST_ADD(a, out);
		*alert = (struct alert){ .kind = cell(rows, 0, a), .number = cell(rows, 1, a), .title = cell(rows, 2, a), .title_latin = cell(rows, 3, a),
			.on = cell(rows, 4, a), .detail = cell(rows, 5, a), .id = rows_int(rows, 6), .is_urgent = rows_int(rows, 7) != 0 };
	}
	return rows_close(rows);
}

/* Deadlines and silence of own open cases. */
static enum err own_cases(const struct context *c, struct alerts *out)
{
	char soon[DATE_LEN], silent[DATE_LEN];
	date_add_days(c->actor->today, SOON_DAYS, soon);
	date_add_days(c->actor->today, -SILENT_DAYS, silent);
	enum err err = add(c, db_query(c->db, c->why, SQL("SELECT CASE WHEN stage_due_on < ?2 THEN 'stage_overdue' ELSE 'stage_due' END, number, title, title_latin,"
		" stage_due_on, stage, 0, stage_due_on < ?2 FROM casefile INDEXED BY casefile_owner WHERE owner_id = ?1 AND closed_on IS NULL"
		" AND stage_due_on <= ?3 ORDER BY stage_due_on LIMIT 50"), "iss", context_user(c), c->actor->today, soon), out);
	if (err == OK)
		err = add(c, db_query(c->db, c->why, SQL("SELECT 'no_contact', number, title, title_latin, last_contact_on, stage, 0, 0 FROM casefile INDEXED BY casefile_owner"
			" WHERE owner_id = ?1 AND closed_on IS NULL AND status IN ('active', 'in_review') AND last_contact_on < ?2"
			" AND ifnull(next_contact_at, 0) < ?3 ORDER BY last_contact_on LIMIT 50"), "isi", context_user(c), silent, c->actor->now), out);
	return err;
}

static enum err own_plans(const struct context *c, struct alerts *out)
{
	return add(c, db_query(c->db, c->why, SQL("SELECT CASE v.status WHEN 'returned' THEN 'plan_returned' ELSE 'plan_unsigned' END, f.number, f.title, f.title_latin,"
		" date(ifnull(v.approved_at, v.proposed_at), 'unixepoch'), v.returned_comment, v.version, v.status = 'returned'"
		" FROM casefile f INDEXED BY casefile_owner CROSS JOIN plan v INDEXED BY plan_waiting ON v.casefile_id = f.id WHERE f.owner_id = ? AND f.closed_on IS NULL"
		" AND v.status IN ('returned', 'approved') LIMIT 50"), "i", context_user(c)), out);
}

static enum err own_work(const struct context *c, struct alerts *out)
{
	char soon[DATE_LEN];
	date_add_days(c->actor->today, CONSENT_DAYS, soon);
	enum err err = add(c, db_query(c->db, c->why, SQL("SELECT 'visit_missed', f.number, f.title, f.title_latin, date(a.planned_at, 'unixepoch'), a.kind, a.id, 0"
		" FROM activity a JOIN casefile f ON f.id = a.casefile_id WHERE a.user_id = ?6 AND a.planned_at > ?7 - 5184000 AND a.planned_at < ?7 - 7200"
		" AND a.outcome IS NULL AND " SCOPE_SQL " ORDER BY a.planned_at DESC LIMIT 50"), SCOPE_TYPES "ii", SCOPE_ARGS(c), context_user(c), c->actor->now), out);
	if (err == OK)
		err = add(c, db_query(c->db, c->why, SQL("SELECT 'consent_ends', f.number, f.title, f.title_latin, min(k.expires_on), k.purpose, k.seq, k.expires_on < ?2"
			" FROM casefile f INDEXED BY casefile_owner CROSS JOIN consent k ON k.casefile_id = f.id WHERE f.owner_id = ?1 AND f.closed_on IS NULL"
			" AND k.is_given = 1 AND k.withdrawn_at IS NULL AND k.expires_on <= ?3 AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.casefile_id = k.casefile_id"
			" AND n.purpose = k.purpose AND n.seq > k.seq) GROUP BY f.id LIMIT 50"), "iss", context_user(c), c->actor->today, soon), out);
	if (err == OK)
		err = add(c, db_query(c->db, c->why, SQL("SELECT 'assessment_draft', f.number, f.title, f.title_latin, date(a.started_at, 'unixepoch'), a.kind, a.seq, 0"
			" FROM assessment a INDEXED BY assessment_draft CROSS JOIN casefile f ON f.id = a.casefile_id WHERE a.started_by = ?6 AND a.status = 'draft' AND " SCOPE_SQL
			" LIMIT 50"), SCOPE_TYPES "i", SCOPE_ARGS(c), context_user(c)), out);
	return err;
}

static enum err own_drafts(const struct context *c, struct alerts *out)
{
	if (!actor_can(c->actor, PERM_CASE_CREATE))
		return OK;
	return add(c, db_query(c->db, c->why, SQL("SELECT 'intake_draft', '', '', '', date(updated_at, 'unixepoch'), kind, id, 0 FROM draft WHERE user_id = ?"
			" AND kind = 'intake' AND finished_casefile_id IS NULL ORDER BY updated_at DESC LIMIT 20"), "i", context_user(c)), out);
}

/* The 50 that wait longest, found in the offices the actor reaches and joined when they are cut. */
#define WAITS(what) "(SELECT f.id AS waits_id FROM casefile f INDEXED BY casefile_waiting WHERE " WAITING_SQL " AND f.status = '" what "' AND f.office IN " \
	OFFICES_SQL " AND " SCOPE_SQL " ORDER BY f.stage_since LIMIT 50) CROSS JOIN casefile f ON f.id = waits_id"

static enum err decisions(const struct context *c, struct alerts *out)
{
	enum err err = OK;
	if (actor_can(c->actor, PERM_PLAN_APPROVE))
		err = add(c, db_query(c->db, c->why, SQL("SELECT 'plan_to_approve', f.number, f.title, f.title_latin, date(v.proposed_at, 'unixepoch'), o.name, v.version, 0"
			" FROM " WAITS("plan_pending_approval") " CROSS JOIN plan v ON v.casefile_id = f.id LEFT JOIN user o ON o.id = f.owner_id"
			" WHERE +v.status = 'proposed' ORDER BY v.proposed_at LIMIT 50"), SCOPE_TYPES, SCOPE_ARGS(c)), out);
	if (err == OK && actor_can(c->actor, PERM_CLOSURE_APPROVE))
		err = add(c, db_query(c->db, c->why, SQL("SELECT 'closure_to_approve', f.number, f.title, f.title_latin, f.stage_since, o.name, 0, 0"
			" FROM " WAITS("closure_pending_approval") " LEFT JOIN user o ON o.id = f.owner_id ORDER BY f.stage_since LIMIT 50"), SCOPE_TYPES, SCOPE_ARGS(c)), out);
	if (err == OK && actor_can(c->actor, PERM_CASE_ASSIGN))
		err = add(c, db_query(c->db, c->why, SQL("SELECT 'case_unassigned', f.number, f.title, f.title_latin, f.opened_on, f.office, 0, f.risk_level IS 'high'"
			" FROM (SELECT f.id AS waits_id FROM casefile f INDEXED BY casefile_unassigned WHERE f.owner_id IS NULL AND f.closed_on IS NULL"
			" AND f.office IN " OFFICES_SQL " AND " SCOPE_SQL " ORDER BY f.opened_on LIMIT 50) CROSS JOIN casefile f ON f.id = waits_id ORDER BY f.opened_on"), SCOPE_TYPES, SCOPE_ARGS(c)), out);
	return err;
}

/* ",case_worker,promoter," of a list closed by NULL. */
static const char *joined(const struct context *c, const char *const *words)
{
	const char *out = ",";
	for (; *words != NULL; words++)
		out = arena_printf(c->arena, "%s%s,", out, *words);
	return out;
}

enum err week_team(const struct context *c, const char *const *roles, int limit, struct worker_loads *out)
{
	*out = (struct worker_loads){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT u.username, u.name, u.name_native, o.name,"
		" (SELECT ifnull(sum(n), 0) FROM casefile_count k WHERE k.owner_id = u.id AND k.is_open = 1) AS open,"
		" (SELECT count(*) FROM casefile f INDEXED BY casefile_owner WHERE f.owner_id = u.id AND f.closed_on IS NULL AND f.stage_due_on < ?5) AS overdue"
		" FROM user u LEFT JOIN office o ON o.key = u.office WHERE u.is_active = 1 AND instr(?4, ',' || u.role || ',') > 0"
		" AND (?1 = 4 OR (?1 = 3 AND o.area = ?3) OR (?1 IN (1, 2) AND u.office = ?2)) ORDER BY overdue DESC, open DESC, u.name LIMIT ?6"), "issssi",
		(int64_t)scope_reach(c), or_empty(c->actor->office), or_empty(c->actor->area), joined(c, roles), c->actor->today, (int64_t)limit);
	while (rows_next(rows)) {
		struct arena *a = c->arena;
		*LIST_ADD(a, out) = (struct worker_load){ .username = cell(rows, 0, a), .name = cell(rows, 1, a), .name_native = cell(rows, 2, a),
			.office_name = cell(rows, 3, a), .cases_open = (int)rows_int(rows, 4), .cases_overdue = (int)rows_int(rows, 5) };
	}
	return rows_close(rows);
}

enum err week_intakes(const struct context *c, int limit, struct casefiles *out)
{
	*out = (struct casefiles){ 0 };
	enum err err = casefile_read_all(c, db_query(c->db, c->why, SQL("SELECT " CASEFILE_COLUMNS " FROM casefile f INDEXED BY casefile_opened" CASEFILE_JOINS
		" WHERE f.opened_on = ?5 AND " SCOPE_SQL " ORDER BY f.id DESC LIMIT ?6"), SCOPE_TYPES "i", SCOPE_ARGS(c), (int64_t)limit), out);
	out->total = (int64_t)out->n;
	return err;
}

static int by_urgency(const void *a, const void *b)
{
	const struct alert *x = a, *y = b;
	if (x->is_urgent != y->is_urgent)
		return x->is_urgent ? -1 : 1;
	int order = strcmp(x->on, y->on);
	return order != 0 ? order : strcmp(x->number, y->number);
}

enum err week_alerts(const struct context *c, int limit, struct alerts *out)
{
	*out = (struct alerts){ 0 };
	bool opens_cases = actor_can(c->actor, PERM_CASE_VIEW) && c->actor->scope != SCOPE_NONE;
	enum err err = opens_cases ? own_cases(c, out) : OK;
	if (err == OK && opens_cases)
		err = own_plans(c, out);
	if (err == OK && opens_cases)
		err = own_work(c, out);
	if (err == OK)
		err = own_drafts(c, out);
	if (err == OK)
		err = decisions(c, out);
	if (err != OK)
		return err;
	out->total = (int64_t)out->n;
	if (out->n > 1)
		qsort(out->item, out->n, sizeof *out->item, by_urgency);
	if (out->n > (size_t)limit)
		out->n = (size_t)limit;
	return OK;
}
