/* SPDX-License-Identifier: Apache-2.0
 *
 * From a bundle's services.json to a directory. What came from HSDS comes back row by row; where
 * somebody has since changed a member, the member holds. What HSDS has no field for (dimension, life
 * stage, capacity …) travels as attributes of the link type "case_compass", and is taken back from there. */
#include "hsds.h"

#include <string.h>

#include "base/text.h"
#include "form/json.h"

#define OURS "case_compass"

/* Members that travel as attributes. */
static const struct { const char *member; bool is_list; } carried[] = {
	{ "kind", false }, { "category", false }, { "contact_style", false }, { "response_days", false }, { "capacity", false }, { "evidence", false },
	{ "dimensions", true }, { "life_stages", true }, { "populations", true },
};

struct filling {
	struct hsds *d;
	const struct json *root;
	const struct hsds_origin *from;
};

static const char *text_of(const struct filling *f, const struct json *entry, const char *member)
{
	const struct json *value = json_get(entry, member);
	if (!value)
		return "";
	if (value->kind == JSON_NUMBER)
		return value->is_integer ? arena_printf(f->d->arena, "%lld", (long long)value->integer) : arena_printf(f->d->arena, "%.15g", value->number);
	return value->string;
}

/* The texts of a list, parted by "\n", as hsds_texts gives them. */
static const char *lines_of(const struct filling *f, const struct json *entry, const char *member)
{
	const char *all = "";
	for (json_each(item, json_get(entry, member)))
		all = arena_printf(f->d->arena, "%s%s%s", all, *all ? "\n" : "", item->string);
	return all;
}

static const char *id_of(const struct filling *f, const char *kind, const struct json *entry)
{
	const char *id = text_of(f, entry, "id");
	return *id ? id : hsds_make_id(f->d->arena, f->from->space, kind, text_of(f, entry, "key"));
}

/* The id of the entry of that key; "" when there is none. */
static const char *id_of_key(const struct filling *f, const char *list, const char *kind, const char *key)
{
	for (json_each(entry, json_get(f->root, list)))
		if (*key && !strcmp(text_of(f, entry, "key"), key))
			return id_of(f, kind, entry);
	return "";
}

static struct hsds_row *child_row(struct filling *f, const char *entity, const char *key, const struct hsds_row *parent, const char *what)
{
	const char *id = hsds_make_id(f->d->arena, OURS, entity, arena_printf(f->d->arena, "%s/%s", parent->id, what));
	struct hsds_row *row = hsds_row(f->d, hsds_entity(entity), id, parent->file, parent->line);
	if (row)
		hsds_set(f->d, row, key, parent->id);
	return row;
}

/* The row of an entry: its kept part first, then its members over it. */
static struct hsds_row *row_of(struct filling *f, const char *kind, const struct json *entry)
{
	const struct hsds_entity *entity = hsds_entity(kind);
	struct hsds_row *row = hsds_row(f->d, entity, id_of(f, kind, entry), entry->file, entry->line);
	const struct json *rest = json_get(entry, "hsds");
	if (row && rest)
		hsds_fill(f->d, row, rest);
	for (const struct hsds_plain *plain = hsds_plain_members; row && plain->entity; plain++)
		if (!strcmp(plain->entity, kind))
			hsds_set(f->d, row, plain->field, text_of(f, entry, plain->member));
	return row;
}

/* Puts new rows of a child table in the place of the old ones when the entry says something else. */
static void put_texts(struct filling *f, struct hsds_row *row, const char *entity, const char *key, const char *field, const char *lines)
{
	if (!strcmp(hsds_texts(f->d, entity, key, row->id, field), lines))
		return;
	hsds_unlink(f->d, entity, key, row->id);
	while (*lines) {
		size_t n = strcspn(lines, "\n");
		const char *text = arena_strndup(f->d->arena, lines, n);
		struct hsds_row *child = child_row(f, entity, key, row, text);
		if (child)
			hsds_set(f->d, child, field, text);
		lines += n + (lines[n] == '\n');
	}
}

