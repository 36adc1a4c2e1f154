/* SPDX-License-Identifier: Apache-2.0
 *
 * services.json into `struct bundle`: the catalogue in Open Referral (HSDS) terms, with
 * the organizations behind the services and the places where they are given. */
#include "bundle_load.h"

#include <string.h>

#define AT(type, field) offsetof(struct type, field)

/* What import-hsds keeps beside an entry: its name in the directory it came from, and what has no member here. */
#define HSDS_MEMBERS \
	{ "id", M_OTHER, .schema = "{ \"type\": [\"string\", \"null\"] }", .what = "Its identifier in the HSDS directory it came from" }, \
	{ "hsds", M_OTHER, .schema = "{ \"type\": [\"object\", \"null\"] }", .what = "The rest of its HSDS entry, kept as it came" }

static const struct member service_members[] = {
	{ "key", M_KEY, .at = AT(service, key), .is_needed = true, .what = "Its name in the bundle" },
	MEMBER_WAS,
	{ "kind", M_ONE_OF, .at = AT(service, kind), .is_needed = true, .choices = "benefit service", .what = "Money or help" },
	{ "name", M_TEXT, .at = AT(service, name), .is_needed = true, .what = "What it is called" },
	{ "description", M_TEXT, .at = AT(service, description), .what = "What the family gets" },
	{ "organization", M_REF, .at = AT(service, organization), .what = "Key of the organization that gives it" },
	{ "provider", M_TEXT, .at = AT(service, provider), .what = "Its giver as printed; without it the organization's name" },
	{ "locations", M_TEXTS, .at = AT(service, location), .at_n = AT(service, n_locations), .what = "Keys of the places where it is given" },
	{ "category", M_TEXT, .at = AT(service, category), .what = "Heading it stands under" },
	{ "contact_style", M_ONE_OF, .at = AT(service, contact_style),
	  .choices = "walk_in phone email online appointment referral_form system accompanied mobile_team", .what = "How the service wants to be reached" },
	{ "eligibility", M_TEXT, .at = AT(service, eligibility), .what = "For whom it is: information only, decided elsewhere" },
	{ "how_to_apply", M_TEXT, .at = AT(service, how_to_apply), .what = "What the family does to get it" },
	{ "required_documents", M_TEXTS, .at = AT(service, document), .at_n = AT(service, n_documents), .what = "What to bring" },
	{ "cost", M_TEXT, .at = AT(service, cost), .what = "What it costs the family" },
	{ "waiting", M_TEXT, .at = AT(service, waiting), .what = "How long one usually waits" },
	{ "office", M_REF, .at = AT(service, office), .what = "Key of the office that gives it" },
	{ "response_days", M_INT, .at = AT(service, response_days), .min = 0, .max = 365, .what = "Days within which it answers a referral" },
	{ "capacity", M_INT, .at = AT(service, capacity), .min = 0, .max = 1000000, .what = "Places" },
	{ "languages", M_TEXTS, .at = AT(service, language), .at_n = AT(service, n_languages), .format = F_LANGUAGE, .what = "Codes of the languages spoken" },
	{ "dimensions", M_TEXTS, .at = AT(service, dimension), .at_n = AT(service, n_dimensions), .what = "Dimensions of bundle.json whose needs it answers" },
	{ "life_stages", M_TEXTS, .at = AT(service, life_stage), .at_n = AT(service, n_life_stages), .what = "Ages it is for",
	  .choices = "pregnancy_and_early_childhood childhood adolescence active_age old_age disability familyhood" },
	{ "populations", M_TEXTS, .at = AT(service, population), .at_n = AT(service, n_populations), .what = "Groups it is for" },
	{ "verified_on", M_REF, .at = AT(service, verified_on), .format = F_DATE, .what = "When somebody last asked whether this entry is right" },
	{ "evidence", M_ONE_OF, .at = AT(service, evidence), .choices = EVIDENCE_CHOICES, .what = EVIDENCE_WHAT },
	HSDS_MEMBERS,
	{ .name = NULL }
};

