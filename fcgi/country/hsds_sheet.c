/* SPDX-License-Identifier: Apache-2.0
 *
 * The template for those who have no directory yet: one sheet, a service a row, in plain words.
 * Rows with the same organization's name share it. Ids are made from the names, so that the same
 * sheet read again changes nothing and adds nothing. */
#include "hsds.h"

#include <string.h>

#include "base/text.h"
#include "spreadsheet.h"

#define SPACE "sheet"

enum column {
	ORGANIZATION, SERVICE, DESCRIPTION, ELIGIBILITY, HOW_TO_APPLY, COST, WAITING, DOCUMENTS, LANGUAGES,
	PLACE, ADDRESS, TOWN, REGION, POSTAL_CODE, COUNTRY, PHONE, EMAIL, WEBSITE, HOURS, COLUMNS
};
const char *const hsds_sheet_columns[] = {
	[ORGANIZATION] = "organization", [SERVICE] = "service", [DESCRIPTION] = "description", [ELIGIBILITY] = "who it is for",
	[HOW_TO_APPLY] = "how to apply", [COST] = "cost", [WAITING] = "waiting time", [DOCUMENTS] = "documents to bring", [LANGUAGES] = "languages",
	[PLACE] = "place", [ADDRESS] = "address", [TOWN] = "town", [REGION] = "region", [POSTAL_CODE] = "postal code", [COUNTRY] = "country",
	[PHONE] = "phone", [EMAIL] = "e-mail", [WEBSITE] = "website", [HOURS] = "opening hours", [COLUMNS] = NULL
};

struct sheet_reading {
	struct hsds *d;
	const char *file;
	int at[COLUMNS];                /* column of the sheet, -1: there is none */
	const struct sheet_row *line;
};

static const char *cell(const struct sheet_reading *r, enum column column)
{
	const struct cell *found = r->at[column] >= 0 ? row_cell(r->line, (unsigned)r->at[column]) : NULL;
	return found ? found->text : "";
}

static struct hsds_row *make(struct sheet_reading *r, const char *entity, const char *key)
{
	return hsds_row(r->d, hsds_entity(entity), hsds_make_id(r->d->arena, SPACE, entity, text_fold(r->d->arena, key)), r->file, (int)r->line->number);
}

/* The first row that names an organization or a place says what it is; later ones need not repeat it. */
static void set_once(struct sheet_reading *r, struct hsds_row *row, const char *field, const char *text)
{
	if (!*hsds_get(row, field))
		hsds_set(r->d, row, field, text);
}

static struct hsds_row *child(struct sheet_reading *r, const char *entity, const char *key, const struct hsds_row *parent, const char *field, const char *text)
{
	if (!*text)
		return NULL;
	struct hsds_row *row = make(r, entity, arena_printf(r->d->arena, "%s/%s", parent->id, text));
	if (row) {
		set_once(r, row, key, parent->id);
		set_once(r, row, field, text);
	}
	return row;
}

/* "a; b; c", each a row. */
static void children(struct sheet_reading *r, const char *entity, const char *key, const struct hsds_row *parent, const char *field, const char *texts)
{
	while (*texts) {
		size_t n = strcspn(texts, ";\n");
		const char *text = arena_strndup(r->d->arena, texts, n);
		child(r, entity, key, parent, field, text_trim(r->d->arena, text));
		texts += n + (texts[n] != 0);
	}
}

static struct hsds_row *read_place(struct sheet_reading *r, const struct hsds_row *organization)
{
	const char *name = *cell(r, PLACE) ? cell(r, PLACE) : cell(r, ADDRESS);
	if (!*name && !*cell(r, TOWN))
		return NULL;
	struct hsds_row *location = make(r, "location", arena_printf(r->d->arena, "%s/%s/%s", organization->id, name, cell(r, TOWN)));
	if (!location)
		return NULL;
	set_once(r, location, "location_type", "physical");
	set_once(r, location, "organization_id", organization->id);
	set_once(r, location, "name", *name ? name : cell(r, TOWN));
	struct hsds_row *address = child(r, "address", "location_id", location, "address_1", *cell(r, ADDRESS) ? cell(r, ADDRESS) : name);
	if (address) {
		set_once(r, address, "city", *cell(r, TOWN) ? cell(r, TOWN) : "not stated");
		set_once(r, address, "state_province", *cell(r, REGION) ? cell(r, REGION) : "not stated");
		set_once(r, address, "postal_code", *cell(r, POSTAL_CODE) ? cell(r, POSTAL_CODE) : "not stated");
		set_once(r, address, "country", *cell(r, COUNTRY) ? cell(r, COUNTRY) : "not stated");
		set_once(r, address, "address_type", "physical");
	}
	child(r, "phone", "location_id", location, "number", cell(r, PHONE));
	child(r, "schedule", "location_id", location, "description", cell(r, HOURS));
	return location;
}

