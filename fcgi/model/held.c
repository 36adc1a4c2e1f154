/* SPDX-License-Identifier: Apache-2.0
 *
 * Posts that came after their session had ended. */
#include "held.h"

#include <string.h>

#include "base/date.h"
#include "model_internal.h"
#include "session.h"

enum err held_keep(const struct context *c, const char *site, const char *owner, const char *path, const char *body,
                   char token[TOKEN_LEN])
{
	char digest[65];
	if (owner[0] == '\0')
		return fail(c->why, ERR_INVALID, "held post without an owner");
	if (strlen(body) > HELD_MAX)
		return fail(c->why, ERR_TOO_LARGE, "held post of %zu bytes", strlen(body));
	random_token(token);
	session_digest(token, digest);
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = db_run(c->db, c->why, SQL("INSERT INTO main.held_post (token_digest, site, owner, path, body, created_at) VALUES (?, ?, ?, ?, ?, ?)"),
	             "sssssi", digest, site, owner, path, body, clock_system());
	/* anybody may send a form without a session: the newest are kept, so that nobody fills the disk */
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM main.held_post WHERE token_digest IN"
			" (SELECT token_digest FROM main.held_post ORDER BY created_at DESC LIMIT -1 OFFSET 200)"), "");
	return db_end(c, err);
}

enum err held_find(const struct context *c, const char *site, const char *owner, const char *token,
                   const char **path, const char **body)
{
	char digest[65];
	session_digest(token, digest);
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT path, body FROM held_post WHERE token_digest = ? AND site = ?"
		" AND owner = ? AND owner <> '' AND created_at > ?"), "sssi", digest, site, owner, clock_system() - HELD_S);
	bool found = rows_next(rows);
	if (found) {
		*path = cell(rows, 0, c->arena);
		*body = cell(rows, 1, c->arena);
	}
	enum err err = rows_close(rows);
	return err != OK || found ? err : fail(c->why, ERR_NOT_FOUND, "nothing held");
}

enum err held_forget(const struct context *c, const char *token)
{
	char digest[65];
	session_digest(token, digest);
	enum err err = db_begin(c->db, c->why);
	return err != OK ? err : db_end(c, db_run(c->db, c->why, SQL("DELETE FROM main.held_post WHERE token_digest = ?"), "s", digest));
}
