/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of form_view share: form_view.c walks a page's groups and repeats,
 * form_field.c shows one question, form_pages.c the list of pages and summaries,
 * form_score.c the score, form_post.c takes fields back. Not for others. */
#ifndef VIEW_FORM_SHOW_H
#define VIEW_FORM_SHOW_H

#include "form_view.h"

/* Everything at hand while a form is shown. */
struct form_show {
	struct view *view;
	struct arena *arena;
	struct answers answers;         /* a copy that speaks the request's language */
	const struct form_view_options *options;
	struct vnode *form;             /* Form */
	bool is_after_levels;           /* the item before was a choice of levels: a text now is its evidence */
};

struct form_show form_show_start(struct view *view, const struct answers *answers, const struct form_view_options *options);
/* The text with ${names} filled, as `node` sees them. */
const char *form_show_text(const struct form_show *show, const struct text *text, const struct node *node);
/* Without the HTML tags and markdown of imported labels; the text itself when there are none. */
const char *form_show_plain(const struct form_show *show, const char *text);
/* "Person 2": an instance of a repeat, for its heading and for messages. */
const char *form_show_instance(const struct form_show *show, const struct node *node);
/* "14 Oct": the last round's date; "" without. */
const char *form_show_previous_date(const struct form_show *show);
/* The node of the last round that the same question was answered in, or NULL. */
const struct node *form_show_previous(const struct form_show *show, const struct node *node);
/* Answer in words for people: choices by label, dates and numbers in the language's way. */
const char *form_show_words(const struct form_show *show, const struct answers *answers, const struct node *node);
/* Adds an item to Form.Questions. */
struct vnode *form_show_item(struct form_show *show, const char *kind, const char *label);
/* Shows a question that is asked. */
void form_show_field(struct form_show *show, const struct node *node);
/* Where it does not fit its page: closed for everyone or for this actor. */
bool form_show_is_fixed(const struct form_show *show, const struct node *node);

#endif
