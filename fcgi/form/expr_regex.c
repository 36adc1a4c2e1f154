/* SPDX-License-Identifier: Apache-2.0
 *
 * Regular expressions of forms (see expr_regex.h). Compiled patterns are kept per
 * worker, since a form asks the same few again and again. */
#include "expr_regex.h"

#include <stdio.h>
#include <string.h>

#include <unicode/uregex.h>
#include <unicode/ustring.h>

enum { MAX_PATTERN = 1000, MAX_TEXT = 10000, STACK_LIMIT = 512 * 1024, KEPT = 16 };
/* In steps of an evaluation: a call, a compilation, and each ten thousand steps of ICU's. */
enum { CALL_COST = 20, COMPILE_COST = 1000, TICK_COST = 20000 };

static struct kept { char pattern[MAX_PATTERN + 1]; URegularExpression *compiled; } kept[KEPT];
static unsigned next_kept;

static void refuse(char *problem, size_t size, const char *words)
{
	snprintf(problem, size, "%s", words);
}

static URegularExpression *compile(const char *pattern, char *problem, size_t size)
{
	UChar wide[MAX_PATTERN + 1];
	int32_t length;
	UErrorCode code = U_ZERO_ERROR;
	UParseError where;
	u_strFromUTF8(wide, MAX_PATTERN + 1, &length, pattern, -1, &code);
	URegularExpression *compiled = U_SUCCESS(code) ? uregex_open(wide, length, 0, &where, &code) : NULL;
	if (U_FAILURE(code)) {
		refuse(problem, size, "the pattern is no regular expression");
		return NULL;
	}
	uregex_setStackLimit(compiled, STACK_LIMIT, &code);
	return compiled;
}

static UBool U_CALLCONV tick(const void *context, int32_t steps)
{
	const struct regex_cost *cost = context;
	(void)steps;
	return cost->spend(cost->data, TICK_COST);
}

static URegularExpression *find(const char *pattern, const struct regex_cost *cost, char *problem, size_t size)
{
	for (size_t i = 0; i < KEPT; i++)
		if (kept[i].compiled && strcmp(kept[i].pattern, pattern) == 0)
			return kept[i].compiled;
	URegularExpression *compiled = cost->spend(cost->data, COMPILE_COST) ? compile(pattern, problem, size) : NULL;
	if (!compiled)
		return NULL;
	struct kept *slot = &kept[next_kept++ % KEPT];
	if (slot->compiled)
		uregex_close(slot->compiled);
	slot->compiled = compiled;
	strcpy(slot->pattern, pattern);
	return compiled;
}

enum regex_answer regex_matches(const char *pattern, const char *text, const struct regex_cost *cost, char *problem, size_t size)
{
	static UChar wide[MAX_TEXT + 1];
	UErrorCode code = U_ZERO_ERROR;
	int32_t length;
	if (strlen(pattern) > MAX_PATTERN || strlen(text) > MAX_TEXT) {
		refuse(problem, size, "the pattern or the text is too long");
		return REGEX_REFUSED;
	}
	/* ICU takes no empty pattern */
	if (!pattern[0])
		return text[0] ? REGEX_NO : REGEX_YES;
	refuse(problem, size, "the pattern takes too long on this text");
	URegularExpression *compiled = cost->spend(cost->data, CALL_COST) ? find(pattern, cost, problem, size) : NULL;
	if (!compiled)
		return REGEX_REFUSED;
	u_strFromUTF8(wide, MAX_TEXT + 1, &length, text, -1, &code);
	uregex_setText(compiled, wide, length, &code);
	uregex_setMatchCallback(compiled, tick, cost, &code);
	UBool does_match = uregex_matches(compiled, 0, &code);
	if (U_FAILURE(code))
		return REGEX_REFUSED;
	return does_match ? REGEX_YES : REGEX_NO;
}
