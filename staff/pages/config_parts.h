/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages about the configuration share. */
#ifndef STAFF_PAGES_CONFIG_PARTS_H
#define STAFF_PAGES_CONFIG_PARTS_H

#include "request/request.h"

/* A card with a table under Sections; the caller adds columns and rows. */
struct vnode *config_table(struct request *r, const char *id, const char *title);

#endif
