/* SPDX-License-Identifier: Apache-2.0
 *
 * From a directory to a bundle's services.json. What an entry says in a member of its own is
 * written there for people to read and change; everything else stays beside it under "hsds". */
#include "hsds.h"

#include <ctype.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* services.json's member for a field of HSDS. The way back uses the same table. */
const struct hsds_plain hsds_plain_members[] = {
	{ "organization", "name", "name" }, { "organization", "description", "description" },
	{ "organization", "email", "email" }, { "organization", "website", "website" },
	{ "location", "name", "name" }, { "location", "latitude", "latitude" }, { "location", "longitude", "longitude" },
	{ "service", "name", "name" }, { "service", "description", "description" }, { "service", "eligibility", "eligibility_description" },
	{ "service", "how_to_apply", "application_process" }, { "service", "cost", "fees_description" }, { "service", "waiting", "wait_time" },
	{ "service", "verified_on", "assured_date" },
	{ NULL, NULL, NULL }
};

struct writing {
	struct hsds *directory;
	json_object *root, *organizations, *locations, *services;
};

static const char *text_of(json_object *object, const char *member)
{
	json_object *value;
	return json_object_object_get_ex(object, member, &value) && json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";
}

/* Replaces; an empty text takes the member out. */
static void put(json_object *object, const char *member, const char *text)
{
	if (*text)
		json_object_object_add(object, member, json_object_new_string(text));
	else
		json_object_object_del(object, member);
}

static void put_list(json_object *object, const char *member, const char *lines)
{
	json_object *list = json_object_new_array();
	while (*lines) {
		size_t n = strcspn(lines, "\n");
		json_object_array_add(list, json_object_new_string_len(lines, (int)n));
		lines += n + (lines[n] == '\n');
	}
	if (json_object_array_length(list))
		json_object_object_add(object, member, list);
	else {
		json_object_put(list);
		json_object_object_del(object, member);
	}
}

static json_object *list_of(json_object *root, const char *name)
{
	json_object *list;
	if (!json_object_object_get_ex(root, name, &list) || !json_object_is_type(list, json_type_array))
		json_object_object_add(root, name, list = json_object_new_array());
	return list;
}

static json_object *with(json_object *list, const char *member, const char *text)
{
	for (size_t i = 0; *text && i < json_object_array_length(list); i++)
		if (!strcmp(text_of(json_object_array_get_idx(list, i), member), text))
			return json_object_array_get_idx(list, i);
	return NULL;
}

/* "Community Counselling" → "community_counselling", numbered when taken. */
static const char *new_key(struct writing *w, json_object *list, const char *name, const char *kind)
{
	char key[49] = "";
	size_t n = 0;
	for (const char *p = text_fold(w->directory->arena, name); *p && n < 40; p++)
		if (isalnum((unsigned char)*p) && (n || isalpha((unsigned char)*p)))
			key[n++] = *p;
		else if (n && key[n - 1] != '_')
			key[n++] = '_';
	while (n && key[n - 1] == '_')
		n--;
	key[n] = 0;
	const char *stem = n ? arena_strdup(w->directory->arena, key) : kind, *made = stem;
	for (int i = 2; with(list, "key", made); i++)
		made = arena_printf(w->directory->arena, "%s_%d", stem, i);
	return made;
}

/* The entry with the row's id, made when there is none, with its plain members brought up to date. */
static json_object *entry_of(struct writing *w, json_object *list, struct hsds_row *row)
{
	json_object *entry = with(list, "id", row->id);
	if (!entry) {
		entry = json_object_new_object();
		put(entry, "key", new_key(w, list, hsds_get(row, "name"), row->entity->name));
		put(entry, "id", row->id);
		json_object_array_add(list, entry);
	}
	for (const struct hsds_plain *plain = hsds_plain_members; plain->entity; plain++) {
		const char *text = hsds_get(row, plain->field);
		if (strcmp(plain->entity, row->entity->name) != 0)
			continue;
		if (*text && row->entity->field[hsds_field(row->entity, plain->field)].type == HSDS_NUMBER)
			json_object_object_add(entry, plain->member, json_object_new_double_s(strtod(text, NULL), text));
		else
			put(entry, plain->member, text);
	}
	return entry;
}

/* The rest of the row and what hangs on it. */
static void put_rest(struct writing *w, json_object *entry, struct hsds_row *row)
{
	bool has_organization = hsds_find(w->directory, "organization", hsds_get(row, "organization_id"));
	json_object *rest = hsds_nest(row, w->directory, HSDS_ENTRY, has_organization ? "organization_id" : "");
	json_object_object_del(rest, "id");
	for (const struct hsds_plain *plain = hsds_plain_members; plain->entity; plain++)
		if (!strcmp(plain->entity, row->entity->name))
			json_object_object_del(rest, plain->field);
	if (json_object_object_length(rest))
		json_object_object_add(entry, "hsds", rest);
	else
		json_object_put(rest);
}

static const char *key_of(json_object *list, const char *id)
{
	json_object *entry = with(list, "id", id);
	return entry ? text_of(entry, "key") : "";
}

