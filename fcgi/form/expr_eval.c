/* SPDX-License-Identifier: Apache-2.0
 *
 * Evaluates a parsed expression: operators with XPath 1.0's rules, and ODK's where they
 * differ (texts that look like dates compare and count as days). Paths are in
 * expr_path.c, functions in expr_functions*.c. */
#include "expr_internal.h"

#include <math.h>
#include <string.h>

#include "expr_date.h"

/* --- operands --- */

/* A text that is a date, or what date() answered, which may know a time that its text does not show. */
static bool as_moment(struct eval *eval, const struct value *value, struct moment *moment)
{
	if (!value->is_date || !value->boolean)
		return moment_parse(eval_string(eval, value), moment);
	*moment = moment_local((int64_t)llround(value->number * MS_PER_DAY), eval->env->zone);
	return true;
}

/* Both sides as numbers. A date beside a date-time is taken at its local midnight, so that
 * `${day} <= now()` holds from the first minute of that day in the instance's own zone. */
static void both_numbers(struct eval *eval, const struct value *left, const struct value *right, double *a, double *b)
{
	struct moment first, second;
	*a = eval_number(eval, left);
	*b = eval_number(eval, right);
	if (as_moment(eval, left, &first) && as_moment(eval, right, &second) && first.has_time != second.has_time) {
		*a = moment_days(&first, eval->env->zone, true);
		*b = moment_days(&second, eval->env->zone, true);
	}
}

static bool compare_numbers(enum operator op, double a, double b)
{
	switch (op) {
	/* as ODK: 6.1 - 7.8 = -1.7 */
	case OP_EQ: return a == b || fabs(a - b) < 1e-12;
	case OP_NE: return !(a == b || fabs(a - b) < 1e-12);
	case OP_LT: return a < b;
	case OP_LE: return a <= b;
	case OP_GT: return a > b;
	default: return a >= b;
	}
}

/* Two texts: equality by letters unless both are dates; order always by number. */
static bool compare_strings(struct eval *eval, enum operator op, const struct value *left, const struct value *right)
{
	double a, b;
	struct moment first, second;
	bool is_equality = op == OP_EQ || op == OP_NE;
	if (is_equality && !(as_moment(eval, left, &first) && as_moment(eval, right, &second)))
		return (strcmp(left->string, right->string) == 0) == (op == OP_EQ);
	both_numbers(eval, left, right, &a, &b);
	return compare_numbers(op, a, b);
}

static bool compare_values(struct eval *eval, enum operator op, const struct value *left, const struct value *right)
{
	bool is_equality = op == OP_EQ || op == OP_NE;
	if (is_equality && (left->kind == VALUE_BOOLEAN || right->kind == VALUE_BOOLEAN))
		return (value_boolean(left) == value_boolean(right)) == (op == OP_EQ);
	if (left->kind == VALUE_STRING && right->kind == VALUE_STRING)
		return compare_strings(eval, op, left, right);
	return compare_numbers(op, eval_number(eval, left), eval_number(eval, right));
}

/* True when some pair of nodes, or some node and the value, compares so. */
static bool compare_nodes(struct eval *eval, enum operator op, const struct value *left, const struct value *right)
{
	size_t n = left->kind == VALUE_NODES ? left->n : 1, m = right->kind == VALUE_NODES ? right->n : 1;
	for (size_t i = 0; i < n; i++) {
		struct value a = left->kind == VALUE_NODES ? value_of_string(eval_node_string(eval, left->nodes[i])) : *left;
		for (size_t k = 0; k < m && eval_spend(eval, 1); k++) {
			struct value b = right->kind == VALUE_NODES ? value_of_string(eval_node_string(eval, right->nodes[k])) : *right;
			if (compare_values(eval, op, &a, &b))
				return true;
		}
	}
	return false;
}

static struct value compare(struct eval *eval, enum operator op, const struct value *left, const struct value *right)
{
	bool has_nodes = left->kind == VALUE_NODES || right->kind == VALUE_NODES;
	bool has_boolean = left->kind == VALUE_BOOLEAN || right->kind == VALUE_BOOLEAN;
	if (!has_nodes)
		return value_of_boolean(compare_values(eval, op, left, right));
	if (has_boolean) {
		struct value a = value_of_boolean(value_boolean(left)), b = value_of_boolean(value_boolean(right));
		return value_of_boolean(compare_values(eval, op, &a, &b));
	}
	return value_of_boolean(compare_nodes(eval, op, left, right));
}

/* --- operators --- */

static double arithmetic(enum operator op, double a, double b)
{
	switch (op) {
	case OP_ADD: return a + b;
	case OP_SUB: return a - b;
	case OP_MUL: return a * b;
	case OP_DIV: return a / b;
	default: return fmod(a, b);
	}
}

static bool is_text(const struct value *value)
{
	return value->kind == VALUE_STRING || value->kind == VALUE_NODES;
}

static struct value calculate(struct eval *eval, enum operator op, const struct value *left, const struct value *right)
{
	double a, b;
	if (op == OP_SUB && is_text(left) && is_text(right)) {
		both_numbers(eval, left, right, &a, &b);
	} else {
		a = eval_number(eval, left);
		b = eval_number(eval, right);
	}
	return value_of_number(arithmetic(op, a, b));
}

