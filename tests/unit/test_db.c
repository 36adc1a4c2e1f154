/* SPDX-License-Identifier: Apache-2.0
 *
 * The database verbs: migration, cache, nesting, errors in words, two connections, copies. */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "model/db.h"

struct fixture { char dir[64], path[80]; struct arena *arena; struct why why; struct db *db; };

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	strcpy(f->dir, "/tmp/cc-db-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof f->path, "%s/case.db", f->dir);
	f->arena = arena_new(1 << 20);
	if (db_migrate(f->path, &f->why) != OK) (print_error("%s\n", f->why.detail), _fail(__FILE__, __LINE__));
	assert_int_equal(db_open(&f->db, f->path, DB_STAFF, &f->why), OK);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	char command[100];
	db_close(f->db);
	arena_free(f->arena);
	snprintf(command, sizeof command, "rm -rf %s", f->dir);
	assert_int_equal(system(command), 0);
	free(f);
	return 0;
}

static enum err put(struct db *db, struct why *why, const char *key)
{
	return db_run(db, why, SQL("INSERT INTO instance (key, value) VALUES (?, 'x')"), "s", key);
}

static int64_t count(struct fixture *f)
{
	int64_t n = -1;
	assert_int_equal(db_int(f->db, &f->why, &n, SQL("SELECT count(*) FROM instance"), ""), OK);
	return n;
}

static void values_come_back(void **state)
{
	struct fixture *f = *state;
	struct rows *rows = db_query(f->db, &f->why, SQL("SELECT ?, ?, ?, ?, ?"), "idsnb", INT64_C(1) << 40, 0.5, "Ա", "\0\1", (size_t)2);
	assert_true(rows_next(rows));
	assert_int_equal(rows_int(rows, 0), INT64_C(1) << 40);
	assert_true(rows_double(rows, 1) == 0.5);
	assert_string_equal(rows_text(rows, 2, f->arena), "Ա");
	assert_true(rows_is_null(rows, 3));
	assert_null(rows_text(rows, 3, f->arena));
	size_t size;
	assert_memory_equal(rows_bytes(rows, 4, &size), "\0\1", 2);
	assert_int_equal(size, 2);
	assert_false(rows_next(rows));
	assert_int_equal(rows_close(rows), OK);
	int64_t none;
	assert_int_equal(db_int(f->db, &f->why, &none, SQL("SELECT 1 WHERE 0"), ""), ERR_NOT_FOUND);
}

static void a_running_statement_can_run_again(void **state)
{
	struct fixture *f = *state;
	int seen = 0;
	for (int round = 0; round < 3; round++) {
		struct rows *outer = NULL, *inner = NULL;
		struct rows **both[] = { &outer, &inner };
		for (int i = 0; i < 2; i++)
			*both[i] = db_query(f->db, &f->why, SQL("SELECT 1 UNION ALL SELECT 2"), "");
		while (rows_next(outer))
			while (rows_next(inner))
				seen++;
		assert_int_equal(rows_close(inner), OK);
		assert_int_equal(rows_close(outer), OK);
	}
	assert_int_equal(seen, 6);
}

static void transactions_nest(void **state)
{
	struct fixture *f = *state;
	int64_t before = count(f);
	assert_int_equal(db_begin(f->db, &f->why), OK);
	assert_int_equal(db_begin(f->db, &f->why), OK);
	assert_int_equal(put(f->db, &f->why, "a"), OK);
	assert_int_equal(db_commit(f->db, &f->why), OK);
	assert_int_equal(db_commit(f->db, &f->why), OK);
	assert_int_equal(count(f), before + 1);
	/* An inner rollback takes all with it. */
	assert_int_equal(db_begin(f->db, &f->why), OK);
	assert_int_equal(put(f->db, &f->why, "b"), OK);
	assert_int_equal(db_begin(f->db, &f->why), OK);
	db_rollback(f->db);
	assert_int_equal(db_commit(f->db, &f->why), ERR_INTERNAL);
	assert_int_equal(count(f), before + 1);
	struct why why = { 0 };
	assert_int_equal(db_begin_read(f->db, &why), OK);
	assert_int_equal(db_begin(f->db, &why), ERR_INTERNAL);
	db_recover(f->db);
	db_rollback(f->db);
}

static void errors_have_their_codes(void **state)
{
	struct fixture *f = *state;
	struct why why = { 0 };
	assert_int_equal(put(f->db, &why, "twice"), OK);
	assert_int_equal(put(f->db, &why, "twice"), ERR_CONFLICT);
	why = (struct why){ 0 };
	assert_int_equal(db_run(f->db, &why, SQL("INSERT INTO instance (key, value) VALUES ('k', NULL)"), ""), ERR_INTERNAL);
	db_read_only(f->db, true);
	why = (struct why){ 0 };
	assert_int_equal(put(f->db, &why, "never"), ERR_READONLY);
	db_read_only(f->db, false);
	why = (struct why){ 0 };
	assert_int_equal(db_run(f->db, &why, SQL("SELECT ?"), ""), ERR_INTERNAL);
	struct db *other;
	why = (struct why){ 0 };
	assert_int_equal(db_open(&other, "/tmp/no such file.db", DB_STAFF, &why), ERR_NOT_FOUND);
	assert_null(other);
}

