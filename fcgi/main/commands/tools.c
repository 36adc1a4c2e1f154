/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about instances share. */
#include "tools.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "country/instance.h"

bool tool_help(int argc, char **argv, const char *help)
{
	if (argc < 2 || strcmp(argv[1], "--help") != 0)
		return false;
	fputs(help, stdout);
	return true;
}

int tool_usage(const char *help)
{
	fputs(help, stderr);
	return 2;
}

static bool is_instance(struct arena *arena, const char *name, const char **near)
{
	const char **names;
	size_t n = instance_list(arena, &names);
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	*near = text_nearest(name, names, n);
	return false;
}

static bool refused_unknown(const char *command, const char *name, const struct why *why)
{
	struct arena *arena = arena_new(1u << 20);
	const char *near = NULL;
	bool is_unknown = why->code == ERR_NOT_FOUND && !is_instance(arena, name, &near);
	if (is_unknown) {
		fprintf(stderr, "compass %s: there is no instance \"%s\"", command, name);
		fprintf(stderr, near ? "; is \"%s\" meant?\n" : "\n", near);
	}
	arena_free(arena);
	return is_unknown;
}

int tool_refuse(const char *command, const char *name, const struct why *why)
{
	if (!refused_unknown(command, name, why))
		fprintf(stderr, "compass %s: %s (%s)\n", command, err_message(why->code), why->detail);
	return 1;
}

int tool_refuse_plainly(const char *command, const char *name, const struct why *why)
{
	if (!refused_unknown(command, name, why))
		fprintf(stderr, "compass %s: %s\n", command, why->detail);
	return 1;
}

int tool_write(struct arena *arena, const char *command, const char *path, const char *text)
{
	const char *beside = arena_printf(arena, "%s.%ld.new", path, (long)getpid());
	struct stat st;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		fprintf(stderr, "compass %s: %s is there and is no file\n", command, path);
		return 1;
	}
	FILE *file = fopen(beside, "wx");
	bool ok = file && fputs(text, file) >= 0 && fflush(file) == 0 && fsync(fileno(file)) == 0;
	int why = errno;
	if (file && fclose(file) != 0 && ok) {
		ok = false;
		why = errno;
	}
	if (ok && rename(beside, path) != 0) {
		ok = false;
		why = errno;
	}
	if (ok)
		return 0;
	fprintf(stderr, "compass %s: %s cannot be written: %s\n", command, path, strerror(why));
	if (file)
		unlink(beside);
	return 1;
}
