/* SPDX-License-Identifier: Apache-2.0
 *
 * The form model: XLSForm's vocabulary (https://xlsform.org/en/ref-table/) plus what
 * case management adds: dimension, item score, bands, needs and strengths, sensitivity.
 * Built once from JSON (form_load) or from a spreadsheet (country/xlsform.h), const after.
 *
 * Texts are `struct text`: either one string in the bundle's source language that the
 * .po files translate, or one string per language as a spreadsheet's label::xx columns give. */
#ifndef FORM_FORM_H
#define FORM_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "expr.h"

#define FORM_MAX_QUESTIONS 5000
#define FORM_MAX_CHOICES 20000         /* of one list */

/* A text in one or several languages. n == 0: no text. language NULL: source text for .po. */
struct text {
	size_t n;
	const char **language;
	const char **string;
};

/* X(constant, XLSForm name) */
#define QUESTION_TYPES(X) \
	X(TEXT, "text") X(NOTE, "note") X(INTEGER, "integer") X(DECIMAL, "decimal") X(RANGE, "range") \
	X(SELECT_ONE, "select_one") X(SELECT_MULTIPLE, "select_multiple") X(RANK, "rank") \
	X(DATE, "date") X(TIME, "time") X(DATETIME, "datetime") X(GEOPOINT, "geopoint") \
	X(IMAGE, "image") X(FILE, "file") X(BARCODE, "barcode") X(ACKNOWLEDGE, "acknowledge") \
	X(CALCULATE, "calculate") X(HIDDEN, "hidden") X(GROUP, "group") X(REPEAT, "repeat") \
	X(START, "start") X(END, "end") X(TODAY, "today") X(USERNAME, "username") X(DEVICEID, "deviceid") \
	X(PHONENUMBER, "phonenumber") X(EMAIL, "email") X(AUDIT, "audit")

/* Types of XLSForm that are kept and never shown: a question of one is unsupported, its type here Q_HIDDEN.
 * A select whose choices come from a file or from answers (select_one ${name}) is kept in the same way. */
#define KEPT_TYPES(X) \
	X("audio") X("video") X("geotrace") X("geoshape") X("background-audio") X("start-geopoint") X("background-geopoint") \
	X("simserial") X("subscriberid") X("caseid") X("devicephonenum") X("sensor_statistic") X("sensor_stream") X("comments") X("text audit") X("audio audit") X("speed violations count") \
	X("speed violations list") X("speed violations audit") X("uri:subscriberid") X("uri:phonenumber") X("uri:simserial") \
	X("uri:deviceid") X("uri:username") X("uri:email") X("xml-external") X("csv-external") X("osm") \
	X("select_one_from_file") X("select_multiple_from_file")

enum question_type {
#define X(constant, name) Q_##constant,
	QUESTION_TYPES(X)
#undef X
	Q_COUNT
};

struct choice {
	const char *name;
	struct text label;
	struct text description;        /* the level's anchor text */
	const char *image;
	bool has_score;
	double score;
	int meaning;                    /* 1 worst … 5 best; 0 none */
	/* other columns of the choices sheet, for choice_filter */
	size_t n_columns;
	const char **column;
	const char **value;
};

struct choice_list {
	const char *name;
	size_t n;
	struct choice *choice;
	struct node *instance;          /* the list as a document, for instance('name') and choice_filter */
};

/* The hidden question that each repeat of household members has, by the side of those the form names. */
#define FORM_MEMBER_ID "_member"

struct question {
	enum question_type type;
	const char *name;
	struct text label, hint, guidance_hint, constraint_message, required_message;
	const char *appearance;         /* "" without; e.g. "minimal", "likert", "levels", "table-list", "multiline" */
	const char *default_value;      /* literal, or NULL */
	struct expr *default_expr;      /* dynamic default, or NULL */
	struct expr *relevant, *constraint, *required, *read_only, *calculation, *choice_filter, *repeat_count;
	const struct choice_list *choices;
	bool or_other;
	bool has_start, has_end, has_step;
	double range_start, range_end, range_step;
	const char *media_image;        /* file in the bundle's media/, or NULL */
	struct text media;              /* media::image by language when given so */
	const char *dimension;          /* inherited from the group; NULL none */
	const char *sensitivity;        /* tag, inherited from the group; NULL none */
	double weight;                  /* of its score, 1 by default */
	const char *column;             /* person or casefile column that the answer fills at intake, or NULL */
	const char *was;                /* names it had in earlier versions, separated by spaces; NULL none */
	struct question *parent;        /* NULL at the top */
	size_t n;                       /* groups and repeats: children */
	struct question *child;
	size_t position;                /* in document order, over the whole form */
	const char *path;               /* "group/question", without the root */
	int line;                       /* in the source file, for messages */
	bool is_unsupported;            /* imported, listed in the report, not shown (audio, deviceid …) */
	bool is_relevant_always;        /* neither it nor a group around it has a relevant */
	bool is_in_repeat;              /* some ancestor is a repeat: may stand several times in a document */
};

