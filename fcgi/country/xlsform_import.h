/* SPDX-License-Identifier: Apache-2.0
 *
 * What the steps of an import share: sheets read as tables with understood headings
 * (xlsform_table.c), types (xlsform_types.c), choices (xlsform_choices.c), the survey's rows
 * as a tree (xlsform_survey.c), checks over it (xlsform_check.c), and the definition written
 * from it (xlsform_write.c). Private to country/xlsform*.c. */
#ifndef COUNTRY_XLSFORM_IMPORT_H
#define COUNTRY_XLSFORM_IMPORT_H

#include <stdarg.h>

#include "base/buf.h"
#include "xlsform.h"

/* How a column's cells are read and written. */
enum xf_kind {
	XF_WORD,                /* one line: blanks collapsed, ends trimmed */
	XF_TEXT,                /* for people; may be per language */
	XF_EXPRESSION,          /* curly quotes and no-break spaces made plain */
	XF_YES_NO,              /* an expression, or one of the spellings of yes and no */
	XF_LITERAL,             /* as it stands, trimmed */
	XF_NUMBER,
	XF_PARAMETERS,          /* key=value key=value */
};

/* The columns we know. X(constant, member of the definition, kind, heading on export) */
#define XF_KEYS(X) \
	X(TYPE, "type", XF_WORD, "type") X(LIST_NAME, "list_name", XF_WORD, "list_name") X(NAME, "name", XF_WORD, "name") X(LABEL, "label", XF_TEXT, "label") \
	X(HINT, "hint", XF_TEXT, "hint") X(GUIDANCE_HINT, "guidance_hint", XF_TEXT, "guidance_hint") \
	X(REQUIRED, "required", XF_YES_NO, "required") X(REQUIRED_MESSAGE, "required_message", XF_TEXT, "required_message") \
	X(RELEVANT, "relevant", XF_EXPRESSION, "relevant") X(CONSTRAINT, "constraint", XF_EXPRESSION, "constraint") \
	X(CONSTRAINT_MESSAGE, "constraint_message", XF_TEXT, "constraint_message") \
	X(CALCULATION, "calculation", XF_EXPRESSION, "calculation") X(CHOICE_FILTER, "choice_filter", XF_EXPRESSION, "choice_filter") \
	X(DEFAULT, "default", XF_LITERAL, "default") X(APPEARANCE, "appearance", XF_WORD, "appearance") \
	X(READ_ONLY, "read_only", XF_YES_NO, "read_only") X(REPEAT_COUNT, "repeat_count", XF_EXPRESSION, "repeat_count") \
	X(PARAMETERS, "parameters", XF_PARAMETERS, "parameters") X(TRIGGER, "trigger", XF_WORD, "trigger") \
	X(IMAGE, "image", XF_TEXT, "media::image") X(BIG_IMAGE, "big_image", XF_TEXT, "media::big-image") \
	X(AUDIO, "audio", XF_TEXT, "media::audio") X(VIDEO, "video", XF_TEXT, "media::video") \
	X(DIMENSION, "dimension", XF_WORD, "dimension") X(SENSITIVITY, "sensitivity", XF_WORD, "sensitivity") \
	X(WEIGHT, "weight", XF_NUMBER, "weight") X(COLUMN, "column", XF_WORD, "column") X(WAS, "was", XF_WORD, "was") X(DISABLED, "disabled", XF_WORD, "disabled") \
	X(DESCRIPTION, "description", XF_TEXT, "description") \
	X(SCORE, "score", XF_NUMBER, "score") X(MEANING, "meaning", XF_NUMBER, "meaning") \
	X(WHEN, "when", XF_EXPRESSION, "when") X(STATEMENT, "statement", XF_WORD, "statement") \
	X(CLIENT_VIEW, "client_view", XF_WORD, "client_view") X(SEVERITY, "severity", XF_WORD, "severity") \
	X(FALLBACK, "fallback", XF_TEXT, "fallback") X(SCALE_MIN, "scale_min", XF_NUMBER, "scale_min") \
	X(NOTE, "note", XF_LITERAL, "note") X(SCALE_MAX, "scale_max", XF_NUMBER, "scale_max") X(MIN, "min", XF_NUMBER, "min") X(MAX, "max", XF_NUMBER, "max")

