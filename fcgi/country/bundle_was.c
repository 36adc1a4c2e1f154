/* SPDX-License-Identifier: Apache-2.0
 *
 * "was" of the items of a list: the keys they had before, so that stored rows follow when the
 * bundle is taken over (upgrade.h). Read by loader_list for every list with keys. */
#include "bundle_load.h"

#include <string.h>

static void add_was(struct loader *l, const char *list, const char *key, const struct json *old)
{
	struct bundle *b = l->bundle;
	if (old->kind != JSON_STRING || !*old->string) {
		loader_error(l, old, "\"was\" is the key this had before, or a list of such keys");
		return;
	}
	const char *other = bundle_now(b, list, old->string);
	if (other) {
		loader_error(l, old, "\"%s\" is said to be what \"%s\" was, too: a key goes over to one", old->string, other);
		return;
	}
	if (b->n_was % 16 == 0) {
		struct was *more = arena_array(l->arena, struct was, b->n_was + 16);
		if (b->n_was)
			memcpy(more, b->was, b->n_was * sizeof *more);
		b->was = more;
	}
	b->was[b->n_was++] = (struct was){ .list = list, .key = loader_keep(l, key), .old = loader_keep(l, old->string) };
}

/* "was": "old" or ["older", "old"]. What it names must be gone, or stored rows could not tell which is meant. */
void loader_was(struct loader *l, const struct places *places, const char *list, const char *id)
{
	for (size_t i = 0; i < places->n; i++) {
		const struct json *was = json_get(places->at[i], "was"), *own = json_get(places->at[i], id);
		if (!was || !own || own->kind != JSON_STRING)
			continue;
		if (was->kind != JSON_ARRAY)
			add_was(l, list, own->string, was);
		for (json_each(old, was->kind == JSON_ARRAY ? was : NULL))
			add_was(l, list, own->string, old);
	}
	for (size_t i = 0; i < places->n; i++) {
		const struct json *own = json_get(places->at[i], id);
		const char *now = own && own->kind == JSON_STRING ? bundle_now(l->bundle, list, own->string) : NULL;
		if (now)
			loader_error(l, own, "\"%s\" is still here, so it cannot be what \"%s\" was", own->string, now);
	}
}
