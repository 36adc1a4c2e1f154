/* SPDX-License-Identifier: Apache-2.0
 *
 * workflow.json into `struct bundle`: stages, transitions, cadence, pathways. What they
 * lead to, and who can go there, is looked at by check_workflow. */
#include "bundle_load.h"

#include <string.h>

#define AT(type, field) offsetof(struct type, field)

#define X(constant, name) name " "
static const char STATUS_CHOICES[] = STATUSES(X);
#undef X
#define X(name) name " "
static const char OUTCOME_CHOICES[] = OUTCOMES(X);
#undef X

#define X(constant, name) name " "
static const char GUARD_CHOICES[] = GUARDS(X);
#undef X
#define X(constant, name, what) name " "
static const char PERMISSION_CHOICES[] = PERMISSIONS(X);
#undef X

static const struct member risk_members[] = {
	{ "low", M_INT, .at = AT(stage, deadline_by_risk), .min = 1, .max = 3650, .what = "Days for families of low risk" },
	{ "medium", M_INT, .at = AT(stage, deadline_by_risk) + sizeof(int), .min = 1, .max = 3650, .what = "of medium risk" },
	{ "high", M_INT, .at = AT(stage, deadline_by_risk) + 2 * sizeof(int), .min = 1, .max = 3650, .what = "of high risk" },
	{ .name = NULL }
};

static const struct member deadline_members[] = {
	{ "days", M_INT, .at = AT(stage, deadline_days), .min = 1, .max = 3650, .what = "Days in which the stage should be left" },
	{ "working", M_BOOL, .at = AT(stage, deadline_is_working_days), .what = "Days without weekends" },
	{ "by_risk", M_OBJECT, .of = risk_members, .what = "Other numbers of days by the family's risk" },
	{ .name = NULL }
};

static const struct member stage_members[] = {
	{ "key", M_KEY, .at = AT(stage, key), .is_needed = true, .what = "Its name in the bundle" },
	MEMBER_WAS,
	{ "label", M_TEXT, .at = AT(stage, label), .is_needed = true, .what = "What the country calls it" },
	{ "short", M_TEXT, .at = AT(stage, short_label), .what = "The same where room is scarce" },
	{ "status", M_ONE_OF, .at = AT(stage, status), .is_needed = true, .choices = STATUS_CHOICES, .what = "The status that countries compare by" },
	{ "phase", M_INDEX, .at = AT(stage, phase), .is_needed = true, .choices = "intake_assessment planning implementation_monitoring evaluation_closing",
	  .what = "The standard phase it belongs to" },
	{ "trail", M_BOOL, .at = AT(stage, on_trail), .what = "A stop of the path that is drawn on the case" },
	{ "deadline", M_OBJECT, .of = deadline_members, .what = "When a case should have left it" },
	{ .name = NULL }
};

static const struct member transition_members[] = {
	{ "name", M_KEY, .at = AT(transition_rule, name), .is_needed = true, .what = "Its name in the bundle" },
	{ "label", M_TEXT, .at = AT(transition_rule, label), .is_needed = true, .what = "What the button says" },
	{ "from", M_TEXTS, .at = AT(transition_rule, from), .at_n = AT(transition_rule, n_from), .is_needed = true, .max = 8, .what = "Stages it leaves" },
	{ "to", M_REF, .at = AT(transition_rule, to), .is_needed = true, .what = "Stage it leads to" },
	{ "guards", M_TEXTS, .at = AT(transition_rule, guard_names), .at_n = AT(transition_rule, n_guard_names), .choices = GUARD_CHOICES, .max = 8, .what = "What must be done before" },
	{ "permission", M_INDEX, .at = AT(transition_rule, permission), .is_needed = true, .choices = PERMISSION_CHOICES, .first = PERM_PUBLIC + 1, .what = "Permission of who may" },
	{ "roles", M_TEXTS, .at = AT(transition_rule, roles), .at_n = AT(transition_rule, n_roles), .max = 8, .what = "Only these roles; without it every role with the permission" },
	{ "comment", M_BOOL, .at = AT(transition_rule, needs_comment), .what = "A comment must be written" },
	{ "asks", M_ONE_OF, .at = AT(transition_rule, asks), .choices = "worker date office outcome", .what = "What it asks for besides" },
	{ "outcome", M_ONE_OF, .at = AT(transition_rule, outcome), .choices = OUTCOME_CHOICES, .what = "Outcome it records when it closes a case" },
	{ "within_months", M_INT, .at = AT(transition_rule, within_months), .min = 1, .max = 120, .what = "Only so long after the stage was entered" },
	{ "done", M_TEXT, .at = AT(transition_rule, done_message), .what = "What is said afterwards" },
	{ .name = NULL }
};

