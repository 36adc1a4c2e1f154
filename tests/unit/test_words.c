// SPDX-License-Identifier: Apache-2.0
//
// Translations: the .po reader, the order of lookup, plural forms, filling in values.
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "country/instance.h"
#include "country/po.h"
#include "country/words.h"

struct noted { size_t n; int line, column; char message[200]; };

static void note(void *data, int line, int column, const char *message)
{
	struct noted *noted = data;
	if (noted->n++ == 0) {
		noted->line = line;
		noted->column = column;
		snprintf(noted->message, sizeof noted->message, "%s", message);
	}
}

struct entries { size_t n; struct po_entry item[16]; };

static void keep(void *data, const struct po_entry *entry)
{
	struct entries *entries = data;
	assert_true(entries->n < 16);
	entries->item[entries->n++] = *entry;
}

static struct entries entries;

static void ignore(void *data, int line, int column, const char *message)
{
	(void)data;
	(void)line;
	(void)column;
	(void)message;
}

static struct arena *arena;

static bool read_po(const char *text)
{
	entries.n = 0;
	return po_read(arena, text, strlen(text), keep, ignore, &entries);
}

static void test_entries(void **state)
{
	(void)state;
	assert_true(read_po("msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
	                 "# a note\n#: file.c:12\nmsgid \"My week\"\nmsgstr \"Իմ շաբաթը\"\n\n"
	                 "#, fuzzy, c-format\nmsgctxt \"month\"\nmsgid \"May\"\nmsgstr \"Մայիս\"\n\n"
	                 "msgid \"\"\n\"two \"\n\"lines\\n\"\nmsgstr \"a \\\"b\\\"\\t\\\\\"\n"
	                 "#~ msgid \"old\"\n#~ msgstr \"հին\"\n"
	                 "msgid \"%1 day\"\nmsgid_plural \"%1 days\"\nmsgstr[0] \"%1 день\"\nmsgstr[1] \"%1 дня\"\nmsgstr[2] \"%1 дней\"\r\n"));
	assert_int_equal(entries.n, 4);
	assert_string_equal(entries.item[0].source, "My week");
	assert_string_equal(entries.item[0].string[0], "Իմ շաբաթը");
	assert_int_equal(entries.item[0].line, 7);
	assert_string_equal(entries.item[1].context, "month");
	assert_true(entries.item[1].is_fuzzy);
	assert_string_equal(entries.item[2].source, "two lines\n");
	assert_string_equal(entries.item[2].string[0], "a \"b\"\t\\");
	assert_false(entries.item[2].is_fuzzy);
	assert_int_equal(entries.item[3].n, 3);
	assert_string_equal(entries.item[3].plural, "%1 days");
	assert_string_equal(entries.item[3].string[2], "%1 дней");
}

