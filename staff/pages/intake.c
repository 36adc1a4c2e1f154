/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking in a family: the bundle's intake form page by page, kept as a draft; who may be
 * known already is shown while it is typed; checking the answers; then one step that makes
 * the people, the household, the consents and the case. */
#include "pages.h"

#include <string.h>

#include "base/text.h"
#include "case_parts.h"
#include "country/pathway.h"
#include "country/words.h"
#include "country/workflow.h"
#include "duplicates.h"
#include "form_page.h"
#include "intake_read.h"
#include "model/draft.h"
#include "model/intake.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

const struct field intake_send_fields[] = {{"do", FIELD_CHOICE, 0, "submit discard"}, {"confirmed", FIELD_FLAG, 0, NULL}, {0}};

static const struct form *intake_form(const struct request *r)
{
	return r->instance->bundle->intake_form ? bundle_form(r->instance->bundle, r->instance->bundle->intake_form) : NULL;
}

static enum err open_draft(struct request *r, const char *page, struct form_page *p, struct draft **draft)
{
	struct context c = request_context(r);
	int64_t id;
	enum err err;

	if (!text_to_int(r->param[0], &id))
		return fail(&r->why, ERR_NOT_FOUND, "no number of a draft");
	if ((err = draft_load(&c, id, draft)) != OK)
		return err;
	return form_page_open(p, r, (*draft)->form_version, (*draft)->answers, (*draft)->group_states, link_to(r, "cases/new/%s", r->param[0]), page, 0);
}

static void fill_head(struct request *r, const char *page)
{
	part_crumb(r->view, tr("Cases"), link_to(r, "cases"));
	part_crumb(r->view, tr("New intake"), page ? link_to(r, "cases/new") : NULL);
	if (page)
		part_crumb(r->view, page, NULL);
	part_head(r->view, page ? page : tr("New intake"), page ? NULL : tr("Listen first. Each page is saved on its own; you can stop and go on later."));
}

/* ---- start ---- */

enum err page_intake_new(struct request *r)
{
	struct context c = request_context(r);
	struct drafts drafts;
	enum err err = draft_list(&c, "intake", &drafts);

	if (err != OK)
		return err;
	fill_head(r, NULL);
	for (size_t i = 0; i < drafts.n; i++) {
		struct vnode *row = view_item(r->view, NULL, "Drafts");
		view_set(r->view, row, "Url", link_to(r, "cases/new/%s", arena_printf(r->arena, "%lld", (long long)drafts.item[i].id)));
		view_set(r->view, row, "Text", tr_fill(r->arena, tr("Begun on %1, last saved at %2"), format_instant(r->arena, drafts.item[i].created_at),
		         format_instant(r->arena, drafts.item[i].updated_at), NULL));
	}
	view_set(r->view, NULL, "StartUrl", link_to(r, "cases/new"));
	return reply_page(r, "intake_new");
}

enum err page_intake_new_send(struct request *r)
{
	struct context c = request_context(r);
	const struct form *form = intake_form(r);
	struct form_page p;
	struct draft *draft;
	int64_t version;
	enum err err;

	if (!form)
		return fail(&r->why, ERR_NOT_FOUND, "the bundle has no intake form");
	if ((err = form_page_version(r, form, &version)) != OK || (err = draft_create(&c, "intake", version, answers_to_json(form_page_start(r, form, 0), r->arena), &draft)) != OK)
		return err;
	const char *base = link_to(r, "cases/new/%s", arena_printf(r->arena, "%lld", (long long)draft->id));
	if ((err = form_page_open(&p, r, version, draft->answers, draft->group_states, base, "", 0)) != OK)
		return err;
	return reply_redirect(r, form_page_first(&p));
}

/* ---- a page ---- */

/* People like the ones typed so far; `found` tells the check page to ask for confirmation. */
static enum err show_duplicates(struct request *r, const struct form_page *p, bool *found)
{
	struct intake intake;

	*found = false;
	if (intake_read(r, p->answers, &intake) != OK)
		return OK;
	for (size_t i = 0; i < intake.n_members && !*found; i++) {
		const struct person *typed = intake.member[i].person;
		enum err err = *typed->given_name || *typed->identifier_value || *typed->phone ? duplicates_fill(r, typed, found) : OK;
		if (err != OK)
			return err;
	}
	return OK;
}

