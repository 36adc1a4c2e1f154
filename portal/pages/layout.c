/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills Layout for portal/templates/layout.cs: languages, text size, the office to call. */
#include "layout.h"

#include "base/text.h"
#include "country/words.h"
#include "model/casefile.h"
#include "request/context.h"
#include "request/frame.h"
#include "request/route.h"
#include "shared.h"
#include "view/parts.h"

/* The office that has the family's case, on every page they see when signed in. */
static void fill_call(struct request *r)
{
	struct context c = request_context(r);
	struct why why = { 0 };
	struct casefile *casefile;
	const struct office *office;

	c.why = &why;
	/* most pages have loaded it */
	if (!r->casefile && casefile_by_id(&c, r->actor.casefile_id, &casefile) == OK)
		r->casefile = casefile;
	office = r->casefile ? family_office(r) : NULL;
	if (!office || text_is_blank(office->phone))
		return;
	view_set(r->view, NULL, "Layout.Call.Url", part_phone_url(r->arena, office->phone));
	view_set(r->view, NULL, "Layout.Call.Label", tr_fill(r->arena, tr("Call the office: %1"), phone_in_text(r, office->phone), NULL));
}

static void fill_instance(struct request *r)
{
	const struct bundle *bundle = r->instance->bundle;

	view_set(r->view, NULL, "Layout.Program", tr(bundle->program));
	if (r->instance->is_demo) {
		view_set(r->view, NULL, "Layout.Demo.Instance", tr(bundle->name));
		view_setf(r->view, NULL, "Layout.Demo.PersonaUrl", "/?country=%s#people", r->instance->name);
	}
	if (r->actor.kind != ACTOR_BENEFICIARY)
		return;
	view_set(r->view, NULL, "Layout.HomeUrl", link_to(r, "%s", ""));
	view_set(r->view, NULL, "Layout.SignOutUrl", link_to(r, "logout"));
	fill_call(r);
}

void portal_fill_layout(struct request *r)
{
	frame_fill(r);
	if (r->instance)
		fill_instance(r);
}
