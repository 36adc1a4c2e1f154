/* SPDX-License-Identifier: Apache-2.0
 *
 * Visits and sessions, planned or held, and the worker's other hours: the agenda. */
#ifndef MODEL_ACTIVITY_H
#define MODEL_ACTIVITY_H

#include "context.h"

struct activity {
	int64_t id;
	int64_t casefile_id;            /* 0: not about one case */
	const char *number, *title, *title_latin, *locality; /* of the case; "" */
	int64_t user_id;
	const char *user_name, *user_name_native;
	const char *kind;               /* home_visit, office, phone, group, conference, documentation, supervision, self_care, travel */
	int64_t planned_at;
	int minutes;
	const char *place, *purpose;
	int64_t held_at;                /* 0: not yet */
	const char *outcome;            /* held, missed, cancelled, "" */
	const char *summary;
};
struct activities { size_t n; struct activity *item; };

/* The actor's own agenda from (included) until (excluded), in time order. */
enum err activity_agenda(const struct context *c, int64_t from, int64_t until, struct activities *out);
/* Minutes by kind over the same span. */
struct kind_minutes { const char *kind; int64_t minutes; };
struct hours { size_t n; struct kind_minutes *item; int64_t total; };
enum err activity_hours(const struct context *c, int64_t from, int64_t until, struct hours *out);
/* Of a case, newest first. */
enum err activity_list(const struct context *c, int64_t casefile_id, int limit, struct activities *out);
/* What the family can expect: visits, calls and groups of a case not closed and not yet over, soonest first. On both sites. */
enum err activity_coming(const struct context *c, int64_t casefile_id, int limit, struct activities *out);
/* By id, in scope (own, or of a case in scope). */
enum err activity_load(const struct context *c, int64_t id, struct activity **out);
enum err activity_create(const struct context *c, struct activity *activity);
/* Held, missed or cancelled, with what was seen; a held visit is the case's last contact. goals: "1.1 2.1" for the event, may be "". */
enum err activity_close(const struct context *c, int64_t id, const char *outcome, int64_t held_at, const char *summary, const char *goals);
enum err activity_move(const struct context *c, int64_t id, int64_t planned_at);

#endif
