/* SPDX-License-Identifier: Apache-2.0
 *
 * The case at a glance: where it stands, needs and goals as one chain, the family, consent,
 * what happened lately. One query a list. */
#include "pages.h"

#include <string.h>

#include "base/text.h"
#include "case_parts.h"
#include "country/told.h"
#include "country/words.h"
#include "events.h"
#include "model/activity.h"
#include "model/consent.h"
#include "model/household.h"
#include "model/need.h"
#include "model/plan.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

#define EVENTS_SHOWN 8
#define ACTIONS_SHOWN 2

static const char *goal_word(const struct goal *g)
{
	if (strcmp(g->status, "achieved") == 0)
		return tr("Reached");
	if (strcmp(g->status, "partly_achieved") == 0)
		return tr("Partly reached");
	if (strcmp(g->status, "not_achieved") == 0)
		return tr("Not reached");
	if (g->is_overdue)
		return tr("Late");
	return strcmp(g->status, "in_progress") == 0 ? tr("On the way") : tr("Not started");
}

static const char *goal_kind(const struct goal *g)
{
	if (strcmp(g->status, "achieved") == 0 || strcmp(g->status, "partly_achieved") == 0)
		return "good";
	return g->is_overdue || strcmp(g->status, "not_achieved") == 0 ? "bad" : "now";
}

/* The chain goes on: what is being done for the goal, the open actions first; done ones are counted. */
static void fill_actions(struct request *r, struct vnode *row, const struct goal *g)
{
	int done = 0, all = 0, shown = 0;

	for (size_t i = 0; i < g->n_actions; i++) {
		const struct action *a = &g->action[i];
		if (strcmp(a->status, "dropped") == 0)
			continue;
		all++;
		done += strcmp(a->status, "done") == 0;
		if (strcmp(a->status, "done") == 0 || shown++ >= ACTIONS_SHOWN)
			continue;
		struct vnode *action = view_item(r->view, row, "Actions");
		view_set(r->view, action, "What", told(a->what));
		view_set(r->view, action, "Who", tr(told(a->actor_name)));
		view_set(r->view, action, "Due", format_date_short(r->arena, a->due_on, r->actor.today));
		view_flag(r->view, action, "Late", a->is_overdue);
	}
	if (all)
		view_set(r->view, row, "Done", tr_fill(r->arena, tr("%1 of %2 actions done"), format_number(r->arena, done, 0), format_number(r->arena, all, 0), NULL));
}

static void fill_goal(struct request *r, struct vnode *need, const struct goal *g)
{
	struct view *v = r->view;
	struct vnode *row = view_item(v, need, "Goals");

	view_setf(v, row, "Number", "%lld.%lld", (long long)g->need_number, (long long)g->seq);
	view_set(v, row, "Url", sign_link(r, arena_printf(r->arena, "%lld.%lld", (long long)g->need_number, (long long)g->seq)));
	view_set(v, row, "Statement", told(g->statement));
	view_set(v, row, "Due", format_date_short(r->arena, g->due_on, r->actor.today));
	view_int(v, row, "Percent", g->progress);
	view_set(v, row, "BarKind", strcmp(goal_kind(g), "now") == 0 ? "c1" : goal_kind(g));
	view_set(v, row, "Status", goal_word(g));
	view_set(v, row, "StatusKind", goal_kind(g));
	fill_actions(r, row, g);
}

static const char *dimension_label(const struct bundle *b, const char *key)
{
	const struct dimension *d = bundle_dimension(b, key);

	return d ? tr(d->short_label && *d->short_label ? d->short_label : d->label) : key;
}

static struct vnode *fill_need(struct request *r, const struct need *n, const struct goals *goals)
{
	struct view *v = r->view;
	struct vnode *row = view_item(v, NULL, n->is_strength ? "Strengths" : "Needs");
	size_t shown = 0;

	view_setf(v, row, "Sign", "%c%lld", n->is_strength ? 'S' : 'N', (long long)n->number);
	view_set(v, row, "Statement", told(n->statement_objective));
	view_set(v, row, "Quote", told(n->statement_subjective));
	view_set(v, row, "Dimension", dimension_label(r->instance->bundle, n->dimension));
	if (n->has_severity)
		part_level(v, row, n->meaning, format_number(r->arena, n->severity, 0), dimension_label(r->instance->bundle, n->dimension));
	if (n->assessment_seq && actor_can(&r->actor, PERM_ASSESSMENT_VIEW))
		view_set(v, row, "Source", case_link(r, arena_printf(r->arena, "assessments/%lld", (long long)n->assessment_seq)));
	if (n->client_priority)
		view_set(v, row, "Rank", tr_fill(r->arena, tr("Family's choice no. %1"), format_number(r->arena, n->client_priority, 0), NULL));
	for (size_t i = 0; !n->is_strength && i < goals->n; i++)
		if (goals->item[i].need_number == n->number) {
			fill_goal(r, row, &goals->item[i]);
			shown++;
		}
	view_int(v, row, "Span", shown ? (int64_t)shown : 1);
	if (!n->is_strength && strcmp(n->status, "open") != 0)
		view_set(v, row, "Settled", strcmp(n->status, "met") == 0 ? tr("Met") : tr("Set aside"));
	if (*n->status_reason)
		view_set(v, row, "Reason", told(n->status_reason));
	return row;
}

