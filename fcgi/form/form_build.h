/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of form_load share while a form is being built: form_json.c reads the
 * whole and its choices, form_survey.c the questions, form_score.c scores and needs,
 * form_check.c what only the whole form can tell. Not for others. */
#ifndef FORM_FORM_BUILD_H
#define FORM_FORM_BUILD_H

#include "form.h"
#include "json.h"

/* An expression or a text with ${names}, remembered until all names are known. */
struct form_use {
	struct form_use *next;
	const struct question *owner;   /* NULL: of the form (scores, needs) */
	const struct expr *expr;        /* NULL: a text */
	const struct json *at;
	bool is_order;                  /* the owner must be worked out after what it names */
};

/* A language's name in the definition and its code. */
struct form_language { struct form_language *next; const char *name, *code; };

struct form_build {
	struct arena *arena;
	struct json_report report;
	struct form *form;
	const struct json *root;
	struct form_language *languages;
	struct form_use *uses, **uses_tail;
	const struct json **score_at;   /* positions of scores */
};

/* form_json.c */
/* A text member: a string or {"language": "string"}. Empty when missing. */
struct text build_text(struct form_build *build, const struct json *object, const char *key, const struct question *owner);
/* An expression member; NULL when missing, or wrong and reported. true and false are taken when `may_be_bool`. */
struct expr *build_expr(struct form_build *build, const struct json *object, const char *key, const struct question *owner,
                        bool is_order, bool may_be_bool);
/* The list of that name with "other" added, for or_other. */
const struct choice_list *build_list_with_other(struct form_build *build, const struct choice_list *list);

/* form_survey.c */
void build_survey(struct form_build *build, const struct json *survey);
/* form_score.c */
void build_scores(struct form_build *build, const struct json *scores);
void build_needs(struct form_build *build, const struct json *rules, bool is_strength);
/* Fills each score's and need's sources. */
void build_sources(struct form_build *build);
/* form_check.c */
/* The question that ${name} means; NULL and a problem when there is none or more than one. */
const struct question *build_find(struct form_build *build, const struct json *at, int column, const char *name);
void build_check(struct form_build *build);

#endif
