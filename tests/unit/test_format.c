/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates and numbers as people read them. What other languages print is ICU's to say; here
 * stands what the look promises: order, digits, clock, and that nothing odd comes of bad input. */
#include "unit.h"

#include "base/arena.h"
#include "base/date.h"
#include "view/format.h"

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	format_use("en", "Asia/Yerevan");
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void test_english(void **state)
{
	int64_t at = instant_of("2026-11-17", 9 * 60 + 12, "Asia/Yerevan");

	(void)state;
	assert_string_equal(format_date(arena, "2026-11-17"), "17 Nov 2026");
	assert_string_equal(format_date_short(arena, "2026-11-17", "2026-01-01"), "17 Nov");
	assert_string_equal(format_date_short(arena, "2027-01-18", "2026-11-17"), "18 Jan 2027");
	assert_string_equal(format_date_long(arena, "2026-11-17"), "Tuesday 17 November 2026");
	assert_string_equal(format_day(arena, "2026-11-17"), "17 November");
	assert_string_equal(format_day_name(arena, "2026-11-17"), "Tuesday");
	assert_string_equal(format_weekday(arena, "2026-11-17"), "Tue 17");
	assert_string_equal(format_month(arena, "2026-11-17", 0), "November 2026");
	assert_string_equal(format_month(arena, "2026-11-17", 1), "Nov");
	assert_string_equal(format_instant(arena, at), "17 Nov 2026, 09:12");
	assert_string_equal(format_time(arena, at), "09:12");
	assert_string_equal(format_clock(arena, at), "Tue 17 Nov 2026, 09:12");
	assert_string_equal(format_date_range(arena, "2026-11-16", "2026-11-20"), "16–20 Nov");
	assert_string_equal(format_number(arena, 8412, 0), "8,412");
	assert_string_equal(format_number(arena, 4.5, 1), "4.5");
	assert_string_equal(format_number(arena, -0.25, 2), "-0.25");
}

static void test_ages_and_terms(void **state)
{
	(void)state;
	assert_string_equal(format_days_ago(arena, "2026-11-17", "2026-11-17"), "Today");
	assert_string_equal(format_days_ago(arena, "2026-11-16", "2026-11-17"), "Yesterday");
	assert_string_equal(format_days_ago(arena, "2026-11-13", "2026-11-17"), "4 days ago");
	assert_string_equal(format_days_ago(arena, "2026-10-01", "2026-11-17"), "1 Oct 2026");
	assert_string_equal(format_due(arena, "2026-11-17", "2026-11-17"), "today");
	assert_string_equal(format_due(arena, "2026-11-20", "2026-11-17"), "in 3 days");
	assert_string_equal(format_due(arena, "2026-11-16", "2026-11-17"), "1 day late");
	assert_string_equal(format_due(arena, "2026-11-15", "2026-11-17"), "2 days late");
	assert_string_equal(format_due(arena, "2027-01-15", "2026-11-17"), "15 Jan 2027");
}

static void test_other_languages(void **state)
{
	(void)state;
	format_use("ru", "Asia/Yerevan");
	assert_string_equal(format_date_short(arena, "2026-11-17", "2026-11-17"), "17 нояб.");
	assert_string_equal(format_days_ago(arena, "2026-11-17", "2026-11-17"), "Сегодня");
	format_use("ar", "Asia/Amman");
	assert_non_null(strstr(format_date(arena, "2026-11-17"), "17"));
	format_use("ar-u-nu-arab", "Asia/Amman");
	assert_non_null(strstr(format_date(arena, "2026-11-17"), "١٧"));
	format_use("no-such-language-at-all", "Nowhere/Land");
	assert_non_null(format_date(arena, "2026-11-17"));
	format_use("en", "Asia/Yerevan");
	assert_string_equal(format_date(arena, "2026-11-17"), "17 Nov 2026");
}

/* More languages and zones than are kept: the oldest go. */
static void test_many_sets(void **state)
{
	static const char *const languages[] = { "en", "hy", "ru", "es", "fr", "ar", "tr", "ka", "uk", "pt" };
	static const char *const zones[] = { "UTC", "Asia/Yerevan", "America/Jamaica" };

	(void)state;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < 10; i++)
			for (size_t z = 0; z < 3; z++) {
				format_use(languages[i], zones[z]);
				assert_true(*format_date(arena, "2026-11-17") != '\0');
			}
}

static void test_bad_input(void **state)
{
	(void)state;
	assert_string_equal(format_date(arena, NULL), "");
	assert_string_equal(format_date(arena, ""), "");
	assert_string_equal(format_date(arena, "2026-02-30"), "");
	assert_string_equal(format_date_range(arena, "x", "2026-11-20"), "");
	assert_string_equal(format_days_ago(arena, "", "2026-11-17"), "");
	assert_string_equal(format_due(arena, NULL, NULL), "");
	assert_string_equal(format_number(arena, 1, 99), "1.0000");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_english, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_ages_and_terms, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_other_languages, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_many_sets, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_bad_input, open_arena, close_arena),
	};

	return RUN_TESTS(tests);
}
