/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is asking. Made by the gate from the session and the bundle's role, given to
 * every model function that reads or changes a record: scope and sensitivity are
 * applied in SQL, so a record out of scope does not exist (404). */
#ifndef MODEL_ACTOR_H
#define MODEL_ACTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "permission.h"

enum actor_kind { ACTOR_NOBODY, ACTOR_STAFF, ACTOR_BENEFICIARY, ACTOR_SYSTEM };

struct actor {
	enum actor_kind kind;
	int64_t user_id;        /* ACTOR_STAFF */
	int64_t person_id;      /* ACTOR_BENEFICIARY */
	int64_t casefile_id;    /* ACTOR_BENEFICIARY: the one case it may see */
	const char *username;   /* for the audit: user name, or "beneficiary", "system" */
	const char *name;       /* to show */
	const char *role;       /* key in roles.json; "" for a beneficiary */
	const char *office;     /* office key; "" without one */
	const char *area;       /* area code of the office; "" without one */
	enum scope scope;
	uint64_t permissions;   /* BIT(PERM_…) */
	uint64_t sensitivity;   /* bits of the bundle's sensitivity tags it may read */
	int64_t now;            /* the instance's clock at the start of the request */
	char today[11];         /* the same as a local date */
	bool demo;              /* the instance is in demo mode */
};

static inline bool actor_can(const struct actor *actor, enum permission permission)
{
	return permission == PERM_PUBLIC || (actor->permissions & BIT(permission)) != 0;
}

#endif
