/* SPDX-License-Identifier: Apache-2.0
 *
 * Keeps people signed in over a reset: sessions of the live database go into the fresh copy
 * before it takes the live one's place. Ids are equal, since both come from one seed. Over a
 * rollback the other way: what was ended since stays ended. */
#include "session.h"

static enum err insert(struct db *to, struct rows *rows, struct arena *arena, struct why *why)
{
	return db_run(to, why, SQL(
		"INSERT OR IGNORE INTO session (token_digest, site, user_id, casefile_id, person_id, csrf, created_at, seen_at, expires_at)"
		" SELECT ?1, ?2, nullif(?3, 0), nullif(?4, 0), nullif(?5, 0), ?6, ?7, ?8, ?9"
		" WHERE (?3 = 0 OR EXISTS (SELECT 1 FROM user WHERE id = ?3)) AND (?4 = 0 OR EXISTS (SELECT 1 FROM casefile WHERE id = ?4))"
		" AND (?5 = 0 OR EXISTS (SELECT 1 FROM person WHERE id = ?5))"), "ssiiisiii",
		rows_text(rows, 0, arena), rows_text(rows, 1, arena), rows_int(rows, 2), rows_int(rows, 3), rows_int(rows, 4),
		rows_text(rows, 5, arena), rows_int(rows, 6), rows_int(rows, 7), rows_int(rows, 8));
}

enum err session_carry(struct db *from, struct db *to, struct arena *arena, struct why *why)
{
	struct rows *rows = db_query(from, why, SQL(
		"SELECT token_digest, site, user_id, casefile_id, person_id, csrf, created_at, seen_at, expires_at FROM session"), "");
	enum err err = rows ? db_begin(to, why) : why->code;

	while (err == OK && rows_next(rows))
		err = insert(to, rows, arena, why);
	if (rows && err == OK)
		err = rows_close(rows);
	else if (rows)
		rows_close(rows);
	if (err == OK)
		return db_commit(to, why);
	db_rollback(to);
	return err;
}

enum err session_drop_ended(struct db *from, struct db *to, struct arena *arena, struct why *why)
{
	char *alive = NULL;
	enum err err = db_text(from, why, arena, &alive, SQL("SELECT json_group_array(token_digest) FROM session"), "");

	return err == OK ? db_run(to, why, SQL("DELETE FROM session WHERE token_digest NOT IN (SELECT value FROM json_each(?))"), "s", alive) : err;
}
