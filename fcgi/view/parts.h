/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills what the macros of staff/templates/parts expect, so that a handler says
 * part_fact(view, under, tr("Worker"), name) and the template call:facts(Facts). Words are given
 * already translated, dates and numbers already formatted, addresses made by link_to. Kinds of tags
 * and bars come from the closed lists here: anything else prints no class at all. */
#ifndef VIEW_PARTS_H
#define VIEW_PARTS_H

#include "view.h"

/* One of "", good, bad, now, info, brand, hold; another word gives "". */
const char *part_tag_kind(const char *kind);

/* "tel:+37400000101" of a number as people write it. */
char *part_phone_url(struct arena *arena, const char *phone);

/* --- the frame of the page */

/* The window's title and, by call:phead(Head), the h1. native and lead may be NULL. Returns Head. */
struct vnode *part_head(struct view *view, const char *title, const char *lead);
/* The same words in the family's own script, after the title. */
void part_head_native(struct view *view, const char *native, const char *language);
/* A button of the head: kind "pri" for the one primary, else "". icon NULL: none. */
void part_head_action(struct view *view, const char *kind, const char *icon, const char *label, const char *url);
/* Where am I: from level two down. url NULL for the page itself, which comes last. */
void part_crumb(struct view *view, const char *label, const char *url);
/* Right end of the crumb row: when it was saved, who else is here. url and link may be NULL. */
void part_aside(struct view *view, const char *icon, const char *text, const char *url, const char *link);

/* --- lists; each appends to the list `name` under `under` */

struct vnode *part_fact(struct view *view, struct vnode *under, const char *name, const char *label, const char *value);
/* Initials and tint are made from name and key (a number that stays: the person's id). */
struct vnode *part_person(struct view *view, struct vnode *under, const char *list, const char *name, int64_t key,
                          const char *text, const char *url);
/* Initials and Tint for call:avatar, into a node that has more to show. */
void part_avatar(struct view *view, struct vnode *node, const char *name, int64_t key);
void part_tab(struct view *view, struct vnode *under, const char *list, const char *label, const char *url,
              const char *count, bool is_current);
void part_chip(struct view *view, struct vnode *under, const char *list, const char *label, const char *url, bool is_current);
/* A timeline entry: kind "", next, good, bad. The caller adds Text, Quote, Url, By and Signs. */
struct vnode *part_entry(struct view *view, struct vnode *under, const char *list, const char *kind, const char *icon,
                         const char *when, const char *title);
/* kind "need", "strength" or "goal". */
void part_sign(struct view *view, struct vnode *under, const char *list, const char *kind, const char *number, const char *url);
/* A stop of the trail: state "done", "here" or "". */
void part_stage(struct view *view, struct vnode *under, const char *list, const char *state, const char *label,
                const char *text, const char *url);
/* The node `name` for call:mini: `at` of `of` stops, 0 before the first. */
void part_mini(struct view *view, struct vnode *node, const char *name, int at, int of);
/* Meaning (1 worst … 5 best, 0 not answered), Number and Word for call:level. */
void part_level(struct view *view, struct vnode *node, int meaning, const char *number, const char *word);
/* What would be here, why it is not, and the one way to start. title, url and label may be NULL. */
void part_empty(struct view *view, struct vnode *under, const char *name, const char *title, const char *text,
                const char *url, const char *label);
/* "51–100 of 420"; previous and next NULL at the ends. */
void part_pager(struct view *view, struct vnode *under, const char *name, const char *text, const char *previous, const char *next);

/* --- fields of pages declared in C */

/* kind: line text number date password email search choice radios checks flag. The caller may add
 * Hint, Optional, Autocomplete, Inputmode, Placeholder, Rows. Problem is set from view_problem. */
struct vnode *part_field(struct view *view, struct vnode *under, const char *list, const char *kind,
                         const char *name, const char *label, const char *value);
void part_option(struct view *view, struct vnode *field, const char *value, const char *label, bool is_chosen);

/* --- tables of text */

/* kind "" or "r" for numbers; url sorts by it; sorted NULL, "ascending" or "descending". */
void part_column(struct view *view, struct vnode *table, const char *kind, const char *label, const char *url, const char *sorted);
struct vnode *part_row(struct view *view, struct vnode *table);
struct vnode *part_cell(struct view *view, struct vnode *row, const char *kind, const char *text, const char *url);

#endif
