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
struct users { size_t n; struct user *item; };

enum err user_load(const struct context *c, const char *username, struct user **out);
enum err user_by_id(const struct context *c, int64_t id, struct user **out);
/* All users by office and name; empty filters mean any. */
struct user_filter { const char *q, *role, *office; bool with_inactive; };
enum err user_list(const struct context *c, const struct user_filter *filter, struct users *out);
/* Active users who carry or may carry cases in the actor's scope (roles given, NULL-closed; NULL: any who
 * own a case or sit in the office), with their caseload. */
enum err user_workers(const struct context *c, const char *office, const char *const *roles, struct users *out);
/* username, name, role, office …; id and created_at are set. ERR_CONFLICT when the user name is taken. */
enum err user_create(const struct context *c, struct user *user);
/* Name, native name, role, office, title, email, phone, language. Ends the user's sessions when role or office change. */
enum err user_update(const struct context *c, const struct user *user);
/* Inactive: cannot sign in, sessions end, links die. ERR_CONFLICT for the last active user who may manage users (role given). */
enum err user_set_active(const struct context *c, int64_t id, bool is_active, const char *manager_role);

/* A single-use sign-in link's token, valid `hours`; older links of the user die. */
enum err user_link_create(const struct context *c, int64_t user_id, int hours, char token[TOKEN_LEN]);
/* Who the link is for, without using it. ERR_NOT_FOUND when used, expired or unknown. */
enum err user_link_find(const struct context *c, const char *token, struct user **out);
/* Uses it. */
enum err user_link_use(const struct context *c, const char *token, struct user **out);

/* ERR_INVALID when too short or too long. Other sessions of the user end (all but keep_digest, which may be NULL). */
enum err user_password_set(const struct context *c, int64_t user_id, const char *password, const char *keep_digest);
/* Checks, throttled by user name (5 in 15 minutes) and by address (30). ERR_LOGIN: wrong (the same for an
 * unknown user, in the same time); ERR_THROTTLED. Rehashes when the cost changed. Writes the audit. */
enum err user_sign_in(const struct context *c, const char *username, const char *password, const char *remote, struct user **out);

#endif
