/* SPDX-License-Identifier: Apache-2.0
 *
 * A sheet as a table: its headings understood in all the spellings that forms in the field
 * use (ODK, Kobo, SurveyCTO, ten years of pyxform), and its cells cleaned by what their
 * column holds. First step of an import; the exporter uses the same table of columns. */
#include "xlsform_import.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/text.h"

static const struct { const char *member; enum xf_kind kind; const char *heading; } keys[] = {
#define X(constant, member, kind, heading) { member, kind, heading },
	XF_KEYS(X)
#undef X
};

const char *xf_key_member(enum xf_key key) { return key < K_OTHER ? keys[key].member : NULL; }
const char *xf_key_heading(enum xf_key key) { return key < K_OTHER ? keys[key].heading : NULL; }
enum xf_kind xf_key_kind(enum xf_key key) { return key < K_OTHER ? keys[key].kind : XF_LITERAL; }

/* Other spellings, in lower case with underscores. */
static const struct alias { const char *heading; enum xf_key key; bool in_survey, in_choices; } aliases[] = {
	{ "type", K_TYPE, 1, 0 }, { "command", K_TYPE, 1, 0 },
	{ "name", K_NAME, 1, 1 }, { "tag", K_NAME, 1, 0 }, { "value", K_NAME, 1, 1 },
	{ "label", K_LABEL, 1, 1 }, { "caption", K_LABEL, 1, 1 },
	{ "hint", K_HINT, 1, 0 }, { "guidance_hint", K_GUIDANCE_HINT, 1, 0 },
	{ "required", K_REQUIRED, 1, 0 }, { "bind::required", K_REQUIRED, 1, 0 },
	{ "required_message", K_REQUIRED_MESSAGE, 1, 0 }, { "requiredmsg", K_REQUIRED_MESSAGE, 1, 0 },
	{ "bind::jr:requiredmsg", K_REQUIRED_MESSAGE, 1, 0 },
	{ "relevant", K_RELEVANT, 1, 0 }, { "relevance", K_RELEVANT, 1, 0 }, { "bind::relevant", K_RELEVANT, 1, 0 },
	{ "constraint", K_CONSTRAINT, 1, 0 }, { "bind::constraint", K_CONSTRAINT, 1, 0 },
	{ "constraint_message", K_CONSTRAINT_MESSAGE, 1, 0 }, { "constraining_message", K_CONSTRAINT_MESSAGE, 1, 0 },
	{ "constraintmsg", K_CONSTRAINT_MESSAGE, 1, 0 }, { "bind::jr:constraintmsg", K_CONSTRAINT_MESSAGE, 1, 0 },
	{ "calculation", K_CALCULATION, 1, 0 }, { "calculate", K_CALCULATION, 1, 0 }, { "bind::calculate", K_CALCULATION, 1, 0 },
	{ "bind::calculation", K_CALCULATION, 1, 0 }, { "choice_filter", K_CHOICE_FILTER, 1, 0 }, { "default", K_DEFAULT, 1, 0 },
	{ "appearance", K_APPEARANCE, 1, 0 }, { "control::appearance", K_APPEARANCE, 1, 0 }, { "body::appearance", K_APPEARANCE, 1, 0 },
	{ "read_only", K_READ_ONLY, 1, 0 }, { "readonly", K_READ_ONLY, 1, 0 }, { "bind::readonly", K_READ_ONLY, 1, 0 },
	{ "bind::read_only", K_READ_ONLY, 1, 0 },
	{ "repeat_count", K_REPEAT_COUNT, 1, 0 }, { "jr:count", K_REPEAT_COUNT, 1, 0 }, { "count", K_REPEAT_COUNT, 1, 0 },
	{ "control::jr:count", K_REPEAT_COUNT, 1, 0 }, { "body::jr:count", K_REPEAT_COUNT, 1, 0 },
	{ "parameters", K_PARAMETERS, 1, 0 }, { "trigger", K_TRIGGER, 1, 0 }, { "disabled", K_DISABLED, 1, 0 }, { "note", K_NOTE, 1, 0 },
	{ "image", K_IMAGE, 1, 1 }, { "media::image", K_IMAGE, 1, 1 }, { "audio", K_AUDIO, 1, 1 }, { "media::audio", K_AUDIO, 1, 1 },
	{ "video", K_VIDEO, 1, 1 }, { "media::video", K_VIDEO, 1, 1 }, { "big-image", K_BIG_IMAGE, 1, 1 },
	{ "media::big-image", K_BIG_IMAGE, 1, 1 }, { "big_image", K_BIG_IMAGE, 1, 1 },
	{ "dimension", K_DIMENSION, 1, 0 }, { "sensitivity", K_SENSITIVITY, 1, 0 }, { "weight", K_WEIGHT, 1, 0 }, { "column", K_COLUMN, 1, 0 }, { "was", K_WAS, 1, 0 },
	{ "list_name", K_LIST_NAME, 0, 1 }, { "listname", K_LIST_NAME, 0, 1 }, { "description", K_DESCRIPTION, 0, 1 },
	{ "score", K_SCORE, 0, 1 }, { "meaning", K_MEANING, 0, 1 },
};

