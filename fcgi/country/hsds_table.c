/* SPDX-License-Identifier: Apache-2.0
 *
 * HSDS's tabular data package: a CSV file a table, a row a line, the first line with the fields. */
#include "hsds.h"

#include <string.h>

#include "spreadsheet.h"

static const struct hsds_entity *entity_of_file(const char *file)
{
	for (size_t i = 0; i < HSDS_ENTITIES; i++)
		if (!strcmp(hsds_entities[i].file, file))
			return &hsds_entities[i];
	return NULL;
}

static void read_row(struct hsds *directory, const struct hsds_entity *entity, const struct sheet_row *head, const struct sheet_row *line, const char *file)
{
	const char *id = NULL;
	for (const struct cell *name = head->first; name; name = name->next) {
		const struct cell *cell = row_cell(line, name->column);
		if (!strcmp(name->text, "id") && cell)
			id = cell->text;
	}
	if (!id) {
		hsds_say(directory, true, file, (int)line->number, "this row of %s has no id", entity->name);
		return;
	}
	struct hsds_row *row = hsds_row(directory, entity, id, file, (int)line->number);
	for (const struct cell *cell = row ? line->first : NULL; cell; cell = cell->next) {
		const struct cell *name = row_cell(head, cell->column);
		if (!name)
			hsds_say(directory, true, file, (int)line->number, "there is something in a column without a heading: \"%.60s\"", cell->text);
		else if (strcmp(name->text, "id") != 0)
			hsds_set(directory, row, name->text, cell->text);
	}
}

bool hsds_read_table(struct hsds *directory, const char *file, const char *bytes, size_t length)
{
	struct why why = { 0 };
	const struct workbook *workbook = workbook_read(directory->arena, file, bytes, length, &why);
	if (!workbook) {
		hsds_say(directory, true, file, 0, "%s", why.detail);
		return false;
	}
	const struct sheet_row *head = workbook->first ? workbook->first->first : NULL;
	for (const struct sheet_row *line = head ? head->next : NULL; line; line = line->next)
		read_row(directory, entity_of_file(file), head, line, file);
	return !directory->n_errors;
}
