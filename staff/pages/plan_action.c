/* SPDX-License-Identifier: Apache-2.0
 *
 * One action of a goal: who does what by when, with a service of the catalogue where one
 * helps; and noting that it is done. */
#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "case_parts.h"
#include "country/told.h"
#include "country/words.h"
#include "plan_item.h"
#include "plan_parts.h"
#include "view/format.h"
#include "view/parts.h"

const struct field action_send_fields[] = {
	{"do", FIELD_CHOICE, 0, "save progress drop"}, {"what", FIELD_TEXT, 500, NULL}, {"actor", FIELD_CHOICE, 0, "client relative worker provider community"},
	{"actor_name", FIELD_LINE, 120, NULL}, {"service", FIELD_LINE, 60, NULL}, {"starts_on", FIELD_DATE, 0, NULL}, {"due_on", FIELD_DATE, 0, NULL},
	{"status", FIELD_CHOICE, 0, "open in_progress done not_done"}, {"result", FIELD_TEXT, 500, NULL}, {"revision", FIELD_INT, 0, NULL}, {0}};

static enum err load(struct plan_item *p)
{
	struct request *r = p->r;
	int64_t seq = 0;
	bool is_new = !r->param[2] || strcmp(r->param[2], "new") == 0;
	enum err err = goal_of_address(r, r->param[1], &p->goals, &p->goal);

	if (err != OK || is_new)
		return err;
	if (!text_to_int(r->param[2], &seq))
		return fail(&r->why, ERR_NOT_FOUND, "no number of an action");
	for (size_t i = 0; i < p->goal->n_actions; i++)
		if (p->goal->action[i].seq == seq)
			p->action = &p->goal->action[i];
	return p->action ? OK : fail(&r->why, ERR_NOT_FOUND, "no such action");
}

static bool is_old(const struct plan_item *p, int64_t *revision)
{
	*revision = p->action ? p->action->revision : 0;
	return p->action != NULL;
}

static const char *address(const struct plan_item *p)
{
	const char *all = arena_printf(p->r->arena, "plan/goals/%s/actions", goal_number(p->r, p->goal));

	return p->action ? arena_printf(p->r->arena, "%s/%lld", all, (long long)p->action->seq) : arena_printf(p->r->arena, "%s/new", all);
}

static const char *place(const struct plan_item *p)
{
	return arena_printf(p->r->arena, "%s#g%s", case_link(p->r, "plan"), goal_number(p->r, p->goal));
}

static void option(struct request *r, struct vnode *field, const char *now, const char *value, const char *label)
{
	part_option(r->view, field, value, label, strcmp(now, value) == 0);
}

static void actor_fields(struct plan_item *p)
{
	static const char *const actors[] = {"client", "relative", "worker", "provider", "community"};
	struct request *r = p->r;
	const char *now = request_field(r, "actor") ? request_text(r, "actor") : p->action ? p->action->actor : "client";
	struct vnode *field = part_field(r->view, NULL, "Fields", "radios", "actor", tr("Who does it?"), NULL);

	for (size_t i = 0; i < sizeof actors / sizeof *actors; i++)
		option(r, field, now, actors[i], actor_word(actors[i]));
	field = part_field(r->view, NULL, "Fields", "line", "actor_name", tr("Name"), shown_text(r, "actor_name", p->action ? p->action->actor_name : ""));
	view_set(r->view, field, "Hint", tr("A person or an office that can be asked."));
}

/* Services that answer the need's part of life come first. */
static void service_field(struct plan_item *p)
{
	struct request *r = p->r;
	const struct bundle *b = r->instance->bundle;
	const char *now = request_field(r, "service") ? request_text(r, "service") : p->action ? p->action->service : "";
	struct vnode *field;

	if (!bundle_has(b, MODULE_CATALOGUE) || !b->n_services)
		return;
	field = part_field(r->view, NULL, "Fields", "choice", "service", tr("Service of the catalogue"), NULL);
	view_flag(r->view, field, "Optional", true);
	option(r, field, now, "", tr("None"));
	for (size_t i = 0; i < b->n_services; i++)
		option(r, field, now, b->service[i].key, format_pair(r->arena, tr(b->service[i].name), tr(b->service[i].provider)));
}

