/* SPDX-License-Identifier: Apache-2.0
 *
 * Charts as lists of ready shapes for call:chart and call:levelbars (staff/templates/parts/
 * chart.cs): ClearSilver counts in whole numbers only, so every coordinate is made here. Words
 * and numbers arrive translated and formatted. A chart is put into the node given. */
#ifndef VIEW_CHART_H
#define VIEW_CHART_H

#include "view.h"

/* One dimension of a profile. Values run from scale_min to scale_max with the better end outside. */
struct chart_axis {
	const char *label;              /* short: stands round the radar */
	bool has_now, has_was;
	double now, was;                /* on the scale, the higher the better: turn country's scales round before */
	int meaning;                    /* 1 worst … 5 best, of now; 0 not answered */
	const char *number;             /* the country's own number of now, as text; NULL: none */
	const char *words;              /* for readers: "of 5, Critical" */
	const char *change;             /* "+1" since was; NULL: none */
	bool is_better;                 /* of change */
};

/* A radar of 3 to 16 axes (the shape), and Bars under it (the reading) with five cells each. finding is the one
 * sentence for readers; now_label and was_label name the two assessments, was_label NULL with only one. */
void chart_profile(struct view *view, struct vnode *chart, const char *finding, double scale_min, double scale_max,
                   const struct chart_axis *axes, size_t n, const char *now_label, const char *was_label);

/* One goal as a bar of time. */
struct chart_span {
	const char *label;              /* "1.1" */
	const char *from_on, *until_on;
	int percent;                    /* done */
	const char *kind;               /* c1, good, bad */
};
struct chart_month { const char *first_on, *label; };

/* Bars of time between the first and the last month, with today and one more line (review_on may be NULL). On
 * right-to-left pages time runs from the right. */
void chart_time(struct view *view, struct vnode *chart, const char *finding, const struct chart_month *months, size_t n_months,
                const struct chart_span *spans, size_t n, const char *today, const char *today_label,
                const char *review_on, const char *review_label, bool is_rtl);

#endif
