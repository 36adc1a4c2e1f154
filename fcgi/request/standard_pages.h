/* SPDX-License-Identifier: Apache-2.0
 *
 * Handlers that both sites have: rows of their route tables name them. */
#ifndef REQUEST_STANDARD_PAGES_H
#define REQUEST_STANDARD_PAGES_H

#include "route.h"

/* GET healthz, global: 200 and "ok N instances" when every database opens and reads, else 503 naming those that do not. */
handler page_health;
/* POST logout. */
handler page_logout;

#endif
