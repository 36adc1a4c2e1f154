/* SPDX-License-Identifier: Apache-2.0
 *
 * Users: who works here with which role and office; adding somebody gives a single-use
 * sign-in link to hand over, shown once. */
#include "pages.h"

#include <string.h>

#include "base/text.h"
#include "country/words.h"
#include "model/user.h"
#include "request/context.h"
#include "request/decode.h"
#include "view/format.h"
#include "view/parts.h"

#define LINK_HOURS 72
#define PER_PAGE 50

const struct field users_fields[] = {{"q", FIELD_LINE, 80, NULL}, {"role", FIELD_LINE, 60, NULL}, {"page", FIELD_INT, 0, NULL}, {0}};
const struct field users_send_fields[] = {
	{"username", FIELD_LINE, 60, NULL}, {"name", FIELD_LINE, 120, NULL}, {"role", FIELD_LINE, 60, NULL}, {"office", FIELD_LINE, 60, NULL},
	{"title", FIELD_LINE, 120, NULL}, {"email", FIELD_LINE, 200, NULL}, {0}};
const struct field user_send_fields[] = {
	{"do", FIELD_CHOICE, 0, "save link stop start"}, {"name", FIELD_LINE, 120, NULL}, {"role", FIELD_LINE, 60, NULL}, {"office", FIELD_LINE, 60, NULL},
	{"title", FIELD_LINE, 120, NULL}, {"email", FIELD_LINE, 200, NULL}, {0}};

/* A role of the bundle that somebody of the staff can have: the portal's is the families'. */
static const struct role *role_of_staff(const struct bundle *bundle, const char *key)
{
	const struct role *role = key ? bundle_role(bundle, key) : NULL;

	return role && !(role->permissions & BIT(PERM_PORTAL)) ? role : NULL;
}

/* The roles that may manage users, closed by NULL. */
static const char *const *managers(const struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	const char **keys = arena_array(r->arena, const char *, b->n_roles + 1);
	size_t n = 0;

	for (size_t i = 0; i < b->n_roles; i++)
		if (b->role[i].permissions & BIT(PERM_USER_MANAGE))
			keys[n++] = b->role[i].key;
	return keys;
}

static void role_and_office(struct request *r, const char *role, const char *office)
{
	const struct bundle *b = r->instance->bundle;
	struct vnode *field = part_field(r->view, NULL, "Fields", "choice", "role", tr("Role"), NULL);

	/* a role that the country no longer has is replaced by nothing of itself */
	if (!role_of_staff(b, role))
		part_option(r->view, field, "", tr("Choose a role."), true);
	for (size_t i = 0; i < b->n_roles; i++)
		if (role_of_staff(b, b->role[i].key))
			part_option(r->view, field, b->role[i].key, tr(b->role[i].label), text_eq(role, b->role[i].key));
	field = part_field(r->view, NULL, "Fields", "choice", "office", tr("Office"), NULL);
	part_option(r->view, field, "", tr("No office"), !office || !*office);
	for (size_t i = 0; i < b->n_offices; i++)
		part_option(r->view, field, b->office[i].key, tr(b->office[i].name), text_eq(office, b->office[i].key));
}

static void person_fields(struct request *r, const struct user *u)
{
	struct vnode *field;

	part_field(r->view, NULL, "Fields", "line", "name", tr("Name"), request_field(r, "name") ? request_text(r, "name") : u ? u->name : "");
	role_and_office(r, request_field(r, "do") || !u ? request_text(r, "role") : u->role, request_field(r, "do") || !u ? request_text(r, "office") : u->office);
	field = part_field(r->view, NULL, "Fields", "line", "title", tr("Title"), request_field(r, "title") ? request_text(r, "title") : u ? u->title : "");
	view_flag(r->view, field, "Optional", true);
	field = part_field(r->view, NULL, "Fields", "email", "email", tr("Email"), request_field(r, "email") ? request_text(r, "email") : u ? u->email : "");
	view_flag(r->view, field, "Optional", true);
}

