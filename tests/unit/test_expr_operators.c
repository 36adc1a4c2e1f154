/* SPDX-License-Identifier: Apache-2.0
 *
 * Literals, operators, conversions and comparisons of form expressions. */
#include "expr_rows.h"

static void literals(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "5", "5" }, { "555555.555", "555555.555" }, { ".000555", "0.000555" }, { "0", "0" }, { "-5", "-5" }, { "-0", "0" },
	     { "123.", "123" }, { ".666", "0.666" }, { "00000333.3330000", "333.333" }, { "0.", "0" }, { ".0", "0" }, { "0.0", "0" },
	     { "1230000000000000000000", "1230000000000000000000" }, { "0.00000000000000000123", "0.00000000000000000123" },
	     { "7.922021953507237e-12", "0.000000000007922021953507237" }, { "1e3", "1000" },
	     { "''", "" }, { "'\"'", "\"" }, { "\"'\"", "'" }, { "\"test string\"", "test string" }, { "'   '", "   " },
	     { "'unterminated", NULL }, { "(5)", "5" }, { "(( (( (5 )) )))  ", "5" }, { "\xC2\xA0" "5\xC2\xA0", "5" });
}

static void syntax_mistakes(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "", NULL }, { "     ", NULL }, { "  \t \n  \r ", NULL }, { ")", NULL }, { "(", NULL }, { "()", NULL }, { "(((3))", NULL },
	     { "+-", NULL }, { "5/5", NULL }, { "5%5", NULL }, { "5 == 5", NULL }, { "5 <> 5", NULL }, { ">=", NULL }, { "'asdf'!=", NULL },
	     { "8|-9", NULL }, { "function ( 4, 5, 6 ", NULL }, { "node(5)", NULL }, { "text('str')", NULL }, { "comment(name)", NULL },
	     { "processing-instruction(5)", NULL }, { "processing-instruction('asdf','qwer')", NULL }, { "child::func()", NULL },
	     { "..[4]", NULL }, { "preceding::..", NULL }, { "a:b:c", NULL }, { "inv#lid_N~AME", NULL }, { ".abc", NULL }, { "5abc", NULL },
	     { "bad-axis::*", NULL }, { "::*", NULL }, { "child::.", NULL }, { "@attr::*", NULL }, { "[2+3]", NULL },
	     { "rel/ative/path/", NULL }, { "filter-expr/(must-come)['first']", NULL }, { "//", NULL }, { "$var", NULL }, { "$", NULL },
	     { "$$asdf", NULL }, { "$x:*", NULL }, { "${", NULL }, { "${}", NULL }, { "${ }", NULL }, { "${a b}", NULL }, { "${a", NULL },
	     { "1 2", NULL }, { "'a' 'b'", NULL }, { "1 !2", NULL }, { "a ! b", NULL }, { "\xE2\x80\x98" "a\xE2\x80\x99", NULL },
	     { "not-a-function()", NULL }, { "id('x')", NULL }, { "true(5)", NULL }, { "string('too', 'many', 'args')", NULL },
	     { "if(1, 2)", NULL }, { "selected('a')", NULL }, { "1 +", NULL }, { "concat(1,)", NULL }, { "concat(,1)", NULL }, { "a[1", NULL });
}

static void valid_paths_over_nothing(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "node()", "" }, { "text()", "" }, { "comment()", "" }, { "processing-instruction()", "" },
	     { "processing-instruction('asdf')", "" }, { "name", "" }, { "qual:name", "" }, { "_rea--ll:y.funk..y_N4M3", "" },
	     { "namespace:*", "" }, { "*", "" }, { "*****", "NaN" }, { "child::*", "" }, { "parent::*", "" }, { "descendant::*", "" },
	     { "following-sibling::*", "" }, { "preceding-sibling::*", "" }, { "following::*", "" }, { "preceding::*", "" }, { "attribute::*", "" },
	     { "namespace::*", "" }, { "self::*", "" }, { "descendant-or-self::*", "" }, { "ancestor-or-self::*", "" }, { "@attr", "" },
	     { "@*", "" }, { "@ns:*", "" }, { "descendant::node()[@attr='blah'][4]", "" }, { "rel/ative/path", "" },
	     { "/abs/olute/path['etc']", "" }, { "(another-filter)/expr/path", "" }, { "(bunch-o-nodes)[3]", "" }, { "/", "" }, { "//all", "" },
	     { "a/.//../z", "" }, { "../jr:hist-data/labs[@type=\"cd4\"]", "" },
	     { "concat(26*(7+3), //*, /im/child::an/ancestor::x[3][true()]/path)", "260" }, { "../div", "" }, { "div", "" },
	     { "div div div", "NaN" }, { "or or or", "false" }, { "mod mod mod", "NaN" }, { "and and and", "false" });
}

