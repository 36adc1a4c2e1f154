/* SPDX-License-Identifier: Apache-2.0
 *
 * What the instance is made of, for its administrator: the bundle it runs on, part by part,
 * and whether a changed one waits. Taking that over is config_upgrade.c's. */
#include "pages.h"

#include <string.h>

#include "base/text.h"
#include "config_parts.h"
#include "country/content.h"
#include "country/instance_bundle.h"
#include "country/upgrade.h"
#include "country/words.h"
#include "country/workflow.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

struct vnode *config_table(struct request *r, const char *id, const char *title)
{
	struct vnode *section = view_item(r->view, NULL, "Sections");
	struct vnode *table = view_node(r->view, section, "Table");

	view_set(r->view, section, "Id", id);
	view_set(r->view, section, "Title", title);
	view_set(r->view, table, "Caption", title);
	view_flag(r->view, table, "CaptionHidden", true);
	return table;
}

static void column(struct request *r, struct vnode *table, const char *label)
{
	part_column(r->view, table, "", label, NULL, NULL);
}

static void cell(struct request *r, struct vnode *row, const char *text)
{
	part_cell(r->view, row, "", text ? text : "", NULL);
}

static const char *joined(struct request *r, const char *list, const char *item)
{
	return *list ? arena_printf(r->arena, "%s, %s", list, item) : item;
}

/* ---- the bundle ---- */

static const char *languages_of(struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	const char *list = "";

	for (size_t i = 0; i < b->n_languages; i++)
		list = joined(r, list, b->language[i].name);
	return list;
}

static const char *modules_of(struct request *r, bool is_on)
{
	const char *list = "";

	for (int i = 0; i < MODULE_COUNT; i++)
		if (bundle_has(r->instance->bundle, (enum module)i) == is_on)
			list = joined(r, list, tr(module_name((enum module)i)));
	return list;
}

static void fill_facts(struct request *r)
{
	const struct bundle *b = r->instance->bundle;

	part_fact(r->view, NULL, "Facts", tr("Bundle"), arena_printf(r->arena, "%s (%s)", tr(b->name), r->instance->bundle_name));
	part_fact(r->view, NULL, "Facts", tr("Version"), b->version);
	part_fact(r->view, NULL, "Facts", tr("Fingerprint"), arena_printf(r->arena, "%.16s", r->instance->bundle_digest));
	part_fact(r->view, NULL, "Facts", tr("Languages"), languages_of(r));
	part_fact(r->view, NULL, "Facts", tr("Mode"), r->instance->is_demo ? tr("Demonstration") : tr("Trial"));
	part_fact(r->view, NULL, "Facts", tr("Modules switched on"), modules_of(r, true));
	part_fact(r->view, NULL, "Facts", tr("Modules switched off"), *modules_of(r, false) ? modules_of(r, false) : tr("none"));
}

/* ---- who may what ---- */

static void fill_roles(struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	struct vnode *table = config_table(r, "roles", tr("Roles and what each may do")), *row;

	view_flag(r->view, table, "Matrix", true);
	column(r, table, tr("Permission"));
	for (size_t i = 0; i < b->n_roles; i++)
		column(r, table, tr(b->role[i].label));
	row = part_row(r->view, table);
	cell(r, row, tr("Reaches"));
	for (size_t i = 0; i < b->n_roles; i++)
		cell(r, row, tr(scope_what(b->role[i].scope)));
	for (int p = PERM_PUBLIC + 1; p < PERM_COUNT; p++) {
		row = part_row(r->view, table);
		cell(r, row, tr(permission_what((enum permission)p)));
		for (size_t i = 0; i < b->n_roles; i++)
			cell(r, row, b->role[i].permissions & BIT(p) ? tr("yes") : "");
	}
}

/* ---- the workflow ---- */

static const char *guards_of(struct request *r, const struct transition_rule *t)
{
	const char *list = "";

	for (size_t i = 0; i < t->n_guards; i++)
		list = *list ? arena_printf(r->arena, "%s; %s", list, tr(workflow_guard_words(t->guard[i]))) : tr(workflow_guard_words(t->guard[i]));
	return list;
}

static bool leaves(const struct transition_rule *t, const char *stage)
{
	for (size_t i = 0; i < t->n_from; i++)
		if (strcmp(t->from[i], stage) == 0)
			return true;
	return false;
}

static void stage_row(struct request *r, struct vnode *table, const struct stage *stage, const struct transition_rule *t)
{
	struct vnode *row = part_row(r->view, table);
	const struct stage *to = t ? bundle_stage(r->instance->bundle, t->to) : NULL;

	cell(r, row, tr(stage->label));
	cell(r, row, deadline_words(r->arena, stage));
	cell(r, row, t ? tr(t->label) : "");
	cell(r, row, to ? tr(to->label) : "");
	cell(r, row, t ? guards_of(r, t) : "");
}

