/* SPDX-License-Identifier: Apache-2.0
 *
 * XLSForm (https://xlsform.org) in and out: a workbook with the sheets survey, choices and
 * settings becomes the JSON definition that form_load reads, and a definition becomes such
 * a workbook again. Nothing is half-imported: with one error there is no definition. What
 * this system cannot show is kept in the definition and said in the report; what it does
 * not know is refused by name.
 *
 * Besides form_load's own members a definition from a spreadsheet carries, so that export
 * loses nothing: "columns" of a question (columns we do not know, by heading), "audio",
 * "video" and "big_image" beside "image", "trigger", "settings" (the rest of that sheet),
 * "external_choices", and "sheets" (entities, osm: rows as they are). Texts with a language
 * are {"English (en)": "…"}; a label without one beside others has the language "". */
#ifndef COUNTRY_XLSFORM_H
#define COUNTRY_XLSFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "country/spreadsheet.h"
#include "form/form.h"

enum xlsform_level {
	XLSFORM_ERROR,          /* the form is refused */
	XLSFORM_WARNING,        /* something is left out, kept but not shown, or likely a mistake */
	XLSFORM_NOTE,           /* understood otherwise than it was written */
};

struct xlsform_message {
	enum xlsform_level level;
	const char *sheet;              /* NULL: the whole file */
	size_t row;                     /* as the spreadsheet shows it; 0: the whole sheet */
	const char *column;             /* its heading, or letter without one; NULL: the whole row */
	const char *text;
	struct xlsform_message *next;
};

/* Messages of one level beyond this many are counted, not kept. */
#define XLSFORM_MAX_SAID 200

/* What an import found, errors first, each group in the order of the sheets' rows. */
struct xlsform_report {
	const char *file;
	size_t n_errors, n_warnings, n_notes;
	struct xlsform_message *first, **tail;
	/* filled by an import without errors */
	size_t n_questions, n_groups, n_lists, n_choices, n_languages;
};

/* The definition as JSON text in the arena; NULL when there is an error. */
char *xlsform_import(struct arena *arena, const struct workbook *workbook, struct xlsform_report *report);

/* Writes a definition to an .xlsx file, over an older one only when all went well. ERR_INVALID with
 * every problem told by line and column when it is no definition, or one that no spreadsheet can hold. */
enum err xlsform_export(struct arena *arena, const char *json, size_t length, const char *path,
                        form_problem_fn *problem, void *data, struct why *why);

/* `FILE: sheet "survey", row 12, column "type": …`, in the arena. */
const char *xlsform_message_line(struct arena *arena, const struct xlsform_report *report, const struct xlsform_message *message);
/* "error", "warning", "note". */
const char *xlsform_level_name(enum xlsform_level level);

#endif