static void arithmetic(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "5.5 + 5.5", "11" }, { "0 + 0", "0" }, { "-3 + 4", "1" }, { "3 + -4", "-1" }, { "1 - 2 - 3", "-4" }, { "1 - (2 - 3)", "2" },
	     { "-(8*5)", "-40" }, { "-'19'", "-19" }, { "1.1 * -1.1", "-1.2100000000000002" }, { "-10 div -4", "2.5" }, { "2 * 3 div 8 * 2", "1.5" },
	     { "3 + 3 * 3", "12" }, { "1 div 0", "Infinity" }, { "-1 div 0", "-Infinity" }, { "0 div 0", "NaN" }, { "0 div -0", "NaN" },
	     { "3.1 mod 3.1", "0" }, { "2 mod 3.1", "2" }, { "0 mod 3.1", "0" }, { "5 mod -3", "2" }, { "-5 mod 3", "-2" }, { "-5 mod -3", "-2" },
	     { "5 mod 0", "NaN" }, { "-7 mod 3", "-1" }, { "5 * (6 + 7)", "65" }, { "'123' * '456'", "56088" }, { "----5", "5" }, { "0--0", "0" },
	     { "6 * - 7", "-42" }, { "- 4 * 6", "-24" }, { "1+1", "2" }, { "0+-0", "0" }, { "-1 +-1", "-2" }, { "1.05+2.05", "3.0999999999999996" },
	     { "5+4+1+-1+-4", "5" }, { ".55+ 0.56", "1.11" }, { "1.0+1.0", "2" }, { "true()+true()", "2" }, { "false()+1", "1" },
	     { "(1 div 0) * 0", "NaN" }, { "(1 div 0) + 1", "Infinity" }, { "(-1 div 0) + 1", "-Infinity" }, { "(1 div 0) + (-1 div 0)", "NaN" },
	     { "number('a') + 0", "NaN" }, { "0 + number('a')", "NaN" }, { "1 -1", "0" }, { "1- 1", "0" }, { "'asdf' -'asdf'", "NaN" },
	     { "-1-1", "-2" }, { "-1 --1", "0" }, { "1.05-2.05", "-0.9999999999999998" }, { ".5-.5-.3", "-0.3" }, { "5- 4-1--1--4", "5" },
	     { "'1'-'1'", "0" }, { ".55  - 0.56", "-0.010000000000000009" }, { "true()  \n\r\t -true()", "0" }, { "false()-1", "-1" },
	     { "1mod1", "0" }, { "1 mod1", "0" }, { "1mod 1", "0" }, { "'1'mod'1'", "0" }, { "'1' mod/html'", NULL }, { "5 mod 1.5", "0.5" },
	     { "6.4 mod 2.1", "0.10000000000000009" }, { "5.3 mod 1.1", "0.8999999999999995" }, { "-0.4 mod .2", "0" }, { "1 mod -1", "0" },
	     { "10 mod (1 div 0)", "10" }, { "-10 mod (-1 div 0)", "-10" }, { "(1 div 0) mod 1", "NaN" }, { "1div1", "1" }, { "'1' div'1'", "1" },
	     { "1.05 div 2.05", "0.5121951219512195" }, { ".5 div .5 div .3", "3.3333333333333335" }, { "5 div 4 div 1 div -1 div -4", "0.3125" },
	     { "true() div true()", "1" }, { "9 * -1", "-9" }, { "-10 *-11", "110" }, { "-15.*1.5", "-22.5" }, { "(1 div 0) * -1", "-Infinity" },
	     { "1-10 mod 3 div 3", "0.6666666666666667" }, { "4-3*4+5-1", "-4" }, { "(4-3)*4+5-1", "8" }, { "8 div 2 + 4", "8" },
	     { "'' + 1", "NaN" }, { "3mod4", "3" }, { "6*(3+4)and(5or2)", "true" }, { "true() + 8", "9" }, { "(6 < 7) - 4", "-3" });
}

