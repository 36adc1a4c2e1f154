/* SPDX-License-Identifier: Apache-2.0
 *
 * bundle_load and the life of a loaded bundle. Everything hangs on one arena; a bundle
 * with an error is never handed out. Used by instance.c for the sites and by `compass`. */
#include "bundle.h"

#include <fcntl.h>
#include <malloc.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bundle_load.h"
#include "check.h"

#define BUNDLE_ARENA_MAX (256u << 20)
#define SCRATCH_ARENA_MAX (512u << 20)

/* The bytes of all files in order: FNV-1a over names and contents. */
static int64_t digest_of(const struct loader *l)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < l->n_layers; i++)
		for (size_t j = 0; j < l->layer[i].n; j++) {
			const struct bundle_file *file = &l->layer[i].file[j];
			for (const char *p = file->path; *p; p++)
				h = (h ^ (unsigned char)*p) * 1099511628211u;
			for (size_t k = 0; file->bytes && k < file->length; k++)
				h = (h ^ (unsigned char)file->bytes[k]) * 1099511628211u;
		}
	return (int64_t)h;
}

static void keep_folders(struct loader *l)
{
	struct bundle *b = l->bundle;
	const char **dirs = arena_array(l->arena, const char *, l->n_layers + 1);
	for (size_t i = 0; i < l->n_layers; i++)
		dirs[i] = l->layer[i].dir;
	b->dirs = dirs;
	b->key = l->layer[0].key;
	b->dir = l->layer[0].dir;
	b->watch = arena_new_of(l->arena, struct bundle_watch);
	*b->watch = (struct bundle_watch){ .n = l->n_watched, .item = l->watched, .looked_at = time(NULL) };
}

static const struct json *document(struct loader *l, const char *name, unsigned bit)
{
	for (size_t i = 0; i < l->n_layers; i++) {
		const struct bundle_file *file = layer_file(&l->layer[i], name);
		if (file && (!file->json || file->json->kind != JSON_OBJECT))
			l->broken |= bit;
	}
	return loader_document(l, name);
}

static void read_documents(struct loader *l)
{
	l->main = document(l, "bundle.json", DOC_MAIN);
	l->roles = document(l, "roles.json", DOC_ROLES);
	l->offices = document(l, "offices.json", DOC_OFFICES);
	l->workflow = document(l, "workflow.json", DOC_WORKFLOW);
	l->services = document(l, "services.json", DOC_SERVICES);
	l->personas = document(l, "personas.json", DOC_PERSONAS);
	l->reminders = document(l, "reminders.json", DOC_REMINDERS);
	l->indicators = document(l, "indicators.json", DOC_INDICATORS);
	l->card = document(l, "card.json", DOC_CARD);
	l->goals = document(l, "goals.json", DOC_GOALS);
}

static void need_document(struct loader *l, const struct json *found, const char *name, const char *what)
{
	bool is_broken = false;
	for (size_t i = 0; i < l->n_layers; i++)
		is_broken |= layer_file(&l->layer[i], name) != NULL;
	if (!found && !is_broken)
		loader_file_problem(l, true, arena_printf(l->scratch, "%s/%s", l->layer[0].key, name), 1, 1,
		                    "is missing, here and in the parents: it names %s", what);
}

static void read_parts(struct loader *l)
{
	need_document(l, l->roles, "roles.json", "the roles and what each may do");
	need_document(l, l->offices, "offices.json", "the areas and offices");
	need_document(l, l->workflow, "workflow.json", "the stages of a case");
	loader_main(l);
	loader_words(l);
	loader_people(l);
	loader_geography(l);
	loader_workflow(l);
	loader_services(l);
	loader_reminders(l);
	loader_indicators(l);
	loader_goals(l);
	loader_card(l);
	loader_manuals(l);
	loader_emblem(l);
	loader_forms(l);
	size_t n;
	loader_files_in(l, "forms", ".json", &n);
	if (n != l->bundle->n_forms)
		l->broken |= DOC_FORMS;
	const struct bundle_file *seed = loader_file(l, "seed.json");
	l->seed = seed ? seed->json : NULL;
	l->bundle->seed_json = seed && seed->json ? arena_strndup(l->arena, seed->bytes, seed->length) : NULL;
}

/* What the parts must agree on. What could not be read is not asked for: no echo of one mistake. */
static void check_whole(struct loader *l)
{
	check_markup(l);
	check_references(l);
	check_content(l);
	check_card(l);
	check_workflow(l);
	check_forms(l);
	check_words(l);
	check_seed(l);
	if (l->wants_tests && l->n_errors == 0)
		check_tests(l);
}

