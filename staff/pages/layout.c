/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills Layout for templates/layout.cs. A menu entry or a demonstration lever appears when
 * the route table has its page, the country has its module and the actor its permission:
 * what does not work is not shown. A count that cannot be read is left out, the page stays. */
#include "layout.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "case_parts.h"
#include "country/words.h"
#include "model/casefile.h"
#include "model/plan.h"
#include "request/context.h"
#include "request/frame.h"
#include "request/route.h"
#include "view/format.h"
#include "view/parts.h"

#define RECENT_MAX 4

enum count { COUNT_NONE, COUNT_CASES, COUNT_APPROVALS };

static const struct entry { const char *path, *icon; enum count count; } entries[] = {
	{ "", "home", COUNT_NONE },
	{ "cases", "users", COUNT_CASES },
	{ "cases/new", "user-plus", COUNT_NONE },
	{ "approvals", "checklist", COUNT_APPROVALS },
	{ "services", "category", COUNT_NONE },
	{ "users", "user-cog", COUNT_NONE },
	{ "audit", "history", COUNT_NONE },
	{ "config", "settings", COUNT_NONE },
};

static const char *entry_label(const struct entry *entry)
{
	if (strcmp(entry->path, "cases") == 0)
		return tr("Cases");
	if (strcmp(entry->path, "cases/new") == 0)
		return tr("New intake");
	if (strcmp(entry->path, "approvals") == 0)
		return tr("Approvals");
	if (strcmp(entry->path, "services") == 0)
		return tr("Service catalogue");
	if (strcmp(entry->path, "users") == 0)
		return tr("Users");
	if (strcmp(entry->path, "audit") == 0)
		return tr("Audit log");
	if (strcmp(entry->path, "config") == 0)
		return tr("Configuration");
	return tr("My week");
}

static const struct route *route_at(const struct site *site, const char *path, enum method method)
{
	for (const struct route *route = site->routes; route->handler; route++)
		if (!(route->flags & ROUTE_GLOBAL) && (route->methods & (unsigned)method) && strcmp(route->path, path) == 0)
			return route;
	return NULL;
}

static bool is_open(const struct request *r, const char *path, enum method method)
{
	const struct route *route = route_at(r->site, path, method);

	return route && bundle_has(r->instance->bundle, route->module) && actor_can(&r->actor, route->permission);
}

/* --- the menu */

/* The entry the page at hand belongs to: the longest that its route begins with. */
static const struct entry *entry_here(const struct request *r)
{
	const char *path = r->route ? r->route->path : NULL;
	const struct entry *here = NULL;

	if (!path)
		return NULL; /* an address that is no page */

	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
		size_t length = strlen(entries[i].path);
		if (length == 0 ? *path != '\0' : strncmp(path, entries[i].path, length) != 0 || (path[length] && path[length] != '/'))
			continue;
		if (!here || length > strlen(here->path))
			here = &entries[i];
	}
	return here;
}

static int64_t count_of(struct request *r, enum count count)
{
	struct why why = { 0 };
	struct context c = request_context(r);
	int64_t n = 0;

	c.why = &why;
	if (count == COUNT_APPROVALS)
		return plan_count_approvals(&c, &n) == OK ? n : 0;
	/* cases are counted for those who carry them; a programme's total says nothing in a menu */
	if (count == COUNT_CASES && r->actor.scope == SCOPE_OWN)
		return casefile_count_own(&c, &n) == OK ? n : 0;
	return 0;
}

static void fill_menu(struct request *r)
{
	const struct entry *here = entry_here(r);

	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
		const struct entry *entry = &entries[i];
		struct vnode *node;
		int64_t n;
		if (!is_open(r, entry->path, METHOD_GET))
			continue;
		node = view_item(r->view, NULL, "Layout.Nav");
		view_setf(r->view, node, "Url", "%s%s", link_to(r, "%s", ""), entry->path);
		view_set(r->view, node, "Icon", entry->icon);
		view_set(r->view, node, "Label", entry_label(entry));
		n = count_of(r, entry->count);
		if (n > 0)
			view_set(r->view, node, "Count", format_number(r->arena, (double)n, 0));
		if (entry == here)
			view_set(r->view, node, "Current", strcmp(r->route->path, entry->path) == 0 ? "page" : "true");
	}
}

