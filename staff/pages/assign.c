/* SPDX-License-Identifier: Apache-2.0
 *
 * Naming the worker of a case, with each candidate's caseload beside the norm. */
#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "case_parts.h"
#include "country/words.h"
#include "model/user.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

const struct field assign_send_fields[] = {{"worker", FIELD_LINE, 60, NULL}, {"reason", FIELD_TEXT, 1000, NULL}, {0}};

static void fill_worker(struct request *r, struct vnode *field, const struct user *u, bool is_chosen)
{
	int norm = r->instance->bundle->caseload_norm;
	const char *load = tr_fill(r->arena, tr_plural("%1 open case, norm %2", "%1 open cases, norm %2", u->cases_open), format_number(r->arena, u->cases_open, 0),
	                           format_number(r->arena, norm, 0), NULL);

	part_option(r->view, field, u->username, format_pair(r->arena, u->name, load), is_chosen);
}

static int by_load(const void *a, const void *b)
{
	const struct user *x = a, *y = b;

	return x->cases_open != y->cases_open ? (x->cases_open < y->cases_open ? -1 : 1) : strcmp(x->name, y->name);
}

static enum err fill_page(struct request *r, struct users *users)
{
	struct context c = request_context(r);
	struct vnode *field;
	enum err err = user_workers(&c, r->casefile->office, casework_roles(r), users);

	if (err != OK || (err = case_head(r, tr("Name the worker"), NULL)) != OK)
		return err;
	if (users->n > 1)
		qsort(users->item, users->n, sizeof *users->item, by_load);
	field = part_field(r->view, NULL, "Fields", "radios", "worker", tr("Who will work with the family?"), NULL);
	for (size_t i = 0; i < users->n; i++) {
		const char *now = request_field(r, "worker");
		fill_worker(r, field, &users->item[i], strcmp(now ? now : r->casefile->owner, users->item[i].username) == 0);
	}
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
	int64_t id = 0;
	enum err err = fill_page(r, &users);

	if (err != OK)
		return err;
	for (size_t i = 0; i < users.n; i++)
		if (strcmp(users.item[i].username, request_text(r, "worker")) == 0)
			id = users.item[i].id;
	if (!id)
		view_problem(r, "worker", tr("Choose a worker of the list."));
	if (view_problems(r))
		return reply_refused(r, "assign");
	err = casefile_assign(&c, r->casefile->id, id, request_text(r, "reason"));
	return err == OK ? reply_redirect_notice(r, case_link(r, ""), "good", tr("Worker named.")) : err;
}
