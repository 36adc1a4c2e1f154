/* SPDX-License-Identifier: Apache-2.0
 *
 * A multipart body: parts lie inside it, names and texts are clean. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "request/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct arena *arena;
	struct pairs pairs = { 0 };
	struct uploads uploads = { 0 };
	const char *body = (const char *)bytes;

	if (!arena)
		arena = arena_new(64 << 20);
	arena_clear(arena);
	if (multipart_read(arena, "B", body, size, &pairs, &uploads, NULL) != OK)
		return 0;
	for (size_t i = 0; i < pairs.n; i++)
		if (!text_is_clean(pairs.item[i].value, strlen(pairs.item[i].value)))
			__builtin_trap();
	for (size_t i = 0; i < uploads.n; i++) {
		const char *start = uploads.item[i].bytes;
		if (start < body || start + uploads.item[i].size > body + size || strpbrk(uploads.item[i].filename, "/\\"))
			__builtin_trap();
	}
	return 0;
}