static struct value unite(struct eval *eval, const struct value *left, const struct value *right)
{
	struct nodes nodes = { 0 };
	if (left->kind != VALUE_NODES || right->kind != VALUE_NODES)
		return eval_fail(eval, "| unites questions or groups, not values");
	for (size_t i = 0; i < left->n; i++)
		nodes_add(eval, &nodes, left->nodes[i]);
	for (size_t i = 0; i < right->n; i++)
		nodes_add(eval, &nodes, right->nodes[i]);
	nodes_sort(eval, &nodes);
	return value_of_nodes(nodes.item, nodes.n);
}

static struct value eval_binary(struct eval *eval, const struct ast *ast)
{
	struct value left = eval_ast(eval, ast->child[0]);
	if (ast->op == OP_OR || ast->op == OP_AND) {
		bool is_decided = value_boolean(&left) == (ast->op == OP_OR);
		if (is_decided)
			return value_of_boolean(ast->op == OP_OR);
		struct value right = eval_ast(eval, ast->child[1]);
		return value_of_boolean(value_boolean(&right));
	}
	struct value right = eval_ast(eval, ast->child[1]);
	if (eval->is_failed)
		return value_of_string("");
	switch (ast->op) {
	case OP_EQ: case OP_NE: case OP_LT: case OP_LE: case OP_GT: case OP_GE:
		return compare(eval, ast->op, &left, &right);
	case OP_UNION:
		return unite(eval, &left, &right);
	default:
		return calculate(eval, ast->op, &left, &right);
	}
}

static struct value eval_negate(struct eval *eval, const struct ast *ast)
{
	struct value operand = eval_ast(eval, ast->child[0]);
	return value_of_number(ast->number * eval_number(eval, &operand));
}

/* ${last-saved#name}: the answer of the round before. */
static struct value last_saved(struct eval *eval, const char *name)
{
	const struct expr_env *env = eval->env;
	const char *answer = env->previous ? env->previous(env->data, name) : NULL;
	return value_of_string(answer ? answer : "");
}

struct value eval_ast(struct eval *eval, const struct ast *ast)
{
	if (!eval_spend(eval, 1))
		return value_of_string("");
	switch (ast->kind) {
	case AST_NUMBER:
		return value_of_number(ast->number);
	case AST_STRING:
		return value_of_string(ast->text);
	case AST_REFERENCE:
		return ast->is_last_saved ? last_saved(eval, ast->text) : eval_reference(eval, eval->node, ast->text);
	case AST_CALL:
		return ast->function->run(eval, ast);
	case AST_BINARY:
		return eval_binary(eval, ast);
	case AST_NEGATE:
		return eval_negate(eval, ast);
	case AST_PATH:
		return eval_path(eval, ast);
	case AST_FILTER:
		return eval_filter(eval, ast);
	}
	return value_of_string("");
}

/* --- arguments of functions --- */

struct value arg_value(struct eval *eval, const struct ast *call, size_t i)
{
	return i < call->n ? eval_ast(eval, call->child[i]) : value_of_string("");
}

const char *arg_string(struct eval *eval, const struct ast *call, size_t i)
{
	struct value value = arg_value(eval, call, i);
	return eval_string(eval, &value);
}

double arg_number(struct eval *eval, const struct ast *call, size_t i)
{
	struct value value = arg_value(eval, call, i);
	return eval_number(eval, &value);
}

bool arg_boolean(struct eval *eval, const struct ast *call, size_t i)
{
	struct value value = arg_value(eval, call, i);
	return value_boolean(&value);
}

struct value arg_nodes(struct eval *eval, const struct ast *call, size_t i)
{
	struct value value = arg_value(eval, call, i);
	if (value.kind == VALUE_NODES)
		return value;
	eval_fail(eval, "%s() takes a question, group or path here, not a value", call->function->name);
	return value_of_nodes(NULL, 0);
}

enum err expr_eval(const struct expr *expr, const struct expr_env *env, struct value *out, struct why *why)
{
	struct eval eval = {
		.env = env, .node = env->context ? env->context : env->root, .position = 1, .size = 1, .why = why,
	};
	*out = eval_ast(&eval, expr->root);
	if (!eval.is_failed)
		return OK;
	*out = value_of_string("");
	return ERR_INVALID;
}

/* --- what an expression refers to --- */

typedef void found_fn(void *data, const char *name, size_t offset);

static void each_reference(const struct ast *ast, found_fn *found, void *data);

static void each_in_steps(const struct ast *ast, found_fn *found, void *data)
{
	for (size_t i = 0; i < ast->n_steps; i++)
		for (size_t k = 0; k < ast->step[i].n_predicates; k++)
			each_reference(ast->step[i].predicate[k], found, data);
}

static void each_reference(const struct ast *ast, found_fn *found, void *data)
{
	if (ast->kind == AST_REFERENCE)
		found(data, ast->text, ast->offset);
	for (size_t i = 0; i < ast->n; i++)
		each_reference(ast->child[i], found, data);
	each_in_steps(ast, found, data);
	if (ast->kind == AST_CALL && ast->text && ast->child[ast->n - 1]->kind == AST_STRING)
		found(data, ast->text, ast->child[ast->n - 1]->offset);
}

void expr_each_reference(const struct expr *expr, found_fn *found, void *data)
{
	each_reference(expr->root, found, data);
}