/* Columns of XLSForm and its dialects that mean nothing here, and the machine's own: kept without a warning. */
static bool is_technical(const char *heading)
{
	static const char *const prefixes[] = { "$", "_", "kobo--", "bind::", "bind:", "body::", "body:", "control::", "control:", "instance::",
		"media::", "sms_", "compact_" };
	static const char *const names[] = { "hxl", "intent", "autoplay", "rows", "save_to", "publishable", "minimum_seconds", "query", "noapperrorstring" };
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (!strncasecmp(heading, prefixes[i], strlen(prefixes[i])))
			return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcasecmp(heading, names[i]))
			return true;
	return false;
}

/* Length of what counts as blank at p: ASCII blanks, no-break and other Unicode spaces, byte order marks. */
static size_t blank_at(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
		return 1;
	if (p[0] == 0xC2 && p[1] == 0xA0)
		return 2;
	if (p[0] == 0xE2 && p[1] == 0x80 && ((p[2] >= 0x80 && p[2] <= 0x8B) || p[2] == 0xAF))
		return 3;
	return (p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF) || (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80) ? 3 : 0;
}

char *xf_collapse(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) + 1), *to = out;
	while (*text) {
		size_t n = blank_at(text);
		if (!n) {
			*to++ = *text++;
			continue;
		}
		text += n;
		if (to > out && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > out && to[-1] == ' ')
		to--;
	*to = '\0';
	return out;
}

/* Only the ends: texts keep their lines and their French no-break spaces. */
static char *trim(struct arena *arena, const char *text)
{
	size_t n, length, end = 0;
	while ((n = blank_at(text)))
		text += n;
	for (length = 0; text[length];) {
		n = blank_at(text + length);
		length += n ? n : 1;
		if (!n)
			end = length;
	}
	return arena_strndup(arena, text, end);
}

/* What word processors do to quotes and blanks, undone. */
static char *plain_expression(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) + 1), *to = out;
	while (*text) {
		size_t n = blank_at(text);
		if (n > 1) {
			*to++ = ' ';
			text += n;
		} else if (!strncmp(text, "\xE2\x80\x98", 3) || !strncmp(text, "\xE2\x80\x99", 3)) {
			*to++ = '\'';
			text += 3;
		} else if (!strncmp(text, "\xE2\x80\x9C", 3) || !strncmp(text, "\xE2\x80\x9D", 3)) {
			*to++ = '"';
			text += 3;
		} else {
			*to++ = *text++;
		}
	}
	return trim(arena, out);
}

char *xf_snake(struct arena *arena, const char *text)
{
	char *out = xf_collapse(arena, text);
	for (char *p = out; *p; p++)
		*p = *p == ' ' ? '_' : *p >= 'A' && *p <= 'Z' ? (char)(*p | 32) : *p;
	return out;
}

size_t xf_hash(const char *text, size_t buckets)
{
	size_t h = 5381;
	for (; *text; text++)
		h = h * 33 + (*text >= 'A' && *text <= 'Z' ? *text | 32 : (unsigned char)*text);
	return h % buckets;
}

int xf_yes_no(const char *text)
{
	static const char *const yes[] = { "yes", "true", "true()", "1", "y" }, *const no[] = { "no", "false", "false()", "0", "n" };
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		if (!strcasecmp(text, yes[i]))
			return 1;
		if (!strcasecmp(text, no[i]))
			return 0;
	}
	return -1;
}

/* An expression that says just yes or no is meant as a truth value, not as the name of an element. */
static const char *truth(const char *expression)
{
	static const char *const plain[] = { "yes", "true", "no", "false" };
	for (int i = 0; i < 4; i++)
		if (!strcasecmp(expression, plain[i]))
			return i < 2 ? "true()" : "false()";
	return expression;
}

