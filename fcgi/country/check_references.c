/* SPDX-License-Identifier: Apache-2.0
 *
 * Cross-checks of a bundle: names that one file gives and another uses, modules that
 * need each other, switches without effect, roles that could not finish what they start. */
#include <string.h>

#include "base/text.h"
#include "bundle_load.h"
#include "modules.h"

/* ---- who refers to whom ---- */

static void check_offices(struct loader *l)
{
	const struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_areas; i++)
		if (b->area[i].parent && !bundle_area(b, b->area[i].parent))
			loader_error(l, place_of(&l->area, i, "parent"), "there is no area \"%s\"%s", b->area[i].parent,
			             loader_hint_in(l, b->area[i].parent, b->area, b->n_areas, sizeof *b->area));
	for (size_t i = 0; i < b->n_offices; i++)
		if (*b->office[i].area && !bundle_area(b, b->office[i].area))
			loader_error(l, place_of(&l->office, i, "area"), "there is no area \"%s\"%s", b->office[i].area,
			             loader_hint_in(l, b->office[i].area, b->area, b->n_areas, sizeof *b->area));
	if (l->offices && b->n_offices == 0)
		loader_error(l, l->offices, "a bundle has at least one office");
}

static void check_consents(struct loader *l)
{
	const struct bundle *b = l->bundle;
	const struct json *list = json_get(l->main, "consents");
	for (size_t i = 0; i < b->n_consents; i++)
		if (text_eq(b->consent[i].key, "case_management")) {
			if (!b->consent[i].is_required)
				loader_error(l, place_of(&l->consent, i, "required"), "consent to \"case_management\" must be required: nobody is assessed without it");
			return;
		}
	loader_error(l, list ? list : l->main, "the consent \"case_management\" is missing: nobody is assessed without it%s",
	             loader_hint_in(l, "case_management", b->consent, b->n_consents, sizeof *b->consent));
}

/* ---- personas ---- */

static void no_effect(struct loader *l, size_t i, const char *const *members, const char *site)
{
	for (; *members; members++)
		if (json_get(l->persona.at[i], *members))
			loader_warn(l, json_get(l->persona.at[i], *members), "\"%s\" has no effect for a persona of the %s", *members, site);
}

static bool is_username(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-");
	return n >= 2 && n <= 40 && name[n] == 0;
}

static void check_staff_persona(struct loader *l, size_t i)
{
	const struct bundle *b = l->bundle;
	const struct persona *p = &b->persona[i];
	static const char *const useless[] = { "story", "person", NULL };
	const struct role *role = bundle_role(b, p->role);
	if (!p->username)
		loader_error(l, l->persona.at[i], "\"username\" is missing: staff sign in with one");
	else if (!is_username(p->username))
		loader_error(l, place_of(&l->persona, i, "username"), "\"%s\" is no user name: 2 to 40 small letters, digits, dots, hyphens", p->username);
	for (size_t j = 0; j < i && p->username; j++)
		if (text_eq(b->persona[j].username, p->username))
			loader_error(l, place_of(&l->persona, i, "username"), "the user name \"%s\" belongs to the persona \"%s\"", p->username, b->persona[j].key);
	if (!role && !loader_has(l, DOC_ROLES))
		return;
	if (!role)
		loader_error(l, place_of(&l->persona, i, "role"), p->role ? "there is no role \"%s\"%s" : "\"role\" is missing%s%s", p->role ? p->role : "",
		             loader_hint_in(l, p->role ? p->role : "", b->role, b->n_roles, sizeof *b->role));
	else if (!(role->permissions & BIT(PERM_HOME)))
		loader_error(l, place_of(&l->persona, i, "role"), "the role \"%s\" has no permission \"home\": this persona would see nothing", p->role);
	if (loader_has(l, DOC_OFFICES) && !bundle_office(b, p->office))
		loader_error(l, place_of(&l->persona, i, "office"), p->office ? "there is no office \"%s\"%s" : "\"office\" is missing%s%s", p->office ? p->office : "",
		             loader_hint_in(l, p->office ? p->office : "", b->office, b->n_offices, sizeof *b->office));
	no_effect(l, i, useless, "staff site");
}

static void check_portal_persona(struct loader *l, size_t i)
{
	const struct persona *p = &l->bundle->persona[i];
	static const char *const useless[] = { "username", "role", "office", NULL };
	if (loader_has(l, DOC_MAIN) && !bundle_has(l->bundle, MODULE_PORTAL))
		loader_error(l, place_of(&l->persona, i, "site"), "the module \"portal\" is off: this persona has nowhere to go");
	if (!p->story)
		loader_error(l, l->persona.at[i], "\"story\" is missing: a persona of the portal is a member of a story in seed/stories");
	else if (!loader_file(l, arena_printf(l->scratch, "seed/stories/%s.json", p->story)))
		loader_error(l, place_of(&l->persona, i, "story"), "there is no seed/stories/%s.json", p->story);
	if (!p->person)
		loader_error(l, l->persona.at[i], "\"person\" is missing: which member of the story is it?");
	no_effect(l, i, useless, "portal");
}

