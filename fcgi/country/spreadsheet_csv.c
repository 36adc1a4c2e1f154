/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables as comma-separated text (RFC 4180; semicolons and tabs as some Excels write them).
 * A file is one sheet named "survey", or several one below the other as pyxform writes
 * them: a line with the sheet's name in the first column, then that sheet's lines with the
 * first column empty. Cells are trimmed. */
#include "spreadsheet_build.h"

#include <string.h>

#include "base/text.h"

struct csv {
	struct workbook_builder *b;
	const char *at, *end;
	char separator;
	char *scratch;                  /* one cell, unquoted; as long as the file */
};

/* The separator is the one that the first line uses most, outside quotes. */
static char find_separator(const char *at, const char *end)
{
	static const char candidate[] = ",;\t";
	size_t count[3] = { 0 };
	bool quoted = false;
	for (; at < end && (quoted || *at != '\n'); at++) {
		if (*at == '"')
			quoted = !quoted;
		const char *which = quoted || !*at ? NULL : strchr(candidate, *at);
		if (which)
			count[which - candidate]++;
	}
	size_t best = 0;
	for (size_t i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return candidate[best];
}

/* Reads a quoted cell behind its opening quote; false when the file ends inside. */
static bool quoted_cell(struct csv *csv, size_t *n)
{
	while (csv->at < csv->end) {
		char c = *csv->at++;
		if (c != '"') {
			csv->scratch[(*n)++] = c;
			continue;
		}
		if (csv->at == csv->end || *csv->at != '"')
			return true;
		csv->scratch[(*n)++] = *csv->at++;
	}
	return false;
}

/* One cell; leaves `at` on the separator, the line's end or the file's. NULL after a problem. */
static const char *next_cell(struct csv *csv, size_t row)
{
	size_t n = 0;
	while (csv->at < csv->end && (*csv->at == ' ' || (*csv->at == '\t' && csv->separator != '\t')))
		csv->at++;
	if (csv->at < csv->end && *csv->at == '"') {
		csv->at++;
		if (!quoted_cell(csv, &n)) {
			book_refuse(csv->b, ERR_INVALID, "the quotation mark that opens a cell in row %zu is never closed", row);
			return NULL;
		}
	}
	while (csv->at < csv->end && *csv->at != csv->separator && *csv->at != '\n')
		csv->scratch[n++] = *csv->at++;
	while (n && strchr(" \t\r\n", csv->scratch[n - 1]))
		n--;
	return book_text(csv->b, csv->scratch, n);
}

/* Is this line a sheet's name: the first cell and nothing else, where a table's line would be? */
static bool begins_sheet(const struct sheet_row *line)
{
	return line->first->column == 0 && !line->first->next;
}

/* Sheets one below the other: moves the lines of the raw sheet into sheets of their own. */
static bool split_sheets(struct workbook_builder *b, const struct sheet *raw)
{
	for (const struct sheet_row *line = raw->first; line; line = line->next) {
		const struct cell *cell = line->first;
		if (cell->column == 0) {
			if (!book_sheet(b, cell->text, strlen(cell->text), false))
				return false;
			cell = cell->next;
		}
		for (; cell; cell = cell->next)
			if (!book_cell(b, line->number, cell->column, cell->kind, cell->text))
				return false;
	}
	return true;
}

static bool read_lines(struct csv *csv)
{
	for (size_t row = 1; csv->at < csv->end; row++) {
		for (unsigned column = 0;; column++) {
			const char *text = next_cell(csv, row);
			if (!text || !book_cell(csv->b, row, column, CELL_TEXT, text))
				return false;
			if (csv->at == csv->end || *csv->at++ == '\n')
				break;
		}
	}
	return true;
}

bool read_csv(struct workbook_builder *b, const char *bytes, size_t length)
{
	if (length >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3)) {
		bytes += 3;
		length -= 3;
	}
	if (!text_is_utf8(bytes, length))
		return book_refuse(b, ERR_INVALID, "it is not written in UTF-8; save it as \"CSV UTF-8\" or as .xlsx");
	struct csv csv = { .b = b, .at = bytes, .end = bytes + length, .separator = find_separator(bytes, bytes + length) };
	csv.scratch = arena_alloc(b->arena, length + 1);
	if (!book_sheet(b, "survey", 6, false) || !read_lines(&csv))
		return false;
	struct sheet *raw = b->workbook->first;
	if (!raw->first || !begins_sheet(raw->first))
		return true;
	b->workbook->first = b->workbook->last = NULL;
	b->workbook->n_sheets = 0;
	b->n_cells = 0;
	return split_sheets(b, raw);
}
