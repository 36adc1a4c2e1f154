/* SPDX-License-Identifier: Apache-2.0
 *
 * Columns of an intake form: person.*, casefile.*, intake.*, consent.KEY, consent.given_by,
 * consent.method; inside a repeat, member.*. */
#include "intake_read.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "country/words.h"

#define MEMBERS_MAX 40

/* child: whom member.… asked outside of the members is about. */
struct reading { struct request *r; struct intake *out; struct member *contact, *child; const char *given_by, *method; };

static void init_person(struct person *p)
{
	*p = (struct person){.given_name = "", .family_name = "", .name_latin = "", .known_as = "", .sex = "", .date_of_birth = "", .identifier_type = "",
		.identifier_value = "", .phone = "", .email = "", .phone_is_safe = true, .preferred_language = "", .disability_status = "", .occupation = ""};
}

static struct member *add_member(struct reading *x, const char *role)
{
	struct intake *out = x->out;
	struct member *m;

	if (out->n_members == MEMBERS_MAX)
		return &out->member[MEMBERS_MAX - 1];
	m = &out->member[out->n_members++];
	*m = (struct member){.person = arena_new_of(x->r->arena, struct person), .role = role, .note = "", .start_date = x->r->actor.today, .end_date = ""};
	init_person(m->person);
	return m;
}

static void set_case(struct intake *out, const char *column, const char *value)
{
	if (!strcmp(column, "title")) out->title = value;
	else if (!strcmp(column, "title_latin")) out->title_latin = value;
	else if (!strcmp(column, "address")) out->address = value;
	else if (!strcmp(column, "locality")) out->locality = value;
	else if (!strcmp(column, "phone")) out->phone = value;
	else if (!strcmp(column, "language")) out->language = value;
	else if (!strcmp(column, "risk_level")) out->risk_level = value;
	else if (!strcmp(column, "pathway")) out->pathway = value;
	else if (!strcmp(column, "subject_type")) out->subject_type = value;
}

static void set_intake(struct intake *out, const char *column, const char *value)
{
	if (!strcmp(column, "intake_point")) out->intake_point = value;
	else if (!strcmp(column, "channel")) out->channel = value;
	else if (!strcmp(column, "urgency")) out->urgency = value;
	else if (!strcmp(column, "decision")) out->decision = value;
}

static void add_consent(struct reading *x, const char *purpose, const char *value)
{
	const struct bundle *b = x->r->instance->bundle;

	for (size_t i = 0; i < b->n_consents; i++) {
		const struct consent_purpose *p = &b->consent[i];
		char expires[DATE_LEN];
		if (strcmp(p->key, purpose) != 0)
			continue;
		date_add_months(x->r->actor.today, p->months > 0 ? p->months : 24, expires);
		x->out->consent[x->out->n_consents++] = (struct consent){.purpose = p->key, .is_given = text_eq(value, "yes") || text_eq(value, "OK"),
			.given_on = x->r->actor.today, .expires_on = arena_strdup(x->r->arena, expires), .text_shown = tr(p->text), .language = x->r->language};
	}
}

static void take(struct reading *x, const char *column, const char *value, struct member *member)
{
	if (!member && !strncmp(column, "member.", 7))
		member = x->child ? x->child : (x->child = add_member(x, "child"));
	if (!strncmp(column, "person.", 7))
		person_set(x->contact->person, column + 7, value);
	else if (!strncmp(column, "casefile.", 9))
		set_case(x->out, column + 9, value);
	else if (!strncmp(column, "intake.", 7))
		set_intake(x->out, column + 7, value);
	else if (!strcmp(column, "consent.given_by"))
		x->given_by = value;
	else if (!strcmp(column, "consent.method"))
		x->method = value;
	else if (!strncmp(column, "consent.", 8))
		add_consent(x, column + 8, value);
	else if (!strcmp(column, "member.role") && member)
		member->role = value;
	else if (!strcmp(column, "member.note") && member)
		member->note = value;
	else if (!strncmp(column, "member.", 7) && member && strcmp(column, "member.is_contact"))
		person_set(member->person, column + 7, value);
}

static bool is_of_members(const struct question *repeat)
{
	for (size_t i = 0; i < repeat->n; i++)
		if (repeat->child[i].column && !strncmp(repeat->child[i].column, "member.", 7))
			return true;
	return false;
}

static void walk(struct reading *x, const struct node *under, struct member *member)
{
	for (const struct node *node = under->first; node; node = node->next) {
		struct member *here = member;
		if (!node->question || !node->is_relevant)
			continue;
		if (node->question->type == Q_REPEAT && is_of_members(node->question))
			here = add_member(x, "other");
		if (node->first)
			walk(x, node, here);
		else if (node->question->column && *node->value)
			take(x, node->question->column, text_trim(x->r->arena, node->value), here);
	}
}

/* A person who was typed both as the one who speaks and as a member is one: the first member with the same name,
 * however it is spelled, and birth. */
static void drop_empty_members(struct reading *x)
{
	struct intake *out = x->out;
	size_t kept = 1;

	for (size_t i = 1; i < out->n_members; i++) {
		const struct person *p = out->member[i].person, *c = x->contact->person;
		bool is_contact = text_eq(text_name_key(x->r->arena, p->given_name), text_name_key(x->r->arena, c->given_name)) &&
			(!*p->date_of_birth || text_eq(p->date_of_birth, c->date_of_birth));
		if (*p->given_name && !is_contact)
			out->member[kept++] = out->member[i];
		if (*p->given_name && is_contact)
			x->contact->role = out->member[i].role;
	}
	out->n_members = kept;
}

/* Children are often typed by their given name alone; names of another script get their Latin letters. */
static void complete_person(const struct reading *x, struct person *p)
{
	const char *latin;

	if (!*p->family_name)
		p->family_name = x->contact->person->family_name;
	latin = text_latin_name(x->r->arena, arena_printf(x->r->arena, "%s %s", p->given_name, p->family_name));
	if (!*p->name_latin && latin)
		p->name_latin = latin;
}

enum err intake_read(struct request *r, const struct answers *answers, struct intake *out)
{
	struct reading x = {.r = r, .out = out};

	*out = (struct intake){.member = arena_array(r->arena, struct member, MEMBERS_MAX),
	                       .consent = arena_array(r->arena, struct consent, r->instance->bundle->n_consents * 2 + 2)};
	x.contact = add_member(&x, "head");
	x.contact->is_contact = true;
	walk(&x, answers->root, NULL);
	drop_empty_members(&x);
	for (size_t i = 0; i < out->n_members; i++)
		complete_person(&x, out->member[i].person);
	for (size_t i = 0; i < out->n_consents; i++) {
		out->consent[i].given_by = x.given_by ? x.given_by : arena_printf(r->arena, "%s %s", x.contact->person->given_name, x.contact->person->family_name);
		out->consent[i].method = text_eq(x.method, "verbal") ? "verbal" : "written";
	}
	if (!text_eq(out->subject_type, "household") && !text_eq(out->subject_type, "person"))
		out->subject_type = out->n_members > 1 ? "household" : "person";
	if (!out->phone)
		out->phone = x.contact->person->phone;
	if (!out->language)
		out->language = *x.contact->person->preferred_language ? x.contact->person->preferred_language : r->instance->bundle->language[0].code;
	return OK;
}
