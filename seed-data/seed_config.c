/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads seed.json, stories and names for the generator. A mistake in them stops
 * `compass new` with file, line and column: seed data is a part of the bundle. */
#include "seed_config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/text.h"
#include "country/instance.h"

#define FILE_MAX (8u << 20)

/* The first problem of a file, kept for the one message `compass new` gives. */
struct first_problem { const char *file; struct why *why; };

static void keep_first(void *data, int line, int column, const char *format, ...)
{
	struct first_problem *first = data;
	char words[160];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	if (first->why->code == OK)
		fail(first->why, ERR_INVALID, "%s:%d:%d: %s", first->file, line, column, words);
}

static char *read_file(struct arena *arena, const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	char *bytes = NULL;

	if (!file)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0) {
		long size = ftell(file);
		if (size >= 0 && size <= (long)FILE_MAX && fseek(file, 0, SEEK_SET) == 0) {
			bytes = arena_alloc(arena, (size_t)size + 1);
			*length = fread(bytes, 1, (size_t)size, file);
		}
	}
	fclose(file);
	return bytes;
}

static const struct json *read_json(struct arena *arena, const char *name, const char *bytes,
                                    size_t length, struct why *why)
{
	struct first_problem first = {.file = name, .why = why};
	struct json_report report = {.arena = arena, .problem = keep_first, .data = &first};

	return json_read(&report, bytes, length);
}

const char *seed_text_in(const struct json *text, const char *language)
{
	if (!text)
		return NULL;
	if (text->kind == JSON_STRING)
		return text->string;
	const struct json *own = json_get(text, language);
	if (!own)
		own = json_get(text, "en");
	if (!own)
		own = text->first;
	return own && own->kind == JSON_STRING ? own->string : NULL;
}

const char *seed_text(const struct seed_config *config, const struct json *text)
{
	return seed_text_in(text, config->language);
}

const char *seed_draw(struct dice *dice, const struct seed_texts *texts)
{
	return texts->n ? texts->text[dice_below(dice, (uint32_t)texts->n)] : "";
}

const char *seed_draw_for(struct dice *dice, const struct seed_texts *texts, unsigned kinds)
{
	const char *drawn = "";
	uint32_t n = 0;

	for (size_t i = 0; i < texts->n; i++)
		if ((texts->kinds[i] & ~kinds) == 0 && dice_below(dice, ++n) == 0)
			drawn = texts->text[i];
	return drawn;
}

int seed_staff_count(const struct seed_config *config, const char *office, const char *role, int fallback)
{
	const struct json *roles = json_get(json_get(config->root, "staff"), office);
	const struct json *count = json_get(roles, role);

	int n = count && count->kind == JSON_NUMBER ? (int)count->number : roles ? 0 : fallback;
	return n < 0 ? 0 : n > 100 ? 100 : n;
}

double seed_office_weight(const struct seed_config *config, const char *office)
{
	const struct json *weight = json_get(json_get(config->root, "office_weights"), office);

	return weight && weight->kind == JSON_NUMBER && weight->number >= 0 ? weight->number : 1;
}

char *seed_fill_one(struct arena *arena, const char *pattern, const char *value)
{
	const char *mark = strstr(pattern, "%1");

	if (!mark)
		return arena_strdup(arena, pattern);
	return arena_printf(arena, "%.*s%s%s", (int)(mark - pattern), pattern, value, mark + 2);
}

const char *seed_romanize(const struct seed_config *config, struct arena *arena, const char *name)
{
	return config->romanize ? text_romanize(arena, name, config->romanize) : name;
}

const struct seed_dimension *seed_config_dimension(const struct seed_config *config, const char *key)
{
	for (size_t i = 0; i < config->n_dimensions; i++)
		if (text_eq(config->dimension[i].key, key))
			return &config->dimension[i];
	return NULL;
}

static const char *member_text(const struct seed_config *c, const struct json *object, const char *key)
{
	return seed_text(c, json_get(object, key));
}

