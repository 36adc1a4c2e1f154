/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows written as they are, for the seed generator: no scope, no event, no audit of their
 * own, many in one transaction that the caller holds. Sticky: after the first failure
 * nothing more is written and `err` keeps it. Pages never use this. */
#ifndef MODEL_BULK_H
#define MODEL_BULK_H

#include <stdbool.h>
#include <stdint.h>

#include "db.h"

struct bulk {
	struct db *db;
	struct why *why;
	enum err err;
};

void bulk_office(struct bulk *b, const char *key, const char *name, const char *area);

struct bulk_user { const char *username, *name, *name_native, *role, *office, *title, *email, *language; int64_t created_at; };
int64_t bulk_user(struct bulk *b, const struct bulk_user *user);

struct bulk_person {
	const char *given_name, *family_name, *name_latin, *known_as, *sex, *date_of_birth, *identifier_type, *identifier_value;
	const char *phone, *phone_digits, *preferred_language, *disability_status, *occupation, *name_fold, *name_key;
	int64_t created_at;
};
int64_t bulk_person(struct bulk *b, const struct bulk_person *person);

struct bulk_casefile {
	int64_t id;
	const char *number, *title, *title_latin, *subject_type, *program, *pathway, *status, *stage, *stage_since, *stage_due_on, *risk_level;
	int level;
	const char *office, *area;
	int64_t owner_id;
	const char *locality, *address, *phone, *language;
	int member_count, needs_open;
	double last_score, first_score;     /* below 0: none */
	const char *last_contact_on, *review_on, *opened_on, *closed_on, *outcome;
	int64_t next_contact_at;            /* 0 none */
	int64_t created_at, updated_at;
};
void bulk_casefile(struct bulk *b, const struct bulk_casefile *casefile);

void bulk_membership(struct bulk *b, int64_t casefile_id, int seq, int64_t person_id, const char *role, bool is_contact, const char *note);
void bulk_intake(struct bulk *b, int64_t casefile_id, int64_t form_version, const char *answers, const char *intake_point,
                 const char *channel, const char *urgency, const char *decision, int64_t user_id, int64_t at);
void bulk_consent(struct bulk *b, int64_t casefile_id, int seq, const char *purpose, const char *given_by, const char *given_on,
                  const char *expires_on, const char *text_shown, const char *language);

struct bulk_assessment {
	int64_t casefile_id;
	int seq;
	const char *form, *kind, *round, *status, *answers, *group_states, *band, *segment, *performed_on;
	int64_t form_version, user_id, started_at, submitted_at;
	double score;                       /* below 0: none */
};
void bulk_assessment(struct bulk *b, const struct bulk_assessment *assessment);
void bulk_score(struct bulk *b, int64_t casefile_id, int seq, int position, const char *dimension, bool has_score, double score, int meaning, const char *word);

struct bulk_need {
	int64_t casefile_id;
	bool is_strength, is_met;
	int number, meaning, client_priority, assessment_seq;
	double severity;                    /* below 0: none */
	const char *dimension, *objective, *subjective, *sensitivity, *question;
	int64_t user_id, at;
};
void bulk_need(struct bulk *b, const struct bulk_need *need);

struct bulk_plan {
	int64_t casefile_id;
	int version;
	const char *status, *schedule, *review_on, *started_on, *active_on, *comment, *body;
	int64_t proposed_at, proposed_by, approved_at, approved_by; /* 0 none */
};
void bulk_plan(struct bulk *b, const struct bulk_plan *plan);
/* After its goals and actions: what a proposed version froze. */
void bulk_freeze_plan(struct bulk *b, int64_t casefile_id, int version);
void bulk_signature(struct bulk *b, int64_t casefile_id, int version, const char *party, const char *name, int64_t user_id, int64_t person_id, int64_t at);

struct bulk_goal {
	int64_t casefile_id;
	int need_number, seq, progress;
	const char *statement, *plain, *change, *due_on, *status, *strengths, *reason;
	double baseline, target;            /* below 0: none */
};
void bulk_goal(struct bulk *b, const struct bulk_goal *goal);
struct bulk_action {
	int64_t casefile_id;
	int need_number, goal_seq, seq;
	const char *what, *actor, *actor_name, *service, *starts_on, *due_on, *status, *done_on, *result;
};
void bulk_action(struct bulk *b, const struct bulk_action *action);

struct bulk_activity {
	int64_t casefile_id;                /* 0 none */
	int64_t user_id, planned_at, held_at;
	int minutes;
	const char *kind, *place, *purpose, *outcome, *summary;
};
void bulk_activity(struct bulk *b, const struct bulk_activity *activity);

struct bulk_event {
	int64_t casefile_id, at, user_id;
	int seq;
	const char *kind, *message, *params, *quote, *refs, *link, *actor_name, *visibility;
};
void bulk_event(struct bulk *b, const struct bulk_event *event);
void bulk_transition(struct bulk *b, int64_t casefile_id, int seq, const char *name, const char *from, const char *to,
                     const char *comment, int64_t at, int64_t user_id);
/* Into the audit, in the order of time: whoever wrote an event of a case since an instant has read the case then.
 * Of all cases that are there, after their events. */
void bulk_views(struct bulk *b, int64_t since);
void bulk_counter(struct bulk *b, int year, int64_t last);
/* Begins a transaction in which a case may be written after its children; commits. A million cases
 * do not wait in one. */
void bulk_begin(struct bulk *b);
void bulk_commit(struct bulk *b);

#endif
