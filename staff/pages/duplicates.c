/* SPDX-License-Identifier: Apache-2.0
 *
 * Shows who is known already. Of people in other offices' cases only that there is one and
 * whom to ask: the record itself stays out of scope. */
#include "duplicates.h"

#include "case_parts.h"
#include "country/words.h"
#include "request/context.h"
#include "view/format.h"

static const char *reasons_of(struct request *r, unsigned reasons)
{
	static const struct { unsigned bit; const char *word; } words[] = {
		{MATCH_IDENTIFIER, "the same identifier"}, {MATCH_NAME, "a name like it"}, {MATCH_BIRTH, "the same birth date"}, {MATCH_PHONE, "the same phone"}};
	const char *joined = "";

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (reasons & words[i].bit)
			joined = arena_printf(r->arena, "%s%s%s", joined, *joined ? ", " : "", tr(words[i].word));
	return joined;
}

static void fill_match(struct request *r, const struct person_match *m)
{
	struct view *v = r->view;
	struct vnode *row = view_item(v, NULL, "Duplicates");

	view_set(v, row, "Reasons", reasons_of(r, m->reasons));
	if (!m->is_in_scope) {
		view_set(v, row, "Name", tr("Somebody known to another office"));
		view_set(v, row, "Text", tr_fill(r->arena, tr("Ask the office: %1"), tr(m->office_name), NULL));
		return;
	}
	view_set(v, row, "Name", person_name(r, m->person));
	if (*m->person->date_of_birth)
		view_set(v, row, "Born", tr_fill(r->arena, tr("born %1"), format_date(r->arena, m->person->date_of_birth), NULL));
	if (*m->number) {
		view_set(v, row, "Case", m->number);
		view_set(v, row, "Url", link_to(r, "cases/%s", m->number));
		view_set(v, row, "Text", m->is_open ? tr("open case") : tr("closed case"));
	}
}

enum err duplicates_fill(struct request *r, const struct person *typed, bool *found)
{
	struct context c = request_context(r);
	struct person_matches matches;
	enum err err = person_duplicates(&c, typed, &matches);

	if (err != OK)
		return err;
	for (size_t i = 0; i < matches.n; i++)
		fill_match(r, &matches.item[i]);
	*found = matches.n > 0;
	return OK;
}
