/* SPDX-License-Identifier: Apache-2.0
 *
 * From posted fields to answers. A checkbox that is not ticked posts nothing, so the
 * macros put an empty field of the same name before each choice: a name that comes at
 * all starts its answer anew. Answers of several parts come as "q/path.lat". */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "form_show.h"

#define MAX_PARTS 64

/* One answer as it comes together. */
struct taken {
	struct taken *next;
	struct node *node;
	const char *path;
	const char *whole;              /* posted under the plain name, NULL when it was not */
	const char *part[MAX_PARTS];
	size_t n_parts;
};

struct post {
	struct answers *answers;
	const struct form_view_options *options;
	struct taken *first;
};

/* Which part a suffix names; -1 none. */
static int part_index(enum question_type type, const char *suffix)
{
	static const struct { enum question_type type; const char *name; int index; } parts[] = {
		{ Q_GEOPOINT, "lat", 0 }, { Q_GEOPOINT, "lon", 1 }, { Q_DATETIME, "date", 0 }, { Q_DATETIME, "time", 1 },
		{ Q_DATE, "year", 0 }, { Q_DATE, "month", 1 }, { Q_DATE, "day", 2 },
	};
	int64_t place;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].type == type && !strcmp(parts[i].name, suffix))
			return parts[i].index;
	if (type == Q_RANK && text_to_int(suffix, &place) && place >= 1 && place <= MAX_PARTS)
		return (int)place - 1;
	return -1;
}

/* Is every group on the way to the path, the repeat included, one that this actor may read. */
static bool may_change(const struct answers *answers, const struct form_view_options *options, const char *path)
{
	const struct question *list = answers->form->child;
	size_t n = answers->form->n, i = 0;
	for (const char *part = path; part && *part;) {
		size_t length = strcspn(part, "[/");
		for (i = 0; i < n && (strlen(list[i].name) != length || memcmp(list[i].name, part, length) != 0); i++)
			;
		if (i == n || !form_view_may_read(options, &list[i]))
			return false;
		n = list[i].n;
		list = list[i].child;
		part = strchr(part, '/');
		part = part ? part + 1 : NULL;
	}
	return !options->is_closed;
}

/* The node a field's name means, with its part; a question's own name may have a point in it. */
static struct node *find_field(const struct post *post, const char *path, int *part)
{
	struct node *node = answers_find(post->answers, path);
	*part = -1;
	if (!node && may_change(post->answers, post->options, path))
		node = answers_reach(post->answers, path);
	if (node)
		return node;
	const char *dot = strrchr(path, '.');
	if (!dot)
		return NULL;
	node = answers_find(post->answers, arena_strndup(post->answers->arena, path, (size_t)(dot - path)));
	*part = node ? part_index(node->question->type, dot + 1) : -1;
	return *part >= 0 ? node : NULL;
}

static struct taken *taken_of(struct post *post, struct node *node)
{
	for (struct taken *taken = post->first; taken; taken = taken->next)
		if (taken->node == node)
			return taken;
	struct taken *taken = arena_new_of(post->answers->arena, struct taken);
	*taken = (struct taken){ .next = post->first, .node = node };
	return post->first = taken;
}

static void take(struct post *post, struct node *node, int part, const char *value)
{
	struct taken *taken = taken_of(post, node);
	if (part >= 0) {
		taken->part[part] = value;
		taken->n_parts = taken->n_parts > (size_t)part ? taken->n_parts : (size_t)part + 1;
	} else if (!taken->whole || !*taken->whole) {
		taken->whole = value;
	} else if (*value && node->question->type == Q_SELECT_MULTIPLE) {
		taken->whole = arena_printf(post->answers->arena, "%s %s", taken->whole, value);
	} else if (*value) {
		taken->whole = value;
	}
}

static const char *trimmed(struct post *post, const struct taken *taken, size_t i)
{
	return i < taken->n_parts && taken->part[i] ? text_trim(post->answers->arena, taken->part[i]) : "";
}

static const char *join_date(struct post *post, const struct taken *taken)
{
	const char *year = trimmed(post, taken, 0), *month = trimmed(post, taken, 1), *day = trimmed(post, taken, 2);
	int64_t y, m, d;
	if (text_to_int(year, &y) && text_to_int(month, &m) && text_to_int(day, &d) && y >= 0 && y <= 9999 && m >= 0 && m <= 99 && d >= 0 && d <= 99)
		return arena_printf(post->answers->arena, "%04d-%02d-%02d", (int)y, (int)m, (int)d);
	return *year || *month || *day ? arena_printf(post->answers->arena, "%s-%s-%s", year, month, day) : "";
}

