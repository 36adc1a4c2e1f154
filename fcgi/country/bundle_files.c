/* SPDX-License-Identifier: Apache-2.0
 *
 * First step of a bundle load: the folder and its parents' folders into memory. A
 * bundle may come from a stranger: only plain files below the folder are opened, links
 * are refused, sizes are capped before anything is read. */
#include "bundle_load.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "instance.h"

#define DEPTH_MAX 3

/* What may stand where. An empty suffix takes any file and does not read it. */
static const struct folder_rule { const char *folder, *suffix; bool is_read; } folder_rules[] = {
	{ "forms", ".json", true }, { "languages", ".po", true }, { "tests", ".json", true },
	{ "seed", "", false }, { "seed/stories", ".json", true }, { "media", "", false }, { "manuals", ".md", true },
};

static const char *const top_files[] = {
	"bundle.json", "roles.json", "offices.json", "workflow.json", "services.json", "personas.json", "seed.json", "reminders.json",
	"indicators.json", "card.json", "goals.json"
};

static bool ends_with(const char *text, const char *suffix)
{
	size_t n = strlen(text), m = strlen(suffix);
	return n > m && !strcmp(text + n - m, suffix);
}

static void watch(struct loader *l, const char *path, const struct stat *st)
{
	if (l->n_watched % 64 == 0) {
		struct watched *more = arena_array(l->arena, struct watched, l->n_watched + 64);
		if (l->n_watched)
			memcpy(more, l->watched, l->n_watched * sizeof *more);
		l->watched = more;
	}
	l->watched[l->n_watched++] = (struct watched){ .path = arena_strdup(l->arena, path), .mtime = st->st_mtim, .size = st->st_size, .inode = st->st_ino };
}

/* Is this file read as text? Says what is wrong with files that do not belong. */
static bool is_known(struct loader *l, const struct bundle_layer *layer, const char *folder, const char *name)
{
	const char *path = arena_printf(l->scratch, "%s/%s%s%s", layer->key, folder, *folder ? "/" : "", name);
	for (size_t i = 0; *folder && i < sizeof folder_rules / sizeof *folder_rules; i++) {
		const struct folder_rule *rule = &folder_rules[i];
		if (strcmp(rule->folder, folder) != 0)
			continue;
		if (!ends_with(name, rule->suffix) && *rule->suffix)
			loader_file_problem(l, false, path, 1, 1, "this file is not read: only %s files belong in %s/", rule->suffix, folder);
		return rule->is_read && ends_with(name, rule->suffix);
	}
	if (*folder)
		return false;
	for (size_t i = 0; i < sizeof top_files / sizeof *top_files; i++)
		if (!strcmp(name, top_files[i]))
			return true;
	if (ends_with(name, ".json"))
		loader_file_problem(l, true, path, 1, 1, "a bundle has no file of this name%s",
		                    loader_hint(l, name, top_files, sizeof top_files / sizeof *top_files));
	return false;
}

static void add_file(struct loader *l, struct bundle_layer *layer, const char *name, const char *bytes, size_t length)
{
	if (layer->n % 32 == 0) {
		struct bundle_file *more = arena_array(l->scratch, struct bundle_file, layer->n + 32);
		if (layer->n)
			memcpy(more, layer->file, layer->n * sizeof *more);
		layer->file = more;
	}
	layer->file[layer->n++] = (struct bundle_file){
		.name = name, .path = arena_printf(l->scratch, "%s/%s", layer->key, name), .bytes = bytes, .length = length,
	};
}

/* The whole of an open file; NULL and a problem when it cannot be. */
static char *read_bytes(struct loader *l, int fd, const char *path, size_t size)
{
	char *bytes = arena_alloc(l->scratch, size + 1);
	size_t have = 0;
	for (ssize_t n; have < size && (n = read(fd, bytes + have, size - have)) != 0; have += (size_t)n)
		if (n < 0) {
			loader_file_problem(l, true, path, 1, 1, "cannot be read: %s", strerror(errno));
			return NULL;
		}
	if (have != size) {
		loader_file_problem(l, true, path, 1, 1, "changed while it was read; try again");
		return NULL;
	}
	return bytes;
}

/* A file that is refused stays known by its name, so that what it would have said is not missed as well. */
static void refuse_file(struct loader *l, struct bundle_layer *layer, const char *below, const char *format, ...) __attribute__((format(printf, 4, 5)));
static void refuse_file(struct loader *l, struct bundle_layer *layer, const char *below, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	loader_file_problem(l, true, arena_printf(l->scratch, "%s/%s", layer->key, below), 1, 1, "%s", arena_vprintf(l->scratch, format, args));
	va_end(args);
	add_file(l, layer, below, NULL, 0);
}