static void test_broken_files(void **state)
{
	static const struct { const char *text; int line, column; } broken[] = {
		{ "msgid \"a\"\nmsgstr \"b\n", 2, 10 },
		{ "msgid \"a\"\nmsgstr \"b\" c\n", 2, 12 },
		{ "msgid \"a\"\nmsgstr b\n", 2, 8 },
		{ "msgid \"a\"\nmsgstr \"\\q\"\n", 2, 10 },
		{ "\"loose\"\n", 1, 1 },
		{ "msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"\"\n", 3, 6 },
		{ "msgstr \"a\"\n", 1, 7 },
		{ "msgid \"a\"\nmsgstr[9] \"b\"\n", 2, 7 },
		{ "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n", 3, 7 },
		{ "msgid \"a\xff\"\n", 1, 1 },
		{ "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n", 2, 1 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct noted noted = { 0 };
		struct catalogue_of_words *words = words_new(arena);
		assert_false(words_add(words, "hy", broken[i].text, strlen(broken[i].text), note, &noted));
		assert_true(noted.n >= 1);
		if (noted.line != broken[i].line || noted.column != broken[i].column)
			print_error("case %zu: %d:%d %s\n", i, noted.line, noted.column, noted.message);
		assert_int_equal(noted.line, broken[i].line);
		assert_int_equal(noted.column, broken[i].column);
	}
}

static struct catalogue_of_words *catalogue(const char *language, const char *po)
{
	struct noted noted = { 0 };
	struct catalogue_of_words *words = words_new(arena);
	if (!words_add(words, language, po, strlen(po), note, &noted))
		print_error("%d:%d %s\n", noted.line, noted.column, noted.message);
	assert_int_equal(noted.n, 0);
	return words;
}

static void test_lookup(void **state)
{
	(void)state;
	struct catalogue_of_words *words = catalogue("hy",
		"msgid \"My week\"\nmsgstr \"Իմ շաբաթը\"\nmsgid \"Open\"\nmsgstr \"Բացել\"\nmsgctxt \"state\"\nmsgid \"Open\"\nmsgstr \"Բաց\"\n"
		"msgid \"Later\"\nmsgstr \"\"\n#, fuzzy\nmsgid \"Guess\"\nmsgstr \"Սխալ\"\n");
	words_use(words, "hy");
	assert_string_equal(words_language(), "hy");
	assert_string_equal(tr("My week"), "Իմ շաբաթը");
	assert_string_equal(tr_context("state", "Open"), "Բաց");
	assert_string_equal(tr_context("verb", "Open"), "Բացել");
	assert_string_equal(tr("Later"), "Later");
	assert_string_equal(tr("Guess"), "Guess");
	assert_string_equal(tr("Unknown words of a test"), "Unknown words of a test");
	assert_string_equal(tr(NULL), "");
	assert_true(words_has(words, "hy", "My week"));
	assert_false(words_has(words, "hy", "Later"));
	assert_false(words_has(words, "ru", "My week"));
	words_use(words, "ru");
	assert_string_equal(tr("My week"), "My week");
	words_use(NULL, "en");
	assert_string_equal(tr("My week"), "My week");
}

/* The bundle's own file is added before its parents': its word stays. */
static void test_first_stays(void **state)
{
	static const char own[] = "msgid \"client\"\nmsgstr \"շահառու\"\n", parent[] = "msgid \"client\"\nmsgstr \"հաճախորդ\"\nmsgid \"office\"\nmsgstr \"գրասենյակ\"\n";
	struct noted noted = { 0 };
	(void)state;
	struct catalogue_of_words *words = catalogue("hy", own);
	assert_true(words_add(words, "hy", parent, sizeof parent - 1, note, &noted));
	words_put(words, "hy", "client", "other");
	words_put(words, "hy", "Shirak", "Շիրակ");
	words_use(words, "hy");
	assert_string_equal(tr("client"), "շահառու");
	assert_string_equal(tr("office"), "գրասենյակ");
	assert_string_equal(tr("Shirak"), "Շիրակ");
	words_use(NULL, "en");
}

/* The pseudo-language shows every text that a page says, and keeps what is filled in. */
static void test_pseudo(void **state)
{
	(void)state;
	words_use(NULL, "qps");
	assert_string_equal(tr("Save"), "[Šåṽé ··]");
	assert_ptr_equal(tr("Save"), tr("Save"));
	assert_string_equal(tr("Part %1 of ${n}"), "[Þåŕţ %1 öƒ ${n} ···]");
	assert_string_equal(tr_plural("%1 day", "%1 days", 3), "[%1 đåýš ··]");
	assert_string_equal(tr(""), "");
	assert_true(words_has(NULL, "qps", "Anything"));
	words_use(NULL, "en");
	assert_string_equal(tr("Save"), "Save");
}

static void test_own_words(void **state)
{
	(void)state;
	struct catalogue_of_words *words = catalogue("hy", "msgid \"social worker\"\nmsgstr \"սոցիալական աշխատող\"\n");
	words_replace(words, "worker", "social worker");
	words_use(words, "en");
	assert_string_equal(tr("worker"), "social worker");
	assert_string_equal(tr("Worker"), "Social worker");
	assert_string_equal(tr("Worker of the month"), "Worker of the month");
	words_use(words, "hy");
	assert_string_equal(tr("worker"), "սոցիալական աշխատող");
	assert_string_equal(tr("Worker"), "Սոցիալական աշխատող");
	words_use(words, "ru");
	assert_string_equal(tr("xworker"), "xworker");
	words_use(NULL, "en");
}

static void test_many(void **state)
{
	char *po = malloc(1 << 20), *p = po;
	(void)state;
	for (int i = 0; i < 5000; i++)
		p += sprintf(p, "msgid \"text %d\"\nmsgstr \"տեքստ %d\"\n", i, i);
	struct catalogue_of_words *words = catalogue("hy", po);
	words_use(words, "hy");
	for (int i = 0; i < 5000; i += 7) {
		char source[32], expected[32];
		snprintf(source, sizeof source, "text %d", i);
		snprintf(expected, sizeof expected, "տեքստ %d", i);
		assert_string_equal(tr(source), expected);
	}
	words_use(NULL, "en");
	free(po);
}

static void check_plural(const char *po, const char *language, long n, const char *expected)
{
	words_use(catalogue(language, po), language);
	assert_string_equal(tr_plural("%1 day", "%1 days", n), expected);
	words_use(NULL, "en");
}

static void test_plurals(void **state)
{
	static const char head[] = "msgid \"%1 day\"\nmsgid_plural \"%1 days\"\n";
	char ru[400], ar[400], hy[400];
	(void)state;
	snprintf(ru, sizeof ru, "%smsgstr[0] \"%%1 день\"\nmsgstr[1] \"%%1 дня\"\nmsgstr[2] \"%%1 дней\"\n", head);
	snprintf(hy, sizeof hy, "%smsgstr[0] \"%%1 օր\"\nmsgstr[1] \"%%1 օրեր\"\n", head);
	snprintf(ar, sizeof ar, "%smsgstr[0] \"0\"\nmsgstr[1] \"1\"\nmsgstr[2] \"2\"\nmsgstr[3] \"3-10\"\nmsgstr[4] \"11-99\"\nmsgstr[5] \"%%1\"\n", head);
	check_plural(ru, "ru", 1, "%1 день");
	check_plural(ru, "ru", 3, "%1 дня");
	check_plural(ru, "ru", 11, "%1 дней");
	check_plural(ru, "ru", 21, "%1 день");
	check_plural(hy, "hy", 1, "%1 օր");
	check_plural(hy, "hy", 2, "%1 օրեր");
	check_plural(ar, "ar", 0, "0");
	check_plural(ar, "ar", 2, "2");
	check_plural(ar, "ar", 7, "3-10");
	check_plural(ar, "ar", 11, "11-99");
	check_plural(ar, "ar", 100, "%1");
	assert_string_equal(tr_plural("%1 day", "%1 days", 1), "%1 day");
	assert_string_equal(tr_plural("%1 day", "%1 days", 0), "%1 days");
}

static void test_checks(void **state)
{
	static const char *const wrong[] = {
		"msgid \"%1 of %2\"\nmsgstr \"%1\"\n", "msgid \"Plain\"\nmsgstr \"%1\"\n", "msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n",
		"msgid \"%1 day\"\nmsgid_plural \"%1 days\"\nmsgstr[0] \"%1 օր\"\n",
	};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct noted noted = { 0 };
		assert_false(words_add(words_new(arena), "hy", wrong[i], strlen(wrong[i]), note, &noted));
		assert_int_equal(noted.n, 1);
	}
}

