/* SPDX-License-Identifier: Apache-2.0
 *
 * What several pages of a case show alike: its name in the reader's script, its row in a
 * list, and the head that all pages below a case share. */
#ifndef STAFF_PAGES_CASE_PARTS_H
#define STAFF_PAGES_CASE_PARTS_H

#include "model/casefile.h"
#include "model/person.h"
#include "request/request.h"

/* Is the page in the language that cases are written in (the bundle's first)? */
bool reads_native(const struct request *r);
/* Keys of the roles whose work is cases, closed by NULL: they write the notes and move a case on, and do not themselves hand
 * cases out. */
const char *const *casework_roles(const struct request *r);
/* A worker's name as the reader reads it. name is in Latin letters, native may be "". */
const char *worker_name(const struct request *r, const char *name, const char *native);
/* A title as the reader reads it: native in the country's own language, else in Latin letters. latin may be "" or NULL. */
const char *case_title_of(const struct request *r, const char *title, const char *latin);
const char *case_title(const struct request *r, const struct casefile *casefile);
/* The other script's, NULL when there is none. */
const char *case_title_other(const struct request *r, const struct casefile *casefile);
/* "Mariam Grigoryan" as the reader reads, in the bundle's order; the given name alone. */
const char *person_name(const struct request *r, const struct person *person);
const char *person_given(const struct request *r, const struct person *person);

/* A row of `list`: Title, Url, Number, Place, Members, Level, Steps, Stage, Worker, Score, Change, Better, LastContact, Next; Tags.N: Kind, Text. */
struct vnode *case_row(struct request *r, struct vnode *under, const char *list, const struct casefile *casefile);
/* Words for a level of case management, 1 to 3; for low, medium, high, "" for none. */
const char *level_word(int level);
const char *risk_word(const char *risk);
/* "Home visit", "Office appointment" …, for a kind of activity. */
const char *activity_word(const char *kind);

/* The head of a page below a case: breadcrumbs, title, who opened it lately. page NULL: the case itself. */
enum err case_head(struct request *r, const char *page, const char *lead);
/* The tabs; current is one of "", profile, assessments, plan, timeline, consents. */
void case_tabs(struct request *r, const char *current);
/* The stage path and, under it, what the next step needs (Trail, Gate). */
enum err case_trail(struct request *r);

/* Path below the case: case_link(r, "plan"); "" is the case. */
char *case_link(const struct request *r, const char *below);
/* May the actor open that page of the case (of any case, where no case is at hand); the first part of it counts: "plan", "notes/new". Pages that only change
 * something are shut while the case is closed. */
bool case_page_is_open(const struct request *r, const char *below);
/* Page of a sign: N1 and S1 on the case page, 1.2 in the plan. */
char *sign_link(const struct request *r, const char *sign);

#endif
