/* SPDX-License-Identifier: Apache-2.0
 *
 * bundle.json into `struct bundle`: the country, its languages, modules, dimensions,
 * words and consents. What its values mean for other files: check_references. */
#include "bundle_load.h"

#include <regex.h>
#include <string.h>

#include "base/text.h"
#include "modules.h"
#include "pattern.h"

#define AT(type, field) offsetof(struct type, field)

#define X(constant, name) "\"" name "\","
#define MODULE_LIST "{ \"type\": \"array\", \"uniqueItems\": true, \"items\": { \"enum\": [" MODULES(X) "null] } }"
static const char MODULE_SCHEMA[] = "{ \"anyOf\": [ " MODULE_LIST ", { \"type\": \"object\", \"additionalProperties\": false, \"properties\": {"
	" \"note\": true, \"evidence\": { \"$ref\": \"#/$defs/evidence\" },"
	" \"preset\": { \"description\": \"1 information, 2 referral, 3 casework\", \"type\": \"integer\", \"minimum\": 1, \"maximum\": 3 },"
	" \"on\": " MODULE_LIST ", \"off\": " MODULE_LIST " } } ] }";
#undef X

static const struct member identifier_members[] = {
	{ "label", M_TEXT, .at = AT(bundle, identifier_label), .is_needed = true, .what = "What the personal number is called" },
	{ "pattern", M_TEXT, .at = AT(bundle, identifier_pattern), .format = F_PATTERN, .what = "POSIX extended regular expression of the whole number" },
	{ "placeholder", M_TEXT, .at = AT(bundle, identifier_placeholder), .what = "An example, shown in the empty field" },
	{ .name = NULL }
};

static const struct member form_members[] = {
	{ "intake", M_KEY, .at = AT(bundle, intake_form), .what = "Form of forms/ filled when a family comes" },
	{ "profile", M_KEY, .at = AT(bundle, profile_form), .what = "Form of forms/ that segments the family" },
	{ "assessment", M_KEY, .at = AT(bundle, assessment_form), .what = "Form of forms/ that finds needs and strengths" },
	{ .name = NULL }
};

static const struct member language_members[] = {
	{ "code", M_TEXT, .at = AT(language, code), .is_needed = true, .format = F_LANGUAGE, .what = "hy, pt-BR" },
	MEMBER_WAS,
	{ "name", M_TEXT, .at = AT(language, name), .is_needed = true, .what = "Its name in itself" },
	{ "rtl", M_BOOL, .at = AT(language, is_rtl), .what = "Written from right to left" },
	{ "locale", M_TEXT, .at = AT(language, locale), .format = F_LANGUAGE, .what = "How dates are written, where the country has its own way: ar-JO" },
	{ "names", M_TEXT, .at = AT(language, names), .what = "ICU transform rules that write people's names in this language's letters" },
	{ .name = NULL }
};

static const struct member dimension_members[] = {
	{ "key", M_KEY, .at = AT(dimension, key), .is_needed = true, .what = "Its name in the bundle" },
	MEMBER_WAS,
	{ "label", M_TEXT, .at = AT(dimension, label), .is_needed = true, .what = "Its heading" },
	{ "short", M_TEXT, .at = AT(dimension, short_label), .what = "The same where room is scarce" },
	{ .name = NULL }
};

static const struct member consent_members[] = {
	{ "key", M_KEY, .at = AT(consent_purpose, key), .is_needed = true, .what = "Purpose; case_management must be there" },
	MEMBER_WAS,
	{ "label", M_TEXT, .at = AT(consent_purpose, label), .is_needed = true, .what = "Its heading" },
	{ "text", M_TEXT, .at = AT(consent_purpose, text), .is_needed = true, .what = "What the family agrees to, as it is read to them" },
	{ "required", M_BOOL, .at = AT(consent_purpose, is_required), .what = "Without it there is no case" },
	{ "months", M_INT, .at = AT(consent_purpose, months), .min = 1, .max = 120, .what = "How long it holds" },
	{ .name = NULL }
};

