// SPDX-License-Identifier: Apache-2.0
//
// Loading bundles: what comes out of a good one, how children lie over parents, when a
// bundle is stale, and how fast the largest is. What is said of broken ones: tests/bundles.
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "country/bundle.h"
#include "country/geography.h"
#include "country/instance.h"
#include "country/words.h"

static void print_problem(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	(void)data;
	if (is_error)
		print_error("%s:%d:%d: %s\n", file, line, column, message);
}

static struct bundle *load(const char *below_home)
{
	char dir[4200];
	snprintf(dir, sizeof dir, "%s/%s", compass_home(), below_home);
	return bundle_load(dir, print_problem, NULL);
}

static void test_base(void **state)
{
	(void)state;
	struct bundle *b = load("tests/bundles/base");
	assert_non_null(b);
	assert_string_equal(b->key, "base");
	assert_string_equal(b->zone, "Asia/Yerevan");
	assert_int_equal(b->level_max, 3);
	assert_true(bundle_has(b, MODULE_PLAN));
	assert_int_equal(b->n_roles, 5);
	assert_int_equal(bundle_role(b, "case_worker")->scope, SCOPE_OWN);
	assert_true(bundle_role(b, "case_worker")->permissions & BIT(PERM_PLAN_EDIT));
	assert_false(bundle_role(b, "registrar")->permissions & BIT(PERM_PLAN_EDIT));
	assert_true(bundle_role(b, "case_worker")->sensitivity & BIT(bundle_sensitivity(b, "violence")));
	assert_int_equal(bundle_sensitivity(b, "health"), -1);
	assert_null(bundle_role(b, "nobody"));
	assert_null(bundle_role(b, NULL));
	const struct stage *notice = bundle_stage(b, "notice");
	assert_int_equal(notice->deadline_days, 3);
	assert_true(notice->deadline_is_working_days);
	assert_int_equal(notice->deadline_by_risk[2], 1);
	assert_int_equal(notice->deadline_by_risk[0], 0);
	assert_string_equal(bundle_stage(b, "assessment")->short_label, "Assessment");
	const struct transition_rule *propose = bundle_transition(b, "propose");
	assert_int_equal(propose->n_guards, 2);
	assert_int_equal(propose->guard[1], GUARD_GOALS_FOR_NEEDS);
	assert_int_equal(propose->permission, PERM_PLAN_EDIT);
	assert_string_equal(bundle_transition(b, "assign")->asks, "worker");
	assert_null(bundle_transition(b, "propose")->asks);
	assert_string_equal(b->words[1], "beneficiary");
	assert_null(b->words[2]);
	assert_int_equal(bundle_service(b, "rent_support")->capacity, 20);
	assert_null(bundle_persona(b, "mother")->office);
	assert_string_equal(bundle_form(b, b->assessment_form)->key, "assessment");
	assert_string_equal(bundle_area(b, "AM-SH")->name, "Shirak");
	assert_non_null(bundle_area(b, "AM-SH")->shape);
	assert_non_null(b->map_view_box);
	assert_non_null(b->seed_json);
	bundle_free(b);
}

/* ---- a folder of our own ---- */

static char root[128];

