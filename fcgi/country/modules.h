/* SPDX-License-Identifier: Apache-2.0
 *
 * Module switches of a bundle: presets by level of case management, and which module
 * cannot be without which other. */
#ifndef COUNTRY_MODULES_H
#define COUNTRY_MODULES_H

#include <stddef.h>

#include "model/permission.h"

/* Bits of the modules that are on at level 1 information, 2 referral, 3 casework. */
uint64_t modules_of_level(int level);

/* Pairs of "has" and "needs", n of them. */
struct module_need { enum module has, needs; };
const struct module_need *module_needs(size_t *n);

#endif
