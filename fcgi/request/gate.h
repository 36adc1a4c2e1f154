/* SPDX-License-Identifier: Apache-2.0
 *
 * The gate: everything that must hold before a handler runs, in one order, in one place. */
#ifndef REQUEST_GATE_H
#define REQUEST_GATE_H

#include "exchange.h"
#include "request.h"

#define BODY_ORDINARY (1u << 20)
#define BODY_UPLOAD (12u << 20)

/* OK: the handler may run, unless is_answered: the gate itself has replied (a redirect). */
enum err gate_pass(struct request *r, const struct exchange *x, bool *is_answered);
/* After the handler: a page about a case that is shown is one view in the audit log. */
enum err gate_shown(struct request *r);

#endif