static void put(const char *name, const char *text)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", root, name);
	for (char *slash = strchr(path + strlen(root) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		mkdir(path, 0700);
		*slash = '/';
	}
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static struct bundle *load_own(const char *name)
{
	char dir[512];
	snprintf(dir, sizeof dir, "%s/%s", root, name);
	return bundle_load(dir, print_problem, NULL);
}

static int make_root(void **state)
{
	char command[4600];
	(void)state;
	snprintf(root, sizeof root, "/tmp/test_bundle.XXXXXX");
	if (!mkdtemp(root))
		return 1;
	snprintf(command, sizeof command, "cp -r '%s/tests/bundles/base' %s/base", compass_home(), root);
	return system(command);
}

static int remove_root(void **state)
{
	char command[256];
	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", root);
	return system(command);
}

static void test_child(void **state)
{
	(void)state;
	put("child/bundle.json", "{ \"extends\": \"base\", \"name\": \"Child\", \"accent\": \"#112233\","
	    " \"languages\": [ {\"code\": \"hy\", \"name\": \"Հայերեն\"}, {\"code\": \"ru\", \"name\": \"Русский\"} ],"
	    " \"dimensions\": [ { \"key\": \"income\", \"label\": \"Money\" } ] }");
	put("child/services.json", "{ \"services\": [ { \"key\": \"rent_support\", \"remove\": true },"
	    " { \"key\": \"shelter\", \"kind\": \"service\", \"name\": \"Shelter\", \"provider\": \"Church\", \"dimensions\": [\"housing\"] },"
	    " { \"key\": \"job_search\", \"provider\": \"Job centre\" } ] }");
	put("child/seed.json", "{ \"households\": 5 }");
	put("child/languages/hy.po", "msgid \"Clerk\"\nmsgstr \"Գրանցող\"\n");
	struct bundle *b = load_own("child");
	assert_non_null(b);
	assert_string_equal(b->name, "Child");
	assert_string_equal(b->accent, "#112233");
	assert_string_equal(b->program, "Family support");
	/* the child's languages come first, the parent's stays */
	assert_int_equal(b->n_languages, 3);
	assert_string_equal(b->language[0].code, "hy");
	assert_string_equal(b->language[2].code, "en");
	/* the parent's order, the child's label, the parent's other members */
	assert_string_equal(b->dimension[0].key, "housing");
	assert_string_equal(b->dimension[1].label, "Money");
	assert_string_equal(b->dimension[1].short_label, "Income");
	assert_int_equal(b->n_services, 2);
	assert_null(bundle_service(b, "rent_support"));
	assert_string_equal(bundle_service(b, "job_search")->provider, "Job centre");
	assert_string_equal(bundle_service(b, "job_search")->name, "Job search");
	assert_string_equal(b->seed_json, "{ \"households\": 5 }");
	assert_string_equal(b->dirs[0], b->dir);
	assert_non_null(b->dirs[1]);
	assert_null(b->dirs[2]);
	words_use(b->languages, "hy");
	assert_string_equal(tr("Clerk"), "Գրանցող");
	assert_string_equal(tr("Shirak"), "Շիրակ");
	words_use(NULL, "en");
	bundle_free(b);
}

static void test_read_file(void **state)
{
	struct arena *arena = arena_new(1u << 20);
	size_t length = 0;
	(void)state;
	put("child/media/note.txt", "here");
	struct bundle *b = load_own("child");
	assert_non_null(b);
	assert_string_equal(bundle_read_file(b, arena, "media/note.txt", &length), "here");
	assert_int_equal(length, 4);
	assert_non_null(bundle_read_file(b, arena, "seed/stories/grigoryan.json", NULL));
	assert_null(bundle_read_file(b, arena, "../base/bundle.json", &length));
	assert_null(bundle_read_file(b, arena, "/etc/passwd", &length));
	assert_null(bundle_read_file(b, arena, "media", &length));
	assert_null(bundle_read_file(b, arena, "", &length));
	char link[256];
	snprintf(link, sizeof link, "%s/child/media/link.txt", root);
	assert_int_equal(symlink("/etc/passwd", link), 0);
	assert_null(bundle_read_file(b, arena, "media/link.txt", &length));
	unlink(link);
	bundle_free(b);
	arena_free(arena);
}

/* bundle_is_stale looks once a second at most. */
static bool becomes_stale(const struct bundle *b)
{
	for (int i = 0; i < 30; i++) {
		if (bundle_is_stale(b))
			return true;
		usleep(100000);
	}
	return false;
}

static void test_stale(void **state)
{
	(void)state;
	struct bundle *b = load_own("child"), *again = load_own("child");
	assert_non_null(b);
	assert_non_null(again);
	assert_true(b->files_digest == again->files_digest);
	usleep(1100000);
	assert_false(bundle_is_stale(b));
	put("base/languages/ru.po", "msgid \"Clerk\"\nmsgstr \"Регистратор\"\n");
	assert_true(becomes_stale(b));
	bundle_free(b);
	b = load_own("child");
	assert_non_null(b);
	assert_true(b->files_digest != again->files_digest);
	bundle_free(again);
	bundle_free(b);
}

static void test_no_bundle(void **state)
{
	(void)state;
	assert_null(load_own("nothing"));
	assert_null(load_own("base/bundle.json"));
	assert_null(bundle_load("", print_problem, NULL));
}

/* ---- the shipped ones ---- */

static void test_shipped(void **state)
{
	static const char *const names[] = { "country-configs/template", "country-configs/demo", "country-configs/armenia" };
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct bundle *b = load(names[i]);
		if (!b)
			print_error("%s has errors\n", names[i]);
		assert_non_null(b);
		bundle_free(b);
	}
}

static void test_geography(void **state)
{
	static const char *const keys[] = { "am", "cl", "co", "it", "jm", "jo", "mw" };
	struct arena *arena = arena_new(256u << 20);
	const char **found;
	(void)state;
	assert_int_equal(geography_keys(arena, &found), 7);
	for (size_t i = 0; i < 7; i++) {
		struct geography *g;
		struct place *places;
		struct why why = { 0 };
		size_t n, bytes = 0, shapes = 0;
		assert_string_equal(found[i], keys[i]);
		assert_int_equal(geography_load(&g, arena, keys[i], &why), OK);
		for (size_t j = 0; j < g->n; j++)
			if (g->unit[j].shape) {
				shapes++;
				bytes += strlen(g->unit[j].shape);
				assert_int_equal(strspn(g->unit[j].shape, "0123456789Mlz -"), strlen(g->unit[j].shape));
			}
		assert_true(shapes >= 11);
		assert_true(bytes <= 6144);
		assert_int_equal(strncmp(g->view_box, "0 0 ", 4), 0);
		assert_int_equal(geography_places(&places, &n, arena, keys[i], &why), OK);
		assert_true(n > 20);
		for (size_t j = 0; j < n; j++) {
			assert_non_null(geography_unit(g, places[j].area));
			assert_true(j == 0 || places[j].population <= places[j - 1].population);
		}
	}
	struct geography *none;
	struct why why = { 0 };
	assert_int_equal(geography_load(&none, arena, "xx", &why), ERR_NOT_FOUND);
	assert_int_equal(geography_load(&none, arena, "../am", &why), ERR_NOT_FOUND);
	arena_free(arena);
}

static void test_names(void **state)
{
	(void)state;
	assert_true(instance_name_is_valid("armenia-2"));
	assert_false(instance_name_is_valid(""));
	assert_false(instance_name_is_valid("../x"));
	assert_false(instance_name_is_valid("-x"));
	assert_false(instance_name_is_valid("Armenia"));
	assert_false(instance_name_is_valid("a1234567890123456789012345678901234567890"));
	assert_true(compass_home()[0] == '/');
	assert_true(compass_var()[0] == '/');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_base), cmocka_unit_test(test_child), cmocka_unit_test(test_read_file), cmocka_unit_test(test_stale),
		cmocka_unit_test(test_no_bundle), cmocka_unit_test(test_shipped), cmocka_unit_test(test_geography), cmocka_unit_test(test_names),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_root, remove_root);
}
