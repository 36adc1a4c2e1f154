/* SPDX-License-Identifier: Apache-2.0
 *
 * A family signs in: case number and birth date, then the code that was sent. Whether a
 * case exists is never told. In demo mode one click as a persona. */
#include "pages.h"

#include <string.h>

#include "base/text.h"
#include "country/words.h"
#include "model/audit.h"
#include "model/instance_meta.h"
#include "model/portal_door.h"
#include "request/context.h"
#include "request/hold.h"
#include "request/reply.h"
#include "shared.h"
#include "view/parts.h"

#define NEXT_MAX 2000

const struct field login_fields[] = { { "next", FIELD_LINE, NEXT_MAX, NULL }, { 0 } };
const struct field login_send_fields[] = {
	{ "number", FIELD_LINE, 40, NULL }, { "date_of_birth", FIELD_DATE, 0, NULL }, { "next", FIELD_LINE, NEXT_MAX, NULL }, { 0 },
};
const struct field code_fields[] = {
	{ "number", FIELD_LINE, 40, NULL }, { "date_of_birth", FIELD_DATE, 0, NULL }, { "code", FIELD_LINE, 20, NULL },
	{ "next", FIELD_LINE, NEXT_MAX, NULL }, { 0 },
};
const struct field persona_fields[] = { { "persona", FIELD_LINE, 60, NULL }, { "next", FIELD_LINE, NEXT_MAX, NULL }, { 0 } };

static const char *next_page(struct request *r)
{
	const char *next = request_text(r, "next"), *root = site_root(r);
	size_t n = strlen(root);

	return path_is_ours(next) && strncmp(next, root, n) == 0 && (next[n] == '/' || !next[n]) ? next : link_to(r, "");
}

static void show_personas(struct request *r)
{
	const struct bundle *bundle = r->instance->bundle;

	for (size_t i = 0; r->instance->is_demo && i < bundle->n_personas; i++) {
		const struct persona *persona = &bundle->persona[i];
		struct vnode *node;
		if (!text_eq(persona->site, "portal"))
			continue;
		node = view_item(r->view, NULL, "Personas");
		view_set(r->view, node, "Key", persona->key);
		view_set(r->view, node, "Name", persona->name_native ? name_for(r, persona->name_native, persona->name) : persona->name);
		view_set(r->view, node, "Title", persona->title ? tr(persona->title) : NULL);
	}
	view_set(r->view, NULL, "PersonaUrl", link_to(r, "persona"));
}

/* Three boxes of digits: a calendar is a long way to a birthday. */
static void show_birth(struct request *r)
{
	static const char *const part[][3] = { { "d", "Day", "bday-day" }, { "m", "Month", "bday-month" }, { "y", "Year", "bday-year" } };
	struct vnode *field = part_field(r->view, NULL, "Fields", "parts", "date_of_birth", tr("Date of birth"), NULL);

	view_set(r->view, field, "Hint", tr("Day, month and year, in numbers."));
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		const char *name = arena_printf(r->arena, "date_of_birth.%s", part[i][0]);
		struct vnode *node = view_item(r->view, field, "Parts");
		view_set(r->view, node, "Id", i ? NULL : "date_of_birth");
		view_set(r->view, node, "Name", name);
		view_set(r->view, node, "Label", tr(part[i][1]));
		view_set(r->view, node, "Autocomplete", part[i][2]);
		view_set(r->view, node, "Value", request_text(r, name));
	}
}

static void fill_login(struct request *r)
{
	struct vnode *field;

	part_head(r->view, tr("Sign in"), tr("You need your case number and your date of birth."));
	view_flag(r->view, NULL, "Sends", r->instance->is_demo);
	if (!r->session.is_open && hold_waits(r))
		view_set(r->view, NULL, "Ended", tr("You were signed out before we could save. What you wrote is kept. Sign in again to see it."));
	else if (!r->session.is_open && request_cookie(r, "cc_session"))
		view_set(r->view, NULL, "Ended", tr("You were signed out. Sign in again to go on."));
	show_personas(r);
	field = part_field(r->view, NULL, "Fields", "line", "number", tr("Case number"), request_text(r, "number"));
	view_setf(r->view, field, "Placeholder", "%s-2026-000123", r->instance->bundle->case_prefix);
	view_set(r->view, field, "Hint", tr("It is on every letter from us."));
	show_birth(r);
	view_set(r->view, NULL, "Next", request_field(r, "next"));
	view_set(r->view, NULL, "SendUrl", link_to(r, "login"));
}

