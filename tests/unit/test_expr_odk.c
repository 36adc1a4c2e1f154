/* SPDX-License-Identifier: Apache-2.0
 *
 * What ODK and XLSForm add to XPath: ${name}, selects, repeats, checklists, if, once,
 * and what is asked of the world outside the document. */
#include "expr_rows.h"

#include <stdio.h>

static void choices(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "selected('apple baby crimson', 'apple')", "true" }, { "selected('apple baby crimson', 'baby')", "true" },
	     { "selected('apple baby crimson', 'crimson')", "true" }, { "selected('apple baby crimson', '  baby  ')", "true" },
	     { "selected('apple baby crimson', 'babby')", "false" }, { "selected('apple baby crimson', 'bab')", "false" }, { "selected('apple', 'apple')", "true" },
	     { "selected('apple', 'ovoid')", "false" }, { "selected('', 'apple')", "false" }, { "selected('', '')", "true" }, { "selected('a b', '')", "false" },
	     { "selected('a b','b')", "true" }, { "selected('1 2 3', 2)", "true" }, { "is-selected('a b', 'a')", "true" }, { "selected('a')", NULL },
	     { "selected-at('zero one two three', 1)", "one" }, { "selected-at('zero one two three', '1')", "one" }, { "selected-at('zero one two three', 4)", "" },
	     { "selected-at('zero one two three', -1)", "" }, { "selected-at('', 0)", "" }, { "selected-at('apple baby crimson', 2)", "crimson" },
	     { "selected-at('a  b', 1)", "b" }, { "selected-at('a b', 0.9)", "a" }, { "selected-at('a')", NULL },
	     { "count-selected('')", "0" }, { "count-selected('a')", "1" }, { "count-selected('ab cd ef gh')", "4" }, { "count-selected('  a   b ')", "2" }, { "count-selected()", NULL });
	ROWS(SEES(.xml = "<d><none/><one>ab</one><many>ab cd ef gh</many><many>ij</many></d>"), { "selected(none, '')", "true" }, { "selected(none, 'ab')", "false" },
	     { "selected(one, 'bc')", "false" }, { "selected(many, 'cd')", "true" }, { "selected(many, 'ij')", "false" }, { "selected-at(many, 2)", "ef" },
	     { "count-selected(many)", "4" }, { "count-selected(none)", "0" }, { "count-selected(nothing)", "0" }, { "selected(../nothing,'approx')", "false" },
	     { "not(selected(${one},'ab'))", "false" }, { "selected(${many}, ${one})", "true" });
}

static void conditions(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "if(true(), 'a', 'b')", "a" }, { "if(true(), 5, 'abc')", "5" }, { "if(false(), 5, 'abc')", "abc" }, { "if(6 > 7, 5, 'abc')", "abc" }, { "if('', 5, 'abc')", "abc" },
	     { "if (true(), 'A', 'B' )", "A" }, { "if(/something, 'A', 'B' )", "B" }, { "if(/data, 'A', 'B' )", "A" }, { "if(/something  != '', 'A', 'B' )", "B" },
	     { "if( false() and true(), 'A', if(false(), 'B', 'C') )", "C" }, { "if( true() or true() and false(), 'A', if(true(), 'B', 'C') )", "A" },
	     { "if(false(), 'A', true() or false())", "true" }, { "if(true(), regex('a', '['), 1)", NULL }, { "if(false(), regex('a', '['), 1)", "1" },
	     { "if(1, 2)", NULL }, { "if(1, 2, 3, 4)", NULL }, { "count(if(true(), /data, /none))", "1" },
	     { "coalesce('FIRST', 'whatever')", "FIRST" }, { "coalesce('', 'SECOND')", "SECOND" }, { "coalesce('', '')", "" }, { "coalesce(1 * '', '0')", "0" },
	     { "coalesce(0, 1)", "0" }, { "coalesce(/none, 'ab')", "ab" }, { "coalesce(/data, 'ab')", "ab" }, { "coalesce(false(), 1)", "false" },
	     { "depend(1, 2, 3)", "1" }, { "once('aa')", "aa" }, { "once(1 div 0)", "Infinity" }, { "once(1, 2)", NULL });
	ROWS(SEES(.xml = "<d><full>ab</full><empty/></d>", .context = "/d/full"), { "once('aa')", "ab" }, { "once(random())", "ab" }, { "if(. = 'ab', 1, 2)", "1" });
	ROWS(SEES(.xml = "<d><full>ab</full><empty/></d>", .context = "/d/empty"), { "once('aa')", "aa" }, { "once(. * 10)", "NaN" }, { "once(../full)", "ab" }, { "if(., 1, 2)", "1" },
	     { "if(. != '', 1, 2)", "2" }, { "coalesce(., ../full)", "ab" });
	ROWS(SEES(.xml = "<data><a/><b/><c>1</c><d>0</d></data>"), { "if( /data/a =\"1\" and /data/b =\"1\", \"Eligible\", if( /data/a =\"0\" or /data/b =\"0\", \"Not\", \"nothing\"))", "nothing" },
	     { "if( /data/a =\"1\" and /data/c =\"1\", \"Eligible\", if( /data/a =\"0\" or /data/d =\"0\", \"Not\", \"nothing\"))", "Not" },
	     { "if(${c} = 1 and ${d} = 0, 'y', 'n')", "y" }, { "if(${a} = '', 0, ${a}) + 1", "1" }, { "coalesce(${a}, 0) + ${c}", "1" });
}

