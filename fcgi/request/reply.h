/* SPDX-License-Identifier: Apache-2.0
 *
 * What the engine itself needs of replies; pages use request.h. */
#ifndef REQUEST_REPLY_H
#define REQUEST_REPLY_H

#include "exchange.h"
#include "request.h"

#define NOTICE_BYTES 600

/* "/demo/staff", or "" outside instances. */
const char *site_root(const struct request *r);
/* The path cookies of this site are scoped to. */
const char *cookie_path(const struct request *r);
/* Is it a path on this server that we may send somebody to? No "//host", no backslash, no line end. */
bool path_is_ours(const char *path);
/* The notice left by the request before, into the tree; its cookie is cleared. */
void reply_show_notice(struct request *r);
/* Writes status line, headers and body. */
void reply_send(struct request *r, const struct exchange *x);

#endif
