/* SPDX-License-Identifier: Apache-2.0
 *
 * The household of a case: who belongs to it, who speaks for it, who joins and who leaves.
 * A newcomer who may be known already is shown before anything is written. */
#include "pages.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "case_parts.h"
#include "country/pattern.h"
#include "country/told.h"
#include "country/words.h"
#include "duplicates.h"
#include "model/household.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

static const char roles[] = "head spouse child parent grandparent grandchild sibling other";

const struct field family_send_fields[] = {
	{"do", FIELD_CHOICE, 0, "add change leave"}, {"seq", FIELD_INT, 0, NULL}, {"given_name", FIELD_LINE, 80, NULL}, {"family_name", FIELD_LINE, 80, NULL},
	{"sex", FIELD_CHOICE, 0, "female male other"}, {"date_of_birth", FIELD_DATE, 0, NULL}, {"role", FIELD_CHOICE, 0, roles},
	{"identifier_value", FIELD_LINE, 40, NULL}, {"phone", FIELD_LINE, 40, NULL}, {"note", FIELD_LINE, 200, NULL}, {"is_contact", FIELD_FLAG, 0, NULL},
	{"confirmed", FIELD_FLAG, 0, NULL}, {"end_date", FIELD_DATE, 0, NULL}, {"reason", FIELD_LINE, 200, NULL}, {0}};

static const char *const role_words[][2] = {{"head", "Head of the family"}, {"spouse", "Spouse"}, {"child", "Child"}, {"parent", "Parent"},
	{"grandparent", "Grandparent"}, {"grandchild", "Grandchild"}, {"sibling", "Sister or brother"}, {"other", "Other"}};

static void role_field(struct request *r, struct vnode *under, const char *now)
{
	struct vnode *field = part_field(r->view, under, "Fields", "choice", "role", tr("Relation"), NULL);

	for (size_t i = 0; i < sizeof role_words / sizeof *role_words; i++)
		part_option(r->view, field, role_words[i][0], tr(role_words[i][1]), strcmp(now, role_words[i][0]) == 0);
}

static void fill_member(struct request *r, const struct member *m)
{
	struct view *v = r->view;
	struct vnode *row = view_item(v, NULL, "Members");
	const char *role = tr("Other");

	for (size_t i = 0; i < sizeof role_words / sizeof *role_words; i++)
		if (strcmp(role_words[i][0], m->role) == 0)
			role = tr(role_words[i][1]);
	view_int(v, row, "Seq", m->seq);
	view_set(v, row, "Name", person_name(r, m->person));
	part_avatar(v, row, person_name(r, m->person), m->person->id);
	view_set(v, row, "Role", role);
	view_set(v, row, "RoleKey", m->role);
	if (*m->person->date_of_birth)
		view_set(v, row, "Born", tr_fill(r->arena, tr("born %1, %2 years"), format_date(r->arena, m->person->date_of_birth), format_number(r->arena, m->age, 0), NULL));
	view_set(v, row, "Phone", m->person->phone);
	view_set(v, row, "Identifier", m->person->identifier_value);
	view_set(v, row, "Note", told(m->note));
	view_flag(v, row, "Contact", m->is_contact);
	if (*m->end_date)
		view_set(v, row, "Left", tr_fill(r->arena, tr("Left on %1"), format_date(r->arena, m->end_date), NULL));
}

static void fill_add(struct request *r)
{
	struct vnode *add = view_node(r->view, NULL, "Add"), *field;

	part_field(r->view, add, "Fields", "line", "given_name", tr("Given name"), request_text(r, "given_name"));
	part_field(r->view, add, "Fields", "line", "family_name", tr("Family name"), request_text(r, "family_name"));
	field = part_field(r->view, add, "Fields", "radios", "sex", tr("Sex"), NULL);
	part_option(r->view, field, "female", tr("Female"), strcmp(request_text(r, "sex"), "female") == 0);
	part_option(r->view, field, "male", tr("Male"), strcmp(request_text(r, "sex"), "male") == 0);
	part_option(r->view, field, "other", tr("Other"), strcmp(request_text(r, "sex"), "other") == 0);
	field = part_field(r->view, add, "Fields", "date", "date_of_birth", tr("Date of birth"), request_text(r, "date_of_birth"));
	view_flag(r->view, field, "Optional", true);
	role_field(r, add, *request_text(r, "role") ? request_text(r, "role") : "child");
	field = part_field(r->view, add, "Fields", "line", "identifier_value", tr(r->instance->bundle->identifier_label ? r->instance->bundle->identifier_label : "Identifier"),
	                   request_text(r, "identifier_value"));
	view_flag(r->view, field, "Optional", true);
	field = part_field(r->view, add, "Fields", "line", "phone", tr("Phone"), request_text(r, "phone"));
	view_flag(r->view, field, "Optional", true);
}

static enum err fill_page(struct request *r)
{
	struct context c = request_context(r);
	struct members members;
	enum err err = household_list(&c, r->casefile->id, &members);

