/* SPDX-License-Identifier: Apache-2.0
 *
 * TopoJSON to SVG: borders (arcs) are projected once, simplified once by Douglas and
 * Peucker, and shared by both neighbours, so that no gap opens between them. The
 * tolerance grows until the country fits in PATHS_MAX bytes: pages carry these shapes. */
#include "geography_shape.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

#define PATHS_MAX 6000
#define BOX 1000.0
#define LARGE 0.02              /* of the country's longer side: a border or coast that the picture is fitted to */
#define FAR 0.2                 /* of it: small islands further off than this are left out, or all else would be tiny */

struct point { double x, y; };
struct arc { size_t n; struct point *point; size_t n_kept; struct point *kept; bool is_far; };
struct box { struct point least, most; };

struct drawing {
	struct arena *arena;
	size_t n;
	struct arc *arc;
	struct point least, most;       /* bounds, projected and not yet scaled */
};

static double item_number(const struct json *list, size_t i)
{
	for (json_each(item, list))
		if (i-- == 0)
			return item->number;
	return 0;
}

/* Arcs are differences of quantised positions; longitude shrinks with the cosine of the latitude. */
static void read_arc(struct drawing *d, const struct json *json, const struct json *scale, const struct json *translate, struct arc *arc)
{
	double x = 0, y = 0;
	arc->point = arena_array(d->arena, struct point, json->n + 1);
	for (json_each(position, json)) {
		x += item_number(position, 0);
		y += item_number(position, 1);
		arc->point[arc->n++] = (struct point){
			x * item_number(scale, 0) + item_number(translate, 0), y * item_number(scale, 1) + item_number(translate, 1),
		};
	}
}

static void read_arcs(struct drawing *d, const struct json *topology)
{
	const struct json *arcs = json_get(topology, "arcs"), *transform = json_get(topology, "transform");
	d->arc = arena_array(d->arena, struct arc, arcs ? arcs->n + 1 : 1);
	for (json_each(arc, arcs))
		read_arc(d, arc, json_get(transform, "scale"), json_get(transform, "translate"), &d->arc[d->n++]);
}

/* Calls `each` for every ring of a geometry: a list of arc numbers. */
static void each_ring(const struct json *geometry, void (*each)(void *data, const struct json *ring), void *data)
{
	const struct json *arcs = json_get(geometry, "arcs"), *type = json_get(geometry, "type");
	if (!type || !arcs)
		return;
	if (!strcmp(type->string, "Polygon")) {
		for (json_each(ring, arcs))
			each(data, ring);
	} else if (!strcmp(type->string, "MultiPolygon")) {
		for (json_each(polygon, arcs))
			for (json_each(ring, polygon))
				each(data, ring);
	}
}

/* Number of an arc as TopoJSON writes it: ~n is arc n backwards. */
static struct arc *arc_of(struct drawing *d, const struct json *number, bool *is_reversed)
{
	int64_t i = number->integer;
	*is_reversed = i < 0;
	i = i < 0 ? -(i + 1) : i;
	return i >= 0 && (size_t)i < d->n ? &d->arc[i] : NULL;
}

static const struct box nowhere = { { 1e9, 1e9 }, { -1e9, -1e9 } };

static void box_add(struct box *box, struct point p)
{
	box->least.x = fmin(box->least.x, p.x);
	box->least.y = fmin(box->least.y, p.y);
	box->most.x = fmax(box->most.x, p.x);
	box->most.y = fmax(box->most.y, p.y);
}

static struct box box_of(const struct arc *arc)
{
	struct box box = nowhere;
	for (size_t i = 0; i < arc->n; i++)
		box_add(&box, arc->point[i]);
	return box;
}

static double longer_side(const struct box *box)
{
	return fmax(box->most.x - box->least.x, box->most.y - box->least.y);
}

/* Islands far out in the ocean: small, and well outside of what the large arcs span. */
static void mark_far(struct drawing *d)
{
	struct box all = nowhere, land = nowhere;
	for (size_t i = 0; i < d->n; i++)
		for (size_t j = 0; j < d->arc[i].n; j++)
			box_add(&all, d->arc[i].point[j]);
	double large = longer_side(&all) * LARGE;
	for (size_t i = 0; i < d->n; i++) {
		struct box box = box_of(&d->arc[i]);
		if (d->arc[i].n && longer_side(&box) >= large) {
			box_add(&land, box.least);
			box_add(&land, box.most);
		}
	}
	double margin = longer_side(&land) * FAR;
	for (size_t i = 0; i < d->n; i++) {
		struct box box = box_of(&d->arc[i]);
		d->arc[i].is_far = box.least.x > land.most.x + margin || box.most.x < land.least.x - margin ||
		                   box.least.y > land.most.y + margin || box.most.y < land.least.y - margin;
	}
}

static void widen(void *data, const struct json *ring)
{
	struct drawing *d = data;
	bool is_reversed;
	for (json_each(number, ring)) {
		struct arc *arc = arc_of(d, number, &is_reversed);
		struct box box = arc && arc->n && !arc->is_far ? box_of(arc) : nowhere;
		d->least = (struct point){ fmin(d->least.x, box.least.x), fmin(d->least.y, box.least.y) };
		d->most = (struct point){ fmax(d->most.x, box.most.x), fmax(d->most.y, box.most.y) };
	}
}

/* From degrees to the box, north up. Returns the box's width and height. */
static struct point project(struct drawing *d)
{
	double squeeze = cos((d->least.y + d->most.y) / 2 * M_PI / 180);
	double width = (d->most.x - d->least.x) * squeeze, height = d->most.y - d->least.y;
	double scale = BOX / fmax(fmax(width, height), 1e-9);
	for (size_t i = 0; i < d->n; i++)
		for (size_t j = 0; j < d->arc[i].n; j++) {
			struct point *p = &d->arc[i].point[j];
			p->x = (p->x - d->least.x) * squeeze * scale;
			p->y = (d->most.y - p->y) * scale;
		}
	return (struct point){ width * scale, height * scale };
}

