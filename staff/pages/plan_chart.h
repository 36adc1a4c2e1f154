/* SPDX-License-Identifier: Apache-2.0
 *
 * The goals of a plan as bars over time. */
#ifndef STAFF_PAGES_PLAN_CHART_H
#define STAFF_PAGES_PLAN_CHART_H

#include "model/plan.h"
#include "request/request.h"

/* Fills Chart: Title, Text, Label, Height, Bottom; Months.N: X, TextX, Label; Bars.N: Kind, X, Y, Width, Done, TextX, TextY, Number;
 * Today, TodayX, Review, ReviewX. Nothing without goals. */
void plan_chart(struct request *r, const struct goals *goals, const char *review_on);

#endif