	if (err != OK || (err = case_head(r, tr("The family"), NULL)) != OK)
		return err;
	for (size_t i = 0; i < members.n; i++)
		fill_member(r, &members.item[i]);
	fill_add(r);
	view_set(r->view, NULL, "SaveUrl", case_link(r, "family"));
	return OK;
}

enum err page_family(struct request *r)
{
	enum err err = fill_page(r);

	return err == OK ? reply_page(r, "family") : err;
}

/* Numbers look as the country's do. */
static void check_patterns(struct request *r, const struct person *p)
{
	const struct bundle *b = r->instance->bundle;

	if (*p->identifier_value && !pattern_takes(b->identifier_pattern, p->identifier_value))
		view_problem(r, "identifier_value", *b->identifier_placeholder ? tr_fill(r->arena, tr("This number has another form here, such as %1."), b->identifier_placeholder, NULL)
		                                                                : tr("This number has another form here."));
	if (*p->phone && !pattern_takes(b->phone_pattern, p->phone))
		view_problem(r, "phone", tr("This is no telephone number of this country."));
}

/* Names are needed; a birth date lies in the past. */
static struct person *read_person(struct request *r)
{
	struct person *p = arena_new_of(r->arena, struct person);

	*p = (struct person){.given_name = text_trim(r->arena, request_text(r, "given_name")), .family_name = text_trim(r->arena, request_text(r, "family_name")),
		.name_latin = "", .known_as = "", .sex = request_text(r, "sex"), .date_of_birth = request_text(r, "date_of_birth"), .identifier_type = "",
		.identifier_value = text_trim(r->arena, request_text(r, "identifier_value")), .phone = text_trim(r->arena, request_text(r, "phone")), .email = "",
		.phone_is_safe = true, .preferred_language = r->casefile->language, .disability_status = "", .occupation = ""};
	if (!*p->given_name)
		view_problem(r, "given_name", tr("Write the given name."));
	if (!*p->family_name)
		view_problem(r, "family_name", tr("Write the family name."));
	if (*p->date_of_birth && date_is_valid(p->date_of_birth) && strcmp(p->date_of_birth, r->actor.today) > 0)
		view_problem(r, "date_of_birth", tr("A birth date cannot lie in the future."));
	if (*p->identifier_value)
		p->identifier_type = "national";
	check_patterns(r, p);
	const char *latin = text_latin_name(r->arena, arena_printf(r->arena, "%s %s", p->given_name, p->family_name));
	p->name_latin = latin ? latin : "";
	return p;
}

static enum err add(struct request *r, struct context *c)
{
	struct member member = {.person = read_person(r), .role = *request_text(r, "role") ? request_text(r, "role") : "other", .note = "", .start_date = r->actor.today, .end_date = ""};
	bool is_known = false;
	enum err err = OK;

	if (view_problems(r))
		return ERR_INVALID;
	if (!request_field(r, "confirmed")) {
		err = duplicates_fill(r, member.person, &is_known);
		if (err == OK && is_known) {
			view_problem(r, "confirmed", tr("Somebody like this is known already. Look at the people below, then confirm."));
			return ERR_INVALID;
		}
	}
	return err == OK ? household_add(c, r->casefile->id, &member) : err;
}

static enum err change(struct request *r, struct context *c, const struct members *members)
{
	for (size_t i = 0; i < members->n; i++)
		if (members->item[i].seq == request_int(r, "seq", 0)) {
			struct member m = members->item[i];
			m.is_contact = request_field(r, "is_contact") != NULL;
			m.note = text_trim(r->arena, request_text(r, "note"));
			return household_update(c, r->casefile->id, &m);
		}
	return fail(&r->why, ERR_NOT_FOUND, "no such member");
}

static enum err leave(struct request *r, struct context *c)
{
	const char *on = request_text(r, "end_date");

	if (!date_is_valid(on) || strcmp(on, r->actor.today) > 0)
		view_problem(r, NULL, tr("Write the date on which the member left, today or before."));
	if (text_is_blank(request_text(r, "reason")))
		view_problem(r, NULL, tr("Write why the member left."));
	return view_problems(r) ? ERR_INVALID : household_end(c, r->casefile->id, request_int(r, "seq", 0), on, text_trim(r->arena, request_text(r, "reason")));
}

enum err page_family_send(struct request *r)
{
	struct context c = request_context(r);
	const char *what = request_text(r, "do");
	struct members members;
	enum err err = household_list(&c, r->casefile->id, &members);

	if (err == OK && (view_problems(r)))
		err = ERR_INVALID;
	if (err == OK)
		err = strcmp(what, "change") == 0 ? change(r, &c, &members) : strcmp(what, "leave") == 0 ? leave(r, &c) : add(r, &c);
	if (err == OK)
		return reply_redirect_notice(r, case_link(r, "family"), "good", tr("Saved."));
	if (err != ERR_INVALID)
		return err;
	err = fill_page(r);
	return err == OK ? reply_refused(r, "family") : err;
}
