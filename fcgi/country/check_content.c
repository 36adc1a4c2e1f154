/* SPDX-License-Identifier: Apache-2.0
 *
 * Cross-checks of services, goals, indicators and manuals: what they name exists, what
 * they need is switched on, and each phase has its manual in each language. Reminders:
 * check_reminders; the card: check_card. */
#include <string.h>

#include "base/text.h"
#include "bundle_load.h"

/* Does the key at a place name one of the items? The key is the first member of each. */
static bool is_there(const char *key, const void *items, size_t n, size_t size)
{
	for (size_t i = 0; i < n; i++) {
		const char *own;
		memcpy(&own, (const char *)items + i * size, sizeof own);
		if (text_eq(own, key))
			return true;
	}
	return false;
}

static void check_key(struct loader *l, const struct json *at, const char *key, const char *what, const void *items, size_t n, size_t size)
{
	if (key && !is_there(key, items, n, size))
		loader_error(l, at, "there is no %s \"%s\"%s", what, key, loader_hint_in(l, key, items, n, size));
}

#define CHECK_KEY(l, at, key, what, list, count) check_key(l, at, key, what, list, count, sizeof *(list))

/* ---- services ---- */

static void check_service(struct loader *l, size_t i)
{
	const struct bundle *b = l->bundle;
	const struct service *s = &b->service[i];
	const struct json *json = l->service.at[i];
	for (size_t j = 0; j < s->n_dimensions && loader_has(l, DOC_MAIN); j++)
		CHECK_KEY(l, place_of_element(json, "dimensions", s->dimension[j]), s->dimension[j], "dimension", b->dimension, b->n_dimensions);
	if (loader_has(l, DOC_OFFICES))
		CHECK_KEY(l, place_of(&l->service, i, "office"), s->office, "office", b->office, b->n_offices);
	CHECK_KEY(l, place_of(&l->service, i, "organization"), s->organization, "organization", b->organization, b->n_organizations);
	for (size_t j = 0; j < s->n_locations; j++) {
		const struct location *location = bundle_location(b, s->location[j]);
		const struct json *at = place_of_element(json, "locations", s->location[j]);
		CHECK_KEY(l, at, s->location[j], "location", b->location, b->n_locations);
		if (location && location->organization && s->organization && !text_eq(location->organization, s->organization))
			loader_error(l, at, "the location \"%s\" belongs to \"%s\", the service to \"%s\"", location->key, location->organization, s->organization);
	}
}

static bool is_organization_used(const struct bundle *b, const char *key)
{
	for (size_t i = 0; i < b->n_services; i++)
		if (text_eq(b->service[i].organization, key))
			return true;
	return false;
}

static bool is_location_used(const struct bundle *b, const char *key)
{
	for (size_t i = 0; i < b->n_services; i++)
		if (is_there(key, b->service[i].location, b->service[i].n_locations, sizeof *b->service[i].location))
			return true;
	return false;
}

static void check_directory(struct loader *l)
{
	const struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_services; i++)
		check_service(l, i);
	for (size_t i = 0; i < b->n_organizations; i++)
		if (b->organization[i].key && !is_organization_used(b, b->organization[i].key))
			loader_warn(l, place_of(&l->organization, i, "key"), "the organization \"%s\" has no effect: no service names it", b->organization[i].key);
	for (size_t i = 0; i < b->n_locations; i++) {
		const struct location *location = &b->location[i];
		CHECK_KEY(l, place_of(&l->location, i, "organization"), location->organization, "organization", b->organization, b->n_organizations);
		if (loader_has(l, DOC_OFFICES))
			CHECK_KEY(l, place_of(&l->location, i, "area"), location->area, "area", b->area, b->n_areas);
		if (location->key && !is_location_used(b, location->key))
			loader_warn(l, place_of(&l->location, i, "key"), "the location \"%s\" has no effect: no service names it", location->key);
	}
}

/* ---- goals ---- */

static void check_goal(struct loader *l, size_t i)
{
	const struct bundle *b = l->bundle;
	const struct goal_template *goal = &b->goal[i];
	if (loader_has(l, DOC_MAIN))
		CHECK_KEY(l, place_of(&l->goal, i, "dimension"), goal->dimension, "dimension", b->dimension, b->n_dimensions);
	const struct json *action = json_get(l->goal.at[i], "actions");
	action = action ? action->first : NULL;
	for (size_t j = 0; j < goal->n_actions && action; j++, action = action->next)
		if (loader_has(l, DOC_SERVICES))
			CHECK_KEY(l, json_get(action, "service"), goal->action[j].service, "service", b->service, b->n_services);
	if (!goal->n_actions)
		loader_warn(l, place_of(&l->goal, i, "key"), "the goal \"%s\" offers no actions: a goal alone changes nothing", goal->key ? goal->key : "");
}

