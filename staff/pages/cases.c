/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of cases in the visitor's scope: search, filters, sort, pages. All of it stands in
 * the address, so Back and a bookmark give the same list. */
#include "pages.h"

#include <stdio.h>
#include <string.h>

#include "case_parts.h"
#include "country/words.h"
#include "model/user.h"
#include "request/context.h"
#include "request/decode.h"
#include "view/format.h"
#include "view/parts.h"

#define PER_PAGE 30
#define WORKERS_MAX 60      /* more are not offered in one menu */

const struct field cases_fields[] = {
	{"q", FIELD_LINE, 100, NULL}, {"stage", FIELD_LINE, 60, NULL}, {"worker", FIELD_LINE, 60, NULL}, {"office", FIELD_LINE, 60, NULL},
	{"risk", FIELD_LINE, 10, NULL}, {"flag", FIELD_LINE, 20, NULL}, {"sort", FIELD_LINE, 10, NULL}, {"page", FIELD_INT, 0, NULL}, {0}};

static const char *const kept[] = {"q", "stage", "worker", "office", "risk", "flag", "sort"};

/* The list's address with one field changed; value NULL or "" takes the field out, and the page with it. */
static char *address(const struct request *r, const char *name, const char *value)
{
	char *path = arena_printf(r->arena, "%s", link_to(r, "cases"));
	char mark = '?';

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		const char *now = strcmp(kept[i], name) == 0 ? value : request_field(r, kept[i]);
		if (!now || !*now)
			continue;
		path = arena_printf(r->arena, "%s%c%s=%s", path, mark, kept[i], encode_percent(r->arena, now));
		mark = '&';
	}
	if (strcmp(name, "page") == 0)
		path = arena_printf(r->arena, "%s%cpage=%s", path, mark, value);
	return path;
}

static void chip(struct request *r, const char *flag, const char *label)
{
	part_chip(r->view, NULL, "Chips", label, address(r, "flag", flag), strcmp(request_text(r, "flag"), flag) == 0);
}

static void fill_chips(struct request *r)
{
	chip(r, "", tr("Open cases"));
	chip(r, "overdue", tr("Overdue"));
	chip(r, "no_contact", tr("No contact in 14 days"));
	chip(r, "review", tr("Review soon"));
	chip(r, "high_risk", tr("High risk"));
	if (actor_can(&r->actor, PERM_CASE_ASSIGN))
		chip(r, "unassigned", tr("Without a worker"));
	chip(r, "closed", tr("Closed"));
	chip(r, "all", tr("All"));
}

static void option(struct request *r, struct vnode *field, const char *name, const char *value, const char *label)
{
	part_option(r->view, field, value, label, strcmp(request_text(r, name), value) == 0);
}

static enum err fill_workers(struct request *r)
{
	struct context c = request_context(r);
	struct users users;
	enum err err;

	if (r->actor.scope <= SCOPE_OWN)
		return OK;
	if ((err = user_names(&c, request_text(r, "office"), WORKERS_MAX, &users)) != OK)
		return err;
	/* in a large country an office is chosen first */
	if (!users.n && !*request_text(r, "worker"))
		return OK;
	struct vnode *field = part_field(r->view, NULL, "Filters", "choice", "worker", tr("Worker"), NULL);
	option(r, field, "worker", "", tr("Any"));
	for (size_t i = 0; i < users.n; i++)
		option(r, field, "worker", users.item[i].username, users.item[i].name);
	if (!users.n)
		option(r, field, "worker", request_text(r, "worker"), request_text(r, "worker"));
	return OK;
}

static enum err fill_filters(struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	struct vnode *field = part_field(r->view, NULL, "Filters", "choice", "stage", tr("Stage"), NULL);

	option(r, field, "stage", "", tr("Any"));
	for (size_t i = 0; i < b->n_stages; i++)
		option(r, field, "stage", b->stage[i].key, tr(b->stage[i].label));
	if (r->actor.scope > SCOPE_OFFICE) {
		field = part_field(r->view, NULL, "Filters", "choice", "office", tr("Office"), NULL);
		option(r, field, "office", "", tr("Any"));
		for (size_t i = 0; i < b->n_offices; i++)
			option(r, field, "office", b->office[i].key, tr(b->office[i].name));
	}
	field = part_field(r->view, NULL, "Filters", "choice", "risk", tr("Risk"), NULL);
	option(r, field, "risk", "", tr("Any"));
	option(r, field, "risk", "high", tr("High"));
	option(r, field, "risk", "medium", tr("Medium"));
	option(r, field, "risk", "low", tr("Low"));
	return fill_workers(r);
}