/* "if": the kind of member a text is about. */
static unsigned member_kinds(const struct json *object)
{
	static const char *const names[] = {
#define X(constant, name) name,
		KINDS(X)
#undef X
	};
	const struct json *kind = object->kind == JSON_OBJECT ? json_get(object, "if") : NULL;

	for (size_t i = 0; kind && kind->kind == JSON_STRING && i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], kind->string) == 0)
			return 1u << i;
	return 0;
}

static const char *member_string(const struct json *object, const char *key, const char *fallback)
{
	const struct json *member = json_get(object, key);
	return member && member->kind == JSON_STRING ? member->string : fallback;
}

static int64_t member_int(const struct json *object, const char *key, int64_t fallback)
{
	const struct json *member = json_get(object, key);
	return member && member->is_integer ? member->integer : fallback;
}

static double member_number(const struct json *object, const char *key, double fallback)
{
	const struct json *member = json_get(object, key);
	return member && member->kind == JSON_NUMBER ? member->number : fallback;
}

/* [low, high], or one number for both. */
static void member_range(const struct json *object, const char *key, int *low, int *high)
{
	const struct json *member = json_get(object, key);

	if (member && member->is_integer) {
		*low = *high = (int)member->integer;
	} else if (member && member->kind == JSON_ARRAY && member->n == 2) {
		*low = (int)member->first->integer;
		*high = (int)member->first->next->integer;
	}
}

static struct seed_texts read_texts(const struct seed_config *c, const struct json *list)
{
	struct seed_texts texts = {0};

	if (!list)
		return texts;
	texts.text = arena_array(c->arena, const char *, list->n + 1);
	texts.kinds = arena_array(c->arena, unsigned, list->n + 1);
	for (json_each(item, list)) {
		bool is_tied = item->kind == JSON_OBJECT && json_get(item, "text");
		const char *text = seed_text(c, is_tied ? json_get(item, "text") : item);
		if (!text)
			continue;
		texts.kinds[texts.n] = member_kinds(item);
		texts.text[texts.n++] = text;
	}
	return texts;
}

static void read_actions(const struct seed_config *c, struct seed_goal *goal, const struct json *list)
{
	goal->action = arena_array(c->arena, struct seed_action, (list ? list->n : 0) + 1);
	for (json_each(item, list)) {
		struct seed_action *action = &goal->action[goal->n_actions++];
		action->what = member_text(c, item, "what");
		action->actor = member_string(item, "actor", "worker");
		action->name = member_text(c, item, "name");
		action->service = member_string(item, "service", NULL);
		action->days = (int)member_int(item, "days", 21);
	}
}

static void read_goals(const struct seed_config *c, struct seed_need *need, const struct json *list)
{
	need->goal = arena_array(c->arena, struct seed_goal, (list ? list->n : 0) + 1);
	for (json_each(item, list)) {
		struct seed_goal *goal = &need->goal[need->n_goals++];
		goal->statement = member_text(c, item, "statement");
		goal->plain = member_text(c, item, "plain");
		goal->change = member_text(c, item, "change");
		goal->days_min = 60;
		goal->days_max = 150;
		member_range(item, "days", &goal->days_min, &goal->days_max);
		read_actions(c, goal, json_get(item, "actions"));
	}
}

static void read_dimension(const struct seed_config *c, struct seed_dimension *d, const struct json *source)
{
	const struct json *items = json_get(source, "items");

	d->key = source->key;
	d->weight = member_number(source, "weight", 1);
	d->need = arena_array(c->arena, struct seed_need, (items ? items->n : 0) + 1);
	for (json_each(item, items)) {
		struct seed_need *need = &d->need[d->n_needs++];
		need->text = member_text(c, item, "text");
		need->client = member_text(c, item, "client");
		need->kinds = member_kinds(item);
		need->severity_min = 3;
		need->severity_max = 5;
		member_range(item, "severity", &need->severity_min, &need->severity_max);
		need->answers = json_get(item, "answers");
		need->chosen = need->answers && need->answers->first ? json_get(item, "chosen") : NULL;
		read_goals(c, need, json_get(item, "goals"));
	}
	d->calm = read_texts(c, json_get(json_get(c->root, "calm"), d->key));
	d->strengths = read_texts(c, json_get(json_get(c->root, "strengths"), d->key));
}

