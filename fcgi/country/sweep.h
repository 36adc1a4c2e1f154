/* SPDX-License-Identifier: Apache-2.0
 *
 * What is made aside carries its maker's process number in its name until it is whole. A maker that
 * was killed leaves it lying: whoever works there next sweeps it away. */
#ifndef COUNTRY_SWEEP_H
#define COUNTRY_SWEEP_H

#include "base/err.h"

/* Deletes the files and folders of `folder` whose name begins with `prefix` and has the number of a process
 * that is no more ("-123" at the end, or before "." or "-"). Best effort: what cannot be deleted stays. */
void sweep_left(const char *folder, const char *prefix);
/* A folder with what is in it. A folder that is not there is no failure. */
enum err delete_folder(const char *path, struct why *why);

#endif
