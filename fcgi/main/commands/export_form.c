/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass export-form form.json -o X.xlsx`: a form of a bundle as an XLSForm spreadsheet, for
 * people who edit forms there. import-form brings it back, with nothing lost. */
#include "commands.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "country/xlsform.h"
#include "form/json.h"

#define MAX_MEMORY (3 * WORKBOOK_ARENA_BYTES)

static const char help[] =
	"usage: compass export-form FILE -o FORM.xlsx\n"
	"\n"
	"Writes a form's JSON definition as an XLSForm spreadsheet. What is wrong with the\n"
	"definition is said as file:line:column: message; then nothing is written and the exit\n"
	"status is 1.\n"
	"  -o FORM.xlsx   write there; an older file is replaced only when all went well\n";

static void print_problem(void *data, int line, int column, const char *format, ...)
{
	va_list args;
	fprintf(stderr, "%s:%d:%d: ", (const char *)data, line, column);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	putc('\n', stderr);
}

/* The whole file; NULL when it cannot be read. */
static char *read_definition(struct arena *arena, const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	char *text = arena_alloc(arena, JSON_MAX_BYTES + 2);
	if (!file) {
		fprintf(stderr, "%s: it cannot be opened: %s\n", path, strerror(errno));
		return NULL;
	}
	*length = fread(text, 1, JSON_MAX_BYTES + 1, file);
	bool failed = ferror(file);
	fclose(file);
	if (failed)
		fprintf(stderr, "%s: it cannot be read\n", path);
	else if (*length > JSON_MAX_BYTES)
		fprintf(stderr, "%s: it is larger than %u MB\n", path, JSON_MAX_BYTES >> 20);
	else
		return text;
	return NULL;
}

static int export(struct arena *arena, const char *from, const char *to)
{
	struct why why = { 0 };
	size_t length = 0;
	char *json = read_definition(arena, from, &length);
	if (!json)
		return 1;
	enum err err = xlsform_export(arena, json, length, to, print_problem, (void *)from, &why);
	if (err)
		fprintf(stderr, "%s: not written: %s\n", from, why.detail);
	return err != OK;
}

static int run(const char *from, const char *to)
{
	jmp_buf full;
	struct arena *arena = arena_new(MAX_MEMORY);
	arena_set_escape(arena, &full);
	volatile int status = 1;
	if (setjmp(full) == 0)
		status = export(arena, from, to);
	else
		fprintf(stderr, "%s: it is too large: writing it takes more than %zu MB of memory\n", from, MAX_MEMORY >> 20);
	arena_free(arena);
	return status;
}

int command_export_form(int argc, char **argv)
{
	const char *from = NULL, *to = NULL;
	bool ok = true;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help")) {
			fputs(help, stdout);
			return 0;
		}
		if (!strcmp(argv[i], "-o") && i + 1 < argc && !to)
			to = argv[++i];
		else if (*argv[i] != '-' && !from)
			from = argv[i];
		else
			ok = false;
	}
	if (!ok || !from || !to) {
		fputs(help, stderr);
		return 2;
	}
	return run(from, to);
}
