/* SPDX-License-Identifier: Apache-2.0
 *
 * What an import or export has to say, gathered so that an author sees everything at once. */
#include "xlsform_import.h"

#include <string.h>

#include "base/text.h"

/* A message quotes cells, and a cell can hold a book. */
#define MAX_CHARACTERS 500

const char *xlsform_level_name(enum xlsform_level level)
{
	static const char *const name[] = { "error", "warning", "note" };
	return name[level];
}

static size_t *count_of(struct xlsform_report *report, enum xlsform_level level)
{
	return level == XLSFORM_ERROR ? &report->n_errors : level == XLSFORM_WARNING ? &report->n_warnings : &report->n_notes;
}

void xlsform_report_add(struct arena *arena, struct xlsform_report *report, enum xlsform_level level, const char *sheet, size_t row,
                        const char *column, const char *format, va_list args)
{
	if (++*count_of(report, level) > XLSFORM_MAX_SAID)
		return;
	struct xlsform_message *message = arena_new_of(arena, struct xlsform_message);
	const char *text = arena_vprintf(arena, format, args);
	if (text_length(text) > MAX_CHARACTERS)
		text = arena_printf(arena, "%s…", text_first(arena, text, MAX_CHARACTERS));
	if (column && text_length(column) > 80)
		column = arena_printf(arena, "%s…", text_first(arena, column, 80));
	*message = (struct xlsform_message){ .level = level, .sheet = sheet, .row = row, .column = column, .text = text };
	if (!report->tail)
		report->tail = &report->first;
	*report->tail = message;
	report->tail = &message->next;
}

void xf_say(struct xf_import *import, enum xlsform_level level, const struct xf_table *table, size_t row, const char *column,
            const char *format, ...)
{
	va_list args;
	va_start(args, format);
	xlsform_report_add(import->arena, import->report, level, table ? table->name : NULL, row, column, format, args);
	va_end(args);
}

/* By level; the whole file, then survey, settings, choices … (backwards by name), then rows. */
static bool goes_before(const struct xlsform_message *a, const struct xlsform_message *b)
{
	int by_sheet = strcmp(b->sheet ? b->sheet : "~", a->sheet ? a->sheet : "~");
	if (a->level != b->level)
		return a->level < b->level;
	return by_sheet < 0 || (by_sheet == 0 && a->row < b->row);
}

void xlsform_report_close(struct xlsform_report *report)
{
	struct xlsform_message *sorted = NULL;
	while (report->first) {
		struct xlsform_message *message = report->first, **at = &sorted;
		report->first = message->next;
		while (*at && !goes_before(message, *at))
			at = &(*at)->next;
		message->next = *at;
		*at = message;
	}
	report->first = sorted;
	report->tail = NULL;
}

const char *xlsform_message_line(struct arena *arena, const struct xlsform_report *report, const struct xlsform_message *message)
{
	char *line = arena_printf(arena, "%s: ", report->file);
	const char *comma = "";
	if (message->sheet) {
		line = arena_printf(arena, "%ssheet \"%s\"", line, message->sheet);
		comma = ", ";
	}
	if (message->row) {
		line = arena_printf(arena, "%s%srow %zu", line, comma, message->row);
		comma = ", ";
	}
	if (message->column) {
		line = arena_printf(arena, "%s%scolumn \"%s\"", line, comma, message->column);
		comma = ", ";
	}
	return arena_printf(arena, "%s%s%s", line, *comma ? ": " : "", message->text);
}
