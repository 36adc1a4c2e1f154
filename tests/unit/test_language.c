/* SPDX-License-Identifier: Apache-2.0
 *
 * Languages found by the names that spreadsheets give them. */
#include "base/language.h"
#include "unit.h"

static void names_give_codes(void **state)
{
	static const char *const cases[][2] = {
		{ "English", "en" }, { "english", "en" }, { "English (en)", "en" }, { "Français (fr)", "fr" }, { "FRENCH", "fr" }, { "français", "fr" }, { "Español", "es" },
		{ "Armenian", "hy" }, { "հայերեն", "hy" }, { "русский", "ru" }, { "Arabic", "ar" }, { "Amharic", "am" }, { "hy", "hy" }, { "pt-BR", "pt-BR" }, { "Kiswahili", "sw" },
		{ "Whatever (zz)", "zz" }, { "Klingonese", NULL }, { "", NULL }, { "A ( b )", NULL }, { "Oromiffa", NULL },
	};
	struct arena *arena = arena_new(1 << 20);
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *code = language_code(arena, cases[i][0]);
		if (!cases[i][1])
			assert_string_equal(code ? code : "(none)", "(none)");
		else
			assert_string_equal(code ? code : cases[i][0], cases[i][1]);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(names_give_codes) };
	return RUN_TESTS(tests);
}
