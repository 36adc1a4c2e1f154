/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of a bundle that other readers understand: forms (form_load), translations
 * (words.c), shapes and names of areas (geography.c), and the text of seed.json. */
#include "bundle_load.h"

#include <string.h>

#include "base/text.h"
#include "geography.h"
#include "words.h"

/* ---- forms ---- */

static bool is_form_key(const char *key)
{
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_");
	return n > 0 && key[n] == 0 && n <= 40 && key[0] >= 'a';
}

void loader_forms(struct loader *l)
{
	struct bundle *b = l->bundle;
	size_t n;
	const struct bundle_file **files = loader_files_in(l, "forms", ".json", &n);
	b->form = arena_array(l->arena, struct form *, n + 1);
	l->form_file = arena_array(l->scratch, const struct bundle_file *, n + 1);
	for (size_t i = 0; i < n; i++) {
		const char *key = loader_stem(l, files[i]->name);
		if (!files[i]->bytes)   /* refused, and told */
			continue;
		if (!is_form_key(key)) {
			loader_file_problem(l, true, files[i]->path, 1, 1, "\"%s\" cannot be a form's key: the file's name has small letters, digits and _, and begins with a letter", key);
			continue;
		}
		l->report.file = files[i]->path;
		size_t before = l->n_errors;
		struct form *form = form_load(l->arena, key, files[i]->bytes, files[i]->length, loader_form_problem, l);
		if (!form && l->n_errors == before)
			loader_file_problem(l, true, files[i]->path, 1, 1, "cannot be read as a form");
		if (!form)
			continue;
		l->form_file[b->n_forms] = files[i];
		b->form[b->n_forms++] = form;
	}
	l->report.file = NULL;
}

/* ---- geography ---- */

static void add_unit_names(struct loader *l, const struct area *area, const struct unit *unit)
{
	struct bundle *b = l->bundle;
	if (strcmp(area->name, unit->name) != 0)
		return;
	for (size_t i = 0; i < unit->n_names; i++)
		if (bundle_language(b, unit->names[i].language) && strcmp(unit->names[i].language, "en") != 0)
			words_put(b->languages, loader_keep(l, unit->names[i].language), area->name, loader_keep(l, unit->names[i].text));
}

static void take_unit(struct loader *l, struct area *area, const struct unit *unit)
{
	if (!*area->name)
		area->name = loader_keep(l, unit->name);
	area->lon = unit->lon;
	area->lat = unit->lat;
	area->shape = loader_keep(l, unit->shape);
	area->has_shape = area->shape != NULL;
	add_unit_names(l, area, unit);
}

static void check_units(struct loader *l, const struct geography *g)
{
	struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_areas; i++) {
		const struct unit *unit = geography_unit(g, b->area[i].code);
		if (unit)
			take_unit(l, &b->area[i], unit);
		else if (*b->area[i].code)
			loader_error(l, place_of(&l->area, i, "code"), "the geography \"%s\" has no unit \"%s\"%s", g->key, b->area[i].code,
			             loader_hint_in(l, b->area[i].code, g->unit, g->n, sizeof *g->unit));
	}
}

void loader_geography(struct loader *l)
{
	struct bundle *b = l->bundle;
	struct geography *g;
	struct why why = { 0 };
	if (b->geography && geography_load(&g, l->scratch, b->geography, &why) == OK) {
		check_units(l, g);
		b->map_view_box = *g->view_box ? loader_keep(l, g->view_box) : NULL;
	} else if (b->geography) {
		const char **keys;
		size_t n = geography_keys(l->scratch, &keys);
		loader_error(l, json_get(l->offices, "geography"), "there is no geography \"%s\" in seed-data/geography%s", b->geography,
		             loader_hint(l, b->geography, keys, n));
	}
	for (size_t i = 0; i < b->n_areas; i++)
		if (!*b->area[i].name)
			loader_error(l, place_of(&l->area, i, "code"), "the area \"%s\" has no \"name\", and no geography gives it one", b->area[i].code);
}

/* ---- translations ---- */

static void po_problem(void *data, int line, int column, const char *message)
{
	loader_form_problem(data, line, column, "%s", message);
}

void loader_words(struct loader *l)
{
	struct bundle *b = l->bundle;
	b->languages = words_new(l->arena);
	for (size_t i = 0; i < l->n_layers; i++)
		for (size_t j = 0; j < l->layer[i].n; j++) {
			const struct bundle_file *file = &l->layer[i].file[j];
			if (strncmp(file->name, "languages/", 10) != 0 || !file->bytes)
				continue;
			const char *code = loader_stem(l, file->name);
			if (!bundle_language(b, code)) {
				if (i == 0)
					loader_file_problem(l, false, file->path, 1, 1, "has no effect: the bundle has no language \"%s\"%s", code,
					                    loader_hint_in(l, code, b->language, b->n_languages, sizeof *b->language));
				continue;
			}
			l->report.file = file->path;
			words_add(b->languages, code, file->bytes, file->length, po_problem, l);
		}
	for (size_t i = 0; b->words && b->words[i]; i += 2)
		words_replace(b->languages, b->words[i], b->words[i + 1]);
	l->report.file = NULL;
}
