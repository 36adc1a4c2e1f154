/* SPDX-License-Identifier: Apache-2.0
 *
 * For intake.c: a member's row without event and audit. */
#ifndef MODEL_HOUSEHOLD_INTERNAL_H
#define MODEL_HOUSEHOLD_INTERNAL_H

#include "household.h"

/* Inside a transaction; creates the person when its id is 0; sets seq. */
enum err household_insert(const struct context *c, int64_t casefile_id, struct member *member);

#endif
