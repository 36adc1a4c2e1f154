/* SPDX-License-Identifier: Apache-2.0
 *
 * Members of a household. */
#include "household.h"

#include "audit.h"
#include "base/date.h"
#include "base/text.h"
#include "casefile.h"
#include "event.h"
#include "household_internal.h"
#include "person_internal.h"
#include "search.h"

static void member_read(const struct context *c, struct rows *rows, struct member *m)
{
	struct arena *a = c->arena;
	*m = (struct member){ .seq = rows_int(rows, 0), .role = cell(rows, 1, a), .is_contact = rows_int(rows, 2) != 0,
		.note = cell(rows, 3, a), .start_date = cell(rows, 4, a), .end_date = cell(rows, 5, a), .age = -1 };
	m->person = arena_new_of(a, struct person);
	person_read(rows, 6, a, m->person);
	if (date_is_valid(m->person->date_of_birth))
		m->age = date_years(m->person->date_of_birth, c->actor->today);
}

enum err household_list(const struct context *c, int64_t casefile_id, struct members *out)
{
	*out = (struct members){ 0 };
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT m.seq, m.role, m.is_contact, m.note, m.start_date, m.end_date, " PERSON_COLUMNS
		" FROM membership m CROSS JOIN person p ON p.id = m.person_id WHERE m.casefile_id = ?"
		" ORDER BY m.end_date IS NOT NULL, m.role <> 'head', m.role <> 'spouse', ifnull(p.date_of_birth, '9999'), m.seq"), "i", casefile_id);
	while (rows_next(rows))
		member_read(c, rows, LIST_ADD(c->arena, out));
	return rows_close(rows);
}

enum err household_insert(const struct context *c, int64_t casefile_id, struct member *m)
{
	enum err err = m->person->id == 0 ? person_create(c, m->person) : OK;
	if (err == OK)
		err = db_int(c->db, c->why, &m->seq, SQL("INSERT INTO membership (casefile_id, seq, person_id, role, is_contact, note, start_date)"
			" VALUES (?1, (SELECT ifnull(max(seq), 0) + 1 FROM membership WHERE casefile_id = ?1), ?2, ?3, ?4, ?5, ?6) RETURNING seq"), "iisiss",
			casefile_id, m->person->id, or_null(m->role) != NULL ? m->role : "other", (int64_t)m->is_contact, or_null(m->note),
			or_null(m->start_date) != NULL ? m->start_date : c->actor->today);
	return err;
}

/* The family has one voice: naming a new contact takes it from the one before. */
static enum err one_contact(const struct context *c, int64_t casefile_id, const struct member *m)
{
	if (!m->is_contact)
		return OK;
	return db_run(c->db, c->why, SQL("UPDATE membership SET is_contact = 0 WHERE casefile_id = ? AND seq <> ? AND is_contact = 1"), "ii", casefile_id, m->seq);
}

static enum err record(const struct context *c, int64_t casefile_id, const char *action, const char *message, const char *name, const char *quote)
{
	const char *number;
	enum err err = event_add(c, casefile_id, &(struct event){ .kind = "household", .message = message, .n_params = 1, .param = { name }, .quote = quote });
	if (err == OK)
		err = casefile_refresh(c, casefile_id);
	if (err == OK)
		err = search_update(c, casefile_id);
	if (err == OK)
		err = casefile_number(c, casefile_id, &number);
	return err == OK ? audit_change(c, action, "household", number, casefile_id, audit_detail(c, "member", name, NULL)) : err;
}

static const char *name_of(const struct context *c, const struct person *p)
{
	return text_trim(c->arena, arena_printf(c->arena, "%s %s", or_empty(p->given_name), or_empty(p->family_name)));
}

enum err household_add(const struct context *c, int64_t casefile_id, struct member *m)
{
	struct person *known = m->person;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	if (m->person->id != 0)
		err = person_load(c, m->person->id, &known);
	if (err == OK)
		err = household_insert(c, casefile_id, m);
	if (err == OK)
		err = one_contact(c, casefile_id, m);
	if (err == OK)
		err = record(c, casefile_id, "create", "%1 joined the household", name_of(c, known), NULL);
	return db_end(c, err);
}

static enum err member_name(const struct context *c, int64_t casefile_id, int64_t seq, const char **name)
{
	char *text = NULL;
	enum err err = db_text(c->db, c->why, c->arena, &text, SQL("SELECT trim(p.given_name || ' ' || p.family_name) FROM membership m"
		" JOIN person p ON p.id = m.person_id WHERE m.casefile_id = ? AND m.seq = ?"), "ii", casefile_id, seq);
	*name = or_empty(text);
	return err == ERR_NOT_FOUND ? fail(c->why, ERR_NOT_FOUND, "no such member") : err;
}

enum err household_update(const struct context *c, int64_t casefile_id, const struct member *m)
{
	const char *name;
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = member_name(c, casefile_id, m->seq, &name);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE membership SET role = ?, is_contact = ?, note = ? WHERE casefile_id = ? AND seq = ?"), "sisii",
		             m->role, (int64_t)m->is_contact, or_null(m->note), casefile_id, m->seq);
	if (err == OK)
		err = one_contact(c, casefile_id, m);
	if (err == OK)
		err = record(c, casefile_id, "update", "Details of %1 changed", name, NULL);
	return db_end(c, err);
}

enum err household_end(const struct context *c, int64_t casefile_id, int64_t seq, const char *end_date, const char *reason)
{
	const char *name;
	if (!date_is_valid(end_date))
		return fail(c->why, ERR_INVALID, "end date");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = member_name(c, casefile_id, seq, &name);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE membership SET end_date = ?, is_contact = 0, note = ifnull(?, note)"
			" WHERE casefile_id = ? AND seq = ? AND end_date IS NULL"), "ssii", end_date, or_null(reason), casefile_id, seq);
	if (err == OK)
		err = expect_change(c, "member");
	if (err == OK)
		err = record(c, casefile_id, "end", "%1 left the household", name, reason);
	return db_end(c, err);
}
