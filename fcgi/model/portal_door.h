/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing in to the portal: case number, birth date, then a one-time code to the phone or
 * address the family gave. Every answer is the same whether the case exists or not. */
#ifndef MODEL_PORTAL_DOOR_H
#define MODEL_PORTAL_DOOR_H

#include "context.h"

#define PORTAL_CODE_MINUTES 15
#define PORTAL_CODE_TRIES 5
#define PORTAL_DEMO_MESSAGES "messages.log"

/* First step. Makes a code and lays a message for it into the outbox when number and birth date belong
 * together, the person is the family's contact and consented to the portal. OK either way; ERR_THROTTLED
 * after 5 tries a number or 30 an address in 15 minutes. Limits the connection to the case. In demo mode the message is
 * also written to the file PORTAL_DEMO_MESSAGES of the instance's folder, for nothing is sent there. */
enum err portal_ask(const struct context *c, const char *number, const char *date_of_birth, const char *remote,
                    const char *message);
/* For the office: a code to tell the family, by telephone or face to face. Staff only. ERR_CONFLICT when the family has
 * not agreed to the portal, ERR_INVALID when no contact of it has a birth date: then nobody could sign in. */
enum err portal_code_give(const struct context *c, int64_t casefile_id, const char **code);
/* Second step. ERR_LOGIN when the code is wrong, used or too old. */
enum err portal_enter(const struct context *c, const char *number, const char *date_of_birth, const char *code,
                      const char *remote, int64_t *casefile_id, int64_t *person_id);

#endif
