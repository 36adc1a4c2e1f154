/* SPDX-License-Identifier: Apache-2.0
 *
 * The housekeeper, a process of its own beside the workers. It opens a database only when
 * there is something to do, so that a reset or a removed instance meets no open file. */
#include "housekeeping.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "country/instance.h"
#include "model/audit.h"
#include "model/context.h"
#include "model/session.h"

#define TICK_S 2
#define EXPIRE_EVERY_S 300

static volatile sig_atomic_t is_stopping;

static void on_stop(int signal)
{
	(void)signal;
	is_stopping = 1;
}

static bool has_spooled(const char *dir)
{
	char path[600];
	struct stat st;

	snprintf(path, sizeof path, "%s/audit.spool", dir);
	return stat(path, &st) == 0 && st.st_size > 0;
}

static enum err expire(struct db *db, const char *dir, struct arena *arena, struct why *why)
{
	struct actor system = { .kind = ACTOR_SYSTEM, .username = "system", .name = "", .role = "", .office = "", .area = "", .now = clock_system() };
	struct context c = { .db = db, .arena = arena, .why = why, .actor = &system, .dir = dir };

	date_of_instant(system.now, NULL, system.today);
	return session_expire(&c);
}

static void keep(const char *name, struct arena *arena, bool with_expiry)
{
	char dir[512], path[600];
	struct why why = { 0 };
	struct db *db = NULL;
	enum err err = OK;

	snprintf(dir, sizeof dir, "%s/instances/%s", compass_var(), name);
	snprintf(path, sizeof path, "%s/case.db", dir);
	if (!with_expiry && !has_spooled(dir))
		return;
	err = db_open(&db, path, DB_TOOL, &why);
	if (!err && has_spooled(dir))
		err = audit_absorb(db, dir, &why, NULL);
	if (!err && with_expiry)
		err = expire(db, dir, arena, &why);
	/* a database that is busy or being reset is tried again at the next tick */
	if (err && err != ERR_BUSY && err != ERR_NOT_FOUND)
		log_failure(&why, "housekeeping");
	db_close(db);
}

void housekeeping_absorb(const char *instance)
{
	struct arena *arena = arena_new(1 << 20);

	keep(instance, arena, false);
	arena_free(arena);
}

static void tick(struct arena *arena, bool with_expiry)
{
	const char **names;
	size_t n = instance_list(arena, &names);

	for (size_t i = 0; i < n && !is_stopping; i++)
		keep(names[i], arena, with_expiry);
	arena_clear(arena);
}

void housekeeping_run(void)
{
	struct sigaction stop = { .sa_handler = on_stop }, ignore = { .sa_handler = SIG_IGN };
	struct timespec wait = { .tv_sec = TICK_S };
	struct arena *arena = arena_new(8 << 20);
	sigset_t none;

	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &ignore, NULL);
	sigaction(SIGHUP, &ignore, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (unsigned ticks = 0; !is_stopping; ticks++) {
		tick(arena, ticks % (EXPIRE_EVERY_S / TICK_S) == 0);
		nanosleep(&wait, NULL);
	}
	arena_free(arena);
}
