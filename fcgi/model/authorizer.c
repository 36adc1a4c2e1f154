/* SPDX-License-Identifier: Apache-2.0
 *
 * Which tables each program may read and write, asked by SQLite for every statement it
 * prepares. The staff's and the courier's programs may not touch the schema, files or the
 * audit's past. The portal's may read only through the views of schema/portal.sql, which
 * show one case; beside them only the key columns that writing and foreign keys need. */
#include <stddef.h>
#include <string.h>

#include "db_internal.h"

__asm__(".section .rodata\n.global portal_views_sql\nportal_views_sql:\n"
        ".incbin \"fcgi/model/schema/portal.sql\"\n.byte 0\n.previous\n");
extern const char portal_views_sql[];

/* "table: columns" that the portal may read or set outside its views; "*" any. */
struct grant { const char *table, *columns; };

/* Row numbers and digests: nothing of a person. */
static const struct grant portal_reads[] = {
	{ "casefile", " id " }, { "person", " id " }, { "user", " id " }, { "activity", " id " }, { "plan", " casefile_id version revision " },
	{ "consent", " casefile_id seq withdrawn_at " }, { "event", " casefile_id seq " }, { "audit", " id digest " },
	{ "portal_code", " casefile_id person_id created_at tries used_at " },
	{ "session", " token_digest site user_id expires_at " }, { "held_post", " token_digest created_at site " },
	{ "sign_in_failure", " subject at seq " }, { NULL, NULL }
};
static const struct grant portal_inserts[] = {
	{ "session", "*" }, { "held_post", "*" }, { "sign_in_failure", "*" }, { "portal_code", "*" }, { "message", "*" },
	{ "audit", "*" }, { "event", "*" }, { "signature", "*" }, { "activity", "*" }, { NULL, NULL }
};
static const struct grant portal_updates[] = {
	{ "session", " seen_at expires_at " }, { "portal_code", " tries used_at " }, { "consent", " withdrawn_at withdrawn_by " },
	{ "plan", " status active_on revision " }, { "casefile", " next_contact_at review_on updated_at " }, { NULL, NULL }
};
static const struct grant portal_deletes[] = {
	{ "session", "*" }, { "held_post", "*" }, { "sign_in_failure", "*" }, { "activity", "*" }, { NULL, NULL }
};
/* A row of the log makes one of who read the case: the schema's trigger may, the portal itself may not. */
#define LOG_TRIGGER "audit_read"
/* The temporary views and triggers whose own reading of tables is meant. */
static const char portal_own[] =
	" casefile casefile_team portal_door membership person need plan signature goal goal_need action activity event consent access_log casefile_reader user"
	" office instance session held_post portal_code"
	" guard_consent guard_plan guard_casefile guard_signature guard_activity guard_activity_end guard_event guard_message guard_audit"
	" guard_code_new guard_code guard_session_new guard_session guard_session_end guard_held_new guard_held_end " LOG_TRIGGER " ";

static bool is_word_of(const char *list, const char *word)
{
	size_t n = word != NULL ? strlen(word) : 0;
	for (const char *at = list; n > 0 && (at = strstr(at, word)) != NULL; at++)
		if (at[-1] == ' ' && at[n] == ' ')
			return true;
	return false;
}

static bool is_granted(const struct grant *grants, const char *table, const char *column)
{
	for (; grants->table != NULL; grants++)
		if (strcmp(grants->table, table) == 0)
			return grants->columns[0] == '*' || is_word_of(grants->columns, column);
	return false;
}

static bool is_pragma_ours(const char *name)
{
	return strcmp(name, "data_version") == 0 || strcmp(name, "user_version") == 0;
}

static bool may_call(const char *function)
{
	return strcmp(function, "load_extension") != 0 && strcmp(function, "fts3_tokenizer") != 0;
}

/* What holds for every program but the tools. SQLite asks for UPDATE of sqlite_master when it only
 * declares a virtual table's columns; that table itself cannot be written (DEFENSIVE). */
