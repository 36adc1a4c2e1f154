/* SPDX-License-Identifier: Apache-2.0
 *
 * What the household knows already: questions with a "column" and the repeats of members
 * are filled from the people who live there. */
#include <string.h>

#include "form/answers.h"
#include "seed_world.h"

static const char *member_column(const struct seed_member *m, const char *column, struct arena *arena)
{
	if (!strcmp(column, "given_name")) return m->given;
	if (!strcmp(column, "family_name")) return m->family;
	if (!strcmp(column, "name_latin")) return m->latin;
	if (!strcmp(column, "sex")) return m->sex;
	if (!strcmp(column, "date_of_birth")) return m->born;
	if (!strcmp(column, "role")) return m->role;
	if (!strcmp(column, "note")) return m->note;
	if (!strcmp(column, "occupation")) return m->occupation;
	if (!strcmp(column, "disability_status")) return m->disability;
	if (!strcmp(column, "known_as")) return m->known_as;
	if (!strcmp(column, "identifier_value")) return m->identifier;
	if (!strcmp(column, "identifier_type")) return m->identifier ? m->identifier_type : NULL;
	if (!strcmp(column, "phone")) return m->phone;
	if (!strcmp(column, "is_contact")) return m->is_contact ? "yes" : "no";
	(void)arena;
	return NULL;
}

static const char *column_value(const struct household *h, const struct seed_member *member, const char *column, struct arena *arena)
{
	if (!member && !strncmp(column, "member.", 7))  /* asked outside of the members: about the child the case is for */
		member = seed_first_child(h);
	if (!strncmp(column, "member.", 7))
		return member ? member_column(member, column + 7, arena) : NULL;
	if (!strncmp(column, "person.", 7)) {
		if (!strcmp(column + 7, "preferred_language"))
			return h->language;
		return member_column(h->contact, column + 7, arena);
	}
	if (!strcmp(column, "casefile.address")) return h->address;
	if (!strcmp(column, "casefile.locality")) return h->locality;
	if (!strcmp(column, "casefile.phone")) return h->phone;
	if (!strcmp(column, "casefile.language")) return h->language;
	if (!strcmp(column, "casefile.title")) return h->title;
	if (!strcmp(column, "consent.given_by")) return arena_printf(arena, "%s %s", h->contact->given, h->contact->family);
	return NULL;
}

static bool has_member_columns(const struct question *repeat)
{
	for (size_t i = 0; i < repeat->n; i++)
		if (repeat->child[i].column && !strncmp(repeat->child[i].column, "member.", 7))
			return true;
	return false;
}

static void set_column(struct answers *a, struct node *node, const char *value)
{
	if (value)
		answers_set(a, answers_path(node, a->env.arena), value);
}

void seed_fill_columns(struct world *w, struct answers *a, struct node *under, const struct household *h, const struct seed_member *member)
{
	for (struct node *node = under->first; node; node = node->next) {
		const struct question *q = node->question;
		if (!q)
			continue;
		if (q->type == Q_REPEAT && has_member_columns(q)) {
			size_t at = node_position(node) - 1;
			if (at < h->n)
				seed_fill_columns(w, a, node, h, &h->member[at]);
		} else if (node->first) {
			seed_fill_columns(w, a, node, h, member);
		} else if (q->column) {
			set_column(a, node, column_value(h, member, q->column, w->scratch));
		}
	}
}

void seed_add_members(struct world *w, struct answers *a, const struct question *children, size_t n, const struct household *h)
{
	for (size_t i = 0; i < n; i++) {
		const struct question *q = &children[i];
		if (q->type == Q_GROUP)
			seed_add_members(w, a, q->child, q->n, h);
		if (q->type != Q_REPEAT || !has_member_columns(q))
			continue;
		struct node *first = answers_by_name(a, q->name);
		size_t have = first && first->parent ? node_count(first->parent, q->name) : 0;
		for (; have < h->n; have++)
			answers_add_repeat(a, q->path);
	}
}
