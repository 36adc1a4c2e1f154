/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody sent after the session had ended: kept a day, shown again after signing in,
 * never acted on by itself. */
#ifndef MODEL_HELD_H
#define MODEL_HELD_H

#include "base/random.h"
#include "context.h"

#define HELD_MAX (256 * 1024)

/* Keeps it; the token goes into a cookie. body: the declared fields, url-encoded. */
enum err held_keep(const struct context *c, const char *site, const char *path, const char *body, char token[TOKEN_LEN]);
/* Gives it back once and forgets it; ERR_NOT_FOUND. */
enum err held_take(const struct context *c, const char *site, const char *token, const char **path, const char **body);

#endif
