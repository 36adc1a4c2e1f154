/* SPDX-License-Identifier: Apache-2.0
 *
 * Makes .xlsx archives in memory, good and hostile ones, for the tests of the spreadsheet
 * reader and the XLSForm importer, and for their fuzz target. */
#ifndef TESTS_XLSX_MAKER_H
#define TESTS_XLSX_MAKER_H

#include <stdlib.h>
#include <string.h>

#include <zip.h>

struct archive { char *bytes; size_t length; };
struct part_text { const char *name, *text; size_t length; /* 0: strlen */ };

static inline void must(int condition)
{
	if (!condition)
		abort();
}

/* Zips the parts (closed by a NULL name). The caller frees bytes. */
static inline struct archive zip_parts(const struct part_text *parts)
{
	struct archive made = { NULL, 0 };
	zip_error_t error;
	zip_stat_t st;
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	must(zip != NULL);
	zip_source_keep(source);
	for (; parts->name; parts++) {
		zip_source_t *text = zip_source_buffer(zip, parts->text, parts->length ? parts->length : strlen(parts->text), 0);
		zip_int64_t index = zip_file_add(zip, parts->name, text, ZIP_FL_ENC_UTF_8);
		must(index >= 0);
	}
	must(zip_close(zip) == 0);
	must(zip_source_open(source) == 0);
	must(zip_source_stat(source, &st) == 0);
	made.length = st.size;
	made.bytes = malloc(made.length);
	must(zip_source_read(source, made.bytes, made.length) == (zip_int64_t)made.length);
	zip_source_close(source);
	zip_source_free(source);
	return made;
}

#define XLSX_RELS "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" \
	"<Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>"
#define XLSX_WORKBOOK_RELS "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" \
	"<Relationship Id='r1' Type='http://x/worksheet' Target='worksheets/sheet1.xml'/>" \
	"<Relationship Id='r2' Type='http://x/worksheet' Target='/xl/worksheets/sheet2.xml'/>" \
	"<Relationship Id='r3' Type='http://x/sharedStrings' Target='sharedStrings.xml'/>" \
	"<Relationship Id='r4' Type='http://x/styles' Target='styles.xml'/></Relationships>"
#define XLSX_MAIN "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
#define XLSX_WORKBOOK "<workbook " XLSX_MAIN "><sheets><sheet name='survey' sheetId='1' r:id='r1'/><sheet name='choices' sheetId='2' state='hidden' r:id='r2'/></sheets></workbook>"
#define XLSX_SHEET(rows) "<worksheet " XLSX_MAIN "><sheetData>" rows "</sheetData></worksheet>"

/* A workbook of two sheets; the second holds nothing. */
static inline struct archive make_xlsx(const char *sheet, const char *strings, const char *styles)
{
	struct part_text parts[] = {
		{ "[Content_Types].xml", "<Types/>", 0 }, { "_rels/.rels", XLSX_RELS, 0 }, { "xl/workbook.xml", XLSX_WORKBOOK, 0 },
		{ "xl/_rels/workbook.xml.rels", XLSX_WORKBOOK_RELS, 0 }, { "xl/worksheets/sheet1.xml", sheet, 0 },
		{ "xl/worksheets/sheet2.xml", XLSX_SHEET(""), 0 },
		{ "xl/sharedStrings.xml", strings ? strings : "<sst/>", 0 }, { "xl/styles.xml", styles ? styles : "<styleSheet/>", 0 }, { NULL, NULL, 0 },
	};
	return zip_parts(parts);
}

#endif
