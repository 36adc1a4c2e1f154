// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a .po file: read, kept, looked up.
#include <stddef.h>
#include <stdint.h>

#include "country/words.h"

static void ignore(void *data, int line, int column, const char *message)
{
	(void)data;
	(void)message;
	if (line < 1 || column < 1)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new(64u << 20);
	struct catalogue_of_words *words = words_new(arena);
	words_add(words, "ru", (const char *)bytes, size, ignore, NULL);
	words_use(words, "ru");
	tr("Clerk");
	tr_context("month", "May");
	tr_plural("%1 day", "%1 days", 5);
	words_use(NULL, "en");
	arena_free(arena);
	return 0;
}
