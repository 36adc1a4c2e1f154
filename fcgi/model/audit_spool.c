/* SPDX-License-Identifier: Apache-2.0
 *
 * Views wait in a spool file, one line each, so that reading a page takes no write lock.
 * Absorbing moves them into the chain exactly once: the spool is renamed to the next
 * number, its rows and that number are committed together, then the file goes. A crash
 * between any two steps leaves either a file with a number not yet in the database (to
 * be absorbed) or one already in it (to be removed). */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit.h"
#include "audit_internal.h"
#include "base/date.h"
#include "base/log.h"
#include "instance_meta.h"
#include "model_internal.h"

#define SPOOL "audit.spool"
#define SPOOL_FIELDS 9
#define SPOOL_MAX (64 * 1024 * 1024)

/* ---- writing ---- */

/* Tabs and line ends part the fields: inside they become spaces. */
static const char *one_field(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, or_empty(text));
	for (char *at = copy; *at != '\0'; at++)
		if ((unsigned char)*at < 0x20)
			*at = ' ';
	return copy;
}

/* Locks the spool for adding. It may be renamed between open and lock: then the path names another file. */
static int spool_open(const char *path)
{
	for (int tries = 0; tries < 100; tries++) {
		struct stat ours, named;
		int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0660);
		if (fd < 0 || flock(fd, LOCK_SH) != 0)
			return fd;
		if (fstat(fd, &ours) == 0 && stat(path, &named) == 0 && ours.st_ino == named.st_ino)
			return fd;
		close(fd);
	}
	errno = EBUSY;
	return -1;
}

/* A line is added whole or not at all: what of it found room on a full disk is taken back, unless another's came behind it. */
static void take_back(int fd, ssize_t written)
{
	struct stat st;
	off_t end = lseek(fd, 0, SEEK_CUR);
	if (written > 0 && flock(fd, LOCK_EX) == 0 && fstat(fd, &st) == 0 && st.st_size == end && ftruncate(fd, end - written) != 0)
		return;
}

static enum err write_lines(const char *path, const char *lines, struct why *why)
{
	int fd = spool_open(path);
	if (fd < 0)
		return fail(why, err_from_errno(errno), "%s: %s", path, strerror(errno));
	ssize_t length = (ssize_t)strlen(lines), n = write(fd, lines, (size_t)length);
	int errnum = n < 0 ? errno : ENOSPC;
	if (n != length)
		take_back(fd, n);
	close(fd);
	return n == length ? OK : fail(why, err_from_errno(errnum), "%s: %s", path, strerror(errnum));
}

/* Views that found no room on the disk wait here for the next that does, so that pages can be read
 * meanwhile. When this is full as well, nobody looks at a case unseen: the page is refused. */
static struct { char path[600], lines[16384]; size_t n; } waiting;

static enum err spool_line(const struct context *c, const char *line)
{
	const char *path = arena_printf(c->arena, "%s/" SPOOL, c->dir);
	bool is_ours = waiting.n > 0 && strcmp(waiting.path, path) == 0;
	struct why why = { 0 };
	enum err err = write_lines(path, is_ours ? arena_printf(c->arena, "%s%s", waiting.lines, line) : line, &why);
	if (err == OK && is_ours)
		waiting.n = 0;
	if (err == OK)
		return OK;
	size_t length = strlen(line), n = is_ours ? waiting.n : 0;
	if ((waiting.n > 0 && !is_ours) || n + length >= sizeof waiting.lines || strlen(path) >= sizeof waiting.path)
		return why_fail(c->why, err, why.file, why.line, "%s", why.detail);
	if (n == 0)
		log_failure(&why, "audit of views waits");
	strcpy(waiting.path, path);
	memcpy(waiting.lines + n, line, length + 1);
	waiting.n = n + length;
	return OK;
}

enum err audit_note(const struct context *c, const char *action, const char *object, const char *object_key,
                    int64_t casefile_id, const char *detail)
{
	struct arena *a = c->arena;
	return spool_line(c, arena_printf(a, "%" PRId64 "\t%" PRId64 "\t%s\t%" PRId64 "\t%s\t%s\t%s\t%" PRId64 "\t%s\n", c->actor->now,
		clock_system(), one_field(a, c->actor->username), context_user(c), one_field(a, action), one_field(a, object),
		one_field(a, object_key), casefile_id, detail != NULL ? one_field(a, detail) : "{}"));
}

enum err audit_view(const struct context *c, const char *object, const char *object_key, int64_t casefile_id)
{
	return audit_note(c, "view", object, object_key, casefile_id, NULL);
}

/* ---- absorbing ---- */

