/* SPDX-License-Identifier: Apache-2.0
 *
 * Plans and closures that wait for a decision, oldest first. Deciding itself is a step of the
 * workflow on the case: here is only the queue. */
#include "pages.h"

#include <string.h>

#include "base/date.h"
#include "case_parts.h"
#include "country/words.h"
#include "model/plan.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

static void fill_row(struct request *r, const struct approval *a)
{
	struct view *v = r->view;
	struct vnode *row = view_item(v, NULL, "Rows");
	bool is_plan = strcmp(a->kind, "plan") == 0;
	char since[DATE_LEN];

	date_of_instant(a->since, r->instance->bundle->zone, since);
	view_set(v, row, "Title", case_title_of(r, a->title, a->title_latin));
	view_set(v, row, "Number", a->number);
	view_set(v, row, "Url", is_plan ? link_to(r, "cases/%s/plan", a->number) : link_to(r, "cases/%s", a->number));
	view_set(v, row, "What", is_plan ? tr_fill(r->arena, tr_plural("Plan, %1 goal", "Plan, %1 goals", a->goals), format_number(r->arena, a->goals, 0), NULL) : tr("Closing"));
	view_set(v, row, "By", worker_name(r, a->proposed_by_name, NULL));
	view_set(v, row, "Since", format_days_ago(r->arena, since, r->actor.today));
	if (*a->stage_due_on)
		view_set(v, row, "Due", format_due(r->arena, a->stage_due_on, r->actor.today));
	view_set(v, row, "Risk", risk_word(a->risk_level));
	view_set(v, row, "RiskKind", strcmp(a->risk_level, "high") == 0 ? "now" : "");
}

enum err page_approvals(struct request *r)
{
	struct context c = request_context(r);
	struct approvals all;
	int64_t n = 0;
	enum err err = plan_approvals(&c, &all);

	if (err == OK)
		err = plan_count_approvals(&c, &n);
	if (err != OK)
		return err;
	part_head(r->view, tr("Approvals"), tr_fill(r->arena, tr_plural("%1 decision waits for you.", "%1 decisions wait for you.", (long)n), format_number(r->arena, (double)n, 0), NULL));
	for (size_t i = 0; i < all.n; i++)
		fill_row(r, &all.item[i]);
	if (!all.n)
		part_empty(r->view, NULL, "Empty", tr("Nothing to decide"), tr("Plans and closures that workers send for approval appear here, the oldest first."), NULL, NULL);
	return reply_page(r, "approvals");
}
