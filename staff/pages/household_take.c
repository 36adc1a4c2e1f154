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

struct taking { struct request *r; struct context c; struct members present; bool *is_taken, *is_noted; /* by place in present */ };

/* What one instance of the form says; `changed` when it differs from what is known. */
static void read_member(const struct taking *t, const struct node *instance, struct member *m, bool *changed)
{
	for (const struct node *node = instance->first; node; node = node->next) {
		const char *column = node->question && node->is_relevant ? node->question->column : NULL, *value;
		if (!column || strncmp(column, "member.", 7) != 0 || !strcmp(column, "member.id") || !*node->value)
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

/* Whom the form was begun about, as it was noted then; 0 for somebody typed in anew. */
static int64_t noted_member(const struct node *instance)
{
	int64_t seq;

	for (const struct node *node = instance->first; node; node = node->next)
		if (node->question && node->question->column && !strcmp(node->question->column, "member.id"))
			return text_to_int(node->value, &seq) ? seq : 0;
	return 0;
}

/* The same name however it is spelled, and no other date of birth. */
static bool is_same(const struct taking *t, const struct person *known, const struct person *typed)
{
	if (!text_eq(text_name_key(t->r->arena, known->given_name), text_name_key(t->r->arena, typed->given_name)))
		return false;
	return !*typed->date_of_birth || !*known->date_of_birth || strcmp(known->date_of_birth, typed->date_of_birth) == 0;
}

/* The member an instance is about: the one it was begun with, whatever the name says now; else one of the
 * same name whom no other instance was begun with. Each once. */
static const struct member *find_known(const struct taking *t, const struct node *instance, const struct person *typed)
{
	int64_t seq = noted_member(instance);

	for (int by_name = 0; by_name < 2; by_name++)
		for (size_t i = 0; i < t->present.n; i++) {
			const struct member *m = &t->present.item[i];
			if (t->is_taken[i] || (by_name ? t->is_noted[i] || !is_same(t, m->person, typed) : m->seq != seq))
				continue;
			t->is_taken[i] = true;
			return m;
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
	const struct member *known = find_known(t, instance, typed.person);
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

static void note_members(struct taking *t, const struct node *under)
{
	for (const struct node *node = under->first; node; node = node->next) {
		if (node->question && node->question->type == Q_REPEAT && assessment_is_of_members(node->question)) {
			int64_t seq = noted_member(node);
			for (size_t i = 0; i < t->present.n; i++)
				t->is_noted[i] |= t->present.item[i].seq == seq;
		} else if (node->first)
			note_members(t, node);
	}
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
	t.is_taken = arena_array(r->arena, bool, all.n + 1);
	t.is_noted = arena_array(r->arena, bool, all.n + 1);
	note_members(&t, answers->root);
	return walk(&t, answers->root);
}
