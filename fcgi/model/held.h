/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody sent after the session had ended: kept a day, shown again after the same
 * person signed in again, never acted on by itself. */
#ifndef MODEL_HELD_H
#define MODEL_HELD_H

#include "base/random.h"
#include "context.h"

#define HELD_MAX (256 * 1024)
#define HELD_S 86400

/* Keeps it; the token goes into a cookie. owner: "user 12", "person 7", never "". path: of the
 * page to show it on. body: the declared fields, url-encoded. ERR_TOO_LARGE above HELD_MAX. */
enum err held_keep(const struct context *c, const char *site, const char *owner, const char *path, const char *body,
                   char token[TOKEN_LEN]);
/* Reads only. ERR_NOT_FOUND when there is none, or when its owner is not this one. */
enum err held_find(const struct context *c, const char *site, const char *owner, const char *token,
                   const char **path, const char **body);
/* Forgets it: the page was sent again, and taken. */
enum err held_forget(const struct context *c, const char *token);

#endif
