/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting failed sign-ins by user name, case number and address, over a window. */
#ifndef MODEL_THROTTLE_H
#define MODEL_THROTTLE_H

#include "context.h"

#define THROTTLE_WINDOW_S 900
#define THROTTLE_NAME 5
#define THROTTLE_ADDRESS 30

/* ERR_THROTTLED when kind/name ("user", "case") or the address has failed too often. */
enum err throttle_check(const struct context *c, const char *kind, const char *name, const char *remote);
/* Notes one failure of both. Inside a transaction. */
enum err throttle_failed(const struct context *c, const char *kind, const char *name, const char *remote);
/* Forgets the name's failures after a success; the address keeps its own. Inside a transaction. */
enum err throttle_passed(const struct context *c, const char *kind, const char *name);

#endif
