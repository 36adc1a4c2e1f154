/* SPDX-License-Identifier: Apache-2.0
 *
 * The four field instruments, from spreadsheet to submitted answers: each is imported, filled
 * question by question as a person would who answers whatever is asked, and must end without
 * a problem. Forms that nobody here wrote, so that the engine is measured by others' habits. */
#include <stdio.h>
#include <stdlib.h>

#include "country/xlsform.h"
#include "form/answers.h"
#include "unit.h"

#include <unistd.h>

static void hear(void *data, int line, int column, const char *format, ...)
{
	va_list args;
	(void)data;
	va_start(args, format);
	print_message("# %d:%d ", line, column);
	vprint_message(format, args);
	va_end(args);
}

static struct form *import(struct arena *arena, const char *path)
{
	struct why why = { 0 };
	struct xlsform_report report = { 0 };
	struct workbook *workbook = workbook_load(arena, path, &why);
	assert_string_equal(why.detail, "");
	char *json = xlsform_import(arena, workbook, &report);
	assert_non_null(json);
	struct form *form = form_load(arena, "field", json, strlen(json), hear, NULL);
	assert_non_null(form);
	return form;
}

/* Something that fits the question: what a constraint may still refuse is tried in `try`. */
static const char *value_for(const struct answers *answers, const struct node *node, struct arena *arena, int try)
{
	static const char *const numbers[] = { "1", "2", "60", "100", "150", "5", "999", "0", "10" };
	const struct question *q = node->question;
	const struct choice **choice;
	size_t n;
	switch (q->type) {
	case Q_SELECT_ONE: case Q_SELECT_MULTIPLE:
		n = answers_choices(answers, node, &choice, arena);
		return n ? choice[(size_t)try % n]->name : "";
	case Q_INTEGER: case Q_DECIMAL:
		return numbers[try % 9];
	case Q_DATE:
		return "2026-11-17";
	case Q_GEOPOINT:
		return "40.7894 43.8475";
	default:
		return try % 2 ? "Anahit" : "Answer";
	}
}

/* Answers what is asked and empty; true when there was something. */
static bool fill(struct answers *answers, const struct node *node, struct arena *arena)
{
	bool any = false;
	for (struct node *child = node->first; child; child = child->next) {
		const struct question *q = child->question;
		if (!child->is_relevant || !q)
			continue;
		if (child->first)
			any |= fill(answers, child, arena);
		else if (question_is_asked(q) && q->type != Q_NOTE && !*child->value && !q->read_only) {
			const char *value = value_for(answers, child, arena, 0);
			assert_int_equal(answers_set(answers, answers_path(child, arena), value), OK);
			any |= *value != '\0';
		}
	}
	return any;
}

static size_t try_again(struct answers *answers, struct arena *arena, int try)
{
	struct answer_problems problems = answers_check(answers, NULL, arena);
	for (size_t i = 0; i < problems.n; i++)
		answers_set(answers, problems.item[i].path, value_for(answers, problems.item[i].node, arena, try));
	return problems.n;
}

/* Returns the number of problems that are left. */
static size_t fill_and_check(struct answers *answers, struct arena *arena)
{
	struct why why = { 0 };
	size_t left = 1;
	for (int round = 0; round < 12 && left; round++) {
		for (int i = 0; i < 40; i++) {
			assert_int_equal(answers_update(answers, &why), OK);
			if (!fill(answers, answers->root, arena))
				break;
		}
		left = try_again(answers, arena, round + 1);
	}
	struct answer_problems problems = answers_check(answers, NULL, arena);
	for (size_t i = 0; i < problems.n; i++)
		print_message("# %s: %s\n", problems.item[i].path, problems.item[i].message);
	return problems.n;
}

/* Real instruments are read in place and never committed: without ../shared there is nothing to fill. */
#define FIELD "../shared/data/xlsforms/field/"

