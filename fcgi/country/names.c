/* SPDX-License-Identifier: Apache-2.0
 *
 * Names as a reader writes them; see names.h. */
#include "names.h"

#include <string.h>

#include "base/text.h"
#include "told.h"
#include "words.h"

static const char *rules_of(const struct bundle *bundle, const char *code)
{
	const struct language *language = bundle_language(bundle, code);

	return language && !text_is_blank(language->names) ? language->names : NULL;
}

bool names_has_rules(const struct bundle *bundle, const char *language)
{
	return rules_of(bundle, language) != NULL;
}

static bool is_first(const struct bundle *bundle, const char *language)
{
	return text_eq(language, bundle->language[0].code);
}

const char *name_written(struct arena *arena, const struct bundle *bundle, const char *language, const char *native, const char *latin)
{
	const char *any = text_is_blank(native) ? (latin ? latin : "") : native, *shown = told(any), *rules = rules_of(bundle, language);

	if (!text_eq(shown, any) || (is_first(bundle, language) && !text_is_blank(native)))
		return shown;
	/* who is translated by name in the bundle's words is called so */
	if (!text_is_blank(latin) && !text_eq(tr(latin), latin))
		return tr(latin);
	if (is_first(bundle, language))
		return any;
	if (rules)
		return text_romanize(arena, any, rules);
	return text_is_blank(latin) ? any : latin;
}

/* What stands for %1 in a text of this pattern; NULL when it is of another. */
static char *taken_from(struct arena *arena, const char *pattern, const char *text)
{
	const char *place = strstr(pattern, "%1");
	size_t before = place ? (size_t)(place - pattern) : 0, after = place ? strlen(place + 2) : 0, n = strlen(text);

	if (!place || n <= before + after || strncmp(text, pattern, before) != 0 || strcmp(text + n - after, place + 2) != 0)
		return NULL;
	return arena_strndup(arena, text + before, n - before - after);
}

const char *title_written(struct arena *arena, const struct bundle *bundle, const char *language, const char *native, const char *latin)
{
	const char *family;

	if (is_first(bundle, language))
		return native;
	/* in the same letters only the word for family changes */
	bool is_same_script = text_is_blank(latin) && !text_is_blank(native) && !text_latin_name(arena, native);
	if (is_same_script || (names_has_rules(bundle, language) && !text_is_blank(native))) {
		words_use(bundle->languages, bundle->language[0].code);
		family = taken_from(arena, tr("%1 family"), native);
		words_use(bundle->languages, language);
		if (family)
			return tr_fill(arena, tr("%1 family"), name_written(arena, bundle, language, family, NULL), NULL);
	}
	return text_is_blank(latin) ? native : latin;
}