static void check_goals(struct loader *l)
{
	const struct bundle *b = l->bundle;
	if (!b->n_goals)
		return;
	if (!bundle_has(b, MODULE_PLAN) && loader_has(l, DOC_MAIN))
		loader_warn(l, json_get(l->goals, "goals"), "has no effect: the module \"plan\" is off");
	for (size_t i = 0; i < b->n_goals; i++)
		check_goal(l, i);
	for (size_t i = 0; i < b->n_dimensions; i++) {
		bool has_goal = false;
		for (size_t j = 0; j < b->n_goals; j++)
			has_goal |= text_eq(b->goal[j].dimension, b->dimension[i].key);
		if (!has_goal)
			loader_warn(l, json_get(l->goals, "goals"), "no goal is offered for the dimension \"%s\"", b->dimension[i].key ? b->dimension[i].key : "");
	}
}

/* ---- indicators ---- */

/* The module whose records a measure counts; MODULE_CORE is always on. */
static enum module measure_module(int measure)
{
	switch (measure) {
	case 3: case 9: case 11: return MODULE_ASSESSMENT;
	case 4: case 5: case 10: case 18: return MODULE_PLAN;
	case 6: return MODULE_TIMELINE;
	case 7: case 8: case 14: return MODULE_CATALOGUE;
	case 17: return MODULE_PORTAL;
	default: return MODULE_CORE;
	}
}

static bool is_shown(const struct bundle *b, const char *key)
{
	for (size_t i = 0; i < b->n_dashboards; i++)
		if (is_there(key, b->dashboard[i].indicator, b->dashboard[i].n_indicators, sizeof *b->dashboard[i].indicator))
			return true;
	return false;
}

static void check_indicator(struct loader *l, size_t i)
{
	const struct bundle *b = l->bundle;
	const struct indicator *indicator = &b->indicator[i];
	enum module module = measure_module(indicator->measure);
	if (indicator->measure && !bundle_has(b, module) && loader_has(l, DOC_MAIN))
		loader_error(l, place_of(&l->indicator, i, "measure"), "K%d cannot be computed: the module \"%s\" is off", indicator->measure, module_name(module));
	if (indicator->key && !is_shown(b, indicator->key))
		loader_warn(l, place_of(&l->indicator, i, "key"), "the indicator \"%s\" has no effect: no dashboard shows it", indicator->key);
	if (indicator->has_target && text_eq(indicator->direction, "compare"))
		loader_warn(l, place_of(&l->indicator, i, "target"), "has no effect: what is only compared has no target");
}

static void check_indicators(struct loader *l)
{
	const struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_indicators; i++)
		check_indicator(l, i);
	for (size_t i = 0; i < b->n_dashboards; i++) {
		const struct dashboard *d = &b->dashboard[i];
		const struct json *json = l->dashboard.at[i];
		for (size_t j = 0; j < d->n_roles && loader_has(l, DOC_ROLES); j++)
			CHECK_KEY(l, place_of_element(json, "roles", d->role[j]), d->role[j], "role", b->role, b->n_roles);
		for (size_t j = 0; j < d->n_indicators; j++)
			CHECK_KEY(l, place_of_element(json, "indicators", d->indicator[j]), d->indicator[j], "indicator", b->indicator, b->n_indicators);
	}
}

/* ---- manuals ---- */

static void check_phases(struct loader *l)
{
	static const char *const names[] = { "intake_assessment", "planning", "implementation_monitoring", "evaluation_closing" };
	const struct bundle *b = l->bundle;
	bool has_manual[4] = { false }, has_stage[4] = { false }, has_care = false;
	for (size_t i = 0; i < b->n_manuals; i++) {
		const struct manual *manual = &b->manual[i];
		has_care |= !strcmp(manual->kind, "self_care");
		for (int phase = 0; phase < 4; phase++)
			has_manual[phase] |= !strcmp(manual->kind, "manual") && (manual->phase < 0 || manual->phase == phase);
	}
	for (size_t i = 0; i < b->n_stages; i++)
		has_stage[b->stage[i].phase] = true;
	const char *at = arena_printf(l->scratch, "%s/manuals", l->layer[0].key);
	for (int phase = 0; phase < 4; phase++)
		if (has_stage[phase] && !has_manual[phase])
			loader_file_problem(l, false, at, 1, 1, "no manual is for the phase \"%s\"", names[phase]);
	if (!has_care)
		loader_file_problem(l, false, at, 1, 1, "no page is for the worker's own care (kind: self_care)");
}

/* One warning a language, with how many manuals lack it. */
static void check_manual_languages(struct loader *l)
{
	const struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_languages; i++) {
		size_t missing = 0;
		const char *list = "";
		for (size_t j = 0; j < b->n_manuals && strcmp(b->language[i].code, "en") != 0; j++) {
			if (!strcmp(manual_in(&b->manual[j], b->language[i].code)->language, b->language[i].code))
				continue;
			if (missing++ < 3)
				list = arena_printf(l->scratch, "%s%s%s.%s.md", list, *list ? ", " : "", b->manual[j].key, b->language[i].code);
		}
		if (missing)
			loader_file_problem(l, false, arena_printf(l->scratch, "%s/manuals", l->layer[0].key), 1, 1, "%zu of %zu manuals have no translation: %s%s",
			                    missing, b->n_manuals, list, missing > 3 ? " …" : "");
	}
}

void check_content(struct loader *l)
{
	check_directory(l);
	check_goals(l);
	check_indicators(l);
	check_reminders(l);
	if (l->bundle->n_manuals) {
		check_phases(l);
		check_manual_languages(l);
	}
}
