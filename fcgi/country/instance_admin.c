/* SPDX-License-Identifier: Apache-2.0
 *
 * Instances from birth to removal; see instance_admin.h. A folder with a leading dot is one
 * being made or removed: instance_list never shows it. */
#include "instance_admin.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "bundle_store.h"
#include "model/audit.h"
#include "model/instance_meta.h"
#include "model/session.h"
#include "sweep.h"

static enum err make_folder(const char *path, struct why *why)
{
	if (mkdir(path, 0770) == 0 || errno == EEXIST)
		return OK;
	return fail(why, err_from_errno(errno), "%s: %s", path, strerror(errno));
}

/* A folder or a file. */
static enum err sync_path(const char *path, struct why *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc = fd >= 0 ? fsync(fd) : -1;

	if (fd >= 0)
		close(fd);
	return rc == 0 ? OK : fail(why, err_from_errno(errno), "%s: %s", path, strerror(errno));
}

/* What makers and removers that were killed have left. */
static void sweep_instances(void)
{
	char folder[PATH_MAX];

	snprintf(folder, sizeof folder, "%s/instances", compass_var());
	sweep_left(folder, ".new-");
	sweep_left(folder, ".gone-");
}

/* ---- making ---- */

static enum err write_meta(struct instance *x, const struct new_instance *n, struct why *why)
{
	char number[24];
	enum err err = instance_set(x->db, why, "bundle", n->bundle);

	if (err == OK)
		err = instance_set(x->db, why, "bundle_digest", x->bundle_digest);
	if (err == OK)
		err = instance_set(x->db, why, "bundle_version", x->bundle->version ? x->bundle->version : "");
	if (err == OK)
		err = instance_set(x->db, why, "mode", n->is_demo ? "demo" : "trial");
	if (err == OK)
		err = instance_set_int(x->db, why, "clock_offset_s", x->clock_offset_s);
	if (err == OK)
		err = instance_set_int(x->db, why, "clock_start", n->is_demo ? n->clock_start : 0);
	if (err == OK)
		err = instance_set_int(x->db, why, "scale", n->scale);
	snprintf(number, sizeof number, "%llu", (unsigned long long)n->seed);
	return err == OK ? instance_set(x->db, why, "seed", number) : err;
}

static enum err fill(struct instance *x, const struct new_instance *n, struct why *why)
{
	char path[sizeof x->dir + 16];
	enum err err = write_meta(x, n, why);

	if (err == OK && n->fill)
		err = n->fill(x, n->data, why);
	if (err == OK) {
		snprintf(path, sizeof path, "%s/seed.db", x->dir);
		err = db_copy(x->db, path, why);
	}
	return err;
}

static void say_nothing(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	struct why *why = data;

	if (is_error && why->code == OK)
		fail(why, ERR_INVALID, "%s:%d:%d: %s", file, line, column, message);
}

/* The instance's files in a folder of their own, not yet under their name. */
static enum err build_aside(struct instance *x, const struct new_instance *n, struct why *why)
{
	char path[sizeof x->dir + 16], dir[PATH_MAX];
	enum err err;

	snprintf(dir, sizeof dir, "%s/country-configs/%s", compass_home(), n->bundle);
	if ((err = bundle_store_put(dir, x->bundle_digest, why)) != OK)
		return err;
	snprintf(dir, sizeof dir, "%s/bundles/%s/%s", compass_var(), x->bundle_digest, n->bundle);
	x->bundle = bundle_load(dir, say_nothing, why);
	if (!x->bundle)
		return why->code != OK ? why->code : fail(why, ERR_INVALID, "the bundle %s cannot be loaded", n->bundle);
	if ((err = make_folder(x->dir, why)) != OK)
		return err;
	snprintf(path, sizeof path, "%s/attachments", x->dir);
	if ((err = make_folder(path, why)) != OK)
		return err;
	snprintf(path, sizeof path, "%s/case.db", x->dir);
	if ((err = db_migrate(path, why)) != OK || (err = db_open(&x->db, path, DB_TOOL, why)) != OK || (err = db_relax(x->db, why)) != OK)
		return err;
	return fill(x, n, why);
}

static enum err bring_log_back(const char *dir, struct why *why)
{
	char path[PATH_MAX + 16];

	snprintf(path, sizeof path, "%s/case.db", dir);
	return db_migrate(path, why);
}

/* What was written without waiting for the disk is on it before it gets its name. */
static enum err sync_all(const char *dir, struct why *why)
{
	static const char *const names[] = {"case.db", "seed.db", ""};
	enum err err = OK;

	for (size_t i = 0; err == OK && i < sizeof names / sizeof *names; i++) {
		char path[PATH_MAX + 16];
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		err = sync_path(path, why);
	}
	return err;
}

