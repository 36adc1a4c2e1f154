/* SPDX-License-Identifier: Apache-2.0
 *
 * bundle.json, roles.json, offices.json, services.json and personas.json into
 * `struct bundle`: what each object may say stands in the tables. References between
 * them are looked at later, by check_references. */
#include "bundle_load.h"

#include <regex.h>
#include <string.h>

#include <unicode/ucal.h>

#include "base/date.h"
#include "base/text.h"

#define AT(type, field) offsetof(struct type, field)

/* ---- bundle.json ---- */

static const struct member main_members[] = {
	{ "name", M_TEXT, .at = AT(bundle, name), .is_needed = true },
	{ "extends", M_OTHER, .at = 0 },
	{ "version", M_TEXT, .at = AT(bundle, version), .is_needed = true },
	{ "program", M_TEXT, .at = AT(bundle, program), .is_needed = true },
	{ "institution", M_TEXT, .at = AT(bundle, institution) },
	{ "summary", M_TEXT, .at = AT(bundle, summary) },
	{ "population", M_TEXT, .at = AT(bundle, population) },
	{ "level", M_INT, .at = AT(bundle, level_default), .is_needed = true, .min = 1, .max = 3 },
	{ "level_max", M_INT, .at = AT(bundle, level_max), .min = 1, .max = 3 },
	{ "level_label", M_TEXT, .at = AT(bundle, level_label) },
	{ "case_prefix", M_TEXT, .at = AT(bundle, case_prefix), .is_needed = true },
	{ "accent", M_TEXT, .at = AT(bundle, accent), .is_needed = true },
	{ "time_zone", M_TEXT, .at = AT(bundle, zone), .is_needed = true },
	{ "date_order", M_ONE_OF, .at = AT(bundle, date_order), .is_needed = true, .choices = "dmy mdy ymd" },
	{ "name_order", M_TEXT, .at = AT(bundle, name_order), .is_needed = true },
	{ "identifier", M_OTHER, .at = 0 },
	{ "phone_pattern", M_TEXT, .at = AT(bundle, phone_pattern) },
	{ "languages", M_OTHER, .at = 0, .is_needed = true },
	{ "modules", M_OTHER, .at = 0, .is_needed = true },
	{ "caseload_norm", M_INT, .at = AT(bundle, caseload_norm), .min = 1, .max = 1000 },
	{ "open_goals_warning", M_INT, .at = AT(bundle, open_goals_warning), .min = 1, .max = 100 },
	{ "review_max_months", M_INT, .at = AT(bundle, review_max_months), .min = 1, .max = 60 },
	{ "forms", M_OTHER, .at = 0 },
	{ "dimensions", M_OTHER, .at = 0 },
	{ "sensitivity", M_TEXTS, .at = AT(bundle, sensitivity), .at_n = AT(bundle, n_sensitivity) },
	{ "words", M_OTHER, .at = 0 },
	{ "consents", M_OTHER, .at = 0 },
	{ .name = NULL }
};

static const struct member identifier_members[] = {
	{ "label", M_TEXT, .at = AT(bundle, identifier_label), .is_needed = true },
	{ "pattern", M_TEXT, .at = AT(bundle, identifier_pattern) },
	{ "placeholder", M_TEXT, .at = AT(bundle, identifier_placeholder) },
	{ .name = NULL }
};

static const struct member form_members[] = {
	{ "intake", M_KEY, .at = AT(bundle, intake_form) },
	{ "profile", M_KEY, .at = AT(bundle, profile_form) },
	{ "assessment", M_KEY, .at = AT(bundle, assessment_form) },
	{ .name = NULL }
};

static const struct member language_members[] = {
	{ "code", M_TEXT, .at = AT(language, code), .is_needed = true },
	{ "name", M_TEXT, .at = AT(language, name), .is_needed = true },
	{ "rtl", M_BOOL, .at = AT(language, is_rtl) },
	{ .name = NULL }
};

static const struct member dimension_members[] = {
	{ "key", M_KEY, .at = AT(dimension, key), .is_needed = true },
	{ "label", M_TEXT, .at = AT(dimension, label), .is_needed = true },
	{ "short", M_TEXT, .at = AT(dimension, short_label) },
	{ .name = NULL }
};

