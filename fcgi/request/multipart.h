/* SPDX-License-Identifier: Apache-2.0
 *
 * multipart/form-data (RFC 7578), the form of a post that carries files. */
#ifndef REQUEST_MULTIPART_H
#define REQUEST_MULTIPART_H

#include "decode.h"
#include "request.h"

#define UPLOADS_MAX 20

struct uploads { size_t n; struct upload item[UPLOADS_MAX]; };

/* Is it multipart, and with which boundary? NULL when it is not. */
char *multipart_boundary(struct arena *arena, const char *content_type);
/* Splits a whole body. Files point into it; a file field left empty is passed over. */
enum err multipart_read(struct arena *arena, const char *boundary, const char *body, size_t n,
                        struct pairs *pairs, struct uploads *uploads, struct why *why);

#endif
