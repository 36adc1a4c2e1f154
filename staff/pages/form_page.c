/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the stored answers of a case and the page of a form. The rules are the form
 * engine's, the marks form_view's; here is only what belongs to a request. */
#include "form_page.h"

#include <string.h>

#include "base/text.h"
#include "country/form_words.h"
#include "country/told.h"
#include "country/words.h"
#include "model/assessment.h"
#include "model/instance_meta.h"
#include "model/intake.h"
#include "request/context.h"
#include "view/format.h"

const struct field form_page_fields[] = {{"do", FIELD_LINE, 200, NULL}, {"revision", FIELD_INT, 0, NULL}, {"q/", FIELD_FORM, 0, NULL}, {0}};

/* ---- the form and what its expressions see ---- */

static enum err load_form(struct request *r, struct context *c, int64_t version_id, const struct form **form)
{
	struct form_version *version;
	enum err err = form_version_load(c, version_id, &version);

	if (err != OK)
		return err;
	*form = form_of_version(c, r->instance->bundle, version, r->language);
	return *form ? OK : c->why->code;
}

/* ---- options of the view ---- */

static int tag_bit(const void *data, const char *tag)
{
	return bundle_sensitivity(data, tag);
}

static const char *page_url(void *data, const char *name)
{
	struct form_page *p = data;

	return arena_printf(p->r->arena, "%s/%s", p->base, name);
}

static const char *dimension_label(void *data, const char *key)
{
	const struct form_page *p = data;
	const struct dimension *d = bundle_dimension(p->r->instance->bundle, key);

	return d ? tr(d->short_label && *d->short_label ? d->short_label : d->label) : NULL;
}

static void set_options(struct form_page *p)
{
	p->options.dimension_label = dimension_label;
	p->options.sensitivity = p->r->actor.sensitivity;
	p->options.tag_bit = tag_bit;
	p->options.tag_data = p->r->instance->bundle;
	p->options.today = p->r->actor.today;
	p->options.page_url = page_url;
	p->options.data = p;
}

/* ---- earlier answers ---- */

/* previous('q'): the last submitted answer of that name in this case. Loaded when a form first asks. */
struct earlier { struct form_page *page; bool is_loaded; size_t n; struct answers *answers[3]; };

/* Answers with the form they were given to; what cannot be read is passed over. */
static void add_earlier(struct earlier *e, struct context *c, int64_t form_version, const char *answers)
{
	struct request *r = e->page->r;
	struct expr_env env = {.arena = r->arena, .now = r->actor.now, .zone = r->instance->bundle->zone, .language = r->language};
	const struct form *form;

	if (load_form(r, c, form_version, &form) != OK)
		return;
	struct answers *found = answers_from_json(r->arena, form, &env, answers, c->why);
	if (found)
		e->answers[e->n++] = found;
}

static void load_earlier(struct earlier *e)
{
	static const char *const kinds[] = {"assessment", "profile"};
	struct context c = request_context(e->page->r);
	struct why ignored = {0};
	struct assessment *a;
	struct intake_row *intake;

	c.why = &ignored;
	e->is_loaded = true;
	if (!e->page->casefile_id)
		return;
	for (size_t i = 0; i < 2; i++, ignored = (struct why){0})
		if (assessment_latest(&c, e->page->casefile_id, kinds[i], &a) == OK)
			add_earlier(e, &c, a->form_version, a->answers);
	if (intake_load(&c, e->page->casefile_id, &intake) == OK)
		add_earlier(e, &c, intake->form_version, intake->answers);
}

/* By the question's name, else by one it had. */
static const struct node *earlier_node(const struct answers *answers, const char *name, const struct question *now)
{
	const struct question *before = now ? form_question_before(answers->form, now) : NULL;

	return answers_by_name(answers, before ? before->name : name);
}

static const char *previous_answer(void *data, const char *question)
{
	struct earlier *e = data;
	const struct question *now = form_question(e->page->form, question);

	if (!e->is_loaded)
		load_earlier(e);
	for (size_t i = 0; i < e->n; i++) {
		const struct node *node = earlier_node(e->answers[i], question, now);
		if (!node || !*node->value)
			continue;
		/* what the actor may not read is not carried into a question that they may */
		if (!form_view_may_read(&e->page->options, node->question))
			return NULL;
		const char *value = now ? answer_carry(e->page->r->arena, now, node->value) : node->value;
		if (value)
			return value;
	}
	return NULL;
}

static struct expr_env env_of(struct form_page *p)
{
	struct request *r = p->r;
	struct earlier *earlier = arena_new_of(r->arena, struct earlier);

	earlier->page = p;
	return (struct expr_env){.arena = r->arena, .now = r->actor.now, .zone = r->instance->bundle->zone, .language = r->language,
	                         .username = r->actor.username, .previous = previous_answer, .data = earlier};
}

struct answers *form_page_start(struct request *r, const struct form *form, int64_t casefile_id)
{
	struct form_page *p = arena_new_of(r->arena, struct form_page);

