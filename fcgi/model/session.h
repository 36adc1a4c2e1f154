/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is signed in. The browser has the token, we keep only its digest. Sessions live on
 * the machine's clock: jumping the demonstration clock signs nobody out. */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include "base/random.h"
#include "context.h"

#define SESSION_IDLE_S (8 * 3600)       /* signed out after a working day without a click */
#define SESSION_MAX_S (7 * 24 * 3600)
#define PORTAL_IDLE_S 1800

struct session_record {
	char token_digest[65];
	const char *csrf;
	int64_t user_id, casefile_id, person_id; /* 0: none */
	int64_t created_at, seen_at, expires_at;
};

/* Hex BLAKE2b-256 of a token. */
void session_digest(const char *token, char digest[65]);
/* Opens one. site: "staff" with user_id, "portal" with casefile_id and person_id. token goes into the cookie. */
enum err session_create(const struct context *c, const char *site, int64_t user_id, int64_t casefile_id, int64_t person_id,
                        char token[TOKEN_LEN], struct session_record *out);
/* By the cookie's token. ERR_LOGIN when unknown, ended or the user is inactive. Reads only. */
enum err session_find(const struct context *c, const char *site, const char *token, struct session_record *out);
/* Prolongs it; writes at most once a minute, so call it on each request, outside of its read transaction. Never fails a request:
 * BUSY is passed over. */
void session_touch(const struct context *c, const struct session_record *session);
enum err session_delete(const struct context *c, const char *token_digest);
/* All of a user but one (NULL: all). */
enum err session_delete_user(const struct context *c, int64_t user_id, const char *keep_digest);
/* Copies all sessions whose people exist on both sides, for a reset. */
enum err session_carry(struct db *from, struct db *to, struct arena *arena, struct why *why);
/* Removes from `to` the sessions that `from` no longer has: before a state of the past becomes the present. */
enum err session_drop_ended(struct db *from, struct db *to, struct arena *arena, struct why *why);
/* Removes what has expired: sessions, links, failures, held posts, codes. For the housekeeping tick. */
enum err session_expire(const struct context *c);

#endif