static const char *clean(struct arena *arena, enum xf_kind kind, const char *text)
{
	switch (kind) {
	case XF_WORD: case XF_NUMBER: case XF_PARAMETERS:
		return xf_collapse(arena, text);
	case XF_EXPRESSION:
		return truth(plain_expression(arena, text));
	case XF_YES_NO:
		return plain_expression(arena, text);
	default:
		return trim(arena, text);
	}
}

/* Cuts off the first token of a heading at "::" or, in old sheets, at ":". "jr:count" is one token. */
static char *cut_token(char *heading, bool single)
{
	char *cut = strstr(heading, "::");
	if (cut) {
		*cut = '\0';
		return cut + 2;
	}
	cut = single ? strchr(heading, ':') : NULL;
	if (cut && cut - heading == 2 && !strncasecmp(heading, "jr", 2))
		cut = strchr(cut + 1, ':');
	if (!cut)
		return NULL;
	*cut = '\0';
	return cut + 1;
}

static const struct alias *find_alias(const char *token, enum xf_headings headings)
{
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (!strcmp(aliases[i].heading, token) && (headings == HEADINGS_SURVEY ? aliases[i].in_survey : aliases[i].in_choices))
			return &aliases[i];
	return NULL;
}

static enum xf_key find_member(const char *token)
{
	for (int key = 0; key < K_OTHER; key++)
		if (!strcmp(keys[key].member, token))
			return (enum xf_key)key;
	return K_OTHER;
}

/* "media::image::English (en)" → K_IMAGE, "English (en)". */
static void understand(struct xf_import *import, struct xf_column *column, enum xf_headings headings)
{
	struct arena *arena = import->arena;
	char *rest = arena_strdup(arena, column->heading), *token = rest;
	rest = cut_token(token, true);
	token = xf_snake(arena, token);
	if (rest && (!strcmp(token, "bind") || !strcmp(token, "media") || !strcmp(token, "body") || !strcmp(token, "control"))) {
		char *second = rest;
		rest = cut_token(second, true);
		token = arena_printf(arena, "%s::%s", token, xf_snake(arena, second));
	}
	const struct alias *alias = headings == HEADINGS_PLAIN ? NULL : find_alias(token, headings);
	enum xf_key key = headings == HEADINGS_PLAIN ? find_member(token) : alias ? alias->key : K_OTHER;
	const char *language = rest ? xf_collapse(arena, rest) : NULL;
	if (key == K_OTHER || (language && (xf_key_kind(key) != XF_TEXT || !*language)))
		return;
	column->key = key;
	column->language = language;
}

static void add_language(struct xf_import *import, const char *language)
{
	for (size_t i = 0; i < import->n_languages; i++)
		if (!strcmp(import->language[i], language))
			return;
	if (import->n_languages == import->languages_room) {
		const char **larger = arena_array(import->arena, const char *, import->languages_room * 2 + 16);
		if (import->n_languages)
			memcpy(larger, import->language, import->n_languages * sizeof *larger);
		import->language = larger;
		import->languages_room = import->languages_room * 2 + 16;
	}
	import->language[import->n_languages++] = language;
}

static void languages_of(struct xf_import *import, const struct xf_table *table)
{
	for (int key = 0; key < K_OTHER; key++)
		for (size_t i = 0; i < table->n; i++)
			if ((int)table->column[i].key == key && table->column[i].language)
				add_language(import, table->column[i].language);
}

void xf_languages(struct xf_import *import)
{
	languages_of(import, &import->survey);
	languages_of(import, &import->choices.table);
	languages_of(import, &import->external.table);
}

/* "bind: relevant": written with a single colon and a blank, which XForm tools read as nothing or as rubbish. */
static bool is_broken_bind(const char *heading)
{
	const char *colon = strchr(heading, ':');
	return colon && colon - heading == 4 && !strncasecmp(heading, "bind", 4) && colon[1] == ' ';
}

static void check_column(struct xf_import *import, struct xf_table *table, size_t at, enum xf_headings headings)
{
	const struct xf_column *column = &table->column[at];
	if (is_broken_bind(column->heading))
		xf_say(import, XLSFORM_ERROR, table, table->heading_row, column->heading,
		       "this old way of heading a column is not understood reliably; head it \"%s\"", column->heading + 6);
	for (size_t i = 0; i < at; i++) {
		const struct xf_column *other = &table->column[i];
		bool same = column->key != K_OTHER ? other->key == column->key && text_eq(other->language, column->language)
		                                   : !strcmp(other->heading, column->heading);
		if (!same)
			continue;
		char first[8], second[8];
		column_letters(other->index, first);
		column_letters(column->index, second);
		if (!strcmp(other->heading, column->heading))
			xf_say(import, XLSFORM_ERROR, table, table->heading_row, column->heading, "two columns, %s and %s, have this heading; rename or remove one",
			       first, second);
		else
			xf_say(import, XLSFORM_ERROR, table, table->heading_row, column->heading, "columns %s (\"%s\") and %s (\"%s\") mean the same; remove one",
			       first, other->heading, second, column->heading);
		return;
	}
	if (headings == HEADINGS_SURVEY && column->key == K_OTHER && !is_technical(column->heading))
		xf_say(import, XLSFORM_WARNING, table, table->heading_row, column->heading, "no column of XLSForm has this heading; its cells are kept, but do nothing");
}

