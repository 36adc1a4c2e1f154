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

/* pages/home.c: what happens next, my plan, who helps me */
handler page_home;
/* pages/plan.c: every goal with its steps; the family's signature */
handler page_plan, page_sign;
extern const struct field sign_fields[];

/* How far back the family sees who has read its file. */
#define ACCESS_DAYS 90
/* pages/access.c: who has read my file */
handler page_access;
/* pages/consents.c: what I agreed to */
handler page_consents;

#endif
