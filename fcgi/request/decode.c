/* SPDX-License-Identifier: Apache-2.0
 *
 * First to touch a browser's bytes. Every function is one pass over its input. */
#include "decode.h"

#include <string.h>

#include "base/text.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char *decode_percent(struct arena *arena, const char *text, size_t n, bool plus)
{
	char *out = arena_alloc(arena, n + 1), *o = out;

	for (size_t i = 0; i < n; i++) {
		if (text[i] == '%') {
			int high = i + 2 < n ? hex(text[i + 1]) : -1, low = high < 0 ? -1 : hex(text[i + 2]);
			if (low < 0)
				return NULL;
			*o++ = (char)(high * 16 + low);
			i += 2;
		} else {
			*o++ = plus && text[i] == '+' ? ' ' : text[i];
		}
	}
	return text_is_clean(out, (size_t)(o - out)) ? out : NULL;
}

/* One decoded segment may not climb, hide a separator, or be empty. */
static bool segment_is_fine(const char *segment)
{
	return *segment && strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0 && !strpbrk(segment, "/\\\t\r\n");
}

enum err decode_path(struct arena *arena, const char *target, char **path, struct why *why)
{
	size_t n = strcspn(target, "?#"), at = 0;
	char *out;

	if (target[0] != '/')
		return fail(why, ERR_BAD_REQUEST, "request target is not a path");
	if (n > PATH_BYTES)
		return fail(why, ERR_BAD_REQUEST, "path of %zu bytes", n);
	out = arena_alloc(arena, n + 1);
	for (size_t i = 1; i <= n; ) {
		size_t length = strcspn(target + i, "/?#");
		char *segment = decode_percent(arena, target + i, length, false);
		bool is_last = i + length >= n;
		if (!segment || (!segment_is_fine(segment) && !(is_last && !length)))
			return fail(why, ERR_BAD_REQUEST, "path segment %zu is refused", i);
		out[at++] = '/';
		memcpy(out + at, segment, strlen(segment));
		at += strlen(segment);
		i += length + 1;
	}
	*path = out;
	return OK;
}

enum err pairs_add(struct arena *arena, struct pairs *pairs, const char *name, const char *value, struct why *why)
{
	if (pairs->n >= PAIRS_MAX)
		return fail(why, ERR_TOO_LARGE, "more than %d fields", PAIRS_MAX);
	/* room doubles at powers of two from 16 on */
	if (pairs->n == 0 || (pairs->n >= 16 && (pairs->n & (pairs->n - 1)) == 0)) {
		struct pair *more = arena_array(arena, struct pair, pairs->n < 16 ? 16 : pairs->n * 2);
		if (pairs->n)
			memcpy(more, pairs->item, pairs->n * sizeof *more);
		pairs->item = more;
	}
	pairs->item[pairs->n++] = (struct pair){ name, value };
	return OK;
}

enum err decode_pairs(struct arena *arena, const char *text, size_t n, struct pairs *pairs, struct why *why)
{
	enum err err;

	for (size_t i = 0; i < n; ) {
		const char *part = text + i, *amp = memchr(part, '&', n - i), *eq;
		size_t length = amp ? (size_t)(amp - part) : n - i, name_length;
		char *name, *value;
		i += length + 1;
		if (!length)
			continue;
		eq = memchr(part, '=', length);
		name_length = eq ? (size_t)(eq - part) : length;
		name = decode_percent(arena, part, name_length, true);
		value = eq ? decode_percent(arena, eq + 1, length - name_length - 1, true) : arena_strdup(arena, "");
		if (!name || !value)
			return fail(why, ERR_BAD_REQUEST, "field %zu is not clean UTF-8", pairs->n);
		if ((err = pairs_add(arena, pairs, name, value, why)))
			return err;
	}
	return OK;
}

const char *pairs_find(const struct pairs *pairs, const char *name)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (strcmp(pairs->item[i].name, name) == 0)
			return pairs->item[i].value;
	return NULL;
}

char *encode_percent(struct arena *arena, const char *text)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_alloc(arena, strlen(text) * 3 + 1), *o = out;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~') {
			*o++ = (char)c;
		} else {
			*o++ = '%';
			*o++ = digits[c >> 4];
			*o++ = digits[c & 15];
		}
	}
	return out;
}

void encode_pair(struct arena *arena, struct buf *out, const char *name, const char *value)
{
	if (out->len)
		buf_char(out, '&');
	buf_str(out, encode_percent(arena, name));
	buf_char(out, '=');
	buf_str(out, encode_percent(arena, value));
}