	*p = (struct form_page){.r = r, .form = form, .casefile_id = casefile_id};
	set_options(p);
	struct expr_env env = env_of(p);
	return answers_new(r->arena, form, &env);
}

/* ---- opening ---- */

static enum err find_page(struct form_page *p, const char *name)
{
	p->name = name;
	if (!*name || strcmp(name, "_") == 0)
		return OK;
	p->page = node_child(p->answers->root, name, 0);
	if (!p->page || !p->page->question || (p->page->question->type != Q_GROUP && p->page->question->type != Q_REPEAT))
		return fail(&p->r->why, ERR_NOT_FOUND, "the form has no page");
	return OK;
}

enum err form_page_open(struct form_page *p, struct request *r, int64_t form_version, const char *answers,
                        const char *group_states, const char *base, const char *name, int64_t casefile_id)
{
	enum err err;

	*p = (struct form_page){.r = r, .base = base, .group_states = group_states, .casefile_id = casefile_id};
	struct context c = request_context(r);
	if ((err = load_form(r, &c, form_version, &p->form)) != OK)
		return err;
	set_options(p);
	const struct form *present = bundle_form(r->instance->bundle, p->form->key);
	p->is_earlier = !present || strcmp(present->digest, p->form->digest) != 0;
	struct expr_env env = env_of(p);
	p->answers = answers_from_json(r->arena, p->form, &env, answers, &r->why);
	if (!p->answers)
		return r->why.code;
	p->answers->translate = tr;
	if ((err = answers_update(p->answers, &r->why)) != OK)
		return err;
	return find_page(p, name);
}

enum err form_page_compare(struct form_page *p, int64_t form_version, const char *answers, const char *performed_on)
{
	struct context c = request_context(p->r);
	const struct form *form;
	enum err err = load_form(p->r, &c, form_version, &form);

	if (err != OK)
		return err;
	struct expr_env env = env_of(p);
	struct answers *previous = answers_from_json(p->r->arena, form, &env, answers, &p->r->why);
	if (!previous)
		return p->r->why.code;
	if ((err = answers_update(previous, &p->r->why)) != OK)
		return err;
	p->options.previous = previous;
	p->options.previous_on = performed_on;
	return OK;
}

enum err form_page_version(struct request *r, const struct form *form, int64_t *id)
{
	struct context c = request_context(r);

	return form_words_keep(&c, r->instance->bundle, form, id);
}

const char *form_page_version_words(const struct form_page *p, bool is_draft)
{
	if (!p->is_earlier)
		return NULL;
	return tr_fill(p->r->arena, is_draft ? tr("The form has changed since this was begun; it is filled to its end with version %1.")
	                                     : tr("Filled with version %1 of the form, which has changed since."), *p->form->version ? p->form->version : "1", NULL);
}

/* ---- what came ---- */

const char *form_page_do(const struct form_page *p)
{
	const char *what = request_text(p->r, "do");

	return *what ? what : "save";
}

int64_t form_page_revision(const struct form_page *p)
{
	return request_int(p->r, "revision", 0);
}

enum err form_page_take(struct form_page *p)
{
	struct request *r = p->r;
	struct form_posted *posted = arena_array(r->arena, struct form_posted, r->n_fields + 1);
	size_t n = 0;
	enum err err;

	for (size_t i = 0; i < r->n_fields; i++)
		if (strncmp(r->field[i].name, "q/", 2) == 0)
			posted[n++] = (struct form_posted){.name = r->field[i].name, .value = r->field[i].value};
	if ((err = form_view_post(p->answers, &p->options, n, posted, &r->why)) != OK)
		return err;
	form_view_do(p->answers, &p->options, form_page_do(p));
	return answers_update(p->answers, &r->why);
}

/* What this actor may not read it cannot put right: it never stands in the way. */
static bool may_mend(const struct form_page *p, const struct answer_problem *problem)
{
	return form_view_may_read(&p->options, problem->node->question);
}

