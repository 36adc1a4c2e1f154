/* SPDX-License-Identifier: Apache-2.0
 *
 * Going back: the database that an upgrade kept becomes the instance's again, in one step
 * that readers see at once or not at all. The state left is kept beside it. */
#include "upgrade.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "model/audit.h"
#include "model/session.h"
#include "sweep.h"
#include "upgrade_files.h"
#include "words.h"

char *work_sentence(struct arena *arena, const struct work_done *done)
{
	return arena_printf(arena, "%lld × %s: %s", (long long)done->n, tr(done->object), tr(done->action));
}

static struct context context_of(struct instance *x, struct arena *arena, struct actor *actor, struct why *why)
{
	struct context c = { .db = x->db, .arena = arena, .why = why, .dir = x->dir, .zone = x->bundle->zone };
	return context_system(&c, actor, instance_now(x));
}

enum err rollback_open(struct rollback *r, struct instance *x, struct arena *arena, struct why *why)
{
	struct actor *actor = arena_new_of(arena, struct actor);
	struct context c = context_of(x, arena, actor, why);
	*r = (struct rollback){ 0 };
	enum err err = bundle_change_last(&c, "upgrade", &r->change);
	if (err == OK && access(upgrade_before_file(arena, x, r->change->id), R_OK) != 0)
		err = fail(why, ERR_NOT_FOUND, "the database before the last upgrade of %s is not kept any more", x->name);
	return err == OK ? work_since(&c, r->change->audit_id, &r->work) : err;
}

/* What is signed out now stays so: going back must not open a session that somebody closed. */
static enum err drop_sessions(const char *path, struct db *now, struct arena *arena, struct why *why)
{
	struct db *db = NULL;
	enum err err = db_open(&db, path, DB_TOOL, why);
	if (err == OK)
		err = session_drop_ended(now, db, arena, why);
	db_close(db);
	return err;
}

/* The kept database once more, brought to this program's schema. */
static enum err prepare(struct instance *x, const char *from, const char *path, struct arena *arena, struct why *why)
{
	sweep_left(x->dir, "rollback-");
	enum err err = db_copy_file(from, path, why);
	if (err == OK)
		err = db_migrate(path, why);
	return err == OK ? drop_sessions(path, x->db, arena, why) : err;
}

static void remove_copy(const char *path)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char one[PATH_MAX + 8];
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		snprintf(one, sizeof one, "%s%s", path, endings[i]);
		unlink(one);
	}
}

/* Nobody writes from the last look at what was done to the new content. */
static enum err go_back(struct instance *x, bool with_discard, const char *path, struct arena *arena, struct why *why)
{
	struct rollback r;
	enum err err = rollback_open(&r, x, arena, why);
	if (err == OK && r.work.changes && !with_discard)
		return fail(why, ERR_CONFLICT, "%lld changes were made since the upgrade", (long long)r.work.changes);
	if (err == OK)
		err = upgrade_keep_database(x->db, upgrade_after_file(arena, x), why);
	if (err == OK)
		err = prepare(x, upgrade_before_file(arena, x, r.change->id), path, arena, why);
	if (err == OK)
		err = audit_seal_cut(x->dir, r.change->audit_id - 1, why);
	if (err == OK)
		err = db_overwrite(x->db, path, why);
	if (err == OK)
		unlink(upgrade_before_file(arena, x, r.change->id));
	return err;
}

/* The log goes on from where it was, with the line that says what happened; it is absorbed like a view. */
static void note(struct instance *x, const struct actor *actor, struct arena *arena)
{
	struct why why = { 0 };
	struct actor system;
	struct context c = context_of(x, arena, &system, &why);
	if (actor)
		c.actor = actor;
	if (audit_note(&c, "rollback", "bundle", x->bundle_name, 0, audit_detail(&c, "left", "rolled-back.db", NULL)) != OK)
		log_failure(&why, "rollback");
}

enum err rollback_apply(struct instance *x, bool with_discard, const struct actor *actor, struct why *why)
{
	struct arena *arena = arena_new((size_t)64 << 20);
	const char *path = arena_printf(arena, "%s/rollback-%d.db", x->dir, (int)getpid());
	enum err err = audit_absorb(x->db, x->dir, why, NULL);
	if (err == OK)
		err = db_take_turn(x->db, why);
	if (err == OK)
		err = go_back(x, with_discard, path, arena, why);
	db_give_turn(x->db);
	remove_copy(path);
	if (err == OK)
		note(x, actor, arena);
	arena_free(arena);
	return err;
}
