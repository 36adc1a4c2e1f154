/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions on text. Positions and lengths count characters (code points), not bytes. */
#include "expr_functions.h"

#include <math.h>
#include <string.h>

#include "expr_regex.h"

/* The argument's text, or the context node's when there is none. */
static const char *text_or_context(struct eval *eval, const struct ast *call)
{
	return call->n ? arg_string(eval, call, 0) : eval_node_string(eval, eval->node);
}

static size_t count_characters(const char *text)
{
	size_t n = 0;
	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

/* The n-th character's first byte, or the end. */
static const char *at_character(const char *text, double n)
{
	for (; *text; text++)
		if (((unsigned char)*text & 0xC0) != 0x80 && n-- < 1)
			return text;
	return text;
}

static size_t character_bytes(const char *text)
{
	size_t n = 1;
	while (((unsigned char)text[n] & 0xC0) == 0x80)
		n++;
	return n;
}

static struct value part(struct eval *eval, const char *from, const char *to)
{
	size_t n = (size_t)(to - from);
	char *copy = eval_alloc(eval, n + 1);
	if (!copy)
		return value_of_string("");
	memcpy(copy, from, n);
	return value_of_string(copy);
}

struct value function_string(struct eval *eval, const struct ast *call)
{
	return value_of_string(text_or_context(eval, call));
}

/* Adds the text of a value, or of each of its nodes, with a separator before all but the first. */
static void add_all(struct text_out *out, const struct value *value, const char *separator, size_t *n)
{
	struct eval *eval = out->eval;
	if (value->kind != VALUE_NODES) {
		out_str(out, (*n)++ ? separator : "");
		out_str(out, eval_string(eval, value));
		return;
	}
	for (size_t i = 0; i < value->n && eval_spend(eval, 1); i++) {
		out_str(out, (*n)++ ? separator : "");
		out_str(out, eval_node_string(eval, value->nodes[i]));
	}
}

struct value function_concat(struct eval *eval, const struct ast *call)
{
	struct text_out out = { .eval = eval };
	size_t n = 0;
	for (size_t i = 0; i < call->n; i++) {
		struct value value = arg_value(eval, call, i);
		add_all(&out, &value, "", &n);
	}
	return value_of_string(out_text(&out));
}

struct value function_join(struct eval *eval, const struct ast *call)
{
	struct text_out out = { .eval = eval };
	const char *separator = arg_string(eval, call, 0);
	size_t n = 0;
	for (size_t i = 1; i < call->n; i++) {
		struct value value = arg_value(eval, call, i);
		add_all(&out, &value, separator, &n);
	}
	return value_of_string(out_text(&out));
}

/* An index from the start, or from the end when it is negative, kept inside the text. */
static double clamp_index(double index, double length)
{
	index = isnan(index) ? 0 : trunc(index);
	if (index < 0)
		index += length;
	return index < 0 ? 0 : index > length ? length : index;
}

/* ODK's: from a 0-based start up to, without, the character at `end`. */
struct value function_substr(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0);
	double length = (double)count_characters(text);
	double start = clamp_index(arg_number(eval, call, 1), length);
	double end = call->n > 2 ? clamp_index(arg_number(eval, call, 2), length) : length;
	if (start >= end)
		return value_of_string("");
	const char *from = at_character(text, start);
	return part(eval, from, at_character(from, end - start));
}

/* XPath 1.0's: positions from 1, start and length rounded; NaN anywhere gives nothing. */
struct value function_substring(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0);
	double start = floor(arg_number(eval, call, 1) + 0.5);
	double end = call->n > 2 ? start + floor(arg_number(eval, call, 2) + 0.5) : INFINITY;
	double length = (double)count_characters(text);
	if (!(start < end))
		return value_of_string("");
	start = start < 1 ? 1 : start;
	end = end > length + 1 ? length + 1 : end;
	if (!(start < end))
		return value_of_string("");
	const char *from = at_character(text, start - 1);
	return part(eval, from, at_character(from, end - start));
}

struct value function_substring_before(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0);
	const char *found = strstr(text, arg_string(eval, call, 1));
	return found ? part(eval, text, found) : value_of_string("");
}

struct value function_substring_after(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0), *part_text = arg_string(eval, call, 1);
	const char *found = strstr(text, part_text);
	return value_of_string(found ? found + strlen(part_text) : "");
}

struct value function_contains(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0);
	return value_of_boolean(strstr(text, arg_string(eval, call, 1)) != NULL);
}

struct value function_starts_with(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0), *start = arg_string(eval, call, 1);
	return value_of_boolean(strncmp(text, start, strlen(start)) == 0);
}

struct value function_ends_with(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0), *end = arg_string(eval, call, 1);
	size_t length = strlen(text), wanted = strlen(end);
	return value_of_boolean(length >= wanted && strcmp(text + length - wanted, end) == 0);
}

struct value function_string_length(struct eval *eval, const struct ast *call)
{
	return value_of_number((double)count_characters(text_or_context(eval, call)));
}

struct value function_normalize_space(struct eval *eval, const struct ast *call)
{
	static const char space[] = " \t\r\n";
	const char *text = text_or_context(eval, call);
	struct text_out out = { .eval = eval };
	for (text += strspn(text, space); *text && !eval->is_failed; text += strspn(text, space)) {
		size_t n = strcspn(text, space);
		out_str(&out, out.len ? " " : "");
		out_add(&out, text, n);
		text += n;
	}
	return value_of_string(out_text(&out));
}

/* Where the character stands in a list of characters, from 0; -1 nowhere. */
static long index_of(const char *list, const char *character, size_t n)
{
	long i = 0;
	for (; *list; list += character_bytes(list), i++)
		if (strncmp(list, character, n) == 0)
			return i;
	return -1;
}

struct value function_translate(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0), *from = arg_string(eval, call, 1), *to = arg_string(eval, call, 2);
	struct text_out out = { .eval = eval };
	size_t n, cost = strlen(from) + strlen(to) + 1;
	for (; *text && eval_spend(eval, cost); text += n) {
		n = character_bytes(text);
		long i = index_of(from, text, n);
		const char *replacement = i < 0 ? text : at_character(to, (double)i);
		if (*replacement)
			out_add(&out, replacement, character_bytes(replacement));
	}
	return value_of_string(out_text(&out));
}

static bool spend_on_regex(void *data, size_t steps)
{
	return eval_spend(data, steps);
}

struct value function_regex(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0), *pattern = arg_string(eval, call, 1);
	const struct regex_cost cost = { spend_on_regex, eval };
	char problem[120];
	if (eval->is_failed)
		return value_of_string("");
	switch (regex_matches(pattern, text, &cost, problem, sizeof problem)) {
	case REGEX_YES:
		return value_of_boolean(true);
	case REGEX_NO:
		return value_of_boolean(false);
	default:
		return eval_fail(eval, "regex(): %s", problem);
	}
}
