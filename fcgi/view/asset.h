/* SPDX-License-Identifier: Apache-2.0
 *
 * Static files by their plain name. staff/static/build.sh writes them to build/static with
 * a hash of the content in the name, and a manifest of "plain hashed" lines. */
#ifndef VIEW_ASSET_H
#define VIEW_ASSET_H

#include "base/err.h"

/* Reads the manifest. A missing one is no error: pages then have no look, and the log says so. */
enum err asset_open(const char *manifest_path, struct why *why);
/* "/static/app.1f3b….css" for "app.css"; "" when that file was not built (no fonts, no icons). */
const char *asset_url(const char *name);

#endif
