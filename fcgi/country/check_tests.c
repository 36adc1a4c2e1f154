/* SPDX-License-Identifier: Apache-2.0
 *
 * The bundle's own tests: answers of an invented family, and the scores, bands, needs and
 * strengths they should give. Run by `compass check`, so that an author who changes a
 * form sees at once whose result moved. */
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "bundle_load.h"
#include "form/answers.h"
#include "pathway.h"

#define ANSWERS_MAX (512u << 10)

/* ---- answers as JSON text again, for answers_from_json ---- */

static void write_string(struct buf *out, const char *text)
{
	buf_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_char(out, '\\');
		if ((unsigned char)*text < 0x20)
			buf_printf(out, "\\u%04x", *text);
		else
			buf_char(out, *text);
	}
	buf_char(out, '"');
}

static void write_json(struct buf *out, const struct json *j)
{
	switch (j->kind) {
	case JSON_NULL: buf_str(out, "null"); return;
	case JSON_BOOLEAN: buf_str(out, j->boolean ? "true" : "false"); return;
	case JSON_NUMBER: buf_printf(out, "%.15g", j->number); return;
	case JSON_STRING: write_string(out, j->string); return;
	case JSON_ARRAY:
	case JSON_OBJECT:
		break;
	}
	buf_char(out, j->kind == JSON_ARRAY ? '[' : '{');
	for (json_each(item, j)) {
		if (item != j->first)
			buf_char(out, ',');
		if (j->kind == JSON_OBJECT) {
			write_string(out, item->key);
			buf_char(out, ':');
		}
		write_json(out, item);
	}
	buf_char(out, j->kind == JSON_ARRAY ? ']' : '}');
}

/* ---- comparing ---- */

struct run {
	struct loader *l;
	const struct form *form;
	const char *name;               /* of the case */
	struct answers *answers;
	struct outcome outcome;
};

static const struct score_result *result_of(struct run *run, const struct json *wanted)
{
	for (size_t i = 0; i < run->outcome.n_scores; i++)
		if (!strcmp(run->outcome.score[i].score->name, wanted->key))
			return &run->outcome.score[i];
	loader_error_key(run->l, wanted, "the form \"%s\" has no score \"%s\"%s", run->form->key, wanted->key,
	                 loader_hint_in(run->l, wanted->key, run->form->score, run->form->n_scores, sizeof *run->form->score));
	return NULL;
}

static void compare_scores(struct run *run, const struct json *wanted)
{
	for (json_each(score, wanted)) {
		const struct score_result *result = result_of(run, score);
		if (!result)
			continue;
		if (score->kind == JSON_NULL && result->is_scored)
			loader_error(run->l, score, "\"%s\": the score \"%s\" is %g, expected none", run->name, score->key, result->number);
		else if (score->kind == JSON_NUMBER && !result->is_scored)
			loader_error(run->l, score, "\"%s\": there is no score \"%s\", answers are missing; expected %g", run->name, score->key, score->number);
		else if (score->kind == JSON_NUMBER && fabs(result->number - score->number) > 1e-6)
			loader_error(run->l, score, "\"%s\": the score \"%s\" is %g, expected %g", run->name, score->key, result->number, score->number);
	}
}

static void compare_bands(struct run *run, const struct json *wanted)
{
	for (json_each(band, wanted)) {
		const struct score_result *result = result_of(run, band);
		if (!result)
			continue;
		const char *name = result->band ? result->band->name : "none", *expected = band->kind == JSON_STRING ? band->string : "none";
		if (strcmp(name, expected) != 0)
			loader_error(run->l, band, "\"%s\": the band of \"%s\" is \"%s\", expected \"%s\"", run->name, band->key, name, expected);
	}
}

static bool has_need(const struct run *run, bool is_strength, const char *dimension)
{
	for (size_t i = 0; i < run->outcome.n_needs; i++)
		if (run->outcome.need[i].rule->is_strength == is_strength && text_eq(run->outcome.need[i].rule->dimension, dimension))
			return true;
	return false;
}

