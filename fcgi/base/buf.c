/* SPDX-License-Identifier: Apache-2.0
 *
 * The growing buffer that replies and other long texts are written into. Doubles up
 * to its maximum; what does not fit is left out whole and remembered in `full`. */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"

void buf_init(struct buf *buf, size_t max)
{
	buf->cap = max + 1 < 1024 ? max + 1 : 1024;
	buf->p = malloc(buf->cap);
	if (!buf->p)
		BUG("no memory for a buffer");
	buf->max = max;
	buf_clear(buf);
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->full = false;
	buf->p[0] = '\0';
}

void buf_free(struct buf *buf)
{
	free(buf->p);
	buf->p = NULL;
	buf->len = buf->cap = 0;
}

/* Room for n more bytes and the NUL; false past the maximum. */
static bool buf_room(struct buf *buf, size_t n)
{
	size_t cap = buf->cap;
	char *p;

	if (buf->full || n > buf->max || buf->len > buf->max - n) {
		buf->full = true;
		return false;
	}
	if (buf->len + n < cap)
		return true;
	while (cap <= buf->len + n)
		cap = cap > (buf->max + 1) / 2 ? buf->max + 1 : cap * 2;
	p = realloc(buf->p, cap);
	if (!p) {
		buf->full = true;
		return false;
	}
	buf->p = p;
	buf->cap = cap;
	return true;
}

void buf_add(struct buf *buf, const void *bytes, size_t n)
{
	if (!n || !buf_room(buf, n))
		return;
	memcpy(buf->p + buf->len, bytes, n);
	buf->len += n;
	buf->p[buf->len] = '\0';
}

void buf_str(struct buf *buf, const char *text)
{
	if (text)
		buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		BUG("format \"%s\" cannot be printed", format);
	if (!buf_room(buf, (size_t)n))
		return;
	va_start(args, format);
	vsnprintf(buf->p + buf->len, (size_t)n + 1, format, args);
	va_end(args);
	buf->len += (size_t)n;
}
