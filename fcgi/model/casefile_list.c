/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of cases at any size: the page is read along the index of its order (or of the
 * narrowest filter), tested for scope and filters row by row, and joined only when it is
 * cut; the total comes from casefile_total and casefile_count, or stops at 1,000 where a date decides. */
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "casefile_internal.h"
#include "search.h"

#define COUNT_STOP 1000
#define PAGES_MAX 100       /* who wants to read on narrows the list: what is skipped is read too */

/* What the list is cut to beside its filters; numbers, because each row is tested. Unknown ones show nothing. */
enum flag { FLAG_OPEN, FLAG_ALL, FLAG_CLOSED, FLAG_OVERDUE, FLAG_NO_CONTACT, FLAG_UNASSIGNED, FLAG_REVIEW, FLAG_HIGH_RISK, FLAG_UNKNOWN };
static const char *const flag_names[] = { "", "all", "closed", "overdue", "no_contact", "unassigned", "review", "high_risk" };

/* ?6 stage ?7 worker ?8 office ?9 risk ?10 flag ?11 the flag's date ?12 limit ?13 offset ?14 match */
#define FILTER_TYPES SCOPE_TYPES "sissisiis"
#define FLAG_SQL " AND CASE ?10 WHEN 0 THEN f.closed_on IS NULL WHEN 1 THEN 1 WHEN 2 THEN f.closed_on IS NOT NULL ELSE f.closed_on IS NULL AND CASE ?10" \
	" WHEN 3 THEN f.stage_due_on < ?5 WHEN 4 THEN f.last_contact_on < ?11 WHEN 5 THEN f.owner_id IS NULL" \
	" WHEN 6 THEN f.review_on <= ?11 WHEN 7 THEN f.risk_level = 'high' ELSE 0 END END"
#define FILTER_SQL SCOPE_SQL " AND (?6 = '' OR f.stage = ?6) AND (?7 = 0 OR f.owner_id = ?7) AND (?8 = '' OR f.office = ?8)" \
	" AND (?9 = '' OR f.risk_level = ?9)" FLAG_SQL
#define MATCH_IDS "(SELECT rowid FROM casefile_search WHERE casefile_search MATCH ?14 ORDER BY rowid DESC LIMIT 1000)"

#define PAGE(drive, order) SQL("SELECT " CASEFILE_LIST_COLUMNS " FROM (SELECT f.id AS page_id FROM casefile f " drive FILTER_SQL \
	" AND (?14 IS NULL OR 1) ORDER BY " order " LIMIT ?12 OFFSET ?13) CROSS JOIN casefile f ON f.id = page_id" CASEFILE_LIST_JOINS " ORDER BY " order)
#define BY_DUE "f.stage_due_on, f.id"
#define BY_NAME "f.title, f.id"
#define BY_OPENED "f.opened_on DESC, f.id DESC"
#define BY_CONTACT "f.last_contact_on, f.id"
#define PAGES(drive) { PAGE(drive, BY_DUE), PAGE(drive, BY_NAME), PAGE(drive, BY_OPENED), PAGE(drive, BY_CONTACT) }
#define COUNT(drive) SQL("SELECT count(*) FROM (SELECT 1 FROM casefile f " drive FILTER_SQL " AND (?14 IS NULL OR 1) LIMIT ?12 OFFSET ?13)")

/* What leads to the rows. */
enum drive { DRIVE_ORDER, DRIVE_OWN, DRIVE_STAGE, DRIVE_WORKER, DRIVE_UNASSIGNED, DRIVE_CLOSED, DRIVE_MATCH };
#define D_OWN "NOT INDEXED WHERE f.id IN " OWN_IDS " AND "
#define D_STAGE "INDEXED BY casefile_stage WHERE f.stage = ?6 AND "
#define D_WORKER "INDEXED BY casefile_owner WHERE f.owner_id = ?7 AND "
#define D_UNASSIGNED "INDEXED BY casefile_unassigned WHERE f.owner_id IS NULL AND f.closed_on IS NULL AND "
#define D_CLOSED "INDEXED BY casefile_closed WHERE f.closed_on IS NOT NULL AND "
#define D_MATCH "NOT INDEXED WHERE f.id IN " MATCH_IDS " AND "

