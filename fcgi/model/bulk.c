/* SPDX-License-Identifier: Apache-2.0
 *
 * One insert a table, statements cached by db.c. See bulk.h for who may use it. In the SQL
 * nullif(?, 0) and nullif(?, -1) turn the structs' "none" into NULL. */
#include "bulk.h"

#include "audit_internal.h"
#include "plan_internal.h"

#define RUN(b, sql, ...) do { if ((b)->err == OK) (b)->err = db_run((b)->db, (b)->why, SQL(sql), __VA_ARGS__); } while (0)
#define VIEWS_MAX 2000

static int64_t last_id(struct bulk *b)
{
	return b->err == OK ? db_last_id(b->db) : 0;
}

static double or_none(double number)
{
	return number < 0 ? -1 : number;
}

void bulk_office(struct bulk *b, const char *key, const char *name, const char *area)
{
	RUN(b, "INSERT INTO office (key, name, area) VALUES (?, ?, ?)", "sss", key, name, area);
}

int64_t bulk_user(struct bulk *b, const struct bulk_user *u)
{
	RUN(b, "INSERT INTO user (username, name, name_native, role, office, title, email, language, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "ssssssssi",
	    u->username, u->name, u->name_native, u->role, u->office, u->title, u->email, u->language, u->created_at);
	return last_id(b);
}

int64_t bulk_person(struct bulk *b, const struct bulk_person *p)
{
	RUN(b, "INSERT INTO person (given_name, family_name, name_latin, known_as, sex, date_of_birth, identifier_type, identifier_value,"
	    " phone, phone_digits, preferred_language, disability_status, occupation, name_fold, name_key, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "sssssssssssssssi",
	    p->given_name, p->family_name, p->name_latin, p->known_as, p->sex, p->date_of_birth, p->identifier_type, p->identifier_value,
	    p->phone, p->phone_digits, p->preferred_language, p->disability_status, p->occupation, p->name_fold, p->name_key,
	    p->created_at);
	return last_id(b);
}

void bulk_casefile(struct bulk *b, const struct bulk_casefile *c)
{
	RUN(b, "INSERT INTO casefile (id, number, title, title_latin, subject_type, program, level, pathway, status, stage,"
	    " stage_since, stage_due_on, risk_level, office, area, owner_id, locality, address, phone, language,"
	    " member_count, needs_open, last_score, first_score, last_contact_on, next_contact_at, review_on, opened_on,"
	    " closed_on, outcome, created_at, updated_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ifnull(?, '9999-12-31'), ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, nullif(?, -1.0), nullif(?, -1.0),"
	    " ?, nullif(?, 0), ?, ?, ?, ?, ?, ?)", "isssssissssssssissssiiddsissssii",
	    c->id, c->number, c->title, c->title_latin, c->subject_type, c->program, (int64_t)c->level, c->pathway, c->status, c->stage,
	    c->stage_since, c->stage_due_on, c->risk_level, c->office, c->area, c->owner_id, c->locality, c->address, c->phone, c->language,
	    (int64_t)c->member_count, (int64_t)c->needs_open, or_none(c->last_score), or_none(c->first_score),
	    c->last_contact_on != NULL ? c->last_contact_on : c->opened_on,
	    c->next_contact_at, c->review_on, c->opened_on, c->closed_on, c->outcome, c->created_at, c->updated_at);
}

void bulk_membership(struct bulk *b, int64_t casefile_id, int seq, int64_t person_id, const char *role, bool is_contact, const char *note)
{
	RUN(b, "INSERT INTO membership (casefile_id, seq, person_id, role, is_contact, note) VALUES (?, ?, ?, ?, ?, ?)", "iiisis",
	    casefile_id, (int64_t)seq, person_id, role, (int64_t)is_contact, note);
}

void bulk_intake(struct bulk *b, int64_t casefile_id, int64_t form_version, const char *answers, const char *intake_point,
                 const char *channel, const char *urgency, const char *decision, int64_t user_id, int64_t at)
{
	RUN(b, "INSERT INTO intake (casefile_id, form_version, answers, intake_point, channel, urgency, decision, taken_by, taken_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?)", "iisssssii",
	    casefile_id, form_version, answers, intake_point, channel, urgency, decision, user_id, at);
}

