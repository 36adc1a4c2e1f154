// SPDX-License-Identifier: Apache-2.0
//
// Instances: opening, and what a worker sees between two requests when the database is
// replaced, the clock moved, the bundle edited or broken.
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "country/instance.h"
#include "model/instance_meta.h"

static char root[64];

static void run(const char *format)
{
	char command[4600];
	const char *home = getenv("REAL_HOME");
	snprintf(command, sizeof command, format, home, root);
	assert_int_equal(system(command), 0);
}

static void make_instance(const char *name, const char *bundle, const char *mode)
{
	char path[256];
	struct why why = { 0 };
	struct db *db;
	snprintf(path, sizeof path, "%s/var/instances/%s", root, name);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/var/instances/%s/case.db", root, name);
	assert_int_equal(db_migrate(path, &why), OK);
	assert_int_equal(db_open(&db, path, DB_TOOL, &why), OK);
	assert_int_equal(db_begin(db, &why), OK);
	assert_int_equal(instance_set(db, &why, "bundle", bundle), OK);
	assert_int_equal(instance_set(db, &why, "mode", mode), OK);
	assert_int_equal(instance_set_int(db, &why, "clock_offset_s", 3600), OK);
	assert_int_equal(db_commit(db, &why), OK);
	db_close(db);
}

static int set_up(void **state)
{
	char text[128];
	(void)state;
	snprintf(root, sizeof root, "/tmp/test_instance.XXXXXX");
	if (!mkdtemp(root))
		return 1;
	char here[256];
	/* compass_home() would remember: it must first be asked below our root */
	setenv("REAL_HOME", getenv("COMPASS_HOME") ? getenv("COMPASS_HOME") : getcwd(here, sizeof here), 1);
	run("mkdir -p '%2$s/home/country-configs' '%2$s/var/instances/.hidden' && cp -r '%1$s/tests/bundles/base' '%2$s/home/country-configs/base' && "
	    "ln -s '%1$s/seed-data' '%2$s/home/seed-data'");
	snprintf(text, sizeof text, "%s/home", root);
	setenv("COMPASS_HOME", text, 1);
	snprintf(text, sizeof text, "%s/var", root);
	setenv("COMPASS_VAR", text, 1);
	unsetenv("COMPASS_NOW");
	make_instance("one", "base", "demo");
	make_instance("two", "base", "trial");
	make_instance("three", "nothing", "demo");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	run("test -n '%1$s' && rm -rf '%2$s'");
	return 0;
}

static struct instance *open_one(const char *name)
{
	struct instance *instance = NULL;
	struct why why = { 0 };
	enum err err = instance_open(&instance, name, DB_STAFF, &why);
	if (err != OK)
		print_error("%s: %s\n", name, why.detail);
	assert_int_equal(err, OK);
	return instance;
}

static void test_open(void **state)
{
	struct instance *one = open_one("one"), *two = open_one("two");
	(void)state;
	assert_true(one->is_demo);
	assert_false(two->is_demo);
	assert_ptr_equal(one->bundle, two->bundle);
	assert_int_equal(one->clock_offset_s, 3600);
	assert_true(instance_now(one) >= clock_system() + 3599);
	setenv("COMPASS_NOW", "2026-11-17T05:12:00Z", 1);
	assert_int_equal(instance_now(one), clock_system());
	unsetenv("COMPASS_NOW");
	instance_close(one);
	assert_string_equal(two->bundle->name, "Base");
	instance_close(two);
	instance_close(NULL);
}

static void test_not_there(void **state)
{
	static const char *const names[] = { "four", "", "../one", "One", "one/../two", ".hidden" };
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct instance *instance;
		struct why why = { 0 };
		assert_int_equal(instance_open(&instance, names[i], DB_STAFF, &why), ERR_NOT_FOUND);
	}
	struct instance *instance;
	struct why why = { 0 };
	assert_int_equal(instance_open(&instance, "three", DB_STAFF, &why), ERR_CONFIG);
	assert_non_null(strstr(why.detail, "compass check"));
}

