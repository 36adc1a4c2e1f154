/* SPDX-License-Identifier: Apache-2.0
 *
 * One worker's belongings: its arena and buffers, the instances it keeps open, the
 * request at hand. Made after the fork; one request at a time. */
#ifndef REQUEST_WORKER_H
#define REQUEST_WORKER_H

#include <setjmp.h>

#include "request.h"
#include "route.h"

#define INSTANCES_OPEN 48 /* kept per worker; the longest unused is closed for the next */

struct worker {
	const struct site *site;
	struct arena *arena;
	struct buf body, headers;
	struct request request;
	jmp_buf escape;
	size_t n_open;
	struct instance *open[INSTANCES_OPEN]; /* the last used first */
	/* of --once */
	const char *as;                 /* signed in as this persona or user name */
	const char *db_path;            /* another database file than the instance's */
};

void worker_init(struct worker *worker, const struct site *site);
void worker_clear(struct worker *worker);
/* The open instance of that name, fresh and under a read transaction. Borrowed. */
enum err worker_instance(struct worker *worker, const char *name, struct instance **instance, struct why *why);
/* Ends the read transactions of all. */
void worker_end_read(struct worker *worker);

#endif