static void fill_row(struct request *r, const struct user *u)
{
	struct view *v = r->view;
	struct vnode *row = view_item(v, NULL, "Rows");
	const struct role *role = bundle_role(r->instance->bundle, u->role);

	view_set(v, row, "Name", u->name);
	view_set(v, row, "Username", u->username);
	view_set(v, row, "Url", link_to(r, "users/%s", u->username));
	view_set(v, row, "Role", role ? tr(role->label) : u->role);
	view_set(v, row, "Office", tr(u->office_name));
	view_int(v, row, "Cases", u->cases_open);
	if (!u->is_active)
		view_set(v, row, "State", tr("Stopped"));
}

static char *page_address(struct request *r, int64_t page)
{
	char *path = arena_printf(r->arena, "%s?page=%lld", link_to(r, "users"), (long long)page);

	if (*request_text(r, "q"))
		path = arena_printf(r->arena, "%s&q=%s", path, encode_percent(r->arena, request_text(r, "q")));
	return *request_text(r, "role") ? arena_printf(r->arena, "%s&role=%s", path, encode_percent(r->arena, request_text(r, "role"))) : path;
}

static void fill_pager(struct request *r, const struct users *users, int64_t page)
{
	int64_t first = (page - 1) * PER_PAGE + 1, last = first + (int64_t)users->n - 1;

	if (users->total > PER_PAGE)
		part_pager(r->view, NULL, "Pager", tr_fill(r->arena, tr("%1–%2 of %3"), format_number(r->arena, (double)first, 0), format_number(r->arena, (double)last, 0),
		           format_number(r->arena, (double)users->total, 0), NULL), page > 1 ? page_address(r, page - 1) : NULL, last < users->total ? page_address(r, page + 1) : NULL);
}

static enum err fill_list(struct request *r)
{
	struct context c = request_context(r);
	struct user_filter filter = {.q = request_field(r, "q"), .role = request_field(r, "role"), .with_inactive = true, .per_page = PER_PAGE};
	int64_t page = r->method == METHOD_GET ? request_int(r, "page", 1) : 1;
	struct users users;
	enum err err;

	filter.page = (int)page;
	if (r->method == METHOD_POST)
		filter = (struct user_filter){.with_inactive = true, .page = 1, .per_page = PER_PAGE};
	if (page < 1 || page > 10000)
		return fail(&r->why, ERR_NOT_FOUND, "no such page");
	if ((err = user_list(&c, &filter, &users)) != OK)
		return err;
	if (!users.n && page > 1)
		return fail(&r->why, ERR_NOT_FOUND, "no such page");
	part_head(r->view, tr("Users"), tr_fill(r->arena, tr_plural("%1 person works with this system.", "%1 people work with this system.", (long)users.total),
	          format_number(r->arena, (double)users.total, 0), NULL));
	for (size_t i = 0; i < users.n; i++)
		fill_row(r, &users.item[i]);
	fill_pager(r, &users, page);
	if (!users.n)
		part_empty(r->view, NULL, "Empty", tr("Nobody matches"), tr("Try a part of the name."), link_to(r, "users"), tr("Show everybody"));
	struct vnode *field = part_field(r->view, NULL, "New", "line", "username", tr("User name"), request_text(r, "username"));
	view_set(r->view, field, "Hint", tr("Small letters, digits, dots and hyphens."));
	person_fields(r, NULL);
	view_set(r->view, NULL, "SaveUrl", link_to(r, "users"));
	view_set(r->view, NULL, "Q", r->method == METHOD_GET ? request_text(r, "q") : "");
	return OK;
}

enum err page_users(struct request *r)
{
	enum err err = fill_list(r);

	return err == OK ? reply_page(r, "users") : err;
}

static bool is_username(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-");

	return n >= 2 && n <= 60 && !name[n];
}

static void check_person(struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	const char *email = request_text(r, "email");

	if (text_is_blank(request_text(r, "name")))
		view_problem(r, "name", tr("Write the name."));
	if (!role_of_staff(b, request_text(r, "role")))
		view_problem(r, "role", tr("Choose a role."));
	if (*request_text(r, "office") && !bundle_office(b, request_text(r, "office")))
		view_problem(r, "office", tr("Choose an office of the list."));
	if (*email && (!strchr(email, '@') || strpbrk(email, " ,;<>\"\r\n")))
		view_problem(r, "email", tr("Write one address, like name@example.org."));
}

