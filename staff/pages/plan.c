/* SPDX-License-Identifier: Apache-2.0
 *
 * The intervention plan as the paper the family signs: by need, its goals with expected
 * change, measure and date, who does what by when; who agreed; what is still missing. */
#include "pages.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "case_parts.h"
#include "country/told.h"
#include "country/words.h"
#include "country/workflow.h"
#include "model/household.h"
#include "model/need.h"
#include "plan_chart.h"
#include "plan_parts.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

const struct field plan_send_fields[] = {
	{"do", FIELD_CHOICE, 0, "terms sign"}, {"contact_schedule", FIELD_TEXT, 1000, NULL}, {"review_on", FIELD_DATE, 0, NULL}, {"revision", FIELD_INT, 0, NULL},
	{"party", FIELD_CHOICE, 0, "client worker"}, {"name", FIELD_LINE, 120, NULL}, {"version", FIELD_INT, 0, NULL}, {0}};

struct plan_page { struct request *r; struct context c; struct plan *plan; struct needs needs; struct goals goals; bool can_edit; };

static enum err load(struct plan_page *p, struct request *r)
{
	enum err err;

	*p = (struct plan_page){.r = r, .c = request_context(r)};
	err = plan_load(&p->c, r->casefile->id, &p->plan);
	if (err == ERR_NOT_FOUND) {
		r->why = (struct why){0};
		p->plan = NULL;
	} else if (err != OK)
		return err;
	if ((err = need_list(&p->c, r->casefile->id, &p->needs)) != OK)
		return err;
	p->can_edit = actor_can(&r->actor, PERM_PLAN_EDIT) && plan_is_open(r, p->plan);
	return plan_goals(&p->c, r->casefile->id, false, &p->goals);
}

/* ---- goals and actions ---- */

static void fill_action(struct plan_page *p, struct vnode *goal, const struct goal *g, const struct action *a)
{
	struct request *r = p->r;
	struct view *v = r->view;
	struct vnode *row = view_item(v, goal, "Actions");
	const struct service *service = *a->service ? bundle_service(r->instance->bundle, a->service) : NULL;

	view_set(v, row, "What", told(a->what));
	view_set(v, row, "Service", service ? tr(service->name) : NULL);
	view_set(v, row, "Who", tr(told(a->actor_name)));
	view_set(v, row, "Actor", actor_word(a->actor));
	view_set(v, row, "Due", format_date_short(r->arena, a->due_on, r->actor.today));
	view_set(v, row, "Status", action_status_word(a));
	view_set(v, row, "Kind", action_status_kind(a));
	view_set(v, row, "Result", told(a->result));
	if (actor_can(&r->actor, PERM_PLAN_EDIT) && !*r->casefile->closed_on)
		view_set(v, row, "Url", case_link(r, arena_printf(r->arena, "plan/goals/%s/actions/%lld", goal_number(r, g), (long long)a->seq)));
}

static void fill_change(struct plan_page *p, struct vnode *row, const struct goal *g)
{
	const struct form *form = p->r->instance->bundle->assessment_form ? bundle_form(p->r->instance->bundle, p->r->instance->bundle->assessment_form) : NULL;
	const struct need *need = NULL;
	const struct score *score = NULL;
	const double numbers[2] = {g->baseline, g->target};
	const char *const names[2] = {"From", "To"};

	for (size_t i = 0; i < p->needs.n; i++)
		if (!p->needs.item[i].is_strength && p->needs.item[i].number == g->need_number)
			need = &p->needs.item[i];
	for (size_t i = 0; form && need && i < form->n_scores; i++)
		if (text_eq(form->score[i].dimension, need->dimension))
			score = &form->score[i];
	if (!score || !g->has_baseline || !g->has_target)
		return;
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < score->n_bands; i++)
			if (numbers[k] >= score->band[i].min && numbers[k] <= score->band[i].max) {
				part_level(p->r->view, view_node(p->r->view, row, names[k]), score->band[i].meaning, format_number(p->r->arena, numbers[k], 0),
				           text_in(&score->band[i].label, p->r->language, tr));
				break;
			}
}

static void fill_goal(struct plan_page *p, struct vnode *need, const struct goal *g)
{
	struct request *r = p->r;
	struct view *v = r->view;
	struct vnode *row = view_item(v, need, "Goals");

	view_set(v, row, "Number", goal_number(r, g));
	view_set(v, row, "Statement", told(g->statement));
	view_set(v, row, "Plain", told(g->plain));
	view_set(v, row, "Terms", tr_fill(r->arena, tr("By %1. We will know because: %2"), format_date(r->arena, g->due_on), told(g->expected_change), NULL));
	view_set(v, row, "Status", goal_status_word(g->status));
	view_set(v, row, "Kind", goal_status_kind(g));
	fill_change(p, row, g);
	if (actor_can(&r->actor, PERM_PLAN_EDIT) && !*r->casefile->closed_on)
		view_set(v, row, "Url", case_link(r, arena_printf(r->arena, "plan/goals/%s", goal_number(r, g))));
	if (p->can_edit)
		view_set(v, row, "AddUrl", case_link(r, arena_printf(r->arena, "plan/goals/%s/actions/new", goal_number(r, g))));
	for (size_t i = 0; i < g->n_actions; i++)
		if (strcmp(g->action[i].status, "dropped") != 0)
			fill_action(p, row, g, &g->action[i]);
}

