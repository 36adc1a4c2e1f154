/* SPDX-License-Identifier: Apache-2.0
 *
 * The pseudo-language: made from the source text the first time it is asked for and
 * remembered, because tr() gives texts that outlive the request. */
#include "words_pseudo.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

#define PSEUDO_TEXTS_MAX 16384   /* a power of two; when three quarters are taken, texts stay as they are */
#define PSEUDO_BYTES_MAX 16384     /* of one text */
#define PSEUDO_ROOM (8u << 20)     /* of all */

static const char *const accents[26] = {
	"å", "ƀ", "ç", "đ", "é", "ƒ", "ĝ", "ĥ", "î", "ĵ", "ķ", "ļ", "ɱ", "ñ", "ö", "þ", "ǫ", "ŕ", "š", "ţ", "û", "ṽ", "ŵ", "ẋ", "ý", "ž",
};
static const char *const capitals[26] = {
	"Å", "Ɓ", "Ç", "Đ", "É", "Ƒ", "Ĝ", "Ĥ", "Î", "Ĵ", "Ķ", "Ļ", "Ḿ", "Ñ", "Ö", "Þ", "Ǫ", "Ŕ", "Š", "Ţ", "Û", "Ṽ", "Ŵ", "Ẋ", "Ý", "Ž",
};

bool language_is_pseudo(const char *language)
{
	return text_eq(language, "qps");
}

/* How many bytes of a place-holder begin here; 0 for none. */
static size_t place_holder(const char *p)
{
	if (p[0] == '%' && p[1] >= '1' && p[1] <= '9')
		return 2;
	const char *close = p[0] == '{' || (p[0] == '$' && p[1] == '{') ? strchr(p, '}') : NULL;
	return close ? (size_t)(close - p) + 1 : 0;     /* ${question} of forms, {field} of reminders */
}

static void write_pseudo(struct buf *out, const char *source)
{
	size_t letters = 0;
	buf_char(out, '[');
	for (const char *p = source; *p;) {
		size_t n = place_holder(p);
		if (n) {
			buf_add(out, p, n);
		} else if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')) {
			buf_str(out, *p >= 'a' ? accents[*p - 'a'] : capitals[*p - 'A']);
			letters++;
		} else {
			buf_char(out, *p);
		}
		p += n ? n : 1;
	}
	buf_char(out, ' ');
	for (size_t i = 0; i < letters / 3 + 1; i++)     /* other languages are a third longer */
		buf_str(out, "·");
	buf_char(out, ']');
}

static uint64_t hash_of(const char *text)
{
	uint64_t hash = 1469598103934665603u;
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	return hash;
}

const char *words_pseudo(const char *source)
{
	static struct { const char *source, *text; } table[PSEUDO_TEXTS_MAX];
	static struct arena *arena;
	static size_t n, bytes;
	size_t at = hash_of(source) & (PSEUDO_TEXTS_MAX - 1);
	while (table[at].source && strcmp(table[at].source, source) != 0)
		at = (at + 1) & (PSEUDO_TEXTS_MAX - 1);
	if (table[at].source)
		return table[at].text;
	struct buf out;
	buf_init(&out, PSEUDO_BYTES_MAX);
	write_pseudo(&out, source);
	if (!arena)
		arena = arena_new(PSEUDO_ROOM);
	if (!out.full && n < PSEUDO_TEXTS_MAX / 4 * 3 && bytes + 2 * PSEUDO_BYTES_MAX < PSEUDO_ROOM / 2) {
		table[at].source = arena_strdup(arena, source);
		table[at].text = arena_strndup(arena, out.p, out.len);
		bytes += strlen(source) + out.len;
		n++;
	}
	buf_free(&out);
	return table[at].source ? table[at].text : source;
}
