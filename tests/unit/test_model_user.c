/* SPDX-License-Identifier: Apache-2.0
 *
 * Staff accounts: passwords and their throttle, links used once, sessions, the last administrator. */
#include "model_fixture.h"

#include "model/held.h"
#include "model/session.h"

static void a_password_opens_and_a_wrong_one_does_not(void **state)
{
	struct fixture *f = *state;
	struct user *user;
	FAILS(f, ERR_INVALID, user_password_set(&f->c, f->worker.user_id, "short", NULL));
	HOLDS(f, user_password_set(&f->c, f->worker.user_id, "correct horse battery", NULL));
	HOLDS(f, user_sign_in(&f->c, "anahit", "correct horse battery", "10.0.0.1", &user));
	assert_int_equal(user->id, f->worker.user_id);
	HOLDS(f, user_sign_in(&f->c, "ANAHIT", "correct horse battery", "10.0.0.1", &user));
	FAILS(f, ERR_LOGIN, user_sign_in(&f->c, "armen", "correct horse battery", "10.0.0.1", &user));
	FAILS(f, ERR_LOGIN, user_sign_in(&f->c, "nobody", "correct horse battery", "10.0.0.1", &user));
	for (int i = 0; i < 5; i++)
		FAILS(f, ERR_LOGIN, user_sign_in(&f->c, "anahit", "wrong horse battery", "10.0.0.2", &user));
	FAILS(f, ERR_THROTTLED, user_sign_in(&f->c, "anahit", "correct horse battery", "10.0.0.3", &user));
	struct audit_rows list;
	HOLDS(f, audit_list(&f->c, &(struct audit_filter){ .action = "sign_in_refused" }, &list));
	assert_int_equal(list.n, 7);
}

static void an_address_is_throttled_too(void **state)
{
	struct fixture *f = *state;
	struct user *user;
	enum err err = ERR_LOGIN;
	int tries = 0;
	for (; tries < 40 && err == ERR_LOGIN; tries++) {
		char name[16];
		snprintf(name, sizeof name, "user%d", tries);
		err = user_sign_in(&f->c, name, "wrong horse battery", "10.0.0.9", &user);
		f->why = (struct why){ 0 };
	}
	assert_int_equal(err, ERR_THROTTLED);
	assert_int_equal(tries, 31);
}

static void a_link_works_once(void **state)
{
	struct fixture *f = *state;
	struct user *user;
	char old[TOKEN_LEN], token[TOKEN_LEN];
	HOLDS(f, user_link_create(&f->c, f->admin.user_id, 24, old));
	HOLDS(f, user_link_create(&f->c, f->admin.user_id, 24, token));
	FAILS(f, ERR_NOT_FOUND, user_link_find(&f->c, old, &user));
	HOLDS(f, user_link_find(&f->c, token, &user));
	/* a password that is refused uses nothing up */
	FAILS(f, ERR_INVALID, user_link_use(&f->c, token, "short", &user));
	HOLDS(f, user_link_use(&f->c, token, "correct horse battery", &user));
	HOLDS(f, user_sign_in(&f->c, "lusine", "correct horse battery", "10.0.0.1", &user));
	assert_string_equal(user->username, "lusine");
	/* whoever comes second with it changes nothing */
	FAILS(f, ERR_NOT_FOUND, user_link_use(&f->c, token, "another long password", &user));
	HOLDS(f, user_sign_in(&f->c, "lusine", "correct horse battery", "10.0.0.1", &user));
	HOLDS(f, user_link_create(&f->c, f->admin.user_id, -1, token));
	FAILS(f, ERR_NOT_FOUND, user_link_use(&f->c, token, "correct horse battery", &user));
}

static const char *const managers[] = { "admin", "head", NULL };