const struct member main_shape[] = {
	{ "name", M_TEXT, .at = AT(bundle, name), .is_needed = true, .what = "The country" },
	{ "extends", M_OTHER, .schema = "{ \"type\": \"string\", \"pattern\": \"^[a-z0-9-]{1,40}$\" }", .what = "Folder beside this one that the bundle is laid over" },
	{ "version", M_TEXT, .at = AT(bundle, version), .is_needed = true, .format = F_VERSION, .what = "Version of the bundle" },
	{ "program", M_TEXT, .at = AT(bundle, program), .is_needed = true, .what = "Programme" },
	{ "institution", M_TEXT, .at = AT(bundle, institution), .what = "Ministry or agency" },
	{ "summary", M_TEXT, .at = AT(bundle, summary), .what = "One sentence for the landing page" },
	{ "population", M_TEXT, .at = AT(bundle, population), .what = "Who is served" },
	{ "level", M_INT, .at = AT(bundle, level_default), .is_needed = true, .min = 1, .max = 3, .what = "Level of case management: 1 information, 2 referral, 3 casework" },
	{ "level_max", M_INT, .at = AT(bundle, level_max), .min = 1, .max = 3, .what = "The highest level a case may move to" },
	{ "level_label", M_TEXT, .at = AT(bundle, level_label), .what = "What the level is called" },
	{ "case_prefix", M_TEXT, .at = AT(bundle, case_prefix), .is_needed = true, .format = F_CASE_PREFIX, .what = "2 to 5 capitals before case numbers: ARM-2026-000123" },
	{ "accent", M_TEXT, .at = AT(bundle, accent), .is_needed = true, .format = F_COLOUR, .what = "Colour, #rrggbb" },
	{ "emblem", M_REF, .at = AT(bundle, emblem), .format = F_EMBLEM, .what = "Own drawing in media/, at most 4 KB of plain shapes; never a real coat of arms" },
	{ "time_zone", M_TEXT, .at = AT(bundle, zone), .is_needed = true, .format = F_ZONE, .what = "IANA name of the time zone" },
	{ "date_order", M_ONE_OF, .at = AT(bundle, date_order), .is_needed = true, .choices = "dmy mdy", .what = "Order of day and month in English: 17 November, or November 17; other languages have their own" },
	{ "name_order", M_TEXT, .at = AT(bundle, name_order), .is_needed = true, .format = F_NAME_ORDER, .what = "given family, or family given" },
	{ "identifier", M_OBJECT, .of = identifier_members, .what = "The personal number" },
	{ "phone_pattern", M_TEXT, .at = AT(bundle, phone_pattern), .format = F_PATTERN, .what = "POSIX extended regular expression of telephone numbers" },
	{ "languages", M_LIST, .at = AT(bundle, language), .at_n = AT(bundle, n_languages), .is_needed = true, .of = language_members, .size = sizeof(struct language),
	  .id = "code", .places = PLACES(language), .max = 16, .what = "Languages of the screens; the first is the default" },
	{ "modules", M_OTHER, .schema = MODULE_SCHEMA, .what = "What is switched on: a list, or a preset with on and off; left out: the preset of the level" },
	{ "caseload_norm", M_INT, .at = AT(bundle, caseload_norm), .min = 1, .max = 1000, .what = "Cases a worker should have at most" },
	{ "open_goals_warning", M_INT, .at = AT(bundle, open_goals_warning), .min = 1, .max = 100, .what = "Open goals to warn above" },
	{ "week_starts", M_INDEX, .at = AT(bundle, week_first), .first = 1, .choices = "monday tuesday wednesday thursday friday saturday sunday",
	  .what = "The first of the five working days of a week" },
	{ "review_max_months", M_INT, .at = AT(bundle, review_max_months), .min = 1, .max = 60, .what = "Longest time to a review" },
	{ "forms", M_OBJECT, .of = form_members, .what = "Which form is used for what" },
	{ "dimensions", M_LIST, .at = AT(bundle, dimension), .at_n = AT(bundle, n_dimensions), .of = dimension_members, .size = sizeof(struct dimension), .id = "key",
	  .places = PLACES(dimension), .what = "Dimensions of the assessment, in order" },
	{ "sensitivity", M_TEXTS, .at = AT(bundle, sensitivity), .at_n = AT(bundle, n_sensitivity), .max = 64, .what = "Tags of protected answers; a role sees those it names" },
	{ "words", M_OTHER, .schema = "{ \"type\": \"object\", \"additionalProperties\": { \"type\": \"string\", \"pattern\": \"\\\\S\" } }",
	  .what = "The product's word and the country's: \"client\": \"beneficiary\"" },
	{ "consents", M_LIST, .at = AT(bundle, consent), .at_n = AT(bundle, n_consents), .of = consent_members, .size = sizeof(struct consent_purpose), .id = "key",
	  .places = PLACES(consent), .what = "What families are asked to agree to" },
	{ .name = NULL }
};

static void check_pattern(struct loader *l, const struct json *at, const char *pattern)
{
	regex_t regex;
	char words[120];
	if (!*pattern)
		return;
	int code = regcomp(&regex, arena_printf(l->scratch, "^(%s)$", pattern), REG_EXTENDED | REG_NOSUB);
	if (code != 0) {
		regerror(code, &regex, words, sizeof words);
		loader_error(l, at, "\"%s\" is no pattern (POSIX extended regular expression): %s", pattern, words);
		return;
	}
	regfree(&regex);
}

/* The example shown in the field must itself be taken. */
static void check_example(struct loader *l, const struct json *at, const char *pattern, const char *example)
{
	if (*example && !pattern_takes(pattern, example))
		loader_error(l, at, "the example \"%s\" does not match the pattern %s", example, pattern);
}

