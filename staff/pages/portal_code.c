/* SPDX-License-Identifier: Apache-2.0
 *
 * A sign-in code for the portal, told to the family by telephone or face to face: shown once,
 * on the page that answers. Only its digest is kept. */
#include "pages.h"

#include "case_parts.h"
#include "country/words.h"
#include "model/portal_door.h"
#include "request/context.h"
#include "view/parts.h"

/* Why there is no code, and what to do about it. */
static enum err refuse(struct request *r, const char *why)
{
	r->why = (struct why){ 0 };
	return reply_redirect_notice(r, case_link(r, "consents"), "bad", why);
}

enum err page_portal_code(struct request *r)
{
	struct context c = request_context(r);
	const char *code;
	enum err err = portal_code_give(&c, r->casefile->id, &code);

	if (err == ERR_CONFLICT)
		return refuse(r, tr("The family has not agreed to use the portal."));
	if (err == ERR_INVALID)
		return refuse(r, tr("The contact person has no date of birth. Write it down first: it is needed to sign in."));
	if (err != OK || (err = case_head(r, tr("Code for the portal"), NULL)) != OK)
		return err;
	view_set(r->view, NULL, "Code", code);
	part_fact(r->view, NULL, "Facts", tr("Case number"), r->casefile->number);
	part_fact(r->view, NULL, "Facts", tr("Address of the portal"), arena_printf(r->arena, "%s://%s/%s/portal/", r->is_tls ? "https" : "http", r->host, r->instance->name));
	view_set(r->view, NULL, "BackUrl", case_link(r, "consents"));
	return reply_page(r, "portal_code");
}
