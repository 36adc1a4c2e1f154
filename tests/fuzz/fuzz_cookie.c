/* SPDX-License-Identifier: Apache-2.0
 *
 * A Cookie header: the value found lies in it and ends at its semicolon. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "request/cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct arena *arena;
	char *header, *value;

	if (!arena)
		arena = arena_new(4 << 20);
	arena_clear(arena);
	header = arena_strndup(arena, (const char *)bytes, size < 4000 ? size : 4000);
	value = cookie_value(arena, header, "cc");
	if (value && (strchr(value, ';') || !strstr(header, value)))
		__builtin_trap();
	return 0;
}
