/* SPDX-License-Identifier: Apache-2.0
 *
 * A tree written again as plain JSON: what names a form's version, so that indentation and
 * ways of writing a letter make no other version. Members keep their order. */
#include <string.h>

#include "json.h"

#define PLAIN_MAX (2 * (size_t)JSON_MAX_BYTES)

static void put_string(struct buf *out, const char *text, size_t length)
{
	buf_char(out, '"');
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7F)
			buf_printf(out, "\\u%04x", c);
		else
			buf_char(out, (char)c);
	}
	buf_char(out, '"');
}

void json_put_text(struct buf *out, const char *text)
{
	put_string(out, text, strlen(text));
}

static void put_value(struct buf *out, const struct json *value);

static void put_all(struct buf *out, const struct json *value, char open, char close)
{
	buf_char(out, open);
	for (json_each(item, value)) {
		if (item != value->first)
			buf_char(out, ',');
		if (value->kind == JSON_OBJECT) {
			json_put_text(out, item->key);
			buf_char(out, ':');
		}
		put_value(out, item);
	}
	buf_char(out, close);
}

static void put_value(struct buf *out, const struct json *value)
{
	switch (value->kind) {
	case JSON_NULL: buf_str(out, "null"); break;
	case JSON_BOOLEAN: buf_str(out, value->boolean ? "true" : "false"); break;
	case JSON_NUMBER:
		if (value->is_integer)
			buf_printf(out, "%lld", (long long)value->integer);
		else
			buf_printf(out, "%.17g", value->number);
		break;
	case JSON_STRING: put_string(out, value->string, value->length); break;
	case JSON_ARRAY: put_all(out, value, '[', ']'); break;
	case JSON_OBJECT: put_all(out, value, '{', '}'); break;
	}
}

char *json_plain(struct arena *arena, const struct json *value)
{
	struct buf out;
	buf_init(&out, PLAIN_MAX);
	put_value(&out, value);
	char *text = arena_strndup(arena, out.p ? out.p : "", out.len);
	buf_free(&out);
	return text;
}
