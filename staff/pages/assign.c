/* SPDX-License-Identifier: Apache-2.0
 *
 * Naming the worker of a case, with each candidate's caseload beside the norm. */
#include "pages.h"

#include "case_parts.h"
#include "country/words.h"
#include "request/context.h"
#include "view/parts.h"
#include "worker_choice.h"

const struct field assign_send_fields[] = {{"worker", FIELD_LINE, 60, NULL}, {"reason", FIELD_TEXT, 1000, NULL}, {0}};

static enum err fill_page(struct request *r, struct users *users)
{
	struct vnode *field;
	enum err err = case_head(r, tr("Name the worker"), NULL);

	if (err != OK || (err = worker_choice(r, users)) != OK)
		return err;
	field = part_field(r->view, NULL, "Fields", "text", "reason", tr("Reason"), request_text(r, "reason"));
	view_flag(r->view, field, "Optional", true);
	view_int(r->view, field, "Rows", 2);
	view_set(r->view, NULL, "SaveUrl", case_link(r, "assign"));
	view_set(r->view, NULL, "BackUrl", case_link(r, ""));
	return OK;
}

enum err page_assign(struct request *r)
{
	struct users users;
	enum err err = fill_page(r, &users);

	return err == OK ? reply_page(r, "assign") : err;
}

enum err page_assign_send(struct request *r)
{
	struct context c = request_context(r);
	struct users users;
	int64_t id;
	enum err err = fill_page(r, &users);

	if (err != OK)
		return err;
	id = worker_chosen(r, &users);
	if (view_problems(r))
		return reply_refused(r, "assign");
	err = casefile_assign(&c, r->casefile->id, id, request_text(r, "reason"));
	return err == OK ? reply_redirect_notice(r, case_link(r, ""), "good", tr("Worker named.")) : err;
}
