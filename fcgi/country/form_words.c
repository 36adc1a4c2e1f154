/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of form versions; see form_words.h. */
#include "form_words.h"

#include <string.h>

#include "form/json.h"
#include "words.h"

/* ---- keeping ---- */

#define WORDS_MAX (8u << 20)

#define TEXTS_MAX 4096

struct collect { const struct bundle *bundle; const char *language; struct buf *out; size_t n; const char **seen; };

static bool is_seen(const struct collect *collect, const char *source)
{
	for (size_t i = 0; i < collect->n; i++)
		if (!strcmp(collect->seen[i], source))
			return true;
	return false;
}

static void collect_text(void *data, struct text *text)
{
	struct collect *collect = data;
	for (size_t i = 0; i < text->n; i++) {
		const char *translation = text->language[i] ? NULL : words_own(collect->bundle->languages, collect->language, text->string[i]);
		if (!translation || collect->n == TEXTS_MAX || is_seen(collect, text->string[i]))
			continue;
		collect->seen[collect->n] = text->string[i];
		buf_str(collect->out, collect->n++ ? "," : "{");
		json_put_text(collect->out, text->string[i]);
		buf_char(collect->out, ':');
		json_put_text(collect->out, translation);
	}
}

/* {"hy": {"Housing": "…"}, …} */
static const char *words_of(struct arena *arena, const struct bundle *bundle, const struct form *form)
{
	struct buf out;
	bool is_first = true;
	buf_init(&out, WORDS_MAX);
	buf_char(&out, '{');
	for (size_t i = 0; i < bundle->n_languages; i++) {
		struct buf one;
		buf_init(&one, WORDS_MAX);
		struct collect collect = { .bundle = bundle, .language = bundle->language[i].code, .out = &one, .seen = arena_array(arena, const char *, TEXTS_MAX) };
		form_each_text((struct form *)form, collect_text, &collect);
		if (collect.n) {
			buf_str(&out, is_first ? "" : ",");
			json_put_text(&out, collect.language);
			buf_printf(&out, ":%s}", one.p);
			is_first = false;
		}
		buf_free(&one);
	}
	buf_char(&out, '}');
	const char *text = arena_strdup(arena, out.full ? "{}" : out.p);
	buf_free(&out);
	return text;
}

enum err form_words_keep(const struct context *c, const struct bundle *bundle, const struct form *form, int64_t *id)
{
	enum err err = form_version_find(c, form->key, form->digest, id);
	return err == ERR_NOT_FOUND ? form_version_keep(c, form->key, form->digest, form->definition, words_of(c->arena, bundle, form), id) : err;
}

enum err form_words_refresh(const struct context *c, const struct bundle *bundle)
{
	enum err err = OK;
	for (size_t i = 0; err == OK && i < bundle->n_forms; i++)
		err = form_version_reword(c, bundle->form[i]->key, bundle->form[i]->digest, words_of(c->arena, bundle, bundle->form[i]));
	return err;
}

/* ---- showing ---- */

static void ignore_problem(void *data, int line, int column, const char *format, ...)
{
	(void)data; (void)line; (void)column; (void)format;
}

struct rewording { struct arena *arena; const char *language; const struct json *words; };

/* The source stays first: where nothing was kept, the present translation is better than none. */
static void reword(void *data, struct text *text)
{
	const struct rewording *r = data;
	if (text->n != 1 || text->language[0])
		return;
	const struct json *kept = json_get(r->words, text->string[0]);
	if (!kept || kept->kind != JSON_STRING)
		return;
	struct text both = { .n = 2, .language = arena_array(r->arena, const char *, 2), .string = arena_array(r->arena, const char *, 2) };
	both.string[0] = text->string[0];
	both.language[1] = r->language;
	both.string[1] = kept->string;
	*text = both;
}

const struct form *form_of_version(const struct context *c, const struct bundle *bundle, const struct form_version *version, const char *language)
{
	const struct form *own = bundle_form(bundle, version->form);
	if (own && !strcmp(own->digest, version->digest))
		return own;
	struct form *form = form_load(c->arena, version->form, version->definition, strlen(version->definition), ignore_problem, NULL);
	if (!form) {
		fail(c->why, ERR_INTERNAL, "form version %lld cannot be read", (long long)version->id);
		return NULL;
	}
	struct json_report report = { .arena = c->arena, .problem = ignore_problem };
	const struct json *words = json_read(&report, version->words, strlen(version->words));
	struct rewording rewording = { .arena = c->arena, .language = language, .words = json_get(words, language) };
	form_each_text(form, reword, &rewording);
	return form;
}
