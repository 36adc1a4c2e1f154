/* SPDX-License-Identifier: Apache-2.0
 *
 * An urlencoded body against declared fields: whatever is accepted is clean UTF-8 and declared. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "request/decode.h"
#include "request/fields.h"
#include "view/view.h"

static const struct field fields[] = {
	{ "name", FIELD_LINE, 0, NULL }, { "on", FIELD_DATE, 0, NULL }, { "age", FIELD_INT, 0, NULL }, { "sex", FIELD_CHOICE, 0, "female male" },
	{ "tag", FIELD_MANY, 0, NULL }, { "form", FIELD_FORM, 0, NULL }, { 0 },
};
static const struct route route = { .methods = METHOD_POST, .path = "x", .fields = fields };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct arena *arena;
	struct pairs body = { 0 }, query = { 0 };
	struct request r = { .route = &route };

	if (!arena)
		arena = arena_new(64 << 20);
	arena_clear(arena);
	r.arena = arena;
	r.view = view_new(arena);
	if (size < 1 << 16 && decode_pairs(arena, (const char *)bytes, size, &body, NULL) == OK &&
	    decode_pairs(arena, (const char *)bytes, size / 2, &query, NULL) == OK && fields_take(&r, &query, &body, NULL) == OK)
		for (size_t i = 0; i < r.n_fields; i++)
			if (!text_is_clean(r.field[i].value, strlen(r.field[i].value)) || !request_field(&r, r.field[i].name))
				__builtin_trap();
	return 0;
}
