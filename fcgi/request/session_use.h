/* SPDX-License-Identifier: Apache-2.0
 *
 * From the cookie to the actor. */
#ifndef REQUEST_SESSION_USE_H
#define REQUEST_SESSION_USE_H

#include "request.h"

/* Reads the cookie's session and makes the actor; nobody when there is none or it has ended. `language`
 * becomes the person's own language or NULL. Fails only when the database does. */
enum err session_use(struct request *r, const char **language);
/* Writes down that the session is in use, when it is time to; after the page's read transaction. */
void session_prolong(struct request *r);
/* Nobody, with the clock and the mode of the instance. */
void session_nobody(struct request *r);
/* For --once --as: signed in as a persona's key or a user name, with the CSRF token "once" and no session row. */
enum err session_as(struct request *r, const char *who);
/* Whose something is, for held posts: "user 12", "person 7", "". */
const char *session_owner(const struct request *r);
/* Whose session a form without one was made for, by the token in it: that of who was signed in last in this browser,
 * or "" when it was made for anybody else. */
const char *session_last_owner(const struct request *r, const char *form_csrf);

#endif
