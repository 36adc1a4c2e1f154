/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing in: user name and password; in demo mode one click as a persona; once by a
 * link (first administrator, new user). The page says when a sign-in ended on the way
 * and that nothing typed is lost. */
#include "pages.h"

#include <string.h>

#include "base/text.h"
#include "country/words.h"
#include "model/audit.h"
#include "model/user.h"
#include "request/context.h"
#include "request/reply.h"
#include "request/hold.h"
#include "view/parts.h"

#define NEXT_MAX 2000

const struct field login_fields[] = { { "next", FIELD_LINE, NEXT_MAX, NULL }, { 0 } };
const struct field login_send_fields[] = {
	{ "username", FIELD_LINE, 0, NULL }, { "password", FIELD_LINE, PASSWORD_MAX, NULL }, { "next", FIELD_LINE, NEXT_MAX, NULL }, { 0 },
};
const struct field persona_fields[] = { { "persona", FIELD_LINE, 60, NULL }, { "next", FIELD_LINE, NEXT_MAX, NULL }, { 0 } };
const struct field link_fields[] = {
	{ "password", FIELD_LINE, PASSWORD_MAX, NULL }, { "again", FIELD_LINE, PASSWORD_MAX, NULL }, { 0 },
};

/* Where to go on: the page asked for when it is one of this site, else `otherwise`. */
static const char *next_page(struct request *r, const char *otherwise)
{
	const char *next = request_text(r, "next"), *root = site_root(r);
	size_t n = strlen(root);

	if (path_is_ours(next) && strncmp(next, root, n) == 0 && (next[n] == '/' || !next[n]))
		return next;
	return otherwise;
}

static void show_personas(struct request *r)
{
	const struct bundle *bundle = r->instance->bundle;

	for (size_t i = 0; r->instance->is_demo && i < bundle->n_personas; i++) {
		const struct persona *persona = &bundle->persona[i];
		struct vnode *node;
		if (!text_eq(persona->site, "staff"))
			continue;
		node = view_item(r->view, NULL, "Personas");
		view_set(r->view, node, "Key", persona->key);
		view_set(r->view, node, "Name", persona->name);
		view_set(r->view, node, "Title", persona->title ? tr(persona->title) : NULL);
		view_set(r->view, node, "Teaser", persona->teaser ? tr(persona->teaser) : NULL);
		part_avatar(r->view, node, persona->name, (int64_t)i + 1);
	}
	view_set(r->view, NULL, "PersonaUrl", link_to(r, "persona"));
}

static void show_form(struct request *r)
{
	struct vnode *field;

	field = part_field(r->view, NULL, "Fields", "line", "username", tr("User name"), request_text(r, "username"));
	view_set(r->view, field, "Autocomplete", "username");
	field = part_field(r->view, NULL, "Fields", "password", "password", tr("Password"), NULL);
	view_set(r->view, field, "Autocomplete", "current-password");
	view_set(r->view, NULL, "Next", request_field(r, "next"));
	view_set(r->view, NULL, "SendUrl", link_to(r, "login"));
}

static void fill_login(struct request *r)
{
	part_head(r->view, tr("Sign in"), tr(r->instance->bundle->program));
	if (!r->session.is_open && hold_waits(r))
		view_set(r->view, NULL, "Ended", tr("Your sign-in had ended before this could be saved. What you typed is kept: sign in again and it is shown to you."));
	else if (!r->session.is_open && request_cookie(r, "cc_session"))
		view_set(r->view, NULL, "Ended", tr("Your sign-in has ended. Sign in again to go on where you were."));
	show_personas(r);
	show_form(r);
}

enum err page_login(struct request *r)
{
	fill_login(r);
	return reply_page(r, "login");
}

static enum err refuse(struct request *r, enum err err, const char *message)
{
	view_problem(r, "username", message);
	fill_login(r);
	r->status = err == ERR_THROTTLED ? err_status(err) : err_status(ERR_INVALID);
	return reply_page(r, "login");
}

enum err page_login_send(struct request *r)
{
	struct context c = request_context(r);
	struct user *user;
	enum err err = user_sign_in(&c, request_text(r, "username"), request_text(r, "password"), r->remote, &user);

	if (err == ERR_LOGIN)
		return refuse(r, err, tr("The user name and the password do not belong together. Check both and try again."));
	if (err == ERR_THROTTLED)
		return refuse(r, err, tr("There were too many tries for this name. Wait 15 minutes and try again."));
	if (err || (err = sign_in_staff(r, user->id)))
		return err;
	return reply_redirect(r, next_page(r, link_to(r, "")));
}

/* The page a persona's story begins on. */
static const char *start_page(struct request *r, const struct persona *persona)
{
	return arena_printf(r->arena, "%s%s", link_to(r, ""), persona->start ? persona->start : "");
}

enum err page_persona(struct request *r)
{
	const struct persona *persona = bundle_persona(r->instance->bundle, request_text(r, "persona"));
	struct context c = request_context(r);
	struct user *user;
	enum err err;

	if (!persona || !text_eq(persona->site, "staff"))
		return fail(&r->why, ERR_NOT_FOUND, "no such persona");
	if ((err = user_load(&c, persona->username, &user)) || (err = sign_in_staff(r, user->id)))
		return err;
	c = request_context(r);
	if ((err = audit_note(&c, "sign_in", "user", user->username, 0, NULL)))
		return err;
	return reply_redirect(r, next_page(r, start_page(r, persona)));
}

static enum err show_link(struct request *r, const struct user *user)
{
	struct vnode *field;

	part_head(r->view, tr_fill(r->arena, tr("Welcome, %1"), user->name, NULL),
	          tr("Choose a password. You sign in with it and your user name from now on."));
	part_fact(r->view, NULL, "Facts", tr("User name"), user->username);
	field = part_field(r->view, NULL, "Fields", "password", "password", tr("Password"), NULL);
	view_set(r->view, field, "Autocomplete", "new-password");
	view_set(r->view, field, "Hint", tr("At least 12 characters. A short sentence is easy to remember."));
	field = part_field(r->view, NULL, "Fields", "password", "again", tr("The same password again"), NULL);
	view_set(r->view, field, "Autocomplete", "new-password");
	view_set(r->view, NULL, "SendUrl", link_to(r, "link/%s", r->param[0]));
	return view_problems(r) ? reply_refused(r, "link") : reply_page(r, "link");
}

enum err page_link(struct request *r)
{
	struct context c = request_context(r);
	struct user *user;
	enum err err = user_link_find(&c, r->param[0], &user);

	return err ? err : show_link(r, user);
}

enum err page_link_send(struct request *r)
{
	const char *password = request_text(r, "password");
	struct context c = request_context(r);
	struct user *user;
	enum err err;

	if ((err = user_link_find(&c, r->param[0], &user)))
		return err;
	if (text_length(password) < PASSWORD_MIN)
		view_problem(r, "password", tr("Write at least 12 characters."));
	else if (!text_eq(password, request_text(r, "again")))
		view_problem(r, "again", tr("The two passwords are not the same. Write the same one twice."));
	if (view_problems(r))
		return show_link(r, user);
	if ((err = user_link_use(&c, r->param[0], password, &user)) || (err = sign_in_staff(r, user->id)))
		return err;
	return reply_redirect_notice(r, link_to(r, ""), "good", tr("Your password is set, and you are signed in."));
}
