/* SPDX-License-Identifier: Apache-2.0
 *
 * Order: the visitor's cookie, the person's own language, what the browser asks for, the
 * bundle's first. Outside instances the languages are those of the instances together. */
#include "language.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "country/told.h"
#include "country/words.h"
#include "reply.h"
#include "route.h"
#include "view/format.h"

#define YEAR_S (365 * 24 * 3600)
#define LANGUAGES_MAX 24
#define INSTANCES_ASKED 12 /* opened for their languages; sandboxes repeat what these have */

static const struct language english = { "en", "English", false, NULL, NULL };

static const struct language *find(const struct language *languages, size_t n, const char *code, size_t length)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(languages[i].code) == length && strncasecmp(languages[i].code, code, length) == 0)
			return &languages[i];
	return NULL;
}

size_t request_languages(const struct request *r, const struct language **languages)
{
	struct language *all;
	const char **names;
	size_t n_names, n = 0;

	if (r->instance) {
		*languages = r->instance->bundle->language;
		return r->instance->bundle->n_languages;
	}
	all = arena_array(r->arena, struct language, LANGUAGES_MAX);
	all[n++] = english;
	n_names = instance_list(r->arena, &names);
	for (size_t i = 0; i < n_names && i < INSTANCES_ASKED; i++) {
		struct instance *instance;
		if (request_instance((struct request *)r, names[i], &instance))
			continue;
		for (size_t k = 0; k < instance->bundle->n_languages && n < LANGUAGES_MAX; k++) {
			const struct language *one = &instance->bundle->language[k];
			if (!find(all, n, one->code, strlen(one->code)))
				all[n++] = (struct language){ arena_strdup(r->arena, one->code), arena_strdup(r->arena, one->name), one->is_rtl, NULL, NULL };
		}
	}
	*languages = all;
	return n;
}

/* "hy-AM,hy;q=0.9,en;q=0.8": browsers write the best first, so q is not weighed. */
static const struct language *by_header(const struct language *languages, size_t n, const char *accepted)
{
	while (*accepted) {
		size_t length;
		const struct language *language;
		accepted += strspn(accepted, ", \t");
		length = strcspn(accepted, ",;- \t");
		language = length ? find(languages, n, accepted, length) : NULL;
		if (language)
			return language;
		accepted += strcspn(accepted, ",");
	}
	return NULL;
}

/* How dates and numbers are written: as the language's "locale" says, in English by the country's order of day and month. */
static const char *locale_for(const struct request *r, const struct language *chosen)
{
	if (chosen->locale && *chosen->locale)
		return chosen->locale;
	return r->instance && text_eq(r->language, "en") && text_eq(r->instance->bundle->date_order, "mdy") ? "en-US" : r->language;
}

void language_choose(struct request *r, const char *preferred, const char *accepted)
{
	const struct language *languages, *chosen = NULL;
	size_t n = request_languages(r, &languages);
	const char *cookie = request_cookie(r, "cc_lang"), *theme = request_cookie(r, "cc_theme");

	if (cookie)
		chosen = find(languages, n, cookie, strlen(cookie));
	if (!chosen && preferred)
		chosen = find(languages, n, preferred, strlen(preferred));
	if (!chosen)
		chosen = by_header(languages, n, accepted);
	if (!chosen)
		chosen = n ? &languages[0] : &english;
	r->language = chosen->code;
	r->theme = text_eq(theme, "dark") ? "dark" : text_eq(theme, "light") ? "light" : "auto";
	r->is_large = text_eq(request_cookie(r, "cc_large"), "1");
	words_use(r->instance ? r->instance->bundle->languages : NULL, r->language);
	told_use(r->instance && r->instance->is_demo ? r->instance->bundle->told : NULL, r->language);
	format_use(locale_for(r, chosen), r->instance ? r->instance->bundle->zone : "UTC");
}

/* The query again, without what was switched; the reply's buffer is free for it. */
static const char *rest_of(struct request *r, const struct pairs *query)
{
	buf_clear(r->body);
	for (size_t i = 0; i < query->n; i++) {
		const char *name = query->item[i].name;
		if (strcmp(name, "lang") != 0 && strcmp(name, "theme") != 0 && strcmp(name, "large") != 0)
			encode_pair(r->arena, r->body, name, query->item[i].value);
	}
	return arena_strdup(r->arena, r->body->p);
}

/* The path once more as an address: each segment encoded. */
static const char *encode_path(struct request *r)
{
	char *out = arena_strdup(r->arena, "");

	for (const char *p = r->path; *p; ) {
		size_t n = strcspn(++p, "/");
		out = arena_printf(r->arena, "%s/%s", out, encode_percent(r->arena, arena_strndup(r->arena, p, n)));
		p += n;
	}
	return out;
}

bool language_switch(struct request *r, const struct pairs *query)
{
	const char *lang = pairs_find(query, "lang"), *theme = pairs_find(query, "theme"), *large = pairs_find(query, "large");
	const struct language *languages;
	size_t n;
	const char *rest, *instance_path;

	if (r->method != METHOD_GET || (!lang && !theme && !large))
		return false;
	n = request_languages(r, &languages);
	instance_path = r->instance ? arena_printf(r->arena, "/%s", r->instance->name) : "/";
	if (lang && find(languages, n, lang, strlen(lang)))
		reply_cookie(r, "cc_lang", find(languages, n, lang, strlen(lang))->code, instance_path, YEAR_S);
	if (theme && (strcmp(theme, "dark") == 0 || strcmp(theme, "light") == 0 || strcmp(theme, "auto") == 0))
		reply_cookie(r, "cc_theme", theme, "/", YEAR_S);
	if (large)
		reply_cookie(r, "cc_large", strcmp(large, "1") == 0 ? "1" : "0", instance_path, YEAR_S);
	rest = rest_of(r, query);
	reply_redirect(r, arena_printf(r->arena, "%s%s%s", encode_path(r), *rest ? "?" : "", rest));
	return true;
}
