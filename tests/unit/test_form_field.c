/* SPDX-License-Identifier: Apache-2.0
 *
 * Real instruments of ../shared (skipped where that is absent): imported, filled in by a
 * program that knows only each question's type, shown as a page, posted back as a browser
 * would, found without a problem, and the same after a round trip through JSON. */
#include "unit.h"

#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/text.h"
#include "country/spreadsheet.h"
#include "country/xlsform.h"
#include "form_help.h"
#include "view/asset.h"
#include "view/form_view.h"
#include "view/format.h"

#define FIELD "../shared/data/xlsforms/field/"
#define MAX_POSTED 2000

static struct arena *arena;
static struct why why;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(256 << 20);
	why = (struct why){ 0 };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct form *import(const char *file)
{
	struct xlsform_report report = { .file = file };
	struct heard heard = { 0 };
	struct workbook *workbook = workbook_load(arena, file, &why);
	assert_non_null(workbook);
	char *json = xlsform_import(arena, workbook, &report);
	assert_non_null(json);
	buf_init(&heard.text, 100000);
	struct form *form = form_load(arena, "field", json, strlen(json), hear, &heard);
	if (!form)
		print_message("# %s\n", heard.text.p);
	buf_free(&heard.text);
	assert_non_null(form);
	return form;
}

static bool is_good(struct answers *answers, const struct node *node)
{
	answers_update(answers, &why);
	return answers_check(answers, node, arena).n == 0;
}

static bool try_values(struct answers *answers, struct node *node, const char *const *values)
{
	for (size_t i = 0; values[i]; i++) {
		assert_int_equal(answers_set(answers, answers_path(node, arena), values[i]), OK);
		if (is_good(answers, node))
			return true;
	}
	return false;
}

