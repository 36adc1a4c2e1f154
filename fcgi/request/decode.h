/* SPDX-License-Identifier: Apache-2.0
 *
 * Percent-decoding of what browsers send, and the encoding of what we send back.
 * Everything here is hostile: no NUL, no bad UTF-8, no control characters pass. */
#ifndef REQUEST_DECODE_H
#define REQUEST_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define PAIRS_MAX 2000  /* fields of one request */
#define PATH_BYTES 1000

struct pair { const char *name, *value; };
struct pairs { size_t n; struct pair *item; };

/* Decodes n bytes; with `plus` a + is a space. NULL when an escape is broken, gives NUL or the text is not clean. */
char *decode_percent(struct arena *arena, const char *text, size_t n, bool plus);
/* The path of a raw request target, without its query. Refuses what is not absolute, empty or dot segments,
 * encoded slashes and backslashes. */
enum err decode_path(struct arena *arena, const char *target, char **path, struct why *why);
/* Adds the pairs of an urlencoded text. */
enum err decode_pairs(struct arena *arena, const char *text, size_t n, struct pairs *pairs, struct why *why);
/* Adds one; ERR_TOO_LARGE above PAIRS_MAX. */
enum err pairs_add(struct arena *arena, struct pairs *pairs, const char *name, const char *value, struct why *why);
/* The first value of a name, NULL when there is none. */
const char *pairs_find(const struct pairs *pairs, const char *name);

/* Everything but letters, digits and -._~ becomes %XX. */
char *encode_percent(struct arena *arena, const char *text);
/* Appends name=value, with an & in front when something is there already. */
void encode_pair(struct arena *arena, struct buf *out, const char *name, const char *value);

#endif
