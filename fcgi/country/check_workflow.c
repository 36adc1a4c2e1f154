/* SPDX-License-Identifier: Apache-2.0
 *
 * Cross-checks of the workflow: every stage can be reached and left, every transition
 * has somebody who may do it and whose module is on. */
#include <string.h>

#include "base/text.h"
#include "bundle_load.h"

static size_t stage_index(const struct bundle *b, const char *key)
{
	const struct stage *stage = bundle_stage(b, key);
	return stage ? (size_t)(stage - b->stage) : SIZE_MAX;
}

/* False when something it names does not exist. */
static bool check_stages(struct loader *l, size_t i)
{
	const struct bundle *b = l->bundle;
	const struct transition_rule *t = &b->transition[i];
	bool good = t->to != NULL;
	for (size_t j = 0; j < t->n_from; j++) {
		if (bundle_stage(b, t->from[j]))
			continue;
		good = false;
		loader_error(l, place_of_element(l->transition.at[i], "from", t->from[j]), "there is no stage \"%s\"%s", t->from[j],
		             loader_hint_in(l, t->from[j], b->stage, b->n_stages, sizeof *b->stage));
	}
	if (t->to && !bundle_stage(b, t->to)) {
		good = false;
		loader_error(l, place_of(&l->transition, i, "to"), "there is no stage \"%s\"%s", t->to,
		             loader_hint_in(l, t->to, b->stage, b->n_stages, sizeof *b->stage));
	}
	return good;
}

/* False when a role named does not exist or has no permission. */
static bool check_roles(struct loader *l, size_t i)
{
	const struct bundle *b = l->bundle;
	const struct transition_rule *t = &b->transition[i];
	bool good = true;
	for (size_t j = 0; j < t->n_roles; j++) {
		const struct role *role = bundle_role(b, t->roles[j]);
		const struct json *at = place_of_element(l->transition.at[i], "roles", t->roles[j]);
		if (role && (!t->permission || (role->permissions & BIT(t->permission))))
			continue;
		good = false;
		if (!role)
			loader_error(l, at, "there is no role \"%s\"%s", t->roles[j], loader_hint_in(l, t->roles[j], b->role, b->n_roles, sizeof *b->role));
		else
			loader_error(l, at, "the role \"%s\" may not do this: it has no permission \"%s\"", t->roles[j], permission_name(t->permission));
	}
	return good;
}

static bool may_do(const struct transition_rule *t, const struct role *role)
{
	bool is_named = t->n_roles == 0;
	for (size_t i = 0; i < t->n_roles; i++)
		is_named |= text_eq(t->roles[i], role->key);
	return is_named && (role->permissions & BIT(t->permission)) && (role->permissions & BIT(PERM_CASE_VIEW)) && role->scope != SCOPE_NONE;
}

static void check_doers(struct loader *l, size_t i)
{
	const struct bundle *b = l->bundle;
	const struct transition_rule *t = &b->transition[i];
	for (size_t j = 0; j < b->n_roles; j++)
		if (may_do(t, &b->role[j]))
			return;
	if (t->permission && t->name && b->n_roles)
		loader_error(l, place_of(&l->transition, i, "permission"),
		             "nobody can do \"%s\": no role%s has the permission \"%s\" and may open the case", t->name, t->n_roles ? " named here" : "", permission_name(t->permission));
}

static void check_guards(struct loader *l, size_t i)
{
	static const struct { enum guard guard; enum module module; const char *name; } owners[] = {
		{ GUARD_PROFILE_DONE, MODULE_PROFILE, "profile_done" }, { GUARD_ASSESSMENT_SUBMITTED, MODULE_ASSESSMENT, "assessment_submitted" },
		{ GUARD_ASSESSMENT_IN_REVIEW, MODULE_ASSESSMENT, "reassessment_submitted" }, { GUARD_NEEDS_RANKED, MODULE_ASSESSMENT, "needs_ranked" },
		{ GUARD_GOALS_FOR_NEEDS, MODULE_PLAN, "goals_for_needs" }, { GUARD_ACTIONS_COMPLETE, MODULE_PLAN, "actions_complete" },
		{ GUARD_REVIEW_DATED, MODULE_PLAN, "review_dated" }, { GUARD_PLAN_APPROVED, MODULE_PLAN, "plan_approved" },
		{ GUARD_PLAN_SIGNED, MODULE_PLAN, "plan_signed" }, { GUARD_GOALS_DECIDED, MODULE_PLAN, "goals_decided" },
		{ GUARD_NO_OPEN_ACTIONS, MODULE_PLAN, "no_open_actions" },
	};
	const struct transition_rule *t = &l->bundle->transition[i];
	for (size_t j = 0; j < t->n_guards; j++)
		for (size_t k = 0; k < sizeof owners / sizeof *owners; k++)
			if (t->guard[j] == owners[k].guard && !bundle_has(l->bundle, owners[k].module) && loader_has(l, DOC_MAIN))
				loader_error(l, place_of_element(l->transition.at[i], "guards", owners[k].name),
				             "the guard \"%s\" could never be met: the module \"%s\" is off", owners[k].name, module_name(owners[k].module));
	if (t->outcome && text_eq(t->asks, "outcome"))
		loader_error(l, place_of(&l->transition, i, "outcome"), "the outcome is fixed here and asked by \"asks\"; keep one");
}

