/* SPDX-License-Identifier: Apache-2.0
 *
 * Paths, axes, predicates and functions on nodes in form expressions. */
#include "expr_rows.h"

static const char roster[] =
	"<data id=\"roster\" version=\"7\"><head>Anna</head>"
	"<member><name>A</name><age>3</age><pets><kind>cat</kind></pets><pets><kind>dog</kind></pets></member>"
	"<member><name>B</name><age>10</age><pets><kind>fish</kind></pets></member>"
	"<member><name>C</name><age/></member>"
	"<group><inner><deep>x</deep></inner></group><last>z</last></data>";

static void axes(void **state)
{
	(void)state;
	ROWS(SEES(.xml = roster), { "/data/member[2]/name", "B" }, { "//kind", "cat" }, { "count(//kind)", "3" }, { "count(//*)", "21" }, { "count(/descendant::*)", "21" },
	     { "count(/*)", "1" }, { "count(/)", "1" }, { "name(/*)", "data" }, { "name(/data/*[last()])", "last" }, { "name(//deep/ancestor::*[1])", "inner" },
	     { "name(//deep/ancestor::*[last()])", "data" }, { "count(//deep/ancestor::*)", "3" }, { "count(//deep/ancestor-or-self::*)", "4" },
	     { "name(//deep/ancestor-or-self::*[1])", "deep" }, { "name(//deep/ancestor::*)", "data" }, { "name(//deep/..)", "inner" }, { "name(//deep/../..)", "group" },
	     { "name(//deep/parent::inner)", "inner" }, { "count(//deep/parent::other)", "0" }, { "member[1]/following-sibling::member[1]/name", "B" },
	     { "count(member[1]/following-sibling::*)", "4" }, { "name(member[1]/following-sibling::*[last()])", "last" }, { "member[3]/preceding-sibling::member[1]/name", "B" },
	     { "member[3]/preceding-sibling::member[2]/name", "A" }, { "name(member[3]/preceding-sibling::*)", "head" }, { "count(head/preceding-sibling::*)", "0" },
	     { "count(member[2]/following::*)", "7" }, { "count(member[2]/preceding::*)", "8" }, { "name(member[2]/preceding::*[1])", "kind" },
	     { "name(member[2]/preceding::*)", "head" }, { "count(group/descendant::*)", "2" }, { "count(group/descendant-or-self::*)", "3" }, { "count(group//*)", "2" },
	     { "count(group/self::group)", "1" }, { "count(group/self::other)", "0" }, { "count(member/self::node())", "3" }, { "./head", "Anna" },
	     { "child::head", "Anna" }, { "self::data/child::head", "Anna" }, { "self::node()/head", "Anna" }, { "count(.//kind)", "3" }, { "count(member//kind)", "3" },
	     { "//member//kind", "cat" }, { "count(//member//kind/ancestor::member)", "2" }, { "count(member/..)", "1" }, { "count(//kind/../..)", "2" },
	     { "/data/../data/head", "Anna" }, { "count(ancestor-or-self::* /descendant-or-self::*)", "21" }, { "/data/head/text()", "Anna" }, { "count(//age/text())", "2" },
	     { "/head", "" }, { "head/nothing", "" }, { "*/name", "A" }, { "*/*/kind", "cat" }, { "string(member[1])", "A3catdog" });
}