static void checklists(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "checklist(-1, 2, 2>1)", "true" }, { "checklist(-1, 2, 1=1, 2=2, 3=3)", "false" }, { "checklist(1, 2, 1=1, 2=2, 3=3)", "false" },
	     { "checklist(1, 1, 1=1)", "true" }, { "checklist(1, 1, true(), false(), false())", "true" }, { "checklist(1, 2)", "false" }, { "checklist(-1, -1)", "true" },
	     { "checklist(2, -1, true(), true(), true())", "true" }, { "checklist(4, -1, true(), true(), true())", "false" }, { "checklist(1, -1, 'yes')", "true" },
	     { "checklist(1, -1, '')", "false" }, { "checklist(1, -1, 0)", "false" }, { "checklist(0, 0)", "true" }, { "checklist(1)", NULL },
	     { "weighted-checklist(-1, 2, 2>1, 2)", "true" }, { "weighted-checklist(-1, 2, 2>1, 3)", "false" }, { "weighted-checklist(-1, 2, 1=1, 1, 2=2, 1, 3=3, 1)", "false" },
	     { "weighted-checklist(1, 1, 1=1, 1)", "true" }, { "weighted-checklist(1, 1, 1=1, 0)", "false" }, { "weighted-checklist(2, 2, true(), 2, false(), 5, false(), 6)", "true" },
	     { "weighted-checklist(2, -1, true(), 999, false(), 5, false(), 6)", "true" }, { "weighted-checklist(1, 2, true())", NULL }, { "weighted-checklist(0.5, 1, true(), 0.75)", "true" });
	ROWS(SEES(.xml = "<d><g><no>no</no><empty/><zero>0</zero></g><v><A>one</A><B>one</B><C>one</C></v><w><w1>1</w1><w2>3</w2><w.3>5</w.3></w><three>3</three></d>"),
	     { "checklist(2, 2, g/* )", "true" }, { "checklist(-1, 2, g/empty)", "true" }, { "checklist(1, 2, g/empty)", "false" }, { "weighted-checklist(5, 5, g/zero ,5)", "true" },
	     { "weighted-checklist(-1, 2, g/empty, 0)", "true" }, { "weighted-checklist(1, 2, g/empty, 1)", "false" }, { "weighted-checklist(3, 3, 1=1, three)", "true" },
	     { "weighted-checklist(9, 9, v/*, w/*)", "true" }, { "weighted-checklist(8, 8, v/*, w/*)", "false" }, { "weighted-checklist(10, 10, v/*, w/*)", "false" });
}

