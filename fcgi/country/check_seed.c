/* SPDX-License-Identifier: Apache-2.0
 *
 * Cross-checks of seed.json and seed/stories: every name they use exists, so that the
 * generator (seed-data/) cannot stumble. What the numbers do is the generator's business. */
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "bundle_load.h"
#include "instance.h"

/* Members of an object that must be keys of an array of structs. */
static void check_keys(struct loader *l, const struct json *object, const void *items, size_t n, size_t size, const char *what)
{
	for (json_each(member, object && object->kind == JSON_OBJECT ? object : NULL)) {
		bool found = !strcmp(member->key, "note");
		for (size_t i = 0; i < n && !found; i++) {
			const char *key;
			memcpy(&key, (const char *)items + i * size, sizeof key);
			found = text_eq(key, member->key);
		}
		if (!found)
			loader_error_key(l, member, "there is no %s \"%s\"%s", what, member->key, loader_hint_in(l, member->key, items, n, size));
	}
}

/* Every "service" below names one. */
static void check_services_in(struct loader *l, const struct json *json)
{
	const struct bundle *b = l->bundle;
	for (json_each(item, json)) {
		if (item->key && !strcmp(item->key, "service") && item->kind == JSON_STRING && *item->string && !bundle_service(b, item->string))
			loader_error(l, item, "there is no service \"%s\"%s", item->string, loader_hint_in(l, item->string, b->service, b->n_services, sizeof *b->service));
		check_services_in(l, item);
	}
}

static void check_names(struct loader *l)
{
	const char *names = json_text(&l->report, l->seed, "names", NULL);
	if (!names)
		return;
	if (!instance_name_is_valid(names) || access(arena_printf(l->scratch, "%s/seed-data/names/%s.json", compass_home(), names), R_OK) != 0)
		loader_error(l, json_get(l->seed, "names"), "there is no seed-data/names/%s.json", names);
}

/* "answers": { form: { question: { choice: weight } } }. */
static void check_weights(struct loader *l, const struct json *answers)
{
	for (json_each(form_weights, answers)) {
		const struct form *form = bundle_form(l->bundle, form_weights->key);
		if (!form)
			loader_error_key(l, form_weights, "there is no form \"%s\"", form_weights->key);
		for (json_each(weights, form ? form_weights : NULL)) {
			const struct question *q = form_question(form, weights->key);
			if (!q)
				loader_error_key(l, weights, "the form \"%s\" has no question \"%s\"", form->key, weights->key);
			for (json_each(weight, q && q->choices && weights->kind == JSON_OBJECT ? weights : NULL))
				check_choice_names(l, q, weight, weight->key);
		}
	}
}

/* Those of the bundle, and those of each population before them. */
static void check_all_weights(struct loader *l)
{
	check_weights(l, json_get(l->seed, "answers"));
	for (json_each(population, json_get(l->seed, "populations")))
		check_weights(l, json_get(population, "answers"));
}

static void check_places(struct loader *l)
{
	const struct bundle *b = l->bundle;
	check_keys(l, json_get(l->seed, "office_weights"), b->office, b->n_offices, sizeof *b->office, "office");
	check_keys(l, json_get(l->seed, "staff"), b->office, b->n_offices, sizeof *b->office, "office");
	check_keys(l, json_get(l->seed, "localities"), b->office, b->n_offices, sizeof *b->office, "office");
	for (json_each(office, json_get(l->seed, "staff")))
		check_keys(l, loader_has(l, DOC_ROLES) ? office : NULL, b->role, b->n_roles, sizeof *b->role, "role");
}

/* "branches": stage → { "needs": [dimension], "answers": { question: value } }. */
static void check_branches(struct loader *l, const struct json *branches)
{
	const struct bundle *b = l->bundle;

	check_keys(l, branches, b->stage, b->n_stages, sizeof *b->stage, "stage");
	for (json_each(branch, branches)) {
		for (json_each(need, json_get(branch, "needs")))
			if (need->kind != JSON_STRING || !bundle_dimension(b, need->string))
				loader_error(l, need, "there is no such dimension in bundle.json");
	}
}

static void check_shares(struct loader *l)
{
	const struct bundle *b = l->bundle;
	static const char *const outcomes[] = {
#define X(name) name,
		OUTCOMES(X)
#undef X
	};
	static const char *const by_dimension[] = { "needs", "calm", "strengths", "progress" };
	if (loader_has(l, DOC_WORKFLOW))
		check_keys(l, json_get(l->seed, "stages"), b->stage, b->n_stages, sizeof *b->stage, "stage");
	if (loader_has(l, DOC_WORKFLOW))
		check_branches(l, json_get(l->seed, "branches"));
	check_keys(l, json_get(l->seed, "closure"), outcomes, sizeof outcomes / sizeof *outcomes, sizeof *outcomes, "closure outcome");
	for (size_t i = 0; loader_has(l, DOC_MAIN) && i < sizeof by_dimension / sizeof *by_dimension; i++)
		check_keys(l, json_get(l->seed, by_dimension[i]), b->dimension, b->n_dimensions, sizeof *b->dimension, "dimension");
}

