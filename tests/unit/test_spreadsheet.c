/* SPDX-License-Identifier: Apache-2.0
 *
 * The spreadsheet reader: what cells mean, and that no hostile, damaged or foreign file gets
 * further than a sentence that says what is wrong with it. */
#include <stdio.h>


#include "country/spreadsheet.h"
#include "unit.h"
#include "xlsx_maker.h"

struct reading { struct arena *arena; struct workbook *workbook; struct why why; };

static struct reading read_bytes(const char *file, const char *bytes, size_t length)
{
	struct reading r = { .arena = arena_new(WORKBOOK_ARENA_BYTES) };
	r.workbook = workbook_read(r.arena, file, bytes, length, &r.why);
	return r;
}

static struct reading read_archive(struct archive archive)
{
	struct reading r = read_bytes("form.xlsx", archive.bytes, archive.length);
	free(archive.bytes);
	return r;
}

static const char *text_at(const struct workbook *workbook, size_t row_number, unsigned column)
{
	for (const struct sheet_row *row = workbook->first->first; row; row = row->next)
		if (row->number == row_number && row_cell(row, column))
			return row_cell(row, column)->text;
	return NULL;
}

static void assert_refused(struct reading r, const char *words)
{
	assert_null(r.workbook);
	if (!strstr(r.why.detail, words))
		assert_string_equal(r.why.detail, words);
	arena_free(r.arena);
}

static void assert_cell(const struct workbook *workbook, size_t row, unsigned column, const char *text)
{
	const char *found = text_at(workbook, row, column);
	assert_string_equal(found ? found : "(empty)", text ? text : "(empty)");
}

#define INLINE(ref, text) "<c r='" ref "' t='inlineStr'><is><t>" text "</t></is></c>"

static void cells_of_every_kind(void **state)
{
	(void)state;
	struct reading r = read_archive(make_xlsx(XLSX_SHEET(
		"<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>" INLINE("C1", " three ") "</row>"
		"<row r='3'><c r='A3'><v>4</v></c><c r='B3'><v>1.5E-1</v></c><c r='C3' t='b'><v>1</v></c><c r='D3' t='e'><v>#N/A</v></c>"
		"<c r='E3' t='str'><f>CONCATENATE(\"a\",\"b\")</f><v>ab</v></c><c r='F3'><f>1+1</f><v>2</v></c><c r='G3' s='1'><v>41255</v></c>"
		"<c r='H3' s='2'><v>41255.75</v></c><c r='I3' s='2'><v>0.5</v></c><c r='J3'><v>3004557141</v></c><c r='K3' s='1'/>"
		"<c r='L3' t='d'><v>2020-01-31</v></c><c r='M3' s='3'><v>7</v></c><c r='N3'><v>0.1</v></c><c r='AA3'><v>-99</v></c></row>"
		"<row r='4'>" INLINE("A4", "  ") INLINE("B4", "\xC2\xA0") "</row><row r='1048576'><c r='A1048576' s='1'/></row>"),
		"<sst><si><t>one</t></si><si><r><t>ri</t></r><r><rPr><b/></rPr><t xml:space='preserve'>ch _x0041__x000D_\n</t></r><rPh sb='0' eb='1'><t>phon</t></rPh></si></sst>",
		"<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd hh:mm'/><numFmt numFmtId='165' formatCode='\"day\" 0.00'/></numFmts>"
		"<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/></cellXfs></styleSheet>"));
	static const char *const row3[] = { "4", "0.15", "TRUE", "#N/A", "ab", "2", "2012-12-12", "2012-12-12T18:00:00", "12:00:00", "3004557141", NULL, "2020-01-31", "7", "0.1" };
	assert_string_equal(r.why.detail, "");
	assert_cell(r.workbook, 1, 0, "one");
	assert_cell(r.workbook, 1, 1, "rich A\n");
	assert_cell(r.workbook, 1, 2, " three ");
	for (unsigned i = 0; i < sizeof row3 / sizeof *row3; i++)
		assert_cell(r.workbook, 3, i, row3[i]);
	assert_cell(r.workbook, 3, 26, "-99");
	assert_int_equal(r.workbook->first->n_rows, 2);
	assert_int_equal(r.workbook->n_sheets, 2);
	assert_true(r.workbook->last->is_hidden);
	assert_string_equal(r.workbook->file, "form.xlsx");
	arena_free(r.arena);
}