static void a_full_file_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct db *tool;
	struct why why = { 0 };
	assert_int_equal(db_open(&tool, f->path, DB_TOOL, &why), OK);
	int64_t limit;
	assert_int_equal(db_int(tool, &why, &limit, "PRAGMA max_page_count=1", ""), OK);
	int64_t before = count(f);
	assert_int_equal(db_begin(tool, &why), OK);
	enum err err = OK;
	for (int i = 0; i < 5000 && err == OK; i++)
		err = db_run(tool, &why, SQL("INSERT INTO instance (key, value) VALUES ('fill' || ?, zeroblob(0) || printf('%0900d', ?))"), "ii", (int64_t)i, (int64_t)i);
	assert_int_equal(err, ERR_FULL);
	db_rollback(tool);
	assert_int_equal(count(f), before);
	db_close(tool);
}

static void schema_and_files_are_closed_to_staff(void **state)
{
	struct fixture *f = *state;
	static const char *const refused[] = {
		"DROP TABLE person", "CREATE TABLE x (a)", "ATTACH 'x' AS y", "PRAGMA journal_mode=DELETE", "DELETE FROM audit",
		"UPDATE audit SET actor = 'x'", "SELECT load_extension('x')", "INSERT INTO sqlite_schema VALUES (1,2,3,4,5)", "VACUUM"
	};
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct why why = { 0 };
		if (db_run(f->db, &why, refused[i], "") == OK)
			(print_error("%s\n", refused[i]), _fail(__FILE__, __LINE__));
	}
}

static void newer_schema_is_refused(void **state)
{
	struct fixture *f = *state;
	struct db *tool, *again;
	struct why why = { 0 };
	assert_int_equal(db_open(&tool, f->path, DB_TOOL, &why), OK);
	assert_int_equal(db_run(tool, &why, "PRAGMA user_version=999", ""), OK);
	db_close(tool);
	assert_int_equal(db_open(&again, f->path, DB_STAFF, &why), ERR_CONFLICT);
	why = (struct why){ 0 };
	assert_int_equal(db_migrate(f->path, &why), ERR_CONFLICT);
}

/* Eight writers read, check and write; each of 50 increments must arrive. */
static void writers_in_processes_all_arrive(void **state)
{
	struct fixture *f = *state;
	pid_t pids[8];
	assert_int_equal(db_run(f->db, &f->why, SQL("INSERT INTO instance (key, value) VALUES ('n', '0')"), ""), OK);
	for (int p = 0; p < 8; p++) {
		if ((pids[p] = fork()) != 0)
			continue;
		struct db *db;
		struct why why = { 0 };
		int bad = db_open(&db, f->path, DB_STAFF, &why) != OK;
		for (int i = 0; i < 50 && !bad; i++) {
			int64_t n = 0;
			bad = db_begin(db, &why) != OK || db_int(db, &why, &n, SQL("SELECT CAST(value AS INTEGER) FROM instance WHERE key = 'n'"), "") != OK
			   || db_run(db, &why, SQL("UPDATE instance SET value = CAST(? AS TEXT) WHERE key = 'n'"), "i", n + 1) != OK
			   || db_commit(db, &why) != OK;
		}
		_exit(bad);
	}
	for (int p = 0; p < 8; p++) {
		int status;
		waitpid(pids[p], &status, 0);
		assert_int_equal(status, 0);
	}
	int64_t n = 0;
	assert_int_equal(db_int(f->db, &f->why, &n, SQL("SELECT CAST(value AS INTEGER) FROM instance WHERE key = 'n'"), ""), OK);
	assert_int_equal(n, 400);
}

static void a_copy_goes_out_and_comes_back(void **state)
{
	struct fixture *f = *state;
	char copy[100];
	snprintf(copy, sizeof copy, "%s/seed.db", f->dir);
	assert_int_equal(put(f->db, &f->why, "kept"), OK);
	int64_t before = count(f);
	assert_int_equal(db_copy(f->db, copy, &f->why), OK);
	assert_int_equal(put(f->db, &f->why, "later"), OK);
	struct db *tool;
	assert_int_equal(db_open(&tool, f->path, DB_TOOL, &f->why), OK);
	assert_int_equal(db_overwrite(tool, copy, &f->why), OK);
	db_close(tool);
	assert_int_equal(count(f), before);
	assert_int_equal(put(f->db, &f->why, "after"), OK);
	assert_int_equal(count(f), before + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(values_come_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_running_statement_can_run_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(transactions_nest, set_up, tear_down),
		cmocka_unit_test_setup_teardown(errors_have_their_codes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_file_changes_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(schema_and_files_are_closed_to_staff, set_up, tear_down),
		cmocka_unit_test_setup_teardown(newer_schema_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(writers_in_processes_all_arrive, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_copy_goes_out_and_comes_back, set_up, tear_down),
	};
	return RUN_TESTS(tests);
}
