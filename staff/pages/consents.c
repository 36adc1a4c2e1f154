/* SPDX-License-Identifier: Apache-2.0
 *
 * Consent, purpose by purpose, with the words the person is shown and what was answered
 * when. Recording asks for the name of who consents; a withdrawal acts at once. */
#include "pages.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "case_parts.h"
#include "country/words.h"
#include "model/consent.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

const struct field consents_send_fields[] = {
	{"purpose", FIELD_LINE, 60, NULL}, {"do", FIELD_CHOICE, 0, "give refuse withdraw"}, {"seq", FIELD_INT, 0, NULL},
	{"given_by", FIELD_LINE, 120, NULL}, {"method", FIELD_CHOICE, 0, "written verbal"}, {0}};

static const struct consent_purpose *purpose_of(const struct bundle *b, const char *key)
{
	for (size_t i = 0; i < b->n_consents; i++)
		if (strcmp(b->consent[i].key, key) == 0)
			return &b->consent[i];
	return NULL;
}

static const char *state_words(struct request *r, const struct consent *consent)
{
	if (!consent)
		return tr("Not asked yet");
	if (consent->withdrawn_at)
		return tr_fill(r->arena, tr("Withdrawn by %1 on %2"), consent->withdrawn_by, format_instant(r->arena, consent->withdrawn_at), NULL);
	if (!consent->is_given)
		return tr_fill(r->arena, tr("Refused by %1 on %2"), consent->given_by, format_date(r->arena, consent->given_on), NULL);
	if (!consent->is_valid)
		return tr_fill(r->arena, tr("Ended on %1"), format_date(r->arena, consent->expires_on), NULL);
	return tr_fill(r->arena, tr("Given by %1 on %2, ends %3"), consent->given_by, format_date(r->arena, consent->given_on),
	               format_date(r->arena, consent->expires_on), NULL);
}

static void fill_purpose(struct request *r, const struct consent_purpose *p, const struct consents *all)
{
	struct view *v = r->view;
	struct vnode *row = view_item(v, NULL, "Purposes");
	const struct consent *newest = NULL;
	bool is_refused_here = strcmp(request_text(r, "purpose"), p->key) == 0;

	for (size_t i = 0; i < all->n && !newest; i++)
		if (strcmp(all->item[i].purpose, p->key) == 0)
			newest = &all->item[i];
	view_set(v, row, "Key", p->key);
	view_set(v, row, "Label", tr(p->label));
	view_set(v, row, "Text", tr(p->text));
	view_flag(v, row, "Required", p->is_required);
	view_set(v, row, "State", state_words(r, newest));
	view_flag(v, row, "Valid", newest && newest->is_valid);
	if (newest && newest->is_valid)
		view_int(v, row, "Seq", newest->seq);
	view_set(v, row, "GivenBy", is_refused_here ? request_text(r, "given_by") : "");
	if (is_refused_here)
		view_set(v, row, "Problem", view_problem_at(r, arena_printf(r->arena, "given_by-%s", p->key)));
	view_flag(v, row, "CanEdit", actor_can(&r->actor, PERM_CONSENT_EDIT));
	if (newest && newest->is_valid && strcmp(p->key, "portal") == 0 && bundle_has(r->instance->bundle, MODULE_PORTAL))
		view_set(v, row, "CodeUrl", case_link(r, "portal-code"));
}

static enum err fill_page(struct request *r)
{
	struct context c = request_context(r);
	const struct bundle *b = r->instance->bundle;
	struct consents all;
	enum err err = consent_list(&c, r->casefile->id, &all);

	if (err != OK || (err = case_head(r, tr("Consent"), NULL)) != OK)
		return err;
	case_tabs(r, "consents");
	for (size_t i = 0; i < b->n_consents; i++)
		fill_purpose(r, &b->consent[i], &all);
	view_set(r->view, NULL, "SaveUrl", case_link(r, "consents"));
	return OK;
}

enum err page_consents(struct request *r)
{
	enum err err = fill_page(r);

	return err == OK ? reply_page(r, "consents") : err;
}

static enum err record(struct request *r, struct context *c, const struct consent_purpose *p, bool is_given)
{
	char expires[DATE_LEN];
	const char *method = request_field(r, "method");
	struct consent consent = {.purpose = p->key, .is_given = is_given, .method = method ? method : "written", .given_by = text_trim(r->arena, request_text(r, "given_by")),
		.given_on = r->actor.today, .text_shown = tr(p->text), .language = r->language};

	date_add_months(r->actor.today, p->months > 0 ? p->months : 24, expires);
	consent.expires_on = expires;
	return consent_record(c, r->casefile->id, &consent);
}

enum err page_consents_send(struct request *r)
{
	struct context c = request_context(r);
	const struct consent_purpose *p = purpose_of(r->instance->bundle, request_text(r, "purpose"));
	const char *what = request_text(r, "do");
	enum err err;

	if (!p || !*what)
		return fail(&r->why, ERR_BAD_REQUEST, "no such purpose of consent");
	if (text_is_blank(request_text(r, "given_by")))
		view_problem(r, arena_printf(r->arena, "given_by-%s", p->key), tr("Write the name of the person who answers."));
	if (view_problems(r)) {
		err = fill_page(r);
		return err == OK ? reply_refused(r, "consents") : err;
	}
	if (strcmp(what, "withdraw") == 0)
		err = consent_withdraw(&c, r->casefile->id, request_int(r, "seq", 0), text_trim(r->arena, request_text(r, "given_by")));
	else
		err = record(r, &c, p, strcmp(what, "give") == 0);
	if (err != OK)
		return err;
	return reply_redirect_notice(r, case_link(r, "consents"), "good", strcmp(what, "withdraw") ? tr("Answer recorded.") : tr("Consent withdrawn. It acts from now on."));
}