/* Marks what can be walked from the marked stages, forwards or backwards. */
static void spread(const struct bundle *b, bool *marked, bool backwards)
{
	for (bool changed = true; changed;) {
		changed = false;
		for (size_t i = 0; i < b->n_transitions; i++)
			for (size_t j = 0; j < b->transition[i].n_from; j++) {
				size_t from = stage_index(b, b->transition[i].from[j]), to = stage_index(b, b->transition[i].to);
				if (from == SIZE_MAX || to == SIZE_MAX)
					continue;
				size_t known = backwards ? to : from, reached = backwards ? from : to;
				if (marked[known] && !marked[reached])
					changed = marked[reached] = true;
			}
	}
}

/* Is there a step between this stage and another one for which `wanted` holds? */
static bool has_neighbour(const struct bundle *b, size_t i, const bool *marked, bool wanted, bool backwards)
{
	for (size_t t = 0; t < b->n_transitions; t++)
		for (size_t j = 0; j < b->transition[t].n_from; j++) {
			size_t from = stage_index(b, b->transition[t].from[j]), to = stage_index(b, b->transition[t].to);
			size_t own = backwards ? to : from, other = backwards ? from : to;
			if (own == i && other != i && other != SIZE_MAX && marked[other] == wanted)
				return true;
		}
	return false;
}

/* Reports the stages that are not marked. Those that are only cut off by another such stage are left out: mending that one mends them. */
static void report_unmarked(struct loader *l, const bool *marked, bool backwards, const char *format)
{
	const struct bundle *b = l->bundle;
	size_t reported = 0, last = SIZE_MAX;
	for (size_t i = 0; i < b->n_stages; i++) {
		if (marked[i])
			continue;
		last = last == SIZE_MAX || !backwards ? i : last;
		if (has_neighbour(b, i, marked, false, backwards))
			continue;
		reported++;
		loader_error(l, place_of(&l->stage, i, "key"), format, b->stage[i].key ? b->stage[i].key : "");
	}
	if (last != SIZE_MAX && !reported)
		loader_error(l, place_of(&l->stage, last, "key"), format, b->stage[last].key ? b->stage[last].key : "");
}

static void check_paths(struct loader *l)
{
	const struct bundle *b = l->bundle;
	bool *reached = arena_array(l->scratch, bool, b->n_stages + 1), *ends = arena_array(l->scratch, bool, b->n_stages + 1), has_end = false;
	reached[0] = true;
	for (size_t i = 0; i < b->n_stages; i++)
		has_end |= ends[i] = text_eq(b->stage[i].status, "closed");
	spread(b, reached, false);
	spread(b, ends, true);
	if (!has_end) {
		loader_error(l, json_get(l->workflow, "stages"), "no stage has the status \"closed\": a case could never end");
		return;
	}
	report_unmarked(l, ends, false, "from the stage \"%s\" no way leads to the end; name it in the \"from\" of a transition");
	/* what is cut off because the way to it ends before has been told */
	for (size_t i = 0; i < b->n_stages; i++)
		if (!ends[i])
			return;
	report_unmarked(l, reached, true, "the stage \"%s\" cannot be reached from the first; name it in the \"to\" of a transition, "
	                "or take it out (a parent's by \"remove\": true)");
}

static bool has_status(const struct bundle *b, const char *status)
{
	for (size_t i = 0; i < b->n_stages; i++)
		if (text_eq(b->stage[i].status, status))
			return true;
	return false;
}

static void check_statuses(struct loader *l)
{
	static const struct { enum module module; const char *status; } needed[] = {
		{ MODULE_ASSESSMENT, "in_assessment" }, { MODULE_PLAN, "in_planning" }, { MODULE_PLAN, "active" },
	};
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (bundle_has(l->bundle, needed[i].module) && !has_status(l->bundle, needed[i].status))
			loader_error(l, json_get(l->workflow, "stages"), "the module \"%s\" is on, but no stage has the status \"%s\"",
			             module_name(needed[i].module), needed[i].status);
	for (size_t i = 0; i < l->bundle->n_stages; i++)
		if (text_eq(l->bundle->stage[i].status, "closed") && json_get(l->stage.at[i], "deadline"))
			loader_warn(l, json_get(l->stage.at[i], "deadline"), "has no effect: nothing is due when a case is closed");
}

static void check_pathways(struct loader *l)
{
	const struct bundle *b = l->bundle;
	for (size_t i = 0; i < b->n_pathways; i++) {
		struct expr_problem problem = { 0 };
		const struct json *when = place_of(&l->pathway, i, "when");
		if (b->pathway[i].level > b->level_max && b->level_max && loader_has(l, DOC_MAIN))
			loader_error(l, place_of(&l->pathway, i, "level"), "level %d is above the bundle's level %d", b->pathway[i].level, b->level_max);
		if (b->pathway[i].when && !expr_parse(l->scratch, b->pathway[i].when, &problem))
			loader_file_problem(l, true, when->file, when->line, json_column_at(when, problem.offset), "when: %s", problem.message);
	}
}

void check_workflow(struct loader *l)
{
	const struct bundle *b = l->bundle;
	if (!l->workflow || !loader_has(l, DOC_WORKFLOW))
		return;
	if (b->n_stages == 0) {
		loader_error(l, l->workflow, "a workflow has at least one stage; cases start in the first");
		return;
	}
	bool has_stages = true, has_statuses = true;
	for (size_t i = 0; i < b->n_transitions; i++) {
		has_stages &= check_stages(l, i);
		if (loader_has(l, DOC_ROLES) && check_roles(l, i))
			check_doers(l, i);
		check_guards(l, i);
	}
	for (size_t i = 0; i < b->n_stages; i++)
		has_statuses &= b->stage[i].status != NULL;
	if (has_stages && has_statuses)
		check_paths(l);
	if (has_statuses)
		check_statuses(l);
	check_pathways(l);
}
