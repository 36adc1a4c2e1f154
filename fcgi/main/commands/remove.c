/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass remove NAME`: an instance and everything in it. */
#include "commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "country/bundle_store.h"
#include "country/instance_admin.h"

static const char help[] =
	"usage: compass remove NAME [--yes]\n"
	"\n"
	"Removes an instance: its database, attachments and seeded state. There is no way back.\n"
	"On a terminal it asks first; --yes answers.\n";

static int no_instance(const char *name)
{
	struct arena *arena = arena_new(1u << 20);
	const char **names;
	size_t n = instance_list(arena, &names);
	const char *near = text_nearest(name, names, n);
	fprintf(stderr, "compass remove: there is no instance \"%s\"", name);
	fprintf(stderr, near ? "; is \"%s\" meant?\n" : "\n", near);
	arena_free(arena);
	return 1;
}

static bool is_sure(const char *name)
{
	char answer[16];
	if (!isatty(STDIN_FILENO))
		return true;
	printf("Remove the instance %s with everything in it? [y/N] ", name);
	fflush(stdout);
	return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

static int remove_named(const char *name)
{
	struct why why = { 0 };
	enum err err = instance_remove(name, &why);
	if (err == ERR_NOT_FOUND)
		return no_instance(name);
	if (err != OK) {
		fprintf(stderr, "compass remove: %s\n", why.detail);
		return 1;
	}
	bundle_store_sweep();
	printf("%s is removed.\n", name);
	return 0;
}

int command_remove(int argc, char **argv)
{
	const char *name = NULL;
	bool yes = false, is_wrong = false;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help")) {
			fputs(help, stdout);
			return 0;
		}
		if (!strcmp(argv[i], "--yes"))
			yes = true;
		else if (name || argv[i][0] == '-')
			is_wrong = true;
		else
			name = argv[i];
	}
	if (!name || is_wrong) {
		fputs(help, stderr);
		return 2;
	}
	return yes || is_sure(name) ? remove_named(name) : 1;
}
