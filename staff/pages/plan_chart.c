/* SPDX-License-Identifier: Apache-2.0
 *
 * Coordinates of the plan's time bars, worked out here because templates count in whole
 * numbers only. Right-to-left pages mirror the time, as people there read it. */
#include "plan_chart.h"

#include <string.h>

#include "base/date.h"
#include "country/words.h"
#include "plan_parts.h"
#include "view/format.h"

#define WIDTH 800.0
#define TOP 30
#define ROW 22
#define BAR 15

struct span { int32_t first, last; bool is_mirrored; };

static double x_of(const struct span *s, int32_t day, double width)
{
	double x = (double)(day - s->first) / (s->last - s->first) * WIDTH;

	return s->is_mirrored ? WIDTH - x - width : x;
}

/* From the first month a goal begins in to the last it is due in; today and review are inside. */
static struct span span_of(struct request *r, const struct goals *goals, const char *review_on)
{
	struct span s = {0};
	char first[DATE_LEN], last[DATE_LEN], next[DATE_LEN];
	int32_t day, today;
	const struct language *language = bundle_language(r->instance->bundle, r->language);

	date_to_days(r->actor.today, &today);
	s.first = s.last = today;
	for (size_t i = 0; i < goals->n; i++) {
		for (size_t k = 0; k < goals->item[i].n_actions; k++)
			if (date_to_days(goals->item[i].action[k].starts_on, &day) && day < s.first)
				s.first = day;
		if (date_to_days(goals->item[i].due_on, &day) && day > s.last)
			s.last = day;
	}
	if (date_to_days(review_on, &day) && day > s.last)
		s.last = day;
	date_from_days(s.first, first);
	memcpy(first + 8, "01", 2);
	date_to_days(first, &s.first);
	date_from_days(s.last, last);
	memcpy(last + 8, "01", 2);
	date_add_months(last, 1, next);
	date_to_days(next, &s.last);
	s.is_mirrored = language && language->is_rtl;
	return s;
}

static void months(struct request *r, struct vnode *chart, const struct span *s)
{
	char date[DATE_LEN], next[DATE_LEN];
	int32_t day = s->first;
	int n = 0, step = (s->last - s->first) / 30 > 14 ? 3 : 1;

	while (day < s->last) {
		date_from_days(day, date);
		if (n++ % step == 0) {
			struct vnode *month = view_item(r->view, chart, "Months");
			double x = x_of(s, day, 0);
			view_setf(r->view, month, "X", "%.1f", x);
			view_setf(r->view, month, "TextX", "%.1f", x + (s->is_mirrored ? -34 : 2));
			view_set(r->view, month, "Label", format_month(r->arena, date, 1));
		}
		date_add_months(date, 1, next);
		if (!date_to_days(next, &day))
			break;
	}
}

static int32_t start_of(const struct goal *g, int32_t fallback)
{
	int32_t first = INT32_MAX, day;

	for (size_t i = 0; i < g->n_actions; i++)
		if (date_to_days(g->action[i].starts_on, &day) && day < first)
			first = day;
	return first == INT32_MAX ? fallback : first;
}

static void bar(struct request *r, struct vnode *chart, const struct span *s, const struct goal *g, size_t row)
{
	struct vnode *bar = view_item(r->view, chart, "Bars");
	const char *kind = goal_status_kind(g);
	int32_t due = s->last, start;
	double width, x;

	date_to_days(g->due_on, &due);
	start = start_of(g, due - 60 < s->first ? s->first : due - 60);
	if (start >= due)
		start = due - 3;
	width = (double)(due - start) / (s->last - s->first) * WIDTH;
	x = x_of(s, start, width);
	view_set(r->view, bar, "Kind", strcmp(kind, "good") == 0 || strcmp(kind, "bad") == 0 ? kind : "c1");
	view_setf(r->view, bar, "X", "%.1f", x);
	view_int(r->view, bar, "Y", TOP + (int64_t)row * ROW);
	view_setf(r->view, bar, "Width", "%.1f", width);
	view_setf(r->view, bar, "Done", "%.1f", width * g->progress / 100);
	view_setf(r->view, bar, "DoneX", "%.1f", s->is_mirrored ? x + width * (100 - g->progress) / 100 : x);
	view_setf(r->view, bar, "TextX", "%.1f", s->is_mirrored ? x - 26 : x + width + 7);
	view_int(r->view, bar, "TextY", TOP + (int64_t)row * ROW + 12);
	view_set(r->view, bar, "Number", goal_number(r, g));
}

static const char *summary(struct request *r, const struct goals *goals)
{
	int reached = 0, late = 0;

	for (size_t i = 0; i < goals->n; i++) {
		reached += strcmp(goal_status_kind(&goals->item[i]), "good") == 0;
		late += strcmp(goal_status_kind(&goals->item[i]), "bad") == 0;
	}
	return tr_fill(r->arena, tr("%1 reached, %2 late, %3 on the way"), format_number(r->arena, reached, 0), format_number(r->arena, late, 0),
	               format_number(r->arena, (double)goals->n - reached - late, 0), NULL);
}

static void mark(struct request *r, struct vnode *chart, const struct span *s, const char *date, const char *name)
{
	int32_t day;

	if (!date_to_days(date, &day) || day < s->first || day > s->last)
		return;
	view_setf(r->view, chart, name, "%.1f", x_of(s, day, 0));
	view_setf(r->view, chart, arena_printf(r->arena, "%sText", name), "%.1f", x_of(s, day, 0) + (s->is_mirrored ? -46 : 6));
}

void plan_chart(struct request *r, const struct goals *goals, const char *review_on)
{
	struct span s;
	struct vnode *chart;
	int64_t bottom = TOP + (int64_t)goals->n * ROW + 12;

	if (!goals->n)
		return;
	s = span_of(r, goals, review_on);
	chart = view_node(r->view, NULL, "Chart");
	view_set(r->view, chart, "Title", tr_fill(r->arena, tr_plural("%1 goal over time", "%1 goals over time", (long)goals->n), format_number(r->arena, (double)goals->n, 0), NULL));
	view_set(r->view, chart, "Text", summary(r, goals));
	view_int(r->view, chart, "Bottom", bottom);
	view_int(r->view, chart, "WordsY", bottom - 3);
	view_int(r->view, chart, "Height", bottom + 4);
	months(r, chart, &s);
	for (size_t i = 0; i < goals->n; i++)
		bar(r, chart, &s, &goals->item[i], i);
	mark(r, chart, &s, r->actor.today, "Today");
	mark(r, chart, &s, review_on, "Review");
}
