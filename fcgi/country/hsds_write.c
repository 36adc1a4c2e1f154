/* SPDX-License-Identifier: Apache-2.0
 *
 * A directory as files: csv/ holds HSDS's tabular data package, json/ the nested objects,
 * organizations with everything of theirs and a list for each kind that hangs on none. */
#include "hsds.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FLAGS (JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_PRETTY_TAB | JSON_C_TO_STRING_NOSLASHESCAPE)

static bool write_text(struct hsds *directory, const char *path, const char *text)
{
	FILE *file = fopen(path, "we");
	bool ok = file && fputs(text, file) >= 0 && fflush(file) == 0 && fsync(fileno(file)) == 0;
	int reason = errno;
	if (file && fclose(file) != 0)
		ok = false;
	if (!ok)
		hsds_say(directory, true, path, 0, "it cannot be written: %s", strerror(reason));
	return ok;
}

/* ---- csv/ ---- */

static void put_cell(FILE *out, const char *text, bool is_first)
{
	if (!is_first)
		putc(',', out);
	if (!strpbrk(text, ",\"\r\n") && *text != ' ' && !(*text && text[strlen(text) - 1] == ' ')) {
		fputs(text, out);
		return;
	}
	putc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', out);
		putc(*text, out);
	}
	putc('"', out);
}

/* The fields that HSDS does not know become columns of their own. */
static struct hsds_extra *extras_of(const struct hsds *directory, size_t kind)
{
	struct hsds_extra *names = NULL, **end = &names;
	for (const struct hsds_row *row = directory->first[kind]; row; row = row->next)
		for (const struct hsds_extra *extra = row->extra; extra; extra = extra->next) {
			struct hsds_extra *name = names;
			while (name && strcmp(name->name, extra->name) != 0)
				name = name->next;
			if (name)
				continue;
			*end = arena_new_of(directory->arena, struct hsds_extra);
			(*end)->name = extra->name;
			end = &(*end)->next;
		}
	return names;
}

static void put_line(FILE *out, const struct hsds_row *row, const struct hsds_extra *extras)
{
	for (int i = 0; i < HSDS_FIELDS_MAX && row->entity->field[i].name; i++)
		put_cell(out, row->value[i] ? row->value[i] : "", i == 0);
	for (const struct hsds_extra *name = extras; name; name = name->next) {
		const struct hsds_extra *extra = row->extra;
		while (extra && strcmp(extra->name, name->name) != 0)
			extra = extra->next;
		put_cell(out, extra ? extra->text : "", false);
	}
	putc('\n', out);
}

static bool write_table(struct hsds *directory, size_t kind, const char *folder)
{
	const struct hsds_entity *entity = &hsds_entities[kind];
	const struct hsds_extra *extras = extras_of(directory, kind);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	for (int i = 0; i < HSDS_FIELDS_MAX && entity->field[i].name; i++)
		put_cell(out, entity->field[i].name, i == 0);
	for (const struct hsds_extra *name = extras; name; name = name->next)
		put_cell(out, name->name, false);
	putc('\n', out);
	for (const struct hsds_row *row = directory->first[kind]; row; row = row->next)
		if (!row->is_dropped)
			put_line(out, row, extras);
	fclose(out);
	bool ok = write_text(directory, arena_printf(directory->arena, "%s/%s", folder, entity->file), text);
	free(text);
	return ok;
}

static json_object *package_field(const struct hsds_field *field)
{
	static const char *const types[] = { "string", "string", "number", "date", "time", "datetime", "string", "string", "string" };
	static const char *const formats[] = { NULL, "uuid", NULL, NULL, NULL, NULL, "uri", "email", NULL };
	json_object *out = json_object_new_object(), *constraints = json_object_new_object();
	json_object_object_add(out, "name", json_object_new_string(field->name));
	json_object_object_add(out, "type", json_object_new_string(types[field->type]));
	if (formats[field->type])
		json_object_object_add(out, "format", json_object_new_string(formats[field->type]));
	json_object_object_add(constraints, "required", json_object_new_boolean(field->is_needed));
	json_object_object_add(out, "constraints", constraints);
	return out;
}

/* What each table's columns are, for programs that read tabular data packages. */
static bool write_package(struct hsds *directory, const char *folder)
{
	json_object *package = json_object_new_object(), *resources = json_object_new_array();
	json_object_object_add(package, "name", json_object_new_string("human_services_data"));
	json_object_object_add(package, "title", json_object_new_string("Service directory in HSDS 3.0"));
	json_object_object_add(package, "resources", resources);
	for (size_t kind = 0; kind < HSDS_ENTITIES; kind++) {
		json_object *resource = json_object_new_object(), *schema = json_object_new_object(), *fields = json_object_new_array();
		json_object_object_add(resource, "name", json_object_new_string(hsds_entities[kind].name));
		json_object_object_add(resource, "path", json_object_new_string(hsds_entities[kind].file));
		for (const struct hsds_field *field = hsds_entities[kind].field; field < hsds_entities[kind].field + HSDS_FIELDS_MAX && field->name; field++)
			json_object_array_add(fields, package_field(field));
		json_object_object_add(schema, "primaryKey", json_object_new_string("id"));
		json_object_object_add(schema, "fields", fields);
		json_object_object_add(resource, "schema", schema);
		json_object_array_add(resources, resource);
	}
	bool ok = write_text(directory, arena_printf(directory->arena, "%s/datapackage.json", folder), json_object_to_json_string_ext(package, FLAGS));
	json_object_put(package);
	return ok;
}

/* ---- json/ ---- */

/* The rows of a kind that no object before has taken in. */
static bool write_list(struct hsds *directory, const char *entity, const char *folder)
{
	const struct hsds_entity *of = hsds_entity(entity);
	json_object *list = json_object_new_array();
	bool is_first = !strcmp(entity, "organization");
	for (struct hsds_row *row = hsds_first(directory, entity); row; row = row->next)
		if (!row->is_dropped && (is_first || !row->is_written))
			json_object_array_add(list, hsds_nest(row, directory, HSDS_WHOLE, ""));
	bool ok = true;
	if (json_object_array_length(list))
		ok = write_text(directory, arena_printf(directory->arena, "%s/%.*s.json", folder, (int)strlen(of->file) - 4, of->file),
		                json_object_to_json_string_ext(list, FLAGS));
	json_object_put(list);
	return ok;
}

static bool make_folder(struct hsds *directory, const char *path)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return true;
	hsds_say(directory, true, path, 0, "the folder cannot be made: %s", strerror(errno));
	return false;
}

bool hsds_write(struct hsds *directory, const char *folder)
{
	const char *csv = arena_printf(directory->arena, "%s/csv", folder), *json = arena_printf(directory->arena, "%s/json", folder);
	bool ok = make_folder(directory, folder) && make_folder(directory, csv) && make_folder(directory, json);
	for (size_t kind = 0; ok && kind < HSDS_ENTITIES; kind++)
		ok = write_table(directory, kind, csv);
	/* what takes in most comes first */
	static const char *const first[] = { "organization", "service", "location" };
	for (size_t i = 0; ok && i < sizeof first / sizeof *first; i++)
		ok = write_list(directory, first[i], json);
	for (size_t kind = 0; ok && kind < HSDS_ENTITIES; kind++)
		if (strcmp(hsds_entities[kind].name, "organization") != 0)
			ok = write_list(directory, hsds_entities[kind].name, json);
	return ok && write_package(directory, csv);
}