static const struct member cadence_members[] = {
	{ "from_month", M_INT, .at = AT(cadence_phase, from_month), .is_needed = true, .min = 1, .max = 120, .what = "From this month of the plan" },
	{ "every_days", M_INT, .at = AT(cadence_phase, every_days), .is_needed = true, .min = 1, .max = 365, .what = "the family is met every so many days" },
	{ .name = NULL }
};

static const struct member pathway_members[] = {
	{ "key", M_KEY, .at = AT(pathway, key), .is_needed = true, .what = "Its name in the bundle" },
	MEMBER_WAS,
	{ "label", M_TEXT, .at = AT(pathway, label), .is_needed = true, .what = "What the country calls it" },
	{ "level", M_INT, .at = AT(pathway, level), .is_needed = true, .min = 1, .max = 3, .what = "1 information, 2 referral, 3 casework" },
	{ "when", M_REF, .at = AT(pathway, when), .what = "Expression over the profile's answers that sends a family this way" },
	{ .name = NULL }
};

const struct member workflow_shape[] = {
	{ "stages", M_LIST, .at = AT(bundle, stage), .at_n = AT(bundle, n_stages), .of = stage_members, .size = sizeof(struct stage), .id = "key",
	  .places = PLACES(stage), .what = "Stages of a case; it begins in the first" },
	{ "transitions", M_LIST, .at = AT(bundle, transition), .at_n = AT(bundle, n_transitions), .of = transition_members, .size = sizeof(struct transition_rule),
	  .id = "name", .places = PLACES(transition), .what = "Steps from stage to stage" },
	{ "cadence", M_LIST, .at = AT(bundle, cadence), .at_n = AT(bundle, n_cadence), .of = cadence_members, .size = sizeof(struct cadence_phase),
	  .places = PLACES(cadence), .what = "How often a family is met" },
	{ "pathways", M_LIST, .at = AT(bundle, pathway), .at_n = AT(bundle, n_pathways), .of = pathway_members, .size = sizeof(struct pathway), .id = "key",
	  .places = PLACES(pathway), .what = "Ways by which families are helped" },
	{ .name = NULL }
};

static void read_stage(struct loader *l, const struct json *json, struct stage *stage)
{
	const struct json *deadline = json_get(json, "deadline");
	if (!*stage->short_label)
		stage->short_label = stage->label;
	if (deadline && deadline->kind == JSON_OBJECT && !stage->deadline_days && !json_get(deadline, "by_risk"))
		loader_error(l, deadline, "the deadline has no \"days\" and no \"by_risk\"");
}

static enum guard guard_of(const char *name)
{
	static const char *const guards[] = {
#define X(constant, name) name,
		GUARDS(X)
#undef X
	};
	int at = 0;
	while (at < GUARD_COUNT && strcmp(guards[at], name) != 0)
		at++;
	return (enum guard)at;
}

/* An unknown guard has been reported: it is left out. */
static void read_guards(struct transition_rule *rule)
{
	for (size_t i = 0; i < rule->n_guard_names; i++) {
		enum guard guard = guard_of(rule->guard_names[i]);
		if (guard != GUARD_COUNT && rule->n_guards < 8)
			rule->guard[rule->n_guards++] = guard;
	}
}

static void check_cadence(struct loader *l)
{
	const struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_cadence; i++) {
		int before = i ? b->cadence[i - 1].from_month : 0;
		if (i == 0 && b->cadence[i].from_month != 1)
			loader_error(l, place_of(&l->cadence, i, "from_month"), "the cadence begins in month 1; before month %d nobody would visit", b->cadence[i].from_month);
		else if (b->cadence[i].from_month && b->cadence[i].from_month <= before)
			loader_error(l, place_of(&l->cadence, i, "from_month"), "month %d does not come after month %d of the line above", b->cadence[i].from_month, before);
	}
}

void loader_workflow(struct loader *l)
{
	struct bundle *b = l->bundle;
	if (l->workflow)
		loader_object(l, l->workflow, workflow_shape, b);
	for (size_t i = 0; i < b->n_stages; i++)
		read_stage(l, l->stage.at[i], &b->stage[i]);
	for (size_t i = 0; i < b->n_transitions; i++)
		read_guards(&b->transition[i]);
	check_cadence(l);
}
