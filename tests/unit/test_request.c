/* SPDX-License-Identifier: Apache-2.0
 *
 * Hostile bytes: paths, queries, bodies, cookies, routes. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "request/cookie.h"
#include "request/decode.h"
#include "request/fields.h"
#include "request/multipart.h"
#include "request/route.h"
#include "view/view.h"

static struct arena *arena;

static char *path_of(const char *target)
{
	char *path = NULL;

	return decode_path(arena, target, &path, NULL) == OK ? path : NULL;
}

static void paths(void **state)
{
	static const char *const bad[] = {
		"", "cases", "//evil", "/a//b", "/a/../b", "/a/%2e%2e/b", "/a/./b", "/a%2fb", "/a%5cb", "/a%00", "/%ff", "/%c0%af",
		"/%", "/%1", "/%zz", "/a%0ab", "/..", "http://x/",
	};

	(void)state;
	assert_string_equal(path_of("/"), "/");
	assert_string_equal(path_of("/armenia/staff/"), "/armenia/staff/");
	assert_string_equal(path_of("/armenia/staff/cases?q=%zz"), "/armenia/staff/cases");
	assert_string_equal(path_of("/%d5%8d"), "/\xd5\x8d");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_null(path_of(bad[i]));
}

static void queries(void **state)
{
	struct pairs pairs = { 0 };

	(void)state;
	assert_int_equal(decode_pairs(arena, "a=1&b=x+y%21&&c&d=", 18, &pairs, NULL), OK);
	assert_int_equal(pairs.n, 4);
	assert_string_equal(pairs_find(&pairs, "b"), "x y!");
	assert_string_equal(pairs_find(&pairs, "c"), "");
	assert_null(pairs_find(&pairs, "e"));
	assert_int_equal(decode_pairs(arena, "a=%00", 5, &pairs, NULL), ERR_BAD_REQUEST);
	assert_int_equal(decode_pairs(arena, "a=%ed%a0%80", 11, &pairs, NULL), ERR_BAD_REQUEST);
	assert_int_equal(decode_pairs(arena, "a=%1b", 5, &pairs, NULL), ERR_BAD_REQUEST);
	assert_string_equal(encode_percent(arena, "a b/Ծ"), "a%20b%2F%D4%BE");
}

static void too_many_fields(void **state)
{
	struct pairs pairs = { 0 };
	char *body = arena_alloc(arena, 8001);

	(void)state;
	for (int i = 0; i < 2000; i++)
		memcpy(body + i * 4, "a=1&", 4);
	assert_int_equal(decode_pairs(arena, body, 8000, &pairs, NULL), OK);
	assert_int_equal(decode_pairs(arena, body, 4, &pairs, NULL), ERR_TOO_LARGE);
}

static void cookies(void **state)
{
	(void)state;
	assert_string_equal(cookie_value(arena, "a=1; cc_session=abc ; b=2", "cc_session"), "abc");
	assert_string_equal(cookie_value(arena, "xcc=1;cc=", "cc"), "");
	assert_null(cookie_value(arena, "cc_session2=abc", "cc_session"));
	assert_null(cookie_value(arena, "", "a"));
	assert_null(cookie_value(arena, ";;;=;", "a"));
}

static enum err parts_of(const char *body, struct pairs *pairs, struct uploads *uploads)
{
	*pairs = (struct pairs){ 0 };
	*uploads = (struct uploads){ 0 };
	return multipart_read(arena, "B", body, strlen(body), pairs, uploads, NULL);
}

static void multiparts(void **state)
{
	struct pairs pairs;
	struct uploads uploads;

	(void)state;
	assert_string_equal(multipart_boundary(arena, "multipart/form-data; boundary=\"x y\""), "x y");
	assert_string_equal(multipart_boundary(arena, "Multipart/Form-Data; charset=utf-8; boundary=abc; q=1"), "abc");
	assert_null(multipart_boundary(arena, "text/plain; boundary=a"));
	assert_null(multipart_boundary(arena, "multipart/form-data; boundary="));
	assert_int_equal(parts_of("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n"
	                          "--B\r\nContent-Disposition: form-data; name=\"e\"\r\n\r\n\r\n"
	                          "--B\r\ncontent-disposition: form-data; name=\"f\"; filename=\"C:\\x\\scan.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\0\r\n"
	                          , &pairs, &uploads), ERR_BAD_REQUEST);
	assert_int_equal(parts_of("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n"
	                          "--B\r\nContent-Disposition: form-data; name=\"e\"\r\n\r\n\r\n"
	                          "--B\r\ncontent-disposition: form-data; name=\"f\"; filename=\"C:\\x\\scan.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n"
	                          "--B\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n\r\n--B--\r\n", &pairs, &uploads), OK);
	assert_int_equal(pairs.n, 2);
	assert_string_equal(pairs_find(&pairs, "a"), "1\r\n2");
	assert_string_equal(pairs_find(&pairs, "e"), "");
	assert_int_equal(uploads.n, 1);
	assert_string_equal(uploads.item[0].filename, "scan.pdf");
	assert_string_equal(uploads.item[0].content_type, "application/pdf");
	assert_int_equal(uploads.item[0].size, 4);
}

static void broken_multiparts(void **state)
{
	static const char *const bad[] = {
		"", "--B", "--Bx", "--B\r\n", "x--B\r\n", "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
		"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", "--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--",
		"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--B--", "--B\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nx\r\n--B--",
	};
	struct pairs pairs;
	struct uploads uploads;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(parts_of(bad[i], &pairs, &uploads), ERR_BAD_REQUEST);
}

static enum err nothing(struct request *r)
{
	(void)r;
	return OK;
}

static const struct field fields[] = {
	{ "name", FIELD_LINE, 10, NULL }, { "note", FIELD_TEXT, 0, NULL }, { "age", FIELD_INT, 0, NULL }, { "on", FIELD_DATE, 0, NULL },
	{ "sex", FIELD_CHOICE, 0, "female male" }, { "tag", FIELD_MANY, 0, NULL }, { "form", FIELD_FORM, 0, NULL }, { 0 },
};
static const struct route routes[] = {
	{ METHOD_GET, "", nothing, PERM_PUBLIC, MODULE_CORE, 0, NULL, NULL },
	{ METHOD_GET, "cases/{number}", nothing, PERM_CASE_VIEW, MODULE_CORE, 0, NULL, "casefile" },
	{ METHOD_GET, "cases/new", nothing, PERM_CASE_CREATE, MODULE_CORE, 0, NULL, NULL },
	{ METHOD_POST, "cases/new", nothing, PERM_CASE_CREATE, MODULE_CORE, 0, fields, NULL },
	{ METHOD_GET, "cases/{number}/plan/{n}", nothing, PERM_PLAN_VIEW, MODULE_CORE, 0, NULL, "casefile" },
	{ METHOD_GET, "healthz", nothing, PERM_PUBLIC, MODULE_CORE, ROUTE_GLOBAL, NULL, NULL },
	{ 0 },
};
static const struct site site = { .name = "staff", .program = DB_STAFF, .routes = routes, .login_path = "login" };

static const char *found(const char *path, bool is_global, enum method method, const char *param[4], bool *exists)
{
	const struct route *route = route_find(&site, path, is_global, method, arena, param, exists);

	return route ? route->path : NULL;
}

static void route_matching(void **state)
{
	const char *param[4];
	bool exists;

	(void)state;
	assert_string_equal(found("", false, METHOD_GET, param, &exists), "");
	assert_string_equal(found("cases/ARM-1", false, METHOD_GET, param, &exists), "cases/{number}");
	assert_string_equal(param[0], "ARM-1");
	assert_string_equal(found("cases/new", false, METHOD_GET, param, &exists), "cases/new");
	assert_string_equal(found("cases/new", false, METHOD_POST, param, &exists), "cases/new");
	assert_null(found("cases/ARM-1", false, METHOD_POST, param, &exists));
	assert_true(exists);
	assert_string_equal(found("cases/A/plan/2", false, METHOD_GET, param, &exists), "cases/{number}/plan/{n}");
	assert_string_equal(param[1], "2");
	assert_null(found("cases//plan/2", false, METHOD_GET, param, &exists));
	assert_null(found("cases/", false, METHOD_GET, param, &exists));
	assert_false(exists);
	assert_null(found("healthz", false, METHOD_GET, param, &exists));
	assert_non_null(found("healthz", true, METHOD_GET, param, &exists));
}

static enum err take(struct request *r, const char *query, const char *body)
{
	struct pairs q = { 0 }, b = { 0 };

	*r = (struct request){ .arena = arena, .route = &routes[3], .view = view_new(arena) };
	assert_int_equal(decode_pairs(arena, query, strlen(query), &q, NULL), OK);
	assert_int_equal(decode_pairs(arena, body, strlen(body), &b, NULL), OK);
	return fields_take(r, &q, &b, NULL);
}

static void declared_fields(void **state)
{
	struct request r = { 0 };

	(void)state;
	assert_int_equal(take(&r, "name=query&note=q", "name=body&tag=a&tag=b&q/x=1&q/x=2&name=later"), OK);
	assert_string_equal(request_field(&r, "name"), "later");
	assert_string_equal(request_field(&r, "note"), "q");
	assert_string_equal(request_nth(&r, "tag", 1), "b");
	assert_null(request_nth(&r, "tag", 2));
	assert_string_equal(request_nth(&r, "q/x", 1), "2");
	assert_string_equal(request_text(&r, "sex"), "");
	assert_int_equal(view_problems(&r), 0);
	assert_int_equal(take(&r, "", "unknown=1"), ERR_BAD_REQUEST);
	assert_int_equal(take(&r, "x=1", ""), ERR_BAD_REQUEST);
	assert_int_equal(take(&r, "", "sex=mal"), ERR_BAD_REQUEST);
	assert_int_equal(take(&r, "", "sex=male"), OK);
	assert_int_equal(take(&r, "", "on.x=1"), ERR_BAD_REQUEST);
}

static void wrong_values_are_problems(void **state)
{
	struct request r = { 0 };

	(void)state;
	assert_int_equal(take(&r, "", "name=12345678901&age=x&on=2025-02-30"), OK);
	assert_int_equal(view_problems(&r), 3);
	assert_string_equal(request_field(&r, "age"), "x");
	assert_int_equal(request_int(&r, "age", 7), 7);
	assert_non_null(view_problem_at(&r, "on"));
	/* ten letters of two bytes fit */
	assert_int_equal(take(&r, "", "name=%D4%BE%D4%BE%D4%BE%D4%BE%D4%BE%D4%BE%D4%BE%D4%BE%D4%BE%D4%BE&age=+12+"), OK);
	assert_int_equal(view_problems(&r), 0);
	assert_int_equal(request_int(&r, "age", 7), 12);
}