static void fill_need(struct plan_page *p, const struct need *n)
{
	struct request *r = p->r;
	struct view *v = r->view;
	const struct dimension *d = bundle_dimension(r->instance->bundle, n->dimension);
	struct vnode *row;
	size_t goals = 0;

	for (size_t i = 0; i < p->goals.n; i++)
		goals += p->goals.item[i].need_number == n->number;
	if (!goals && strcmp(n->status, "open") != 0)
		return;
	row = view_item(v, NULL, "Needs");
	view_setf(v, row, "Sign", "N%lld", (long long)n->number);
	view_set(v, row, "Statement", told(n->statement_objective));
	view_set(v, row, "Quote", told(n->statement_subjective));
	view_set(v, row, "Dimension", d ? tr(d->label) : n->dimension);
	view_set(v, row, "Reason", told(n->status_reason));
	if (p->can_edit)
		view_set(v, row, "AddUrl", arena_printf(r->arena, "%s?need=%lld", case_link(r, "plan/goals/new"), (long long)n->number));
	for (size_t i = 0; i < p->goals.n; i++)
		if (p->goals.item[i].need_number == n->number)
			fill_goal(p, row, &p->goals.item[i]);
}

/* ---- the side ---- */

static void fill_strengths(struct plan_page *p)
{
	struct request *r = p->r;

	for (size_t i = 0; i < p->needs.n; i++) {
		const struct need *n = &p->needs.item[i];
		if (!n->is_strength)
			continue;
		struct vnode *row = view_item(r->view, NULL, "Strengths");
		view_setf(r->view, row, "Sign", "S%lld", (long long)n->number);
		view_set(r->view, row, "Statement", told(n->statement_objective));
		for (size_t k = 0; k < p->goals.n; k++) {
			const struct goal *g = &p->goals.item[k];
			if (strstr(arena_printf(r->arena, ",%s,", g->strengths), arena_printf(r->arena, ",%lld,", (long long)n->number)))
				part_sign(r->view, row, "Signs", "goal", goal_number(r, g), NULL);
		}
	}
}

/* Family, services and worker: whose work the plan is. */
static void fill_shares(struct plan_page *p)
{
	static const struct { const char *label, *actors; } groups[] = {{"Family", "client relative"}, {"Services", "provider community"}, {"Social worker", "worker"}};
	int counts[3] = {0}, total = 0;

	for (size_t i = 0; i < p->goals.n; i++)
		for (size_t k = 0; k < p->goals.item[i].n_actions; k++)
			for (size_t j = 0; j < 3; j++)
				if (strstr(groups[j].actors, p->goals.item[i].action[k].actor)) {
					counts[j]++;
					total++;
				}
	for (size_t j = 0; total && j < 3; j++) {
		struct vnode *row = view_item(p->r->view, NULL, "Shares");
		view_set(p->r->view, row, "Label", tr(groups[j].label));
		view_int(p->r->view, row, "Percent", counts[j] * 100 / total);
		view_int(p->r->view, row, "Count", counts[j]);
	}
}

static void fill_signature(struct plan_page *p, const char *name, const char *text)
{
	struct vnode *row = view_item(p->r->view, NULL, "Agreed");

	view_set(p->r->view, row, "Name", name);
	view_set(p->r->view, row, "Text", text);
}

static bool has_signed(const struct plan *plan, const char *party)
{
	for (size_t i = 0; i < plan->n_signatures; i++)
		if (strcmp(plan->signature[i].party, party) == 0)
			return true;
	return false;
}

static enum err fill_sign_form(struct plan_page *p)
{
	struct request *r = p->r;
	struct members members;
	const char *name = "";
	enum err err;

	if (!text_eq(p->plan->status, "approved") || !actor_can(&r->actor, PERM_PLAN_EDIT) || *r->casefile->closed_on)
		return OK;
	if ((err = household_list(&p->c, r->casefile->id, &members)) != OK)
		return err;
	for (size_t i = 0; i < members.n; i++)
		if (members.item[i].is_contact)
			name = person_name(r, members.item[i].person);
	view_int(r->view, NULL, "Version", p->plan->version);
	if (!has_signed(p->plan, "client")) {
		struct vnode *field = part_field(r->view, view_node(r->view, NULL, "SignClient"), "Fields", "line", "name", tr("Name of the person who signs for the family"), NULL);
		view_set(r->view, field, "Hint", name);
		view_flag(r->view, NULL, "SignClient.Open", true);
	}
	if (!has_signed(p->plan, "worker"))
		view_flag(r->view, NULL, "SignWorker", true);
	return OK;
}

