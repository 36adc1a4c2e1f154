/* SPDX-License-Identifier: Apache-2.0
 *
 * seed.json and the name lists, read into structs the generator draws from. Texts are
 * resolved to the language cases are written in. Everything lives in the arena given. */
#ifndef SEED_DATA_SEED_CONFIG_H
#define SEED_DATA_SEED_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/random.h"
#include "country/bundle.h"
#include "form/json.h"

struct seed_names {
	size_t n_female, n_male, n_family; const char **female, **male, **family;
	size_t n_older_female, n_older_male, n_younger_female, n_younger_male; /* of 50 and more, beside the others; under 25, in their place */
	const char **older_female, **older_male, **younger_female, **younger_male;
	bool has_mothers;               /* "name_order" has a maternal_family: everybody has two family names */
	bool has_fathers;               /* "name_order" has a father's part: given father grandfather family */
	bool keeps_family;              /* a wife keeps the family name she was born with */
};

/* Whom a household belongs to: nationals, refugees … Each has its own papers, names and answers. */
struct seed_population {
	const char *key, *identifier, *identifier_type;
	double weight;
	int serial_from, serial_to;     /* numbers given out in turn, none left after the last; 0: random digits */
	int digits;                     /* how many a number has */
	size_t n_family; const char **family;
	size_t n_female, n_male; const char **female, **male; /* given names; none: those of the bundle */
	const struct json *answers;     /* form → question → distribution, before those of the bundle */
	int serial_next;
};

/* Who lives in a household; what "if" in seed.json asks for. X(constant, name) */
#define KINDS(X) X(CHILD, "child") X(SMALL_CHILD, "small_child") X(OLDER, "older") X(ADULT, "adult") X(NO_CHILD, "no_child") X(ALONE, "alone") X(TOGETHER, "together")
enum kind {
#define X(constant, name) KIND_##constant,
	KINDS(X)
#undef X
};

/* kinds: bits that a household must have for the text to be true of it. */
struct seed_texts { size_t n; const char **text; unsigned *kinds; };

struct seed_action { const char *what, *actor, *name, *service; int days; };
struct seed_goal {
	const char *statement, *plain, *change;
	int days_min, days_max;
	size_t n_actions; struct seed_action *action;
};
struct seed_need {
	const char *text, *client;
	unsigned kinds;
	int severity_min, severity_max;
	const struct json *answers;     /* object question → value, or NULL */
	const struct json *chosen;      /* of a checklist's item: question → value that makes it part of the plan; NULL: no item */
	size_t n_goals; struct seed_goal *goal;
};
struct seed_dimension {
	const char *key;
	double weight;
	size_t n_needs; struct seed_need *need;
	struct seed_texts calm, strengths;
};
struct seed_item { const struct seed_need *need; double weight; };
struct seed_member_shape { const char *role, *sex; int age_min, age_max; };
struct seed_shape { double weight; size_t n; struct seed_member_shape *member; };
struct seed_visit { const char *kind, *purpose, *summary, *quote; unsigned kinds; };
struct seed_note { const char *text, *quote; unsigned kinds; };

struct seed_config {
	struct arena *arena;
	const struct bundle *bundle;
	const struct json *root;        /* seed.json; NULL: the bundle has none, nothing is drawn */
	const char *language;           /* case_language */
	int64_t households;
	int workers_per_office, months;
	int64_t clock_start;
	const char *romanize;           /* ICU rules, or NULL */
	const char *title;              /* with %1 */
	const char *title_latin;        /* with %1 */
	bool titles_by_child;           /* %1 is the first child's given name, not the family's */
	const char *phone, *identifier; /* with %1 */
	struct seed_names names;
	size_t n_populations; struct seed_population *population; double *population_weight;
	const struct json *disability;  /* status → weight, of one member of a household; NULL: nobody */
	size_t n_items; struct seed_item *item; /* needs tied to an item of a checklist */
	int wanted_min, wanted_max;     /* how many of them a plan has */
	const struct json *progress;    /* dimension → answer → answer of the next round → weight; NULL: rounds are drawn anew */
	const struct json *stays;       /* canonical status → days; NULL: the generator's own */
	int held;                       /* per cent of visits that take place */
	int review_days;                /* between reviews */
	int calm_min, calm_max;         /* levels of a dimension that is no need */
	int needs_min, needs_max;     /* dimensions with a need, in a household */
	struct seed_texts streets, returns;
	const char *schedule;
	size_t n_stages; double *stage_weight; const struct stage **stage;
	size_t n_outcomes; double *outcome_weight; const char **outcome;
	size_t n_shapes; struct seed_shape *shape; double *shape_weight;
	size_t n_dimensions; struct seed_dimension *dimension; double *dimension_weight;
	size_t n_visits; struct seed_visit *visit;
	size_t n_notes; struct seed_note *note;
	const struct json *answers;     /* form → question → distribution */
	const struct json *texts;       /* key → list */
	size_t n_stories; const struct json **story;
};

/* Reads bundle->seed_json, its stories and names. ERR_INVALID with file, line and what is wrong. */
enum err seed_config_load(struct seed_config **config, struct arena *arena, const struct bundle *bundle, struct why *why);

/* A TEXT in the cases' language; NULL when absent. */
const char *seed_text(const struct seed_config *config, const struct json *text);
/* The English (or source) string of a TEXT. */
const char *seed_text_in(const struct json *text, const char *language);
/* One of the texts, "" when there are none. */
const char *seed_draw(struct dice *dice, const struct seed_texts *texts);
/* The same among those that are true of a household with these kinds. */
const char *seed_draw_for(struct dice *dice, const struct seed_texts *texts, unsigned kinds);
/* How many people of a role an office has; `fallback` where seed.json's "staff" does not say. */
int seed_staff_count(const struct seed_config *config, const char *office, const char *role, int fallback);
double seed_office_weight(const struct seed_config *config, const char *office);
const struct seed_dimension *seed_config_dimension(const struct seed_config *config, const char *key);
/* `pattern` with %1 replaced. */
char *seed_fill_one(struct arena *arena, const char *pattern, const char *value);
/* Native script to Latin by the bundle's rules; the name itself without rules. */
const char *seed_romanize(const struct seed_config *config, struct arena *arena, const char *name);

#endif
