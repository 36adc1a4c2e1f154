/* SPDX-License-Identifier: Apache-2.0
 *
 * Offices in the database. */
#include "office.h"

#include "model_internal.h"

enum err office_put(const struct context *c, const char *key, const char *name, const char *area)
{
	return db_run(c->db, c->why, SQL("INSERT INTO office (key, name, area) VALUES (?, ?, ?)"
	              " ON CONFLICT DO UPDATE SET name = excluded.name, area = excluded.area"), "sss", key, name, area);
}

enum err office_list(const struct context *c, struct office_rows *out)
{
	*out = (struct office_rows){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL(
		"SELECT o.key, o.name, o.area, (SELECT count(*) FROM user u WHERE u.office = o.key AND u.is_active = 1),"
		" (SELECT ifnull(sum(n), 0) FROM casefile_total k WHERE k.office = o.key AND k.is_open = 1)"
		" FROM office o WHERE ?1 = 4 OR (?1 = 3 AND o.area = ?3) OR (?1 IN (1, 2) AND o.key = ?2) ORDER BY o.name"),
		"iss", (int64_t)scope_reach(c), or_empty(c->actor->office), or_empty(c->actor->area));
	while (rows_next(rows)) {
		struct office_row *row = LIST_ADD(c->arena, out);
		*row = (struct office_row){ .key = cell(rows, 0, c->arena), .name = cell(rows, 1, c->arena), .area = cell(rows, 2, c->arena),
		                            .workers = (int)rows_int(rows, 3), .cases_open = (int)rows_int(rows, 4) };
	}
	return rows_close(rows);
}