static void check_personas(struct loader *l)
{
	for (size_t i = 0; i < l->bundle->n_personas; i++) {
		const char *site = l->bundle->persona[i].site;
		if (site && !strcmp(site, "portal"))
			check_portal_persona(l, i);
		else if (site)
			check_staff_persona(l, i);
	}
}

/* ---- roles ---- */

/* Who may do the first must be able to do the second, or is left in the middle of a step. */
static const struct { enum permission has, needs; } chains[] = {
	{ PERM_CASE_VIEW, PERM_HOME }, { PERM_CASE_LIST, PERM_CASE_VIEW }, { PERM_CASE_CREATE, PERM_CASE_VIEW }, { PERM_CASE_ASSIGN, PERM_CASE_VIEW },
	{ PERM_HOUSEHOLD_EDIT, PERM_CASE_VIEW }, { PERM_CONSENT_EDIT, PERM_CASE_VIEW }, { PERM_PROFILE_VIEW, PERM_CASE_VIEW },
	{ PERM_PROFILE_EDIT, PERM_PROFILE_VIEW }, { PERM_ASSESSMENT_VIEW, PERM_CASE_VIEW }, { PERM_ASSESSMENT_EDIT, PERM_ASSESSMENT_VIEW }, { PERM_NEED_EDIT, PERM_ASSESSMENT_VIEW },
	{ PERM_PLAN_VIEW, PERM_CASE_VIEW }, { PERM_PLAN_EDIT, PERM_PLAN_VIEW }, { PERM_PLAN_APPROVE, PERM_PLAN_VIEW },
	{ PERM_CLOSURE_APPROVE, PERM_CASE_VIEW }, { PERM_STAGE_CHANGE, PERM_CASE_VIEW }, { PERM_TIMELINE_VIEW, PERM_CASE_VIEW },
	{ PERM_NOTE_EDIT, PERM_TIMELINE_VIEW },
};

static void check_chains(struct loader *l, size_t i)
{
	const struct role *role = &l->bundle->role[i];
	for (size_t j = 0; j < sizeof chains / sizeof *chains; j++) {
		const char *has = permission_name(chains[j].has), *needs = permission_name(chains[j].needs);
		if ((role->permissions & BIT(chains[j].has)) && !(role->permissions & BIT(chains[j].needs)))
			loader_error(l, place_of_element(l->role.at[i], "permissions", has),
			             "the role \"%s\" has \"%s\" but not \"%s\": it could not finish what it starts", role->key, has, needs);
	}
	if ((role->permissions & BIT(PERM_CASE_VIEW)) && role->scope == SCOPE_NONE)
		loader_error(l, place_of(&l->role, i, "scope"), "the role \"%s\" may open cases, but its scope is \"none\"; write own, office, area or all", role->key);
}

static void check_role(struct loader *l, size_t i)
{
	const struct bundle *b = l->bundle;
	const struct role *role = &b->role[i];
	check_chains(l, i);
	for (enum permission p = PERM_PUBLIC + 1; p < PERM_COUNT; p++) {
		const char *name = permission_name(p);
		if ((role->permissions & BIT(p)) && !bundle_has(b, permission_module(p)) && loader_has(l, DOC_MAIN) && !(role->permissions & BIT(PERM_PORTAL)))
			loader_warn(l, place_of_element(l->role.at[i], "permissions", name), "\"%s\" has no effect: the module \"%s\" is off", name, module_name(permission_module(p)));
	}
	if ((role->permissions & BIT(PERM_PORTAL)) && role->permissions != BIT(PERM_PORTAL))
		loader_error(l, place_of_element(l->role.at[i], "permissions", "portal"), "\"portal\" stands alone: who reads their own record there is no member of staff");
}

/* Each office needs somebody who can run it. */
static void check_somebody(struct loader *l, enum permission permission, bool is_error, const char *why)
{
	const struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_roles; i++)
		if (b->role[i].permissions & BIT(permission))
			return;
	if (is_error)
		loader_error(l, json_get(l->roles, "roles"), "no role has the permission \"%s\": %s", permission_name(permission), why);
	else
		loader_warn(l, json_get(l->roles, "roles"), "no role has the permission \"%s\": %s", permission_name(permission), why);
}

