/* SPDX-License-Identifier: Apache-2.0
 *
 * What a household is drawn with beside ages: whom it belongs to and the papers that go with
 * it, names in parts where the country writes them so, a member with a disability. Where a
 * bundle says nothing of these, nothing is drawn: its families stay as they were. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "seed_world.h"

struct seed_population *seed_draw_population(struct world *w)
{
	struct seed_config *c = w->config;
	struct seed_population *drawn = c->n_populations ? &c->population[dice_weighted(&w->dice, c->population_weight, c->n_populations)] : NULL;

	w->population = drawn;
	return drawn;
}

const char *seed_draw_digits(struct world *w, const char *pattern, int n)
{
	char *number = arena_alloc(w->scratch, (size_t)n + 1);
	char *out;

	for (int i = 0; i < n; i++)
		number[i] = (char)('0' + dice_below(&w->dice, 10));
	out = seed_fill_one(w->scratch, pattern, number);
	for (char *p = out; *p; p++)
		if (*p == '#')
			*p = (char)('0' + dice_below(&w->dice, 10));
	return out;
}

/* Modulus 11 with the factors 2 to 7 from the right: 0–9 or K. */
static char check_digit(const char *number)
{
	int sum = 0, factor = 2;

	for (size_t i = strlen(number); i-- > 0;)
		if (number[i] >= '0' && number[i] <= '9') {
			sum += (number[i] - '0') * factor;
			factor = factor < 7 ? factor + 1 : 2;
		}
	sum = 11 - sum % 11;
	return sum == 11 ? '0' : sum == 10 ? 'K' : (char)('0' + sum);
}

/* "%c" at the end of a pattern is the check digit of the digits before it. */
static const char *with_check(struct world *w, const char *number)
{
	const char *mark = strstr(number, "%c");

	if (!mark)
		return number;
	const char *before = arena_printf(w->scratch, "%.*s", (int)(mark - number), number);
	return arena_printf(w->scratch, "%s%c%s", before, check_digit(before), mark + 2);
}

const char *seed_draw_identifier(struct world *w, struct seed_population *p)
{
	if (!p)
		return with_check(w, seed_draw_digits(w, w->config->identifier, 8));
	if (!p->serial_to)
		return with_check(w, seed_draw_digits(w, p->identifier, p->digits));
	if (p->serial_next > p->serial_to)
		return NULL;
	return with_check(w, seed_fill_one(w->scratch, p->identifier, arena_printf(w->scratch, "%0*d", p->digits, p->serial_next++)));
}

static const char *draw_of_both(struct world *w, const char **all, size_t n_all, const char **own, size_t n_own)
{
	size_t at = dice_below(&w->dice, (uint32_t)(n_all + n_own));
	return at < n_all ? all[at] : own[at - n_all];
}

const char *seed_draw_given(struct world *w, const struct seed_member *m)
{
	const struct seed_names *n = &w->config->names;
	const struct seed_population *p = w->population;
	bool is_older = m->age >= 50, is_younger = m->age < 25;

	if (p && (strcmp(m->sex, "female") == 0 ? p->n_female : p->n_male))
		return strcmp(m->sex, "female") == 0 ? draw_of_both(w, p->female, p->n_female, NULL, 0) : draw_of_both(w, p->male, p->n_male, NULL, 0);
	if (strcmp(m->sex, "female") == 0)
		return draw_of_both(w, n->female, is_younger && n->n_younger_female ? 0 : n->n_female, is_older ? n->older_female : n->younger_female,
		                    is_older ? n->n_older_female : is_younger ? n->n_younger_female : 0);
	return draw_of_both(w, n->male, is_younger && n->n_younger_male ? 0 : n->n_male, is_older ? n->older_male : n->younger_male,
	                    is_older ? n->n_older_male : is_younger ? n->n_younger_male : 0);
}

static const char *draw_male(struct world *w)
{
	const struct seed_names *names = &w->config->names;
	return names->male[dice_below(&w->dice, (uint32_t)names->n_male)];
}

static const char *draw_family(struct world *w)
{
	const struct seed_population *p = w->population;
	const struct seed_names *names = &w->config->names;

	return p && p->n_family ? p->family[dice_below(&w->dice, (uint32_t)p->n_family)]
	                        : names->family[dice_below(&w->dice, (uint32_t)names->n_family)];
}

static bool is_male(const struct seed_member *m)
{
	return strcmp(m->sex, "male") == 0;
}

static void take_father(struct seed_member *m, const char *father, const char *grandfather, const char *family)
{
	m->father = father;
	m->grandfather = grandfather;
	m->family = family;
}

/* The father of the children: the head or the head's husband, else one who is no longer there. */
static struct seed_member father_of(struct world *w, const struct household *h)
{
	struct seed_member absent = {.given = draw_male(w), .father = draw_male(w), .family = draw_family(w)};