/* Needs of a checklist are drawn by item, not by dimension. */
static void read_items(struct seed_config *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_dimensions; i++)
		n += c->dimension[i].n_needs;
	c->item = arena_array(c->arena, struct seed_item, n + 1);
	for (size_t i = 0; i < c->n_dimensions; i++)
		for (size_t k = 0; k < c->dimension[i].n_needs; k++)
			if (c->dimension[i].need[k].chosen) {
				c->item[c->n_items++] = (struct seed_item){&c->dimension[i].need[k], c->dimension[i].weight};
				c->dimension_weight[i] = 0;
			}
}

static void read_dimensions(struct seed_config *c)
{
	const struct json *needs = json_get(c->root, "needs");
	size_t n = needs ? needs->n : 0;

	c->dimension = arena_array(c->arena, struct seed_dimension, n + 1);
	c->dimension_weight = arena_array(c->arena, double, n + 1);
	for (json_each(item, needs)) {
		struct seed_dimension *d = &c->dimension[c->n_dimensions];
		read_dimension(c, d, item);
		c->dimension_weight[c->n_dimensions++] = d->n_needs ? d->weight : 0;
	}
	read_items(c);
}

static void read_shapes(struct seed_config *c)
{
	const struct json *shapes = json_get(c->root, "household_shapes");
	size_t n = shapes ? shapes->n : 0;

	c->shape = arena_array(c->arena, struct seed_shape, n + 1);
	c->shape_weight = arena_array(c->arena, double, n + 1);
	for (json_each(item, shapes)) {
		const struct json *members = json_get(item, "members");
		struct seed_shape *shape = &c->shape[c->n_shapes];
		shape->member = arena_array(c->arena, struct seed_member_shape, (members ? members->n : 0) + 1);
		for (json_each(member, members)) {
			struct seed_member_shape *m = &shape->member[shape->n++];
			m->role = member_string(member, "role", "other");
			m->sex = member_string(member, "sex", NULL);
			m->age_min = 0;
			m->age_max = 90;
			member_range(member, "age", &m->age_min, &m->age_max);
		}
		c->shape_weight[c->n_shapes++] = shape->n ? member_number(item, "weight", 1) : 0;
	}
}

static enum err read_weights(struct seed_config *c, struct why *why)
{
	const struct json *stages = json_get(c->root, "stages"), *closure = json_get(c->root, "closure");

	c->stage = arena_array(c->arena, const struct stage *, (stages ? stages->n : 0) + 1);
	c->stage_weight = arena_array(c->arena, double, (stages ? stages->n : 0) + 1);
	for (json_each(item, stages)) {
		c->stage[c->n_stages] = bundle_stage(c->bundle, item->key);
		if (!c->stage[c->n_stages])
			return fail(why, ERR_INVALID, "seed.json:%d:%d: the workflow has no stage \"%s\"",
			            item->key_line, item->key_column, item->key);
		c->stage_weight[c->n_stages++] = item->number;
	}
	c->outcome = arena_array(c->arena, const char *, (closure ? closure->n : 0) + 1);
	c->outcome_weight = arena_array(c->arena, double, (closure ? closure->n : 0) + 1);
	for (json_each(item, closure)) {
		c->outcome[c->n_outcomes] = item->key;
		c->outcome_weight[c->n_outcomes++] = item->number;
	}
	return OK;
}

