/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing typed is lost: a form sent after the session ended is kept, and shown again on
 * its page once the same person has signed in. Nothing is done with it by itself. */
#ifndef REQUEST_HOLD_H
#define REQUEST_HOLD_H

#include "request.h"

/* Keeps the fields of a refused POST (r->field) for the person whose form it was, by the token in it. Gives the page to go
 * on with, NULL when there is none. ERR_CSRF when nobody can be told from the form and something was typed: it is shown to
 * who sits there now, and stored for nobody. */
enum err hold_keep(struct request *r, const char *form_csrf, const char *referer, const char **page);
/* The path of a referer of our own host, NULL when it is another's. */
const char *hold_referer(struct request *r, const char *referer);
/* On a GET of the page: what was typed becomes the request's fields and r->is_held is set. */
enum err hold_show(struct request *r);
/* After a POST that was taken: forget what was held for the page. */
void hold_forget(struct request *r);
/* Did the visitor's browser leave something here to be shown after signing in? For the login page. */
bool hold_waits(const struct request *r);

#endif
