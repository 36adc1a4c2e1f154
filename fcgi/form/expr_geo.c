/* SPDX-License-Identifier: Apache-2.0
 *
 * area(), distance(), geofence() and intersects() over geopoints ("latitude longitude altitude
 * accuracy"), given as nodes or as one trace or shape with semicolons. Formulas and
 * radius are ODK's: a sphere of the Earth's equatorial radius, results in centimetres. */
#include "expr_functions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double radius = 6378100;

struct point { double latitude, longitude; };
struct points { struct point *item; size_t n; bool is_broken; };

/* One number of a geopoint, ended by white space, ';' or the end. */
static bool read_part(const char **at, double *out)
{
	char copy[40];
	*at += strspn(*at, " \t\r\n");
	size_t n = strcspn(*at, " \t\r\n;");
	if (n == 0 || n >= sizeof copy)
		return false;
	memcpy(copy, *at, n);
	copy[n] = '\0';
	*at += n;
	*out = number_of_text(copy, NULL);
	return !isnan(*out);
}

/* One geopoint up to ';' or the end. */
static bool read_point(const char **at, struct point *point)
{
	double rest;
	if (!read_part(at, &point->latitude) || !read_part(at, &point->longitude))
		return false;
	for (int i = 0; i < 2; i++) {
		*at += strspn(*at, " \t\r\n");
		if (**at && **at != ';' && (!read_part(at, &rest) || (i == 1 && rest < 0)))
			return false;
	}
	*at += strspn(*at, " \t\r\n");
	return (**at == '\0' || **at == ';') && fabs(point->latitude) <= 90 && fabs(point->longitude) <= 180;
}

static void read_points(struct eval *eval, const char *text, struct points *points)
{
	size_t n = 1;
	for (const char *p = text; *p; p++)
		n += *p == ';';
	struct point *bigger = eval_alloc(eval, (points->n + n) * sizeof *bigger);
	if (!bigger)
		return;
	if (points->n)
		memcpy(bigger, points->item, points->n * sizeof *bigger);
	points->item = bigger;
	while (!points->is_broken) {
		points->is_broken = !read_point(&text, &points->item[points->n]);
		points->n += !points->is_broken;
		if (*text != ';')
			break;
		text++;
		/* a shape may end with a semicolon */
		if (!text[strspn(text, " \t\r\n")])
			break;
	}
}

static struct points points_of_value(struct eval *eval, const struct value *value, struct points points)
{
	if (value->kind != VALUE_NODES) {
		read_points(eval, eval_string(eval, value), &points);
		return points;
	}
	for (size_t i = 0; i < value->n; i++) {
		const char *text = eval_node_string(eval, value->nodes[i]);
		/* a round of the repeat that has no point yet is left out; one question without an answer is NaN */
		if (text[0] || value->n == 1)
			read_points(eval, text, &points);
	}
	return points;
}

static struct points points_of_call(struct eval *eval, const struct ast *call)
{
	struct points points = { 0 };
	for (size_t i = 0; i < call->n && !eval->is_failed; i++) {
		struct value value = arg_value(eval, call, i);
		points = points_of_value(eval, &value, points);
	}
	return points;
}

static double radians(double degrees)
{
	return degrees * M_PI / 180;
}

static double to_centimetres(double metres)
{
	return fabs(round(metres * 100)) / 100;
}

struct value function_area(struct eval *eval, const struct ast *call)
{
	struct points points = points_of_call(eval, call);
	double area = 0;
	if (points.is_broken)
		return value_of_number(NAN);
	for (size_t i = 0; points.n > 2 && i < points.n; i++) {
		const struct point *a = &points.item[i], *b = &points.item[(i + 1) % points.n];
		area += radians(b->longitude - a->longitude) * (2 + sin(radians(a->latitude)) + sin(radians(b->latitude)));
	}
	return value_of_number(to_centimetres(area * radius * radius / 2));
}

