/* SPDX-License-Identifier: Apache-2.0
 *
 * The landing page "/": a gallery over all instances. Its one field is `country`, the name
 * of the instance whose people are shown. */
#ifndef STAFF_PAGES_LANDING_H
#define STAFF_PAGES_LANDING_H

#include "request/route.h"

handler page_landing;
extern const struct field landing_fields[];

#endif