static const struct member organization_members[] = {
	{ "key", M_KEY, .at = AT(organization, key), .is_needed = true, .what = "Its name in the bundle" },
	{ "name", M_TEXT, .at = AT(organization, name), .is_needed = true, .what = "What it is called" },
	{ "description", M_TEXT, .at = AT(organization, description), .what = "What it does" },
	{ "type", M_ONE_OF, .at = AT(organization, type), .choices = "national regional municipal ngo faith private community", .what = "What kind of organization it is" },
	{ "phone", M_REF, .at = AT(organization, phone), .format = F_PHONE, .what = "Telephone" },
	{ "email", M_REF, .at = AT(organization, email), .format = F_EMAIL, .what = "E-mail address" },
	{ "website", M_REF, .at = AT(organization, website), .format = F_WEB, .what = "Web address" },
	{ "evidence", M_ONE_OF, .at = AT(organization, evidence), .choices = EVIDENCE_CHOICES, .what = EVIDENCE_WHAT },
	HSDS_MEMBERS,
	{ .name = NULL }
};

static const struct member location_members[] = {
	{ "key", M_KEY, .at = AT(location, key), .is_needed = true, .what = "Its name in the bundle" },
	{ "organization", M_REF, .at = AT(location, organization), .what = "Key of the organization it belongs to" },
	{ "name", M_TEXT, .at = AT(location, name), .is_needed = true, .what = "What the place is called" },
	{ "area", M_REF, .at = AT(location, area), .what = "Code of an area of offices.json" },
	{ "locality", M_TEXT, .at = AT(location, locality), .what = "Town or village" },
	{ "address", M_TEXT, .at = AT(location, address), .what = "Street and number" },
	{ "latitude", M_NUMBER, .at = AT(location, latitude), .min = -90, .max = 90, .what = "Degrees north" },
	{ "longitude", M_NUMBER, .at = AT(location, longitude), .min = -180, .max = 180, .what = "Degrees east" },
	{ "phone", M_REF, .at = AT(location, phone), .format = F_PHONE, .what = "Telephone" },
	{ "hours", M_TEXT, .at = AT(location, hours), .what = "When it is open" },
	{ "accessibility", M_TEXT, .at = AT(location, accessibility), .what = "Steps, lifts, sign language" },
	{ "languages", M_TEXTS, .at = AT(location, language), .at_n = AT(location, n_languages), .format = F_LANGUAGE, .what = "Codes of the languages spoken" },
	{ "evidence", M_ONE_OF, .at = AT(location, evidence), .choices = EVIDENCE_CHOICES, .what = EVIDENCE_WHAT },
	HSDS_MEMBERS,
	{ .name = NULL }
};

const struct member services_shape[] = {
	{ "services", M_LIST, .at = AT(bundle, service), .at_n = AT(bundle, n_services), .of = service_members, .size = sizeof(struct service), .id = "key", .places = PLACES(service),
	  .what = "Benefits and services" },
	{ "organizations", M_LIST, .at = AT(bundle, organization), .at_n = AT(bundle, n_organizations), .of = organization_members,
	  .size = sizeof(struct organization), .id = "key", .places = PLACES(organization), .what = "Who gives them" },
	{ "locations", M_LIST, .at = AT(bundle, location), .at_n = AT(bundle, n_locations), .of = location_members, .size = sizeof(struct location), .id = "key", .places = PLACES(location),
	  .what = "Where they are given" },
	{ "hsds", M_OTHER, .schema = "{ \"type\": \"object\" }", .what = "The rest of a directory that was imported, kept as it came" },
	{ .name = NULL }
};

/* Every service says who gives it: in words, or by its organization. */
static void read_provider(struct loader *l, size_t i)
{
	struct bundle *b = l->bundle;
	struct service *s = &b->service[i];
	const struct organization *organization = bundle_organization(b, s->organization);
	if (!*s->provider && !s->organization)
		loader_error(l, l->service.at[i], "\"provider\" is missing: who gives the service? Or name its \"organization\"");
	if (!*s->provider && organization)
		s->provider = organization->name;
}

void loader_services(struct loader *l)
{
	struct bundle *b = l->bundle;
	if (l->services)
		loader_object(l, l->services, services_shape, b);
	for (size_t i = 0; i < b->n_locations; i++) {
		bool north = json_get(l->location.at[i], "latitude"), east = json_get(l->location.at[i], "longitude");
		b->location[i].has_place = north && east;
		if (north != east)
			loader_error(l, l->location.at[i], "\"%s\" is missing: a place on the map has both", north ? "longitude" : "latitude");
	}
	for (size_t i = 0; i < b->n_services; i++)
		read_provider(l, i);
}