static void other_spellings_of_the_archive(void **state)
{
	(void)state;
	struct part_text parts[] = {
		{ "xl\\workbook.xml", "<x:workbook xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:q='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
		  "<x:workbookPr date1904='1'/><x:sheets><x:sheet name='S &amp; T' sheetId='9' q:id='a'/></x:sheets></x:workbook>", 0 },
		{ "xl\\_rels\\workbook.xml.rels", "<Relationships><Relationship Id='a' Type='x/worksheet' Target='./worksheets/../sheets/One.xml'/>"
		  "<Relationship Id='b' Type='x/styles' Target='styles.xml'/></Relationships>", 0 },
		{ "xl/worksheets/../x", "", 0 }, { NULL, NULL, 0 },
	};
	parts[2] = (struct part_text){ "xl/Sheets/one.xml", "<x:worksheet xmlns:x='u'><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t>a</x:t></x:is></x:c><x:c s='0'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>", 0 };
	struct reading r = read_archive(zip_parts(parts));
	if (r.workbook)
		assert_cell(r.workbook, 1, 1, "1");
	else
		assert_non_null(strstr(r.why.detail, "missing"));
	arena_free(r.arena);
}

static void empty_rows_are_fast(void **state)
{
	(void)state;
	size_t n = 200000, size = n * 96 + 1000, at;
	char *sheet = malloc(size);
	at = (size_t)sprintf(sheet, "<worksheet " XLSX_MAIN "><sheetData><row r='1'>" INLINE("A1", "type") "</row>");
	for (size_t i = 2; i < n; i++)
		at += (size_t)sprintf(sheet + at, "<row r='%zu'><c r='A%zu' s='1'/><c r='B%zu' s='1'/></row>", i, i, i);
	sprintf(sheet + at, "</sheetData></worksheet>");
	struct reading r = read_archive(make_xlsx(sheet, NULL, NULL));
	free(sheet);
	assert_non_null(r.workbook);
	assert_int_equal(r.workbook->first->n_rows, 1);
	arena_free(r.arena);
}

