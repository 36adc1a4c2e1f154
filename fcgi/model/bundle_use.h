/* SPDX-License-Identifier: Apache-2.0
 *
 * What stored rows name of a bundle: stages that cases stand in, roles that users have, answers
 * to questions. Asked before a bundle changes (country/upgrade.h), and moved when it does. */
#ifndef MODEL_BUNDLE_USE_H
#define MODEL_BUNDLE_USE_H

#include "context.h"

/* Lists of a bundle that stored rows name by key. */
enum bundle_list {
	LIST_STAGES, LIST_ROLES, LIST_OFFICES, LIST_AREAS, LIST_SERVICES, LIST_DIMENSIONS, LIST_CONSENTS, LIST_PATHWAYS, LIST_LANGUAGES,
	LIST_TAGS,              /* sensitivity */
	LIST_FORMS,             /* cases with submitted answers; users: drafts */
	LIST_COUNT
};

/* Of one key: cases, users and other rows (actions, offices, people …) that name it. */
struct bundle_use { const char *key; int64_t cases, users, others; };
struct bundle_uses { size_t n; struct bundle_use *item; };
enum err bundle_use_load(const struct context *c, enum bundle_list list, struct bundle_uses *out);
/* Counts of a key; zeros when no row names it. */
struct bundle_use bundle_use_of(const struct bundle_uses *uses, const char *key);

/* How many answers each question of a form has, over all versions; questions: JSON list of names. */
struct answer_use { const char *question, *choice; int64_t answers, cases; };
struct answer_uses { size_t n; struct answer_use *item; };
enum err answer_use_load(const struct context *c, const char *form, const char *questions, struct answer_uses *out);
/* Cases in which a choice was taken; pairs: JSON list of [question, choice]. */
enum err choice_use_load(const struct context *c, const char *form, const char *pairs, struct answer_uses *out);

/* What rows of one module there are, in a module's own terms. */
enum err module_use(const struct context *c, int module, int64_t *rows);

/* Inside a transaction: rows that name `was` name `now`. value: the status of a stage. changed may be NULL. */
enum err bundle_use_move(const struct context *c, enum bundle_list list, const char *was, const char *now, const char *value, int64_t *changed);
/* Open needs and strengths that came from a question that has another name now keep their number when it is asked again. */
enum err bundle_question_move(const struct context *c, const char *form, const char *was, const char *now, int64_t *changed);
/* Offices' areas changed: their cases follow, in the search index too. */
enum err bundle_areas_settle(const struct context *c, int64_t *changed);

/* A bundle taken over. kind: live, upgrade. */
struct bundle_change {
	int64_t id, at, audit_id;
	const char *kind, *actor, *bundle, *from_digest, *to_digest, *from_version, *to_version, *summary;
};
/* Inside a transaction; id, at and audit_id are filled. */
enum err bundle_change_add(const struct context *c, struct bundle_change *change);
/* The id that bundle_change_add would give now. */
enum err bundle_change_next(const struct context *c, int64_t *id);
/* The newest of a kind; ERR_NOT_FOUND without. */
enum err bundle_change_last(const struct context *c, const char *kind, struct bundle_change **out);
/* Does any row name this copy of a bundle. */
enum err bundle_is_named(const struct context *c, const char *digest, int64_t *found);

/* Work in the audit log after a row: how often each thing was done, most first. Views and sign-ins apart. */
struct work_done { const char *action, *object; int64_t n; };
struct work { size_t n; struct work_done *item; int64_t changes, views; };
enum err work_since(const struct context *c, int64_t audit_id, struct work *out);

/* Forms that were filled: version by version, oldest first. */
struct form_use { const char *form, *digest; int64_t id, first_at, answers, drafts; };
struct form_uses { size_t n; struct form_use *item; };
enum err form_use_load(const struct context *c, struct form_uses *out);

#endif
