/* SPDX-License-Identifier: Apache-2.0
 *
 * The staff site and its table of pages. */
#ifndef STAFF_ROUTES_H
#define STAFF_ROUTES_H

#include "request/route.h"

extern const struct route staff_routes[];
extern const struct site staff_site;

#endif
