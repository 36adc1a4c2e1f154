/* SPDX-License-Identifier: Apache-2.0
 *
 * The assessments of a case: its rounds, the profile by dimension against the first one, and
 * starting the next round. Filling them is assessment.c's. */
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

const struct field assessments_send_fields[] = {{"do", FIELD_CHOICE, 0, "start"}, {"round", FIELD_CHOICE, 0, "initial interim exit"}, {0}};

const char *round_word(const char *round)
{
	if (strcmp(round, "initial") == 0)
		return tr("First assessment");
	return strcmp(round, "exit") == 0 ? tr("Last assessment") : tr("Interim assessment");
}

const char *assessment_status_word(const char *status)
{
	if (strcmp(status, "draft") == 0)
		return tr("Being filled");
	if (strcmp(status, "amended") == 0)
		return tr("Corrected");
	return strcmp(status, "returned") == 0 ? tr("Returned") : tr("Finished");
}

char *assessment_link(const struct request *r, const struct assessment *a)
{
	const char *place = strcmp(a->kind, "profile") == 0 ? "profile" : "assessments";

	return case_link(r, arena_printf(r->arena, "%s/%lld", place, (long long)a->seq));
}

static void fill_row(struct request *r, const struct assessment *a)
{
	struct view *v = r->view;
	struct vnode *row = view_item(v, NULL, "Rows");

	view_set(v, row, "Title", round_word(a->round));
	view_set(v, row, "Url", assessment_link(r, a));
	view_set(v, row, "On", format_date(r->arena, a->performed_on));
	view_set(v, row, "By", worker_name(r, *a->submitted_by_name ? a->submitted_by_name : a->started_by_name, NULL));
	view_set(v, row, "Status", assessment_status_word(a->status));
	view_set(v, row, "StatusKind", strcmp(a->status, "draft") == 0 ? "now" : "good");
	if (a->has_score)
		view_set(v, row, "Score", format_number(r->arena, a->score, 0));
}

/* A finished round shows its profile beside the first one's. */
static enum err fill_profile(struct request *r, struct context *c, const struct assessments *all)
{
	const struct assessment *latest = NULL, *first = NULL;
	struct assessment *whole, *baseline;
	struct form_page p;
	enum err err;

	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->item[i].status, "draft") != 0) {
			latest = latest ? latest : &all->item[i];
			first = &all->item[i];
		}
	if (!latest)
		return OK;
	if ((err = assessment_load(c, r->casefile->id, latest->seq, &whole)) != OK)
		return err;
	if ((err = form_page_open(&p, r, whole->form_version, whole->answers, whole->group_states, case_link(r, "assessments"), "", r->casefile->id)) != OK)
		return err;
	if (first != latest) {
		if ((err = assessment_load(c, r->casefile->id, first->seq, &baseline)) != OK)
			return err;
		if ((err = form_page_compare(&p, baseline->form_version, baseline->answers, baseline->performed_on)) != OK)
			return err;
	}
	p.options.page_url = NULL;
	p.options.performed_on = latest->performed_on;
	form_view_score(r->view, NULL, p.answers, &p.options);
	view_set(r->view, NULL, "ProfileTitle", tr_fill(r->arena, tr("Profile of %1"), format_date(r->arena, latest->performed_on), NULL));
	return OK;
}

static bool has_submitted(const struct assessments *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->item[i].status, "draft") != 0)
			return true;
	return false;
}

static bool has_draft(const struct assessments *all)
{
	return all->n && strcmp(all->item[0].status, "draft") == 0;
}

enum err page_assessments(struct request *r)
{
	struct context c = request_context(r);
	struct assessments all;
	enum err err = assessment_list(&c, r->casefile->id, "assessment", &all);

	if (err != OK || (err = case_head(r, tr("Assessments"), NULL)) != OK || (err = fill_profile(r, &c, &all)) != OK)
		return err;
	case_tabs(r, "assessments");
	for (size_t i = 0; i < all.n; i++)
		fill_row(r, &all.item[i]);
	if (!all.n)
		part_empty(r->view, NULL, "Empty", tr("No assessment yet"), tr("The first one gives needs and strengths their numbers."), NULL, NULL);
	if (actor_can(&r->actor, PERM_ASSESSMENT_EDIT) && !*r->casefile->closed_on && !has_draft(&all)) {
		view_flag(r->view, NULL, "CanStart", true);
		view_flag(r->view, NULL, "IsFirst", !has_submitted(&all));
		view_set(r->view, NULL, "StartUrl", case_link(r, "assessments"));
	}
	return reply_page(r, "assessments");
}

enum err assessment_begin(struct request *r, const char *kind, const char *form_key, const char *round)
{
	struct context c = request_context(r);
	const struct form *form = bundle_form(r->instance->bundle, form_key);
	struct assessment *a = NULL;
	int64_t version;
	enum err err;

	if (!form)
		return fail(&r->why, ERR_INTERNAL, "the bundle has no form %s", form_key);
	if ((err = form_page_version(r, form, &version)) != OK)
		return err;
	const char *answers = NULL;
	if ((err = assessment_prefill(r, form, &answers)) != OK)
		return err;
	err = assessment_start(&c, r->casefile->id, kind, form->key, version, round, answers, &a);
	if (err == ERR_CONFLICT && a)           /* the round that is open already */
		r->why = (struct why){0};
	else if (err != OK)
		return err;
	struct form_page p;
	if ((err = form_page_open(&p, r, a->form_version, a->answers, a->group_states, assessment_link(r, a), "", r->casefile->id)) != OK)
		return err;
	return reply_redirect(r, form_page_first(&p));
}

enum err page_assessments_send(struct request *r)
{
	struct context c = request_context(r);
	struct assessments all;
	const char *round = request_text(r, "round");
	enum err err = assessment_list(&c, r->casefile->id, "assessment", &all);

	if (err != OK)
		return err;
	if (!has_submitted(&all))
		round = "initial";
	else if (!*round || strcmp(round, "initial") == 0)
		round = "interim";
	return assessment_begin(r, "assessment", r->instance->bundle->assessment_form, round);
}
