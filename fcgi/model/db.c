/* SPDX-License-Identifier: Apache-2.0
 *
 * Connections and queries: opening with our settings, the statement cache, binding, rows.
 * Transactions are in db_write.c, migrations in db_migrate.c, who may what in authorizer.c. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/random.h"
#include "db_internal.h"

#define BUSY_TRIES 4000   /* of about 1.2 ms: 5 s */

/* SQLite's own busy timeout sleeps up to 100 ms a step and starves; short random naps do not. */
static int nap(void *data, int tries)
{
	(void)data;
	if (tries >= BUSY_TRIES)
		return 0;
	struct timespec ts = { .tv_nsec = 500000 + (long)random_below(1500000) };
	nanosleep(&ts, NULL);
	return 1;
}

static enum err err_of_io(struct db *db, int rc)
{
	int errnum = db->handle != NULL ? sqlite3_system_errno(db->handle) : errno;
	if (rc == SQLITE_CANTOPEN && errnum == ENOENT)
		return ERR_NOT_FOUND;
	return errnum != 0 ? err_from_errno(errnum) : ERR_IO;
}

static enum err err_of_constraint(int extended)
{
	switch (extended) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID: return ERR_CONFLICT;
	case SQLITE_CONSTRAINT_TRIGGER: return ERR_FORBIDDEN;
	default: return ERR_INTERNAL;
	}
}

enum err db_fail_at(struct db *db, struct why *why, int rc, const char *what, const char *file, int line)
{
	enum err code = ERR_INTERNAL;
	int extended = db->handle != NULL ? sqlite3_extended_errcode(db->handle) : rc;
	switch (rc & 0xff) {
	case SQLITE_BUSY: case SQLITE_LOCKED: case SQLITE_PROTOCOL: code = ERR_BUSY; break;
	case SQLITE_FULL: code = ERR_FULL; break;
	case SQLITE_READONLY: case SQLITE_PERM: code = ERR_READONLY; break;
	case SQLITE_IOERR: case SQLITE_CANTOPEN: code = err_of_io(db, rc & 0xff); break;
	case SQLITE_CORRUPT: case SQLITE_NOTADB: code = ERR_IO; break;
	case SQLITE_TOOBIG: code = ERR_TOO_LARGE; break;
	case SQLITE_CONSTRAINT: code = err_of_constraint(extended); break;
	case SQLITE_AUTH: code = ERR_FORBIDDEN; break;
	}
	return why_fail(why, code, file, line, "sqlite %d: %s: %.150s", extended,
	                db->handle != NULL ? sqlite3_errmsg(db->handle) : sqlite3_errstr(rc), what);
}

enum err db_exec(struct db *db, struct why *why, const char *sql)
{
	int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK ? OK : db_fail(db, why, rc, sql);
}

/* ---- opening ---- */

static int remember_wal(void *data, sqlite3 *handle, const char *name, int pages)
{
	(void)handle, (void)name;
	((struct db *)data)->wal_pages = pages;
	return SQLITE_OK;
}

/* The page cache stays small: the kernel keeps the file's pages for all workers together. */
static enum err set_up(struct db *db, struct why *why)
{
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_busy_handler(db->handle, nap, db);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024);
	sqlite3_wal_hook(db->handle, remember_wal, db);
	return db_exec(db, why, db->program == DB_TOOL
		? "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_size=-32000"
		: "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_size=-600");
}

enum err db_open_raw(struct db **out, const char *path, enum db_program program, int flags, struct why *why)
{
	struct db *db = calloc(1, sizeof *db);
	if (db == NULL)
		return fail(why, ERR_INTERNAL, "out of memory");
	db->program = program;
	db->lock_fd = -1;
	db->is_traced = getenv("COMPASS_TRACE") != NULL;
	*out = NULL;
	if (snprintf(db->path, sizeof db->path, "%s", path) >= (int)sizeof db->path) {
		free(db);
		return fail(why, ERR_INTERNAL, "path too long: %.100s", path);
	}
	int rc = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	enum err err = rc == SQLITE_OK ? set_up(db, why) : db_fail(db, why, rc, path);
	if (err != OK) {
		db_close(db);
		return err;
	}
	*out = db;
	return OK;
}