static struct bundle *load(const char *dir, bundle_problem_fn *problem, void *data, bool wants_tests)
{
	struct loader *l = NULL;
	struct arena *arena = arena_new(BUNDLE_ARENA_MAX), *scratch = arena_new(SCRATCH_ARENA_MAX);
	l = arena_new_of(scratch, struct loader);
	*l = (struct loader){ .arena = arena, .scratch = scratch, .problem = problem, .data = data, .wants_tests = wants_tests };
	l->report = (struct json_report){ .arena = scratch, .problem = loader_form_problem, .data = l };
	l->bundle = arena_new_of(arena, struct bundle);
	l->bundle->arena = arena;
	struct bundle *volatile loaded = NULL;
	if (setjmp(l->escape) == 0) {
		arena_set_escape(arena, &l->escape);
		arena_set_escape(scratch, &l->escape);
		if (loader_read_folders(l, dir)) {
			keep_folders(l);
			read_documents(l);
			read_parts(l);
			check_whole(l);
			l->bundle->files_digest = digest_of(l);
			loaded = l->n_errors == 0 ? l->bundle : NULL;
		}
	} else {
		problem(data, true, dir, 1, 1, "the bundle is too large to be loaded");
		loaded = NULL;
	}
	arena_set_escape(arena, NULL);
	arena_free(scratch);
	if (!loaded)
		arena_free(arena);
	/* the trees were megabytes: a worker that stays for days should not keep them */
	malloc_trim(0);
	return loaded;
}

struct bundle *bundle_load(const char *dir, bundle_problem_fn *problem, void *data)
{
	return load(dir, problem, data, false);
}

struct bundle *bundle_check(const char *dir, bundle_problem_fn *problem, void *data)
{
	return load(dir, problem, data, true);
}

void bundle_free(struct bundle *bundle)
{
	if (bundle)
		arena_free(bundle->arena);
}

static bool is_changed(const struct watched *item, const struct stat *st)
{
	return st->st_ino != item->inode || st->st_size != item->size || st->st_mtim.tv_sec != item->mtime.tv_sec || st->st_mtim.tv_nsec != item->mtime.tv_nsec;
}

bool watch_is_stale(struct bundle_watch *watch)
{
	time_t now = time(NULL);
	struct stat st;
	if (watch->is_stale || now == watch->looked_at)
		return watch->is_stale;
	watch->looked_at = now;
	for (size_t i = 0; i < watch->n && !watch->is_stale; i++) {
		watch->is_stale = stat(watch->item[i].path, &st) != 0 || is_changed(&watch->item[i], &st);
	}
	return watch->is_stale;
}

bool bundle_is_stale(const struct bundle *bundle)
{
	return watch_is_stale(bundle->watch);
}

static bool is_inside(const char *name)
{
	return *name && *name != '/' && !strstr(name, "..") && !strchr(name, '\\');
}

static char *read_whole(int fd, struct arena *arena, size_t *length)
{
	struct stat st;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > (off_t)BUNDLE_FILE_MAX)
		return NULL;
	char *bytes = arena_alloc(arena, (size_t)st.st_size + 1);
	ssize_t n = read(fd, bytes, (size_t)st.st_size);
	*length = n > 0 ? (size_t)n : 0;
	return n == st.st_size ? bytes : NULL;
}

char *bundle_read_file(const struct bundle *bundle, struct arena *arena, const char *name, size_t *length)
{
	size_t ignored;
	for (size_t i = 0; is_inside(name) && bundle->dirs[i]; i++) {
		int fd = open(arena_printf(arena, "%s/%s", bundle->dirs[i], name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
		if (fd < 0)
			continue;
		char *bytes = read_whole(fd, arena, length ? length : &ignored);
		close(fd);
		return bytes;
	}
	return NULL;
}

/* ---- finding ---- */

#define FIND(function, type, list, count, member) \
	const struct type *function(const struct bundle *bundle, const char *wanted) \
	{ \
		for (size_t i = 0; wanted && i < bundle->count; i++) \
			if (bundle->list[i].member && !strcmp(bundle->list[i].member, wanted)) \
				return &bundle->list[i]; \
		return NULL; \
	}

FIND(bundle_role, role, role, n_roles, key)
FIND(bundle_office, office, office, n_offices, key)
FIND(bundle_area, area, area, n_areas, code)
FIND(bundle_stage, stage, stage, n_stages, key)
FIND(bundle_transition, transition_rule, transition, n_transitions, name)
FIND(bundle_persona, persona, persona, n_personas, key)
FIND(bundle_service, service, service, n_services, key)
FIND(bundle_organization, organization, organization, n_organizations, key)
FIND(bundle_location, location, location, n_locations, key)
FIND(bundle_reminder, reminder, reminder, n_reminders, key)
FIND(bundle_indicator, indicator, indicator, n_indicators, key)
FIND(bundle_manual, manual, manual, n_manuals, key)
FIND(bundle_goal, goal_template, goal, n_goals, key)
FIND(bundle_dimension, dimension, dimension, n_dimensions, key)
FIND(bundle_language, language, language, n_languages, code)

const struct form *bundle_form(const struct bundle *bundle, const char *key)
{
	for (size_t i = 0; key && i < bundle->n_forms; i++)
		if (!strcmp(bundle->form[i]->key, key))
			return bundle->form[i];
	return NULL;
}

const char *bundle_now(const struct bundle *bundle, const char *list, const char *old)
{
	for (size_t i = 0; old && i < bundle->n_was; i++)
		if (!strcmp(bundle->was[i].list, list) && !strcmp(bundle->was[i].old, old))
			return bundle->was[i].key;
	return NULL;
}

int bundle_sensitivity(const struct bundle *bundle, const char *tag)
{
	for (size_t i = 0; tag && i < bundle->n_sensitivity; i++)
		if (!strcmp(bundle->sensitivity[i], tag))
			return (int)i;
	return -1;
}