/* Answers given beforehand, in their order; a path without a value adds an instance of a repeat. */
static struct answers *filled(struct arena *arena, const char *file, const char *const (*given)[2])
{
	struct form *form = import(arena, arena_printf(arena, FIELD "%s", file));
	struct expr_env env = { .arena = arena, .zone = "UTC", .language = "en", .now = 1795000000 };
	struct answers *answers = answers_new(arena, form, &env);
	struct why why = { 0 };
	for (; given && (*given)[0]; given++) {
		assert_int_equal((*given)[1] ? answers_set(answers, (*given)[0], (*given)[1]) : answers_add_repeat(answers, (*given)[0]), OK);
		assert_int_equal(answers_update(answers, &why), OK);
	}
	assert_int_equal(fill_and_check(answers, arena), 0);
	char *json = answers_to_json(answers, arena);
	struct answers *again = answers_from_json(arena, form, &env, json, &why);
	assert_non_null(again);
	assert_string_equal(json, answers_to_json(again, arena));
	return answers;
}

static const char *answer(const struct answers *answers, const char *path)
{
	const struct node *node = answers_find(answers, path);
	return node ? node->value : "(none)";
}

static void older_people(void **state)
{
	if (access(FIELD, R_OK) != 0)
		skip();
	static const char *const yes[][2] = { { "admin/ad2", "3" }, { "admin/ad4", "1" }, { NULL, NULL } }, *const no[][2] = { { "admin/ad4", "2" }, { NULL, NULL } };
	struct arena *arena = arena_new(512u << 20);
	(void)state;
	struct answers *answers = filled(arena, "older-people-rapid-assessment.xlsx", yes);
	assert_false(answers_find(answers, "consent")->is_relevant);
	assert_true(answers_find(answers, "wash")->is_relevant);
	assert_string_equal(answer(answers, "wash/w1"), "1");
	answers = filled(arena, "older-people-rapid-assessment.xlsx", no);
	assert_false(answers_find(answers, "wash")->is_relevant);
	assert_true(answers_find(answers, "consent")->is_relevant);
	arena_free(arena);
}

static void household(void **state)
{
	if (access(FIELD, R_OK) != 0)
		skip();
	static const char *const given[][2] = { { "available", "yes" }, { "consent_group/begin_interview", "yes" }, { "your_name", "Anna" }, { "name_typed", "Anna" },
		{ "witness_manual", "Anna" }, { "hh_rpt", NULL },
		{ "hh_rpt[1]/mb_grp/age", "34" }, { "hh_rpt[1]/nm_grp/firstname_raw", "Sara" }, { "hh_rpt[1]/mb_grp/relationship", "head" }, { NULL, NULL } };
	struct arena *arena = arena_new(512u << 20);
	(void)state;
	struct answers *answers = filled(arena, "household-multilingual-demo.xlsx", given);
	assert_string_equal(answer(answers, "num_HH_members"), "1");
	assert_string_equal(answer(answers, "heads"), "1");
	assert_string_equal(answer(answers, "names"), "Sara");
	arena_free(arena);
}

static void standardisation(void **state)
{
	if (access(FIELD, R_OK) != 0)
		skip();
	static const char *const given[][2] = { { "adminData/repeatNum", "3" }, { NULL, NULL } };
	struct arena *arena = arena_new(512u << 20);
	(void)state;
	struct answers *answers = filled(arena, "measurement-standardisation.xlsx", given);
	assert_int_equal(node_count(answers->root, "repeat1"), 3);
	assert_string_not_equal(answer(answers, "repeat1[3]/guard1/anthroData/weight"), "(none)");
	arena_free(arena);
}

static void village(void **state)
{
	if (access(FIELD, R_OK) != 0)
		skip();
	static const char *const given[][2] = { { "cid", "2" }, { "did", "16" }, { NULL, NULL } };
	struct arena *arena = arena_new(512u << 20);
	const struct choice **choice;
	(void)state;
	struct answers *answers = filled(arena, "village-cascading-areas.xlsx", given);
	assert_string_equal(answer(answers, "county"), "Grand Bassa");
	assert_int_equal(answers_choices(answers, answers_by_name(answers, "did"), &choice, arena), 7);
	assert_string_equal(choice[0]->label.string[0], "District # 1");
	assert_string_not_equal(answer(answers, "eid"), "");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(older_people), cmocka_unit_test(household), cmocka_unit_test(standardisation), cmocka_unit_test(village),
	};
	return RUN_TESTS(tests);
}
