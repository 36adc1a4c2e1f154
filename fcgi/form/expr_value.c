/* SPDX-License-Identifier: Apache-2.0
 *
 * Values of expressions and their conversions: XPath 1.0's, with ODK's addition that a
 * text which looks like a date is a number of days. Also what one evaluation may use up. */
#include "expr_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expr_date.h"

struct value value_of_string(const char *string)
{
	return (struct value){ .kind = VALUE_STRING, .string = string };
}

struct value value_of_number(double number)
{
	return (struct value){ .kind = VALUE_NUMBER, .number = number };
}

struct value value_of_boolean(bool boolean)
{
	return (struct value){ .kind = VALUE_BOOLEAN, .boolean = boolean };
}

struct value value_of_nodes(struct node **nodes, size_t n)
{
	return (struct value){ .kind = VALUE_NODES, .nodes = nodes, .n = n };
}

struct value value_of_date(const char *string, double days, bool has_time)
{
	return (struct value){ .kind = VALUE_STRING, .string = string, .number = days, .boolean = has_time, .is_date = true };
}

struct value eval_fail(struct eval *eval, const char *format, ...)
{
	if (!eval->is_failed) {
		char detail[sizeof eval->why->detail];
		va_list args;
		va_start(args, format);
		vsnprintf(detail, sizeof detail, format, args);
		va_end(args);
		eval->is_failed = true;
		(void)fail(eval->why, ERR_INVALID, "%s", detail);
	}
	return value_of_string("");
}

bool eval_spend(struct eval *eval, size_t n)
{
	if (eval->is_failed)
		return false;
	if (n > EXPR_MAX_STEPS - eval->steps) {
		eval_fail(eval, "the expression takes too many operations");
		return false;
	}
	eval->steps += (unsigned)n;
	return true;
}

void *eval_alloc(struct eval *eval, size_t size)
{
	if (eval->is_failed)
		return NULL;
	if (size > EXPR_MAX_BYTES - eval->bytes) {
		eval_fail(eval, "the expression needs too much memory");
		return NULL;
	}
	eval->bytes += size;
	return arena_alloc(eval->env->arena, size);
}

void out_add(struct text_out *out, const char *bytes, size_t n)
{
	if (out->len + n + 1 > out->cap) {
		size_t cap = (out->len + n + 1) * 2;
		char *bigger = cap < 64 ? eval_alloc(out->eval, 64) : eval_alloc(out->eval, cap);
		if (!bigger)
			return;
		if (out->len)
			memcpy(bigger, out->p, out->len);
		out->p = bigger;
		out->cap = cap < 64 ? 64 : cap;
	}
	memcpy(out->p + out->len, bytes, n);
	out->len += n;
	out->p[out->len] = '\0';
}

void out_str(struct text_out *out, const char *text)
{
	out_add(out, text, strlen(text));
}

const char *out_text(struct text_out *out)
{
	return out->p ? out->p : "";
}

/* --- numbers --- */

/* `digits` × 10^`exponent` written out, without an exponent. */
static void spread(const char *digits, int n, int exponent, char *out)
{
	int point = n + exponent;
	if (point <= 0) {
		*out++ = '0';
		*out++ = '.';
		memset(out, '0', (size_t)-point);
		memcpy(out - point, digits, (size_t)n);
		out[n - point] = '\0';
	} else if (point >= n) {
		memcpy(out, digits, (size_t)n);
		memset(out + n, '0', (size_t)(point - n));
		out[point] = '\0';
	} else {
		memcpy(out, digits, (size_t)point);
		out[point] = '.';
		memcpy(out + point + 1, digits + point, (size_t)(n - point));
		out[n + 1] = '\0';
	}
}

/* The fewest digits that read back as the same number. */
static void shortest(double number, char out[40])
{
	for (int precision = 14; precision <= 16; precision++) {
		snprintf(out, 40, "%.*e", precision, number);
		if (strtod(out, NULL) == number)
			return;
	}
}

void number_format(double number, char out[NUMBER_LEN])
{
	char text[40], digits[24];
	if (isnan(number) || isinf(number)) {
		snprintf(out, NUMBER_LEN, "%s", isnan(number) ? "NaN" : number < 0 ? "-Infinity" : "Infinity");
		return;
	}
	if (number == floor(number) && fabs(number) < 1e15) {
		snprintf(out, NUMBER_LEN, "%lld", (long long)number);
		return;
	}
	shortest(fabs(number), text);
	char *e = strchr(text, 'e');
	int n = 0;
	for (char *p = text; p < e; p++)
		if (*p != '.')
			digits[n++] = *p;
	int exponent = atoi(e + 1) - (n - 1);
	while (n > 1 && digits[n - 1] == '0') {
		n--;
		exponent++;
	}
	if (number < 0)
		*out++ = '-';
	spread(digits, n, exponent, out);
}

/* XPath's Number with an optional minus, and nothing else; a single comma is taken for
 * the point, as ODK does for answers typed with a local keyboard. */
