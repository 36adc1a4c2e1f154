/* SPDX-License-Identifier: Apache-2.0
 *
 * roles.json, offices.json and personas.json into `struct bundle`: what each object may
 * say stands in the tables. References between them: check_references. */
#include "bundle_load.h"

#include <string.h>

#define AT(type, field) offsetof(struct type, field)

#define X(constant, name, what) name " "
static const char PERMISSION_CHOICES[] = PERMISSIONS(X);
#undef X

static const struct member role_members[] = {
	{ "key", M_KEY, .at = AT(role, key), .is_needed = true, .what = "Its name in the bundle" },
	MEMBER_WAS,
	{ "label", M_TEXT, .at = AT(role, label), .is_needed = true, .what = "What the country calls it" },
	{ "scope", M_INDEX, .at = AT(role, scope), .is_needed = true, .choices = "none own office area all", .what = "Whose cases it sees" },
	{ "permissions", M_BITS, .at = AT(role, permissions), .is_needed = true, .choices = PERMISSION_CHOICES, .first = PERM_PUBLIC + 1, .what = "What it may do" },
	{ "sensitivity", M_OTHER, .schema = "{ \"type\": [\"array\", \"null\"], \"items\": { \"type\": \"string\" } }",
	  .what = "Tags of protected answers it may see, of \"sensitivity\" in bundle.json" },
	{ .name = NULL }
};

const struct member roles_shape[] = {
	{ "roles", M_LIST, .at = AT(bundle, role), .at_n = AT(bundle, n_roles), .of = role_members, .size = sizeof(struct role), .id = "key",
	  .places = PLACES(role), .what = "Who does what" },
	{ .name = NULL }
};

static const struct member area_members[] = {
	{ "code", M_TEXT, .at = AT(area, code), .is_needed = true, .what = "Code of the area, as the geography has it" },
	MEMBER_WAS,
	{ "name", M_TEXT, .at = AT(area, name), .what = "Its name; without it the geography's" },
	{ "parent", M_REF, .at = AT(area, parent), .what = "Code of the area it lies in" },
	{ .name = NULL }
};

static const struct member office_members[] = {
	{ "key", M_KEY, .at = AT(office, key), .is_needed = true, .what = "Its name in the bundle" },
	MEMBER_WAS,
	{ "name", M_TEXT, .at = AT(office, name), .is_needed = true, .what = "What it is called" },
	{ "area", M_TEXT, .at = AT(office, area), .is_needed = true, .what = "Code of the area it serves" },
	{ "locality", M_TEXT, .at = AT(office, locality), .what = "Town or village" },
	{ "address", M_TEXT, .at = AT(office, address), .what = "Street and number" },
	{ "phone", M_TEXT, .at = AT(office, phone), .format = F_PHONE, .what = "Telephone; in demonstrations an invented one" },
	{ "hours", M_TEXT, .at = AT(office, hours), .what = "When it is open" },
	{ .name = NULL }
};

const struct member offices_shape[] = {
	{ "geography", M_REF, .at = AT(bundle, geography), .what = "Country in seed-data/geography that gives areas their shapes and names" },
	{ "areas", M_LIST, .at = AT(bundle, area), .at_n = AT(bundle, n_areas), .of = area_members, .size = sizeof(struct area), .id = "code",
	  .places = PLACES(area), .what = "Areas, as the map shows them" },
	{ "offices", M_LIST, .at = AT(bundle, office), .at_n = AT(bundle, n_offices), .of = office_members, .size = sizeof(struct office), .id = "key",
	  .places = PLACES(office), .what = "Offices" },
	{ .name = NULL }
};

static const struct member persona_members[] = {
	{ "key", M_KEY, .at = AT(persona, key), .is_needed = true, .what = "Its name in the bundle" },
	{ "site", M_ONE_OF, .at = AT(persona, site), .is_needed = true, .choices = "staff portal", .what = "Which site the person uses" },
	{ "username", M_REF, .at = AT(persona, username), .what = "Staff: user name" },
	{ "name", M_TEXT, .at = AT(persona, name), .is_needed = true, .what = "Name in Latin letters" },
	{ "name_native", M_REF, .at = AT(persona, name_native), .what = "Name in the country's own script" },
	{ "title", M_TEXT, .at = AT(persona, title), .is_needed = true, .what = "Who it is: Social worker, Gyumri" },
	{ "teaser", M_TEXT, .at = AT(persona, teaser), .what = "What one sees as this person" },
	{ "role", M_REF, .at = AT(persona, role), .what = "Staff: key of the role" },
	{ "office", M_REF, .at = AT(persona, office), .what = "Staff: key of the office" },
	{ "story", M_REF, .at = AT(persona, story), .what = "Portal: key of the family in seed/stories" },
	{ "person", M_REF, .at = AT(persona, person), .what = "Portal: member of that family" },
	{ "start", M_TEXT, .at = AT(persona, start), .what = "First page, below the site" },
	{ .name = NULL }
};

const struct member personas_shape[] = {
	{ "personas", M_LIST, .at = AT(bundle, persona), .at_n = AT(bundle, n_personas), .of = persona_members, .size = sizeof(struct persona), .id = "key",
	  .places = PLACES(persona), .what = "People of the demonstration, invented" },
	{ .name = NULL }
};

static void read_tags(struct loader *l, const struct json *role, struct role *out)
{
	const struct json *tags = json_array(&l->report, role, "sensitivity");
	for (json_each(item, tags)) {
		int tag = item->kind == JSON_STRING ? bundle_sensitivity(l->bundle, item->string) : -1;
		if (tag >= 0) {
			out->sensitivity |= BIT(tag);
			continue;
		}
		l->tags_unsure = true;
		if (loader_has(l, DOC_MAIN))
			loader_error(l, item, "there is no sensitivity tag \"%s\" in bundle.json%s", item->string,
			             loader_hint(l, item->string, l->bundle->sensitivity, l->bundle->n_sensitivity));
	}
}

void loader_people(struct loader *l)
{
	struct bundle *b = l->bundle;
	if (l->roles)
		loader_object(l, l->roles, roles_shape, b);
	for (size_t i = 0; i < b->n_roles; i++) {
		const struct json *scope = json_get(l->role.at[i], "scope");
		/* an unknown one counts as the widest here, so that one mistake is not told as many */
		if (scope && scope_from_name(scope->string) < 0)
			b->role[i].scope = SCOPE_ALL;
		read_tags(l, l->role.at[i], &b->role[i]);
	}
	if (l->offices)
		loader_object(l, l->offices, offices_shape, b);
	if (l->personas)
		loader_object(l, l->personas, personas_shape, b);
}
