/* SPDX-License-Identifier: Apache-2.0
 *
 * Transactions: writers queue on a file lock in front of BEGIN IMMEDIATE, so that nobody
 * sleeps while the turn is free (architecture.md, "Speed, as measured"); begin … commit
 * nests; the log is folded back into the database outside the lock. And the copy of a
 * whole database. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/time.h>
#include <unistd.h>

#include "db_internal.h"

#define QUEUE_WAIT_S 5
#define WAL_SOME 1000     /* pages: fold back beside the other writers */
#define WAL_MANY 8000     /* pages: fold back before anybody else writes */

/* An instance's database queues; a copy in the making has one writer and no lock beside it. */
static enum err open_lock(struct db *db, struct why *why)
{
	char path[sizeof db->path + 16];
	const char *slash = strrchr(db->path, '/');
	const char *base = slash != NULL ? slash + 1 : db->path;
	if (strcmp(base, "case.db") != 0)
		return OK;
	snprintf(path, sizeof path, "%.*swrite.lock", (int)(base - db->path), db->path);
	db->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
	return db->lock_fd >= 0 ? OK : fail(why, err_from_errno(errno), "%s: %s", path, strerror(errno));
}

static void on_alarm(int signal)
{
	(void)signal;
}

/* The kernel serves waiters in turn; the timer only guards against a holder that was stopped. */
static enum err wait_for_turn(struct db *db, struct why *why)
{
	struct sigaction ours = { .sa_handler = on_alarm }, before;
	struct itimerval timer = { .it_value = { .tv_sec = QUEUE_WAIT_S }, .it_interval = { .tv_usec = 100000 } }, old;
	sigaction(SIGALRM, &ours, &before);
	setitimer(ITIMER_REAL, &timer, &old);
	int rc = flock(db->lock_fd, LOCK_EX);
	int errnum = errno;
	setitimer(ITIMER_REAL, &old, NULL);
	sigaction(SIGALRM, &before, NULL);
	if (rc == 0)
		return OK;
	return fail(why, errnum == EINTR ? ERR_BUSY : err_from_errno(errnum), "write lock: %s", strerror(errnum));
}

enum err db_take_turn(struct db *db, struct why *why)
{
	if (db->has_turn)
		return OK;
	enum err err = db->lock_fd >= 0 ? OK : open_lock(db, why);
	if (err == OK && db->lock_fd >= 0 && flock(db->lock_fd, LOCK_EX | LOCK_NB) != 0)
		err = wait_for_turn(db, why);
	db->has_turn = err == OK;
	return err;
}

void db_give_turn(struct db *db)
{
	if (db->has_turn && db->lock_fd >= 0)
		flock(db->lock_fd, LOCK_UN);
	db->has_turn = false;
}

enum err db_begin_read(struct db *db, struct why *why)
{
	if (db->depth > 0) {
		db->depth++;
		return OK;
	}
	enum err err = db_run(db, why, SQL("BEGIN"), "");
	if (err == OK)
		db->depth = 1;
	return err;
}

bool db_is_reading(const struct db *db)
{
	return db != NULL && db->depth > 0 && !db->is_writing;
}

void db_end_read(struct db *db)
{
	struct why why = { 0 };
	if (!db_is_reading(db))
		return;
	db->depth = 1;
	if (db_commit(db, &why) != OK)
		db_rollback(db);
}

enum err db_begin(struct db *db, struct why *why)
{
	if (db->depth > 0) {
		if (!db->is_writing || db->is_doomed)
			return fail(why, ERR_INTERNAL, db->is_doomed ? "write after a rollback" : "write inside a read transaction");
		db->depth++;
		return OK;
	}
	enum err err = db_take_turn(db, why);
	if (err != OK)
		return err;
	if ((err = db_run(db, why, SQL("BEGIN IMMEDIATE"), "")) != OK) {
		db_give_turn(db);
		return err;
	}
	db->is_writing = true;
	db->depth = 1;
	return OK;
}

static void fold_log(struct db *db)
{
	sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	db->wal_pages = 0;
}

static void leave(struct db *db)
{
	bool was_writing = db->is_writing;
	if (was_writing && db->wal_pages > WAL_MANY)
		fold_log(db);
	db->is_writing = db->is_doomed = false;
	db->depth = 0;
	if (was_writing)
		db_give_turn(db);
	if (was_writing && db->wal_pages > WAL_SOME)
		fold_log(db);
}

enum err db_commit(struct db *db, struct why *why)
{
	if (db->depth == 0)
		return fail(why, ERR_INTERNAL, "commit without a transaction");
	if (db->depth > 1) {
		db->depth--;
		return db->is_doomed ? fail(why, ERR_INTERNAL, "commit after a rollback") : OK;
	}
	if (db->is_doomed) {
		leave(db);
		return fail(why, ERR_INTERNAL, "commit after a rollback");
	}
	enum err err = db_run(db, why, SQL("COMMIT"), "");
	if (err != OK && !sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	leave(db);
	return err;
}

void db_rollback(struct db *db)
{
	if (db->depth == 0)
		return;
	if (!sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	db->is_doomed = true;
	if (--db->depth == 0)
		leave(db);
}

/* ---- copies ---- */

static enum err copy_pages(struct db *from, struct db *to, struct why *why)
{
	sqlite3_backup *backup = sqlite3_backup_init(to->handle, "main", from->handle, "main");
	if (backup == NULL)
		return db_fail(to, why, sqlite3_errcode(to->handle), "backup");
	int rc, tries = 0;
	while ((rc = sqlite3_backup_step(backup, -1)) == SQLITE_BUSY || rc == SQLITE_LOCKED) {
		if (++tries > 2000)
			break;
		sqlite3_sleep(2);
	}
	int end = sqlite3_backup_finish(backup);
	if (rc != SQLITE_DONE)
		return db_fail(to, why, rc, "backup");
	return end == SQLITE_OK ? OK : db_fail(to, why, end, "backup");
}

enum err db_copy(struct db *db, const char *path, struct why *why)
{
	struct db *to;
	enum err err = db_open_raw(&to, path, DB_TOOL, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, why);
	if (err != OK)
		return err;
	/* A copy in the making is nobody's yet; it becomes one file, without a log beside it. */
	err = db_relax(to, why);
	if (err == OK)
		err = copy_pages(db, to, why);
	if (err == OK)
		err = db_exec(to, why, "PRAGMA journal_mode=DELETE");
	db_close(to);
	return err;
}

enum err db_copy_file(const char *from, const char *path, struct why *why)
{
	struct db *db;
	enum err err = db_open_raw(&db, from, DB_TOOL, SQLITE_OPEN_READWRITE, why);
	if (err != OK)
		return err;
	err = db_copy(db, path, why);
	db_close(db);
	return err;
}

enum err db_overwrite(struct db *db, const char *path, struct why *why)
{
	struct db *from;
	if (db->depth > 0)
		return fail(why, ERR_INTERNAL, "overwrite inside a transaction");
	enum err err = db_open_raw(&from, path, DB_TOOL, SQLITE_OPEN_READWRITE, why);
	if (err != OK)
		return err;
	bool had_turn = db->has_turn;
	if ((err = db_take_turn(db, why)) == OK) {
		err = copy_pages(from, db, why);
		fold_log(db);
		if (!had_turn)
			db_give_turn(db);
	}
	db_close(from);
	return err;
}
