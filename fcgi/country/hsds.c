/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of a service directory: found by entity and id, filled field by field, and read from
 * whatever a path holds. */
#include "hsds.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"

#define FILES_MAX 200

static int order(const void *a, const void *b)
{
	const struct hsds_row *x = a, *y = b;
	if (x->entity != y->entity)
		return x->entity < y->entity ? -1 : 1;
	return strcmp(x->id, y->id);
}

/* Who names an id in which field. */
struct reference {
	const struct hsds_entity *entity;
	int field;
	const char *id;
	struct hsds_link *first, *last;
};

static int reference_order(const void *a, const void *b)
{
	const struct reference *x = a, *y = b;
	if (x->entity != y->entity)
		return x->entity < y->entity ? -1 : 1;
	return x->field != y->field ? x->field - y->field : strcmp(x->id, y->id);
}

static void refer(struct hsds *directory, struct hsds_row *row, int field)
{
	struct reference probe = { .entity = row->entity, .field = field, .id = row->value[field] };
	struct reference **found = tfind(&probe, &directory->by_reference, reference_order);
	struct reference *reference = found ? *found : arena_new_of(directory->arena, struct reference);
	struct hsds_link *link = arena_new_of(directory->arena, struct hsds_link);
	link->row = row;
	if (!found) {
		*reference = probe;
		tsearch(reference, &directory->by_reference, reference_order);
	}
	if (reference->last)
		reference->last->next = link;
	else
		reference->first = link;
	reference->last = link;
}

struct hsds *hsds_open(struct arena *arena, hsds_problem_fn *problem, void *data)
{
	struct hsds *directory = arena_new_of(arena, struct hsds);
	directory->arena = arena;
	directory->problem = problem;
	directory->data = data;
	return directory;
}

static void keep(void *item)
{
	(void)item; /* the arena's */
}

void hsds_close(struct hsds *directory)
{
	tdestroy(directory->by_id, keep);
	tdestroy(directory->by_reference, keep);
	directory->by_id = directory->by_reference = NULL;
}

void hsds_say(struct hsds *directory, bool is_error, const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *message = arena_vprintf(directory->arena, format, args);
	va_end(args);
	directory->n_errors += is_error;
	directory->problem(directory->data, is_error, file, line, message);
}

struct hsds_row *hsds_row(struct hsds *directory, const struct hsds_entity *entity, const char *id, const char *file, int line)
{
	struct hsds_row probe = { .entity = entity, .id = id };
	struct hsds_row **found = tfind(&probe, &directory->by_id, order);
	if (found)
		return *found;
	if (++directory->n_rows > HSDS_ROWS_MAX) {
		if (directory->n_rows == HSDS_ROWS_MAX + 1)
			hsds_say(directory, true, file, line, "the directory has more than %u rows", HSDS_ROWS_MAX);
		return NULL;
	}
	struct hsds_row *row = arena_new_of(directory->arena, struct hsds_row);
	*row = (struct hsds_row){ .entity = entity, .id = arena_strdup(directory->arena, id), .file = file, .line = line };
	row->value[0] = row->id;
	tsearch(row, &directory->by_id, order);
	size_t kind = (size_t)(entity - hsds_entities);
	if (directory->last[kind])
		directory->last[kind]->next = row;
	else
		directory->first[kind] = row;
	directory->last[kind] = row;
	return row;
}

struct hsds_row *hsds_find(const struct hsds *directory, const char *entity, const char *id)
{
	struct hsds_row probe = { .entity = hsds_entity(entity), .id = id };
	struct hsds_row **found = *id ? tfind(&probe, &directory->by_id, order) : NULL;
	return found ? *found : NULL;
}

static void set_extra(struct hsds *directory, struct hsds_row *row, const char *field, const char *text)
{
	struct hsds_extra **at = &row->extra;
	while (*at && strcmp((*at)->name, field) != 0)
		at = &(*at)->next;
	if (*at)
		return;
	hsds_say(directory, false, row->file, row->line, "%s.%s is no field of HSDS 3.0: kept as it is", row->entity->name, field);
	*at = arena_new_of(directory->arena, struct hsds_extra);
	**at = (struct hsds_extra){ arena_strdup(directory->arena, field), arena_strdup(directory->arena, text), NULL };
}

void hsds_set(struct hsds *directory, struct hsds_row *row, const char *field, const char *text)
{
	int i = hsds_field(row->entity, field);
	if (!*text)
		return;
	if (i < 0) {
		set_extra(directory, row, field, text);
	} else if (!row->value[i]) {
		row->value[i] = arena_strdup(directory->arena, text);
		if (row->entity->field[i].type == HSDS_UUID)
			refer(directory, row, i);
	} else if (strcmp(row->value[i], text) != 0 && !(row->contested & 1u << i)) {
		row->contested |= 1u << i;
		hsds_say(directory, false, row->file, row->line, "%s %s has two values of %s, \"%.60s\" and \"%.60s\": the first is kept",
		         row->entity->name, row->id, field, row->value[i], text);
	}
}

