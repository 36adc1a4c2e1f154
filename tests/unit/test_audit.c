/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit: a chain that shows any change, and views absorbed exactly once whatever dies when. */
#include "model_fixture.h"

#include <signal.h>
#include <sys/wait.h>

static struct audit_check verify(struct fixture *f, const char *head)
{
	struct audit_check check;
	HOLDS(f, audit_verify(f->db, f->dir, head, &f->why, &check));
	return check;
}

static void tamper(struct fixture *f, const char *sql)
{
	struct db *tool;
	HOLDS(f, db_open(&tool, f->path, DB_TOOL, &f->why));
	HOLDS(f, db_run(tool, &f->why, "DROP TRIGGER IF EXISTS audit_no_update", ""));
	HOLDS(f, db_run(tool, &f->why, "DROP TRIGGER IF EXISTS audit_no_delete", ""));
	HOLDS(f, db_run(tool, &f->why, sql, ""));
	db_close(tool);
}

static int64_t rows(struct fixture *f)
{
	int64_t n = -1;
	HOLDS(f, db_int(f->db, &f->why, &n, SQL("SELECT count(*) FROM audit"), ""));
	return n;
}

static void changes_make_a_chain(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	HOLDS(f, casefile_set_level(&f->c, family->id, 2, "calmer \"now\"\n"));
	struct audit_check check = verify(f, NULL);
	assert_int_equal(check.broken_id, 0);
	assert_int_equal(check.rows, rows(f));
	char *detail = NULL;
	HOLDS(f, db_text(f->db, &f->why, f->arena, &detail, SQL("SELECT detail ->> 'reason' FROM audit ORDER BY id DESC LIMIT 1"), ""));
	assert_string_equal(detail, "calmer \"now\"\n");
	assert_int_equal(verify(f, check.head).broken_id, 0);
}

static void the_log_cannot_be_written_over(void **state)
{
	struct fixture *f = *state;
	struct db *tool;
	struct why why = { 0 };
	HOLDS(f, db_open(&tool, f->path, DB_TOOL, &f->why));
	assert_int_equal(db_run(tool, &why, "UPDATE audit SET actor = 'x'", ""), ERR_FORBIDDEN);
	why = (struct why){ 0 };
	assert_int_equal(db_run(tool, &why, "DELETE FROM audit", ""), ERR_FORBIDDEN);
	db_close(tool);
}

static void every_kind_of_tampering_shows(void **state)
{
	static const struct { const char *sql; int64_t broken; } cases[] = {
		{ "UPDATE audit SET actor = 'someone' WHERE id = 3", 3 }, { "UPDATE audit SET at = at + 1 WHERE id = 1", 1 },
		{ "UPDATE audit SET detail = '{}', digest = digest WHERE id = 2", 2 }, { "DELETE FROM audit WHERE id = 3", 4 },
		{ "UPDATE audit SET casefile_id = 7 WHERE id = 4", 4 },
		{ "INSERT INTO audit SELECT 7, at, machine_at, actor, user_id, action, object, object_key, casefile_id, detail, previous, digest FROM audit WHERE id = 6", 7 },
	};
	struct fixture *f = *state;
	fixture_family(f);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char copy[100];
		snprintf(copy, sizeof copy, "%s/copy.db", f->dir);
		HOLDS(f, db_copy(f->db, copy, &f->why));
		struct fixture other = *f;
		strcpy(other.path, copy);
		HOLDS(f, db_open(&other.db, copy, DB_TOOL, &f->why));
		tamper(&other, cases[i].sql);
		struct audit_check check = verify(&other, NULL);
		assert_int_equal(check.broken_id, cases[i].broken);
		assert_non_null(check.problem);
		db_close(other.db);
		unlink(copy);
	}
}

static void a_cut_tail_shows_by_the_seal(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	HOLDS(f, audit_view(&f->c, "casefile", family->number, family->id));
	HOLDS(f, audit_absorb(f->db, f->dir, &f->why, NULL));
	struct audit_check check = verify(f, NULL);
	assert_int_equal(check.broken_id, 0);
	tamper(f, "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)");
	assert_int_equal(verify(f, NULL).broken_id, check.head_id);
	/* Without the seal file only who noted the head can tell. */
	char seal[100];
	snprintf(seal, sizeof seal, "%s/audit.seal", f->dir);
	unlink(seal);
	assert_int_equal(verify(f, NULL).broken_id, 0);
	assert_int_equal(verify(f, check.head).broken_id, check.head_id);
}