static void logic(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "true() and true()", "true" }, { "true() and false()", "false" }, { "false() and false()", "false" },
	     { "true() or true()", "true" }, { "true() or false()", "true" }, { "false() or false()", "false" },
	     { "true() or true() and false()", "true" }, { "(true() or true()) and false()", "false" }, { "true() or date('')", "true" },
	     { "false() and date('')", "false" }, { "'' or 17", "true" }, { "false() or 0 + 2", "true" }, { "(false() or 0) + 2", "2" },
	     { "false() and false() < true()", "false" }, { "(false() and false()) < true()", "true" }, { "false() and true() != true()", "false" },
	     { "(false() and true()) != true()", "true" }, { "-3 < 3 = 6 >= 6", "true" }, { "6 < 7 - 4", "false" }, { "3 < 4 < 5", "true" },
	     { "3 < (4 < 5)", "false" }, { "1 or 2 or 3", "true" }, { "1 and 2 and 0", "false" }, { "0 or 0 or 1 and 0", "false" },
	     { "1 < 2 = 3 > 4 and 5 <= 6 != 7 >= 8 or 9 and 10", "true" }, { "4andtrue()", "true" }, { "6andpath", "false" },
	     { "((true() or false()) and (false() or true())) and (false() or true())", "true" },
	     { "(true() and true()) or (false() and false())", "true" }, { "(true() and true()) and (false() or true())", "true" },
	     { "(0 = 0) and (false() != 'true')", "true" }, { "0 > 0 and false() != 'true'", "false" });
}

static void comparisons(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "4 < 5", "true" }, { "5 < 5", "false" }, { "6 < 5", "false" }, { "5 <= 5", "true" }, { "6 <= 5", "false" }, { "4 > 5", "false" },
	     { "6 > 5", "true" }, { "5 >= 5", "true" }, { "4 >= 5", "false" }, { "-3 > -6", "true" }, { "true() > 0.9999", "true" },
	     { "'-17' > '-172'", "true" }, { "'abc' < 'abcd'", "false" }, { "true() = true()", "true" }, { "true() = false()", "false" },
	     { "true() != true()", "false" }, { "true() != false()", "true" }, { "3 = 3", "true" }, { "3 = 4", "false" }, { "3 != 3", "false" },
	     { "3 != 4", "true" }, { "6.1 - 7.8 = -1.7", "true" }, { "0.1 + 0.2 = 0.3", "true" }, { "0.1 + 0.2 != 0.3", "false" },
	     { "'abc' = 'abc'", "true" }, { "'abc' = 'def'", "false" }, { "'abc' != 'abc'", "false" }, { "'abc' != 'def'", "true" },
	     { "'' = ''", "true" }, { "true() = 17", "true" }, { "0 = false()", "true" }, { "true() = 'true'", "true" }, { "17 = '17.0000000'", "true" },
	     { "'0017.' = 17", "true" }, { "'017.' = '17.000'", "false" }, { "true() != date('1999-09-09')", "false" }, { "1 = '1'", "true" },
	     { "1 = '0'", "false" }, { "1 = true()", "true" }, { "1 = false()", "false" }, { "true() = ''", "false" }, { "true() != ''", "true" },
	     { "false() = ''", "true" }, { "'1a' = '1a'", "true" }, { "'1' = '0'", "false" }, { "'' = '0'", "false" }, { "1 < '2'", "true" },
	     { "1 >= '1'", "true" }, { "2 > true()", "true" }, { "1 < true()", "false" }, { "1 <= true()", "true" }, { "0 < false()", "false" },
	     { "true() < 2", "true" }, { "false() < true()", "true" }, { "true() >= '1'", "true" }, { "true() > ''", "false" }, { "true() <= ''", "false" },
	     { "'' < '0'", "false" }, { "'' >= ''", "false" }, { "'2' > '1'", "true" }, { "'aardvark' < 'aligator'", "false" },
	     { "'aligator' > 'aardvark'", "false" }, { "'string' != date('1999-09-09')", "true" }, { "'string' = date('1999-09-09')", "false" },
	     { "number('a') = number('a')", "false" }, { "number('a') != number('a')", "true" }, { "1 div 0 = 1 div 0", "true" },
	     { "1=1", "true" }, { "2!=1", "true" }, { "1<=1", "true" }, { "1>= 1", "true" }, { "1 < 2 >= 1", "true" });
}