static void put_phone(struct filling *f, struct hsds_row *row, const char *key, const char *number)
{
	if (strcmp(hsds_phone(f->d, row), number) != 0)
		put_texts(f, row, "phone", key, "number", number);
}

static void put_address(struct filling *f, struct hsds_row *row, const struct json *entry)
{
	const char *address = text_of(f, entry, "address"), *city = text_of(f, entry, "locality"), *area = text_of(f, entry, "area");
	if (!strcmp(address, hsds_address(f->d, row)) && !strcmp(city, hsds_locality(f->d, row)))
		return;
	hsds_unlink(f->d, "address", "location_id", row->id);
	struct hsds_row *made = child_row(f, "address", "location_id", row, "address");
	if (!made)
		return;
	hsds_set(f->d, made, "address_1", *address ? address : *city ? city : "not stated");
	hsds_set(f->d, made, "city", *city ? city : "not stated");
	hsds_set(f->d, made, "state_province", *area ? area : "not stated");
	hsds_set(f->d, made, "postal_code", "not stated");
	hsds_set(f->d, made, "country", f->from->country);
	hsds_set(f->d, made, "address_type", "physical");
}

static void put_hours(struct filling *f, struct hsds_row *row, const char *hours)
{
	if (!strcmp(hours, hsds_hours(f->d, row)))
		return;
	hsds_unlink(f->d, "schedule", "location_id", row->id);
	struct hsds_row *made = *hours ? child_row(f, "schedule", "location_id", row, "hours") : NULL;
	if (made)
		hsds_set(f->d, made, "description", hours);
}

static void fill_organization(struct filling *f, const struct json *entry)
{
	struct hsds_row *row = row_of(f, "organization", entry);
	if (!row)
		return;
	if (!*hsds_get(row, "description"))
		hsds_set(f->d, row, "description", hsds_get(row, "name"));
	put_phone(f, row, "organization_id", text_of(f, entry, "phone"));
}

static void fill_location(struct filling *f, const struct json *entry)
{
	struct hsds_row *row = row_of(f, "location", entry);
	if (!row)
		return;
	if (!*hsds_get(row, "location_type"))
		hsds_set(f->d, row, "location_type", "physical");
	hsds_set(f->d, row, "organization_id", id_of_key(f, "organizations", "organization", text_of(f, entry, "organization")));
	put_address(f, row, entry);
	put_phone(f, row, "location_id", text_of(f, entry, "phone"));
	put_hours(f, row, text_of(f, entry, "hours"));
	if (strcmp(hsds_accessibility(f->d, row), text_of(f, entry, "accessibility")) != 0)
		put_texts(f, row, "accessibility", "location_id", "description", text_of(f, entry, "accessibility"));
	put_texts(f, row, "language", "location_id", "code", lines_of(f, entry, "languages"));
}

/* A service whose provider is only a name has an organization of that name. */
static const char *organization_of(struct filling *f, const struct json *entry)
{
	const char *id = id_of_key(f, "organizations", "organization", text_of(f, entry, "organization")), *provider = text_of(f, entry, "provider");
	if (*id || !*provider)
		return id;
	for (struct hsds_row *row = hsds_first(f->d, "organization"); row; row = row->next)
		if (!strcmp(hsds_get(row, "name"), provider))
			return row->id;
	struct hsds_row *made = hsds_row(f->d, hsds_entity("organization"), hsds_make_id(f->d->arena, f->from->space, "organization", provider), entry->file, entry->line);
	if (!made)
		return "";
	hsds_set(f->d, made, "name", provider);
	hsds_set(f->d, made, "description", provider);
	return made->id;
}

/* The service at each of its locations, the ones that HSDS knew with all they had. */
static void put_places(struct filling *f, struct hsds_row *row, const struct json *entry)
{
	for (json_each(item, json_get(entry, "locations"))) {
		const char *id = id_of_key(f, "locations", "location", item->string);
		bool is_there = false;
		for (const struct hsds_link *link = hsds_links(f->d, "service_at_location", "service_id", row->id); link; link = link->next)
			is_there |= !strcmp(hsds_get(link->row, "location_id"), id);
		struct hsds_row *made = is_there || !*id ? NULL : child_row(f, "service_at_location", "service_id", row, id);
		if (made)
			hsds_set(f->d, made, "location_id", id);
	}
}

