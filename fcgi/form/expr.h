/* SPDX-License-Identifier: Apache-2.0
 *
 * Form expressions: XPath 1.0 over the instance document with the functions of the ODK
 * XForms specification and ODK's rules for dates and empty values
 * (https://getodk.github.io/xforms-spec/#xpath-functions, https://docs.getodk.org/form-operators-functions/).
 * `${name}` is XLSForm's way to name a question. Parsed once, evaluated often; an
 * operation limit keeps a hostile expression from holding a worker. */
#ifndef FORM_EXPR_H
#define FORM_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "node.h"

struct expr;

enum value_kind { VALUE_STRING, VALUE_NUMBER, VALUE_BOOLEAN, VALUE_NODES };

struct value {
	enum value_kind kind;
	const char *string;
	double number;
	bool boolean;
	bool is_date;           /* a text that date() made: `number` has its exact days, NaN for "Invalid Date"; `boolean`: with a time */
	struct node **nodes;    /* document order */
	size_t n;
};

/* Where parsing stopped: offset in bytes of the text, and what is wrong in words. */
struct expr_problem {
	size_t offset;
	char message[160];
};

/* What an expression can see. */
struct expr_env {
	struct arena *arena;            /* for results */
	struct node *root;              /* the document */
	struct node *context;           /* the node the expression belongs to: `.`, relative ${} */
	/* The question's node while context stands in another document (a choice's item in a choice_filter):
	 * current() and ${name} are seen from it. NULL: context. */
	struct node *current;
	int64_t now;                    /* instance's clock */
	const char *zone;               /* IANA name, for now(), today() and date conversions */
	const char *language;           /* for choice-name and jr:itext */
	/* instance('name'): a secondary instance's root element (`root` in instance('name')/root/item), NULL when there is none. */
	struct node *(*instance)(void *data, const char *name);
	/* Label of a choice of the question at `question_path` ("" name not found), for jr:choice-name. */
	const char *(*choice_label)(void *data, const char *choice, const char *question_name);
	/* pulldata(file, column, key column, key); NULL not found. */
	const char *(*pulldata)(void *data, const char *file, const char *column, const char *key_column, const char *key);
	/* The previous round's answer by question name, for previous(); NULL none. */
	const char *(*previous)(void *data, const char *question_name);
	void *data;                     /* handed to the callbacks */
	const char *username, *email, *phone, *device_id; /* property() and metadata; NULL is "" */
	uint32_t random_seed;           /* makes random() and uuid() repeatable; 0: from the secret source */
};

/* Parses; NULL with `problem` filled on a mistake. Text and result live in the arena. */
struct expr *expr_parse(struct arena *arena, const char *text, struct expr_problem *problem);
/* The text it was parsed from. */
const char *expr_text(const struct expr *expr);
/* Calls `found` for each ${name}, and for the questions previous() and jr:choice-name() name in quotes. */
void expr_each_reference(const struct expr *expr, void (*found)(void *data, const char *name, size_t offset), void *data);

/* Evaluates. Errors (operation limit, wrong argument kinds) are ERR_INVALID with words in `why`. A path or ${name}
 * that finds nothing is no error: it is empty. sum() over an empty answer is NaN as in XPath; min() and max() skip it. */
enum err expr_eval(const struct expr *expr, const struct expr_env *env, struct value *out, struct why *why);
/* Conversions by XPath's and ODK's rules. */
const char *value_string(const struct value *value, struct arena *arena);
double value_number(const struct value *value);
bool value_boolean(const struct value *value);

#endif