static void dates_in_three_fields(void **state)
{
	struct request r = { 0 };

	(void)state;
	assert_int_equal(take(&r, "", "on.d=7&on.m=11&on.y=2026"), OK);
	assert_string_equal(request_field(&r, "on"), "2026-11-07");
	assert_int_equal(take(&r, "", "on.d=31&on.m=11&on.y=2026"), OK);
	assert_int_equal(view_problems(&r), 1);
	assert_string_equal(request_field(&r, "on.d"), "31");
	assert_int_equal(take(&r, "", "on.d=&on.m=&on.y="), OK);
	assert_int_equal(view_problems(&r), 0);
	assert_int_equal(take(&r, "", "on=&on.d=1&on.m=2&on.y=2025"), OK);
	assert_string_equal(request_field(&r, "on"), "2025-02-01");
}

static void repeated_keys_are_linear(void **state)
{
	struct request r = { 0 };
	char *body = arena_alloc(arena, 2000 * 4 + 1);
	clock_t start = clock();

	(void)state;
	for (int i = 0; i < 2000; i++)
		memcpy(body + i * 4, "q/x&", 4);
	assert_int_equal(take(&r, "", body), OK);
	assert_int_equal(r.n_fields, 2000);
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 0.1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths), cmocka_unit_test(queries), cmocka_unit_test(too_many_fields), cmocka_unit_test(cookies),
		cmocka_unit_test(multiparts), cmocka_unit_test(broken_multiparts), cmocka_unit_test(route_matching),
		cmocka_unit_test(declared_fields), cmocka_unit_test(wrong_values_are_problems), cmocka_unit_test(dates_in_three_fields),
		cmocka_unit_test(repeated_keys_are_linear),
	};
	int failed;

	arena = arena_new(16 << 20);
	failed = RUN_TESTS(tests);
	arena_free(arena);
	return failed;
}