enum xf_key {
#define X(constant, member, kind, heading) K_##constant,
	XF_KEYS(X)
#undef X
	K_OTHER,                /* a column we do not know: kept by its heading */
};

struct xf_column {
	enum xf_key key;
	const char *language;           /* NULL without one */
	const char *heading;            /* as it stands, blanks collapsed */
	unsigned index;                 /* in the sheet */
};

/* A sheet under its headings. */
struct xf_table {
	const struct sheet *sheet;      /* NULL: there is none */
	const char *name;               /* of the sheet as it stands, else as it should be */
	size_t heading_row;
	size_t n;
	struct xf_column *column;       /* in the sheet's order */
	const struct sheet_row *first;  /* below the headings */
};

/* A cell with text, understood by its column; in the sheet's order. */
struct xf_value {
	const struct xf_column *column;
	const char *text;
	struct xf_value *next;
};

/* What the type column says. */
struct xf_type {
	enum { XF_QUESTION, XF_BEGIN, XF_END, XF_SETTING } role;
	const char *name;               /* canonical: "select_one", "group", "text"; for a setting its member */
	const char *list;               /* of a select, rank or external select; a file name or ${repeat} for those kinds */
	bool or_other;
	bool is_select;                 /* has a list on the choices sheet */
	bool is_unsupported;            /* kept, not shown */
	bool is_metadata;               /* filled by a device; not asked */
	enum { KOBO_NONE, KOBO_MATRIX, KOBO_SCORE, KOBO_RANK, KOBO_ROW } kobo; /* KoboToolbox's own, written out as groups */
	const char *constraint;         /* that the old name of the type brings along, or NULL */
};

/* A question, group or repeat. */
struct xf_row {
	size_t number;                  /* in the sheet */
	struct xf_type type;
	const char *name;
	struct xf_value *value;
	struct xf_row *parent, *first, *last, *next;
	struct xf_row *same_name;       /* chain in the table of names */
};

struct xf_choice { size_t number; const char *name; struct xf_value *value; struct xf_choice *next; };
struct xf_list {
	const char *name;
	size_t n;
	bool has_duplicates;
	const char *spaced_heading;     /* of a column with blanks in its heading that holds something here, or NULL */
	bool has_spaced_names;          /* some choice has a blank in its name */
	struct xf_choice *first, *last;
	struct xf_list *next;
	struct xf_list *same_bucket;
};

#define XF_BUCKETS 1024
struct xf_lists { struct xf_table table; size_t n; struct xf_list *first, *last, *buckets[XF_BUCKETS]; };

struct xf_import {
	struct arena *arena;
	const struct workbook *workbook;
	struct xlsform_report *report;
	struct xf_table survey, settings;
	struct xf_value *setting;
	struct xf_lists choices, external;
	struct xf_row *first, *last;    /* top level */
	struct xf_row *names[XF_BUCKETS];
	size_t n_rows;
	bool allows_duplicates;         /* of choices, by the settings */
	size_t n_languages, languages_room;
	const char **language;          /* in order of appearance */
};

/* xlsform_report.c */
void xf_say(struct xf_import *import, enum xlsform_level level, const struct xf_table *table, size_t row, const char *column,
            const char *format, ...) __attribute__((format(printf, 6, 7)));
void xlsform_report_add(struct arena *arena, struct xlsform_report *report, enum xlsform_level level, const char *sheet, size_t row,
                        const char *column, const char *format, va_list args) __attribute__((format(printf, 7, 0)));
/* Sorts by level, sheet order kept. */
void xlsform_report_close(struct xlsform_report *report);

