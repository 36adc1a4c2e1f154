/* SPDX-License-Identifier: Apache-2.0
 *
 * The model's story: intake, scope, search, lists, duplicates, household, consent, drafts. */
#include "model_fixture.h"

#include "model/draft.h"
#include "model/event.h"
#include "model/search.h"

static void an_intake_makes_everything_at_once(void **state)
{
	struct fixture *f = *state;
	struct casefile *casefile = fixture_family(f), *loaded;
	assert_string_equal(casefile->number, "ARM-2026-000001");
	assert_string_equal(casefile->title, "Գրիգորյան");
	assert_string_equal(casefile->title_latin, "Grigoryan");
	assert_int_equal(casefile->member_count, 2);
	HOLDS(f, casefile_load(&f->c, casefile->number, &loaded));
	assert_string_equal(loaded->owner, "anahit");
	assert_string_equal(loaded->stage_due_on, "2026-11-20");
	assert_false(loaded->is_overdue);
	struct members members;
	HOLDS(f, household_list(&f->c, casefile->id, &members));
	assert_int_equal(members.n, 2);
	assert_string_equal(members.item[0].role, "head");
	assert_int_equal(members.item[0].age, 34);
	bool has = false;
	HOLDS(f, consent_has(&f->c, casefile->id, "case_management", &has));
	assert_true(has);
	struct events events;
	HOLDS(f, event_list(&f->c, casefile->id, NULL, 20, 0, &events));
	assert_int_equal(events.total, 1);
	struct intake_row *row;
	HOLDS(f, intake_load(&f->c, casefile->id, &row));
	assert_string_equal(row->answers, "{\"a\":1}");
	assert_string_equal(fixture_family(f)->number, "ARM-2026-000002");
}

static void a_failed_intake_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	struct person nobody = { .given_name = " ", .family_name = "" };
	struct member member = { .person = &nobody, .role = "head" };
	struct intake intake = { .case_prefix = "ARM", .subject_type = "person", .level = 1, .stage = "notice", .status = "registered",
		.office = "gyumri", .area = "AM-SH", .title = "x", .n_members = 1, .member = &member, .form_version = f->form_version, .answers = "{}" };
	struct casefile *casefile;
	int64_t n = -1;
	FAILS(f, ERR_INVALID, intake_finish(&f->c, &intake, &casefile));
	HOLDS(f, db_int(f->db, &f->why, &n, SQL("SELECT (SELECT count(*) FROM casefile) + (SELECT count(*) FROM casefile_counter)"), ""));
	assert_int_equal(n, 0);
}

static void a_draft_is_finished_once(void **state)
{
	struct fixture *f = *state;
	struct draft *draft, *again;
	struct person p = { .given_name = "Ani", .family_name = "Hakobyan" };
	struct member member = { .person = &p, .role = "head" };
	struct casefile *first, *second;
	HOLDS(f, draft_create(&f->c, "intake", f->form_version, NULL, &draft));
	HOLDS(f, draft_save_group(&f->c, draft->id, "contact", 0, "{\"name\":\"Ani\"}", "done", &draft));
	assert_string_equal(draft->answers, "{\"contact\":{\"name\":\"Ani\"}}");
	assert_int_equal(group_state_of(&f->c, draft->group_states, "contact").revision, 1);
	/* A second window saved the same group: nothing is lost, the other is shown. */
	FAILS(f, ERR_CONFLICT, draft_save_group(&f->c, draft->id, "contact", 0, "{\"name\":\"Eve\"}", "done", &again));
	assert_string_equal(again->answers, "{\"contact\":{\"name\":\"Ani\"}}");
	HOLDS(f, draft_save_group(&f->c, draft->id, "needs", 0, "{\"x\":1}", NULL, &again));
	FAILS(f, ERR_INTERNAL, draft_save_group(&f->c, draft->id, "needs", 1, "{broken", NULL, &again));
	struct intake intake = { .case_prefix = "ARM", .subject_type = "household", .level = 3, .stage = "notice", .status = "registered", .office = "gyumri",
		.area = "AM-SH", .owner_id = f->worker.user_id, .n_members = 1, .member = &member, .form_version = f->form_version, .answers = "{}", .draft_id = draft->id };
	HOLDS(f, intake_finish(&f->c, &intake, &first));
	p.id = 0;
	FAILS(f, ERR_CONFLICT, intake_finish(&f->c, &intake, &second));
	assert_int_equal(second->id, first->id);
	FAILS(f, ERR_NOT_FOUND, draft_load(&f->c, draft->id, &again));
	struct context other = as(f, &f->colleague);
	FAILS(f, ERR_NOT_FOUND, draft_load(&other, draft->id, &again));
}

