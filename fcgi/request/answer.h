/* SPDX-License-Identifier: Apache-2.0
 *
 * One request from its first byte to the last of its reply. */
#ifndef REQUEST_ANSWER_H
#define REQUEST_ANSWER_H

#include "exchange.h"
#include "worker.h"

/* Never fails: whatever happens becomes a page. */
void answer(struct worker *worker, const struct exchange *x);

#endif
