/* SPDX-License-Identifier: Apache-2.0
 *
 * The view: escaping is on in every template, a broken template stops the start with its file
 * and line, a changed one is parsed again, and what a page may link to. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "view/asset.h"
#include "view/format.h"
#include "view/url.h"
#include "view/view.h"

static const char hostile[] = "<script>alert(\"1\")</script>'&";
static const char escaped[] = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;";

struct folder { char path[64]; struct arena *arena; };

static int make_folder(void **state)
{
	struct folder *folder = calloc(1, sizeof *folder);

	strcpy(folder->path, "/tmp/compass-view-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	folder->arena = arena_new(16 << 20);
	*state = folder;
	return 0;
}

static int remove_folder(void **state)
{
	struct folder *folder = *state;
	char command[128];

	snprintf(command, sizeof command, "rm -rf %s", folder->path);
	assert_int_equal(system(command), 0);
	arena_free(folder->arena);
	free(folder);
	return 0;
}

static void put(const struct folder *folder, const char *name, const char *text)
{
	char path[160];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder->path, name);
	file = fopen(path, "we");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* The page of a template with X set to a value; NULL when it did not render. */
static char *page(const struct folder *folder, const char *name, const char *x, struct why *why)
{
	struct view *view = view_new(folder->arena);
	struct buf out;
	char *text = NULL;

	buf_init(&out, 1 << 16);
	view_set(view, NULL, "X", x);
	view_set(view, view_item(view, NULL, "List"), "Y", x);
	view_set(view, view_item(view, NULL, "List"), "Y", x);
	if (view_render(view, name, &out, why) == OK)
		text = arena_strdup(folder->arena, out.p);
	buf_free(&out);
	return text;
}

static void test_escapes_everywhere(void **state)
{
	struct folder *folder = *state;
	struct why why = { 0 };
	static const char *const bodies[] = {
		"<?cs var:X ?>", "<?cs if:X ?><?cs var:X ?><?cs /if ?>", "<?cs def:m(p) ?><?cs var:p ?><?cs /def ?><?cs call:m(X) ?>",
		"<?cs def:a(p) ?><?cs var:p ?><?cs /def ?><?cs def:b(p) ?><?cs call:a(p) ?><?cs /def ?><?cs call:b(X) ?>",
		"<?cs each:row = List ?><?cs if:first(row) ?><?cs var:row.Y ?><?cs /if ?><?cs /each ?>",
		"<?cs var:t(X) ?>", "<?cs var:t1(\"%1\", X) ?>", "<?cs include!\"inner.cs\" ?>",
	};

	put(folder, "inner.cs", "<?cs var:X ?>");
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		char *text;
		put(folder, "page.cs", bodies[i]);
		assert_int_equal(view_open(folder->path, &why), OK);
		text = page(folder, "page", hostile, &why);
		assert_non_null(text);
		assert_string_equal(text, escaped);
	}
}

static void test_same_tree_renders_again(void **state)
{
	struct folder *folder = *state;
	struct why why = { 0 };

	put(folder, "page.cs", "<?cs def:m(p) ?>[<?cs var:p.Y ?>]<?cs /def ?><?cs each:row = List ?><?cs call:m(row) ?><?cs /each ?><?cs var:List ?>");
	assert_int_equal(view_open(folder->path, &why), OK);
	for (int i = 0; i < 3; i++)
		assert_string_equal(page(folder, "page", "y", &why), "[y][y]2");
}

static void test_white_space_is_squeezed(void **state)
{
	struct folder *folder = *state;
	struct why why = { 0 };

	put(folder, "page.cs", "\n\n<?cs if:X ?>\n\n\t<b>  a </b>\n<?cs /if ?>\n\n<?cs var:X ?> end\n");
	assert_int_equal(view_open(folder->path, &why), OK);
	assert_string_equal(page(folder, "page", "x", &why), "<b>  a </b>\nx end\n");
}

static void test_broken_template_stops_the_start(void **state)
{
	struct folder *folder = *state;
	static const struct { const char *text, *detail; } broken[] = {
		{ "<?cs bogus:x ?>", "page.cs" },
		{ "<?cs include!\"missing.cs\" ?>", "missing.cs" },
		{ "<?cs include!\"page.cs\" ?>", "includes itself" },
		{ "<?cs call:nothing(x) ?>", "nothing" },
		{ "<?cs var:t(a, b) ?>", "page.cs" },
	};

	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct why why = { 0 };
		put(folder, "page.cs", broken[i].text);
		assert_int_equal(view_open(folder->path, &why), ERR_INTERNAL);
		if (!strstr(why.detail, broken[i].detail))
			print_message("%s: %s\n", broken[i].text, why.detail);
		assert_non_null(strstr(why.detail, broken[i].detail));
	}
}

