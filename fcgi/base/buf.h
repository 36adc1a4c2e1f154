/* SPDX-License-Identifier: Apache-2.0
 *
 * A growing byte buffer with a maximum given at birth. Past the maximum nothing is
 * added and `full` stays true: check once, at the end. Always NUL-terminated. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
	char *p;      /* never NULL after buf_init, NUL-terminated */
	size_t len;   /* bytes without the NUL */
	size_t cap;
	size_t max;
	bool full;    /* something did not fit */
};

void buf_init(struct buf *buf, size_t max);
void buf_add(struct buf *buf, const void *bytes, size_t n);
void buf_str(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Empties it and keeps the memory. */
void buf_clear(struct buf *buf);
void buf_free(struct buf *buf);

#endif
