/* SPDX-License-Identifier: Apache-2.0
 *
 * The choice of a case's worker, wherever one is named: least loaded first, with the norm beside. */
#ifndef STAFF_WORKER_CHOICE_H
#define STAFF_WORKER_CHOICE_H

#include "model/user.h"
#include "request/request.h"

/* Adds the field "worker" to Fields: the workers of the case's office. */
enum err worker_choice(struct request *r, struct users *users);
/* The one that was chosen; 0, with a problem at the field, when it is none of them. */
int64_t worker_chosen(struct request *r, const struct users *users);

#endif