static void column(struct request *r, const char *sort, const char *kind, const char *label)
{
	const char *now = request_text(r, "sort");
	bool is_sorted = sort && (strcmp(now, sort) == 0 || (!*now && strcmp(sort, "due") == 0));

	part_column(r->view, view_node(r->view, NULL, "Table"), kind, label, sort ? address(r, "sort", sort) : NULL, is_sorted ? "ascending" : NULL);
}

static void fill_columns(struct request *r)
{
	column(r, "name", "", tr("Family"));
	column(r, NULL, "", tr("Stage"));
	column(r, NULL, "r", tr("Score"));
	column(r, "contact", "", tr("Last contact"));
	column(r, "due", "", tr("Next step"));
	if (r->actor.scope > SCOPE_OWN)
		column(r, NULL, "", tr("Worker"));
	column(r, NULL, "", tr("Flag"));
	view_flag(r->view, NULL, "ShowWorker", r->actor.scope > SCOPE_OWN);
}

static void fill_pager(struct request *r, const struct casefiles *found)
{
	char page[16], *previous = NULL, *next = NULL;
	int64_t first = (int64_t)(found->page - 1) * PER_PAGE + 1;

	if (found->page > 1) {
		snprintf(page, sizeof page, "%d", found->page - 1);
		previous = address(r, "page", page);
	}
	if (found->page < found->n_pages) {
		snprintf(page, sizeof page, "%d", found->page + 1);
		next = address(r, "page", page);
	}
	part_pager(r->view, NULL, "Pager", tr_fill(r->arena, tr("%1–%2 of %3"), format_number(r->arena, (double)first, 0),
	           format_number(r->arena, (double)(first + (int64_t)found->n - 1), 0), format_number(r->arena, (double)found->total, 0), NULL), previous, next);
}

static const char *lead(struct request *r, const struct casefiles *found)
{
	const char *n = format_number(r->arena, (double)found->total, 0);

	if (found->total_is_floor)
		return tr_fill(r->arena, tr("More than %1 cases match. Type more of the name to find one."), n, NULL);
	return tr_fill(r->arena, tr_plural("%1 case", "%1 cases", (long)found->total), n, NULL);
}

static void fill_rows(struct request *r, const struct casefiles *found)
{
	bool is_narrowed = *request_text(r, "q") || *request_text(r, "stage") || *request_text(r, "worker") || *request_text(r, "office") ||
	                   *request_text(r, "risk") || *request_text(r, "flag");

	for (size_t i = 0; i < found->n; i++)
		case_row(r, NULL, "Rows", &found->item[i]);
	if (found->n)
		fill_pager(r, found);
	else if (is_narrowed)
		part_empty(r->view, NULL, "Empty", tr("No case matches"), tr("Try a part of the name, another spelling, or fewer filters."), link_to(r, "cases"), tr("Show all open cases"));
	else
		part_empty(r->view, NULL, "Empty", tr("No cases yet"), tr("Cases appear here once a family is taken in."),
		           actor_can(&r->actor, PERM_CASE_CREATE) ? link_to(r, "cases/new") : NULL, tr("New intake"));
}

enum err page_cases(struct request *r)
{
	struct context c = request_context(r);
	struct casefile_filter filter = {.q = request_field(r, "q"), .stage = request_field(r, "stage"), .worker = request_field(r, "worker"),
		.office = request_field(r, "office"), .risk = request_field(r, "risk"), .flag = request_field(r, "flag"),
		.page = (int)request_int(r, "page", 1), .per_page = PER_PAGE};
	int sort = casefile_sort_from_name(request_text(r, "sort"));
	struct casefiles found;
	enum err err;

	filter.sort = sort < 0 ? SORT_DUE : (enum casefile_sort)sort;
	if ((err = casefile_list(&c, &filter, &found)) != OK || (err = fill_filters(r)) != OK)
		return err;
	part_head(r->view, tr("Cases"), lead(r, &found));
	if (actor_can(&r->actor, PERM_CASE_CREATE) && bundle_has(r->instance->bundle, MODULE_INTAKE))
		part_head_action(r->view, "pri", "plus", tr("New intake"), link_to(r, "cases/new"));
	view_set(r->view, NULL, "Q", request_text(r, "q"));
	view_set(r->view, NULL, "Flag", request_text(r, "flag"));
	view_set(r->view, NULL, "Sort", request_text(r, "sort"));
	view_set(r->view, NULL, "Url", link_to(r, "cases"));
	fill_chips(r);
	fill_columns(r);
	fill_rows(r, &found);
	return reply_page(r, "cases");
}