static void attributes(void **state)
{
	(void)state;
	ROWS(SEES(.xml = roster), { "/data/@id", "roster" }, { "@version", "7" }, { "count(@*)", "2" }, { "attribute::id", "roster" }, { "name(@*[2])", "version" },
	     { "@version + 1", "8" }, { "count(@id/..)", "1" }, { "name(@id/..)", "data" }, { "@nothing", "" }, { "count(//@*)", "2" }, { "/data[@id='roster']/head", "Anna" },
	     { "/data[@id='other']/head", "" }, { "version()", "7" }, { "count(*)", "6" }, { "position(@version)", "1" }, { "string(/data/@id)", "roster" });
	ROWS(SEES(.xml = "<data xmlns:oc=\"u\" xmlns:e=\"v\"><item><a><number oc:this=\"seven\">siete</number><name><last>aa</last></name></a></item>"
	                 "<item><a><number oc:this=\"three\">tres</number><number oc:this=\"four\"/><name e:that=\"something else\"><last>bb</last></name></a></item>"
	                 "<item><number oc:this=\"three\"/><a><name e:that=\"something\"><last id=\"c\" Value=\"ccc\">cc</last><last id=\"d\" Value=\"ddd\">dd</last></name></a></item></data>"),
	     { "/*[1]/item/a/number", "siete" }, { "/data/item/a/number/@oc:this", "seven" }, { "/data/item/a/number[@oc:this=\"three\"]", "tres" },
	     { "/data/item/a[../number[@oc:this=\"three\"]]/name[@e:that='something']/last[@id='d']/@Value", "ddd" },
	     { "concat( selected( /data/item/a[../number[@oc:this='three']]/name[@e:that=\"something\"]/last/@Value, 'ccc' ), 'ing', '-', sin( pi() div 2))", "trueing-1" },
	     { "namespace-uri(/data)", "" }, { "local-name(/data/item)", "item" }, { "local-name(1)", NULL }, { "name(1, 2)", NULL });
}

static void predicates(void **state)
{
	(void)state;
	ROWS(SEES(.xml = roster), { "member[1]/name", "A" }, { "member[last()]/name", "C" }, { "member[position()=2]/name", "B" }, { "member[position()>1]/name", "B" },
	     { "member[last()-1]/name", "B" }, { "member[age > 5]/name", "B" }, { "member[age = 3][1]/name", "A" }, { "member[1][age = 10]/name", "" },
	     { "member[age = '']/name", "C" }, { "member[not(age > 5)][2]/name", "C" }, { "member[pets]/name", "A" }, { "count(member[pets/kind = 'dog'])", "1" },
	     { "member[pets[kind = 'fish']]/name", "B" }, { "member[name = 'B' or name = 'C'][last()]/name", "C" }, { "member[0]", "" }, { "member[4]", "" },
	     { "member[-1]", "" }, { "member[1.5]", "" }, { "member[true()]/name", "A" }, { "member['']/name", "" }, { "member['x']/name", "A" },
	     { "//pets[1]/kind", "cat" }, { "count(//pets[1])", "2" }, { "count((//pets)[1])", "1" }, { "(//pets)[3]/kind", "fish" }, { "(//kind)[last()]", "fish" },
	     { "(member | group)[last()]/inner/deep", "x" }, { "member[count(pets) = 2]/name", "A" }, { "member[string-length(name) = 1][3]/name", "C" },
	     { "sum(member[age != '']/age)", "13" }, { "max(member[name != 'B']/age)", "3" }, { "member[../head = 'Anna']/name", "A" }, { "member[/data/head = 'x']/name", "" },
	     { "member[name = current()/head]", "" }, { "count(//*[self::name])", "3" }, { "count(//*[not(*)])", "12" }, { "head[1][1][1]", "Anna" },
	     { "member[position() = 2 and last() = 3]/name", "B" }, { "count(member[position() mod 2 = 1])", "2" }, { "concat('x')[1]", NULL }, { "1[1]", NULL }, { "'a'/b", NULL } );
	ROWS(SEES(.xml = "<data><a id=\"1\">aa</a><b id=\"2\">bb</b></data>"), { "//*[@id=\"3\"] and /data/*[@id=\"1\"]", "false" }, { "/data/*[@id=\"3\"] or /data/*[@id=\"2\"]", "true" },
	     { "/data/*[@id=\"1\"] and //*[@id=\"2\"]", "true" }, { "/data/*[@id=\"3\"] or /data/*[@id=\"4\"]", "false" });
	ROWS(SEES(.xml = "<data><item><number>4</number></item><item><number>6</number></item><b/><b/></data>"), { "count(/data/item[true()]) = 2", "true" },
	     { "count(/data/b[round(2.44) = 2])", "2" }, { "/data/item[true()]/number + 1", "5" }, { "/data/item[string-length(\"]\") = 1]/number + 2", "6" },
	     { "/data/item[(./number div 3.14) > 1.9]/number", "6" }, { "/data/item[tan(./number) <= 1]/number", "6" }, { "count(/data/b[selected('a b', 'a')])", "2" });
	ROWS(SEES(.xml = "<data><item><number>2</number><name><first>1</first><last>bb</last></name><result>incorrect</result></item>"
	                 "<item><number>3</number><name><first>1</first><last>b</last></name><result>correct</result></item></data>"),
	     { "/data/item/number[../name/first = string-length(../name/last)]/../result", "correct" });
}

