/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of a form's pages with their state, and answers for reading: the page before
 * sending, a finished assessment, the print. */
#include <string.h>

#include "base/text.h"
#include "country/words.h"
#include "form_show.h"

bool form_view_is_paged(const struct form *form)
{
	size_t n_groups = 0;
	for (size_t i = 0; i < form->n; i++) {
		if (form->child[i].type == Q_REPEAT || question_is_asked(&form->child[i]))
			return false;
		n_groups += form->child[i].type == Q_GROUP;
	}
	return n_groups > 0;
}

static size_t count_answers(const struct node *node)
{
	size_t n = 0;
	if (!node->is_relevant)
		return 0;
	if (node->question && question_is_asked(node->question) && *node->value)
		n++;
	for (const struct node *child = node->first; child; child = child->next)
		n += count_answers(child);
	return n;
}

static bool is_below(const struct node *node, const struct node *top)
{
	while (node && node != top)
		node = node->parent;
	return node;
}

/* Of what this actor may answer. */
static size_t count_problems(const struct form_show *show, const struct node *page)
{
	struct answer_problems problems = answers_check(&show->answers, page, show->arena);
	size_t n = 0;
	for (size_t i = 0; i < problems.n; i++)
		n += form_view_may_read(show->options, problems.item[i].node->question);
	return n;
}

static bool has_shown_problem(const struct form_show *show, const struct node *page)
{
	for (size_t i = 0; i < show->options->problems.n; i++)
		if (is_below(show->options->problems.item[i].node, page))
			return true;
	return false;
}

/* The level of the page's dimension, once it is scored. */
static void show_level(const struct form_show *show, struct vnode *item, const struct node *page, const struct outcome *outcome)
{
	for (size_t i = 0; i < outcome->n_scores; i++) {
		const struct score_result *result = &outcome->score[i];
		if (!result->is_scored || !result->band || !text_eq(result->score->dimension, page->question->dimension) || !result->score->dimension)
			continue;
		view_int(show->view, item, "Meaning", result->band->meaning);
		view_setf(show->view, item, "Level", "%.10g", result->number);
		view_set(show->view, item, "Word", form_show_text(show, &result->band->label, page));
		return;
	}
}

static bool show_page(const struct form_show *show, const struct node *page, const struct outcome *outcome, size_t number, const char *current)
{
	struct vnode *item = view_item(show->view, show->form, "Pages");
	bool may_read = form_view_may_read(show->options, page->question);
	size_t n_answers = count_answers(page), n_problems = count_problems(show, page);
	bool is_done = n_answers && !n_problems;
	view_set(show->view, item, "Name", page->name);
	view_int(show->view, item, "Number", (int64_t)number);
	view_set(show->view, item, "Label", form_show_text(show, &page->question->label, page));
	view_set(show->view, item, "State", is_done ? "done" : n_answers ? "started" : "todo");
	view_set(show->view, item, "StateText", is_done ? tr("Done") : n_answers ? tr("Started") : tr("To do"));
	view_flag(show->view, item, "Problem", has_shown_problem(show, page));
	view_flag(show->view, item, "Current", text_eq(page->name, current));
	if (show->options->page_url)
		view_set(show->view, item, "Url", show->options->page_url(show->options->data, page->name));
	if (may_read)
		show_level(show, item, page, outcome);
	return is_done;
}

static void show_place(const struct form_show *show, const struct node *page, size_t number)
{
	view_set(show->view, show->form, "Name", page->name);
	view_set(show->view, show->form, "Label", form_show_text(show, &page->question->label, page));
	view_set(show->view, show->form, "Hint", form_show_text(show, &page->question->hint, page));
	view_int(show->view, show->form, "Number", (int64_t)number);
}