/* A household: two levels of repeat inside a group, and a third. */
static const char household[] =
	"<data><index>2</index><blank/><pick>B</pick><roster>"
	"<member><name>A</name><age>30</age><more><job>clerk</job></more><visit><on>2026-01-01</on><note><text>A1a</text></note><note><text>A1b</text></note></visit>"
	"<visit><on>2026-02-01</on><note><text>A2a</text></note></visit><total/></member>"
	"<member><name>B</name><age>8</age><more><job/></more><visit><on>2026-03-01</on><note><text>B1a</text></note></visit><total/></member>"
	"<member><name>C</name><age>5</age><more><job/></more><total/></member>"
	"</roster><calc/></data>";

static void repeats(void **state)
{
	(void)state;
	ROWS(SEES(.xml = household, .context = "/data/calc"), { "${index}", "2" }, { "count(${member})", "3" }, { "sum(${age})", "43" }, { "join(',', ${name})", "A,B,C" }, { "concat(${name})", "ABC" },
	     { "${member}[2]/age", "8" }, { "count(${member}[age < 18])", "2" }, { "count(${member}[${age} < 18])", "2" }, { "sum(${member}[age < 18]/age)", "13" },
	     { "${member}[name = ${pick}]/age", "8" }, { "${member}[${name} = ${pick}]/age", "8" }, { "count(${visit})", "3" }, { "${job}", "clerk" }, { "max(${age})", "30" },
	     { "${nothing}", "" }, { "count(${nothing})", "0" }, { "${data}/index", "2" }, { "${roster}/member[3]/name", "C" }, { "${ index } + 1", "3" }, { "-${index}", "-2" },
	     { "indexed-repeat(${name}, ${member}, 2)", "B" }, { "indexed-repeat(${name}, ${member}, ${index})", "B" }, { "indexed-repeat(${name}, ${member}, ${blank})", "A" },
	     { "indexed-repeat(${name}, ${member}, 0)", "A" }, { "indexed-repeat(${name}, ${member}, 4)", "" }, { "indexed-repeat(${job}, ${member}, 1)", "clerk" },
	     { "indexed-repeat(/data/roster/member/name, /data/roster/member, 3)", "C" }, { "indexed-repeat(/data/roster/member/name, /data/roster/member, ../index)", "B" },
	     { "indexed-repeat(${on}, ${member}, 1, ${visit}, 2)", "2026-02-01" }, { "indexed-repeat(${on}, ${visit}, 2, ${member}, 1)", "2026-02-01" },
	     { "indexed-repeat(${on}, ${member}, 2, ${visit}, 2)", "" }, { "indexed-repeat(${text}, ${member}, 1, ${visit}, 1, ${note}, 2)", "A1b" },
	     { "indexed-repeat(${text}, ${member}, 1, ${visit}, 2, ${note}, 1)", "A2a" }, { "indexed-repeat(${text}, ${member}, 3, ${visit}, 1, ${note}, 1)", "" },
	     { "indexed-repeat(${index}, ${member}, 1)", NULL }, { "indexed-repeat(${name}, ${member})", NULL }, { "indexed-repeat(${on}, ${member}, 1, ${visit})", NULL },
	     { "indexed-repeat('x', ${member}, 1)", NULL }, { "indexed-repeat(${name}, 'x', 1)", NULL }, { "indexed-repeat(${nothing}, ${member}, 1)", "" }, { "indexed-repeat(${age}, ${member}, 2) + 1", "9" });
	/* seen from the second member: its own answers first */
	ROWS(SEES(.xml = household, .context = "/data/roster/member[2]/total"), { "${name}", "B" }, { "${age} + 1", "9" }, { "count(${name})", "1" }, { "${job}", "" }, { "${on}", "2026-03-01" },
	     { "${index}", "2" }, { "position(..)", "2" }, { "count(${member})", "3" }, { "${member}[1]/name", "A" }, { "indexed-repeat(${name}, ${member}, position(..) - 1)", "A" },
	     { "indexed-repeat(${age}, ${member}, 1) - ${age}", "22" }, { "${member}[position() = position(current()/..) + 1]/name", "C" }, { "sum(../../member/age)", "43" },
	     { "indexed-repeat(${on}, ${visit}, 1)", "2026-03-01" }, { "count(${visit})", "1" }, { "indexed-repeat(../name, .., 1)", "A" }, { "${pick} = ${name}", "true" });
	ROWS(SEES(.xml = household, .context = "/data/roster/member[1]/visit[2]/note/text"), { ".", "A2a" }, { "${on}", "2026-02-01" }, { "${name}", "A" }, { "position(../..)", "2" },
	     { "count(${note})", "1" }, { "count(${text})", "1" }, { "indexed-repeat(${on}, ${visit}, 1)", "2026-01-01" }, { "indexed-repeat(${text}, ${visit}, 1, ${note}, 2)", "A1b" });
	ROWS(SEES(.xml = "<data><r1><x>index1</x></r1><r1><x>index2</x></r1><r2><y/></r2><r2><y/></r2></data>", .context = "/data/r2[2]/y"),
	     { "indexed-repeat(/data/r1/x, /data/r1, position(..))", "index2" }, { "indexed-repeat(${x}, ${r1}, position(..))", "index2" });
}

