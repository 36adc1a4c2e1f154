/* SPDX-License-Identifier: Apache-2.0
 *
 * What the family agreed to, purpose by purpose, as it stands today. */
#include "pages.h"

#include "base/date.h"
#include "base/text.h"
#include "country/words.h"
#include "model/consent.h"
#include "request/context.h"
#include "shared.h"
#include "view/format.h"

static const struct consent_purpose *purpose_of(const struct request *r, const char *key)
{
	const struct bundle *bundle = r->instance->bundle;

	for (size_t i = 0; i < bundle->n_consents; i++)
		if (text_eq(bundle->consent[i].key, key))
			return &bundle->consent[i];
	return NULL;
}

static const char *state(struct request *r, const struct consent *consent)
{
	char on[DATE_LEN];

	if (!consent->is_given)
		return tr_fill(r->arena, tr("You said no on %1."), format_date(r->arena, consent->given_on), NULL);
	if (consent->withdrawn_at) {
		date_of_instant(consent->withdrawn_at, r->instance->bundle->zone, on);
		return tr_fill(r->arena, tr("You took it back on %1."), format_date(r->arena, on), NULL);
	}
	if (!consent->is_valid)
		return tr_fill(r->arena, tr("It ended on %1."), format_date(r->arena, consent->expires_on), NULL);
	return tr_fill(r->arena, tr("You said yes on %1."), format_date(r->arena, consent->given_on), NULL);
}

static void show_consent(struct request *r, const struct consent *consent)
{
	const struct consent_purpose *purpose = purpose_of(r, consent->purpose);
	struct vnode *node;

	/* a purpose that the country no longer asks for */
	if (!purpose)
		return;
	node = view_item(r->view, NULL, "Consents");
	view_set(r->view, node, "Label", tr(purpose->label));
	view_set(r->view, node, "Text", tr(purpose->text));
	view_set(r->view, node, "Kind", consent->is_valid ? "g" : "");
	view_set(r->view, node, "Word", consent->is_valid ? tr("Yes") : tr("No"));
	view_set(r->view, node, "State", state(r, consent));
}

enum err page_consents(struct request *r)
{
	struct context c = request_context(r);
	struct consents consents;
	enum err err = consent_list(&c, r->casefile->id, &consents);

	if (err)
		return err;
	family_head(r, tr("Agreements"), tr("What I agreed to"), tr("You can take it back at any time."));
	/* the list has the newest of each purpose first */
	for (size_t i = 0; i < consents.n; i++)
		if (!i || !text_eq(consents.item[i].purpose, consents.item[i - 1].purpose))
			show_consent(r, &consents.item[i]);
	return reply_page(r, "consents");
}
