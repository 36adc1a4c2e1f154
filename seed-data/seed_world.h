/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of the generator share: the bundle, the dice, the staff of each office,
 * folded names, the pool of assessed situations. Internal to seed-data/. */
#ifndef SEED_DATA_SEED_WORLD_H
#define SEED_DATA_SEED_WORLD_H

#include "model/bulk.h"
#include "seed.h"
#include "seed_config.h"

#define AGENDA_BEFORE 10        /* days before today whose hours are kept free of overlaps */
#define AGENDA_DAYS 45
#define ITEMS_MAX 16            /* needs of a checklist in one plan */

struct seed_worker {
	int64_t id;
	const char *username, *name;    /* name in Latin letters, as staff are shown */
	int n_open;
	uint64_t busy[AGENDA_DAYS];     /* quarter hours from 9:00, from today − AGENDA_BEFORE */
};

struct seed_office {
	const struct office *office;
	size_t n_workers;
	struct seed_worker *worker;
	size_t turn;                    /* of a country larger than its bundle's: whose case the next is */
	struct seed_worker supervisor;
	struct seed_worker registrar;
	double weight;
};

/* One household's assessed situation, made by the form engine and drawn for many cases at scale. */
struct seed_found {
	bool is_strength;
	const char *dimension, *objective, *subjective, *sensitivity, *question;
	double severity;                /* below 0: none */
	int meaning;
	const struct seed_need *source; /* goals to choose from; NULL for strengths */
};
struct seed_scored { const char *dimension, *word; bool has_score; double score; int meaning; };
struct situation {
	const char *answers, *draft_answers, *group_names; /* group_names: space-separated, those in the draft */
	double total;                   /* below 0: not scored */
	const char *band, *risk;
	const struct pathway *pathway;  /* that the answers lead to, or NULL */
	size_t n_scores; struct seed_scored *score;
	size_t n_found; struct seed_found *found;
};
enum { ROUND_INITIAL, ROUND_INTERIM, ROUND_EXIT, ROUNDS };

struct seed_member {
	int64_t person_id;
	const char *given, *father, *grandfather, *family, *known_as, *latin, *sex, *role, *note, *occupation, *disability;
	char born[11];
	int age;
	bool is_contact;
	const char *identifier, *identifier_type, *phone;
};
struct household {
	const char *family, *title, *title_latin, *locality, *address, *phone, *language;
	size_t n;
	struct seed_member *member;
	const struct seed_member *head, *contact;
	struct seed_population *population; /* NULL when the bundle tells none apart */
};

struct world {
	struct instance *instance;
	const struct bundle *bundle;
	struct seed_config *config;
	struct bulk bulk;
	struct dice dice;
	struct arena *arena;            /* lasts */
	struct arena *scratch;          /* one case */
	int64_t now;
	char today[11];
	int32_t today_days;
	size_t n_offices;
	struct seed_office *office;
	double *office_weight;
	int64_t form_version_intake, form_version_profile, form_version_assessment;
	const struct form *intake, *profile, *assessment;
	bool is_empty;                  /* offices and administrators only */
	int64_t total;                  /* households to draw */
	size_t pool_size;               /* 0: each case has a situation of its own */
	struct situation **pool;        /* [pool_size][ROUNDS] */
	unsigned *pool_kinds;           /* whom each of them is about */
	int64_t next_casefile;
	int64_t last_number[64];        /* by year − first_year */
	int first_year;
	struct fold_cache *folds;
	const struct seed_population *population; /* of the household at hand, or NULL */
	size_t n_chosen;                /* items of a checklist that are the household's needs */
	const struct seed_need *chosen[ITEMS_MAX];
};

/* seed.c: the bundle's pathway of a level, or its first; NULL without pathways. */
const char *seed_pathway(const struct bundle *bundle, int level);

/* seed_traits.c: what a household is drawn with beside names and ages. */
/* Whom it belongs to; NULL when the bundle tells none apart. Remembered in w->population. */
struct seed_population *seed_draw_population(struct world *w);
/* The next number of the population, or one by the bundle's pattern; NULL when its test range is used up. */
const char *seed_draw_identifier(struct world *w, struct seed_population *population);
/* A pattern filled with digits: each #, or %1 with the number of them. */
const char *seed_draw_digits(struct world *w, const char *pattern, int n);
/* A first name that people of this sex and age bear. */
const char *seed_draw_given(struct world *w, const struct seed_member *m);
/* Names in parts: the father's and grandfather's by the member's place in the family. */
void seed_name_parts(struct world *w, struct household *h);
/* One member may live with a disability. */
void seed_draw_disability(struct world *w, struct household *h);