void bulk_consent(struct bulk *b, int64_t casefile_id, int seq, const char *purpose, const char *given_by, const char *given_on,
                  const char *expires_on, const char *text_shown, const char *language)
{
	RUN(b, "INSERT INTO consent (casefile_id, seq, purpose, is_given, method, given_by, given_on, expires_on, text_shown, language)"
	    " VALUES (?, ?, ?, 1, 'written', ?, ?, ?, ?, ?)", "iissssss",
	    casefile_id, (int64_t)seq, purpose, given_by, given_on, expires_on, text_shown, language);
}

void bulk_assessment(struct bulk *b, const struct bulk_assessment *a)
{
	RUN(b, "INSERT INTO assessment (casefile_id, seq, form, kind, form_version, round, status, answers, group_states, score, band,"
	    " segment, started_by, started_at, submitted_by, submitted_at, performed_on)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, -1.0), ?, ?, ?, ?, CASE WHEN ? = 0 THEN NULL ELSE ? END, nullif(?, 0), ?)",
	    "iississssdssiiiiis", a->casefile_id, (int64_t)a->seq, a->form, a->kind, a->form_version, a->round, a->status, a->answers,
	    a->group_states, or_none(a->score), a->band, a->segment, a->user_id, a->started_at, a->submitted_at, a->user_id,
	    a->submitted_at, a->performed_on);
}

void bulk_score(struct bulk *b, int64_t casefile_id, int seq, int position, const char *dimension, bool has_score, double score, int meaning, const char *word)
{
	RUN(b, "INSERT INTO assessment_score (casefile_id, seq, position, dimension, score, meaning, word)"
	    " VALUES (?, ?, ?, ?, CASE WHEN ? THEN ? END, ?, ?)", "iiisidis",
	    casefile_id, (int64_t)seq, (int64_t)position, dimension, (int64_t)has_score, score, (int64_t)meaning, word);
}

void bulk_need(struct bulk *b, const struct bulk_need *n)
{
	RUN(b, "INSERT INTO need (casefile_id, kind, number, dimension, statement_objective, statement_subjective, severity, meaning,"
	    " client_priority, sensitivity, assessment_seq, question, status, created_by, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, nullif(?, -1.0), ?, nullif(?, 0), ?, nullif(?, 0), ?, ?, nullif(?, 0), ?)", "isisssdiisissii",
	    n->casefile_id, n->is_strength ? "strength" : "need", (int64_t)n->number, n->dimension, n->objective, n->subjective,
	    or_none(n->severity), (int64_t)n->meaning, (int64_t)n->client_priority, n->sensitivity, (int64_t)n->assessment_seq,
	    n->question, n->is_met ? "met" : "open", n->user_id, n->at);
}

void bulk_plan(struct bulk *b, const struct bulk_plan *p)
{
	RUN(b, "INSERT INTO plan (casefile_id, version, status, contact_schedule, review_on, started_on, proposed_at, proposed_by,"
	    " approved_at, approved_by, returned_comment, active_on, body)"
	    " VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), nullif(?, 0), nullif(?, 0), ?, ?, ?)", "iissssiiiisss",
	    p->casefile_id, (int64_t)p->version, p->status, p->schedule, p->review_on, p->started_on, p->proposed_at, p->proposed_by,
	    p->approved_at, p->approved_by, p->comment, p->active_on, p->body);
}

void bulk_freeze_plan(struct bulk *b, int64_t casefile_id, int version)
{
	RUN(b, "UPDATE plan AS p SET body = " BODY_SQL " WHERE casefile_id = ? AND version = ? AND proposed_at IS NOT NULL", "ii",
	    casefile_id, (int64_t)version);
}

void bulk_signature(struct bulk *b, int64_t casefile_id, int version, const char *party, const char *name, int64_t user_id, int64_t person_id, int64_t at)
{
	RUN(b, "INSERT INTO signature (casefile_id, version, party, name, user_id, person_id, method, signed_at)"
	    " VALUES (?, ?, ?, ?, nullif(?, 0), nullif(?, 0), 'tablet', ?)", "iissiii",
	    casefile_id, (int64_t)version, party, name, user_id, person_id, at);
}

