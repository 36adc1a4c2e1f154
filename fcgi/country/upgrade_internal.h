/* SPDX-License-Identifier: Apache-2.0
 *
 * What the comparing parts of an upgrade share: adding items, words for counts. */
#ifndef COUNTRY_UPGRADE_INTERNAL_H
#define COUNTRY_UPGRADE_INTERNAL_H

#include "upgrade.h"

/* effect and mapping may be NULL. */
void upgrade_add(struct upgrade *u, enum upgrade_kind kind, const char *file, const char *thing, const char *name,
                 const char *change, const char *effect, const char *mapping);
void upgrade_move_add(struct upgrade *u, struct upgrade_move move);
/* "12 cases": what tr_plural chose, with the number in it. */
const char *upgrade_count(struct upgrade *u, const char *pattern, int64_t n);
/* tr_fill into the upgrade's arena. */
#define UPGRADE_FILL(u, ...) tr_fill((u)->c.arena, __VA_ARGS__, NULL)
/* "a, b" grown by one. */
const char *upgrade_list(struct upgrade *u, const char *list, const char *item);

/* upgrade_lists.c, upgrade_rules.c, upgrade_forms.c, upgrade_rest.c */
enum err upgrade_plan_lists(struct upgrade *u);
enum err upgrade_plan_rules(struct upgrade *u);
enum err upgrade_plan_forms(struct upgrade *u);
enum err upgrade_plan_rest(struct upgrade *u, const char *before, const char *after);

#endif