static void check_main(struct loader *l)
{
	const struct bundle *b = l->bundle;
	const struct json *m = l->main;
	if (b->level_max && b->level_max < b->level_default)
		loader_error(l, json_get(m, "level_max"), "\"level_max\" is below \"level\"");
	check_pattern(l, json_get(m, "phone_pattern"), b->phone_pattern);
	check_pattern(l, json_get(json_get(m, "identifier"), "pattern"), b->identifier_pattern);
	check_example(l, json_get(json_get(m, "identifier"), "placeholder"), b->identifier_pattern, b->identifier_placeholder);
	if (!b->n_languages && json_get(m, "languages"))
		loader_error(l, json_get(m, "languages"), "a bundle has at least one language; the first is the default");
	const struct bundle_file *own = layer_file(&l->layer[0], "bundle.json");
	if (own && own->json && l->n_layers > 1 && !json_get(own->json, "name"))
		loader_error(l, own->json, "\"name\" is missing: a bundle has its own name, not its parent's");
}

/* ---- modules ---- */

static uint64_t read_module_list(struct loader *l, const struct json *list)
{
	uint64_t modules = 0;
	if (list && list->kind != JSON_ARRAY) {
		loader_error(l, list, "\"%s\" must be a list of modules, this is a %s", list->key, json_kind_name(list->kind));
		return 0;
	}
	for (json_each(item, list)) {
		int module = item->kind == JSON_STRING ? module_from_name(item->string) : -1;
		if (module < 0) {
			const char *names[MODULE_COUNT];
			for (int i = 0; i < MODULE_COUNT; i++)
				names[i] = module_name((enum module)i);
			loader_error(l, item, "there is no module \"%s\"%s", item->string, loader_hint(l, item->string, names, MODULE_COUNT));
		} else if (modules & BIT(module))
			loader_error(l, item, "the module \"%s\" stands here twice", item->string);
		else
			modules |= BIT(module);
	}
	return modules;
}

/* The preset of a level, with what the bundle adds and takes away. */
static uint64_t read_preset(struct loader *l, const struct json *modules, int level)
{
	if (!modules)
		return modules_of_level(level);
	json_known(&l->report, modules, "preset", "on", "off", NULL);
	const struct json *preset = json_get(modules, "preset");
	int64_t number = json_int(&l->report, modules, "preset", level);
	if (number < 1 || number > 3)
		loader_error(l, preset, "\"preset\" is %lld, it can be 1 to 3", (long long)number);
	uint64_t base = modules_of_level((int)number), on = read_module_list(l, json_get(modules, "on")), off = read_module_list(l, json_get(modules, "off"));
	for (int i = 0; i < MODULE_COUNT; i++) {
		const char *name = module_name((enum module)i);
		if (on & off & BIT(i))
			loader_error(l, place_of_element(modules, "off", name), "the module \"%s\" is switched on and off", name);
		else if (on & base & BIT(i))
			loader_warn(l, place_of_element(modules, "on", name), "has no effect: the preset of level %lld has the module \"%s\" on", (long long)number, name);
		else if (off & ~base & BIT(i))
			loader_warn(l, place_of_element(modules, "off", name), "has no effect: the preset of level %lld has the module \"%s\" off", (long long)number, name);
	}
	return (base | on) & ~off;
}

static void read_modules(struct loader *l)
{
	struct bundle *b = l->bundle;
	const struct json *modules = json_get(l->main, "modules");
	if (modules && modules->kind == JSON_ARRAY)
		b->modules = read_module_list(l, modules);
	else if (!modules || modules->kind == JSON_NULL || modules->kind == JSON_OBJECT)
		b->modules = read_preset(l, modules && modules->kind == JSON_OBJECT ? modules : NULL, b->level_default);
	else {
		loader_error(l, modules, "\"modules\" is a list of modules, or {\"preset\": 3, \"on\": […], \"off\": […]}");
		b->modules = modules_of_level(b->level_default);
	}
}

static void read_word_pairs(struct loader *l)
{
	const struct json *words = json_object(&l->report, l->main, "words");
	const char **pairs = arena_array(l->arena, const char *, (words ? words->n : 0) * 2 + 1);
	size_t n = 0;
	for (json_each(word, words)) {
		if (word->kind != JSON_STRING || text_is_blank(word->string)) {
			loader_error(l, word, "\"%s\" is replaced by a text; this is a %s", word->key, json_kind_name(word->kind));
			continue;
		}
		pairs[n++] = loader_keep(l, word->key);
		pairs[n++] = loader_keep(l, word->string);
	}
	l->bundle->words = pairs;
}

void loader_main(struct loader *l)
{
	struct bundle *b = l->bundle;
	b->identifier_label = b->identifier_pattern = b->identifier_placeholder = "";
	if (!l->main || !loader_object(l, l->main, main_shape, b))
		return;
	check_main(l);
	b->level_max = b->level_max ? b->level_max : b->level_default;
	read_modules(l);
	read_word_pairs(l);
	for (size_t i = 0; i < b->n_dimensions; i++)
		if (!*b->dimension[i].short_label)
			b->dimension[i].short_label = b->dimension[i].label;
}