static double distance_to_line(struct point p, struct point a, struct point b)
{
	double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy);
	if (length < 1e-9)
		return hypot(p.x - a.x, p.y - a.y);
	return fabs(dy * (p.x - a.x) - dx * (p.y - a.y)) / length;
}

/* Marks which points between two kept ones stay; the stack is as long as the arc. */
static void mark_kept(const struct arc *arc, double tolerance, bool *is_kept, size_t (*stack)[2])
{
	size_t depth = 0;
	stack[depth][0] = 0;
	stack[depth++][1] = arc->n - 1;
	while (depth > 0) {
		size_t from = stack[--depth][0], to = stack[depth][1], far = 0;
		double most = tolerance;
		for (size_t i = from + 1; i < to; i++) {
			double distance = distance_to_line(arc->point[i], arc->point[from], arc->point[to]);
			if (distance > most) {
				most = distance;
				far = i;
			}
		}
		if (!far)
			continue;
		is_kept[far] = true;
		stack[depth][0] = from;
		stack[depth++][1] = far;
		stack[depth][0] = far;
		stack[depth++][1] = to;
	}
}

static void simplify(struct drawing *d, double tolerance)
{
	for (size_t i = 0; i < d->n; i++) {
		struct arc *arc = &d->arc[i];
		if (arc->n < 2)
			continue;
		bool *is_kept = arena_array(d->arena, bool, arc->n);
		is_kept[0] = is_kept[arc->n - 1] = true;
		mark_kept(arc, tolerance, is_kept, arena_calloc(d->arena, arc->n + 2, sizeof(size_t[2])));
		if (!arc->kept)
			arc->kept = arena_array(d->arena, struct point, arc->n);
		arc->n_kept = 0;
		for (size_t j = 0; j < arc->n; j++)
			if (is_kept[j])
				arc->kept[arc->n_kept++] = (struct point){ round(arc->point[j].x), round(arc->point[j].y) };
	}
}

struct pen { struct drawing *drawing; struct buf *out; };

static void put_step(struct buf *out, int x, int y, bool is_first)
{
	buf_printf(out, "%s%d%s%d", x < 0 || is_first ? "" : " ", x, y < 0 ? "" : " ", y);
}

/* One closed ring in whole steps: "M310 749l2-14 0-4z". Rings of less than three points leave nothing. */
static void draw_ring(void *data, const struct json *ring)
{
	struct pen *pen = data;
	size_t before = pen->out->len, steps = 0;
	struct point at = { 0 };
	bool is_reversed, has_start = false;
	for (json_each(number, ring)) {
		struct arc *arc = arc_of(pen->drawing, number, &is_reversed);
		for (size_t i = 0; arc && !arc->is_far && i < arc->n_kept; i++) {
			struct point p = arc->kept[is_reversed ? arc->n_kept - 1 - i : i];
			int dx = (int)(p.x - at.x), dy = (int)(p.y - at.y);
			if (!has_start) {
				buf_printf(pen->out, "M%d %dl", (int)p.x, (int)p.y);
				has_start = true;
			} else if (dx || dy) {
				put_step(pen->out, dx, dy, steps++ == 0);
			}
			at = p;
		}
	}
	if (steps >= 3) {
		buf_char(pen->out, 'z');
		return;
	}
	pen->out->len = before;
	pen->out->p[before] = 0;
}

static struct unit *unit_of(struct geography *g, const struct json *geometry)
{
	const struct json *code = json_get(json_get(geometry, "properties"), "code");
	return code && code->kind == JSON_STRING ? (struct unit *)geography_unit(g, code->string) : NULL;
}

static const struct json *geometries_of(const struct json *topology)
{
	const struct json *objects = json_get(topology, "objects");
	return objects && objects->first ? json_get(objects->first, "geometries") : NULL;
}

/* All paths at the arcs' present simplification; returns their bytes. */
static size_t draw_all(struct drawing *d, struct geography *g, const struct json *geometries)
{
	size_t bytes = 0;
	struct buf out;
	buf_init(&out, 1u << 20);
	for (json_each(geometry, geometries)) {
		struct pen pen = { d, &out };
		struct unit *unit = unit_of(g, geometry);
		if (!unit)
			continue;
		buf_clear(&out);
		each_ring(geometry, draw_ring, &pen);
		unit->shape = out.len ? arena_strndup(d->arena, out.p, out.len) : NULL;
		bytes += out.len;
	}
	buf_free(&out);
	return bytes;
}

void geography_draw(struct geography *geography, const struct json *topology, struct arena *arena)
{
	struct drawing d = { .arena = arena, .least = { 1e9, 1e9 }, .most = { -1e9, -1e9 } };
	const struct json *geometries = geometries_of(topology);
	read_arcs(&d, topology);
	mark_far(&d);
	for (json_each(geometry, geometries))
		if (unit_of(geography, geometry))
			each_ring(geometry, widen, &d);
	if (d.most.x < d.least.x)
		return;
	struct point size = project(&d);
	for (double tolerance = 0.7; tolerance < 100; tolerance *= 1.3) {
		simplify(&d, tolerance);
		if (draw_all(&d, geography, geometries) <= PATHS_MAX)
			break;
	}
	snprintf(geography->view_box, sizeof geography->view_box, "0 0 %.0f %.0f", ceil(size.x), ceil(size.y));
}