bool form_page_is_refused(struct form_page *p)
{
	struct answer_problems all = answers_check(p->answers, p->page, p->r->arena), kept = {.item = NULL};

	kept.item = arena_array(p->r->arena, struct answer_problem, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		if (!all.item[i].is_missing && may_mend(p, &all.item[i]))
			kept.item[kept.n++] = all.item[i];
	p->options.problems = kept;
	return kept.n > 0;
}

static struct answer_problems problems_of(const struct form_page *p, const struct node *page)
{
	struct answer_problems all = answers_check(p->answers, page, p->r->arena), kept = {.item = NULL};

	kept.item = arena_array(p->r->arena, struct answer_problem, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		if (may_mend(p, &all.item[i]))
			kept.item[kept.n++] = all.item[i];
	return kept;
}

const char *form_page_state(const struct form_page *p)
{
	return problems_of(p, p->page).n ? "started" : "done";
}

bool form_page_is_incomplete(struct form_page *p)
{
	p->options.problems = problems_of(p, NULL);
	return p->options.problems.n > 0;
}

char *form_page_json(const struct form_page *p)
{
	return answers_page_to_json(p->answers, p->page, p->r->arena);
}

/* ---- showing ---- */

static void show_saved(struct form_page *p)
{
	struct context c = request_context(p->r);
	struct group_state state = group_state_of(&c, p->group_states, p->name);

	view_int(p->r->view, NULL, "Revision", state.revision);
	if (state.saved_at)
		view_set(p->r->view, NULL, "Saved", tr_fill(p->r->arena, tr("Saved at %1"), format_time(p->r->arena, state.saved_at), NULL));
}

enum err form_page_show(struct form_page *p)
{
	struct view *v = p->r->view;

	form_view_problems(v, p->answers, &p->options);
	form_view_pages(v, NULL, p->answers, *p->name && strcmp(p->name, "_") ? p->name : NULL, &p->options);
	if (*p->name)
		form_view_page(v, NULL, p->answers, p->page, &p->options);
	else
		form_view_summary(v, NULL, p->answers, NULL, &p->options);
	if (p->form->n_scores) {
		form_view_score(v, NULL, p->answers, &p->options);
		view_flag(v, NULL, "HasScore", true);
	}
	if (*p->name)
		show_saved(p);
	view_set(v, NULL, "SaveUrl", *p->name ? page_url(p, p->name) : p->base);
	view_set(v, NULL, "FormUrl", p->base);
	return OK;
}

/* ---- moving on ---- */

static bool is_page(const struct node *node)
{
	return node->question && node->is_relevant && (node->question->type == Q_GROUP || node->question->type == Q_REPEAT);
}

const char *form_page_next(const struct form_page *p)
{
	if (!p->page)
		return p->base;
	for (struct node *node = p->page->next; node; node = node->next)
		if (is_page(node) && strcmp(node->name, p->name) != 0)
			return page_url((void *)p, node->name);
	return p->base;
}

const char *form_page_first(const struct form_page *p)
{
	struct context c = request_context(p->r);

	if (!form_view_is_paged(p->form))
		return page_url((void *)p, "_");
	for (struct node *node = p->answers->root->first; node; node = node->next)
		if (is_page(node) && (!group_state_of(&c, p->group_states, node->name).saved_at || problems_of(p, node).n))
			return page_url((void *)p, node->name);
	return p->base;
}

const char *form_page_again(const struct form_page *p)
{
	struct request *r = p->r;
	const char *what = form_page_do(p), *page = arena_printf(r->arena, "%s/%s", p->base, p->name);
	const struct node *made = NULL;

	if (strncmp(what, "add:", 4) != 0)
		return page;
	/* the newest instance is the last that can be found */
	for (int i = 1; i <= ANSWERS_MAX_INSTANCES; i++) {
		const struct node *node = answers_find(p->answers, arena_printf(r->arena, "%s[%d]", what + 4, i));
		if (!node)
			break;
		made = node;
	}
	return made ? arena_printf(r->arena, "%s#%s", page, form_view_id(answers_path(made, r->arena), r->arena)) : page;
}

/* ---- two windows ---- */

static void show_difference(struct form_page *p, struct vnode *conflict, const struct node *mine, const struct node *theirs)
{
	struct view *v = p->r->view;

	for (const struct node *node = mine->first; node; node = node->next) {
		const struct node *other = theirs ? node_child(theirs, node->name, node_position(node) - 1) : NULL;
		if (node->first) {
			show_difference(p, conflict, node, other);
			continue;
		}
		if (!node->question || text_eq(node->value, other ? other->value : "") || !form_view_may_read(&p->options, node->question))
			continue;
		struct vnode *row = view_item(v, conflict, "Rows");
		view_set(v, row, "Label", text_in(&node->question->label, p->r->language, tr));
		view_set(v, row, "Yours", node->value);
		view_set(v, row, "Theirs", other ? other->value : "");
	}
}

enum err form_page_conflict(struct form_page *p, const char *answers_now, const char *states_now)
{
	struct request *r = p->r;
	struct context c = request_context(r);
	struct expr_env env = env_of(p);
	struct answers *theirs = answers_from_json(r->arena, p->form, &env, answers_now, &r->why);
	struct group_state state = group_state_of(&c, states_now, p->name);
	struct vnode *conflict = view_node(r->view, NULL, "Conflict");

	if (!theirs)
		return r->why.code;
	p->group_states = states_now;           /* saving again now replaces what is stored */
	view_set(r->view, conflict, "Text", tr_fill(r->arena, tr("%1 saved this page at %2, after you opened it. Nothing of yours is lost: it stands below. Saving again keeps yours."),
	         state.saved_by, format_time(r->arena, state.saved_at), NULL));
	view_set(r->view, conflict, "Url", page_url(p, p->name));
	show_difference(p, conflict, p->page ? p->page : p->answers->root, p->page ? node_child(theirs->root, p->name, 0) : theirs->root);
	return OK;
}
