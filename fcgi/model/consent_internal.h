/* SPDX-License-Identifier: Apache-2.0
 *
 * For intake.c: a consent's row without event and audit. */
#ifndef MODEL_CONSENT_INTERNAL_H
#define MODEL_CONSENT_INTERNAL_H

#include "consent.h"

/* Inside a transaction; sets seq. */
enum err consent_insert(const struct context *c, int64_t casefile_id, struct consent *consent);

#endif
