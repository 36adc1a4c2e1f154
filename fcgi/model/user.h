/* SPDX-License-Identifier: Apache-2.0
 *
 * Staff: accounts, passwords (argon2id), single-use links. A user who left is set inactive, never deleted. */
#ifndef MODEL_USER_H
#define MODEL_USER_H

#include "base/random.h"
#include "context.h"

#define PASSWORD_MIN 12  /* characters */
#define PASSWORD_MAX 256 /* bytes */

struct user {
	int64_t id;
	const char *username, *name, *name_native, *role, *office, *office_name, *area, *title, *email, *phone, *language;
	bool is_active, has_password;
	int64_t created_at;
	int64_t seen_at;                /* last use of a session, machine's clock; 0 never (user_list only) */
	int cases_open;                 /* in list and workers */
};
struct users { size_t n; struct user *item; int64_t total; /* of user_list: on all pages */ };

enum err user_load(const struct context *c, const char *username, struct user **out);
enum err user_by_id(const struct context *c, int64_t id, struct user **out);
/* Users by office and name; empty filters mean any. page from 1; per_page 0: all of them on one. */
struct user_filter { const char *q, *role, *office; bool with_inactive; int page, per_page; };
enum err user_list(const struct context *c, const struct user_filter *filter, struct users *out);
/* Active users of the actor's scope, and of one office when it is given, whose role is one of those (NULL-closed; NULL: any),
 * with their caseload, by office and name. */
enum err user_workers(const struct context *c, const char *office, const char *const *roles, struct users *out);
/* User names and names of active staff in the actor's scope and this office ("" any), by name, as a list's filter offers them;
 * none when there are more than `most`. */
enum err user_names(const struct context *c, const char *office, int most, struct users *out);
/* username, name, role, office …; id and created_at are set. ERR_CONFLICT when the user name is taken. */
enum err user_create(const struct context *c, struct user *user);
/* Name, native name, role, office, title, email, phone, language. Ends the user's sessions when role or office change.
 * managers: the roles that may manage users, NULL-closed. ERR_CONFLICT when nobody active would have one of them any more. */
enum err user_update(const struct context *c, const struct user *user, const char *const *managers);
/* Inactive: cannot sign in, sessions end, links die. ERR_CONFLICT as for user_update. */
enum err user_set_active(const struct context *c, int64_t id, bool is_active, const char *const *managers);

/* A single-use sign-in link's token, valid `hours`; older links of the user die. */
enum err user_link_create(const struct context *c, int64_t user_id, int hours, char token[TOKEN_LEN]);
/* Who the link is for, without using it. ERR_NOT_FOUND when used, expired or unknown. */
enum err user_link_find(const struct context *c, const char *token, struct user **out);
/* Uses it up and sets the password, both or neither: of two who come with the same link at once one gets in. ERR_NOT_FOUND as for
 * user_link_find, ERR_INVALID as for user_password_set. */
enum err user_link_use(const struct context *c, const char *token, const char *password, struct user **out);

/* ERR_INVALID when too short or too long. Other sessions of the user end (all but keep_digest, which may be NULL). */
enum err user_password_set(const struct context *c, int64_t user_id, const char *password, const char *keep_digest);
/* Checks, throttled by user name (5 in 15 minutes) and by address (30). ERR_LOGIN: wrong (the same for an
 * unknown user, in the same time); ERR_THROTTLED. Rehashes when the cost changed. Writes the audit. */
enum err user_sign_in(const struct context *c, const char *username, const char *password, const char *remote, struct user **out);

#endif
