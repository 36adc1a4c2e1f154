/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules of two bundles side by side: deadlines, steps with what they need and who may take
 * them, permissions of roles, modules, areas of offices. */
#include "upgrade_internal.h"

#include <string.h>

#include "base/text.h"
#include "words.h"
#include "workflow.h"

/* ---- stages ---- */

const char *deadline_words(struct arena *arena, const struct stage *stage)
{
	static const char *const risks[] = { "low", "medium", "high" };
	const char *words = NULL, *days = arena_printf(arena, "%d", stage->deadline_days);
	if (stage->deadline_days)
		words = tr_fill(arena, stage->deadline_is_working_days ? tr("working days: %1") : tr("days: %1"), days, NULL);
	for (int i = 0; i < 3; i++)
		if (stage->deadline_by_risk[i])
			words = arena_printf(arena, "%s%s%s %d", words ? words : "", words ? "; " : "", tr(risks[i]), stage->deadline_by_risk[i]);
	return words ? words : tr("none");
}

static enum err compare_stages(struct upgrade *u)
{
	struct bundle_uses uses;
	enum err err = bundle_use_load(&u->c, LIST_STAGES, &uses);
	for (size_t i = 0; err == OK && i < u->from->n_stages; i++) {
		const struct stage *a = &u->from->stage[i], *b = bundle_stage(u->to, a->key);
		if (!b)
			continue;
		int64_t cases = bundle_use_of(&uses, a->key).cases;
		const char *before = deadline_words(u->c.arena, a), *after = deadline_words(u->c.arena, b);
		if (strcmp(before, after) != 0)
			upgrade_add(u, cases ? UPGRADE_KEEPS : UPGRADE_CHANGES, "workflow.json", tr("Stage"), tr(a->label), UPGRADE_FILL(u, tr("deadline: %1 instead of %2"), after, before),
			            cases ? upgrade_count(u, tr("Cases that stand in it keep the date they have: %1."), cases) : NULL, NULL);
		if (strcmp(a->status, b->status) != 0)
			upgrade_add(u, cases ? UPGRADE_KEEPS : UPGRADE_CHANGES, "workflow.json", tr("Stage"), tr(a->label), UPGRADE_FILL(u, tr("status: %1 instead of %2"), b->status, a->status),
			            cases ? upgrade_count(u, tr("Cases that stand in it keep their status until their next step: %1."), cases) : NULL, NULL);
		if (a->phase != b->phase)
			upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Stage"), tr(a->label), tr("belongs to another phase"), NULL, NULL);
	}
	return err;
}

/* ---- steps ---- */

static bool has_guard(const struct transition_rule *rule, enum guard guard)
{
	for (size_t i = 0; i < rule->n_guards; i++)
		if (rule->guard[i] == guard)
			return true;
	return false;
}

static bool has_text(const char *const *list, size_t n, const char *text)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i], text))
			return true;
	return false;
}

static void compare_guards(struct upgrade *u, const struct transition_rule *a, const struct transition_rule *b)
{
	for (size_t i = 0; i < b->n_guards; i++)
		if (!has_guard(a, b->guard[i]))
			upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Step"), tr(b->label), UPGRADE_FILL(u, tr("needs besides: %1"), tr(workflow_guard_words(b->guard[i]))), NULL, NULL);
	for (size_t i = 0; i < a->n_guards; i++)
		if (!has_guard(b, a->guard[i]))
			upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Step"), tr(b->label), UPGRADE_FILL(u, tr("no longer needs: %1"), tr(workflow_guard_words(a->guard[i]))), NULL, NULL);
}

static bool is_same_list(const char *const *a, size_t n, const char *const *b, size_t m)
{
	bool same = n == m;
	for (size_t i = 0; same && i < n; i++)
		same = has_text(b, m, a[i]);
	return same;
}

