/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass list`: the instances of this machine. One whose bundle or database is broken
 * is listed too, with what is wrong. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "country/instance.h"
#include "model/instance_meta.h"

static const char help[] =
	"usage: compass list\n"
	"\n"
	"Lists the instances: name, bundle, mode, open cases, and the date on the instance's clock.\n";

static void list_one(struct arena *arena, const char *name)
{
	struct db *db = NULL;
	struct why why = { 0 };
	struct instance_counts counts = { 0 };
	const char *bundle = "", *mode = "";
	int64_t offset = 0;
	char today[DATE_LEN];
	const char *path = arena_printf(arena, "%s/instances/%s/case.db", compass_var(), name);
	if (db_open(&db, path, DB_TOOL, &why) != OK || instance_get(db, &why, arena, "bundle", &bundle) != OK ||
	    instance_get(db, &why, arena, "mode", &mode) != OK || instance_get_int(db, &why, "clock_offset_s", 0, &offset) != OK ||
	    instance_count(db, &why, &counts) != OK) {
		printf("%-20s broken: %s\n", name, why.detail);
	} else {
		date_of_instant(clock_system() + offset, NULL, today);
		printf("%-20s %-16s %-6s %8lld  %s\n", name, bundle, mode, (long long)counts.cases_open, today);
	}
	db_close(db);
}

int command_list(int argc, char **argv)
{
	if (argc > 1) {
		bool is_help = !strcmp(argv[1], "--help");
		fputs(help, is_help ? stdout : stderr);
		return is_help ? 0 : 2;
	}
	struct arena *arena = arena_new(16u << 20);
	const char **names;
	size_t n = instance_list(arena, &names);
	if (n)
		printf("%-20s %-16s %-6s %8s  %s\n", "NAME", "BUNDLE", "MODE", "OPEN", "CLOCK");
	else
		printf("There is no instance yet. Make one with: compass new NAME --bundle BUNDLE\n");
	for (size_t i = 0; i < n; i++)
		list_one(arena, names[i]);
	arena_free(arena);
	return 0;
}