static void read_service(struct sheet_reading *r, const struct hsds_row *organization, const struct hsds_row *location)
{
	static const struct { enum column column; const char *field; } plain[] = {
		{ SERVICE, "name" }, { DESCRIPTION, "description" }, { ELIGIBILITY, "eligibility_description" }, { HOW_TO_APPLY, "application_process" },
		{ COST, "fees_description" }, { WAITING, "wait_time" }, { EMAIL, "email" }, { WEBSITE, "url" },
	};
	struct hsds_row *service = make(r, "service", arena_printf(r->d->arena, "%s/%s", organization->id, cell(r, SERVICE)));
	if (!service)
		return;
	set_once(r, service, "organization_id", organization->id);
	set_once(r, service, "status", "active");
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		set_once(r, service, plain[i].field, cell(r, plain[i].column));
	children(r, "required_document", "service_id", service, "document", cell(r, DOCUMENTS));
	children(r, "language", "service_id", service, "code", cell(r, LANGUAGES));
	if (location)
		child(r, "service_at_location", "service_id", service, "location_id", location->id);
	else
		child(r, "phone", "service_id", service, "number", cell(r, PHONE));
}

static void read_line(struct sheet_reading *r)
{
	for (enum column needed = ORGANIZATION; needed <= SERVICE; needed++)
		if (!*cell(r, needed)) {
			hsds_say(r->d, true, r->file, (int)r->line->number, "the column \"%s\" is empty here: each row names its organization and its service", hsds_sheet_columns[needed]);
			return;
		}
	struct hsds_row *organization = make(r, "organization", cell(r, ORGANIZATION));
	if (!organization)
		return;
	set_once(r, organization, "name", cell(r, ORGANIZATION));
	set_once(r, organization, "description", cell(r, ORGANIZATION));
	read_service(r, organization, read_place(r, organization));
}

/* Which column is which: headings in any letter case. */
static void read_head(struct sheet_reading *r, const struct sheet_row *head)
{
	memset(r->at, -1, sizeof r->at);
	for (const struct cell *heading = head->first; heading; heading = heading->next) {
		const char *name = text_fold(r->d->arena, heading->text);
		int column = 0;
		while (column < COLUMNS && strcmp(text_fold(r->d->arena, hsds_sheet_columns[column]), name) != 0)
			column++;
		if (column < COLUMNS)
			r->at[column] = (int)heading->column;
		else
			hsds_say(r->d, true, r->file, (int)head->number, "there is no column \"%s\" in the template; compass export-hsds --template shows which there are", heading->text);
	}
	for (enum column needed = ORGANIZATION; needed <= SERVICE; needed++)
		if (r->at[needed] < 0)
			hsds_say(r->d, true, r->file, (int)head->number, "the column \"%s\" is missing", hsds_sheet_columns[needed]);
}

bool hsds_read_sheet(struct hsds *directory, const char *file, const char *bytes, size_t length)
{
	struct why why = { 0 };
	struct sheet_reading reading = { .d = directory, .file = file };
	const struct workbook *workbook = workbook_read(directory->arena, file, bytes, length, &why);
	const struct sheet_row *head = workbook && workbook->first ? workbook->first->first : NULL;
	if (!head) {
		hsds_say(directory, true, file, 0, "%s", workbook ? "the sheet is empty" : why.detail);
		return false;
	}
	read_head(&reading, head);
	for (reading.line = head->next; reading.line && !directory->n_errors; reading.line = reading.line->next)
		read_line(&reading);
	return !directory->n_errors;
}
