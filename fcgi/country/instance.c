/* SPDX-License-Identifier: Apache-2.0
 *
 * Instances: where they live, opening them, and seeing between requests that somebody
 * reset the database, moved the clock or took another bundle over (instance_bundle.c). */
#include "instance.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/log.h"
#include "instance_bundle.h"
#include "model/instance_meta.h"

/* ---- opening ---- */

static enum err read_meta(struct instance *instance, struct why *why)
{
	struct instance_facts facts;
	enum err err = instance_facts_load(instance->db, why, &facts);
	if (err != OK)
		return err;
	snprintf(instance->bundle_name, sizeof instance->bundle_name, "%s", facts.bundle);
	snprintf(instance->bundle_digest, sizeof instance->bundle_digest, "%s", facts.bundle_digest);
	instance->clock_offset_s = facts.clock_offset_s;
	instance->is_demo = !strcmp(facts.mode, "demo");
	return OK;
}

static void note_file(struct instance *instance)
{
	char path[sizeof instance->dir + 16];
	struct stat st;
	snprintf(path, sizeof path, "%s/case.db", instance->dir);
	bool is_there = stat(path, &st) == 0;
	instance->db_inode = is_there ? (int64_t)st.st_ino : 0;
}

static enum err open_database(struct instance *instance, struct why *why)
{
	char path[sizeof instance->dir + 16];
	snprintf(path, sizeof path, "%s/case.db", instance->dir);
	if (access(path, F_OK) != 0)
		return fail(why, ERR_NOT_FOUND, "no instance %s", instance->name);
	note_file(instance);
	enum err err = instance->program == DB_TOOL ? db_migrate(path, why) : OK;
	return err == OK ? db_open(&instance->db, path, instance->program, why) : err;
}

enum err instance_open(struct instance **instance, const char *name, enum db_program program, struct why *why)
{
	if (!instance_name_is_valid(name))
		return fail(why, ERR_NOT_FOUND, "no instance name");
	struct instance *opened = calloc(1, sizeof *opened);
	if (!opened)
		BUG("out of memory");
	snprintf(opened->name, sizeof opened->name, "%s", name);
	snprintf(opened->dir, sizeof opened->dir, "%s/instances/%s", compass_var(), name);
	opened->program = program;
	enum err err = open_database(opened, why);
	if (err == OK)
		err = read_meta(opened, why);
	if (err == OK)
		err = instance_bundle_take(opened, why);
	if (err != OK) {
		instance_close(opened);
		return err;
	}
	*instance = opened;
	return OK;
}

void instance_close(struct instance *instance)
{
	if (!instance)
		return;
	db_close(instance->db);
	instance_bundle_give_back(instance->bundle);
	free(instance);
}

/* ---- between requests ---- */

static enum err refresh_database(struct instance *instance, struct why *why)
{
	int64_t inode = instance->db_inode;
	note_file(instance);
	if (instance->db_inode == inode && instance->db && !db_is_outdated(instance->db))
		return OK;
	db_close(instance->db);
	instance->db = NULL;
	return open_database(instance, why);
}

enum err instance_refresh(struct instance *instance, struct why *why)
{
	enum err err = OK;
	if (db_is_reading(instance->db))
		return OK;
	err = refresh_database(instance, why);
	if (err == OK)
		instance_bundle_take_edit(instance);
	if (err == OK)
		err = db_begin_read(instance->db, why);
	if (err == OK)
		err = read_meta(instance, why);
	if (err == OK)
		instance_bundle_follow(instance);
	return err;
}

int64_t instance_now(const struct instance *instance)
{
	const char *pinned = getenv("COMPASS_NOW");
	return clock_system() + (pinned && *pinned ? 0 : instance->clock_offset_s);
}

void instance_warm(void)
{
	struct arena *arena = arena_new(1u << 20);
	const char **names;
	size_t n = instance_list(arena, &names);
	for (size_t i = 0; i < n; i++) {
		struct instance *instance;
		struct why why = { 0 };
		if (instance_open(&instance, names[i], DB_TOOL, &why) != OK) {
			log_failure(&why, names[i]);
			continue;
		}
		instance_bundle_take_edit(instance);
		instance_close(instance);
	}
	arena_free(arena);
}
