/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting and moving what stored rows name of a bundle. Counts run along the triggers'
 * table or the rows' own indexes where they can; answers are read once a form. */
#include "bundle_use.h"

#include <string.h>

#include "model_internal.h"
#include "office.h"
#include "permission.h"
#include "search.h"

/* ---- counting ---- */

static const char *use_sql(enum bundle_list list)
{
	switch (list) {
	case LIST_STAGES:
		return SQL("SELECT stage, sum(n), 0, 0 FROM casefile_count GROUP BY stage HAVING sum(n) > 0");
	case LIST_ROLES:
		return SQL("SELECT role, 0, count(*), 0 FROM user GROUP BY role");
	case LIST_OFFICES:
		return SQL("SELECT office, sum(n), sum(users), 0 FROM (SELECT office, n, 0 AS users FROM casefile_count"
		           " UNION ALL SELECT office, 0, 1 FROM user WHERE office IS NOT NULL) GROUP BY office HAVING sum(n) + sum(users) > 0");
	case LIST_AREAS:
		return SQL("SELECT o.area, ifnull(sum(k.n), 0), 0, count(DISTINCT o.key) FROM office o LEFT JOIN casefile_count k ON k.office = o.key"
		           " WHERE EXISTS (SELECT 1 FROM casefile f WHERE f.office = o.key) OR EXISTS (SELECT 1 FROM user u WHERE u.office = o.key) GROUP BY o.area");
	case LIST_SERVICES:
		return SQL("SELECT service, count(DISTINCT casefile_id), 0, count(*) FROM action WHERE service IS NOT NULL GROUP BY service");
	case LIST_DIMENSIONS:
		return SQL("SELECT dimension, count(DISTINCT casefile_id), 0, count(*) FROM need WHERE status = 'open' GROUP BY dimension");
	case LIST_CONSENTS:
		return SQL("SELECT purpose, count(DISTINCT casefile_id), 0, count(*) FROM consent WHERE is_given = 1 AND withdrawn_at IS NULL GROUP BY purpose");
	case LIST_PATHWAYS:
		return SQL("SELECT pathway, count(*), 0, 0 FROM casefile WHERE pathway IS NOT NULL AND closed_on IS NULL GROUP BY pathway");
	case LIST_LANGUAGES:
		return SQL("SELECT language, sum(cases), sum(users), sum(people) FROM (SELECT language, 1 AS cases, 0 AS users, 0 AS people FROM casefile"
		           " UNION ALL SELECT language, 0, 1, 0 FROM user UNION ALL SELECT preferred_language, 0, 0, 1 FROM person)"
		           " WHERE language IS NOT NULL GROUP BY language");
	case LIST_TAGS:
		return SQL("SELECT sensitivity, count(DISTINCT casefile_id), 0, count(*) FROM (SELECT casefile_id, sensitivity FROM need"
		           " UNION ALL SELECT casefile_id, sensitivity FROM event) WHERE sensitivity IS NOT NULL GROUP BY sensitivity");
	case LIST_FORMS:
		return SQL("SELECT form, count(DISTINCT casefile_id), sum(draft), count(*) FROM ("
		           "SELECT form, casefile_id, status IN ('draft', 'returned') AS draft FROM assessment"
		           " UNION ALL SELECT v.form, i.casefile_id, 0 FROM intake i JOIN form_version v ON v.id = i.form_version"
		           " UNION ALL SELECT v.form, NULL, 1 FROM draft d JOIN form_version v ON v.id = d.form_version WHERE d.finished_casefile_id IS NULL)"
		           " GROUP BY form");
	case LIST_COUNT: break;
	}
	BUG("list %d", (int)list);
}

enum err bundle_use_load(const struct context *c, enum bundle_list list, struct bundle_uses *out)
{
	*out = (struct bundle_uses){ 0 };
	struct rows *rows = db_query(c->db, c->why, use_sql(list), "");
	while (rows_next(rows))
		*LIST_ADD(c->arena, out) = (struct bundle_use){ .key = cell(rows, 0, c->arena), .cases = rows_int(rows, 1), .users = rows_int(rows, 2),
		                                                .others = rows_int(rows, 3) };
	return rows_close(rows);
}

