/* SPDX-License-Identifier: Apache-2.0
 *
 * One goal: writing it, changing its words (which opens a new version of the plan), noting
 * how far it has come, and dropping it with a reason. */
#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "case_parts.h"
#include "country/told.h"
#include "country/words.h"
#include "plan_item.h"
#include "plan_parts.h"
#include "view/format.h"
#include "view/parts.h"

const struct field goal_new_fields[] = {{"need", FIELD_INT, 0, NULL}, {0}};
const struct field goal_send_fields[] = {
	{"do", FIELD_CHOICE, 0, "save progress drop"}, {"need", FIELD_INT, 0, NULL}, {"statement", FIELD_TEXT, 500, NULL}, {"plain", FIELD_TEXT, 500, NULL},
	{"expected_change", FIELD_TEXT, 500, NULL}, {"baseline", FIELD_LINE, 8, NULL}, {"target", FIELD_LINE, 8, NULL}, {"due_on", FIELD_DATE, 0, NULL},
	{"strengths", FIELD_MANY, 6, NULL}, {"also_needs", FIELD_MANY, 6, NULL}, {"revision", FIELD_INT, 0, NULL},
	{"status", FIELD_CHOICE, 0, "not_started in_progress achieved partly_achieved not_achieved"}, {"progress", FIELD_INT, 0, NULL}, {"reason", FIELD_TEXT, 500, NULL}, {0}};

static const struct need *need_of(const struct needs *needs, int64_t number)
{
	for (size_t i = 0; i < needs->n; i++)
		if (!needs->item[i].is_strength && needs->item[i].number == number)
			return &needs->item[i];
	return NULL;
}

static enum err load(struct plan_item *p)
{
	struct request *r = p->r;
	bool is_new = strcmp(r->param[1] ? r->param[1] : "new", "new") == 0;
	int64_t number = request_int(r, "need", 0);
	enum err err = need_list(&p->c, r->casefile->id, &p->needs);

	if (err != OK)
		return err;
	if (!is_new) {
		if ((err = goal_of_address(r, r->param[1], &p->goals, &p->goal)) != OK)
			return err;
		number = p->goal->need_number;
	}
	p->need = need_of(&p->needs, number);
	return p->need ? OK : fail(&r->why, ERR_NOT_FOUND, "no such need");
}

static bool is_old(const struct plan_item *p, int64_t *revision)
{
	*revision = p->goal ? p->goal->revision : 0;
	return p->goal != NULL;
}

static const char *address(const struct plan_item *p)
{
	return p->goal ? arena_printf(p->r->arena, "plan/goals/%s", goal_number(p->r, p->goal)) : "plan/goals/new";
}

static const char *place(const struct plan_item *p)
{
	return case_link(p->r, "plan");
}

/* ---- the page ---- */

static bool is_in(const struct plan_item *p, const char *field, const char *list, const char *value)
{
	const char *now;

	if (request_field(p->r, "do")) {
		for (size_t i = 0; (now = request_nth(p->r, field, i)); i++)
			if (strcmp(now, value) == 0)
				return true;
		return false;
	}
	return list && strstr(arena_printf(p->r->arena, ",%s,", list), arena_printf(p->r->arena, ",%s,", value));
}

static void words_fields(struct plan_item *p)
{
	struct request *r = p->r;
	const struct goal *g = p->goal;
	struct vnode *field;

	field = part_field(r->view, NULL, "Fields", "text", "statement", tr("Goal"), shown_text(r, "statement", g ? g->statement : ""));
	view_set(r->view, field, "Hint", tr("What will be different, in objective words."));
	view_int(r->view, field, "Rows", 2);
	field = part_field(r->view, NULL, "Fields", "text", "plain", tr("The same in the family's words"), shown_text(r, "plain", g ? g->plain : ""));
	view_set(r->view, field, "Hint", tr("This is what the family reads on its portal."));
	view_flag(r->view, field, "Optional", true);
	view_int(r->view, field, "Rows", 2);
	field = part_field(r->view, NULL, "Fields", "text", "expected_change", tr("We will know because"), shown_text(r, "expected_change", g ? g->expected_change : ""));
	view_int(r->view, field, "Rows", 2);
	part_field(r->view, NULL, "Fields", "date", "due_on", tr("By when"), request_field(r, "due_on") ? request_text(r, "due_on") : g ? g->due_on : "");
}

