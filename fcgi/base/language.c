/* SPDX-License-Identifier: Apache-2.0
 *
 * From a language's name to its code, by ICU's names. Walks all languages ICU knows: for
 * load time, once a name, not for each request. */
#include "language.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "text.h"

#define MAX_NAME 64

static bool is_code(const char *text)
{
	size_t n = strlen(text);
	return (n == 2 || n == 3 || (n > 3 && n < 12 && (text[2] == '-' || text[3] == '-'))) && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") == n;
}

/* "Français (fr)" gives "fr". */
static const char *code_in_brackets(struct arena *arena, const char *name)
{
	size_t n = strlen(name);
	const char *open = strrchr(name, '(');
	if (!open || name[n - 1] != ')')
		return NULL;
	const char *code = text_trim(arena, arena_strndup(arena, open + 1, (size_t)(name + n - 1 - (open + 1))));
	return is_code(code) ? code : NULL;
}

/* Is it the language's name as shown in `locale`? Compared without regard to letter case. */
static bool is_named(const char *language, const char *locale, const UChar *name)
{
	UChar shown[MAX_NAME];
	UErrorCode error = U_ZERO_ERROR;
	uloc_getDisplayLanguage(language, locale, shown, MAX_NAME, &error);
	return U_SUCCESS(error) && error != U_STRING_NOT_TERMINATED_WARNING && u_strcasecmp(shown, name, 0) == 0;
}

const char *language_code(struct arena *arena, const char *name)
{
	UChar wide[MAX_NAME];
	UErrorCode error = U_ZERO_ERROR;
	const char *code = code_in_brackets(arena, name);
	if (code)
		return code;
	u_strFromUTF8(wide, MAX_NAME, NULL, name, -1, &error);
	if (U_FAILURE(error) || error == U_STRING_NOT_TERMINATED_WARNING)
		return NULL;
	for (const char *const *language = uloc_getISOLanguages(); *language; language++)
		if (is_named(*language, "en", wide) || (strlen(*language) == 2 && is_named(*language, *language, wide)))
			return *language;
	return is_code(name) ? arena_strdup(arena, name) : NULL;
}
