/* SPDX-License-Identifier: Apache-2.0
 *
 * Which bundle an instance runs on. It is always a copy (bundle_store.h), named by the row
 * bundle_digest; the copy is loaded once however many instances run on it. A demonstration
 * takes an edit of its folder over by itself unless stored rows would have to move; a trial
 * waits for `compass upgrade`. Shared by instance.c and instance_admin.c. */
#ifndef COUNTRY_INSTANCE_BUNDLE_H
#define COUNTRY_INSTANCE_BUNDLE_H

#include "instance.h"

/* Takes the copy that the instance's database names; an instance from before there were copies gets its folder's. */
enum err instance_bundle_take(struct instance *instance, struct why *why);
/* NULL is allowed. */
void instance_bundle_give_back(struct bundle *bundle);
/* Takes the copy that the database names now, when it is another. */
void instance_bundle_follow(struct instance *instance);
/* A demonstration takes an edit of its folder over, outside of any transaction; the portal leaves that to the staff site. */
void instance_bundle_take_edit(struct instance *instance);
/* The folder under country-configs that the instance was made from. */
char *instance_bundle_folder(struct arena *arena, const struct instance *instance);
/* Is the folder another than what the instance runs on, and does it load? For a page that offers the upgrade. */
bool instance_bundle_is_behind(const struct instance *instance);

/* A bundle_problem_fn that writes errors, and no warnings, to the log; data is not used. */
void instance_bundle_log(void *data, bool is_error, const char *file, int line, int column, const char *message);

#endif
