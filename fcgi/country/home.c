/* SPDX-License-Identifier: Apache-2.0
 *
 * Where things are: the checkout, var/, and the instances in it. Declared in instance.h,
 * apart from instance.c because tools need the folders without any database. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "instance.h"

/* "/x/build/asan/unit/test_y" → "/x": what stands before the last build folder, else two folders up. */
static void home_of_program(char *out, size_t size)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	path[n > 0 ? n : 0] = 0;
	char *build = NULL;
	for (char *p = strstr(path, "/build/"); p; p = strstr(p + 1, "/build/"))
		build = p;
	for (int i = 0; !build && i < 2; i++) {
		char *slash = strrchr(path, '/');
		if (slash)
			*slash = 0;
	}
	if (build)
		*build = 0;
	snprintf(out, size, "%s", *path ? path : ".");
}

static void make_absolute(char *out, size_t size, const char *path)
{
	char *real = realpath(path, NULL), here[PATH_MAX];
	if (real)
		snprintf(out, size, "%s", real);
	else if (path[0] != '/' && getcwd(here, sizeof here))
		snprintf(out, size, "%s/%s", here, path);
	else
		snprintf(out, size, "%s", path);
	free(real);
}

const char *compass_home(void)
{
	static char home[PATH_MAX];
	const char *given = getenv("COMPASS_HOME");
	if (!home[0] && given && *given)
		make_absolute(home, sizeof home, given);
	else if (!home[0])
		home_of_program(home, sizeof home);
	return home;
}

const char *compass_var(void)
{
	static char var[PATH_MAX + 8];
	const char *given = getenv("COMPASS_VAR");
	if (!var[0] && given && *given)
		make_absolute(var, sizeof var, given);
	else if (!var[0])
		snprintf(var, sizeof var, "%s/var", compass_home());
	return var;
}

bool instance_name_is_valid(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return n >= 1 && n <= 40 && name[n] == 0 && name[0] != '-';
}

const char *bundle_folder(struct arena *arena, const char *name)
{
	const char *dir = arena_printf(arena, "%s/country-configs/%s", compass_home(), name);
	struct stat st;
	bool is_path = strchr(name, '/') || (stat(dir, &st) != 0 && stat(name, &st) == 0 && S_ISDIR(st.st_mode));
	return is_path ? name : dir;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t instance_list(struct arena *arena, const char ***names)
{
	size_t n = 0, cap = 0;
	DIR *dir = opendir(arena_printf(arena, "%s/instances", compass_var()));
	*names = arena_array(arena, const char *, 1);
	for (struct dirent *e; dir && (e = readdir(dir));) {
		if (!instance_name_is_valid(e->d_name) || faccessat(dirfd(dir), arena_printf(arena, "%s/case.db", e->d_name), F_OK, 0) != 0)
			continue;
		if (n == cap) {
			const char **more = arena_array(arena, const char *, (cap = cap ? cap * 2 : 16));
			memcpy(more, *names, n * sizeof *more);
			*names = more;
		}
		(*names)[n++] = arena_strdup(arena, e->d_name);
	}
	if (dir)
		closedir(dir);
	qsort(*names, n, sizeof **names, by_text);
	return n;
}