static bool plain_number(const char *text, size_t length, double *number)
{
	char copy[400];
	size_t at = 0, digits = 0, points = 0;
	if (length == 0 || length >= sizeof copy)
		return false;
	if (text[at] == '-')
		at++;
	for (; at < length; at++) {
		if (text[at] >= '0' && text[at] <= '9')
			digits++;
		else if (text[at] == '.' || text[at] == ',')
			points++;
		else
			return false;
	}
	if (digits == 0 || points > 1)
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	char *comma = strchr(copy, ',');
	if (comma)
		*comma = '.';
	*number = strtod(copy, NULL);
	return true;
}

double number_of_text(const char *text, const char *zone)
{
	static const char space[] = " \t\r\n\f\v";
	double number;
	struct moment moment;
	text += strspn(text, space);
	size_t length = strlen(text);
	while (length && strchr(space, text[length - 1]))
		length--;
	if (plain_number(text, length, &number))
		return number;
	if (length < 8 || length > 40)
		return NAN;
	char copy[48];
	memcpy(copy, text, length);
	copy[length] = '\0';
	return moment_parse(copy, &moment) ? moment_days(&moment, zone, false) : NAN;
}

/* --- string-values of nodes --- */

static size_t deep_length(const struct node *top, size_t *n)
{
	size_t length = 0;
	for (const struct node *node = top; node; ) {
		++*n;
		if (!node->is_attribute || node == top)
			length += strlen(node->value);
		if (node->first) {
			node = node->first;
			continue;
		}
		while (node != top && !node->next)
			node = node->parent;
		if (node == top)
			break;
		node = node->next;
	}
	return length;
}

static void deep_copy(const struct node *top, char *out)
{
	for (const struct node *node = top; node; ) {
		if (!node->is_attribute || node == top)
			out = stpcpy(out, node->value);
		if (node->first) {
			node = node->first;
			continue;
		}
		while (node != top && !node->next)
			node = node->parent;
		if (node == top)
			break;
		node = node->next;
	}
}

/* Whoever takes a text reads it: long ones cost. */
static const char *paid(struct eval *eval, const char *text)
{
	return eval_spend(eval, strlen(text) / 64) ? text : "";
}

const char *eval_node_string(struct eval *eval, const struct node *node)
{
	size_t n = 0;
	if (!node->first)
		return paid(eval, node->value);
	size_t length = deep_length(node, &n);
	if (!eval_spend(eval, n + length / 64) || length == 0)
		return "";
	char *text = eval_alloc(eval, length + 1);
	if (!text)
		return "";
	deep_copy(node, text);
	return text;
}

/* --- conversions inside an evaluation --- */

static const char *number_text(struct arena *arena, double number)
{
	char text[NUMBER_LEN];
	number_format(number, text);
	return arena_strdup(arena, text);
}

const char *eval_string(struct eval *eval, const struct value *value)
{
	switch (value->kind) {
	case VALUE_STRING:
		return paid(eval, value->string);
	case VALUE_NUMBER:
		return eval_spend(eval, 8) ? number_text(eval->env->arena, value->number) : "";
	case VALUE_BOOLEAN:
		return value->boolean ? "true" : "false";
	case VALUE_NODES:
		return value->n ? eval_node_string(eval, value->nodes[0]) : "";
	}
	return "";
}

double eval_number(struct eval *eval, const struct value *value)
{
	switch (value->kind) {
	case VALUE_NUMBER:
		return value->number;
	case VALUE_BOOLEAN:
		return value->boolean ? 1 : 0;
	default:
		return value->is_date ? value->number : number_of_text(eval_string(eval, value), eval->env->zone);
	}
}

/* --- conversions of results --- */

const char *value_string(const struct value *value, struct arena *arena)
{
	switch (value->kind) {
	case VALUE_STRING:
		return value->string;
	case VALUE_NUMBER:
		return number_text(arena, value->number);
	case VALUE_BOOLEAN:
		return value->boolean ? "true" : "false";
	case VALUE_NODES:
		break;
	}
	if (!value->n)
		return "";
	if (!value->nodes[0]->first)
		return value->nodes[0]->value;
	size_t n = 0;
	char *text = arena_alloc(arena, deep_length(value->nodes[0], &n) + 1);
	deep_copy(value->nodes[0], text);
	return text;
}

double value_number(const struct value *value)
{
	switch (value->kind) {
	case VALUE_NUMBER:
		return value->number;
	case VALUE_BOOLEAN:
		return value->boolean ? 1 : 0;
	case VALUE_STRING:
		return value->is_date ? value->number : number_of_text(value->string, NULL);
	case VALUE_NODES:
		break;
	}
	return value->n ? number_of_text(value->nodes[0]->value, NULL) : NAN;
}

bool value_boolean(const struct value *value)
{
	switch (value->kind) {
	case VALUE_NUMBER:
		return value->number != 0 && !isnan(value->number);
	case VALUE_BOOLEAN:
		return value->boolean;
	case VALUE_STRING:
		/* what date() answers to nonsense is false, although it has letters */
		return value->is_date ? !isnan(value->number) : value->string[0] != '\0';
	case VALUE_NODES:
		return value->n > 0;
	}
	return false;
}
