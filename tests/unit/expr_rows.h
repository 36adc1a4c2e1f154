/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of expressions and what they answer. The semantics are those of the ODK XForms
 * specification, ODK's documentation, and the published test suites of its engines
 * (JavaRosa, openrosa-xpath-evaluator, web-forms). `answer` NULL: must be refused, when
 * it is parsed or when it is evaluated. */
#ifndef TESTS_UNIT_EXPR_ROWS_H
#define TESTS_UNIT_EXPR_ROWS_H

#include "unit.h"

#include <string.h>

#include "base/arena.h"
#include "form/expr.h"

struct row { const char *text, *answer; };

/* What the rows of one table see. */
struct rows {
	const char *xml;        /* NULL: <data/> */
	const char *context;    /* an expression that finds the context node; NULL: the root */
	const char *zone;       /* NULL: UTC */
	int64_t now;            /* 0: 2012-07-24T14:28:32Z */
};

static inline struct node *rows_read(struct arena *arena, const char *xml)
{
	struct why why = { 0 };
	struct node *root = NULL;
	xml = xml ? xml : "<data/>";
	enum err err = node_from_xml(arena, xml, strlen(xml), &root, &why);
	if (err != OK)
		print_error("# %s\n", why.detail);
	assert_int_equal(err, OK);
	return root;
}

/* The answer's text, or NULL when it was refused. */
static inline const char *rows_answer(const struct expr_env *env, const char *text)
{
	struct expr_problem problem;
	struct why why = { 0 };
	struct value value;
	struct expr *expr = expr_parse(env->arena, text, &problem);
	if (!expr)
		return assert_true(problem.message[0] && problem.offset <= strlen(text)), NULL;
	if (expr_eval(expr, env, &value, &why) != OK)
		return assert_true(why.detail[0] != '\0'), NULL;
	return value_string(&value, env->arena);
}

static inline struct node *rows_context(const struct expr_env *env, const char *text)
{
	struct expr_problem problem;
	struct why why = { 0 };
	struct value value;
	struct expr *expr = expr_parse(env->arena, text, &problem);
	assert_non_null(expr);
	assert_int_equal(expr_eval(expr, env, &value, &why), OK);
	assert_true(value.kind == VALUE_NODES && value.n > 0);
	return value.nodes[0];
}

static inline struct expr_env rows_env(struct arena *arena, const struct rows *rows)
{
	struct expr_env env = {
		.arena = arena, .zone = rows->zone ? rows->zone : "UTC", .language = "en", .now = rows->now ? rows->now : 1343140112,
	};
	env.root = env.context = rows_read(arena, rows->xml);
	if (rows->context)
		env.context = rows_context(&env, rows->context);
	return env;
}

static inline void rows_check(struct rows rows, const struct row *row, size_t n)
{
	struct arena *arena = arena_new(64 << 20);
	struct expr_env env = rows_env(arena, &rows);
	size_t wrong = 0;
	for (size_t i = 0; i < n; i++) {
		const char *answer = rows_answer(&env, row[i].text), *wanted = row[i].answer;
		if (answer && wanted ? strcmp(answer, wanted) == 0 : answer == wanted)
			continue;
		print_error("# %s\n#   is     %s\n#   wanted %s\n", row[i].text, answer ? answer : "(refused)", wanted ? wanted : "(refused)");
		wrong++;
	}
	arena_free(arena);
	assert_int_equal(wrong, 0);
}

/* ROWS(NO_DATA, { "1 + 1", "2" }, …) or ROWS(SEES(.xml = "<a/>"), …) */
#define SEES(...) ((struct rows){ __VA_ARGS__ })
#define NO_DATA SEES(.xml = NULL)
#define ROWS(sees, ...) \
	do { \
		static const struct row rows_of_table[] = { __VA_ARGS__ }; \
		rows_check(sees, rows_of_table, sizeof rows_of_table / sizeof rows_of_table[0]); \
	} while (0)

#endif