static void compare_step(struct upgrade *u, const struct transition_rule *a, const struct transition_rule *b)
{
	compare_guards(u, a, b);
	if (strcmp(a->label, b->label) != 0)
		upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Step"), tr(a->label), UPGRADE_FILL(u, tr("is called “%1” now"), tr(b->label)), NULL, NULL);
	if (strcmp(a->to, b->to) != 0)
		upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Step"), tr(b->label), UPGRADE_FILL(u, tr("leads to “%1”"), tr(bundle_stage(u->to, b->to)->label)), NULL, NULL);
	if (!is_same_list(a->from, a->n_from, b->from, b->n_from))
		upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Step"), tr(b->label), tr("begins at other stages"), NULL, NULL);
	if (a->permission != b->permission || !is_same_list(a->roles, a->n_roles, b->roles, b->n_roles))
		upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Step"), tr(b->label), tr("other roles may take it"), NULL, NULL);
	if (a->needs_comment != b->needs_comment)
		upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Step"), tr(b->label), b->needs_comment ? tr("wants a comment") : tr("wants no comment any more"), NULL, NULL);
}

static void compare_steps(struct upgrade *u)
{
	for (size_t i = 0; i < u->from->n_transitions; i++) {
		const struct transition_rule *a = &u->from->transition[i], *b = bundle_transition(u->to, a->name);
		if (b)
			compare_step(u, a, b);
		else
			upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Step"), tr(a->label), tr("removed"), NULL, NULL);
	}
	for (size_t i = 0; i < u->to->n_transitions; i++)
		if (!bundle_transition(u->from, u->to->transition[i].name))
			upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Step"), tr(u->to->transition[i].label), tr("added"), NULL, NULL);
}

static void compare_cadence(struct upgrade *u)
{
	bool same = u->from->n_cadence == u->to->n_cadence;
	for (size_t i = 0; same && i < u->to->n_cadence; i++)
		same = u->from->cadence[i].from_month == u->to->cadence[i].from_month && u->from->cadence[i].every_days == u->to->cadence[i].every_days;
	if (!same)
		upgrade_add(u, UPGRADE_CHANGES, "workflow.json", tr("Contact schedule"), "", tr("changed"), tr("Visits already planned stay."), NULL);
}

/* ---- roles ---- */

static const char *permissions_of(struct upgrade *u, uint64_t set)
{
	const char *list = "";
	for (int i = PERM_PUBLIC + 1; i < PERM_COUNT; i++)
		if (set & BIT(i))
			list = upgrade_list(u, list, tr(permission_what((enum permission)i)));
	return list;
}

static void compare_role(struct upgrade *u, const struct role *a, const struct role *b, int64_t users)
{
	const char *who = users ? upgrade_count(u, tr_plural("%1 user has it.", "%1 users have it.", (long)users), users) : NULL;
	uint64_t more = b->permissions & ~a->permissions, less = a->permissions & ~b->permissions;
	if (more)
		upgrade_add(u, UPGRADE_CHANGES, "roles.json", tr("Role"), tr(a->label), UPGRADE_FILL(u, tr("may besides: %1"), permissions_of(u, more)), who, NULL);
	if (less)
		upgrade_add(u, UPGRADE_CHANGES, "roles.json", tr("Role"), tr(a->label), UPGRADE_FILL(u, tr("may no longer: %1"), permissions_of(u, less)), who, NULL);
	if (a->scope != b->scope)
		upgrade_add(u, UPGRADE_CHANGES, "roles.json", tr("Role"), tr(a->label), UPGRADE_FILL(u, tr("reaches: %1 instead of %2"), tr(scope_what(b->scope)), tr(scope_what(a->scope))), who, NULL);
	for (size_t i = 0; i < u->from->n_sensitivity + u->to->n_sensitivity; i++) {
		bool is_new = i >= u->from->n_sensitivity;
		const char *tag = is_new ? u->to->sensitivity[i - u->from->n_sensitivity] : u->from->sensitivity[i];
		int was = bundle_sensitivity(u->from, tag), now = bundle_sensitivity(u->to, tag);
		bool saw = was >= 0 && a->sensitivity & BIT(was), sees = now >= 0 && b->sensitivity & BIT(now);
		if (saw != sees && (!is_new || was < 0))
			upgrade_add(u, UPGRADE_CHANGES, "roles.json", tr("Role"), tr(a->label),
			            sees ? UPGRADE_FILL(u, tr("reads what is marked “%1”"), tag) : UPGRADE_FILL(u, tr("no longer reads what is marked “%1”"), tag), who, NULL);
	}
}

