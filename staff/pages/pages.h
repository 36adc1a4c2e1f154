/* SPDX-License-Identifier: Apache-2.0
 *
 * The staff site's handlers, as staff/routes.c names them, and the fields their pages take.
 * Each stands in the file of its name: page_visit in pages/visit.c. */
#ifndef STAFF_PAGES_H
#define STAFF_PAGES_H

#include "request/route.h"

/* pages/landing.c: the gallery of instances and their people, at "/" */
handler page_landing;
extern const struct field landing_fields[];

/* pages/login.c: user name and password, one-click personas, single-use links */
handler page_login, page_login_send, page_persona, page_link, page_link_send;
extern const struct field login_fields[], login_send_fields[], persona_fields[], link_fields[];

#endif
