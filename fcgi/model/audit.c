/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit chain: adding rows to it inside the change's transaction, and reading it. The
 * spool of views and its absorption are in audit_spool.c, verification in audit_verify.c. */
#include "audit.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "audit_internal.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/digest.h"
#include "model_internal.h"

/* Length before each text: no two different rows give the same bytes. */
static void digest_text(crypto_generichash_state *state, const char *text)
{
	char length[24];
	int n = snprintf(length, sizeof length, "%zu:", strlen(text));
	crypto_generichash_update(state, (const unsigned char *)length, (unsigned long long)n);
	crypto_generichash_update(state, (const unsigned char *)text, strlen(text));
}

static void digest_number(crypto_generichash_state *state, int64_t number)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRId64, number);
	digest_text(state, text);
}

void audit_digest(const struct audit_entry *entry, const char *previous, char out[65])
{
	crypto_generichash_state state;
	unsigned char bytes[32];
	crypto_generichash_init(&state, NULL, 0, sizeof bytes);
	digest_text(&state, previous);
	const int64_t numbers[] = { entry->id, entry->at, entry->machine_at, entry->user_id, entry->casefile_id };
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		digest_number(&state, numbers[i]);
	const char *const texts[] = { entry->actor, entry->action, entry->object, entry->object_key, entry->detail };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		digest_text(&state, texts[i]);
	crypto_generichash_final(&state, bytes, sizeof bytes);
	sodium_bin2hex(out, 65, bytes, sizeof bytes);
}

enum err audit_tail(struct db *db, struct why *why, int64_t *id, char digest[65])
{
	*id = 0;
	memset(digest, '0', 64);
	digest[64] = '\0';
	struct rows *rows = db_query(db, why, SQL("SELECT id, digest FROM main.audit ORDER BY id DESC LIMIT 1"), "");
	if (rows_next(rows)) {
		size_t size;
		*id = rows_int(rows, 0);
		const void *bytes = rows_bytes(rows, 1, &size);
		if (size == 64)
			memcpy(digest, bytes, 64);
	}
	return rows_close(rows);
}

enum err audit_append(struct db *db, struct why *why, struct audit_entry *entry, int64_t *tail_id, char tail[65])
{
	char digest[65];
	entry->id = *tail_id + 1;
	audit_digest(entry, tail, digest);
	enum err err = db_run(db, why, SQL(
		"INSERT INTO main.audit (id, at, machine_at, actor, user_id, action, object, object_key, casefile_id, detail, previous, digest)"
		" VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, ?, nullif(?, 0), ?, ?, ?)"), "iiisisssisss", entry->id, entry->at, entry->machine_at,
		entry->actor, entry->user_id, entry->action, entry->object, entry->object_key, entry->casefile_id, entry->detail, tail, digest);
	if (err == OK) {
		*tail_id = entry->id;
		memcpy(tail, digest, 65);
	}
	return err;
}

enum err audit_change(const struct context *c, const char *action, const char *object, const char *object_key,
                      int64_t casefile_id, const char *detail)
{
	int64_t tail_id;
	char tail[65];
	struct audit_entry entry = { .at = c->actor->now, .machine_at = clock_system(), .actor = or_empty(c->actor->username),
		.user_id = context_user(c), .action = action, .object = object, .object_key = object_key, .casefile_id = casefile_id,
		.detail = detail != NULL ? detail : "{}" };
	enum err err = audit_tail(c->db, c->why, &tail_id, tail);
	return err == OK ? audit_append(c->db, c->why, &entry, &tail_id, tail) : err;
}

/* ---- detail ---- */

static void json_text(struct buf *buf, const char *text)
{
	buf_char(buf, '"');
	for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
		if (*at == '"' || *at == '\\')
			buf_char(buf, '\\');
		if (*at < 0x20 || *at == 0x7f)
			buf_printf(buf, "\\u%04x", *at);
		else
			buf_char(buf, (char)*at);
	}
	buf_char(buf, '"');
}

const char *audit_detail(const struct context *c, const char *key, ...)
{
	struct buf buf;
	va_list args;
	buf_init(&buf, 1 << 20);
	buf_char(&buf, '{');
	va_start(args, key);
	for (const char *name = key; name != NULL; name = va_arg(args, const char *)) {
		const char *value = va_arg(args, const char *);
		if (name != key)
			buf_char(&buf, ',');
		json_text(&buf, name);
		buf_char(&buf, ':');
		json_text(&buf, or_empty(value));
	}
	va_end(args);
	buf_char(&buf, '}');
	const char *out = buf.full ? "{}" : arena_strdup(c->arena, buf.p);
	buf_free(&buf);
	return out;
}

