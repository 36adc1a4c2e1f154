/* SPDX-License-Identifier: Apache-2.0
 *
 * What no stored row names: settings of bundle.json, translations, reminders, indicators, goals,
 * manuals, pictures, the seed. Told by file, with how much came, went and changed. */
#include "upgrade_internal.h"

#include <string.h>

#include "bundle_diff.h"
#include "words.h"

#define FILES_MAX 512

struct file_count { const char *file; int64_t n[3]; };
struct rest { struct upgrade *u; size_t n; struct file_count *count; };

static bool starts_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

/* Told by lists, rules and forms already. */
static bool is_told(const char *file, const char *path)
{
	static const char *const parts[] = { "languages", "modules", "dimensions", "consents", "sensitivity" };
	for (size_t i = 0; !strcmp(file, "bundle.json") && i < sizeof parts / sizeof *parts; i++)
		if (starts_with(path, parts[i]))
			return true;
	return !strcmp(file, "workflow.json") || !strcmp(file, "roles.json") || starts_with(file, "forms/");
}

static struct file_count *count_of(struct rest *rest, const char *file)
{
	for (size_t i = 0; i < rest->n; i++)
		if (!strcmp(rest->count[i].file, file))
			return &rest->count[i];
	if (rest->n == FILES_MAX)
		return NULL;
	rest->count[rest->n] = (struct file_count){ .file = arena_strdup(rest->u->c.arena, file) };
	return &rest->count[rest->n++];
}

static void take(void *data, enum difference kind, const char *file, const char *path, const char *before, const char *after)
{
	struct rest *rest = data;
	struct upgrade *u = rest->u;
	if (is_told(file, path))
		return;
	if (!strcmp(file, "bundle.json") && !strchr(path, '/') && before && after) {
		upgrade_add(u, UPGRADE_CHANGES, "bundle.json", tr("Setting"), arena_strdup(u->c.arena, path), UPGRADE_FILL(u, tr("%1 instead of %2"), after, before), NULL, NULL);
		return;
	}
	struct file_count *count = count_of(rest, file);
	if (count)
		count->n[kind]++;
}

static void tell(struct upgrade *u, const struct file_count *count)
{
	const char *words = "";
	if (count->n[DIFFERENCE_ADDED])
		words = upgrade_list(u, words, upgrade_count(u, tr("added: %1"), count->n[DIFFERENCE_ADDED]));
	if (count->n[DIFFERENCE_CHANGED])
		words = upgrade_list(u, words, upgrade_count(u, tr("changed: %1"), count->n[DIFFERENCE_CHANGED]));
	if (count->n[DIFFERENCE_REMOVED])
		words = upgrade_list(u, words, upgrade_count(u, tr("removed: %1"), count->n[DIFFERENCE_REMOVED]));
	bool is_po = starts_with(count->file, "languages/");
	const char *effect = starts_with(count->file, "seed") || !strcmp(count->file, "personas.json") ? tr("Only instances made from now on have it.") : NULL;
	upgrade_add(u, UPGRADE_CHANGES, count->file, is_po ? tr("Translation") : tr("File"), count->file, words, effect, NULL);
}

enum err upgrade_plan_rest(struct upgrade *u, const char *before, const char *after)
{
	struct rest rest = { .u = u, .count = arena_array(u->c.arena, struct file_count, FILES_MAX) };
	char problem[200];
	if (!bundle_diff(before, after, take, &rest, problem, sizeof problem))
		return fail(u->c.why, ERR_CONFIG, "%s", problem);
	for (size_t i = 0; i < rest.n; i++)
		tell(u, &rest.count[i]);
	return OK;
}
