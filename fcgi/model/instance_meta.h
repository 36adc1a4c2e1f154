/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of table `instance`: what this instance is (bundle, mode, clock, seed), and
 * which case each portal persona belongs to. */
#ifndef MODEL_INSTANCE_META_H
#define MODEL_INSTANCE_META_H

#include "base/date.h"
#include "context.h"

/* A value, or "" when the row is missing. */
enum err instance_get(struct db *db, struct why *why, struct arena *arena, const char *key, const char **value);
/* A number, or fallback. */
enum err instance_get_int(struct db *db, struct why *why, const char *key, int64_t fallback, int64_t *value);
enum err instance_set(struct db *db, struct why *why, const char *key, const char *value);
enum err instance_set_int(struct db *db, struct why *why, const char *key, int64_t value);

/* What each request asks, in one query. Missing rows give "" and 0. */
struct instance_facts { char mode[16], bundle[64], bundle_digest[65]; int64_t clock_offset_s; };
enum err instance_facts_load(struct db *db, struct why *why, struct instance_facts *out);

/* Portal personas: the seed generator says which case and person each one is. */
enum err persona_set(const struct context *c, const char *persona, int64_t casefile_id, int64_t person_id);
/* ERR_NOT_FOUND when the seed has no such person. */
enum err persona_find(const struct context *c, const char *persona, int64_t *casefile_id, int64_t *person_id);

/* Keeps a form's definition; the same digest gives the same id. Used before a draft or an assessment starts.
 * words: its labels in other languages, JSON {language: {source: translation}}. */
enum err form_version_keep(const struct context *c, const char *form, const char *digest, const char *definition, const char *words, int64_t *id);
/* ERR_NOT_FOUND when it was never kept. */
enum err form_version_find(const struct context *c, const char *form, const char *digest, int64_t *id);
/* The words as they are when a bundle is about to go. Nothing when the version was never kept. */
enum err form_version_reword(const struct context *c, const char *form, const char *digest, const char *words);
struct form_version { int64_t id; const char *form, *digest, *definition, *words; };
enum err form_version_load(const struct context *c, int64_t id, struct form_version **version);

/* Live counts for the landing page and the instance's cards. */
struct instance_counts { int64_t cases_open, cases, people, users, visits; };
enum err instance_count(struct db *db, struct why *why, struct instance_counts *counts);

/* What falls due after now: the next planned visit (0: none) and the next deadline after today ("": none). */
enum err instance_next(struct db *db, struct why *why, int64_t now, const char *today, int64_t *visit_at, char due_on[DATE_LEN]);

#endif
