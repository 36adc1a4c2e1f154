/* SPDX-License-Identifier: Apache-2.0
 *
 * Facts about the instance, portal personas, kept form versions, live counts. */
#include "instance_meta.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model_internal.h"

enum err instance_get(struct db *db, struct why *why, struct arena *arena, const char *key, const char **value)
{
	char *text = NULL;
	enum err err = db_text(db, why, arena, &text, SQL("SELECT value FROM instance WHERE key = ?"), "s", key);
	*value = or_empty(text);
	return err == ERR_NOT_FOUND ? OK : err;
}

enum err instance_get_int(struct db *db, struct why *why, const char *key, int64_t fallback, int64_t *value)
{
	*value = fallback;
	enum err err = db_int(db, why, value, SQL("SELECT CAST(value AS INTEGER) FROM instance WHERE key = ?"), "s", key);
	return err == ERR_NOT_FOUND ? OK : err;
}

enum err instance_facts_load(struct db *db, struct why *why, struct instance_facts *out)
{
	*out = (struct instance_facts){ 0 };
	struct rows *rows = db_query(db, why, SQL("SELECT key, value FROM instance WHERE key IN ('mode', 'bundle', 'bundle_digest', 'clock_offset_s')"), "");
	while (rows_next(rows)) {
		size_t key_size, size;
		const char *key = rows_bytes(rows, 0, &key_size), *value = rows_bytes(rows, 1, &size);
		int n = (int)size;
		if (key_size == 4)
			snprintf(out->mode, sizeof out->mode, "%.*s", n, value);
		else if (key_size == 6)
			snprintf(out->bundle, sizeof out->bundle, "%.*s", n, value);
		else if (key[0] == 'b')
			snprintf(out->bundle_digest, sizeof out->bundle_digest, "%.*s", n, value);
		else
			out->clock_offset_s = rows_int(rows, 1);
	}
	return rows_close(rows);
}

enum err instance_set(struct db *db, struct why *why, const char *key, const char *value)
{
	return db_run(db, why, SQL("INSERT INTO instance (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"),
	              "ss", key, value);
}

enum err instance_set_int(struct db *db, struct why *why, const char *key, int64_t value)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRId64, value);
	return instance_set(db, why, key, text);
}

enum err persona_set(const struct context *c, const char *persona, int64_t casefile_id, int64_t person_id)
{
	char *value = arena_printf(c->arena, "%" PRId64 "/%" PRId64, casefile_id, person_id);
	return instance_set(c->db, c->why, arena_printf(c->arena, "persona:%s", persona), value);
}

enum err persona_find(const struct context *c, const char *persona, int64_t *casefile_id, int64_t *person_id)
{
	const char *value;
	enum err err = instance_get(c->db, c->why, c->arena, arena_printf(c->arena, "persona:%s", persona), &value);
	if (err != OK)
		return err;
	if (sscanf(value, "%" SCNd64 "/%" SCNd64, casefile_id, person_id) != 2)
		return fail(c->why, ERR_NOT_FOUND, "nobody in the seed is persona %s", persona);
	return OK;
}

enum err form_version_find(const struct context *c, const char *form, const char *digest, int64_t *id)
{
	return db_int(c->db, c->why, id, SQL("SELECT id FROM form_version WHERE form = ? AND digest = ?"), "ss", form, digest);
}

enum err form_version_keep(const struct context *c, const char *form, const char *digest, const char *definition, const char *words, int64_t *id)
{
	enum err err = form_version_find(c, form, digest, id);
	if (err != ERR_NOT_FOUND)
		return err;
	if ((err = db_begin(c->db, c->why)) != OK)
		return err;
	err = db_run(c->db, c->why, SQL("INSERT INTO form_version (form, digest, definition, first_at, words) VALUES (?, ?, ?, ?, json(?))"
	             " ON CONFLICT DO NOTHING"), "sssis", form, digest, definition, c->actor->now, words != NULL ? words : "{}");
	if (err == OK)
		err = form_version_find(c, form, digest, id);
	return db_end(c, err);
}

enum err form_version_reword(const struct context *c, const char *form, const char *digest, const char *words)
{
	return db_run(c->db, c->why, SQL("UPDATE form_version SET words = json(?3) WHERE form = ?1 AND digest = ?2"), "sss", form, digest, words);
}

enum err form_version_load(const struct context *c, int64_t id, struct form_version **version)
{
	*version = NULL;
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT id, form, digest, definition, words FROM form_version WHERE id = ?"), "i", id);
	if (rows_next(rows)) {
		*version = arena_new_of(c->arena, struct form_version);
		**version = (struct form_version){ .id = rows_int(rows, 0), .form = cell(rows, 1, c->arena),
		                                   .digest = cell(rows, 2, c->arena), .definition = cell(rows, 3, c->arena), .words = cell(rows, 4, c->arena) };
	}
	enum err err = rows_close(rows);
	return err != OK || *version != NULL ? err : fail(c->why, ERR_NOT_FOUND, "no form version %" PRId64, id);
}

/* Nothing here grows with the instance but the people's and visits' row numbers, which are read off the end of an index. */
enum err instance_count(struct db *db, struct why *why, struct instance_counts *counts)
{
	*counts = (struct instance_counts){ 0 };
	struct rows *rows = db_query(db, why, SQL("SELECT (SELECT ifnull(sum(n), 0) FROM casefile_total WHERE is_open = 1),"
		" (SELECT ifnull(sum(n), 0) FROM casefile_total), (SELECT ifnull(max(id), 0) FROM person),"
		" (SELECT count(*) FROM user WHERE is_active = 1), (SELECT ifnull(max(id), 0) FROM activity)"), "");
	if (rows_next(rows))
		*counts = (struct instance_counts){ .cases_open = rows_int(rows, 0), .cases = rows_int(rows, 1), .people = rows_int(rows, 2),
		                                    .users = rows_int(rows, 3), .visits = rows_int(rows, 4) };
	return rows_close(rows);
}

enum err instance_next(struct db *db, struct why *why, int64_t now, const char *today, int64_t *visit_at, char due_on[DATE_LEN])
{
	*visit_at = 0;
	due_on[0] = '\0';
	struct rows *rows = db_query(db, why, SQL("SELECT (SELECT min(planned_at) FROM activity WHERE planned_at > ?1 AND outcome IS NULL),"
		" (SELECT min(stage_due_on) FROM casefile WHERE stage_due_on > ?2 AND stage_due_on < '9999')"), "is", now, today);
	if (rows_next(rows)) {
		size_t size;
		*visit_at = rows_int(rows, 0);
		const void *date = rows_bytes(rows, 1, &size);
		if (size == DATE_LEN - 1) {
			memcpy(due_on, date, size);
			due_on[size] = '\0';
		}
	}
	return rows_close(rows);
}