static void check_roles(struct loader *l)
{
	const struct bundle *b = l->bundle;
	if (!b->n_roles)
		return;
	for (size_t i = 0; i < b->n_roles; i++)
		check_role(l, i);
	check_somebody(l, PERM_USER_MANAGE, true, "nobody could add users");
	if (bundle_has(b, MODULE_INTAKE))
		check_somebody(l, PERM_CASE_CREATE, true, "nobody could take in a family");
	if (bundle_has(b, MODULE_PLAN))
		check_somebody(l, PERM_PLAN_EDIT, true, "nobody could write a plan");
	if (bundle_has(b, MODULE_ASSESSMENT))
		check_somebody(l, PERM_ASSESSMENT_EDIT, true, "nobody could assess");
	if (bundle_has(b, MODULE_AUDIT))
		check_somebody(l, PERM_AUDIT_VIEW, false, "nobody could read the audit log");
	for (size_t tag = 0; tag < b->n_sensitivity && !l->tags_unsure; tag++) {
		uint64_t seen = 0;
		for (size_t i = 0; i < b->n_roles; i++)
			seen |= b->role[i].sensitivity;
		if (!(seen & BIT(tag)))
			loader_error(l, place_of_element(l->main, "sensitivity", b->sensitivity[tag]),
			             "no role may see answers tagged \"%s\": what is written there would be lost to all", b->sensitivity[tag]);
	}
}

/* ---- modules ---- */

/* Where a module is switched: in the list, in "on" or "off" of a preset, or where the preset is chosen. */
static const struct json *module_place(struct loader *l, const char *module)
{
	const struct json *modules = json_get(l->main, "modules");
	if (!modules || modules->kind != JSON_OBJECT)
		return modules ? place_of_element(l->main, "modules", module) : json_get(l->main, "level") ? json_get(l->main, "level") : l->main;
	static const char *const lists[] = { "on", "off" };
	for (size_t i = 0; i < 2; i++)
		for (json_each(item, json_get(modules, lists[i])))
			if (text_eq(item->string, module))
				return item;
	return modules;
}

static void check_module_form(struct loader *l, enum module module, const char *member, const char *form)
{
	const struct json *forms = json_get(l->main, "forms");
	const struct json *at = json_get(forms, member) ? json_get(forms, member) : forms ? forms : l->main;
	if (bundle_has(l->bundle, module) && !form)
		loader_error(l, at, "the module \"%s\" is on, but \"forms\" names no form \"%s\"", module_name(module), member);
	else if (form && !bundle_has(l->bundle, module))
		loader_warn(l, at, "has no effect: the module \"%s\" is off", module_name(module));
}

static void check_modules(struct loader *l)
{
	const struct bundle *b = l->bundle;
	size_t n;
	const struct module_need *pair = module_needs(&n);
	for (size_t i = 0; i < n; i++) {
		const char *has = module_name(pair[i].has), *needs = module_name(pair[i].needs);
		if (bundle_has(b, pair[i].has) && !bundle_has(b, pair[i].needs))
			loader_error(l, module_place(l, has), "the module \"%s\" needs the module \"%s\"", has, needs);
	}
	check_module_form(l, MODULE_INTAKE, "intake", b->intake_form);
	check_module_form(l, MODULE_PROFILE, "profile", b->profile_form);
	check_module_form(l, MODULE_ASSESSMENT, "assessment", b->assessment_form);
	if (bundle_has(b, MODULE_CATALOGUE) && b->n_services == 0 && loader_has(l, DOC_SERVICES))
		loader_warn(l, module_place(l, "catalogue"), "the module \"catalogue\" is on, but services.json has no service: its page stays empty");
	if (!bundle_has(b, MODULE_CATALOGUE) && b->n_services > 0)
		loader_warn(l, json_get(l->services, "services"), "has no effect: the module \"catalogue\" is off");
	if (bundle_has(b, MODULE_ASSESSMENT) && b->n_dimensions == 0)
		loader_error(l, module_place(l, "assessment"), "the module \"assessment\" is on, but bundle.json has no \"dimensions\"");
	if (b->level_default == 3 && !bundle_has(b, MODULE_PLAN))
		loader_error(l, json_get(l->main, "level"), "level 3 is casework and needs the module \"plan\"");
	if (json_get(l->main, "open_goals_warning") && !bundle_has(b, MODULE_PLAN))
		loader_warn(l, json_get(l->main, "open_goals_warning"), "has no effect: the module \"plan\" is off");
}

void check_references(struct loader *l)
{
	if (l->main && loader_has(l, DOC_MAIN)) {
		check_modules(l);
		check_consents(l);
	}
	check_offices(l);
	if (l->roles && loader_has(l, DOC_ROLES))
		check_roles(l);
	check_personas(l);
}