static bool parse_line(char *line, struct audit_entry *entry)
{
	char *field[SPOOL_FIELDS];
	size_t n = 0;
	for (char *at = line; at != NULL && n < SPOOL_FIELDS; n++) {
		field[n] = strsep(&at, "\t");
		if (n + 1 < SPOOL_FIELDS && at == NULL)
			return false;
	}
	if (n != SPOOL_FIELDS || strchr(field[SPOOL_FIELDS - 1], '\t') != NULL)
		return false;
	*entry = (struct audit_entry){ .at = strtoll(field[0], NULL, 10), .machine_at = strtoll(field[1], NULL, 10), .actor = field[2],
		.user_id = strtoll(field[3], NULL, 10), .action = field[4], .object = field[5], .object_key = field[6],
		.casefile_id = strtoll(field[7], NULL, 10), .detail = field[8] };
	return true;
}

/* Waits for writers that still hold the renamed file, then reads all of it. malloc: it may be larger than an arena. */
static char *slurp(const char *path, size_t *size)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	char *text = NULL;
	if (flock(fd, LOCK_EX) == 0 && fstat(fd, &st) == 0 && st.st_size <= SPOOL_MAX)
		text = malloc((size_t)st.st_size + 1);
	*size = 0;
	while (text != NULL && *size < (size_t)st.st_size) {
		ssize_t n = read(fd, text + *size, (size_t)st.st_size - *size);
		if (n <= 0)
			break;
		*size += (size_t)n;
	}
	close(fd);
	if (text != NULL)
		text[*size] = '\0';
	return text;
}

static enum err append_lines(struct db *db, struct why *why, char *text, int *absorbed)
{
	int64_t tail_id;
	char tail[65];
	enum err err = audit_tail(db, why, &tail_id, tail);
	for (char *line; err == OK && (line = strsep(&text, "\n")) != NULL && text != NULL;) {
		struct audit_entry entry;
		if (parse_line(line, &entry)) {
			err = audit_append(db, why, &entry, &tail_id, tail);
			(*absorbed)++;
		} else {
			log_event(LOG_LEVEL_WARNING, "audit line broken", NULL);
		}
	}
	return err;
}

static enum err absorb_file(struct db *db, struct why *why, const char *path, int64_t number, int *absorbed)
{
	size_t size;
	char *text = slurp(path, &size);
	if (text == NULL)
		return fail(why, err_from_errno(errno), "%s: %s", path, strerror(errno));
	enum err err = append_lines(db, why, text, absorbed);
	free(text);
	return err == OK ? instance_set_int(db, why, "audit_spool", number) : err;
}

/* Inside the write transaction: nobody else absorbs. Sets `path` to the file absorbed, "" when there is none. */
static enum err absorb_next(struct db *db, const char *dir, struct why *why, char path[600], int *absorbed)
{
	char spool[600];
	int64_t last;
	enum err err = instance_get_int(db, why, "audit_spool", 0, &last);
	if (err != OK)
		return err;
	snprintf(path, 600, "%s/" SPOOL ".%" PRId64, dir, last);
	unlink(path);
	snprintf(path, 600, "%s/" SPOOL ".%" PRId64, dir, last + 1);
	snprintf(spool, sizeof spool, "%s/" SPOOL, dir);
	if (access(path, F_OK) != 0 && rename(spool, path) != 0) {
		path[0] = '\0';
		return errno == ENOENT ? OK : fail(why, err_from_errno(errno), "%s: %s", spool, strerror(errno));
	}
	return absorb_file(db, why, path, last + 1, absorbed);
}

static bool is_anything_spooled(const char *dir)
{
	char path[600];
	struct stat st;
	snprintf(path, sizeof path, "%s/" SPOOL, dir);
	return stat(path, &st) == 0 && st.st_size > 0;
}

static enum err absorb_once(struct db *db, const char *dir, struct why *why, int *absorbed, bool *again)
{
	char path[600] = "", head[65] = "";
	int64_t head_id = 0;
	enum err err = db_begin(db, why);
	if (err != OK)
		return err;
	err = absorb_next(db, dir, why, path, absorbed);
	if (err == OK)
		err = audit_tail(db, why, &head_id, head);
	if (err != OK) {
		db_rollback(db);
		return err;
	}
	if ((err = db_commit(db, why)) != OK)
		return err;
	if (path[0] != '\0')
		unlink(path);
	*again = path[0] != '\0' && is_anything_spooled(dir);
	audit_seal(dir, head_id, head);
	return OK;
}

/* Looks without the write lock: most ticks find nothing. */
static enum err is_work(struct db *db, const char *dir, struct why *why, bool *work)
{
	char path[600];
	int64_t last;
	enum err err = instance_get_int(db, why, "audit_spool", 0, &last);
	snprintf(path, sizeof path, "%s/" SPOOL ".%" PRId64, dir, last + 1);
	*work = is_anything_spooled(dir) || access(path, F_OK) == 0;
	return err;
}

enum err audit_absorb(struct db *db, const char *dir, struct why *why, int *absorbed)
{
	int n = 0;
	bool again = false;
	enum err err = is_work(db, dir, why, &again);
	while (err == OK && again)
		err = absorb_once(db, dir, why, &n, &again);
	if (absorbed != NULL)
		*absorbed = n;
	return err;
}