static void to_boolean(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "boolean(true())", "true" }, { "boolean(false())", "false" }, { "boolean(1)", "true" }, { "boolean(-1)", "true" },
	     { "boolean(0.0001)", "true" }, { "boolean(0)", "false" }, { "boolean(-0)", "false" }, { "boolean(number('NaN'))", "false" },
	     { "boolean(1 div 0)", "true" }, { "boolean(-1 div 0)", "true" }, { "boolean('')", "false" }, { "boolean('asdf')", "true" },
	     { "boolean('  ')", "true" }, { "boolean('false')", "true" }, { "boolean(date('2000-01-01'))", "true" }, { "boolean(date('1970-01-01'))", "true" },
	     { "boolean(date('nonsense'))", "false" }, { "boolean(number(''))", "false" }, { "boolean('0.0001')", "true" }, { "boolean()", NULL },
	     { "boolean(1, 2)", NULL }, { "boolean(/data)", "true" }, { "boolean(/asdf)", "false" }, { "not(true())", "false" }, { "not(false())", "true" },
	     { "not('')", "true" }, { "not(1)", "false" }, { "not()", NULL }, { "not(1, 2)", NULL }, { "true()", "true" }, { "false()", "false" },
	     { "boolean-from-string('true')", "true" }, { "boolean-from-string('false')", "false" }, { "boolean-from-string('whatever')", "false" },
	     { "boolean-from-string('1')", "true" }, { "boolean-from-string('0')", "false" }, { "boolean-from-string(1)", "true" },
	     { "boolean-from-string(1.0)", "true" }, { "boolean-from-string(1.0001)", "false" }, { "boolean-from-string(true())", "true" },
	     { "boolean-from-string('')", "false" }, { "boolean-from-string(0)", "false" }, { "boolean-from-string('2')", "false" },
	     { "boolean-from-string('True')", "false" });
}

static void to_string(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "string(true())", "true" }, { "string(false())", "false" }, { "string(number('NaN'))", "NaN" }, { "string(1 div 0)", "Infinity" },
	     { "string(-1 div 0)", "-Infinity" }, { "string(0)", "0" }, { "string(-0)", "0" }, { "string(123456.0000)", "123456" },
	     { "string(-123456)", "-123456" }, { "string(-1)", "-1" }, { "string(.557586)", "0.557586" }, { "string(1230000000000000000000)", "1230000000000000000000" },
	     { "string(0.00000000000000000123)", "0.00000000000000000123" }, { "string('')", "" }, { "string('  ')", "  " }, { "string('a string')", "a string" },
	     { "string(123.)", "123" }, { "string(-0.1000)", "-0.1" }, { "string(1.1)", "1.1" }, { "string(date('1989-11-09'))", "1989-11-09" },
	     { "string(1, 2)", NULL }, { "1000000 * 1000000", "1000000000000" }, { "100000000000 * 100000000000", "10000000000000000000000" },
	     { "1 div 3", "0.3333333333333333" }, { "2 div 3", "0.6666666666666666" }, { "0.1 + 0.2", "0.30000000000000004" }, { "1 div 1000000", "0.000001" },
	     { "123456789012345680", "123456789012345680" }, { "9007199254740993", "9007199254740992" }, { "-1 div 3000000", "-0.00000033333333333333335" });
}

