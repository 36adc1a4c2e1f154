/* SPDX-License-Identifier: Apache-2.0
 *
 * Staff accounts: reading, listing, changing. Passwords and links are in user_door.c. */
#include "user.h"

#include <ctype.h>
#include <string.h>

#include "audit.h"
#include "base/text.h"
#include "model_internal.h"
#include "session.h"

#define USER_COLUMNS "u.id, u.username, u.name, u.name_native, u.role, u.office, o.name, o.area, u.title, u.email, u.phone," \
	" u.language, u.is_active, u.password_hash IS NOT NULL, u.created_at"
#define USER_FROM " FROM user u LEFT JOIN office o ON o.key = u.office"

static void user_read(struct rows *rows, struct arena *a, struct user *user)
{
	*user = (struct user){
		.id = rows_int(rows, 0), .username = cell(rows, 1, a), .name = cell(rows, 2, a), .name_native = cell(rows, 3, a),
		.role = cell(rows, 4, a), .office = cell(rows, 5, a), .office_name = cell(rows, 6, a), .area = cell(rows, 7, a),
		.title = cell(rows, 8, a), .email = cell(rows, 9, a), .phone = cell(rows, 10, a), .language = cell(rows, 11, a),
		.is_active = rows_int(rows, 12) != 0, .has_password = rows_int(rows, 13) != 0, .created_at = rows_int(rows, 14)
	};
}

static enum err user_one(const struct context *c, struct rows *rows, struct user **out)
{
	*out = NULL;
	if (rows_next(rows)) {
		*out = arena_new_of(c->arena, struct user);
		user_read(rows, c->arena, *out);
	}
	enum err err = rows_close(rows);
	return err != OK || *out != NULL ? err : fail(c->why, ERR_NOT_FOUND, "no such user");
}

enum err user_load(const struct context *c, const char *username, struct user **out)
{
	return user_one(c, db_query(c->db, c->why, SQL("SELECT " USER_COLUMNS USER_FROM " WHERE u.username = ?"), "s", username), out);
}

enum err user_by_id(const struct context *c, int64_t id, struct user **out)
{
	return user_one(c, db_query(c->db, c->why, SQL("SELECT " USER_COLUMNS USER_FROM " WHERE u.id = ?"), "i", id), out);
}

enum err user_list(const struct context *c, const struct user_filter *filter, struct users *out)
{
	*out = (struct users){ 0 };
	const char *q = or_null(filter->q) != NULL ? text_trim(c->arena, filter->q) : "";
	int64_t limit = filter->per_page > 0 ? filter->per_page : -1, skipped = filter->per_page > 0 && filter->page > 1 ? (int64_t)(filter->page - 1) * filter->per_page : 0;
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT " USER_COLUMNS
		", (SELECT ifnull(sum(n), 0) FROM casefile_count k WHERE k.owner_id = u.id AND k.is_open = 1)"
		", (SELECT ifnull(max(seen_at), 0) FROM session s WHERE s.user_id = u.id), count(*) OVER ()" USER_FROM
		" WHERE (?1 = '' OR instr(lower(u.name || ' ' || u.username || ' ' || ifnull(u.name_native, '')), lower(?1)) > 0)"
		" AND (?2 = '' OR u.role = ?2) AND (?3 = '' OR u.office = ?3) AND (?4 = 1 OR u.is_active = 1) ORDER BY o.name, u.name, u.id LIMIT ?5 OFFSET ?6"),
		"sssiii", q, or_empty(filter->role), or_empty(filter->office), (int64_t)filter->with_inactive, limit, skipped);
	while (rows_next(rows)) {
		struct user *user = LIST_ADD(c->arena, out);
		user_read(rows, c->arena, user);
		user->cases_open = (int)rows_int(rows, 15);
		user->seen_at = rows_int(rows, 16);
		out->total = rows_int(rows, 17);
	}
	return rows_close(rows);
}

static bool is_one_of(const char *const *list, const char *word)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, word) == 0)
			return true;
	return false;
}

enum err user_workers(const struct context *c, const char *office, const char *const *roles, struct users *out)
{
	*out = (struct users){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT " USER_COLUMNS
		", (SELECT ifnull(sum(n), 0) FROM casefile_count k WHERE k.owner_id = u.id AND k.is_open = 1)" USER_FROM
		" WHERE u.is_active = 1 AND (?4 = '' OR u.office = ?4)"
		" AND (?1 = 4 OR (?1 = 3 AND o.area = ?3) OR (?1 IN (1, 2) AND u.office = ?2)) ORDER BY o.name, u.name"), "isss",
		(int64_t)scope_reach(c), or_empty(c->actor->office), or_empty(c->actor->area), or_empty(office));
	while (rows_next(rows)) {
		struct user user;
		user_read(rows, c->arena, &user);
		user.cases_open = (int)rows_int(rows, 15);
		if (roles == NULL || is_one_of(roles, user.role))
			*LIST_ADD(c->arena, out) = user;
	}
	return rows_close(rows);
}

