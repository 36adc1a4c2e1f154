/* SPDX-License-Identifier: Apache-2.0
 *
 * Instances: where they live, opening them, and seeing between requests that somebody
 * reset the database, moved the clock or edited the bundle. Bundles are shared: forty
 * sandboxes of one country hold one bundle, and workers share what was loaded before
 * they were forked. */
#include "instance.h"

#include <dirent.h>
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include "model/instance_meta.h"
#include "told.h"

#define BUNDLES_MAX 64

/* A loaded bundle and how many instances hold it; one that nobody holds stays until room is needed. */
struct shelf { char dir[PATH_MAX]; struct bundle *bundle; int holders; };
static struct shelf shelf[BUNDLES_MAX];

/* ---- bundles ---- */

static void log_problem(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	char where[64];
	(void)data;
	snprintf(where, sizeof where, "%d:%d", line, column);
	if (is_error)
		log_event(LOG_LEVEL_ERROR, "bundle", "file", file, "at", where, "message", message, NULL);
}

static struct shelf *free_place(void)
{
	for (size_t i = 0; i < BUNDLES_MAX; i++)
		if (!shelf[i].bundle)
			return &shelf[i];
	for (size_t i = 0; i < BUNDLES_MAX; i++)
		if (shelf[i].holders == 0) {
			bundle_free(shelf[i].bundle);
			shelf[i].bundle = NULL;
			return &shelf[i];
		}
	return NULL;
}

/* A bundle that was loaded before and has been broken since is better than none. */
static enum err take_old(struct bundle **bundle, struct shelf *old, const char *dir, struct why *why)
{
	if (!old)
		return fail(why, ERR_CONFIG, "the bundle has errors: run compass check %s", dir);
	bundle_stay(old->bundle, time(NULL));
	old->holders++;
	*bundle = old->bundle;
	return OK;
}

static enum err take_bundle(struct bundle **bundle, const char *dir, struct why *why)
{
	struct shelf *old = NULL;
	for (size_t i = 0; i < BUNDLES_MAX; i++) {
		if (!shelf[i].bundle || strcmp(shelf[i].dir, dir) != 0)
			continue;
		if (!bundle_is_stale(shelf[i].bundle)) {
			shelf[i].holders++;
			*bundle = shelf[i].bundle;
			return OK;
		}
		if (!old || shelf[i].holders > old->holders)
			old = &shelf[i];
	}
	struct bundle *fresh = bundle_load(dir, log_problem, NULL);
	if (!fresh)
		return take_old(bundle, old, dir, why);
	struct shelf *place = free_place();
	if (!place) {
		bundle_free(fresh);
		return fail(why, ERR_INTERNAL, "more than %d bundles are open", BUNDLES_MAX);
	}
	fresh->told = told_load(fresh->arena, fresh);
	malloc_trim(0);                 /* reading took several times what is kept */
	snprintf(place->dir, sizeof place->dir, "%s", dir);
	place->bundle = fresh;
	place->holders = 1;
	*bundle = fresh;
	return OK;
}

/* A bundle that changed on disk is never handed out again and goes with its last holder. */
static void give_back(struct bundle *bundle)
{
	for (size_t i = 0; bundle && i < BUNDLES_MAX; i++)
		if (shelf[i].bundle == bundle && --shelf[i].holders == 0 && bundle_is_stale(bundle)) {
			bundle_free(bundle);
			shelf[i].bundle = NULL;
		}
}

/* ---- opening ---- */

static enum err read_text(struct db *db, const char *key, char *out, size_t size, struct why *why)
{
	struct arena *arena = arena_new(1u << 16);
	const char *value = "";
	enum err err = instance_get(db, why, arena, key, &value);
	snprintf(out, size, "%s", value);
	arena_free(arena);
	return err;
}

static enum err read_meta(struct instance *instance, struct why *why)
{
	return instance_mode(instance->db, why, &instance->is_demo, &instance->clock_offset_s);
}

static enum err load_bundle(struct instance *instance, struct why *why)
{
	char name[64], dir[PATH_MAX];
	enum err err = read_text(instance->db, "bundle", name, sizeof name, why);
	if (err != OK)
		return err;
	if (!instance_name_is_valid(name))
		return fail(why, ERR_INTERNAL, "instance %s names no bundle", instance->name);
	snprintf(dir, sizeof dir, "%s/country-configs/%s", compass_home(), name);
	return take_bundle(&instance->bundle, dir, why);
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
		err = load_bundle(opened, why);
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
	give_back(instance->bundle);
	free(instance);
}

/* ---- between requests ---- */

/* A broken edit never takes a running instance down: the old bundle stays, the log says why. */
static void refresh_bundle(struct instance *instance)
{
	struct bundle *old = instance->bundle;
	struct why why = { 0 };
	if (!bundle_is_stale(old) || instance->bundle_tried_at == time(NULL))
		return;
	instance->bundle_tried_at = time(NULL);
	if (load_bundle(instance, &why) == OK)
		give_back(old);
	else
		instance->bundle = old;
}

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
		err = db_begin_read(instance->db, why);
	if (err == OK)
		err = read_meta(instance, why);
	if (err == OK)
		refresh_bundle(instance);
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
		if (instance_open(&instance, names[i], DB_TOOL, &why) == OK)
			instance_close(instance);
		else
			log_failure(&why, names[i]);
	}
	arena_free(arena);
}
