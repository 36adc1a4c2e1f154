/* SPDX-License-Identifier: Apache-2.0
 *
 * Hostile expressions end quickly with words; parse problems say where; ordinary ones are fast. */
#include "expr_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static char *repeated(const char *start, const char *piece, size_t n, const char *end)
{
	size_t length = strlen(piece);
	char *text = malloc(strlen(start) + n * length + strlen(end) + 1), *at = stpcpy(text, start);
	for (size_t i = 0; i < n; i++)
		at = stpcpy(at, piece);
	strcpy(at, end);
	return text;
}

/* Parsed or refused, evaluated or refused: never a crash, never long. */
static const char *answer(struct arena *arena, const char *xml, char *text)
{
	struct rows rows = { .xml = xml };
	struct expr_env env = rows_env(arena, &rows);
	const char *result = rows_answer(&env, text);
	free(text);
	return result;
}

static void long_and_deep(void **state)
{
	(void)state;
	struct arena *arena = arena_new(256 << 20);
	assert_string_equal(answer(arena, NULL, repeated("1", " + 1", 900, "")), "901");
	assert_null(answer(arena, NULL, repeated("1", " + 1", 5000, "")));
	assert_null(answer(arena, NULL, repeated("1", " + 1", 50000, "")));
	char *closing = repeated("2", ")", 100, ""), *many = repeated("", "x", 5001, "");
	assert_string_equal(answer(arena, NULL, repeated("", "if(0, 1, ", 100, closing)), "2");
	assert_null(answer(arena, NULL, repeated("", "(", 5000, "")));
	assert_null(answer(arena, NULL, repeated("", "not(", 5000, "")));
	assert_null(answer(arena, NULL, repeated("", "a[", 5000, "")));
	assert_string_equal(answer(arena, NULL, repeated("", "-", 5001, "1")), "-1");
	assert_string_equal(answer(arena, NULL, repeated("/data", "/..", 5000, "")), "");
	assert_string_equal(answer(arena, NULL, repeated("concat('x'", ", 'x'", 5000, ")")), many);
	free(closing);
	free(many);
	arena_free(arena);
}

static void greedy(void **state)
{
	(void)state;
	struct arena *arena = arena_new(256 << 20);
	char *xml = repeated("<data>", "<a><b/></a>", 2000, "</data>");
	assert_string_equal(answer(arena, xml, repeated("count(", "//*", 1, ")")), "4001");
	assert_null(answer(arena, xml, repeated("count(", "//*[count(//*) > 1]", 1, ")")));
	assert_null(answer(arena, xml, repeated("count(//*", "/preceding::*", 3, ")")));
	assert_null(answer(arena, xml, repeated("", "//*[//*[//*[", 1, "1]]]")));
	assert_null(answer(arena, xml, repeated("//* = //*[. != '']", " or //b != //a", 3, " or //a < //b")));
	free(xml);
	xml = repeated("<data><a>", "x", 1 << 20, "</a></data>");
	assert_null(answer(arena, xml, repeated("string-length(concat(a", ", a", 20, "))")));
	assert_null(answer(arena, xml, repeated("", "regex(a, 'x*')", 1, "")));
	assert_null(answer(arena, xml, repeated("string-length(translate(a, '", "abcdefghij", 100, "', 'x'))")));
	free(xml);
	arena_free(arena);
}

static void check_problem(struct arena *arena, const char *text, size_t offset, const char *words)
{
	struct expr_problem problem;
	assert_null(expr_parse(arena, text, &problem));
	assert_int_equal(problem.offset, offset);
	assert_non_null(strstr(problem.message, words));
}

static void problems(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	check_problem(arena, "", 0, "empty");
	check_problem(arena, "1 +", 3, "ends");
	check_problem(arena, "${a} > 'b", 7, "never closed");
	check_problem(arena, "selectd(${a}, 'x')", 0, "did you mean selected()");
	check_problem(arena, "1 + if(1, 2)", 4, "if() needs 3 arguments, here it has 2");
	check_problem(arena, "selected(1, 2, 3)", 0, "takes 2 arguments");
	check_problem(arena, "$a + 1", 0, "variables");
	check_problem(arena, "a = b c", 6, "operator");
	check_problem(arena, "(1 + 2", 6, ") is missing");
	check_problem(arena, "a[1", 3, "] is missing");
	check_problem(arena, "1)", 1, "closes nothing");
	check_problem(arena, "1 = 'x' == 2", 9, "expected");
	check_problem(arena, "a ! b", 2, "not(");
	check_problem(arena, "x = \xE2\x80\x9Cyes\xE2\x80\x9D", 4, "typographic");
	check_problem(arena, "other::a", 0, "axis");
	arena_free(arena);
}

/* About 1 µs each without sanitizers; here only that nothing became slow by orders of magnitude. */
static void speed(void **state)
{
	(void)state;
	struct arena *arena = arena_new(256 << 20);
	char *xml = repeated("<data><yes>yes</yes><severity>4</severity><group>", "<q>1</q>", 200, "</group><last>x</last></data>");
	struct rows rows = { .xml = xml, .context = "/data/group/q[100]" };
	struct expr_env env = rows_env(arena, &rows);
	struct expr_problem problem;
	struct expr *expr = expr_parse(arena, "${severity} >= 3 and (${yes} = 'yes' or selected(${last}, 'x'))", &problem);
	struct timespec from, to;
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 0; i < 10000; i++) {
		struct value value;
		struct why why = { 0 };
		assert_int_equal(expr_eval(expr, &env, &value, &why), OK);
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	double us = ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / 10000 / 1000;
	print_message("# %.2f µs an evaluation\n", us);
	assert_true(us < 200);
	free(xml);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_and_deep), cmocka_unit_test(greedy), cmocka_unit_test(problems), cmocka_unit_test(speed),
	};
	return RUN_TESTS(tests);
}
