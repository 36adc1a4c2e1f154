// SPDX-License-Identifier: Apache-2.0
//
// Triage: which pathway answers lead to, in bundles that ship; and what a reader of another language
// sees of a case: what a form says where an answer is empty, the title.
#include "unit.h"

#include <stdio.h>

#include "country/bundle.h"
#include "country/instance.h"
#include "country/names.h"
#include "country/pathway.h"
#include "country/told.h"
#include "country/words.h"

static void ignore(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	(void)data; (void)line; (void)column;
	if (is_error)
		print_error("%s: %s\n", file, message);
}

static struct bundle *load(const char *name)
{
	char dir[4200];

	snprintf(dir, sizeof dir, "%s/country-configs/%s", compass_home(), name);
	return bundle_load(dir, ignore, NULL);
}

static const char *leads(struct bundle *b, const char *form, const char *json)
{
	struct arena *arena = arena_new(16 << 20);
	struct expr_env env = {.arena = arena, .now = 1794900000, .zone = b->zone, .language = "en", .random_seed = 1};
	struct why why = {0};
	struct answers *a = answers_from_json(arena, bundle_form(b, form), &env, json, &why);

	assert_non_null(a);
	assert_int_equal(answers_update(a, &why), OK);
	const struct pathway *found = pathway_of(b, a, arena);
	const char *key = found ? found->key : NULL;
	arena_free(arena);
	return key;
}

static void test_assessment(void **state)
{
	(void)state;
	struct bundle *b = load("jamaica");

	assert_non_null(b);
	assert_string_equal(leads(b, "assessment", "{\"visit\":{\"people\":[{\"person_birth\":\"1990-01-01\"}],\"crisis_today\":\"no\",\"wants_work\":\"yes\"}}"), "steps_to_work");
	assert_string_equal(leads(b, "assessment", "{\"visit\":{\"people\":[{\"person_birth\":\"1990-01-01\"}],\"crisis_today\":\"yes\",\"wants_work\":\"yes\"}}"), "family_support");
	assert_string_equal(leads(b, "assessment", "{\"visit\":{\"people\":[{\"person_birth\":\"1990-01-01\"}],\"crisis_today\":\"no\",\"wants_work\":\"no\",\"intensity\":\"referral\"}}"), "referral");
	/* the same questions stand in the intake */
	assert_string_equal(leads(b, "intake", "{\"request\":{\"reason\":\"conflict\",\"crisis_today\":\"no\",\"wants_work\":\"no\"}}"), "family_support");
	/* nothing is said of a form that does not ask */
	assert_null(leads(b, "profile", "{}"));
	bundle_free(b);
}

static void test_other_form(void **state)
{
	(void)state;
	struct bundle *b = load("italy");

	assert_non_null(b);
	assert_null(leads(b, "intake", "{}"));
	bundle_free(b);
}

static void test_fallback(void **state)
{
	(void)state;
	struct bundle *b = load("italy");
	struct arena *arena = arena_new(32 << 20);

	assert_non_null(b);
	struct told *told_of = told_load(arena, b);
	assert_non_null(told_of);
	told_use(told_of, "en");
	assert_string_equal(told("Bambini che crescono bene"), "Children who grow well");
	told_use(told_of, "it");
	assert_string_equal(told("Bambini che crescono bene"), "Bambini che crescono bene");
	told_use(NULL, "en");
	assert_string_equal(words_in(b->languages, "it", "Children who grow well"), "Bambini che crescono bene");
	assert_string_equal(words_in(b->languages, "it", "Nobody wrote this"), "Nobody wrote this");
	bundle_free(b);
	arena_free(arena);
}

/* In the same letters a case keeps its name and changes the word for family. */
static void test_title(void **state)
{
	(void)state;
	struct bundle *b = load("italy");
	struct arena *arena = arena_new(16 << 20);

	assert_non_null(b);
	words_use(b->languages, "en");
	assert_string_equal(title_written(arena, b, "en", "Nucleo De Luca", NULL), "De Luca family");
	assert_string_equal(title_written(arena, b, "en", "Anna Rossi", NULL), "Anna Rossi");
	words_use(b->languages, "it");
	assert_string_equal(title_written(arena, b, "it", "Nucleo De Luca", NULL), "Nucleo De Luca");
	words_use(NULL, "en");
	bundle_free(b);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_assessment), cmocka_unit_test(test_other_form), cmocka_unit_test(test_fallback), cmocka_unit_test(test_title)};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
