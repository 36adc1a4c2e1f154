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

/* First step, in demo mode only: a trial's codes are told by the office. Makes a code and notes in the outbox that it was sent
 * when number and birth date belong together, the person is the family's contact and their consent to the portal is valid. OK
 * either way; ERR_THROTTLED after 5 tries a number or 30 an address in 15 minutes. Limits the connection to the case. Nothing is
 * sent in a demonstration: the code is written to the file PORTAL_DEMO_MESSAGES of the instance's folder, and nowhere else. */
enum err portal_ask(const struct context *c, const char *number, const char *date_of_birth, const char *remote,
                    const char *message);
/* For the office: a code to tell the family, by telephone or face to face. Staff only. ERR_CONFLICT when the family has
 * not agreed to the portal, ERR_INVALID when no contact of it has a birth date: then nobody could sign in. */
enum err portal_code_give(const struct context *c, int64_t casefile_id, const char **code);
/* Second step: any code of that person that is neither used nor too old. ERR_LOGIN when there is none like it. */
enum err portal_enter(const struct context *c, const char *number, const char *date_of_birth, const char *code,
                      const char *remote, int64_t *casefile_id, int64_t *person_id);

#endif