static void put_organization(struct writing *w, struct hsds_row *row)
{
	json_object *entry = entry_of(w, w->organizations, row);
	put(entry, "phone", hsds_phone(w->directory, row));
	put_rest(w, entry, row);
}

static void put_location(struct writing *w, struct hsds_row *row)
{
	json_object *entry = entry_of(w, w->locations, row);
	put(entry, "organization", key_of(w->organizations, hsds_get(row, "organization_id")));
	put(entry, "address", hsds_address(w->directory, row));
	put(entry, "locality", hsds_locality(w->directory, row));
	put(entry, "phone", hsds_phone(w->directory, row));
	put(entry, "hours", hsds_hours(w->directory, row));
	put(entry, "accessibility", hsds_accessibility(w->directory, row));
	put_list(entry, "languages", hsds_texts(w->directory, "language", "location_id", row->id, "code"));
	put_rest(w, entry, row);
}

/* How a new entry is asked for, until somebody says better. */
static const char *contact_style(const struct hsds *directory, const struct hsds_row *row)
{
	if (hsds_links(directory, "phone", "service_id", row->id))
		return "phone";
	return *hsds_get(row, "email") ? "email" : *hsds_get(row, "url") ? "online" : "walk_in";
}

/* What another catalogue of ours sent along as attributes. */
static void put_carried(struct writing *w, json_object *entry, struct hsds_row *row)
{
	static const char *const words[] = { "kind", "category", "contact_style", "evidence" }, *const numbers[] = { "response_days", "capacity" },
		*const lists[] = { "dimensions", "life_stages", "populations" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (*hsds_carried(w->directory, row, words[i]))
			put(entry, words[i], hsds_carried(w->directory, row, words[i]));
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (*hsds_carried(w->directory, row, numbers[i]))
			json_object_object_add(entry, numbers[i], json_object_new_int(atoi(hsds_carried(w->directory, row, numbers[i]))));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (*hsds_carried(w->directory, row, lists[i]))
			put_list(entry, lists[i], hsds_carried(w->directory, row, lists[i]));
}

static void put_service(struct writing *w, struct hsds_row *row)
{
	json_object *entry = entry_of(w, w->services, row);
	const char *places = "";
	for (const struct hsds_link *link = hsds_links(w->directory, "service_at_location", "service_id", row->id); link; link = link->next) {
		const char *key = key_of(w->locations, hsds_get(link->row, "location_id"));
		if (*key)
			places = arena_printf(w->directory->arena, "%s%s%s", places, *places ? "\n" : "", key);
	}
	put_carried(w, entry, row);
	if (!*text_of(entry, "kind"))
		put(entry, "kind", "service");
	if (!*text_of(entry, "contact_style"))
		put(entry, "contact_style", contact_style(w->directory, row));
	put(entry, "organization", key_of(w->organizations, hsds_get(row, "organization_id")));
	put_list(entry, "locations", places);
	put_list(entry, "required_documents", hsds_texts(w->directory, "required_document", "service_id", row->id, "document"));
	put_list(entry, "languages", hsds_texts(w->directory, "language", "service_id", row->id, "code"));
	put_rest(w, entry, row);
}

/* Rows that hang on nothing above: taxonomies, terms, notes on the tables. */
static void put_others(struct writing *w)
{
	json_object *others = NULL;
	json_object_object_get_ex(w->root, "hsds", &others);
	for (size_t kind = 0; kind < HSDS_ENTITIES; kind++)
		for (struct hsds_row *row = w->directory->first[kind]; row; row = row->next) {
			if (row->is_written || row->is_dropped)
				continue;
			if (!others)
				json_object_object_add(w->root, "hsds", others = json_object_new_object());
			json_object *list = list_of(others, row->entity->name);
			json_object *old = with(list, "id", row->id), *new = hsds_nest(row, w->directory, HSDS_ENTRY, "");
			size_t at = 0;
			while (old && json_object_array_get_idx(list, at) != old)
				at++;
			json_object_array_put_idx(list, old ? at : json_object_array_length(list), new);
		}
}

char *hsds_to_services(struct hsds *directory, const char *existing)
{
	struct writing w = { .directory = directory, .root = existing ? json_tokener_parse(existing) : json_object_new_object() };
	if (!json_object_is_type(w.root, json_type_object)) {
		hsds_say(directory, true, "services.json", 1, "the services.json that is there is no object");
		json_object_put(w.root);
		return NULL;
	}
	hsds_drop_carried(directory);
	w.organizations = list_of(w.root, "organizations");
	w.locations = list_of(w.root, "locations");
	w.services = list_of(w.root, "services");
	for (struct hsds_row *row = hsds_first(directory, "organization"); row; row = row->next)
		put_organization(&w, row);
	for (struct hsds_row *row = hsds_first(directory, "location"); row; row = row->next)
		put_location(&w, row);
	for (struct hsds_row *row = hsds_first(directory, "service"); row; row = row->next)
		put_service(&w, row);
	put_others(&w);
	char *text = arena_printf(directory->arena, "%s\n", json_object_to_json_string_ext(w.root,
		JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_PRETTY_TAB | JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(w.root);
	return text;
}
