/* SPDX-License-Identifier: Apache-2.0
 *
 * What the plan's pages share: words for states, links by number, the working plan's words
 * kept as stored when a reader of another language sends them back unchanged. */
#ifndef STAFF_PAGES_PLAN_PARTS_H
#define STAFF_PAGES_PLAN_PARTS_H

#include "model/plan.h"
#include "request/request.h"

/* "1.2" of a goal. */
char *goal_number(const struct request *r, const struct goal *goal);
/* The goal that the address names ("1.2"), ERR_NOT_FOUND without. */
enum err goal_of_address(struct request *r, const char *number, struct goals *all, struct goal **out);
const char *goal_status_word(const char *status);
/* good, bad, brand, now or "" for a tag. */
const char *goal_status_kind(const struct goal *goal);
const char *action_status_word(const struct action *action);
const char *action_status_kind(const struct action *action);
/* Words for client, relative, worker, provider, community. */
const char *actor_word(const char *actor);
/* May the plan's words be changed now: not while it waits for a decision, not when the case is closed. */
bool plan_is_open(const struct request *r, const struct plan *plan);
/* What a field says now: the stored text when it came back as it was shown, else what was typed, trimmed. */
const char *typed_or_stored(const struct request *r, const char *field, const char *stored);
/* What a field shows: what was typed when it came, else the stored text as the reader reads it. */
const char *shown_text(const struct request *r, const char *field, const char *stored);

#endif
