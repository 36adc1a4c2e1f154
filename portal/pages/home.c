/* SPDX-License-Identifier: Apache-2.0
 *
 * The family's first page, in the order of their questions: what happens next, what did we
 * agree, who helps us, who sees our data. */
#include "pages.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "country/told.h"
#include "country/words.h"
#include "model/activity.h"
#include "model/audit.h"
#include "model/person.h"
#include "request/context.h"
#include "shared.h"
#include "view/format.h"
#include "view/parts.h"

#define WEEK_S (7 * 86400)
#define COMING_MAX 20
#define SHOWN_DONE 2        /* steps on this page: the last done and the next ones */
#define SHOWN_NEXT 3

/* ---- greeting ---- */

static const char *given_name(struct request *r, const struct person *person)
{
	const char *name = name_for(r, person->given_name, person->name_latin);

	/* the Latin name is the whole of it */
	return text_eq(name, person->name_latin) ? arena_strndup(r->arena, name, strcspn(name, " ")) : name;
}

static const char *greeting(const struct request *r)
{
	int64_t hour = (r->actor.now - instant_of(r->actor.today, 0, r->instance->bundle->zone)) / 3600;

	return hour < 5 ? tr("Hello, %1") : hour < 12 ? tr("Good morning, %1") : hour < 18 ? tr("Good afternoon, %1") : tr("Good evening, %1");
}

static enum err show_greeting(struct request *r, const struct activities *coming)
{
	struct context c = request_context(r);
	struct person *person;
	long n = 0;
	enum err err = person_load(&c, r->actor.person_id, &person);

	if (err)
		return err;
	while ((size_t)n < coming->n && coming->item[n].planned_at < r->actor.now + WEEK_S)
		n++;
	family_head(r, tr("My page"), tr_fill(r->arena, greeting(r), given_name(r, person), NULL),
	            !n ? tr("You have no visit in the next 7 days.") :
	            tr_fill(r->arena, tr_plural("You have %1 visit in the next 7 days.", "You have %1 visits in the next 7 days.", n),
	                    format_number(r->arena, (double)n, 0), NULL));
	return OK;
}

/* ---- what happens next ---- */

static const char *big_date(struct request *r, const char *on)
{
	char tomorrow[DATE_LEN];
	const char *day = format_day(r->arena, on);

	date_add_days(r->actor.today, 1, tomorrow);
	if (text_eq(on, r->actor.today))
		return tr_fill(r->arena, tr("Today, %1"), day, NULL);
	if (text_eq(on, tomorrow))
		return tr_fill(r->arena, tr("Tomorrow, %1"), day, NULL);
	return tr_fill(r->arena, tr("%1 %2"), format_day_name(r->arena, on), day, NULL);
}

/* With whom and where, in one sentence for each kind of visit. */
static const char *visit_text(struct request *r, const struct activity *visit)
{
	const char *who = worker_for(r, visit->user_name, visit->user_name_native), *place = tr(told(visit->place)), *pattern;
	const struct office *office = family_office(r);

	if (text_eq(visit->kind, "phone"))
		pattern = tr("%1 will call you.");
	else if (text_eq(visit->kind, "home_visit"))
		pattern = text_is_blank(place) ? tr("%1 will come to your home.") : tr("%1 will come to your home: %2.");
	else
		pattern = text_eq(visit->kind, "group") ? tr("You meet a group and %1. The place: %2.") : tr("You meet %1. The place: %2.");
	if (text_is_blank(place))
		place = office ? format_pair(r->arena, tr(office->name), tr(office->address)) : "";
	return tr_fill(r->arena, pattern, who, place, NULL);
}

static void show_visit(struct request *r, const struct activity *visit)
{
	char on[DATE_LEN];

	date_of_instant(visit->planned_at, r->instance->bundle->zone, on);
	view_set(r->view, NULL, "Next.Date", big_date(r, on));
	view_set(r->view, NULL, "Next.Time", tr_fill(r->arena, tr("at %1"), format_time(r->arena, visit->planned_at), NULL));
	view_set(r->view, NULL, "Next.Text", visit_text(r, visit));
	if (visit->minutes)
		view_set(r->view, NULL, "Next.Minutes", tr_fill(r->arena, tr_plural("It takes about %1 minute.", "It takes about %1 minutes.", visit->minutes),
		                                                format_number(r->arena, visit->minutes, 0), NULL));
}

