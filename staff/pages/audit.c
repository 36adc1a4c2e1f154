/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit log, newest first: who saw or changed what, by person, case and days. */
#include "pages.h"

#include <stdio.h>
#include <string.h>

#include "case_parts.h"
#include "country/words.h"
#include "model/audit.h"
#include "request/context.h"
#include "request/decode.h"
#include "view/format.h"
#include "view/parts.h"

#define PER_PAGE 100

const struct field audit_fields[] = {
	{"actor", FIELD_LINE, 60, NULL}, {"number", FIELD_LINE, 40, NULL}, {"action", FIELD_LINE, 40, NULL}, {"from", FIELD_DATE, 0, NULL}, {"until", FIELD_DATE, 0, NULL},
	{"before", FIELD_INT, 0, NULL}, {0}};

/* The words of the log for those who read it; what is new in the model stands as it is. */
static const char *action_word(const char *action)
{
	static const char *const words[][2] = {
		{"view", "Has read"}, {"create", "Made"}, {"update", "Changed"}, {"save", "Saved"}, {"start", "Began"}, {"submit", "Finished"}, {"amend", "Amended"},
		{"override", "Overruled"}, {"sign_in", "Signed in"}, {"sign_in_refused", "Was refused at sign-in"}, {"sign_out", "Signed out"},
		{"create_link", "Made a sign-in link"}, {"use_link", "Used a sign-in link"}, {"set_password", "Set a password"}, {"activate", "Gave access back"},
		{"deactivate", "Stopped the access"}, {"move", "Moved"}, {"give", "Gave"}, {"refuse", "Refused"}, {"withdraw", "Withdrew"}, {"add", "Added"},
		{"assign", "Assigned"}, {"rank", "Put in order"}, {"approve", "Approved"}, {"propose", "Sent for approval"}, {"return", "Returned"}, {"sign", "Signed"},
		{"held", "Held"}, {"cancelled", "Cancelled"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], action) == 0)
			return tr(words[i][1]);
	return tr(action);
}

static const char *object_word(const char *object)
{
	static const char *const words[][2] = {
		{"casefile", "Case"}, {"assessment", "Assessment"}, {"profile", "Profile"}, {"plan", "Plan"}, {"timeline", "Timeline"}, {"consent", "Consent"},
		{"household", "Family"}, {"person", "Person"}, {"need", "Need"}, {"note", "Note"}, {"activity", "Visit"}, {"user", "User"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], object) == 0)
			return tr(words[i][1]);
	return tr(object);
}

static void fill_row(struct request *r, const struct audit_row *a)
{
	struct view *v = r->view;
	struct vnode *row = view_item(v, NULL, "Rows");

	view_set(v, row, "At", format_instant(r->arena, a->at));
	/* the portal's people have no user name: the case says whose family it is */
	view_set(v, row, "Who", *a->name ? worker_name(r, a->name, NULL) : strcmp(a->actor, "beneficiary") == 0 ? tr("The family") : a->actor);
	view_set(v, row, "Action", action_word(a->action));
	view_set(v, row, "Object", object_word(a->object));
	view_set(v, row, "Key", a->object_key);
	view_set(v, row, "Detail", strcmp(a->detail, "{}") ? a->detail : "");
}

static void fill_filters(struct request *r)
{
	part_field(r->view, NULL, "Filters", "line", "actor", tr("User name"), request_text(r, "actor"));
	part_field(r->view, NULL, "Filters", "line", "number", tr("Case number"), request_text(r, "number"));
	part_field(r->view, NULL, "Filters", "date", "from", tr("From"), request_text(r, "from"));
	part_field(r->view, NULL, "Filters", "date", "until", tr("Until"), request_text(r, "until"));
	view_set(r->view, NULL, "Url", link_to(r, "audit"));
}

static char *older(struct request *r, int64_t before)
{
	static const char *const kept[] = {"actor", "number", "action", "from", "until"};
	char *path = arena_printf(r->arena, "%s?before=%lld", link_to(r, "audit"), (long long)before);

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (*request_text(r, kept[i]))
			path = arena_printf(r->arena, "%s&%s=%s", path, kept[i], encode_percent(r->arena, request_text(r, kept[i])));
	return path;
}

enum err page_audit(struct request *r)
{
	struct context c = request_context(r);
	struct audit_filter filter = {.actor = request_field(r, "actor"), .number = request_field(r, "number"), .action = request_field(r, "action"),
		.from_on = request_field(r, "from"), .until_on = request_field(r, "until"), .before_id = request_int(r, "before", 0), .limit = PER_PAGE};
	struct audit_rows rows;
	enum err err = audit_list(&c, &filter, &rows);

	if (err != OK)
		return err;
	part_head(r->view, tr("Audit log"), tr("Every view and change of a case, chained so that nothing can be taken out unseen."));
	fill_filters(r);
	for (size_t i = 0; i < rows.n; i++)
		fill_row(r, &rows.item[i]);
	if (rows.has_more)
		part_pager(r->view, NULL, "Pager", tr("More entries are older"), NULL, older(r, rows.item[rows.n - 1].id));
	if (!rows.n)
		part_empty(r->view, NULL, "Empty", tr("No entry matches"), tr("Try another name, case or span of days."), link_to(r, "audit"), tr("Show the newest"));
	return reply_page(r, "audit");
}
