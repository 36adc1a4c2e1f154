/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared parts of the plan's pages; see plan_parts.h. */
#include "plan_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "country/told.h"
#include "country/words.h"
#include "model/casefile.h"
#include "request/context.h"

char *goal_number(const struct request *r, const struct goal *goal)
{
	return arena_printf(r->arena, "%lld.%lld", (long long)goal->need_number, (long long)goal->seq);
}

enum err goal_of_address(struct request *r, const char *number, struct goals *all, struct goal **out)
{
	struct context c = request_context(r);
	enum err err = plan_goals(&c, r->casefile->id, false, all);

	for (size_t i = 0; err == OK && i < all->n; i++)
		if (strcmp(goal_number(r, &all->item[i]), number) == 0) {
			*out = &all->item[i];
			return OK;
		}
	return err != OK ? err : fail(&r->why, ERR_NOT_FOUND, "no such goal");
}

const char *goal_status_word(const char *status)
{
	static const char *const words[][2] = {{"not_started", "Not started"}, {"in_progress", "On the way"}, {"achieved", "Reached"},
		{"partly_achieved", "Partly reached"}, {"not_achieved", "Not reached"}, {"dropped", "Dropped"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_eq(words[i][0], status))
			return tr(words[i][1]);
	return status;
}

const char *goal_status_kind(const struct goal *g)
{
	if (text_eq(g->status, "achieved") || text_eq(g->status, "partly_achieved"))
		return "good";
	if (g->is_overdue || text_eq(g->status, "not_achieved"))
		return "bad";
	return text_eq(g->status, "in_progress") ? "brand" : "";
}

const char *action_status_word(const struct action *a)
{
	if (text_eq(a->status, "done"))
		return tr("Done");
	if (text_eq(a->status, "not_done"))
		return tr("Not done");
	if (text_eq(a->status, "dropped"))
		return tr("Dropped");
	if (a->is_overdue)
		return tr("Late");
	return text_eq(a->status, "in_progress") ? tr("On the way") : tr("Open");
}

const char *action_status_kind(const struct action *a)
{
	if (text_eq(a->status, "done"))
		return "good";
	if (a->is_overdue || text_eq(a->status, "not_done"))
		return "bad";
	return text_eq(a->status, "in_progress") ? "brand" : "";
}

const char *actor_word(const char *actor)
{
	static const char *const words[][2] = {{"client", "Family"}, {"relative", "Relative"}, {"worker", "Worker"}, {"provider", "Service"}, {"community", "Community"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_eq(words[i][0], actor))
			return tr(words[i][1]);
	return actor;
}

bool plan_is_open(const struct request *r, const struct plan *plan)
{
	return !*r->casefile->closed_on && !(plan && (text_eq(plan->status, "proposed") || text_eq(plan->status, "approved")));
}

const char *typed_or_stored(const struct request *r, const char *field, const char *stored)
{
	const char *typed = text_trim(r->arena, request_text(r, field));

	return text_eq(typed, told(stored)) ? stored : typed;
}

const char *shown_text(const struct request *r, const char *field, const char *stored)
{
	const char *typed = request_field(r, field);

	return typed ? typed : told(stored);
}
