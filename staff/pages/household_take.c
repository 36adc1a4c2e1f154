/* SPDX-License-Identifier: Apache-2.0
 *
 * The people a finished profile tells of become the household: who is known already is
 * brought up to date, who is new is added. Nobody is taken out: leaving has its own page. */
#include <string.h>

#include "assessment_parts.h"
#include "base/text.h"
#include "model/casefile.h"
#include "model/household.h"
#include "request/context.h"

struct taking { struct request *r; struct context c; struct members present; };

/* What one instance of the form says; `changed` when it differs from what is known. */
static void read_member(const struct taking *t, const struct node *instance, struct member *m, bool *changed)
{
	for (const struct node *node = instance->first; node; node = node->next) {
		const char *column = node->question && node->is_relevant ? node->question->column : NULL, *value;
		if (!column || strncmp(column, "member.", 7) != 0 || !*node->value)
			continue;
		value = text_trim(t->r->arena, node->value);
		const char *known = assessment_member_column(m, column + 7);
		if (known && strcmp(known, value) == 0)
			continue;
		*changed = true;
		if (!strcmp(column, "member.role"))
			m->role = value;
		else if (!strcmp(column, "member.note"))
			m->note = value;
		else if (!strcmp(column, "member.is_contact"))
			m->is_contact = strcmp(value, "yes") == 0;
		else
			person_set(m->person, column + 7, value);
	}
}

/* The same given name, and no other date of birth: the same person of this household. */
static const struct member *find_known(const struct taking *t, const struct person *typed)
{
	for (size_t i = 0; i < t->present.n; i++) {
		const struct person *p = t->present.item[i].person;
		if (!text_eq(p->given_name, typed->given_name))
			continue;
		if (!*typed->date_of_birth || !*p->date_of_birth || strcmp(p->date_of_birth, typed->date_of_birth) == 0)
			return &t->present.item[i];
	}
	return NULL;
}

static struct member new_member(const struct taking *t)
{
	struct member m = {.person = arena_new_of(t->r->arena, struct person), .role = "other", .note = "", .start_date = t->r->actor.today, .end_date = ""};

	*m.person = (struct person){.given_name = "", .family_name = "", .name_latin = "", .known_as = "", .sex = "", .date_of_birth = "", .identifier_type = "",
		.identifier_value = "", .phone = "", .email = "", .phone_is_safe = true, .preferred_language = "", .disability_status = "", .occupation = ""};
	return m;
}

static enum err add_member(struct taking *t, struct member *m)
{
	struct person *p = m->person;
	const char *latin = text_latin_name(t->r->arena, arena_printf(t->r->arena, "%s %s", p->given_name, p->family_name));

	if (!*p->name_latin && latin)
		p->name_latin = latin;
	return household_add(&t->c, t->r->casefile->id, m);
}

static enum err take_member(struct taking *t, const struct node *instance)
{
	struct member typed = new_member(t);
	bool changed = false;
	enum err err = OK;

	read_member(t, instance, &typed, &changed);
	if (!*typed.person->given_name)
		return OK;
	const struct member *known = find_known(t, typed.person);
	if (!known)
		return add_member(t, &typed);
	struct member m = *known;
	struct person person = *known->person;
	m.person = &person;
	changed = false;
	read_member(t, instance, &m, &changed);
	if (changed)
		err = person_update(&t->c, t->r->casefile->id, &person);
	if (err == OK && (strcmp(m.role, known->role) != 0 || strcmp(m.note, known->note) != 0 || m.is_contact != known->is_contact))
		err = household_update(&t->c, t->r->casefile->id, &m);
	return err;
}

static enum err walk(struct taking *t, const struct node *under)
{
	enum err err = OK;

	for (const struct node *node = under->first; node && err == OK; node = node->next) {
		if (!node->question || !node->is_relevant)
			continue;
		if (node->question->type == Q_REPEAT && assessment_is_of_members(node->question))
			err = take_member(t, node);
		else if (node->first)
			err = walk(t, node);
	}
	return err;
}

enum err household_take(struct request *r, const struct answers *answers)
{
	struct taking t = {.r = r, .c = request_context(r)};
	struct members all;
	enum err err = household_list(&t.c, r->casefile->id, &all);

	if (err != OK)
		return err;
	t.present = (struct members){.item = arena_array(r->arena, struct member, all.n + 1)};
	for (size_t i = 0; i < all.n; i++)
		if (!*all.item[i].end_date)
			t.present.item[t.present.n++] = all.item[i];
	return walk(&t, answers->root);
}
