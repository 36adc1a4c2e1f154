/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of a goal and of an action share; see plan_item.h. */
#include "plan_item.h"

#include <string.h>

#include "base/text.h"
#include "case_parts.h"
#include "country/words.h"
#include "plan_parts.h"
#include "view/parts.h"

static enum err open_item(struct plan_item *p, struct request *r, const struct plan_item_kind *kind)
{
	enum err err;

	*p = (struct plan_item){.r = r, .c = request_context(r)};
	if ((err = kind->load(p)) != OK)
		return err;
	err = plan_load(&p->c, r->casefile->id, &p->plan);
	if (err == ERR_NOT_FOUND)
		r->why = (struct why){0};
	return err == ERR_NOT_FOUND ? OK : err;
}

static enum err fill(struct plan_item *p, const struct plan_item_kind *kind)
{
	struct request *r = p->r;
	int64_t revision = 0;
	bool is_old = kind->is_old(p, &revision);
	enum err err = kind->head(p);

	if (err != OK)
		return err;
	view_set(r->view, NULL, "SaveUrl", case_link(r, kind->address(p)));
	view_set(r->view, NULL, "BackUrl", case_link(r, "plan"));
	view_int(r->view, NULL, "Revision", revision);
	view_flag(r->view, NULL, "IsOld", is_old);
	if (plan_is_open(r, p->plan)) {
		view_flag(r->view, NULL, "CanEdit", true);
		view_flag(r->view, NULL, "InForce", p->plan && text_eq(p->plan->status, "active"));
		kind->words(p);
	}
	if (is_old)
		kind->progress(p);
	return OK;
}

enum err plan_item_show(struct request *r, const struct plan_item_kind *kind)
{
	struct plan_item p;
	enum err err = open_item(&p, r, kind);

	if (err == OK)
		err = fill(&p, kind);
	return err == OK ? reply_page(r, kind->template_name) : err;
}

static enum err take(struct plan_item *p, const struct plan_item_kind *kind)
{
	const char *what = request_text(p->r, "do");
	int64_t revision;
	bool is_old = kind->is_old(p, &revision);

	return is_old && text_eq(what, "progress") ? kind->note(p) : is_old && text_eq(what, "drop") ? kind->drop(p) : kind->save(p);
}

enum err plan_item_send(struct request *r, const struct plan_item_kind *kind)
{
	struct plan_item p;
	enum err err = open_item(&p, r, kind);

	if (err != OK)
		return err;
	if ((err = take(&p, kind)) == OK)
		return reply_redirect_notice(r, kind->place(&p), "good", tr("Saved."));
	if (err == ERR_CONFLICT) {
		r->why = (struct why){0};
		view_problem(r, NULL, tr("Somebody changed the plan meanwhile. Look at it again: what you typed stands below."));
	} else if (err != ERR_INVALID)
		return err;
	err = fill(&p, kind);
	return err == OK ? reply_refused(r, kind->template_name) : err;
}
