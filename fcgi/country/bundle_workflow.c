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

static const struct member stage_members[] = {
	{ "key", M_KEY, .at = AT(stage, key), .is_needed = true },
	{ "label", M_TEXT, .at = AT(stage, label), .is_needed = true },
	{ "short", M_TEXT, .at = AT(stage, short_label) },
	{ "status", M_ONE_OF, .at = AT(stage, status), .is_needed = true, .choices = STATUS_CHOICES },
	{ "phase", M_OTHER, .at = 0, .is_needed = true },
	{ "trail", M_BOOL, .at = AT(stage, on_trail) },
	{ "deadline", M_OTHER, .at = 0 },
	{ .name = NULL }
};

static const struct member deadline_members[] = {
	{ "days", M_INT, .at = AT(stage, deadline_days), .min = 1, .max = 3650 },
	{ "working", M_BOOL, .at = AT(stage, deadline_is_working_days) },
	{ "by_risk", M_OTHER, .at = 0 },
	{ .name = NULL }
};

static const struct member risk_members[] = {
	{ "low", M_INT, 0, .min = 1, .max = 3650 },
	{ "medium", M_INT, sizeof(int), .min = 1, .max = 3650 },
	{ "high", M_INT, 2 * sizeof(int), .min = 1, .max = 3650 },
	{ .name = NULL }
};

static const struct member transition_members[] = {
	{ "name", M_KEY, .at = AT(transition_rule, name), .is_needed = true },
	{ "label", M_TEXT, .at = AT(transition_rule, label), .is_needed = true },
	{ "from", M_OTHER, .at = 0, .is_needed = true },
	{ "to", M_REF, .at = AT(transition_rule, to), .is_needed = true },
	{ "guards", M_OTHER, .at = 0 },
	{ "permission", M_OTHER, .at = 0, .is_needed = true },
	{ "roles", M_OTHER, .at = 0 },
	{ "comment", M_BOOL, .at = AT(transition_rule, needs_comment) },
	{ "asks", M_ONE_OF, .at = AT(transition_rule, asks), .choices = "worker date office outcome" },
	{ "outcome", M_ONE_OF, .at = AT(transition_rule, outcome), .choices = OUTCOME_CHOICES },
	{ "within_months", M_INT, .at = AT(transition_rule, within_months), .min = 1, .max = 120 },
	{ "done", M_TEXT, .at = AT(transition_rule, done_message) },
	{ .name = NULL }
};

static const struct member cadence_members[] = {
	{ "from_month", M_INT, .at = AT(cadence_phase, from_month), .is_needed = true, .min = 1, .max = 120 },
	{ "every_days", M_INT, .at = AT(cadence_phase, every_days), .is_needed = true, .min = 1, .max = 365 },
	{ .name = NULL }
};

static const struct member pathway_members[] = {
	{ "key", M_KEY, .at = AT(pathway, key), .is_needed = true },
	{ "label", M_TEXT, .at = AT(pathway, label), .is_needed = true },
	{ "level", M_INT, .at = AT(pathway, level), .is_needed = true, .min = 1, .max = 3 },
	{ "when", M_REF, .at = AT(pathway, when) },
	{ .name = NULL }
};

static void read_stage(struct loader *l, const struct json *json, struct stage *stage)
{
	static const char *const phases[] = { "intake_assessment", "planning", "implementation_monitoring", "evaluation_closing" };
	const char *phase = json_text(&l->report, json, "phase", phases[0]);
	size_t at = 0;
	while (at < 4 && strcmp(phases[at], phase) != 0)
		at++;
	if (at == 4)
		loader_error(l, json_get(json, "phase"), "there is no phase \"%s\"%s", phase, loader_hint(l, phase, phases, 4));
	stage->phase = at < 4 ? (int)at : 0;
	if (!*stage->short_label)
		stage->short_label = stage->label;
	const struct json *deadline = json_get(json, "deadline");
	if (!deadline || deadline->kind == JSON_NULL || !loader_object(l, deadline, deadline_members, stage))
		return;
	const struct json *by_risk = json_get(deadline, "by_risk");
	if (by_risk)
		loader_object(l, by_risk, risk_members, stage->deadline_by_risk);
	if (!stage->deadline_days && !by_risk)
		loader_error(l, deadline, "the deadline has no \"days\" and no \"by_risk\"");
}

