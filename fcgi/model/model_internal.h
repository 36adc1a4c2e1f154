/* SPDX-License-Identifier: Apache-2.0
 *
 * Small tools the entities share: cells of a row, growing lists, the scope's parameters. */
#ifndef MODEL_INTERNAL_H
#define MODEL_INTERNAL_H

#include "context.h"

/* "" for NULL. */
static inline const char *cell(struct rows *rows, int column, struct arena *arena)
{
	const char *text = rows_text(rows, column, arena);
	return text != NULL ? text : "";
}

/* NULL for "" and NULL: what is empty is stored as NULL. */
static inline const char *or_null(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

static inline const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* The list's memory with room for one more than n, in the arena: list->item = list_room(…). */
void *list_room(struct arena *arena, void *items, size_t n, size_t size);
#define LIST_ADD(arena, list) \
	((list)->item = list_room((arena), (list)->item, (list)->n, sizeof *(list)->item), &(list)->item[(list)->n++])

/* Ends a changing function: commits when err is OK, else rolls back; gives the code. */
enum err db_end(const struct context *c, enum err err);
/* ERR_CONFLICT when the last statement changed no row. */
enum err expect_change(const struct context *c, const char *what);

/* The date of every row without one. */
#define NO_DATE "9999-12-31"

/* Scope, as parameters ?1 … ?5 of a statement: SCOPE_TYPES with SCOPE_ARGS(c). ?1 user or, on the portal, case;
 * ?2 how far; ?3 office; ?4 area; ?5 today. f is casefile. */
#define SCOPE_TYPES "iisss"
#define SCOPE_ARGS(c) scope_subject(c), (int64_t)scope_reach(c), (c)->actor->office != NULL ? (c)->actor->office : "", \
	(c)->actor->area != NULL ? (c)->actor->area : "", (c)->actor->today
#define TEAM_SQL "SELECT casefile_id FROM casefile_team WHERE user_id = ?1 AND from_on <= ?5 AND (until_on IS NULL OR until_on >= ?5)"
#define SCOPE_SQL "(?2 = 4 OR (?2 = 5 AND f.id = ?1) OR (?2 = 2 AND f.office = ?3) OR (?2 = 3 AND f.area = ?4)" \
	" OR (?2 BETWEEN 1 AND 3 AND (f.owner_id = ?1 OR f.id IN (" TEAM_SQL "))))"
/* Whose offices' cases the actor reaches by them: a condition on an office's key; and the offices to look in, those of own and
 * shared cases with them. */
#define REACHES(office) "(?2 = 4 OR (?2 = 3 AND " office " IN (SELECT key FROM office WHERE area = ?4)) OR (?2 = 2 AND " office " = ?3))"
#define OWN_IDS "(SELECT id FROM casefile WHERE owner_id = ?1 UNION ALL " TEAM_SQL ")"
#define OFFICES_SQL "(SELECT key FROM office WHERE " REACHES("key") " UNION SELECT x.office FROM casefile x WHERE x.id IN " OWN_IDS ")"
/* Cases that wait for a decision: the words of the index casefile_waiting. */
#define WAITING_SQL "f.status IN ('plan_pending_approval', 'closure_pending_approval')"
int64_t scope_subject(const struct context *c);
int scope_reach(const struct context *c);

/* The case's number, for the audit. */
enum err casefile_number(const struct context *c, int64_t casefile_id, const char **number);

#endif
