/* SPDX-License-Identifier: Apache-2.0
 *
 * What the three readers of spreadsheet.h share: a workbook under construction with its
 * caps. Each call gives false when a cap is reached or the order is broken; `why` then
 * says which, and the reader gives up. Private to country/spreadsheet*.c. */
#ifndef COUNTRY_SPREADSHEET_BUILD_H
#define COUNTRY_SPREADSHEET_BUILD_H

#include <stdint.h>

#include "spreadsheet.h"

struct workbook_builder {
	struct arena *arena;
	struct workbook *workbook;
	struct why *why;
	size_t n_cells, text_bytes;
};

/* Says what is wrong with the file, its name first; always false. */
bool book_refuse(struct workbook_builder *b, enum err code, const char *format, ...) __attribute__((format(printf, 3, 4)));
bool book_sheet(struct workbook_builder *b, const char *name, size_t length, bool is_hidden);
/* A cell of the last sheet; row from 1. Rows and columns must come in order. Text is kept as
 * it is when it was made by book_text, blank text is passed over. */
bool book_cell(struct workbook_builder *b, size_t row, unsigned column, enum cell_kind kind, const char *text);
/* A copy in the arena: line ends as LF, control characters dropped; NULL when a cap is reached or it is no UTF-8. */
const char *book_text(struct workbook_builder *b, const char *bytes, size_t length);
/* Text of a number as a person would type it: no trailing zeros, no exponent below 1e15. */
const char *book_number(struct workbook_builder *b, double number);
/* Text of a serial date: date, time of day, or both by what the number holds. */
const char *book_serial_date(struct workbook_builder *b, double serial, bool is_1904);

/* Does a number format show a date or time? By its code, or without one by its built-in number. */
bool book_is_date(long id, const char *format);

bool read_xlsx(struct workbook_builder *b, const char *bytes, size_t length);
bool read_xls(struct workbook_builder *b, const char *bytes, size_t length);
bool read_csv(struct workbook_builder *b, const char *bytes, size_t length);

#endif
