/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of functions, and the functions of logic and choice: if, coalesce, once,
 * selected, checklist and their kin (ODK XForms specification, "XPath Functions"). */
#include "expr_functions.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

#define X(name, c_name, min, max) { name, min, max, function_##c_name },
static const struct function functions[] = {
	TEXT_FUNCTIONS(X) LOGIC_FUNCTIONS(X) NUMBER_FUNCTIONS(X) NODE_FUNCTIONS(X)
	SELECT_FUNCTIONS(X) DATE_FUNCTIONS(X) GEO_FUNCTIONS(X) DIGEST_FUNCTIONS(X)
};
#undef X

#define X(name, c_name, min, max) name,
static const char *const names[] = {
	TEXT_FUNCTIONS(X) LOGIC_FUNCTIONS(X) NUMBER_FUNCTIONS(X) NODE_FUNCTIONS(X)
	SELECT_FUNCTIONS(X) DATE_FUNCTIONS(X) GEO_FUNCTIONS(X) DIGEST_FUNCTIONS(X) NULL
};
#undef X

const struct function *function_find(const char *name)
{
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (strcmp(functions[i].name, name) == 0)
			return &functions[i];
	return NULL;
}

const char *const *function_names(void)
{
	return names;
}

/* --- logic --- */

struct value function_if(struct eval *eval, const struct ast *call)
{
	return arg_value(eval, call, arg_boolean(eval, call, 0) ? 1 : 2);
}

static bool is_empty(struct eval *eval, const struct value *value)
{
	if (value->kind == VALUE_NUMBER)
		return isnan(value->number);
	return eval_string(eval, value)[0] == '\0';
}

struct value function_coalesce(struct eval *eval, const struct ast *call)
{
	struct value value = value_of_string("");
	for (size_t i = 0; i < call->n; i++) {
		value = arg_value(eval, call, i);
		if (!is_empty(eval, &value))
			return value;
	}
	return value;
}

/* The question's own answer as long as it has one. */
struct value function_once(struct eval *eval, const struct ast *call)
{
	const struct node *own = eval->env->context;
	if (own && own->value[0])
		return value_of_string(own->value);
	return arg_value(eval, call, 0);
}

struct value function_true(struct eval *eval, const struct ast *call)
{
	(void)eval, (void)call;
	return value_of_boolean(true);
}

struct value function_false(struct eval *eval, const struct ast *call)
{
	(void)eval, (void)call;
	return value_of_boolean(false);
}

struct value function_boolean(struct eval *eval, const struct ast *call)
{
	return value_of_boolean(arg_boolean(eval, call, 0));
}

struct value function_not(struct eval *eval, const struct ast *call)
{
	return value_of_boolean(!arg_boolean(eval, call, 0));
}

struct value function_boolean_from_string(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0);
	return value_of_boolean(strcmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

/* For the order of calculations in old forms: the first argument, whatever the others are. */
struct value function_depend(struct eval *eval, const struct ast *call)
{
	return arg_value(eval, call, 0);
}

/* A factor of a checklist holds when it is true; a node's when its answer is not blank. */
static bool node_holds(struct eval *eval, const struct node *node)
{
	return !text_is_blank(eval_node_string(eval, node));
}

struct value function_checklist(struct eval *eval, const struct ast *call)
{
	double min = arg_number(eval, call, 0), max = arg_number(eval, call, 1), count = 0;
	for (size_t i = 2; i < call->n; i++) {
		struct value factor = arg_value(eval, call, i);
		if (factor.kind != VALUE_NODES)
			count += value_boolean(&factor);
		for (size_t k = 0; factor.kind == VALUE_NODES && k < factor.n; k++)
			count += node_holds(eval, factor.nodes[k]);
	}
	return value_of_boolean((min < 0 || count >= min) && (max < 0 || count <= max));
}

/* The weights of the factors that hold, node by node when both are node-sets. */
static double weigh(struct eval *eval, const struct value *factor, const struct value *weight)
{
	double sum = 0;
	if (factor->kind != VALUE_NODES)
		return value_boolean(factor) ? eval_number(eval, weight) : 0;
	for (size_t i = 0; i < factor->n; i++) {
		struct value own = *weight;
		if (weight->kind == VALUE_NODES)
			own = i < weight->n ? value_of_nodes(weight->nodes + i, 1) : value_of_nodes(NULL, 0);
		double number = eval_number(eval, &own);
		if (node_holds(eval, factor->nodes[i]) && !isnan(number))
			sum += number;
	}
	return sum;
}

struct value function_weighted_checklist(struct eval *eval, const struct ast *call)
{
	double min = arg_number(eval, call, 0), max = arg_number(eval, call, 1), sum = 0;
	if (call->n % 2)
		return eval_fail(eval, "weighted-checklist() takes a weight after each value");
	for (size_t i = 2; i < call->n; i += 2) {
		struct value factor = arg_value(eval, call, i), weight = arg_value(eval, call, i + 1);
		sum += weigh(eval, &factor, &weight);
	}
	return value_of_boolean((min < 0 || sum >= min) && (max < 0 || sum <= max));
}

/* --- answers to select questions: names with spaces between --- */

/* The i-th name of a list; NULL past its end. */
static const char *list_item(const char *list, size_t i, size_t *length)
{
	for (list += strspn(list, " \t\r\n"); *list; list += strspn(list, " \t\r\n")) {
		*length = strcspn(list, " \t\r\n");
		if (i-- == 0)
			return list;
		list += *length;
	}
	return NULL;
}

struct value function_selected(struct eval *eval, const struct ast *call)
{
	const char *list = arg_string(eval, call, 0), *name = arg_string(eval, call, 1), *item;
	size_t length, wanted;
	name += strspn(name, " \t\r\n");
	wanted = strlen(name);
	while (wanted && strchr(" \t\r\n", name[wanted - 1]))
		wanted--;
	if (wanted == 0)
		return value_of_boolean(list_item(list, 0, &length) == NULL);
	for (; (item = list_item(list, 0, &length)); list = item + length)
		if (length == wanted && memcmp(item, name, wanted) == 0)
			return value_of_boolean(true);
	return value_of_boolean(false);
}

struct value function_selected_at(struct eval *eval, const struct ast *call)
{
	const char *list = arg_string(eval, call, 0);
	double index = trunc(arg_number(eval, call, 1));
	size_t length = 0;
	if (isnan(index))
		index = 0;
	if (index < 0 || index > EXPR_MAX_BYTES)
		return value_of_string("");
	const char *item = list_item(list, (size_t)index, &length);
	return value_of_string(item ? arena_strndup(eval->env->arena, item, length) : "");
}

struct value function_count_selected(struct eval *eval, const struct ast *call)
{
	const char *list = arg_string(eval, call, 0), *item;
	size_t length, n = 0;
	for (; (item = list_item(list, 0, &length)); list = item + length)
		n++;
	return value_of_number((double)n);
}