	for (size_t i = 0; i < h->n; i++)
		if (is_male(&h->member[i]) && (i == 0 || strcmp(h->member[i].role, "spouse") == 0))
			return h->member[i];
	return absent;
}

static void name_relative(struct world *w, struct household *h, struct seed_member *m, const struct seed_member *father)
{
	struct seed_member *head = &h->member[0];

	if (strcmp(m->role, "child") == 0)
		take_father(m, father->given, father->father, father->family);
	else if (strcmp(m->role, "sibling") == 0)
		take_father(m, head->father, head->grandfather, head->family);
	else if (strcmp(m->role, "spouse") != 0)
		take_father(m, draw_male(w), draw_male(w), m->family);
	if ((strcmp(m->role, "parent") == 0 || strcmp(m->role, "grandparent") == 0) && is_male(m)) {
		m->given = head->father;
		m->father = head->grandfather;
	}
}

/* Where a wife keeps her name the children bear the father's, if he lives there. */
static const char *family_of_children(const struct household *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (is_male(&h->member[i]) && (i == 0 || strcmp(h->member[i].role, "spouse") == 0))
			return h->member[i].family;
	return h->family;
}

/* Two family names: the father's first one, then the mother's first one. */
struct two { const char *father, *mother; };

/* Another family name than this one, so far as the dice allow. */
static const char *draw_other(struct world *w, const char *than)
{
	const char *drawn = draw_family(w);

	for (int tries = 0; tries < 3 && text_eq(drawn, than); tries++)
		drawn = draw_family(w);
	return drawn;
}

static struct two two_new(struct world *w, const char *than)
{
	const char *father = draw_other(w, than);
	return (struct two){father, draw_other(w, father)};
}

static struct two two_of(struct world *w, const struct seed_member *m, struct two head, struct two children)
{
	if (strcmp(m->role, "child") == 0)
		return children;
	if (strcmp(m->role, "sibling") == 0)
		return head;
	if (strcmp(m->role, "parent") == 0 || strcmp(m->role, "grandparent") == 0)
		return (struct two){is_male(m) ? head.father : head.mother, draw_family(w)};
	if (strcmp(m->role, "grandchild") == 0)
		return (struct two){draw_family(w), children.father};
	return two_new(w, NULL);
}

static void name_by_both(struct world *w, struct household *h)
{
	struct two head = {h->family, draw_other(w, h->family)}, spouse = two_new(w, h->family);
	bool is_father = is_male(&h->member[0]);
	struct two children = {is_father ? head.father : spouse.father, is_father ? spouse.father : head.father};

	for (size_t i = 0; i < h->n; i++) {
		struct seed_member *m = &h->member[i];
		struct two own = i == 0 ? head : strcmp(m->role, "spouse") == 0 ? spouse : two_of(w, m, head, children);
		m->family = arena_printf(w->scratch, "%s %s", own.father, own.mother);
		if (strcmp(m->role, "child") == 0)
			h->family = m->family;
	}
	if (strcmp(h->family, head.father) == 0)
		h->family = h->member[0].family;
}

void seed_name_parts(struct world *w, struct household *h)
{
	const struct seed_names *names = &w->config->names;

	for (size_t i = 1; names->keeps_family && i < h->n; i++)
		if (strcmp(h->member[i].role, "spouse") == 0)
			h->member[i].family = draw_family(w);
	if (names->has_mothers)
		name_by_both(w, h);
	if (!names->has_fathers) {
		for (size_t i = 1; names->keeps_family && i < h->n; i++)
			if (strcmp(h->member[i].role, "child") == 0)
				h->member[i].family = family_of_children(h);
		return;
	}
	for (size_t i = 0; i < h->n; i++)
		if (i == 0 || strcmp(h->member[i].role, "spouse") == 0)
			take_father(&h->member[i], draw_male(w), draw_male(w), h->member[i].family);
	const struct seed_member father = father_of(w, h);
	for (size_t i = 0; i < h->n; i++) {
		struct seed_member *m = &h->member[i];
		if (i)
			name_relative(w, h, m, &father);
		m->known_as = arena_printf(w->scratch, "%s %s %s %s", m->given, m->father, m->grandfather, m->family);
	}
}

void seed_draw_disability(struct world *w, struct household *h)
{
	const struct json *weights = w->config->disability;
	double total = 0, at;

	if (!weights)
		return;
	for (json_each(item, weights))
		total += item->number;
	at = dice_unit(&w->dice) * total;
	for (json_each(item, weights))
		if ((at -= item->number) < 0) {
			h->member[dice_below(&w->dice, (uint32_t)h->n)].disability = item->key;
			return;
		}
}
