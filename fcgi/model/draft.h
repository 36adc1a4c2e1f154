/* SPDX-License-Identifier: Apache-2.0
 *
 * Half-typed intakes, saved page by page; they belong to who types them. */
#ifndef MODEL_DRAFT_H
#define MODEL_DRAFT_H

#include "context.h"

struct draft {
	int64_t id;
	const char *kind;               /* intake */
	int64_t form_version;
	const char *answers;            /* JSON */
	const char *group_states;       /* JSON {group: {revision, saved_at, saved_by, state}} */
	int64_t revision, created_at, updated_at;
};
struct drafts { size_t n; struct draft *item; };

enum err draft_create(const struct context *c, const char *kind, int64_t form_version, const char *answers, struct draft **out);
/* Only the actor's own and unfinished; else ERR_NOT_FOUND. */
enum err draft_load(const struct context *c, int64_t id, struct draft **out);
/* Newest first. */
enum err draft_list(const struct context *c, const char *kind, struct drafts *out);
/* Replaces the group's answers (a JSON object) inside answers[group]. Against the group's revision as in
 * group_save; fills out with the draft as it stands. */
enum err draft_save_group(const struct context *c, int64_t id, const char *group, int64_t group_revision,
                          const char *group_answers, const char *state, struct draft **out);
enum err draft_delete(const struct context *c, int64_t id);

/* What the group_states JSON says of one group; a group never saved has revision 0. */
struct group_state { int64_t revision, saved_at; const char *saved_by, *state; };
struct group_state group_state_of(const struct context *c, const char *group_states, const char *group);

#endif
