/* SPDX-License-Identifier: Apache-2.0
 *
 * The parameters column: key=value pairs, which keys a type takes and what their values
 * must be, as XLSForm's reference has it. */
#include "xlsform_import.h"

#include <string.h>

#include "base/text.h"

enum rule { ANY, NUMBER, WHOLE, YES_OR_NO, SEED, QUALITY, QUALITY_BACKGROUND, PRIORITY, TRUE_ONLY, ON_EDIT, NAME };

static const struct parameter { const char *types, *key; enum rule rule; } parameters[] = {
	{ "range", "start", NUMBER }, { "range", "end", NUMBER }, { "range", "step", NUMBER }, { "range", "tick_interval", NUMBER },
	{ "range", "placeholder", NUMBER }, { "range", "tick_labelset", ANY }, { "text", "rows", WHOLE },
	{ "select_one select_multiple rank select_one_external select_one_from_file select_multiple_from_file", "randomize", YES_OR_NO },
	{ "select_one select_multiple rank select_one_external select_one_from_file select_multiple_from_file", "seed", SEED },
	{ "select_one_from_file select_multiple_from_file", "value", NAME }, { "select_one_from_file select_multiple_from_file", "label", NAME },
	{ "image", "max-pixels", WHOLE }, { "image", "app", ANY }, { "audio", "quality", QUALITY }, { "background-audio", "quality", QUALITY_BACKGROUND },
	{ "geopoint geotrace geoshape", "allow-mock-accuracy", YES_OR_NO }, { "geopoint", "capture-accuracy", NUMBER },
	{ "geopoint", "warning-accuracy", NUMBER }, { "geotrace geoshape", "incremental", TRUE_ONLY }, { "geopoint geotrace geoshape", "reference-geometry", ANY },
	{ "audit", "location-priority", PRIORITY }, { "audit", "location-min-interval", WHOLE }, { "audit", "location-max-age", WHOLE },
	{ "audit", "track-changes", YES_OR_NO }, { "audit", "identify-user", YES_OR_NO }, { "audit", "track-changes-reasons", ON_EDIT },
};

static bool is_word_of(const char *words, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = words; (p = strstr(p, word)) != NULL; p += n)
		if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

/* What is wrong with a value, as the end of a sentence; NULL when it is right. */
static const char *wrong_value(enum rule rule, const char *value)
{
	double number;
	int64_t whole;
	switch (rule) {
	case NUMBER:
		return text_to_double(value, &number) ? NULL : "must be a number";
	case WHOLE:
		return text_to_int(value, &whole) && whole >= 0 ? NULL : "must be a whole number";
	case YES_OR_NO:
		return is_word_of("true false", value) ? NULL : "must be true or false";
	case SEED:
		return text_to_double(value, &number) || !strncmp(value, "${", 2) ? NULL : "must be a number or a question as ${name}";
	case QUALITY:
		return is_word_of("voice-only low normal external", value) ? NULL : "must be voice-only, low, normal or external";
	case QUALITY_BACKGROUND:
		return is_word_of("voice-only low normal", value) ? NULL : "must be voice-only, low or normal";
	case PRIORITY:
		return is_word_of("no-power low-power balanced high-accuracy", value) ? NULL : "must be no-power, low-power, balanced or high-accuracy";
	case TRUE_ONLY:
		return !strcmp(value, "true") ? NULL : "must be true, or left out";
	case ON_EDIT:
		return !strcmp(value, "on-form-edit") ? NULL : "must be on-form-edit";
	case NAME:
		return strchr(value, ' ') || *value == '\0' ? "must be the name of a column" : NULL;
	default:
		return *value ? NULL : "has no value";
	}
}

/* Every pair found, to look at them together. */
struct gathered {
	struct xf_import *import;
	const struct xf_row *row;
	const char *heading;
	double start, end, step;
	bool has_seed, is_random, is_bad;
	const char *location[3];        /* priority, interval, age */
};

static void say(struct gathered *g, const char *text)
{
	g->is_bad = true;
	xf_say(g->import, XLSFORM_ERROR, &g->import->survey, g->row->number, g->heading, "%s", text);
}

