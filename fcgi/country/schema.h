/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables that the loader reads by, as JSON Schemas (draft 2020-12) for editors and
 * other tools. country-configs/schema holds what this prints; tests/schema compares. */
#ifndef COUNTRY_SCHEMA_H
#define COUNTRY_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* One kind of file of a bundle. */
struct schema_file {
	const char *name;               /* "roles": roles.schema.json */
	const char *pattern;            /* "roles.json"; a star stands for any name */
	bool is_merged;                 /* laid over the parent's: a bundle that extends may leave out what stays */
};

/* All of them, n. */
const struct schema_file *schema_files(size_t *n);
/* The schema as JSON text; `is_child`: of a bundle that extends another. NULL when there is none of that name. */
char *schema_print(struct arena *arena, const char *name, bool is_child);

#endif
