/* SPDX-License-Identifier: Apache-2.0
 *
 * Excel 97–2003 workbooks (.xls) through libfreexl. That library is old and its input
 * hostile, so it runs in a child process with limits on time and memory, and what it finds
 * comes back through a pipe as records that are checked like any input. A child that
 * crashes or hangs costs one refused file. */
#include "spreadsheet_build.h"

#include <errno.h>
#include <fcntl.h>
#include <freexl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHILD_SECONDS 10
#define CHILD_MEMORY ((rlim_t)512 << 20)

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN 1
#endif
#endif

/* What the child sends: a record, then `length` bytes of text. */
enum tag { TAG_SHEET, TAG_TEXT, TAG_NUMBER, TAG_DATE, TAG_PROTECTED, TAG_END };
struct record {
	uint32_t tag, row, column, length;
	double number;
};

/* In the child: writes all or ends. */
static void put(FILE *out, enum tag tag, uint32_t row, uint32_t column, double number, const char *text)
{
	struct record record = { tag, row, column, text ? (uint32_t)strnlen(text, WORKBOOK_MAX_CELL_BYTES + 1) : 0, number };
	if (fwrite(&record, sizeof record, 1, out) != 1 || (record.length && fwrite(text, record.length, 1, out) != 1))
		_exit(2);
}

static void put_cell(FILE *out, const void *book, unsigned row, unsigned short column)
{
	FreeXL_CellValue value;
	if (freexl_get_cell_value(book, row, column, &value) != FREEXL_OK)
		return;
	switch (value.type) {
	case FREEXL_CELL_INT:
		put(out, TAG_NUMBER, row, column, value.value.int_value, NULL);
		break;
	case FREEXL_CELL_DOUBLE:
		put(out, TAG_NUMBER, row, column, value.value.double_value, NULL);
		break;
	case FREEXL_CELL_TEXT:
	case FREEXL_CELL_SST_TEXT:
		put(out, TAG_TEXT, row, column, 0, value.value.text_value);
		break;
	case FREEXL_CELL_DATE:
	case FREEXL_CELL_DATETIME:
	case FREEXL_CELL_TIME:
		put(out, TAG_DATE, row, column, 0, value.value.text_value);
		break;
	default:
		break;
	}
}

static void put_sheet(FILE *out, const void *book, unsigned short index)
{
	const char *name;
	unsigned rows;
	unsigned short columns;
	if (freexl_get_worksheet_name(book, index, &name) != FREEXL_OK || !name)
		return;
	put(out, TAG_SHEET, index, 0, 0, name);
	if (freexl_select_active_worksheet(book, index) != FREEXL_OK || freexl_worksheet_dimensions(book, &rows, &columns) != FREEXL_OK)
		return;
	for (unsigned row = 0; row < rows; row++)
		for (unsigned short column = 0; column < columns; column++)
			put_cell(out, book, row, column);
}

static _Noreturn void run_child(int file, int pipe)
{
	struct rlimit seconds = { CHILD_SECONDS, CHILD_SECONDS }, none = { 0, 0 };
	char path[64];
	const void *book;
	unsigned n_sheets = 0, password = 0;
	setrlimit(RLIMIT_CPU, &seconds);
	setrlimit(RLIMIT_CORE, &none);
#ifndef HAS_ASAN
	struct rlimit memory = { CHILD_MEMORY, CHILD_MEMORY };
	setrlimit(RLIMIT_AS, &memory);
#endif
	FILE *out = fdopen(pipe, "w");
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	if (!out)
		_exit(2);
	int result = freexl_open(path, &book);
	if (result == FREEXL_OK)
		freexl_get_info(book, FREEXL_BIFF_PASSWORD, &password);
	if (result == FREEXL_CRAFTED_FILE || result != FREEXL_OK)
		_exit(password ? 3 : 2);
	if (password == FREEXL_BIFF_OBFUSCATED)
		put(out, TAG_PROTECTED, 0, 0, 0, NULL);
	if (freexl_get_info(book, FREEXL_BIFF_SHEET_COUNT, &n_sheets) != FREEXL_OK)
		_exit(2);
	for (unsigned i = 0; i < n_sheets && i <= WORKBOOK_MAX_SHEETS; i++)
		put_sheet(out, book, (unsigned short)i);
	put(out, TAG_END, 0, 0, 0, NULL);
	_exit(fclose(out) == 0 ? 0 : 2);
}

