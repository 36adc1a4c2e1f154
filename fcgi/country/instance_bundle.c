/* SPDX-License-Identifier: Apache-2.0
 *
 * From the database's bundle_digest to a loaded bundle, and a demonstration's edits taken
 * over; see instance_bundle.h. Loaded bundles are shared: workers share what was loaded
 * before they were forked. */
#include "instance_bundle.h"

#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "bundle_store.h"
#include "model/instance_meta.h"
#include "told.h"
#include "upgrade.h"

#define BUNDLES_MAX 64

/* A loaded copy and how many instances hold it; one that nobody holds stays until room is needed. */
struct shelf { char dir[PATH_MAX]; struct bundle *bundle; int holders; };
static struct shelf shelf[BUNDLES_MAX];

void instance_bundle_log(void *data, bool is_error, const char *file, int line, int column, const char *message)
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

static enum err take_copy(struct bundle **bundle, const char *dir, struct why *why)
{
	for (size_t i = 0; i < BUNDLES_MAX; i++)
		if (shelf[i].bundle && !strcmp(shelf[i].dir, dir)) {
			shelf[i].holders++;
			*bundle = shelf[i].bundle;
			return OK;
		}
	struct bundle *fresh = bundle_load(dir, instance_bundle_log, NULL);
	if (!fresh)
		return fail(why, ERR_CONFIG, "the bundle has errors: run compass check %s", dir);
	struct shelf *place = free_place();
	if (!place) {
		bundle_free(fresh);
		return fail(why, ERR_INTERNAL, "more than %d bundles are open", BUNDLES_MAX);
	}
	fresh->told = told_load(fresh->arena, fresh);
	malloc_trim(0);                 /* reading took several times what is kept */
	*place = (struct shelf){ .bundle = fresh, .holders = 1 };
	snprintf(place->dir, sizeof place->dir, "%s", dir);
	*bundle = fresh;
	return OK;
}

void instance_bundle_give_back(struct bundle *bundle)
{
	for (size_t i = 0; bundle && i < BUNDLES_MAX; i++)
		if (shelf[i].bundle == bundle)
			shelf[i].holders--;
}

/* ---- what the database names ---- */

char *instance_bundle_folder(struct arena *arena, const struct instance *instance)
{
	return arena_printf(arena, "%s/country-configs/%s", compass_home(), instance->bundle_name);
}

static enum err note_digest(struct instance *x, const char *digest, struct why *why)
{
	if (x->program == DB_PORTAL || db_is_reading(x->db))
		return OK;
	enum err err = db_begin(x->db, why);
	if (err == OK)
		err = instance_set(x->db, why, "bundle_digest", digest);
	if (err == OK)
		return db_commit(x->db, why);
	db_rollback(x->db);
	return err;
}

/* From before there were copies, or its copy was lost while the folder is still the same. */
static enum err copy_folder(struct instance *x, struct arena *arena, struct why *why)
{
	char digest[DIGEST_LEN];
	const char *folder = instance_bundle_folder(arena, x);
	enum err err = bundle_folder_digest(folder, digest, why);
	if (err == OK && !bundle_store_has(digest, x->bundle_name))
		err = bundle_store_put(folder, digest, why);
	if (err != OK)
		return err;
	if (*x->bundle_digest && strcmp(x->bundle_digest, digest) != 0)
		return fail(why, ERR_CONFIG, "the copy of its bundle that %s runs on is gone from %s/bundles, and the folder has changed since", x->name, compass_var());
	snprintf(x->bundle_digest, sizeof x->bundle_digest, "%s", digest);
	return note_digest(x, digest, why);
}

/* A copy that an older program made may lack what this one wants; a demonstration then takes its folder. */
static enum err take_folder(struct instance *x, struct arena *arena, struct why *why)
{
	char digest[DIGEST_LEN];
	struct why again = { 0 };
	if (!x->is_demo || bundle_store_put(instance_bundle_folder(arena, x), digest, &again) != OK || !strcmp(digest, x->bundle_digest))
		return why->code;
	if (take_copy(&x->bundle, bundle_store_dir(arena, digest, x->bundle_name), &again) != OK)
		return why->code;
	*why = (struct why){ 0 };
	snprintf(x->bundle_digest, sizeof x->bundle_digest, "%s", digest);
	return note_digest(x, digest, why);
}

