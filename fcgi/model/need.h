/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbered needs (N1 …) and strengths (S1 …) of a case. A number is never reused. Rows with a
 * sensitivity tag the actor may not read are left out; n_hidden says how many. */
#ifndef MODEL_NEED_H
#define MODEL_NEED_H

#include "context.h"

struct need {
	bool is_strength;
	int64_t number;
	const char *dimension, *statement_objective, *statement_subjective;
	bool has_severity;
	double severity;
	int meaning;                    /* 1 worst … 5 best, 0 none */
	int client_priority;            /* 1 first, 0 not ranked */
	const char *sensitivity;        /* "" none */
	int64_t assessment_seq;         /* 0: written by hand */
	const char *question, *status, *status_reason; /* open, met, set_aside */
	int64_t created_at, revision;
	int goals;                      /* goals in the plan that answer it */
};
struct needs { size_t n; struct need *item; int n_hidden; };

/* Needs, then strengths, by number. */
enum err need_list(const struct context *c, int64_t casefile_id, struct needs *out);
/* By hand; sets the number. */
enum err need_create(const struct context *c, int64_t casefile_id, struct need *need);
/* Statements, dimension, severity, meaning, against need->revision. */
enum err need_update(const struct context *c, int64_t casefile_id, const struct need *need);
/* The client's own order: needs by number, first first; open needs not named lose their rank. */
enum err need_rank(const struct context *c, int64_t casefile_id, const int64_t *numbers, size_t n);
/* status open, met or set_aside; reason required but for open. */
enum err need_settle(const struct context *c, int64_t casefile_id, bool is_strength, int64_t number, const char *status, const char *reason);

#endif
