/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers from hostile bytes: stored JSON, then "path=value" lines as a browser would post
 * them, through relevance, checks and scores. What comes out must go in again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "../unit/form_help.h"

#define FORM "{'title':'T','choices':{'l':[{'name':'a','score':1},{'name':'b','r':'x'}]},'survey':[{'type':'integer','name':'q','label':'Q'},{'type':'group','name':'g','label':'G','relevant':'${q} > 0 or ${q} = ``','questions':[" \
	"{'type':'integer','name':'n','label':'N','constraint':'. < 10'},{'type':'select_multiple l or_other','name':'s','label':'S','choice_filter':'r = ${t}'},{'type':'rank l','name':'k','label':'K'}," \
	"{'type':'text','name':'t','label':'T'},{'type':'geopoint','name':'p','label':'P'},{'type':'datetime','name':'d','label':'D'},{'type':'time','name':'i','label':'I'},{'type':'email','name':'e','label':'E'}]}," \
	"{'type':'repeat','name':'r','label':'R','questions':[{'type':'decimal','name':'x','label':'X'},{'type':'calculate','name':'y','calculation':'${x} * 2'}]}," \
	"{'type':'repeat','name':'c','label':'C','repeat_count':'${n}','questions':[{'type':'text','name':'z','label':'Z ${z}','required':true}]},{'type':'calculate','name':'sum','calculation':'sum(${y})'}]," \
	"'scores':[{'name':'total','calculation':'${sum}'},{'name':'items'}],'needs':[{'dimension':'d','when':'${sum} > 1','statement':'t','fallback':'F ${n}'}]}"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void work(struct answers *answers, struct arena *arena)
{
	struct why why = { 0 };
	answers_update(answers, &why);
	answers_check(answers, NULL, arena);
	answers_outcome(answers, arena);
	if (!answers_from_json(arena, answers->form, &answers->env, answers_to_json(answers, arena), &why))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new(256 << 20);
	struct heard heard;
	struct why why = { 0 };
	struct form *form = load_form(arena, FORM, &heard);
	struct expr_env env = { .arena = arena, .zone = "UTC", .language = "en" };
	char *text = arena_strndup(arena, (const char *)bytes, size), *save = NULL;
	struct answers *answers = answers_from_json(arena, form, &env, text, &why);
	if (answers)
		work(answers, arena);
	answers = answers_new(arena, form, &env);
	for (char *line = strtok_r(text, "\n", &save); line && text_is_clean(line, strlen(line)); line = strtok_r(NULL, "\n", &save)) {
		char *equals = strchr(line, '=');
		if (equals)
			*equals = 0;
		if (equals)
			answers_set(answers, line, equals + 1);
		else if (answers_add_repeat(answers, line))
			answers_remove_repeat(answers, line);
	}
	work(answers, arena);
	buf_free(&heard.text);
	arena_free(arena);
	return 0;
}