static enum err compare_roles(struct upgrade *u)
{
	struct bundle_uses uses;
	enum err err = bundle_use_load(&u->c, LIST_ROLES, &uses);
	for (size_t i = 0; err == OK && i < u->from->n_roles; i++) {
		const struct role *b = bundle_role(u->to, u->from->role[i].key);
		if (b)
			compare_role(u, &u->from->role[i], b, bundle_use_of(&uses, b->key).users);
	}
	return err;
}

/* ---- modules, offices, consents ---- */

static const char *module_rows(struct upgrade *u, int module, int64_t n)
{
	if (!n)
		return NULL;
	return upgrade_count(u, module == MODULE_PORTAL ? tr("Families that cannot open it any more: %1.") : tr("Stored all the same, and not shown: %1."), n);
}

static enum err compare_modules(struct upgrade *u)
{
	enum err err = OK;
	for (int i = 0; err == OK && i < MODULE_COUNT; i++) {
		bool was = bundle_has(u->from, (enum module)i), is = bundle_has(u->to, (enum module)i);
		int64_t n = 0;
		if (was == is)
			continue;
		if (was)
			err = module_use(&u->c, i, &n);
		upgrade_add(u, n ? UPGRADE_KEEPS : UPGRADE_CHANGES, "bundle.json", tr("Module"), tr(module_name((enum module)i)), is ? tr("switched on") : tr("switched off"), module_rows(u, i, n), NULL);
	}
	return err;
}

static enum err compare_offices(struct upgrade *u)
{
	struct bundle_uses uses;
	enum err err = bundle_use_load(&u->c, LIST_OFFICES, &uses);
	for (size_t i = 0; err == OK && i < u->from->n_offices; i++) {
		const struct office *a = &u->from->office[i], *b = bundle_office(u->to, a->key);
		if (!b || !strcmp(a->area, b->area))
			continue;
		const struct area *area = bundle_area(u->to, b->area);
		const char *renamed = bundle_now(u->to, "areas", a->area);
		if (text_eq(renamed, b->area))
			continue;
		int64_t cases = bundle_use_of(&uses, a->key).cases;
		upgrade_add(u, cases ? UPGRADE_MOVES : UPGRADE_CHANGES, "offices.json", tr("Office"), tr(a->name), UPGRADE_FILL(u, tr("lies in the area “%1” now"), tr(area ? area->name : b->area)),
		            cases ? upgrade_count(u, tr_plural("%1 case moves with it.", "%1 cases move with it.", (long)cases), cases) : NULL, NULL);
	}
	return err;
}

static enum err compare_consents(struct upgrade *u)
{
	struct bundle_uses uses;
	enum err err = bundle_use_load(&u->c, LIST_CONSENTS, &uses);
	for (size_t i = 0; err == OK && i < u->from->n_consents; i++) {
		const struct consent_purpose *a = &u->from->consent[i];
		for (size_t k = 0; k < u->to->n_consents; k++) {
			int64_t cases = bundle_use_of(&uses, a->key).cases;
			if (!strcmp(u->to->consent[k].key, a->key) && strcmp(u->to->consent[k].text, a->text) != 0)
				upgrade_add(u, cases ? UPGRADE_KEEPS : UPGRADE_CHANGES, "bundle.json", tr("Consent"), tr(a->label), tr("has other words"),
				            cases ? upgrade_count(u, tr("Families that agreed to the words before: %1. Those words stay in their files."), cases) : NULL, NULL);
		}
	}
	return err;
}

enum err upgrade_plan_rules(struct upgrade *u)
{
	enum err err = compare_modules(u);
	if (err == OK)
		err = compare_stages(u);
	compare_steps(u);
	compare_cadence(u);
	if (err == OK)
		err = compare_roles(u);
	if (err == OK)
		err = compare_offices(u);
	return err == OK ? compare_consents(u) : err;
}
