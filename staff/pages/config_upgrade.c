/* SPDX-License-Identifier: Apache-2.0
 *
 * A changed bundle before it is taken over: each change and what it means for what is stored;
 * taking it over, and taking that back, each asked once more on a page of its own. */
#include "pages.h"

#include <string.h>

#include "config_parts.h"
#include "country/instance_bundle.h"
#include "country/upgrade.h"
#include "country/words.h"
#include "model/audit.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

const struct field config_upgrade_fields[] = {{"to", FIELD_LINE, 64, NULL}, {0}};
const struct field config_rollback_fields[] = {{"upgrade", FIELD_INT, 0, NULL}, {"discard", FIELD_FLAG, 0, NULL}, {0}};

static void crumbs(struct request *r, const char *title)
{
	part_crumb(r->view, tr("Configuration"), link_to(r, "config"));
	part_crumb(r->view, title, NULL);
	view_set(r->view, NULL, "BackUrl", link_to(r, "config"));
}

/* ---- the preview ---- */

static void fill_kind(struct request *r, const struct upgrade *u, enum upgrade_kind kind, const char *id, const char *title)
{
	struct vnode *table;

	if (!u->n_of[kind])
		return;
	table = config_table(r, id, title);
	part_column(r->view, table, "", tr("What"), NULL, NULL);
	part_column(r->view, table, "", tr("Change"), NULL, NULL);
	part_column(r->view, table, "", tr("What it means for stored data"), NULL, NULL);
	for (size_t i = 0; i < u->n; i++) {
		const struct upgrade_item *item = &u->item[i];
		if (item->kind != kind)
			continue;
		struct vnode *row = part_row(r->view, table);
		part_cell(r->view, row, "", *item->name ? arena_printf(r->arena, "%s: %s", item->thing, item->name) : item->thing, NULL);
		part_cell(r->view, row, "", item->change, NULL);
		part_cell(r->view, row, "", *item->mapping ? arena_printf(r->arena, "%s %s", item->effect, item->mapping) : item->effect, NULL);
	}
}

static void fill_plan(struct request *r, const struct upgrade *u)
{
	fill_kind(r, u, UPGRADE_REFUSED, "refused", tr("Cannot be carried over"));
	fill_kind(r, u, UPGRADE_MOVES, "moves", tr("Stored data move"));
	fill_kind(r, u, UPGRADE_KEEPS, "keeps", tr("Stored data stay as they were"));
	fill_kind(r, u, UPGRADE_CHANGES, "changes", tr("Changes nothing that is stored"));
	view_set(r->view, NULL, "From", u->from->version);
	view_set(r->view, NULL, "To", u->to->version);
	view_set(r->view, NULL, "Digest", u->digest);
	view_flag(r->view, NULL, "CanApply", u->n_of[UPGRADE_REFUSED] == 0);
	view_set(r->view, NULL, "SaveUrl", link_to(r, "config/upgrade"));
}

/* ERR_CONFIG: the folder has errors; the page says where to look. */
static enum err open_upgrade(struct request *r, struct upgrade *u)
{
	struct why why = {0};
	enum err err = upgrade_open(u, r->instance, instance_bundle_folder(r->arena, r->instance), r->arena, NULL, NULL, &why);

	if (err != ERR_CONFIG && err != ERR_NOT_FOUND)
		return err == OK ? OK : fail(&r->why, err, "%s", why.detail);
	u->to = NULL;
	view_set(r->view, NULL, "Broken", tr("The changed bundle has mistakes and cannot be taken over; compass check names each with its file and line."));
	return OK;
}

enum err page_config_upgrade(struct request *r)
{
	struct upgrade u;
	enum err err = open_upgrade(r, &u);

	if (err != OK)
		return err;
	part_head(r->view, tr("What will change"), tr("The bundle's folder beside the copy this system runs on. Nothing has been changed yet."));
	crumbs(r, tr("What will change"));
	if (u.to)
		fill_plan(r, &u);
	else if (u.is_same)
		part_empty(r->view, NULL, "Empty", tr("Nothing has changed"), tr("The folder of the bundle is the same as what runs here."), link_to(r, "config"), tr("Configuration"));
	err = reply_page(r, "config_upgrade");
	upgrade_close(&u);
	return err;
}

static enum err apply(struct request *r, struct upgrade *u)
{
	struct why why = {0};
	enum err err;

