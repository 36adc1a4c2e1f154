/* SPDX-License-Identifier: Apache-2.0
 *
 * What differs between two bundles, or between two versions of one: `compass diff`. */
#ifndef COUNTRY_BUNDLE_DIFF_H
#define COUNTRY_BUNDLE_DIFF_H

#include <stdbool.h>
#include <stddef.h>

enum difference { DIFFERENCE_ADDED, DIFFERENCE_REMOVED, DIFFERENCE_CHANGED };

/* file "workflow.json", path "stages/notice/deadline/days"; before or after is NULL where there was or is nothing. */
typedef void bundle_difference_fn(void *data, enum difference kind, const char *file, const char *path, const char *before, const char *after);
/* Compares both with their parents laid under. Each must be readable, not free of problems; false when one is not, said in words. */
bool bundle_diff(const char *dir_a, const char *dir_b, bundle_difference_fn *difference, void *data, char *problem, size_t size);

#endif
