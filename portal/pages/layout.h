/* SPDX-License-Identifier: Apache-2.0
 *
 * What every portal page shows around its own content. Given to the site as fill_layout. */
#ifndef PORTAL_PAGES_LAYOUT_H
#define PORTAL_PAGES_LAYOUT_H

#include "request/request.h"

void portal_fill_layout(struct request *r);

#endif
