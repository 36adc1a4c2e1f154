/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads a spreadsheet of any of the kinds we take, and keeps the caps. The kind is told by
 * the first bytes, not by the name: people rename files. What we do not take is refused by
 * what it is, with the way out. The readers stand in spreadsheet_{xlsx,xls,csv}.c. */
#include "spreadsheet_build.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/text.h"

bool book_refuse(struct workbook_builder *b, enum err code, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fail(b->why, code, "%.100s: %s", b->workbook->file, arena_vprintf(b->arena, format, args));
	va_end(args);
	return false;
}

bool book_sheet(struct workbook_builder *b, const char *name, size_t length, bool is_hidden)
{
	struct workbook *workbook = b->workbook;
	if (workbook->n_sheets >= WORKBOOK_MAX_SHEETS)
		return book_refuse(b, ERR_TOO_LARGE, "it has more than %d sheets", WORKBOOK_MAX_SHEETS);
	const char *text = book_text(b, name, length);
	if (!text)
		return false;
	struct sheet *sheet = arena_new_of(b->arena, struct sheet);
	sheet->name = text;
	sheet->is_hidden = is_hidden;
	if (workbook->last)
		workbook->last->next = sheet;
	else
		workbook->first = sheet;
	workbook->last = sheet;
	workbook->n_sheets++;
	return true;
}

/* The row of that number in the last sheet: the one at hand or a new one below it. */
static struct sheet_row *row_at(struct workbook_builder *b, size_t number)
{
	struct sheet *sheet = b->workbook->last;
	struct sheet_row *last = sheet->last;
	if (last && last->number == number)
		return last;
	if (number == 0 || number > WORKBOOK_MAX_ROWS || (last && number < last->number)) {
		book_refuse(b, ERR_INVALID, "sheet \"%.40s\" is damaged: row %zu is out of order", sheet->name, number);
		return NULL;
	}
	struct sheet_row *row = arena_new_of(b->arena, struct sheet_row);
	row->number = number;
	if (last)
		last->next = row;
	else
		sheet->first = row;
	sheet->last = row;
	sheet->n_rows++;
	return row;
}

/* White space in the widest sense: what looks empty in a spreadsheet holds no-break spaces often enough. */
static bool looks_empty(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (p[0] == 0xC2 && p[1] == 0xA0)
			p++;
		else if (p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0x80 && p[2] <= 0x8B)
			p += 2;
		else if (p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF)
			p += 2;
		else if (*p != ' ' && *p != '\t' && *p != '\n')
			return false;
	}
	return true;
}

bool book_cell(struct workbook_builder *b, size_t row_number, unsigned column, enum cell_kind kind, const char *text)
{
	if (looks_empty(text))
		return true;
	if (++b->n_cells > WORKBOOK_MAX_CELLS)
		return book_refuse(b, ERR_TOO_LARGE, "it has more than %u cells with text", WORKBOOK_MAX_CELLS);
	struct sheet_row *row = row_at(b, row_number);
	if (!row)
		return false;
	if (column >= WORKBOOK_MAX_COLUMNS || (row->last && column <= row->last->column))
		return book_refuse(b, ERR_INVALID, "sheet \"%.40s\" is damaged: the cells of row %zu are out of order",
		                    b->workbook->last->name, row_number);
	struct cell *cell = arena_new_of(b->arena, struct cell);
	cell->column = column;
	cell->kind = kind;
	cell->text = text;
	if (row->last)
		row->last->next = cell;
	else
		row->first = cell;
	row->last = cell;
	return true;
}

const char *book_text(struct workbook_builder *b, const char *bytes, size_t length)
{
	b->text_bytes += length;
	if (length > WORKBOOK_MAX_CELL_BYTES || b->text_bytes > WORKBOOK_MAX_TEXT_BYTES) {
		book_refuse(b, ERR_TOO_LARGE, length > WORKBOOK_MAX_CELL_BYTES ? "a cell holds more than %u kB of text"
		             : "it holds more than %u kB of text", (length > WORKBOOK_MAX_CELL_BYTES ? WORKBOOK_MAX_CELL_BYTES : WORKBOOK_MAX_TEXT_BYTES) >> 10);
		return NULL;
	}
	char *text = arena_alloc(b->arena, length + 1);
	size_t n = 0;
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if (c == '\r')
			c = i + 1 < length && bytes[i + 1] == '\n' ? 0 : '\n';
		if (c >= 0x20 ? c != 0x7F : c == '\t' || c == '\n')
			text[n++] = (char)c;
	}
	if (!text_is_utf8(text, n)) {
		book_refuse(b, ERR_INVALID, "it is not written in UTF-8; save it as \"CSV UTF-8\" or as .xlsx");
		return NULL;
	}
	return text;
}

const char *book_number(struct workbook_builder *b, double number)
{
	if (number == trunc(number) && fabs(number) < 1e15)
		return arena_printf(b->arena, "%.0f", number == 0 ? 0 : number);
	return arena_printf(b->arena, "%.15g", number);
}