static void read_visits_and_notes(struct seed_config *c)
{
	const struct json *visits = json_get(c->root, "visits"), *notes = json_get(c->root, "notes");

	c->visit = arena_array(c->arena, struct seed_visit, (visits ? visits->n : 0) + 1);
	for (json_each(item, visits))
		c->visit[c->n_visits++] = (struct seed_visit){
			.kind = member_string(item, "kind", "home_visit"), .purpose = member_text(c, item, "purpose"),
			.summary = member_text(c, item, "summary"), .quote = member_text(c, item, "quote"), .kinds = member_kinds(item)};
	c->note = arena_array(c->arena, struct seed_note, (notes ? notes->n : 0) + 1);
	for (json_each(item, notes))
		c->note[c->n_notes++] = (struct seed_note){
			.text = member_text(c, item, "text"), .quote = member_text(c, item, "quote"), .kinds = member_kinds(item)};
}

static size_t read_name_list(const struct seed_config *c, const struct json *root, const char *key, const char ***out)
{
	struct seed_texts texts = read_texts(c, json_get(root, key));

	*out = texts.text;
	return texts.n;
}

static enum err read_names(struct seed_config *c, struct why *why)
{
	const char *name = member_string(c->root, "names", c->bundle->key);
	char *path = arena_printf(c->arena, "%s/seed-data/names/%s.json", compass_home(), name);
	size_t length = 0;
	char *bytes = strchr(name, '/') ? NULL : read_file(c->arena, path, &length);

	if (!bytes)
		return fail(why, ERR_INVALID, "seed.json: there is no name list seed-data/names/%s.json", name);
	const struct json *root = read_json(c->arena, name, bytes, length, why);
	if (!root)
		return why->code;
	c->names.n_female = read_name_list(c, root, "given_female", &c->names.female);
	c->names.n_male = read_name_list(c, root, "given_male", &c->names.male);
	c->names.n_family = read_name_list(c, root, "family", &c->names.family);
	c->names.n_older_female = read_name_list(c, root, "older_female", &c->names.older_female);
	c->names.n_older_male = read_name_list(c, root, "older_male", &c->names.older_male);
	c->names.n_younger_female = read_name_list(c, root, "younger_female", &c->names.younger_female);
	c->names.n_younger_male = read_name_list(c, root, "younger_male", &c->names.younger_male);
	c->names.has_mothers = strstr(member_string(root, "name_order", ""), "maternal_family") != NULL;
	c->names.has_fathers = strstr(member_string(root, "name_order", ""), " father") != NULL;
	const struct json *keeps = json_get(root, "spouse_keeps_family");
	c->names.keeps_family = keeps && keeps->kind == JSON_BOOLEAN && keeps->boolean;
	if (!c->names.n_female || !c->names.n_male || !c->names.n_family)
		return fail(why, ERR_INVALID, "seed-data/names/%s.json: needs given_female, given_male and family", name);
	return OK;
}

static enum err read_stories(struct seed_config *c, struct why *why)
{
	const struct json *keys = json_get(c->root, "stories");

	c->story = arena_array(c->arena, const struct json *, (keys ? keys->n : 0) + 1);
	for (json_each(key, keys)) {
		char *name = arena_printf(c->arena, "seed/stories/%s.json", key->string);
		size_t length = 0;
		/* a parent's story is told by who extends it */
		char *bytes = strchr(key->string, '/') ? NULL : bundle_read_file(c->bundle, c->arena, name, &length);
		if (!bytes)
			return fail(why, ERR_INVALID, "seed.json:%d:%d: there is no story %s", key->line, key->column, name);
		c->story[c->n_stories] = read_json(c->arena, name, bytes, length, why);
		if (!c->story[c->n_stories++])
			return why->code;
	}
	return OK;
}