static const char *page_sql(enum drive drive, enum casefile_sort sort)
{
	switch (drive) {
	case DRIVE_OWN: return (const char *[])PAGES(D_OWN)[sort];
	case DRIVE_STAGE: return (const char *[])PAGES(D_STAGE)[sort];
	case DRIVE_WORKER: return (const char *[])PAGES(D_WORKER)[sort];
	case DRIVE_UNASSIGNED: return (const char *[])PAGES(D_UNASSIGNED)[sort];
	case DRIVE_CLOSED: return PAGE(D_CLOSED, "f.closed_on DESC, f.id DESC");
	case DRIVE_MATCH: return (const char *[])PAGES(D_MATCH)[sort];
	default: return (const char *[]){ PAGE("INDEXED BY casefile_due WHERE ", BY_DUE), PAGE("INDEXED BY casefile_title WHERE ", BY_NAME),
		PAGE("INDEXED BY casefile_opened WHERE ", BY_OPENED), PAGE("INDEXED BY casefile_contact WHERE ", BY_CONTACT) }[sort];
	}
}

/* The same filters over the counted sorts of cases k: by office, or of one owner; and over what is shared with the actor from
 * elsewhere. Nobody's cases are those of owner 0. */
#define COUNTED(from, where) "(SELECT ifnull(sum(k.n), 0) FROM " from " k WHERE " where \
	" AND (?6 = '' OR k.stage = ?6) AND (?8 = '' OR k.office = ?8) AND (?9 = '' OR k.risk_level = ?9) AND CASE ?10 WHEN 1 THEN 1" \
	" WHEN 2 THEN k.is_open = 0 WHEN 7 THEN k.is_open = 1 AND k.risk_level = 'high' ELSE ?10 IN (0, 5) AND k.is_open = 1 END)"
#define OWN_ELSEWHERE "k.owner_id = ?1 AND ?2 BETWEEN 1 AND 3 AND NOT " REACHES("k.office")
#define SHARED_ONLY "f.id IN (" TEAM_SQL ") AND f.owner_id IS NOT ?1 AND NOT " REACHES("f.office") " AND "
#define TOTAL(counted) SQL("SELECT " counted " + (SELECT count(*) FROM casefile f NOT INDEXED WHERE " SHARED_ONLY FILTER_SQL ") + 0 * (?12 + ?13) WHERE ?14 IS NULL OR 1")
#define TOTAL_ALL TOTAL(COUNTED("casefile_total", REACHES("k.office")) " + " COUNTED("casefile_count", OWN_ELSEWHERE))
#define TOTAL_WORKER TOTAL(COUNTED("casefile_count", "k.owner_id = ?7 AND (" REACHES("k.office") " OR (k.owner_id = ?1 AND ?2 BETWEEN 1 AND 3))"))
#define TOTAL_UNASSIGNED TOTAL(COUNTED("casefile_count", "k.owner_id = 0 AND ?7 = 0 AND " REACHES("k.office")))

static bool is_dated(enum flag flag)
{
	return flag == FLAG_OVERDUE || flag == FLAG_NO_CONTACT || flag == FLAG_REVIEW;
}

static enum flag flag_of(const char *name)
{
	enum flag flag = FLAG_OPEN;
	while (flag < FLAG_UNKNOWN && strcmp(flag_names[flag], name) != 0)
		flag++;
	return flag;
}

static const char *count_sql(enum drive drive, enum flag flag, bool has_worker)
{
	if (drive == DRIVE_MATCH)
		return COUNT(D_MATCH);
	if (!is_dated(flag))
		return flag == FLAG_UNASSIGNED ? TOTAL_UNASSIGNED : has_worker ? TOTAL_WORKER : TOTAL_ALL;
	if (drive == DRIVE_OWN)
		return COUNT(D_OWN);
	if (drive == DRIVE_WORKER)
		return COUNT(D_WORKER);
	if (flag == FLAG_OVERDUE)
		return COUNT("INDEXED BY casefile_due WHERE f.stage_due_on < ?5 AND ");
	if (flag == FLAG_NO_CONTACT)
		return COUNT("INDEXED BY casefile_contact WHERE f.last_contact_on < ?11 AND ");
	return COUNT("INDEXED BY casefile_review WHERE f.review_on IS NOT NULL AND f.closed_on IS NULL AND f.review_on <= ?11 AND ");
}