/* seed_people.c */
struct household *seed_household(struct world *w, const struct seed_office *office);
/* The first member under 18; NULL without. */
const struct seed_member *seed_first_child(const struct household *h);
/* Bits of enum kind: who lives there. */
unsigned seed_kinds(const struct household *h);
/* Folded and key forms of a whole name, from a cache of words. */
const char *seed_fold(struct world *w, const char *name);
const char *seed_key(struct world *w, const char *name);
void seed_write_people(struct world *w, int64_t casefile_id, const struct household *h, int64_t at);
void seed_write_search(struct world *w, int64_t casefile_id);

/* seed_items.c: checklists, whose needs come item by item. */
struct answers;
struct node;
/* Which open items of this round become needs, and their words; the first round opens some when there are too few. */
void seed_items_choose(struct world *w, struct answers *a, unsigned kinds, int round);
/* Answers of the round before, moved on by seed.json's "progress". */
void seed_items_carry(struct world *w, const struct node *from, struct answers *to);
/* The need chosen for an item of the household at hand; NULL when it was not chosen. */
const struct seed_need *seed_item_need(const struct world *w, const char *item);

/* seed_columns.c: answers that know the household. */
struct question;
void seed_fill_columns(struct world *w, struct answers *a, struct node *under, const struct household *h, const struct seed_member *member);
/* Gives each repeat of members as many instances as the household has. */
void seed_add_members(struct world *w, struct answers *a, const struct question *children, size_t n, const struct household *h);

/* seed_answers.c */
/* A key of { key: weight, … }. */
const char *seed_draw_weighted(struct world *w, const struct json *weights);
enum err seed_make_pool(struct world *w, struct why *why);
/* Can these people have a need of the branch? */
bool seed_branch_fits(const struct world *w, const struct json *branch, const struct household *h);
/* The rounds of a household, held on these days: made for it, or the pool's that fits it. branch: of seed.json, or NULL. */
enum err seed_situation(struct world *w, const struct household *h, const int32_t days[ROUNDS], const struct json *branch,
                        struct situation *rounds[ROUNDS], struct why *why);
/* From answers as a story writes them: JSON whose texts are TEXT objects, given at `when`. NULL on a mistake, why filled. */
const struct situation *seed_story_situation(struct world *w, const struct form *form, const struct json *answers,
                                             const struct household *h, int64_t when, bool is_draft, struct why *why);
/* Answers of intake and profile for a household, as JSON. segment may be NULL. */
const char *seed_household_answers(struct world *w, const struct form *form, const struct household *h,
                                   const struct json *given, const char **segment, struct why *why);

/* seed_history.c */
enum err seed_history(struct world *w, struct seed_office *office, struct seed_worker *worker, const struct stage *stage, struct why *why);

/* seed_story.c */
enum err seed_story(struct world *w, const struct json *story, struct why *why);

/* seed_staff.c */
enum err seed_write_staff(struct world *w, struct why *why);
struct seed_worker *seed_worker_by_name(struct world *w, const char *username, struct seed_office **office);
/* A free time of that day (or the next working days) in the worker's agenda, marked as taken; UTC. */
int64_t seed_slot(struct world *w, struct seed_worker *worker, int32_t day, int minutes);
/* The week's other hours: documentation, supervision, self-care, travel. */
void seed_agenda(struct world *w);

/* seed_log.c: events, transitions and seqs of the case at hand, written in time order at the end. */
struct seed_log {
	struct world *w;
	int64_t casefile_id;
	size_t n, cap;
	struct bulk_event *event;
	int n_transitions;
};
struct seed_log *seed_log_new(struct world *w, int64_t casefile_id);
struct bulk_event *seed_log_add(struct seed_log *log, int64_t at, const char *kind, const char *message, const struct seed_worker *by);
/* JSON array of one or two strings. */
const char *seed_params(struct world *w, const char *a, const char *b);
void seed_log_write(struct seed_log *log);
/* The step from one stage to another, by the bundle's name for it, with its event. */
void seed_log_step(struct seed_log *log, const struct stage *from, const struct stage *to, int64_t at, const struct seed_worker *by, const char *comment);

/* Instants and dates. */
int64_t seed_at(const struct world *w, int32_t day, int minute);
const char *seed_date(const struct world *w, struct arena *arena, int32_t day);
const struct stage *seed_stage_of(const struct world *w, const char *status);

#endif
