/* SPDX-License-Identifier: Apache-2.0
 *
 * The portal and its table of pages. */
#ifndef PORTAL_ROUTES_H
#define PORTAL_ROUTES_H

#include "request/route.h"

extern const struct route portal_routes[];
extern const struct site portal_site;

#endif
