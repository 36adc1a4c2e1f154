/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass schema`: the format of bundles as JSON Schemas, from the tables that bundles are
 * read by. country-configs/schema holds what `-o` writes. */
#include "commands.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "country/schema.h"

static const char help[] =
	"usage: compass schema [FILE] [--child]\n"
	"       compass schema -o DIRECTORY\n"
	"\n"
	"Prints the JSON Schema of one file of a bundle (bundle, roles, form …), or lists them.\n"
	"  --child        of a bundle that extends another, where most members may be left out\n"
	"  -o DIRECTORY   writes all: NAME.schema.json, and child/NAME.schema.json\n"
	"Exit status: 0 printed, 1 refused, 2 wrong usage.\n";

static bool write_file(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");
	bool good = out && fprintf(out, "%s\n", text) > 0;
	good = (!out || fclose(out) == 0) && good;
	if (!good)
		fprintf(stderr, "compass schema: %s: %s\n", path, strerror(errno));
	return good;
}

static bool write_one(struct arena *arena, const char *directory, const char *name, bool is_child)
{
	char path[4096];
	char *schema = schema_print(arena, name, is_child);
	snprintf(path, sizeof path, "%s/%s%s.schema.json", directory, is_child ? "child/" : "", name);
	return !schema || write_file(path, schema);
}

static int write_all(struct arena *arena, const char *directory)
{
	char child[4096];
	size_t n;
	const struct schema_file *files = schema_files(&n);
	snprintf(child, sizeof child, "%s/child", directory);
	if ((mkdir(directory, 0755) != 0 && errno != EEXIST) || (mkdir(child, 0755) != 0 && errno != EEXIST)) {
		fprintf(stderr, "compass schema: %s: %s\n", directory, strerror(errno));
		return 1;
	}
	for (size_t i = 0; i < n; i++)
		if (!write_one(arena, directory, files[i].name, false) || (files[i].is_merged && !write_one(arena, directory, files[i].name, true)))
			return 1;
	return 0;
}

static int list(void)
{
	size_t n;
	const struct schema_file *files = schema_files(&n);
	for (size_t i = 0; i < n; i++)
		printf("%-12s %s\n", files[i].name, files[i].pattern);
	return 0;
}

static int print(struct arena *arena, const char *name, bool is_child)
{
	char *schema = schema_print(arena, name, is_child);
	if (schema)
		puts(schema);
	else
		fprintf(stderr, "compass schema: there is no schema \"%s\"%s; `compass schema` lists them\n", name, is_child ? " of a bundle that extends" : "");
	return schema ? 0 : 1;
}

int command_schema(int argc, char **argv)
{
	const char *name = NULL, *directory = NULL;
	bool is_child = false, is_wrong = false;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help")) {
			fputs(help, stdout);
			return 0;
		}
		if (!strcmp(argv[i], "--child"))
			is_child = true;
		else if (!strcmp(argv[i], "-o") && i + 1 < argc)
			directory = argv[++i];
		else if (argv[i][0] == '-' || name)
			is_wrong = true;
		else
			name = argv[i];
	}
	if (is_wrong || (directory && (name || is_child)) || (is_child && !name)) {
		fputs(help, stderr);
		return 2;
	}
	struct arena *arena = arena_new(64u << 20);
	int status = directory ? write_all(arena, directory) : name ? print(arena, name, is_child) : list();
	arena_free(arena);
	return status;
}
