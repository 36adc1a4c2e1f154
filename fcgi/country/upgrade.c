/* SPDX-License-Identifier: Apache-2.0
 *
 * A preview, and taking a bundle over; see upgrade.h. What is written stands in one
 * transaction: the bundle's copy and the database before are on the disk when it begins, so
 * that a power cut leaves the old or the new state. */
#include "upgrade.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "bundle_store.h"
#include "form/json.h"
#include "form_words.h"
#include "instance_bundle.h"
#include "model/audit.h"
#include "model/instance_meta.h"
#include "model/office.h"
#include "upgrade_files.h"
#include "upgrade_internal.h"
#include "words.h"

#define SUMMARY_MAX (4u << 20)

/* ---- items ---- */

#define GROW(arena, list, n) do { \
	if ((n) % 32 == 0) { \
		void *more = arena_calloc((arena), (n) + 32, sizeof *(list)); \
		if (n) \
			memcpy(more, (list), (n) * sizeof *(list)); \
		(list) = more; \
	} \
} while (0)

void upgrade_add(struct upgrade *u, enum upgrade_kind kind, const char *file, const char *thing, const char *name,
                 const char *change, const char *effect, const char *mapping)
{
	GROW(u->c.arena, u->item, u->n);
	u->item[u->n++] = (struct upgrade_item){ .kind = kind, .file = file, .thing = thing, .name = name ? name : "", .change = change,
	                                         .effect = effect ? effect : "", .mapping = mapping ? mapping : "" };
	u->n_of[kind]++;
}

void upgrade_move_add(struct upgrade *u, struct upgrade_move move)
{
	GROW(u->c.arena, u->move, u->n_moves);
	u->move[u->n_moves++] = move;
}

const char *upgrade_count(struct upgrade *u, const char *pattern, int64_t n)
{
	return UPGRADE_FILL(u, pattern, arena_printf(u->c.arena, "%lld", (long long)n));
}

const char *upgrade_list(struct upgrade *u, const char *list, const char *item)
{
	return *list ? arena_printf(u->c.arena, "%s, %s", list, item) : item;
}

char *upgrade_sentence(struct arena *arena, const struct upgrade_item *item)
{
	const char *name = *item->name ? arena_printf(arena, " “%s”", item->name) : "";
	return arena_printf(arena, "%s%s: %s.%s%s%s%s", item->thing, name, item->change, *item->effect ? " " : "", item->effect,
	                    *item->mapping ? " " : "", item->mapping);
}

/* ---- comparing ---- */

static struct context system_context(struct instance *x, struct arena *arena, struct why *why)
{
	struct actor *actor = arena_new_of(arena, struct actor);
	struct context c = { .db = x->db, .arena = arena, .why = why, .dir = x->dir, .zone = x->bundle->zone,
	                     .n_sensitivity = x->bundle->n_sensitivity, .sensitivity = x->bundle->sensitivity };
	return context_system(&c, actor, instance_now(x));
}

static const char *last_name(const char *folder)
{
	const char *slash = strrchr(folder, '/');
	return slash ? slash + 1 : folder;
}

static enum err plan(struct upgrade *u)
{
	const char *before = bundle_store_dir(u->c.arena, u->instance->bundle_digest, u->instance->bundle_name);
	const char *after = bundle_store_dir(u->c.arena, u->digest, u->key);
	enum err err = upgrade_plan_lists(u);
	if (err == OK)
		err = upgrade_plan_forms(u);
	if (err == OK)
		err = upgrade_plan_rules(u);
	return err == OK ? upgrade_plan_rest(u, before, after) : err;
}

enum err upgrade_open(struct upgrade *u, struct instance *instance, const char *folder, struct arena *arena,
                      bundle_problem_fn *problem, void *data, struct why *why)
{
	char real[PATH_MAX];
	*u = (struct upgrade){ .instance = instance, .from = instance->bundle, .c = system_context(instance, arena, why) };
	if (!realpath(folder, real))
		return fail(why, ERR_NOT_FOUND, "there is no bundle in %s", folder);
	u->key = arena_strdup(arena, last_name(real));
	if (!instance_name_is_valid(u->key))
		return fail(why, ERR_CONFIG, "the folder of a bundle has small letters, digits and hyphens in its name: not \"%s\"", u->key);
	enum err err = bundle_store_put(real, u->digest, why);
	if (err != OK)
		return err;
	u->is_same = !strcmp(u->digest, instance->bundle_digest);
	if (u->is_same)
		return OK;
	u->to = bundle_load(bundle_store_dir(arena, u->digest, u->key), problem ? problem : instance_bundle_log, data);
	if (!u->to)
		return fail(why, ERR_CONFIG, "the bundle has errors: compass check %s says which", folder);
	return plan(u);
}

void upgrade_close(struct upgrade *u)
{
	bundle_free((struct bundle *)u->to);
	u->to = NULL;
}

/* ---- taking over ---- */

static enum err move_rows(struct upgrade *u)
{
	enum err err = OK;
	for (size_t i = 0; err == OK && i < u->to->n_offices; i++)
		err = office_put(&u->c, u->to->office[i].key, u->to->office[i].name, u->to->office[i].area);
	for (size_t i = 0; err == OK && i < u->n_moves; i++) {
		const struct upgrade_move *m = &u->move[i];
		err = m->is_question ? bundle_question_move(&u->c, m->form, m->was, m->now, NULL)
		                     : bundle_use_move(&u->c, m->list, m->was, m->now, m->value, NULL);
	}
	return err == OK ? bundle_areas_settle(&u->c, NULL) : err;
}

