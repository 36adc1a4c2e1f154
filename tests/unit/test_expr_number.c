/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions on numbers in form expressions, and those that make one number of many. */
#include "expr_rows.h"

static void rounding(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "round(1)", "1" }, { "round(1.1)", "1" }, { "round(1.5)", "2" }, { "round(-1)", "-1" }, { "round(-1.1)", "-1" },
	     /* halves go up, as in XPath 1.0 and JavaRosa */
	     { "round(-1.5)", "-1" }, { "round(-2.5)", "-2" }, { "round(2.5)", "3" }, { "round('-0.5')", "0" }, { "round(-1.55)", "-2" },
	     { "round(0.001)", "0" }, { "round('14.29123456789')", "14" }, { "round('14.6')", "15" }, { "round('14.5')", "15" },
	     { "round('14.29123456789', 0)", "14" }, { "round('14.29123456789', 1)", "14.3" }, { "round('14.29123456789', 1.5)", "14.3" },
	     { "round('14.29123456789', 2)", "14.29" }, { "round('14.29123456789', 3)", "14.291" }, { "round('14.29123456789', 4)", "14.2912" },
	     { "round('12345.14', 1)", "12345.1" }, { "round('-12345.14', 1)", "-12345.1" }, { "round('12345.12345', 0)", "12345" },
	     { "round('12345.12345', -1)", "12350" }, { "round('12345.12345', -2)", "12300" }, { "round('12350.12345', -2)", "12400" },
	     { "round('12345.12345', -3)", "12000" }, { "round('4,6')", "5" }, { "round('14,6')", "15" }, { "round('1 div 0', 0)", "NaN" },
	     { "round(1 div 0)", "Infinity" }, { "round('NaN')", "NaN" }, { "round('0')", "0" }, { "round('-0')", "0" }, { "round('12345.15', 1)", "12345.2" },
	     { "round('-12345.15', 1)", "-12345.1" }, { "round(2.15, 1)", "2.2" }, { "round(2.149, 1)", "2.1" }, { "round(1.005, 2)", "1.01" },
	     { "round('23.7825', 2)", "23.78" }, { "round('23.7825', -1)", "20" }, { "round('23.7825', -2)", "0" }, { "round('626.3', -3)", "1000" },
	     { "round('-50.55', -2)", "-100" }, { "round('1.98', -1)", "0" }, { "round(9.99, 1)", "10" }, { "round(99.5)", "100" }, { "round(1.234, 5)", "1.234" },
	     { "round(33.33, -1)", "30" }, { "round(1 div 47999799999)", "0" }, { "round('a')", "NaN" }, { "round(1, 31)", "NaN" }, { "round(1, -31)", "NaN" },
	     { "round()", NULL }, { "round(1, 2, 3)", NULL }, { "round(123456789012345680000, 2)", "123456789012345680000" },
	     { "floor(2.7)", "2" }, { "floor(-2.1)", "-3" }, { "ceiling(-1.55)", "-1" }, { "ceiling(2.44)", "3" }, { "ceiling(0.001)", "1" },
	     { "ceiling(-0.5)", "0" }, { "ceiling()", NULL }, { "int(2.1)", "2" }, { "int('2.51')", "2" }, { "int(-1.4)", "-1" }, { "int(-1.51)", "-1" },
	     { "int('a')", "NaN" }, { "int('')", "NaN" }, { "int(7.922021953507237e-12)", "0" }, { "int(1 div 0)", "Infinity" }, { "int(-0.5)", "0" },
	     { "abs(-3.5)", "3.5" }, { "abs('')", "NaN" });
}

static void functions(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "pow(2, 2)", "4" }, { "pow(2, 0)", "1" }, { "pow(0, 4)", "0" }, { "pow(2.5, 2)", "6.25" }, { "pow(0.5, 2)", "0.25" },
	     { "pow(-1, 2)", "1" }, { "pow(-1, 3)", "-1" }, { "pow(4, 0.5)", "2" }, { "pow(16, 0.25)", "2" }, { "sin(2)", "0.9092974268256817" },
	     { "sin('a')", "NaN" }, { "cos(2)", "-0.4161468365471424" }, { "tan(2)", "-2.185039863261519" }, { "acos(-1)", "3.141592653589793" },
	     { "acos(2)", "NaN" }, { "asin(1)", "1.5707963267948966" }, { "atan(-1)", "-0.7853981633974483" }, { "atan2(2,3)", "0.5880026035475675" },
	     { "atan2(2, 'a')", "NaN" }, { "log(2)", "0.6931471805599453" }, { "log(0)", "-Infinity" }, { "log(-1)", "NaN" }, { "log10(2)", "0.3010299956639812" },
	     { "pi()", "3.141592653589793" }, { "exp(2)", "7.38905609893065" }, { "exp(0)", "1" }, { "exp10(2)", "100" }, { "exp10(-2)", "0.01" },
	     { "exp10(0.5)", "3.1622776601683795" }, { "sqrt(4)", "2" }, { "sqrt(-2)", "NaN" }, { "sqrt(0.5)", "0.7071067811865476" },
	     { "sin( pi() div 2)", "1" }, { "pow(2)", NULL }, { "atan2(1)", NULL }, { "pi(1)", NULL });
}

