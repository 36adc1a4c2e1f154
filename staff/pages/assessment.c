/* SPDX-License-Identifier: Apache-2.0
 *
 * One assessment or profile: its pages, checking before it is finished, and reading it
 * afterwards. A page is saved when it is sent; the score beside it is asked of the server. */
#include "pages.h"

#include <string.h>

#include "assessment_parts.h"
#include "base/text.h"
#include "case_parts.h"
#include "country/pathway.h"
#include "country/words.h"
#include "form_page.h"
#include "model/assessment.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

const struct field assessment_send_fields[] = {{"do", FIELD_CHOICE, 0, "submit"}, {"revision", FIELD_INT, 0, NULL}, {0}};

/* ---- opening ---- */

static bool is_draft(const struct assessment *a)
{
	return strcmp(a->status, "draft") == 0;
}

static bool is_profile(const struct assessment *a)
{
	return strcmp(a->kind, "profile") == 0;
}

static const char *title_of(const struct form_page *p, const struct assessment *a)
{
	return strcmp(a->kind, "assessment") == 0 ? round_word(a->round) : text_in(&p->form->title, p->r->language, tr);
}

/* The answers of the round before, to compare with. */
static enum err compare(struct form_page *p, struct context *c, const struct assessment *a)
{
	struct assessments all;
	struct assessment *before;
	enum err err = assessment_list(c, p->r->casefile->id, a->kind, &all);

	for (size_t i = 0; err == OK && i < all.n; i++)
		if (all.item[i].seq < a->seq && !is_draft(&all.item[i])) {
			if ((err = assessment_load(c, p->r->casefile->id, all.item[i].seq, &before)) != OK)
				return err;
			return form_page_compare(p, before->form_version, before->answers, before->performed_on);
		}
	return err;
}

static bool path_is_below(const char *path, const char *base)
{
	size_t n = strlen(base);

	return strncmp(path, base, n) == 0 && (path[n] == '/' || !path[n]);
}

static enum err open_assessment(struct request *r, const char *page, struct form_page *p, struct assessment **out)
{
	struct context c = request_context(r);
	int64_t seq;
	enum err err;

	if (!text_to_int(r->param[1], &seq))
		return fail(&r->why, ERR_NOT_FOUND, "no number of an assessment");
	if ((err = assessment_load(&c, r->casefile->id, seq, out)) != OK)
		return err;
	const char *base = assessment_link(r, *out);
	/* each kind has addresses of its own, with its own permissions */
	if (!path_is_below(r->path, base))
		return fail(&r->why, ERR_NOT_FOUND, "a %s is not at this address", (*out)->kind);
	if ((err = form_page_open(p, r, (*out)->form_version, (*out)->answers, (*out)->group_states, base, page, r->casefile->id)) != OK)
		return err;
	return compare(p, &c, *out);
}

static enum err fill_head(struct request *r, const struct form_page *p, const struct assessment *a)
{
	const char *version = form_page_version_words(p, is_draft(a));
	const char *lead = tr_fill(r->arena, tr("%1. Choose what fits best today."), case_title(r, r->casefile), NULL);
	enum err err;

	if (!is_draft(a))
		lead = tr_fill(r->arena, tr("%1. Finished on %2 by %3."), case_title(r, r->casefile), format_date(r->arena, a->performed_on),
		               worker_name(r, a->submitted_by_name, NULL), NULL);
	if (version)
		lead = arena_printf(r->arena, "%s %s", lead, version);
	err = case_head(r, title_of(p, a), lead);
	view_set(r->view, NULL, "Case.Url", case_link(r, ""));
	return err;
}

/* ---- a page ---- */

enum err page_assessment_page(struct request *r)
{
	struct form_page p;
	struct assessment *a;
	enum err err = open_assessment(r, r->param[2], &p, &a);

	if (err != OK)
		return err;
	if (!is_draft(a))
		return reply_redirect(r, p.base);
	if (r->is_held && ((err = form_page_take(&p)) != OK))
		return err;
	if ((err = fill_head(r, &p, a)) != OK || (err = form_page_show(&p)) != OK)
		return err;
	return reply_page(r, "assessment_page");
}

static enum err show_page(struct request *r, struct form_page *p, const struct assessment *a, int status)
{
	enum err err = fill_head(r, p, a);

	if (err == OK)
		err = form_page_show(p);
	if (err != OK)
		return err;
	r->status = status;
	return reply_page(r, "assessment_page");
}

static enum err save_page(struct request *r, struct form_page *p, const struct assessment *a)
{
	struct context c = request_context(r);
	struct assessment *now = NULL;
	enum err err = assessment_save_group(&c, r->casefile->id, a->seq, p->name, form_page_revision(p), form_page_json(p), form_page_state(p), &now);

	if (err == ERR_CONFLICT && now) {
		r->why = (struct why){0};
		if ((err = form_page_conflict(p, now->answers, now->group_states)) != OK)
			return err;
		return show_page(r, p, a, err_status(ERR_CONFLICT));
	}
	if (err != OK)
		return err;
	if (strcmp(form_page_do(p), "next") == 0)
		return reply_redirect_notice(r, form_page_next(p), "good", tr("Saved."));
	if (strchr(form_page_do(p), ':'))
		return reply_redirect(r, form_page_again(p));
	return reply_redirect_notice(r, form_page_again(p), "good", tr("Saved. You can go on later, here or on another device."));
}

enum err page_assessment_page_send(struct request *r)
{
	struct form_page p;
	struct assessment *a;
	enum err err = open_assessment(r, r->param[2], &p, &a);

