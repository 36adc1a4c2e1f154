/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of answers share: answers.c keeps the document's shape, answers_json.c
 * stores it, answers_update.c works it out, answers_check.c finds what is wrong,
 * answers_outcome.c scores it. Not for others. */
#ifndef FORM_ANSWERS_INTERNAL_H
#define FORM_ANSWERS_INTERNAL_H

#include "answers.h"

/* The document without answers; no defaults. */
struct answers *answers_shape(struct arena *arena, const struct form *form, const struct expr_env *env);
/* A new empty instance of a repeat in its place below parent; no defaults. */
struct node *answers_new_instance(struct answers *answers, struct node *parent, const struct question *repeat);
/* Defaults of the questions below the node, the node included. */
void answers_set_defaults(struct answers *answers, struct node *under);
/* Puts a value into a leaf in the form it is kept in: trimmed, line ends as \n, decimal point. */
enum err answers_keep(struct answers *answers, struct node *node, const char *value);
bool question_is_container(const struct question *question);

/* The environment to evaluate an expression of `context` with: callbacks that know the form. */
struct expr_env answers_env(const struct answers *answers, const struct node *context);
/* Evaluates to true or false; `fallback` when the expression fails. NULL is true. */
bool answers_test(const struct answers *answers, const struct expr *expr, const struct node *context, bool fallback);
/* Evaluates to text; "" when it fails. */
const char *answers_eval_text(const struct answers *answers, const struct expr *expr, const struct node *context);
/* Is the i-th choice let through by the question's filter. */
bool answers_choice_is_open(const struct answers *answers, const struct node *node, size_t i);

#endif
