/* SPDX-License-Identifier: Apache-2.0
 *
 * People: reading, writing, and the columns a form may fill by name. */
#include "person.h"

#include <ctype.h>
#include <string.h>

#include "audit.h"
#include "base/buf.h"
#include "base/text.h"
#include "casefile.h"
#include "event.h"
#include "person_internal.h"
#include "search.h"

void person_read(struct rows *rows, int at, struct arena *a, struct person *p)
{
	*p = (struct person){
		.id = rows_int(rows, at), .given_name = cell(rows, at + 1, a), .family_name = cell(rows, at + 2, a),
		.name_latin = cell(rows, at + 3, a), .known_as = cell(rows, at + 4, a), .sex = cell(rows, at + 5, a),
		.date_of_birth = cell(rows, at + 6, a), .date_of_birth_is_estimated = rows_int(rows, at + 7) != 0,
		.identifier_type = cell(rows, at + 8, a), .identifier_value = cell(rows, at + 9, a), .phone = cell(rows, at + 10, a),
		.phone_is_safe = rows_int(rows, at + 11) != 0, .email = cell(rows, at + 12, a), .preferred_language = cell(rows, at + 13, a),
		.interpreter = rows_int(rows, at + 14) != 0, .disability_status = cell(rows, at + 15, a),
		.occupation = cell(rows, at + 16, a), .revision = rows_int(rows, at + 17)
	};
}

enum err person_load(const struct context *c, int64_t id, struct person **out)
{
	*out = NULL;
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT " PERSON_COLUMNS " FROM person p WHERE p.id = ?"), "i", id);
	if (rows_next(rows)) {
		*out = arena_new_of(c->arena, struct person);
		person_read(rows, 0, c->arena, *out);
	}
	enum err err = rows_close(rows);
	return err != OK || *out != NULL ? err : fail(c->why, ERR_NOT_FOUND, "no such person");
}

const char *person_digits(const struct context *c, const char *phone)
{
	char *out = arena_strdup(c->arena, or_empty(phone)), *to = out;
	for (const char *at = out; *at != '\0'; at++)
		if (isdigit((unsigned char)*at))
			*to++ = *at;
	*to = '\0';
	return out;
}

/* What searching and duplicate detection stand on. */
struct derived { const char *name_fold, *name_key, *phone_digits; };

static struct derived derive(const struct context *c, const struct person *p)
{
	const char *name = arena_printf(c->arena, "%s %s", p->given_name, p->family_name);
	const char *all = arena_printf(c->arena, "%s %s", name, or_empty(p->name_latin));
	return (struct derived){ text_fold(c->arena, all), text_name_key(c->arena, name), or_null(person_digits(c, p->phone)) };
}

enum err person_create(const struct context *c, struct person *p)
{
	if (text_is_blank(p->given_name) && text_is_blank(p->family_name))
		return fail(c->why, ERR_INVALID, "a person without a name");
	struct derived d = derive(c, p);
	enum err err = db_run(c->db, c->why, SQL("INSERT INTO person (given_name, family_name, name_latin, known_as, sex, date_of_birth,"
		" date_of_birth_is_estimated, identifier_type, identifier_value, phone, phone_is_safe, email, preferred_language, interpreter,"
		" disability_status, occupation, name_fold, name_key, phone_digits, created_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"), "ssssssisssississsssi", or_empty(p->given_name),
		or_empty(p->family_name), or_null(p->name_latin), or_null(p->known_as), or_null(p->sex), or_null(p->date_of_birth),
		(int64_t)p->date_of_birth_is_estimated, or_null(p->identifier_type), or_null(p->identifier_value), or_null(p->phone),
		(int64_t)p->phone_is_safe, or_null(p->email), or_null(p->preferred_language), (int64_t)p->interpreter,
		or_null(p->disability_status), or_null(p->occupation), d.name_fold, d.name_key, d.phone_digits, c->actor->now);
	p->id = db_last_id(c->db);
	p->revision = 1;
	return err;
}