static enum err put_in_place(const char *from, const char *name, struct why *why)
{
	char to[PATH_MAX], folder[PATH_MAX];

	snprintf(folder, sizeof folder, "%s/instances", compass_var());
	snprintf(to, sizeof to, "%s/instances/%s", compass_var(), name);
	if (rename(from, to) != 0)
		return errno == ENOTEMPTY || errno == EEXIST ? fail(why, ERR_CONFLICT, "there is an instance %s already", name)
		                                             : fail(why, err_from_errno(errno), "%s: %s", to, strerror(errno));
	return sync_path(folder, why);
}

enum err instance_create(const struct new_instance *n, struct why *why)
{
	struct instance x = {.is_demo = n->is_demo, .program = DB_TOOL};
	struct why ignored = {0};
	char folder[PATH_MAX], taken[PATH_MAX];
	enum err err;

	snprintf(x.name, sizeof x.name, "%s", n->name);
	snprintf(folder, sizeof folder, "%s/instances", compass_var());
	snprintf(taken, sizeof taken, "%s/instances/%s", compass_var(), n->name);
	snprintf(x.dir, sizeof x.dir, "%s/instances/.new-%s-%d", compass_var(), n->name, (int)getpid());
	if (access(taken, F_OK) == 0)
		return fail(why, ERR_CONFLICT, "there is an instance %s already", n->name);
	if ((err = make_folder(compass_var(), why)) != OK || (err = make_folder(folder, why)) != OK)
		return err;
	sweep_instances();
	if (n->is_demo && n->clock_start)
		x.clock_offset_s = n->clock_start - clock_system();
	err = build_aside(&x, n, why);
	db_close(x.db);
	if (err == OK)
		err = bring_log_back(x.dir, why);
	bundle_free(x.bundle);
	if (err == OK)
		err = sync_all(x.dir, why);
	if (err == OK)
		err = put_in_place(x.dir, n->name, why);
	if (err != OK)
		delete_folder(x.dir, &ignored);
	return err;
}

/* ---- reset ---- */

/* What outlives a reset: who is signed in; and the clock starts again. */
static enum err carry(struct instance *x, struct db *fresh, struct why *why)
{
	struct arena *arena = arena_new((size_t)64 << 20);
	int64_t start = 0;
	enum err err = session_carry(x->db, fresh, arena, why);

	if (err == OK)
		err = instance_get_int(fresh, why, "clock_start", 0, &start);
	if (err == OK)
		err = instance_set_int(fresh, why, "clock_offset_s", start ? start - clock_system() : 0);
	arena_free(arena);
	return err;
}

static enum err copy_seed(const char *dir, const char *path, struct why *why)
{
	char seed[PATH_MAX + 16];

	snprintf(seed, sizeof seed, "%s/seed.db", dir);
	if (access(seed, R_OK) != 0)
		return fail(why, ERR_NOT_FOUND, "%s: %s", seed, strerror(errno));
	return db_copy_file(seed, path, why);
}

static enum err prepare(struct instance *x, const char *path, struct why *why)
{
	struct db *fresh = NULL;
	enum err err;

	sweep_left(x->dir, "reset-");
	if ((err = copy_seed(x->dir, path, why)) == OK && (err = db_migrate(path, why)) == OK)
		err = db_open(&fresh, path, DB_TOOL, why);
	if (err == OK)
		err = carry(x, fresh, why);
	db_close(fresh);
	return err;
}

/* The chain begins anew: what was spooled or sealed belonged to the state that is gone. */
static void forget_audit_files(const struct instance *x)
{
	DIR *dir = opendir(x->dir);

	for (struct dirent *entry; dir && (entry = readdir(dir)); ) {
		char path[PATH_MAX];
		bool is_audit = strncmp(entry->d_name, "audit.", 6) == 0;
		if (is_audit && snprintf(path, sizeof path, "%s/%s", x->dir, entry->d_name) < (int)sizeof path)
			unlink(path);
	}
	if (dir)
		closedir(dir);
}

/* Nobody writes between the first look at the sessions and the new content. */
static enum err reset(struct instance *x, const char *path, struct why *why)
{
	enum err err = db_take_turn(x->db, why);

	if (err == OK)
		err = prepare(x, path, why);
	if (err == OK)
		err = db_overwrite(x->db, path, why);
	if (err == OK)
		forget_audit_files(x);
	db_give_turn(x->db);
	unlink(path);
	return err;
}

enum err instance_reset(const char *name, struct why *why)
{
	struct instance *x;
	char path[PATH_MAX];
	enum err err = instance_open(&x, name, DB_TOOL, why);