static enum err fill_agreed(struct plan_page *p)
{
	struct request *r = p->r;

	for (size_t i = 0; i < p->plan->n_signatures; i++) {
		const struct signature *s = &p->plan->signature[i];
		bool is_client = strcmp(s->party, "client") == 0;
		fill_signature(p, worker_name(r, s->name, is_client ? s->name : NULL), tr_fill(r->arena, is_client ? tr("For the family, signed %1") : tr("Social worker, signed %1"), format_instant(r->arena, s->signed_at), NULL));
	}
	if (p->plan->approved_at)
		fill_signature(p, worker_name(r, p->plan->approved_by_name, NULL), tr_fill(r->arena, tr("Supervisor, approved %1"), format_instant(r->arena, p->plan->approved_at), NULL));
	return fill_sign_form(p);
}

static void fill_terms(struct plan_page *p)
{
	struct request *r = p->r;
	struct vnode *field;

	view_set(r->view, NULL, "Schedule", told(p->plan->contact_schedule));
	if (!p->can_edit)
		return;
	field = part_field(r->view, NULL, "Terms", "text", "contact_schedule", tr("How often you meet, and where"), shown_text(r, "contact_schedule", p->plan->contact_schedule));
	view_int(r->view, field, "Rows", 2);
	part_field(r->view, NULL, "Terms", "date", "review_on", tr("Date of the review"), request_field(r, "review_on") ? request_text(r, "review_on") : p->plan->review_on);
	view_int(r->view, NULL, "Revision", p->plan->revision);
}

/* ---- notes ---- */

static const char *gap_words(struct request *r, const struct orphan *o)
{
	const char *goal = arena_printf(r->arena, "%lld.%lld", (long long)o->need_number, (long long)o->goal_seq);
	const char *need = arena_printf(r->arena, "N%lld", (long long)o->need_number);

	if (!strcmp(o->kind, "need_without_goal"))
		return tr_fill(r->arena, tr("%1 has no goal and no reason why not."), need, NULL);
	if (!strcmp(o->kind, "goal_without_action"))
		return tr_fill(r->arena, tr("Goal %1 has no action."), goal, NULL);
	if (!strcmp(o->kind, "goal_without_change"))
		return tr_fill(r->arena, tr("Goal %1 does not say how you will know."), goal, NULL);
	if (!strcmp(o->kind, "action_without_actor"))
		return tr_fill(r->arena, tr("An action of goal %1 names nobody."), goal, NULL);
	return tr_fill(r->arena, tr("Goal %1 is not complete."), goal, NULL);
}

static enum err fill_gaps(struct plan_page *p)
{
	struct orphans gaps;
	enum err err = plan_orphans(&p->c, p->r->casefile->id, &gaps);

	for (size_t i = 0; err == OK && i < gaps.n && i < 8; i++)
		view_set(p->r->view, view_item(p->r->view, NULL, "Gaps"), "Text", gap_words(p->r, &gaps.item[i]));
	return err;
}

static void fill_notes(struct plan_page *p)
{
	struct request *r = p->r;
	int limit = r->instance->bundle->open_goals_warning, open = 0;

	for (size_t i = 0; i < p->goals.n; i++)
		open += strcmp(p->goals.item[i].status, "achieved") && strcmp(p->goals.item[i].status, "dropped");
	if (limit && open > limit)
		view_set(r->view, NULL, "TooMany", tr_fill(r->arena, tr("%1 goals are open. More than %2 at once is a lot to ask of a family: what can wait?"),
		         format_number(r->arena, open, 0), format_number(r->arena, limit, 0), NULL));
	if (p->plan && text_eq(p->plan->status, "returned"))
		view_set(r->view, NULL, "Returned", tr_fill(r->arena, tr("The plan came back: “%1”"), told(p->plan->returned_comment), NULL));
	if (p->plan && text_eq(p->plan->status, "proposed"))
		view_set(r->view, NULL, "Waiting", tr_fill(r->arena, tr("Sent for approval by %1 on %2. Its words cannot be changed until it is decided."), worker_name(r, p->plan->proposed_by_name, NULL),
		         format_instant(r->arena, p->plan->proposed_at), NULL));
}

