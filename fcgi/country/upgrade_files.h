/* SPDX-License-Identifier: Apache-2.0
 *
 * Databases kept beside an instance's own: before-upgrade-N.db, the state before upgrade N,
 * and rolled-back.db, the state that a rollback left. */
#ifndef COUNTRY_UPGRADE_FILES_H
#define COUNTRY_UPGRADE_FILES_H

#include "instance.h"

char *upgrade_before_file(struct arena *arena, const struct instance *instance, int64_t id);
char *upgrade_after_file(struct arena *arena, const struct instance *instance);
/* A copy of the database under a name, on the disk before the name is. */
enum err upgrade_keep_database(struct db *db, const char *path, struct why *why);
/* Removes the states before other upgrades than this one. */
void upgrade_forget_others(const struct instance *instance, int64_t id);

#endif
