/* SPDX-License-Identifier: Apache-2.0
 *
 * Kept databases; see upgrade_files.h. */
#include "upgrade_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *upgrade_before_file(struct arena *arena, const struct instance *instance, int64_t id)
{
	return arena_printf(arena, "%s/before-upgrade-%lld.db", instance->dir, (long long)id);
}

char *upgrade_after_file(struct arena *arena, const struct instance *instance)
{
	return arena_printf(arena, "%s/rolled-back.db", instance->dir);
}

static enum err sync_path(const char *path, struct why *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc = fd >= 0 ? fsync(fd) : -1, errnum = errno;
	if (fd >= 0)
		close(fd);
	return rc == 0 ? OK : fail(why, err_from_errno(errnum), "%.150s: %s", path, strerror(errnum));
}

enum err upgrade_keep_database(struct db *db, const char *path, struct why *why)
{
	char part[PATH_MAX], folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	snprintf(part, sizeof part, "%s.part", path);
	snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
	unlink(part);
	enum err err = db_copy(db, part, why);
	if (err == OK)
		err = sync_path(part, why);
	if (err == OK && rename(part, path) != 0)
		err = fail(why, err_from_errno(errno), "%.150s: %s", path, strerror(errno));
	if (err == OK)
		err = sync_path(folder, why);
	if (err != OK)
		unlink(part);
	return err;
}

void upgrade_forget_others(const struct instance *instance, int64_t id)
{
	DIR *dir = opendir(instance->dir);
	for (struct dirent *entry; dir && (entry = readdir(dir)); ) {
		long long number;
		char rest[8], path[PATH_MAX];
		if (sscanf(entry->d_name, "before-upgrade-%lld.%7s", &number, rest) != 2 || number == id)
			continue;
		if (snprintf(path, sizeof path, "%s/%s", instance->dir, entry->d_name) < (int)sizeof path)
			unlink(path);
	}
	if (dir)
		closedir(dir);
}
