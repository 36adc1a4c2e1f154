/* SPDX-License-Identifier: Apache-2.0
 *
 * Bundle forms on pages: every control is printed by parts/form.cs with balanced tags and
 * escaped values, restricted questions give nothing away, posted fields come back. */
#include "unit.h"

#include "base/date.h"
#include "form_help.h"
#include "view/asset.h"
#include "view/form_view.h"
#include "view/format.h"

static struct arena *arena;
static struct why why;
static struct view *view;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	why = (struct why){ 0 };
	view = view_new(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#define FORM "{'title':'Visit','choices':{" \
	"'level':[{'name':'1','label':'Safe','description':'Dry & warm','meaning':5},{'name':'2','label':'Poor','meaning':2},{'name':'3','label':'Bad','meaning':1}]," \
	"'yn':[{'name':'yes','label':'Yes <x>'},{'name':'no','label':'No'}],'colour':[{'name':'r','label':'Red'},{'name':'g','label':'Green'},{'name':'b','label':'Blue'}]}," \
	"'survey':[{'type':'group','name':'home','label':'Home','dimension':'housing','questions':[" \
	" {'type':'select_one level','name':'severity','label':'How safe?','hint':'Choose one','required':true,'appearance':'levels'}," \
	" {'type':'text','name':'what','label':'What you saw','appearance':'multiline'}," \
	" {'type':'note','name':'n1','label':'Level ${severity} seen'}," \
	" {'type':'text','name':'line','label':'<b>One</b> line<br/>**here** 1 < 2','guidance_hint':'Long advice'}," \
	" {'type':'integer','name':'rooms','label':'Rooms','required':true},{'type':'decimal','name':'area','label':'Area'}," \
	" {'type':'range','name':'pain','label':'Pain','parameters':{'start':0,'end':10,'step':2}}," \
	" {'type':'select_one yn','name':'damp','label':'Damp?'},{'type':'select_one yn','name':'mould','label':'Mould?','appearance':'likert'}," \
	" {'type':'select_one colour','name':'wall','label':'Wall','appearance':'minimal'},{'type':'select_multiple colour','name':'seen','label':'Seen'}," \
	" {'type':'rank colour','name':'order','label':'Order'},{'type':'date','name':'on','label':'On'},{'type':'time','name':'at','label':'At'}," \
	" {'type':'datetime','name':'meet','label':'Meet'},{'type':'geopoint','name':'place','label':'Place'},{'type':'image','name':'photo','label':'Photo'}," \
	" {'type':'acknowledge','name':'agree','label':'I agree','required':true},{'type':'phonenumber','name':'phone','label':'Phone'}," \
	" {'type':'text','name':'sum','label':'Sum','calculation':'${rooms} + 1'}," \
	" {'type':'group','name':'grid','label':'Grid','appearance':'table-list','questions':[{'type':'select_one yn','name':'g1','label':'Seeing'},{'type':'select_one yn','name':'g2','label':'Hearing','required':true}]}," \
	" {'type':'repeat','name':'people','label':'Person','hint':'All who live here','questions':[{'type':'text','name':'given','label':'Name','required':true}]}]}," \
	"{'type':'group','name':'safety','label':'Safety','sensitivity':'violence','dimension':'safety','questions':[{'type':'text','name':'secret','label':'What happened','required':true}," \
	" {'type':'select_one level','name':'danger','label':'Danger'}]}]," \
	"'scores':[{'name':'housing','label':'Housing','dimension':'housing','calculation':'${severity}','bands':[{'name':'ok','label':'Safe','min':1,'max':1,'meaning':5},{'name':'bad','label':'Bad','min':2,'max':3,'meaning':1}]}," \
	" {'name':'safety','label':'Safety','dimension':'safety','calculation':'${danger}'},{'name':'total','label':'All','calculation':'${severity} + ${danger}'}]," \
	"'needs':[{'dimension':'housing','when':'${severity} >= 2','statement':'what','severity':'severity','fallback':'Home'}]}"

static struct answers *start_form(const char *definition)
{
	struct heard heard;
	struct expr_env env = { .arena = arena, .zone = "UTC", .language = "en" };
	struct form *form = load_form(arena, definition, &heard);
	if (!form)
		print_message("# %s\n", heard.text.p);
	buf_free(&heard.text);
	assert_non_null(form);
	instant_parse("2026-11-17T05:12:00Z", &env.now);
	struct answers *answers = answers_new(arena, form, &env);
	answers_update(answers, &why);
	return answers;
}

static struct answers *start(void)
{
	return start_form(FORM);
}

static int tag_bit(const void *data, const char *tag)
{
	(void)data;
	return strcmp(tag, "violence") ? -1 : 3;
}

static const char *page_url(void *data, const char *name)
{
	(void)data;
	return arena_printf(arena, "/x/staff/form/%s", name);
}

static struct form_view_options make_options(void)
{
	return (struct form_view_options){ .sensitivity = 1 << 3, .tag_bit = tag_bit, .today = "2026-11-17", .page_url = page_url };
}

static void assert_balanced(const char *html)
{
	const char *wrong = unbalanced(html);
	if (wrong)
		print_message("# not closed: %.80s\n", wrong);
	assert_null(wrong);
}

static char *render(const struct answers *answers, const char *page, const struct form_view_options *options)
{
	struct buf out;
	buf_init(&out, 4 << 20);
	form_view_problems(view, answers, options);
	form_view_pages(view, NULL, answers, page, options);
	form_view_page(view, NULL, answers, page ? answers_find(answers, page) : NULL, options);
	form_view_summary(view, NULL, answers, NULL, options);
	form_view_score(view, NULL, answers, options);
	if (view_render(view, "bundle_form", &out, &why) != OK)
		print_message("# %s\n", why.detail);
	char *html = arena_strdup(arena, out.p);
	buf_free(&out);
	if (getenv("FORM_HTML")) {
		FILE *file = fopen(getenv("FORM_HTML"), "w");
		fputs(html, file);
		fclose(file);
	}
	assert_balanced(html);
	return html;
}

static void expect(const char *html, const char *part)
{
	if (!strstr(html, part))
		print_message("# missing: %s\n", part);
	assert_non_null(strstr(html, part));
}

static void refuse(const char *html, const char *part)
{
	if (strstr(html, part))
		print_message("# there: %.200s\n", strstr(html, part));
	assert_null(strstr(html, part));
}

static void every_control_is_printed(void **state)
{
	(void)state;
	struct answers *answers = start();
	struct form_view_options options = make_options();
	answers_set(answers, "home/severity", "2");
	answers_set(answers, "home/seen", "r b");
	answers_set(answers, "home/place", "40.79 43.85");
	answers_set(answers, "home/meet", "2026-11-17T09:12");
	answers_set(answers, "home/order", "b r g");
	answers_set(answers, "home/rooms", "3");
	answers_add_repeat(answers, "home/people");
	answers_set(answers, "home/people[1]/given", "\"><script>alert(1)</script>");
	answers_update(answers, &why);
	char *html = render(answers, "home", &options);
	expect(html, "<fieldset class=\"fld lvq\" id=\"q:home:severity\" aria-describedby=\"q:home:severity-hint\"><legend class=\"lab\">How safe?</legend>");
	expect(html, "<div class=\"lvls n3\"><label class=\"lo l5\"><span class=\"lt\"><input type=\"radio\" name=\"q/home/severity\" value=\"1\">");
	expect(html, "value=\"2\" checked><span class=\"lv lv2\" aria-hidden=\"true\">2</span><b>Poor</b>");
	expect(html, "Dry &amp; warm");
	expect(html, "<div class=\"fld ev\"><label for=\"q:home:what\">What you saw <span class=\"opt\">(optional)</span></label>");
	expect(html, "Level Poor seen");
	expect(html, "<summary>More on this question</summary><p>Long advice</p>");
	expect(html, "<label for=\"q:home:rooms\">Rooms</label><input id=\"q:home:rooms\" name=\"q/home/rooms\" type=\"text\" value=\"3\" inputmode=\"numeric\">");
	expect(html, "inputmode=\"decimal\"");
	expect(html, ">One line\nhere 1 &lt; 2 <span");
	expect(html, "type=\"number\" value=\"\" min=\"0\" max=\"10\" step=\"2\">");
	expect(html, "Yes &lt;x&gt;");
	expect(html, "<fieldset class=\"fld grp likert\" id=\"q:home:mould\">");
	expect(html, "<select id=\"q:home:wall\" name=\"q/home/wall\"><option value=\"\">Choose</option><option value=\"r\">Red</option>");
	expect(html, "<input type=\"hidden\" name=\"q/home/seen\" value=\"\">");
	expect(html, "<input type=\"checkbox\" name=\"q/home/seen\" value=\"b\" checked>");
	expect(html, "<label for=\"q/home/order.1\">Place 1</label> <select id=\"q/home/order.1\" name=\"q/home/order.1\">");
	expect(html, "<option value=\"b\" selected>Blue</option>");
	expect(html, "name=\"q/home/on\" type=\"date\"");
	expect(html, "name=\"q/home/at\" type=\"time\"");
	expect(html, "name=\"q/home/meet.date\" type=\"date\" value=\"2026-11-17\"");
	expect(html, "name=\"q/home/meet.time\" type=\"time\" value=\"09:12\"");
	expect(html, "<label for=\"q:home:place-lat\">Latitude</label><input id=\"q:home:place-lat\" name=\"q/home/place.lat\" type=\"text\" value=\"40.79\" inputmode=\"decimal\">");
	expect(html, "value=\"43.85\"");
	expect(html, "name=\"q/home/photo\" type=\"file\" accept=\"image/*\"");
	expect(html, "type=\"checkbox\" name=\"q/home/agree\" value=\"OK\">");
	expect(html, "type=\"tel\"");
	expect(html, "<span class=\"lab\">Sum</span><p class=\"val\"><bdi>4</bdi></p>");
	expect(html, "<td><label><span class=\"vh\">Seeing: No</span><input type=\"radio\" name=\"q/home/grid/g1\" value=\"no\"></label></td>");
	expect(html, "<legend>Person 1</legend><button class=\"btn qt sm rm\" name=\"do\" value=\"remove:home/people[1]\" formnovalidate aria-label=\"Remove: Person 1\">Remove</button>");
	expect(html, "value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"");
	expect(html, "name=\"do\" value=\"add:home/people\" formnovalidate>Add another: Person</button>");
	refuse(html, "<script>");
	expect(html, "<a href=\"/x/staff/form/home\" class=\"in\" aria-current=\"page\">");
	expect(html, "<span class=\"tag\">To do</span>");
	expect(html, "Needs by this score");
	expect(html, "<span class=\"sign sm\">N1</span> Housing <span class=\"lv lv2\">2</span>");
	expect(html, "<a href=\"/x/staff/form/home#q:home:severity\">How safe?</a></dt><dd><bdi>Poor</bdi></dd>");
}

static void problems_stand_at_their_fields(void **state)
{
	(void)state;
	struct answers *answers = start();
	struct form_view_options options = make_options();
	answers_set(answers, "home/on", "2026-02-30");
	answers_set(answers, "home/pain", "many");
	answers_add_repeat(answers, "home/people");
	answers_update(answers, &why);
	options.problems = answers_check(answers, answers_find(answers, "home"), arena);
	char *html = render(answers, "home", &options);
	expect(html, "<a href=\"/x/staff/form/home#q:home:people.1:given\">Person 1, Name: Write an answer</a>");
	expect(html, "<a href=\"/x/staff/form/home#q:home:severity\">How safe?: Choose a level</a>");
	expect(html, "<fieldset class=\"fld lvq bad\" id=\"q:home:severity\" aria-describedby=\"q:home:severity-hint q:home:severity-problem\">");
	expect(html, "Choose a level</p>");
	expect(html, "name=\"q/home/on\" type=\"text\" value=\"2026-02-30\" aria-invalid=\"true\" aria-describedby=\"q:home:on-problem\"");
	expect(html, "name=\"q/home/pain\" type=\"text\" value=\"many\"");
	expect(html, "<span class=\"tag bad\">Look again</span>");
	expect(html, "Write a number, like 12.5</p>");
}

static void last_round_is_marked(void **state)
{
	(void)state;
	struct answers *answers = start(), *before = start();
	struct form_view_options options = make_options();
	answers_set(before, "home/severity", "3");
	answers_set(before, "home/rooms", "2");
	answers_set(before, "home/damp", "yes");
	answers_set(before, "safety/danger", "3");
	answers_update(before, &why);
	answers_set(answers, "home/severity", "1");
	answers_set(answers, "safety/danger", "3");
	answers_update(answers, &why);
	options.previous = before;
	options.previous_on = "2026-10-14";
	char *html = render(answers, "home", &options);
	expect(html, "<span class=\"was\">On 14 Oct</span>");
	expect(html, "<p class=\"hint pr0\" id=\"q:home:severity-was\">On 14 Oct: Bad <span class=\"lv lv1\" aria-hidden=\"true\">3</span></p>");
	expect(html, "<p class=\"hint pr0\" id=\"q:home:rooms-was\">On 14 Oct: 2</p>");
	expect(html, "<small class=\"was\">On 14 Oct</small>");
	expect(html, "−2 since 14 Oct");
}

static void restricted_answers_stay_hidden(void **state)
{
	static const struct form_posted posted[] = { { "q/safety/secret", "overwritten" }, { "q/safety/danger", "1" }, { "q/home/rooms", "5" } };
	(void)state;
	struct answers *answers = start();
	struct form_view_options options = make_options();
	options.sensitivity = 0;
	answers_set(answers, "safety/secret", "He hits me");
	answers_set(answers, "safety/danger", "3");
	answers_update(answers, &why);
	options.problems = answers_check(answers, NULL, arena);
	char *html = render(answers, "safety", &options);
	refuse(html, "He hits me");
	refuse(html, "What happened");
	refuse(html, "q/safety");
	expect(html, "Restricted: only colleagues who may read this see the answers.");
	assert_int_equal(form_view_post(answers, &options, 3, posted, &why), OK);
	assert_string_equal(answers_find(answers, "safety/secret")->value, "He hits me");
	assert_string_equal(answers_find(answers, "safety/danger")->value, "3");
	assert_string_equal(answers_find(answers, "home/rooms")->value, "5");
	options.sensitivity = 1 << 3;
	assert_int_equal(form_view_post(answers, &options, 3, posted, &why), OK);
	assert_string_equal(answers_find(answers, "safety/secret")->value, "overwritten");
}

static void posted_fields_become_answers(void **state)
{
	static const struct form_posted posted[] = {
		{ "csrf", "x" }, { "do", "save" }, { "q/home/severity", "" }, { "q/home/severity", "2" }, { "q/home/seen", "" }, { "q/home/seen", "r" }, { "q/home/seen", "b" },
		{ "q/home/damp", "" }, { "q/home/order.1", "g" }, { "q/home/order.2", "" }, { "q/home/order.3", "r" }, { "q/home/place.lat", " 40.79 " }, { "q/home/place.lon", "43.85" },
		{ "q/home/meet.date", "2026-11-17" }, { "q/home/meet.time", "09:12" }, { "q/home/on.day", "7" }, { "q/home/on.month", "3" }, { "q/home/on.year", "2026" },
		{ "q/home/agree", "" }, { "q/home/agree", "OK" }, { "q/home/people[1]/given", "Ani" }, { "q/home/sum", "99" },
	};
	static const char *const unknown[] = { "q/nothing", "q/home", "q/home/people[3]/given", "q/home/people[0]/given", "q/home/rooms.lat", "q/", "q/home/order.65", "q/home/people" };
	(void)state;
	struct answers *answers = start();
	struct form_view_options options = make_options();
	assert_true(form_view_do(answers, &options, "add:home/people"));
	assert_false(form_view_do(answers, &options, "add:home/grid"));
	assert_false(form_view_do(answers, &options, "save"));
	answers_set(answers, "home/damp", "yes");
	assert_int_equal(form_view_post(answers, &options, sizeof posted / sizeof *posted, posted, &why), OK);
	static const char *const want[][2] = { { "severity", "2" }, { "seen", "r b" }, { "damp", "" }, { "order", "g r" }, { "place", "40.79 43.85" },
		{ "meet", "2026-11-17T09:12" }, { "on", "2026-03-07" }, { "agree", "OK" }, { "given", "Ani" }, { "sum", "" } };
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		assert_string_equal(answers_by_name(answers, want[i][0])->value, want[i][1]);
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		struct form_posted one = { unknown[i], "x" };
		why = (struct why){ 0 };
		assert_int_equal(form_view_post(answers, &options, 1, &one, &why), ERR_BAD_REQUEST);
	}
	assert_true(form_view_do(answers, &options, "remove:home/people[1]"));
	options.is_closed = true;
	assert_false(form_view_do(answers, &options, "add:home/people"));
}

/* A live page shows the instances of a count before anything is saved: count and fields come in one post. */
static void counted_repeats_come_with_their_count(void **state)
{
	static const struct form_posted two[] = { { "q/kids[1]/age", "7" }, { "q/kids[2]/where.lat", "40" }, { "q/kids[2]/where.lon", "44" }, { "q/n", "2" } };
	static const struct form_posted fewer[] = { { "q/n", "1" }, { "q/kids[1]/age", "8" }, { "q/kids[3]/age", "9" }, { "q/kids[3]/where.lat", "1" } };
	static const struct form_posted wrong[] = { { "q/n", "1" }, { "q/kids[1]/nothing", "8" } };
	(void)state;
	struct form_view_options options = make_options();
	struct answers *answers = start_form("{'title':'T','survey':[{'type':'integer','name':'n','label':'N'},{'type':'repeat','name':'kids','label':'K','repeat_count':'${n}',"
		"'questions':[{'type':'integer','name':'age','label':'A'},{'type':'geopoint','name':'where','label':'W'}]}]}");
	why = (struct why){ 0 };
	assert_int_equal(form_view_post(answers, &options, 4, two, &why), OK);
	assert_string_equal(answers_find(answers, "kids[1]/age")->value, "7");
	assert_string_equal(answers_find(answers, "kids[2]/where")->value, "40 44");
	assert_int_equal(form_view_post(answers, &options, 4, fewer, &why), OK);
	assert_string_equal(answers_find(answers, "kids[1]/age")->value, "8");
	assert_int_equal(form_view_post(answers, &options, 2, wrong, &why), ERR_BAD_REQUEST);
}

static void closed_forms_are_for_reading(void **state)
{
	(void)state;
	struct answers *answers = start();
	struct form_view_options options = make_options();
	options.is_closed = true;
	answers_set(answers, "home/severity", "2");
	answers_set(answers, "home/on", "2026-11-17");
	answers_set(answers, "home/grid/g1", "yes");
	answers_update(answers, &why);
	char *html = render(answers, NULL, &options);
	refuse(html, "<textarea");
	refuse(html, "name=\"do\"");
	expect(html, "<p class=\"val\"><bdi>Poor</bdi></p>");
	expect(html, "value=\"yes\" checked disabled");
	expect(html, "17 Nov 2026");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(every_control_is_printed), T(problems_stand_at_their_fields), T(last_round_is_marked), T(restricted_answers_stay_hidden),
		T(posted_fields_become_answers), T(counted_repeats_come_with_their_count), T(closed_forms_are_for_reading),
	};
	format_use("en", "UTC");
	if (asset_open("tests/view/manifest", &why) || view_open("tests/view/templates", &why)) {
		print_message("# %s\n", why.detail);
		return 1;
	}
	return RUN_TESTS(tests);
}