enum err page_login(struct request *r)
{
	fill_login(r);
	return reply_page(r, "login");
}

static enum err throttled(struct request *r)
{
	view_problem(r, "number", tr("There were too many tries. Wait 15 minutes, or call the office."));
	fill_login(r);
	r->status = err_status(ERR_THROTTLED);
	return reply_page(r, "login");
}

/* As it stands on letters, however it was typed: "dem 2026 000412" is DEM-2026-000412. */
static const char *number_of(struct request *r)
{
	char *number = text_trim(r->arena, request_text(r, "number"));

	for (char *at = number; *at; at++)
		*at = *at == ' ' ? '-' : *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
	return number;
}

/* A trial sends nothing yet: the office tells the code. A demonstration writes it to a file. */
static const char *where_code_is(const struct request *r)
{
	return r->instance->is_demo ? tr("If both are right, we have just sent you a code.") :
	                              tr("Your office tells you the code. Call them, or ask your worker.");
}

static enum err show_code(struct request *r)
{
	struct vnode *field;

	part_head(r->view, tr("Write the code"), where_code_is(r));
	field = part_field(r->view, NULL, "Fields", "line", "code", tr("Code"), NULL);
	view_set(r->view, field, "Hint", tr("Six digits. It works for 15 minutes."));
	view_set(r->view, field, "Inputmode", "numeric");
	view_set(r->view, field, "Autocomplete", "one-time-code");
	view_set(r->view, NULL, "Number", number_of(r));
	view_set(r->view, NULL, "DateOfBirth", request_text(r, "date_of_birth"));
	view_set(r->view, NULL, "Next", request_field(r, "next"));
	view_set(r->view, NULL, "SendUrl", link_to(r, "login/code"));
	view_set(r->view, NULL, "BackUrl", link_to(r, "login"));
	view_flag(r->view, NULL, "Sends", r->instance->is_demo);
	if (r->instance->is_demo)
		view_setf(r->view, NULL, "DemoFile", "instances/%s/" PORTAL_DEMO_MESSAGES, r->instance->name);
	return view_problems(r) ? reply_refused(r, "code") : reply_page(r, "code");
}

enum err page_login_send(struct request *r)
{
	struct context c = request_context(r);
	enum err err;

	if (text_is_blank(request_field(r, "number")))
		view_problem(r, "number", tr("Write your case number."));
	if (text_is_blank(request_field(r, "date_of_birth")) && !view_problem_at(r, "date_of_birth"))
		view_problem(r, "date_of_birth", tr("Write your date of birth."));
	if (view_problems(r)) {
		fill_login(r);
		return reply_refused(r, "login");
	}
	if (!r->instance->is_demo)
		return show_code(r);
	err = portal_ask(&c, number_of(r), request_text(r, "date_of_birth"), r->remote, tr("Your code is %1. Tell it to nobody."));
	if (err == ERR_THROTTLED)
		return throttled(r);
	return err ? err : show_code(r);
}

enum err page_code_send(struct request *r)
{
	struct context c = request_context(r);
	int64_t casefile_id, person_id;
	enum err err;

	err = portal_enter(&c, number_of(r), request_text(r, "date_of_birth"), text_trim(r->arena, request_text(r, "code")),
	                   r->remote, &casefile_id, &person_id);
	if (err == ERR_THROTTLED)
		return throttled(r);
	if (err == ERR_LOGIN) {
		view_problem(r, "code", tr("This code does not fit, or it is too old. Try again, or ask for a new code."));
		return show_code(r);
	}
	if (err || (err = sign_in_beneficiary(r, casefile_id, person_id)))
		return err;
	return reply_redirect(r, next_page(r));
}

enum err page_persona(struct request *r)
{
	const struct persona *persona = bundle_persona(r->instance->bundle, request_text(r, "persona"));
	struct context c = request_context(r);
	int64_t casefile_id, person_id;
	enum err err;

	if (!persona || !text_eq(persona->site, "portal"))
		return fail(&r->why, ERR_NOT_FOUND, "no such persona");
	if ((err = persona_find(&c, persona->key, &casefile_id, &person_id)) || (err = sign_in_beneficiary(r, casefile_id, person_id)))
		return err;
	return reply_redirect(r, next_page(r));
}
