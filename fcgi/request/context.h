/* SPDX-License-Identifier: Apache-2.0
 *
 * The model's context of a request: struct context c = request_context(r). */
#ifndef REQUEST_CONTEXT_H
#define REQUEST_CONTEXT_H

#include "model/context.h"
#include "request.h"

struct context request_context(struct request *r);

#endif