static void scope_hides_what_is_not_ones_own(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f), *found;
	struct context colleague = as(f, &f->colleague), supervisor = as(f, &f->supervisor), elsewhere = as(f, &f->elsewhere), admin = as(f, &f->admin);
	FAILS(f, ERR_NOT_FOUND, casefile_load(&colleague, family->number, &found));
	FAILS(f, ERR_NOT_FOUND, casefile_load(&elsewhere, family->number, &found));
	HOLDS(f, casefile_load(&supervisor, family->number, &found));
	HOLDS(f, casefile_load(&admin, family->number, &found));
	struct actor none = f->worker;
	none.scope = SCOPE_NONE;
	struct context nobody = as(f, &none);
	FAILS(f, ERR_NOT_FOUND, casefile_load(&nobody, family->number, &found));
	/* Shared until a date: seen until then, and no longer. */
	HOLDS(f, casefile_share(&f->c, family->id, f->colleague.user_id, "leave", "2026-11-18"));
	HOLDS(f, casefile_load(&colleague, family->number, &found));
	struct casefiles list;
	HOLDS(f, casefile_list(&colleague, &(struct casefile_filter){ 0 }, &list));
	assert_int_equal(list.total, 1);
	HOLDS(f, search_quick(&colleague, "grigor", 5, &list));
	assert_int_equal(list.n, 1);
	strcpy(f->colleague.today, "2026-11-19");
	FAILS(f, ERR_NOT_FOUND, casefile_load(&colleague, family->number, &found));
	HOLDS(f, casefile_list(&colleague, &(struct casefile_filter){ 0 }, &list));
	assert_int_equal(list.total, 0);
	HOLDS(f, search_quick(&colleague, "grigor", 5, &list));
	assert_int_equal(list.n, 0);
}

static void search_finds_any_spelling(void **state)
{
	static const char *const found[] = { "Grigoryan", "grigorian", "Григорян", "գրիգոր", "GRIGOR mar", "093 55 01 27", "+374 93550127", "550127",
		"ARM-2026-000001", "arm-2026-1", "000001", "0012345678", "Ani district" };
	static const char *const not_found[] = { "Petrosyan", "grigoryan petrosyan", "\"; DROP TABLE", "* OR 1", "999999" };
	struct fixture *f = *state;
	struct casefiles list;
	fixture_family(f);
	for (size_t i = 0; i < sizeof found / sizeof found[0]; i++) {
		HOLDS(f, casefile_list(&f->c, &(struct casefile_filter){ .q = found[i] }, &list));
		if (list.n != 1)
			print_error("not found: %s (%s)\n", found[i], search_expression(&f->c, found[i]));
		assert_int_equal(list.n, 1);
	}
	for (size_t i = 0; i < sizeof not_found / sizeof not_found[0]; i++) {
		HOLDS(f, casefile_list(&f->c, &(struct casefile_filter){ .q = not_found[i] }, &list));
		assert_int_equal(list.n, 0);
	}
	struct context elsewhere = as(f, &f->elsewhere), admin = as(f, &f->admin);
	HOLDS(f, casefile_list(&elsewhere, &(struct casefile_filter){ .q = "Grigoryan" }, &list));
	assert_int_equal(list.n, 0);
	HOLDS(f, casefile_list(&admin, &(struct casefile_filter){ .q = "!!!" }, &list));
	assert_int_equal(list.n, 0);
}

