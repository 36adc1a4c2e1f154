/* SPDX-License-Identifier: Apache-2.0
 *
 * Everything that happened in a case, newest first, by kind and by pages. */
#include "pages.h"

#include "case_parts.h"
#include "country/words.h"
#include "events.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

#define PER_PAGE 40

const struct field timeline_fields[] = {{"kind", FIELD_LINE, 20, NULL}, {"page", FIELD_INT, 0, NULL}, {0}};

static void fill_pager(struct request *r, const char *kind, int page, int64_t total)
{
	char *at = case_link(r, "timeline"), *previous = NULL, *next = NULL;

	if (page > 1)
		previous = arena_printf(r->arena, "%s?kind=%s&page=%d", at, kind, page - 1);
	if ((int64_t)page * PER_PAGE < total)
		next = arena_printf(r->arena, "%s?kind=%s&page=%d", at, kind, page + 1);
	part_pager(r->view, NULL, "Pager", tr_fill(r->arena, tr_plural("%1 entry", "%1 entries", (long)total), format_number(r->arena, (double)total, 0), NULL), previous, next);
}

enum err page_timeline(struct request *r)
{
	struct context c = request_context(r);
	const char *kind = request_text(r, "kind");
	int64_t page = request_int(r, "page", 1);
	struct events events;
	enum err err;

	if (!event_kind_is_known(kind) || page < 1 || page > 10000)
		return fail(&r->why, ERR_NOT_FOUND, "no such kind or page");
	if ((err = event_list(&c, r->casefile->id, kind, PER_PAGE, (int)(page - 1) * PER_PAGE, &events)) != OK)
		return err;
	if ((err = case_head(r, tr("Timeline"), NULL)) != OK)
		return err;
	if (case_page_is_open(r, "notes/new"))
		part_head_action(r->view, "pri", "pencil", tr("Write a note"), case_link(r, "notes/new"));
	case_tabs(r, "timeline");
	fill_event_chips(r, case_link(r, "timeline"), kind);
	fill_events(r, &events);
	if (!events.n)
		part_empty(r->view, NULL, "Empty", NULL, tr("Nothing of this kind has happened yet."), case_link(r, "timeline"), tr("Show everything"));
	fill_pager(r, kind, (int)page, events.total);
	return reply_page(r, "timeline");
}