enum err user_names(const struct context *c, const char *office, int most, struct users *out)
{
	*out = (struct users){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT username, name FROM (SELECT u.username, u.name FROM user u INDEXED BY user_office"
		" WHERE u.office IN (SELECT key FROM office o WHERE (?4 = '' OR o.key = ?4) AND (?1 = 4 OR (?1 = 3 AND o.area = ?3) OR (?1 IN (1, 2) AND o.key = ?2)))"
		" AND u.is_active = 1 LIMIT ?5) ORDER BY name"), "isssi", (int64_t)scope_reach(c), or_empty(c->actor->office), or_empty(c->actor->area),
		or_empty(office), (int64_t)most + 1);
	while (rows_next(rows)) {
		struct user *user = LIST_ADD(c->arena, out);
		*user = (struct user){ .username = cell(rows, 0, c->arena), .name = cell(rows, 1, c->arena) };
	}
	if (out->n > (size_t)most)
		out->n = 0;
	return rows_close(rows);
}

/* a–z, digits, dot, dash, underscore: user names stand in addresses and logs. */
static bool is_username(const char *text)
{
	size_t n = strlen(or_empty(text));
	for (size_t i = 0; i < n; i++)
		if (!islower((unsigned char)text[i]) && !isdigit((unsigned char)text[i]) && strchr("._-", text[i]) == NULL)
			return false;
	return n >= 2 && n <= 60 && isalnum((unsigned char)text[0]);
}

static enum err user_insert(const struct context *c, const struct user *user)
{
	return db_run(c->db, c->why, SQL("INSERT INTO user (username, name, name_native, role, office, title, email, phone, language, created_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"), "sssssssssi", user->username, user->name, or_null(user->name_native), user->role,
		or_null(user->office), or_null(user->title), or_null(user->email), or_null(user->phone), or_null(user->language), user->created_at);
}

enum err user_create(const struct context *c, struct user *user)
{
	if (!is_username(user->username) || text_is_blank(user->name) || text_is_blank(user->role))
		return fail(c->why, ERR_INVALID, "user name, name or role");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	user->created_at = c->actor->now;
	err = user_insert(c, user);
	user->id = db_last_id(c->db);
	user->is_active = true;
	if (err == OK)
		err = audit_change(c, "create", "user", user->username, 0,
		                   audit_detail(c, "role", user->role, "office", or_empty(user->office), NULL));
	return db_end(c, err);
}

/* Somebody must remain who can let others in: when this active user no longer will, another one does. */
static enum err expect_other_manager(const struct context *c, const struct user *user, const char *const *managers)
{
	int64_t others = 0;
	enum err err = OK;
	if (!user->is_active || !is_one_of(managers, user->role))
		return OK;
	for (; err == OK && others == 0 && *managers != NULL; managers++)
		err = db_int(c->db, c->why, &others, SQL("SELECT count(*) FROM user WHERE role = ? AND is_active = 1 AND id <> ?"), "si", *managers, user->id);
	return err == OK && others == 0 ? fail(c->why, ERR_CONFLICT, "%s is the last who manages users", user->username) : err;
}

static enum err user_write(const struct context *c, const struct user *user, const struct user *before)
{
	enum err err = db_run(c->db, c->why, SQL("UPDATE user SET name = ?, name_native = ?, role = ?, office = ?, title = ?, email = ?,"
		" phone = ?, language = ? WHERE id = ?"), "ssssssssi", user->name, or_null(user->name_native), user->role, or_null(user->office),
		or_null(user->title), or_null(user->email), or_null(user->phone), or_null(user->language), user->id);
	bool moved = strcmp(user->role, before->role) != 0 || strcmp(or_empty(user->office), before->office) != 0;
	if (err == OK && moved)
		err = session_delete_user(c, user->id, NULL);
	return err;
}

enum err user_update(const struct context *c, const struct user *user, const char *const *managers)
{
	struct user *before;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	if (text_is_blank(user->name) || text_is_blank(user->role))
		err = fail(c->why, ERR_INVALID, "name or role");
	if (err == OK)
		err = user_by_id(c, user->id, &before);
	if (err == OK && !is_one_of(managers, user->role))
		err = expect_other_manager(c, before, managers);
	if (err == OK)
		err = user_write(c, user, before);
	if (err == OK)
		err = audit_change(c, "update", "user", before->username, 0, audit_detail(c, "role_before", before->role, "role", user->role,
			"office_before", before->office, "office", or_empty(user->office), NULL));
	return db_end(c, err);
}

static enum err shut_out(const struct context *c, int64_t id)
{
	enum err err = session_delete_user(c, id, NULL);
	return err != OK ? err : db_run(c->db, c->why, SQL("DELETE FROM sign_in_link WHERE user_id = ?"), "i", id);
}

enum err user_set_active(const struct context *c, int64_t id, bool is_active, const char *const *managers)
{
	struct user *user;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = user_by_id(c, id, &user);
	if (err == OK && !is_active)
		err = expect_other_manager(c, user, managers);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE user SET is_active = ? WHERE id = ?"), "ii", (int64_t)is_active, id);
	if (err == OK && !is_active)
		err = shut_out(c, id);
	if (err == OK)
		err = audit_change(c, is_active ? "activate" : "deactivate", "user", user->username, 0, NULL);
	return db_end(c, err);
}
