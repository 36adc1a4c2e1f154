/* SPDX-License-Identifier: Apache-2.0
 *
 * The landing page "/": a gallery over all instances. Its one field is `country`, the name
 * of the instance whose people are shown. */
#ifndef STAFF_PAGES_LANDING_H
#define STAFF_PAGES_LANDING_H

#include "request/request.h"

enum err page_landing(struct request *r);

#endif
