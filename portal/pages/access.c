/* SPDX-License-Identifier: Apache-2.0
 *
 * Who has read the family's file in the last 90 days, from the audit log, in words. Their own
 * visits to these pages stand there too: somebody else's on a shared phone would show. */
#include "pages.h"

#include "base/date.h"
#include "base/text.h"
#include "country/words.h"
#include "model/audit.h"
#include "request/context.h"
#include "shared.h"
#include "view/format.h"

static void show_opener(struct request *r, const struct opener *opener)
{
	bool is_family = text_eq(opener->username, r->actor.username);
	struct vnode *node = view_item(r->view, NULL, "Openers");
	char on[DATE_LEN];

	date_of_instant(opener->last_at, r->instance->bundle->zone, on);
	view_set(r->view, node, "Name", is_family ? tr("You") : worker_for(r, opener->name, opener->name_native));
	view_set(r->view, node, "Title", is_family ? tr("On these pages, with your code") : tr(opener->title));
	view_set(r->view, node, "Text", tr_fill(r->arena, tr_plural("%1 time. The last on %2.", "%1 times. The last on %2.", opener->times),
	                                        format_number(r->arena, opener->times, 0), format_day(r->arena, on), NULL));
}

enum err page_access(struct request *r)
{
	struct context c = request_context(r);
	struct openers openers;
	enum err err = audit_openers(&c, r->casefile->id, r->actor.now - ACCESS_DAYS * 86400, &openers);

	if (err)
		return err;
	family_head(r, tr("Readers"), tr("Who has read my file"), tr("In the last 90 days."));
	for (size_t i = 0; i < openers.n; i++)
		show_opener(r, &openers.item[i]);
	return reply_page(r, "access");
}
