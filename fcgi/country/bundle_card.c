/* SPDX-License-Identifier: Apache-2.0
 *
 * card.json: the CMIS card, facts with tags from closed lists so that cards of countries
 * can be filtered and put side by side. Whether the bundle bears it out: check_content. */
#include "bundle_load.h"

#include <string.h>

#define AT(type, field) offsetof(struct type, field)

#define X(constant, name) name " "
static const char FEATURE_CHOICES[] = FEATURES(X);
#undef X

static const struct member coverage_members[] = {
	{ "what", M_ONE_OF, .at = AT(card_fact, what), .is_needed = true, .choices = "households persons workers offices caseload areas", .what = "What is counted" },
	{ "value", M_TEXT, .at = AT(card_fact, value), .is_needed = true, .what = "How many, as it is printed" },
	{ "year", M_INT, .at = AT(card_fact, year), .min = 1950, .max = 2100, .what = "Of which year" },
	{ "source", M_TEXT, .at = AT(card_fact, source), .what = "Who says so" },
	{ "evidence", M_ONE_OF, .at = AT(card_fact, evidence), .choices = EVIDENCE_CHOICES, .what = EVIDENCE_WHAT },
	{ .name = NULL }
};

static const struct member tool_members[] = {
	{ "name", M_TEXT, .at = AT(card_tool, name), .is_needed = true, .what = "Name of the assessment tool" },
	{ "approved_by", M_TEXT, .at = AT(card_tool, approved_by), .what = "Who approved it" },
	{ .name = NULL }
};

static const struct member privacy_members[] = {
	{ "legal_basis", M_TEXT, .at = AT(card, legal_basis), .what = "Law that allows the data to be held" },
	{ "consent", M_TEXT, .at = AT(card, consent), .what = "How consent is asked" },
	{ "access_control", M_TEXT, .at = AT(card, access_control), .what = "Who sees what" },
	{ "retention", M_TEXT, .at = AT(card, retention), .what = "How long data are kept" },
	{ "impact_assessment", M_TEXT, .at = AT(card, impact_assessment), .what = "Whether the risk to people was assessed" },
	{ .name = NULL }
};

static const struct member source_members[] = {
	{ "text", M_TEXT, .at = AT(card_source, text), .is_needed = true, .what = "Author, title, year, page" },
	{ "url", M_REF, .at = AT(card_source, url), .format = F_WEB, .what = "Where it can be read" },
	{ .name = NULL }
};

const struct member card_shape[] = {
	{ "country", M_TEXT, .at = AT(card, country), .is_needed = true, .what = "Country" },
	{ "program", M_TEXT, .at = AT(card, program), .is_needed = true, .what = "Programme" },
	{ "institution", M_TEXT, .at = AT(card, institution), .what = "Ministry or agency" },
	{ "started_in", M_TEXT, .at = AT(card, started_in), .what = "Year it began" },
	{ "status", M_ONE_OF, .at = AT(card, status), .is_needed = true, .choices = "design pilot national closed", .what = "How far it is" },
	{ "system_name", M_TEXT, .at = AT(card, system_name), .what = "Name of the information system" },
	{ "system_year", M_TEXT, .at = AT(card, system_year), .what = "Year of the system" },
	{ "developed_by", M_TEXT, .at = AT(card, developed_by), .what = "Who built it" },
	{ "technology", M_TEXT, .at = AT(card, technology), .what = "What it is built with" },
	{ "open_source", M_ONE_OF, .at = AT(card, open_source), .choices = "yes no partly unknown", .what = "Is its source code open?" },
	{ "level", M_INT, .at = AT(card, level), .is_needed = true, .min = 1, .max = 3, .what = "1 information, 2 referral, 3 casework" },
	{ "intake_points", M_TEXTS, .at = AT(card, intake_point), .at_n = AT(card, n_intake_points), .is_needed = true, .choices = "social_assistance_office municipality "
	  "one_stop_centre public_employment_office health_centre school police_or_court community_volunteer outreach_visit hotline self_registration_online "
	  "social_registry_list case_transfer", .what = "Where people come in" },
	{ "population", M_TEXTS, .at = AT(card, population), .at_n = AT(card, n_populations), .is_needed = true, .choices = "low_income_families families_with_elderly "
	  "families_with_children people_with_disabilities long_term_unemployed migrants pregnancy_and_early_childhood childhood adolescence active_age old_age disability "
	  "familyhood refugees children_at_risk victims_of_conflict homeless_people leaving_prison_or_care survivors_of_violence", .what = "Who is served" },
	{ "coverage", M_LIST, .at = AT(card, coverage), .at_n = AT(card, n_coverage), .of = coverage_members, .size = sizeof(struct card_fact), .what = "How many, each with year and source" },
	{ "worker_profile", M_ONE_OF, .at = AT(card, worker_profile),
	  .choices = "licensed_social_worker social_worker_with_assistants technicians community_volunteers", .what = "Who does the work" },
	{ "training_hours", M_TEXT, .at = AT(card, training_hours), .what = "Training of a worker" },
	{ "phases", M_TEXT, .at = AT(card, phases), .what = "Phases and how long they last: months, sessions" },
	{ "assessment_tools", M_LIST, .at = AT(card, tool), .at_n = AT(card, n_tools), .of = tool_members, .size = sizeof(struct card_tool), .what = "Tools in use, and who approved them" },
	{ "features", M_BITS, .at = AT(card, features), .choices = FEATURE_CHOICES, .what = "What the system does; the bundle must bear it out" },
	{ "catalogue", M_ONE_OF, .at = AT(card, catalogue), .choices = "none list directory_with_contacts with_capacity", .what = "What is known of services" },
	{ "interoperability", M_TEXTS, .at = AT(card, interoperability), .at_n = AT(card, n_interoperability),
	  .choices = "civil_registry social_registry employment health education payments none", .what = "Registries it exchanges data with" },
	{ "privacy", M_OBJECT, .at = 0, .of = privacy_members, .what = "How people's data are protected" },
	{ "enabling_factors", M_TEXTS, .at = AT(card, enabling_factor), .at_n = AT(card, n_enabling_factors), .choices = "services_available experience institution "
	  "law_on_exchange_and_privacy financing staff connectivity", .what = "What made it possible" },
	{ "challenges", M_TEXTS, .at = AT(card, challenge), .at_n = AT(card, n_challenges), .what = "What was hard" },
	{ "lessons", M_TEXTS, .at = AT(card, lesson), .at_n = AT(card, n_lessons), .what = "What was learnt" },
	{ "sources", M_LIST, .at = AT(card, source), .at_n = AT(card, n_sources), .of = source_members, .size = sizeof(struct card_source), .what = "Where all this is from" },
	{ .name = NULL }
};

void loader_card(struct loader *l)
{
	if (!l->card)
		return;
	struct card *card = arena_new_of(l->arena, struct card);
	if (loader_object(l, l->card, card_shape, card))
		l->bundle->card = card;
}
