/* SPDX-License-Identifier: Apache-2.0
 *
 * A form does not ask again what the case knows: questions with a `column` start with the
 * household's people and the case's own data. */
#include <string.h>

#include "assessment_parts.h"
#include "base/text.h"
#include "form/answers.h"
#include "form_page.h"
#include "model/casefile.h"
#include "model/household.h"
#include "request/context.h"

static const char *person_column(const struct person *p, const char *column)
{
	if (!strcmp(column, "given_name")) return p->given_name;
	if (!strcmp(column, "family_name")) return p->family_name;
	if (!strcmp(column, "name_latin")) return p->name_latin;
	if (!strcmp(column, "sex")) return p->sex;
	if (!strcmp(column, "date_of_birth")) return p->date_of_birth;
	if (!strcmp(column, "identifier_value")) return p->identifier_value;
	if (!strcmp(column, "phone")) return p->phone;
	if (!strcmp(column, "email")) return p->email;
	if (!strcmp(column, "preferred_language")) return p->preferred_language;
	if (!strcmp(column, "disability_status")) return p->disability_status;
	if (!strcmp(column, "occupation")) return p->occupation;
	return NULL;
}

const char *assessment_member_column(const struct member *m, const char *column)
{
	if (!strcmp(column, "role")) return m->role;
	if (!strcmp(column, "note")) return m->note;
	if (!strcmp(column, "is_contact")) return m->is_contact ? "yes" : "no";
	return person_column(m->person, column);
}

static const char *case_column(const struct casefile *c, const char *column)
{
	if (!strcmp(column, "address")) return c->address;
	if (!strcmp(column, "locality")) return c->locality;
	if (!strcmp(column, "phone")) return c->phone;
	if (!strcmp(column, "language")) return c->language;
	return NULL;
}

struct known { const struct casefile *casefile; const struct members *members; const struct member *contact; struct arena *arena; struct answers *answers; };

static const char *known_value(const struct known *k, const char *column, const struct member *member)
{
	if (!strcmp(column, "member.id"))
		return member ? arena_printf(k->arena, "%lld", (long long)member->seq) : NULL;
	if (!strncmp(column, "member.", 7))
		return member ? assessment_member_column(member, column + 7) : NULL;
	if (!strncmp(column, "person.", 7))
		return k->contact ? person_column(k->contact->person, column + 7) : NULL;
	return !strncmp(column, "casefile.", 9) ? case_column(k->casefile, column + 9) : NULL;
}

static void fill(const struct known *k, struct node *under, const struct member *member)
{
	for (struct node *node = under->first; node; node = node->next) {
		const struct member *here = member;
		if (!node->question)
			continue;
		if (node->question->type == Q_REPEAT && node_position(node) <= k->members->n)
			here = &k->members->item[node_position(node) - 1];
		else if (node->question->type == Q_REPEAT)
			here = NULL;   /* more of them than the household has */
		if (node->first)
			fill(k, node, here);
		else if (node->question->column) {
			const char *value = known_value(k, node->question->column, here);
			if (value && *value && !*node->value)
				answers_set(k->answers, answers_path(node, k->arena), value);
		}
	}
}

bool assessment_is_of_members(const struct question *repeat)
{
	for (size_t i = 0; i < repeat->n; i++)
		if (repeat->child[i].column && !strncmp(repeat->child[i].column, "member.", 7))
			return true;
	return false;
}

/* As many instances of a repeat of members as the household has. */
static void add_members(const struct known *k, const struct question *child, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct question *q = &child[i];
		if (q->type == Q_GROUP)
			add_members(k, q->child, q->n);
		if (q->type != Q_REPEAT || !assessment_is_of_members(q))
			continue;
		const struct node *first = answers_by_name(k->answers, q->name);
		for (size_t have = first ? node_count(first->parent, q->name) : 0; have < k->members->n; have++)
			answers_add_repeat(k->answers, q->path);
	}
}

/* People who have left the household are not asked about. */
static struct members present(const struct members *all, struct arena *arena)
{
	struct members out = {.item = arena_array(arena, struct member, all->n + 1)};

	for (size_t i = 0; i < all->n; i++)
		if (!*all->item[i].end_date)
			out.item[out.n++] = all->item[i];
	return out;
}

enum err assessment_prefill(struct request *r, const struct form *form, const char **answers)
{
	struct context c = request_context(r);
	struct members all;
	enum err err = household_list(&c, r->casefile->id, &all);

	if (err != OK)
		return err;
	struct members members = present(&all, r->arena);
	struct known k = {.casefile = r->casefile, .members = &members, .arena = r->arena, .answers = form_page_start(r, form, r->casefile->id)};
	for (size_t i = 0; i < members.n && !k.contact; i++)
		if (members.item[i].is_contact || members.n == 1)
			k.contact = &members.item[i];
	add_members(&k, form->child, form->n);
	fill(&k, k.answers->root, NULL);
	*answers = answers_to_json(k.answers, r->arena);
	return OK;
}
