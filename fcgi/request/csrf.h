/* SPDX-License-Identifier: Apache-2.0
 *
 * The token that a form carries. A page shows it masked anew each time: pages are
 * compressed, and a secret that stands beside what a stranger can make a page repeat
 * could be guessed by the length of the reply. */
#ifndef REQUEST_CSRF_H
#define REQUEST_CSRF_H

#include "request.h"

/* The session's token, masked; NULL gives NULL. */
char *csrf_mask(struct arena *arena, const char *token);
/* A form's token without its mask; "" when it is none. */
const char *csrf_plain(struct arena *arena, const char *submitted);
/* Is it the session's token, masked or plain? */
bool csrf_is_own(const struct request *r, const char *submitted);

#endif
