/* SPDX-License-Identifier: Apache-2.0
 *
 * A page of a form as a flat list of items: groups and repeats are an opening and a
 * closing item, because a ClearSilver macro that called itself would crash. */
#include "form_show.h"

#include <string.h>

#include "base/text.h"
#include "country/told.h"
#include "country/words.h"
#include "format.h"

struct form_show form_show_start(struct view *view, const struct answers *answers, const struct form_view_options *options)
{
	struct form_show show = { .view = view, .arena = view_arena(view), .answers = *answers, .options = options };
	show.answers.translate = tr;
	show.answers.env.language = words_language();
	show.answers.env.arena = show.arena;
	return show;
}

bool form_view_may_read(const struct form_view_options *options, const struct question *question)
{
	if (!question->sensitivity || !options->tag_bit)
		return true;
	int bit = options->tag_bit(options->tag_data, question->sensitivity);
	return bit >= 0 && bit < 64 && (options->sensitivity >> bit & 1);
}

char *form_view_id(const char *path, struct arena *arena)
{
	char *id = arena_printf(arena, "q:%s", path), *to = id;
	for (const char *p = id; *p; p++)
		if (*p != ']')
			*to++ = *p == '/' ? ':' : *p == '[' ? '.' : *p;
	*to = 0;
	return id;
}

const char *form_show_text(const struct form_show *show, const struct text *text, const struct node *node)
{
	return form_show_plain(show, answers_text(&show->answers, text, node, show->arena));
}

const char *form_show_previous_date(const struct form_show *show)
{
	const char *date = show->options->previous_on;
	return date ? format_date_short(show->arena, date, show->options->today ? show->options->today : date) : "";
}

const struct node *form_show_previous(const struct form_show *show, const struct node *node)
{
	if (!show->options->previous)
		return NULL;
	const struct node *found = answers_before(show->options->previous, node, show->arena);
	return found && found->is_relevant && *found->value && found->question->type == node->question->type ? found : NULL;
}

const char *form_show_words(const struct form_show *show, const struct answers *answers, const struct node *node)
{
	struct answers copy = *answers;
	double number;
	copy.translate = tr;
	copy.env.language = words_language();
	switch (node->question->type) {
	case Q_DATE:
		return format_date(show->arena, node->value);
	case Q_INTEGER: case Q_DECIMAL: case Q_RANGE: case Q_CALCULATE:
		if (!text_to_double(node->value, &number))
			return node->value;
		const char *point = strchr(node->value, '.');
		size_t decimals = point ? strlen(point + 1) : 0;
		return format_number(show->arena, number, decimals > 3 ? 3 : (int)decimals);
	case Q_ACKNOWLEDGE:
		return *node->value ? tr("Confirmed") : "";
	case Q_TEXT:
		return told(node->value);
	default:
		return answers_words(&copy, node, show->arena);
	}
}

struct vnode *form_show_item(struct form_show *show, const char *kind, const char *label)
{
	struct vnode *item = view_item(show->view, show->form, "Questions");
	view_set(show->view, item, "Kind", kind);
	view_set(show->view, item, "Label", label);
	show->is_after_levels = false;
	return item;
}

static void show_below(struct form_show *show, const struct node *parent);

static void show_restricted(struct form_show *show, const struct node *node)
{
	form_show_item(show, "restricted", form_show_text(show, &node->question->label, node));
}

/* Do the questions of a table-list share one list of choices, all open to this actor. */
static bool is_table(const struct form_show *show, const struct node *group)
{
	const struct choice_list *list = NULL;
	if (!strstr(group->question->appearance, "table-list"))
		return false;
	for (const struct node *child = group->first; child; child = child->next) {
		const struct question *q = child->question;
		if (!child->is_relevant || q->type == Q_CALCULATE)
			continue;
		if (q->type != Q_SELECT_ONE || q->choice_filter || !form_view_may_read(show->options, q) || (list && list != q->choices))
			return false;
		list = q->choices;
	}
	return list && list->n <= 12;
}

static void show_row(struct form_show *show, const struct node *node)
{
	form_show_field(show, node);
	show->is_after_levels = false;
}

static void show_table(struct form_show *show, const struct node *group, struct vnode *item)
{
	const struct choice_list *list = NULL;
	for (const struct node *child = group->first; child && !list; child = child->next)
		list = child->is_relevant ? child->question->choices : NULL;
	for (size_t i = 0; i < list->n; i++)
		view_set(show->view, view_item(show->view, item, "Columns"), "Label", form_show_text(show, &list->choice[i].label, group));
	for (const struct node *child = group->first; child; child = child->next)
		if (child->is_relevant && question_is_asked(child->question))
			show_row(show, child);
	form_show_item(show, "table_close", "");
}

static void show_group(struct form_show *show, const struct node *node)
{
	const struct question *q = node->question;
	const char *label = form_show_text(show, &q->label, node);
	bool as_table = is_table(show, node);
	if (!*label && !as_table) {
		show_below(show, node);
		return;
	}
	struct vnode *item = form_show_item(show, as_table ? "table" : "open", label);
	view_set(show->view, item, "Id", form_view_id(answers_path(node, show->arena), show->arena));
	view_set(show->view, item, "Hint", form_show_text(show, &q->hint, node));
	if (as_table) {
		show_table(show, node, item);
		return;
	}
	show_below(show, node);
	form_show_item(show, "close", "");
}

