/* SPDX-License-Identifier: Apache-2.0
 *
 * Excel 5 to 2003 workbooks (.xls, MS-XLS: BIFF5 and BIFF8). libfreexl, the only library there
 * is, drops every cell that holds a formula and corrupts memory on damaged files (measured:
 * 25 crashes in ten minutes of fuzzing), so the few records that matter are read here, each
 * byte through a cursor that knows where its record ends. */
#include "spreadsheet_xls.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum {
	R_FORMULA = 0x06, R_EOF = 0x0A, R_DATEMODE = 0x22, R_FILEPASS = 0x2F, R_CONTINUE = 0x3C, R_CODEPAGE = 0x42, R_BOUNDSHEET = 0x85,
	R_MULRK = 0xBD, R_RSTRING = 0xD6, R_XF = 0xE0, R_SST = 0xFC, R_LABELSST = 0xFD, R_NUMBER = 0x203, R_LABEL = 0x204, R_BOOLERR = 0x205,
	R_STRING = 0x207, R_RK = 0x27E, R_FORMAT = 0x41E, R_BOF = 0x809,
};
#define BIFF8 0x600
#define MAX_RECORDS 8000000              /* read over all sheets: sheets may share their bytes */

/* A cell found; sorted before it goes into the workbook. */
struct found { uint32_t row, column; size_t order; enum cell_kind kind; const char *text; };

struct date_format { uint16_t id; struct date_format *next; };

struct xls {
	struct workbook_builder *b;
	const uint8_t *bytes;           /* the stream */
	size_t length;
	/* the record at hand */
	size_t at, end;                 /* of its body; moves on over CONTINUE records */
	uint16_t type;
	size_t next;                    /* the record behind it */
	bool is_short;                  /* something was read beyond its end */
	size_t n_records;
	/* what the globals say */
	unsigned version, codepage;
	bool is_1904, is_protected;
	size_t n_strings, strings_room;
	const char **string;
	size_t n_styles, styles_room;
	bool *style_is_date;
	struct date_format *date_formats;
	/* the sheet at hand */
	size_t n_found, found_room;
	struct found *found;
	struct found *pending;          /* a formula whose text comes in the next STRING */
};

static bool open_record(struct xls *x, size_t at)
{
	if (at > x->length || x->length - at < 4 || ++x->n_records > MAX_RECORDS)
		return false;
	x->type = get16(x->bytes + at);
	x->at = at + 4;
	x->end = x->at + get16(x->bytes + at + 2);
	x->is_short = x->end > x->length;
	if (x->is_short)
		x->end = x->length;
	x->next = x->end;
	return true;
}

/* At the end of the record's body: steps into the CONTINUE behind it. */
static bool step_on(struct xls *x)
{
	if (x->length - x->next < 4 || get16(x->bytes + x->next) != R_CONTINUE)
		return false;
	size_t size = get16(x->bytes + x->next + 2);
	x->at = x->next + 4;
	x->end = x->length - x->at < size ? x->length : x->at + size;
	x->next = x->end;
	return x->at < x->end;
}

static unsigned take8(struct xls *x)
{
	if (x->at == x->end && !step_on(x)) {
		x->is_short = true;
		return 0;
	}
	return x->bytes[x->at++];
}

static unsigned take16(struct xls *x)
{
	unsigned low = take8(x);
	return low | take8(x) << 8;
}

static uint32_t take32(struct xls *x)
{
	uint32_t low = take16(x);
	return low | (uint32_t)take16(x) << 16;
}

static double take_double(struct xls *x)
{
	uint64_t bits = take32(x);
	double number;
	bits |= (uint64_t)take32(x) << 32;
	memcpy(&number, &bits, sizeof number);
	return number;
}

static void skip(struct xls *x, size_t n)
{
	while (n && !x->is_short) {
		size_t here = x->end - x->at < n ? x->end - x->at : n;
		x->at += here;
		n -= here;
		if (n)
			take8(x), n--;
	}
}

static void add_utf8(struct buf *out, uint32_t code)
{
	char bytes[4];
	size_t n = 0;
	if (code < 0x80)
		bytes[n++] = (char)code;
	else if (code < 0x800)
		bytes[n++] = (char)(0xC0 | code >> 6);
	else if (code < 0x10000)
		bytes[n++] = (char)(0xE0 | code >> 12);
	else
		bytes[n++] = (char)(0xF0 | code >> 18);
	if (code >= 0x10000)
		bytes[n++] = (char)(0x80 | (code >> 12 & 0x3F));
	if (code >= 0x800)
		bytes[n++] = (char)(0x80 | (code >> 6 & 0x3F));
	if (code >= 0x80)
		bytes[n++] = (char)(0x80 | (code & 0x3F));
	buf_add(out, bytes, n);
}

