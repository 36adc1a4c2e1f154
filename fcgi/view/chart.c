/* SPDX-License-Identifier: Apache-2.0
 *
 * Charts as lists of ready shapes (chart.h). Sizes are those of the drawings the look was
 * agreed on; classes of shapes stand in staff/static/css/20-parts.css. */
#include "chart.h"

#include <math.h>
#include <string.h>

#include "base/date.h"

#define RADAR_WIDTH 320
#define RADAR_HEIGHT 224
#define RADAR_X 160.0
#define RADAR_Y 113.0
#define RADAR_R 84.0
#define RADAR_RINGS 5
#define AXES_MAX 16
#define BAR_CELLS 5

/* --- shapes */

static void line(struct view *view, struct vnode *chart, const char *class, double x1, double y1, double x2, double y2)
{
	struct vnode *shape = view_item(view, chart, "Lines");

	view_set(view, shape, "Class", class);
	view_setf(view, shape, "Path", "M%.1f %.1fL%.1f %.1f", x1, y1, x2, y2);
}

static void rect(struct view *view, struct vnode *chart, const char *class, double x, double y, double width, double height)
{
	struct vnode *shape = view_item(view, chart, "Rects");

	view_set(view, shape, "Class", class);
	view_setf(view, shape, "X", "%.1f", x);
	view_setf(view, shape, "Y", "%.1f", y);
	view_setf(view, shape, "Width", "%.1f", width > 0 ? width : 0.0);
	view_setf(view, shape, "Height", "%.1f", height);
}

static void dot(struct view *view, struct vnode *chart, const char *class, double x, double y)
{
	struct vnode *shape = view_item(view, chart, "Dots");

	view_set(view, shape, "Class", class);
	view_setf(view, shape, "X", "%.1f", x);
	view_setf(view, shape, "Y", "%.1f", y);
}

static void text(struct view *view, struct vnode *chart, const char *class, double x, double y, const char *size,
                 const char *anchor, const char *words)
{
	struct vnode *shape = view_item(view, chart, "Texts");

	view_set(view, shape, "Class", class);
	view_setf(view, shape, "X", "%.1f", x);
	view_setf(view, shape, "Y", "%.1f", y);
	view_set(view, shape, "Size", size);
	view_set(view, shape, "Anchor", anchor);
	view_set(view, shape, "Text", words);
}

static void area(struct view *view, struct vnode *chart, const char *class, const double *x, const double *y, size_t n)
{
	struct vnode *shape = view_item(view, chart, "Areas");
	char *points = arena_strdup(view_arena(view), "");

	for (size_t i = 0; i < n; i++)
		points = arena_printf(view_arena(view), "%s%s%.1f,%.1f", points, i ? " " : "", x[i], y[i]);
	view_set(view, shape, "Class", class);
	view_set(view, shape, "Points", points);
}

static void frame(struct view *view, struct vnode *chart, const char *class, const char *finding, int width, int height)
{
	view_set(view, chart, "Class", class);
	view_set(view, chart, "Label", finding);
	view_int(view, chart, "Width", width);
	view_int(view, chart, "Height", height);
}

/* --- radar */

static double radar_x(size_t axis, size_t n, double part)
{
	return RADAR_X + RADAR_R * part * sin(2 * M_PI * (double)axis / (double)n);
}

static double radar_y(size_t axis, size_t n, double part)
{
	return RADAR_Y - RADAR_R * part * cos(2 * M_PI * (double)axis / (double)n);
}

/* The worst is not the middle: a shape of all ones can still be seen. */
static double radar_part(double value, double min, double max)
{
	double part = max > min ? (value - min + 1) / (max - min + 1) : 1;

	return part < 0 ? 0 : part > 1 ? 1 : part;
}