static void views_are_absorbed_once(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	int64_t before = rows(f);
	int absorbed = 0;
	for (int i = 0; i < 5; i++)
		HOLDS(f, audit_view(&f->c, "casefile", family->number, family->id));
	HOLDS(f, audit_note(&f->c, "export", "casefile", "tab\there\nline", family->id, "{\"why\":\"audit\"}"));
	assert_int_equal(rows(f), before);
	HOLDS(f, audit_absorb(f->db, f->dir, &f->why, &absorbed));
	assert_int_equal(absorbed, 6);
	HOLDS(f, audit_absorb(f->db, f->dir, &f->why, &absorbed));
	assert_int_equal(absorbed, 0);
	assert_int_equal(rows(f), before + 6);
	assert_int_equal(verify(f, NULL).broken_id, 0);
	struct recent_cases recent;
	HOLDS(f, casefile_recent(&f->c, 5, &recent));
	assert_int_equal(recent.n, 1);
	struct openers openers;
	HOLDS(f, audit_openers(&f->c, family->id, NOW - 10, &openers));
	assert_int_equal(openers.n, 1);
	assert_int_equal(openers.item[0].times, 5);
	int64_t n;
	HOLDS(f, audit_count_openers(&f->c, family->id, NOW - 10, "", &n));
	assert_int_equal(n, 1);
	HOLDS(f, audit_count_openers(&f->c, family->id, NOW - 10, "anahit", &n));
	assert_int_equal(n, 0);
	struct audit_rows list;
	HOLDS(f, audit_list(&f->c, &(struct audit_filter){ .number = family->number, .limit = 3 }, &list));
	assert_int_equal(list.n, 3);
	assert_true(list.has_more);
	HOLDS(f, audit_list(&f->c, &(struct audit_filter){ .actor = "anahit", .action = "view" }, &list));
	assert_int_equal(list.n, 5);
	HOLDS(f, audit_list(&f->c, &(struct audit_filter){ .from_on = "2026-11-18" }, &list));
	assert_int_equal(list.n, 0);
}

/* The state after a crash between the rename and the commit, and between the commit and the removal. */
static void a_crash_between_the_steps_loses_nothing(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	char command[300];
	int absorbed;
	HOLDS(f, audit_view(&f->c, "casefile", family->number, family->id));
	snprintf(command, sizeof command, "mv %s/audit.spool %s/audit.spool.1", f->dir, f->dir);
	assert_int_equal(system(command), 0);
	HOLDS(f, audit_view(&f->c, "casefile", family->number, family->id));
	snprintf(command, sizeof command, "cp %s/audit.spool.1 %s/kept", f->dir, f->dir);
	assert_int_equal(system(command), 0);
	HOLDS(f, audit_absorb(f->db, f->dir, &f->why, &absorbed));
	assert_int_equal(absorbed, 2);
	snprintf(command, sizeof command, "mv %s/kept %s/audit.spool.2", f->dir, f->dir);
	assert_int_equal(system(command), 0);
	HOLDS(f, audit_view(&f->c, "casefile", family->number, family->id));
	HOLDS(f, audit_absorb(f->db, f->dir, &f->why, &absorbed));
	assert_int_equal(absorbed, 1);
}

static void work(struct fixture *f, const char *number, int64_t id, int lines)
{
	for (int i = 0; i < lines; i++)
		if (audit_view(&f->c, "casefile", number, id) != OK)
			_exit(1);
	_exit(0);
}

/* Writers write while absorbers are killed in the middle, again and again: each line arrives once. */
static void killed_absorbers_lose_nothing(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	int64_t before = rows(f);
	int status, absorbed;
	pid_t writers[3];
	for (int i = 0; i < 3; i++)
		if ((writers[i] = fork()) == 0)
			work(f, family->number, family->id, 300);
	for (int round = 0; round < 25; round++) {
		pid_t absorber = fork();
		if (absorber == 0) {
			struct db *db;
			struct why why = { 0 };
			if (db_open(&db, f->path, DB_STAFF, &why) == OK)
				for (;;)
					(void)audit_absorb(db, f->dir, &why, NULL);
			_exit(0);
		}
		usleep(3000 + 1500 * (unsigned)round);
		kill(absorber, SIGKILL);
		waitpid(absorber, &status, 0);
	}
	for (int i = 0; i < 3; i++) {
		waitpid(writers[i], &status, 0);
		assert_int_equal(status, 0);
	}
	HOLDS(f, audit_absorb(f->db, f->dir, &f->why, &absorbed));
	assert_int_equal(rows(f), before + 900);
	assert_int_equal(verify(f, NULL).broken_id, 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
int main(void)
{
	const struct CMUnitTest tests[] = {
		T(changes_make_a_chain), T(the_log_cannot_be_written_over), T(every_kind_of_tampering_shows), T(a_cut_tail_shows_by_the_seal),
		T(views_are_absorbed_once), T(a_crash_between_the_steps_loses_nothing), T(killed_absorbers_lose_nothing),
	};
	return RUN_TESTS(tests);
}
