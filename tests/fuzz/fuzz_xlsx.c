/* SPDX-License-Identifier: Apache-2.0
 *
 * Spreadsheets of hostile bytes. The first byte says what the rest is: a whole file, a part
 * of a good archive (archives as a whole hardly survive mutation), or pyxform's CSV, which
 * gets deepest into the importer. What is imported must load and export as it is. */
#include <stdint.h>

#include "../unit/xlsx_maker.h"
#include "country/xlsform.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct workbook *read_input(struct arena *arena, char kind, const char *text, size_t size, struct why *why)
{
	if (kind != 's' && kind != 't' && kind != 'y')
		return workbook_read(arena, kind == 'c' ? "f.csv" : "f.xlsx", text, size, why);
	if (!*text)
		return NULL;
	struct archive archive = make_xlsx(kind == 's' ? text : XLSX_SHEET("<row r='1'><c r='A1' t='s' s='1'><v>0</v></c></row>"),
	                                   kind == 't' ? text : NULL, kind == 'y' ? text : NULL);
	struct workbook *workbook = workbook_read(arena, "f.xlsx", archive.bytes, archive.length, why);
	free(archive.bytes);
	return workbook;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (!size)
		return 0;
	struct arena *arena = arena_new(3 * WORKBOOK_ARENA_BYTES);
	struct why why = { 0 };
	struct xlsform_report report = { 0 };
	char *text = arena_strndup(arena, (const char *)bytes + 1, size - 1);
	struct workbook *workbook = read_input(arena, (char)bytes[0], text, size - 1, &why);
	if (!workbook && !why.code && strchr("sty", bytes[0]) == NULL)
		abort();
	if (workbook && !xlsform_import(arena, workbook, &report) && !report.n_errors)
		abort();
	arena_free(arena);
	return 0;
}
