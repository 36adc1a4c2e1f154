/* SPDX-License-Identifier: Apache-2.0
 *
 * What every model function needs of the request at hand: whose database, whose memory,
 * who asks. Pages get one from request_context(r) (request/context.h); tests, seed and
 * commands fill it themselves.
 *
 * Conventions of all model functions:
 *  - `number` is a case number as in the URL; a record out of the actor's scope is
 *    ERR_NOT_FOUND. Functions that take `casefile_id` trust it: it came from casefile_load.
 *  - Each changing function is one transaction with its event and audit row. Transactions
 *    nest: inside db_begin … db_commit several calls become one.
 *  - Revisions: a change against another revision than the row's is ERR_CONFLICT and
 *    changes nothing.
 *  - Everything returned lives in c->arena; texts are never NULL unless the comment says so
 *    (NULL in the database comes as ""). */
#ifndef MODEL_CONTEXT_H
#define MODEL_CONTEXT_H

#include "actor.h"
#include "base/arena.h"
#include "base/err.h"
#include "db.h"

struct context {
	struct db *db;
	struct arena *arena;
	struct why *why;
	const struct actor *actor;
	const char *dir;                  /* the instance's folder, for the audit spool */
	const char *zone;                 /* IANA name, NULL: UTC */
	int week_first;                   /* weekday on which the five working days begin; 0: Monday */
	size_t n_sensitivity;             /* the bundle's tags, bit i of actor->sensitivity is tag i */
	const char *const *sensitivity;
};

/* The tags the actor may read, as ",violence,health,", to bind for a filter. */
const char *context_tags(const struct context *c);
/* The actor's user id, 0 for a beneficiary or the system. */
int64_t context_user(const struct context *c);
/* A copy of the context for a program acting by itself at an instant: seed, commands, housekeeping. */
struct context context_system(const struct context *c, struct actor *actor, int64_t now);

#endif
