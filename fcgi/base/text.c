/* SPDX-License-Identifier: Apache-2.0
 *
 * Text in UTF-8: what is valid, trimming, counting, numbers. Folding for search and
 * the comparison of names stand in text_fold.c. */
#include "text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* Length of the sequence at p (at most n bytes), 0 when it is not valid UTF-8. */
static size_t sequence(const unsigned char *p, size_t n)
{
	size_t length;
	uint32_t c;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	length = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (length > n)
		return 0;
	c = p[0] & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3fu);
	}
	if ((length == 3 && c < 0x800) || (length == 4 && (c < 0x10000 || c > 0x10ffff)))
		return 0;
	return c >= 0xd800 && c <= 0xdfff ? 0 : length;
}

bool text_is_utf8(const char *bytes, size_t length)
{
	const unsigned char *p = (const unsigned char *)bytes;

	for (size_t i = 0, n; i < length; i += n) {
		n = sequence(p + i, length - i);
		if (!n || !p[i])
			return false;
	}
	return true;
}

bool text_is_clean(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
			return false;
		/* U+0080 to U+009F: the other control characters */
		if (c == 0xc2 && i + 1 < length && (unsigned char)bytes[i + 1] < 0xa0)
			return false;
	}
	return text_is_utf8(bytes, length);
}

/* Bytes of white space at p: ASCII's, no-break space, the ideographic and the general spaces. */
static size_t space_at(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	if (*u == ' ' || (*u >= '\t' && *u <= '\r'))
		return 1;
	if (u[0] == 0xc2 && u[1] == 0xa0)
		return 2;
	if (u[0] == 0xe2 && u[1] == 0x80 && ((u[2] >= 0x80 && u[2] <= 0x8a) || u[2] == 0xaf))
		return 3;
	return u[0] == 0xe3 && u[1] == 0x80 && u[2] == 0x80 ? 3 : 0;
}

bool text_is_blank(const char *text)
{
	size_t n;

	if (!text)
		return true;
	while ((n = space_at(text)))
		text += n;
	return !*text;
}

char *text_trim(struct arena *arena, const char *text)
{
	const char *end, *p;
	size_t n;

	if (!text)
		return NULL;
	while ((n = space_at(text)))
		text += n;
	for (end = p = text; *p; p += n ? n : 1) {
		n = space_at(p);
		if (!n)
			end = p + 1;
	}
	return arena_strndup(arena, text, (size_t)(end - text));
}

bool text_eq(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

size_t text_length(const char *text)
{
	size_t n = 0;

	for (; text && *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

char *text_first(struct arena *arena, const char *text, size_t n)
{
	const char *p = text;

	if (!text)
		return NULL;
	for (; *p; p++)
		if (((unsigned char)*p & 0xc0) != 0x80 && n-- == 0)
			break;
	return arena_strndup(arena, text, (size_t)(p - text));
}

/* Writes the capital of the code point at word; returns bytes written. */
static size_t capital(char *out, const char *word)
{
	int32_t i = 0, length = (int32_t)strnlen(word, 8), n = 0;
	UChar32 c;

	U8_NEXT((const uint8_t *)word, i, length, c);
	if (c <= 0)
		return 0;
	U8_APPEND_UNSAFE(out, n, u_toupper(c));
	return (size_t)n;
}

/* Half the families of a town begin with the Arabic article. */
static const char *without_article(const char *word)
{
	static const char article[] = "\xd8\xa7\xd9\x84";
	return strncmp(word, article, 4) == 0 && word[4] && word[4] != ' ' ? word + 4 : word;
}

char *text_initials(struct arena *arena, const char *name)
{
	const char *first = NULL, *last = NULL, *p;
	char out[16] = "";
	size_t n;

	for (p = name ? name : ""; *p; ) {
		while ((n = space_at(p)))
			p += n;
		if (!*p)
			break;
		if (!first)
			first = p;
		last = p;
		while (*p && !space_at(p))
			p++;
	}
	n = first ? capital(out, without_article(first)) : 0;
	if (last && last != first) {
		if ((unsigned char)*out == 0xd8 || (unsigned char)*out == 0xd9)
			n += (size_t)(stpcpy(out + n, "\xe2\x80\x8c") - (out + n));   /* or the two letters would join */
		n += capital(out + n, without_article(last));
	}
	return arena_strndup(arena, out, n);
}

bool text_to_int(const char *text, int64_t *out)
{
	const char *p = text;
	long long value;
	char *end;

	if (!p || (*p == '-' && !*++p))
		return false;
	if (*p < '0' || *p > '9')
		return false;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (*end || errno)
		return false;
	*out = value;
	return true;
}

bool text_to_double(const char *text, double *out)
{
	const char *p = text;
	size_t whole, part = 0;

	if (!p)
		return false;
	p += *p == '-';
	whole = strspn(p, "0123456789");
	p += whole;
	if (*p == '.') {
		part = strspn(++p, "0123456789");
		p += part;
	}
	if (*p || whole + part == 0 || p - text > 400)
		return false;
	*out = strtod(text, NULL);
	return isfinite(*out);
}