struct list_query {
	const char *stage, *office, *risk, *match;
	enum flag flag;
	int64_t worker_id;
	char flag_date[DATE_LEN];
	enum drive drive;
};

static struct rows *list_rows(const struct context *c, const char *sql, const struct list_query *q, int64_t limit, int64_t offset)
{
	return db_query(c->db, c->why, sql, FILTER_TYPES, SCOPE_ARGS(c), q->stage, q->worker_id, q->office, q->risk, (int64_t)q->flag, q->flag_date,
	                limit, offset, q->match);
}

static enum err worker_of(const struct context *c, const char *username, int64_t *id)
{
	*id = 0;
	if (or_null(username) == NULL)
		return OK;
	enum err err = db_int(c->db, c->why, id, SQL("SELECT id FROM user WHERE username = ?"), "s", username);
	*id = err == ERR_NOT_FOUND ? -1 : *id;
	return err == ERR_NOT_FOUND ? OK : err;
}

/* Closed cases have no deadline: in that order the last closed comes first. */
static enum drive drive_of(const struct context *c, const struct list_query *q, enum casefile_sort sort)
{
	if (q->match != NULL)
		return DRIVE_MATCH;
	if (scope_reach(c) == SCOPE_OWN)
		return DRIVE_OWN;
	if (q->worker_id != 0)
		return DRIVE_WORKER;
	if (q->flag == FLAG_UNASSIGNED)
		return DRIVE_UNASSIGNED;
	if (q->flag == FLAG_CLOSED && sort == SORT_DUE)
		return DRIVE_CLOSED;
	return q->stage[0] != '\0' ? DRIVE_STAGE : DRIVE_ORDER;
}

static enum err prepare(const struct context *c, const struct casefile_filter *filter, struct list_query *q)
{
	*q = (struct list_query){ .stage = or_empty(filter->stage), .office = or_empty(filter->office), .risk = or_empty(filter->risk),
	                          .flag = flag_of(or_empty(filter->flag)) };
	date_add_days(c->actor->today, q->flag == FLAG_REVIEW ? 14 : -14, q->flag_date);
	enum err err = worker_of(c, filter->worker, &q->worker_id);
	if (!text_is_blank(filter->q)) {
		q->match = search_expression(c, filter->q);
		/* Only signs that nobody is called by: nothing is found. */
		if (q->match == NULL)
			q->match = "\"\"";
	}
	q->drive = drive_of(c, q, filter->sort);
	return err;
}

static enum err total(const struct context *c, const struct list_query *q, struct casefiles *out)
{
	struct rows *rows = list_rows(c, count_sql(q->drive, q->flag, q->worker_id != 0), q, COUNT_STOP + 1, 0);
	if (rows_next(rows))
		out->total = rows_int(rows, 0);
	bool stops = q->drive != DRIVE_OWN && (q->drive == DRIVE_MATCH || is_dated(q->flag));
	out->total_is_floor = stops && out->total >= COUNT_STOP;
	if (out->total_is_floor)
		out->total = COUNT_STOP;
	return rows_close(rows);
}

enum err casefile_list(const struct context *c, const struct casefile_filter *filter, struct casefiles *out)
{
	struct list_query q;
	int per_page = filter->per_page > 0 && filter->per_page <= 100 ? filter->per_page : 25;
	*out = (struct casefiles){ .page = filter->page > 0 ? filter->page : 1 };
	enum err err = prepare(c, filter, &q);
	if (err == OK)
		err = total(c, &q, out);
	if (err != OK)
		return err;
	out->n_pages = (int)((out->total + per_page - 1) / per_page);
	if (out->n_pages > PAGES_MAX)
		out->n_pages = PAGES_MAX;
	if (out->page > out->n_pages)
		out->page = out->n_pages > 0 ? out->n_pages : 1;
	enum casefile_sort sort = (unsigned)filter->sort <= SORT_CONTACT ? filter->sort : SORT_DUE;
	return casefile_read_all(c, list_rows(c, page_sql(q.drive, sort), &q, per_page, (int64_t)(out->page - 1) * per_page), out);
}