static void level_fields(struct plan_item *p)
{
	struct request *r = p->r;
	const struct goal *g = p->goal;
	const char *baseline = g && g->has_baseline ? format_number(r->arena, g->baseline, 0) : p->need->has_severity ? format_number(r->arena, p->need->severity, 0) : "";
	const char *target = g && g->has_target ? format_number(r->arena, g->target, 0) : "";
	struct vnode *field;

	field = part_field(r->view, NULL, "Fields", "number", "baseline", tr("Level now"), request_field(r, "baseline") ? request_text(r, "baseline") : baseline);
	view_flag(r->view, field, "Optional", true);
	field = part_field(r->view, NULL, "Fields", "number", "target", tr("Level hoped for"), request_field(r, "target") ? request_text(r, "target") : target);
	view_flag(r->view, field, "Optional", true);
}

/* Strengths, and the other needs that are open. */
static bool is_offered(const struct plan_item *p, const struct need *n)
{
	return n->is_strength || (n->number != p->need->number && strcmp(n->status, "open") == 0);
}

static void relation_fields(struct plan_item *p)
{
	struct request *r = p->r;
	struct vnode *strengths = NULL, *also = NULL;

	for (size_t i = 0; i < p->needs.n; i++) {
		const struct need *n = &p->needs.item[i];
		const char *number = arena_printf(r->arena, "%lld", (long long)n->number);
		if (!is_offered(p, n))
			continue;
		struct vnode **field = n->is_strength ? &strengths : &also;
		if (!*field) {
			*field = part_field(r->view, NULL, "Fields", "checks", n->is_strength ? "strengths" : "also_needs", n->is_strength ? tr("Strengths it builds on") : tr("Other needs it answers too"), NULL);
			view_flag(r->view, *field, "Optional", true);
		}
		part_option(r->view, *field, number, arena_printf(r->arena, "%c%s  %s", n->is_strength ? 'S' : 'N', number, told(n->statement_objective)),
		            is_in(p, n->is_strength ? "strengths" : "also_needs", p->goal ? n->is_strength ? p->goal->strengths : p->goal->also_needs : NULL, number));
	}
}

static void progress_fields(struct plan_item *p)
{
	static const char *const states[] = {"not_started", "in_progress", "achieved", "partly_achieved", "not_achieved"};
	struct request *r = p->r;
	const char *now = request_field(r, "status") ? request_text(r, "status") : p->goal->status;
	struct vnode *field = part_field(r->view, NULL, "Progress", "radios", "status", tr("How is it going?"), NULL);

	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		part_option(r->view, field, states[i], goal_status_word(states[i]), strcmp(now, states[i]) == 0);
	field = part_field(r->view, NULL, "Progress", "number", "progress", tr("How far, in per cent"),
	                   request_field(r, "progress") ? request_text(r, "progress") : arena_printf(r->arena, "%d", p->goal->progress));
	field = part_field(r->view, NULL, "Progress", "text", "reason", tr("Reason"), shown_text(r, "reason", p->goal->status_reason));
	view_flag(r->view, field, "Optional", true);
	view_int(r->view, field, "Rows", 2);
}

static void all_words(struct plan_item *p)
{
	words_fields(p);
	level_fields(p);
	relation_fields(p);
}

static enum err head(struct plan_item *p)
{
	struct request *r = p->r;
	const char *title = p->goal ? tr_fill(r->arena, tr("Goal %1"), goal_number(r, p->goal), NULL) : tr("New goal");

	view_int(r->view, NULL, "Need", p->need->number);
	return case_head(r, title, arena_printf(r->arena, "N%lld  %s", (long long)p->need->number, told(p->need->statement_objective)));
}

/* ---- saving ---- */

static bool offers(const struct plan_item *p, bool is_strength, int64_t number)
{
	for (size_t i = 0; i < p->needs.n; i++)
		if (p->needs.item[i].is_strength == is_strength && p->needs.item[i].number == number)
			return is_offered(p, &p->needs.item[i]);
	return false;
}

/* What is ticked now, and of what is stored all that the form did not offer: a link to a need that is settled, or that this
 * reader may not see, is not theirs to drop. */