/* Haversine: the same as the law of cosines, and exact for points close together. */
static double between(const struct point *a, const struct point *b)
{
	double half_latitude = sin(radians(b->latitude - a->latitude) / 2);
	double half_longitude = sin(radians(b->longitude - a->longitude) / 2);
	double chord = half_latitude * half_latitude +
	               cos(radians(a->latitude)) * cos(radians(b->latitude)) * half_longitude * half_longitude;
	return 2 * radius * asin(sqrt(chord > 1 ? 1 : chord));
}

struct value function_distance(struct eval *eval, const struct ast *call)
{
	struct points points = points_of_call(eval, call);
	double distance = 0;
	if (points.is_broken)
		return value_of_number(NAN);
	for (size_t i = 1; i < points.n; i++)
		distance += between(&points.item[i - 1], &points.item[i]);
	return value_of_number(to_centimetres(distance));
}

static bool is_inside(const struct point *point, const struct points *shape)
{
	bool is_odd = false;
	for (size_t i = 0, k = shape->n - 1; i < shape->n; k = i++) {
		const struct point *a = &shape->item[i], *b = &shape->item[k];
		if ((a->longitude > point->longitude) == (b->longitude > point->longitude))
			continue;
		double crossing = (b->latitude - a->latitude) * (point->longitude - a->longitude) / (b->longitude - a->longitude) + a->latitude;
		is_odd ^= point->latitude < crossing;
	}
	return is_odd;
}

/* geofence(point, shape): is the point inside? */
struct value function_geofence(struct eval *eval, const struct ast *call)
{
	struct value point_value = arg_value(eval, call, 0), shape_value = arg_value(eval, call, 1);
	struct points point = points_of_value(eval, &point_value, (struct points){ 0 });
	struct points shape = points_of_value(eval, &shape_value, (struct points){ 0 });
	if (point.is_broken || shape.is_broken || point.n != 1 || shape.n < 3)
		return value_of_boolean(false);
	return value_of_boolean(is_inside(&point.item[0], &shape));
}

/* Which side of the line a–b the point c lies on: positive left, negative right, 0 on it. */
static double side_of(const struct point *a, const struct point *b, const struct point *c)
{
	return (b->longitude - a->longitude) * (c->latitude - a->latitude) - (b->latitude - a->latitude) * (c->longitude - a->longitude);
}

static bool is_between(const struct point *a, const struct point *b, const struct point *c)
{
	return fmin(a->longitude, b->longitude) <= c->longitude && c->longitude <= fmax(a->longitude, b->longitude) &&
	       fmin(a->latitude, b->latitude) <= c->latitude && c->latitude <= fmax(a->latitude, b->latitude);
}

static bool do_cross(const struct point *a, const struct point *b, const struct point *c, const struct point *d)
{
	double c_side = side_of(a, b, c), d_side = side_of(a, b, d), a_side = side_of(c, d, a), b_side = side_of(c, d, b);
	if (((c_side > 0) != (d_side > 0)) && ((a_side > 0) != (b_side > 0)) && c_side != 0 && d_side != 0 && a_side != 0 && b_side != 0)
		return true;
	return (c_side == 0 && is_between(a, b, c)) || (d_side == 0 && is_between(a, b, d)) ||
	       (a_side == 0 && is_between(c, d, a)) || (b_side == 0 && is_between(c, d, b));
}

/* intersects(trace or shape): does the line cross or touch itself, its corners aside? */
struct value function_intersects(struct eval *eval, const struct ast *call)
{
	struct points points = points_of_call(eval, call);
	const struct point *p = points.item;
	if (points.is_broken || points.n < 4)
		return value_of_boolean(false);
	bool is_closed = p[0].latitude == p[points.n - 1].latitude && p[0].longitude == p[points.n - 1].longitude;
	for (size_t i = 0; i + 3 < points.n; i++)
		for (size_t k = i + 2; k + 1 < points.n && eval_spend(eval, 1); k++) {
			bool meet_at_corner = is_closed && i == 0 && k + 2 == points.n;
			if (!meet_at_corner && do_cross(&p[i], &p[i + 1], &p[k], &p[k + 1]))
				return value_of_boolean(true);
		}
	return value_of_boolean(false);
}
