/* SPDX-License-Identifier: Apache-2.0
 *
 * One document of a bundle with its parents laid under, for tools that work on what is written
 * there and not on what was made of it. */
#include "bundle_load.h"

const struct json *bundle_document(struct arena *arena, const char *dir, const char *name, bundle_problem_fn *problem, void *data)
{
	struct loader *l = arena_new_of(arena, struct loader);
	*l = (struct loader){ .arena = arena, .scratch = arena, .problem = problem, .data = data };
	l->report = (struct json_report){ .arena = arena, .problem = loader_form_problem, .data = l };
	return loader_read_folders(l, dir) && !l->n_errors ? loader_document(l, name) : NULL;
}