static void fill_recent(struct request *r)
{
	struct why why = { 0 };
	struct context c = request_context(r);
	struct recent_cases cases = { 0 };

	c.why = &why;
	if (!actor_can(&r->actor, PERM_CASE_VIEW) || casefile_recent(&c, RECENT_MAX, &cases) != OK)
		return;
	for (size_t i = 0; i < cases.n; i++) {
		const struct stage *stage = bundle_stage(r->instance->bundle, cases.item[i].stage);
		struct vnode *node = view_item(r->view, NULL, "Layout.Recent");
		view_set(r->view, node, "Url", link_to(r, "cases/%s", cases.item[i].number));
		view_set(r->view, node, "Label", case_title_of(r, cases.item[i].title, cases.item[i].title_latin));
		if (stage)
			view_set(r->view, node, "Text", tr(stage->short_label ? stage->short_label : stage->label));
	}
}

/* --- the instance and who is asking */

static void fill_who(struct request *r)
{
	const struct bundle *bundle = r->instance->bundle;
	const struct role *role = bundle_role(bundle, r->actor.role ? r->actor.role : "");
	const struct office *office = bundle_office(bundle, r->actor.office ? r->actor.office : "");
	struct vnode *who = view_node(r->view, NULL, "Layout.Who");

	if (r->actor.kind != ACTOR_STAFF)
		return;
	part_avatar(r->view, who, tr(r->actor.name), r->actor.user_id);
	view_set(r->view, who, "Name", tr(r->actor.name));
	view_set(r->view, who, "Role", role ? tr(role->label) : NULL);
	view_set(r->view, NULL, "Layout.Office", office ? tr(office->name) : NULL);
	if (route_at(r->site, "logout", METHOD_POST))
		view_set(r->view, NULL, "Layout.SignOutUrl", link_to(r, "logout"));
}

static void fill_demo(struct request *r)
{
	struct vnode *demo;
	int64_t now = instance_now(r->instance);
	char stamp[STAMP_LEN];

	if (!r->instance->is_demo)
		return;
	demo = view_node(r->view, NULL, "Layout.Demo");
	view_set(r->view, demo, "Instance", tr(r->instance->bundle->name));
	view_set(r->view, demo, "Clock", format_clock(r->arena, now));
	instant_format(now, stamp);
	view_set(r->view, demo, "ClockStamp", stamp);
	view_setf(r->view, demo, "PersonaUrl", "/?country=%s#people", r->instance->name);
	if (is_open(r, "clock", METHOD_POST))
		view_set(r->view, demo, "ClockUrl", link_to(r, "clock"));
	if (is_open(r, "reset", METHOD_POST))
		view_set(r->view, demo, "ResetUrl", link_to(r, "reset"));
}

static void fill_instance(struct request *r)
{
	const struct bundle *bundle = r->instance->bundle;

	view_set(r->view, NULL, "Layout.Instance", tr(bundle->name));
	view_set(r->view, NULL, "Layout.Accent", bundle->accent);
	view_set(r->view, NULL, "Layout.Program", tr(bundle->program));
	fill_demo(r);
	fill_who(r);
	if (r->actor.kind != ACTOR_STAFF)
		return;
	fill_menu(r);
	fill_recent(r);
	if (is_open(r, "cases", METHOD_GET))
		view_set(r->view, NULL, "Layout.FindUrl", link_to(r, "cases"));
}

void staff_fill_layout(struct request *r)
{
	frame_fill(r);
	if (r->instance)
		fill_instance(r);
}