static void unions(void **state)
{
	(void)state;
	ROWS(SEES(.xml = roster), { "last | head", "Anna" }, { "name((last | head)[2])", "last" }, { "count(member | //member)", "3" }, { "count(head | nothing)", "1" },
	     { "join(' ', //kind | //name)", "A cat dog B fish C" }, { "count(//kind | //kind/..)", "6" }, { "count(/ | /data)", "1" }, { "(last | head | group//deep)[2]", "x" },
	     { "1 | 2", NULL }, { "head | 'a'", NULL }, { "count(head | last | member/name)", "5" } );
}

static void positions(void **state)
{
	(void)state;
	ROWS(SEES(.xml = roster), { "position()", "1" }, { "last()", "1" }, { "last(1)", NULL }, { "position(member[2])", "2" }, { "position(member[3]/name)", "1" },
	     { "position(nothing)", "0" }, { "position(1)", NULL }, { "position(group)", "1" });
	ROWS(SEES(.xml = roster, .context = "/data/member[2]/name"), { "position(..)", "2" }, { "position(.)", "1" }, { "position(../..)", "1" }, { "../age", "10" },
	     { "/data/member[position() = position(current()/..)]/age", "10" }, { "/data/member[position() = position(current()/..) - 1]/name", "A" }, { ".", "B" },
	     { ". = 'B'", "true" }, { "string-length(.)", "1" }, { "current()", "B" }, { "current()/../age", "10" }, { "count(../pets)", "1" }, { "../../head", "Anna" } );
}

static void languages(void **state)
{
	(void)state;
	ROWS(SEES(.xml = "<data xml:lang=\"en-US\"><a xml:lang=\"hy\"/></data>"), { "lang('en')", "true" }, { "lang('EN')", "true" }, { "lang('en-US')", "true" }, { "lang('fr')", "false" },
	     { "lang('e')", "false" }, { "count(a[lang('hy')])", "1" }, { "count(a[lang('en')])", "0" } );
}

/* What is not relevant is not there. */
static void relevance(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct rows rows = SEES(.xml = roster);
	struct expr_env env = rows_env(arena, &rows);
	rows_context(&env, "/data/member[2]/age")->is_relevant = false;
	rows_context(&env, "/data/group")->is_relevant = false;
	const struct row row[] = {
		{ "/data/member[2]/age", "" }, { "sum(//age[. != ''])", "3" }, { "count(//age)", "2" }, { "//deep", "" }, { "${deep}", "" }, { "count(${age})", "2" },
		{ "max(${age})", "3" }, { "count(group)", "0" }, { "coalesce(${deep}, 'none')", "none" }, { "indexed-repeat(${age}, ${member}, 2)", "" },
		{ "indexed-repeat(${name}, ${member}, 2)", "B" }, { "selected(${deep}, 'x')", "false" },
	};
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
		assert_string_equal(rows_answer(&env, row[i].text), row[i].answer);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(axes), cmocka_unit_test(attributes), cmocka_unit_test(predicates), cmocka_unit_test(unions),
		cmocka_unit_test(positions), cmocka_unit_test(languages), cmocka_unit_test(relevance),
	};
	return RUN_TESTS(tests);
}
