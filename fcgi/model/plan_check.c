/* SPDX-License-Identifier: Apache-2.0
 *
 * What is missing in the chain from need to action, and what waits for a decision. */
#include "plan_internal.h"

enum err plan_orphans(const struct context *c, int64_t casefile_id, struct orphans *out)
{
	*out = (struct orphans){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL(
		"SELECT 'need_without_goal', n.number, 0, 0 FROM need n WHERE n.casefile_id = ?1 AND n.kind = 'need' AND n.status = 'open'"
		" AND NOT EXISTS (SELECT 1 FROM goal g WHERE g.casefile_id = ?1 AND g.need_number = n.number AND g.until_version IS NULL)"
		" AND NOT EXISTS (SELECT 1 FROM goal_need x JOIN goal g ON g.casefile_id = x.casefile_id AND g.need_number = x.need_number AND g.seq = x.seq"
		"  WHERE x.casefile_id = ?1 AND x.also_need = n.number AND g.until_version IS NULL)"
		" UNION ALL SELECT 'goal_without_need', g.need_number, g.seq, 0 FROM goal g WHERE g.casefile_id = ?1 AND g.until_version IS NULL"
		" AND NOT EXISTS (SELECT 1 FROM need n WHERE n.casefile_id = ?1 AND n.kind = 'need' AND n.number = g.need_number AND n.status <> 'set_aside')"
		" UNION ALL SELECT 'goal_without_action', g.need_number, g.seq, 0 FROM goal g WHERE g.casefile_id = ?1 AND g.until_version IS NULL"
		" AND g.status IN ('not_started', 'in_progress') AND NOT EXISTS (SELECT 1 FROM action a WHERE a.casefile_id = ?1"
		"  AND a.need_number = g.need_number AND a.goal_seq = g.seq AND a.status <> 'dropped')"
		" UNION ALL SELECT 'goal_without_change', g.need_number, g.seq, 0 FROM goal g WHERE g.casefile_id = ?1 AND g.until_version IS NULL"
		" AND trim(g.expected_change) = ''"
		" UNION ALL SELECT 'action_without_actor', a.need_number, a.goal_seq, a.seq FROM goal g CROSS JOIN action a ON a.casefile_id = ?1"
		"  AND a.need_number = g.need_number AND a.goal_seq = g.seq WHERE g.casefile_id = ?1 AND g.until_version IS NULL"
		"  AND a.status IN ('open', 'in_progress') AND trim(a.actor_name) = ''"
		" UNION ALL SELECT 'action_without_date', a.need_number, a.goal_seq, a.seq FROM goal g CROSS JOIN action a ON a.casefile_id = ?1"
		"  AND a.need_number = g.need_number AND a.goal_seq = g.seq WHERE g.casefile_id = ?1 AND g.until_version IS NULL"
		"  AND a.status IN ('open', 'in_progress') AND a.due_on = '' ORDER BY 2, 3, 4"), "i", casefile_id);
	while (rows_next(rows)) {
		struct orphan *o = LIST_ADD(c->arena, out);
		*o = (struct orphan){ .kind = cell(rows, 0, c->arena), .need_number = rows_int(rows, 1), .goal_seq = rows_int(rows, 2),
		                      .action_seq = rows_int(rows, 3) };
	}
	return rows_close(rows);
}

#define SHOWN "f.number, f.title, p.name, o.name"
#define JOINS " JOIN office p ON p.key = f.office LEFT JOIN user o ON o.id = f.owner_id"

enum err plan_approvals(const struct context *c, struct approvals *out)
{
	*out = (struct approvals){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("WITH w AS MATERIALIZED (SELECT f.id, f.stage_since FROM casefile f INDEXED BY casefile_waiting"
		" WHERE " WAITING_SQL " AND f.office IN " OFFICES_SQL " AND " SCOPE_SQL " ORDER BY f.stage_since, f.id LIMIT 100)"
		" SELECT iif(f.status = 'plan_pending_approval', 'plan', 'closure'), " SHOWN ", u.name, f.stage_due_on, f.risk_level, ifnull(v.version, 0),"
		" ifnull(v.proposed_at, (SELECT max(t.at) FROM transition t WHERE t.casefile_id = f.id)),"
		" (SELECT count(*) FROM goal g WHERE g.casefile_id = f.id AND g.until_version IS NULL), f.title_latin FROM w CROSS JOIN casefile f ON f.id = w.id" JOINS
		" LEFT JOIN plan v ON v.casefile_id = f.id AND +v.status = 'proposed' AND f.status = 'plan_pending_approval' LEFT JOIN user u ON u.id = v.proposed_by"
		" ORDER BY w.stage_since, 10"), SCOPE_TYPES, SCOPE_ARGS(c));
	while (rows_next(rows)) {
		struct arena *a = c->arena;
		struct approval *v = LIST_ADD(a, out);
		*v = (struct approval){ .kind = cell(rows, 0, a), .number = cell(rows, 1, a), .title = cell(rows, 2, a), .office_name = cell(rows, 3, a),
			.owner_name = cell(rows, 4, a), .proposed_by_name = cell(rows, 5, a), .stage_due_on = cell(rows, 6, a), .risk_level = cell(rows, 7, a),
			.version = rows_int(rows, 8), .since = rows_int(rows, 9), .goals = (int)rows_int(rows, 10), .title_latin = cell(rows, 11, a) };
		if (v->stage_due_on[0] == '9')
			v->stage_due_on = "";
	}
	return rows_close(rows);
}

enum err plan_count_approvals(const struct context *c, int64_t *n)
{
	return db_int(c->db, c->why, n, SQL("SELECT (SELECT ifnull(sum(f.n), 0) FROM casefile_total f WHERE " WAITING_SQL " AND " REACHES("f.office") ")"
		" + (SELECT count(*) FROM casefile f NOT INDEXED WHERE f.id IN " OWN_IDS " AND " WAITING_SQL " AND NOT " REACHES("f.office") " AND ?2 BETWEEN 1 AND 3 AND ?5 <> '')"),
		SCOPE_TYPES, SCOPE_ARGS(c));
}