/* xlsform_table.c */
const char *xf_key_member(enum xf_key key);
const char *xf_key_heading(enum xf_key key);
enum xf_kind xf_key_kind(enum xf_key key);
/* Finds the sheet and understands its headings, by a list of aliases for that kind of sheet. */
enum xf_headings { HEADINGS_SURVEY, HEADINGS_CHOICES, HEADINGS_PLAIN };
struct xf_table xf_table_open(struct xf_import *import, const char *name, enum xf_headings headings);
/* The cells of a row that have a heading, cleaned. */
struct xf_value *xf_row_values(struct xf_import *import, const struct xf_table *table, const struct sheet_row *row);
const struct xf_value *xf_find(const struct xf_value *values, enum xf_key key);
/* Its text, NULL when empty; of the first language for texts. */
const char *xf_text(const struct xf_value *values, enum xf_key key);
bool xf_table_has(const struct xf_table *table, enum xf_key key);
/* The heading of the first column of that key, or what it should be headed. */
const char *xf_heading(const struct xf_table *table, enum xf_key key);
/* Is there a sheet of that name? Names do not differ by capitals and blanks. */
const struct sheet *xf_sheet(const struct xf_import *import, const char *name);
/* Puts the languages of all tables into import->language: by kind of text first, so that the order survives an export. */
void xf_languages(struct xf_import *import);
/* yes, TRUE, true(), 1 … and no …; -1 when it is neither. */
int xf_yes_no(const char *text);
/* Lower case, blanks as one underscore. */
char *xf_snake(struct arena *arena, const char *text);
/* Ends trimmed (no-break spaces too), inner blanks as one space. */
char *xf_collapse(struct arena *arena, const char *text);

/* A hash of the text, below `buckets`; capitals and small letters give the same. */
size_t xf_hash(const char *text, size_t buckets);

/* xlsform_types.c */
/* False with `problem` in words when the type is not known or incomplete. */
bool xf_type_parse(struct arena *arena, const char *text, struct xf_type *type, const char **problem);

/* xlsform_choices.c */
void xf_choices_read(struct xf_import *import);
const struct xf_list *xf_list_find(const struct xf_lists *lists, const char *name);

/* xlsform_survey.c */
void xf_survey_read(struct xf_import *import);
/* Puts a row into the table of names, or takes it out. */
void xf_name_add(struct xf_import *import, struct xf_row *row);
void xf_name_remove(struct xf_import *import, struct xf_row *row);
/* The first row of that name and, by same_name, the others of its bucket. */
struct xf_row *xf_named(const struct xf_import *import, const char *name);

/* xlsform_kobo.c */
/* Writes KoboToolbox's matrices, ratings and rankings out as groups of ordinary questions. */
void xf_kobo_expand(struct xf_import *import);

/* xlsform_check.c */
void xf_check(struct xf_import *import);
/* Why a cell does nothing where it stands, in words; NULL when it does something. Such cells are kept by their heading. */
const char *xf_useless(struct xf_import *import, const struct xf_row *row, const struct xf_value *value);
/* Is a default worked out, not taken as it stands? As form_load sees it. */
bool xf_is_dynamic(const char *text);
/* Checks names of questions and expressions in the cells of a row of any sheet. */
void xf_check_values(struct xf_import *import, const struct xf_table *table, size_t number, const struct xf_value *values);
/* xlsform_sheets.c: scores, bands, needs, strengths, and sheets kept as they are */
struct xf_writer;
void xf_sheets_write(struct xf_import *import, struct xf_writer *writer);
/* xlsform_parameters.c */
void xf_check_parameters(struct xf_import *import, const struct xf_row *row);
/* Calls back for each key=value; false when the text is not of that shape. */
bool xf_parameters_each(struct arena *arena, const char *text, void (*found)(void *data, const char *key, const char *value), void *data);

/* xlsform_write.c: a writer of JSON that knows which cell each value came from */
struct xf_place { int line, column; const struct xf_table *table; size_t row; const char *heading; };
struct xf_writer {
	struct xf_import *import;
	struct buf out;
	int line, column;
	size_t n_places, room;
	struct xf_place *place;         /* in the order of the text */
};
void xf_put(struct xf_writer *writer, const char *json);
void xf_put_string(struct xf_writer *writer, const char *text);
/* `"key": `, after a comma when it is not the first. */
void xf_put_key(struct xf_writer *writer, bool *is_first, const char *key);
/* What is written next comes from that cell. */
void xf_put_place(struct xf_writer *writer, const struct xf_table *table, size_t row, const char *heading);
/* All cells of one key of a row as one member: texts by language. Nothing when there are none. */
void xf_put_member(struct xf_writer *writer, const struct xf_table *table, size_t row, const struct xf_value *values, enum xf_key key, bool *is_first);
/* The whole definition; `out` is the caller's to free. */
void xf_write(struct xf_import *import, struct xf_writer *writer);

#endif
