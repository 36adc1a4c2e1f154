/* SPDX-License-Identifier: Apache-2.0
 *
 * What every staff page shows around its own content: the demonstration bar, the menu by
 * permission and module, languages, theme. Given to the site as fill_layout. */
#ifndef STAFF_PAGES_LAYOUT_H
#define STAFF_PAGES_LAYOUT_H

#include "request/request.h"

void staff_fill_layout(struct request *r);

#endif
