/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading the Cookie header. */
#ifndef REQUEST_COOKIE_H
#define REQUEST_COOKIE_H

#include "base/arena.h"

/* The raw value of the first cookie of that name, NULL when there is none. */
char *cookie_value(struct arena *arena, const char *header, const char *name);

#endif
