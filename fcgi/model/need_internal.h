/* SPDX-License-Identifier: Apache-2.0
 *
 * For assessment_submit.c: numbering a need or strength without event and audit. */
#ifndef MODEL_NEED_INTERNAL_H
#define MODEL_NEED_INTERNAL_H

#include "need.h"

/* Inside a transaction; sets the number: the next one of its kind. Rows are never deleted, so none is used twice. */
enum err need_insert(const struct context *c, int64_t casefile_id, struct need *need);

#endif
