/* SPDX-License-Identifier: Apache-2.0
 *
 * SQLite behind a dozen verbs; the only place that includes sqlite3.h. One
 * connection per worker and instance, opened after fork. SQL texts are string
 * literals inside SQL(): a prepared statement is cached by the literal's address. Values
 * are always bound; pass int64_t for i (a plain int is a mistake the compiler does not see).
 *
 * Types string of the bind list, one letter per `?`: i int64_t, d double, s const char *
 * (NULL binds NULL), b const void * and size_t, n nothing (binds NULL). */
#ifndef MODEL_DB_H
#define MODEL_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct db;
struct rows;

/* Every SQL text stands in SQL("…"): the literal then has one address for the statement cache, and is
 * listed in the section sql_texts, from where a test prepares all of them against an empty database. */
#define SQL(text) (__extension__({ \
	static const char sql_text_[] = text; \
	static const char *const sql_listed_ __attribute__((section("sql_texts"), used)) = sql_text_; \
	sql_text_; }))

/* Whose connection: decides the authorizer (authorizer.c). The portal's may read and
 * write only what a beneficiary may; DB_TOOL (command line, migrator) is unrestricted. */
enum db_program { DB_STAFF, DB_PORTAL, DB_COURIER, DB_TOOL };

/* Opens an existing, migrated database. Refuses one whose schema is newer or older. Where nothing can be
 * written it is opened for reading: writes fail with ERR_READONLY. */
enum err db_open(struct db **db, const char *path, enum db_program program, struct why *why);
/* Was it opened for reading only, and can be written now: open it again. */
bool db_is_outdated(const struct db *db);
/* NULL is allowed. */
void db_close(struct db *db);
/* Creates or migrates the file to the newest schema, sets WAL; one transaction per migration. */
enum err db_migrate(const char *path, struct why *why);
/* For a database in the making that nobody else sees: no log, no waiting for the disk, much memory. When it is done,
 * close it, db_migrate it (which brings the log back) and sync the file. */
enum err db_relax(struct db *db, struct why *why);
/* The portal's connection may see one case file only: what follows is limited to it, below the pages. 0 shuts all. */
void db_limit_to_casefile(struct db *db, int64_t casefile_id);
/* The portal's door: the one case number whose row the sign-in may look up before there is a limit. "" shuts it. */
void db_limit_to_number(struct db *db, const char *number);
/* On: a statement that would write is refused, for GET handlers. */
void db_read_only(struct db *db, bool on);

/* Starts a query. Read rows with rows_next; the rows reset themselves at the end or by rows_close.
 * NULL on failure, with `why` filled. */
struct rows *db_query(struct db *db, struct why *why, const char *sql, const char *types, ...);
/* True while there is a row. On error false, and `why` of the query is filled. */
bool rows_next(struct rows *rows);
/* OK when the rows ended by themselves; ends the query early otherwise. NULL gives ERR_INTERNAL. */
enum err rows_close(struct rows *rows);
int64_t rows_int(struct rows *rows, int column);
double rows_double(struct rows *rows, int column);
bool rows_is_null(struct rows *rows, int column);
/* Copied into the arena; NULL for SQL NULL. */
char *rows_text(struct rows *rows, int column, struct arena *arena);
/* Borrowed until the next rows_next; NULL for SQL NULL. For bytes. */
const void *rows_bytes(struct rows *rows, int column, size_t *size);

/* Runs a statement that returns nothing. */
enum err db_run(struct db *db, struct why *why, const char *sql, const char *types, ...);
/* First column of the first row; ERR_NOT_FOUND without a row (why is not filled then). */
enum err db_int(struct db *db, struct why *why, int64_t *out, const char *sql, const char *types, ...);
enum err db_text(struct db *db, struct why *why, struct arena *arena, char **out, const char *sql, const char *types, ...);
/* Rows changed by the last db_run. */
int db_changes(struct db *db);
int64_t db_last_id(struct db *db);

/* What the connection has done since db_cost_clear: a page's share in its log line, and what the tests hold it to. */
struct db_cost {
	unsigned statements;            /* runs of a statement, the transaction's own left out */
	uint64_t steps;                 /* of SQLite's virtual machine */
	uint64_t scanned;               /* rows stepped over in tables read from end to end */
};
void db_cost_clear(struct db *db);
struct db_cost db_cost(const struct db *db);

/* A read transaction for one page: all its queries see one state. */
enum err db_begin_read(struct db *db, struct why *why);
/* NULL is not. */
bool db_is_reading(const struct db *db);
/* Ends a read transaction whole, however deep; safe to call when nothing is open. */
void db_end_read(struct db *db);
/* A write: queues on the side file's flock, then BEGIN IMMEDIATE. Check again what you read before. */
enum err db_begin(struct db *db, struct why *why);
/* Transactions nest: an inner begin … commit is part of the outer one; an inner rollback dooms it. */
/* Ends either. After a failed commit everything is rolled back. */
enum err db_commit(struct db *db, struct why *why);
/* Safe to call when nothing is open. */
void db_rollback(struct db *db);
/* Resets every statement and rolls back: after a request that left by the arena's escape. */
void db_recover(struct db *db);

/* The writers' turn without a transaction, for work on the whole file; db_begin takes it by itself. */
enum err db_take_turn(struct db *db, struct why *why);
void db_give_turn(struct db *db);

/* A consistent copy of the whole database into path, by the backup API. */
enum err db_copy(struct db *db, const char *path, struct why *why);
/* The same of a file that nobody has open, whatever its schema. */
enum err db_copy_file(const char *from, const char *path, struct why *why);
/* The other way: the whole content becomes that of the file at path, in one step that readers see at once or not at all. */
enum err db_overwrite(struct db *db, const char *path, struct why *why);

#endif