const char *book_serial_date(struct workbook_builder *b, double serial, bool is_1904)
{
	if (!(serial >= 0 && serial < 2950000))
		return book_number(b, serial);
	double whole = floor(serial);
	int seconds = (int)lround((serial - whole) * 86400);
	if (seconds == 86400) {
		seconds = 0;
		whole += 1;
	}
	/* Excel believes that 1900 was a leap year: serials from 61 on are a day behind. */
	int32_t days = (int32_t)whole - (is_1904 ? 24107 : whole < 61 ? 25568 : 25569);
	char date[DATE_LEN];
	date_from_days(days, date);
	if (!seconds)
		return arena_strdup(b->arena, date);
	const char *time = arena_printf(b->arena, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
	return whole < 1 ? time : arena_printf(b->arena, "%sT%s", date, time);
}

/* Does a number format show a date or time? Quoted text, [colours] and \escapes do not count, [h] does. */
static bool is_date_format(const char *format)
{
	for (const char *p = format; *p; p++) {
		if (*p == '"') {
			while (p[1] && *++p != '"')
				;
		} else if (*p == '[') {
			if (p[1] && strchr("hHmMsS", p[1]) && (p[2] == ']' || p[2] == p[1]))
				return true;
			while (p[1] && *++p != ']')
				;
		} else if (*p == '\\' || *p == '_' || *p == '*') {
			p += p[1] != '\0';
		} else if (strchr("dDmMyYhHsS", *p)) {
			return strncasecmp(format, "General", 7) != 0;
		}
	}
	return false;
}

bool book_is_date(long id, const char *format)
{
	return format ? is_date_format(format) : (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

const struct cell *row_cell(const struct sheet_row *row, unsigned column)
{
	for (const struct cell *cell = row->first; cell && cell->column <= column; cell = cell->next)
		if (cell->column == column)
			return cell;
	return NULL;
}

void column_letters(unsigned column, char out[8])
{
	char reversed[8];
	int n = 0, at = 0;
	for (unsigned c = column + 1; c && n < 7; c = (c - 1) / 26)
		reversed[n++] = (char)('A' + (c - 1) % 26);
	while (n)
		out[at++] = reversed[--n];
	out[at] = '\0';
}

static bool ends_in(const char *name, const char *ending)
{
	size_t n = strlen(name), m = strlen(ending);
	return n >= m && !strcasecmp(name + n - m, ending);
}

/* Files that are no table of ours, by name. */
static bool refuse_by_name(struct workbook_builder *b)
{
	static const struct { const char *ending, *what; } kinds[] = {
		{ ".md", "a Markdown file" }, { ".pdf", "a PDF document" }, { ".json", "a JSON file" }, { ".xml", "an XML file" },
		{ ".docx", "a Word document" }, { ".doc", "a Word document" }, { ".txt", "a text file" }, { ".zip", "an archive" },
		{ ".html", "a web page" }, { ".htm", "a web page" }, { ".numbers", "a Numbers file" }, { ".tsv", "a tab-separated file" },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (ends_in(b->workbook->file, kinds[i].ending))
			return book_refuse(b, ERR_INVALID, "this is %s; spreadsheets are taken as .xlsx, .xls or .csv", kinds[i].what);
	return true;
}

static bool read_any(struct workbook_builder *b, const char *bytes, size_t length)
{
	if (length == 0)
		return book_refuse(b, ERR_INVALID, "the file is empty");
	if (length > WORKBOOK_MAX_BYTES)
		return book_refuse(b, ERR_TOO_LARGE, "it is larger than %u MB", WORKBOOK_MAX_BYTES >> 20);
	if (!refuse_by_name(b))
		return false;
	if (length >= 4 && !memcmp(bytes, "PK\3\4", 4))
		return read_xlsx(b, bytes, length);
	if (length >= 8 && !memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
		return read_xls(b, bytes, length);
	if (ends_in(b->workbook->file, ".csv"))
		return read_csv(b, bytes, length);
	if (ends_in(b->workbook->file, ".xlsx") || ends_in(b->workbook->file, ".xlsm") || ends_in(b->workbook->file, ".xls"))
		return book_refuse(b, ERR_INVALID, "it is no Excel workbook, whatever its name says, or it is cut off at its beginning");
	return book_refuse(b, ERR_INVALID, "it is no spreadsheet; .xlsx, .xls and .csv are taken");
}

struct workbook *workbook_read(struct arena *arena, const char *file, const char *bytes, size_t length, struct why *why)
{
	const char *base = strrchr(file, '/');
	struct workbook *workbook = arena_new_of(arena, struct workbook);
	struct workbook_builder b = { .arena = arena, .workbook = workbook, .why = why };
	workbook->file = arena_strdup(arena, base ? base + 1 : file);
	return read_any(&b, bytes, length) ? workbook : NULL;
}

/* Reads the open file whole; its size may lie (pipes, growing files), so what arrives counts. */
static enum err read_whole(int fd, struct arena *arena, const char *path, const char **bytes, size_t *length, struct why *why)
{
	struct stat st;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return fail(why, ERR_INVALID, "%.150s: it is no file", path);
	if (st.st_size > (off_t)WORKBOOK_MAX_BYTES)
		return fail(why, ERR_TOO_LARGE, "%.150s: it is larger than %u MB", path, WORKBOOK_MAX_BYTES >> 20);
	char *into = arena_alloc(arena, (size_t)st.st_size + 1);
	size_t n = 0;
	while (n < (size_t)st.st_size) {
		ssize_t got = read(fd, into + n, (size_t)st.st_size - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail(why, err_from_errno(errno), "%.150s: it cannot be read (%s)", path, strerror(errno));
		if (got == 0)
			break;
		n += (size_t)got;
	}
	*bytes = into;
	*length = n;
	return OK;
}

struct workbook *workbook_load(struct arena *arena, const char *path, struct why *why)
{
	const char *bytes = NULL;
	size_t length = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		fail(why, errno == ENOENT ? ERR_NOT_FOUND : err_from_errno(errno), "%.150s: it cannot be opened (%s)", path, strerror(errno));
		return NULL;
	}
	enum err err = read_whole(fd, arena, path, &bytes, &length, why);
	close(fd);
	return err ? NULL : workbook_read(arena, path, bytes, length, why);
}
