/* SPDX-License-Identifier: Apache-2.0
 *
 * HSDS's nested JSON, unfolded into rows: a service with its phones becomes a row of service and
 * rows of phone that name it. Takes one object, a list of them, or the page of a list that HSDS's
 * API answers with ("contents"). */
#include "hsds.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "form/json.h"

static const char *scalar(struct hsds *directory, const struct json *value)
{
	switch (value->kind) {
	case JSON_STRING: return value->string;
	case JSON_BOOLEAN: return value->boolean ? "true" : "false";
	case JSON_NUMBER:
		return value->is_integer ? arena_printf(directory->arena, "%lld", (long long)value->integer) : arena_printf(directory->arena, "%.15g", value->number);
	default: return "";
	}
}

static const struct hsds_child *child_of(const struct hsds_entity *entity, const char *member)
{
	for (const struct hsds_child *child = entity->child; child < entity->child + 16 && child->member; child++)
		if (!strcmp(child->member, member))
			return child;
	return NULL;
}

static void read_child(struct hsds *directory, struct hsds_row *row, const struct hsds_child *child, const struct json *value)
{
	const struct hsds_entity *entity = hsds_entity(child->entity);
	struct hsds_row *other = value->kind == JSON_OBJECT ? hsds_read_object(directory, entity, value) : NULL;
	if (!other) {
		if (value->kind != JSON_OBJECT)
			hsds_say(directory, true, value->file, value->line, "%s.%s: an object is expected here", row->entity->name, child->member);
		return;
	}
	if (child->is_one) {
		hsds_set(directory, row, child->key, other->id);
		return;
	}
	hsds_set(directory, other, child->key, row->id);
	/* what these two are about they do not say themselves in JSON */
	if (!strcmp(child->entity, "attribute") && !*hsds_get(other, "link_entity"))
		hsds_set(directory, other, "link_entity", row->entity->name);
	if (!strcmp(child->entity, "metadata") && !*hsds_get(other, "resource_type"))
		hsds_set(directory, other, "resource_type", row->entity->name);
}

static void read_children(struct hsds *directory, struct hsds_row *row, const struct hsds_child *child, const struct json *value)
{
	if (child->is_one) {
		read_child(directory, row, child, value);
	} else if (value->kind == JSON_ARRAY) {
		for (json_each(item, value))
			read_child(directory, row, child, item);
	} else {
		hsds_say(directory, true, value->file, value->line, "%s.%s: a list is expected here", row->entity->name, child->member);
	}
}

void hsds_fill(struct hsds *directory, struct hsds_row *row, const struct json *object)
{
	for (json_each(value, object)) {
		const struct hsds_child *child = child_of(row->entity, value->key);
		if (value->kind == JSON_NULL || !strcmp(value->key, "id"))
			continue;
		if (child)
			read_children(directory, row, child, value);
		else if (value->kind == JSON_OBJECT || value->kind == JSON_ARRAY)
			hsds_say(directory, true, value->file, value->line, "%s has no list or object \"%s\" in HSDS 3.0, and it cannot be kept", row->entity->name, value->key);
		else
			hsds_set(directory, row, value->key, scalar(directory, value));
	}
}

struct hsds_row *hsds_read_object(struct hsds *directory, const struct hsds_entity *entity, const struct json *object)
{
	const struct json *id = json_get(object, "id");
	if (!id || id->kind != JSON_STRING || !*id->string) {
		hsds_say(directory, true, object->file, object->line, "%s has no id", entity->name);
		return NULL;
	}
	struct hsds_row *row = hsds_row(directory, entity, id->string, object->file, object->line);
	if (row)
		hsds_fill(directory, row, object);
	return row;
}

/* The entity whose fields and children the object's members fit best; NULL when none stands out. */
static const struct hsds_entity *entity_of(const struct json *object)
{
	const struct hsds_entity *best = NULL;
	int most = 0;
	bool is_tie = false;
	for (size_t i = 0; i < HSDS_ENTITIES; i++) {
		int n = 0;
		for (json_each(member, object))
			n += hsds_field(&hsds_entities[i], member->key) >= 0 || child_of(&hsds_entities[i], member->key) ? 1 : -1;
		for (const struct hsds_field *field = hsds_entities[i].field; field < hsds_entities[i].field + HSDS_FIELDS_MAX && field->name; field++)
			if (field->is_needed && !field->refers)
				n += json_get(object, field->name) ? 1 : -1;
		is_tie = n == most ? true : n > most ? false : is_tie;
		if (n > most) {
			most = n;
			best = &hsds_entities[i];
		}
	}
	return is_tie ? NULL : best;
}

static void read_top(struct hsds *directory, const struct json *object)
{
	const struct hsds_entity *entity = object->kind == JSON_OBJECT ? entity_of(object) : NULL;
	if (entity)
		hsds_read_object(directory, entity, object);
	else
		hsds_say(directory, true, object->file, object->line, "this is no organization, service, location or other object of HSDS 3.0");
}

/* What the JSON reader says goes on as ours: the file stands in its report. */
struct reading { struct hsds *directory; const char *file; };

static void say_json(void *data, int line, int column, const char *format, ...)
{
	struct reading *reading = data;
	char text[400];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	hsds_say(reading->directory, true, reading->file, line, "column %d: %s", column, text);
}

static const struct json *parse(struct hsds *directory, const char *file, const char *bytes, size_t length)
{
	struct reading reading = { directory, file };
	struct json_report report = { .arena = directory->arena, .problem = say_json, .data = &reading, .file = file };
	return json_read(&report, bytes, length);
}

bool hsds_is_json(struct hsds *directory, const char *file, const char *bytes, size_t length)
{
	return parse(directory, file, bytes, length) != NULL;
}

bool hsds_read_json(struct hsds *directory, const char *file, const char *bytes, size_t length)
{
	const struct json *root = parse(directory, file, bytes, length), *contents = json_get(root, "contents");
	const struct json *list = contents ? contents : root;
	if (!root)
		return false;
	for (json_each(item, list->kind == JSON_ARRAY ? list : NULL))
		read_top(directory, item);
	if (list->kind != JSON_ARRAY)
		read_top(directory, list);
	return !directory->n_errors;
}
