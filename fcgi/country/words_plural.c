/* SPDX-License-Identifier: Apache-2.0
 *
 * Plural forms by CLDR's rules through ICU, in the order in which .po files number them. */
#include "words_table.h"

#include <stdio.h>
#include <string.h>

#include <unicode/upluralrules.h>

/* CLDR categories that whole numbers of a language fall in, in CLDR's order: the order of msgstr[n]. */
struct plural_rule {
	char language[16];
	UPluralRules *rules;
	size_t n;
	int category[PO_FORMS_MAX];
};

static int category_of(const UPluralRules *rules, long n)
{
	static const char *const name[PO_FORMS_MAX] = { "zero", "one", "two", "few", "many", "other" };
	UChar wide[16];
	char word[16] = "";
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = uplrules_select(rules, (double)n, wide, 15, &status);
	for (int32_t i = 0; U_SUCCESS(status) && i < length && i < 15; i++) {
		word[i] = (char)wide[i];
		word[i + 1] = 0;
	}
	for (int i = 0; i < PO_FORMS_MAX; i++)
		if (!strcmp(word, name[i]))
			return i;
	return PO_FORMS_MAX - 1;
}

static void learn_rule(struct plural_rule *rule, const char *language)
{
	UErrorCode status = U_ZERO_ERROR;
	bool used[PO_FORMS_MAX] = { false };
	if (rule->rules)
		uplrules_close(rule->rules);
	*rule = (struct plural_rule){ 0 };
	snprintf(rule->language, sizeof rule->language, "%s", language);
	rule->rules = uplrules_open(language, &status);
	if (status == U_USING_DEFAULT_WARNING) {
		/* a language that CLDR does not know (pseudo-translations): as in English */
		uplrules_close(rule->rules);
		status = U_ZERO_ERROR;
		rule->rules = uplrules_open("en", &status);
	}
	if (U_FAILURE(status)) {
		rule->rules = NULL;
		return;
	}
	for (long n = 0; n <= 200; n++)
		used[category_of(rule->rules, n)] = true;
	for (int i = 0; i < PO_FORMS_MAX; i++)
		if (used[i])
			rule->category[rule->n++] = i;
}

/* Rules are opened once per language: opening costs far more than asking. */
static struct plural_rule *rule_of(const char *language)
{
	static struct plural_rule cache[LANGUAGES_MAX];
	static size_t next;
	struct plural_rule *rule = NULL;
	for (size_t i = 0; i < LANGUAGES_MAX && !rule; i++)
		if (!strcmp(cache[i].language, language))
			rule = &cache[i];
	if (!rule) {
		rule = &cache[next++ % LANGUAGES_MAX];
		learn_rule(rule, language);
	}
	return rule;
}

size_t plural_form(const char *language, long n)
{
	const struct plural_rule *rule = rule_of(language);
	if (!rule->rules)
		return n == 1 ? 0 : 1;
	int category = category_of(rule->rules, n);
	for (size_t i = 0; i < rule->n; i++)
		if (rule->category[i] == category)
			return i;
	return rule->n ? rule->n - 1 : 0;
}

size_t plural_count(const char *language)
{
	const struct plural_rule *rule = rule_of(language);
	return rule->n ? rule->n : 2;
}