static const char *related(struct plan_item *p, const char *field, bool is_strength, const char *stored)
{
	struct request *r = p->r;
	const char *out = "", *value;
	int64_t number;
	char *end;

	for (const char *at = stored; *at; at = *end ? end + 1 : end) {
		number = strtol(at, &end, 10);
		if (end != at && !offers(p, is_strength, number))
			out = arena_printf(r->arena, "%s%s%lld", out, *out ? "," : "", (long long)number);
	}
	for (size_t i = 0; (value = request_nth(r, field, i)); i++)
		if (text_to_int(value, &number) && offers(p, is_strength, number))
			out = arena_printf(r->arena, "%s%s%lld", out, *out ? "," : "", (long long)number);
		else
			view_problem(r, field, tr("Choose from the list."));
	return out;
}

static void read_level(struct request *r, const char *field, bool *has, double *number)
{
	const char *text = text_trim(r->arena, request_text(r, field));

	*has = *text != 0;
	if (*has && (!text_to_double(text, number) || *number < 0 || *number > 1000))
		view_problem(r, field, tr("Write a number of the scale."));
}

static enum err save(struct plan_item *p)
{
	struct request *r = p->r;
	struct goal g = p->goal ? *p->goal : (struct goal){.need_number = p->need->number, .status = "not_started", .status_reason = ""};

	g.statement = typed_or_stored(r, "statement", p->goal ? p->goal->statement : "");
	g.plain = typed_or_stored(r, "plain", p->goal ? p->goal->plain : "");
	g.expected_change = typed_or_stored(r, "expected_change", p->goal ? p->goal->expected_change : "");
	g.due_on = request_text(r, "due_on");
	g.strengths = related(p, "strengths", true, p->goal ? p->goal->strengths : "");
	g.also_needs = related(p, "also_needs", false, p->goal ? p->goal->also_needs : "");
	g.revision = request_int(r, "revision", 0);
	read_level(r, "baseline", &g.has_baseline, &g.baseline);
	read_level(r, "target", &g.has_target, &g.target);
	if (!*g.statement)
		view_problem(r, "statement", tr("Write the goal."));
	if (!*g.expected_change)
		view_problem(r, "expected_change", tr("Write how you will know that it is reached."));
	if (!date_is_valid(g.due_on))
		view_problem(r, "due_on", tr("Write the date by which it should be reached."));
	else if (!p->goal && strcmp(g.due_on, r->actor.today) < 0)
		view_problem(r, "due_on", tr("The date of a new goal lies ahead."));
	if (view_problems(r))
		return ERR_INVALID;
	return p->goal ? goal_update(&p->c, r->casefile->id, &g) : goal_create(&p->c, r->casefile->id, &g);
}

static enum err note_progress(struct plan_item *p)
{
	struct request *r = p->r;
	struct goal g = *p->goal;
	int64_t progress = request_int(r, "progress", g.progress);

	g.status = *request_text(r, "status") ? request_text(r, "status") : g.status;
	g.status_reason = typed_or_stored(r, "reason", g.status_reason);
	g.revision = request_int(r, "revision", 0);
	if (progress < 0 || progress > 100)
		view_problem(r, "progress", tr("Write a number from 0 to 100."));
	if ((strcmp(g.status, "not_achieved") == 0 || strcmp(g.status, "partly_achieved") == 0) && !*g.status_reason)
		view_problem(r, "reason", tr("Write why it was not wholly reached."));
	g.progress = strcmp(g.status, "achieved") == 0 ? 100 : (int)progress;
	return view_problems(r) ? ERR_INVALID : goal_progress(&p->c, r->casefile->id, &g);
}

static enum err drop(struct plan_item *p)
{
	const char *reason = text_trim(p->r->arena, request_text(p->r, "reason"));

	if (!*reason)
		view_problem(p->r, "reason", tr("Write why the goal is dropped."));
	return *reason ? goal_drop(&p->c, p->r->casefile->id, p->goal->need_number, p->goal->seq, reason) : ERR_INVALID;
}

static const struct plan_item_kind kind = {.template_name = "goal", .load = load, .is_old = is_old, .head = head, .address = address, .place = place,
	.words = all_words, .progress = progress_fields, .save = save, .note = note_progress, .drop = drop};

enum err page_goal(struct request *r)
{
	return plan_item_show(r, &kind);
}

enum err page_goal_send(struct request *r)
{
	return plan_item_send(r, &kind);
}
