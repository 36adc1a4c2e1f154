/* SPDX-License-Identifier: Apache-2.0
 *
 * The model's context, and the small tools of model_internal.h. */
#include "context.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "model_internal.h"

const char *context_tags(const struct context *c)
{
	size_t size = 2;
	for (size_t i = 0; i < c->n_sensitivity; i++)
		size += strlen(c->sensitivity[i]) + 1;
	char *out = arena_alloc(c->arena, size), *at = out;
	*at++ = ',';
	for (size_t i = 0; i < c->n_sensitivity && i < 64; i++)
		if (c->actor->sensitivity & BIT(i)) {
			at = stpcpy(at, c->sensitivity[i]);
			*at++ = ',';
		}
	return out;
}

int64_t context_user(const struct context *c)
{
	return c->actor->kind == ACTOR_STAFF ? c->actor->user_id : 0;
}

struct context context_system(const struct context *c, struct actor *actor, int64_t now)
{
	struct context copy = *c;
	*actor = (struct actor){ .kind = ACTOR_SYSTEM, .username = "system", .name = "system", .role = "", .office = "",
	                         .area = "", .scope = SCOPE_ALL, .permissions = UINT64_MAX, .sensitivity = UINT64_MAX, .now = now };
	date_of_instant(now, c->zone, actor->today);
	copy.actor = actor;
	return copy;
}

void *list_room(struct arena *arena, void *items, size_t n, size_t size)
{
	bool is_full = n == 0 || (n >= 8 && (n & (n - 1)) == 0);
	if (!is_full)
		return items;
	void *more = arena_calloc(arena, n == 0 ? 8 : 2 * n, size);
	if (n > 0)
		memcpy(more, items, n * size);
	return more;
}

enum err db_end(const struct context *c, enum err err)
{
	if (err == OK)
		return db_commit(c->db, c->why);
	db_rollback(c->db);
	return err;
}

enum err expect_change(const struct context *c, const char *what)
{
	return db_changes(c->db) > 0 ? OK : fail(c->why, ERR_CONFLICT, "%s was changed meanwhile", what);
}

int64_t scope_subject(const struct context *c)
{
	return c->actor->kind == ACTOR_BENEFICIARY ? c->actor->casefile_id : c->actor->user_id;
}

int scope_reach(const struct context *c)
{
	switch (c->actor->kind) {
	case ACTOR_BENEFICIARY: return 5;
	case ACTOR_STAFF:
	case ACTOR_SYSTEM: return (int)c->actor->scope;
	default: return SCOPE_NONE;
	}
}

enum err casefile_number(const struct context *c, int64_t casefile_id, const char **number)
{
	char *text = NULL;
	*number = "";
	if (casefile_id == 0)
		return OK;
	enum err err = db_text(c->db, c->why, c->arena, &text, SQL("SELECT number FROM casefile WHERE id = ?"), "i", casefile_id);
	if (err == ERR_NOT_FOUND)
		return fail(c->why, ERR_NOT_FOUND, "no case with id %lld", (long long)casefile_id);
	*number = or_empty(text);
	return err;
}