static void words_fields(struct plan_item *p)
{
	struct request *r = p->r;
	const struct action *a = p->action;
	struct vnode *field = part_field(r->view, NULL, "Fields", "text", "what", tr("What is to be done"), shown_text(r, "what", a ? a->what : ""));

	view_int(r->view, field, "Rows", 2);
	actor_fields(p);
	service_field(p);
	field = part_field(r->view, NULL, "Fields", "date", "starts_on", tr("From"), request_field(r, "starts_on") ? request_text(r, "starts_on") : a ? a->starts_on : "");
	view_flag(r->view, field, "Optional", true);
	part_field(r->view, NULL, "Fields", "date", "due_on", tr("By when"), request_field(r, "due_on") ? request_text(r, "due_on") : a ? a->due_on : "");
}

static void progress_fields(struct plan_item *p)
{
	struct request *r = p->r;
	const char *now = request_field(r, "status") ? request_text(r, "status") : p->action->status;
	struct vnode *field = part_field(r->view, NULL, "Progress", "radios", "status", tr("How is it going?"), NULL);

	option(r, field, now, "open", tr("Open"));
	option(r, field, now, "in_progress", tr("On the way"));
	option(r, field, now, "done", tr("Done"));
	option(r, field, now, "not_done", tr("Not done"));
	field = part_field(r->view, NULL, "Progress", "text", "result", tr("What came of it"), shown_text(r, "result", p->action->result));
	view_flag(r->view, field, "Optional", true);
	view_int(r->view, field, "Rows", 2);
}

static enum err head(struct plan_item *p)
{
	return case_head(p->r, p->action ? tr("Action") : tr("New action"), arena_printf(p->r->arena, "%s  %s", goal_number(p->r, p->goal), told(p->goal->statement)));
}

static enum err save(struct plan_item *p)
{
	struct request *r = p->r;
	struct action a = p->action ? *p->action : (struct action){.need_number = p->goal->need_number, .goal_seq = p->goal->seq, .status = "open", .done_on = "", .result = ""};

	a.what = typed_or_stored(r, "what", p->action ? p->action->what : "");
	a.actor = request_text(r, "actor");
	a.actor_name = typed_or_stored(r, "actor_name", p->action ? p->action->actor_name : "");
	a.service = bundle_service(r->instance->bundle, request_text(r, "service")) ? request_text(r, "service") : "";
	a.starts_on = request_text(r, "starts_on");
	a.due_on = request_text(r, "due_on");
	a.revision = request_int(r, "revision", 0);
	if (!*a.what)
		view_problem(r, "what", tr("Write what is to be done."));
	if (!*a.actor)
		view_problem(r, "actor", tr("Choose who does it."));
	if (!*a.actor_name)
		view_problem(r, "actor_name", tr("Write the name of who does it."));
	if (!date_is_valid(a.due_on))
		view_problem(r, "due_on", tr("Write the date by which it is done."));
	else if (*a.starts_on && date_is_valid(a.starts_on) && strcmp(a.starts_on, a.due_on) > 0)
		view_problem(r, "due_on", tr("This date lies before the start."));
	if (view_problems(r))
		return ERR_INVALID;
	return p->action ? action_update(&p->c, r->casefile->id, &a) : action_create(&p->c, r->casefile->id, &a);
}

static enum err note_progress(struct plan_item *p)
{
	struct request *r = p->r;
	struct action a = *p->action;

	a.status = *request_text(r, "status") ? request_text(r, "status") : a.status;
	a.result = typed_or_stored(r, "result", a.result);
	a.done_on = strcmp(a.status, "done") == 0 ? (*a.done_on ? a.done_on : r->actor.today) : "";
	a.revision = request_int(r, "revision", 0);
	if (strcmp(a.status, "not_done") == 0 && !*a.result)
		view_problem(r, "result", tr("Write what stood in the way."));
	return view_problems(r) ? ERR_INVALID : action_progress(&p->c, r->casefile->id, &a);
}

static enum err drop(struct plan_item *p)
{
	const char *reason = text_trim(p->r->arena, request_text(p->r, "result"));

	if (!*reason)
		view_problem(p->r, "result", tr("Write why the action is dropped."));
	return *reason ? action_drop(&p->c, p->r->casefile->id, p->goal->need_number, p->goal->seq, p->action->seq, reason) : ERR_INVALID;
}

static const struct plan_item_kind kind = {.template_name = "action", .load = load, .is_old = is_old, .head = head, .address = address, .place = place,
	.words = words_fields, .progress = progress_fields, .save = save, .note = note_progress, .drop = drop};

enum err page_action(struct request *r)
{
	return plan_item_show(r, &kind);
}

enum err page_action_send(struct request *r)
{
	return plan_item_send(r, &kind);
}
