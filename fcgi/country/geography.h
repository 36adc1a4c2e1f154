/* SPDX-License-Identifier: Apache-2.0
 *
 * A country's administrative units, shapes and places, from seed-data/geography. The
 * bundle loader gives areas their names and shapes from here; the seed generator takes
 * localities and their population. Where the data come from: seed-data/geography/README.md. */
#ifndef COUNTRY_GEOGRAPHY_H
#define COUNTRY_GEOGRAPHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct unit_name { const char *language, *text; };

struct unit {
	const char *code;               /* ISO 3166-2 */
	const char *parent, *level;
	const char *name;               /* English */
	size_t n_names;
	struct unit_name *names;        /* in the languages known */
	double lon, lat;                /* centroid */
	const char *shape;              /* SVG path data in the view box, or NULL */
};

struct geography {
	const char *key;                /* "am" */
	size_t n;
	struct unit *unit;
	char view_box[32];              /* "0 0 1000 874"; "" without shapes */
};

struct place {
	const char *name;               /* in Latin letters */
	const char *area;               /* unit code */
	int64_t population;
	double lon, lat;
};

/* Units with their shapes. The paths of a country together take at most 6 KB: neighbours share a
 * simplified border. ERR_NOT_FOUND when there is no such country. */
enum err geography_load(struct geography **geography, struct arena *arena, const char *key, struct why *why);
const struct unit *geography_unit(const struct geography *geography, const char *code);
/* Towns and villages, largest first. */
enum err geography_places(struct place **places, size_t *n, struct arena *arena, const char *key, struct why *why);
/* Keys of the countries there are: "am", "cl" …; sorted. */
size_t geography_keys(struct arena *arena, const char ***keys);

#endif