static enum err open_checked(struct db **out, const char *path, enum db_program program, int flags, struct why *why)
{
	struct db *db;
	int version = 0;
	enum err err = db_open_raw(&db, path, program, flags, why);
	if (err != OK)
		return err;
	if ((err = db_version(db, why, &version)) == OK && version != db_newest_version())
		err = fail(why, ERR_CONFLICT, "%s has schema %d, this program knows %d", path, version, db_newest_version());
	if (err == OK)
		err = authorizer_install(db, why);
	if (err != OK) {
		db_close(db);
		return err;
	}
	db->is_fixed = sqlite3_db_readonly(db->handle, "main") == 1;
	*out = db;
	return OK;
}

/* "file:PATH?immutable=1"; false when something is in the log beside it, which would be passed over. */
static bool fixed_uri(const char *path, char *uri, size_t size)
{
	struct stat log;
	size_t n = (size_t)snprintf(uri, size, "%s-wal", path);
	if (n >= size || (stat(uri, &log) == 0 && log.st_size > 0))
		return false;
	n = (size_t)snprintf(uri, size, "file:");
	for (; *path != '\0' && n + 20 < size; path++)
		n += (size_t)snprintf(uri + n, size - n, strchr("%?#", *path) != NULL ? "%%%02X" : "%c", (unsigned)*path);
	snprintf(uri + n, size - n, "?immutable=1");
	return *path == '\0';
}

enum err db_open(struct db **out, const char *path, enum db_program program, struct why *why)
{
	struct why first = { 0 }, second = { 0 };
	char uri[1100];
	*out = NULL;
	enum err err = open_checked(out, path, program, SQLITE_OPEN_READWRITE, &first);
	/* where nothing can be written there is no room for the log's index either: the file alone is read */
	if (err == ERR_READONLY && fixed_uri(path, uri, sizeof uri) &&
	    open_checked(out, uri, program, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, &second) == OK) {
		snprintf((*out)->path, sizeof (*out)->path, "%s", path);
		return OK;
	}
	return err == OK ? OK : why_fail(why, err, first.file, first.line, "%s", first.detail);
}

bool db_is_outdated(const struct db *db)
{
	char folder[sizeof db->path];
	snprintf(folder, sizeof folder, "%s", db->path);
	char *slash = strrchr(folder, '/');
	if (slash != NULL)
		*slash = '\0';
	return db->is_fixed && access(db->path, W_OK) == 0 && access(slash != NULL ? folder : ".", W_OK) == 0;
}

static void forget(struct rows *rows)
{
	sqlite3_finalize(rows->stmt);
	free(rows);
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	if (db->handle != NULL) {
		db_recover(db);
		for (size_t i = 0; i < CACHE_SLOTS; i++)
			if (db->cache[i] != NULL)
				forget(db->cache[i]);
		sqlite3_close_v2(db->handle);
	}
	if (db->lock_fd >= 0)
		close(db->lock_fd);
	free(db);
}

enum err db_relax(struct db *db, struct why *why)
{
	return db_exec(db, why, "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000");
}

void db_limit_to_casefile(struct db *db, int64_t casefile_id)
{
	db->casefile_limit = casefile_id;
}

void db_limit_to_number(struct db *db, const char *number)
{
	snprintf(db->door_number, sizeof db->door_number, "%s", number);
}

/* Not PRAGMA query_only: switching it makes SQLite prepare every statement anew, which is most of a
 * page's cost. SQLite itself says of each statement whether it may write. */
void db_read_only(struct db *db, bool on)
{
	db->is_read_only = on;
}

/* ---- the statement cache ---- */

static size_t slot_of(const char *sql)
{
	return (size_t)(((uintptr_t)sql * UINT64_C(0x9E3779B97F4A7C15)) >> 40) & (CACHE_SLOTS - 1);
}

static struct rows *cached(struct db *db, const char *sql)
{
	for (size_t i = slot_of(sql); db->cache[i] != NULL; i = (i + 1) & (CACHE_SLOTS - 1))
		if (db->cache[i]->sql == sql)
			return db->cache[i];
	return NULL;
}

static void insert(struct db *db, struct rows *rows)
{
	size_t i = slot_of(rows->sql);
	while (db->cache[i] != NULL)
		i = (i + 1) & (CACHE_SLOTS - 1);
	db->cache[i] = rows;
	db->n_cached++;
}