static void carry(struct filling *f, struct hsds_row *row, const char *member, const char *value)
{
	const char *code = arena_printf(f->d->arena, "%s:%s", member, value);
	struct hsds_row *term = hsds_row(f->d, hsds_entity("taxonomy_term"), hsds_make_id(f->d->arena, OURS, "taxonomy_term", code), row->file, row->line);
	struct hsds_row *attribute = term ? child_row(f, "attribute", "link_id", row, code) : NULL;
	if (!attribute)
		return;
	hsds_set(f->d, term, "code", code);
	hsds_set(f->d, term, "name", value);
	hsds_set(f->d, term, "description", code);
	hsds_set(f->d, term, "taxonomy", arena_printf(f->d->arena, OURS ".%s", member));
	hsds_set(f->d, attribute, "taxonomy_term_id", term->id);
	hsds_set(f->d, attribute, "link_type", OURS);
	hsds_set(f->d, attribute, "link_entity", "service");
	hsds_set(f->d, attribute, "value", value);
}

static void fill_service(struct filling *f, const struct json *entry)
{
	struct hsds_row *row = row_of(f, "service", entry);
	if (!row)
		return;
	if (!*hsds_get(row, "status"))
		hsds_set(f->d, row, "status", "active");
	hsds_set(f->d, row, "organization_id", organization_of(f, entry));
	put_texts(f, row, "required_document", "service_id", "document", lines_of(f, entry, "required_documents"));
	put_texts(f, row, "language", "service_id", "code", lines_of(f, entry, "languages"));
	put_places(f, row, entry);
	for (size_t i = 0; i < sizeof carried / sizeof *carried; i++) {
		if (!carried[i].is_list && *text_of(f, entry, carried[i].member))
			carry(f, row, carried[i].member, text_of(f, entry, carried[i].member));
		for (json_each(item, carried[i].is_list ? json_get(entry, carried[i].member) : NULL))
			carry(f, row, carried[i].member, item->string);
	}
}

bool hsds_from_services(struct hsds *directory, const struct json *services, const struct hsds_origin *from)
{
	struct filling f = { directory, services, from };
	for (json_each(list, json_get(services, "hsds")))
		for (json_each(item, hsds_entity(list->key) ? list : NULL))
			hsds_read_object(directory, hsds_entity(list->key), item);
	for (json_each(entry, json_get(services, "organizations")))
		fill_organization(&f, entry);
	for (json_each(entry, json_get(services, "locations")))
		fill_location(&f, entry);
	for (json_each(entry, json_get(services, "services")))
		fill_service(&f, entry);
	return !directory->n_errors;
}

/* ---- and back: an attribute of ours becomes a member again ---- */

const char *hsds_carried(struct hsds *directory, const struct hsds_row *service, const char *member)
{
	const char *taxonomy = arena_printf(directory->arena, OURS ".%s", member), *all = "";
	for (const struct hsds_link *link = hsds_links(directory, "attribute", "link_id", service->id); link; link = link->next) {
		const struct hsds_row *term = hsds_find(directory, "taxonomy_term", hsds_get(link->row, "taxonomy_term_id"));
		if (term && !strcmp(hsds_get(term, "taxonomy"), taxonomy))
			all = arena_printf(directory->arena, "%s%s%s", all, *all ? "\n" : "", hsds_get(link->row, "value"));
	}
	return all;
}

void hsds_drop_carried(struct hsds *directory)
{
	for (struct hsds_row *row = hsds_first(directory, "attribute"); row; row = row->next)
		row->is_dropped |= !strcmp(hsds_get(row, "link_type"), OURS);
	for (struct hsds_row *row = hsds_first(directory, "taxonomy_term"); row; row = row->next)
		row->is_dropped |= !strncmp(hsds_get(row, "taxonomy"), OURS ".", sizeof OURS);
}
