/* SPDX-License-Identifier: Apache-2.0
 *
 * Offices as the database knows them: copied from the bundle when the instance is made or upgraded. */
#ifndef MODEL_OFFICE_H
#define MODEL_OFFICE_H

#include "context.h"

struct office_row { const char *key, *name, *area; int workers, cases_open; };
struct office_rows { size_t n; struct office_row *item; };

/* Adds it, or brings name and area up to date. */
enum err office_put(const struct context *c, const char *key, const char *name, const char *area);
/* Offices in the actor's scope, by name, with counts. */
enum err office_list(const struct context *c, struct office_rows *out);

#endif