const char *form_show_instance(const struct form_show *show, const struct node *node)
{
	const char *label = form_show_text(show, &node->question->label, node);
	return arena_printf(show->arena, "%s %zu", *label ? label : tr("Entry"), node_position(node));
}

static void show_instance(struct form_show *show, const struct node *node)
{
	const char *path = answers_path(node, show->arena), *title = form_show_instance(show, node);
	struct vnode *item = form_show_item(show, "instance", title);
	view_set(show->view, item, "Id", form_view_id(path, show->arena));
	if (!node->question->repeat_count && !show->options->is_closed) {
		view_setf(show->view, item, "Remove", "remove:%s", path);
		view_set(show->view, item, "RemoveLabel", tr_fill(show->arena, tr("Remove: %1"), title, NULL));
	}
	show_below(show, node);
	form_show_item(show, "close", "");
}

static void show_add(struct form_show *show, const struct question *repeat, const struct node *parent, bool has_any)
{
	if (repeat->repeat_count || show->options->is_closed || !answers_is_open(&show->answers, repeat, parent))
		return;
	const char *label = form_show_text(show, &repeat->label, parent), *above = answers_path(parent, show->arena);
	struct vnode *item = form_show_item(show, "add", tr_fill(show->arena, has_any ? tr("Add another: %1") : tr("Add: %1"), label, NULL));
	view_setf(show->view, item, "Value", "add:%s%s%s", above, *above ? "/" : "", repeat->name);
	view_set(show->view, item, "Id", form_view_id(arena_printf(show->arena, "%s%s%s", above, *above ? "/" : "", repeat->name), show->arena));
	if (!has_any)
		view_set(show->view, item, "Hint", form_show_text(show, &repeat->hint, parent));
}

static void show_repeat(struct form_show *show, const struct question *repeat, const struct node *parent)
{
	bool has_any = false;
	for (const struct node *node = parent->first; node; node = node->next)
		if (node->question == repeat && node->is_relevant) {
			show_instance(show, node);
			has_any = true;
		}
	show_add(show, repeat, parent, has_any);
}

static void show_node(struct form_show *show, const struct node *node)
{
	const struct question *q = node->question;
	if (!node->is_relevant || q->is_unsupported)
		return;
	if (!form_view_may_read(show->options, q) && (q->type == Q_GROUP || question_is_asked(q)))
		show_restricted(show, node);
	else if (q->type == Q_GROUP)
		show_group(show, node);
	else if (question_is_asked(q))
		form_show_field(show, node);
}

/* In the form's order: a repeat without an instance has no node, only its place. */
static void show_below(struct form_show *show, const struct node *parent)
{
	const struct question *around = parent->question;
	const struct question *list = around ? around->child : show->answers.form->child;
	size_t n = around ? around->n : show->answers.form->n;
	const struct node *node = parent->first;
	for (size_t i = 0; i < n; i++) {
		if (list[i].type != Q_REPEAT) {
			show_node(show, node);
			node = node->next;
			continue;
		}
		if (form_view_may_read(show->options, &list[i]))
			show_repeat(show, &list[i], parent);
		else if (answers_is_open(&show->answers, &list[i], parent))
			form_show_item(show, "restricted", form_show_text(show, &list[i].label, parent));
		while (node && node->question == &list[i])
			node = node->next;
	}
}

void form_view_page(struct view *view, struct vnode *under, const struct answers *answers, const struct node *page,
                    const struct form_view_options *options)
{
	struct form_show show = form_show_start(view, answers, options);
	show.form = view_node(view, under, "Form");
	view_flag(view, show.form, "Closed", options->is_closed);
	if (!page)
		show_below(&show, answers->root);
	else if (!form_view_may_read(options, page->question))
		show_restricted(&show, page);
	else if (page->is_relevant)
		show_below(&show, page);
}

/* "Person 2, Name": which of several is meant. */
static const char *full_label(const struct form_show *show, const struct node *node)
{
	const char *label = form_show_text(show, &node->question->label, node);
	for (const struct node *around = node->parent; around && around->question; around = around->parent)
		if (around->question->type == Q_REPEAT)
			label = arena_printf(show->arena, "%s, %s", form_show_instance(show, around), label);
	return label;
}

/* The question's place on its page of the form; NULL without addresses of pages. */
static const char *place_of(const struct form_show *show, const struct form_view_options *options, const struct node *node, const char *id)
{
	const struct node *page = node;
	while (page->parent && page->parent->question)
		page = page->parent;
	bool is_page = page->question->type == Q_GROUP || page->question->type == Q_REPEAT;
	return options->page_url ? arena_printf(show->arena, "%s#%s", options->page_url(options->data, is_page ? page->question->name : "_"), id) : NULL;
}

void form_view_problems(struct view *view, const struct answers *answers, const struct form_view_options *options)
{
	struct form_show show = form_show_start(view, answers, options);
	for (size_t i = 0; i < options->problems.n; i++) {
		const struct answer_problem *problem = &options->problems.item[i];
		if (!form_view_may_read(options, problem->node->question))
			continue;
		const char *message = tr_fill(show.arena, tr(problem->message), problem->param[0], problem->param[1], NULL);
		const char *label = full_label(&show, problem->node);
		const char *id = form_view_id(problem->path, show.arena);
		view_problem_add(view, id, place_of(&show, options, problem->node, id), arena_printf(show.arena, "%s: %s", label, message));
	}
}