/* "1,3" of a goal names the strengths it builds on. */
static void fill_strength_uses(struct request *r, const struct need *n, const struct goals *goals, struct vnode *row)
{
	for (size_t i = 0; i < goals->n; i++) {
		const struct goal *g = &goals->item[i];
		const char *with_commas = arena_printf(r->arena, ",%s,", g->strengths), *wanted = arena_printf(r->arena, ",%lld,", (long long)n->number);
		const char *number = arena_printf(r->arena, "%lld.%lld", (long long)g->need_number, (long long)g->seq);
		if (strstr(with_commas, wanted))
			part_sign(r->view, row, "Signs", "goal", number, sign_link(r, number));
	}
}

static enum err fill_chain(struct request *r, struct context *c)
{
	struct needs needs;
	struct goals goals = {0};
	enum err err = need_list(c, r->casefile->id, &needs);

	if (err == OK && bundle_has(r->instance->bundle, MODULE_PLAN) && actor_can(&r->actor, PERM_PLAN_VIEW))
		err = plan_goals(c, r->casefile->id, false, &goals);
	if (err != OK)
		return err;
	for (size_t i = 0; i < needs.n; i++) {
		struct vnode *row = fill_need(r, &needs.item[i], &goals);
		if (needs.item[i].is_strength)
			fill_strength_uses(r, &needs.item[i], &goals, row);
	}
	if (!needs.n)
		part_empty(r->view, NULL, "NoNeeds", NULL, tr("Needs and strengths get their numbers when the assessment is finished."), NULL, NULL);
	if (needs.n_hidden)
		view_set(r->view, NULL, "Hidden", tr_fill(r->arena, tr_plural("%1 entry is restricted.", "%1 entries are restricted.", needs.n_hidden),
		         format_number(r->arena, needs.n_hidden, 0), NULL));
	if (case_page_is_open(r, "needs"))
		view_set(r->view, NULL, "NeedsUrl", case_link(r, "needs"));
	if (actor_can(&r->actor, PERM_PLAN_VIEW) && bundle_has(r->instance->bundle, MODULE_PLAN))
		view_set(r->view, NULL, "PlanUrl", case_link(r, "plan"));
	return OK;
}

static const char *relation_word(const char *role)
{
	static const char *const words[][2] = {{"head", "head of the family"}, {"spouse", "spouse"}, {"child", "child"}, {"parent", "parent"},
		{"grandparent", "grandparent"}, {"grandchild", "grandchild"}, {"sibling", "sister or brother"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], role) == 0)
			return tr(words[i][1]);
	return tr("other member");
}

static void fill_member(struct request *r, const struct member *m)
{
	const char *text = relation_word(m->role);

	if (*m->end_date)
		return;
	if (m->age >= 0)
		text = format_pair(r->arena, format_number(r->arena, m->age, 0), text);
	if (*m->note)
		text = arena_printf(r->arena, "%s. %s", text, told(m->note));
	part_person(r->view, NULL, "People", person_name(r, m->person), m->person->id, text, NULL);
}

static enum err fill_family(struct request *r, struct context *c)
{
	struct members members;
	enum err err = household_list(c, r->casefile->id, &members);

	for (size_t i = 0; err == OK && i < members.n; i++)
		fill_member(r, &members.item[i]);
	if (case_page_is_open(r, "family"))
		view_set(r->view, NULL, "FamilyUrl", case_link(r, "family"));
	return err;
}

static enum err fill_consents(struct request *r, struct context *c)
{
	struct consents consents;
	enum err err = consent_list(c, r->casefile->id, &consents);
	const struct bundle *b = r->instance->bundle;

	for (size_t i = 0; err == OK && i < b->n_consents; i++) {
		const struct consent *newest = NULL;
		for (size_t k = 0; k < consents.n && !newest; k++)
			if (strcmp(consents.item[k].purpose, b->consent[i].key) == 0)
				newest = &consents.item[k];
		struct vnode *row = view_item(r->view, NULL, "Consents");
		view_set(r->view, row, "Label", tr(b->consent[i].label));
		view_flag(r->view, row, "Given", newest && newest->is_valid);
		if (newest && newest->is_valid && *newest->expires_on)
			view_set(r->view, row, "Text", tr_fill(r->arena, tr("until %1"), format_date(r->arena, newest->expires_on), NULL));
		else if (!newest || !newest->is_valid)
			view_set(r->view, row, "Text", newest && newest->withdrawn_at ? tr("withdrawn") : newest && newest->is_given ? tr("ended") : tr("not given"));
	}
	view_set(r->view, NULL, "ConsentUrl", case_link(r, "consents"));
	return err;
}

