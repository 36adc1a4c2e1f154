/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole plan: every goal in plain words, who does what by when, who signed it. A plan
 * that waits for the family is signed here by writing one's name. */
#include "pages.h"

#include "base/date.h"
#include "base/text.h"
#include "country/told.h"
#include "country/words.h"
#include "country/workflow.h"
#include "request/context.h"
#include "shared.h"
#include "view/format.h"
#include "view/parts.h"

const struct field sign_fields[] = { { "name", FIELD_LINE, 100, NULL }, { "version", FIELD_INT, 0, NULL }, { 0 } };

/* Kind "g" and a word for a goal that is decided; NULL while it goes on. */
static const char *goal_word(const struct goal *goal, const char **kind)
{
	*kind = "";
	if (text_eq(goal->status, "achieved")) {
		*kind = "g";
		return tr("Done");
	}
	if (text_eq(goal->status, "partly_achieved"))
		return tr("Partly done");
	return text_eq(goal->status, "not_achieved") ? tr("Not reached") : NULL;
}

static void show_goal(struct request *r, struct goal *goal, size_t number)
{
	struct vnode *node = view_item(r->view, NULL, "Goals");
	struct goals one = { 1, goal };
	struct plan_steps steps;
	const char *kind, *word = goal_word(goal, &kind);

	view_int(r->view, node, "Number", (int64_t)number);
	show_told(r, node, "Title", text_is_blank(goal->plain) ? goal->statement : goal->plain);
	view_set(r->view, node, "Kind", kind);
	view_set(r->view, node, "Word", word);
	if (!word)
		view_set(r->view, node, "Due", tr_fill(r->arena, tr("We want this by %1."), format_day(r->arena, goal->due_on), NULL));
	steps_collect(r, &one, &steps);
	for (size_t i = 0; i < steps.n; i++)
		show_step(r, node, "Steps", &steps.item[i], i + 1);
}

static void show_agreement(struct request *r, const struct plan *plan)
{
	show_told(r, NULL, "Schedule", plan->contact_schedule);
	if (!text_is_blank(plan->review_on))
		view_set(r->view, NULL, "Review", tr_fill(r->arena, tr("On %1 we look together at what has changed."),
		                                          format_day(r->arena, plan->review_on), NULL));
}

static void show_signing(struct request *r, const struct plan *plan)
{
	struct vnode *field;

	view_int(r->view, NULL, "Sign.Version", plan->version);
	view_set(r->view, NULL, "Sign.Url", link_to(r, "plan"));
	field = part_field(r->view, NULL, "Sign.Fields", "line", "name", tr("Your name"), request_text(r, "name"));
	view_set(r->view, field, "Hint", tr("It is your signature."));
	view_set(r->view, field, "Autocomplete", "name");
}

static enum err show_plan(struct request *r, const struct plan *plan)
{
	struct context c = request_context(r);
	struct goals goals;
	enum err err = plan_goals(&c, r->casefile->id, false, &goals);

	if (err)
		return err;
	family_head(r, tr("Steps"), tr("My plan"), plan_signed(r, plan));
	for (size_t i = 0; i < goals.n; i++)
		show_goal(r, &goals.item[i], i + 1);
	show_agreement(r, plan);
	if (plan_to_sign(r, plan))
		show_signing(r, plan);
	return view_problems(r) ? reply_refused(r, "plan") : reply_page(r, "plan");
}

static enum err show_none(struct request *r)
{
	r->why = (struct why){ 0 };
	family_head(r, tr("Steps"), tr("My plan"), tr("There is no plan yet."));
	view_set(r->view, NULL, "None", *family_worker(r) ? tr_fill(r->arena, tr("You write it together with %1. Then you see it here."), family_worker(r), NULL) :
	                                tr("You write it together with your worker. Then you see it here."));
	return reply_page(r, "plan");
}

enum err page_plan(struct request *r)
{
	struct context c = request_context(r);
	struct plan *plan = NULL;
	enum err err = plan_load(&c, r->casefile->id, &plan);

	return err == ERR_NOT_FOUND ? show_none(r) : err ? err : show_plan(r, plan);
}

/* The plan was signed, replaced or taken back in the meantime: the page says how it stands. */
static enum err overtaken(struct request *r)
{
	r->why = (struct why){ 0 };
	return reply_redirect_notice(r, link_to(r, "plan"), "info", tr("Your plan has changed in the meantime. Read it again."));
}

enum err page_sign(struct request *r)
{
	struct context c = request_context(r);
	const char *name = text_trim(r->arena, request_text(r, "name"));
	struct plan *plan = NULL;
	bool is_active = false;
	enum err err = plan_load(&c, r->casefile->id, &plan);

	if (err)
		return err == ERR_NOT_FOUND ? overtaken(r) : err;
	if (!plan_to_sign(r, plan) || request_int(r, "version", 0) != plan->version)
		return overtaken(r);
	if (text_is_blank(name))
		view_problem(r, "name", tr("Write your name."));
	if (view_problems(r))
		return show_plan(r, plan);
	err = plan_sign(&c, r->casefile->id, plan->version, "client", name, r->actor.person_id, "portal", workflow_cadence(r->instance->bundle, r->arena), &is_active);
	if (err)
		return err == ERR_CONFLICT ? overtaken(r) : err;
	return reply_redirect_notice(r, link_to(r, "plan"), "good", is_active ? tr("Your plan is signed. It starts today.") : tr("You have signed your plan."));
}