static struct user user_from_fields(struct request *r)
{
	return (struct user){.username = request_text(r, "username"), .name = text_trim(r->arena, request_text(r, "name")), .name_native = "", .role = request_text(r, "role"),
		.office = request_text(r, "office"), .title = text_trim(r->arena, request_text(r, "title")), .email = text_trim(r->arena, request_text(r, "email")), .phone = "", .language = ""};
}

/* The link is shown once, on the page that answers; only its digest is kept. */
static enum err show_link(struct request *r, const struct user *u)
{
	struct context c = request_context(r);
	char token[TOKEN_LEN];
	enum err err = user_link_create(&c, u->id, LINK_HOURS, token);

	if (err != OK)
		return err;
	part_crumb(r->view, tr("Users"), link_to(r, "users"));
	part_crumb(r->view, u->name, NULL);
	part_head(r->view, u->name, NULL);
	view_setf(r->view, NULL, "Link", "%s://%s%s", r->is_tls ? "https" : "http", r->host, link_to(r, "link/%s", token));
	view_set(r->view, NULL, "LinkText", tr_fill(r->arena, tr("Give this address to %1. It works once, within three days, and is not shown again."), u->name, NULL));
	view_set(r->view, NULL, "BackUrl", link_to(r, "users"));
	return reply_page(r, "user");
}

enum err page_users_send(struct request *r)
{
	struct context c = request_context(r);
	struct user u = user_from_fields(r);
	enum err err;

	if (!is_username(u.username))
		view_problem(r, "username", tr("A user name has 2 to 60 small letters, digits, dots and hyphens."));
	check_person(r);
	if (!view_problems(r)) {
		err = user_create(&c, &u);
		if (err == OK)
			return show_link(r, &u);
		if (err != ERR_CONFLICT)
			return err;
		r->why = (struct why){0};
		view_problem(r, "username", tr("This user name is taken."));
	}
	err = fill_list(r);
	return err == OK ? reply_refused(r, "users") : err;
}

/* ---- one user ---- */

static enum err fill_user(struct request *r, const struct user *u)
{
	part_crumb(r->view, tr("Users"), link_to(r, "users"));
	part_crumb(r->view, u->name, NULL);
	part_head(r->view, u->name, u->username);
	person_fields(r, u);
	view_flag(r->view, NULL, "Active", u->is_active);
	view_flag(r->view, NULL, "Self", u->id == r->actor.user_id);
	view_set(r->view, NULL, "SaveUrl", link_to(r, "users/%s", u->username));
	view_set(r->view, NULL, "BackUrl", link_to(r, "users"));
	return OK;
}

enum err page_user(struct request *r)
{
	struct context c = request_context(r);
	struct user *u;
	enum err err = user_load(&c, r->param[0], &u);

	if (err == OK)
		err = fill_user(r, u);
	return err == OK ? reply_page(r, "user") : err;
}

static enum err save_user(struct request *r, struct context *c, const struct user *old)
{
	struct user u = *old;

	check_person(r);
	if (view_problems(r))
		return ERR_INVALID;
	u.name = text_trim(r->arena, request_text(r, "name"));
	u.role = request_text(r, "role");
	u.office = request_text(r, "office");
	u.title = text_trim(r->arena, request_text(r, "title"));
	u.email = text_trim(r->arena, request_text(r, "email"));
	return user_update(c, &u, managers(r));
}

enum err page_user_send(struct request *r)
{
	struct context c = request_context(r);
	const char *what = request_text(r, "do");
	struct user *u;
	enum err err = user_load(&c, r->param[0], &u);

	if (err != OK)
		return err;
	if (strcmp(what, "link") == 0)
		return show_link(r, u);
	if (strcmp(what, "stop") == 0 || strcmp(what, "start") == 0)
		err = user_set_active(&c, u->id, strcmp(what, "start") == 0, managers(r));
	else
		err = save_user(r, &c, u);
	if (err == OK)
		return reply_redirect_notice(r, link_to(r, "users"), "good", tr("Saved."));
	if (err == ERR_CONFLICT) {
		r->why = (struct why){0};
		view_problem(r, NULL, tr("Nobody else could manage users then. Name another one first."));
	} else if (err != ERR_INVALID)
		return err;
	err = fill_user(r, u);
	return err == OK ? reply_refused(r, "user") : err;
}
