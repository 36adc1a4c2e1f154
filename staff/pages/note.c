/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing a note into a case: the words, the goals it is about, and who may read it. */
#include "pages.h"

#include <string.h>

#include "base/text.h"
#include "case_parts.h"
#include "country/told.h"
#include "country/words.h"
#include "model/event.h"
#include "model/plan.h"
#include "request/context.h"
#include "view/parts.h"

const struct field note_send_fields[] = {
	{"text", FIELD_TEXT, 4000, NULL}, {"goals", FIELD_MANY, 12, NULL}, {"visibility", FIELD_CHOICE, 0, "staff shared private"}, {0}};

static bool is_chosen(const struct request *r, const char *value)
{
	const char *now;

	for (size_t i = 0; (now = request_nth(r, "goals", i)); i++)
		if (strcmp(now, value) == 0)
			return true;
	return false;
}

static void visibility_option(struct request *r, struct vnode *field, const char *value, const char *label)
{
	const char *now = request_field(r, "visibility");

	part_option(r->view, field, value, label, strcmp(now ? now : "staff", value) == 0);
}

static const char *number_of(const struct request *r, const struct goal *goal)
{
	return arena_printf(r->arena, "%lld.%lld", (long long)goal->need_number, (long long)goal->seq);
}

static enum err load_goals(struct request *r, struct goals *goals)
{
	struct context c = request_context(r);

	*goals = (struct goals){0};
	return bundle_has(r->instance->bundle, MODULE_PLAN) ? plan_goals(&c, r->casefile->id, false, goals) : OK;
}

static void fill_goals(struct request *r, const struct goals *goals)
{
	if (!goals->n)
		return;
	struct vnode *field = part_field(r->view, NULL, "Fields", "checks", "goals", tr("Which goals is it about?"), NULL);
	view_flag(r->view, field, "Optional", true);
	for (size_t i = 0; i < goals->n; i++) {
		const char *number = number_of(r, &goals->item[i]);
		part_option(r->view, field, number, arena_printf(r->arena, "%s  %s", number, told(goals->item[i].statement)), is_chosen(r, number));
	}
}

static enum err fill_page(struct request *r, const struct goals *goals)
{
	struct vnode *field;
	enum err err = case_head(r, tr("Write a note"), NULL);

	if (err != OK)
		return err;
	field = part_field(r->view, NULL, "Fields", "text", "text", tr("What happened, and what was said"), request_text(r, "text"));
	view_set(r->view, field, "Hint", tr("Facts first, then what you make of them. Write it so that the family could read it."));
	view_int(r->view, field, "Rows", 7);
	fill_goals(r, goals);
	field = part_field(r->view, NULL, "Fields", "radios", "visibility", tr("Who may read it?"), NULL);
	visibility_option(r, field, "staff", tr("Staff who see this case"));
	visibility_option(r, field, "shared", tr("The family too, on its portal"));
	visibility_option(r, field, "private", tr("Only you: a reflection of your own"));
	view_set(r->view, NULL, "SaveUrl", case_link(r, "notes/new"));
	view_set(r->view, NULL, "BackUrl", case_link(r, ""));
	return OK;
}

enum err page_note(struct request *r)
{
	struct goals goals;
	enum err err = load_goals(r, &goals);

	if (err == OK)
		err = fill_page(r, &goals);
	return err == OK ? reply_page(r, "note") : err;
}

/* "1.1 2.1" of the boxes that were ticked: goals of this case that the page offers, each once. */
static const char *chosen_goals(struct request *r, const struct goals *goals)
{
	const char *joined = "", *goal;
	size_t n_came = 0, n_known = 0;

	for (size_t i = 0; i < goals->n; i++)
		if (is_chosen(r, number_of(r, &goals->item[i]))) {
			joined = arena_printf(r->arena, "%s%s%s", joined, *joined ? " " : "", number_of(r, &goals->item[i]));
			n_known++;
		}
	while ((goal = request_nth(r, "goals", n_came)))
		n_came++;
	if (n_came != n_known)
		view_problem(r, "goals", tr("Choose from the list."));
	return joined;
}

enum err page_note_send(struct request *r)
{
	struct context c = request_context(r);
	const char *visibility = request_field(r, "visibility"), *chosen;
	struct goals goals;
	enum err err = load_goals(r, &goals);

	if (err != OK)
		return err;
	chosen = chosen_goals(r, &goals);
	if (text_is_blank(request_text(r, "text")))
		view_problem(r, "text", tr("Write what happened."));
	if (view_problems(r)) {
		err = fill_page(r, &goals);
		return err == OK ? reply_refused(r, "note") : err;
	}
	err = event_note(&c, r->casefile->id, request_text(r, "text"), chosen, visibility ? visibility : "staff", NULL);
	return err == OK ? reply_redirect_notice(r, case_link(r, ""), "good", tr("Note saved.")) : err;
}