static int common(int action, const char *first, const char *second)
{
	switch (action) {
	case SQLITE_SELECT: case SQLITE_TRANSACTION: case SQLITE_SAVEPOINT: case SQLITE_RECURSIVE: return SQLITE_OK;
	case SQLITE_FUNCTION: return may_call(second) ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_PRAGMA: return is_pragma_ours(first) ? SQLITE_OK : SQLITE_DENY;
	default: return SQLITE_DENY;
	}
}

static int staff_may(void *data, int action, const char *first, const char *second, const char *schema, const char *inner)
{
	(void)data, (void)schema, (void)inner;
	switch (action) {
	case SQLITE_READ: return SQLITE_OK;
	case SQLITE_INSERT: return SQLITE_OK;
	case SQLITE_UPDATE: case SQLITE_DELETE: return strcmp(first, "audit") == 0 ? SQLITE_DENY : SQLITE_OK;
	default: return common(action, first, second);
	}
}

/* No passwords for the courier, and no sessions. */
static int courier_may(void *data, int action, const char *first, const char *second, const char *schema, const char *inner)
{
	if (action == SQLITE_READ && (strcmp(second, "password_hash") == 0 || strcmp(first, "session") == 0))
		return SQLITE_DENY;
	return staff_may(data, action, first, second, schema, inner);
}

static bool portal_reads_it(const char *table, const char *column, const char *schema, const char *inner)
{
	/* The row number is asked for when a virtual table declares itself. */
	if (strcmp(table, "sqlite_master") == 0)
		return strcmp(column, "ROWID") == 0;
	if (schema == NULL || strncmp(table, "sqlite_", 7) == 0)
		return false;
	if (strcmp(schema, "temp") == 0 || strcmp(table, "json_each") == 0)
		return true;
	/* A view of ours; the schema's view of the same name is closed by its own name standing in `table`. */
	if (inner != NULL)
		return is_word_of(portal_own, inner) && strcmp(table, "access_log") != 0;
	return is_granted(portal_reads, table, column);
}

static bool is_by_log(const char *table, const char *inner)
{
	return inner != NULL && strcmp(inner, LOG_TRIGGER) == 0 && strcmp(table, "casefile_reader") == 0;
}

static int portal_may(void *data, int action, const char *first, const char *second, const char *schema, const char *inner)
{
	(void)data;
	bool ok;
	switch (action) {
	case SQLITE_READ: ok = portal_reads_it(first, second, schema, inner); break;
	case SQLITE_INSERT: ok = is_granted(portal_inserts, first, NULL) || is_by_log(first, inner); break;
	case SQLITE_UPDATE: ok = is_granted(portal_updates, first, second) || is_by_log(first, inner) || strcmp(first, "sqlite_master") == 0; break;
	case SQLITE_DELETE: ok = is_granted(portal_deletes, first, NULL); break;
	default: return common(action, first, second);
	}
	return ok ? SQLITE_OK : SQLITE_DENY;
}

static void portal_casefile(sqlite3_context *context, int n, sqlite3_value **values)
{
	(void)n, (void)values;
	sqlite3_result_int64(context, ((struct db *)sqlite3_user_data(context))->casefile_limit);
}

static void portal_number(sqlite3_context *context, int n, sqlite3_value **values)
{
	(void)n, (void)values;
	sqlite3_result_text(context, ((struct db *)sqlite3_user_data(context))->door_number, -1, SQLITE_TRANSIENT);
}

static enum err open_portal(struct db *db, struct why *why)
{
	int rc = sqlite3_create_function(db->handle, "portal_casefile", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, db, portal_casefile, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_create_function(db->handle, "portal_number", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, db, portal_number, NULL, NULL);
	return rc == SQLITE_OK ? db_exec(db, why, portal_views_sql) : db_fail(db, why, rc, "portal functions");
}

enum err authorizer_install(struct db *db, struct why *why)
{
	enum err err = db->program == DB_PORTAL ? open_portal(db, why) : OK;
	if (err != OK)
		return err;
	switch (db->program) {
	case DB_STAFF: sqlite3_set_authorizer(db->handle, staff_may, db); break;
	case DB_COURIER: sqlite3_set_authorizer(db->handle, courier_may, db); break;
	case DB_PORTAL: sqlite3_set_authorizer(db->handle, portal_may, db); break;
	case DB_TOOL: break;
	}
	return OK;
}