/* --- the world outside --- */

static struct node *cities;

static struct node *find_instance(void *data, const char *name)
{
	(void)data;
	return strcmp(name, "cities") == 0 ? cities : NULL;
}

static const char *find_label(void *data, const char *choice, const char *question)
{
	(void)data;
	return strcmp(question, "city") == 0 && strcmp(choice, "gyumri") == 0 ? "Գյումրի" : NULL;
}

static const char *find_previous(void *data, const char *question)
{
	(void)data;
	return strcmp(question, "city") == 0 ? "vanadzor" : NULL;
}

static const char *pull(void *data, const char *file, const char *column, const char *key_column, const char *key)
{
	(void)data;
	return !strcmp(file, "fees") && !strcmp(column, "fee") && !strcmp(key_column, "name") && !strcmp(key, "a") ? "12" : NULL;
}

static void world_rows(const struct expr_env *env, const struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *answer = rows_answer(env, row[i].text);
		if (!row[i].answer)
			assert_null(answer);
		else
			assert_string_equal(answer ? answer : row[i].text, row[i].answer);
	}
}

static void outside(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct rows rows = SEES(.xml = "<data><country>am</country><city>gyumri</city></data>");
	struct expr_env env = rows_env(arena, &rows);
	cities = rows_read(arena, "<root><item><name>gyumri</name><country>am</country></item><item><name>vanadzor</name><country>am</country></item>"
	                          "<item><name>irbid</name><country>jo</country></item></root>");
	static const struct row without[] = {
		{ "instance('cities')/root/item", NULL }, { "jr:choice-name(${city}, '${city}')", "" }, { "pulldata('fees', 'fee', 'name', 'a')", "" },
		{ "previous('city')", "" }, { "${last-saved#city}", "" }, { "jr:itext('x')", "" }, { "property('username')", "" }, { "version()", "" },
	};
	world_rows(&env, without, sizeof without / sizeof without[0]);
	env.instance = find_instance;
	env.choice_label = find_label;
	env.previous = find_previous;
	env.username = "anahit";
	env.device_id = "d1";
	static const struct row with[] = {
		{ "count(instance('cities')/root/item)", "3" }, { "instance('cities')/root/item[name = /data/city]/country", "am" },
		{ "count(instance('cities')/root/item[country = /data/country])", "2" }, { "count(instance('cities')/root/item[country = ${country}])", "2" },
		{ "instance('cities')/root/item[name = current()/city]/country", "am" }, { "instance('cities')/root/item[last()]/name", "irbid" },
		{ "join(' ', instance('cities')/root/item/name | /data/city)", "gyumri vanadzor irbid gyumri" }, { "instance('towns')/root/item", NULL },
		{ "jr:choice-name(${city}, '${city}')", "Գյումրի" }, { "jr:choice-name(${city}, '/data/city')", "Գյումրի" }, { "jr:choice-name(${city}, 'city')", "Գյումրի" },
		{ "choice-name(${city}, ${city})", "Գյումրի" }, { "jr:choice-name('irbid', '${city}')", "" }, { "jr:choice-name('', '${city}')", "" },
		{ "jr:choice-name( selected-at(${city}, 0), '${city}')", "Գյումրի" }, { "previous('city')", "vanadzor" }, { "previous(${city})", "vanadzor" },
		{ "previous('${city}') != ${city}", "true" }, { "${last-saved#city}", "vanadzor" }, { "${last-saved#other}", "" }, { "${#city}", NULL }, { "${a#b}", NULL },
		{ "property('username')", "anahit" }, { "property('deviceid')", "d1" }, { "property('email')", "" }, { "property('other')", "" },
		/* a file without a callback is looked for among the instances */
		{ "pulldata('cities', 'country', 'name', 'irbid')", "jo" }, { "pulldata('cities', 'country', 'name', 'x')", "" }, { "pulldata('cities', 'x', 'name', 'irbid')", "" },
		{ "pulldata('cities', 'country', 'name')", NULL },
	};
	world_rows(&env, with, sizeof with / sizeof with[0]);
	env.pulldata = pull;
	assert_string_equal(rows_answer(&env, "pulldata('fees', 'fee', 'name', 'a')"), "12");
	arena_free(arena);
}