static const struct member consent_members[] = {
	{ "key", M_KEY, .at = AT(consent_purpose, key), .is_needed = true },
	{ "label", M_TEXT, .at = AT(consent_purpose, label), .is_needed = true },
	{ "text", M_TEXT, .at = AT(consent_purpose, text), .is_needed = true },
	{ "required", M_BOOL, .at = AT(consent_purpose, is_required) },
	{ "months", M_INT, .at = AT(consent_purpose, months), .min = 1, .max = 120 },
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
	regex_t regex;
	if (!*pattern || !*example || regcomp(&regex, arena_printf(l->scratch, "^(%s)$", pattern), REG_EXTENDED | REG_NOSUB) != 0)
		return;
	if (regexec(&regex, example, 0, NULL, 0) != 0)
		loader_error(l, at, "the example \"%s\" does not match the pattern %s", example, pattern);
	regfree(&regex);
}

static bool is_zone(const char *zone)
{
	UChar wide[64], canonical[64];
	UErrorCode status = U_ZERO_ERROR;
	UBool is_system = false;
	if (strlen(zone) > 60)
		return false;
	for (size_t i = 0; i <= strlen(zone); i++)
		wide[i] = (UChar)(unsigned char)zone[i];
	ucal_getCanonicalTimeZoneID(wide, -1, canonical, 64, &is_system, &status);
	return U_SUCCESS(status) && is_system;
}

