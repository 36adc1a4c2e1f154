/* SPDX-License-Identifier: Apache-2.0
 *
 * Who can be named as the worker of a case: people of its office whose role is casework. */
#include "worker_choice.h"

#include <stdlib.h>
#include <string.h>

#include "case_parts.h"
#include "country/words.h"
#include "model/casefile.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

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

enum err worker_choice(struct request *r, struct users *users)
{
	struct context c = request_context(r);
	const char *typed = request_field(r, "worker"), *now = typed ? typed : r->casefile->owner;
	struct vnode *field;
	enum err err = user_workers(&c, r->casefile->office, casework_roles(r), users);

	if (err != OK)
		return err;
	if (users->n > 1)
		qsort(users->item, users->n, sizeof *users->item, by_load);
	field = part_field(r->view, NULL, "Fields", "radios", "worker", tr("Who will work with the family?"), NULL);
	for (size_t i = 0; i < users->n; i++)
		fill_worker(r, field, &users->item[i], strcmp(now, users->item[i].username) == 0);
	return OK;
}

int64_t worker_chosen(struct request *r, const struct users *users)
{
	for (size_t i = 0; i < users->n; i++)
		if (strcmp(users->item[i].username, request_text(r, "worker")) == 0)
			return users->item[i].id;
	view_problem(r, "worker", tr("Choose a worker of the list."));
	return 0;
}
