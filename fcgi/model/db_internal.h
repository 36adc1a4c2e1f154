/* SPDX-License-Identifier: Apache-2.0
 *
 * What db.c, db_write.c, db_migrate.c and authorizer.c share, and nobody else includes:
 * the connection with its statement cache and transaction state. */
#ifndef MODEL_DB_INTERNAL_H
#define MODEL_DB_INTERNAL_H

#include <sqlite3.h>

#include "db.h"

#define CACHE_SLOTS 512      /* power of two */
#define CACHE_MAX 160        /* prepared statements kept a connection; the least used goes first */

/* A cached statement, and while `is_active` the rows of its running query. */
struct rows {
	sqlite3_stmt *stmt;
	const char *sql;
	struct db *db;
	struct why *why;
	uint64_t used;           /* tick of the last use */
	bool is_active, is_done, failed;
	bool is_spare;           /* not cached: a second run of a statement that is already running */
	struct rows *next_spare;
};

struct db {
	sqlite3 *handle;
	enum db_program program;
	char path[512];
	int lock_fd;             /* the writers' queue, -1 until the first write */
	bool has_turn;           /* the writers' queue is ours */
	bool is_read_only;
	bool is_fixed;           /* the file cannot be written */
	bool is_writing;         /* the open transaction is a writer's */
	bool is_doomed;          /* an inner part rolled back: the rest can only be rolled back too */
	int depth;               /* of nested begin … commit */
	int wal_pages;           /* of the last commit */
	int64_t casefile_limit;  /* portal: the only case that exists; 0 none */
	char door_number[64];    /* portal: the case number somebody signs in with */
	struct db_cost cost;
	bool is_traced;          /* COMPASS_TRACE: each statement in the log */
	uint64_t tick;
	size_t n_cached;
	struct rows *cache[CACHE_SLOTS];
	struct rows *spare;
};

/* The code for an SQLite result, recorded in why with SQLite's message. */
enum err db_fail_at(struct db *db, struct why *why, int rc, const char *what, const char *file, int line);
#define db_fail(db, why, rc, what) db_fail_at((db), (why), (rc), (what), __FILE__, __LINE__)
enum err db_exec(struct db *db, struct why *why, const char *sql);
/* Opens the file with our settings, without version check or authorizer. */
enum err db_open_raw(struct db **out, const char *path, enum db_program program, int flags, struct why *why);
/* Number of the newest schema. */
int db_newest_version(void);
enum err db_version(struct db *db, struct why *why, int *version);
/* The portal's views and functions, then the program's authorizer. */
enum err authorizer_install(struct db *db, struct why *why);

#endif
