/* SPDX-License-Identifier: Apache-2.0
 *
 * Each macro of both sites, filled by view/parts and view/chart, against the pages tests/view/
 * macros.html and portal.html. UPDATE_GOLDEN=1 writes them anew: look at the difference; a folder
 * as UPDATE_GOLDEN writes them there, with MACROS_MANIFEST, MACROS_RTL, MACROS_THEME to be looked at. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/asset.h"
#include "view/chart.h"
#include "view/format.h"
#include "view/parts.h"
#include "view/view.h"

static void fill_layout(struct view *v)
{
	struct vnode *entry;

	view_set(v, NULL, "Layout.Lang", "en");
	view_set(v, NULL, "Layout.Dir", getenv("MACROS_RTL") ? "rtl" : "ltr");
	view_set(v, NULL, "Layout.Theme", getenv("MACROS_THEME"));
	view_set(v, NULL, "Layout.Instance", "Exampleland");
	view_set(v, NULL, "Layout.Program", "Unified Social Service");
	view_set(v, NULL, "Layout.Office", "Northern centre");
	view_set(v, NULL, "Layout.Accent", "#b5502f");
	view_set(v, NULL, "Layout.Csrf", "token");
	view_set(v, NULL, "Layout.FindUrl", "/x/staff/cases");
	view_set(v, NULL, "Layout.Demo.Instance", "Exampleland");
	view_set(v, NULL, "Layout.Demo.Clock", "Tue 17 Nov 2026, 09:12");
	view_set(v, NULL, "Layout.Demo.ClockStamp", "2026-11-17T05:12:00Z");
	view_set(v, NULL, "Layout.Demo.ClockUrl", "/x/staff/clock");
	view_set(v, NULL, "Layout.Demo.ResetUrl", "/x/staff/reset");
	view_set(v, NULL, "Layout.Demo.PersonaUrl", "/?country=x#people");
	part_avatar(v, view_node(v, NULL, "Layout.Who"), "Anahit Sargsyan", 3);
	view_set(v, NULL, "Layout.Who.Name", "Anahit Sargsyan");
	view_set(v, NULL, "Layout.Who.Role", "Social worker");
	for (int i = 0; i < 3; i++) {
		static const char *const label[] = { "My week", "Cases", "Approvals" }, *const icon[] = { "home", "users", "checklist" };
		entry = view_item(v, NULL, "Layout.Nav");
		view_set(v, entry, "Url", "/x/staff/cases");
		view_set(v, entry, "Label", label[i]);
		view_set(v, entry, "Icon", icon[i]);
		view_set(v, entry, "Count", i ? "23" : NULL);
		view_set(v, entry, "Current", i == 1 ? "page" : NULL);
	}
	entry = view_item(v, NULL, "Layout.Recent");
	view_set(v, entry, "Url", "/x/staff/cases/ARM-2026-000412");
	view_set(v, entry, "Label", "Grigoryan family");
	view_set(v, entry, "Text", "Implementation");
	for (int i = 0; i < 2; i++) {
		entry = view_item(v, NULL, "Layout.Languages");
		view_set(v, entry, "Code", i ? "hy" : "en");
		view_set(v, entry, "Name", i ? "Հայերեն" : "English");
		view_set(v, entry, "Url", i ? "?lang=hy" : "?lang=en");
		view_flag(v, entry, "Current", !i);
	}
	view_set(v, NULL, "Layout.ThemeUrl", "?theme=dark");
	view_set(v, NULL, "Layout.ThemeIcon", "moon");
	view_set(v, NULL, "Layout.ThemeLabel", "Dark theme");
	view_set(v, NULL, "Layout.SignOutUrl", "/x/staff/logout");
	view_set(v, NULL, "Layout.Notice.Kind", "good");
	view_set(v, NULL, "Layout.Notice.Text", "Plan approved. Anahit has been told.");
}

static void fill_head(struct view *v)
{
	struct vnode *gate = view_node(v, NULL, "Gate"), *node;

	part_crumb(v, "Cases", "/x/staff/cases");
	part_crumb(v, "ARM-2026-000412", NULL);
	part_aside(v, "eye", "Opened by 2 people this week", "/x/staff/audit", "See the log");
	part_head(v, "Grigoryan family", "Six people in a temporary shelter.");
	part_head_native(v, "Գրիգորյան ընտանիք", "hy");
	part_head_action(v, "pri", "pencil", "Record a visit", "/visit");
	part_head_action(v, "", NULL, "Print", "/print");
	part_stage(v, NULL, "Trail", "done", "Intake", "7 Oct", "/intake");
	part_stage(v, NULL, "Trail", "done", "Assessment", "14 Oct, score 26", "/assessment");
	part_stage(v, NULL, "Trail", "here", "Implementation", "Day 22, since 26 Oct", "/plan");
	part_stage(v, NULL, "Trail", "", "Review", "Due 18 Jan 2027", NULL);
	view_set(v, gate, "Title", "To start the review");
	node = view_item(v, gate, "Items");
	view_set(v, node, "Text", "Every goal has an owner");
	view_flag(v, node, "Met", true);
	node = view_item(v, gate, "Items");
	view_set(v, node, "Text", "Reassessment finished");
	view_set(v, node, "Url", "/assess");
	view_set(v, node, "Link", "Start it");
	node = view_item(v, gate, "Actions");
	view_set(v, node, "Label", "Start review");
	view_flag(v, node, "Closed", true);
	node = view_item(v, gate, "Actions");
	view_set(v, node, "Label", "Suspend");
	view_set(v, node, "Url", "/step");
	view_set(v, node, "Name", "transition");
	view_set(v, node, "Value", "suspend");
	part_tab(v, NULL, "Tabs", "Overview", "/", NULL, true);
	part_tab(v, NULL, "Tabs", "Assessments", "/a", "2", false);
}

static void fill_marks(struct view *v)
{
	static const char *const words[] = { "not answered", "of 5, In crisis", "of 5, Vulnerable", "of 5, Stable", "of 5, Building", "of 5, Thriving" };
	static const char *const numbers[] = { NULL, "1", "2", "3", "4", "5" };

	view_set(v, NULL, "Tag", "On track");
	view_set(v, NULL, "Note", "No reply for 9 days.");
	for (int i = 0; i < 6; i++)
		part_level(v, view_item(v, NULL, "Levels"), i, numbers[i], words[i]);
	part_mini(v, view_root(v), "Steps", 2, 5);
	part_chip(v, NULL, "Chips", "All", "?", true);
	part_chip(v, NULL, "Chips", "Visits", "?kind=visit", false);
}

static void fill_lists(struct view *v)
{
	struct vnode *table = view_node(v, NULL, "Table"), *node;

	view_set(v, table, "Caption", "Cases, most pressing first");
	view_flag(v, table, "CaptionHidden", true);
	part_column(v, table, "", "Family", "?sort=name", "ascending");
	part_column(v, table, "r", "Score", NULL, NULL);
	for (int i = 0; i < 2; i++) {
		node = part_row(v, table);
		part_cell(v, node, "", i ? "Hakobyan family" : "Grigoryan family", "/case");
		part_cell(v, node, "r", i ? "31" : "26", NULL);
	}
	part_pager(v, NULL, "Pager", "51–100 of 420", "?page=1", "?page=3");
	part_empty(v, NULL, "Empty", "No referrals yet", "This family has not been sent anywhere.", "/new", "New referral");
	node = part_person(v, NULL, "People", "Mariam Grigoryan", 1, "34, mother, head of family", NULL);
	view_set(v, node, "NativeName", "Մարիամ");
	view_set(v, node, "Lang", "hy");
	part_person(v, NULL, "People", "Hayk Grigoryan", 2, "38, father, away for work since March", "/hayk");
	part_fact(v, NULL, "Facts", "Worker", "Anahit Sargsyan");
	view_set(v, part_fact(v, NULL, "Facts", "Phone", "093 55 01 27"), "Url", "tel:093550127");
	node = part_entry(v, NULL, "Entries", "next", "home", "Today, 14:00", "Home visit");
	view_set(v, node, "Text", "Check stove and roof.");
	part_sign(v, node, "Signs", "goal", "1.1", "/g");
	node = part_entry(v, NULL, "Entries", "bad", "clock", "13 Nov", "No reply for 9 days.");
	node = part_entry(v, NULL, "Entries", "", "message-2", "12 Nov", "Message from Mariam");
	view_set(v, node, "Quote", "The stove has been installed. Thank you.");
	view_set(v, node, "By", "Mariam Grigoryan");
	node = part_entry(v, NULL, "Entries", "good", "check", "10 Nov", "Need settled");
	part_sign(v, node, "Signs", "need", "N2", NULL);
}

static void fill_fields(struct view *v)
{
	static const char *const kinds[] = { "line", "text", "number", "date", "password", "email", "choice", "radios", "checks", "flag" };

	view_problem_add(v, "f-line", NULL, "Write the name as in the papers");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char name[16];
		struct vnode *field;
		snprintf(name, sizeof name, "f-%s", kinds[i]);
		field = part_field(v, NULL, "Fields", kinds[i], name, "Given name", strcmp(kinds[i], "date") == 0 ? "1992-03-04" : "Mariam");
		view_set(v, field, "Hint", "As in the passport.");
		view_flag(v, field, "Optional", i % 2);
		part_option(v, field, "a", "Passport", true);
		part_option(v, field, "b", "Birth certificate", false);
	}
}

static void fill_charts(struct view *v)
{
	static const char *const labels[] = { "Housing", "Income", "Work", "Food", "Learning", "Health", "Care", "Family" };
	struct chart_axis axes[8];
	struct chart_month months[] = { { "2026-10-01", "Oct" }, { "2026-11-01", "Nov" }, { "2026-12-01", "Dec" }, { "2027-01-01", "Jan" } };
	struct chart_span spans[] = { { "1.1", "2026-10-23", "2026-12-15", 60, "c1" }, { "2.1", "2026-10-23", "2026-11-06", 100, "good" },
	                              { "4.1", "2026-10-28", "2026-11-30", 20, "bad" } };

	for (size_t i = 0; i < 8; i++)
		axes[i] = (struct chart_axis){ labels[i], i != 7, true, (double)(1 + i % 5), 2, (int)(1 + i % 5), i != 7 ? "3" : NULL, "of 5", i == 2 ? "+1" : NULL, true };
	chart_profile(v, view_node(v, NULL, "Radar"), "Food and learning are better than in October.", 1, 5, axes, 8, "Today", "14 Oct");
	chart_time(v, view_node(v, NULL, "Bars"), "Three goals over four months.", months, 4, spans, 3, "2026-11-17", "Today", "2027-01-18", "Review", false);
}

static char *file_text(const char *path)
{
	FILE *file = fopen(path, "re");
	char *text = calloc(1, 200001);

	assert_non_null(text);
	if (file) {
		text[fread(text, 1, 200000, file)] = '\0';
		fclose(file);
	}
	return text;
}

static void golden(const char *name, const char *page)
{
	const char *update = getenv("UPDATE_GOLDEN");
	char path[200], *expected;

	snprintf(path, sizeof path, "%s/%s.html", update && update[0] == '/' ? update : "tests/view", name);
	if (update) {
		FILE *file = fopen(path, "we");
		assert_non_null(file);
		fputs(page, file);
		fclose(file);
		return;
	}
	expected = file_text(path);
	for (size_t i = 0; ; i++) {
		if (expected[i] != page[i])
			print_message("%s differs at byte %zu:\n%.160s\nnow:\n%.160s\n", path, i,
			              expected + (i > 60 ? i - 60 : 0), page + (i > 60 ? i - 60 : 0));
		assert_int_equal(expected[i], page[i]);
		if (!page[i])
			break;
	}
	free(expected);
}

static void test_portal_macros(void **state)
{
	static const char *const states[] = { "ok", "go", "" };
	struct why why = { 0 };
	struct arena *arena = arena_new(4 << 20);
	struct view *v = view_new(arena);
	struct vnode *node;
	struct buf page;

	(void)state;
	buf_init(&page, 1 << 20);
	assert_int_equal(view_open("tests/view/portal", &why), OK);
	fill_layout(v);
	view_set(v, NULL, "Layout.LargeUrl", "?large=1");
	view_set(v, NULL, "Layout.HomeUrl", "/x/portal/");
	view_set(v, NULL, "Layout.Call.Url", part_phone_url(arena, "+374 00 000 101"));
	view_set(v, NULL, "Layout.Call.Label", "Call the office: +374 00 000 101");
	part_head(v, "Good morning, Mariam", "You have one visit this week.");
	view_set(v, NULL, "Layout.Title", "My page");
	for (int i = 0; i < 3; i++) {
		node = view_item(v, NULL, "Steps");
		view_set(v, node, "State", states[i]);
		view_int(v, node, "Number", i + 1);
		view_set(v, node, "Title", "Bring the papers of the house");
		view_set(v, node, "Text", i ? "By 20 November" : "Done on 2 November");
	}
	part_fact(v, NULL, "Facts", "Your worker", "Anahit Sargsyan");
	node = view_item(v, NULL, "Links");
	view_set(v, node, "Label", "Who can see my information");
	view_set(v, node, "Text", "3 offices. You can change this");
	view_set(v, node, "Url", "/x/portal/access");
	view_problem_add(v, "phone", NULL, "Write the number with all its digits");
	part_field(v, NULL, "Fields", "tel", "phone", "Telephone", "093");
	part_field(v, NULL, "Fields", "text", "news", "What has changed", NULL);
	part_field(v, NULL, "Fields", "flag", "urgent", "It is urgent", NULL);
	if (view_render(v, "macros", &page, &why) != OK)
		print_message("%s:%d %s\n", why.file, why.line, why.detail);
	assert_int_equal(why.code, OK);
	golden("portal", page.p);
	buf_free(&page);
	arena_free(arena);
}

static void test_every_macro(void **state)
{
	struct why why = { 0 };
	struct arena *arena = arena_new(4 << 20);
	struct view *v = view_new(arena);
	struct buf page;

	(void)state;
	buf_init(&page, 1 << 20);
	assert_int_equal(view_open("tests/view/templates", &why), OK);
	fill_layout(v);
	fill_head(v);
	fill_marks(v);
	fill_lists(v);
	fill_fields(v);
	fill_charts(v);
	if (view_render(v, "macros", &page, &why) != OK)
		print_message("%s:%d %s\n", why.file, why.line, why.detail);
	assert_int_equal(why.code, OK);
	golden("macros", page.p);
	buf_free(&page);
	arena_free(arena);
}

static int open_assets(void **state)
{
	struct why why = { 0 };

	(void)state;
	format_use("en", "UTC");
	return asset_open(getenv("MACROS_MANIFEST") ? getenv("MACROS_MANIFEST") : "tests/view/manifest", &why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_every_macro, open_assets),
		cmocka_unit_test_setup(test_portal_macros, open_assets),
	};

	return RUN_TESTS(tests);
}
