/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows folded back into HSDS's nested objects, and what a reader wants of several rows in one line. */
#include "hsds.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

/* Entries of services.json and of lists of their own: not inside another entry there. */
static bool is_entry(const char *entity)
{
	static const char *const names[] = { "organization", "service", "location", "taxonomy", "taxonomy_term" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(names[i], entity))
			return true;
	return false;
}

/* Upwards a row says only the id: its parent holds it already. */
static bool goes_in(const struct hsds_child *child, enum hsds_depth depth)
{
	if (child->is_one && (!strcmp(child->entity, "organization") || !strcmp(child->entity, "service")))
		return false;
	if (child->is_one && depth == HSDS_ENTRY)
		return false;
	return depth == HSDS_WHOLE || !is_entry(child->entity);
}

/* Is the id in this field told by where the object stands, or by an object inside it? */
static bool is_told(const struct hsds *directory, const struct hsds_row *row, const char *field, enum hsds_depth depth)
{
	int at = hsds_field(row->entity, field);
	const struct hsds_entity *to = hsds_entity(row->entity->field[at].refers);
	if (!hsds_find(directory, to->name, row->value[at]))
		return false;
	for (const struct hsds_child *child = row->entity->child; child < row->entity->child + 16 && child->member; child++)
		if (child->is_one && !strcmp(child->key, field) && goes_in(child, depth))
			return true;
	for (const struct hsds_child *child = to->child; child < to->child + 16 && child->member; child++)
		if (!child->is_one && !strcmp(child->entity, row->entity->name) && !strcmp(child->key, field))
			return true;
	return false;
}

static json_object *value_of(const struct hsds_field *field, const char *text)
{
	if (field->type != HSDS_NUMBER)
		return json_object_new_string(text);
	double number = strtod(text, NULL);
	return number == (double)(int64_t)number ? json_object_new_int64((int64_t)number) : json_object_new_double_s(number, text);
}

static void add_children(json_object *object, const struct hsds_row *row, const struct hsds *directory, const struct hsds_child *child, enum hsds_depth depth)
{
	if (child->is_one) {
		struct hsds_row *other = hsds_find(directory, child->entity, hsds_get(row, child->key));
		if (other && !other->is_dropped)
			json_object_object_add(object, child->member, hsds_nest(other, directory, depth, ""));
		return;
	}
	json_object *list = NULL;
	for (const struct hsds_link *link = hsds_links(directory, child->entity, child->key, row->id); link; link = link->next) {
		if (link->row->is_dropped)
			continue;
		if (!list)
			json_object_object_add(object, child->member, list = json_object_new_array());
		json_object_array_add(list, hsds_nest(link->row, directory, depth, child->key));
	}
}

struct json_object *hsds_nest(struct hsds_row *row, const struct hsds *directory, enum hsds_depth depth, const char *parent_key)
{
	json_object *object = json_object_new_object();
	row->is_written = true;
	for (int i = 0; i < HSDS_FIELDS_MAX && row->entity->field[i].name; i++) {
		const struct hsds_field *field = &row->entity->field[i];
		if (row->value[i] && strcmp(field->name, parent_key) != 0 && !(i && field->refers && is_told(directory, row, field->name, depth)))
			json_object_object_add(object, field->name, value_of(field, row->value[i]));
	}
	for (const struct hsds_extra *extra = row->extra; extra; extra = extra->next)
		json_object_object_add(object, extra->name, json_object_new_string(extra->text));
	for (const struct hsds_child *child = row->entity->child; child < row->entity->child + 16 && child->member; child++)
		if (goes_in(child, depth))
			add_children(object, row, directory, child, depth);
	return object;
}

/* ---- several rows in one line ---- */

static const char *key_to(const struct hsds_row *row)
{
	return !strcmp(row->entity->name, "organization") ? "organization_id" : "location_id";
}

const char *hsds_phone(const struct hsds *directory, const struct hsds_row *row)
{
	const struct hsds_link *link = hsds_links(directory, "phone", key_to(row), row->id);
	return link ? hsds_get(link->row, "number") : "";
}

const char *hsds_address(const struct hsds *directory, const struct hsds_row *location)
{
	const struct hsds_link *link = hsds_links(directory, "address", "location_id", location->id);
	if (!link)
		return "";
	const char *second = hsds_get(link->row, "address_2");
	return arena_printf(directory->arena, "%s%s%s", hsds_get(link->row, "address_1"), *second ? ", " : "", second);
}

const char *hsds_locality(const struct hsds *directory, const struct hsds_row *location)
{
	const struct hsds_link *link = hsds_links(directory, "address", "location_id", location->id);
	return link ? hsds_get(link->row, "city") : "";
}

static const char *one_schedule(const struct hsds *directory, const struct hsds_row *schedule)
{
	const char *opens = hsds_get(schedule, "opens_at"), *closes = hsds_get(schedule, "closes_at");
	if (!*opens && !*closes)
		return hsds_get(schedule, "description");
	return arena_printf(directory->arena, "%s %.5s–%.5s", hsds_get(schedule, "byday"), opens, closes);
}

const char *hsds_hours(const struct hsds *directory, const struct hsds_row *location)
{
	const char *hours = "";
	for (const struct hsds_link *link = hsds_links(directory, "schedule", "location_id", location->id); link; link = link->next) {
		const char *one = one_schedule(directory, link->row);
		if (*one)
			hours = arena_printf(directory->arena, "%s%s%s", hours, *hours ? "; " : "", one);
	}
	return hours;
}

const char *hsds_accessibility(const struct hsds *directory, const struct hsds_row *location)
{
	const char *all = "";
	for (const struct hsds_link *link = hsds_links(directory, "accessibility", "location_id", location->id); link; link = link->next) {
		const char *one = hsds_get(link->row, "description");
		if (*one)
			all = arena_printf(directory->arena, "%s%s%s", all, *all ? "; " : "", one);
	}
	return all;
}

const char *hsds_texts(const struct hsds *directory, const char *entity, const char *key, const char *id, const char *field)
{
	const char *all = "";
	for (const struct hsds_link *link = hsds_links(directory, entity, key, id); link; link = link->next) {
		const char *one = hsds_get(link->row, field);
		if (*one)
			all = arena_printf(directory->arena, "%s%s%s", all, *all ? "\n" : "", one);
	}
	return all;
}