static enum err write_facts(struct upgrade *u)
{
	enum err err = instance_set(u->c.db, u->c.why, "bundle", u->key);
	if (err == OK)
		err = instance_set(u->c.db, u->c.why, "bundle_digest", u->digest);
	return err == OK ? instance_set(u->c.db, u->c.why, "bundle_version", u->to->version) : err;
}

static const char *summary_of(struct upgrade *u)
{
	struct buf out;
	buf_init(&out, SUMMARY_MAX);
	buf_char(&out, '[');
	for (size_t i = 0; i < u->n; i++) {
		buf_str(&out, i ? "," : "");
		json_put_text(&out, upgrade_sentence(u->c.arena, &u->item[i]));
	}
	buf_char(&out, ']');
	const char *text = arena_strdup(u->c.arena, out.full ? "[]" : out.p);
	buf_free(&out);
	return text;
}

/* The audit row first: what is newer than it is work done since. */
static enum err write_record(struct upgrade *u, const char *kind, struct bundle_change *change)
{
	const char *n = arena_printf(u->c.arena, "%zu", u->n), *moved = arena_printf(u->c.arena, "%zu", u->n_of[UPGRADE_MOVES]);
	enum err err = audit_change(&u->c, !strcmp(kind, "live") ? "edit" : "upgrade", "bundle", u->key, 0, audit_detail(&u->c,
		"version_before", u->from->version, "version", u->to->version, "from", u->instance->bundle_digest, "to", u->digest, "changes", n, "moved", moved, NULL));
	*change = (struct bundle_change){ .kind = kind, .actor = u->c.actor->username, .bundle = u->instance->bundle_name, .from_digest = u->instance->bundle_digest,
	                                  .to_digest = u->digest, .from_version = u->from->version, .to_version = u->to->version, .summary = summary_of(u) };
	return err == OK ? bundle_change_add(&u->c, change) : err;
}

/* Somebody else may have been quicker since the comparison was made. */
static enum err check_unchanged(struct upgrade *u)
{
	struct instance_facts facts;
	enum err err = instance_facts_load(u->c.db, u->c.why, &facts);
	if (err == OK && strcmp(facts.bundle_digest, u->instance->bundle_digest) != 0)
		err = fail(u->c.why, ERR_CONFLICT, "%s runs on another bundle since the comparison was made; look at it again", u->instance->name);
	return err;
}

static enum err write_all(struct upgrade *u, const char *kind, int64_t expected_id)
{
	struct bundle_change change;
	enum err err = db_begin(u->c.db, u->c.why);
	if (err != OK)
		return err;
	err = check_unchanged(u);
	if (err == OK)
		err = form_words_refresh(&u->c, u->from);
	if (err == OK)
		err = move_rows(u);
	if (err == OK)
		err = write_facts(u);
	if (err == OK)
		err = write_record(u, kind, &change);
	if (err == OK && expected_id && change.id != expected_id)
		err = fail(u->c.why, ERR_CONFLICT, "another upgrade came between");
	if (err == OK)
		return db_commit(u->c.db, u->c.why);
	db_rollback(u->c.db);
	return err;
}

static enum err refuse_when_refused(struct upgrade *u)
{
	if (u->is_same)
		return fail(u->c.why, ERR_CONFLICT, "%s runs on this bundle already", u->instance->name);
	if (u->n_of[UPGRADE_REFUSED])
		return fail(u->c.why, ERR_CONFLICT, "%zu changes cannot be carried over without a mapping", u->n_of[UPGRADE_REFUSED]);
	return OK;
}

/* The database before and the new state belong together: nobody writes from the copy to the commit. */
static enum err apply(struct upgrade *u)
{
	int64_t id = 0;
	enum err err = audit_absorb(u->c.db, u->instance->dir, u->c.why, NULL);
	if (err == OK)
		err = db_take_turn(u->c.db, u->c.why);
	if (err == OK)
		err = bundle_change_next(&u->c, &id);
	if (err == OK)
		err = upgrade_keep_database(u->c.db, upgrade_before_file(u->c.arena, u->instance, id), u->c.why);
	if (err == OK)
		err = write_all(u, "upgrade", id);
	db_give_turn(u->c.db);
	if (err == OK)
		upgrade_forget_others(u->instance, id);
	return err;
}

enum err upgrade_apply(struct upgrade *u, const struct actor *actor, struct why *why)
{
	u->c.why = why;
	if (actor)
		u->c.actor = actor;
	enum err err = refuse_when_refused(u);
	return err == OK ? apply(u) : err;
}

enum err upgrade_live(struct instance *x, const char *folder, struct why *why)
{
	struct upgrade u;
	struct arena *arena = arena_new((size_t)256 << 20);
	enum err err = upgrade_open(&u, x, folder, arena, NULL, NULL, why);
	if (err == OK && u.n_of[UPGRADE_REFUSED])
		err = fail(why, ERR_CONFLICT, "%zu changes contradict what is stored; compass upgrade %s --preview says which", u.n_of[UPGRADE_REFUSED], x->name);
	if (err == OK && !u.is_same)
		err = write_all(&u, "live", 0);
	if (err == OK && !u.is_same) {
		snprintf(x->bundle_digest, sizeof x->bundle_digest, "%s", u.digest);
		snprintf(x->bundle_name, sizeof x->bundle_name, "%s", u.key);
	}
	upgrade_close(&u);
	arena_free(arena);
	return err;
}
