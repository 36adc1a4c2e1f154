/* SPDX-License-Identifier: Apache-2.0
 *
 * Text: what is refused as UTF-8, and which spellings agree. */
#include "unit.h"

#include "base/text.h"

static struct arena *arena;

static void utf8_without_tricks(void **state)
{
	static const char *const good[] = { "abc", "Գրիգորյան", "👪", "\xef\xbf\xbd", "" };
	static const char *const bad[] = { "\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82", "a\x80", "\xf0\x80\x80\xaf" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(text_is_clean(good[i], strlen(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(text_is_utf8(bad[i], strlen(bad[i])));
	assert_false(text_is_utf8("a\0b", 3));
	assert_true(text_is_clean("a\tb\r\n", 5));
	assert_false(text_is_clean("a\x1b[0m", 5));
	assert_false(text_is_clean("\xc2\x85", 2));
}

static void trim_count_first(void **state)
{
	(void)state;
	assert_true(text_is_blank(NULL));
	assert_true(text_is_blank(" \t\xc2\xa0\xe3\x80\x80"));
	assert_false(text_is_blank(" a"));
	assert_string_equal(text_trim(arena, "  a b\xc2\xa0\n"), "a b");
	assert_string_equal(text_trim(arena, "   "), "");
	assert_int_equal(text_length("Ծիր"), 3);
	assert_string_equal(text_first(arena, "Ծիր", 2), "Ծի");
	assert_string_equal(text_first(arena, "Ծիր", 9), "Ծիր");
	assert_string_equal(text_initials(arena, " anahit  sargsyan "), "AS");
	assert_string_equal(text_initials(arena, "անահիտ սարգսյան"), "ԱՍ");
	assert_string_equal(text_initials(arena, "Pele"), "P");
	assert_string_equal(text_initials(arena, "ليث الزعبي"), "ل\xe2\x80\x8c" "ز");
	assert_string_equal(text_initials(arena, NULL), "");
}

static void numbers(void **state)
{
	static const char *const no[] = { "", "-", " 1", "1 ", "1x", "+1", "9223372036854775808", "0x10", "1.0" };
	int64_t i;
	double d;

	(void)state;
	assert_true(text_to_int("-9223372036854775808", &i) && i == INT64_MIN);
	assert_true(text_to_int("007", &i) && i == 7);
	for (size_t k = 0; k < sizeof no / sizeof *no; k++)
		assert_false(text_to_int(no[k], &i));
	assert_true(text_to_double("-0.5", &d) && d == -0.5);
	assert_true(text_to_double("12.", &d) && d == 12);
	assert_false(text_to_double(".", &d));
	assert_false(text_to_double("1e5", &d));
	assert_false(text_to_double("nan", &d));
	assert_false(text_to_double("0x1", &d));
}

static void scripts_agree_when_folded(void **state)
{
	(void)state;
	assert_string_equal(text_fold(arena, "Գրիգորյան"), "grigoryan");
	assert_string_equal(text_fold(arena, "  GRIGORYAN \n Mariam "), "grigoryan mariam");
	assert_string_equal(text_fold(arena, "José Ñandú"), "jose nandu");
	assert_string_equal(text_fold(arena, "Алёна"), text_fold(arena, "Алена"));
	assert_string_equal(text_fold(arena, "مُحَمَّد"), text_fold(arena, "محمد"));
	assert_string_equal(text_fold(arena, "أسرة"), text_fold(arena, "اسرة"));
	assert_string_equal(text_fold(arena, "فاطمة"), text_fold(arena, "فاطمه"));
	assert_string_equal(text_fold(arena, "مصطفى"), text_fold(arena, "مصطفي"));
	assert_string_equal(text_fold(arena, "إبراهيم"), text_fold(arena, "ابراهيم"));
	assert_string_equal(text_fold(arena, "آمنة"), text_fold(arena, "امنه"));
	assert_string_equal(text_fold(arena, "عمـــان"), text_fold(arena, "عمان"));
	assert_string_equal(text_fold(arena, "İstanbul"), "istanbul");
	assert_string_equal(text_fold(arena, "O\u2019Brien"), "obrien");
	assert_string_equal(text_fold(arena, "ARM-2026-000123"), "arm-2026-000123");
	assert_null(text_fold(arena, NULL));
}

static void spellings_agree_by_key(void **state)
{
	static const char *const same[][2] = {
		{ "Grigoryan", "Grigorian" }, { "Grigoryan", "Григорян" }, { "Գրիգորյան", "Григорян" },
		{ "Խաչատրյան", "Khachatryan" }, { "Khachatryan", "Hachatrian" }, { "Hovhannisyan", "Hovhanisian" },
		{ "Jamal", "Djamal" }, { "Yelena", "Елена" }, { "Elena", "Елена" }, { "Stephan", "Stefan" }, { "Եղիազարյան", "Eghiazaryan" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		assert_string_equal(text_name_key(arena, same[i][0]), text_name_key(arena, same[i][1]));
	assert_string_not_equal(text_name_key(arena, "Petrosyan"), text_name_key(arena, "Poghosyan"));
	assert_string_equal(text_name_key(arena, "--- "), "");
}

static void similarity_orders_names(void **state)
{
	(void)state;
	assert_true(text_name_similarity(arena, "Mariam Grigoryan", "Grigorian Mariam") > 0.99);
	assert_true(text_name_similarity(arena, "Mariam Grigoryan", "Marian Grigoryan") > 0.9);
	assert_true(text_name_similarity(arena, "Mariam Grigoryan", "Karen Poghosyan") < 0.7);
	assert_true(text_name_similarity(arena, "", "Karen") == 0);
	assert_true(text_name_similarity(arena, "…", "—") == 0);
}

static void nearest_word(void **state)
{
	static const char *const words[] = { "case_worker", "supervisor", "intake_clerk" };

	(void)state;
	assert_string_equal(text_nearest("case_worke", words, 3), "case_worker");
	assert_string_equal(text_nearest("suprevisor", words, 3), "supervisor");
	assert_null(text_nearest("gardener", words, 3));
	assert_null(text_nearest("", words, 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_without_tricks), cmocka_unit_test(trim_count_first), cmocka_unit_test(numbers),
		cmocka_unit_test(scripts_agree_when_folded), cmocka_unit_test(spellings_agree_by_key),
		cmocka_unit_test(similarity_orders_names), cmocka_unit_test(nearest_word),
	};
	int failed;

	arena = arena_new(4 << 20);
	failed = RUN_TESTS(tests);
	arena_free(arena);
	return failed;
}
