/* SPDX-License-Identifier: Apache-2.0
 *
 * Migrations: schema/NNNN-what.sql, compiled in, run in order under PRAGMA user_version, one
 * transaction each, forward only. The only place that switches the database to WAL. */
#include <stdio.h>
#include <string.h>

#include "db_internal.h"

/* One row a file of schema/, in order; the files' bytes come by .incbin. */
#define MIGRATIONS(X) \
	X(0001, "0001-first.sql") \
	X(0002, "0002-casefile-reader.sql") \
	X(0003, "0003-bundle-change.sql") \
	X(0004, "0004-form-version-index.sql") \
	X(0005, "0005-casefile-total.sql")

#define X(number, file) \
	__asm__(".section .rodata\n.global migration_" #number "\nmigration_" #number ":\n" \
	        ".incbin \"fcgi/model/schema/" file "\"\n.byte 0\n.previous\n"); \
	extern const char migration_##number[];
MIGRATIONS(X)
#undef X

static const struct migration { const char *file, *sql; } migrations[] = {
#define X(number, file) { file, migration_##number },
	MIGRATIONS(X)
#undef X
};
#define N_MIGRATIONS ((int)(sizeof migrations / sizeof migrations[0]))

int db_newest_version(void)
{
	return N_MIGRATIONS;
}

enum err db_version(struct db *db, struct why *why, int *version)
{
	int64_t number = 0;
	enum err err = db_int(db, why, &number, SQL("PRAGMA user_version"), "");
	*version = (int)number;
	return err;
}

static enum err migrate_step(struct db *db, int version, struct why *why)
{
	char set[64];
	snprintf(set, sizeof set, "PRAGMA user_version=%d", version + 1);
	enum err err = db_begin(db, why);
	if (err == OK)
		err = db_exec(db, why, migrations[version].sql);
	if (err == OK)
		err = db_exec(db, why, set);
	if (err != OK) {
		db_rollback(db);
		return err;
	}
	return db_commit(db, why);
}

static enum err to_newest(struct db *db, struct why *why)
{
	int version = 0;
	enum err err = db_exec(db, why, "PRAGMA journal_mode=WAL");
	if (err == OK)
		err = db_version(db, why, &version);
	if (err == OK && version > N_MIGRATIONS)
		return fail(why, ERR_CONFLICT, "%s has schema %d, newer than this program's %d", db->path, version, N_MIGRATIONS);
	while (err == OK && version < N_MIGRATIONS)
		err = migrate_step(db, version++, why);
	return err;
}

enum err db_migrate(const char *path, struct why *why)
{
	struct db *db;
	enum err err = db_open_raw(&db, path, DB_TOOL, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, why);
	if (err != OK)
		return err;
	/* Migrations may make triggers and virtual tables of our own: DEFENSIVE allows that. */
	err = to_newest(db, why);
	db_close(db);
	return err;
}
