/* SPDX-License-Identifier: Apache-2.0
 *
 * The facts behind a workflow's guards, in one query along the case's own rows. */
#include "facts.h"

#include <string.h>

#include "model_internal.h"
#include "plan.h"

static enum err load_rows(const struct context *c, int64_t casefile_id, const char *purpose, struct facts *out)
{
	struct rows *rows = db_query(c->db, c->why, SQL(
		"SELECT EXISTS (SELECT 1 FROM consent k WHERE k.casefile_id = ?1 AND k.purpose = ?2 AND k.is_given = 1 AND k.withdrawn_at IS NULL"
		"  AND (k.expires_on IS NULL OR k.expires_on >= ?3)), f.owner_id IS NOT NULL,"
		" EXISTS (SELECT 1 FROM assessment a WHERE a.casefile_id = ?1 AND a.kind = 'profile' AND a.status IN ('submitted', 'amended')),"
		" EXISTS (SELECT 1 FROM assessment a WHERE a.casefile_id = ?1 AND a.kind = 'assessment' AND a.status IN ('submitted', 'amended'))"
		"  AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.casefile_id = ?1 AND a.kind = 'assessment' AND a.status IN ('draft', 'returned')),"
		" EXISTS (SELECT 1 FROM assessment a WHERE a.casefile_id = ?1 AND a.kind IN ('assessment', 'review') AND a.status IN ('submitted', 'amended')"
		"  AND a.performed_on >= f.stage_since),"
		" EXISTS (SELECT 1 FROM need n WHERE n.casefile_id = ?1 AND n.kind = 'need' AND n.status = 'open')"
		"  AND NOT EXISTS (SELECT 1 FROM need n WHERE n.casefile_id = ?1 AND n.kind = 'need' AND n.status = 'open' AND n.client_priority IS NULL),"
		" (SELECT count(*) FROM signature s WHERE s.casefile_id = ?1 AND s.version = v.version) = 2,"
		" NOT EXISTS (SELECT 1 FROM goal g WHERE g.casefile_id = ?1 AND g.until_version IS NULL AND g.status IN ('not_started', 'in_progress')),"
		" NOT EXISTS (SELECT 1 FROM action x WHERE x.casefile_id = ?1 AND x.status IN ('open', 'in_progress')),"
		" v.review_on, v.status FROM casefile f LEFT JOIN plan v ON v.casefile_id = f.id"
		" AND v.version = (SELECT max(version) FROM plan WHERE casefile_id = ?1) WHERE f.id = ?1"), "iss", casefile_id, purpose, c->actor->today);
	if (rows_next(rows)) {
		bool *flags[] = { &out->consent_given, &out->worker_assigned, &out->profile_done, &out->assessment_submitted, &out->reassessed,
		                  &out->needs_ranked, &out->plan_signed, &out->goals_decided, &out->no_open_actions };
		for (int i = 0; i < 9; i++)
			*flags[i] = rows_int(rows, i) != 0;
		out->review_on = cell(rows, 9, c->arena);
		out->plan_status = cell(rows, 10, c->arena);
	}
	return rows_close(rows);
}

enum err facts_load(const struct context *c, int64_t casefile_id, const char *consent_purpose, struct facts *out)
{
	struct orphans orphans;
	*out = (struct facts){ .review_on = "", .plan_status = "" };
	enum err err = load_rows(c, casefile_id, consent_purpose, out);
	if (err == OK)
		err = plan_orphans(c, casefile_id, &orphans);
	if (err != OK)
		return err;
	out->plan_approved = strcmp(out->plan_status, "approved") == 0 || strcmp(out->plan_status, "active") == 0;
	out->goals_for_needs = out->actions_complete = true;
	for (size_t i = 0; i < orphans.n; i++) {
		bool need = strcmp(orphans.item[i].kind, "need_without_goal") == 0;
		out->goals_for_needs &= !need;
		out->actions_complete &= need || strcmp(orphans.item[i].kind, "goal_without_need") == 0;
	}
	return OK;
}