/* No visit is planned: what happens is said by where the case stands. */
static const char *without_visit(const struct request *r)
{
	const struct stage *stage = bundle_stage(r->instance->bundle, r->casefile->stage);

	if (*r->casefile->closed_on)
		return tr("Our work together has ended. Call us if you need help again.");
	if (!r->casefile->owner_id)
		return tr("We have your request. Soon a worker will call you.");
	if (!stage || stage->phase == 0)
		return tr("First we talk about what your family needs. %1 will call you and agree on a day.");
	if (stage->phase == 1)
		return tr("Now we write your plan. %1 will show it to you.");
	if (stage->phase == 2)
		return tr("Your plan goes on. %1 will call you and agree on a day.");
	return tr("Soon our work together ends. %1 will talk with you about it.");
}

static void show_next(struct request *r, const struct activities *coming)
{
	if (coming->n)
		show_visit(r, &coming->item[0]);
	else
		view_set(r->view, NULL, "Next.Text", tr_fill(r->arena, without_visit(r), family_worker(r), NULL));
}

/* ---- my plan ---- */

/* Each with its number in the whole list. */
static void show_steps(struct request *r, const struct plan_steps *steps)
{
	size_t from = steps->n_done > SHOWN_DONE ? steps->n_done - SHOWN_DONE : 0;

	for (size_t i = from; i < steps->n && i < steps->n_done + SHOWN_NEXT; i++)
		show_step(r, NULL, "Steps", &steps->item[i], i + 1);
}

static enum err show_plan(struct request *r)
{
	struct context c = request_context(r);
	struct plan *plan = NULL;
	struct goals goals;
	struct plan_steps steps;
	enum err err = plan_load(&c, r->casefile->id, &plan);

	if (err == ERR_NOT_FOUND) {
		r->why = (struct why){ 0 };
		return OK;
	}
	if (err || (err = plan_goals(&c, r->casefile->id, false, &goals)))
		return err;
	steps_collect(r, &goals, &steps);
	show_steps(r, &steps);
	view_set(r->view, NULL, "Plan.Url", link_to(r, "plan"));
	view_set(r->view, NULL, "Plan.Count", tr_fill(r->arena, tr("%1 of %2 steps done"), format_number(r->arena, (double)steps.n_done, 0),
	                                              format_number(r->arena, (double)steps.n, 0), NULL));
	view_set(r->view, NULL, "Plan.All", tr_fill(r->arena, tr_plural("See the %1 step", "See all %1 steps", (long)steps.n),
	                                            format_number(r->arena, (double)steps.n, 0), NULL));
	view_flag(r->view, NULL, "Plan.ToSign", plan_to_sign(r, plan) != NULL);
	return OK;
}

/* ---- who helps me, and more ---- */

static void show_helpers(struct request *r)
{
	const struct office *office = family_office(r);

	if (*family_worker(r))
		part_fact(r->view, NULL, "Facts", tr("Your worker"), family_worker(r));
	if (!office)
		return;
	part_fact(r->view, NULL, "Facts", tr("The office"), tr(office->name));
	if (!text_is_blank(office->address))
		part_fact(r->view, NULL, "Facts", tr("Where it is"), tr(office->address));
	if (!text_is_blank(office->hours))
		part_fact(r->view, NULL, "Facts", tr("When it is open"), tr(office->hours));
	if (!text_is_blank(office->phone)) {
		view_set(r->view, NULL, "Phone.Url", part_phone_url(r->arena, office->phone));
		view_set(r->view, NULL, "Phone.Number", phone_whole(r, office->phone));
	}
}

static enum err show_more(struct request *r)
{
	struct context c = request_context(r);
	struct vnode *node;
	int64_t n = 0;
	enum err err = audit_count_openers(&c, r->casefile->id, r->actor.now - ACCESS_DAYS * 86400, r->actor.username, &n);

	if (err)
		return err;
	node = view_item(r->view, NULL, "Links");
	view_set(r->view, node, "Label", tr("Who has read my file"));
	view_set(r->view, node, "Text", tr_fill(r->arena, tr_plural("%1 person in the last 90 days", "%1 people in the last 90 days", (long)n),
	                                        format_number(r->arena, (double)n, 0), NULL));
	view_set(r->view, node, "Url", link_to(r, "access"));
	node = view_item(r->view, NULL, "Links");
	view_set(r->view, node, "Label", tr("What I agreed to"));
	view_set(r->view, node, "Text", tr("What we may do with what you told us"));
	view_set(r->view, node, "Url", link_to(r, "consents"));
	return OK;
}

enum err page_home(struct request *r)
{
	struct context c = request_context(r);
	struct activities coming;
	enum err err = activity_coming(&c, r->casefile->id, COMING_MAX, &coming);

	if (err || (err = show_greeting(r, &coming)))
		return err;
	show_next(r, &coming);
	if ((err = show_plan(r)))
		return err;
	show_helpers(r);
	return (err = show_more(r)) ? err : reply_page(r, "home");
}