	if (!u->to)
		return reply_redirect_notice(r, link_to(r, "config"), "info", tr("There is nothing to take over."));
	if (strcmp(request_text(r, "to"), u->digest) != 0)
		return reply_redirect_notice(r, link_to(r, "config/upgrade"), "now", tr("The bundle was changed once more. Look at the changes again."));
	err = upgrade_apply(u, &r->actor, &why);
	if (err == ERR_CONFLICT)
		return reply_redirect_notice(r, link_to(r, "config/upgrade"), "now", tr("It was not taken over. Look at the changes again."));
	return err == OK ? reply_redirect_notice(r, link_to(r, "config"), "good", tr("The changed bundle is in use.")) : fail(&r->why, err, "%s", why.detail);
}

enum err page_config_upgrade_send(struct request *r)
{
	struct upgrade u;
	enum err err = open_upgrade(r, &u);

	if (err == OK)
		err = apply(r, &u);
	upgrade_close(&u);
	return err;
}

/* ---- going back ---- */

static void fill_work(struct request *r, const struct rollback *back)
{
	struct vnode *table;

	if (!back->work.n)
		return;
	table = config_table(r, "work", tr("Work done since, which would be lost"));
	part_column(r->view, table, "", tr("What"), NULL, NULL);
	part_column(r->view, table, "", tr("Did"), NULL, NULL);
	part_column(r->view, table, "r", tr("Times"), NULL, NULL);
	for (size_t i = 0; i < back->work.n; i++) {
		struct vnode *row = part_row(r->view, table);
		part_cell(r->view, row, "", tr(back->work.item[i].object), NULL);
		part_cell(r->view, row, "", tr(back->work.item[i].action), NULL);
		part_cell(r->view, row, "r", format_number(r->arena, (double)back->work.item[i].n, 0), NULL);
	}
}

static enum err show_rollback(struct request *r, const struct rollback *back)
{
	part_head(r->view, tr("Go back to before the upgrade"), tr("The database becomes exactly the one before the upgrade, and the bundle with it."));
	crumbs(r, tr("Go back"));
	view_int(r->view, NULL, "Upgrade", back->change->id);
	view_set(r->view, NULL, "When", tr_fill(r->arena, tr("Upgraded on %1 by %2."), format_instant(r->arena, back->change->at), back->change->actor, NULL));
	fill_work(r, back);
	if (back->work.changes)
		part_field(r->view, NULL, "Fields", "flag", "discard", tr("I know that this work is lost."), request_text(r, "discard"));
	view_set(r->view, NULL, "SaveUrl", link_to(r, "config/rollback"));
	return view_problems(r) ? reply_refused(r, "config_rollback") : reply_page(r, "config_rollback");
}

static enum err nothing_to_go_back_to(struct request *r, const struct why *why)
{
	if (why->code != ERR_NOT_FOUND)
		return fail(&r->why, why->code, "%s", why->detail);
	return reply_redirect_notice(r, link_to(r, "config"), "info", tr("There is no upgrade to take back."));
}

enum err page_config_rollback(struct request *r)
{
	struct why why = {0};
	struct rollback back;

	if (rollback_open(&back, r->instance, r->arena, &why) != OK)
		return nothing_to_go_back_to(r, &why);
	return show_rollback(r, &back);
}

enum err page_config_rollback_send(struct request *r)
{
	struct why why = {0};
	struct rollback back;
	enum err err = audit_absorb(r->instance->db, r->instance->dir, &why, NULL);

	if (err == OK)
		err = rollback_open(&back, r->instance, r->arena, &why);
	if (err != OK)
		return nothing_to_go_back_to(r, &why);
	if (request_int(r, "upgrade", 0) != back.change->id)
		return reply_redirect_notice(r, link_to(r, "config/rollback"), "now", tr("Another upgrade came between. Look again."));
	if (back.work.changes && !*request_text(r, "discard")) {
		view_problem(r, "discard", tr("Work was done since the upgrade. Say that it may be lost, or stay."));
		return show_rollback(r, &back);
	}
	err = rollback_apply(r->instance, *request_text(r, "discard") != 0, &r->actor, &why);
	if (err == ERR_CONFLICT)
		return reply_redirect_notice(r, link_to(r, "config/rollback"), "now", tr("Somebody worked meanwhile. Look again."));
	return err == OK ? reply_redirect_notice(r, link_to(r, "config"), "good", tr("Everything is as it was before the upgrade.")) : fail(&r->why, err, "%s", why.detail);
}