static void sessions_end_when_they_must(void **state)
{
	struct fixture *f = *state;
	struct session_record session, found;
	char token[TOKEN_LEN], second[TOKEN_LEN];
	HOLDS(f, session_create(&f->c, "staff", f->worker.user_id, 0, 0, token, &session));
	HOLDS(f, session_create(&f->c, "staff", f->worker.user_id, 0, 0, second, &session));
	HOLDS(f, session_find(&f->c, "staff", token, &found));
	assert_int_equal(found.user_id, f->worker.user_id);
	FAILS(f, ERR_LOGIN, session_find(&f->c, "portal", token, &found));
	/* A new password ends the others. */
	HOLDS(f, user_password_set(&f->c, f->worker.user_id, "correct horse battery", session.token_digest));
	FAILS(f, ERR_LOGIN, session_find(&f->c, "staff", token, &found));
	HOLDS(f, session_find(&f->c, "staff", second, &found));
	found.seen_at -= 120;
	session_touch(&f->c, &found);
	struct user *user;
	HOLDS(f, user_load(&f->c, "anahit", &user));
	user->role = "assistant";
	HOLDS(f, user_update(&f->c, user, managers));
	FAILS(f, ERR_LOGIN, session_find(&f->c, "staff", second, &found));
	HOLDS(f, session_create(&f->c, "staff", f->worker.user_id, 0, 0, token, &session));
	HOLDS(f, user_set_active(&f->c, f->worker.user_id, false, managers));
	FAILS(f, ERR_LOGIN, session_find(&f->c, "staff", token, &found));
	HOLDS(f, session_expire(&f->c));
}

static void the_last_administrator_stays(void **state)
{
	struct fixture *f = *state;
	struct user second = { .username = "second", .name = "Second", .role = "admin", .office = "gyumri" };
	FAILS(f, ERR_CONFLICT, user_set_active(&f->c, f->admin.user_id, false, managers));
	/* nor does the last one become something else; another role that manages users is enough */
	struct user *admin;
	HOLDS(f, user_by_id(&f->c, f->admin.user_id, &admin));
	admin->role = "case_worker";
	FAILS(f, ERR_CONFLICT, user_update(&f->c, admin, managers));
	admin->role = "head";
	HOLDS(f, user_update(&f->c, admin, managers));
	FAILS(f, ERR_CONFLICT, user_set_active(&f->c, f->admin.user_id, false, managers));
	/* anybody else may go */
	HOLDS(f, user_set_active(&f->c, f->worker.user_id, false, managers));
	HOLDS(f, user_set_active(&f->c, f->worker.user_id, true, managers));
	HOLDS(f, user_create(&f->c, &second));
	FAILS(f, ERR_CONFLICT, user_create(&f->c, &second));
	HOLDS(f, user_set_active(&f->c, f->admin.user_id, false, managers));
	struct user bad = { .username = "Not A Name", .name = "x", .role = "admin" };
	FAILS(f, ERR_INVALID, user_create(&f->c, &bad));
	struct users list;
	HOLDS(f, user_list(&f->c, &(struct user_filter){ .q = "sec" }, &list));
	assert_int_equal(list.n, 1);
	fixture_family(f);
	struct context supervisor = as(f, &f->supervisor);
	static const char *const roles[] = { "case_worker", NULL };
	HOLDS(f, user_workers(&supervisor, NULL, roles, &list));
	assert_int_equal(list.n, 2);
	assert_int_equal(list.item[0].cases_open, 1);
	struct office_rows offices;
	HOLDS(f, office_list(&supervisor, &offices));
	assert_int_equal(offices.n, 1);
}

static void what_was_typed_is_held_for_its_writer(void **state)
{
	struct fixture *f = *state;
	char token[TOKEN_LEN];
	const char *path, *body;
	HOLDS(f, held_keep(&f->c, "staff", "user 1", "/armenia/staff/cases/x/note", "text=long%20note", token));
	HOLDS(f, held_find(&f->c, "staff", "user 1", token, &path, &body));
	assert_string_equal(body, "text=long%20note");
	FAILS(f, ERR_NOT_FOUND, held_find(&f->c, "staff", "user 2", token, &path, &body));
	FAILS(f, ERR_NOT_FOUND, held_find(&f->c, "portal", "user 1", token, &path, &body));
	FAILS(f, ERR_NOT_FOUND, held_find(&f->c, "staff", "", token, &path, &body));
	char other[TOKEN_LEN];
	FAILS(f, ERR_INVALID, held_keep(&f->c, "staff", "", "/armenia/staff/cases/x/note", "text=x", other));
	HOLDS(f, held_forget(&f->c, token));
	FAILS(f, ERR_NOT_FOUND, held_find(&f->c, "staff", "user 1", token, &path, &body));
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_password_opens_and_a_wrong_one_does_not), T(an_address_is_throttled_too), T(a_link_works_once), T(sessions_end_when_they_must),
		T(the_last_administrator_stays), T(what_was_typed_is_held_for_its_writer),
	};
	return RUN_TESTS(tests);
}
