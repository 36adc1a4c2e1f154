/* SPDX-License-Identifier: Apache-2.0
 *
 * Form expressions: the first line of the input is the expression, the rest the XML it looks
 * into. Whatever comes, it is parsed or refused, evaluated or refused, in bounded time. */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "form/expr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char sample[] = "<d id='i'><a>5</a><r><n>x y</n><t>2026-01-01</t></r><r><n/><t>1 2 3 4</t></r></d>";
	jmp_buf full;
	struct arena *arena = arena_new(64 << 20);
	arena_set_escape(arena, &full);
	if (setjmp(full) == 0) {
		char *text = arena_strndup(arena, (const char *)data, size), *end = strchr(text, '\n');
		struct why why = { 0 };
		struct expr_problem problem;
		struct value value;
		struct expr_env env = { .arena = arena, .now = 1343140112, .zone = "Asia/Yerevan", .language = "hy", .random_seed = 7 };
		const char *xml = end && end[1] ? end + 1 : sample;
		if (end)
			*end = '\0';
		struct expr *expr = expr_parse(arena, text, &problem);
		if (node_from_xml(arena, xml, strlen(xml), &env.root, &why) == OK && expr) {
			env.context = env.root->last && env.root->last->first ? env.root->last->first : env.root;
			if (expr_eval(expr, &env, &value, &why) == OK && !value_string(&value, arena))
				abort();
		}
	}
	arena_free(arena);
	return 0;
}
