/* SPDX-License-Identifier: Apache-2.0
 *
 * The page's language, theme and text size: chosen by the visitor, remembered in cookies. */
#ifndef REQUEST_LANGUAGE_H
#define REQUEST_LANGUAGE_H

#include "decode.h"
#include "request.h"

/* Sets r->language, r->theme, r->is_large and what translations and formats use. `preferred` is the
 * signed-in person's own language, or NULL. */
void language_choose(struct request *r, const char *preferred, const char *accepted);
/* ?lang= ?theme= ?large= on a GET: sets the cookies and replies with a redirect to the page without them; true when it did. */
bool language_switch(struct request *r, const struct pairs *query);

#endif