void form_view_pages(struct view *view, struct vnode *under, const struct answers *answers, const char *current,
                     const struct form_view_options *options)
{
	struct form_show show = form_show_start(view, answers, options);
	struct outcome outcome = answers_outcome(&show.answers, show.arena);
	const struct node *before = NULL;
	size_t n = 0, n_done = 0, at = 0;
	show.form = view_node(view, under, "Form");
	view_set(view, show.form, "Title", form_show_text(&show, &answers->form->title, answers->root));
	if (!form_view_is_paged(answers->form))
		return;
	for (const struct node *page = answers->root->first; page; page = page->next) {
		if (page->question->type != Q_GROUP || !page->is_relevant)
			continue;
		n_done += show_page(&show, page, &outcome, ++n, current);
		if (before && text_eq(before->name, current))
			view_set(view, show.form, "Next", page->name);
		if (text_eq(page->name, current)) {
			show_place(&show, page, at = n);
			view_set(view, show.form, "Previous", before ? before->name : NULL);
		}
		before = page;
	}
	view_int(view, show.form, "Of", (int64_t)n);
	view_int(view, show.form, "Done", (int64_t)n_done);
	view_flag(view, show.form, "Complete", n_done == n);
	const char *of = arena_printf(show.arena, "%zu", n);
	view_set(view, show.form, "Progress", tr_fill(show.arena, tr("%1 of %2 parts done"), arena_printf(show.arena, "%zu", n_done), of, NULL));
	if (at)
		view_set(view, show.form, "Place", tr_fill(show.arena, tr("Part %1 of %2"), arena_printf(show.arena, "%zu", at), of, NULL));
}

/* --- for reading */

static const struct node *page_of(const struct node *node)
{
	while (node->parent && node->parent->parent)
		node = node->parent;
	return node;
}

static struct vnode *summary_line(struct form_show *show, const struct node *node, const char *kind, const char *label)
{
	struct vnode *item = view_item(show->view, show->form, "Answers");
	const char *id = form_view_id(answers_path(node, show->arena), show->arena);
	view_set(show->view, item, "Kind", kind);
	view_set(show->view, item, "Label", label);
	view_set(show->view, item, "Id", id);
	if (show->options->page_url)
		view_setf(show->view, item, "Url", "%s#%s", show->options->page_url(show->options->data, page_of(node)->name), id);
	return item;
}

static void summarize_answer(struct form_show *show, const struct node *node)
{
	const struct question *q = node->question;
	if (q->type == Q_NOTE)
		return;
	struct vnode *item = summary_line(show, node, "answer", form_show_text(show, &q->label, node));
	const struct choice *choice = q->type == Q_SELECT_ONE ? choice_find(q->choices, node->value) : NULL;
	view_set(show->view, item, "Value", form_show_words(show, &show->answers, node));
	if (choice && choice->meaning) {
		view_int(show->view, item, "Meaning", choice->meaning);
		double number;
		/* an item of a checklist has no number: its colour gets a mark */
		view_set(show->view, item, "Number", text_to_double(choice->name, &number) ? choice->name : choice->meaning >= 4 ? "✓" : "•");
	}
}

static void summarize(struct form_show *show, const struct node *node)
{
	const struct question *q = node->question;
	if (!node->is_relevant || (q && q->is_unsupported))
		return;
	if (q && !form_view_may_read(show->options, q)) {
		if (q->type == Q_GROUP || question_is_asked(q))
			view_set(show->view, summary_line(show, node, "restricted", form_show_text(show, &q->label, node)), "Value", tr("Restricted"));
		return;
	}
	if (q && question_is_asked(q)) {
		summarize_answer(show, node);
	} else if (q && q->type == Q_REPEAT) {
		summary_line(show, node, "heading", form_show_instance(show, node));
	} else if (q && q->type == Q_GROUP && q->label.n) {
		summary_line(show, node, node->parent->parent ? "heading" : "page", form_show_text(show, &q->label, node));
	}
	for (const struct node *child = node->first; child; child = child->next)
		summarize(show, child);
}

void form_view_summary(struct view *view, struct vnode *under, const struct answers *answers, const struct node *page,
                       const struct form_view_options *options)
{
	struct form_show show = form_show_start(view, answers, options);
	show.form = view_node(view, under, "Form");
	summarize(&show, page ? page : answers->root);
}
