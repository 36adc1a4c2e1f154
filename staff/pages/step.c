/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking a step of the workflow: a page that says what will happen and what is still
 * missing, then one button with the step's verb. Guards are checked again when it is taken. */
#include "pages.h"

#include <string.h>

#include "base/text.h"
#include "case_parts.h"
#include "country/words.h"
#include "country/workflow.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"
#include "worker_choice.h"

static const char outcomes[] = "goals_achieved partly_achieved moved_to_lower_level transferred moved_away withdrew lost_contact not_reachable_at_intake died opened_in_error";

const struct field step_send_fields[] = {{"comment", FIELD_TEXT, 2000, NULL}, {"outcome", FIELD_CHOICE, 0, outcomes},
	{"worker", FIELD_LINE, 60, NULL}, {"date", FIELD_DATE, 0, NULL}, {"office", FIELD_LINE, 60, NULL}, {0}};

static const char *const outcome_words[][2] = {
	{"goals_achieved", "Goals reached"}, {"partly_achieved", "Goals partly reached"}, {"moved_to_lower_level", "Answered, or moved to a lower level"},
	{"transferred", "Transferred"}, {"moved_away", "Moved away"}, {"withdrew", "The family withdrew"}, {"lost_contact", "Contact was lost"},
	{"not_reachable_at_intake", "Could not be reached"}, {"died", "Death"}, {"opened_in_error", "Opened in error"}};

/* The step named in the address, when the case's stage and the visitor's role have it. */
static enum err find_step(struct request *r, struct step *out)
{
	struct context c = request_context(r);
	struct steps steps;
	enum err err = workflow_steps(&c, r->instance->bundle, r->casefile, &steps);

	for (size_t i = 0; err == OK && i < steps.n; i++)
		if (strcmp(steps.item[i].rule->name, r->param[1]) == 0) {
			*out = steps.item[i];
			return OK;
		}
	return err != OK ? err : fail(&r->why, ERR_NOT_FOUND, "no step \"%.40s\" from here", r->param[1]);
}

static bool is_closing(const struct request *r, const struct step *step)
{
	const struct stage *to = bundle_stage(r->instance->bundle, step->rule->to);

	return to && strcmp(to->status, "closed") == 0;
}

static void fill_guards(struct request *r, const struct step *step)
{
	for (size_t i = 0; i < step->n_guards; i++) {
		struct vnode *item = view_item(r->view, NULL, "Guards");
		view_set(r->view, item, "Text", tr(step->guard[i].message));
		view_flag(r->view, item, "Met", step->guard[i].holds);
	}
}

static void fill_outcomes(struct request *r)
{
	struct vnode *field = part_field(r->view, NULL, "Fields", "choice", "outcome", tr("How does the case end?"), NULL);

	part_option(r->view, field, "", tr("Choose"), !*request_text(r, "outcome"));
	for (size_t i = 0; i < sizeof outcome_words / sizeof *outcome_words; i++)
		part_option(r->view, field, outcome_words[i][0], tr(outcome_words[i][1]), strcmp(request_text(r, "outcome"), outcome_words[i][0]) == 0);
}

static bool asks(const struct step *step, const char *what)
{
	return text_eq(step->rule->asks, what);
}

/* The end is asked for unless the workflow says which it is. */
static bool asks_outcome(const struct request *r, const struct step *step)
{
	return asks(step, "outcome") || (is_closing(r, step) && !step->rule->outcome && !*r->casefile->closed_on);
}

static void fill_offices(struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	struct vnode *field = part_field(r->view, NULL, "Fields", "choice", "office", tr("Which office takes the case over?"), NULL);

	part_option(r->view, field, "", tr("Choose"), !*request_text(r, "office"));
	for (size_t i = 0; i < b->n_offices; i++)
		if (strcmp(b->office[i].key, r->casefile->office) != 0)
			part_option(r->view, field, b->office[i].key, tr(b->office[i].name), strcmp(request_text(r, "office"), b->office[i].key) == 0);
}

/* What the workflow's rule asks for beside the comment. */
static enum err fill_asked(struct request *r, const struct step *step, struct users *users)
{
	if (asks_outcome(r, step))
		fill_outcomes(r);
	if (asks(step, "office"))
		fill_offices(r);
	if (asks(step, "date"))
		part_field(r->view, NULL, "Fields", "date", "date", tr("Until when?"), request_text(r, "date"));
	return asks(step, "worker") ? worker_choice(r, users) : OK;
}