enum err casefile_count_own(const struct context *c, int64_t *n)
{
	return db_int(c->db, c->why, n, SQL("SELECT (SELECT ifnull(sum(k.n), 0) FROM casefile_count k WHERE k.owner_id = ?1 AND k.is_open = 1)"
		" + (SELECT count(*) FROM casefile f NOT INDEXED WHERE f.id IN (" TEAM_SQL ") AND f.owner_id IS NOT ?1 AND f.closed_on IS NULL)"
		" WHERE ?2 > 0 AND ?3 IS NOT NULL AND ?4 IS NOT NULL"), SCOPE_TYPES, SCOPE_ARGS(c));
}

int casefile_sort_from_name(const char *name)
{
	static const char *const names[] = { "due", "name", "opened", "contact" };
	for (int i = 0; name != NULL && i < 4; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

enum err casefile_stage_counts(const struct context *c, struct stage_counts *out)
{
	*out = (struct stage_counts){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT stage, sum(n) FROM (SELECT k.stage, k.n FROM casefile_total k WHERE k.is_open = 1 AND "
		REACHES("k.office") " UNION ALL SELECT k.stage, k.n FROM casefile_count k WHERE k.is_open = 1 AND " OWN_ELSEWHERE " UNION ALL SELECT f.stage, 1 FROM casefile f NOT INDEXED WHERE " SHARED_ONLY "f.closed_on IS NULL) GROUP BY stage HAVING sum(n) > 0"),
		SCOPE_TYPES, SCOPE_ARGS(c));
	while (rows_next(rows)) {
		struct stage_count *count = LIST_ADD(c->arena, out);
		*count = (struct stage_count){ .stage = cell(rows, 0, c->arena), .n = rows_int(rows, 1) };
	}
	return rows_close(rows);
}

/* Those that left the scope since are passed over; past 12 of them none is looked for. */
enum err casefile_recent(const struct context *c, int limit, struct recent_cases *out)
{
	*out = (struct recent_cases){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT f.number, f.title, f.title_latin, f.stage FROM (SELECT casefile_id, last_at FROM casefile_reader"
		" INDEXED BY casefile_reader_last WHERE actor = ?6 ORDER BY last_at DESC LIMIT 12) r CROSS JOIN casefile f ON f.id = r.casefile_id"
		" WHERE " SCOPE_SQL " ORDER BY r.last_at DESC LIMIT ?7"), SCOPE_TYPES "si", SCOPE_ARGS(c), or_empty(c->actor->username), (int64_t)limit);
	while (rows_next(rows)) {
		struct recent_case *one = LIST_ADD(c->arena, out);
		*one = (struct recent_case){ .number = cell(rows, 0, c->arena), .title = cell(rows, 1, c->arena), .title_latin = cell(rows, 2, c->arena),
		                             .stage = cell(rows, 3, c->arena) };
	}
	return rows_close(rows);
}

enum err casefile_caseload(const struct context *c, int limit, struct casefiles *out)
{
	*out = (struct casefiles){ 0 };
	enum err err = casefile_read_all(c, db_query(c->db, c->why, SQL("SELECT " CASEFILE_LIST_COLUMNS " FROM casefile f NOT INDEXED" CASEFILE_LIST_JOINS
		" WHERE f.id IN " OWN_IDS " AND f.closed_on IS NULL AND ?2 > 0 AND ?3 IS NOT NULL AND ?4 IS NOT NULL"
		" ORDER BY f.stage_due_on < ?5 DESC, f.risk_level = 'high' DESC, f.last_contact_on, f.id LIMIT ?6"), SCOPE_TYPES "i",
		SCOPE_ARGS(c), (int64_t)limit), out);
	out->total = (int64_t)out->n;
	if (err == OK && out->n == (size_t)limit)
		err = db_int(c->db, c->why, &out->total, SQL("SELECT ifnull(sum(n), 0) FROM casefile_count WHERE owner_id = ? AND is_open = 1"), "i",
		             c->actor->user_id);
	return err;
}