static void read_populations(struct seed_config *c)
{
	const struct json *list = json_get(c->root, "populations");
	size_t n = list ? list->n : 0;

	c->population = arena_array(c->arena, struct seed_population, n + 1);
	c->population_weight = arena_array(c->arena, double, n + 1);
	for (json_each(item, list)) {
		struct seed_population *p = &c->population[c->n_populations];
		p->key = member_string(item, "key", "");
		p->identifier = member_string(item, "identifier", c->identifier);
		p->identifier_type = member_string(item, "identifier_type", "national");
		p->digits = (int)member_int(item, "digits", 8);
		member_range(item, "serial", &p->serial_from, &p->serial_to);
		p->serial_next = p->serial_from;
		p->n_family = read_name_list(c, item, "family", &p->family);
		p->n_female = read_name_list(c, item, "given_female", &p->female);
		p->n_male = read_name_list(c, item, "given_male", &p->male);
		p->answers = json_get(item, "answers");
		c->population_weight[c->n_populations++] = member_number(item, "weight", 1);
	}
}

static void read_plain_members(struct seed_config *c)
{
	const struct json *root = c->root;
	const struct json *title = json_get(root, "title");
	int64_t local = 0;

	c->language = member_string(root, "case_language", c->bundle->language[0].code);
	c->households = member_int(root, "households", 60);
	c->workers_per_office = (int)member_int(root, "workers_per_office", 3);
	c->months = (int)member_int(root, "months", 12);
	c->romanize = member_string(root, "romanize", NULL);
	c->title = seed_text(c, title) ? seed_text(c, title) : "%1";
	c->title_latin = seed_text_in(title, "en") ? seed_text_in(title, "en") : "%1";
	c->titles_by_child = text_eq(member_string(root, "title_of", "family"), "child");
	c->phone = member_string(root, "phone", "000 %1");
	c->identifier = member_string(root, "identifier", "%1");
	c->calm_min = 1;
	c->calm_max = 2;
	member_range(root, "calm_severity", &c->calm_min, &c->calm_max);
	c->needs_min = 2;
	c->needs_max = 4;
	member_range(root, "needs_wanted", &c->needs_min, &c->needs_max);
	c->disability = json_get(root, "disability");
	c->wanted_min = 2;
	c->wanted_max = 5;
	member_range(root, "items_wanted", &c->wanted_min, &c->wanted_max);
	c->progress = json_get(root, "progress");
	c->stays = json_get(root, "stays");
	c->held = (int)member_int(root, "held", 84);
	c->review_days = (int)member_int(root, "review_days", 90);
	if (c->review_days < 7)
		c->review_days = 7;
	c->schedule = member_text(c, root, "schedule");
	c->streets = read_texts(c, json_get(root, "streets"));
	c->returns = read_texts(c, json_get(root, "returns"));
	c->answers = json_get(root, "answers");
	c->texts = json_get(root, "texts");
	if (instant_parse(member_string(root, "clock_start", ""), &local)) {
		char date[DATE_LEN];
		date_of_instant(local, "UTC", date);
		c->clock_start = instant_of(date, minute_of_instant(local, "UTC"), c->bundle->zone);
	}
}

enum err seed_config_load(struct seed_config **config, struct arena *arena, const struct bundle *bundle, struct why *why)
{
	struct seed_config *c = arena_new_of(arena, struct seed_config);
	enum err err;

	c->arena = arena;
	c->bundle = bundle;
	*config = c;
	if (!bundle->seed_json) {       /* a new country begins without invented families */
		read_plain_members(c);
		return OK;
	}
	c->root = read_json(arena, "seed.json", bundle->seed_json, strlen(bundle->seed_json), why);
	if (!c->root)
		return why->code;
	read_plain_members(c);
	if ((err = read_weights(c, why)) != OK || (err = read_names(c, why)) != OK || (err = read_stories(c, why)) != OK)
		return err;
	read_populations(c);
	read_shapes(c);
	read_dimensions(c);
	read_visits_and_notes(c);
	if (!c->n_shapes || !c->n_stages)
		return fail(why, ERR_INVALID, "seed.json: needs household_shapes and stages");
	return OK;
}
