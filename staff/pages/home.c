/* SPDX-License-Identifier: Apache-2.0
 *
 * My week: the worker's agenda as a table of days, hours by kind of work, what needs an
 * answer, and the caseload. Who leads a team sees its members' load and what is overdue;
 * who takes families in, those taken in today. */
#include "pages.h"

#include <stdio.h>
#include <string.h>

#include "agenda.h"
#include "base/date.h"
#include "base/text.h"
#include "case_parts.h"
#include "country/told.h"
#include "country/words.h"
#include "model/activity.h"
#include "model/week.h"
#include "request/context.h"
#include "request/decode.h"
#include "view/format.h"
#include "view/parts.h"

#define ALERTS_SHOWN 7
#define CASELOAD_SHOWN 12
#define TEAM_SHOWN 15

const struct field home_fields[] = {{"week", FIELD_DATE, 0, NULL}, {0}};

/* ---- needs you ---- */

/* What an alert says, its icon and where its one verb leads. %1 in text is the date. */
static const struct alert_kind { const char *kind, *tone, *icon, *text, *verb, *page; } alert_kinds[] = {
	{"stage_overdue", "bad", "alert-triangle", "Late since %1", "Open the case", ""},
	{"stage_due", "now", "clock", "Due on %1", "Open the case", ""},
	{"plan_returned", "now", "file-text", "The plan came back with a comment", "Read", "plan"},
	{"plan_to_approve", "now", "file-check", "A plan waits for your decision", "Decide", "plan"},
	{"closure_to_approve", "now", "file-check", "A closure waits for your decision", "Decide", ""},
	{"plan_unsigned", "now", "signature", "The approved plan is to be signed", "Sign", "plan"},
	{"visit_missed", "now", "calendar-event", "Visit of %1 is not written down", "Open the case", ""},
	{"consent_ends", "now", "shield-lock", "Consent ends on %1", "Renew", "consents"},
	{"assessment_draft", "info", "clipboard-list", "Assessment begun on %1", "Continue", "assessments"},
	{"intake_draft", "info", "clipboard-list", "Intake begun on %1", "Continue", NULL},
	{"case_unassigned", "now", "user-plus", "No worker yet", "Assign", "assign"},
	{"no_contact", "now", "phone", "No contact since %1", "Open the case", ""}};

static const struct alert_kind *alert_kind(const char *kind)
{
	for (size_t i = 0; i < sizeof alert_kinds / sizeof *alert_kinds; i++)
		if (strcmp(alert_kinds[i].kind, kind) == 0)
			return &alert_kinds[i];
	return &alert_kinds[1];
}

static char *alert_url(struct request *r, const struct alert *a, const struct alert_kind *kind)
{
	if (!kind->page)
		return link_to(r, "cases/new/%s", arena_printf(r->arena, "%lld", (long long)a->id));
	char *base = link_to(r, "cases/%s", a->number);
	const char *page = strcmp(kind->page, "assessments") == 0 && strcmp(a->detail, "profile") == 0 ? "profile" : kind->page;
	return *page && case_page_is_open(r, page) ? arena_printf(r->arena, "%s/%s", base, page) : base;
}

static void fill_alert(struct request *r, const struct alert *a)
{
	const struct alert_kind *kind = alert_kind(a->kind);
	struct vnode *row = view_item(r->view, NULL, "Alerts");
	const char *when = format_date_short(r->arena, a->on, r->actor.today);

	view_set(r->view, row, "Kind", a->is_urgent ? "bad" : kind->tone);
	view_set(r->view, row, "Icon", kind->icon);
	view_set(r->view, row, "Text", tr_fill(r->arena, tr(kind->text), when, NULL));
	view_set(r->view, row, "Title", case_title_of(r, a->title, a->title_latin));
	view_set(r->view, row, "Verb", tr(kind->verb));
	view_set(r->view, row, "Url", alert_url(r, a, kind));
	view_flag(r->view, row, "Primary", a->is_urgent);
}

static enum err fill_alerts(struct request *r, struct context *c, struct alerts *alerts)
{
	enum err err = week_alerts(c, ALERTS_SHOWN, alerts);

	for (size_t i = 0; err == OK && i < alerts->n; i++)
		fill_alert(r, &alerts->item[i]);
	if (err == OK && !alerts->n)
		part_empty(r->view, NULL, "NoAlerts", NULL, tr("Nothing waits for you. Deadlines, returned plans and missed visits appear here."), NULL, NULL);
	return err;
}

