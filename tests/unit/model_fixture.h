/* SPDX-License-Identifier: Apache-2.0
 *
 * An instance's database with two offices, four members of staff and one family, for the
 * tests of the model. The clock stands at 2026-11-17 09:12 UTC. */
#ifndef TESTS_MODEL_FIXTURE_H
#define TESTS_MODEL_FIXTURE_H

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/date.h"
#include "model/audit.h"
#include "model/casefile.h"
#include "model/instance_meta.h"
#include "model/intake.h"
#include "model/office.h"
#include "model/user.h"

#define NOW INT64_C(1794906720)
#define TODAY "2026-11-17"

static const char *const fixture_tags[] = { "violence", "health" };

struct fixture {
	char dir[64], path[80];
	struct arena *arena;
	struct why why;
	struct db *db;
	struct actor worker, colleague, supervisor, elsewhere, admin;
	struct context c;               /* as the worker */
	int64_t form_version;
};

#define HOLDS(f, call) do { enum err err_ = (call); if (err_ != OK) { print_error("%s: %s\n", err_name(err_), (f)->why.detail); \
	assert_int_equal(err_, OK); } } while (0)
/* The call fails with this code, and its why is forgotten. */
#define FAILS(f, code, call) do { assert_int_equal((call), (code)); (f)->why = (struct why){ 0 }; } while (0)

static inline struct context as(struct fixture *f, const struct actor *actor)
{
	struct context c = f->c;
	c.actor = actor;
	return c;
}

static inline struct actor fixture_user(struct fixture *f, const char *username, const char *role, const char *office, const char *area, enum scope scope)
{
	struct actor system;
	struct context c = context_system(&f->c, &system, NOW);
	struct user user = { .username = username, .name = username, .role = role, .office = office };
	HOLDS(f, user_create(&c, &user));
	struct actor actor = { .kind = ACTOR_STAFF, .user_id = user.id, .username = username, .name = username, .role = role, .office = office,
		.area = area, .scope = scope, .permissions = UINT64_MAX, .now = NOW, .today = TODAY };
	return actor;
}

static inline int fixture_open(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	strcpy(f->dir, "/tmp/cc-model-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof f->path, "%s/case.db", f->dir);
	f->arena = arena_new(16u << 20);
	HOLDS(f, db_migrate(f->path, &f->why));
	HOLDS(f, db_open(&f->db, f->path, DB_STAFF, &f->why));
	f->c = (struct context){ .db = f->db, .arena = f->arena, .why = &f->why, .dir = f->dir, .zone = "UTC", .n_sensitivity = 2,
	                         .sensitivity = fixture_tags };
	HOLDS(f, office_put(&f->c, "gyumri", "Gyumri", "AM-SH"));
	HOLDS(f, office_put(&f->c, "kapan", "Kapan", "AM-SU"));
	f->worker = fixture_user(f, "anahit", "case_worker", "gyumri", "AM-SH", SCOPE_OWN);
	f->colleague = fixture_user(f, "armen", "case_worker", "gyumri", "AM-SH", SCOPE_OWN);
	f->supervisor = fixture_user(f, "gayane", "supervisor", "gyumri", "AM-SH", SCOPE_OFFICE);
	f->elsewhere = fixture_user(f, "davit", "supervisor", "kapan", "AM-SU", SCOPE_AREA);
	f->admin = fixture_user(f, "lusine", "admin", "gyumri", "AM-SH", SCOPE_ALL);
	f->c.actor = &f->worker;
	HOLDS(f, form_version_keep(&f->c, "intake", "digest", "{}", NULL, &f->form_version));
	*state = f;
	return 0;
}

static inline int fixture_close(void **state)
{
	struct fixture *f = *state;
	char command[100];
	db_close(f->db);
	arena_free(f->arena);
	snprintf(command, sizeof command, "rm -rf %s", f->dir);
	assert_int_equal(system(command), 0);
	free(f);
	return 0;
}

/* The Grigoryan family, owned by the worker, with consents to case management and the portal. */
static inline struct casefile *fixture_family(struct fixture *f)
{
	struct person mother = { .given_name = "Մարիամ", .family_name = "Գրիգորյան", .name_latin = "Mariam Grigoryan", .sex = "female",
		.date_of_birth = "1992-03-04", .phone = "+374 93 55 01 27", .phone_is_safe = true, .identifier_value = "0012345678" };
	struct person son = { .given_name = "Դավիթ", .family_name = "Գրիգորյան", .date_of_birth = "2023-05-06", .sex = "male" };
	struct member members[] = { { .person = &mother, .role = "head", .is_contact = true }, { .person = &son, .role = "child" } };
	struct consent consents[] = {
		{ .purpose = "case_management", .is_given = true, .given_by = "Mariam", .text_shown = "I agree", .language = "hy", .expires_on = "2027-10-07" },
		{ .purpose = "portal", .is_given = true, .given_by = "Mariam", .text_shown = "I agree", .language = "hy" } };
	struct intake intake = { .case_prefix = "ARM", .subject_type = "household", .level = 3, .stage = "notice", .status = "registered",
		.stage_due_on = "2026-11-20", .office = "gyumri", .area = "AM-SH", .owner_id = f->worker.user_id, .locality = "Գյումրի",
		.address = "Ani district, shelter 27", .phone = "093 55 01 27", .language = "hy", .n_members = 2, .member = members,
		.n_consents = 2, .consent = consents, .form_version = f->form_version, .answers = "{\"a\":1}" };
	struct casefile *casefile;
	HOLDS(f, intake_finish(&f->c, &intake, &casefile));
	return casefile;
}

#endif
