/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies of bundles that instances run on: var/bundles/DIGEST/KEY/…, a parent beside its child as
 * in country-configs. A copy is named by its content and never changes, so that forty sandboxes share
 * one, and editing a bundle's folder changes no instance before somebody says so. */
#ifndef COUNTRY_BUNDLE_STORE_H
#define COUNTRY_BUNDLE_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"

/* Digest of a bundle's files, its parents' with them. Kept until a file changes, which is looked for at most once a
 * second; ERR_CONFIG when the folder cannot be read as a bundle. */
enum err bundle_folder_digest(const char *dir, char digest[DIGEST_LEN], struct why *why);
/* Copies the bundle of a folder and its parents, whole or not at all; nothing to do when the copy is there. */
enum err bundle_store_put(const char *dir, char digest[DIGEST_LEN], struct why *why);
/* The folder of a copy. */
char *bundle_store_dir(struct arena *arena, const char *digest, const char *key);
bool bundle_store_has(const char *digest, const char *key);
/* Removes copies older than an hour that no instance names, with what broken copying left. */
void bundle_store_sweep(void);

#endif
