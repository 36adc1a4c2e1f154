/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass diff A B`: what differs between two bundles or two versions of one. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "country/bundle_diff.h"
#include "country/instance.h"

static const char help[] =
	"usage: compass diff A B\n"
	"\n"
	"Says what differs between two config bundles, parents laid under: names under\n"
	"country-configs or paths. + only in B, - only in A, ~ in both, but not the same.\n";

struct count { size_t n; };

static void print(void *data, enum difference kind, const char *file, const char *path, const char *before, const char *after)
{
	struct count *count = data;
	count->n++;
	printf("%c %s%s%s", "+-~"[kind], file, *path ? ": " : "", path);
	if (kind == DIFFERENCE_CHANGED && before && after)
		printf(": %s → %s", before, after);
	else if (before || after)
		printf(" %s", before ? before : after);
	putchar('\n');
}

static int diff(const char *a, const char *b)
{
	struct arena *arena = arena_new(1u << 20);
	struct count count = { 0 };
	char problem[400];
	bool good = bundle_diff(bundle_folder(arena, a), bundle_folder(arena, b), print, &count, problem, sizeof problem);
	if (!good)
		fprintf(stderr, "compass diff: %s\n", problem);
	else if (!count.n)
		puts("no differences");
	arena_free(arena);
	return good ? 0 : 1;
}

int command_diff(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return 0;
	}
	if (argc != 3 || argv[1][0] == '-' || argv[2][0] == '-') {
		fputs(help, stderr);
		return 2;
	}
	return diff(argv[1], argv[2]);
}
