/* SPDX-License-Identifier: Apache-2.0
 *
 * How staff get in: passwords by argon2id, throttled; single-use links. */
#include <sodium.h>
#include <string.h>

#include "audit.h"
#include "base/date.h"
#include "base/text.h"
#include "model_internal.h"
#include "session.h"
#include "throttle.h"
#include "user.h"

/* 46 MiB, one pass: OWASP's first choice, 49 ms here (stack.md section 7). */
#define HASH_PASSES 1
#define HASH_BYTES (46UL * 1024 * 1024)

static enum err hash(const struct context *c, const char *password, char out[crypto_pwhash_STRBYTES])
{
	if (sodium_init() < 0 || crypto_pwhash_str(out, password, strlen(password), HASH_PASSES, HASH_BYTES) != 0)
		return fail(c->why, ERR_INTERNAL, "argon2id: out of memory");
	return OK;
}

/* The digest of a new password that is neither too short nor too long. */
static enum err hash_new(const struct context *c, const char *password, char out[crypto_pwhash_STRBYTES])
{
	if (text_length(password) < PASSWORD_MIN || strlen(password) > PASSWORD_MAX)
		return fail(c->why, ERR_INVALID, "password length");
	return hash(c, password, out);
}

/* Inside a transaction. */
static enum err write_password(const struct context *c, const struct user *user, const char *hashed, const char *keep_digest)
{
	enum err err = db_run(c->db, c->why, SQL("UPDATE user SET password_hash = ? WHERE id = ?"), "si", hashed, user->id);
	if (err == OK)
		err = session_delete_user(c, user->id, keep_digest);
	return err == OK ? audit_change(c, "set_password", "user", user->username, 0, NULL) : err;
}

enum err user_password_set(const struct context *c, int64_t user_id, const char *password, const char *keep_digest)
{
	char hashed[crypto_pwhash_STRBYTES];
	struct user *user;
	enum err err = hash_new(c, password, hashed);
	if (err != OK || (err = db_begin(c->db, c->why)) != OK)
		return err;
	err = user_by_id(c, user_id, &user);
	if (err == OK)
		err = write_password(c, user, hashed, keep_digest);
	return db_end(c, err);
}

/* An unknown user costs the same time as a known one. */
static const char *dummy_hash(void)
{
	static char hashed[crypto_pwhash_STRBYTES];
	if (hashed[0] == '\0' && (sodium_init() < 0 ||
	    crypto_pwhash_str(hashed, "nobody", 6, HASH_PASSES, HASH_BYTES) != 0))
		return "";
	return hashed;
}

static enum err stored_hash(const struct context *c, const char *username, char **stored)
{
	*stored = NULL;
	enum err err = db_text(c->db, c->why, c->arena, stored, SQL("SELECT password_hash FROM user WHERE username = ? AND is_active = 1"), "s", username);
	return err == ERR_NOT_FOUND ? OK : err;
}

static enum err refused(const struct context *c, const char *username, const char *remote)
{
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = throttle_failed(c, "user", username, remote);
	if (err == OK)
		err = audit_change(c, "sign_in_refused", "user", username, 0, audit_detail(c, "remote", or_empty(remote), NULL));
	err = db_end(c, err);
	return err == OK ? fail(c->why, ERR_LOGIN, "wrong user name or password") : err;
}

static enum err renew_hash(const struct context *c, int64_t user_id, const char *stored, const char *password)
{
	char hashed[crypto_pwhash_STRBYTES];
	if (crypto_pwhash_str_needs_rehash(stored, HASH_PASSES, HASH_BYTES) == 0)
		return OK;
	enum err err = hash(c, password, hashed);
	return err == OK ? db_run(c->db, c->why, SQL("UPDATE user SET password_hash = ? WHERE id = ?"), "si", hashed, user_id) : err;
}

static enum err accepted(const struct context *c, const char *username, const char *stored, const char *password, struct user **out)
{
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = user_load(c, username, out);
	if (err == OK)
		err = throttle_passed(c, "user", username);
	if (err == OK)
		err = renew_hash(c, (*out)->id, stored, password);
	if (err == OK) {
		struct actor self = *c->actor;
		struct context as = *c;
		self.kind = ACTOR_STAFF;
		self.user_id = (*out)->id;
		self.username = (*out)->username;
		as.actor = &self;
		err = audit_change(&as, "sign_in", "user", (*out)->username, 0, NULL);
	}
	return db_end(c, err);
}

enum err user_sign_in(const struct context *c, const char *username, const char *password, const char *remote, struct user **out)
{
	char *stored;
	*out = NULL;
	enum err err = throttle_check(c, "user", username, remote);
	if (err == OK)
		err = stored_hash(c, username, &stored);
	if (err != OK)
		return err;
	bool fits = strlen(password) <= PASSWORD_MAX
	         && crypto_pwhash_str_verify(stored != NULL ? stored : dummy_hash(), password, strlen(password)) == 0;
	return fits && stored != NULL ? accepted(c, username, stored, password, out) : refused(c, username, remote);
}

/* ---- links ---- */

enum err user_link_create(const struct context *c, int64_t user_id, int hours, char token[TOKEN_LEN])
{
	char digest[65];
	struct user *user;
	random_token(token);
	session_digest(token, digest);
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = user_by_id(c, user_id, &user);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM sign_in_link WHERE user_id = ?"), "i", user_id);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("INSERT INTO sign_in_link (token_digest, user_id, expires_at) VALUES (?, ?, ?)"), "sii", digest,
		             user_id, clock_system() + (int64_t)hours * 3600);
	if (err == OK)
		err = audit_change(c, "create_link", "user", user->username, 0, NULL);
	return db_end(c, err);
}

enum err user_link_find(const struct context *c, const char *token, struct user **out)
{
	char digest[65];
	int64_t user_id = 0;
	session_digest(token, digest);
	enum err err = db_int(c->db, c->why, &user_id, SQL("SELECT l.user_id FROM sign_in_link l JOIN user u ON u.id = l.user_id"
		" WHERE l.token_digest = ? AND l.used_at IS NULL AND l.expires_at > ? AND u.is_active = 1"), "si", digest, clock_system());
	if (err == ERR_NOT_FOUND)
		return fail(c->why, ERR_NOT_FOUND, "sign-in link used, old or unknown");
	return err == OK ? user_by_id(c, user_id, out) : err;
}

enum err user_link_use(const struct context *c, const char *token, const char *password, struct user **out)
{
	char digest[65], hashed[crypto_pwhash_STRBYTES];
	session_digest(token, digest);
	/* hashing takes its time: not with the database locked */
	enum err err = hash_new(c, password, hashed);
	if (err != OK || (err = db_begin(c->db, c->why)) != OK)
		return err;
	err = user_link_find(c, token, out);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE sign_in_link SET used_at = ? WHERE token_digest = ?"), "is", clock_system(), digest);
	if (err == OK)
		err = audit_change(c, "use_link", "user", (*out)->username, 0, NULL);
	if (err == OK)
		err = write_password(c, *out, hashed, NULL);
	return db_end(c, err);
}
