/* SPDX-License-Identifier: Apache-2.0
 *
 * Spreadsheets as people hand them in, read into sheets of text cells: .xlsx (libzip and
 * libxml2), legacy .xls (read by hand: see there why) and .csv. All input is hostile:
 * sizes, counts and nesting are capped, a DOCTYPE is refused, nothing is unpacked to disk,
 * and a file that is damaged anywhere is refused as a whole. Formulas give the value that
 * was saved with them; dates come as ISO text, booleans as TRUE and FALSE.
 *
 * Only the sheets that hold something have rows, only rows that hold something exist, and
 * only cells with text: trailing emptiness costs nothing. Knows nothing of XLSForm. */
#ifndef COUNTRY_SPREADSHEET_H
#define COUNTRY_SPREADSHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/* Caps. An arena of WORKBOOK_ARENA_BYTES holds any workbook they let through. */
#define WORKBOOK_MAX_BYTES (32u << 20)          /* the file as handed in */
#define WORKBOOK_MAX_PART_BYTES (96u << 20)     /* one part of an .xlsx, unpacked */
#define WORKBOOK_MAX_ENTRIES 4096               /* parts of an .xlsx */
#define WORKBOOK_MAX_RATIO 600                  /* unpacked to packed, for parts above 8 MB */
#define WORKBOOK_MAX_SHEETS 256
#define WORKBOOK_MAX_CELLS 400000u              /* cells with text, over all sheets */
#define WORKBOOK_MAX_TEXT_BYTES (48u << 20)     /* text of all cells */
#define WORKBOOK_MAX_CELL_BYTES (128u << 10)    /* text of one cell (Excel: 32,767 characters) */
#define WORKBOOK_MAX_COLUMNS 16384u
#define WORKBOOK_MAX_ROWS 1048576u
#define WORKBOOK_ARENA_BYTES ((size_t)288 << 20)

enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_BOOLEAN, CELL_ERROR };

struct cell {
	unsigned column;                /* 0 is A */
	enum cell_kind kind;
	const char *text;               /* never empty; UTF-8 without control characters but tab and LF */
	struct cell *next;              /* to the right */
};

struct sheet_row {
	size_t number;                  /* as the spreadsheet shows it, from 1 */
	struct cell *first, *last;
	struct sheet_row *next;         /* below */
};

struct sheet {
	const char *name;
	bool is_hidden;
	size_t n_rows;                  /* rows with text */
	struct sheet_row *first, *last;
	struct sheet *next;
};

struct workbook {
	const char *file;               /* name for messages, without folders */
	size_t n_sheets;
	struct sheet *first, *last;
};

/* Reads a file. NULL with `why` filled, in words for its author, when it cannot be read or is
 * no spreadsheet; `why->detail` begins with the file's name. */
struct workbook *workbook_load(struct arena *arena, const char *path, struct why *why);
/* The same from memory; `file` gives the name for messages and, by its ending, tells .csv. */
struct workbook *workbook_read(struct arena *arena, const char *file, const char *bytes, size_t length, struct why *why);
/* The cell of a row in a column, or NULL. */
const struct cell *row_cell(const struct sheet_row *row, unsigned column);
/* Letters of a column: 0 gives "A", 27 "AB". */
void column_letters(unsigned column, char out[8]);

#endif