static enum err person_write(const struct context *c, const struct person *p)
{
	struct derived d = derive(c, p);
	enum err err = db_run(c->db, c->why, SQL("UPDATE person SET given_name = ?, family_name = ?, name_latin = ?, known_as = ?, sex = ?,"
		" date_of_birth = ?, date_of_birth_is_estimated = ?, identifier_type = ?, identifier_value = ?, phone = ?, phone_is_safe = ?,"
		" email = ?, preferred_language = ?, interpreter = ?, disability_status = ?, occupation = ?, name_fold = ?, name_key = ?,"
		" phone_digits = ?, revision = revision + 1 WHERE id = ? AND revision = ?"), "ssssssisssississsssii", p->given_name, p->family_name,
		or_null(p->name_latin), or_null(p->known_as), or_null(p->sex), or_null(p->date_of_birth), (int64_t)p->date_of_birth_is_estimated,
		or_null(p->identifier_type), or_null(p->identifier_value), or_null(p->phone), (int64_t)p->phone_is_safe, or_null(p->email),
		or_null(p->preferred_language), (int64_t)p->interpreter, or_null(p->disability_status), or_null(p->occupation), d.name_fold,
		d.name_key, d.phone_digits, p->id, p->revision);
	return err == OK ? expect_change(c, "person") : err;
}

/* A person may belong to several cases: each of them must find the new name. */
static enum err search_again(const struct context *c, int64_t person_id)
{
	enum err err = OK;
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT DISTINCT casefile_id FROM membership WHERE person_id = ?"), "i", person_id);
	while (err == OK && rows_next(rows))
		err = search_update(c, rows_int(rows, 0));
	enum err closing = rows_close(rows);
	return err != OK ? err : closing;
}

enum err person_update(const struct context *c, int64_t casefile_id, const struct person *p)
{
	const char *number;
	if (text_is_blank(p->given_name) && text_is_blank(p->family_name))
		return fail(c->why, ERR_INVALID, "a person without a name");
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = person_write(c, p);
	if (err == OK)
		err = search_again(c, p->id);
	if (err == OK)
		err = event_add(c, casefile_id, &(struct event){ .kind = "household", .message = "Details of %1 changed", .n_params = 1,
			.param = { arena_printf(c->arena, "%s %s", p->given_name, p->family_name) } });
	if (err == OK)
		err = casefile_number(c, casefile_id, &number);
	if (err == OK)
		err = audit_change(c, "update", "person", number, casefile_id, audit_detail(c, "name", arena_printf(c->arena, "%s %s",
			p->given_name, p->family_name), "date_of_birth", or_empty(p->date_of_birth), "phone", or_empty(p->phone), NULL));
	return db_end(c, err);
}

static bool is_yes(const char *value)
{
	return strcmp(value, "yes") == 0 || strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
}

bool person_set(struct person *p, const char *column, const char *value)
{
	const struct { const char *column; const char **member; } texts[] = {
		{ "given_name", &p->given_name }, { "family_name", &p->family_name }, { "name_latin", &p->name_latin }, { "known_as", &p->known_as },
		{ "sex", &p->sex }, { "date_of_birth", &p->date_of_birth }, { "identifier_type", &p->identifier_type },
		{ "identifier_value", &p->identifier_value }, { "phone", &p->phone }, { "email", &p->email },
		{ "preferred_language", &p->preferred_language }, { "disability_status", &p->disability_status }, { "occupation", &p->occupation }
	};
	const struct { const char *column; bool *member; } flags[] = {
		{ "date_of_birth_is_estimated", &p->date_of_birth_is_estimated }, { "phone_is_safe", &p->phone_is_safe }, { "interpreter", &p->interpreter }
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (strcmp(texts[i].column, column) == 0) {
			*texts[i].member = value;
			return true;
		}
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (strcmp(flags[i].column, column) == 0) {
			*flags[i].member = is_yes(value);
			return true;
		}
	return false;
}
