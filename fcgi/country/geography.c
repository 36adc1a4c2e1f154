/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads seed-data/geography: units and places. Shapes are drawn by geography_shape.c. */
#include "geography.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "form/json.h"
#include "geography_shape.h"
#include "instance.h"

static void first_problem(void *data, int line, int column, const char *format, ...)
{
	struct why *why = data;
	char words[160];
	va_list args;
	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	if (why->code == OK)
		fail(why, ERR_INTERNAL, "%d:%d: %s", line, column, words);
}

static bool is_country_key(const char *key)
{
	return key && strlen(key) == 2 && strspn(key, "abcdefghijklmnopqrstuvwxyz") == 2;
}

static enum err read_json(const struct json **json, struct arena *arena, const char *key, const char *part, struct why *why)
{
	struct json_report report = { .arena = arena, .problem = first_problem, .data = why };
	struct stat st;
	if (!is_country_key(key))
		return fail(why, ERR_NOT_FOUND, "no country key: %s", key ? key : "");
	char *path = arena_printf(arena, "%s/seed-data/geography/%s.%s.json", compass_home(), key, part);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size > JSON_MAX_BYTES) {
		if (fd >= 0)
			close(fd);
		return fail(why, ERR_NOT_FOUND, "no file %s", path);
	}
	char *bytes = arena_alloc(arena, (size_t)st.st_size + 1);
	ssize_t have = read(fd, bytes, (size_t)st.st_size);
	close(fd);
	if (have != st.st_size)
		return fail(why, ERR_IO, "short read of %s", path);
	*json = json_read(&report, bytes, (size_t)st.st_size);
	return *json ? OK : ERR_INTERNAL;
}

static double number_at(const struct json *list, size_t i)
{
	for (json_each(item, list))
		if (i-- == 0)
			return item->number;
	return 0;
}

static const char *text_of(const struct json *object, const char *key)
{
	const struct json *j = json_get(object, key);
	return j && j->kind == JSON_STRING ? j->string : "";
}

static void read_unit(struct arena *arena, const struct json *json, struct unit *unit)
{
	const struct json *names = json_get(json, "names"), *centroid = json_get(json, "centroid");
	unit->code = text_of(json, "code");
	unit->parent = text_of(json, "parent");
	unit->level = text_of(json, "level");
	unit->name = text_of(json, "iso_name");
	unit->lon = number_at(centroid, 0);
	unit->lat = number_at(centroid, 1);
	unit->names = arena_array(arena, struct unit_name, names ? names->n + 1 : 1);
	for (json_each(name, names)) {
		if (name->kind != JSON_STRING)
			continue;
		unit->names[unit->n_names++] = (struct unit_name){ name->key, name->string };
		if (!strcmp(name->key, "en"))
			unit->name = name->string;
	}
}

enum err geography_load(struct geography **geography, struct arena *arena, const char *key, struct why *why)
{
	const struct json *units, *topology = NULL;
	struct why no_shapes = { 0 };
	enum err err = read_json(&units, arena, key, "units", why);
	if (err != OK)
		return err;
	struct geography *g = arena_new_of(arena, struct geography);
	const struct json *list = json_get(units, "units");
	g->key = arena_strdup(arena, key);
	g->unit = arena_array(arena, struct unit, list ? list->n + 1 : 1);
	for (json_each(unit, list))
		read_unit(arena, unit, &g->unit[g->n++]);
	if (read_json(&topology, arena, key, "topo", &no_shapes) == OK)
		geography_draw(g, topology, arena);
	*geography = g;
	return OK;
}

const struct unit *geography_unit(const struct geography *geography, const char *code)
{
	for (size_t i = 0; i < geography->n; i++)
		if (!strcmp(geography->unit[i].code, code))
			return &geography->unit[i];
	return NULL;
}

static int by_population(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->population != y->population)
		return x->population < y->population ? 1 : -1;
	return strcmp(x->name, y->name);
}

enum err geography_places(struct place **places, size_t *n, struct arena *arena, const char *key, struct why *why)
{
	const struct json *json;
	enum err err = read_json(&json, arena, key, "places", why);
	if (err != OK)
		return err;
	const struct json *list = json_get(json, "places");
	*places = arena_array(arena, struct place, list ? list->n + 1 : 1);
	*n = 0;
	for (json_each(item, list)) {
		const struct json *population = json_get(item, "population"), *lon = json_get(item, "lon"), *lat = json_get(item, "lat");
		(*places)[(*n)++] = (struct place){
			.name = text_of(item, "name"), .area = text_of(item, "unit"), .population = population ? population->integer : 0,
			.lon = lon ? lon->number : 0, .lat = lat ? lat->number : 0,
		};
	}
	qsort(*places, *n, sizeof **places, by_population);
	return OK;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t geography_keys(struct arena *arena, const char ***keys)
{
	size_t n = 0;
	DIR *dir = opendir(arena_printf(arena, "%s/seed-data/geography", compass_home()));
	*keys = arena_array(arena, const char *, 256);
	for (struct dirent *e; dir && n < 255 && (e = readdir(dir));)
		if (strlen(e->d_name) == 13 && !strcmp(e->d_name + 2, ".units.json"))
			(*keys)[n++] = arena_strndup(arena, e->d_name, 2);
	if (dir)
		closedir(dir);
	qsort(*keys, n, sizeof **keys, by_text);
	return n;
}