static void broken_cells_are_refused(void **state)
{
	(void)state;
	static const struct { const char *rows, *words; } cases[] = {
		{ "<row r='2'/><row r='1'/>", "out of order" },
		{ "<row r='1'/><row r='1'/>", "out of order" },
		{ "<row r='1'>" INLINE("B1", "x") INLINE("A1", "y") "</row>", "out of order" },
		{ "<row r='1'>" INLINE("A2", "x") "</row>", "no cell of row 1" },
		{ "<row r='1'>" INLINE("XFE1", "x") "</row>", "no cell of row 1" },
		{ "<row r='1'>" INLINE("1A", "x") "</row>", "no cell of row 1" },
		{ "<row r='9999999999'/>", "out of order" },
		{ "<row r='-1'/>", "out of order" },
		{ "<row r='1'><c r='A1' t='s'><v>0</v></c></row>", "refers to text 0" },
		{ "<row r='1'><c r='A1' t='s'><v>-1</v></c></row>", "refers to text -1" },
		{ "<row r='1'><c r='A1'><v>1</v></row>", "cannot be read to its end" },
		{ "<row r='1'><c r='A1' t='inlineStr'><is><t>&bomb;</t></is></c></row>", "cannot be read to its end" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char sheet[1024];
		snprintf(sheet, sizeof sheet, "<worksheet " XLSX_MAIN "><sheetData>%s</sheetData></worksheet>", cases[i].rows);
		assert_refused(read_archive(make_xlsx(sheet, NULL, NULL)), cases[i].words);
	}
}

static void doctypes_are_refused(void **state)
{
	(void)state;
	static const char bomb[] = "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>";
	char sheet[2048];
	snprintf(sheet, sizeof sheet, "%s" XLSX_SHEET("<row r='1'>" INLINE("A1", "&b;&c;") "</row>"), bomb);
	assert_refused(read_archive(make_xlsx(sheet, NULL, NULL)), "DOCTYPE");
	snprintf(sheet, sizeof sheet, "%s<sst><si><t>&b;</t></si></sst>", bomb);
	assert_refused(read_archive(make_xlsx(XLSX_SHEET(""), sheet, NULL)), "DOCTYPE");
	assert_refused(read_archive(make_xlsx("<!DOCTYPE w SYSTEM 'http://example.org/x.dtd'>" XLSX_SHEET(""), NULL, NULL)), "DOCTYPE");
}

static void bombs_are_refused(void **state)
{
	(void)state;
	size_t size = 40u << 20;
	char *zeros = malloc(size + 1);
	memset(zeros, ' ', size);
	zeros[size] = '\0';
	memcpy(zeros, "<worksheet>", 11);
	assert_refused(read_archive(make_xlsx(zeros, NULL, NULL)), "times its size");
	memcpy(zeros, "<sst><si><t>", 12);
	memset(zeros + 12, 'x', 200000);
	memcpy(zeros + 200012, "</t></si></sst>\0", 16);
	assert_refused(read_archive(make_xlsx(XLSX_SHEET(""), zeros, NULL)), "a cell holds more than 128 kB");
	free(zeros);
}

static void foreign_archives_are_refused(void **state)
{
	(void)state;
	static const struct { const char *name, *words; } cases[] = {
		{ "word/document.xml", "Word document" }, { "content.xml", "OpenDocument" }, { "xl/workbook.bin", ".xlsb" },
		{ "readme.txt", "no Excel workbook" }, { "../../etc/passwd", "leads out" }, { "C:\\x", "leads out" }, { "a\\..\\b", "leads out" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct part_text parts[] = { { cases[i].name, "x", 0 }, { NULL, NULL, 0 } };
		assert_refused(read_archive(zip_parts(parts)), cases[i].words);
	}
	struct part_text twice[] = { { "xl/a.xml", "x", 0 }, { "XL/A.xml", "y", 0 }, { NULL, NULL, 0 } };
	assert_refused(read_archive(zip_parts(twice)), "twice");
	struct part_text lost[] = { { "xl/workbook.xml", XLSX_WORKBOOK, 0 }, { "xl/_rels/workbook.xml.rels", XLSX_WORKBOOK_RELS, 0 }, { NULL, NULL, 0 } };
	assert_refused(read_archive(zip_parts(lost)), "sheet1.xml is missing");
}

/* Every cut of a good file is refused or, when only padding went, read; none crashes. */
static void cut_files_are_refused(void **state)
{
	(void)state;
	struct archive whole = make_xlsx(XLSX_SHEET("<row r='1'>" INLINE("A1", "type") "</row>"), NULL, NULL);
	for (size_t n = 0; n < whole.length; n += 7) {
		struct reading r = read_bytes("form.xlsx", whole.bytes, n);
		assert_null(r.workbook);
		assert_true(r.why.code != OK && *r.why.detail);
		arena_free(r.arena);
	}
	for (size_t n = 0; n < whole.length; n += 11) {
		char kept = whole.bytes[n];
		whole.bytes[n] = (char)(kept ^ 0x55);
		struct reading r = read_bytes("form.xlsx", whole.bytes, whole.length);
		assert_true(r.workbook || r.why.code != OK);
		arena_free(r.arena);
		whole.bytes[n] = kept;
	}
	free(whole.bytes);
}

static void other_files_are_refused_by_name(void **state)
{
	(void)state;
	assert_refused(read_bytes("group.md", "| survey |", 10), "Markdown");
	assert_refused(read_bytes("a/b/report.pdf", "%PDF", 4), "report.pdf: this is a PDF");
	assert_refused(read_bytes("x.xlsx", "<html>", 6), "no Excel workbook, whatever its name says");
	assert_refused(read_bytes("x.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and nothing more", 24), "97–2003");
	assert_refused(read_bytes("x.xlsx", "", 0), "empty");
	assert_refused(read_bytes("x", "abc", 3), "no spreadsheet");
	struct arena *arena = arena_new(WORKBOOK_ARENA_BYTES);
	struct why why = { 0 };
	assert_null(workbook_load(arena, "/nowhere/x.xlsx", &why));
	assert_int_equal(why.code, ERR_NOT_FOUND);
	why = (struct why){ 0 };
	assert_null(workbook_load(arena, "/tmp", &why));
	arena_free(arena);
}

static void csv_tables(void **state)
{
	(void)state;
	static const char plain[] = "\xEF\xBB\xBFtype;name;label\r\ntext;q; \"What; \"\"really\"\"?\nSecond line\" \r\n;;\r\n";
	struct reading r = read_bytes("x.csv", plain, sizeof plain - 1);
	assert_cell(r.workbook, 1, 2, "label");
	assert_cell(r.workbook, 2, 2, "What; \"really\"?\nSecond line");
	assert_string_equal(r.workbook->first->name, "survey");
	arena_free(r.arena);
	static const char sheets[] = "survey,\n ,type,name\n ,text,q\n\nCHOICES ,\n , list_name, name\n, yn, yes\n";
	r = read_bytes("x.csv", sheets, sizeof sheets - 1);
	assert_int_equal(r.workbook->n_sheets, 2);
	assert_cell(r.workbook, 3, 1, "text");
	assert_string_equal(r.workbook->last->name, "CHOICES");
	assert_int_equal(r.workbook->last->last->number, 7);
	arena_free(r.arena);
	assert_refused(read_bytes("x.csv", "type,name\n\"text,q\n", 17), "never closed");
	assert_refused(read_bytes("x.csv", "type,n\xE9\n", 8), "UTF-8");
	assert_refused(read_bytes("x.csv", "type\0name", 9), "UTF-8");
}

static char *whole_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	*length = (size_t)ftell(file);
	rewind(file);
	char *bytes = malloc(*length);
	assert_int_equal(fread(bytes, 1, *length, file), *length);
	fclose(file);
	return bytes;
}

static void old_excel_files(void **state)
{
	static const char *const row2[] = { "text", "from_formula", "42.5", "TRUE", "#N/A", "7", "2012-12-12" };
	size_t length;
	char *bytes = whole_file("tests/fixtures/xlsform/own/cells.xls", &length);
	(void)state;
	struct reading r = read_bytes("cells.xls", bytes, length);
	assert_string_equal(r.why.detail, "");
	for (unsigned i = 0; i < sizeof row2 / sizeof *row2; i++)
		assert_cell(r.workbook, 2, i, row2[i]);
	arena_free(r.arena);
	for (size_t n = 8; n < length; n += 61) {
		r = read_bytes("cells.xls", bytes, n);
		assert_true(r.workbook || *r.why.detail);
		arena_free(r.arena);
	}
	for (size_t n = 8; n < length; n += 3) {
		char kept = bytes[n];
		bytes[n] = (char)~kept;
		r = read_bytes("cells.xls", bytes, length);
		assert_true(r.workbook || *r.why.detail);
		arena_free(r.arena);
		bytes[n] = kept;
	}
	free(bytes);
}

static void letters(void **state)
{
	(void)state;
	char out[8];
	column_letters(0, out);
	assert_string_equal(out, "A");
	column_letters(26, out);
	assert_string_equal(out, "AA");
	column_letters(16383, out);
	assert_string_equal(out, "XFD");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_of_every_kind), cmocka_unit_test(other_spellings_of_the_archive), cmocka_unit_test(empty_rows_are_fast),
		cmocka_unit_test(broken_cells_are_refused), cmocka_unit_test(doctypes_are_refused), cmocka_unit_test(bombs_are_refused),
		cmocka_unit_test(foreign_archives_are_refused), cmocka_unit_test(cut_files_are_refused),
		cmocka_unit_test(other_files_are_refused_by_name), cmocka_unit_test(csv_tables), cmocka_unit_test(old_excel_files), cmocka_unit_test(letters),
	};
	return RUN_TESTS(tests);
}
