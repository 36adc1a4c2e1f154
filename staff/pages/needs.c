/* SPDX-License-Identifier: Apache-2.0
 *
 * Needs and strengths of a case: the family's own order, what is written by hand beside
 * the assessment, and what is set aside with its reason. Numbers are never given twice. */
#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "case_parts.h"
#include "country/told.h"
#include "country/words.h"
#include "model/need.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

#define NEEDS_MAX 99

const struct field needs_send_fields[] = {
	{"do", FIELD_CHOICE, 0, "rank add settle"}, {"rank", FIELD_MANY, 6, NULL}, {"number", FIELD_MANY, 6, NULL},
	{"kind", FIELD_CHOICE, 0, "need strength"}, {"dimension", FIELD_LINE, 60, NULL}, {"statement", FIELD_TEXT, 1000, NULL}, {"words", FIELD_TEXT, 1000, NULL},
	{"sign", FIELD_LINE, 8, NULL}, {"status", FIELD_CHOICE, 0, "open met set_aside"}, {"reason", FIELD_TEXT, 1000, NULL}, {0}};

/* The place typed for a need, NULL when none came. */
static const char *typed_rank(const struct request *r, int64_t need)
{
	const char *number_text;
	int64_t number;

	for (size_t i = 0; (number_text = request_nth(r, "number", i)); i++)
		if (text_to_int(number_text, &number) && number == need)
			return request_nth(r, "rank", i);
	return NULL;
}

static void fill_rank(struct request *r, const struct need *n)
{
	const char *typed = typed_rank(r, n->number), *field = arena_printf(r->arena, "rank-%lld", (long long)n->number);
	struct view *v = r->view;
	struct vnode *row = view_item(v, NULL, "Ranks");
	const struct dimension *d = bundle_dimension(r->instance->bundle, n->dimension);

	view_int(v, row, "Number", n->number);
	view_setf(v, row, "Sign", "N%lld", (long long)n->number);
	view_set(v, row, "Statement", told(n->statement_objective));
	view_set(v, row, "Dimension", d ? tr(d->label) : n->dimension);
	if (typed)
		view_set(v, row, "Rank", typed);
	else if (n->client_priority)
		view_int(v, row, "Rank", n->client_priority);
	view_set(v, row, "Name", field);
	view_set(v, row, "Problem", view_problem_at(r, field));
	view_set(v, row, "Label", tr_fill(r->arena, tr("Place of N%1 in the family's order"), format_number(r->arena, (double)n->number, 0), NULL));
}

static void fill_add(struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	struct vnode *field = part_field(r->view, NULL, "Add", "radios", "kind", tr("What is it?"), NULL);

	part_option(r->view, field, "need", tr("A need"), strcmp(request_text(r, "kind"), "strength") != 0);
	part_option(r->view, field, "strength", tr("A strength"), strcmp(request_text(r, "kind"), "strength") == 0);
	field = part_field(r->view, NULL, "Add", "choice", "dimension", tr("Part of life"), NULL);
	for (size_t i = 0; i < b->n_dimensions; i++)
		part_option(r->view, field, b->dimension[i].key, tr(b->dimension[i].label), strcmp(request_text(r, "dimension"), b->dimension[i].key) == 0);
	field = part_field(r->view, NULL, "Add", "text", "statement", tr("In objective words"), request_text(r, "statement"));
	view_set(r->view, field, "Hint", tr("What you can see or check, without judging."));
	view_int(r->view, field, "Rows", 2);
	field = part_field(r->view, NULL, "Add", "text", "words", tr("In the family's own words"), request_text(r, "words"));
	view_flag(r->view, field, "Optional", true);
	view_int(r->view, field, "Rows", 2);
}

static void fill_settle(struct request *r, const struct needs *needs)
{
	struct vnode *field = part_field(r->view, NULL, "Settle", "choice", "sign", tr("Which one?"), NULL);

	for (size_t i = 0; i < needs->n; i++) {
		const struct need *n = &needs->item[i];
		const char *sign = arena_printf(r->arena, "%c%lld", n->is_strength ? 'S' : 'N', (long long)n->number);
		part_option(r->view, field, sign, arena_printf(r->arena, "%s  %s", sign, text_first(r->arena, told(n->statement_objective), 70)), strcmp(request_text(r, "sign"), sign) == 0);
	}
	field = part_field(r->view, NULL, "Settle", "radios", "status", tr("What about it?"), NULL);
	part_option(r->view, field, "set_aside", tr("Not now: it is set aside"), strcmp(request_text(r, "status"), "set_aside") == 0);
	part_option(r->view, field, "met", tr("It is met"), strcmp(request_text(r, "status"), "met") == 0);
	part_option(r->view, field, "open", tr("It is open again"), strcmp(request_text(r, "status"), "open") == 0);
	field = part_field(r->view, NULL, "Settle", "text", "reason", tr("Reason"), request_text(r, "reason"));
	view_int(r->view, field, "Rows", 2);
}