	if (err != OK)
		return err;
	if (!is_draft(a))
		return fail(&r->why, ERR_CONFLICT, "the assessment is finished");
	if ((err = form_page_take(&p)) != OK)
		return err;
	if (r->is_fragment && strcmp(form_page_do(&p), "save") && strcmp(form_page_do(&p), "next")) {
		if ((err = form_page_show(&p)) != OK)
			return err;
		return reply_fragment(r, "form_live");
	}
	if (strcmp(form_page_do(&p), "score") == 0)
		return show_page(r, &p, a, 200);        /* nothing is saved */
	if (form_page_is_refused(&p))
		return show_page(r, &p, a, err_status(ERR_INVALID));
	return save_page(r, &p, a);
}

/* ---- the whole ---- */

enum err page_assessment(struct request *r)
{
	struct form_page p;
	struct assessment *a;
	enum err err = open_assessment(r, "", &p, &a);

	if (err != OK)
		return err;
	bool can_fill = is_draft(a) && !*r->casefile->closed_on;
	p.options.is_closed = !can_fill;
	if (!can_fill)
		p.options.page_url = NULL;
	if (!is_draft(a))
		p.options.performed_on = a->performed_on;
	else
		form_page_is_incomplete(&p);
	struct answer_problems missing = p.options.problems;
	p.options.problems = (struct answer_problems){0};       /* a draft under way is no mistake */
	if ((err = fill_head(r, &p, a)) != OK || (err = form_page_show(&p)) != OK)
		return err;
	view_flag(r->view, NULL, "Draft", can_fill && actor_can(&r->actor, is_profile(a) ? PERM_PROFILE_EDIT : PERM_ASSESSMENT_EDIT));
	if (missing.n)
		view_set(r->view, NULL, "Missing", tr_fill(r->arena, tr_plural("%1 answer is still missing.", "%1 answers are still missing.", (long)missing.n),
		         format_number(r->arena, (double)missing.n, 0), NULL));
	view_int(r->view, NULL, "Revision", a->revision);
	return reply_page(r, "assessment");
}

static void read_scores(struct request *r, const struct outcome *outcome, struct assessment_result *out)
{
	out->score_of = arena_array(r->arena, struct new_score, outcome->n_scores + 1);
	for (size_t i = 0; i < outcome->n_scores; i++) {
		const struct score_result *s = &outcome->score[i];
		const char *name = s->score->name;
		if (s->score->dimension)
			out->score_of[out->n_scores++] = (struct new_score){.dimension = s->score->dimension, .has_score = s->is_scored, .score = s->number,
				.meaning = s->band ? s->band->meaning : 0, .word = s->band ? text_in(&s->band->label, "en", NULL) : NULL};
		else if (strcmp(name, "total") == 0 && s->is_scored) {
			out->has_score = true;
			out->score = s->number;
			out->band = s->band ? s->band->name : NULL;
		} else if (strcmp(name, "risk") == 0 && s->band)
			out->risk_level = s->band->name;
		else if (strcmp(name, "segment") == 0 && s->band)
			out->segment = s->band->name;
	}
}

static void read_needs(struct request *r, const struct outcome *outcome, struct assessment_result *out)
{
	out->need = arena_array(r->arena, struct new_need, outcome->n_needs + 1);
	for (size_t i = 0; i < outcome->n_needs; i++) {
		const struct need_result *n = &outcome->need[i];
		out->need[out->n_needs++] = (struct new_need){.is_strength = n->rule->is_strength, .dimension = n->rule->dimension,
			.statement_objective = n->statement, .statement_subjective = n->client_view, .question = n->question, .sensitivity = n->rule->sensitivity,
			.has_severity = n->has_severity, .severity = n->severity, .meaning = n->meaning};
	}
}

enum err page_assessment_send(struct request *r)
{
	struct context c = request_context(r);
	struct form_page p;
	struct assessment *a;
	struct assessment_result result = {0};
	enum err err = open_assessment(r, "", &p, &a);

	if (err != OK)
		return err;
	if (!is_draft(a))
		return reply_redirect_notice(r, p.base, "info", tr("This was finished already."));
	if (form_page_is_incomplete(&p)) {
		if ((err = fill_head(r, &p, a)) != OK || (err = form_page_show(&p)) != OK)
			return err;
		view_flag(r->view, NULL, "Draft", true);
		view_int(r->view, NULL, "Revision", a->revision);
		return reply_refused(r, "assessment");
	}
	struct outcome outcome = answers_outcome(p.answers, r->arena);
	const struct pathway *pathway = pathway_of(r->instance->bundle, p.answers, r->arena);
	result.answers = answers_to_json(p.answers, r->arena);
	result.pathway = pathway ? pathway->key : NULL;
	read_scores(r, &outcome, &result);
	read_needs(r, &outcome, &result);
	if (strcmp(a->kind, "profile") == 0 && (err = household_take(r, p.answers)) != OK)
		return err;
	err = assessment_submit(&c, r->casefile->id, a->seq, request_int(r, "revision", a->revision), &result);
	if (err == ERR_CONFLICT) {
		r->why = (struct why){0};
		return reply_redirect_notice(r, p.base, "now", tr("Somebody changed these answers meanwhile. Check them again, then finish."));
	}
	if (err != OK)
		return err;
	if (is_profile(a))
		return reply_redirect_notice(r, case_link(r, "profile"), "good", tr("Profile finished."));
	return reply_redirect_notice(r, case_link(r, ""), "good", tr("Assessment finished. Needs and strengths have their numbers."));
}