static void test_list(void **state)
{
	struct arena *arena = arena_new(1u << 20);
	const char **names;
	(void)state;
	assert_int_equal(instance_list(arena, &names), 3);
	assert_string_equal(names[0], "one");
	assert_string_equal(names[1], "three");
	assert_string_equal(names[2], "two");
	instance_warm();
	arena_free(arena);
}

static void move_clock(const char *name, int64_t offset)
{
	char path[256];
	struct why why = { 0 };
	struct db *db;
	snprintf(path, sizeof path, "%s/var/instances/%s/case.db", root, name);
	assert_int_equal(db_open(&db, path, DB_TOOL, &why), OK);
	assert_int_equal(db_begin(db, &why), OK);
	assert_int_equal(instance_set_int(db, &why, "clock_offset_s", offset), OK);
	assert_int_equal(db_commit(db, &why), OK);
	db_close(db);
}

static void test_clock_and_reset(void **state)
{
	struct instance *one = open_one("one");
	struct why why = { 0 };
	(void)state;
	move_clock("one", 86400);
	assert_int_equal(instance_refresh(one, &why), OK);
	assert_int_equal(one->clock_offset_s, 86400);
	assert_true(db_is_reading(one->db));
	db_end_read(one->db);
	/* somebody puts another file in its place */
	make_instance("fresh", "base", "demo");
	run("test -n '%1$s' && cd '%2$s/var/instances' && rm -f one/case.db-wal one/case.db-shm && mv fresh/case.db one/case.db && rm -rf fresh");
	assert_int_equal(instance_refresh(one, &why), OK);
	assert_int_equal(one->clock_offset_s, 3600);
	instance_close(one);
}

static void test_removed(void **state)
{
	struct why why = { 0 };
	(void)state;
	make_instance("gone", "base", "demo");
	struct instance *gone = open_one("gone");
	run("test -n '%1$s' && rm -rf '%2$s/var/instances/gone'");
	assert_int_equal(instance_refresh(gone, &why), ERR_NOT_FOUND);
	instance_close(gone);
}

static bool refreshed_to(struct instance *instance, const char *name)
{
	struct why why = { 0 };
	for (int i = 0; i < 35; i++) {
		assert_int_equal(instance_refresh(instance, &why), OK);
		db_end_read(instance->db);
		if (!strcmp(instance->bundle->name, name))
			return true;
		usleep(100000);
	}
	return false;
}

/* A demonstration takes an edit over by itself; a trial goes on with its copy. */
static void test_edited_bundle(void **state)
{
	struct instance *one = open_one("one"), *two = open_one("two");
	(void)state;
	run("test -n '%1$s' && sed -i 's/\"name\": \"Base\"/\"name\": \"Newer\"/' '%2$s/home/country-configs/base/bundle.json'");
	assert_true(refreshed_to(one, "Newer"));
	assert_false(refreshed_to(two, "Newer"));
	assert_string_equal(two->bundle->name, "Base");
	/* a broken edit is not taken, a mended one is */
	run("test -n '%1$s' && sed -i 's/\"name\": \"Newer\"/\"name\" \"Broken\"/' '%2$s/home/country-configs/base/bundle.json'");
	assert_false(refreshed_to(one, "Broken"));
	assert_string_equal(one->bundle->name, "Newer");
	run("test -n '%1$s' && sed -i 's/\"name\" \"Broken\"/\"name\": \"Mended\"/' '%2$s/home/country-configs/base/bundle.json'");
	assert_true(refreshed_to(one, "Mended"));
	instance_close(one);
	instance_close(two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open), cmocka_unit_test(test_not_there), cmocka_unit_test(test_list), cmocka_unit_test(test_clock_and_reset),
		cmocka_unit_test(test_removed), cmocka_unit_test(test_edited_bundle),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
