/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of an export: columns found on the way, sorted, and written by libxlsxwriter. What
 * that library would write into a broken file (control characters, overlong text) is
 * refused first. */
#include "xlsform_export.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define EXCEL_MAX_CHARACTERS 32767

void out_row(struct xf_export *x, struct xf_out *sheet)
{
	struct out_row *row = arena_new_of(x->arena, struct out_row);
	if (sheet->last)
		sheet->last->next = row;
	else
		sheet->first = row;
	sheet->last = row;
}

static int language_index(const struct xf_export *x, const char *language)
{
	for (size_t i = 0; language && i < x->n_languages; i++)
		if (!strcmp(x->language[i], language))
			return (int)i;
	return language ? (int)x->n_languages : -1;
}

static size_t column_named(struct xf_export *x, struct xf_out *sheet, const char *heading, enum xf_key key, int language)
{
	for (size_t i = 0; i < sheet->n_columns; i++)
		if (!strcmp(sheet->column[i].heading, heading))
			return i;
	if (sheet->n_columns == OUT_MAX_COLUMNS) {
		json_problem(&x->report, NULL, "the sheet \"%s\" would have more than %d columns", sheet->name, OUT_MAX_COLUMNS);
		return 0;
	}
	sheet->column[sheet->n_columns] = (struct out_column){ .key = key, .language = language, .heading = heading };
	return sheet->n_columns++;
}

size_t out_heading(struct xf_export *x, struct xf_out *sheet, enum xf_key key, const char *language)
{
	const char *heading = xf_key_heading(key);
	if (language)
		heading = arena_printf(x->arena, "%s::%s", heading, language);
	return column_named(x, sheet, heading, key, language_index(x, language));
}

static void add_cell(struct xf_export *x, struct xf_out *sheet, size_t column, const struct json *at, const char *text)
{
	struct out_cell **cell = &sheet->last->first;
	if (text_is_blank(text))
		return;
	for (; *cell; cell = &(*cell)->next)
		if ((*cell)->column == column) {
			json_problem(&x->report, at, "two values would stand in the column \"%s\"", sheet->column[column].heading);
			return;
		}
	*cell = arena_new_of(x->arena, struct out_cell);
	**cell = (struct out_cell){ .column = column, .at = at, .text = text };
}

void out_cell(struct xf_export *x, struct xf_out *sheet, enum xf_key key, const char *language, const struct json *at, const char *text)
{
	add_cell(x, sheet, out_heading(x, sheet, key, language), at, text);
}

void out_heading_cell(struct xf_export *x, struct xf_out *sheet, const char *heading, const struct json *at, const char *text)
{
	add_cell(x, sheet, column_named(x, sheet, heading, K_OTHER, -1), at, text);
}

/* XLSForm's columns in the order of its reference, then the others by the alphabet; settings stay as they come. */
static int compare_columns(const void *a, const void *b)
{
	const struct out_column *x = *(const struct out_column *const *)a, *y = *(const struct out_column *const *)b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->key == K_OTHER)
		return strcmp(x->heading, y->heading);
	return x->language - y->language;
}

static void sort_columns(struct xf_export *x, struct xf_out *sheet)
{
	struct out_column **sorted = arena_array(x->arena, struct out_column *, sheet->n_columns);
	for (size_t i = 0; i < sheet->n_columns; i++)
		sorted[i] = &sheet->column[i];
	if (strcmp(sheet->name, "settings") != 0 && sheet->n_columns)
		qsort(sorted, sheet->n_columns, sizeof *sorted, compare_columns);
	for (size_t i = 0; i < sheet->n_columns; i++)
		sorted[i]->position = (lxw_col_t)i;
}

static bool is_escape(const char *p)
{
	return p[0] == '_' && p[1] == 'x' && strspn(p + 2, "0123456789ABCDEFabcdef") >= 4 && p[6] == '_';
}

/* "_x000D_" in a text would be read as a carriage return: Excel's own way out is to write its underscore as _x005F_. */
static const char *escaped(struct arena *arena, const char *text)
{
	size_t n = 0;
	for (const char *p = text; *p; p++)
		n += is_escape(p) ? 7 : 1;
	char *out = arena_alloc(arena, n + 1), *to = out;
	for (const char *p = text; *p; p++) {
		if (is_escape(p))
			to = stpcpy(to, "_x005F_");
		else
			*to++ = *p;
	}
	return out;
}

bool out_write(struct xf_export *x, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const struct json *at, const char *text, bool is_number)
{
	double number;
	if (is_number && text_to_double(text, &number))
		return worksheet_write_number(sheet, row, column, number, NULL) == LXW_NO_ERROR;
	if (!text_is_clean(text, strlen(text))) {
		json_problem(&x->report, at, "the text holds a control character, which a spreadsheet cannot");
		return false;
	}
	if (text_length(text) > EXCEL_MAX_CHARACTERS) {
		json_problem(&x->report, at, "the text is longer than the %d characters that a cell can hold", EXCEL_MAX_CHARACTERS);
		return false;
	}
	return worksheet_write_string(sheet, row, column, escaped(x->arena, text), NULL) == LXW_NO_ERROR;
}

static void write_headings(struct xf_export *x, lxw_worksheet *to, const struct xf_out *sheet, lxw_format *bold)
{
	for (size_t i = 0; i < sheet->n_columns; i++) {
		const struct out_column *column = &sheet->column[i];
		bool is_long = xf_key_kind(column->key) == XF_TEXT || column->key == K_TYPE;
		worksheet_set_column(to, column->position, column->position, is_long ? 32 : 16, NULL);
		worksheet_write_string(to, 0, column->position, escaped(x->arena, column->heading), bold);
	}
	worksheet_freeze_panes(to, 1, 0);
}

void out_sheet(struct xf_export *x, lxw_workbook *book, struct xf_out *sheet, lxw_format *bold)
{
	lxw_row_t number = 1;
	if (!sheet->first)
		return;
	lxw_worksheet *to = workbook_add_worksheet(book, sheet->name);
	sort_columns(x, sheet);
	write_headings(x, to, sheet, bold);
	for (const struct out_row *row = sheet->first; row; row = row->next, number++)
		for (const struct out_cell *cell = row->first; cell; cell = cell->next) {
			const struct out_column *column = &sheet->column[cell->column];
			if (!out_write(x, to, number, column->position, cell->at, cell->text, xf_key_kind(column->key) == XF_NUMBER && sheet != &x->bands))
				return;
		}
}
