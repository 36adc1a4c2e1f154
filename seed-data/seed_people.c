/* SPDX-License-Identifier: Apache-2.0
 *
 * Invented households: names drawn part by part from the bundle's list, ages that fit the
 * relations, addresses in the office's place, identifiers and phones from the reserved
 * test ranges of the bundle. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "model/plan.h"
#include "model/search.h"
#include "seed_world.h"

/* Words of names repeat: each is transliterated once. */
struct fold_entry { const char *word, *fold, *key, *latin; struct fold_entry *next; };
struct fold_cache { struct fold_entry *bucket[4096]; };

static unsigned hash_word(const char *word)
{
	unsigned h = 2166136261u;

	for (; *word; word++)
		h = (h ^ (unsigned char)*word) * 16777619u;
	return h % 4096;
}

static const struct fold_entry *fold_word(struct world *w, const char *word)
{
	if (!w->folds)
		w->folds = arena_new_of(w->arena, struct fold_cache);
	struct fold_entry **slot = &w->folds->bucket[hash_word(word)];
	for (struct fold_entry *e = *slot; e; e = e->next)
		if (strcmp(e->word, word) == 0)
			return e;
	struct fold_entry *e = arena_new_of(w->arena, struct fold_entry);
	e->word = arena_strdup(w->arena, word);
	e->fold = text_fold(w->arena, word);
	e->key = text_name_key(w->arena, word);
	e->latin = seed_romanize(w->config, w->arena, e->word); /* it may give the word itself back */
	e->next = *slot;
	*slot = e;
	return e;
}

/* Joins what `part` gives for each word of the name. */
static const char *by_words(struct world *w, const char *name, size_t part)
{
	char *copy = arena_strdup(w->scratch, name), *save = NULL;
	const char *joined = "";

	for (char *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		const struct fold_entry *e = fold_word(w, word);
		const char *piece = part == 0 ? e->fold : part == 1 ? e->key : e->latin;
		joined = arena_printf(w->scratch, "%s%s%s", joined, *joined ? " " : "", piece);
	}
	return joined;
}

const char *seed_fold(struct world *w, const char *name)
{
	return by_words(w, name, 0);
}

const char *seed_key(struct world *w, const char *name)
{
	return by_words(w, name, 1);
}

static const char *draw(struct dice *dice, const char **list, size_t n)
{
	return list[dice_below(dice, (uint32_t)n)];
}

static const char *digits(struct world *w, int n)
{
	char *out = arena_alloc(w->scratch, (size_t)n + 1);

	for (int i = 0; i < n; i++)
		out[i] = (char)('0' + dice_below(&w->dice, 10));
	return out;
}

static const char *draw_phone(struct world *w)
{
	if (strchr(w->config->phone, '#'))
		return seed_draw_digits(w, w->config->phone, 0);
	const char *d = digits(w, 6);

	return seed_fill_one(w->scratch, w->config->phone, arena_printf(w->scratch, "%.3s %s", d, d + 3));
}

/* Keeps generations apart: children at least 17 years younger than the head, grandparents older. */
static int draw_age(struct world *w, const struct seed_member_shape *shape, int head_age)
{
	int low = shape->age_min, high = shape->age_max;

	if (strcmp(shape->role, "child") == 0 && high > head_age - 17)
		high = head_age - 17;
	if (strcmp(shape->role, "grandchild") == 0 && high > head_age - 36)
		high = head_age - 36;
	if ((strcmp(shape->role, "parent") == 0 || strcmp(shape->role, "grandparent") == 0) && low < head_age + 18)
		low = head_age + 18;
	if (strcmp(shape->role, "spouse") == 0 && low < head_age - 8)
		low = head_age - 8;
	if (strcmp(shape->role, "spouse") == 0 && high > head_age + 8)
		high = head_age + 8;
	if (low > 98)
		low = 98;
	if (high < low)
		high = low;
	if (high < 0)
		high = 0;
	return dice_range(&w->dice, low < 0 ? 0 : low, high);
}

/* A town of the office's territory where seed.json names them, else the office's own. */
static const char *draw_locality(struct world *w, const struct seed_office *office)
{
	const struct json *towns = json_get(json_get(w->config->root, "localities"), office->office->key);
	size_t at = towns && towns->n ? dice_below(&w->dice, (uint32_t)towns->n) : 0;

	for (json_each(town, towns))
		if (at-- == 0 && town->kind == JSON_STRING)
			return town->string;
	return office->office->locality;
}

static void draw_member(struct world *w, struct household *h, struct seed_member *m, const struct seed_member_shape *shape)
{
	int head_age = h->n ? h->member[0].age : 40;
	const char *sex = shape->sex;

	if (!sex && strcmp(shape->role, "spouse") == 0)
		sex = strcmp(h->member[0].sex, "female") == 0 ? "male" : "female";
	m->sex = sex ? sex : dice_below(&w->dice, 2) ? "female" : "male";
	m->role = shape->role;
	m->age = draw_age(w, shape, head_age);
	m->given = seed_draw_given(w, m);
	for (size_t i = 0; i < h->n; i++)       /* siblings do not share a name */
		if (strcmp(h->member[i].given, m->given) == 0)
			m->given = seed_draw_given(w, m);
	m->family = h->family;
	date_from_days(w->today_days - (int32_t)(m->age * 365.25) - (int32_t)dice_below(&w->dice, 364), m->born);
	m->age = date_years(m->born, w->today);
	if (m->age >= 16 || strcmp(m->role, "head") == 0)
		m->identifier = seed_draw_identifier(w, h->population);
	m->identifier_type = h->population ? h->population->identifier_type : "national";
	m->disability = "none";
}