static enum err fill_page(struct request *r, const struct step *step, struct users *users)
{
	const struct stage *to = bundle_stage(r->instance->bundle, step->rule->to), *from = bundle_stage(r->instance->bundle, r->casefile->stage);
	const char *due = to ? workflow_due(r->instance->bundle, to->key, r->casefile->risk_level, r->actor.today, r->arena) : "";
	enum err err = case_head(r, tr(step->rule->label), NULL);
	struct vnode *field;

	if (err != OK)
		return err;
	view_set(r->view, NULL, "From", from ? tr(from->label) : "");
	view_set(r->view, NULL, "To", to ? tr(to->label) : "");
	if (*due)
		view_set(r->view, NULL, "Due", format_date(r->arena, due));
	fill_guards(r, step);
	view_flag(r->view, NULL, "Open", step->is_open);
	if ((err = fill_asked(r, step, users)) != OK)
		return err;
	field = part_field(r->view, NULL, "Fields", "text", "comment", step->rule->needs_comment ? tr("Why? Others will read it.") : tr("Comment"), request_text(r, "comment"));
	view_flag(r->view, field, "Optional", !step->rule->needs_comment);
	view_int(r->view, field, "Rows", 3);
	view_set(r->view, NULL, "Label", tr(step->rule->label));
	view_set(r->view, NULL, "SaveUrl", case_link(r, arena_printf(r->arena, "steps/%s", step->rule->name)));
	view_set(r->view, NULL, "BackUrl", case_link(r, ""));
	return OK;
}

enum err page_step(struct request *r)
{
	struct users users = {0};
	struct step step;
	enum err err = find_step(r, &step);

	if (err == OK)
		err = fill_page(r, &step, &users);
	return err == OK ? reply_page(r, "step") : err;
}

/* Takes what was told; what is missing becomes a problem at its field. */
static void take_told(struct request *r, const struct step *step, const struct users *users, struct step_told *told)
{
	*told = (struct step_told){ .comment = text_trim(r->arena, request_text(r, "comment")) };
	if (step->rule->needs_comment && !*told->comment)
		view_problem(r, "comment", tr("Write why: the comment goes with the step."));
	if (asks_outcome(r, step) && !*(told->outcome = request_text(r, "outcome")))
		view_problem(r, "outcome", tr("Choose how the case ends."));
	if (asks(step, "worker"))
		told->worker_id = worker_chosen(r, users);
	if (asks(step, "date") && (!*(told->date = request_text(r, "date")) || strcmp(told->date, r->actor.today) < 0))
		view_problem(r, "date", tr("Write a date that is still to come."));
	if (asks(step, "office") && (!bundle_office(r->instance->bundle, told->office = request_text(r, "office")) || text_eq(told->office, r->casefile->office)))
		view_problem(r, "office", tr("Choose an office of the list."));
}

static const char *done_words(struct request *r, const struct step *step)
{
	const char *owner = *r->casefile->owner_name ? worker_name(r, r->casefile->owner_name, r->casefile->owner_name_native) : tr("The office");

	if (step->rule->done_message && *step->rule->done_message)
		return tr_fill(r->arena, tr(step->rule->done_message), owner, NULL);
	return tr_fill(r->arena, tr("Done: %1."), tr(step->rule->label), NULL);
}

enum err page_step_send(struct request *r)
{
	struct context c = request_context(r);
	const struct guard_state *blocked = NULL;
	struct users users = {0};
	struct step_told told;
	struct step step;
	enum err err = find_step(r, &step);

	if (err != OK || (err = fill_page(r, &step, &users)) != OK)
		return err;
	take_told(r, &step, &users, &told);
	if (view_problems(r))
		return reply_refused(r, "step");
	err = workflow_move(&c, r->instance->bundle, r->casefile, step.rule->name, &told, &blocked);
	if (err == ERR_CONFLICT) {
		view_problem(r, NULL, blocked ? tr(blocked->message) : tr("Somebody else moved this case meanwhile. Look at it again."));
		return reply_refused(r, "step");
	}
	if (err != OK)
		return err;
	/* what another office has, one need not see any more */
	return reply_redirect_notice(r, asks(&step, "office") ? link_to(r, "cases") : case_link(r, ""), "good", done_words(r, &step));
}