/* ---- whose week it is ---- */

enum desk { DESK_CASES, DESK_TEAM, DESK_INTAKE };

static enum desk desk_of(const struct request *r)
{
	for (const char *const *role = casework_roles(r); *role; role++)
		if (text_eq(*role, r->actor.role))
			return DESK_CASES;
	if (r->actor.scope <= SCOPE_OWN || !actor_can(&r->actor, PERM_CASE_LIST))
		return DESK_CASES;
	if (actor_can(&r->actor, PERM_CASE_ASSIGN) || actor_can(&r->actor, PERM_PLAN_APPROVE))
		return DESK_TEAM;
	return actor_can(&r->actor, PERM_CASE_CREATE) && bundle_has(r->instance->bundle, MODULE_INTAKE) ? DESK_INTAKE : DESK_CASES;
}

/* ---- caseload ---- */

static void fill_columns(struct request *r, bool with_worker)
{
	static const char *const labels[] = {"Family", "Stage", "Score", "Last contact", "Next step", "Worker", "Flag"};
	struct vnode *table = view_node(r->view, NULL, "Table");

	view_flag(r->view, NULL, "ShowWorker", with_worker);
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (with_worker || i != 5)
			part_column(r->view, table, i == 2 ? "r" : "", tr(labels[i]), NULL, NULL);
}

static enum err fill_caseload(struct request *r, struct context *c)
{
	struct casefiles cases;
	enum err err;

	if (!actor_can(&r->actor, PERM_CASE_LIST))
		return OK;
	view_set(r->view, NULL, "Cases.Title", tr("My caseload"));
	view_set(r->view, NULL, "Cases.Caption", tr("My caseload, families that need attention first"));
	if ((err = casefile_caseload(c, CASELOAD_SHOWN, &cases)) != OK)
		return err;
	fill_columns(r, false);
	for (size_t i = 0; i < cases.n; i++)
		case_row(r, NULL, "Rows", &cases.item[i]);
	view_set(r->view, NULL, "CasesUrl", link_to(r, "cases"));
	view_set(r->view, NULL, "Caseload", tr_fill(r->arena, tr_plural("%1 family, norm %2", "%1 families, norm %2", (long)cases.total),
	         format_number(r->arena, (double)cases.total, 0), format_number(r->arena, r->instance->bundle->caseload_norm, 0), NULL));
	if (!cases.n)
		part_empty(r->view, NULL, "NoCases", NULL, tr("You carry no open case. Cases assigned to you appear here."), link_to(r, "cases"), tr("All cases you may see"));
	return OK;
}

/* ---- the team ---- */

static void fill_worker(struct request *r, const struct worker_load *w)
{
	struct vnode *row = view_item(r->view, NULL, "Team");

	view_set(r->view, row, "Name", *w->name_native && reads_native(r) ? w->name_native : w->name);
	view_set(r->view, row, "Office", r->actor.scope > SCOPE_OFFICE ? tr(w->office_name) : NULL);
	view_set(r->view, row, "Url", arena_printf(r->arena, "%s?worker=%s", link_to(r, "cases"), encode_percent(r->arena, w->username)));
	view_set(r->view, row, "Open", format_number(r->arena, w->cases_open, 0));
	view_flag(r->view, row, "Full", w->cases_open > r->instance->bundle->caseload_norm);
	view_set(r->view, row, "Overdue", w->cases_overdue ? format_number(r->arena, w->cases_overdue, 0) : NULL);
}

/* The load of each worker, and the cases that are late, whoever has them. */
static enum err fill_team(struct request *r, struct context *c)
{
	struct casefile_filter late = {.flag = "overdue", .sort = SORT_DUE, .page = 1, .per_page = CASELOAD_SHOWN};
	struct worker_loads team;
	struct casefiles cases;
	enum err err = week_team(c, casework_roles(r), TEAM_SHOWN, &team);

