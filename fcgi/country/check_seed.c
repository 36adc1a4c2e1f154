/* SPDX-License-Identifier: Apache-2.0
 *
 * Cross-checks of seed.json and seed/stories: every name they use exists, so that the
 * generator (seed-data/) cannot stumble. What the numbers do is the generator's business. */
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/text.h"
#include "bundle_load.h"
#include "instance.h"

static void check_members(struct loader *l, const char *name, const void *items, size_t n, size_t size, const char *what)
{
	const struct json *object = json_object(&l->report, l->seed, name);
	for (json_each(member, object)) {
		bool found = false;
		for (size_t i = 0; i < n && !found; i++) {
			const char *key;
			memcpy(&key, (const char *)items + i * size, sizeof key);
			found = text_eq(key, member->key);
		}
		if (!found && strcmp(member->key, "note") != 0)
			loader_error_key(l, member, "there is no %s \"%s\"%s", what, member->key, loader_hint_in(l, member->key, items, n, size));
	}
}

static void check_clock(struct loader *l)
{
	const char *clock = json_text(&l->report, l->seed, "clock_start", NULL);
	int64_t at;
	if (clock && (!instant_parse(clock, &at) || strchr(clock, 'Z')))
		loader_error(l, json_get(l->seed, "clock_start"), "\"%s\" is no local date and time; write it as 2026-11-17T09:12", clock);
}

static void check_names(struct loader *l)
{
	const char *names = json_text(&l->report, l->seed, "names", NULL);
	if (!names)
		return;
	if (!instance_name_is_valid(names) || access(arena_printf(l->scratch, "%s/seed-data/names/%s.json", compass_home(), names), R_OK) != 0)
		loader_error(l, json_get(l->seed, "names"), "there is no seed-data/names/%s.json", names);
}

/* Services that needs' actions name. */
static void check_actions(struct loader *l, const struct json *goals)
{
	const struct bundle *b = l->bundle;
	for (json_each(goal, goals))
		for (json_each(action, json_get(goal, "actions"))) {
			const struct json *service = json_get(action, "service");
			if (service && service->kind == JSON_STRING && *service->string && loader_has(l, DOC_SERVICES) && !bundle_service(b, service->string))
				loader_error(l, service, "there is no service \"%s\"%s", service->string,
				             loader_hint_in(l, service->string, b->service, b->n_services, sizeof *b->service));
		}
}

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
	for (json_each(member, json_get(story, "members")))
		if (text_eq(json_get(member, "key") ? json_get(member, "key")->string : NULL, key))
			return true;
	return false;
}

static void check_story(struct loader *l, const struct bundle_file *file, const struct json *named)
{
	const struct bundle *b = l->bundle;
	const struct json *story = file->json, *office = json_get(story, "office"), *stage = json_get(story, "stage");
	const char *key = loader_stem(l, file->name);
	bool is_named = false;
	if (!story)
		return;
	if (office && loader_has(l, DOC_OFFICES) && !bundle_office(b, office->string))
		loader_error(l, office, "there is no office \"%s\"%s", office->string, loader_hint_in(l, office->string, b->office, b->n_offices, sizeof *b->office));
	if (stage && loader_has(l, DOC_WORKFLOW) && !bundle_stage(b, stage->string))
		loader_error(l, stage, "there is no stage \"%s\"%s", stage->string, loader_hint_in(l, stage->string, b->stage, b->n_stages, sizeof *b->stage));
	for (json_each(name, named))
		is_named |= text_eq(name->string, key);
	if (!is_named && l->seed)
		loader_file_problem(l, false, file->path, 1, 1, "has no effect: seed.json does not name \"%s\" among its stories", key);
	for (size_t i = 0; i < b->n_personas; i++)
		if (text_eq(b->persona[i].story, key) && b->persona[i].person && !has_member(story, b->persona[i].person))
			loader_error(l, place_of(&l->persona, i, "person"), "the story \"%s\" has no member \"%s\"", key, b->persona[i].person);
}

void check_seed(struct loader *l)
{
	const struct bundle *b = l->bundle;
	static const char *const outcomes[] = {
#define X(name) name,
		OUTCOMES(X)
#undef X
	};
	const struct json *named = NULL;
	size_t n;
	if (l->seed) {
		check_clock(l);
		check_names(l);
		if (loader_has(l, DOC_WORKFLOW))
			check_members(l, "stages", b->stage, b->n_stages, sizeof *b->stage, "stage");
		check_members(l, "closure", outcomes, sizeof outcomes / sizeof *outcomes, sizeof *outcomes, "closure outcome");
		if (loader_has(l, DOC_MAIN)) {
			check_members(l, "needs", b->dimension, b->n_dimensions, sizeof *b->dimension, "dimension");
			check_members(l, "strengths", b->dimension, b->n_dimensions, sizeof *b->dimension, "dimension");
		}
		for (json_each(need, json_get(l->seed, "needs")))
			check_actions(l, json_get(need, "goals"));
		named = check_named_stories(l);
	}
	const struct bundle_file **stories = loader_files_in(l, "seed/stories", ".json", &n);
	for (size_t i = 0; i < n; i++)
		check_story(l, stories[i], named);
}
