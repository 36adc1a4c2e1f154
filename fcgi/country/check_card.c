/* SPDX-License-Identifier: Apache-2.0
 *
 * The CMIS card against its bundle: a card may leave out what the bundle does, it may not
 * claim what the bundle does not. */
#include <string.h>

#include "base/text.h"
#include "bundle_load.h"

static const char *feature_name(enum feature feature)
{
	static const char *const names[] = {
#define X(constant, name) name,
		FEATURES(X)
#undef X
	};
	return names[feature];
}

static void deny(struct loader *l, enum feature feature, const char *why)
{
	const char *name = feature_name(feature);
	if (l->bundle->card->features & BIT(feature))
		loader_error(l, place_of_element(l->card, "features", name), "the bundle contradicts the feature \"%s\": %s", name, why);
}

static void check_modules(struct loader *l)
{
	static const struct { enum feature feature; enum module module; } needs[] = {
		{ FEATURE_INTAKE, MODULE_INTAKE }, { FEATURE_PROFILING, MODULE_PROFILE }, { FEATURE_ASSESSMENT, MODULE_ASSESSMENT }, { FEATURE_PLAN, MODULE_PLAN },
		{ FEATURE_MEETINGS, MODULE_TIMELINE }, { FEATURE_REFERRAL, MODULE_CATALOGUE }, { FEATURE_AUTOMATIC_REFERRAL, MODULE_CATALOGUE },
		{ FEATURE_PORTAL, MODULE_PORTAL },
	};
	for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
		if (!bundle_has(l->bundle, needs[i].module))
			deny(l, needs[i].feature, arena_printf(l->scratch, "the module \"%s\" is off", module_name(needs[i].module)));
}

static bool has_channel(const struct bundle *b, uint64_t channel)
{
	for (size_t i = 0; i < b->n_reminders; i++)
		if (b->reminder[i].channels & channel)
			return true;
	return false;
}

static bool has_phase(const struct bundle *b, int phase)
{
	for (size_t i = 0; i < b->n_stages; i++)
		if (b->stage[i].phase == phase)
			return true;
	return false;
}

static void check_features(struct loader *l)
{
	const struct bundle *b = l->bundle;
	check_modules(l);
	if (loader_has(l, DOC_REMINDERS) && !has_channel(b, CHANNEL_SMS))
		deny(l, FEATURE_REMINDERS_SMS, "reminders.json has none with the channel sms");
	if (loader_has(l, DOC_REMINDERS) && !has_channel(b, CHANNEL_EMAIL))
		deny(l, FEATURE_REMINDERS_EMAIL, "reminders.json has none with the channel email");
	if (loader_has(l, DOC_INDICATORS) && !b->n_dashboards)
		deny(l, FEATURE_DASHBOARD, "indicators.json has no dashboard");
	if (loader_has(l, DOC_WORKFLOW) && !has_phase(b, 3))
		deny(l, FEATURE_EVALUATION, "no stage of the workflow is of the phase evaluation_closing");
	if (loader_has(l, DOC_SERVICES) && !b->n_services && bundle_has(b, MODULE_CATALOGUE))
		deny(l, FEATURE_REFERRAL, "services.json has no service to refer to");
}

static void check_catalogue(struct loader *l)
{
	const struct bundle *b = l->bundle;
	const char *catalogue = b->card->catalogue;
	const struct json *at = json_get(l->card, "catalogue");
	size_t with_capacity = 0, with_contact = 0;
	for (size_t i = 0; i < b->n_services; i++) {
		with_capacity += b->service[i].capacity > 0;
		with_contact += b->service[i].organization || b->service[i].n_locations;
	}
	if (text_eq(catalogue, "none") && b->n_services && bundle_has(b, MODULE_CATALOGUE))
		loader_error(l, at, "the bundle contradicts \"none\": services.json has %zu service%s", b->n_services, b->n_services == 1 ? "" : "s");
	else if (catalogue && !text_eq(catalogue, "none") && (!b->n_services || !bundle_has(b, MODULE_CATALOGUE)))
		loader_error(l, at, "the bundle contradicts \"%s\": %s", catalogue, b->n_services ? "the module \"catalogue\" is off" : "services.json has no service");
	else if (text_eq(catalogue, "with_capacity") && !with_capacity)
		loader_error(l, at, "the bundle contradicts \"with_capacity\": no service has a \"capacity\"");
	else if (text_eq(catalogue, "directory_with_contacts") && !with_contact)
		loader_error(l, at, "the bundle contradicts \"directory_with_contacts\": no service has an \"organization\" or \"locations\"");
}

static void check_sources(struct loader *l)
{
	const struct card *card = l->bundle->card;
	const struct json *fact = json_get(l->card, "coverage");
	fact = fact ? fact->first : NULL;
	for (size_t i = 0; i < card->n_coverage && fact; i++, fact = fact->next)
		if (text_eq(card->coverage[i].evidence, "sourced") && (!*card->coverage[i].source || !card->coverage[i].year))
			loader_error(l, fact, "a figure that is \"sourced\" has \"source\" and \"year\"");
	for (size_t i = 0; i < card->n_interoperability; i++)
		if (text_eq(card->interoperability[i], "none") && card->n_interoperability > 1)
			loader_error(l, place_of_element(l->card, "interoperability", "none"), "\"none\" stands alone");
	if (!card->n_sources)
		loader_warn(l, json_get(l->card, "country"), "the card names no \"sources\": who says all this?");
}

void check_card(struct loader *l)
{
	const struct bundle *b = l->bundle;
	if (!b->card)
		return;
	check_sources(l);
	if (!loader_has(l, DOC_MAIN))
		return;
	check_features(l);
	if (loader_has(l, DOC_SERVICES))
		check_catalogue(l);
	if (b->card->level && b->level_max && b->card->level > b->level_max)
		loader_error(l, json_get(l->card, "level"), "the bundle contradicts level %d: its own \"level_max\" is %d", b->card->level, b->level_max);
}