static void read_open_file(struct loader *l, struct bundle_layer *layer, int fd, const char *below, const struct stat *st, bool is_read)
{
	if (!S_ISREG(st->st_mode)) {
		refuse_file(l, layer, below, "is no plain file");
	} else if (st->st_size > (off_t)BUNDLE_FILE_MAX) {
		refuse_file(l, layer, below, "is larger than %u MB", BUNDLE_FILE_MAX >> 20);
	} else if (++l->n_files > BUNDLE_FILES_MAX || (l->n_bytes += (size_t)st->st_size) > BUNDLE_FOLDER_MAX) {
		refuse_file(l, layer, below, "the bundle has more than %d files or %u MB; from here on nothing is read", BUNDLE_FILES_MAX, BUNDLE_FOLDER_MAX >> 20);
		l->is_full = true;
	} else {
		watch(l, arena_printf(l->scratch, "%s/%s", layer->dir, below), st);
		add_file(l, layer, below, is_read ? read_bytes(l, fd, arena_printf(l->scratch, "%s/%s", layer->key, below), (size_t)st->st_size) : NULL, (size_t)st->st_size);
	}
}

static void read_file(struct loader *l, struct bundle_layer *layer, int dir, const char *folder, const char *name)
{
	const char *below = arena_printf(l->scratch, "%s%s%s", folder, *folder ? "/" : "", name);
	struct stat st;
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		refuse_file(l, layer, below, errno == ELOOP ? "is a link; links are refused, put a copy of the file here" : "cannot be opened: %s", strerror(errno));
	else
		read_open_file(l, layer, fd, below, &st, is_known(l, layer, folder, name));
	if (fd >= 0)
		close(fd);
}

static void read_folder(struct loader *l, struct bundle_layer *layer, int dir, const char *folder, int depth);

static void read_entry(struct loader *l, struct bundle_layer *layer, int dir, const char *folder, const char *name, int depth)
{
	const char *below = arena_printf(l->scratch, "%s%s%s", folder, *folder ? "/" : "", name);
	const char *path = arena_printf(l->scratch, "%s/%s", layer->key, below);
	struct stat st;
	bool is_folder = fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
	if (!is_folder) {
		read_file(l, layer, dir, folder, name);
		return;
	}
	bool is_known_folder = false;
	for (size_t i = 0; i < sizeof folder_rules / sizeof *folder_rules; i++)
		is_known_folder |= !strcmp(folder_rules[i].folder, below);
	if (!is_known_folder || depth >= DEPTH_MAX) {
		loader_file_problem(l, false, path, 1, 1, "this folder is not read: a bundle has forms, languages, tests, seed/stories, media and manuals");
		return;
	}
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0)
		read_folder(l, layer, fd, below, depth + 1);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Takes over `dir`. Names are sorted so that two machines see one order. */
static void read_folder(struct loader *l, struct bundle_layer *layer, int dir, const char *folder, int depth)
{
	struct stat st;
	size_t n = 0;
	const char **names = arena_array(l->scratch, const char *, BUNDLE_FILES_MAX);
	if (fstat(dir, &st) == 0)
		watch(l, arena_printf(l->scratch, "%s/%s", layer->dir, folder), &st);
	DIR *open = fdopendir(dir);
	if (!open) {
		close(dir);
		return;
	}
	for (struct dirent *e; n < BUNDLE_FILES_MAX && (e = readdir(open));)
		if (e->d_name[0] != '.' && !ends_with(e->d_name, "~"))
			names[n++] = arena_strdup(l->scratch, e->d_name);
	qsort(names, n, sizeof *names, by_text);
	for (size_t i = 0; i < n && !l->is_full; i++)
		read_entry(l, layer, dirfd(open), folder, names[i], depth);
	closedir(open);
}

static void parse_files(struct loader *l, struct bundle_layer *layer)
{
	for (size_t i = 0; i < layer->n; i++) {
		struct bundle_file *file = &layer->file[i];
		/* forms are parsed by form_load, stories by the generator */
		if (!file->bytes || !ends_with(file->name, ".json") || !strncmp(file->name, "forms/", 6))
			continue;
		l->report.file = file->path;
		file->json = json_read(&l->report, file->bytes, file->length);
	}
	l->report.file = NULL;
}

static bool no_such_bundle(struct loader *l, const struct json *at, const char *dir, const char *key)
{
	char *above = arena_strdup(l->scratch, dir), *slash = strrchr(above, '/');
	const char *names[256];
	size_t n = 0;
	if (slash)
		*slash = 0;
	DIR *open = opendir(slash ? above : ".");
	for (struct dirent *e; open && n < 256 && (e = readdir(open));)
		if (e->d_name[0] != '.' && faccessat(dirfd(open), arena_printf(l->scratch, "%s/bundle.json", e->d_name), R_OK, 0) == 0)
			names[n++] = arena_strdup(l->scratch, e->d_name);
	if (open)
		closedir(open);
	qsort(names, n, sizeof *names, by_text);
	const char *hint = loader_hint(l, key, names, n);
	if (at)
		loader_error(l, at, "there is no bundle \"%s\" beside this one%s", key, hint);
	else
		loader_file_problem(l, true, key, 1, 1, "there is no bundle in %s%s", dir, hint);
	return false;
}