static bool is_colour(const char *text)
{
	return text[0] == '#' && strlen(text) == 7 && strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

static bool is_case_prefix(const char *text)
{
	size_t n = strlen(text);
	return n >= 2 && n <= 5 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == n;
}

static void check_main(struct loader *l)
{
	const struct bundle *b = l->bundle;
	const struct json *m = l->main;
	if (*b->accent && !is_colour(b->accent))
		loader_error(l, json_get(m, "accent"), "\"%s\" is no colour; write # and six hexadecimal digits, such as #b5502f", b->accent);
	if (*b->zone && !is_zone(b->zone))
		loader_error(l, json_get(m, "time_zone"), "\"%s\" is no time zone; write its IANA name, such as Asia/Yerevan", b->zone);
	if (*b->case_prefix && !is_case_prefix(b->case_prefix))
		loader_error(l, json_get(m, "case_prefix"), "\"%s\" cannot begin a case number; write 2 to 5 capital letters or digits, such as ARM", b->case_prefix);
	if (*b->name_order && strcmp(b->name_order, "given family") != 0 && strcmp(b->name_order, "family given") != 0)
		loader_error(l, json_get(m, "name_order"), "\"name_order\" is \"given family\" or \"family given\"");
	if (b->level_max && b->level_max < b->level_default)
		loader_error(l, json_get(m, "level_max"), "\"level_max\" is below \"level\"");
	if (b->n_sensitivity > 64)
		loader_error(l, json_get(m, "sensitivity"), "at most 64 sensitivity tags");
	check_pattern(l, json_get(m, "phone_pattern"), b->phone_pattern);
	check_pattern(l, json_get(json_get(m, "identifier"), "pattern"), b->identifier_pattern);
	check_example(l, json_get(json_get(m, "identifier"), "placeholder"), b->identifier_pattern, b->identifier_placeholder);
	const struct bundle_file *own = layer_file(&l->layer[0], "bundle.json");
	if (own && own->json && l->n_layers > 1 && !json_get(own->json, "name"))
		loader_error(l, own->json, "\"name\" is missing: a bundle has its own name, not its parent's");
}

static bool is_language_code(const char *code)
{
	size_t n = strspn(code, "abcdefghijklmnopqrstuvwxyz");
	if (n < 2 || n > 3)
		return false;
	code += n;
	if (*code == '-' && strspn(code + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2)
		code += 3;
	return *code == 0;
}

static void read_languages(struct loader *l)
{
	struct bundle *b = l->bundle;
	b->language = loader_list(l, l->main, "languages", "code", language_members, sizeof *b->language, &l->language);
	b->n_languages = l->language.n;
	for (size_t i = 0; i < b->n_languages; i++)
		if (*b->language[i].code && !is_language_code(b->language[i].code))
			loader_error(l, place_of(&l->language, i, "code"), "\"%s\" is no language code; write two or three small letters, such as hy or pt-BR", b->language[i].code);
	if (!b->n_languages && json_get(l->main, "languages"))
		loader_error(l, json_get(l->main, "languages"), "a bundle has at least one language; the first is the default");
	if (b->n_languages > 16)
		loader_error(l, json_get(l->main, "languages"), "at most 16 languages");
}

static void read_modules(struct loader *l)
{
	static const char *const names[] = {
#define X(constant, name) name,
		MODULES(X)
#undef X
	};
	const struct json *list = json_array(&l->report, l->main, "modules");
	for (json_each(item, list)) {
		int module = -1;
		for (int i = 0; i < MODULE_COUNT && item->kind == JSON_STRING; i++)
			if (!strcmp(names[i], item->string))
				module = i;
		if (module < 0)
			loader_error(l, item, "there is no module \"%s\"%s", item->string, loader_hint(l, item->string, names, MODULE_COUNT));
		else if (l->bundle->modules & BIT(module))
			loader_error(l, item, "the module \"%s\" stands here twice", item->string);
		else
			l->bundle->modules |= BIT(module);
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
	if (!l->main || !loader_object(l, l->main, main_members, b))
		return;
	if (json_get(l->main, "identifier"))
		loader_object(l, json_get(l->main, "identifier"), identifier_members, b);
	if (json_get(l->main, "forms"))
		loader_object(l, json_get(l->main, "forms"), form_members, b);
	check_main(l);
	b->level_max = b->level_max ? b->level_max : b->level_default;
	read_languages(l);
	read_modules(l);
	read_word_pairs(l);
	b->dimension = loader_list(l, l->main, "dimensions", "key", dimension_members, sizeof *b->dimension, &l->dimension);
	b->n_dimensions = l->dimension.n;
	for (size_t i = 0; i < b->n_dimensions; i++)
		if (!*b->dimension[i].short_label)
			b->dimension[i].short_label = b->dimension[i].label;
	b->consent = loader_list(l, l->main, "consents", "key", consent_members, sizeof *b->consent, &l->consent);
	b->n_consents = l->consent.n;
}

/* ---- roles.json, offices.json, personas.json ---- */

static const struct member role_members[] = {
	{ "key", M_KEY, .at = AT(role, key), .is_needed = true },
	{ "label", M_TEXT, .at = AT(role, label), .is_needed = true },
	{ "scope", M_OTHER, .at = 0, .is_needed = true },
	{ "permissions", M_OTHER, .at = 0, .is_needed = true },
	{ "sensitivity", M_OTHER, .at = 0 },
	{ .name = NULL }
};

static const struct member area_members[] = {
	{ "code", M_TEXT, .at = AT(area, code), .is_needed = true },
	{ "name", M_TEXT, .at = AT(area, name) },
	{ "parent", M_REF, .at = AT(area, parent) },
	{ .name = NULL }
};

static const struct member office_members[] = {
	{ "key", M_KEY, .at = AT(office, key), .is_needed = true },
	{ "name", M_TEXT, .at = AT(office, name), .is_needed = true },
	{ "area", M_TEXT, .at = AT(office, area), .is_needed = true },
	{ "locality", M_TEXT, .at = AT(office, locality) },
	{ "address", M_TEXT, .at = AT(office, address) },
	{ "phone", M_TEXT, .at = AT(office, phone) },
	{ "hours", M_TEXT, .at = AT(office, hours) },
	{ .name = NULL }
};

static const struct member persona_members[] = {
	{ "key", M_KEY, .at = AT(persona, key), .is_needed = true },
	{ "site", M_ONE_OF, .at = AT(persona, site), .is_needed = true, .choices = "staff portal" },
	{ "username", M_REF, .at = AT(persona, username) },
	{ "name", M_TEXT, .at = AT(persona, name), .is_needed = true },
	{ "name_native", M_REF, .at = AT(persona, name_native) },
	{ "title", M_TEXT, .at = AT(persona, title), .is_needed = true },
	{ "teaser", M_TEXT, .at = AT(persona, teaser) },
	{ "role", M_REF, .at = AT(persona, role) },
	{ "office", M_REF, .at = AT(persona, office) },
	{ "story", M_REF, .at = AT(persona, story) },
	{ "person", M_REF, .at = AT(persona, person) },
	{ "start", M_TEXT, .at = AT(persona, start) },
	{ .name = NULL }
};

static const char *const permission_names[] = {
#define X(constant, name, what) name,
	PERMISSIONS(X)
#undef X
};

static void read_permissions(struct loader *l, const struct json *role, struct role *out)
{
	const size_t n = sizeof permission_names / sizeof *permission_names;
	const struct json *list = json_array(&l->report, role, "permissions");
	for (json_each(item, list)) {
		int permission = -1;
		for (size_t i = 0; i < n && item->kind == JSON_STRING; i++)
			if (!strcmp(permission_names[i], item->string))
				permission = (int)i + PERM_PUBLIC + 1;
		if (permission < 0)
			loader_error(l, item, "there is no permission \"%s\"%s", item->string, loader_hint(l, item->string, permission_names, n));
		else
			out->permissions |= BIT(permission);
	}
}

static void read_role(struct loader *l, const struct json *role, struct role *out)
{
	static const char *const scopes[] = { "none", "own", "office", "area", "all" };
	const char *scope = json_text(&l->report, role, "scope", "none");
	size_t at = 0;
	while (at < 5 && strcmp(scopes[at], scope) != 0)
		at++;
	if (at == 5)
		loader_error(l, json_get(role, "scope"), "there is no scope \"%s\"%s", scope, loader_hint(l, scope, scopes, 5));
	/* an unknown one counts as the widest here, so that one mistake is not told as many */
	out->scope = at == 5 ? SCOPE_ALL : (enum scope)at;
	read_permissions(l, role, out);
	const struct json *tags = json_array(&l->report, role, "sensitivity");
	for (json_each(item, tags)) {
		int tag = item->kind == JSON_STRING ? bundle_sensitivity(l->bundle, item->string) : -1;
		if (tag >= 0) {
			out->sensitivity |= BIT(tag);
			continue;
		}
		l->tags_unsure = true;
		if (loader_has(l, DOC_MAIN))
			loader_error(l, item, "there is no sensitivity tag \"%s\" in bundle.json%s", item->string,
			             loader_hint(l, item->string, l->bundle->sensitivity, l->bundle->n_sensitivity));
	}
}

void loader_people(struct loader *l)
{
	struct bundle *b = l->bundle;
	if (l->roles)
		json_known(&l->report, l->roles, "roles", NULL);
	b->role = loader_list(l, l->roles, "roles", "key", role_members, sizeof *b->role, &l->role);
	b->n_roles = l->role.n;
	for (size_t i = 0; i < b->n_roles; i++)
		read_role(l, l->role.at[i], &b->role[i]);
	if (l->offices) {
		json_known(&l->report, l->offices, "areas", "geography", "offices", NULL);
		b->geography = loader_keep(l, json_text(&l->report, l->offices, "geography", NULL));
	}
	b->area = loader_list(l, l->offices, "areas", "code", area_members, sizeof *b->area, &l->area);
	b->n_areas = l->area.n;
	b->office = loader_list(l, l->offices, "offices", "key", office_members, sizeof *b->office, &l->office);
	b->n_offices = l->office.n;
	if (l->personas)
		json_known(&l->report, l->personas, "personas", NULL);
	b->persona = loader_list(l, l->personas, "personas", "key", persona_members, sizeof *b->persona, &l->persona);
	b->n_personas = l->persona.n;
}

/* ---- services.json ---- */

static const struct member service_members[] = {
	{ "key", M_KEY, .at = AT(service, key), .is_needed = true },
	{ "kind", M_ONE_OF, .at = AT(service, kind), .is_needed = true, .choices = "benefit service" },
	{ "name", M_TEXT, .at = AT(service, name), .is_needed = true },
	{ "description", M_TEXT, .at = AT(service, description) },
	{ "provider", M_TEXT, .at = AT(service, provider), .is_needed = true },
	{ "category", M_TEXT, .at = AT(service, category) },
	{ "contact_style", M_ONE_OF, .at = AT(service, contact_style),
	  .choices = "walk_in phone email online appointment referral_form system accompanied mobile_team" },
	{ "eligibility", M_TEXT, .at = AT(service, eligibility) },
	{ "office", M_REF, .at = AT(service, office) },
	{ "response_days", M_INT, .at = AT(service, response_days), .min = 0, .max = 365 },
	{ "capacity", M_INT, .at = AT(service, capacity), .min = 0, .max = 1000000 },
	{ "dimensions", M_TEXTS, .at = AT(service, dimension), .at_n = AT(service, n_dimensions) },
	{ "life_stages", M_TEXTS, .at = AT(service, life_stage), .at_n = AT(service, n_life_stages) },
	{ "populations", M_TEXTS, .at = AT(service, population), .at_n = AT(service, n_populations) },
	{ .name = NULL }
};

void loader_services(struct loader *l)
{
	struct bundle *b = l->bundle;
	if (l->services)
		json_known(&l->report, l->services, "services", NULL);
	b->service = loader_list(l, l->services, "services", "key", service_members, sizeof *b->service, &l->service);
	b->n_services = l->service.n;
}