static enum err fill_page(struct request *r)
{
	struct context c = request_context(r);
	struct needs needs;
	enum err err = need_list(&c, r->casefile->id, &needs);

	if (err != OK || (err = case_head(r, tr("Needs and strengths"), NULL)) != OK)
		return err;
	for (size_t i = 0; i < needs.n; i++)
		if (!needs.item[i].is_strength && strcmp(needs.item[i].status, "open") == 0)
			fill_rank(r, &needs.item[i]);
	fill_add(r);
	if (needs.n)
		fill_settle(r, &needs);
	view_set(r->view, NULL, "SaveUrl", case_link(r, "needs"));
	return OK;
}

enum err page_needs(struct request *r)
{
	enum err err = fill_page(r);

	return err == OK ? reply_page(r, "needs") : err;
}

/* Places as typed beside each number; equal or missing places are a problem of that need. */
static enum err rank(struct request *r, struct context *c)
{
	int64_t by_place[NEEDS_MAX + 1] = {0}, ordered[NEEDS_MAX], number, place;
	const char *place_text, *number_text;
	size_t n = 0;

	for (size_t i = 0; (place_text = request_nth(r, "rank", i)) && (number_text = request_nth(r, "number", i)); i++) {
		const char *field = arena_printf(r->arena, "rank-%s", number_text);
		if (!text_to_int(number_text, &number))
			return fail(&r->why, ERR_BAD_REQUEST, "need number");
		if (text_is_blank(place_text))
			continue;
		if (!text_to_int(place_text, &place) || place < 1 || place > NEEDS_MAX)
			view_problem(r, field, tr("Write a place from 1 on."));
		else if (by_place[place])
			view_problem(r, field, tr("Two needs cannot have the same place."));
		else
			by_place[place] = number;
	}
	for (int i = 1; i <= NEEDS_MAX; i++)
		if (by_place[i])
			ordered[n++] = by_place[i];
	return view_problems(r) ? ERR_INVALID : need_rank(c, r->casefile->id, ordered, n);
}

static enum err add(struct request *r, struct context *c)
{
	struct need need = {.is_strength = strcmp(request_text(r, "kind"), "strength") == 0, .dimension = request_text(r, "dimension"),
		.statement_objective = text_trim(r->arena, request_text(r, "statement")), .statement_subjective = text_trim(r->arena, request_text(r, "words")),
		.sensitivity = "", .question = "", .status = "open", .status_reason = ""};

	if (!bundle_dimension(r->instance->bundle, need.dimension))
		view_problem(r, "dimension", tr("Choose a part of life."));
	if (!*need.statement_objective)
		view_problem(r, "statement", tr("Write what you can see or check."));
	return view_problems(r) ? ERR_INVALID : need_create(c, r->casefile->id, &need);
}

static enum err settle(struct request *r, struct context *c)
{
	const char *sign = request_text(r, "sign"), *status = request_text(r, "status"), *reason = text_trim(r->arena, request_text(r, "reason"));
	int64_t number = 0;

	if ((*sign != 'N' && *sign != 'S') || !text_to_int(sign + 1, &number))
		view_problem(r, "sign", tr("Choose a need or a strength."));
	if (!*status)
		view_problem(r, "status", tr("Say what about it."));
	if (!*reason && strcmp(status, "open") != 0)
		view_problem(r, "reason", tr("Write the reason: the plan and the supervisor will ask for it."));
	return view_problems(r) ? ERR_INVALID : need_settle(c, r->casefile->id, *sign == 'S', number, status, reason);
}

enum err page_needs_send(struct request *r)
{
	struct context c = request_context(r);
	const char *what = request_text(r, "do");
	enum err err = strcmp(what, "rank") == 0 ? rank(r, &c) : strcmp(what, "add") == 0 ? add(r, &c) : settle(r, &c);

	if (err == OK)
		return reply_redirect_notice(r, case_link(r, "needs"), "good", tr("Saved."));
	if (err != ERR_INVALID)
		return err;
	err = fill_page(r);
	return err == OK ? reply_refused(r, "needs") : err;
}