static enum err take(struct instance *x, struct arena *arena, struct why *why)
{
	enum err err = OK;
	if (!instance_name_is_valid(x->bundle_name))
		return fail(why, ERR_INTERNAL, "instance %s names no bundle", x->name);
	if (!bundle_store_has(x->bundle_digest, x->bundle_name))
		err = copy_folder(x, arena, why);
	if (err == OK)
		err = take_copy(&x->bundle, bundle_store_dir(arena, x->bundle_digest, x->bundle_name), why);
	return err == ERR_CONFIG ? take_folder(x, arena, why) : err;
}

enum err instance_bundle_take(struct instance *instance, struct why *why)
{
	struct arena *arena = arena_new(1u << 20);
	enum err err = take(instance, arena, why);
	if (err == OK)
		snprintf(instance->loaded_digest, sizeof instance->loaded_digest, "%s", instance->bundle_digest);
	arena_free(arena);
	return err;
}

/* ---- between requests ---- */

/* A copy that cannot be loaded never takes a running instance down: the old one stays, the log says why. */
void instance_bundle_follow(struct instance *x)
{
	struct bundle *old = x->bundle;
	struct why why = { 0 };
	if (!strcmp(x->loaded_digest, x->bundle_digest))
		return;
	x->edit_refused[0] = 0;
	if (instance_bundle_take(x, &why) == OK) {
		instance_bundle_give_back(old);
		return;
	}
	x->bundle = old;
	snprintf(x->loaded_digest, sizeof x->loaded_digest, "%s", x->bundle_digest);
	log_failure(&why, x->name);
}

/* Another worker may have taken it over, or a reset gone back. */
static enum err read_digest(struct instance *x, struct why *why)
{
	struct instance_facts facts;
	enum err err = instance_facts_load(x->db, why, &facts);
	if (err == OK)
		snprintf(x->bundle_digest, sizeof x->bundle_digest, "%s", facts.bundle_digest);
	if (err == OK)
		instance_bundle_follow(x);
	return err;
}

static enum err take_over(struct instance *x, const char *folder, const char *digest, struct why *why)
{
	enum err err = read_digest(x, why);
	if (err != OK || !strcmp(digest, x->bundle_digest))
		return err;
	err = upgrade_live(x, folder, why);
	return err == OK ? read_digest(x, why) : err;
}

/* Every mistake with its file and line, where a folder does not even read as a bundle. */
static void log_mistakes(const char *folder)
{
	struct bundle *bundle = bundle_load(folder, instance_bundle_log, NULL);
	bundle_free(bundle);
}

/* What cannot be taken over is looked at again when the folder changes once more. */
static void take_edit(struct instance *x, struct arena *arena)
{
	char digest[DIGEST_LEN];
	struct why why = { 0 };
	const char *folder = instance_bundle_folder(arena, x);
	enum err err = bundle_folder_digest(folder, digest, &why);
	if (err != OK)
		digest_hex(why.detail, strlen(why.detail), digest);
	if (!strcmp(digest, x->bundle_digest) || !strcmp(digest, x->edit_refused))
		return;
	if (err == OK)
		err = take_over(x, folder, digest, &why);
	else
		log_mistakes(folder);
	if (err == OK || err == ERR_BUSY)
		return;
	snprintf(x->edit_refused, sizeof x->edit_refused, "%s", digest);
	log_failure(&why, "the edited bundle is not taken over");
}

void instance_bundle_take_edit(struct instance *x)
{
	if (!x->is_demo || x->program == DB_PORTAL)
		return;
	struct arena *arena = arena_new(1u << 20);
	take_edit(x, arena);
	arena_free(arena);
}

bool instance_bundle_is_behind(const struct instance *x)
{
	char digest[DIGEST_LEN];
	struct why why = { 0 };
	struct arena *arena = arena_new(1u << 20);
	bool is_behind = bundle_folder_digest(instance_bundle_folder(arena, x), digest, &why) == OK && strcmp(digest, x->bundle_digest) != 0;
	arena_free(arena);
	return is_behind;
}