/* As for a choice_filter: the item is the context, ${} and current() look from the question. */
static void choice_filters(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct rows rows = SEES(.xml = household, .context = "/data/roster/member[2]/total");
	struct expr_env env = rows_env(arena, &rows);
	struct node *list = rows_read(arena, "<root><item><name>x</name><of>B</of></item></root>");
	env.current = env.context;
	env.context = list->first;
	assert_string_equal(rows_answer(&env, "of = ${name}"), "true");
	assert_string_equal(rows_answer(&env, "of = current()/../name"), "true");
	assert_string_equal(rows_answer(&env, "name = 'x' and ${index} = 2"), "true");
	assert_string_equal(rows_answer(&env, "name = ${name}"), "false");
	arena_free(arena);
}

static void remember(void *data, const char *name, size_t offset)
{
	char *out = data;
	sprintf(out + strlen(out), "%s@%zu ", name, offset);
}

static void references(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct expr_problem problem;
	char found[200] = "";
	struct expr *expr = expr_parse(arena, "if(${a} > 1, ${r}[${b} = 1]/x[. = ${c}], jr:choice-name(${d}, '${d}')) + previous('e')", &problem);
	assert_non_null(expr);
	expr_each_reference(expr, remember, found);
	assert_string_equal(found, "a@3 r@13 b@18 c@34 d@56 d@62 e@82 ");
	assert_string_equal(expr_text(expr), "if(${a} > 1, ${r}[${b} = 1]/x[. = ${c}], jr:choice-name(${d}, '${d}')) + previous('e')");
	arena_free(arena);
}

/* Equal seeds, equal draws; another place in the text or another call, another draw. */
static void repeatable_chance(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct rows rows = NO_DATA;
	struct expr_env env = rows_env(arena, &rows);
	env.random_seed = 7;
	assert_string_equal(rows_answer(&env, "random()"), rows_answer(&env, "random()"));
	assert_string_equal(rows_answer(&env, "uuid()"), rows_answer(&env, "uuid()"));
	assert_string_equal(rows_answer(&env, "random() = random()"), "false");
	assert_string_equal(rows_answer(&env, "regex(uuid(), '[0-9a-f-]{36}')"), "true");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(choices), cmocka_unit_test(conditions), cmocka_unit_test(checklists), cmocka_unit_test(repeats),
		cmocka_unit_test(outside), cmocka_unit_test(choice_filters), cmocka_unit_test(references), cmocka_unit_test(repeatable_chance),
	};
	return RUN_TESTS(tests);
}
