/* SPDX-License-Identifier: Apache-2.0
 *
 * Columns of a person as person.c, duplicate.c and household.c read them. */
#ifndef MODEL_PERSON_INTERNAL_H
#define MODEL_PERSON_INTERNAL_H

#include "model_internal.h"
#include "person.h"

#define PERSON_COLUMNS "p.id, p.given_name, p.family_name, p.name_latin, p.known_as, p.sex, p.date_of_birth, p.date_of_birth_is_estimated," \
	" p.identifier_type, p.identifier_value, p.phone, p.phone_is_safe, p.email, p.preferred_language, p.interpreter," \
	" p.disability_status, p.occupation, p.revision"
#define PERSON_N 18

/* PERSON_COLUMNS starting at column `at`. */
void person_read(struct rows *rows, int at, struct arena *a, struct person *p);
/* The digits of a phone number. */
const char *person_digits(const struct context *c, const char *phone);

#endif
