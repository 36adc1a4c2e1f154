/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the archive (spreadsheet_xlsx.c) and the cells (spreadsheet_cells.c) of an .xlsx.
 * Private to those two. */
#ifndef COUNTRY_SPREADSHEET_XLSX_H
#define COUNTRY_SPREADSHEET_XLSX_H

#include <libxml/xmlreader.h>
#include <zip.h>

#include "spreadsheet_build.h"

struct relation { const char *id, *type, *target; struct relation *next; };

struct xlsx {
	struct workbook_builder *b;
	zip_t *zip;
	struct relation *relation;      /* of the part read last */
	size_t n_relations;
	bool is_1904;                   /* dates count from 1904 */
	size_t n_strings;
	const char **string;            /* shared strings */
	size_t n_styles;
	bool *style_is_date;            /* by a cell's style */
};

/* One part being read. */
struct part {
	const char *name;
	zip_file_t *file;
	xmlTextReaderPtr reader;
	int result;                     /* of the last read: 1 a node, 0 the end, -1 broken */
	int type;                       /* XML_READER_TYPE_… */
	const char *element;            /* local name at an element's start or end */
	bool is_empty;                  /* <element/>: no end will come */
	size_t n_bytes;
	bool too_large, damaged, has_doctype;
};

/* False when it is missing (a refusal only when it is not optional) or cannot be opened. */
bool part_open(struct xlsx *x, struct part *part, const char *name, bool is_optional);
/* The next node; false at the end and at any trouble, which part_close turns into words. */
bool part_next(struct part *part);
/* Closes; `ok` is false when the caller stopped early because of what it read. */
bool part_close(struct xlsx *x, struct part *part, bool ok);
/* Copies the attribute of that local name, "" when there is none (false) or it is longer than `size`. */
bool part_attribute(struct part *part, const char *name, char *out, size_t size);

bool strings_read(struct xlsx *x, const char *part);
bool styles_read(struct xlsx *x, const char *part);
bool cells_read(struct xlsx *x, const char *part);

#endif