static void take_special(struct gathered *g, const char *key, const char *value)
{
	static const char *const location[] = { "location-priority", "location-min-interval", "location-max-age" };
	if (!strcmp(key, "start"))
		text_to_double(value, &g->start);
	else if (!strcmp(key, "end"))
		text_to_double(value, &g->end);
	else if (!strcmp(key, "step"))
		text_to_double(value, &g->step);
	g->has_seed |= !strcmp(key, "seed");
	g->is_random |= !strcmp(key, "randomize") && !strcmp(value, "true");
	for (int i = 0; i < 3; i++)
		if (!strcmp(key, location[i]))
			g->location[i] = value;
}

static const char *known_keys(struct arena *arena, const char *type)
{
	const char *keys = NULL;
	for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
		if (is_word_of(parameters[i].types, type))
			keys = keys ? arena_printf(arena, "%s, %s", keys, parameters[i].key) : parameters[i].key;
	return keys;
}

static void take_pair(void *data, const char *key, const char *value)
{
	struct gathered *g = data;
	struct arena *arena = g->import->arena;
	const char *type = g->row->type.name;
	for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
		if (strcmp(parameters[i].key, key) != 0 || !is_word_of(parameters[i].types, type))
			continue;
		const char *wrong = wrong_value(parameters[i].rule, value);
		if (wrong)
			say(g, arena_printf(arena, "the parameter %s %s, not \"%s\"", key, wrong, value));
		else
			take_special(g, key, value);
		return;
	}
	const char *known = known_keys(arena, type);
	if (known)
		say(g, arena_printf(arena, "a %s takes no parameter \"%s\"; it takes %s", type, key, known));
	else
		xf_say(g->import, XLSFORM_WARNING, &g->import->survey, g->row->number, g->heading, "a %s takes no parameters; \"%s\" does nothing", type, key);
}

bool xf_parameters_each(struct arena *arena, const char *text, void (*found)(void *data, const char *key, const char *value), void *data)
{
	const char *between = strchr(text, ';') ? ";" : strchr(text, ',') ? "," : " ";
	char *save = NULL, *rest = arena_strdup(arena, text);
	for (char *pair = strtok_r(rest, between, &save); pair; pair = strtok_r(NULL, between, &save)) {
		char *equals = strchr(pair, '=');
		if (!equals) {
			if (*xf_collapse(arena, pair))
				return false;
			continue;
		}
		*equals = '\0';
		const char *key = xf_snake(arena, pair), *value = xf_collapse(arena, equals + 1);
		if (!*key || strchr(value, '='))
			return false;
		found(data, key, value);
	}
	return true;
}

static void check_range(struct gathered *g)
{
	double span = g->end - g->start;
	if (span <= 0)
		say(g, "the range's end must be above its start");
	else if (g->step <= 0)
		say(g, "the range's step must be above 0");
	else if (g->step > span)
		say(g, "the range's step must fit between start and end");
}

static void check_location(struct gathered *g)
{
	int64_t interval, age;
	if (!g->location[0] && !g->location[1] && !g->location[2])
		return;
	if (!g->location[0] || !g->location[1] || !g->location[2])
		say(g, "location-priority, location-min-interval and location-max-age come together or not at all");
	else if (text_to_int(g->location[1], &interval) && text_to_int(g->location[2], &age) && age < interval)
		say(g, "location-max-age must not be below location-min-interval");
}

void xf_check_parameters(struct xf_import *import, const struct xf_row *row)
{
	const struct xf_value *value = xf_find(row->value, K_PARAMETERS);
	struct gathered g = { .import = import, .row = row, .start = 1, .end = 10, .step = 1 };
	if (!value)
		return;
	g.heading = value->column->heading;
	if (!xf_parameters_each(import->arena, value->text, take_pair, &g))
		say(&g, "parameters are written key=value, with spaces between them: \"start=0 end=10\"");
	if (g.is_bad)
		return;
	if (g.has_seed && !g.is_random)
		say(&g, "a seed needs randomize=true");
	if (!strcmp(row->type.name, "range"))
		check_range(&g);
	check_location(&g);
}
