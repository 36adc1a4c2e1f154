/* SPDX-License-Identifier: Apache-2.0
 *
 * The portal's handlers, as portal/routes.c names them, and the fields their pages take.
 * Each stands in the file of its name: page_plan in pages/plan.c. */
#ifndef PORTAL_PAGES_H
#define PORTAL_PAGES_H

#include "request/route.h"

/* pages/login.c: case number and birth date, then the code; one-click personas */
handler page_login, page_login_send, page_code_send, page_persona;
extern const struct field login_fields[], login_send_fields[], code_fields[], persona_fields[];

#endif
