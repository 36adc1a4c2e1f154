/* SPDX-License-Identifier: Apache-2.0
 *
 * Sessions. Writing statements name main.session: on the portal's connection the bare name
 * is the view that shows only the portal's own. */
#include "session.h"

#include <string.h>

#include "base/date.h"
#include "base/digest.h"
#include "held.h"
#include "model_internal.h"
#include "portal_door.h"
#include "throttle.h"

#define TOUCH_EVERY_S 60

void session_digest(const char *token, char digest[65])
{
	digest_hex(token, strlen(token), digest);
}

static int64_t idle_of(const char *site)
{
	return strcmp(site, "portal") == 0 ? PORTAL_IDLE_S : SESSION_IDLE_S;
}

enum err session_create(const struct context *c, const char *site, int64_t user_id, int64_t casefile_id, int64_t person_id,
                        char token[TOKEN_LEN], struct session_record *out)
{
	char csrf[TOKEN_LEN];
	int64_t now = clock_system();
	random_token(token);
	random_token(csrf);
	*out = (struct session_record){ .csrf = arena_strdup(c->arena, csrf), .user_id = user_id, .casefile_id = casefile_id,
		.person_id = person_id, .created_at = now, .seen_at = now, .expires_at = now + idle_of(site) };
	session_digest(token, out->token_digest);
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL(
		"INSERT INTO main.session (token_digest, site, user_id, casefile_id, person_id, csrf, created_at, seen_at, expires_at)"
		" VALUES (?, ?, nullif(?, 0), nullif(?, 0), nullif(?, 0), ?, ?, ?, ?)"), "ssiiisiii", out->token_digest, site, user_id,
		casefile_id, person_id, csrf, now, now, out->expires_at);
	return db_end(c, err);
}

/* The portal's view of `user` shows few: there the case is the account. */
static struct rows *session_rows(const struct context *c, const char *site, const char *digest)
{
	const char *sql = strcmp(site, "portal") == 0
		? SQL("SELECT csrf, user_id, casefile_id, person_id, created_at, seen_at, expires_at FROM session"
		      " WHERE token_digest = ? AND site = 'portal' AND expires_at > ?")
		: SQL("SELECT s.csrf, s.user_id, s.casefile_id, s.person_id, s.created_at, s.seen_at, s.expires_at FROM session s"
		      " JOIN user u ON u.id = s.user_id WHERE s.token_digest = ? AND s.site = 'staff' AND s.expires_at > ? AND u.is_active = 1");
	return db_query(c->db, c->why, sql, "si", digest, clock_system());
}

enum err session_find(const struct context *c, const char *site, const char *token, struct session_record *out)
{
	*out = (struct session_record){ 0 };
	session_digest(token, out->token_digest);
	struct rows *rows = session_rows(c, site, out->token_digest);
	bool found = rows_next(rows);
	if (found) {
		out->csrf = cell(rows, 0, c->arena);
		out->user_id = rows_int(rows, 1);
		out->casefile_id = rows_int(rows, 2);
		out->person_id = rows_int(rows, 3);
		out->created_at = rows_int(rows, 4);
		out->seen_at = rows_int(rows, 5);
		out->expires_at = rows_int(rows, 6);
	}
	enum err err = rows_close(rows);
	return err != OK || found ? err : fail(c->why, ERR_LOGIN, "no such session");
}

void session_touch(const struct context *c, const struct session_record *session)
{
	int64_t now = clock_system();
	if (now - session->seen_at < TOUCH_EVERY_S)
		return;
	int64_t expires_at = now + (session->user_id != 0 ? SESSION_IDLE_S : PORTAL_IDLE_S);
	if (expires_at > session->created_at + SESSION_MAX_S)
		expires_at = session->created_at + SESSION_MAX_S;
	struct why why = { 0 };
	if (db_begin(c->db, &why) != OK)
		return;
	if (db_run(c->db, &why, SQL("UPDATE main.session SET seen_at = ?, expires_at = ? WHERE token_digest = ?"), "iis", now, expires_at,
	           session->token_digest) == OK)
		(void)db_commit(c->db, &why);
	else
		db_rollback(c->db);
}

enum err session_delete(const struct context *c, const char *token_digest)
{
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	return db_end(c, db_run(c->db, c->why, SQL("DELETE FROM main.session WHERE token_digest = ?"), "s", token_digest));
}

enum err session_delete_user(const struct context *c, int64_t user_id, const char *keep_digest)
{
	return db_run(c->db, c->why, SQL("DELETE FROM main.session WHERE user_id = ? AND token_digest IS NOT ?"), "is", user_id, keep_digest);
}

enum err session_expire(const struct context *c)
{
	int64_t now = clock_system();
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("DELETE FROM session WHERE expires_at <= ?"), "i", now);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM sign_in_link WHERE expires_at <= ?"), "i", now - 7 * 86400);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM sign_in_failure WHERE at <= ?"), "i", now - THROTTLE_WINDOW_S);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM held_post WHERE created_at <= ?"), "i", now - HELD_S);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM portal_code WHERE created_at <= ?"), "i", now - 86400);
	return db_end(c, err);
}
