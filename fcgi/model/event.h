/* SPDX-License-Identifier: Apache-2.0
 *
 * The chronological story of a case: one row for everything that happened. `message` is a
 * key of the translations with %1 …, `params` its values (dates ISO: pages format them). */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include "context.h"

struct event {
	int64_t seq, at;
	const char *kind;               /* milestone, assessment, plan, visit, note, consent, household, transition */
	const char *message;
	size_t n_params;
	const char *param[4];
	const char *quote;              /* the client's or the writer's words, "" */
	const char *refs;               /* "N1 1.2 S1" */
	const char *link;               /* path below the case, "" */
	const char *sensitivity, *visibility; /* "" none; staff, shared, private */
	int64_t user_id;
	const char *actor_name;
};
struct events { size_t n; struct event *item; int64_t total; int n_hidden; };

/* Newest first. kind NULL or "": all. Rows above the actor's sensitivity and others' private notes are left out. */
enum err event_list(const struct context *c, int64_t casefile_id, const char *kind, int limit, int offset, struct events *out);
/* Adds one; at 0: now; actor_name NULL: the actor's; visibility NULL: staff. For other modules, inside their
 * transaction; no audit of its own. */
enum err event_add(const struct context *c, int64_t casefile_id, const struct event *event);
/* A note written by hand, with audit. visibility: staff, shared (the family sees it) or private (only the writer).
 * sensitivity NULL: that of the needs which the goals answer, all of them by commas. */
enum err event_note(const struct context *c, int64_t casefile_id, const char *text, const char *goals,
                    const char *visibility, const char *sensitivity);

#endif