	if (err != OK || (err = casefile_list(c, &late, &cases)) != OK)
		return err;
	view_set(r->view, NULL, "TeamNorm", tr_fill(r->arena, tr("norm %1"), format_number(r->arena, r->instance->bundle->caseload_norm, 0), NULL));
	for (size_t i = 0; i < team.n; i++)
		fill_worker(r, &team.item[i]);
	if (!team.n)
		part_empty(r->view, NULL, "NoTeam", NULL, tr("Nobody who works with cases is in your offices yet."), NULL, NULL);
	view_flag(r->view, NULL, "IsTeam", true);
	view_set(r->view, NULL, "Cases.Title", tr("Overdue in the team"));
	view_set(r->view, NULL, "Cases.Caption", tr("Overdue cases, the longest first"));
	view_set(r->view, NULL, "CasesUrl", arena_printf(r->arena, "%s?flag=overdue", link_to(r, "cases")));
	view_set(r->view, NULL, "Caseload", tr_fill(r->arena, tr_plural("%1 case", "%1 cases", (long)cases.total), format_number(r->arena, (double)cases.total, 0), NULL));
	fill_columns(r, true);
	for (size_t i = 0; i < cases.n; i++)
		case_row(r, NULL, "Rows", &cases.item[i]);
	if (!cases.n)
		part_empty(r->view, NULL, "NoCases", NULL, tr("No case of the team is overdue."), NULL, NULL);
	return OK;
}

/* ---- the front desk ---- */

static enum err fill_intakes(struct request *r, struct context *c)
{
	struct casefiles cases;
	enum err err = week_intakes(c, CASELOAD_SHOWN, &cases);

	if (err != OK)
		return err;
	view_set(r->view, NULL, "Cases.Title", tr("Taken in today"));
	view_set(r->view, NULL, "Cases.Caption", tr("Families of today, the newest first"));
	view_set(r->view, NULL, "CasesUrl", arena_printf(r->arena, "%s?sort=opened", link_to(r, "cases")));
	fill_columns(r, true);
	for (size_t i = 0; i < cases.n; i++)
		case_row(r, NULL, "Rows", &cases.item[i]);
	if (!cases.n)
		part_empty(r->view, NULL, "NoCases", NULL, tr("No family was taken in today. Intakes that are begun stand beside what needs you."), link_to(r, "cases/new"), tr("New intake"));
	return OK;
}

/* ---- greeting ---- */

static const char *greeting(struct request *r)
{
	int minute = minute_of_instant(r->actor.now, r->instance->bundle->zone);
	const char *name = tr(r->actor.name), *space = strchr(name, ' ');
	const char *given = space ? arena_strndup(r->arena, name, (size_t)(space - name)) : name;

	return tr_fill(r->arena, minute < 12 * 60 ? tr("Good morning, %1") : minute < 18 * 60 ? tr("Good afternoon, %1") : tr("Good evening, %1"), given, NULL);
}

static const char *lead(struct request *r, enum desk desk, int today, int64_t alerts)
{
	const char *visits = tr_fill(r->arena, tr_plural("%1 appointment today.", "%1 appointments today.", today), format_number(r->arena, today, 0), NULL);
	const char *needs = tr_fill(r->arena, tr_plural("%1 thing needs you.", "%1 things need you.", (long)alerts), format_number(r->arena, (double)alerts, 0), NULL);

	/* appointments are a matter of those who visit */
	if (!today && desk != DESK_CASES)
		return alerts ? needs : tr("Nothing waits for an answer.");
	return arena_printf(r->arena, "%s %s", today ? visits : tr("No appointment today."), alerts ? needs : tr("Nothing waits for an answer."));
}

enum err page_home(struct request *r)
{
	struct context c = request_context(r);
	struct alerts alerts;
	enum desk desk = desk_of(r);
	int today = 0;
	enum err err = agenda_fill(r, request_field(r, "week"), &today);

	if (err == OK)
		err = fill_alerts(r, &c, &alerts);
	if (err == OK)
		err = desk == DESK_TEAM ? fill_team(r, &c) : desk == DESK_INTAKE ? fill_intakes(r, &c) : fill_caseload(r, &c);
	if (err != OK)
		return err;
	view_flag(r->view, NULL, "HasWeek", desk == DESK_CASES || request_field(r, "week"));
	part_head(r->view, greeting(r), lead(r, desk, today, alerts.total));
	if (actor_can(&r->actor, PERM_CASE_CREATE) && bundle_has(r->instance->bundle, MODULE_INTAKE))
		part_head_action(r->view, "pri", "plus", tr("New intake"), link_to(r, "cases/new"));
	return reply_page(r, "home");
}