const char *hsds_get(const struct hsds_row *row, const char *field)
{
	int i = hsds_field(row->entity, field);
	return i >= 0 && row->value[i] ? row->value[i] : "";
}

struct hsds_row *hsds_first(const struct hsds *directory, const char *entity)
{
	return directory->first[hsds_entity(entity) - hsds_entities];
}

const struct hsds_link *hsds_links(const struct hsds *directory, const char *entity, const char *field, const char *id)
{
	const struct hsds_entity *of = hsds_entity(entity);
	struct reference probe = { .entity = of, .field = hsds_field(of, field), .id = id };
	struct reference **found = tfind(&probe, &directory->by_reference, reference_order);
	return found ? (*found)->first : NULL;
}

void hsds_unlink(struct hsds *directory, const char *entity, const char *field, const char *id)
{
	const struct hsds_entity *of = hsds_entity(entity);
	struct reference probe = { .entity = of, .field = hsds_field(of, field), .id = id };
	struct reference **found = tfind(&probe, &directory->by_reference, reference_order);
	for (struct hsds_link *link = found ? (*found)->first : NULL; link; link = link->next) {
		link->row->value[probe.field] = NULL;
		link->row->is_dropped = true;
		for (int i = 1; i < HSDS_FIELDS_MAX && of->field[i].name; i++)
			if (of->field[i].refers && link->row->value[i])
				link->row->is_dropped = false;
	}
	if (found)
		(*found)->first = (*found)->last = NULL;
}

const char *hsds_make_id(struct arena *arena, const char *space, const char *kind, const char *key)
{
	char hex[DIGEST_LEN];
	const char *words = arena_printf(arena, "%s/%s/%s", space, kind, key);
	digest_hex(words, strlen(words), hex);
	return arena_printf(arena, "%.8s-%.4s-8%.3s-a%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15, hex + 18);
}

/* ---- reading a path ---- */

static bool ends_with(const char *text, const char *suffix)
{
	size_t n = strlen(text), m = strlen(suffix);
	return n > m && !strcmp(text + n - m, suffix);
}

static bool is_table(const char *name)
{
	for (size_t i = 0; i < HSDS_ENTITIES; i++)
		if (!strcmp(hsds_entities[i].file, name))
			return true;
	return false;
}

/* The whole file with a NUL after it; NULL after saying why not. */
static char *read_whole(struct hsds *directory, const char *path, const char *name, size_t *length)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *bytes = NULL;
	*length = 0;
	if (fd < 0 || fstat(fd, &st) != 0) {
		hsds_say(directory, true, name, 0, "it cannot be read: %s", strerror(errno));
	} else if (!S_ISREG(st.st_mode)) {
		hsds_say(directory, true, name, 0, "it is no file");
	} else if ((size_t)st.st_size > HSDS_FILE_MAX) {
		hsds_say(directory, true, name, 0, "it has %lld MB; at most %u are read", (long long)(st.st_size >> 20), HSDS_FILE_MAX >> 20);
	} else {
		bytes = arena_alloc(directory->arena, (size_t)st.st_size + 1);
		ssize_t n = 1;
		while (*length < (size_t)st.st_size && (n = read(fd, bytes + *length, (size_t)st.st_size - *length)) > 0)
			*length += (size_t)n;
	}
	if (fd >= 0)
		close(fd);
	return bytes;
}

static bool read_file(struct hsds *directory, const char *path, const char *name)
{
	size_t length;
	char *bytes = read_whole(directory, path, name, &length);
	if (!bytes)
		return false;
	if (ends_with(name, ".json"))
		return hsds_read_json(directory, name, bytes, length);
	if (is_table(name))
		return hsds_read_table(directory, name, bytes, length);
	return hsds_read_sheet(directory, name, bytes, length);
}

static int is_wanted(const struct dirent *entry)
{
	return (ends_with(entry->d_name, ".json") && strcmp(entry->d_name, "datapackage.json") != 0) || is_table(entry->d_name);
}

static void read_folder(struct hsds *directory, const char *folder)
{
	struct dirent **name;
	int n = scandir(folder, &name, is_wanted, alphasort);
	if (n <= 0)
		hsds_say(directory, true, folder, 0, n < 0 ? "the folder cannot be read" : "the folder has neither .json files nor HSDS tables such as services.csv");
	if (n > FILES_MAX)
		hsds_say(directory, true, folder, 0, "the folder has %d files; at most %d are read", n, FILES_MAX);
	for (int i = 0; i < n; i++) {
		if (n <= FILES_MAX)
			read_file(directory, arena_printf(directory->arena, "%s/%s", folder, name[i]->d_name), arena_strdup(directory->arena, name[i]->d_name));
		free(name[i]);
	}
	if (n >= 0)
		free(name);
}

bool hsds_read(struct hsds *directory, const char *path)
{
	struct stat st;
	const char *slash = strrchr(path, '/');
	if (stat(path, &st) != 0)
		hsds_say(directory, true, path, 0, "it cannot be read: %s", strerror(errno));
	else if (S_ISDIR(st.st_mode))
		read_folder(directory, path);
	else
		read_file(directory, path, slash ? slash + 1 : path);
	return !directory->n_errors;
}