static enum err show_page(struct request *r, struct form_page *p, int status)
{
	bool found;
	enum err err;

	fill_head(r, tr("Intake"));
	if ((err = form_page_show(p)) != OK || (err = show_duplicates(r, p, &found)) != OK)
		return err;
	r->status = status;
	return reply_page(r, "intake_page");
}

enum err page_intake_page(struct request *r)
{
	struct form_page p;
	struct draft *draft;
	enum err err = open_draft(r, r->param[1], &p, &draft);

	if (err == OK && r->is_held)
		err = form_page_take(&p);
	return err == OK ? show_page(r, &p, 200) : err;
}

static enum err save_page(struct request *r, struct form_page *p, const struct draft *draft)
{
	struct context c = request_context(r);
	struct draft *now = NULL;
	enum err err = draft_save_group(&c, draft->id, p->name, form_page_revision(p), form_page_json(p), form_page_state(p), &now);

	if (err == ERR_CONFLICT && now) {
		r->why = (struct why){0};
		if ((err = form_page_conflict(p, now->answers, now->group_states)) != OK)
			return err;
		return show_page(r, p, err_status(ERR_CONFLICT));
	}
	if (err != OK)
		return err;
	if (strcmp(form_page_do(p), "next") == 0)
		return reply_redirect_notice(r, form_page_next(p), "good", tr("Saved."));
	if (strchr(form_page_do(p), ':'))
		return reply_redirect(r, form_page_again(p));
	return reply_redirect_notice(r, form_page_again(p), "good", tr("Saved. You can go on later, here or on another device."));
}

enum err page_intake_page_send(struct request *r)
{
	struct form_page p;
	struct draft *draft;
	bool found;
	enum err err = open_draft(r, r->param[1], &p, &draft);

	if (err != OK || (err = form_page_take(&p)) != OK)
		return err;
	if (r->is_fragment && strcmp(form_page_do(&p), "save") && strcmp(form_page_do(&p), "next")) {
		if ((err = form_page_show(&p)) != OK || (err = show_duplicates(r, &p, &found)) != OK)
			return err;
		return reply_fragment(r, "intake_live");
	}
	if (strcmp(form_page_do(&p), "score") == 0)
		return show_page(r, &p, 200);
	if (form_page_is_refused(&p))
		return show_page(r, &p, err_status(ERR_INVALID));
	return save_page(r, &p, draft);
}

/* ---- checking and finishing ---- */

static enum err show_check(struct request *r, struct form_page *p, bool is_refused)
{
	bool found;
	enum err err;

	fill_head(r, tr("Check the answers"));
	if ((err = form_page_show(p)) != OK || (err = show_duplicates(r, p, &found)) != OK)
		return err;
	view_set(r->view, NULL, "BackUrl", link_to(r, "cases/new"));
	return is_refused ? reply_refused(r, "intake") : reply_page(r, "intake");
}

enum err page_intake(struct request *r)
{
	struct form_page p;
	struct draft *draft;
	enum err err = open_draft(r, "", &p, &draft);

	if (err != OK)
		return err;
	if (form_page_is_incomplete(&p))
		view_set(r->view, NULL, "Missing", tr_fill(r->arena, tr_plural("%1 answer is still missing.", "%1 answers are still missing.", (long)p.options.problems.n),
		         format_number(r->arena, (double)p.options.problems.n, 0), NULL));
	p.options.problems = (struct answer_problems){0};
	return show_check(r, &p, false);
}

/* "Grigoryan family" in the language cases are written in, and in Latin letters beside it. */
static void name_case(struct request *r, struct intake *intake)
{
	const struct bundle *b = r->instance->bundle;
	const struct person *head = intake->member[0].person;
	const char *family = head->family_name, *latin = text_latin_name(r->arena, family);

	if (intake->title || intake->n_members < 2)
		return;
	words_use(b->languages, b->language[0].code);
	intake->title = tr_fill(r->arena, tr("%1 family"), family, NULL);
	words_use(b->languages, r->language);
	if (latin)
		intake->title_latin = tr_fill(r->arena, "%1 family", latin, NULL);
}

