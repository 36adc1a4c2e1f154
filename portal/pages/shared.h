/* SPDX-License-Identifier: Apache-2.0
 *
 * What the family's pages share: whose case it is, names as the reader writes them, and the
 * steps of the plan, which are its actions. */
#ifndef PORTAL_PAGES_SHARED_H
#define PORTAL_PAGES_SHARED_H

#include "model/casefile.h"
#include "model/plan.h"
#include "request/request.h"

/* Title of the window: neutral, because the phone is shared. h1 and lead are the page's. */
void family_head(struct request *r, const char *window, const char *title, const char *lead);
/* The office that has the case; NULL when the bundle no longer knows it. */
const struct office *family_office(const struct request *r);

/* A telephone number that is not broken at the end of a line. */
const char *phone_whole(const struct request *r, const char *phone);
/* The same inside of a sentence: a number runs from left to right in any script. */
const char *phone_in_text(const struct request *r, const char *phone);
/* A name stored in the country's own script and in Latin letters ("" when it has none), as the reader reads it. */
const char *name_for(const struct request *r, const char *native, const char *latin);
/* A worker: `name` is in Latin letters, `native` in the country's script or "". */
const char *worker_for(const struct request *r, const char *name, const char *native);
/* The worker of the case; "" while there is none. */
const char *family_worker(const struct request *r);
/* A stored text under `name`, in the reader's language; `name`Lang says its language when it is another. */
void show_told(struct request *r, struct vnode *node, const char *name, const char *stored);

/* The plan's steps in the order they are lived: done ones by the day they were done, the others by when they are due.
 * Now is what has begun or is due within a week; else what is due first. */
struct plan_step { const struct action *action; bool is_now; };
struct plan_steps { size_t n, n_done; struct plan_step *item; };
void steps_collect(struct request *r, const struct goals *goals, struct plan_steps *out);
/* One step into the list `name` under `under`, for call:steps. number counts from 1. */
void show_step(struct request *r, struct vnode *under, const char *name, const struct plan_step *step, size_t number);

/* The newest version, when the office has approved it and the family has not signed it yet; else NULL. */
const struct plan *plan_to_sign(const struct request *r, const struct plan *plan);
/* Who signed the plan and when, in a sentence; "" when nobody has. */
const char *plan_signed(struct request *r, const struct plan *plan);

#endif