/* ---- stories ---- */

static const struct json *check_named_stories(struct loader *l)
{
	const struct json *stories = json_array(&l->report, l->seed, "stories");
	for (json_each(story, stories))
		if (story->kind != JSON_STRING || !loader_file(l, arena_printf(l->scratch, "seed/stories/%s.json", story->string)))
			loader_error(l, story, "there is no seed/stories/%s.json", story->string);
	return stories;
}

static bool has_member(const struct json *story, const char *key)
{
	for (json_each(member, json_get(story, "members"))) {
		const struct json *own = json_get(member, "key");
		if (own && text_eq(own->string, key))
			return true;
	}
	return false;
}

static void check_reference(struct loader *l, const struct json *at, const void *items, size_t n, size_t size, const char *what)
{
	for (size_t i = 0; at && i < n; i++) {
		const char *key;
		memcpy(&key, (const char *)items + i * size, sizeof key);
		if (text_eq(key, at->string))
			return;
	}
	if (at)
		loader_error(l, at, "there is no %s \"%s\"%s", what, at->string, loader_hint_in(l, at->string, items, n, size));
}

static void check_story_steps(struct loader *l, const struct json *story)
{
	const struct bundle *b = l->bundle;
	for (json_each(step, loader_has(l, DOC_WORKFLOW) ? json_get(story, "transitions") : NULL))
		check_reference(l, json_get(step, "name"), b->transition, b->n_transitions, sizeof *b->transition, "transition");
	for (json_each(consent, loader_has(l, DOC_MAIN) ? json_get(story, "consents") : NULL))
		check_reference(l, json_get(consent, "key"), b->consent, b->n_consents, sizeof *b->consent, "consent");
	if (loader_has(l, DOC_WORKFLOW))
		check_reference(l, json_get(story, "stage"), b->stage, b->n_stages, sizeof *b->stage, "stage");
	if (loader_has(l, DOC_OFFICES))
		check_reference(l, json_get(story, "office"), b->office, b->n_offices, sizeof *b->office, "office");
}

static void check_story_answers(struct loader *l, const struct json *story)
{
	const struct bundle *b = l->bundle;
	const struct form *intake = bundle_form(b, b->intake_form), *profile = bundle_form(b, b->profile_form), *assessment = bundle_form(b, b->assessment_form);
	if (intake)
		check_answers(l, intake, json_get(json_get(story, "intake"), "answers"));
	if (profile)
		check_answers(l, profile, json_get(json_get(story, "profile"), "answers"));
	for (json_each(round, assessment ? json_get(story, "assessments") : NULL))
		check_answers(l, assessment, json_get(round, "answers"));
}

static void check_story(struct loader *l, const struct bundle_file *file, const struct json *named)
{
	const struct bundle *b = l->bundle;
	const struct json *story = file->json;
	const char *key = loader_stem(l, file->name);
	bool is_named = !l->seed;
	for (json_each(name, named))
		is_named |= text_eq(name->string, key);
	if (!is_named) {
		if (layer_file(&l->layer[0], file->name))
			loader_file_problem(l, false, file->path, 1, 1, "has no effect: seed.json does not name \"%s\" among its stories", key);
		return;
	}
	if (!story)
		return;
	loader_check(l, story, story_shape);
	check_story_steps(l, story);
	check_story_answers(l, story);
	if (loader_has(l, DOC_SERVICES))
		check_services_in(l, story);
	for (size_t i = 0; i < b->n_personas; i++)
		if (text_eq(b->persona[i].story, key) && b->persona[i].person && !has_member(story, b->persona[i].person))
			loader_error(l, place_of(&l->persona, i, "person"), "the story \"%s\" has no member \"%s\"", key, b->persona[i].person);
}

void check_seed(struct loader *l)
{
	const struct json *named = NULL;
	size_t n;
	if (l->seed) {
		loader_check(l, l->seed, seed_shape);
		check_names(l);
		check_shares(l);
		if (loader_has(l, DOC_OFFICES))
			check_places(l);
		if (loader_has(l, DOC_FORMS))
			check_all_weights(l);
		if (loader_has(l, DOC_SERVICES))
			check_services_in(l, l->seed);
		named = check_named_stories(l);
	}
	const struct bundle_file **stories = loader_files_in(l, "seed/stories", ".json", &n);
	for (size_t i = 0; i < n; i++)
		check_story(l, stories[i], named);
}
