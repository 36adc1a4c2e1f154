/* SPDX-License-Identifier: Apache-2.0
 *
 * A human being, and the search for the same one entered before. */
#ifndef MODEL_PERSON_H
#define MODEL_PERSON_H

#include "context.h"

struct person {
	int64_t id;
	const char *given_name, *family_name, *name_latin, *known_as;
	const char *sex;                /* female, male, other, "" */
	const char *date_of_birth;      /* "" unknown */
	bool date_of_birth_is_estimated;
	const char *identifier_type, *identifier_value;
	const char *phone, *email;
	bool phone_is_safe;
	const char *preferred_language;
	bool interpreter;
	const char *disability_status, *occupation;
	int64_t revision;
};

enum err person_load(const struct context *c, int64_t id, struct person **out);
/* Inserts; no audit of its own (the case's is enough). Sets id. */
enum err person_create(const struct context *c, struct person *person);
/* Changes all columns against person->revision, writes event and audit under the case. */
enum err person_update(const struct context *c, int64_t casefile_id, const struct person *person);
/* Sets one column by its name ("given_name" … as in a form's "person.column"); false for an unknown column. */
bool person_set(struct person *person, const char *column, const char *value);

enum match_reason { MATCH_IDENTIFIER = 1, MATCH_NAME = 2, MATCH_BIRTH = 4, MATCH_PHONE = 8 };
struct person_match {
	struct person *person;
	int score;                      /* 0–100 */
	unsigned reasons;               /* match_reason bits */
	const char *number, *title, *office_name; /* the newest case; "" without one */
	bool is_open, is_in_scope;      /* out of scope: show only that there is one, and the office to ask */
};
struct person_matches { size_t n; struct person_match *item; };
/* People who may be the one being typed, best first, at most 6, score ≥ 50. Any of the name, birth date, identifier
 * and phone may be "". Looks over the whole instance: a family must not be entered twice in two offices. */
enum err person_duplicates(const struct context *c, const struct person *typed, struct person_matches *out);

#endif
