/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass import-hsds PATH [-o services.json]`: a directory of services into a bundle's catalogue. */
#include "commands.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "country/hsds.h"
#include "country/spreadsheet.h"
#include "form/json.h"
#include "tools.h"

#define MAX_MEMORY (2 * WORKBOOK_ARENA_BYTES)

static const char help[] =
	"usage: compass import-hsds PATH [-o services.json]\n"
	"\n"
	"Reads a directory of services: a .json file of the Human Services Data Specification 3.0,\n"
	"a folder of such files or of its tables (services.csv, organizations.csv …), or the one-sheet\n"
	"template that `compass export-hsds --template` writes (.xlsx or .csv). All of it is checked\n"
	"against the published shapes; with an error nothing is written and the exit status is 1.\n"
	"  -o FILE   lay it over this services.json by id: entries that are there are brought up to\n"
	"            date, new ones added, all others stay; without -o a new one goes to standard output\n";

static void say(void *data, bool is_error, const char *file, int line, const char *message)
{
	(void)data;
	if (line)
		fprintf(stderr, "%s:%d: %s%s\n", file, line, message, is_error ? "" : " (warning)");
	else
		fprintf(stderr, "%s: %s%s\n", file, message, is_error ? "" : " (warning)");
}

/* The services.json that is there: its text, "" when there is none, NULL when it is broken. */
static const char *existing(struct arena *arena, struct hsds *directory, const char *path)
{
	char *text = arena_alloc(arena, JSON_MAX_BYTES + 1);
	FILE *file = path ? fopen(path, "re") : NULL;
	if (!file)
		return "";
	size_t n = fread(text, 1, JSON_MAX_BYTES + 1, file);
	fclose(file);
	struct hsds *probe = hsds_open(arena, say, NULL);
	bool good = n <= JSON_MAX_BYTES && hsds_is_json(probe, path, text, n);
	directory->n_errors += probe->n_errors;
	return good ? arena_strndup(arena, text, n) : NULL;
}

static int import(struct arena *arena, struct hsds *directory, const char *from, const char *to)
{
	const char *old = existing(arena, directory, to);
	char *json = old && hsds_read(directory, from) && hsds_check(directory) ? hsds_to_services(directory, *old ? old : NULL) : NULL;
	if (!json) {
		fprintf(stderr, "%s: refused, with %zu error%s\n", from, directory->n_errors, directory->n_errors == 1 ? "" : "s");
		return 1;
	}
	size_t n[3] = { 0 };
	static const char *const kinds[] = { "organization", "location", "service" };
	for (size_t i = 0; i < 3; i++)
		for (const struct hsds_row *row = hsds_first(directory, kinds[i]); row; row = row->next)
			n[i]++;
	fprintf(stderr, "%s: %zu organizations, %zu locations, %zu services\n", from, n[0], n[1], n[2]);
	if (to)
		return tool_write(arena, "import-hsds", to, json);
	return fputs(json, stdout) < 0 || fflush(stdout) != 0;
}

static int run(const char *from, const char *to)
{
	jmp_buf full;
	struct arena *arena = arena_new(MAX_MEMORY);
	struct hsds *directory = hsds_open(arena, say, NULL);
	arena_set_escape(arena, &full);
	volatile int status = 1;
	if (setjmp(full) == 0)
		status = import(arena, directory, from, to);
	else
		fprintf(stderr, "%s: it is too large: reading it takes more than %zu MB of memory\n", from, MAX_MEMORY >> 20);
	hsds_close(directory);
	arena_free(arena);
	return status;
}

int command_import_hsds(int argc, char **argv)
{
	const char *from = NULL, *to = NULL;
	if (tool_help(argc, argv, help))
		return 0;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "-o") && i + 1 < argc && !to)
			to = argv[++i];
		else if (*argv[i] != '-' && !from)
			from = argv[i];
		else
			return tool_usage(help);
	}
	if (!from)
		return tool_usage(help);
	return run(from, to);
}
