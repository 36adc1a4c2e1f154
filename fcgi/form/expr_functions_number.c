/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions on numbers, and those that make one number of many answers. */
#include "expr_functions.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct value function_number(struct eval *eval, const struct ast *call)
{
	if (call->n)
		return value_of_number(arg_number(eval, call, 0));
	return value_of_number(number_of_text(eval_node_string(eval, eval->node), eval->env->zone));
}

struct value function_int(struct eval *eval, const struct ast *call)
{
	return value_of_number(trunc(arg_number(eval, call, 0)));
}

/* `text` is a positive decimal without exponent. Rounds its magnitude to `places` after the
 * point (before it, when negative); halves go up when `half_up`. Decimal, because
 * 14.35 is not 14.35 in binary and people count in decimals. */
static double round_decimal(const char *text, int places, bool half_up)
{
	char digits[NUMBER_LEN + 40], out[NUMBER_LEN + 60];
	int n = 1, point = (int)strcspn(text, ".") + 1;
	digits[0] = '0';
	for (const char *p = text; *p; p++)
		if (*p != '.')
			digits[n++] = *p;
	int keep = point + places;
	if (keep < 1)
		return 0;
	if (keep >= n)
		return strtod(text, NULL);
	int rest = digits[keep] - '0';
	bool is_half = rest == 5 && strspn(digits + keep + 1, "0") >= (size_t)(n - keep - 1);
	digits[n] = '\0';
	bool is_up = rest > 5 || (rest == 5 && !is_half) || (is_half && half_up);
	for (int i = keep - 1; is_up && i >= 0; i--) {
		is_up = digits[i] == '9';
		digits[i] = is_up ? '0' : (char)(digits[i] + 1);
	}
	memcpy(out, digits, (size_t)keep);
	memset(out + keep, '0', (size_t)(point > keep ? point - keep : 0));
	int whole = point > keep ? point : keep;
	out[whole] = '\0';
	snprintf(digits, sizeof digits, "%.*s.%s", point, out, whole > point ? out + point : "0");
	return strtod(digits, NULL);
}

/* Halves go towards plus infinity, as in XPath 1.0 and in ODK's Java engine. */
struct value function_round(struct eval *eval, const struct ast *call)
{
	char text[NUMBER_LEN];
	double number = arg_number(eval, call, 0);
	double places = call->n > 1 ? trunc(arg_number(eval, call, 1)) : 0;
	if (isnan(number) || isinf(number) || number == 0)
		return value_of_number(number);
	if (isnan(places))
		places = 0;
	if (fabs(places) > 30)
		return value_of_number(NAN);
	number_format(fabs(number), text);
	double rounded = round_decimal(text, (int)places, number > 0);
	return value_of_number(number < 0 ? -rounded : rounded);
}

struct value function_pow(struct eval *eval, const struct ast *call)
{
	double base = arg_number(eval, call, 0);
	return value_of_number(pow(base, arg_number(eval, call, 1)));
}

struct value function_atan2(struct eval *eval, const struct ast *call)
{
	double y = arg_number(eval, call, 0);
	return value_of_number(atan2(y, arg_number(eval, call, 1)));
}

struct value function_pi(struct eval *eval, const struct ast *call)
{
	(void)eval, (void)call;
	return value_of_number(M_PI);
}

struct value function_exp10(struct eval *eval, const struct ast *call)
{
	return value_of_number(pow(10, arg_number(eval, call, 0)));
}

#define OF_ONE(name, run) \
	struct value function_##name(struct eval *eval, const struct ast *call) \
	{ \
		return value_of_number(run(arg_number(eval, call, 0))); \
	}
OF_ONE(floor, floor)
OF_ONE(ceiling, ceil)
OF_ONE(abs, fabs)
OF_ONE(sqrt, sqrt)
OF_ONE(exp, exp)
OF_ONE(log, log)
OF_ONE(log10, log10)
OF_ONE(sin, sin)
OF_ONE(cos, cos)
OF_ONE(tan, tan)
OF_ONE(asin, asin)
OF_ONE(acos, acos)
OF_ONE(atan, atan)
#undef OF_ONE

/* --- one number of many --- */

/* As XPath: one answer that is no number, the empty one too, and there is no sum. */
struct value function_sum(struct eval *eval, const struct ast *call)
{
	struct value nodes = arg_nodes(eval, call, 0);
	double sum = 0;
	for (size_t i = 0; i < nodes.n && eval_spend(eval, 1); i++)
		sum += number_of_text(eval_node_string(eval, nodes.nodes[i]), eval->env->zone);
	return value_of_number(sum);
}

/* The least (sign 1) or greatest (sign -1) of what min() and max() were given. */
struct best { double sign, number; size_t n; };

/* A question nobody answered yet counts for nothing; what is no number spoils the result. */
static void best_add(struct eval *eval, struct best *best, const char *text)
{
	if (text_is_blank(text))
		return;
	double number = number_of_text(text, eval->env->zone);
	if (best->n++ == 0 || isnan(number) || number * best->sign < best->number * best->sign)
		best->number = isnan(best->number) && best->n > 1 ? best->number : number;
}

static struct value best_of(struct eval *eval, const struct ast *call, double sign)
{
	struct best best = { .sign = sign, .number = NAN };
	for (size_t i = 0; i < call->n; i++) {
		struct value value = arg_value(eval, call, i);
		if (value.kind != VALUE_NODES)
			best_add(eval, &best, eval_string(eval, &value));
		for (size_t k = 0; value.kind == VALUE_NODES && k < value.n && eval_spend(eval, 1); k++)
			best_add(eval, &best, eval_node_string(eval, value.nodes[k]));
	}
	return value_of_number(best.number);
}

struct value function_min(struct eval *eval, const struct ast *call)
{
	return best_of(eval, call, 1);
}

struct value function_max(struct eval *eval, const struct ast *call)
{
	return best_of(eval, call, -1);
}

struct value function_count(struct eval *eval, const struct ast *call)
{
	return value_of_number((double)arg_nodes(eval, call, 0).n);
}

static bool has_elements(const struct node *node)
{
	for (const struct node *child = node->first; child; child = child->next)
		if (!child->is_attribute)
			return true;
	return false;
}

/* A group counts as an answer, as in ODK's Java engine. */
struct value function_count_non_empty(struct eval *eval, const struct ast *call)
{
	struct value nodes = arg_nodes(eval, call, 0);
	double n = 0;
	for (size_t i = 0; i < nodes.n; i++)
		n += nodes.nodes[i]->value[0] || has_elements(nodes.nodes[i]);
	return value_of_number(n);
}
