/* SPDX-License-Identifier: Apache-2.0
 *
 * form_load: what it builds, and that each mistake is told at its line and column.
 * JSON here is written with ' for " and ` for '. */
#include "unit.h"

#include "form/json.h"
#include "form_help.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void expect_problem(const char *json, const char *problem)
{
	struct heard heard;
	struct form *form = load_form(arena, json, &heard);
	if (form || !strstr(heard.text.p, problem))
		print_message("# wanted: %s\n# heard: %s\n", problem, heard.text.p);
	assert_null(form);
	assert_non_null(strstr(heard.text.p, problem));
	buf_free(&heard.text);
}

static struct form *good_form(const char *json)
{
	struct heard heard;
	struct form *form = load_form(arena, json, &heard);
	if (!form)
		print_message("# heard: %s\n", heard.text.p);
	assert_non_null(form);
	buf_free(&heard.text);
	return form;
}

static struct json *read_text(const char *text, struct heard *heard)
{
	struct json_report report = { .arena = arena, .problem = hear, .data = heard };
	*heard = (struct heard){ 0 };
	buf_init(&heard->text, 10000);
	return json_read(&report, text, strlen(text));
}

static void json_knows_positions(void **state)
{
	struct heard heard;
	(void)state;
	struct json *root = read_text("{\n  \"ab\": [1, \"Հա\", true],\n\t\"c\": {\"d\": -1.5e2}\n}", &heard);
	assert_non_null(root);
	const struct json *list = json_get(root, "ab"), *c = json_get(root, "c");
	assert_int_equal(list->key_column, 3);
	assert_int_equal(list->line, 2);
	assert_int_equal(list->column, 9);
	assert_int_equal(list->first->next->column, 13);
	assert_int_equal(list->first->next->next->column, 19); /* columns count characters, not bytes */
	assert_int_equal(c->line, 3);
	assert_true(json_get(c, "d")->number == -150);
	buf_free(&heard.text);
}

static void json_counts_escapes_in_columns(void **state)
{
	struct heard heard;
	(void)state;
	struct json *root = read_text("[\"a\\\"b\\u00e9\\ud83d\\ude00c\"]", &heard);
	assert_non_null(root);
	assert_string_equal(root->first->string, "a\"b\xC3\xA9\xF0\x9F\x98\x80" "c");
	assert_int_equal(json_column_at(root->first, 0), 3);
	assert_int_equal(json_column_at(root->first, 2), 6);   /* b, after a and \" */
	assert_int_equal(json_column_at(root->first, 9), 25);  /* c */
	buf_free(&heard.text);
}