/* Drops the older half of what is not running, and puts the rest into place again. */
static void make_room(struct db *db)
{
	struct rows *kept[CACHE_SLOTS];
	size_t n = 0;
	uint64_t sum = 0;
	for (size_t i = 0; i < CACHE_SLOTS; i++)
		if (db->cache[i] != NULL)
			sum += db->cache[i]->used;
	uint64_t mean = sum / db->n_cached;
	for (size_t i = 0; i < CACHE_SLOTS; i++) {
		struct rows *rows = db->cache[i];
		db->cache[i] = NULL;
		if (rows == NULL)
			continue;
		if (rows->is_active || rows->used > mean)
			kept[n++] = rows;
		else
			forget(rows);
	}
	db->n_cached = 0;
	for (size_t i = 0; i < n; i++)
		insert(db, kept[i]);
}

static struct rows *prepare(struct db *db, struct why *why, const char *sql, bool is_spare)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v3(db->handle, sql, -1, is_spare ? 0 : SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
	if (rc != SQLITE_OK || stmt == NULL) {
		db_fail(db, why, rc == SQLITE_OK ? SQLITE_MISUSE : rc, sql);
		return NULL;
	}
	struct rows *rows = calloc(1, sizeof *rows);
	if (rows == NULL)
		BUG("out of memory");
	*rows = (struct rows){ .stmt = stmt, .sql = sql, .db = db, .is_spare = is_spare };
	return rows;
}

static struct rows *statement(struct db *db, struct why *why, const char *sql)
{
	struct rows *rows = cached(db, sql);
	if (rows != NULL && rows->is_active) {
		rows = prepare(db, why, sql, true);
		if (rows != NULL) {
			rows->next_spare = db->spare;
			db->spare = rows;
		}
	} else if (rows == NULL) {
		if (db->n_cached >= CACHE_MAX)
			make_room(db);
		if ((rows = prepare(db, why, sql, false)) != NULL)
			insert(db, rows);
	}
	if (rows != NULL)
		rows->used = ++db->tick;
	return rows;
}

static void trace(const struct rows *rows, uint64_t steps, uint64_t scanned)
{
	char text[2][24];
	snprintf(text[0], sizeof text[0], "%" PRIu64, steps);
	snprintf(text[1], sizeof text[1], "%" PRIu64, scanned);
	log_event(LOG_LEVEL_DEBUG, "statement", "steps", text[0], "scanned", text[1], "sql", rows->sql, NULL);
}

static void count_cost(const struct rows *rows)
{
	struct db *db = rows->db;
	uint64_t steps = (uint64_t)sqlite3_stmt_status(rows->stmt, SQLITE_STMTSTATUS_VM_STEP, 1);
	uint64_t scanned = (uint64_t)sqlite3_stmt_status(rows->stmt, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
	db->cost.statements++;
	db->cost.steps += steps;
	db->cost.scanned += scanned;
	if (db->is_traced)
		trace(rows, steps, scanned);
}

static void finish(struct rows *rows)
{
	sqlite3_reset(rows->stmt);
	count_cost(rows);
	sqlite3_clear_bindings(rows->stmt);
	rows->is_active = false;
	if (!rows->is_spare)
		return;
	for (struct rows **at = &rows->db->spare; *at != NULL; at = &(*at)->next_spare)
		if (*at == rows) {
			*at = rows->next_spare;
			break;
		}
	forget(rows);
}

void db_cost_clear(struct db *db)
{
	db->cost = (struct db_cost){ 0 };
}

struct db_cost db_cost(const struct db *db)
{
	return db->cost;
}

void db_recover(struct db *db)
{
	while (db->spare != NULL)
		finish(db->spare);
	for (size_t i = 0; i < CACHE_SLOTS; i++)
		if (db->cache[i] != NULL && db->cache[i]->is_active)
			finish(db->cache[i]);
	while (db->depth > 0)
		db_rollback(db);
	db_read_only(db, false);
}

/* ---- binding and running ---- */

static int bind_text(sqlite3_stmt *stmt, int i, const char *text)
{
	return text != NULL ? sqlite3_bind_text(stmt, i, text, -1, SQLITE_STATIC) : sqlite3_bind_null(stmt, i);
}

/* Texts are bound in place: they outlive the statement's run, which rows_close ends. */
static int bind(sqlite3_stmt *stmt, const char *types, va_list args)
{
	int rc = SQLITE_OK;
	if ((int)strlen(types) != sqlite3_bind_parameter_count(stmt))
		return SQLITE_RANGE;
	for (int i = 1; types[i - 1] != '\0' && rc == SQLITE_OK; i++) {
		switch (types[i - 1]) {
		case 'i': rc = sqlite3_bind_int64(stmt, i, va_arg(args, int64_t)); break;
		case 'd': rc = sqlite3_bind_double(stmt, i, va_arg(args, double)); break;
		case 's': rc = bind_text(stmt, i, va_arg(args, const char *)); break;
		case 'n': rc = sqlite3_bind_null(stmt, i); break;
		case 'b': {
			const void *bytes = va_arg(args, const void *);
			size_t size = va_arg(args, size_t);
			rc = sqlite3_bind_blob64(stmt, i, bytes, size, SQLITE_STATIC);
			break;
		}
		default: BUG("bind type %c", types[i - 1]);
		}
	}
	return rc;
}

static struct rows *query(struct db *db, struct why *why, const char *sql, const char *types, va_list args)
{
	struct rows *rows = statement(db, why, sql);
	if (rows == NULL)
		return NULL;
	if (db->is_read_only && !sqlite3_stmt_readonly(rows->stmt)) {
		fail(why, ERR_READONLY, "a page that only reads would write: %.150s", sql);
		finish(rows);
		return NULL;
	}
	int rc = bind(rows->stmt, types, args);
	if (rc != SQLITE_OK) {
		fail(why, rc == SQLITE_TOOBIG ? ERR_TOO_LARGE : ERR_INTERNAL, "bind \"%s\": %.150s", types, sql);
		finish(rows);
		return NULL;
	}
	rows->why = why;
	rows->is_active = true;
	rows->failed = rows->is_done = false;
	return rows;
}

struct rows *db_query(struct db *db, struct why *why, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	struct rows *rows = query(db, why, sql, types, args);
	va_end(args);
	return rows;
}

bool rows_next(struct rows *rows)
{
	if (rows == NULL || !rows->is_active || rows->is_done)
		return false;
	int rc = sqlite3_step(rows->stmt);
	rows->is_done = rc != SQLITE_ROW; /* another step would start it over */
	if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
		rows->failed = true;
		db_fail(rows->db, rows->why, rc, rows->sql);
	}
	return !rows->is_done;
}

