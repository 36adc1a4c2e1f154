/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass remove NAME`: an instance and everything in it. First it is renamed, so that
 * the sites stop seeing it at once; then its files go. */
#include "commands.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "country/instance.h"

static const char help[] =
	"usage: compass remove NAME [--yes]\n"
	"\n"
	"Removes an instance: its database, attachments and seeded state. There is no way back.\n"
	"On a terminal it asks first; --yes answers.\n";

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st;
	(void)kind;
	(void)walk;
	return remove(path);
}

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

static int remove_instance(const char *name)
{
	char dir[PATH_MAX], aside[PATH_MAX];
	int n = snprintf(dir, sizeof dir, "%s/instances/%s", compass_var(), name);
	int m = snprintf(aside, sizeof aside, "%s/instances/.removed-%s-%ld", compass_var(), name, (long)getpid());
	if (n >= (int)sizeof dir || m >= (int)sizeof aside)
		return no_instance(name);
	if (rename(dir, aside) != 0) {
		fprintf(stderr, "compass remove: %s: %s\n", dir, strerror(errno));
		return 1;
	}
	if (nftw(aside, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0) {
		fprintf(stderr, "compass remove: %s is out of use, but not all of it could be deleted: %s\n", aside, strerror(errno));
		return 1;
	}
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
	char dir[PATH_MAX];
	snprintf(dir, sizeof dir, "%s/instances/%s", compass_var(), name);
	if (!instance_name_is_valid(name) || access(dir, F_OK) != 0)
		return no_instance(name);
	return yes || is_sure(name) ? remove_instance(name) : 1;
}