static const char numbers[] =
	"<root><all><n>-10</n><n>11</n><n>99</n></all><bad><n>-10</n><n>11</n><n>a</n></bad><gap><n>-5</n><n>-15</n><n/></gap>"
	"<one>123</one><none/><neg><n>-3</n><n>-17</n><n>-32</n></neg><dates><n>2012-07-24</n><n>2012-07-23</n></dates></root>";

static void one_of_many(void **state)
{
	(void)state;
	ROWS(SEES(.xml = numbers), { "sum(all/n)", "100" }, { "sum(one)", "123" }, { "sum(nothing)", "0" }, { "sum(bad/n)", "NaN" },
	     /* as in XPath; the way out is in the documentation */
	     { "sum(gap/n)", "NaN" }, { "sum(gap/n[. != ''])", "-20" }, { "sum(none)", "NaN" }, { "sum(1)", NULL }, { "sum(1, 2)", NULL }, { "sum()", NULL },
	     { "min(1, 2, 3)", "1" }, { "min(1, 2, 0)", "0" }, { "min(-1, 2, 3)", "-1" }, { "min('')", "NaN" }, { "min(nothing)", "NaN" }, { "min()", "NaN" },
	     { "min(bad/n)", "NaN" }, { "min(all/n)", "-10" }, { "min(neg/n)", "-32" }, { "min(one)", "123" }, { "min(none)", "NaN" },
	     /* rows nobody answered are skipped */
	     { "min(gap/n)", "-15" }, { "max(gap/n)", "-5" }, { "max(1, 2, 3)", "3" }, { "max(-1, -2)", "-1" }, { "max(all/n)", "99" }, { "max(neg/n)", "-3" },
	     { "max(bad/n)", "NaN" }, { "max('a', 1)", "NaN" }, { "max(1, 'a')", "NaN" }, { "max(all/n, 500)", "500" }, { "max()", "NaN" },
	     { "max(dates/n)", "15545" }, { "min(date('2012-07-24'), date('2012-07-23'))", "15544" },
	     { "count(all/n)", "3" }, { "count(nothing)", "0" }, { "1 + count(nothing)", "1" }, { "count(1)", NULL }, { "count()", NULL }, { "count(a, b)", NULL },
	     { "count-non-empty(gap/n)", "2" }, { "count-non-empty(gap)", "1" }, { "count-non-empty(nothing)", "0" }, { "count-non-empty('a')", NULL },
	     { "count-non-empty()", NULL }, { "number(all/n)", "-10" }, { "int(one)", "123" }, { "round(all/n[2] div 3, 2)", "3.67" });
	ROWS(SEES(.xml = "<data><path><child/><child/></path><path/><path>some value</path><path><child/></path><path/></data>"),
	     { "count(/data/path)", "5" }, { "count-non-empty(/data/path)", "3" });
}

static void chance(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "random() >= 0 and random() < 1", "true" }, { "random() = random()", "false" }, { "random(1)", NULL }, { "string-length(uuid())", "36" },
	     { "regex(uuid(), '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}')", "true" }, { "uuid() = uuid()", "false" },
	     { "string-length(uuid(15))", "15" }, { "uuid(0)", "" }, { "uuid(1001)", NULL }, { "uuid('a')", NULL }, { "uuid(-1)", NULL });
}

/* Expected orders are those of JavaRosa and web-forms, which agree. */
static void shuffling(void **state)
{
	(void)state;
	ROWS(SEES(.xml = "<r><i>A</i><i>B</i><i>C</i><i>D</i><i>E</i><i>F</i><p>1</p><p>2</p></r>"),
	     { "join('', randomize(/r/i, 42))", "AFCBDE" }, { "join('', randomize(/r/i, '42'))", "AFCBDE" }, { "join('', randomize(/r/i, -42))", "EDAFBC" },
	     { "join('', randomize(/r/i, 1))", "BFEACD" }, { "join('', randomize(/r/i, 11111111))", "ACDBFE" }, { "join('', randomize(/r/i, int(1)))", "BFEACD" },
	     { "join('', randomize(/r/i, 1.1))", "BFEACD" }, { "join('', randomize(/r/i, 0))", "CBEAFD" }, { "join('', randomize(/r/i, ''))", "CBEAFD" },
	     { "join('', randomize(/r/i, 0 div 0))", "CBEAFD" }, { "join('', randomize(/r/i, /r/p))", "BFEACD" }, { "count(randomize(/r/i))", "6" },
	     { "randomize(/r/i, 42)", "A" }, { "randomize(1, 2)", NULL }, { "randomize()", NULL }, { "randomize(/r/i, 1, 2)", NULL }, { "count(randomize(/r/none))", "0" });
	ROWS(SEES(.xml = "<r><i>A</i><i>B</i><i>C</i><i>D</i><i>E</i><i>F</i><i>G</i><i>H</i></r>"),
	     { "join('', randomize(/r/i, 1234))", "GFEDAHBC" }, { "join('', randomize(/r/i, '1234'))", "GFEDAHBC" },
	     { "join('', randomize(/r/i, 'foo'))", "EADBHGCF" }, { "join('', randomize(/r/i, '-6.8137120026589315 39.29392995851879'))", "HBDFAGCE" });
}

