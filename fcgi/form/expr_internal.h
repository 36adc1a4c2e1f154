/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the expression engine share: the parsed tree, the state of one
 * evaluation, and the helpers functions are written with. Nobody outside
 * fcgi/form/expr*.c includes this. Flow: expr_lex → expr_parse → expr_eval, which
 * walks paths (expr_path) and calls functions (expr_functions*). */
#ifndef FORM_EXPR_INTERNAL_H
#define FORM_EXPR_INTERNAL_H

#include "expr.h"

enum {
	EXPR_MAX_TEXT = 64 * 1024,        /* bytes of one expression */
	EXPR_MAX_DEPTH = 160,             /* brackets inside brackets, calls inside calls */
	EXPR_MAX_HEIGHT = 1000,           /* of the parsed tree: `a or b or c …` grows it by one each */
	EXPR_MAX_STEPS = 2 * 1000 * 1000, /* operations of one evaluation */
	EXPR_MAX_BYTES = 4 * 1024 * 1024, /* text and node lists made by one evaluation */
};

enum token_kind {
	TOKEN_END, TOKEN_NUMBER, TOKEN_STRING, TOKEN_NAME, TOKEN_REFERENCE, TOKEN_VARIABLE,
	TOKEN_STAR, TOKEN_SLASH, TOKEN_SLASHES, TOKEN_DOT, TOKEN_DOTS, TOKEN_AT, TOKEN_COMMA,
	TOKEN_AXIS, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_BRACKET, TOKEN_BRACKET_END,
	TOKEN_OPERATOR, TOKEN_BAD,
};

enum operator {
	OP_OR, OP_AND, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MOD, OP_UNION,
};

struct token {
	enum token_kind kind;
	enum operator op;
	size_t offset;
	const char *text;       /* names, strings and references, without quotes or braces */
	double number;
};

struct lexer {
	struct arena *arena;
	const char *text;
	size_t at;
	enum token_kind last;   /* decides whether `*`, `div`, `mod`, `and`, `or` are operators */
	struct expr_problem *problem;
};

/* The next token; TOKEN_BAD with the problem filled when the text is no token. */
struct token lex_next(struct lexer *lexer);

enum axis {
	AXIS_CHILD, AXIS_DESCENDANT, AXIS_DESCENDANT_OR_SELF, AXIS_PARENT, AXIS_ANCESTOR, AXIS_ANCESTOR_OR_SELF,
	AXIS_SELF, AXIS_FOLLOWING_SIBLING, AXIS_PRECEDING_SIBLING, AXIS_FOLLOWING, AXIS_PRECEDING, AXIS_ATTRIBUTE, AXIS_NAMESPACE,
	AXIS_COUNT,
};

enum node_test { TEST_NAME, TEST_ANY_NAME, TEST_NODE, TEST_TEXT, TEST_NOTHING };

struct ast;
struct eval;

struct step {
	enum axis axis;
	enum node_test test;
	const char *name;
	size_t n_predicates;
	struct ast **predicate;
};

enum ast_kind { AST_NUMBER, AST_STRING, AST_REFERENCE, AST_CALL, AST_BINARY, AST_NEGATE, AST_PATH, AST_FILTER };

struct function {
	const char *name;
	int min, max;           /* arguments; max < 0: any number */
	struct value (*run)(struct eval *eval, const struct ast *call);
};

struct ast {
	enum ast_kind kind;
	unsigned height;
	size_t offset;          /* of its first byte in the text */
	double number;
	const char *text;       /* string, reference; of previous() and jr:choice-name() the question when it is written out */
	bool is_last_saved;     /* ${last-saved#name} */
	enum operator op;
	const struct function *function;
	size_t n;               /* arguments; both sides of an operator; predicates of a filter after its base */
	struct ast **child;
	bool is_absolute;       /* path from the document, else from child[0] or the context */
	size_t n_steps;
	struct step *step;
};

struct expr {
	const char *text;
	struct ast *root;
};

/* One evaluation. After the first failure `is_failed` stays true, everything answers
 * quickly with an empty string, and expr_eval reports it. */
struct eval {
	const struct expr_env *env;
	struct node *node;      /* XPath's context node */
	size_t position, size;
	struct why *why;
	struct node *document;  /* stands for the root's parent, made when first needed */
	bool with_hidden;       /* paths find nodes that are not relevant, too */
	bool is_failed;
	unsigned steps;
	size_t bytes;
	unsigned draws;         /* random numbers taken so far */
};

/* Records a failure; the value is the empty string. */
struct value eval_fail(struct eval *eval, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* node_position(), counted. */
size_t eval_position(struct eval *eval, const struct node *node);
/* Counts n operations; false when the limit is reached or something failed before. */
bool eval_spend(struct eval *eval, size_t n);
/* Memory from the evaluation's arena, counted; NULL past the limit. */
void *eval_alloc(struct eval *eval, size_t size);
struct value eval_ast(struct eval *eval, const struct ast *ast);

/* Values. */
struct value value_of_string(const char *string);
struct value value_of_number(double number);
struct value value_of_boolean(bool boolean);
struct value value_of_nodes(struct node **nodes, size_t n);
/* What date() answers: the text, and the days it stands for, with a time of day or without. */
struct value value_of_date(const char *string, double days, bool has_time);
const char *eval_string(struct eval *eval, const struct value *value);
double eval_number(struct eval *eval, const struct value *value);
/* XPath's string-value: own text, then the text of all descendants. */
const char *eval_node_string(struct eval *eval, const struct node *node);
double number_of_text(const char *text, const char *zone);
/* Longest: 309 digits before or 340 after the point. */
#define NUMBER_LEN 360
void number_format(double number, char out[NUMBER_LEN]);

/* Arguments of the function being called. Missing ones are empty. */
struct value arg_value(struct eval *eval, const struct ast *call, size_t i);
const char *arg_string(struct eval *eval, const struct ast *call, size_t i);
double arg_number(struct eval *eval, const struct ast *call, size_t i);
bool arg_boolean(struct eval *eval, const struct ast *call, size_t i);
/* Must be a node-set, else the evaluation fails. */
struct value arg_nodes(struct eval *eval, const struct ast *call, size_t i);

/* Growing node list, charged to the evaluation. */
struct nodes { struct node **item; size_t n, cap; };
bool nodes_add(struct eval *eval, struct nodes *nodes, struct node *node);
/* Sorts into document order and drops doubles. */
void nodes_sort(struct eval *eval, struct nodes *nodes);
struct value eval_path(struct eval *eval, const struct ast *ast);
struct value eval_filter(struct eval *eval, const struct ast *ast);
/* The nodes ${name} means, seen from `from`: nearest enclosing instance first. */
struct value eval_reference(struct eval *eval, struct node *from, const char *name);

/* "${name}", "/data/group/name" and "name" all mean the question "name". */
const char *question_name(struct arena *arena, const char *text);
const struct function *function_find(const char *name);
/* Every function's name, NULL at the end, for "did you mean". */
const char *const *function_names(void);

/* Growing text, charged to the evaluation. */
struct text_out { struct eval *eval; char *p; size_t len, cap; };
void out_add(struct text_out *out, const char *bytes, size_t n);
void out_str(struct text_out *out, const char *text);
const char *out_text(struct text_out *out);

#endif