static void compare_needs(struct run *run, const struct json *wanted, bool is_strength)
{
	const char *what = is_strength ? "strength" : "need";
	if (!wanted)
		return;
	for (json_each(dimension, wanted))
		if (!has_need(run, is_strength, dimension->string))
			loader_error(run->l, dimension, "\"%s\": no %s in \"%s\", expected one", run->name, what, dimension->string);
	for (size_t i = 0; i < run->outcome.n_needs; i++) {
		const struct need_rule *rule = run->outcome.need[i].rule;
		bool is_expected = rule->is_strength != is_strength;
		for (json_each(dimension, wanted))
			is_expected |= text_eq(dimension->string, rule->dimension);
		if (!is_expected)
			loader_error(run->l, wanted, "\"%s\": a %s in \"%s\" that is not expected", run->name, what, rule->dimension);
	}
}

static void compare_pathway(struct run *run, const struct json *wanted)
{
	const struct bundle *b = run->l->bundle;
	const struct pathway *pathway = wanted ? pathway_of(b, run->answers, run->l->scratch) : NULL;
	const char *name = pathway ? pathway->key : "none";
	if (wanted && wanted->kind == JSON_STRING && strcmp(name, wanted->string) != 0)
		loader_error(run->l, wanted, "\"%s\": the pathway is \"%s\", expected \"%s\"%s", run->name, name, wanted->string,
		             loader_hint_in(run->l, wanted->string, b->pathway, b->n_pathways, sizeof *b->pathway));
}

/* ---- running ---- */

static bool answer(struct run *run, const struct json *test, const struct json *json)
{
	struct loader *l = run->l;
	struct why why = { 0 };
	struct buf text;
	struct expr_env env = { .arena = l->scratch, .zone = l->bundle->zone, .language = "en" };
	const char *now = json_text(&l->report, test, "now", "2026-11-17T09:00");
	if (!instant_parse(now, &env.now))
		loader_error(l, json_get(test, "now"), "\"%s\" is no date and time; write it as 2026-11-17T09:00", now);
	buf_init(&text, ANSWERS_MAX);
	write_json(&text, json);
	struct answers *answers = answers_from_json(l->scratch, run->form, &env, text.p, &why);
	buf_free(&text);
	if (!answers || answers_update(answers, &why) != OK) {
		loader_error(l, json, "\"%s\": the answers do not fit the form: %s", run->name, why.detail);
		return false;
	}
	run->answers = answers;
	run->outcome = answers_outcome(answers, l->scratch);
	return true;
}

static void run_case(struct loader *l, const struct form *form, const struct json *test)
{
	struct run run = { .l = l, .form = form };
	run.name = json_get(test, "name")->string;
	const struct json *answers = json_object(&l->report, test, "answers"), *expect = json_object(&l->report, test, "expect");
	check_answers(l, form, answers);
	if (!answer(&run, test, answers))
		return;
	compare_scores(&run, json_object(&l->report, expect, "score"));
	compare_bands(&run, json_object(&l->report, expect, "band"));
	compare_needs(&run, json_array(&l->report, expect, "needs"), false);
	compare_needs(&run, json_array(&l->report, expect, "strengths"), true);
	compare_pathway(&run, json_get(expect, "pathway"));
}

void check_tests(struct loader *l)
{
	size_t n;
	const struct bundle_file **files = loader_files_in(l, "tests", ".json", &n);
	for (size_t i = 0; i < n; i++) {
		const struct json *test = files[i]->json;
		if (!test)
			continue;
		size_t before = l->n_errors;
		loader_check(l, test, test_shape);
		if (l->n_errors != before)
			continue;
		/* a parent's tests are of the parent's forms */
		const char *key = json_get(test, "form")->string;
		const struct bundle_file *form_file = loader_file(l, arena_printf(l->scratch, "forms/%s.json", key));
		const struct form *form = bundle_form(l->bundle, key);
		bool is_own = false;
		for (size_t j = 0; form_file && j < l->n_layers; j++)
			is_own |= layer_file(&l->layer[j], files[i]->name) == files[i] && layer_file(&l->layer[j], form_file->name) == form_file;
		if (!form)
			loader_error(l, json_get(test, "form"), "there is no form \"%s\"", key);
		for (json_each(item, form && (is_own || layer_file(&l->layer[0], files[i]->name) == files[i]) ? json_array(&l->report, test, "cases") : NULL))
			run_case(l, form, item);
	}
}
