/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the family's pages; see shared.h. */
#include "shared.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "country/names.h"
#include "country/told.h"
#include "country/words.h"
#include "view/format.h"
#include "view/parts.h"

#define SOON_DAYS 7

void family_head(struct request *r, const char *window, const char *title, const char *lead)
{
	part_head(r->view, title, lead);
	view_set(r->view, NULL, "Layout.Title", window);
}

const struct office *family_office(const struct request *r)
{
	return bundle_office(r->instance->bundle, r->casefile->office);
}

/* ---- names and texts ---- */

const char *phone_whole(const struct request *r, const char *phone)
{
	const char *space = strchr(phone, ' ');

	return space ? arena_printf(r->arena, "%.*s\xc2\xa0%s", (int)(space - phone), phone, phone_whole(r, space + 1)) : phone;
}

/* Marks rather than isolates: the phones of families know nothing newer. */
const char *phone_in_text(const struct request *r, const char *phone)
{
	return arena_printf(r->arena, "\xe2\x80\x8e%s\xe2\x80\x8e", phone_whole(r, phone));
}

/* Texts of a case are written in the country's first language. */
static const char *case_language(const struct request *r)
{
	return r->instance->bundle->language[0].code;
}

const char *name_for(const struct request *r, const char *native, const char *latin)
{
	return name_written(r->arena, r->instance->bundle, r->language, native, latin);
}

const char *worker_for(const struct request *r, const char *name, const char *native)
{
	return name_for(r, native, name);
}

const char *family_worker(const struct request *r)
{
	return worker_for(r, r->casefile->owner_name, r->casefile->owner_name_native);
}

void show_told(struct request *r, struct vnode *node, const char *name, const char *stored)
{
	const char *shown = told(stored);

	if (text_is_blank(stored))
		return;
	view_set(r->view, node, name, shown);
	if (text_eq(shown, stored) && !text_eq(r->language, case_language(r)))
		view_set(r->view, node, arena_printf(r->arena, "%sLang", name), case_language(r));
}

/* ---- steps ---- */

static bool is_done(const struct action *action)
{
	return text_eq(action->status, "done");
}

static bool is_over(const struct action *action)
{
	return is_done(action) || text_eq(action->status, "not_done");
}

/* Done ones first; then by day; then by number, so that the order never changes by itself. */
static int by_day(const void *a, const void *b)
{
	const struct action *x = ((const struct plan_step *)a)->action, *y = ((const struct plan_step *)b)->action;
	int order = is_done(y) - is_done(x);

	if (!order)
		order = strcmp(is_done(x) ? x->done_on : x->due_on, is_done(y) ? y->done_on : y->due_on);
	if (!order && x->need_number != y->need_number)
		order = x->need_number < y->need_number ? -1 : 1;
	if (!order && x->goal_seq != y->goal_seq)
		order = x->goal_seq < y->goal_seq ? -1 : 1;
	return order ? order : x->seq < y->seq ? -1 : 1;
}

static void mark_now(struct request *r, struct plan_steps *steps)
{
	char soon[DATE_LEN];
	bool is_any = false;

	date_add_days(r->actor.today, SOON_DAYS, soon);
	for (size_t i = steps->n_done; i < steps->n; i++) {
		const struct action *action = steps->item[i].action;
		steps->item[i].is_now = text_eq(action->status, "in_progress") || (!is_over(action) && strcmp(action->due_on, soon) <= 0);
		is_any |= steps->item[i].is_now;
	}
	for (size_t i = steps->n_done; i < steps->n && !is_any; i++)
		is_any = steps->item[i].is_now = !is_over(steps->item[i].action);
}

void steps_collect(struct request *r, const struct goals *goals, struct plan_steps *out)
{
	size_t n = 0;

	for (size_t i = 0; i < goals->n; i++)
		n += goals->item[i].n_actions;
	*out = (struct plan_steps){ .n = n, .item = arena_array(r->arena, struct plan_step, n + 1) };
	n = 0;
	for (size_t i = 0; i < goals->n; i++)
		for (size_t k = 0; k < goals->item[i].n_actions; k++)
			out->item[n++] = (struct plan_step){ .action = &goals->item[i].action[k] };
	qsort(out->item, out->n, sizeof *out->item, by_day);
	for (size_t i = 0; i < out->n; i++)
		out->n_done += is_done(out->item[i].action);
	mark_now(r, out);
}

/* Who does it and by when. */
static const char *step_text(struct request *r, const struct action *action)
{
	const char *who = text_eq(action->actor, "client") ? tr("You") : told(action->actor_name);
	const char *day = format_day(r->arena, action->due_on);

	if (is_done(action))
		return tr_fill(r->arena, tr("Done on %1"), format_day(r->arena, action->done_on), NULL);
	if (text_eq(action->status, "not_done"))
		return tr_fill(r->arena, tr("%1. It did not work out."), who, NULL);
	return tr_fill(r->arena, action->is_overdue ? tr("%1. It was planned for %2.") : tr("%1, by %2"), who, day, NULL);
}

void show_step(struct request *r, struct vnode *under, const char *name, const struct plan_step *step, size_t number)
{
	struct vnode *node = view_item(r->view, under, name);

	view_set(r->view, node, "State", is_done(step->action) ? "ok" : step->is_now ? "go" : "");
	view_set(r->view, node, "StateText", is_done(step->action) ? tr("Done:") : step->is_now ? tr("Now:") : tr("Later:"));
	view_set(r->view, node, "Number", format_number(r->arena, (double)number, 0));
	show_told(r, node, "Title", step->action->what);
	view_set(r->view, node, "Text", step_text(r, step->action));
}

/* ---- signatures ---- */

static const struct signature *signature_of(const struct plan *plan, const char *party)
{
	for (size_t i = 0; i < plan->n_signatures; i++)
		if (text_eq(plan->signature[i].party, party))
			return &plan->signature[i];
	return NULL;
}

/* Names are signed as they are written in the office: the worker of the case is shown as everywhere. */
static const char *signer(const struct request *r, const struct signature *worker)
{
	if (text_eq(worker->name, r->casefile->owner_name) || text_eq(worker->name, r->casefile->owner_name_native))
		return family_worker(r);
	return told(worker->name);
}

const struct plan *plan_to_sign(const struct request *r, const struct plan *plan)
{
	return plan && !*r->casefile->closed_on && text_eq(plan->status, "approved") && !signature_of(plan, "client") ? plan : NULL;
}

const char *plan_signed(struct request *r, const struct plan *plan)
{
	const struct signature *family = signature_of(plan, "client"), *worker = signature_of(plan, "worker");
	const struct signature *last = !worker || (family && family->signed_at > worker->signed_at) ? family : worker;
	char on[DATE_LEN];

	if (!last)
		return "";
	date_of_instant(last->signed_at, r->instance->bundle->zone, on);
	return tr_fill(r->arena, family && worker ? tr("You and %1 signed it on %2.") : family ? tr("You signed it on %2. Your worker signs it too.") :
	               tr("%1 signed it on %2. Now it is your turn."), worker ? signer(r, worker) : "", format_day(r->arena, on), NULL);
}
