/* SPDX-License-Identifier: Apache-2.0
 *
 * Shapes of units from TopoJSON to SVG paths. Only geography.c uses it. */
#ifndef COUNTRY_GEOGRAPHY_SHAPE_H
#define COUNTRY_GEOGRAPHY_SHAPE_H

#include "form/json.h"
#include "geography.h"

/* Fills the units' shapes and the view box; leaves them empty when the topology has none for them. */
void geography_draw(struct geography *geography, const struct json *topology, struct arena *arena);

#endif