static void totals_agree_with_rows(void **state)
{
	static const char *const flags[] = { "", "all", "overdue", "no_contact", "unassigned", "review", "high_risk", "closed" };
	struct fixture *f = *state;
	for (int i = 0; i < 7; i++)
		fixture_family(f);
	HOLDS(f, db_run(f->db, &f->why, SQL("UPDATE casefile SET owner_id = NULL WHERE id = 1"), ""));
	HOLDS(f, db_run(f->db, &f->why, SQL("UPDATE casefile SET risk_level = 'high', review_on = '2026-11-20' WHERE id IN (2, 3)"), ""));
	HOLDS(f, db_run(f->db, &f->why, SQL("UPDATE casefile SET stage_due_on = '2026-11-01', last_contact_on = '2026-10-01' WHERE id = 4"), ""));
	HOLDS(f, db_run(f->db, &f->why, SQL("UPDATE casefile SET closed_on = '2026-11-02', stage = 'closed' WHERE id = 5"), ""));
	static const int expected[] = { 6, 7, 1, 1, 1, 2, 2, 1 };
	const struct actor *actors[] = { &f->supervisor, &f->admin };
	for (size_t a = 0; a < 2; a++)
		for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
			for (int sort = SORT_DUE; sort <= SORT_CONTACT; sort++) {
				struct context c = as(f, actors[a]);
				struct casefiles list;
				HOLDS(f, casefile_list(&c, &(struct casefile_filter){ .flag = flags[i], .sort = (enum casefile_sort)sort }, &list));
				assert_int_equal(list.n, expected[i]);
				assert_int_equal(list.total, expected[i]);
			}
	struct casefiles list;
	struct context c = as(f, &f->admin);
	HOLDS(f, casefile_list(&c, &(struct casefile_filter){ .worker = "anahit", .per_page = 2, .page = 2 }, &list));
	assert_int_equal(list.total, 5);
	assert_int_equal(list.n, 2);
	assert_int_equal(list.n_pages, 3);
	HOLDS(f, casefile_list(&c, &(struct casefile_filter){ .stage = "notice", .risk = "high" }, &list));
	assert_int_equal(list.total, 2);
	HOLDS(f, casefile_list(&c, &(struct casefile_filter){ .office = "kapan" }, &list));
	assert_int_equal(list.total + (int64_t)list.n, 0);
	HOLDS(f, casefile_list(&c, &(struct casefile_filter){ .worker = "nobody" }, &list));
	assert_int_equal(list.total, 0);
	struct stage_counts counts;
	HOLDS(f, casefile_stage_counts(&f->c, &counts));
	assert_int_equal(counts.n, 1);
	assert_int_equal(counts.item[0].n, 5);
	HOLDS(f, casefile_caseload(&f->c, 3, &list));
	assert_int_equal(list.n, 3);
	assert_int_equal(list.total, 5);
	assert_int_equal(list.item[0].id, 4);
}

static void duplicates_are_found_across_offices(void **state)
{
	struct fixture *f = *state;
	struct person_matches matches;
	struct context elsewhere = as(f, &f->elsewhere);
	fixture_family(f);
	struct person typed = { .given_name = "Mariam", .family_name = "Grigorian" };
	HOLDS(f, person_duplicates(&elsewhere, &typed, &matches));
	assert_int_equal(matches.n, 1);
	assert_true(matches.item[0].reasons & MATCH_NAME);
	assert_false(matches.item[0].is_in_scope);
	assert_string_equal(matches.item[0].office_name, "Gyumri");
	typed = (struct person){ .given_name = "Somebody", .family_name = "Else", .identifier_value = "0012345678" };
	HOLDS(f, person_duplicates(&f->c, &typed, &matches));
	assert_int_equal(matches.item[0].score, 100);
	assert_true(matches.item[0].is_in_scope);
	typed = (struct person){ .given_name = "Մարիամ", .family_name = "Գրիգորյան", .date_of_birth = "1992-03-04" };
	HOLDS(f, person_duplicates(&f->c, &typed, &matches));
	assert_int_equal(matches.item[0].reasons, MATCH_NAME | MATCH_BIRTH);
	assert_true(matches.item[0].score >= 85);
	typed = (struct person){ .given_name = "Karen", .family_name = "Petrosyan" };
	HOLDS(f, person_duplicates(&f->c, &typed, &matches));
	assert_int_equal(matches.n, 0);
	typed = (struct person){ .given_name = "", .family_name = "" };
	HOLDS(f, person_duplicates(&f->c, &typed, &matches));
	assert_int_equal(matches.n, 0);
}

