/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass backup NAME FILE`: a consistent copy of the database while the sites go on. */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "country/instance.h"
#include "country/sweep.h"
#include "model/audit.h"
#include "tools.h"

static const char help[] =
	"usage: compass backup NAME FILE\n"
	"\n"
	"Writes a consistent copy of an instance's database to FILE, one SQLite file; the sites go on meanwhile.\n"
	"FILE must not exist yet. Attachments are plain files in the instance's folder: copy them beside it.\n";

static enum err sync_file(const char *path, struct why *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc = fd >= 0 ? fsync(fd) : -1;
	int errnum = errno;
	if (fd >= 0)
		close(fd);
	return rc == 0 ? OK : fail(why, err_from_errno(errnum), "%s: %s", path, strerror(errnum));
}

/* Parts that a killed backup of the same file left beside it. */
static void sweep_parts(const char *file)
{
	char folder[PATH_MAX], prefix[PATH_MAX];
	const char *slash = strrchr(file, '/');

	snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - file + 1) : 1, slash ? file : ".");
	snprintf(prefix, sizeof prefix, "%.4000s.part-", slash ? slash + 1 : file);
	sweep_left(folder, prefix);
}

/* Under another name until it is whole. */
static enum err write_copy(struct instance *instance, const char *file, struct why *why)
{
	char part[PATH_MAX];
	if (snprintf(part, sizeof part, "%s.part-%d", file, (int)getpid()) >= (int)sizeof part)
		return fail(why, ERR_INVALID, "the file's name is too long");
	if (access(file, F_OK) == 0)
		return fail(why, ERR_CONFLICT, "%s exists already", file);
	sweep_parts(file);
	enum err err = audit_absorb(instance->db, instance->dir, why, NULL);
	if (err == OK)
		err = db_copy(instance->db, part, why);
	if (err == OK)
		err = sync_file(part, why);
	if (err == OK && rename(part, file) != 0)
		err = fail(why, err_from_errno(errno), "%s: %s", file, strerror(errno));
	if (err != OK)
		unlink(part);
	return err;
}

int command_backup(int argc, char **argv)
{
	struct instance *instance;
	struct why why = { 0 };

	if (tool_help(argc, argv, help))
		return 0;
	if (argc != 3)
		return tool_usage(help);
	if (instance_open(&instance, argv[1], DB_TOOL, &why) != OK)
		return tool_refuse("backup", argv[1], &why);
	enum err err = write_copy(instance, argv[2], &why);
	instance_close(instance);
	if (err != OK)
		return tool_refuse("backup", argv[1], &why);
	printf("%s is in %s\n", argv[1], argv[2]);
	return 0;
}
