/* SPDX-License-Identifier: Apache-2.0
 *
 * What plan.c, plan_edit.c and plan_decide.c share. */
#ifndef MODEL_PLAN_INTERNAL_H
#define MODEL_PLAN_INTERNAL_H

#include "model_internal.h"
#include "plan.h"

/* The newest version's number and status; version 0 and "" when there is none. */
struct plan_head { int64_t version, proposed_at; const char *status; };
enum err plan_head(const struct context *c, int64_t casefile_id, struct plan_head *out);
/* Event, audit and the case's counts for a change of the plan. shared: the family sees the event. */
enum err plan_record(const struct context *c, int64_t casefile_id, const char *action, const char *message, const char *refs,
                     const char *quote, bool shared);

#endif