static void fill_facts(struct request *r)
{
	const struct casefile *c = r->casefile;
	struct view *v = r->view;
	const char *worker = worker_name(r, c->owner_name, c->owner_name_native);
	const struct pathway *pathway = NULL;
	const struct language *language = bundle_language(r->instance->bundle, c->language);

	for (size_t i = 0; i < r->instance->bundle->n_pathways; i++)
		if (text_eq(r->instance->bundle->pathway[i].key, c->pathway))
			pathway = &r->instance->bundle->pathway[i];
	struct vnode *fact = part_fact(v, NULL, "Facts", tr("Worker"), *worker ? worker : tr("Nobody yet"));
	if (case_page_is_open(r, "assign"))
		view_set(v, fact, "Url", case_link(r, "assign"));
	part_fact(v, NULL, "Facts", tr("Office"), tr(c->office_name));
	part_fact(v, NULL, "Facts", tr("Opened"), format_date(r->arena, c->opened_on));
	if (pathway)
		part_fact(v, NULL, "Facts", tr("Pathway"), tr(pathway->label));
	if (c->has_score)
		part_fact(v, NULL, "Facts", tr("Score"), format_number(r->arena, c->last_score, 0));
	if (*c->review_on)
		part_fact(v, NULL, "Facts", tr("Next review"), format_date(r->arena, c->review_on));
	if (*c->last_contact_on)
		part_fact(v, NULL, "Facts", tr("Last contact"), format_days_ago(r->arena, c->last_contact_on, r->actor.today));
	fact = part_fact(v, NULL, "Facts", tr("Language"), language ? language->name : c->language);
	if (!text_eq(c->language, r->language))
		view_set(v, fact, "Lang", c->language);
	if (*c->closed_on)
		part_fact(v, NULL, "Facts", tr("Closed"), format_date(r->arena, c->closed_on));
}

static void fill_head(struct request *r)
{
	const struct casefile *c = r->casefile;
	struct view *v = r->view;

	view_set(v, NULL, "Case.Place", format_pair(r->arena, told(c->address), tr(c->locality)));
	view_set(v, NULL, "Case.Members", tr_fill(r->arena, tr_plural("%1 person", "%1 people", c->member_count), format_number(r->arena, c->member_count, 0), NULL));
	view_set(v, NULL, "Case.Phone", c->phone);
	view_set(v, NULL, "Case.Level", level_word(c->level));
	if (text_eq(c->risk_level, "high"))
		view_set(v, NULL, "Case.Risk", risk_word(c->risk_level));
	if (c->is_overdue)
		view_set(v, NULL, "Case.Overdue", format_due(r->arena, c->stage_due_on, r->actor.today));
	if (actor_can(&r->actor, PERM_ASSESSMENT_EDIT) && bundle_has(r->instance->bundle, MODULE_ASSESSMENT) && !*c->closed_on)
		part_head_action(v, "", "clipboard-list", tr("Assessments"), case_link(r, "assessments"));
	if (case_page_is_open(r, "notes/new"))
		part_head_action(v, "pri", "pencil", tr("Write a note"), case_link(r, "notes/new"));
}

/* What is planned next stands on top of the timeline, in the colour of now. */
static enum err fill_next(struct request *r, struct context *c)
{
	struct activities activities;
	enum err err = activity_list(c, r->casefile->id, 12, &activities);
	const struct activity *next = NULL;

	for (size_t i = 0; err == OK && i < activities.n; i++)
		if (activities.item[i].planned_at >= r->actor.now && !*activities.item[i].outcome)
			next = &activities.item[i];
	if (next) {
		struct vnode *entry = part_entry(r->view, NULL, "Entries", "next", strcmp(next->kind, "home_visit") == 0 ? "home" : "calendar-event",
		                                 format_instant(r->arena, next->planned_at), activity_word(next->kind));
		view_set(r->view, entry, "Text", told(next->purpose));
	}
	return err;
}

static enum err fill_timeline(struct request *r, struct context *c)
{
	struct events events;
	enum err err;

	if (!bundle_has(r->instance->bundle, MODULE_TIMELINE) || !actor_can(&r->actor, PERM_TIMELINE_VIEW))
		return OK;
	if ((err = fill_next(r, c)) != OK || (err = event_list(c, r->casefile->id, NULL, EVENTS_SHOWN, 0, &events)) != OK)
		return err;
	fill_events(r, &events);
	if (events.total > EVENTS_SHOWN)
		view_set(r->view, NULL, "Earlier", tr_fill(r->arena, tr_plural("Earlier, %1 entry", "Earlier, %1 entries", (long)(events.total - EVENTS_SHOWN)),
		         format_number(r->arena, (double)(events.total - EVENTS_SHOWN), 0), NULL));
	view_set(r->view, NULL, "TimelineUrl", case_link(r, "timeline"));
	return OK;
}

enum err page_case(struct request *r)
{
	struct context c = request_context(r);
	enum err err = case_head(r, NULL, NULL);

	if (err == OK)
		err = case_trail(r);
	if (err == OK)
		err = fill_chain(r, &c);
	if (err == OK)
		err = fill_family(r, &c);
	if (err == OK)
		err = fill_consents(r, &c);
	if (err == OK)
		err = fill_timeline(r, &c);
	if (err != OK)
		return err;
	case_tabs(r, "");
	fill_head(r);
	fill_facts(r);
	return reply_page(r, "case");
}