struct bundle_use bundle_use_of(const struct bundle_uses *uses, const char *key)
{
	for (size_t i = 0; key != NULL && i < uses->n; i++)
		if (strcmp(uses->item[i].key, key) == 0)
			return uses->item[i];
	return (struct bundle_use){ .key = key };
}

/* Everything that was filled of a form about a case. */
#define FILLED_SQL "(SELECT casefile_id, answers FROM assessment WHERE form = ?1" \
	" UNION ALL SELECT i.casefile_id, i.answers FROM intake i JOIN form_version v ON v.id = i.form_version WHERE v.form = ?1)"

static enum err read_answer_uses(const struct context *c, struct rows *rows, struct answer_uses *out)
{
	*out = (struct answer_uses){ 0 };
	while (rows_next(rows))
		*LIST_ADD(c->arena, out) = (struct answer_use){ .question = cell(rows, 0, c->arena), .choice = cell(rows, 1, c->arena),
		                                                .answers = rows_int(rows, 2), .cases = rows_int(rows, 3) };
	return rows_close(rows);
}

enum err answer_use_load(const struct context *c, const char *form, const char *questions, struct answer_uses *out)
{
	return read_answer_uses(c, db_query(c->db, c->why, SQL("SELECT t.key, '', count(*), count(DISTINCT f.casefile_id) FROM " FILLED_SQL " f, json_tree(f.answers) t"
		" WHERE t.key IN (SELECT value FROM json_each(?2)) AND t.atom IS NOT NULL AND t.atom <> '' GROUP BY t.key"), "ss", form, questions), out);
}

enum err choice_use_load(const struct context *c, const char *form, const char *pairs, struct answer_uses *out)
{
	return read_answer_uses(c, db_query(c->db, c->why, SQL("SELECT p.question, p.choice, count(*), count(DISTINCT f.casefile_id) FROM " FILLED_SQL " f,"
		" json_tree(f.answers) t JOIN (SELECT json_extract(value, '$[0]') AS question, json_extract(value, '$[1]') AS choice FROM json_each(?2)) p"
		" ON p.question = t.key WHERE t.atom IS NOT NULL AND instr(' ' || t.atom || ' ', ' ' || p.choice || ' ') > 0"
		" GROUP BY p.question, p.choice"), "ss", form, pairs), out);
}

enum err module_use(const struct context *c, int module, int64_t *rows)
{
	*rows = 0;
	switch (module) {
	case MODULE_PROFILE:
		return db_int(c->db, c->why, rows, SQL("SELECT count(*) FROM assessment WHERE kind = 'profile'"), "");
	case MODULE_ASSESSMENT:
		return db_int(c->db, c->why, rows, SQL("SELECT count(*) FROM assessment WHERE kind <> 'profile'"), "");
	case MODULE_PLAN:
		return db_int(c->db, c->why, rows, SQL("SELECT count(*) FROM plan"), "");
	case MODULE_INTAKE:
		return db_int(c->db, c->why, rows, SQL("SELECT count(*) FROM draft WHERE kind = 'intake' AND finished_casefile_id IS NULL"), "");
	case MODULE_PORTAL:
		return db_int(c->db, c->why, rows, SQL("SELECT count(DISTINCT casefile_id) FROM consent WHERE purpose = 'portal' AND is_given = 1 AND withdrawn_at IS NULL"), "");
	default:
		return OK;
	}
}

/* ---- moving ---- */

struct case_ids { size_t n; int64_t *item; };

/* Read whole before anything is written: what is asked for may change meanwhile. */
static enum err read_ids(const struct context *c, struct rows *rows, struct case_ids *out)
{
	*out = (struct case_ids){ 0 };
	while (rows_next(rows))
		*LIST_ADD(c->arena, out) = rows_int(rows, 0);
	return rows_close(rows);
}

static enum err search_again(const struct context *c, const struct case_ids *ids)
{
	struct arena *arena = arena_new(8u << 20);
	struct context passing = *c;
	enum err err = OK;
	passing.arena = arena;
	for (size_t i = 0; err == OK && i < ids->n; i++) {
		err = search_update(&passing, ids->item[i]);
		arena_clear(arena);
	}
	arena_free(arena);
	return err;
}

