/* SPDX-License-Identifier: Apache-2.0
 *
 * The profile of a case: the segment it gives, the answers behind it, and a supervisor's
 * other judgement with its reason. The computed value is never erased. */
#include "pages.h"

#include <string.h>

#include "assessment_parts.h"
#include "base/text.h"
#include "case_parts.h"
#include "country/words.h"
#include "form_page.h"
#include "model/assessment.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

const struct field profile_send_fields[] = {{"do", FIELD_CHOICE, 0, "start override"}, {"segment", FIELD_LINE, 60, NULL}, {"reason", FIELD_TEXT, 1000, NULL}, {0}};

static const struct score *segment_score(const struct form *form)
{
	return form ? form_score(form, "segment") : NULL;
}

static const char *segment_word(const struct request *r, const struct score *score, const char *name)
{
	for (size_t i = 0; score && i < score->n_bands; i++)
		if (text_eq(score->band[i].name, name))
			return text_in(&score->band[i].label, r->language, tr);
	return name;
}

static void fill_override(struct request *r, const struct score *score, const struct assessment *a)
{
	struct vnode *field;

	if (!score || !actor_can(&r->actor, PERM_PLAN_APPROVE) || *r->casefile->closed_on)
		return;
	field = part_field(r->view, NULL, "Fields", "radios", "segment", tr("Another segment"), NULL);
	for (size_t i = 0; i < score->n_bands; i++)
		part_option(r->view, field, score->band[i].name, text_in(&score->band[i].label, r->language, tr), text_eq(score->band[i].name, request_text(r, "segment")));
	field = part_field(r->view, NULL, "Fields", "text", "reason", tr("Reason"), request_text(r, "reason"));
	view_int(r->view, field, "Rows", 2);
	view_flag(r->view, NULL, "CanOverride", strcmp(a->status, "draft") != 0);
}

static void fill_segment(struct request *r, const struct score *score, const struct assessment *a)
{
	if (*a->segment)
		view_set(r->view, NULL, "Segment", segment_word(r, score, *a->segment_override ? a->segment_override : a->segment));
	if (*a->segment_override) {
		view_set(r->view, NULL, "Computed", tr_fill(r->arena, tr("Worked out from the answers: %1"), segment_word(r, score, a->segment), NULL));
		view_set(r->view, NULL, "Reason", a->override_reason);
	}
	fill_override(r, score, a);
}

static enum err fill_page(struct request *r, struct assessment **a, const struct score **score)
{
	struct context c = request_context(r);
	struct form_page p;
	struct assessment *draft;
	enum err err;

	if ((err = case_head(r, tr("Profile"), NULL)) != OK)
		return err;
	case_tabs(r, "profile");
	view_set(r->view, NULL, "StartUrl", case_link(r, "profile"));
	err = assessment_draft(&c, r->casefile->id, "profile", &draft);
	if (err == OK)
		view_set(r->view, NULL, "DraftUrl", actor_can(&r->actor, PERM_PROFILE_EDIT) && !*r->casefile->closed_on ? assessment_link(r, draft) : NULL);
	else if (err != ERR_NOT_FOUND)
		return err;
	r->why = (struct why){0};
	view_flag(r->view, NULL, "CanStart", actor_can(&r->actor, PERM_PROFILE_EDIT) && err == ERR_NOT_FOUND && !*r->casefile->closed_on);
	err = assessment_latest(&c, r->casefile->id, "profile", a);
	if (err == ERR_NOT_FOUND) {
		r->why = (struct why){0};
		part_empty(r->view, NULL, "Empty", tr("No profile yet"), tr("The profile tells how the family lives and what it can build on. It decides the pathway and how often you meet."), NULL, NULL);
		return OK;
	}
	if (err != OK || (err = form_page_open(&p, r, (*a)->form_version, (*a)->answers, (*a)->group_states, case_link(r, "profile"), "", r->casefile->id)) != OK)
		return err;
	p.options.is_closed = true;
	p.options.page_url = NULL;
	const char *on = tr_fill(r->arena, tr("Filled on %1 by %2"), format_date(r->arena, (*a)->performed_on), worker_name(r, (*a)->submitted_by_name, NULL), NULL);
	const char *version = form_page_version_words(&p, false);
	view_set(r->view, NULL, "On", version ? arena_printf(r->arena, "%s. %s", on, version) : on);
	form_view_summary(r->view, NULL, p.answers, NULL, &p.options);
	*score = segment_score(p.form);
	fill_segment(r, *score, *a);
	return OK;
}

enum err page_profile(struct request *r)
{
	const struct score *score = NULL;
	struct assessment *a = NULL;
	enum err err = fill_page(r, &a, &score);

	return err == OK ? reply_page(r, "profile") : err;
}

static enum err override(struct request *r)
{
	struct context c = request_context(r);
	const struct score *score = NULL;
	struct assessment *a = NULL;
	enum err err;

	if (!actor_can(&r->actor, PERM_PLAN_APPROVE))
		return fail(&r->why, ERR_FORBIDDEN, "%s may not override a segment", r->actor.role);
	if ((err = fill_page(r, &a, &score)) != OK)
		return err;
	bool is_known = false;
	for (size_t i = 0; score && i < score->n_bands; i++)
		is_known |= text_eq(score->band[i].name, request_text(r, "segment"));
	if (!a || !is_known)
		view_problem(r, "segment", tr("Choose a segment."));
	if (text_is_blank(request_text(r, "reason")))
		view_problem(r, "reason", tr("Write why you judge otherwise."));
	if (view_problems(r))
		return reply_refused(r, "profile");
	err = assessment_override(&c, r->casefile->id, a->seq, request_text(r, "segment"), text_trim(r->arena, request_text(r, "reason")));
	return err == OK ? reply_redirect_notice(r, case_link(r, "profile"), "good", tr("Segment changed. What was worked out stays beside it.")) : err;
}

enum err page_profile_send(struct request *r)
{
	if (strcmp(request_text(r, "do"), "override") == 0)
		return override(r);
	return assessment_begin(r, "profile", r->instance->bundle->profile_form, "initial");
}
