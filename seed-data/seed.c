/* SPDX-License-Identifier: Apache-2.0
 *
 * The generator's conductor: staff, stories, then households drawn until the number is
 * reached. Everything drawn comes from one dice in one order, so that equal seeds give
 * equal databases. */
#include "seed.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "country/form_words.h"
#include "country/words.h"
#include "seed_world.h"

#define VIEWS_S (90 * 86400)   /* how far back it is kept who read the files of the stories */
#define LASTING_MAX ((size_t)512 << 20)
#define CASE_MAX ((size_t)32 << 20)
#define OWN_MAX 2000    /* up to so many cases each has answers of its own; beyond, they draw from a pool */
#define POOL_MAX 192
#define CASES_A_COMMIT 2000

static enum err open_world(struct world *w, struct instance *instance, int64_t now, struct why *why)
{
	*w = (struct world){.instance = instance, .bundle = instance->bundle, .now = now};
	w->arena = arena_new(LASTING_MAX);
	w->scratch = arena_new(CASE_MAX);
	w->bulk = (struct bulk){.db = instance->db, .why = why};
	date_of_instant(now, w->bundle->zone, w->today);
	date_to_days(w->today, &w->today_days);
	w->first_year = atoi(w->today) - 40;
	enum err err = seed_config_load(&w->config, w->arena, w->bundle, why);
	if (err == OK)
		words_use(w->bundle->languages, w->config->language);
	return err;
}

static void close_world(struct world *w)
{
	arena_free(w->scratch);
	arena_free(w->arena);
}

/* The newest members of each year's numbers are the stories'; drawn cases stay below and above them. */
static void reserve_numbers(struct world *w)
{
	for (size_t i = 0; i < w->config->n_stories; i++) {
		const struct json *number = json_get(w->config->story[i], "number"), *year = json_get(w->config->story[i], "year");
		if (!number || !year)
			continue;
		int64_t *last = &w->last_number[year->integer - w->first_year];
		if (*last < number->integer)
			*last = number->integer;
	}
}

static enum err register_form(struct world *w, const char *key, const struct form **form, int64_t *version)
{
	struct actor actor = {.kind = ACTOR_SYSTEM, .username = "system", .name = "system", .role = "", .office = "", .area = "", .now = w->now};
	struct context c = {.db = w->bulk.db, .arena = w->arena, .why = w->bulk.why, .actor = &actor, .dir = w->instance->dir, .zone = w->bundle->zone};

	*form = key ? bundle_form(w->bundle, key) : NULL;
	if (!*form)
		return OK;
	return form_words_keep(&c, w->bundle, *form, version);
}

static enum err register_forms(struct world *w)
{
	enum err err = register_form(w, w->bundle->intake_form, &w->intake, &w->form_version_intake);

	if (err == OK)
		err = register_form(w, w->bundle->profile_form, &w->profile, &w->form_version_profile);
	if (err == OK)
		err = register_form(w, w->bundle->assessment_form, &w->assessment, &w->form_version_assessment);
	return err;
}

static enum err tell_stories(struct world *w, struct why *why)
{
	for (size_t i = 0; i < w->config->n_stories; i++) {
		enum err err = seed_story(w, w->config->story[i], why);
		arena_clear(w->scratch);
		if (err != OK)
			return err;
	}
	bulk_views(&w->bulk, w->now - VIEWS_S);
	return w->bulk.err;
}

const char *seed_pathway(const struct bundle *bundle, int level)
{
	for (size_t i = 0; i < bundle->n_pathways; i++)
		if (bundle->pathway[i].level == level)
			return bundle->pathway[i].key;
	return bundle->n_pathways ? bundle->pathway[0].key : NULL;
}

/* The worker of the office with the fewest open cases. */
static struct seed_worker *least_busy(struct seed_office *office)
{
	struct seed_worker *least = &office->worker[0];

	for (size_t i = 1; i < office->n_workers; i++)
		if (office->worker[i].n_open < least->n_open)
			least = &office->worker[i];
	return least;
}

/* The office whose least busy worker has the fewest open cases. */
static struct seed_office *least_busy_office(struct world *w)
{
	struct seed_office *least = &w->office[0];

	for (size_t i = 1; i < w->n_offices; i++)
		if (least_busy(&w->office[i])->n_open < least_busy(least)->n_open)
			least = &w->office[i];
	return least;
}

