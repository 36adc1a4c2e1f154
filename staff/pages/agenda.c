/* SPDX-License-Identifier: Apache-2.0
 *
 * Lays activities into the week's table: columns are days, rows quarters of an hour from
 * 8:30 on. Sizes become classes (q4 h6), since no style attribute is allowed. */
#include "agenda.h"

#include <string.h>

#include "base/date.h"
#include "case_parts.h"
#include "country/told.h"
#include "country/words.h"
#include "model/activity.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

#define DAYS 5
#define FIRST_MINUTE (8 * 60 + 45)      /* of row 1: 9:00 stands on row 2 */
#define ROWS 37
#define WEEK_HOURS 40
#define BAR_WIDTH 400

/* Kinds of work on screen: several kinds of activity share one colour. */
static const struct work { const char *class, *label, *kinds; } works[] = {
	{"hv", "Home visits", "home_visit"}, {"of", "Office and calls", "office phone"}, {"co", "Coordination", "group conference"},
	{"do", "Documentation", "documentation"}, {"su", "Supervision, self-care", "supervision self_care"}, {"tr", "Travel", "travel"}};
#define N_WORKS (sizeof works / sizeof *works)

static size_t work_of(const char *kind)
{
	for (size_t i = 0; i < N_WORKS; i++)
		if (strstr(works[i].kinds, kind))
			return i;
	return 3;
}

static bool is_appointment(const struct activity *a)
{
	return a->casefile_id != 0;
}

static void place_event(struct request *r, struct vnode *day, const struct activity *a)
{
	struct view *v = r->view;
	int minute = minute_of_instant(a->planned_at, r->instance->bundle->zone);
	int top = (minute - FIRST_MINUTE) / 15 + 1, height = (a->minutes + 14) / 15;
	struct vnode *event;

	if (top < 1)
		top = 1;
	if (height < 3)
		height = 3;
	if (top + height > ROWS)
		height = ROWS - top > 0 ? ROWS - top : 1;
	event = view_item(v, day, "Events");
	view_set(v, event, "Kind", works[work_of(a->kind)].class);
	view_int(v, event, "Top", top);
	view_int(v, event, "Height", height);
	view_flag(v, event, "Short", height <= 4);
	view_set(v, event, "Time", format_time(r->arena, a->planned_at));
	if (*a->number) {
		view_set(v, event, "Title", case_title_of(r, a->title, a->title_latin));
		view_set(v, event, "Url", link_to(r, "cases/%s", a->number));
		view_set(v, event, "Text", activity_word(a->kind));
	} else {
		view_set(v, event, "Title", *a->purpose ? tr(told(a->purpose)) : activity_word(a->kind));
	}
}

static void place_now(struct request *r, struct vnode *day)
{
	int row = (minute_of_instant(r->actor.now, r->instance->bundle->zone) - FIRST_MINUTE) / 15 + 1;

	if (row < 1 || row >= ROWS)
		return;
	view_int(r->view, day, "NowTop", row);
	view_set(r->view, day, "Now", format_time(r->arena, r->actor.now));
}

static void fill_day(struct request *r, const char *date, const struct activities *all)
{
	struct vnode *day = view_item(r->view, view_node(r->view, NULL, "Week"), "Days");
	bool is_today = strcmp(date, r->actor.today) == 0;
	int64_t from = instant_of(date, 0, r->instance->bundle->zone);

	view_set(r->view, day, "Label", format_weekday(r->arena, date));
	view_flag(r->view, day, "Today", is_today);
	if (is_today)
		place_now(r, day);
	for (size_t i = 0; i < all->n; i++)
		if (all->item[i].planned_at >= from && all->item[i].planned_at < from + 86400)
			place_event(r, day, &all->item[i]);
}

static void fill_kind(struct request *r, size_t i, int64_t minutes)
{
	struct vnode *kind = view_item(r->view, view_node(r->view, NULL, "Hours"), "Kinds");

	view_set(r->view, kind, "Kind", works[i].class);
	view_set(r->view, kind, "Label", tr(works[i].label));
	view_set(r->view, kind, "Hours", format_number(r->arena, (double)minutes / 60, minutes % 60 ? 1 : 0));
}

