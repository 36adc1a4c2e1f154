/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables on their way out: rows of cells under columns that come into being when a cell
 * wants one, and are sorted before they are written. Private to country/xlsform_*.c. */
#ifndef COUNTRY_XLSFORM_EXPORT_H
#define COUNTRY_XLSFORM_EXPORT_H

#include <xlsxwriter.h>

#include "form/json.h"
#include "xlsform_import.h"

#define OUT_MAX_COLUMNS 1000

struct out_column {
	enum xf_key key;
	int language;                   /* index of the form's languages, -1 without one */
	const char *heading;
	lxw_col_t position;             /* when all are known */
};

struct out_cell { size_t column; const struct json *at; const char *text; struct out_cell *next; };
struct out_row { struct out_cell *first; struct out_row *next; };

struct xf_out {
	const char *name;
	size_t n_columns;
	struct out_column column[OUT_MAX_COLUMNS];
	struct out_row *first, *last;
};

struct xf_export {
	struct arena *arena;
	struct json_report report;
	size_t n_languages;
	const char **language;
	struct xf_out survey, choices, external, settings, scores, bands, needs, strengths;
};

/* A new row; the cells that follow go there. */
void out_row(struct xf_export *x, struct xf_out *sheet);
/* Makes sure that a column is there. */
size_t out_heading(struct xf_export *x, struct xf_out *sheet, enum xf_key key, const char *language);
/* A cell of the last row; `at` is for messages. Empty text makes none. */
void out_cell(struct xf_export *x, struct xf_out *sheet, enum xf_key key, const char *language, const struct json *at, const char *text);
void out_heading_cell(struct xf_export *x, struct xf_out *sheet, const char *heading, const struct json *at, const char *text);
/* Writes the sheet; nothing when it has no rows and is not the survey. */
void out_sheet(struct xf_export *x, lxw_workbook *book, struct xf_out *sheet, lxw_format *bold);
/* One cell; false and a problem when a spreadsheet cannot hold it. */
bool out_write(struct xf_export *x, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const struct json *at, const char *text, bool is_number);

#endif
