/* SPDX-License-Identifier: Apache-2.0
 *
 * A form definition from hostile bytes: what loads must give a document that can be worked out. */
#include <stdint.h>

#include "../unit/form_help.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new(256 << 20);
	struct heard heard = { 0 };
	struct why why = { 0 };
	struct expr_env env = { .arena = arena, .zone = "UTC", .language = "en" };
	buf_init(&heard.text, 100000);
	const struct form *form = form_load(arena, "fuzz", (const char *)bytes, size, hear, &heard);
	if (!form && !heard.n)
		__builtin_trap();
	if (form) {
		struct answers *answers = answers_new(arena, form, &env);
		answers_update(answers, &why);
		answers_check(answers, NULL, arena);
		answers_outcome(answers, arena);
	}
	buf_free(&heard.text);
	arena_free(arena);
	return 0;
}