/* The new office stands in the table already. */
static enum err move_office(const struct context *c, const char *was, const char *now)
{
	struct case_ids ids;
	enum err err = read_ids(c, db_query(c->db, c->why, SQL("SELECT id FROM casefile WHERE office = ?"), "s", was), &ids);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE casefile SET office = ?2, area = (SELECT area FROM office WHERE key = ?2) WHERE office = ?1"), "ss", was, now);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE user SET office = ?2 WHERE office = ?1"), "ss", was, now);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM office WHERE key = ?"), "s", was);
	return err == OK ? search_again(c, &ids) : err;
}

static enum err move_language(const struct context *c, const char *was, const char *now)
{
	enum err err = db_run(c->db, c->why, SQL("UPDATE user SET language = ?2 WHERE language = ?1"), "ss", was, now);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE person SET preferred_language = ?2 WHERE preferred_language = ?1"), "ss", was, now);
	return err == OK ? db_run(c->db, c->why, SQL("UPDATE casefile SET language = ?2 WHERE language = ?1"), "ss", was, now) : err;
}

static enum err move_dimension(const struct context *c, const char *was, const char *now)
{
	enum err err = db_run(c->db, c->why, SQL("UPDATE assessment_score SET dimension = ?2 WHERE dimension = ?1"), "ss", was, now);
	return err == OK ? db_run(c->db, c->why, SQL("UPDATE need SET dimension = ?2 WHERE dimension = ?1"), "ss", was, now) : err;
}

enum err bundle_use_move(const struct context *c, enum bundle_list list, const char *was, const char *now, const char *value, int64_t *changed)
{
	enum err err = OK;
	switch (list) {
	case LIST_STAGES:
		err = db_run(c->db, c->why, SQL("UPDATE casefile SET stage = ?2, status = ?3 WHERE stage = ?1"), "sss", was, now, value);
		break;
	case LIST_ROLES: err = db_run(c->db, c->why, SQL("UPDATE user SET role = ?2 WHERE role = ?1"), "ss", was, now); break;
	case LIST_OFFICES: err = move_office(c, was, now); break;
	case LIST_SERVICES: err = db_run(c->db, c->why, SQL("UPDATE action SET service = ?2 WHERE service = ?1"), "ss", was, now); break;
	case LIST_DIMENSIONS: err = move_dimension(c, was, now); break;
	case LIST_CONSENTS: err = db_run(c->db, c->why, SQL("UPDATE consent SET purpose = ?2 WHERE purpose = ?1"), "ss", was, now); break;
	case LIST_PATHWAYS: err = db_run(c->db, c->why, SQL("UPDATE casefile SET pathway = ?2 WHERE pathway = ?1"), "ss", was, now); break;
	case LIST_LANGUAGES: err = move_language(c, was, now); break;
	case LIST_AREAS: case LIST_TAGS: case LIST_FORMS: case LIST_COUNT: return OK;
	}
	if (err == OK && changed != NULL)
		*changed = db_changes(c->db);
	return err;
}

enum err bundle_question_move(const struct context *c, const char *form, const char *was, const char *now, int64_t *changed)
{
	enum err err = db_run(c->db, c->why, SQL("UPDATE need SET question = ?3 WHERE question = ?2 AND EXISTS (SELECT 1 FROM assessment a"
		" WHERE a.casefile_id = need.casefile_id AND a.seq = need.assessment_seq AND a.form = ?1)"), "sss", form, was, now);
	if (err == OK && changed != NULL)
		*changed = db_changes(c->db);
	return err;
}

enum err bundle_areas_settle(const struct context *c, int64_t *changed)
{
	struct case_ids ids;
	enum err err = read_ids(c, db_query(c->db, c->why, SQL("SELECT f.id FROM office o JOIN casefile f ON f.office = o.key WHERE f.area <> o.area"), ""), &ids);
	if (err == OK && ids.n > 0)
		err = db_run(c->db, c->why, SQL("UPDATE casefile SET area = (SELECT o.area FROM office o WHERE o.key = casefile.office)"
			" WHERE area <> (SELECT o.area FROM office o WHERE o.key = casefile.office)"), "");
	if (err == OK)
		err = search_again(c, &ids);
	if (changed != NULL)
		*changed = (int64_t)ids.n;
	return err;
}

/* ---- bundles taken over ---- */