/* The rows' texts that stand under no heading, said once a column. */
static void report_headless(struct xf_import *import, const struct xf_table *table)
{
	char seen[256] = { 0 };
	for (const struct sheet_row *row = table->first; row; row = row->next) {
		for (const struct cell *cell = row->first; cell; cell = cell->next) {
			bool has_heading = cell->column >= sizeof seen || seen[cell->column];
			for (size_t i = 0; i < table->n && !has_heading; i++)
				has_heading = table->column[i].index == cell->column;
			if (has_heading)
				continue;
			char letters[8];
			seen[cell->column] = 1;
			column_letters(cell->column, letters);
			xf_say(import, XLSFORM_WARNING, table, row->number, arena_strdup(import->arena, letters), "text in a column without a heading is left out");
		}
	}
}

const struct sheet *xf_sheet(const struct xf_import *import, const char *name)
{
	for (const struct sheet *sheet = import->workbook->first; sheet; sheet = sheet->next)
		if (!strcmp(xf_snake(import->arena, sheet->name), name))
			return sheet;
	return NULL;
}

static void read_headings(struct xf_import *import, struct xf_table *table, const struct sheet_row *row, enum xf_headings headings)
{
	size_t room = 0;
	for (const struct cell *cell = row->first; cell; cell = cell->next)
		room++;
	table->column = arena_array(import->arena, struct xf_column, room);
	for (const struct cell *cell = row->first; cell; cell = cell->next) {
		struct xf_column *column = &table->column[table->n];
		*column = (struct xf_column){ .key = K_OTHER, .heading = xf_collapse(import->arena, cell->text), .index = cell->column };
		understand(import, column, headings);
		check_column(import, table, table->n++, headings);
	}
}

struct xf_table xf_table_open(struct xf_import *import, const char *name, enum xf_headings headings)
{
	struct xf_table table = { .sheet = xf_sheet(import, name), .name = name };
	if (!table.sheet)
		return table;
	table.name = table.sheet->name;
	const struct sheet_row *row = table.sheet->first;
	if (!row)
		return table;
	table.heading_row = row->number;
	table.first = row->next;
	read_headings(import, &table, row, headings);
	report_headless(import, &table);
	return table;
}

struct xf_value *xf_row_values(struct xf_import *import, const struct xf_table *table, const struct sheet_row *row)
{
	struct xf_value *first = NULL, **tail = &first;
	const struct cell *cell = row->first;
	for (size_t i = 0; i < table->n; i++) {
		const struct xf_column *column = &table->column[i];
		while (cell && cell->column < column->index)
			cell = cell->next;
		if (!cell || cell->column != column->index)
			continue;
		if (cell->kind == CELL_ERROR && column->key != K_OTHER)
			xf_say(import, XLSFORM_ERROR, table, row->number, column->heading, "the cell shows the error %s; correct its formula", cell->text);
		const char *text = clean(import->arena, xf_key_kind(column->key), cell->text);
		if (!*text)
			continue;
		struct xf_value *value = arena_new_of(import->arena, struct xf_value);
		*value = (struct xf_value){ .column = column, .text = text };
		*tail = value;
		tail = &value->next;
	}
	return first;
}

const struct xf_value *xf_find(const struct xf_value *values, enum xf_key key)
{
	while (values && values->column->key != key)
		values = values->next;
	return values;
}

const char *xf_text(const struct xf_value *values, enum xf_key key)
{
	const struct xf_value *value = xf_find(values, key);
	return value ? value->text : NULL;
}

bool xf_table_has(const struct xf_table *table, enum xf_key key)
{
	for (size_t i = 0; i < table->n; i++)
		if (table->column[i].key == key)
			return true;
	return false;
}

const char *xf_heading(const struct xf_table *table, enum xf_key key)
{
	for (size_t i = 0; i < table->n; i++)
		if (table->column[i].key == key)
			return table->column[i].heading;
	return xf_key_heading(key);
}
