/* SPDX-License-Identifier: Apache-2.0
 *
 * A request target against the route tables: no accepted path climbs or hides a separator. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "request/decode.h"
#include "request/route.h"

static enum err nothing(struct request *r) { return r ? OK : ERR_INTERNAL; }

static const struct route routes[] = {
	{ METHOD_GET, "", nothing, PERM_PUBLIC, MODULE_CORE, ROUTE_GLOBAL, NULL, NULL },
	{ METHOD_GET, "a/new", nothing, PERM_PUBLIC, MODULE_CORE, ROUTE_GLOBAL, NULL, NULL },
	{ METHOD_GET, "a/{x}/b/{y}", nothing, PERM_PUBLIC, MODULE_CORE, ROUTE_GLOBAL, NULL, NULL },
	{ METHOD_POST, "{x}/{y}/{z}/{w}", nothing, PERM_PUBLIC, MODULE_CORE, ROUTE_GLOBAL, NULL, NULL }, { 0 },
};
static const struct site site = { .routes = routes };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct arena *arena;
	const char *param[4];
	char *target, *path;
	bool exists;

	if (!arena)
		arena = arena_new(4 << 20);
	arena_clear(arena);
	target = arena_strndup(arena, (const char *)bytes, size < 4000 ? size : 4000);
	if (decode_path(arena, target, &path, NULL) != OK)
		return 0;
	if (path[0] != '/' || strstr(path, "//") || strstr(path, "/../") || strchr(path, '\\') || !text_is_clean(path, strlen(path)))
		__builtin_trap();
	route_find(&site, path + 1, true, size % 2 ? METHOD_GET : METHOD_POST, arena, param, &exists);
	for (int i = 0; i < 4; i++)
		if (param[i] && (!*param[i] || strchr(param[i], '/')))
			__builtin_trap();
	return 0;
}