/* Files are looked at once a second. */
static void wait_for_the_next_second(void)
{
	time_t now = time(NULL);

	while (time(NULL) == now)
		nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
}

static void test_changed_file_is_parsed_again(void **state)
{
	struct folder *folder = *state;
	struct why why = { 0 }, broken = { 0 };

	put(folder, "inner.cs", "old");
	put(folder, "page.cs", "<?cs include!\"inner.cs\" ?>");
	assert_int_equal(view_open(folder->path, &why), OK);
	assert_string_equal(page(folder, "page", NULL, &why), "old");
	put(folder, "inner.cs", "newer");
	wait_for_the_next_second();
	assert_string_equal(page(folder, "page", NULL, &why), "newer");
	put(folder, "inner.cs", "<?cs bogus:x ?>");
	wait_for_the_next_second();
	assert_null(page(folder, "page", NULL, &broken));
	assert_int_equal(broken.code, ERR_INTERNAL);
	put(folder, "inner.cs", "mended again");
	wait_for_the_next_second();
	assert_string_equal(page(folder, "page", NULL, &why), "mended again");
}

/* A page that outgrows its buffer ends where it stands, and the template is as good as before. */
static void test_full_page_ends(void **state)
{
	struct folder *folder = *state;
	struct view *view = view_new(folder->arena);
	struct why why = { 0 };
	struct buf out;

	put(folder, "page.cs", "<?cs def:m(p) ?><?cs each:row = List ?><?cs var:t1(p, row.Y) ?><?cs /each ?><?cs /def ?><?cs call:m(X) ?>");
	assert_int_equal(view_open(folder->path, &why), OK);
	buf_init(&out, 1000);
	view_set(view, NULL, "X", "%1 and on");
	for (int i = 0; i < 4000; i++)
		view_set(view, view_item(view, NULL, "List"), "Y", "a word that takes room");
	assert_int_equal(view_render(view, "page", &out, &why), ERR_INTERNAL);
	assert_non_null(strstr(why.detail, "larger than"));
	buf_free(&out);
	why = (struct why){ 0 };
	assert_string_equal(page(folder, "page", "%1!", &why), "%1!!%1!!");
}

static void test_first_failure_is_kept_and_too_large_is_told(void **state)
{
	struct folder *folder = *state;
	struct view *view = view_new(folder->arena);
	struct why why = { 0 };
	struct buf out;

	put(folder, "page.cs", "0123456789<?cs var:X ?>");
	assert_int_equal(view_open(folder->path, &why), OK);
	buf_init(&out, 8);
	assert_int_equal(view_render(view, "page", &out, &why), ERR_INTERNAL);
	why = (struct why){ 0 };
	assert_int_equal(view_render(view, "nothing-of-that-name", &out, &why), ERR_INTERNAL);
	buf_free(&out);
}

static void test_problems(void **state)
{
	struct folder *folder = *state;
	struct view *view = view_new(folder->arena);

	assert_int_equal(view_problem_count(view), 0);
	view_problem_add(view, "name", NULL, "Write the name");
	view_problem_add(view, NULL, NULL, "Choose one of the two");
	assert_int_equal(view_problem_count(view), 2);
	assert_string_equal(view_problem_of(view, "name"), "Write the name");
	assert_null(view_problem_of(view, "other"));
}

static void test_addresses(void **state)
{
	static const char *const good[] = { "/armenia/staff/", "?page=2", "#main", "https://example.org/", "tel:+37400000101", "mailto:a@b.org", "HTTP://x/" };
	static const char *const bad[] = { "", "javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "//evil.example/", "/\\evil.example/",
	                                   "data:text/html,x", "cases/1", "\x01/x", "vbscript:x", "/a\tb" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_ptr_equal(url_checked(good[i]), good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_string_equal(url_checked(bad[i]), "#");
	assert_string_equal(url_checked(NULL), "#");
}

static void test_assets(void **state)
{
	struct folder *folder = *state;
	struct why why = { 0 };
	char path[160];

	snprintf(path, sizeof path, "%s/manifest", folder->path);
	put(folder, "manifest", "app.css app.12ab.css\nbroken-line\nmark.svg mark.9.svg\n");
	assert_int_equal(asset_open(path, &why), OK);
	assert_string_equal(asset_url("app.css"), "/static/app.12ab.css");
	assert_string_equal(asset_url("mark.svg"), "/static/mark.9.svg");
	assert_string_equal(asset_url("icons.svg"), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_escapes_everywhere, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_same_tree_renders_again, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_white_space_is_squeezed, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_broken_template_stops_the_start, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_changed_file_is_parsed_again, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_full_page_ends, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_first_failure_is_kept_and_too_large_is_told, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_problems, make_folder, remove_folder),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test_setup_teardown(test_assets, make_folder, remove_folder),
	};

	return RUN_TESTS(tests);
}