static void json_refuses(void **state)
{
	static const char *const bad[][2] = {
		{ "{\"a\":1,\n\"a\":2}", "2:1 \"a\" stands here a second time; the first is on line 1" },
		{ "[NaN]", "1:2 a value is expected" }, { "[1,]", "1:4 a value is expected" }, { "[01]", "1:2 this is not a number" },
		{ "[1e999]", "1:2 this is not a number" }, { "['a']", "1:2 a value" }, { "[\"a\nb\"]", "1:4 the text is not closed on its line" },
		{ "[\"\\u0000\"]", "control character" }, { "[\"\\ud800\"]", "half a surrogate" }, { "[\"\\x\"]", "a backslash must be" },
		{ "{\"a\" 1}", "1:6 a colon" }, { "[1 2]", "1:4 a comma or ]" }, { "[1] x", "1:5 nothing may follow" }, { "", "1:1 the file ends" },
		{ "[\"\xC0\xAF\"]", "1:3 the file is not UTF-8" }, { "[\n\"\xED\xA0\x80\"]", "2:2 the file is not UTF-8" }, { "[\"abc", "not closed" },
		{ "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]", "1:33 nested deeper" }, { "// c\n1", "1:1 a value" }, { "\"\\", "a backslash" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct heard heard;
		assert_null(read_text(bad[i][0], &heard));
		if (!strstr(heard.text.p, bad[i][1]))
			print_message("# %s: wanted %s, heard %s\n", bad[i][0], bad[i][1], heard.text.p);
		assert_non_null(strstr(heard.text.p, bad[i][1]));
		buf_free(&heard.text);
	}
}

#define ONE(question) "{'title':'T','survey':[" question "]}"

static void form_is_built(void **state)
{
	(void)state;
	struct form *form = good_form(
		"{'title':'Visit','version':'3','kind':'assessment','choices':{'level':[{'name':'1','label':'Safe','score':1,'meaning':5,'region':'n'},{'name':'2','label':'Bad','meaning':1}]},"
		"'survey':[{'type':'group','name':'home','label':'Home','dimension':'housing','sensitivity':'violence','questions':["
		"{'type':'select_one level or_other','name':'severity','label':'How safe','required':true,'appearance':'levels'},"
		"{'type':'integer','name':'rooms','label':{'hy':'Սենյակ','English (en)':'Rooms'},'constraint':'. > 0'}]},"
		"{'type':'repeat','name':'people','label':'Person','questions':[{'type':'text','name':'given','label':'Name'}]}],"
		"'scores':[{'name':'housing','dimension':'housing','calculation':'${severity}','bands':[{'name':'a','min':1,'max':1},{'name':'b','min':2,'max':2}]}]}");
	const struct question *severity = form_question(form, "severity"), *other = form_question(form, "severity_other");
	assert_int_equal(form->n_questions, 6);
	assert_int_equal(severity->type, Q_SELECT_ONE);
	assert_string_equal(severity->path, "home/severity");
	assert_string_equal(severity->dimension, "housing");
	assert_string_equal(severity->sensitivity, "violence");
	assert_int_equal(severity->choices->n, 3);
	assert_int_equal(form_list(form, "level")->n, 2);
	assert_non_null(other);
	assert_string_equal(form->list[0].choice[0].column[0], "region");
	assert_true(form_question(form, "given")->is_in_repeat);
	assert_string_equal(text_in(&form_question(form, "rooms")->label, "en", NULL), "Rooms");
	assert_string_equal(text_in(&form_question(form, "rooms")->label, "ru", NULL), "Սենյակ");
	assert_int_equal(form->score[0].n_sources, 1);
	assert_true(form->score[0].scale_max == 2);
	assert_int_equal(strlen(form->digest), 64);
	assert_null(form_question(form, "nobody"));
}

static void every_question_type_loads(void **state)
{
	(void)state;
	for (int type = 0; type < Q_COUNT; type++) {
		const char *name = question_type_name((enum question_type)type);
		bool has_list = type == Q_SELECT_ONE || type == Q_SELECT_MULTIPLE || type == Q_RANK;
		bool has_inside = type == Q_GROUP || type == Q_REPEAT;
		good_form(arena_printf(arena, "{'title':'T','choices':{'l':[{'name':'a','label':'A'}]},'survey':[{'type':'%s%s','name':'x','label':'X'%s%s}]}",
		                       name, has_list ? " l" : "", has_inside ? ",'questions':[{'type':'text','name':'y','label':'Y'}]" : "",
		                       type == Q_CALCULATE ? ",'calculation':'1'" : ""));
	}
}

static void mistakes_in_questions(void **state)
{
	(void)state;
	expect_problem(ONE("{'type':'txt','name':'a','label':'A'}"), "1:32 no question type is named \"txt\"; is \"text\" meant?");
	expect_problem(ONE("{'type':'begin_group','name':'a','label':'A'}"), "is \"group\" meant?");
	expect_problem(ONE("{'type':'text','name':'a','labl':'A'}"), "\"labl\" is not known here; is \"label\" meant?");
	expect_problem(ONE("{'type':'text','name':'a'}"), "wants a \"label\"");
	expect_problem(ONE("{'type':'text','label':'A'}"), "1:24 \"name\" is missing");
	expect_problem(ONE("{'type':'text','name':'1 a','label':'A'}"), "a name starts with a letter");
	expect_problem(ONE("{'type':'text','name':'a','label':'A'},\n{'type':'note','name':'a','label':'B'}"), "2:23 \"a\" stands here a second time; the first is on line 1");
	expect_problem(ONE("{'type':'select_one yes_no','name':'a','label':'A'}"), "no list of choices is named \"yes_no\"");
	expect_problem("{'title':'T','choices':{'yes_no':[{'name':'y'}]},'survey':[{'type':'select_one yesno','name':'a','label':'A'}]}", "is \"yes_no\" meant?");
	expect_problem("{'title':'T','choices':{'l':[{'name':'y'},\n{'name':'y'}]},'survey':[{'type':'select_one l','name':'a','label':'A'}]}", "2:9 choice \"y\" stands in \"l\" twice");
	expect_problem("{'title':'T','choices':{'l':[{'name':'y','meaning':7}]},'survey':[{'type':'select_one l','name':'a','label':'A'}]}", "1:52 \"meaning\" goes from 1");
	expect_problem(ONE("{'type':'range','name':'a','label':'A','parameters':{'start':5,'end':1}}"), "must be above its \"start\"");
	expect_problem(ONE("{'type':'calculate','name':'a'}"), "without a \"calculation\"");
	expect_problem(ONE("{'type':'group','name':'a','questions':[]}"), "has no \"questions\"");
	expect_problem(ONE("{'type':'group','name':'g','required':true,'questions':[{'type':'note','name':'n','label':'N'}]}"), "a group has no \"required\"");
	expect_problem(ONE("{'type':'text','name':'a','label':'A','choice_filter':'x = 1'}"), "only questions with choices");
	expect_problem("{'title':'T'}", "\"survey\" must be a list");
	expect_problem("[]", "1:1 an object is expected");
}

static void mistakes_in_expressions(void **state)
{
	(void)state;
	expect_problem(ONE("\n{'type':'text','name':'a','label':'A','relevant':'1 + )'}"), "2:55 relevant: ");
	expect_problem(ONE("{'type':'text','name':'age','label':'A'},\n{'type':'text','name':'b','label':'B','relevant':'1 = 1 and ${agee} > 1'}"),
	               "2:61 no question is named \"agee\"; is \"age\" meant?");
	expect_problem(ONE("{'type':'text','name':'a','label':'A'},\n{'type':'note','name':'b','label':'Is it ${c}?'}"), "2:42 no question is named \"c\"");
	expect_problem(ONE("{'type':'calculate','name':'a','calculation':'${b}'},{'type':'calculate','name':'b','calculation':'${a}'}"), "goes in a circle: ");
	expect_problem(ONE("{'type':'text','name':'a','label':'A','relevant':'${a} = 1'}"), "goes in a circle: a → a");
	expect_problem(ONE("{'type':'group','name':'g','label':'G','relevant':'${x} = 1','questions':[{'type':'text','name':'x','label':'X'}]}"), "goes in a circle");
	expect_problem(ONE("{'type':'group','name':'g','label':'G','questions':[{'type':'text','name':'x','label':'X'}]},{'type':'group','name':'h','label':'H','questions':[{'type':'text','name':'x','label':'X'}]},"
	                   "{'type':'text','name':'b','label':'B','relevant':'${x} = 1'}"), "2 questions are named \"x\"");
}

#define SCORED(rest) "{'title':'T','survey':[{'type':'integer','name':'a','label':'A'}]," rest "}"

static void mistakes_in_scores_and_needs(void **state)
{
	(void)state;
	expect_problem(SCORED("'scores':[{'name':'s','calculation':'${b}'}]"), "no question is named \"b\"");
	expect_problem(SCORED("'scores':[{'name':'s'}]"), "has no \"calculation\"");
	expect_problem(SCORED("'scores':[{'name':'s','calculation':'${a}'},{'name':'s','calculation':'${a}'}]"), "two scores are named \"s\"");
	expect_problem(SCORED("'scores':[{'name':'s','calculation':'${a}','scale':[1,5],'bands':[{'name':'x','min':1,'max':3}]}]"), "the bands cover 1 to 3, the scale goes from 1 to 5");
	expect_problem(SCORED("'scores':[{'name':'s','calculation':'${a}','bands':[{'name':'x','min':1,'max':3},{'name':'y','min':6,'max':9}]}]"), "no band covers what lies between 3 and 6");
	expect_problem(SCORED("'scores':[{'name':'s','calculation':'${a}','bands':[{'name':'x','min':1,'max':3},{'name':'y','min':2,'max':9}]}]"), "must start after \"x\" ends");
	expect_problem(SCORED("'needs':[{'dimension':'d','when':'${a} > 1','statement':'aa'}]"), "no question is named \"aa\"");
	expect_problem(SCORED("'needs':[{'dimension':'d','when':'${a} > 1'}]"), "\"statement\" (a question) or \"fallback\"");
	expect_problem(SCORED("'needs':[{'dimension':'d','fallback':'x'}]"), "\"when\" is missing");
	expect_problem(SCORED("'strengths':[{'dimension':'d','when':'${z}','fallback':'x'}]"), "no question is named \"z\"");
}

static void bands_take_what_lies_between(void **state)
{
	(void)state;
	struct form *form = good_form(SCORED("'scores':[{'name':'s','calculation':'${a}','bands':[{'name':'low','min':1,'max':2},{'name':'high','min':3,'max':4}]}]"));
	const struct score *score = form_score(form, "s");
	assert_string_equal(score_band(score, 1)->name, "low");
	assert_string_equal(score_band(score, 2.5)->name, "low");
	assert_string_equal(score_band(score, 4)->name, "high");
	assert_null(score_band(score, 0.5));
	assert_null(score_band(score, 4.1));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(json_knows_positions), T(json_counts_escapes_in_columns), T(json_refuses), T(form_is_built), T(every_question_type_loads),
		T(mistakes_in_questions), T(mistakes_in_expressions), T(mistakes_in_scores_and_needs), T(bands_take_what_lies_between),
	};
	return RUN_TESTS(tests);
}
