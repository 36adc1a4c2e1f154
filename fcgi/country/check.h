/* SPDX-License-Identifier: Apache-2.0
 *
 * bundle_load for authors: the same, and the bundle's own tests/ are run. */
#ifndef COUNTRY_CHECK_H
#define COUNTRY_CHECK_H

#include "bundle.h"

/* Every problem is reported, failed tests among them; NULL when there was an error. */
struct bundle *bundle_check(const char *dir, bundle_problem_fn *problem, void *data);

#endif