static void fill_workflow(struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	struct vnode *table = config_table(r, "workflow", tr("Workflow"));

	column(r, table, tr("Stage"));
	column(r, table, tr("Deadline"));
	column(r, table, tr("Step"));
	column(r, table, tr("Leads to"));
	column(r, table, tr("Needs"));
	for (size_t i = 0; i < b->n_stages; i++) {
		bool has_step = false;
		for (size_t k = 0; k < b->n_transitions; k++)
			if (leaves(&b->transition[k], b->stage[i].key)) {
				stage_row(r, table, &b->stage[i], &b->transition[k]);
				has_step = true;
			}
		if (!has_step)
			stage_row(r, table, &b->stage[i], NULL);
	}
}

/* ---- forms with their versions ---- */

static void form_row(struct request *r, struct vnode *table, const struct form_use *use)
{
	const struct form *form = bundle_form(r->instance->bundle, use->form);
	bool is_present = form && strcmp(form->digest, use->digest) == 0;
	struct vnode *row = part_row(r->view, table);

	cell(r, row, form ? text_in(&form->title, r->language, tr) : use->form);
	cell(r, row, arena_printf(r->arena, "%.8s", use->digest));
	cell(r, row, format_instant(r->arena, use->first_at));
	part_cell(r->view, row, "r", format_number(r->arena, (double)use->answers, 0), NULL);
	part_cell(r->view, row, "r", format_number(r->arena, (double)use->drafts, 0), NULL);
	cell(r, row, is_present ? tr("in use") : tr("earlier version"));
}

static enum err fill_forms(struct request *r)
{
	struct context c = request_context(r);
	struct form_uses uses;
	enum err err = form_use_load(&c, &uses);

	if (err != OK || !uses.n)
		return err;
	struct vnode *table = config_table(r, "forms", tr("Forms and the answers given to them"));
	column(r, table, tr("Form"));
	column(r, table, tr("Version"));
	column(r, table, tr("First used"));
	column(r, table, tr("Filled"));
	column(r, table, tr("Begun"));
	column(r, table, tr("State"));
	for (size_t i = 0; i < uses.n; i++)
		form_row(r, table, &uses.item[i]);
	return OK;
}

/* ---- what the bundle has beside ---- */

static void fill_services(struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	struct vnode *table;

	if (!b->n_services)
		return;
	table = config_table(r, "services", tr("Services"));
	column(r, table, tr("Service"));
	column(r, table, tr("Provider"));
	for (size_t i = 0; i < b->n_services; i++) {
		struct vnode *row = part_row(r->view, table);
		cell(r, row, tr(b->service[i].name));
		cell(r, row, tr(b->service[i].provider));
	}
}

static void fill_reminders(struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	struct vnode *table;

	if (!b->n_reminders)
		return;
	table = config_table(r, "reminders", tr("Reminders"));
	column(r, table, tr("Reminder"));
	column(r, table, tr("Text"));
	for (size_t i = 0; i < b->n_reminders; i++) {
		struct vnode *row = part_row(r->view, table);
		cell(r, row, b->reminder[i].key);
		cell(r, row, tr(b->reminder[i].text));
	}
}

static void fill_indicators(struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	struct vnode *table;

	if (!b->n_indicators)
		return;
	table = config_table(r, "indicators", tr("Indicators"));
	column(r, table, tr("Indicator"));
	column(r, table, tr("Definition"));
	column(r, table, tr("Target"));
	for (size_t i = 0; i < b->n_indicators; i++) {
		const struct indicator *one = &b->indicator[i];
		struct vnode *row = part_row(r->view, table);
		cell(r, row, tr(one->label));
		cell(r, row, tr(one->definition));
		part_cell(r->view, row, "r", one->has_target ? format_number(r->arena, one->target, 0) : "", NULL);
	}
}

/* ---- the page ---- */

static enum err fill_waiting(struct request *r)
{
	struct why why = {0};
	struct rollback back;

	if (instance_bundle_is_behind(r->instance))
		view_set(r->view, NULL, "UpgradeUrl", link_to(r, "config/upgrade"));
	if (rollback_open(&back, r->instance, r->arena, &why) == OK) {
		view_set(r->view, NULL, "RollbackUrl", link_to(r, "config/rollback"));
		view_set(r->view, NULL, "Upgraded", tr_fill(r->arena, tr("Upgraded on %1 by %2."), format_instant(r->arena, back.change->at), back.change->actor, NULL));
	}
	return why.code == OK || why.code == ERR_NOT_FOUND ? OK : fail(&r->why, why.code, "%s", why.detail);
}

enum err page_config(struct request *r)
{
	enum err err;

	part_head(r->view, tr("Configuration"), tr("What this system is made of here. It comes from the country's bundle; the files are changed, never the program."));
	fill_facts(r);
	if ((err = fill_waiting(r)) != OK)
		return err;
	fill_workflow(r);
	if ((err = fill_forms(r)) != OK)
		return err;
	fill_roles(r);
	fill_services(r);
	fill_reminders(r);
	fill_indicators(r);
	return reply_page(r, "config");
}
