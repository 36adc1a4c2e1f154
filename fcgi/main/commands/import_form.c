/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass import-form X.xlsx [-o form.json] [--json]`: an XLSForm as the JSON definition of
 * a bundle's form. What is refused, left out or not shown is said by sheet, row and column. */
#include "commands.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "country/xlsform.h"
#include "tools.h"

#define MAX_MEMORY (3 * WORKBOOK_ARENA_BYTES)

static const char help[] =
	"usage: compass import-form FILE [-o form.json] [--json]\n"
	"\n"
	"Reads an XLSForm (.xlsx, .xls or .csv) and writes its definition as JSON, to standard\n"
	"output without -o. What is wrong or not shown is said on standard error; with an error\n"
	"nothing is written and the exit status is 1.\n"
	"  -o FILE   write there; an older file is replaced only when all went well\n"
	"  --json    messages as JSON, one object a line\n";

struct options { const char *from, *to; bool json; };

static void print_json_string(FILE *out, const char *text)
{
	putc('"', out);
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p == '"' || *p == '\\')
			fprintf(out, "\\%c", *p);
		else if (*p < 0x20)
			fprintf(out, "\\u%04x", *p);
		else
			putc(*p, out);
	}
	putc('"', out);
}

static void print_message_json(const struct xlsform_report *report, const struct xlsform_message *message)
{
	fprintf(stderr, "{\"level\": \"%s\", \"file\": ", xlsform_level_name(message->level));
	print_json_string(stderr, report->file);
	if (message->sheet) {
		fputs(", \"sheet\": ", stderr);
		print_json_string(stderr, message->sheet);
	}
	if (message->row)
		fprintf(stderr, ", \"row\": %zu", message->row);
	if (message->column) {
		fputs(", \"column\": ", stderr);
		print_json_string(stderr, message->column);
	}
	fputs(", \"message\": ", stderr);
	print_json_string(stderr, message->text);
	fputs("}\n", stderr);
}

static void print_message(struct arena *arena, const struct xlsform_report *report, const struct xlsform_message *message)
{
	const char *line = xlsform_message_line(arena, report, message), *level = xlsform_level_name(message->level);
	if (message->level == XLSFORM_ERROR)
		fprintf(stderr, "%s\n", line);
	else
		fprintf(stderr, "%s (%s)\n", line, level);
}

static void print_report(struct arena *arena, const struct xlsform_report *report, bool json)
{
	for (const struct xlsform_message *message = report->first; message; message = message->next) {
		if (json)
			print_message_json(report, message);
		else
			print_message(arena, report, message);
	}
	if (json)
		return;
	if (report->n_errors > XLSFORM_MAX_SAID || report->n_warnings > XLSFORM_MAX_SAID)
		fprintf(stderr, "%s: … and more: %zu errors, %zu warnings in all\n", report->file, report->n_errors, report->n_warnings);
	if (report->n_errors)
		fprintf(stderr, "%s: refused, with %zu error%s\n", report->file, report->n_errors, report->n_errors == 1 ? "" : "s");
	else
		fprintf(stderr, "%s: %zu questions, %zu groups, %zu lists with %zu choices, %zu languages; %zu warnings\n", report->file, report->n_questions,
		        report->n_groups, report->n_lists, report->n_choices, report->n_languages, report->n_warnings);
}

static int import(struct arena *arena, const struct options *options)
{
	struct why why = { 0 };
	struct xlsform_report report = { 0 };
	struct workbook *workbook = workbook_load(arena, options->from, &why);
	if (!workbook) {
		if (options->json) {
			struct xlsform_message message = { .level = XLSFORM_ERROR, .text = why.detail };
			report.file = options->from;
			print_message_json(&report, &message);
		} else {
			fprintf(stderr, "%s\n", why.detail);
		}
		return 1;
	}
	char *json = xlsform_import(arena, workbook, &report);
	print_report(arena, &report, options->json);
	if (!json)
		return 1;
	if (options->to)
		return tool_write(arena, "import-form", options->to, json);
	return fputs(json, stdout) < 0 || fflush(stdout) != 0;
}

static int run(const struct options *options)
{
	jmp_buf full;
	struct arena *arena = arena_new(MAX_MEMORY);
	arena_set_escape(arena, &full);
	volatile int status = 1;
	if (setjmp(full) == 0)
		status = import(arena, options);
	else
		fprintf(stderr, "%s: it is too large: reading it takes more than %zu MB of memory\n", options->from, MAX_MEMORY >> 20);
	arena_free(arena);
	return status;
}

int command_import_form(int argc, char **argv)
{
	struct options options = { NULL, NULL, false };
	bool ok = true;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help")) {
			fputs(help, stdout);
			return 0;
		}
		if (!strcmp(argv[i], "-o") && i + 1 < argc && !options.to)
			options.to = argv[++i];
		else if (!strcmp(argv[i], "--json"))
			options.json = true;
		else if (*argv[i] != '-' && !options.from)
			options.from = argv[i];
		else
			ok = false;
	}
	if (!ok || !options.from) {
		fputs(help, stderr);
		return 2;
	}
	return run(&options);
}