/* More households than the bundle was written for: its staff was hired for the whole (seed_staff.c), and cases go round. */
static bool is_scaled(const struct world *w)
{
	return w->total > w->config->households;
}

static struct seed_worker *worker_for(struct world *w, struct seed_office **office, bool is_open)
{
	if (is_scaled(w))
		return &(*office)->worker[(*office)->turn++ % (*office)->n_workers];
	if (is_open && w->bundle->caseload_norm && least_busy(*office)->n_open >= w->bundle->caseload_norm)
		*office = least_busy_office(w);
	return least_busy(*office);
}

static enum err draw_case(struct world *w, struct why *why)
{
	const struct seed_config *c = w->config;
	struct seed_office *office = &w->office[dice_weighted(&w->dice, w->office_weight, w->n_offices)];
	const struct stage *stage = c->stage[dice_weighted(&w->dice, c->stage_weight, c->n_stages)];
	bool is_open = strcmp(stage->status, "closed") != 0;
	struct seed_worker *worker = worker_for(w, &office, is_open);
	enum err err = seed_history(w, office, worker, stage, why);

	if (err == OK && is_open)
		worker->n_open++;
	arena_clear(w->scratch);
	return err;
}

static enum err draw_cases(struct world *w, int64_t total, seed_progress_fn *progress, void *data, struct why *why)
{
	for (int64_t i = (int64_t)w->config->n_stories; i < total; i++) {
		enum err err = draw_case(w, why);
		if (err != OK)
			return err;
		if ((i + 1) % CASES_A_COMMIT == 0) {
			bulk_commit(&w->bulk);
			bulk_begin(&w->bulk);
		}
		if (progress && (i % 200 == 0 || i + 1 == total))
			progress(data, i + 1, total);
	}
	return w->bulk.err;
}

static void write_counters(struct world *w)
{
	for (int i = 0; i < 64; i++)
		if (w->last_number[i])
			bulk_counter(&w->bulk, w->first_year + i, w->last_number[i]);
}

static enum err generate(struct world *w, const struct seed_options *options, seed_progress_fn *progress, void *data, struct why *why)
{
	int64_t total = options->households ? options->households : w->config->households;
	enum err err;

	w->total = total;
	dice_seed(&w->dice, options->seed);
	w->pool_size = total <= OWN_MAX ? 0 : POOL_MAX;
	bulk_begin(&w->bulk);
	if ((err = seed_write_staff(w, why)) != OK || (err = register_forms(w)) != OK)
		return err;
	if (w->assessment && (err = seed_make_pool(w, why)) != OK)
		return err;
	reserve_numbers(w);
	if ((err = tell_stories(w, why)) != OK)
		return err;
	if ((err = draw_cases(w, total, progress, data, why)) != OK)
		return err;
	seed_agenda(w);
	write_counters(w);
	return w->bulk.err;
}

/* Offices and administrators, and no more. */
static enum err staff_only(struct world *w, struct why *why)
{
	w->is_empty = true;
	bulk_begin(&w->bulk);
	return seed_write_staff(w, why);
}

static enum err finish(struct world *w, enum err err)
{
	if (w->bulk.err == OK)
		w->bulk.err = err;
	bulk_commit(&w->bulk);
	return err != OK ? err : w->bulk.err;
}

enum err seed_generate(struct instance *instance, const struct seed_options *options,
                       seed_progress_fn *progress, void *data, struct why *why)
{
	struct world w;
	enum err err = open_world(&w, instance, options->now, why);

	if (err == OK)
		err = finish(&w, w.config->root ? generate(&w, options, progress, data, why) : staff_only(&w, why));
	close_world(&w);
	return err;
}

enum err seed_staff(struct instance *instance, int64_t now, struct why *why)
{
	struct world w;
	enum err err = open_world(&w, instance, now, why);

	if (err == OK)
		err = finish(&w, staff_only(&w, why));
	close_world(&w);
	return err;
}

int64_t seed_clock_start(const struct bundle *bundle)
{
	struct arena *arena = arena_new(LASTING_MAX);
	struct seed_config *config;
	struct why why = {0};
	int64_t start = seed_config_load(&config, arena, bundle, &why) == OK ? config->clock_start : 0;

	arena_free(arena);
	return start;
}