enum err bundle_change_add(const struct context *c, struct bundle_change *change)
{
	change->at = c->actor->now;
	enum err err = db_int(c->db, c->why, &change->audit_id, SQL("SELECT ifnull(max(id), 0) FROM audit"), "");
	if (err == OK)
		err = db_int(c->db, c->why, &change->id, SQL("INSERT INTO bundle_change (at, kind, actor, bundle, from_digest, to_digest, from_version, to_version,"
			" audit_id, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, json(?)) RETURNING id"), "isssssssis", change->at, change->kind, change->actor, change->bundle,
			change->from_digest, change->to_digest, change->from_version, change->to_version, change->audit_id, change->summary);
	return err;
}

enum err bundle_change_next(const struct context *c, int64_t *id)
{
	return db_int(c->db, c->why, id, SQL("SELECT ifnull(max(id), 0) + 1 FROM bundle_change"), "");
}

enum err bundle_change_last(const struct context *c, const char *kind, struct bundle_change **out)
{
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT id, at, audit_id, kind, actor, bundle, from_digest, to_digest, from_version, to_version, summary"
		" FROM bundle_change WHERE kind = ? ORDER BY id DESC LIMIT 1"), "s", kind);
	*out = NULL;
	if (rows_next(rows)) {
		struct arena *a = c->arena;
		*out = arena_new_of(a, struct bundle_change);
		**out = (struct bundle_change){ .id = rows_int(rows, 0), .at = rows_int(rows, 1), .audit_id = rows_int(rows, 2), .kind = cell(rows, 3, a),
			.actor = cell(rows, 4, a), .bundle = cell(rows, 5, a), .from_digest = cell(rows, 6, a), .to_digest = cell(rows, 7, a),
			.from_version = cell(rows, 8, a), .to_version = cell(rows, 9, a), .summary = cell(rows, 10, a) };
	}
	enum err err = rows_close(rows);
	return err != OK || *out != NULL ? err : fail(c->why, ERR_NOT_FOUND, "the bundle was never changed by %s %s: there is nothing to go back to", strcmp(kind, "upgrade") == 0 ? "an" : "a", kind);
}

enum err bundle_is_named(const struct context *c, const char *digest, int64_t *found)
{
	return db_int(c->db, c->why, found, SQL("SELECT EXISTS (SELECT 1 FROM instance WHERE key = 'bundle_digest' AND value = ?1)"
		" OR EXISTS (SELECT 1 FROM bundle_change WHERE kind = 'upgrade' AND from_digest = ?1 AND id = (SELECT max(id) FROM bundle_change WHERE kind = 'upgrade'))"), "s", digest);
}

enum err work_since(const struct context *c, int64_t audit_id, struct work *out)
{
	*out = (struct work){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT action, object, count(*) FROM audit WHERE id > ? GROUP BY action, object ORDER BY count(*) DESC, action, object"),
		"i", audit_id);
	while (rows_next(rows)) {
		struct work_done one = { .action = cell(rows, 0, c->arena), .object = cell(rows, 1, c->arena), .n = rows_int(rows, 2) };
		if (strcmp(one.action, "view") == 0 || strncmp(one.action, "sign_in", 7) == 0) {
			out->views += one.n;
			continue;
		}
		out->changes += one.n;
		*LIST_ADD(c->arena, out) = one;
	}
	return rows_close(rows);
}

enum err form_use_load(const struct context *c, struct form_uses *out)
{
	*out = (struct form_uses){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT v.form, v.digest, v.id, v.first_at,"
		" (SELECT count(*) FROM assessment a WHERE a.form_version = v.id AND a.status IN ('submitted', 'amended')) + (SELECT count(*) FROM intake i WHERE i.form_version = v.id),"
		" (SELECT count(*) FROM assessment a WHERE a.form_version = v.id AND a.status IN ('draft', 'returned'))"
		" + (SELECT count(*) FROM draft d WHERE d.form_version = v.id AND d.finished_casefile_id IS NULL) FROM form_version v ORDER BY v.form, v.id"), "");
	while (rows_next(rows)) {
		struct arena *a = c->arena;
		*LIST_ADD(a, out) = (struct form_use){ .form = cell(rows, 0, a), .digest = cell(rows, 1, a), .id = rows_int(rows, 2), .first_at = rows_int(rows, 3),
		                                       .answers = rows_int(rows, 4), .drafts = rows_int(rows, 5) };
	}
	return rows_close(rows);
}