static void household_and_person_change(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	struct person *p, grandmother = { .given_name = "Siranush", .family_name = "Grigoryan", .date_of_birth = "1955-01-01" };
	struct member member = { .person = &grandmother, .role = "grandparent", .is_contact = true };
	struct members members;
	HOLDS(f, household_add(&f->c, family->id, &member));
	HOLDS(f, household_list(&f->c, family->id, &members));
	assert_int_equal(members.n, 3);
	int contacts = 0;
	for (size_t i = 0; i < members.n; i++)
		contacts += members.item[i].is_contact;
	assert_int_equal(contacts, 1);
	HOLDS(f, person_load(&f->c, grandmother.id, &p));
	struct person changed = *p;
	changed.known_as = "Tatik";
	HOLDS(f, person_update(&f->c, family->id, &changed));
	FAILS(f, ERR_CONFLICT, person_update(&f->c, family->id, &changed));
	struct casefiles list;
	HOLDS(f, search_quick(&f->c, "tatik", 5, &list));
	assert_int_equal(list.n, 1);
	HOLDS(f, household_end(&f->c, family->id, member.seq, TODAY, "moved to her sister"));
	HOLDS(f, casefile_load(&f->c, family->number, &family));
	assert_int_equal(family->member_count, 2);
}

static void consent_is_withdrawn_once(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	bool has = true;
	HOLDS(f, consent_withdraw(&f->c, family->id, 1, "Mariam"));
	HOLDS(f, consent_has(&f->c, family->id, "case_management", &has));
	assert_false(has);
	FAILS(f, ERR_CONFLICT, consent_withdraw(&f->c, family->id, 1, "Mariam"));
	FAILS(f, ERR_NOT_FOUND, consent_withdraw(&f->c, family->id, 99, "Mariam"));
}

static void sensitive_events_are_left_out(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f);
	struct events events;
	HOLDS(f, event_note(&f->c, family->id, "He hit her.", "", "staff", "violence"));
	HOLDS(f, event_note(&f->c, family->id, "Only for me.", "", "private", NULL));
	HOLDS(f, event_list(&f->c, family->id, "note", 20, 0, &events));
	assert_int_equal(events.total, 1);
	assert_int_equal(events.n_hidden, 1);
	assert_string_equal(events.item[0].quote, "Only for me.");
	assert_string_equal(events.item[0].param[0], "anahit");
	struct context supervisor = as(f, &f->supervisor);
	f->supervisor.sensitivity = 1;
	HOLDS(f, event_list(&supervisor, family->id, "note", 20, 0, &events));
	assert_int_equal(events.n, 1);
	assert_string_equal(events.item[0].quote, "He hit her.");
}

static void a_case_is_changed_against_its_revision(void **state)
{
	struct fixture *f = *state;
	struct casefile *family = fixture_family(f), *again;
	struct casefile changed = *family;
	changed.address = "Kumayri 5";
	HOLDS(f, casefile_update(&f->c, &changed));
	FAILS(f, ERR_CONFLICT, casefile_update(&f->c, &changed));
	HOLDS(f, casefile_assign(&f->c, family->id, f->colleague.user_id, "holiday"));
	FAILS(f, ERR_NOT_FOUND, casefile_load(&f->c, family->number, &again));
	struct context colleague = as(f, &f->colleague);
	HOLDS(f, casefile_load(&colleague, family->number, &again));
	assert_string_equal(again->address, "Kumayri 5");
	FAILS(f, ERR_INVALID, casefile_assign(&f->c, family->id, 4711, ""));
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
int main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_intake_makes_everything_at_once), T(a_failed_intake_leaves_nothing), T(a_draft_is_finished_once), T(scope_hides_what_is_not_ones_own),
		T(search_finds_any_spelling), T(totals_agree_with_rows), T(duplicates_are_found_across_offices), T(household_and_person_change),
		T(consent_is_withdrawn_once), T(sensitive_events_are_left_out), T(a_case_is_changed_against_its_revision),
	};
	return RUN_TESTS(tests);
}