static void to_number(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "number(true())", "1" }, { "number(false())", "0" }, { "number('100')", "100" }, { "number('100.001')", "100.001" },
	     { "number('.1001')", "0.1001" }, { "number('1230000000000000000000')", "1230000000000000000000" }, { "number('0')", "0" }, { "number('-0')", "0" },
	     { "number(' -12345.6789  ')", "-12345.6789" }, { "number('NaN')", "NaN" }, { "number('not a number')", "NaN" }, { "number('- 17')", "NaN" },
	     { "number('  ')", "NaN" }, { "number('')", "NaN" }, { "number('Infinity')", "NaN" }, { "number('1.1e6')", "NaN" }, { "number('34.56.7')", "NaN" },
	     { "number(10)", "10" }, { "number(-123.5)", "-123.5" }, { "number(number('NaN'))", "NaN" }, { "number(1 div 0)", "Infinity" },
	     { "number(-1 div 0)", "-Infinity" }, { "number('0.')", "0" }, { "number('.0')", "0" }, { "number('  1.1 \n\r\n  ')", "1.1" },
	     { "number(- 0.199999)", "-0.199999" }, { "number('1asdf')", "NaN" }, { "number('1.1sd')", "NaN" }, { "number('.1sd')", "NaN" },
	     { "number(' . ')", "NaN" }, { "number('-')", "NaN" }, { "number('+1')", "NaN" }, { "number('0x10')", "NaN" }, { "number('4,6')", "4.6" },
	     { "number('1,234.5')", "NaN" }, { "number(1, 2)", NULL }, { "number(1 = 1)", "1" }, { "number('1970-01-02')", "1" },
	     { "number('2008-09-05')", "14127" }, { "number('1941-12-07')", "-10252" }, { "number('2012-02-30')", "NaN" },
	     { "number(date('1970-01-01'))", "0" }, { "number(date('1969-12-31'))", "-1" });
}

static void nodes_in_operators(void **state)
{
	(void)state;
	ROWS(SEES(.xml = "<data><p>1</p><p>2</p><p>3</p><p>4</p><a>1</a><b>2</b><empty/><text>aaa</text><text>bbb</text></data>"),
	     { "/data/p[1] + /data/p[2]", "3" }, { "/data/p[1]+/data/p[2]", "3" }, { "/data/p[4] -/data/p[2]", "2" }, { "/data/p[4]-/data/p[2]", "2" },
	     { "/data/p[2] */data/p[3]", "6" }, { "/data/p[2]*/data/p[3]", "6" }, { "/data/p + 1", "2" }, { "/data/a!= /data/b", "true" },
	     { "/data/a!=/data/b", "true" }, { "/data/a!= \"1\"", "false" }, { "\"1\"!=/data/a", "false" }, { "/data/a<= /data/b", "true" },
	     { "/data/a<=\"1\"", "true" }, { "/data/a>=/data/b", "false" }, { "\"1\">= /data/a", "true" }, { "4 = p", "true" }, { "4 != p", "true" },
	     { "4.3 = p", "false" }, { "-10 != p", "true" }, { "-10 < p", "true" }, { "-10 > p", "false" }, { "4 > p", "true" }, { "4 >= p", "true" },
	     { "'4' <= p", "true" }, { "p > 4", "false" }, { "p < 2", "true" }, { "'aaa' = text", "true" }, { "'aaa' != text", "true" },
	     { "'bb' = text", "false" }, { "'' = text", "false" }, { "text < 'aaa'", "false" }, { "0 = nothing", "false" }, { "0 != nothing", "false" },
	     { "'' = nothing", "false" }, { "nothing = nothing", "false" }, { "true() = p", "true" }, { "false() = p", "false" }, { "true() = nothing", "false" },
	     { "false() = nothing", "true" }, { "empty = ''", "true" }, { "empty != ''", "false" }, { "empty + 1", "NaN" }, { "p = p", "true" },
	     { "p = a", "true" }, { "text = p", "false" }, { "/something != ''", "false" }, { "p | 1", NULL }, { "count(p | a | p)", "5" } );
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals), cmocka_unit_test(syntax_mistakes), cmocka_unit_test(valid_paths_over_nothing),
		cmocka_unit_test(arithmetic), cmocka_unit_test(logic), cmocka_unit_test(comparisons), cmocka_unit_test(to_boolean),
		cmocka_unit_test(to_string), cmocka_unit_test(to_number), cmocka_unit_test(nodes_in_operators),
	};
	return RUN_TESTS(tests);
}
