/* SPDX-License-Identifier: Apache-2.0
 *
 * An instance: a bundle, one database and an attachments folder under
 * var/instances/<name>/ (COMPASS_VAR moves var). A worker keeps its instances open. */
#ifndef COUNTRY_INSTANCE_H
#define COUNTRY_INSTANCE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/digest.h"
#include "bundle.h"
#include "model/db.h"

struct instance {
	char name[64];                  /* [a-z0-9-]{1,40} */
	char dir[512];
	struct db *db;
	struct bundle *bundle;          /* the copy it runs on, see instance_bundle.h */
	char bundle_name[64];           /* folder under country-configs */
	char bundle_digest[DIGEST_LEN]; /* of the copy, as the database has it; "" before there were copies */
	char loaded_digest[DIGEST_LEN]; /* of `bundle` */
	char edit_refused[DIGEST_LEN];  /* demonstration: state of the folder that could not be taken over */
	bool is_demo;
	int64_t clock_offset_s;         /* instance's clock − machine's clock */
	enum db_program program;        /* how db was opened, for opening it again */
	int64_t db_inode;               /* of case.db: another one after a reset that replaced it */
};

/* var/ as an absolute path, and the product's own folder (COMPASS_HOME or found from the program's path). */
const char *compass_var(void);
const char *compass_home(void);
bool instance_name_is_valid(const char *name);
/* The folder of a bundle named on the command line: a name under country-configs, or a path. */
const char *bundle_folder(struct arena *arena, const char *name);
/* Opens one; ERR_NOT_FOUND when there is none of that name. DB_TOOL migrates an older database first. The caller closes it. */
enum err instance_open(struct instance **instance, const char *name, enum db_program program, struct why *why);
void instance_close(struct instance *instance);
/* For the next request: reopens the database after a reset, begins the read transaction in which the request sees one state,
 * takes the clock when it was moved and the bundle when another copy was taken over (a demonstration takes an edit by itself). Cheap. The caller ends the transaction; while it
 * is open nothing is refreshed again. */
enum err instance_refresh(struct instance *instance, struct why *why);
/* Seconds UTC on the instance's clock; COMPASS_NOW wins. */
int64_t instance_now(const struct instance *instance);
/* Before forking: migrates every instance's database and loads its bundle, so that workers share the memory and start at once.
 * Connections are closed again, each worker opens its own. Problems are logged. */
void instance_warm(void);
/* Names of all instances, sorted. */
size_t instance_list(struct arena *arena, const char ***names);

#endif