/* What the workflow says of a case that begins: first stage, its deadline, level of the chosen pathway. */
static void begin_in(struct request *r, struct intake *intake, const struct answers *answers)
{
	const struct bundle *b = r->instance->bundle;
	const struct stage *first = workflow_first(b);
	const char *due = workflow_due(b, first->key, intake->risk_level, r->actor.today, r->arena);

	intake->case_prefix = b->case_prefix;
	intake->program = b->program;
	intake->stage = first->key;
	intake->status = first->status;
	intake->stage_due_on = *due ? due : NULL;
	intake->office = r->actor.office;
	intake->area = r->actor.area;
	intake->level = b->level_default;
	for (size_t i = 0; i < b->n_pathways; i++)
		if (text_eq(b->pathway[i].key, intake->decision) || (!intake->pathway && b->pathway[i].level == b->level_default)) {
			intake->pathway = b->pathway[i].key;
			intake->level = b->pathway[i].level;
		}
	const struct pathway *triage = pathway_of(b, answers, r->arena);
	if (triage) {
		intake->pathway = triage->key;
		intake->level = triage->level;
	}
	if (actor_can(&r->actor, PERM_PLAN_EDIT) && r->actor.scope == SCOPE_OWN)
		intake->owner_id = r->actor.user_id;    /* a worker who takes a family in keeps it */
}

/* A household is called after the family of its head, in the language it is taken in and, where a name in
 * Latin letters was given, in that too. */
static void name_household(struct request *r, struct intake *intake)
{
	const struct person *head = intake->n_members ? intake->member[0].person : NULL;
	const char *latin, *last;

	if (!head || !text_eq(intake->subject_type, "household") || (intake->title && *intake->title) || text_is_blank(head->family_name))
		return;
	intake->title = tr_fill(r->arena, tr("%1 family"), head->family_name, NULL);
	latin = head->name_latin ? text_trim(r->arena, head->name_latin) : "";
	last = strrchr(latin, ' ');
	if (*latin)
		intake->title_latin = tr_fill(r->arena, "%1 family", last ? last + 1 : latin, NULL);
}

static enum err finish(struct request *r, struct form_page *p, const struct draft *draft)
{
	struct context c = request_context(r);
	struct casefile *made = NULL;
	struct intake intake;
	enum err err = intake_read(r, p->answers, &intake);

	if (err != OK)
		return err;
	begin_in(r, &intake, p->answers);
	name_household(r, &intake);
	name_case(r, &intake);
	intake.form_version = draft->form_version;
	intake.answers = answers_to_json(p->answers, r->arena);
	intake.draft_id = draft->id;
	err = intake_finish(&c, &intake, &made);
	if (err == ERR_CONFLICT && made) {
		r->why = (struct why){0};
		return reply_redirect_notice(r, link_to(r, "cases/%s", made->number), "info", tr("This intake was finished already."));
	}
	if (err != OK)
		return err;
	return reply_redirect_notice(r, link_to(r, "cases/%s", made->number), "good", tr_fill(r->arena, tr("Case %1 is open."), made->number, NULL));
}

enum err page_intake_send(struct request *r)
{
	struct context c = request_context(r);
	struct form_page p;
	struct draft *draft;
	bool found = false;
	enum err err = open_draft(r, "", &p, &draft);

	if (err != OK)
		return err;
	if (strcmp(request_text(r, "do"), "discard") == 0) {
		err = draft_delete(&c, draft->id);
		return err == OK ? reply_redirect_notice(r, link_to(r, "cases/new"), "info", tr("The draft is gone.")) : err;
	}
	if (form_page_is_incomplete(&p))
		return show_check(r, &p, true);
	if (!request_field(r, "confirmed")) {
		struct intake intake;
		if ((err = intake_read(r, p.answers, &intake)) != OK)
			return err;
		for (size_t i = 0; i < intake.n_members && !found; i++) {
			struct person_matches matches;
			if ((err = person_duplicates(&c, intake.member[i].person, &matches)) != OK)
				return err;
			found = matches.n > 0;
		}
		if (found) {
			view_problem(r, "confirmed", tr("Somebody like this is known already. Look at the people below, then confirm."));
			return show_check(r, &p, true);
		}
	}
	return finish(r, &p, draft);
}
