/* SPDX-License-Identifier: Apache-2.0
 *
 * Shapes: tables that say which members an object of a bundle has, of what kind, and
 * what each is for. One table serves three readers: the loader fills structs by it
 * (country/bundle_members.c), `compass check` names what does not fit, and
 * `compass schema` prints it as a JSON Schema for editors (country/schema.c). So what
 * is published cannot differ from what is read. */
#ifndef FORM_SHAPE_H
#define FORM_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

enum member_kind {
	M_TEXT,         /* const char *, "" when missing */
	M_KEY,          /* const char *, [a-z][a-z0-9_]*, NULL when missing */
	M_REF,          /* const char *, NULL when missing */
	M_ONE_OF,       /* const char *, one of `choices`; NULL when missing */
	M_INDEX,        /* int: position among `choices`, counted from `first`; left alone when missing */
	M_BITS,         /* uint64_t: a list of `choices`, a bit each, the first is bit `first` */
	M_INT,          /* int between min and max */
	M_NUMBER,       /* double between min and max */
	M_BOOL,
	M_TEXTS,        /* const char **, count at at_n; of `choices` when there are any; `max` is the most, 0 any */
	M_OBJECT,       /* an object of the shape `of`, its offsets counted from `at` */
	M_LIST,         /* objects of the shape `of`, `size` bytes each: array at `at`, count at at_n; `id` is unique */
	M_MAP,          /* an object with any keys; `of` is one row that says what each value is, NULL: anything; read elsewhere */
	M_WORDS,        /* a text, or an object of texts by language; read elsewhere */
	M_SAYINGS,      /* a list of M_WORDS, or of {"if": …, "text": M_WORDS}; read elsewhere */
	M_EXPRESSION,   /* a text holding an expression; with `or_bool` true and false too; read elsewhere */
	M_RANGE,        /* [lowest, highest]; read elsewhere */
	M_SPAN,         /* the same in whole numbers, or one number for both; read elsewhere */
	M_OTHER         /* read elsewhere; `schema` says in JSON Schema what it is, nothing: it may be anything */
};

/* What a text must look like. Each is a row of text_formats[] in country/formats.c. */
enum text_format {
	F_ANY, F_COLOUR, F_ZONE, F_LANGUAGE, F_CASE_PREFIX, F_PATTERN, F_NAME_ORDER, F_BUNDLE, F_EMAIL, F_WEB, F_PHONE, F_DATE, F_TIME, F_MOMENT, F_EMBLEM,
	F_VERSION, F_QUESTION, F_TYPE, F_COUNT
};

struct member {
	const char *name;               /* "*": any other member as well */
	enum member_kind kind;
	size_t at;
	bool is_needed;
	bool or_bool;
	int min, max;                   /* of numbers; M_NUMBER with both 0 has no bounds */
	int first;
	size_t at_n;
	const char *choices;            /* space-separated */
	enum text_format format;        /* of a text, or of each of M_TEXTS */
	const struct member *of;        /* closed by a row without a name */
	const char *id;
	size_t size;
	size_t places;                  /* of M_LIST: where struct loader keeps the items' places in the file; 0 nowhere */
	const char *schema;
	const char *what;               /* for editors: what it is, in a sentence */
};

/* Reports members of an object that its shape does not have. False when it is no object. */
struct json;
struct json_report;
bool shape_known(struct json_report *report, const struct json *object, const struct member *shape);

/* ---- forms/KEY.json ---- */
extern const struct member form_shape[], form_question_shape[], form_parameters_shape[], form_choice_shape[], form_score_shape[], form_band_shape[], form_rule_shape[];

#endif
