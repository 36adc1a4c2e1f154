/* SPDX-License-Identifier: Apache-2.0
 *
 * Every SQL text of the model is prepared against an empty migrated database, as the staff's
 * program opens it; and no query of a page reads a whole large table. */
#include "unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "model/activity.h"
#include "model/assessment.h"
#include "model/audit.h"
#include "model/casefile.h"
#include "model/consent.h"
#include "model/db_internal.h"
#include "model/draft.h"
#include "model/event.h"
#include "model/facts.h"
#include "model/held.h"
#include "model/household.h"
#include "model/instance_meta.h"
#include "model/intake.h"
#include "model/need.h"
#include "model/office.h"
#include "model/person.h"
#include "model/plan.h"
#include "model/portal_door.h"
#include "model/search.h"
#include "model/session.h"
#include "model/throttle.h"
#include "model/user.h"
#include "model/week.h"

extern const char *const __start_sql_texts[], *const __stop_sql_texts[];

/* One function of each file: the linker brings only the files somebody calls. */
typedef void any(void);
static any *const volatile files[] = {
	(any *)activity_load, (any *)assessment_load, (any *)assessment_submit, (any *)audit_list, (any *)audit_absorb, (any *)audit_verify,
	(any *)casefile_load, (any *)casefile_list, (any *)casefile_assign, (any *)consent_list, (any *)draft_load, (any *)event_list,
	(any *)facts_load, (any *)held_find, (any *)household_list, (any *)instance_count, (any *)intake_finish, (any *)need_list,
	(any *)office_list, (any *)person_load, (any *)person_duplicates, (any *)plan_load, (any *)goal_create, (any *)plan_sign,
	(any *)plan_orphans, (any *)portal_ask, (any *)search_quick, (any *)session_find, (any *)throttle_check, (any *)user_load,
	(any *)user_sign_in, (any *)week_alerts,
};

static struct db *open_new(char dir[32])
{
	char path[64];
	struct why why = { 0 };
	struct db *db;
	strcpy(dir, "/tmp/cc-sql-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/case.db", dir);
	assert_int_equal(db_migrate(path, &why), OK);
	assert_int_equal(db_open(&db, path, DB_STAFF, &why), OK);
	return db;
}

static void remove_all(struct db *db, const char *dir)
{
	char command[64];
	db_close(db);
	snprintf(command, sizeof command, "rm -rf %s", dir);
	assert_int_equal(system(command), 0);
}

static void every_text_prepares(void **state)
{
	char dir[32];
	struct db *db = open_new(dir);
	size_t n = 0, bad = 0;
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		assert_non_null(files[i]);
	for (const char *const *at = __start_sql_texts; at < __stop_sql_texts; at++, n++) {
		sqlite3_stmt *stmt = NULL;
		/* The portal's own view: tested on its connection in test_model_portal. */
		if (strstr(*at, "portal_door") != NULL)
			continue;
		if (sqlite3_prepare_v2(db->handle, *at, -1, &stmt, NULL) != SQLITE_OK) {
			print_error("%s\n  in: %s\n", sqlite3_errmsg(db->handle), *at);
			bad++;
		}
		sqlite3_finalize(stmt);
	}
	print_message("# %zu texts\n", n);
	assert_true(n > 150);
	assert_int_equal(bad, 0);
	remove_all(db, dir);
}

/* Tables that grow with the cases. */
static bool is_large(const char *table)
{
	static const char *const large[] = { "casefile", "f", "person", "p", "event", "need", "n", "goal", "g", "action", "assessment", "a", "activity",
		"membership", "m", "audit", "consent", "k", "plan", "v", "transition", "t", "casefile_search", "signature", "s" };
	for (size_t i = 0; i < sizeof large / sizeof large[0]; i++)
		if (strcmp(large[i], table) == 0)
			return true;
	return false;
}

/* "SCAN x" without an index that orders or covers it. */
static bool is_scan(const char *detail)
{
	char table[64];
	if (sscanf(detail, "SCAN %63s", table) != 1)
		return false;
	return is_large(table) && strstr(detail, "USING") == NULL && strstr(detail, "VIRTUAL") == NULL;
}

/* Whole-table reading that is meant: the chain is verified, the rest is counted small. */
static bool is_allowed(const char *sql)
{
	static const char *const allowed[] = { "FROM audit ORDER BY id", "SELECT id FROM audit WHERE digest", "FROM audit a NOT INDEXED", "casefile_count k", "casefile_total f", "casefile_total k", "LIMIT 60) s ", "main.audit ORDER BY id DESC" };
	for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
		if (strstr(sql, allowed[i]) != NULL)
			return true;
	return false;
}

static void no_page_reads_a_whole_table(void **state)
{
	char dir[32], explain[40000];
	struct db *db = open_new(dir);
	size_t bad = 0;
	(void)state;
	for (const char *const *at = __start_sql_texts; at < __stop_sql_texts; at++) {
		sqlite3_stmt *stmt = NULL;
		snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %s", *at);
		if (is_allowed(*at) || sqlite3_prepare_v2(db->handle, explain, -1, &stmt, NULL) != SQLITE_OK)
			continue;
		while (sqlite3_step(stmt) == SQLITE_ROW) {
			const char *detail = (const char *)sqlite3_column_text(stmt, 3);
			if (is_scan(detail)) {
				print_error("%s\n  in: %.300s\n", detail, *at);
				bad++;
			}
		}
		sqlite3_finalize(stmt);
	}
	assert_int_equal(bad, 0);
	remove_all(db, dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_text_prepares), cmocka_unit_test(no_page_reads_a_whole_table) };
	return RUN_TESTS(tests);
}