/* Texts of a list into an array of 8. */
static size_t read_names(struct loader *l, const struct json *json, const char *member, const char *out[8])
{
	size_t n;
	const char *const *names = json_texts(&l->report, json, member, &n);
	if (n > 8)
		loader_error(l, json_get(json, member), "\"%s\" has %zu entries, at most 8 are possible", member, n);
	for (size_t i = 0; i < n && i < 8; i++)
		out[i] = loader_keep(l, names[i]);
	return n < 8 ? n : 8;
}

static void read_guards(struct loader *l, const struct json *json, struct transition_rule *rule)
{
	static const char *const guards[] = {
#define X(constant, name) name,
		GUARDS(X)
#undef X
	};
	const struct json *list = json_array(&l->report, json, "guards");
	for (json_each(item, list)) {
		size_t at = 0;
		while (at < GUARD_COUNT && (item->kind != JSON_STRING || strcmp(guards[at], item->string) != 0))
			at++;
		if (at == GUARD_COUNT)
			loader_error(l, item, "there is no guard \"%s\"%s", item->string, loader_hint(l, item->string, guards, GUARD_COUNT));
		else if (rule->n_guards == 8)
			loader_error(l, item, "at most 8 guards");
		else
			rule->guard[rule->n_guards++] = (enum guard)at;
	}
}

static void read_transition(struct loader *l, const struct json *json, struct transition_rule *rule)
{
	static const char *const names[] = {
#define X(constant, name, what) name,
		PERMISSIONS(X)
#undef X
	};
	const size_t n = sizeof names / sizeof *names;
	const char *permission = json_text(&l->report, json, "permission", NULL);
	for (size_t i = 0; permission && i < n; i++)
		if (!strcmp(names[i], permission))
			rule->permission = (enum permission)(i + PERM_PUBLIC + 1);
	if (permission && rule->permission == PERM_NONE)
		loader_error(l, json_get(json, "permission"), "there is no permission \"%s\"%s", permission, loader_hint(l, permission, names, n));
	rule->n_from = read_names(l, json, "from", rule->from);
	rule->n_roles = read_names(l, json, "roles", rule->roles);
	if (rule->n_from == 0 && json_get(json, "from"))
		loader_error(l, json_get(json, "from"), "\"from\" is a list of at least one stage");
	read_guards(l, json, rule);
}

static void check_cadence(struct loader *l, const struct places *places)
{
	const struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_cadence; i++) {
		int before = i ? b->cadence[i - 1].from_month : 0;
		if (i == 0 && b->cadence[i].from_month != 1)
			loader_error(l, place_of(places, i, "from_month"), "the cadence begins in month 1; before month %d nobody would visit", b->cadence[i].from_month);
		else if (b->cadence[i].from_month && b->cadence[i].from_month <= before)
			loader_error(l, place_of(places, i, "from_month"), "month %d does not come after month %d of the line above", b->cadence[i].from_month, before);
	}
}

void loader_workflow(struct loader *l)
{
	struct bundle *b = l->bundle;
	struct places cadence = { 0 };
	if (l->workflow)
		json_known(&l->report, l->workflow, "stages", "transitions", "cadence", "pathways", NULL);
	b->stage = loader_list(l, l->workflow, "stages", "key", stage_members, sizeof *b->stage, &l->stage);
	b->n_stages = l->stage.n;
	for (size_t i = 0; i < b->n_stages; i++)
		read_stage(l, l->stage.at[i], &b->stage[i]);
	b->transition = loader_list(l, l->workflow, "transitions", "name", transition_members, sizeof *b->transition, &l->transition);
	b->n_transitions = l->transition.n;
	for (size_t i = 0; i < b->n_transitions; i++)
		read_transition(l, l->transition.at[i], &b->transition[i]);
	b->cadence = loader_list(l, l->workflow, "cadence", NULL, cadence_members, sizeof *b->cadence, &cadence);
	b->n_cadence = cadence.n;
	check_cadence(l, &cadence);
	b->pathway = loader_list(l, l->workflow, "pathways", "key", pathway_members, sizeof *b->pathway, &l->pathway);
	b->n_pathways = l->pathway.n;
}