static void radar_grid(struct view *view, struct vnode *chart, size_t n)
{
	double x[AXES_MAX], y[AXES_MAX];

	for (int ring = RADAR_RINGS; ring > 0; ring--) {
		for (size_t i = 0; i < n; i++) {
			x[i] = radar_x(i, n, (double)ring / RADAR_RINGS);
			y[i] = radar_y(i, n, (double)ring / RADAR_RINGS);
		}
		area(view, chart, ring == RADAR_RINGS ? "rd-0" : "rd-g", x, y, n);
	}
	for (size_t i = 0; i < n; i++)
		line(view, chart, "ax", RADAR_X, RADAR_Y, radar_x(i, n, 1), radar_y(i, n, 1));
}

static void radar_labels(struct view *view, struct vnode *chart, const struct chart_axis *axes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double x = radar_x(i, n, 1.14), y = radar_y(i, n, 1.09) + 4;
		const char *anchor = fabs(x - RADAR_X) < 8 ? "middle" : x > RADAR_X ? "start" : "end";
		text(view, chart, "", x, y, "11.5", anchor, axes[i].label);
	}
}

/* The outline of one assessment; axes not answered are left out of it. */
static void radar_shape(struct view *view, struct vnode *chart, const char *class, double min, double max,
                        const struct chart_axis *axes, size_t n, bool is_now)
{
	double x[AXES_MAX], y[AXES_MAX];
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		double part = radar_part(is_now ? axes[i].now : axes[i].was, min, max);
		if (is_now ? !axes[i].has_now : !axes[i].has_was)
			continue;
		x[used] = radar_x(i, n, part);
		y[used] = radar_y(i, n, part);
		if (is_now)
			dot(view, chart, "rd-dot", x[used], y[used]);
		used++;
	}
	if (used > 2)
		area(view, chart, class, x, y, used);
}

static void legend(struct view *view, struct vnode *chart, const char *kind, const char *words)
{
	struct vnode *entry = view_item(view, chart, "Legend");

	view_set(view, entry, "Kind", kind);
	view_set(view, entry, "Text", words);
}

static int cells_of(double value, double min, double max)
{
	return (int)lround(radar_part(value, min, max) * BAR_CELLS);
}

static void level_bar(struct view *view, struct vnode *chart, const struct chart_axis *axis, double min, double max)
{
	struct vnode *row = view_item(view, chart, "Bars");
	int now = axis->has_now ? cells_of(axis->now, min, max) : 0;
	int was = axis->has_was ? cells_of(axis->was, min, max) : 0;

	view_set(view, row, "Label", axis->label);
	view_set(view, row, "Number", axis->number);
	view_set(view, row, "Words", axis->words);
	view_set(view, row, "Change", axis->change);
	view_set(view, row, "ChangeKind", axis->is_better ? "up" : "down");
	for (int i = 1; i <= BAR_CELLS; i++) {
		struct vnode *cell = view_item(view, row, "Cells");
		const char *mark = i == was ? "pv" : "";
		if (i <= now)
			view_setf(view, cell, "Class", "lv%d %s", axis->meaning, mark);
		else
			view_set(view, cell, "Class", mark);
	}
}

void chart_profile(struct view *view, struct vnode *chart, const char *finding, double scale_min, double scale_max,
                   const struct chart_axis *axes, size_t n, const char *now_label, const char *was_label)
{
	if (n > AXES_MAX)
		n = AXES_MAX;
	frame(view, chart, "rd", finding, RADAR_WIDTH, RADAR_HEIGHT);
	if (n > 2) {
		radar_grid(view, chart, n);
		if (was_label)
			radar_shape(view, chart, "rd-was", scale_min, scale_max, axes, n, false);
		radar_shape(view, chart, "rd-now", scale_min, scale_max, axes, n, true);
		radar_labels(view, chart, axes, n);
	}
	legend(view, chart, "now", now_label);
	if (was_label)
		legend(view, chart, "was", was_label);
	for (size_t i = 0; i < n; i++)
		level_bar(view, chart, &axes[i], scale_min, scale_max);
}

/* --- time bars */

#define TIME_WIDTH 830
#define TIME_PLOT 800.0
#define TIME_TOP 22.0
#define TIME_ROW 22.0
#define TIME_BAR 15.0

