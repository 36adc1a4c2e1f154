/* SPDX-License-Identifier: Apache-2.0
 *
 * The import as a whole: settings, choices, survey; checks; the definition; and form_load as
 * the last judge, whose problems are told in terms of the spreadsheet's cells. */
#include "xlsform_import.h"

#include <string.h>

#include "base/text.h"
#include "form/form.h"
#include "form/json.h"

static void read_settings(struct xf_import *import)
{
	const struct sheet_row *row;
	import->settings = xf_table_open(import, "settings", HEADINGS_PLAIN);
	if (!(row = import->settings.first))
		return;
	import->setting = xf_row_values(import, &import->settings, row);
	for (const struct xf_value *value = import->setting; value; value = value->next)
		if (!strcmp(xf_snake(import->arena, value->column->heading), "allow_choice_duplicates"))
			import->allows_duplicates = xf_yes_no(value->text) == 1;
	if (row->next)
		xf_say(import, XLSFORM_WARNING, &import->settings, row->next->number, NULL, "only the row below the headings counts; this one and those below are left out");
}

/* Sheets that would have been read, had they been named right. */
static void report_near_sheets(struct xf_import *import)
{
	static const char *const wanted[] = { "choices", "settings" };
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		for (const struct sheet *sheet = import->workbook->first; sheet && !xf_sheet(import, wanted[i]); sheet = sheet->next) {
			const char *name = xf_snake(import->arena, sheet->name);
			struct xf_table table = { .name = sheet->name };
			if (*name != '_' && text_nearest(name, &wanted[i], 1))
				xf_say(import, XLSFORM_WARNING, &table, 0, NULL, "is \"%s\" meant? As it is named now, the sheet is left out", wanted[i]);
		}
}

/* The place that stands last at or before a position. */
static const struct xf_place *place_at(const struct xf_writer *w, int line, int column)
{
	size_t low = 0, high = w->n_places;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct xf_place *place = &w->place[middle];
		if (place->line < line || (place->line == line && place->column <= column))
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &w->place[low - 1] : NULL;
}

static void take_problem(void *data, int line, int column, const char *format, ...)
{
	struct xf_writer *w = data;
	const struct xf_place *place = place_at(w, line, column);
	va_list args;
	va_start(args, format);
	xlsform_report_add(w->import->arena, w->import->report, XLSFORM_ERROR, place ? place->table->name : NULL, place ? place->row : 0,
	                   place ? place->heading : NULL, format, args);
	va_end(args);
}

static void count(struct xf_import *import, const struct form *form)
{
	struct xlsform_report *report = import->report;
	for (size_t i = 0; i < form->n_questions; i++) {
		bool is_container = form->question[i]->type == Q_GROUP || form->question[i]->type == Q_REPEAT;
		report->n_groups += is_container;
		report->n_questions += !is_container;
	}
	report->n_lists = import->choices.n + import->external.n;
	report->n_languages = import->n_languages;
	for (const struct xf_list *list = import->choices.first; list; list = list->next)
		report->n_choices += list->n;
	for (const struct xf_list *list = import->external.first; list; list = list->next)
		report->n_choices += list->n;
}

static char *write_definition(struct xf_import *import)
{
	struct xf_writer writer;
	char *json = NULL;
	xf_write(import, &writer);
	if (writer.out.full)
		xf_say(import, XLSFORM_ERROR, NULL, 0, NULL, "the form is too large: its definition exceeds %u MB", JSON_MAX_BYTES >> 20);
	else if (!import->report->n_errors)
		json = arena_strndup(import->arena, writer.out.p, writer.out.len);
	buf_free(&writer.out);
	if (!json)
		return NULL;
	const struct form *form = form_load(import->arena, "form", json, strlen(json), take_problem, &writer);
	if (form)
		count(import, form);
	else if (!import->report->n_errors)
		BUG("form_load refused a definition without a reason");
	return form ? json : NULL;
}

char *xlsform_import(struct arena *arena, const struct workbook *workbook, struct xlsform_report *report)
{
	struct xf_import *import = arena_new_of(arena, struct xf_import);
	import->arena = arena;
	import->workbook = workbook;
	import->report = report;
	report->file = workbook->file;
	read_settings(import);
	xf_choices_read(import);
	xf_survey_read(import);
	xf_languages(import);
	if (import->survey.sheet && xf_table_has(&import->survey, K_TYPE)) {
		report_near_sheets(import);
		xf_check(import);
	}
	char *json = report->n_errors ? NULL : write_definition(import);
	xlsform_report_close(report);
	return json;
}
