/* SPDX-License-Identifier: Apache-2.0
 *
 * Shows a bundle's form: answers go into the tree as a flat list of items that the macros of
 * parts/form.cs print (ClearSilver must not recurse), posted fields go from there back into
 * the answers. Knows nothing of sites: staff pages and the portal use the same.
 *
 * A page of a form, in a handler:
 *
 *   struct answers *a = answers_from_json(…);
 *   if POST:  form_view_post(a, &options, n, posted, why);  form_view_do(a, &options, do);  answers_update(a, why);
 *             options.problems = answers_check(a, page, arena);  form_view_problems(view, a, &options);
 *   form_view_pages(view, root, a, "housing", &options);     Form.Pages, Form.Title …
 *   form_view_page(view, root, a, page, &options);           Form.Questions
 *   form_view_score(view, root, a, &options);                Score
 *
 * Names of posted fields: "q/" + path, and for answers of several parts "q/path.lat". */
#ifndef VIEW_FORM_VIEW_H
#define VIEW_FORM_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "form/answers.h"
#include "view.h"

struct form_view_options {
	/* Sensitive questions: the bits this actor may read, and the bit of a tag (-1 unknown: nobody reads it).
	 * tag_bit NULL: every question may be read. */
	uint64_t sensitivity;
	int (*tag_bit)(const void *data, const char *tag);
	const void *tag_data;
	struct answer_problems problems;        /* shown at their fields */
	const struct answers *previous;         /* last round, or NULL */
	const char *previous_on;                /* its date */
	const char *today;                      /* for dates without their year */
	const char *performed_on;               /* a finished round's date; NULL: the score is of now */
	bool is_closed;                         /* everything is shown, nothing can be written */
	/* Address of a page by its group's name, made with link_to; NULL: no links. */
	const char *(*page_url)(void *data, const char *name);
	/* What an image's or file's kept value is called and where it is; false: shown as it stands. */
	bool (*file)(void *data, const char *value, const char **name, const char **url);
	/* Address of a picture of the bundle's media folder; NULL: pictures are not shown. */
	const char *(*media_url)(void *data, const char *file);
	/* Short name of a dimension, translated, for charts; NULL, or a NULL result: the score's label. */
	const char *(*dimension_label)(void *data, const char *key);
	void *data;                             /* of the four */
};

/* A field as it was posted, in the order of the page. */
struct form_posted { const char *name, *value; };

/* May this actor read (and write) the question. */
bool form_view_may_read(const struct form_view_options *options, const struct question *question);
/* The id of a question's field: what a line of the error summary leads to. Path as of answers_path. */
char *form_view_id(const char *path, struct arena *arena);

/* Takes posted fields into the answers: those named "q/…", others are passed over. Restricted, read-only and
 * calculated questions keep what they have. ERR_BAD_REQUEST when a name is not of this form or no instance of its repeat is left. */
enum err form_view_post(struct answers *answers, const struct form_view_options *options, size_t n,
                        const struct form_posted *posted, struct why *why);
/* Carries out "add:PATH" and "remove:PATH"; true when `action` was one of them and was done. Restricted repeats stay. */
bool form_view_do(struct answers *answers, const struct form_view_options *options, const char *action);

/* options->problems of questions that this actor may read go to the error summary (view_problem_add), "Label: message",
 * "Person 2, Label: message" inside a repeat. */
void form_view_problems(struct view *view, const struct answers *answers, const struct form_view_options *options);

/* Has the form pages: top-level groups with nothing asked beside them. */
bool form_view_is_paged(const struct form *form);
/* Form: Title, Of, Done, Complete, Progress; of the current page (a group's name, or NULL) Name, Label, Hint, Number, Place,
 * Next, Previous (names); Pages.N: Name, Label, Url, Number, State (done, started, todo), StateText, Problem, Current,
 * Meaning, Level, Word (its dimension's score once scored). */
void form_view_pages(struct view *view, struct vnode *under, const struct answers *answers, const char *current,
                     const struct form_view_options *options);
/* Form.Questions of a top-level group or, with NULL, of the whole form. What is in it stands in parts/form.cs. */
void form_view_page(struct view *view, struct vnode *under, const struct answers *answers, const struct node *page,
                    const struct form_view_options *options);
/* Form.Answers.N of the same, for reading and for check-your-answers: Kind (page, heading, answer, restricted), Label, Value,
 * Meaning and Number of a level, Id, Url (of its page). */
void form_view_summary(struct view *view, struct vnode *under, const struct answers *answers, const struct node *page,
                       const struct form_view_options *options);
/* Score (nothing for a form without scores and needs): Present; Answered; Total and Others.N: Label, Number, Of, Meaning, Word, Was, WasWord, Change, ChangeKind (good, bad), ChangeText;
 * Chart (call:chart, its Bars call:levelbars); Needs.N and Strengths.N: Number, Label, Text, ClientView, Meaning, Level;
 * Explained.N: the same as Total, Count, Sources.N: Label, Value, Url. call:form_score(Score) prints it. */
void form_view_score(struct view *view, struct vnode *under, const struct answers *answers,
                     const struct form_view_options *options);

#endif
