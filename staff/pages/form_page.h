/* SPDX-License-Identifier: Apache-2.0
 *
 * Filling a form of the bundle, page by page: what intake, profile and assessments share. A
 * page is one top-level group, saved on its own with its own revision, so that a time-out, a
 * second window or a killed program loses nothing. */
#ifndef STAFF_PAGES_FORM_PAGE_H
#define STAFF_PAGES_FORM_PAGE_H

#include "form/answers.h"
#include "model/draft.h"
#include "request/request.h"
#include "request/route.h"
#include "view/form_view.h"

/* The fields every page of a form takes: do, revision, answers. */
extern const struct field form_page_fields[];

struct form_page {
	struct request *r;
	const struct form *form;
	struct answers *answers;
	const char *base;               /* address of the form; its pages are below it */
	const char *name;               /* of the page, "_" for a form without pages, "" for none */
	struct node *page;              /* NULL: the whole form */
	const char *group_states;       /* JSON as stored */
	struct form_view_options options;
	int64_t casefile_id;            /* 0: an intake */
	bool is_earlier;                /* the bundle's form has changed since: this is the version it was filled with */
};

/* The bundle's form as it was when the answers began; `answers` is stored JSON. base: link of the form.
 * name: the page asked for, "" for none; a page that the form does not have is ERR_NOT_FOUND. */
enum err form_page_open(struct form_page *p, struct request *r, int64_t form_version, const char *answers,
                        const char *group_states, const char *base, const char *name, int64_t casefile_id);
/* Compares with an earlier round, by the version of the form it was filled with: its stored answers and date. */
enum err form_page_compare(struct form_page *p, int64_t form_version, const char *answers, const char *performed_on);
/* "Filled with version 1 of the form, which has changed since."; NULL when it has not. */
const char *form_page_version_words(const struct form_page *p, bool is_draft);
/* Takes what was posted into the answers, carries out add and remove, works everything out again. */
enum err form_page_take(struct form_page *p);
/* Is there something that cannot be saved (wrong kind, constraint)? Missing answers can. Fills options.problems with those. */
bool form_page_is_refused(struct form_page *p);
/* "done" when nothing on the page is missing, else "started". */
const char *form_page_state(const struct form_page *p);
/* Problems of the whole form, missing answers included: before submitting. Shown by form_page_show. */
bool form_page_is_incomplete(struct form_page *p);
/* The page's answers as a JSON object. */
char *form_page_json(const struct form_page *p);
/* Fills Form, Score (when the form has scores), Revision, SaveUrl, Saved. */
enum err form_page_show(struct form_page *p);
/* The revision the page was opened with, as posted. */
int64_t form_page_revision(const struct form_page *p);
/* Where to go after "Save and continue": the next page, or the form's own address. */
const char *form_page_next(const struct form_page *p);
/* The same page once more; after "add:…" at the instance that was added. */
const char *form_page_again(const struct form_page *p);
/* The first page not done yet. */
const char *form_page_first(const struct form_page *p);
/* Somebody saved the page meanwhile: both sides of each answer that differs, as Conflict.N: Label, Theirs, Yours; By and At. */
enum err form_page_conflict(struct form_page *p, const char *answers_now, const char *states_now);
/* What the button was: save, next, score, submit, add:…, remove:…; "save" without one. */
const char *form_page_do(const struct form_page *p);

/* An empty document with the form's defaults, some of them from what the case answered before (casefile_id 0: no case yet). */
struct answers *form_page_start(struct request *r, const struct form *form, int64_t casefile_id);
/* Gives the id of the bundle's form as it stands now; the first use keeps its definition. */
enum err form_page_version(struct request *r, const struct form *form, int64_t *id);

#endif
