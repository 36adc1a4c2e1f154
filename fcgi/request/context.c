/* SPDX-License-Identifier: Apache-2.0
 *
 * Hands the model what it needs of a request. */
#include "request/context.h"

struct context request_context(struct request *r)
{
	struct context c = { .arena = r->arena, .why = &r->why, .actor = &r->actor };
	if (r->instance != NULL) {
		c.db = r->instance->db;
		c.dir = r->instance->dir;
		c.zone = r->instance->bundle->zone;
		c.week_first = r->instance->bundle->week_first;
		c.n_sensitivity = r->instance->bundle->n_sensitivity;
		c.sensitivity = (const char *const *)r->instance->bundle->sensitivity;
	}
	return c;
}
