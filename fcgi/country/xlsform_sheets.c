/* SPDX-License-Identifier: Apache-2.0
 *
 * The sheets besides survey, choices and settings: what case management adds to XLSForm
 * (scores with their bands, needs, strengths), sheets of XLSForm that are kept as they are
 * (entities, osm), and the rest, which is named and left out. */
#include "xlsform_import.h"

#include <string.h>

#include "base/text.h"

static const enum xf_key score_keys[] = { K_NAME, K_LABEL, K_DIMENSION, K_CALCULATION, K_NOTE, K_OTHER };
static const enum xf_key band_keys[] = { K_NAME, K_LABEL, K_MIN, K_MAX, K_MEANING, K_NOTE, K_OTHER };
static const enum xf_key need_keys[] = { K_DIMENSION, K_WHEN, K_STATEMENT, K_CLIENT_VIEW, K_SEVERITY, K_FALLBACK, K_SENSITIVITY, K_NOTE, K_OTHER };

static void put_keys(struct xf_writer *w, const struct xf_table *table, size_t row, const struct xf_value *values, const enum xf_key *keys, bool *is_first)
{
	for (; *keys != K_OTHER; keys++)
		xf_put_member(w, table, row, values, *keys, is_first);
}

static void refuse_unknown(struct xf_import *import, const struct xf_table *table, const enum xf_key *keys, enum xf_key more, enum xf_key most)
{
	for (size_t i = 0; i < table->n; i++) {
		bool is_known = table->column[i].key == more || table->column[i].key == most;
		for (const enum xf_key *key = keys; *key != K_OTHER; key++)
			is_known |= table->column[i].key == *key;
		if (!is_known || table->column[i].key == K_OTHER)
			xf_say(import, XLSFORM_ERROR, table, table->heading_row, table->column[i].heading, "the sheet \"%s\" has no such column", table->name);
	}
}

/* Opens one of our sheets; NULL rows when it is not there. Unknown columns are refused: they are our own, a misspelling would be lost. */
static struct xf_table *open_own(struct xf_import *import, const char *name, const enum xf_key *keys, enum xf_key more, enum xf_key most)
{
	struct xf_table *table = arena_new_of(import->arena, struct xf_table);
	*table = xf_table_open(import, name, HEADINGS_PLAIN);
	refuse_unknown(import, table, keys, more, most);
	for (const struct sheet_row *row = table->first; row; row = row->next)
		xf_check_values(import, table, row->number, xf_row_values(import, table, row));
	return table;
}

/* The bands of a score: rows of the sheet "bands" that name it. */
static void put_bands(struct xf_writer *w, const struct xf_table *bands, const char *score)
{
	bool is_first_band = true;
	for (const struct sheet_row *row = bands->first; row; row = row->next) {
		struct xf_value *values = xf_row_values(w->import, bands, row);
		bool is_first = true;
		if (!score || !text_eq(xf_text(values, K_SCORE), score))
			continue;
		xf_put(w, is_first_band ? ", \"bands\": [\n\t\t\t{" : ",\n\t\t\t{");
		is_first_band = false;
		xf_put_place(w, bands, row->number, NULL);
		put_keys(w, bands, row->number, values, band_keys, &is_first);
		xf_put(w, "}");
	}
	if (!is_first_band)
		xf_put(w, "\n\t\t]");
}

static void put_scale(struct xf_writer *w, const struct xf_table *table, size_t row, const struct xf_value *values, bool *is_first)
{
	const char *low = xf_text(values, K_SCALE_MIN), *high = xf_text(values, K_SCALE_MAX);
	double a, b;
	if (!low && !high)
		return;
	if (!low || !high || !text_to_double(low, &a) || !text_to_double(high, &b)) {
		xf_say(w->import, XLSFORM_ERROR, table, row, "scale_min", "scale_min and scale_max are two numbers, both there or neither");
		return;
	}
	xf_put_key(w, is_first, "scale");
	xf_put_place(w, table, row, "scale_min");
	xf_put(w, arena_printf(w->import->arena, "[%.15g, %.15g]", a, b));
}