	if (err != OK)
		return err;
	snprintf(path, sizeof path, "%s/reset-%d.db", x->dir, (int)getpid());
	err = x->is_demo ? reset(x, path, why) : fail(why, ERR_FORBIDDEN, "%s is a trial: its data are real and are not reset", name);
	instance_close(x);
	return err;
}

/* ---- copies ---- */

static enum err start_clock(const char *path, struct why *why)
{
	struct db *db = NULL;
	int64_t start = 0;
	enum err err = db_migrate(path, why);

	if (err == OK)
		err = db_open(&db, path, DB_TOOL, why);
	if (err == OK)
		err = instance_get_int(db, why, "clock_start", 0, &start);
	if (err == OK)
		err = instance_set_int(db, why, "clock_offset_s", start ? start - clock_system() : 0);
	db_close(db);
	return err;
}

/* The copy's own reset starts from the same seed: one more name for its file. */
static enum err share_seed(const char *from, const char *to, struct why *why)
{
	char old[PATH_MAX + 16], new[PATH_MAX + 16];

	snprintf(old, sizeof old, "%s/seed.db", from);
	snprintf(new, sizeof new, "%s/seed.db", to);
	return link(old, new) == 0 ? OK : copy_seed(from, new, why);
}

static enum err build_copy(const struct instance *x, const char *dir, struct why *why)
{
	char path[PATH_MAX + 16];
	enum err err = make_folder(dir, why);

	snprintf(path, sizeof path, "%s/attachments", dir);
	if (err == OK)
		err = make_folder(path, why);
	snprintf(path, sizeof path, "%s/case.db", dir);
	if (err == OK)
		err = copy_seed(x->dir, path, why);
	if (err == OK)
		err = start_clock(path, why);
	return err == OK ? share_seed(x->dir, dir, why) : err;
}

enum err instance_copy(const char *name, const char *copy, struct why *why)
{
	struct instance *x;
	struct why ignored = {0};
	char dir[PATH_MAX], taken[PATH_MAX];
	enum err err = instance_open(&x, name, DB_TOOL, why);

	if (err != OK)
		return err;
	snprintf(dir, sizeof dir, "%s/instances/.new-%s-%d", compass_var(), copy, (int)getpid());
	snprintf(taken, sizeof taken, "%s/instances/%s", compass_var(), copy);
	sweep_instances();
	if (!x->is_demo)
		err = fail(why, ERR_FORBIDDEN, "%s is a trial: its data are real and are not copied", name);
	else if (access(taken, F_OK) == 0)
		err = fail(why, ERR_CONFLICT, "there is an instance %s already", copy);
	if (err == OK && (err = build_copy(x, dir, why)) == OK && (err = sync_all(dir, why)) == OK)
		err = put_in_place(dir, copy, why);
	if (err != OK)
		delete_folder(dir, &ignored);
	instance_close(x);
	return err;
}

/* ---- removal ---- */

enum err instance_remove(const char *name, struct why *why)
{
	char from[PATH_MAX], aside[PATH_MAX];

	if (!instance_name_is_valid(name))
		return fail(why, ERR_NOT_FOUND, "no instance %s", name);
	sweep_instances();
	snprintf(from, sizeof from, "%s/instances/%s", compass_var(), name);
	snprintf(aside, sizeof aside, "%s/instances/.gone-%s-%d", compass_var(), name, (int)getpid());
	if (rename(from, aside) != 0)
		return errno == ENOENT ? fail(why, ERR_NOT_FOUND, "there is no instance %s", name)
		                       : fail(why, err_from_errno(errno), "%s: %s", from, strerror(errno));
	return delete_folder(aside, why);
}

/* ---- the clock ---- */

enum err instance_clock_move(struct instance *instance, int64_t seconds, struct why *why)
{
	enum err err = db_begin(instance->db, why);

	if (err == OK && (err = instance_set_int(instance->db, why, "clock_offset_s", instance->clock_offset_s + seconds)) == OK)
		err = db_commit(instance->db, why);
	else
		db_rollback(instance->db);
	if (err == OK)
		instance->clock_offset_s += seconds;
	return err;
}

enum err instance_next_due(struct instance *instance, int64_t *seconds, struct why *why)
{
	int64_t now = instance_now(instance), visit_at, at;
	char today[DATE_LEN], due_on[DATE_LEN];
	const char *zone = instance->bundle->zone;

	date_of_instant(now, zone, today);
	enum err err = instance_next(instance->db, why, now, today, &visit_at, due_on);
	if (err != OK)
		return err;
	at = due_on[0] ? instant_of(due_on, 9 * 60, zone) : INT64_MAX;
	if (visit_at && visit_at < at)
		at = visit_at;
	if (at == INT64_MAX || at <= now)
		return fail(why, ERR_NOT_FOUND, "nothing falls due");
	*seconds = at - now;
	return OK;
}
