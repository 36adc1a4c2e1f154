/* SPDX-License-Identifier: Apache-2.0
 *
 * The shape of HSDS 3.0: its tables, their fields and how they nest in JSON, after the tabular data
 * package of the specification (openreferral/specification, 3.0). tests/unit/test_hsds.c holds it
 * against the published package where that is at hand. */
#include "hsds.h"

#include <string.h>

#define ID { "id", HSDS_UUID, true, NULL, NULL }
#define TEXT(name) { name, HSDS_TEXT, false, NULL, NULL }
#define NEED(name) { name, HSDS_TEXT, true, NULL, NULL }
#define KIND(name, type) { name, type, false, NULL, NULL }
#define REF(name, entity) { name, HSDS_UUID, false, entity, NULL }
#define NEED_REF(name, entity) { name, HSDS_UUID, true, entity, NULL }
#define ONE_OF(name, needed, choices) { name, HSDS_ONE_OF, needed, NULL, choices }
#define MANY(member, entity, key) { member, entity, key, false }
#define ONE(member, entity, key) { member, entity, key, true }

const struct hsds_entity hsds_entities[HSDS_ENTITIES] = {
	{ "organization", "organizations.csv", {
		ID, NEED("name"), TEXT("alternate_name"), NEED("description"), KIND("email", HSDS_EMAIL), KIND("website", HSDS_URI),
		TEXT("tax_status"), TEXT("tax_id"), KIND("year_incorporated", HSDS_NUMBER), TEXT("legal_status"), TEXT("logo"),
		KIND("uri", HSDS_URI), REF("parent_organization_id", "organization"),
	}, {
		MANY("funding", "funding", "organization_id"), MANY("contacts", "contact", "organization_id"),
		MANY("phones", "phone", "organization_id"), MANY("locations", "location", "organization_id"),
		MANY("programs", "program", "organization_id"),
		MANY("organization_identifiers", "organization_identifier", "organization_id"),
		MANY("services", "service", "organization_id"), MANY("attributes", "attribute", "link_id"),
		MANY("metadata", "metadata", "resource_id"),
	} },
	{ "program", "programs.csv", {
		ID, NEED_REF("organization_id", "organization"), NEED("name"), TEXT("alternate_name"), NEED("description"),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "service", "services.csv", {
		ID, NEED_REF("organization_id", "organization"), REF("program_id", "program"), NEED("name"), TEXT("alternate_name"),
		TEXT("description"), KIND("url", HSDS_URI), KIND("email", HSDS_EMAIL),
		ONE_OF("status", true, "|active|inactive|defunct|temporarily closed|"), TEXT("interpretation_services"),
		TEXT("application_process"), TEXT("fees_description"), TEXT("wait_time"), TEXT("fees"), TEXT("accreditations"),
		TEXT("eligibility_description"), KIND("minimum_age", HSDS_NUMBER), KIND("maximum_age", HSDS_NUMBER),
		KIND("assured_date", HSDS_DATE), KIND("assurer_email", HSDS_EMAIL), TEXT("licenses"), TEXT("alert"),
		KIND("last_modified", HSDS_DATETIME),
	}, {
		MANY("phones", "phone", "service_id"), MANY("schedules", "schedule", "service_id"),
		MANY("service_areas", "service_area", "service_id"), MANY("service_at_locations", "service_at_location", "service_id"),
		MANY("languages", "language", "service_id"), ONE("organization", "organization", "organization_id"),
		MANY("funding", "funding", "service_id"), MANY("cost_options", "cost_option", "service_id"),
		ONE("program", "program", "program_id"), MANY("required_documents", "required_document", "service_id"),
		MANY("contacts", "contact", "service_id"), MANY("attributes", "attribute", "link_id"),
		MANY("metadata", "metadata", "resource_id"),
	} },
	{ "attribute", "attributes.csv", {
		ID, { "link_id", HSDS_UUID, true, NULL, NULL }, NEED_REF("taxonomy_term_id", "taxonomy_term"), TEXT("link_type"),
		NEED("link_entity"), TEXT("value"),
	}, {
		ONE("taxonomy_term", "taxonomy_term", "taxonomy_term_id"),
	} },
	{ "service_at_location", "service_at_location.csv", {
		ID, NEED_REF("service_id", "service"), NEED_REF("location_id", "location"), TEXT("description"),
	}, {
		MANY("contacts", "contact", "service_at_location_id"), MANY("phones", "phone", "service_at_location_id"),
		MANY("schedules", "schedule", "service_at_location_id"), ONE("location", "location", "location_id"),
		ONE("service", "service", "service_id"), MANY("attributes", "attribute", "link_id"),
		MANY("metadata", "metadata", "resource_id"),
	} },
	{ "location", "locations.csv", {
		ID, ONE_OF("location_type", true, "|physical|postal|virtual|"), KIND("url", HSDS_URI),
		REF("organization_id", "organization"), TEXT("name"), TEXT("alternate_name"), TEXT("description"),
		TEXT("transportation"), KIND("latitude", HSDS_NUMBER), KIND("longitude", HSDS_NUMBER), TEXT("external_identifier"),
		TEXT("external_identifier_type"),
	}, {
		MANY("languages", "language", "location_id"), MANY("addresses", "address", "location_id"),
		MANY("contacts", "contact", "location_id"), MANY("accessibility", "accessibility", "location_id"),
		MANY("phones", "phone", "location_id"), MANY("schedules", "schedule", "location_id"),
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "phone", "phones.csv", {
		ID, REF("location_id", "location"), REF("service_id", "service"), REF("organization_id", "organization"),
		REF("contact_id", "contact"), REF("service_at_location_id", "service_at_location"), NEED("number"),
		KIND("extension", HSDS_NUMBER), TEXT("type"), TEXT("description"),
	}, {
		MANY("languages", "language", "phone_id"), MANY("attributes", "attribute", "link_id"),
		MANY("metadata", "metadata", "resource_id"),
	} },
	{ "contact", "contacts.csv", {
		ID, REF("organization_id", "organization"), REF("service_id", "service"),
		REF("service_at_location_id", "service_at_location"), REF("location_id", "location"), TEXT("name"), TEXT("title"),
		TEXT("department"), KIND("email", HSDS_EMAIL),
	}, {
		MANY("phones", "phone", "contact_id"), MANY("attributes", "attribute", "link_id"),
		MANY("metadata", "metadata", "resource_id"),
	} },
	{ "address", "addresses.csv", {
		ID, REF("location_id", "location"), TEXT("attention"), NEED("address_1"), TEXT("address_2"), NEED("city"),
		TEXT("region"), NEED("state_province"), NEED("postal_code"), NEED("country"),
		ONE_OF("address_type", true, "|physical|postal|virtual|"),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "schedule", "schedules.csv", {
		ID, REF("service_id", "service"), REF("location_id", "location"), REF("service_at_location_id", "service_at_location"),
		KIND("valid_from", HSDS_DATE), KIND("valid_to", HSDS_DATE), KIND("dtstart", HSDS_DATE), KIND("timezone", HSDS_NUMBER),
		KIND("until", HSDS_DATE), KIND("count", HSDS_NUMBER), ONE_OF("wkst", false, "|MO|TU|WE|TH|FR|SA|SU|"),
		ONE_OF("freq", false, "|WEEKLY|MONTHLY|"), KIND("interval", HSDS_NUMBER), TEXT("byday"), TEXT("byweekno"),
		TEXT("bymonthday"), TEXT("byyearday"), TEXT("description"), KIND("opens_at", HSDS_TIME), KIND("closes_at", HSDS_TIME),
		KIND("schedule_link", HSDS_URI), TEXT("attending_type"), TEXT("notes"),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "funding", "funding.csv", {
		ID, REF("organization_id", "organization"), REF("service_id", "service"), TEXT("source"),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "service_area", "service_areas.csv", {
		ID, REF("service_id", "service"), TEXT("name"), TEXT("description"), TEXT("extent"), TEXT("extent_type"), TEXT("uri"),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "required_document", "required_documents.csv", {
		ID, REF("service_id", "service"), TEXT("document"), KIND("uri", HSDS_URI),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "language", "languages.csv", {
		ID, REF("service_id", "service"), REF("location_id", "location"), REF("phone_id", "phone"), TEXT("name"), TEXT("code"),
		TEXT("note"),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "accessibility", "accessibility.csv", {
		ID, REF("location_id", "location"), TEXT("description"), TEXT("details"), KIND("url", HSDS_URI),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "taxonomy_term", "taxonomy_terms.csv", {
		ID, TEXT("code"), NEED("name"), NEED("description"), REF("parent_id", "taxonomy_term"), TEXT("taxonomy"),
		TEXT("language"), REF("taxonomy_id", "taxonomy"), KIND("term_uri", HSDS_URI),
	}, {
		ONE("taxonomy_detail", "taxonomy", "taxonomy_id"), MANY("attributes", "attribute", "link_id"),
		MANY("metadata", "metadata", "resource_id"),
	} },
	{ "metadata", "metadata.csv", {
		ID, { "resource_id", HSDS_UUID, true, NULL, NULL }, NEED("resource_type"),
		{ "last_action_date", HSDS_DATE, true, NULL, NULL }, NEED("last_action_type"), NEED("field_name"),
		NEED("previous_value"), NEED("replacement_value"), NEED("updated_by"),
	}, {
	} },
	{ "meta_table_description", "meta_table_descriptions.csv", {
		ID, TEXT("name"), TEXT("language"), TEXT("character_set"),
	}, {
	} },
	{ "cost_option", "cost_options.csv", {
		ID, NEED_REF("service_id", "service"), KIND("valid_from", HSDS_DATE), KIND("valid_to", HSDS_DATE), TEXT("option"),
		TEXT("currency"), KIND("amount", HSDS_NUMBER), TEXT("amount_description"),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "organization_identifier", "organization_identifiers.csv", {
		ID, NEED_REF("organization_id", "organization"), TEXT("identifier_scheme"), NEED("identifier_type"), NEED("identifier"),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
	{ "taxonomy", "taxonomies.csv", {
		ID, NEED("name"), NEED("description"), KIND("uri", HSDS_URI), TEXT("version"),
	}, {
		MANY("attributes", "attribute", "link_id"), MANY("metadata", "metadata", "resource_id"),
	} },
};

const struct hsds_entity *hsds_entity(const char *name)
{
	for (size_t i = 0; i < HSDS_ENTITIES; i++)
		if (!strcmp(hsds_entities[i].name, name))
			return &hsds_entities[i];
	return NULL;
}

int hsds_field(const struct hsds_entity *entity, const char *name)
{
	for (int i = 0; i < HSDS_FIELDS_MAX && entity->field[i].name; i++)
		if (!strcmp(entity->field[i].name, name))
			return i;
	return -1;
}