/* ---- reading ---- */

static void day_bounds(const struct context *c, const struct audit_filter *filter, int64_t *from, int64_t *until)
{
	char next[DATE_LEN];
	*from = INT64_MIN;
	*until = INT64_MAX;
	if (or_null(filter->from_on) != NULL && date_is_valid(filter->from_on))
		*from = instant_of(filter->from_on, 0, c->zone);
	if (or_null(filter->until_on) == NULL || !date_is_valid(filter->until_on))
		return;
	date_add_days(filter->until_on, 1, next);
	*until = instant_of(next, 0, c->zone);
}

#define AUDIT_SELECT "SELECT a.id, a.at, a.actor, ifnull(u.name, a.actor), a.action, a.object, a.object_key, a.detail FROM audit a "
#define AUDIT_REST " LEFT JOIN user u ON u.id = a.user_id WHERE a.id < ?1 AND (?2 = '' OR a.action = ?2)" \
	" AND a.at >= ?3 AND a.at < ?4 AND (?5 = '' OR a.actor = ?5)"
#define AUDIT_END " ORDER BY a.id DESC LIMIT ?7"

/* By case, by actor, or all: each along its own index. */
static struct rows *audit_rows_of(const struct context *c, const struct audit_filter *filter, int limit)
{
	int64_t from, until, before = filter->before_id > 0 ? filter->before_id : INT64_MAX;
	day_bounds(c, filter, &from, &until);
	const char *sql = SQL(AUDIT_SELECT "NOT INDEXED" AUDIT_REST " AND ?6 = ''" AUDIT_END);
	if (or_null(filter->number) != NULL)
		sql = SQL(AUDIT_SELECT "INDEXED BY audit_casefile" AUDIT_REST " AND a.casefile_id = (SELECT id FROM casefile WHERE number = ?6)" AUDIT_END);
	else if (or_null(filter->actor) != NULL)
		sql = SQL(AUDIT_SELECT "INDEXED BY audit_actor" AUDIT_REST " AND a.actor = ?5 AND ?6 = ''" AUDIT_END);
	return db_query(c->db, c->why, sql, "isiissi", before, or_empty(filter->action), from, until, or_empty(filter->actor),
	                or_empty(filter->number), (int64_t)limit + 1);
}

enum err audit_list(const struct context *c, const struct audit_filter *filter, struct audit_rows *out)
{
	int limit = filter->limit > 0 && filter->limit <= 500 ? filter->limit : 50;
	*out = (struct audit_rows){ 0 };
	struct rows *rows = audit_rows_of(c, filter, limit);
	while (rows_next(rows)) {
		if (out->n == (size_t)limit) {
			out->has_more = true;
			break;
		}
		struct audit_row *row = LIST_ADD(c->arena, out);
		*row = (struct audit_row){ .id = rows_int(rows, 0), .at = rows_int(rows, 1), .actor = cell(rows, 2, c->arena),
			.name = cell(rows, 3, c->arena), .action = cell(rows, 4, c->arena), .object = cell(rows, 5, c->arena),
			.object_key = cell(rows, 6, c->arena), .detail = cell(rows, 7, c->arena) };
	}
	return rows_close(rows);
}

enum err audit_openers(const struct context *c, int64_t casefile_id, int64_t since, struct openers *out)
{
	*out = (struct openers){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL(
		"SELECT ifnull(u.name, l.actor), ifnull(u.username, l.actor), u.title, max(l.at), count(*), u.name_native FROM access_log l"
		" LEFT JOIN user u ON u.id = l.user_id WHERE l.casefile_id = ? AND l.at >= ? GROUP BY l.actor ORDER BY 4 DESC LIMIT 50"),
		"ii", casefile_id, since);
	while (rows_next(rows)) {
		struct opener *opener = LIST_ADD(c->arena, out);
		*opener = (struct opener){ .name = cell(rows, 0, c->arena), .username = cell(rows, 1, c->arena), .title = cell(rows, 2, c->arena),
		                           .last_at = rows_int(rows, 3), .times = (int)rows_int(rows, 4), .name_native = cell(rows, 5, c->arena) };
	}
	return rows_close(rows);
}

enum err audit_count_openers(const struct context *c, int64_t casefile_id, int64_t since, const char *but, int64_t *n)
{
	return db_int(c->db, c->why, n, SQL("SELECT count(*) FROM casefile_reader WHERE casefile_id = ? AND last_at >= ? AND actor <> ?"), "iis",
	              casefile_id, since, but);
}
