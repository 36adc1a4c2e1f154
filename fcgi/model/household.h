/* SPDX-License-Identifier: Apache-2.0
 *
 * Members of a case's household. Somebody who left keeps the row, with end_date. */
#ifndef MODEL_HOUSEHOLD_H
#define MODEL_HOUSEHOLD_H

#include "person.h"

struct member {
	int64_t seq;
	struct person *person;
	const char *role;               /* head, spouse, child, parent, grandparent, sibling, other */
	bool is_contact;                /* speaks for the family, signs, has the portal */
	const char *note, *start_date, *end_date;
	int age;                        /* years at the actor's today; -1 unknown */
};
struct members { size_t n; struct member *item; };

/* Present members first, head first, then by age. */
enum err household_list(const struct context *c, int64_t casefile_id, struct members *out);
/* Adds a person (id 0: a new one, created) to the household; event, audit, member count and search follow. */
enum err household_add(const struct context *c, int64_t casefile_id, struct member *member);
/* Role, contact, note. */
enum err household_update(const struct context *c, int64_t casefile_id, const struct member *member);
/* The member left on a date, for a reason. */
enum err household_end(const struct context *c, int64_t casefile_id, int64_t seq, const char *end_date, const char *reason);

#endif