/* In the parent: exactly n bytes before the deadline. */
static bool get(int pipe, void *into, size_t n, time_t deadline)
{
	for (char *p = into; n;) {
		struct pollfd wait = { .fd = pipe, .events = POLLIN };
		struct timespec now;
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (now.tv_sec >= deadline || poll(&wait, 1, 1000) < 0)
			return false;
		if (!wait.revents)
			continue;
		ssize_t got = read(pipe, p, n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

static bool take(struct workbook_builder *b, const struct record *record, const char *text)
{
	const char *kept;
	if (record->tag == TAG_SHEET)
		return book_sheet(b, text, record->length, false);
	if (!b->workbook->last)
		return false;
	if (record->tag == TAG_NUMBER)
		return book_cell(b, record->row + 1, record->column, CELL_NUMBER, book_number(b, record->number));
	kept = book_text(b, text, record->length);
	return kept && book_cell(b, record->row + 1, record->column, record->tag == TAG_DATE ? CELL_DATE : CELL_TEXT, kept);
}

static bool receive(struct workbook_builder *b, int pipe)
{
	struct record record;
	struct timespec now;
	char *text = arena_alloc(b->arena, WORKBOOK_MAX_CELL_BYTES + 2);
	clock_gettime(CLOCK_MONOTONIC, &now);
	while (get(pipe, &record, sizeof record, now.tv_sec + 2 * CHILD_SECONDS)) {
		if (record.length > WORKBOOK_MAX_CELL_BYTES + 1 || !get(pipe, text, record.length, now.tv_sec + 2 * CHILD_SECONDS))
			break;
		if (record.tag == TAG_END)
			return true;
		if (record.tag == TAG_PROTECTED)
			return book_refuse(b, ERR_INVALID, "it is protected by a password; save it without one");
		if (!take(b, &record, text))
			break;
	}
	return b->why->code ? false : book_refuse(b, ERR_INVALID,
		"it is no readable Excel 97–2003 workbook: damaged, cut off, or protected by a password; save it anew as .xlsx");
}

/* freexl wants a path: the bytes go into a file in memory. */
static int file_in_memory(const char *bytes, size_t length)
{
	int fd = memfd_create("xls", MFD_CLOEXEC);
	if (fd < 0)
		return -1;
	for (size_t n = 0; n < length;) {
		ssize_t put_now = write(fd, bytes + n, length - n);
		if (put_now <= 0) {
			close(fd);
			return -1;
		}
		n += (size_t)put_now;
	}
	return fd;
}

bool read_xls(struct workbook_builder *b, const char *bytes, size_t length)
{
	int pipes[2], file = file_in_memory(bytes, length);
	if (file < 0 || pipe2(pipes, O_CLOEXEC) != 0) {
		if (file >= 0)
			close(file);
		return book_refuse(b, ERR_IO, "there is no room to read it (%s)", strerror(errno));
	}
	pid_t child = fork();
	if (child == 0) {
		close(pipes[0]);
		run_child(file, pipes[1]);
	}
	close(file);
	close(pipes[1]);
	bool ok = child > 0 ? receive(b, pipes[0]) : book_refuse(b, ERR_IO, "no process can be started to read it (%s)", strerror(errno));
	close(pipes[0]);
	if (child > 0) {
		kill(child, SIGKILL);
		while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
			;
	}
	return ok;
}