struct time_scale { const char *first; double days; bool is_rtl; double bottom; };

/* Where a date stands, from the side where reading begins. */
static double time_at(const struct time_scale *scale, const char *date)
{
	double part = scale->days > 0 ? date_diff(scale->first, date) / scale->days : 0;

	part = part < 0 ? 0 : part > 1 ? 1 : part;
	return part * TIME_PLOT;
}

static double mirrored(const struct time_scale *scale, double x)
{
	return scale->is_rtl ? TIME_WIDTH - x : x;
}

static void time_text(struct view *view, struct vnode *chart, const struct time_scale *scale, const char *class, double x, double y,
                      const char *size, const char *words)
{
	/* "start" follows the text's own direction, which SVG takes from the page */
	text(view, chart, class, mirrored(scale, x), y, size, "start", words);
}

static void time_line(struct view *view, struct vnode *chart, const struct time_scale *scale, const char *class, double x, double top)
{
	line(view, chart, class, mirrored(scale, x), top, mirrored(scale, x), scale->bottom);
}

static void time_bar(struct view *view, struct vnode *chart, const struct time_scale *scale, const char *class, double from, double until, double y)
{
	rect(view, chart, class, scale->is_rtl ? mirrored(scale, until) : from, y, until - from, TIME_BAR);
}

static void time_span(struct view *view, struct vnode *chart, const struct time_scale *scale, const struct chart_span *span, double y)
{
	double from = time_at(scale, span->from_on), until = time_at(scale, span->until_on);
	int percent = span->percent < 0 ? 0 : span->percent > 100 ? 100 : span->percent;
	struct arena *arena = view_arena(view);

	if (until < from + 4)
		until = from + 4;
	time_bar(view, chart, scale, arena_printf(arena, "k k-%s lt", span->kind), from, until, y);
	time_bar(view, chart, scale, arena_printf(arena, "k k-%s", span->kind), from, from + (until - from) * percent / 100, y);
	time_text(view, chart, scale, "gk", until + 7, y + 12.5, "13.5", span->label);
}

void chart_time(struct view *view, struct vnode *chart, const char *finding, const struct chart_month *months, size_t n_months,
                const struct chart_span *spans, size_t n, const char *today, const char *today_label,
                const char *review_on, const char *review_label, bool is_rtl)
{
	double height = TIME_TOP + 8 + TIME_ROW * (double)n + 26;
	struct time_scale scale;
	char end[DATE_LEN];

	if (n_months == 0)
		return;
	date_add_months(months[n_months - 1].first_on, 1, end);
	scale = (struct time_scale){ months[0].first_on, date_diff(months[0].first_on, end), is_rtl, height - 4 };
	frame(view, chart, "gt", finding, TIME_WIDTH, (int)height);
	view_flag(view, chart, "Wide", true);
	for (size_t i = 0; i < n_months; i++) {
		double x = time_at(&scale, months[i].first_on);
		time_line(view, chart, &scale, "ax", x, TIME_TOP + 2);
		time_text(view, chart, &scale, "", x + 2, 14, "12.5", months[i].label);
	}
	line(view, chart, "ax2", mirrored(&scale, 0), TIME_TOP, mirrored(&scale, TIME_PLOT), TIME_TOP);
	for (size_t i = 0; i < n; i++)
		time_span(view, chart, &scale, &spans[i], TIME_TOP + 8 + TIME_ROW * (double)i);
	time_line(view, chart, &scale, "td", time_at(&scale, today), TIME_TOP);
	time_text(view, chart, &scale, "tx-now b6", time_at(&scale, today) + 6, height - 7, "12.5", today_label);
	if (review_on && *review_on) {
		time_line(view, chart, &scale, "rv", time_at(&scale, review_on), TIME_TOP);
		time_text(view, chart, &scale, "b6", time_at(&scale, review_on) + 6, height - 7, "12.5", review_label);
	}
}