enum err rows_close(struct rows *rows)
{
	if (rows == NULL)
		return ERR_INTERNAL;
	enum err err = rows->failed ? rows->why->code : OK;
	finish(rows);
	return err;
}

int64_t rows_int(struct rows *rows, int column)
{
	return sqlite3_column_int64(rows->stmt, column);
}

double rows_double(struct rows *rows, int column)
{
	return sqlite3_column_double(rows->stmt, column);
}

bool rows_is_null(struct rows *rows, int column)
{
	return sqlite3_column_type(rows->stmt, column) == SQLITE_NULL;
}

char *rows_text(struct rows *rows, int column, struct arena *arena)
{
	const unsigned char *text = sqlite3_column_text(rows->stmt, column);
	if (text == NULL)
		return NULL;
	return arena_strndup(arena, (const char *)text, (size_t)sqlite3_column_bytes(rows->stmt, column));
}

const void *rows_bytes(struct rows *rows, int column, size_t *size)
{
	const void *bytes = sqlite3_column_blob(rows->stmt, column);
	*size = (size_t)sqlite3_column_bytes(rows->stmt, column);
	return bytes;
}

enum err db_run(struct db *db, struct why *why, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	struct rows *rows = query(db, why, sql, types, args);
	va_end(args);
	if (rows == NULL)
		return why->code;
	while (rows_next(rows))
		;
	return rows_close(rows);
}

enum err db_int(struct db *db, struct why *why, int64_t *out, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	struct rows *rows = query(db, why, sql, types, args);
	va_end(args);
	if (rows == NULL)
		return why->code;
	bool found = rows_next(rows);
	if (found)
		*out = rows_int(rows, 0);
	enum err err = rows_close(rows);
	return err != OK ? err : found ? OK : ERR_NOT_FOUND;
}

enum err db_text(struct db *db, struct why *why, struct arena *arena, char **out, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	struct rows *rows = query(db, why, sql, types, args);
	va_end(args);
	if (rows == NULL)
		return why->code;
	bool found = rows_next(rows);
	if (found)
		*out = rows_text(rows, 0, arena);
	enum err err = rows_close(rows);
	return err != OK ? err : found ? OK : ERR_NOT_FOUND;
}

int db_changes(struct db *db)
{
	return sqlite3_changes(db->handle);
}

int64_t db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}