#define SHAPE "'7.9377 -11.5845 0 0;7.9324 -11.5902 0 0;7.927 -11.5857 0 0;7.925 -11.578 0 0;7.9267 -11.5722 0 0;" \
	"7.9325 -11.5708 0 0;7.9372 -11.5737 0 0;7.9393 -11.579 0 0;7.9377 -11.5845 0 0'"
#define TRACE1 "'38.253094215699576 21.756382658677467;38.25021274773806 21.756382658677467;38.25007793942195 21.763892843919166;" \
	"38.25290886154963 21.763935759263404;38.25146813817506 21.758421137528785'"
#define TRACE2 "'38.25304740874071 21.75644703234866;38.25308110946615 21.763377860443143;38.25078942453431 21.763399318115262;" \
	"38.25090738066984 21.756640151397733;38.25197740258244 21.75892539347842'"
#define SQUARE "'0 0; 0 10; 10 10; 10 0; 0 0'"

static void geography(void **state)
{
	(void)state;
	ROWS(NO_DATA, { "area(" SHAPE ")", "2333220.77" }, { "distance(" SHAPE ")", "5724.36" }, { "area(" TRACE1 ")", "151451.76" },
	     { "distance(" TRACE1 ")", "1800.69" }, { "area(" TRACE2 ")", "122754.94" }, { "distance(" TRACE2 ")", "1684.62" },
	     { "area('7.9377 -11.5845 0 0;7.9324 -11.5902 0 0')", "0" }, { "distance('7.9377 -11.5845 0 0;7.9324 -11.5902 0 0')", "861.99" },
	     { "distance('7.9377 -11.5845 0 0;7.9377 -11.5845 0 0')", "0" }, { "distance('0 0;0 1')", "111318.85" }, { "distance('0 0;0 90')", "10018696.05" },
	     { "distance('90 0;90 1')", "0" }, { "distance('5000 5000; 5000 5000')", "NaN" }, { "area('5000 5000; 5000 5000')", "NaN" }, { "area('a')", "NaN" },
	     { "distance('a')", "NaN" }, { "area('')", "NaN" }, { "distance('')", "NaN" }, { "area()", NULL }, { "distance()", NULL },
	     { "distance('38.253094215699576 21.756382658677467 0 0', '38.25021274773806 21.756382658677467 0 0')", "320.76" },
	     { "distance('0 0;0 1;')", "111318.85" }, { "distance('0 0 1 2 3;0 1')", "NaN" }, { "distance('0 0 1 -2;0 1')", "NaN" },
	     { "geofence('5 5', " SQUARE ")", "true" }, { "geofence('5 5 100 3', " SQUARE ")", "true" }, { "geofence('15 5', " SQUARE ")", "false" },
	     { "geofence('-5 5', " SQUARE ")", "false" }, { "geofence('', " SQUARE ")", "false" }, { "geofence('5 5', '')", "false" }, { "geofence('5 5')", NULL },
	     { "intersects(" SQUARE ")", "false" }, { "intersects('0 0; 10 10; 0 10; 10 0; 0 0')", "true" }, { "intersects('0 0; 0 5; 5 5; -5 2')", "true" },
	     { "intersects('0 0; 0 5; 5 5')", "false" }, { "intersects('0 0; 0 5; 5 5; 5 0')", "false" }, { "intersects('')", "false" }, { "intersects()", NULL });
	ROWS(SEES(.xml = "<r><p>7.9377 -11.5845 0 0</p><p>7.9324 -11.5902 0 0</p><p/><q>38.253094215699576 21.756382658677467 0 0</q><q2>38.25021274773806 21.756382658677467 0 0</q2><none/></r>"),
	     { "distance(p)", "861.99" }, { "distance(q, q2)", "320.76" }, { "distance(none)", "NaN" }, { "area(none)", "NaN" });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rounding), cmocka_unit_test(functions), cmocka_unit_test(one_of_many), cmocka_unit_test(chance),
		cmocka_unit_test(shuffling), cmocka_unit_test(geography),
	};
	return RUN_TESTS(tests);
}