struct household *seed_household(struct world *w, const struct seed_office *office)
{
	const struct seed_config *c = w->config;
	struct household *h = arena_new_of(w->scratch, struct household);
	const struct seed_shape *shape = &c->shape[dice_weighted(&w->dice, c->shape_weight, c->n_shapes)];

	h->population = seed_draw_population(w);
	bool has_own = h->population && h->population->n_family;
	h->family = has_own ? draw(&w->dice, h->population->family, h->population->n_family) : draw(&w->dice, c->names.family, c->names.n_family);
	h->member = arena_array(w->scratch, struct seed_member, shape->n);
	for (size_t i = 0; i < shape->n; i++) {
		draw_member(w, h, &h->member[h->n], &shape->member[i]);
		h->n++;
	}
	seed_name_parts(w, h);
	for (size_t i = 0; i < h->n; i++)
		h->member[i].latin = by_words(w, arena_printf(w->scratch, "%s %s", h->member[i].given, h->member[i].family), 2);
	seed_draw_disability(w, h);
	h->head = h->contact = &h->member[0];
	h->member[0].is_contact = true;
	h->phone = h->member[0].phone = draw_phone(w);
	const struct seed_member *child = c->titles_by_child ? seed_first_child(h) : NULL;
	const char *named = child ? child->given : h->family;
	h->title = seed_fill_one(w->scratch, c->title, named);
	h->title_latin = seed_fill_one(w->scratch, c->title_latin, by_words(w, named, 2));
	h->locality = draw_locality(w, office);
	h->address = arena_printf(w->scratch, "%s %d", seed_draw(&w->dice, &c->streets), dice_range(&w->dice, 1, 118));
	h->language = c->language;
	return h;
}

const struct seed_member *seed_first_child(const struct household *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->member[i].age < 18)
			return &h->member[i];
	return NULL;
}

unsigned seed_kinds(const struct household *h)
{
	unsigned kinds = 1u << KIND_NO_CHILD | 1u << (h->n == 1 ? KIND_ALONE : KIND_TOGETHER);

	for (size_t i = 0; i < h->n; i++) {
		int age = h->member[i].age;
		if (age < 18)
			kinds = (kinds | 1u << KIND_CHILD) & ~(1u << KIND_NO_CHILD);
		if (age < 6)
			kinds |= 1u << KIND_SMALL_CHILD;
		if (age >= 65)
			kinds |= 1u << KIND_OLDER;
		if (age >= 18 && age < 64)
			kinds |= 1u << KIND_ADULT;
	}
	return kinds;
}

static const char *only_digits(struct world *w, const char *text)
{
	char *out = arena_alloc(w->scratch, strlen(text) + 1), *o = out;

	for (; *text; text++)
		if (*text >= '0' && *text <= '9')
			*o++ = *text;
	return out;
}

void seed_write_people(struct world *w, int64_t casefile_id, const struct household *h, int64_t at)
{
	for (size_t i = 0; i < h->n; i++) {
		struct seed_member *m = &h->member[i];
		const char *native = arena_printf(w->scratch, "%s %s", m->given, m->family);
		struct bulk_person person = {
			.given_name = m->given, .family_name = m->family, .sex = m->sex, .date_of_birth = m->born,
			.name_latin = strcmp(m->latin, native) ? m->latin : NULL,
			.known_as = m->known_as, .identifier_type = m->identifier ? m->identifier_type : NULL, .identifier_value = m->identifier,
			.phone = m->phone, .phone_digits = m->phone ? only_digits(w, m->phone) : NULL,
			.preferred_language = h->language, .disability_status = m->disability, .occupation = m->occupation,
			.name_fold = seed_fold(w, native), .name_key = seed_key(w, native), .created_at = at,
		};
		m->person_id = bulk_person(&w->bulk, &person);
		bulk_membership(&w->bulk, casefile_id, (int)i + 1, m->person_id, m->role, m->is_contact, m->note);
	}
}

/* What the search knows of a case is the model's to say. */
void seed_write_search(struct world *w, int64_t casefile_id)
{
	struct actor actor = {.kind = ACTOR_SYSTEM, .username = "system", .name = "system", .role = "", .office = "", .area = "", .now = w->now};
	struct context c = {.db = w->bulk.db, .arena = w->scratch, .why = w->bulk.why, .actor = &actor, .dir = w->instance->dir, .zone = w->bundle->zone};

	if (w->bulk.err == OK)
		w->bulk.err = search_update(&c, casefile_id);
	if (w->bulk.err == OK)
		w->bulk.err = plan_freeze(&c, casefile_id);
}
