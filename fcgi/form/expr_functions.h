/* SPDX-License-Identifier: Apache-2.0
 *
 * The functions an expression can call, one C function each, by subject. The table with
 * their names and numbers of arguments is in expr_functions.c. */
#ifndef FORM_EXPR_FUNCTIONS_H
#define FORM_EXPR_FUNCTIONS_H

#include "expr_internal.h"

/* X(name in expressions, C name, fewest arguments, most arguments; -1 any number) */
#define TEXT_FUNCTIONS(X) \
	X("string", string, 0, 1) X("concat", concat, 0, -1) X("join", join, 1, -1) X("substr", substr, 2, 3) \
	X("substring", substring, 2, 3) X("substring-before", substring_before, 2, 2) \
	X("substring-after", substring_after, 2, 2) X("contains", contains, 2, 2) X("starts-with", starts_with, 2, 2) \
	X("ends-with", ends_with, 2, 2) X("string-length", string_length, 0, 1) \
	X("normalize-space", normalize_space, 0, 1) X("translate", translate, 3, 3) X("regex", regex, 2, 2)
#define LOGIC_FUNCTIONS(X) \
	X("if", if, 3, 3) X("coalesce", coalesce, 1, -1) X("once", once, 1, 1) X("true", true, 0, 0) X("false", false, 0, 0) \
	X("boolean", boolean, 1, 1) X("not", not, 1, 1) X("boolean-from-string", boolean_from_string, 1, 1) \
	X("checklist", checklist, 2, -1) X("weighted-checklist", weighted_checklist, 2, -1) X("depend", depend, 1, -1)
#define NUMBER_FUNCTIONS(X) \
	X("number", number, 0, 1) X("int", int, 1, 1) X("round", round, 1, 2) X("floor", floor, 1, 1) \
	X("ceiling", ceiling, 1, 1) X("abs", abs, 1, 1) X("pow", pow, 2, 2) X("sqrt", sqrt, 1, 1) X("exp", exp, 1, 1) \
	X("exp10", exp10, 1, 1) X("log", log, 1, 1) X("log10", log10, 1, 1) X("sin", sin, 1, 1) X("cos", cos, 1, 1) \
	X("tan", tan, 1, 1) X("asin", asin, 1, 1) X("acos", acos, 1, 1) X("atan", atan, 1, 1) X("atan2", atan2, 2, 2) \
	X("pi", pi, 0, 0) X("sum", sum, 1, 1) X("min", min, 0, -1) X("max", max, 0, -1) X("count", count, 1, 1) \
	X("count-non-empty", count_non_empty, 1, 1) X("random", random, 0, 0)
#define NODE_FUNCTIONS(X) \
	X("position", position, 0, 1) X("last", last, 0, 0) X("name", name, 0, 1) X("local-name", name, 0, 1) \
	X("namespace-uri", namespace_uri, 0, 1) X("lang", lang, 1, 1) X("current", current, 0, 0) \
	X("instance", instance, 1, 1) X("randomize", randomize, 1, 2) X("indexed-repeat", indexed_repeat, 3, 11) \
	X("previous", previous, 1, 1) X("pulldata", pulldata, 4, 4) X("jr:choice-name", choice_name, 2, 2) \
	X("choice-name", choice_name, 2, 2) X("jr:itext", itext, 1, 1) X("version", version, 0, 0) \
	X("property", property, 1, 1) X("uuid", uuid, 0, 1)
#define SELECT_FUNCTIONS(X) \
	X("selected", selected, 2, 2) X("is-selected", selected, 2, 2) X("selected-at", selected_at, 2, 2) \
	X("count-selected", count_selected, 1, 1)
#define DATE_FUNCTIONS(X) \
	X("today", today, 0, 0) X("now", now, 0, 0) X("date", date, 1, 1) X("date-time", date_time, 1, 1) \
	X("time", time, 1, 1) X("decimal-date-time", decimal_date_time, 1, 1) \
	X("decimal-time", decimal_time, 1, 1) X("format-date", format_date, 2, 2) X("format-date-time", format_date_time, 2, 2)
#define GEO_FUNCTIONS(X) \
	X("area", area, 1, -1) X("enclosed-area", area, 1, -1) X("distance", distance, 1, -1) X("geofence", geofence, 2, 2) X("intersects", intersects, 1, 1)
#define DIGEST_FUNCTIONS(X) \
	X("digest", digest, 2, 3) X("base64-decode", base64_decode, 1, 1)

#define X(name, c_name, min, max) struct value function_##c_name(struct eval *eval, const struct ast *call);
TEXT_FUNCTIONS(X)
LOGIC_FUNCTIONS(X)
NUMBER_FUNCTIONS(X)
NODE_FUNCTIONS(X)
SELECT_FUNCTIONS(X)
DATE_FUNCTIONS(X)
GEO_FUNCTIONS(X)
DIGEST_FUNCTIONS(X)
#undef X

enum { DIGEST_MAX = 64 };
/* Bytes of a digest by ODK's name of the algorithm; 0 when there is none. */
size_t digest_text(const char *algorithm, const char *text, unsigned char out[DIGEST_MAX]);
/* Uniform in [0, 1): repeatable when env->random_seed is set, else from the secret source. */
double draw_unit(struct eval *eval, const struct ast *call);

#endif
