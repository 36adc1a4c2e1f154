/* SPDX-License-Identifier: Apache-2.0
 *
 * Sweeping up after makers that were killed; see sweep.h. */
#include "sweep.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Flat folders with at most one level below: no recursion needed beyond it. */
enum err delete_folder(const char *path, struct why *why)
{
	DIR *dir = opendir(path);
	enum err err = OK;

	if (!dir)
		return errno == ENOENT ? OK : fail(why, err_from_errno(errno), "%s: %s", path, strerror(errno));
	for (struct dirent *entry; err == OK && (entry = readdir(dir)); ) {
		char below[PATH_MAX];
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (snprintf(below, sizeof below, "%s/%s", path, entry->d_name) >= (int)sizeof below)
			err = fail(why, ERR_IO, "%s: name too long", path);
		else if (unlink(below) != 0)
			err = errno == EISDIR || errno == EPERM ? delete_folder(below, why) : fail(why, err_from_errno(errno), "%s: %s", below, strerror(errno));
	}
	closedir(dir);
	if (err == OK && rmdir(path) != 0)
		err = fail(why, err_from_errno(errno), "%s: %s", path, strerror(errno));
	return err;
}

/* The last number of the name that stands behind a "-" and before "-", "." or the end; 0 none. */
static pid_t maker(const char *name)
{
	pid_t pid = 0;

	for (const char *at = strchr(name, '-'); at; at = strchr(at + 1, '-')) {
		char *end;
		long number = strtol(at + 1, &end, 10);
		if (at[1] >= '0' && at[1] <= '9' && number > 0 && number < INT_MAX && (*end == '\0' || *end == '.' || *end == '-'))
			pid = (pid_t)number;
	}
	return pid;
}

/* Another user's process counts as there. */
static bool is_gone(pid_t pid)
{
	return pid > 0 && pid != getpid() && kill(pid, 0) != 0 && errno == ESRCH;
}

void sweep_left(const char *folder, const char *prefix)
{
	DIR *dir = opendir(folder);

	for (struct dirent *entry; dir && (entry = readdir(dir)); ) {
		char path[PATH_MAX];
		struct why ignored = { 0 };
		if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0 || !is_gone(maker(entry->d_name + strlen(prefix) - 1)))
			continue;
		if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < (int)sizeof path && unlink(path) != 0)
			delete_folder(path, &ignored);
	}
	if (dir)
		closedir(dir);
}