static void test_fill(void **state)
{
	(void)state;
	assert_string_equal(tr_fill(arena, "%1 of %2", "3", "5", NULL), "3 of 5");
	assert_string_equal(tr_fill(arena, "Due %1. Next.", "18 янв. 2027 г.", NULL), "Due 18 янв. 2027 г. Next.");
	assert_string_equal(tr_fill(arena, "Due %1. Next.", "18 Jan", NULL), "Due 18 Jan. Next.");
	assert_string_equal(tr_fill(arena, "%2, %1, %2", "a", "b", NULL), "b, a, b");
	assert_string_equal(tr_fill(arena, "100% of %1 and %3", "x", "y", NULL), "100% of x and %3");
	assert_string_equal(tr_fill(arena, "%1", "%2", "no", NULL), "%2");
	assert_string_equal(tr_fill(arena, "", NULL), "");
	assert_string_equal(tr_fill(arena, "%", "x", NULL), "%");
	assert_string_equal(tr_fill(arena, NULL, NULL), "");
}

/* Our own files: every one is read without a word of complaint, and used. */
static void test_site_files(void **state)
{
	static const char *const files[] = { "fcgi", "staff", "portal" }, *const languages[] = { "hy", "ru" };
	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < 2; j++) {
			struct noted noted = { 0 };
			char path[4300], *text = calloc(1, 2u << 20);
			snprintf(path, sizeof path, "%s/%s/languages/%s.po", compass_home(), files[i], languages[j]);
			FILE *f = fopen(path, "r");
			if (!f) {
				print_error("no %s\n", path);
				assert_non_null(f);
			}
			size_t length = fread(text, 1, (2u << 20) - 1, f);
			fclose(f);
			words_add(words_new(arena), languages[j], text, length, note, &noted);
			if (noted.n)
				print_error("%s:%d:%d: %s\n", path, noted.line, noted.column, noted.message);
			assert_int_equal(noted.n, 0);
			free(text);
		}
}

static void test_site(void **state)
{
	char dir[64] = "/tmp/test_words.XXXXXX", path[96];
	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/xx.po", dir);
	FILE *f = fopen(path, "w");
	fputs("msgid \"Of the site\"\nmsgstr \"1\"\nmsgid \"Of both\"\nmsgstr \"2\"\n", f);
	fclose(f);
	words_site(dir);
	struct catalogue_of_words *words = catalogue("xx", "msgid \"Of both\"\nmsgstr \"3\"\n");
	words_use(words, "xx");
	assert_string_equal(tr("Of the site"), "1");
	assert_string_equal(tr("Of both"), "3");
	/* a changed file is seen between requests, within a second or two */
	f = fopen(path, "w");
	fputs("msgid \"Of the site\"\nmsgstr \"changed\"\n", f);
	fclose(f);
	for (int i = 0; i < 30 && strcmp(tr("Of the site"), "changed") != 0; i++) {
		usleep(100000);
		words_use(words, "xx");
	}
	assert_string_equal(tr("Of the site"), "changed");
	words_use(NULL, "en");
	remove(path);
	rmdir(dir);
}

int main(void)
{
	arena = arena_new(64u << 20);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries), cmocka_unit_test(test_broken_files), cmocka_unit_test(test_lookup), cmocka_unit_test(test_first_stays),
		cmocka_unit_test(test_pseudo), cmocka_unit_test(test_many), cmocka_unit_test(test_plurals), cmocka_unit_test(test_checks), cmocka_unit_test(test_fill),
		cmocka_unit_test(test_own_words), cmocka_unit_test(test_site_files), cmocka_unit_test(test_site),
	};
	int failed = RUN_TESTS(tests);
	arena_free(arena);
	return failed;
}
