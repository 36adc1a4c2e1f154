/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies of bundles by their content; see bundle_store.h. The files are those the bundle
 * loader reads, so that what is copied is what was checked: no links, no hidden files. */
#include "bundle_store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bundle_load.h"
#include "instance.h"
#include "model/bundle_use.h"
#include "sweep.h"

#define ARENA_MAX ((size_t)512 << 20)
#define KNOWN_MAX 64

/* ---- reading a folder ---- */

struct reading { struct loader l; char problem[200]; };

static void first_problem(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	struct reading *r = data;
	if (is_error && !*r->problem)
		snprintf(r->problem, sizeof r->problem, "%s:%d:%d: %s", file, line, column, message);
}

bool loader_read_rest(struct loader *l, const struct bundle_layer *layer, struct bundle_file *file)
{
	struct stat st;
	if (file->bytes)
		return true;
	int fd = open(arena_printf(l->scratch, "%s/%s", layer->dir, file->name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= (off_t)BUNDLE_FILE_MAX;
	char *bytes = arena_alloc(l->scratch, good ? (size_t)st.st_size + 1 : 1);
	good = good && read(fd, bytes, (size_t)st.st_size) == st.st_size;
	close(fd);
	file->bytes = bytes;
	file->length = good ? (size_t)st.st_size : 0;
	return good;
}

static enum err read_folder(struct reading *r, struct arena *arena, const char *dir, struct why *why)
{
	struct loader *l = &r->l;
	*l = (struct loader){ .arena = arena, .scratch = arena, .problem = first_problem, .data = r };
	l->report = (struct json_report){ .arena = arena, .problem = loader_form_problem, .data = l };
	if (!loader_read_folders(l, dir) || l->n_errors)
		return fail(why, ERR_CONFIG, "the bundle cannot be read: %s; compass check %s says more", r->problem, dir);
	for (size_t i = 0; i < l->n_layers; i++)
		for (size_t j = 0; j < l->layer[i].n; j++)
			if (!loader_read_rest(l, &l->layer[i], &l->layer[i].file[j]))
				return fail(why, ERR_CONFIG, "%s changed while it was read", l->layer[i].file[j].path);
	return OK;
}

/* Of every file's name and content, in the loader's order, which is the same on every machine. */
static void digest_of(struct reading *r, char digest[DIGEST_LEN])
{
	struct loader *l = &r->l;
	char *all = arena_strdup(l->scratch, "");
	for (size_t i = 0; i < l->n_layers; i++) {
		size_t room = 1, used = 0;
		for (size_t j = 0; j < l->layer[i].n; j++)
			room += strlen(l->layer[i].file[j].path) + DIGEST_LEN + 2;
		char *list = arena_alloc(l->scratch, room), one[DIGEST_LEN];
		for (size_t j = 0; j < l->layer[i].n; j++) {
			const struct bundle_file *file = &l->layer[i].file[j];
			digest_hex(file->bytes, file->length, one);
			used += (size_t)snprintf(list + used, room - used, "%s %s\n", file->path, one);
		}
		list[used] = 0;
		all = arena_printf(l->scratch, "%s%s", all, list);
	}
	digest_hex(all, strlen(all), digest);
}

static enum err with_reading(const char *dir, struct arena *arena, struct reading **out, char digest[DIGEST_LEN], struct why *why)
{
	struct reading *r = *out = arena_new_of(arena, struct reading);
	enum err err = read_folder(r, arena, dir, why);
	if (err == OK)
		digest_of(r, digest);
	return err;
}

/* ---- folders that were looked at ---- */

/* digest "": it could not be read, for the reason kept. */
static struct known { char dir[PATH_MAX], digest[DIGEST_LEN]; struct arena *arena; struct bundle_watch watch; struct why why; } known[KNOWN_MAX];
static size_t next_known;

static struct known *find_known(const char *dir)
{
	for (size_t i = 0; i < KNOWN_MAX; i++)
		if (known[i].arena && !strcmp(known[i].dir, dir))
			return &known[i];
	return NULL;
}

/* The watch list outlives the reading: what it needs is copied. */
static void remember(const char *dir, const struct loader *l, const char *digest, const struct why *why)
{
	struct known *k = find_known(dir);
	if (!k)
		k = &known[next_known++ % KNOWN_MAX];
	if (k->arena)
		arena_free(k->arena);
	k->arena = arena_new(4u << 20);
	snprintf(k->dir, sizeof k->dir, "%s", dir);
	k->why = *why;
	snprintf(k->digest, sizeof k->digest, "%s", digest);
	struct watched *items = arena_array(k->arena, struct watched, l->n_watched + 1);
	for (size_t i = 0; i < l->n_watched; i++) {
		items[i] = l->watched[i];
		items[i].path = arena_strdup(k->arena, l->watched[i].path);
	}
	k->watch = (struct bundle_watch){ .n = l->n_watched, .item = items, .looked_at = time(NULL) };
}

static enum err read_digest(const char *dir, char digest[DIGEST_LEN], struct why *why)
{
	jmp_buf full;
	struct arena *arena = arena_new(ARENA_MAX);
	volatile enum err err;
	if (setjmp(full) == 0) {
		struct reading *r;
		arena_set_escape(arena, &full);
		err = with_reading(dir, arena, &r, digest, why);
		remember(dir, &r->l, err == OK ? digest : "", why);
	} else {
		err = fail(why, ERR_CONFIG, "the bundle in %s is too large", dir);
	}
	arena_free(arena);
	return err;
}

enum err bundle_folder_digest(const char *dir, char digest[DIGEST_LEN], struct why *why)
{
	struct known *k = find_known(dir);
	bool is_unwatched = k && !k->watch.n && k->watch.looked_at != time(NULL);
	if (!k || is_unwatched || watch_is_stale(&k->watch))
		return read_digest(dir, digest, why);
	memcpy(digest, k->digest, DIGEST_LEN);
	return *digest ? OK : fail(why, k->why.code, "%s", k->why.detail);
}

/* ---- copies ---- */

char *bundle_store_dir(struct arena *arena, const char *digest, const char *key)
{
	return arena_printf(arena, "%s/bundles/%s/%s", compass_var(), digest, key);
}

bool bundle_store_has(const char *digest, const char *key)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/bundles/%s/%s/bundle.json", compass_var(), digest, key);
	return *digest && access(path, R_OK) == 0;
}

static enum err io_failed(struct why *why, const char *path)
{
	return fail(why, err_from_errno(errno), "%.150s: %s", path, strerror(errno));
}

static enum err make_folder(const char *path, struct why *why)
{
	return mkdir(path, 0770) == 0 || errno == EEXIST ? OK : io_failed(why, path);
}

/* Every folder on the way to the file's name. */
static enum err make_folders(struct arena *arena, const char *base, const char *name, struct why *why)
{
	enum err err = make_folder(base, why);
	for (const char *slash = strchr(name, '/'); err == OK && slash; slash = strchr(slash + 1, '/'))
		err = make_folder(arena_printf(arena, "%s/%.*s", base, (int)(slash - name), name), why);
	return err;
}

static enum err write_file(const char *path, const struct bundle_file *file, struct why *why)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
	if (fd < 0)
		return io_failed(why, path);
	size_t done = 0;
	for (ssize_t n; done < file->length && (n = write(fd, file->bytes + done, file->length - done)) > 0; done += (size_t)n)
		;
	enum err err = done == file->length ? OK : io_failed(why, path);
	close(fd);
	return err;
}