static bool read_layer(struct loader *l, const char *dir, const struct json *at)
{
	const char *slash = strrchr(dir, '/'), *key = slash ? slash + 1 : dir;
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return no_such_bundle(l, at, dir, key);
	struct bundle_layer *layer = &l->layer[l->n_layers++];
	layer->key = arena_strdup(l->arena, key);
	layer->dir = arena_strdup(l->arena, dir);
	read_folder(l, layer, fd, "", 0);
	parse_files(l, layer);
	return true;
}

/* The parent that the last layer names, or NULL; *is_wrong when it names one that cannot be. */
static const struct json *parent_of(struct loader *l, bool *is_wrong)
{
	const struct bundle_layer *last = &l->layer[l->n_layers - 1];
	const struct bundle_file *file = layer_file(last, "bundle.json");
	if (!file)
		loader_file_problem(l, true, arena_printf(l->scratch, "%s/bundle.json", last->key), 1, 1, "is missing: every bundle has one, it names the country");
	const struct json *extends = file ? json_get(file->json, "extends") : NULL;
	if (!extends || extends->kind == JSON_NULL)
		return NULL;
	*is_wrong = true;
	if (extends->kind != JSON_STRING || !instance_name_is_valid(extends->string)) {
		loader_error(l, extends, "\"extends\" is the name of the bundle folder beside this one: small letters, digits and hyphens");
		return NULL;
	}
	for (size_t i = 0; i < l->n_layers; i++)
		if (!strcmp(l->layer[i].key, extends->string)) {
			loader_error(l, extends, i + 1 == l->n_layers ? "\"%s\" extends itself" : "\"%s\" extends itself in a circle", extends->string);
			return NULL;
		}
	if (l->n_layers == BUNDLE_LAYERS_MAX) {
		loader_error(l, extends, "more than %d bundles extend each other", BUNDLE_LAYERS_MAX);
		return NULL;
	}
	*is_wrong = false;
	return extends;
}

bool loader_read_folders(struct loader *l, const char *dir)
{
	char *real = realpath(dir, NULL);
	const char *from = arena_strdup(l->arena, real ? real : dir);
	free(real);
	if (!read_layer(l, from, NULL))
		return false;
	bool is_wrong = false;
	for (const struct json *extends; (extends = parent_of(l, &is_wrong));) {
		const char *slash = strrchr(from, '/');
		const char *parent = arena_printf(l->arena, "%.*s/%s", slash ? (int)(slash - from) : 1, slash ? from : ".", extends->string);
		if (!read_layer(l, parent, extends))
			return false;
	}
	return !is_wrong && !l->is_full;
}

const struct bundle_file *layer_file(const struct bundle_layer *layer, const char *name)
{
	for (size_t i = 0; i < layer->n; i++)
		if (!strcmp(layer->file[i].name, name))
			return &layer->file[i];
	return NULL;
}

const struct bundle_file *loader_file(const struct loader *l, const char *name)
{
	for (size_t i = 0; i < l->n_layers; i++) {
		const struct bundle_file *file = layer_file(&l->layer[i], name);
		if (file)
			return file;
	}
	return NULL;
}

const struct bundle_file **loader_files_in(struct loader *l, const char *folder, const char *suffix, size_t *n)
{
	size_t all = 0, length = strlen(folder);
	for (size_t i = 0; i < l->n_layers; i++)
		all += l->layer[i].n;
	const struct bundle_file **list = arena_array(l->scratch, const struct bundle_file *, all + 1);
	*n = 0;
	for (size_t i = 0; i < l->n_layers; i++)
		for (size_t j = 0; j < l->layer[i].n; j++) {
			const struct bundle_file *file = &l->layer[i].file[j];
			if (!strncmp(file->name, folder, length) && file->name[length] == '/' && !strchr(file->name + length + 1, '/') &&
			    ends_with(file->name, suffix) && loader_file(l, file->name) == file)
				list[(*n)++] = file;
		}
	return list;
}

const char *loader_stem(struct loader *l, const char *name)
{
	const char *slash = strrchr(name, '/'), *start = slash ? slash + 1 : name;
	const char *dot = strrchr(start, '.');
	return arena_strndup(l->arena, start, dot ? (size_t)(dot - start) : strlen(start));
}