/* UTF-16, or its low halves; where a CONTINUE begins inside, its first byte says which from there on. */
static void take_utf16(struct xls *x, size_t n, bool is_wide, struct buf *out)
{
	uint32_t high = 0;
	for (; n && !x->is_short; n--) {
		if (x->at == x->end) {
			if (!step_on(x)) {
				x->is_short = true;
				return;
			}
			is_wide = take8(x) & 1;
		}
		uint32_t unit = is_wide ? take16(x) : take8(x);
		if (high && unit >= 0xDC00 && unit < 0xE000)
			add_utf8(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
		else if (unit < 0xD800 || unit >= 0xE000)
			add_utf8(out, unit ? unit : ' ');
		high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
	}
}

/* A text of Excel 5 and 95, in the code page of its time. */
static void take_codepage(struct xls *x, size_t n, struct buf *out)
{
	char name[16], *from = (char *)x->bytes + x->at, to[8192], *into = to;
	size_t left = x->end - x->at < n ? x->end - x->at : n, room = sizeof to;
	snprintf(name, sizeof name, x->codepage == 10000 || x->codepage == 32768 ? "MACINTOSH" : "CP%u", x->codepage == 32769 ? 1252 : x->codepage);
	iconv_t convert = iconv_open("UTF-8", name);
	x->is_short |= left < n;
	x->at += left;
	if (convert == (iconv_t)-1 && (convert = iconv_open("UTF-8", "CP1252")) == (iconv_t)-1)
		return;
	iconv(convert, &from, &left, &into, &room);
	iconv_close(convert);
	buf_add(out, to, sizeof to - room);
}

/* A text with its length before it: BIFF8 adds flags, formatting runs and phonetics. */
static const char *take_text(struct xls *x, bool has_long_length)
{
	struct buf text;
	size_t n = has_long_length ? take16(x) : take8(x), runs = 0, extra = 0;
	buf_init(&text, WORKBOOK_MAX_CELL_BYTES + 1);
	if (x->version < BIFF8) {
		take_codepage(x, n, &text);
	} else {
		unsigned flags = take8(x);
		runs = flags & 8 ? take16(x) : 0;
		extra = flags & 4 ? take32(x) : 0;
		take_utf16(x, n, flags & 1, &text);
		skip(x, runs * 4 + extra);
	}
	const char *kept = x->is_short ? NULL : book_text(x->b, text.p, text.full ? WORKBOOK_MAX_CELL_BYTES + 1 : text.len);
	buf_free(&text);
	return kept;
}

static bool damaged(struct xls *x)
{
	return x->b->why->code ? false : book_refuse(x->b, ERR_INVALID, "it is damaged or cut off; open it in a spreadsheet program and save it anew as .xlsx");
}

static bool read_strings(struct xls *x)
{
	take32(x);
	uint32_t n = take32(x);
	if (n > WORKBOOK_MAX_CELLS * 2)
		return book_refuse(x->b, ERR_TOO_LARGE, "it has more than %u texts", WORKBOOK_MAX_CELLS * 2);
	for (uint32_t i = 0; i < n && !x->is_short; i++) {
		if (x->n_strings == x->strings_room) {
			const char **larger = arena_array(x->b->arena, const char *, x->strings_room * 2 + 256);
			if (x->n_strings)
				memcpy(larger, x->string, x->n_strings * sizeof *larger);
			x->string = larger;
			x->strings_room = x->strings_room * 2 + 256;
		}
		const char *text = take_text(x, true);
		if (!text)
			return damaged(x);
		x->string[x->n_strings++] = text;
	}
	return true;
}

static void read_format(struct xls *x)
{
	uint16_t id = (uint16_t)take16(x);
	const char *code = take_text(x, x->version >= BIFF8);
	if (!code || !book_is_date(0, code))
		return;
	struct date_format *format = arena_new_of(x->b->arena, struct date_format);
	*format = (struct date_format){ id, x->date_formats };
	x->date_formats = format;
}

static void read_style(struct xls *x)
{
	take16(x);
	unsigned id = take16(x);
	bool is_date = book_is_date(id, NULL);
	for (const struct date_format *format = x->date_formats; format && !is_date; format = format->next)
		is_date = format->id == id;
	if (x->n_styles == x->styles_room) {
		bool *larger = arena_array(x->b->arena, bool, x->styles_room * 2 + 64);
		if (x->n_styles)
			memcpy(larger, x->style_is_date, x->n_styles);
		x->style_is_date = larger;
		x->styles_room = x->styles_room * 2 + 64;
	}
	x->style_is_date[x->n_styles++] = is_date;
}

static struct found *add_found(struct xls *x, uint32_t row, uint32_t column, enum cell_kind kind, const char *text)
{
	if (x->n_found == x->found_room) {
		struct found *larger = arena_array(x->b->arena, struct found, x->found_room * 2 + 1024);
		if (x->n_found)
			memcpy(larger, x->found, x->n_found * sizeof *larger);
		x->found = larger;
		x->found_room = x->found_room * 2 + 1024;
	}
	x->found[x->n_found] = (struct found){ row, column, x->n_found, kind, text };
	return &x->found[x->n_found++];
}

static void add_number(struct xls *x, uint32_t row, uint32_t column, unsigned style, double number)
{
	bool is_date = style < x->n_styles && x->style_is_date[style];
	add_found(x, row, column, is_date ? CELL_DATE : CELL_NUMBER, is_date ? book_serial_date(x->b, number, x->is_1904) : book_number(x->b, number));
}

static double rk_number(uint32_t rk)
{
	uint64_t bits = (uint64_t)(rk & ~3u) << 32;
	double number;
	memcpy(&number, &bits, sizeof number);
	if (rk & 2)
		number = (double)((int32_t)rk >> 2);
	return rk & 1 ? number / 100 : number;
}

static void add_bool_or_error(struct xls *x, uint32_t row, uint32_t column, unsigned value, bool is_error)
{
	static const struct { unsigned code; const char *text; } errors[] = {
		{ 0x00, "#NULL!" }, { 0x07, "#DIV/0!" }, { 0x0F, "#VALUE!" }, { 0x17, "#REF!" }, { 0x1D, "#NAME?" }, { 0x24, "#NUM!" }, { 0x2A, "#N/A" },
	};
	const char *text = "#ERROR!";
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (errors[i].code == value)
			text = errors[i].text;
	add_found(x, row, column, is_error ? CELL_ERROR : CELL_BOOLEAN, is_error ? text : value ? "TRUE" : "FALSE");
}

/* A formula's saved value: a number, or a mark of what else, the text of which follows in a STRING. */
static void read_formula(struct xls *x, uint32_t row, uint32_t column, unsigned style)
{
	uint64_t bits = 0;
	double number;
	for (int i = 0; i < 8; i++)
		bits |= (uint64_t)take8(x) << (8 * i);
	if (bits >> 48 != 0xFFFF) {
		memcpy(&number, &bits, sizeof number);
		add_number(x, row, column, style, number);
	} else if ((bits & 0xFF) == 0) {
		x->pending = add_found(x, row, column, CELL_TEXT, "");
	} else if ((bits & 0xFF) < 3) {
		add_bool_or_error(x, row, column, bits >> 16 & 0xFF, (bits & 0xFF) == 2);
	}
}

static void read_mulrk(struct xls *x, uint32_t row, uint32_t column)
{
	for (; x->end - x->at >= 8; column++) {
		unsigned style = take16(x);
		add_number(x, row, column, style, rk_number(take32(x)));
	}
}

static void read_cell(struct xls *x)
{
	uint32_t row = take16(x), column = take16(x), index;
	unsigned style = x->type == R_MULRK ? 0 : take16(x), value;
	const char *text;
	switch (x->type) {
	case R_LABELSST:
		index = take32(x);
		if (index < x->n_strings)
			add_found(x, row, column, CELL_TEXT, x->string[index]);
		else
			x->is_short = true;
		break;
	case R_LABEL: case R_RSTRING:
		if ((text = take_text(x, true)) != NULL)
			add_found(x, row, column, CELL_TEXT, text);
		break;
	case R_NUMBER:
		add_number(x, row, column, style, take_double(x));
		break;
	case R_RK:
		add_number(x, row, column, style, rk_number(take32(x)));
		break;
	case R_MULRK:
		read_mulrk(x, row, column);
		break;
	case R_BOOLERR:
		value = take8(x);
		add_bool_or_error(x, row, column, value, take8(x) != 0);
		break;
	default:
		read_formula(x, row, column, style);
	}
}

static bool is_cell(uint16_t type)
{
	return type == R_LABELSST || type == R_LABEL || type == R_RSTRING || type == R_NUMBER || type == R_RK || type == R_MULRK || type == R_BOOLERR ||
		type == R_FORMULA;
}

static int compare_found(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* In the order of rows and columns; of two cells in one place the later counts. */
static bool put_found(struct xls *x)
{
	if (x->n_found)
		qsort(x->found, x->n_found, sizeof *x->found, compare_found);
	for (size_t i = 0; i < x->n_found; i++) {
		const struct found *f = &x->found[i];
		if (i + 1 < x->n_found && f[1].row == f->row && f[1].column == f->column)
			continue;
		if (!book_cell(x->b, f->row + 1, f->column, f->kind, f->text))
			return false;
	}
	return true;
}

/* The cells of the sheet that begins at `at`, to the end of its own substream (charts may lie inside). */
static bool read_sheet(struct xls *x, size_t at)
{
	int depth = 0;
	x->n_found = 0;
	x->pending = NULL;
	if (!open_record(x, at) || x->type != R_BOF)
		return damaged(x);
	do {
		depth += x->type == R_BOF ? 1 : x->type == R_EOF ? -1 : 0;
		if (depth == 1 && is_cell(x->type)) {
			x->pending = NULL;
			read_cell(x);
		} else if (depth == 1 && x->type == R_STRING && x->pending) {
			x->pending->text = take_text(x, true);
			if (!x->pending->text)
				return damaged(x);
			x->pending = NULL;
		}
		if (x->is_short || x->b->why->code)
			return damaged(x);
		if (x->n_found > WORKBOOK_MAX_CELLS)
			return book_refuse(x->b, ERR_TOO_LARGE, "it has more than %u cells with text", WORKBOOK_MAX_CELLS);
	} while (depth > 0 && open_record(x, x->next));
	return depth == 0 ? put_found(x) : damaged(x);
}

/* One sheet by its entry in the globals; the cursor comes back to where it was. */
static bool read_bound_sheet(struct xls *x)
{
	size_t at = take32(x), back = x->next;
	bool is_hidden = take8(x) & 3;
	unsigned kind = take8(x);
	const char *name = take_text(x, false);
	if (!name)
		return damaged(x);
	if (kind == 0 && (!book_sheet(x->b, name, strlen(name), is_hidden) || !read_sheet(x, at)))
		return false;
	x->next = back;
	return true;
}

static bool read_global(struct xls *x)
{
	switch (x->type) {
	case R_CODEPAGE:
		x->codepage = take16(x);
		break;
	case R_DATEMODE:
		x->is_1904 = take16(x) != 0;
		break;
	case R_FILEPASS:
		x->is_protected = true;
		break;
	case R_FORMAT:
		read_format(x);
		break;
	case R_XF:
		read_style(x);
		break;
	case R_SST:
		return read_strings(x);
	default:
		break;
	}
	return !x->is_short || damaged(x);
}

/* The globals once for what they say, once more for the sheets, which need all of it. */
static bool read_book(struct xls *x)
{
	if (!open_record(x, 0) || x->type != R_BOF)
		return damaged(x);
	x->version = take16(x);
	x->codepage = 1252;
	if (x->version != BIFF8 && x->version != 0x500)
		return book_refuse(x->b, ERR_INVALID, "it was written by an Excel older than version 5; save it anew as .xlsx");
	while (open_record(x, x->next) && x->type != R_EOF)
		if (!read_global(x))
			return false;
		else if (x->is_protected)
			return book_refuse(x->b, ERR_INVALID, "it is protected by a password; save it without one");
	if (x->type != R_EOF)
		return damaged(x);
	open_record(x, 0);
	while (open_record(x, x->next) && x->type != R_EOF)
		if (x->type == R_BOUNDSHEET && !read_bound_sheet(x))
			return false;
	return x->b->workbook->n_sheets || book_refuse(x->b, ERR_INVALID, "it has no sheets");
}

bool read_xls(struct workbook_builder *b, const char *bytes, size_t length)
{
	struct xls x = { .b = b };
	const uint8_t *file = (const uint8_t *)bytes;
	size_t ignored;
	x.bytes = cfb_stream(b->arena, file, length, "Workbook", &x.length);
	if (!x.bytes)
		x.bytes = cfb_stream(b->arena, file, length, "Book", &x.length);
	if (x.bytes)
		return read_book(&x);
	if (cfb_stream(b->arena, file, length, "EncryptedPackage", &ignored))
		return book_refuse(b, ERR_INVALID, "it is protected by a password; save it without one");
	if (cfb_stream(b->arena, file, length, "WordDocument", &ignored))
		return book_refuse(b, ERR_INVALID, "it is a Word document");
	return book_refuse(b, ERR_INVALID, "it is no readable Excel 97–2003 workbook: damaged or cut off; save it anew as .xlsx");
}