static void check_bands(struct xf_import *import, const struct xf_table *scores, const struct xf_table *bands)
{
	for (const struct sheet_row *row = bands->first; row; row = row->next) {
		const char *name = xf_text(xf_row_values(import, bands, row), K_SCORE);
		bool found = false;
		for (const struct sheet_row *score = scores->first; score && !found; score = score->next)
			found = name && text_eq(xf_text(xf_row_values(import, scores, score), K_NAME), name);
		if (!found)
			xf_say(import, XLSFORM_ERROR, bands, row->number, "score", name ? "the sheet \"scores\" has no score \"%s\"" : "the band names no score", name);
	}
}

static void put_scores(struct xf_import *import, struct xf_writer *w)
{
	const struct xf_table *scores = open_own(import, "scores", score_keys, K_SCALE_MIN, K_SCALE_MAX), *bands = open_own(import, "bands", band_keys, K_SCORE, K_SCORE);
	check_bands(import, scores, bands);
	if (!scores->first)
		return;
	xf_put(w, ",\n\t\"scores\": [");
	for (const struct sheet_row *row = scores->first; row; row = row->next) {
		struct xf_value *values = xf_row_values(import, scores, row);
		bool is_first = true;
		xf_put(w, "\n\t\t{");
		xf_put_place(w, scores, row->number, NULL);
		put_keys(w, scores, row->number, values, score_keys, &is_first);
		put_scale(w, scores, row->number, values, &is_first);
		put_bands(w, bands, xf_text(values, K_NAME));
		xf_put(w, row->next ? "}," : "}");
	}
	xf_put(w, "\n\t]");
}

static void put_needs(struct xf_import *import, struct xf_writer *w, const char *name)
{
	const struct xf_table *table = open_own(import, name, need_keys, K_OTHER, K_OTHER);
	if (!table->first)
		return;
	xf_put(w, arena_printf(import->arena, ",\n\t\"%s\": [", name));
	for (const struct sheet_row *row = table->first; row; row = row->next) {
		bool is_first = true;
		xf_put(w, "\n\t\t{");
		xf_put_place(w, table, row->number, NULL);
		put_keys(w, table, row->number, xf_row_values(import, table, row), need_keys, &is_first);
		xf_put(w, row->next ? "}," : "}");
	}
	xf_put(w, "\n\t]");
}

/* A sheet as it is: its rows as lists of texts. */
static void put_raw(struct xf_writer *w, const struct sheet *sheet)
{
	xf_put(w, "[");
	for (const struct sheet_row *row = sheet->first; row; row = row->next) {
		unsigned column = 0;
		xf_put(w, "\n\t\t\t[");
		for (const struct cell *cell = row->first; cell; cell = cell->next, column++) {
			for (; column < cell->column; column++)
				xf_put(w, column ? ", \"\"" : "\"\"");
			xf_put(w, column ? ", " : "");
			xf_put_string(w, cell->text);
		}
		xf_put(w, row->next ? "]," : "]");
	}
	xf_put(w, "\n\t\t]");
}

static bool is_in(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(name, *names))
			return true;
	return false;
}

void xf_sheets_write(struct xf_import *import, struct xf_writer *w)
{
	static const char *const understood[] = { "survey", "choices", "settings", "external_choices", "scores", "bands", "needs", "strengths", NULL };
	static const char *const kept[] = { "entities", "osm", NULL };
	bool is_first = true;
	put_scores(import, w);
	put_needs(import, w, "needs");
	put_needs(import, w, "strengths");
	for (const struct sheet *sheet = import->workbook->first; sheet; sheet = sheet->next) {
		const char *name = xf_snake(import->arena, sheet->name);
		struct xf_table table = { .name = sheet->name };
		if (!sheet->first || is_in(name, understood))
			continue;
		if (!is_in(name, kept)) {
			xf_say(import, *name == '_' ? XLSFORM_NOTE : XLSFORM_WARNING, &table, 0, NULL, "the sheet is no part of the form and is left out");
			continue;
		}
		xf_put(w, is_first ? ",\n\t\"sheets\": {\n\t\t" : ",\n\t\t");
		is_first = false;
		xf_put_string(w, name);
		xf_put(w, ": ");
		put_raw(w, sheet);
		xf_say(import, XLSFORM_WARNING, &table, 0, NULL, "the sheet is kept, but this system does nothing with it");
	}
	if (!is_first)
		xf_put(w, "\n\t}");
}