static enum err write_all(struct reading *r, const char *base, struct why *why)
{
	struct loader *l = &r->l;
	enum err err = make_folder(base, why);
	for (size_t i = 0; err == OK && i < l->n_layers; i++) {
		const char *dir = arena_printf(l->scratch, "%s/%s", base, l->layer[i].key);
		err = make_folder(dir, why);
		for (size_t j = 0; err == OK && j < l->layer[i].n; j++) {
			const struct bundle_file *file = &l->layer[i].file[j];
			if ((err = make_folders(l->scratch, dir, file->name, why)) == OK)
				err = write_file(arena_printf(l->scratch, "%s/%s", dir, file->name), file, why);
		}
	}
	return err;
}

/* The name comes last, when all is on the disk. Somebody else may have been quicker: then the copies are the same. */
static enum err put_in_place(const char *from, const char *folder, const char *digest, struct why *why)
{
	char to[PATH_MAX + DIGEST_LEN + 2];
	snprintf(to, sizeof to, "%s/%s", folder, digest);
	int fd = open(from, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool is_kept = fd >= 0 && syncfs(fd) == 0;
	if (fd >= 0)
		close(fd);
	if (!is_kept)
		return io_failed(why, from);
	if (rename(from, to) != 0 && errno != ENOTEMPTY && errno != EEXIST)
		return io_failed(why, to);
	if ((fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		return io_failed(why, folder);
	is_kept = fsync(fd) == 0;
	close(fd);
	return is_kept ? OK : io_failed(why, folder);
}

static enum err put(const char *dir, struct arena *arena, char digest[DIGEST_LEN], struct why *why)
{
	struct reading *r;
	struct why ignored = { 0 };
	char folder[PATH_MAX], aside[PATH_MAX + 32];
	enum err err = with_reading(dir, arena, &r, digest, why);
	if (err != OK || bundle_store_has(digest, r->l.layer[0].key))
		return err;
	snprintf(folder, sizeof folder, "%s/bundles", compass_var());
	snprintf(aside, sizeof aside, "%s/.new-%d", folder, (int)getpid());
	if ((err = make_folder(compass_var(), why)) != OK || (err = make_folder(folder, why)) != OK)
		return err;
	sweep_left(folder, ".new-");
	if ((err = write_all(r, aside, why)) == OK)
		err = put_in_place(aside, folder, digest, why);
	delete_folder(aside, &ignored);
	return err;
}

enum err bundle_store_put(const char *dir, char digest[DIGEST_LEN], struct why *why)
{
	jmp_buf full;
	struct arena *arena = arena_new(ARENA_MAX);
	volatile enum err err;
	if (setjmp(full) == 0) {
		arena_set_escape(arena, &full);
		err = put(dir, arena, digest, why);
	} else {
		err = fail(why, ERR_CONFIG, "the bundle in %s is too large", dir);
	}
	arena_free(arena);
	return err;
}

/* ---- copies that nobody needs ---- */

static bool file_names(const char *path, const char *digest)
{
	struct arena *arena = arena_new(1u << 20);
	struct db *db = NULL;
	struct why why = { 0 };
	int64_t found = 1;
	/* one that cannot be read may name it */
	if (db_open(&db, path, DB_TOOL, &why) == OK && db_begin_read(db, &why) == OK) {
		struct context c = { .db = db, .arena = arena, .why = &why };
		if (bundle_is_named(&c, digest, &found) != OK)
			found = 1;
		db_rollback(db);
	}
	db_close(db);
	arena_free(arena);
	return found != 0;
}

/* In the database it runs on, its seed, or one kept by an upgrade. */
static bool instance_names(struct arena *arena, const char *name, const char *digest)
{
	const char *folder = arena_printf(arena, "%s/instances/%s", compass_var(), name);
	DIR *dir = opendir(folder);
	bool is_named = false;
	for (struct dirent *entry; dir && !is_named && (entry = readdir(dir)); ) {
		size_t n = strlen(entry->d_name);
		is_named = n > 3 && !strcmp(entry->d_name + n - 3, ".db") && file_names(arena_printf(arena, "%s/%s", folder, entry->d_name), digest);
	}
	if (dir)
		closedir(dir);
	return is_named;
}

static bool is_needed(struct arena *arena, const char *digest)
{
	const char **names;
	size_t n = instance_list(arena, &names);
	for (size_t i = 0; i < n; i++)
		if (instance_names(arena, names[i], digest))
			return true;
	return false;
}

void bundle_store_sweep(void)
{
	struct arena *arena = arena_new(16u << 20);
	const char *folder = arena_printf(arena, "%s/bundles", compass_var());
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && (entry = readdir(dir)); ) {
		struct stat st;
		const char *path = arena_printf(arena, "%s/%s", folder, entry->d_name);
		struct why ignored = { 0 };
		bool is_copy = strlen(entry->d_name) == DIGEST_LEN - 1 && stat(path, &st) == 0;
		if (is_copy && st.st_mtime < time(NULL) - 3600 && !is_needed(arena, entry->d_name))
			delete_folder(path, &ignored);
	}
	if (dir)
		closedir(dir);
	arena_free(arena);
}
