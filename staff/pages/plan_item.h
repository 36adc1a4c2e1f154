/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing one item of the plan, a goal or an action: shown, saved, its progress noted, dropped.
 * Each of the two pages gives its fields; opening, taking what is sent and refusing are here. */
#ifndef STAFF_PAGES_PLAN_ITEM_H
#define STAFF_PAGES_PLAN_ITEM_H

#include "model/need.h"
#include "model/plan.h"
#include "request/context.h"
#include "request/request.h"

struct plan_item {
	struct request *r;
	struct context c;
	struct plan *plan;              /* NULL: none yet */
	struct needs needs;             /* of goals */
	struct goals goals;
	struct goal *goal;              /* NULL: a new goal */
	const struct need *need;        /* of goals: the one it answers */
	struct action *action;          /* of actions; NULL: a new one */
};

struct plan_item_kind {
	const char *template_name;
	/* Finds what the address names; ERR_NOT_FOUND. */
	enum err (*load)(struct plan_item *p);
	/* Is it written already? Then it has a revision, and progress. */
	bool (*is_old)(const struct plan_item *p, int64_t *revision);
	/* Title, lead and crumbs. */
	enum err (*head)(struct plan_item *p);
	/* Its own address below the case, and the one that shows it in the plan. */
	const char *(*address)(const struct plan_item *p);
	const char *(*place)(const struct plan_item *p);
	/* Fields of its words, and of its progress. */
	void (*words)(struct plan_item *p);
	void (*progress)(struct plan_item *p);
	/* What the buttons do; ERR_INVALID when there are problems, ERR_CONFLICT when somebody was quicker. */
	enum err (*save)(struct plan_item *p);
	enum err (*note)(struct plan_item *p);
	enum err (*drop)(struct plan_item *p);
};

/* The page. */
enum err plan_item_show(struct request *r, const struct plan_item_kind *kind);
/* What it sends: do = save, progress, drop. */
enum err plan_item_send(struct request *r, const struct plan_item_kind *kind);

#endif