static bool try_choices(struct answers *answers, struct node *node)
{
	const struct choice **choice;
	size_t n = answers_choices(answers, node, &choice, arena);
	const char **values = arena_array(arena, const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		values[i] = choice[i]->name;
	return n == 0 || try_values(answers, node, values);
}

/* True when the answer is good. A select that has nothing open waits for others. */
static bool fill_one(struct answers *answers, struct node *node)
{
	static const char *const whole[] = { "1", "2", "30", "65", "0", "5", "10", "18", "100", "120", "1990", "7", NULL };
	static const char *const fraction[] = { "1.5", "10", "50.5", "100", "0.5", "20", "70", NULL };
	static const char *const day[] = { "2026-11-17", "2026-11-01", "1990-05-05", "2020-01-01", "2030-01-01", NULL };
	static const char *const words[] = { "Answer \"<&>'\"", "Ani", "12345", "1", "077123456", NULL };
	static const char *const rest[][2] = { { "10:30", NULL }, { "2026-11-17T10:30", NULL }, { "40.79 43.85", NULL }, { "OK", NULL }, { "photo.jpg", NULL } };
	switch (node->question->type) {
	case Q_INTEGER: case Q_RANGE:
		return try_values(answers, node, whole);
	case Q_DECIMAL:
		return try_values(answers, node, fraction);
	case Q_DATE:
		return try_values(answers, node, day);
	case Q_SELECT_ONE: case Q_SELECT_MULTIPLE:
		return try_choices(answers, node);
	case Q_TIME:
		return try_values(answers, node, rest[0]);
	case Q_DATETIME:
		return try_values(answers, node, rest[1]);
	case Q_GEOPOINT:
		return try_values(answers, node, rest[2]);
	case Q_ACKNOWLEDGE:
		return try_values(answers, node, rest[3]);
	case Q_IMAGE: case Q_FILE:
		return try_values(answers, node, rest[4]);
	default:
		return try_values(answers, node, words);
	}
}

static size_t fill_below(struct answers *answers, struct node *node)
{
	size_t n = 0;
	if (!node->is_relevant)
		return 0;
	const struct question *q = node->question;
	if (q && question_is_asked(q) && q->type != Q_NOTE && !*node->value && !answers_is_read_only(answers, node)) {
		if (!fill_one(answers, node))
			print_message("# no good answer found: %s\n", q->path);
		n += *node->value != 0;
	}
	for (struct node *child = node->first; child; child = child->next)
		n += fill_below(answers, child);
	return n;
}

static struct expr_env make_env(void)
{
	struct expr_env env = { .arena = arena, .zone = "UTC", .language = "en" };
	instant_parse("2026-11-17T05:12:00Z", &env.now);
	return env;
}

static size_t fill(struct answers *answers)
{
	const struct form *form = answers->form;
	size_t total = 0;
	for (size_t i = 0; i < form->n_questions; i++)
		if (form->question[i]->type == Q_REPEAT && !form->question[i]->is_in_repeat)
			for (int k = 0; k < 2; k++)
				answers_add_repeat(answers, form->question[i]->path);
	answers_update(answers, &why);
	for (size_t n = 1; n; total += n)
		n = fill_below(answers, answers->root);
	return total;
}

/* --- a browser, as far as forms go */

static char *unescape(const char *text, size_t length)
{
	static const char *const entity[][2] = { { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" }, { "&amp;", "&" } };
	char *out = arena_alloc(arena, length + 1), *to = out;
	for (const char *p = text; p < text + length;) {
		size_t i = 0;
		while (i < 5 && strncmp(p, entity[i][0], strlen(entity[i][0])) != 0)
			i++;
		*to++ = i < 5 ? *entity[i][1] : *p;
		p += i < 5 ? strlen(entity[i][0]) : 1;
	}
	return out;
}

/* Value of an attribute of the tag at p, NULL without. */
static char *attribute(const char *p, const char *name)
{
	const char *end = strchr(p, '>'), *at = strstr(p, arena_printf(arena, " %s=\"", name));
	if (!at || at > end)
		return NULL;
	at += strlen(name) + 3;
	return unescape(at, (size_t)(strchr(at, '"') - at));
}

static bool has(const char *p, const char *word)
{
	const char *at = strstr(p, word), *end = strchr(p, '>');
	return at && at < end;
}

static size_t submit(const char *html, struct form_posted *posted)
{
	size_t n = 0;
	const char *select = NULL;
	for (const char *p = strchr(html, '<'); p; p = strchr(p + 1, '<')) {
		assert_true(n < MAX_POSTED);
		const char *name = attribute(p, "name");
		if (!strncmp(p, "<select", 7))
			select = name;
		else if (!strncmp(p, "<option", 7) && has(p, " selected"))
			posted[n++] = (struct form_posted){ select, attribute(p, "value") };
		else if (!strncmp(p, "<textarea", 9))
			posted[n++] = (struct form_posted){ name, unescape(strchr(p, '>') + 1, (size_t)(strstr(p, "</textarea") - strchr(p, '>') - 1)) };
		else if (!strncmp(p, "<input", 6) && !has(p, "type=\"file\"") && (has(p, " checked") || (!has(p, "type=\"radio\"") && !has(p, "type=\"checkbox\""))))
			posted[n++] = (struct form_posted){ name, attribute(p, "value") };
	}
	return n;
}

static const char *show(const struct answers *answers)
{
	struct form_view_options options = { .today = "2026-11-17" };
	struct view *view = view_new(arena);
	struct buf out;
	buf_init(&out, 8 << 20);
	form_view_pages(view, NULL, answers, NULL, &options);
	form_view_page(view, NULL, answers, NULL, &options);
	form_view_summary(view, NULL, answers, NULL, &options);
	form_view_score(view, NULL, answers, &options);
	assert_int_equal(view_render(view, "bundle_form", &out, &why), OK);
	const char *html = arena_strdup(arena, out.p), *wrong = unbalanced(html);
	buf_free(&out);
	if (wrong)
		print_message("# not closed: %.80s\n", wrong);
	assert_null(wrong);
	return html;
}

static void copy_uploads(const struct answers *from, struct answers *to, const struct node *node)
{
	if (node->question && (node->question->type == Q_IMAGE || node->question->type == Q_FILE) && *node->value)
		answers_set(to, answers_path(node, arena), node->value);
	for (const struct node *child = node->first; child; child = child->next)
		copy_uploads(from, to, child);
}

/* A browser only has what is on the page: what appears with an answer comes with the next post. */
static void post_until_full(const struct answers *full, struct answers *again)
{
	struct form_view_options options = { .today = "2026-11-17" };
	struct form_posted *posted = arena_array(arena, struct form_posted, MAX_POSTED);
	size_t n = submit(show(full), posted);
	for (size_t i = 0; i < again->form->n_questions; i++)
		if (again->form->question[i]->type == Q_REPEAT && !again->form->question[i]->is_in_repeat)
			for (int k = 0; k < 2; k++)
				answers_add_repeat(again, again->form->question[i]->path);
	for (int i = 0; i < 4; i++) {
		/* counted repeats grow with their count: what has no place yet is posted again */
		for (size_t k = 0; k < n; k++)
			form_view_post(again, &options, 1, &posted[k], &why);
		why = (struct why){ 0 };
		assert_int_equal(form_view_post(again, &options, i == 3 ? n : 0, posted, &why), OK);
		answers_update(again, &why);
	}
	copy_uploads(full, again, full->root);
	answers_update(again, &why);
}

static void instrument(const char *name, size_t at_least)
{
	const char *file = arena_printf(arena, FIELD "%s", name);
	if (access(file, R_OK))
		skip();
	struct form *form = import(file);
	struct expr_env env = make_env();
	struct answers *answers = answers_new(arena, form, &env);
	show(answers);
	size_t n = fill(answers);
	struct answer_problems problems = answers_check(answers, NULL, arena);
	for (size_t i = 0; i < problems.n; i++)
		print_message("# %s: %s\n", problems.item[i].path, problems.item[i].message);
	assert_int_equal(problems.n, 0);
	print_message("# %s: %zu of %zu questions answered\n", name, n, form->n_questions);
	assert_true(n >= at_least);
	const char *json = answers_to_json(answers, arena);
	struct answers *read = answers_from_json(arena, form, &env, json, &why);
	assert_non_null(read);
	answers_update(read, &why);
	assert_string_equal(answers_to_json(read, arena), json);
	struct answers *posted = answers_new(arena, form, &env);
	post_until_full(answers, posted);
	assert_string_equal(answers_to_json(posted, arena), json);
}

static void older_people(void **state) { (void)state; instrument("older-people-rapid-assessment.xlsx", 60); }
static void household(void **state) { (void)state; instrument("household-multilingual-demo.xlsx", 15); }
static void measurement(void **state) { (void)state; instrument("measurement-standardisation.xlsx", 4); }
static void village(void **state) { (void)state; instrument("village-cascading-areas.xlsx", 4); }

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = { T(older_people), T(household), T(measurement), T(village) };
	format_use("en", "UTC");
	if (asset_open("tests/view/manifest", &why) || view_open("tests/view/templates", &why)) {
		print_message("# %s\n", why.detail);
		return 1;
	}
	return RUN_TESTS(tests);
}
