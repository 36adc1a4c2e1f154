/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers to a form: a node tree shaped by the form, kept as JSON. Posted fields go in
 * by path ("housing/severity", "members[2]/given_name"), form_update decides relevance,
 * calculations and choice filters, answers_check says what is wrong, question by question,
 * answers_score gives scores, bands, needs and strengths. One C implementation of the
 * rules; browsers only ask it. */
#ifndef FORM_ANSWERS_H
#define FORM_ANSWERS_H

#include "form.h"

struct answers {
	const struct form *form;
	struct node *root;
	struct expr_env env;            /* set by the caller: now, zone, language, previous, data … */
	/* Translates a source text (country/words.h's tr); NULL leaves it. Set by callers that have one. */
	const char *(*translate)(const char *source);
	struct arena *arena;            /* of the document */
	struct node **single;           /* by question position: its only node; NULL inside repeats */
};

#define ANSWER_MAX_CHARACTERS 20000     /* of one text answer */
#define ANSWERS_MAX_INSTANCES 500       /* of one repeat */

/* What is wrong with one answer. `message` is a translation key; %1, %2 are filled from `param`. */
struct answer_problem {
	const struct node *node;
	const char *path;
	const char *message;            /* constraint messages of the form come translated by text_in */
	const char *param[2];
	bool is_missing;                /* required and empty: drafts may be saved with it */
};

struct answer_problems { size_t n; struct answer_problem *item; };

/* An empty document with defaults. */
struct answers *answers_new(struct arena *arena, const struct form *form, const struct expr_env *env);
/* From stored JSON; unknown members are dropped, wrong shapes refused. */
struct answers *answers_from_json(struct arena *arena, const struct form *form, const struct expr_env *env,
                                  const char *json, struct why *why);
char *answers_to_json(const struct answers *answers, struct arena *arena);
/* The node of an earlier round, of whichever version of the form, in which the same question was answered: by name, else by
 * a name the question had ("was"); inside repeats at the same position. NULL when there is none. */
const struct node *answers_before(const struct answers *earlier, const struct node *node, struct arena *arena);
/* An earlier answer as the present question takes it: renamed choices by their present names; NULL when it no longer fits. */
const char *answer_carry(struct arena *arena, const struct question *question, const char *value);
/* Is the choice, by its name or one it had, among names separated by spaces. */
bool choice_is_named(const struct choice *choice, const char *names);
/* One top-level group as a JSON object, for saving page by page; NULL: the whole document. */
char *answers_page_to_json(const struct answers *answers, const struct node *page, struct arena *arena);

/* Path of a node as used in field names: groups joined by '/', repeats with [n] from 1. */
char *answers_path(const struct node *node, struct arena *arena);
/* NULL when the path names nothing in this document. */
struct node *answers_find(const struct answers *answers, const char *path);
/* The first node of a question by its name, or NULL. */
struct node *answers_by_name(const struct answers *answers, const char *name);
/* Sets one posted value (select_multiple: space-separated). ERR_INVALID when the path is not the form's. */
enum err answers_set(struct answers *answers, const char *path, const char *value);
/* The same, where the path may name the next instance of a repeat, which is then made: pages show instances
 * that are not stored yet. At most one more than there are, so that nothing posted makes many. */
struct node *answers_reach(struct answers *answers, const char *path);
/* Adds or removes an instance of a repeat. */
enum err answers_add_repeat(struct answers *answers, const char *path);
enum err answers_remove_repeat(struct answers *answers, const char *path);

/* Works out relevance, repeat counts and calculations until nothing changes. Answers that are not
 * relevant keep their value and are passed over by everything else. An expression that fails (its
 * relevance then counts as true, its calculation as empty) is reported at the end: the rest is done. */
enum err answers_update(struct answers *answers, struct why *why);
/* The label of a choice or the number, date or text as it stands: an answer in words, in env.language. */
const char *answers_words(const struct answers *answers, const struct node *node, struct arena *arena);
/* A text of the form in env.language, each ${name} in it replaced by that answer in words as `from` sees it. */
const char *answers_text(const struct answers *answers, const struct text *text, const struct node *from, struct arena *arena);
/* Does the empty repeat or question `question` below `parent` stand open now? For repeats without an instance. */
bool answers_is_open(const struct answers *answers, const struct question *question, const struct node *parent);
/* Is the answer needed now; is it closed for writing now. */
bool answers_is_required(const struct answers *answers, const struct node *node);
bool answers_is_read_only(const struct answers *answers, const struct node *node);
/* The choices of a select that its filter lets through. */
size_t answers_choices(const struct answers *answers, const struct node *node, const struct choice ***choices, struct arena *arena);
/* Problems below `under` (NULL: the whole form), relevant questions only. */
struct answer_problems answers_check(const struct answers *answers, const struct node *under, struct arena *arena);

struct score_result {
	const struct score *score;
	bool is_scored;                 /* false: answers are missing */
	double number;
	const struct band *band;        /* NULL without bands or when not scored */
	size_t n_sources;               /* the relevant answers it is made from, to explain it */
	size_t n_answered;              /* of them */
	const struct node **source;
};
struct need_result {
	const struct need_rule *rule;
	const char *statement, *client_view;
	bool has_severity;
	double severity;
	int meaning;
	const char *question;           /* the item it came from */
};
struct outcome {
	size_t n_scores;
	struct score_result *score;
	size_t n_needs;                 /* needs and strengths, in the form's order */
	struct need_result *need;
};
/* Scores, bands, needs and strengths of the answers as they are (call answers_update first). */
struct outcome answers_outcome(const struct answers *answers, struct arena *arena);

#endif