void bulk_goal(struct bulk *b, const struct bulk_goal *g)
{
	RUN(b, "INSERT INTO goal (casefile_id, need_number, seq, statement, plain, expected_change, baseline, target, due_on, status,"
	    " progress, status_reason, strengths, since_version)"
	    " VALUES (?, ?, ?, ?, ?, ?, nullif(?, -1.0), nullif(?, -1.0), ?, ?, ?, ?, ?, 1)", "iiisssddssiss",
	    g->casefile_id, (int64_t)g->need_number, (int64_t)g->seq, g->statement, g->plain, g->change, or_none(g->baseline),
	    or_none(g->target), g->due_on, g->status, (int64_t)g->progress, g->reason, g->strengths ? g->strengths : "");
}

void bulk_action(struct bulk *b, const struct bulk_action *a)
{
	RUN(b, "INSERT INTO action (casefile_id, need_number, goal_seq, seq, what, actor, actor_name, service, starts_on, due_on,"
	    " status, done_on, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "iiiisssssssss",
	    a->casefile_id, (int64_t)a->need_number, (int64_t)a->goal_seq, (int64_t)a->seq, a->what, a->actor, a->actor_name,
	    a->service, a->starts_on, a->due_on, a->status, a->done_on, a->result);
}

void bulk_activity(struct bulk *b, const struct bulk_activity *a)
{
	RUN(b, "INSERT INTO activity (casefile_id, user_id, kind, planned_at, minutes, place, purpose, held_at, outcome, summary)"
	    " VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?)", "iisiississ",
	    a->casefile_id, a->user_id, a->kind, a->planned_at, (int64_t)a->minutes, a->place, a->purpose, a->held_at, a->outcome,
	    a->summary);
}

void bulk_event(struct bulk *b, const struct bulk_event *e)
{
	RUN(b, "INSERT INTO event (casefile_id, seq, at, kind, message, params, quote, refs, link, visibility, user_id, actor_name)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?)", "iiisssssssis",
	    e->casefile_id, (int64_t)e->seq, e->at, e->kind, e->message, e->params ? e->params : "[]", e->quote,
	    e->refs ? e->refs : "", e->link, e->visibility ? e->visibility : "staff", e->user_id, e->actor_name);
}

void bulk_transition(struct bulk *b, int64_t casefile_id, int seq, const char *name, const char *from, const char *to,
                     const char *comment, int64_t at, int64_t user_id)
{
	RUN(b, "INSERT INTO transition (casefile_id, seq, name, from_stage, to_stage, comment, at, user_id)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0))", "iissssii",
	    casefile_id, (int64_t)seq, name, from, to, comment, at, user_id);
}

void bulk_views(struct bulk *b, int64_t since)
{
	struct arena *arena = arena_new(8u << 20);
	struct audit_entry *entry = arena_array(arena, struct audit_entry, VIEWS_MAX);
	int64_t tail_id = 0;
	char tail[65];
	size_t n = 0;
	if (b->err == OK)
		b->err = audit_tail(b->db, b->why, &tail_id, tail);
	struct rows *rows = db_query(b->db, b->why, SQL("SELECT e.at, e.user_id, u.username, f.id, f.number FROM event e JOIN user u ON u.id = e.user_id"
	                             " JOIN casefile f ON f.id = e.casefile_id WHERE e.at >= ? ORDER BY e.at, e.casefile_id, e.seq"), "i", since);
	while (n < VIEWS_MAX && rows_next(rows)) {
		int64_t at = rows_int(rows, 0);
		entry[n++] = (struct audit_entry){ .at = at, .machine_at = at, .user_id = rows_int(rows, 1), .actor = rows_text(rows, 2, arena),
			.action = "view", .object = "casefile", .casefile_id = rows_int(rows, 3), .object_key = rows_text(rows, 4, arena), .detail = "{}" };
	}
	enum err err = rows_close(rows);
	if (b->err == OK)
		b->err = err;
	for (size_t i = 0; i < n && b->err == OK; i++)
		b->err = audit_append(b->db, b->why, &entry[i], &tail_id, tail);
	arena_free(arena);
}

void bulk_counter(struct bulk *b, int year, int64_t last)
{
	RUN(b, "INSERT INTO casefile_counter (year, last) VALUES (?, ?) ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)",
	    "ii", (int64_t)year, last);
}

void bulk_begin(struct bulk *b)
{
	if (b->err == OK)
		b->err = db_begin(b->db, b->why);
	RUN(b, "PRAGMA defer_foreign_keys = ON", "");
}

void bulk_commit(struct bulk *b)
{
	if (b->err == OK)
		b->err = db_commit(b->db, b->why);
	else
		db_rollback(b->db);
}