static const char *lead(struct plan_page *p)
{
	struct request *r = p->r;
	const char *title = arena_printf(r->arena, "%s.", format_pair(r->arena, case_title(r, r->casefile), r->casefile->number)), *review = "";

	if (p->plan && *p->plan->review_on)
		review = tr_fill(r->arena, tr("Review on %1."), format_date(r->arena, p->plan->review_on), NULL);
	if (p->plan && *p->plan->active_on)
		return arena_printf(r->arena, "%s %s %s", title, tr_fill(r->arena, tr("Agreed on %1."), format_date(r->arena, p->plan->active_on), NULL), review);
	return arena_printf(r->arena, "%s %s", title, review);
}

static enum err fill_page(struct plan_page *p)
{
	struct request *r = p->r;
	enum err err = case_head(r, tr("Intervention plan"), lead(p));

	if (err != OK || (err = case_trail(r)) != OK)
		return err;
	case_tabs(r, "plan");
	if (p->plan)
		part_aside(r->view, "file-text", tr_fill(r->arena, tr("Version %1"), format_number(r->arena, (double)p->plan->version, 0), NULL), NULL, NULL);
	for (size_t i = 0; i < p->needs.n; i++)
		if (!p->needs.item[i].is_strength)
			fill_need(p, &p->needs.item[i]);
	if (!p->needs.n)
		part_empty(r->view, NULL, "Empty", tr("No needs yet"), tr("A plan answers numbered needs. They come from the assessment."), case_link(r, "assessments"), tr("Go to the assessments"));
	plan_chart(r, &p->goals, p->plan ? p->plan->review_on : "");
	fill_strengths(p);
	fill_shares(p);
	fill_notes(p);
	if (p->plan) {
		fill_terms(p);
		if ((err = fill_agreed(p)) != OK)
			return err;
	}
	view_set(r->view, NULL, "SaveUrl", case_link(r, "plan"));
	return p->goals.n || p->plan ? fill_gaps(p) : OK;
}

enum err page_plan(struct request *r)
{
	struct plan_page p;
	enum err err = load(&p, r);

	if (err == OK)
		err = fill_page(&p);
	return err == OK ? reply_page(r, "plan") : err;
}

/* ---- contact schedule, review, signatures ---- */

static enum err save_terms(struct plan_page *p)
{
	struct request *r = p->r;
	struct plan changed = *p->plan;
	char latest[DATE_LEN];
	int months = r->instance->bundle->review_max_months;

	changed.contact_schedule = typed_or_stored(r, "contact_schedule", p->plan->contact_schedule);
	changed.review_on = request_text(r, "review_on");
	changed.revision = request_int(r, "revision", p->plan->revision);
	date_add_months(r->actor.today, months > 0 ? months : 120, latest);
	if (!date_is_valid(changed.review_on) || strcmp(changed.review_on, r->actor.today) < 0)
		view_problem(r, "review_on", tr("Write a date that lies ahead."));
	else if (strcmp(changed.review_on, latest) > 0)
		view_problem(r, "review_on", tr_fill(r->arena, tr("The review is due by %1 at the latest."), format_date(r->arena, latest), NULL));
	return view_problems(r) ? ERR_INVALID : plan_update(&p->c, r->casefile->id, &changed);
}

static enum err sign(struct plan_page *p, bool *is_active)
{
	struct request *r = p->r;
	const char *party = request_text(r, "party"), *name = text_trim(r->arena, request_text(r, "name"));

	if (strcmp(party, "worker") == 0)
		name = r->actor.name;
	if (!*name)
		view_problem(r, "name", tr("Write the name of the person who signs."));
	if (!*party)
		view_problem(r, NULL, tr("Say who signs."));
	if (view_problems(r))
		return ERR_INVALID;
	return plan_sign(&p->c, r->casefile->id, request_int(r, "version", 0), party, name, 0, "tablet", workflow_cadence(r->instance->bundle, r->arena), is_active);
}

enum err page_plan_send(struct request *r)
{
	struct plan_page p;
	bool is_active = false, is_signing = strcmp(request_text(r, "do"), "sign") == 0;
	enum err err = load(&p, r);

	if (err != OK)
		return err;
	if (!p.plan || (!is_signing && !p.can_edit))
		return fail(&r->why, ERR_CONFLICT, "the plan is not open for this");
	err = is_signing ? sign(&p, &is_active) : save_terms(&p);
	if (err == OK)
		return reply_redirect_notice(r, case_link(r, "plan"), "good", is_active ? tr("Both have signed. The plan is in force, and its visits are in the calendar.") :
		                             is_signing ? tr("Signed.") : tr("Saved."));
	if (err == ERR_CONFLICT) {
		r->why = (struct why){0};
		view_problem(r, NULL, tr("Somebody changed the plan meanwhile. Look at it again: what you typed stands below."));
	} else if (err != ERR_INVALID)
		return err;
	err = fill_page(&p);
	return err == OK ? reply_refused(r, "plan") : err;
}
