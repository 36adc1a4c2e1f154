/* SPDX-License-Identifier: Apache-2.0
 *
 * Finishing an intake, all of it or nothing. */
#include "intake.h"

#include <string.h>

#include "audit.h"
#include "base/date.h"
#include "base/text.h"
#include "consent_internal.h"
#include "event.h"
#include "household_internal.h"
#include "model_internal.h"
#include "search.h"

static const struct person *head_of(const struct intake *in)
{
	for (size_t i = 0; i < in->n_members; i++)
		if (in->member[i].is_contact)
			return in->member[i].person;
	return in->member[0].person;
}

static void fill_title(const struct context *c, struct intake *in)
{
	const struct person *head = head_of(in);
	bool is_household = strcmp(in->subject_type, "household") == 0;
	if (or_null(in->title) == NULL)
		in->title = is_household && !text_is_blank(head->family_name) ? head->family_name
		          : text_trim(c->arena, arena_printf(c->arena, "%s %s", or_empty(head->given_name), or_empty(head->family_name)));
	const char *latin = or_empty(head->name_latin), *last = strrchr(latin, ' ');
	if (or_null(in->title_latin) == NULL && latin[0] != '\0')
		in->title_latin = is_household && last != NULL ? last + 1 : latin;
}

/* DEM-2026-000123 */
static enum err next_number(const struct context *c, const char *prefix, const char **number)
{
	int64_t last = 0;
	char year[5] = { 0 };
	memcpy(year, c->actor->today, 4);
	enum err err = db_int(c->db, c->why, &last, SQL("INSERT INTO casefile_counter (year, last) VALUES (CAST(? AS INTEGER), 1)"
		" ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last"), "s", year);
	*number = arena_printf(c->arena, "%s-%s-%06lld", prefix, year, (long long)last);
	return err;
}

static enum err insert_case(const struct context *c, const struct intake *in, const char *number, int64_t *id)
{
	return db_int(c->db, c->why, id, SQL("INSERT INTO casefile (number, title, title_latin, subject_type, program, level, pathway, status, stage,"
		" stage_since, stage_due_on, risk_level, office, area, owner_id, locality, address, phone, language, member_count, last_contact_on,"
		" opened_on, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, nullif(?15, 0), ?16, ?17, ?18,"
		" ?19, ?20, ?10, ?10, ?21, ?21) RETURNING id"), "sssssissssssssissssii", number, in->title, or_null(in->title_latin), in->subject_type,
		or_null(in->program), (int64_t)in->level, or_null(in->pathway), in->status, in->stage, c->actor->today,
		or_null(in->stage_due_on) != NULL ? in->stage_due_on : NO_DATE, or_null(in->risk_level), in->office, in->area, in->owner_id,
		or_null(in->locality), or_null(in->address), or_null(in->phone), or_null(in->language), (int64_t)in->n_members, c->actor->now);
}

static enum err insert_parts(const struct context *c, struct intake *in, int64_t id)
{
	enum err err = OK;
	for (size_t i = 0; err == OK && i < in->n_members; i++)
		err = household_insert(c, id, &in->member[i]);
	for (size_t i = 0; err == OK && i < in->n_consents; i++)
		err = consent_insert(c, id, &in->consent[i]);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("INSERT INTO intake (casefile_id, form_version, answers, intake_point, channel, urgency, decision, taken_by,"
			" taken_at) VALUES (?, ?, json(?), ?, ?, ?, ?, nullif(?, 0), ?)"), "iisssssii", id, in->form_version, in->answers,
			or_null(in->intake_point), or_null(in->channel), or_null(in->urgency), or_null(in->decision), context_user(c), c->actor->now);
	return err;
}

/* Once: a second press of the button finds the draft finished. */
static enum err finish_draft(const struct context *c, const struct intake *in, int64_t id)
{
	if (in->draft_id == 0)
		return OK;
	enum err err = db_run(c->db, c->why, SQL("UPDATE draft SET finished_casefile_id = ?, updated_at = ? WHERE id = ? AND finished_casefile_id IS NULL"),
	                      "iii", id, c->actor->now, in->draft_id);
	return err == OK ? expect_change(c, "draft") : err;
}

static enum err find_finished(const struct context *c, int64_t draft_id, struct casefile **out)
{
	int64_t id = 0;
	if (draft_id == 0)
		return OK;
	enum err err = db_int(c->db, c->why, &id, SQL("SELECT finished_casefile_id FROM draft WHERE id = ? AND user_id = ?"
		" AND finished_casefile_id IS NOT NULL"), "ii", draft_id, context_user(c));
	if (err == ERR_NOT_FOUND)
		return OK;
	if (err == OK)
		err = casefile_by_id(c, id, out);
	return err == OK ? fail(c->why, ERR_CONFLICT, "this intake was finished before") : err;
}

static enum err write_all(const struct context *c, struct intake *in, int64_t *id, struct casefile **out)
{
	const char *number;
	enum err err = find_finished(c, in->draft_id, out);
	if (err == OK)
		err = next_number(c, in->case_prefix, &number);
	if (err == OK)
		err = insert_case(c, in, number, id);
	if (err == OK)
		err = insert_parts(c, in, *id);
	if (err == OK)
		err = finish_draft(c, in, *id);
	if (err == OK)
		err = event_add(c, *id, &(struct event){ .kind = "milestone", .message = "Case opened", .visibility = "shared" });
	if (err == OK)
		err = audit_change(c, "create", "casefile", number, *id, audit_detail(c, "office", in->office, "level",
			arena_printf(c->arena, "%d", in->level), "stage", in->stage, NULL));
	return err == OK ? search_update(c, *id) : err;
}

enum err intake_finish(const struct context *c, struct intake *in, struct casefile **out)
{
	int64_t id = 0;
	*out = NULL;
	if (in->n_members == 0)
		return fail(c->why, ERR_INVALID, "an intake without a person");
	fill_title(c, in);
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = write_all(c, in, &id, out);
	if (err == OK) {
		/* Who takes in a family sees the new case's number even when it goes to another office. */
		struct actor all = *c->actor;
		struct context wide = *c;
		all.scope = SCOPE_ALL;
		wide.actor = &all;
		err = casefile_by_id(&wide, id, out);
	}
	return db_end(c, err);
}

enum err intake_load(const struct context *c, int64_t casefile_id, struct intake_row **out)
{
	*out = NULL;
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT i.form_version, i.taken_at, i.answers, i.intake_point, i.channel, i.urgency, i.decision,"
		" u.name FROM intake i LEFT JOIN user u ON u.id = i.taken_by WHERE i.casefile_id = ?"), "i", casefile_id);
	if (rows_next(rows)) {
		struct arena *a = c->arena;
		*out = arena_new_of(a, struct intake_row);
		**out = (struct intake_row){ .form_version = rows_int(rows, 0), .taken_at = rows_int(rows, 1), .answers = cell(rows, 2, a),
			.intake_point = cell(rows, 3, a), .channel = cell(rows, 4, a), .urgency = cell(rows, 5, a), .decision = cell(rows, 6, a),
			.taken_by = cell(rows, 7, a) };
	}
	enum err err = rows_close(rows);
	return err != OK || *out != NULL ? err : fail(c->why, ERR_NOT_FOUND, "no intake");
}