static const char *join(struct post *post, const struct taken *taken)
{
	enum question_type type = taken->node->question->type;
	const char *first = trimmed(post, taken, 0), *second = trimmed(post, taken, 1);
	if (type == Q_DATE)
		return join_date(post, taken);
	if (type == Q_DATETIME)
		return *first || *second ? arena_printf(post->answers->arena, "%sT%s", first, second) : "";
	/* half a place stays half: "40.79" alone is refused with both fields to see */
	if (type == Q_GEOPOINT)
		return arena_printf(post->answers->arena, *second ? "%s %s" : "%s%s", first, second);
	char *places = arena_strdup(post->answers->arena, "");
	for (size_t i = 0; i < taken->n_parts; i++) {
		const char *name = trimmed(post, taken, i);
		if (*name)
			places = arena_printf(post->answers->arena, "%s%s%s", places, *places ? " " : "", name);
	}
	return places;
}

/* A tag on the question or on any group around it. */
static bool may_write(const struct post *post, const struct node *node)
{
	for (const struct question *q = node->question; q; q = q->parent)
		if (!form_view_may_read(post->options, q))
			return false;
	return question_is_asked(node->question) && !answers_is_read_only(post->answers, node);
}

/* Puts what was taken into the answers. */
static enum err apply(struct post *post, struct why *why)
{
	for (struct taken *taken = post->first; taken; taken = taken->next) {
		if (!may_write(post, taken->node))
			continue;
		const char *value = taken->n_parts ? join(post, taken) : taken->whole;
		enum err err = answers_set(post->answers, answers_path(taken->node, post->answers->arena), value);
		if (err)
			return fail(why, err, "answer \"%s\"", taken->node->question->path);
	}
	return OK;
}

/* Takes the fields that are there now and marks them; returns how many that were. */
static size_t take_present(struct post *post, size_t n, const struct form_posted *posted, bool *is_taken)
{
	size_t found = 0;
	post->first = NULL;
	for (size_t i = 0; i < n; i++) {
		int part;
		struct node *node = is_taken[i] ? NULL : find_field(post, posted[i].name + 2, &part);
		if (!node || node->question->type == Q_GROUP || node->question->type == Q_REPEAT)
			continue;
		take(post, node, part, posted[i].value);
		is_taken[i] = true;
		found++;
	}
	return found;
}

/* The question that a path names, its instance numbers left aside; tells whether a counted repeat is around it. */
static const struct question *question_at(const struct form *form, const char *path, bool *is_counted)
{
	const struct question *list = form->child, *found = NULL;
	size_t n = form->n, i;
	*is_counted = false;
	while (path && *path) {
		size_t length = strcspn(path, "[/");
		for (i = 0; i < n && (strlen(list[i].name) != length || memcmp(list[i].name, path, length) != 0); i++)
			;
		if (i == n)
			return NULL;
		found = &list[i];
		*is_counted |= found->repeat_count != NULL;
		n = found->n;
		list = found->child;
		path = strchr(path, '/');
		path = path ? path + 1 : NULL;
	}
	return found;
}

/* A field of an instance that the count no longer has: it went while the page was open, and nothing is asked there. */
static bool is_beyond_count(const struct post *post, const char *path)
{
	bool is_counted;
	const char *dot = strrchr(path, '.');
	if (question_at(post->answers->form, path, &is_counted))
		return is_counted;
	return dot && question_at(post->answers->form, arena_strndup(post->answers->arena, path, (size_t)(dot - path)), &is_counted) && is_counted;
}

enum err form_view_post(struct answers *answers, const struct form_view_options *options, size_t n,
                        const struct form_posted *posted, struct why *why)
{
	struct post post = { .answers = answers, .options = options };
	bool *is_taken = arena_array(answers->arena, bool, n);
	for (size_t i = 0; i < n; i++)
		is_taken[i] = strncmp(posted[i].name, "q/", 2) != 0;
	/* Again as long as something new is found: a count that comes with the rest makes instances, whose fields come, too. */
	while (take_present(&post, n, posted, is_taken)) {
		enum err err = options->is_closed ? OK : apply(&post, why);
		if (!err && !options->is_closed && memchr(is_taken, false, n))
			err = answers_update(answers, why);
		if (err)
			return err;
	}
	for (size_t i = 0; i < n; i++)
		if (!is_taken[i] && !is_beyond_count(&post, posted[i].name + 2))
			return fail(why, ERR_BAD_REQUEST, "the form has no field \"%.100s\"", posted[i].name);
	return OK;
}

bool form_view_do(struct answers *answers, const struct form_view_options *options, const char *action)
{
	const char *path = strchr(action, ':');
	if (!path || !may_change(answers, options, path + 1))
		return false;
	if (!strncmp(action, "add:", 4))
		return answers_add_repeat(answers, path + 1) == OK;
	if (!strncmp(action, "remove:", 7))
		return answers_remove_repeat(answers, path + 1) == OK;
	return false;
}
