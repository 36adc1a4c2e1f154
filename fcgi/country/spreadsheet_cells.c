/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands in the parts of an .xlsx: shared strings with their rich-text runs, the styles
 * that make a number a date, and the cells of a sheet. */
#include "spreadsheet_xlsx.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/text.h"

#define MAX_SHARED (WORKBOOK_MAX_CELLS * 2)
#define MAX_STYLES 65536
#define SHORT 24                        /* an attribute that holds a number or a cell's place */

static int hex4(const char *p)
{
	int code = 0;
	for (int i = 0; i < 4; i++) {
		char c = p[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
		if (digit < 0)
			return -1;
		code = code * 16 + digit;
	}
	return code;
}

static void add_utf8(struct buf *out, int code)
{
	if (code < 0x80) {
		buf_char(out, (char)code);
	} else if (code < 0x800) {
		buf_char(out, (char)(0xC0 | code >> 6));
		buf_char(out, (char)(0x80 | (code & 0x3F)));
	} else {
		buf_char(out, (char)(0xE0 | code >> 12));
		buf_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
		buf_char(out, (char)(0x80 | (code & 0x3F)));
	}
}

/* Excel writes characters that XML cannot hold as _x000D_, and "_x" itself as _x005F_x. */
static void add_unescaped(struct buf *out, const char *text)
{
	while (*text) {
		int code = text[0] == '_' && text[1] == 'x' && strlen(text) >= 7 && text[6] == '_' ? hex4(text + 2) : -1;
		if (code > 0 && (code < 0xD800 || code > 0xDFFF)) {
			add_utf8(out, code);
			text += 7;
		} else {
			buf_char(out, *text++);
		}
	}
}

/* The text of an element that holds <t> and runs <r><t>, without phonetic runs; reads past its end. */
static bool read_rich(struct part *part, const char *end, struct buf *out)
{
	bool in_text = false;
	int phonetic = 0;
	if (part->is_empty)
		return true;
	while (part_next(part)) {
		bool starts = part->type == XML_READER_TYPE_ELEMENT && !part->is_empty, ends = part->type == XML_READER_TYPE_END_ELEMENT;
		if (ends && !strcmp(part->element, end))
			return true;
		if ((starts || ends) && !strcmp(part->element, "t"))
			in_text = starts;
		else if ((starts || ends) && !strcmp(part->element, "rPh"))
			phonetic += starts ? 1 : -1;
		else if (!starts && !ends && in_text && !phonetic && xmlTextReaderHasValue(part->reader) == 1)
			add_unescaped(out, (const char *)xmlTextReaderConstValue(part->reader));
	}
	return false;
}

/* The text of an element without children. */
static bool read_plain(struct part *part, const char *end, struct buf *out)
{
	if (part->is_empty)
		return true;
	while (part_next(part)) {
		if (part->type == XML_READER_TYPE_END_ELEMENT && !strcmp(part->element, end))
			return true;
		if (part->type != XML_READER_TYPE_ELEMENT && part->type != XML_READER_TYPE_END_ELEMENT && xmlTextReaderHasValue(part->reader) == 1)
			buf_str(out, (const char *)xmlTextReaderConstValue(part->reader));
	}
	return false;
}

/* The text that a buffer gathered; NULL after a refusal. */
static const char *gathered(struct xlsx *x, const struct buf *text)
{
	return book_text(x->b, text->p, text->full ? WORKBOOK_MAX_CELL_BYTES + 1 : text->len);
}

static bool add_string(struct xlsx *x, size_t *capacity, const struct buf *text)
{
	if (x->n_strings == *capacity) {
		const char **larger = arena_array(x->b->arena, const char *, *capacity * 2 + 256);
		if (x->n_strings)
			memcpy(larger, x->string, x->n_strings * sizeof *larger);
		x->string = larger;
		*capacity = *capacity * 2 + 256;
	}
	const char *kept = gathered(x, text);
	if (!kept)
		return false;
	x->string[x->n_strings++] = kept;
	return true;
}

bool strings_read(struct xlsx *x, const char *name)
{
	struct part part;
	struct buf text;
	size_t capacity = 0;
	bool ok = true;
	if (!part_open(x, &part, name, true))
		return !x->b->why->code;
	buf_init(&text, WORKBOOK_MAX_CELL_BYTES + 1);
	while (ok && part_next(&part)) {
		if (part.type != XML_READER_TYPE_ELEMENT || strcmp(part.element, "si") != 0)
			continue;
		buf_clear(&text);
		ok = read_rich(&part, "si", &text) && add_string(x, &capacity, &text) &&
			(x->n_strings <= MAX_SHARED || book_refuse(x->b, ERR_TOO_LARGE, "it has more than %u texts", MAX_SHARED));
	}
	buf_free(&text);
	return part_close(x, &part, ok && part.result == 0);
}

struct date_format { long id; struct date_format *next; };

static bool is_listed(const struct date_format *format, long id)
{
	while (format && format->id != id)
		format = format->next;
	return format != NULL;
}

/* One style of <cellXfs>: remembers whether it makes numbers dates. */
static bool add_style(struct xlsx *x, size_t *capacity, const struct date_format *formats, long id)
{
	if (x->n_styles >= MAX_STYLES)
		return book_refuse(x->b, ERR_TOO_LARGE, "it has more than %d cell styles", MAX_STYLES);
	if (x->n_styles == *capacity) {
		bool *larger = arena_array(x->b->arena, bool, *capacity * 2 + 64);
		if (x->n_styles)
			memcpy(larger, x->style_is_date, x->n_styles);
		x->style_is_date = larger;
		*capacity = *capacity * 2 + 64;
	}
	x->style_is_date[x->n_styles++] = book_is_date(id, NULL) || is_listed(formats, id);
	return true;
}

/* One <numFmt>: remembered when it shows dates. */
static void add_format(struct xlsx *x, struct part *part, struct date_format **formats)
{
	char id[SHORT], code[512];
	if (!part_attribute(part, "numFmtId", id, sizeof id) || !part_attribute(part, "formatCode", code, sizeof code) || !book_is_date(0, code))
		return;
	struct date_format *format = arena_new_of(x->b->arena, struct date_format);
	*format = (struct date_format){ strtol(id, NULL, 10), *formats };
	*formats = format;
}

bool styles_read(struct xlsx *x, const char *name)
{
	struct part part;
	struct date_format *formats = NULL;
	size_t capacity = 0, n_formats = 0;
	char id[SHORT];
	bool in_cells = false;
	if (!part_open(x, &part, name, true))
		return !x->b->why->code;
	while (!x->b->why->code && part_next(&part)) {
		bool starts = part.type == XML_READER_TYPE_ELEMENT;
		if ((starts || part.type == XML_READER_TYPE_END_ELEMENT) && !strcmp(part.element, "cellXfs")) {
			in_cells = starts && !part.is_empty;
		} else if (starts && !strcmp(part.element, "numFmt") && ++n_formats <= MAX_STYLES) {
			add_format(x, &part, &formats);
		} else if (starts && in_cells && !strcmp(part.element, "xf")) {
			part_attribute(&part, "numFmtId", id, sizeof id);
			add_style(x, &capacity, formats, strtol(id, NULL, 10));
		}
	}
	return part_close(x, &part, part.result == 0);
}

/* "AB12": the column and the row, 0-based column; false when it is none. */
static bool parse_reference(const char *text, unsigned *column, size_t *row)
{
	unsigned c = 0;
	size_t r = 0;
	for (; *text >= 'A' && *text <= 'Z'; text++)
		if ((c = c * 26 + (unsigned)(*text - 'A') + 1) > WORKBOOK_MAX_COLUMNS)
			return false;
	for (; *text >= '0' && *text <= '9'; text++)
		if ((r = r * 10 + (size_t)(*text - '0')) > WORKBOOK_MAX_ROWS)
			return false;
	*column = c - 1;
	*row = r;
	return c > 0 && r > 0 && *text == '\0';
}

/* A number as XML writes it, with an exponent at times. */
static bool parse_number(const char *text, double *number)
{
	char *end;
	*number = strtod(text, &end);
	return end != text && *end == '\0' && text[strspn(text, "+-.0123456789eE")] == '\0' && isfinite(*number);
}

static const char *number_text(struct xlsx *x, const char *raw, const char *style, enum cell_kind *kind)
{
	double number;
	if (!parse_number(raw, &number))
		return book_text(x->b, raw, strlen(raw));
	size_t index = strtoul(style, NULL, 10);
	*kind = index < x->n_styles && x->style_is_date[index] ? CELL_DATE : CELL_NUMBER;
	return *kind == CELL_DATE ? book_serial_date(x->b, number, x->is_1904) : book_number(x->b, number);
}

/* The text of a cell by its type; NULL after a refusal. */
static const char *cell_text(struct xlsx *x, const char *type, const char *style, const struct buf *value, enum cell_kind *kind)
{
	*kind = CELL_TEXT;
	if (!strcmp(type, "s")) {
		int64_t index;
		if (!text_to_int(value->p, &index) || index < 0 || (size_t)index >= x->n_strings) {
			book_refuse(x->b, ERR_INVALID, "it is damaged: a cell refers to text %.20s, which is not there", value->p);
			return NULL;
		}
		return x->string[index];
	}
	if (!strcmp(type, "n"))
		return number_text(x, value->p, style, kind);
	if (!strcmp(type, "b")) {
		*kind = CELL_BOOLEAN;
		return !strcmp(value->p, "1") || !strcmp(value->p, "true") ? "TRUE" : "FALSE";
	}
	*kind = !strcmp(type, "e") ? CELL_ERROR : !strcmp(type, "d") ? CELL_DATE : CELL_TEXT;
	return gathered(x, value);
}

/* One <c>: its place, its value, and on to its end. */
static bool read_cell(struct xlsx *x, struct part *part, size_t row, unsigned *next_column, struct buf *value)
{
	char reference[SHORT], type[SHORT], style[SHORT];
	unsigned column = *next_column;
	size_t named_row = row;
	enum cell_kind kind;
	part_attribute(part, "t", type, sizeof type);
	part_attribute(part, "s", style, sizeof style);
	if (part_attribute(part, "r", reference, sizeof reference) && (!parse_reference(reference, &column, &named_row) || named_row != row))
		return book_refuse(x->b, ERR_INVALID, "it is damaged: %.20s is no cell of row %zu", reference, row);
	*next_column = column + 1;
	buf_clear(value);
	if (part->is_empty)
		return true;
	while (part_next(part)) {
		bool ok = true;
		if (part->type == XML_READER_TYPE_END_ELEMENT && !strcmp(part->element, "c"))
			break;
		if (part->type == XML_READER_TYPE_ELEMENT && !strcmp(part->element, "v"))
			ok = read_plain(part, "v", value);
		else if (part->type == XML_READER_TYPE_ELEMENT && !strcmp(part->element, "is"))
			ok = read_rich(part, "is", value);
		if (!ok)
			return false;
	}
	if (part->result != 1 || value->len == 0)
		return part->result == 1;
	const char *text = cell_text(x, *type ? type : "n", style, value, &kind);
	return text && book_cell(x->b, row, column, kind, text);
}

/* <row r="12">: its number; rows without one follow the last. */
static bool row_number(struct xlsx *x, struct part *part, size_t *row)
{
	char number[SHORT];
	int64_t value = (int64_t)*row + 1;
	if (part_attribute(part, "r", number, sizeof number) && (!text_to_int(number, &value) || value <= (int64_t)*row || value > (int64_t)WORKBOOK_MAX_ROWS))
		return book_refuse(x->b, ERR_INVALID, "it is damaged: row %.20s is out of order", number);
	*row = (size_t)value;
	return value <= (int64_t)WORKBOOK_MAX_ROWS || book_refuse(x->b, ERR_TOO_LARGE, "it has more than %u rows", WORKBOOK_MAX_ROWS);
}

bool cells_read(struct xlsx *x, const char *name)
{
	struct part part;
	struct buf value;
	size_t row = 0;
	unsigned column = 0;
	bool ok = true, in_data = false;
	if (!part_open(x, &part, name, false))
		return false;
	buf_init(&value, WORKBOOK_MAX_CELL_BYTES + 1);
	while (ok && part_next(&part)) {
		bool starts = part.type == XML_READER_TYPE_ELEMENT;
		if ((starts || part.type == XML_READER_TYPE_END_ELEMENT) && !strcmp(part.element, "sheetData")) {
			in_data = starts && !part.is_empty;
		} else if (starts && in_data && !strcmp(part.element, "row")) {
			ok = row_number(x, &part, &row);
			column = 0;
		} else if (starts && row && in_data && !strcmp(part.element, "c")) {
			ok = read_cell(x, &part, row, &column, &value);
		}
	}
	buf_free(&value);
	return part_close(x, &part, ok && part.result == 0);
}
