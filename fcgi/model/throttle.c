/* SPDX-License-Identifier: Apache-2.0
 *
 * Failed sign-ins in the last quarter of an hour, by digest of who and from where. */
#include "throttle.h"

#include "base/date.h"
#include "base/digest.h"
#include "base/text.h"
#include "model_internal.h"

static void subject(const struct context *c, const char *kind, const char *name, char out[DIGEST_LEN])
{
	const char *text = arena_printf(c->arena, "%s:%s", kind, text_fold(c->arena, or_empty(name)));
	digest_hex(text, __builtin_strlen(text), out);
}

static enum err failures(const struct context *c, const char *kind, const char *name, int64_t *n)
{
	char digest[DIGEST_LEN];
	subject(c, kind, name, digest);
	return db_int(c->db, c->why, n, SQL("SELECT count(*) FROM main.sign_in_failure WHERE subject = ? AND at > ?"),
	              "si", digest, clock_system() - THROTTLE_WINDOW_S);
}

enum err throttle_check(const struct context *c, const char *kind, const char *name, const char *remote)
{
	int64_t by_name = 0, by_address = 0;
	enum err err = failures(c, kind, name, &by_name);
	if (err == OK)
		err = failures(c, "address", remote, &by_address);
	if (err == OK && (by_name >= THROTTLE_NAME || by_address >= THROTTLE_ADDRESS))
		return fail(c->why, ERR_THROTTLED, "%s: %d failures, address %d", kind, (int)by_name, (int)by_address);
	return err;
}

static enum err note(const struct context *c, const char *kind, const char *name)
{
	char digest[DIGEST_LEN];
	subject(c, kind, name, digest);
	return db_run(c->db, c->why, SQL("INSERT INTO main.sign_in_failure (subject, at, seq) VALUES (?1, ?2,"
		" (SELECT ifnull(max(seq), 0) + 1 FROM main.sign_in_failure WHERE subject = ?1 AND at = ?2))"), "si", digest, clock_system());
}

enum err throttle_failed(const struct context *c, const char *kind, const char *name, const char *remote)
{
	enum err err = note(c, kind, name);
	return err == OK ? note(c, "address", remote) : err;
}

enum err throttle_passed(const struct context *c, const char *kind, const char *name)
{
	char digest[DIGEST_LEN];
	subject(c, kind, name, digest);
	return db_run(c->db, c->why, SQL("DELETE FROM main.sign_in_failure WHERE subject = ?"), "s", digest);
}