struct band {
	double min, max;                /* both included */
	const char *name;               /* key: "low", "high" … */
	struct text label;
	int meaning;
};

/* A score worked out from answers. */
struct score {
	const char *name;               /* "total", "housing", "risk" */
	struct text label;
	const char *dimension;          /* NULL: over the whole form */
	struct expr *calculation;       /* NULL: weighted sum of the choices' scores in its dimension */
	double scale_min, scale_max;    /* of the scale, else of the bands; both 0 without */
	size_t n_bands;
	struct band *band;              /* ascending; a number between two bands belongs to the lower */
	size_t n_sources;               /* questions that it is made from, through calculations, by position */
	const struct question **source;
};

/* From answers to a numbered need or strength. */
struct need_rule {
	bool is_strength;
	const char *dimension;
	struct expr *when;
	const char *statement;          /* question whose answer is the objective statement */
	const char *client_view;        /* question with the client's words, or NULL */
	const char *severity;           /* question or NULL */
	struct text fallback;           /* statement when that answer is empty */
	const char *question;           /* the item it comes from: severity, else the first that `when` names; NULL none */
	const char *sensitivity;
};

struct form {
	const char *key;                /* "assessment" */
	const char *id;                 /* settings.form_id */
	const char *kind;               /* "intake", "assessment" … as the definition says; "" without */
	const char *version;
	struct text title;
	const char *default_language;
	size_t n_languages;             /* languages named in label::xx columns */
	const char **language;
	size_t n;
	struct question *child;         /* top level */
	size_t n_questions;             /* in all, groups included */
	struct question **question;     /* by position */
	struct question **by_name;      /* sorted by name, then position */
	size_t n_lists;
	struct choice_list *list;
	size_t n_external_lists;
	struct choice_list *external_list; /* of select_one_external; a name may be in use here and above */
	size_t n_scores;
	struct score *score;
	size_t n_need_rules;
	struct need_rule *need_rule;
	const char *definition;         /* the JSON it was built from, without white space */
	char digest[65];                /* hex of the definition's BLAKE2b: the version */
};

/* Told what is wrong with a definition, and where; printf-like. `line`/`column` are 1-based; 0 unknown. */
typedef void form_problem_fn(void *data, int line, int column, const char *format, ...);

/* Builds a form from its JSON definition. Reports every problem; NULL when there was one. */
struct form *form_load(struct arena *arena, const char *key, const char *json, size_t length,
                       form_problem_fn *problem, void *data);
/* Is it a name of a question as XML and XPath want it? */
bool form_name_is_good(const char *name);
const struct question *form_question(const struct form *form, const char *name);
/* The question that has this name, or had it in an earlier version of the form. */
const struct question *form_question_now(const struct form *form, const char *name);
/* The question of an earlier version that became this one: of its name, else of a name it had. */
const struct question *form_question_before(const struct form *earlier, const struct question *question);
/* Names a choice had, separated by spaces (its column "was"); NULL none. */
const char *choice_was(const struct choice *choice);
const struct choice_list *form_list(const struct form *form, const char *name);
const struct choice *choice_find(const struct choice_list *list, const char *name);
const struct score *form_score(const struct form *form, const char *name);
/* -1 when unknown. */
int question_type_from_name(const char *name);
const char *question_type_name(enum question_type type);
/* Is it asked on a page (not calculate, hidden, metadata, group). */
bool question_is_asked(const struct question *question);

/* The band of a number; NULL without bands or outside them. */
const struct band *score_band(const struct score *score, double number);

/* Every text of the form that people read: title, labels, hints, messages, choices, scores and bands, needs. A text may come twice. */
void form_each_text(struct form *form, void (*visit)(void *data, struct text *text), void *data);

/* The string of a text: the language's own ("hy" also finds "Armenian (hy)"), else the default language's, else the source
 * text through `translate` (may be NULL). "" when there is none. */
const char *text_in(const struct text *text, const char *language, const char *(*translate)(const char *source));

#endif