static int fill_bar(struct request *r, size_t i, int64_t minutes, int x)
{
	struct vnode *bar = view_item(r->view, view_node(r->view, NULL, "Hours"), "Bars");
	int width = (int)(minutes * BAR_WIDTH / (WEEK_HOURS * 60));

	if (x + width > BAR_WIDTH)
		width = BAR_WIDTH - x;
	view_set(r->view, bar, "Kind", works[i].class);
	view_int(r->view, bar, "X", x);
	view_int(r->view, bar, "Width", width > 2 ? width - 2 : width);
	return x + width;
}

/* Hours by kind of work, and those left free. */
static void fill_hours(struct request *r, const struct activities *all)
{
	int64_t minutes[N_WORKS] = {0}, total = 0;
	struct vnode *hours = view_node(r->view, NULL, "Hours");
	int x = 0;

	for (size_t i = 0; i < all->n; i++) {
		minutes[work_of(all->item[i].kind)] += all->item[i].minutes;
		total += all->item[i].minutes;
	}
	for (size_t i = 0; i < N_WORKS; i++)
		if (minutes[i]) {
			fill_kind(r, i, minutes[i]);
			x = fill_bar(r, i, minutes[i], x);
		}
	view_set(r->view, hours, "Lead", tr_fill(r->arena, tr("%1 of %2 hours planned"), format_number(r->arena, (double)total / 60, total % 60 ? 1 : 0),
	         format_number(r->arena, WEEK_HOURS, 0), NULL));
	if (total < WEEK_HOURS * 60) {
		view_set(r->view, hours, "Free", tr_fill(r->arena, tr("%1 hours free for urgent cases"),
		         format_number(r->arena, WEEK_HOURS - (double)total / 60, total % 60 ? 1 : 0), NULL));
		view_int(r->view, hours, "FreeX", x + 1);
		view_int(r->view, hours, "FreeWidth", BAR_WIDTH - x - 2 > 0 ? BAR_WIDTH - x - 2 : 0);
	}
}

static char *week_link(const struct request *r, const char *first, int days)
{
	char date[DATE_LEN];

	date_add_days(first, days, date);
	return arena_printf(r->arena, "%s?week=%s", link_to(r, "%s", ""), date);
}

/* Only what falls on the week's days: what it shows and what it counts is one list. */
static void fill_heading(struct request *r, const char *first, const char *last)
{
	struct vnode *week = view_node(r->view, NULL, "Week");

	view_set(r->view, week, "Title", format_date_range(r->arena, first, last));
	view_set(r->view, week, "Previous", week_link(r, first, -7));
	view_set(r->view, week, "Next", week_link(r, first, 7));
	view_set(r->view, week, "Here", link_to(r, "%s", ""));
}

enum err agenda_fill(struct request *r, const char *week, int *today)
{
	struct context c = request_context(r);
	char first[DATE_LEN], date[DATE_LEN];
	const char *base = week && date_is_valid(week) ? week : r->actor.today;
	struct activities all;
	enum err err;

	date_add_days(base, -date_week_position(base, r->instance->bundle->week_first), first);
	date_add_days(first, DAYS, date);
	err = activity_agenda(&c, instant_of(first, 0, r->instance->bundle->zone), instant_of(date, 0, r->instance->bundle->zone), &all);
	if (err != OK)
		return err;
	for (int i = 0; i < DAYS; i++) {
		date_add_days(first, i, date);
		fill_day(r, date, &all);
	}
	view_flag(r->view, NULL, "Week.Any", all.n > 0);
	fill_heading(r, first, date);
	fill_hours(r, &all);
	for (size_t i = 0; i < all.n; i++) {
		date_of_instant(all.item[i].planned_at, r->instance->bundle->zone, date);
		*today += is_appointment(&all.item[i]) && strcmp(date, r->actor.today) == 0;
	}
	return OK;
}
