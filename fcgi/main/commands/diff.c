/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass diff A B`: what differs between two bundles or two versions of one; `compass diff
 * NAME`: between what an instance runs on and its bundle's folder. */
#include "commands.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "country/bundle_diff.h"
#include "country/bundle_store.h"
#include "country/instance.h"
#include "tools.h"

static const char help[] =
	"usage: compass diff A B [--json]\n"
	"       compass diff NAME [--json]\n"
	"\n"
	"Says what differs between two config bundles, file by file, parents laid under: A and B are names under\n"
	"country-configs or paths. With one name: between the bundle that the instance NAME runs on and its folder.\n"
	"`compass upgrade NAME --preview` says what a difference means for what is stored.\n"
	"  --json  the same for programs: file, path, change, before, after\n"
	"Exit status: 0 compared, 1 refused, 2 wrong usage.\n";

struct wanted { const char *a, *b; bool is_json; };
struct report { size_t n, n_files; char file[256]; json_object *list; };

static const char *const changes[] = { "added", "removed", "changed" };

static void print(struct report *r, enum difference kind, const char *file, const char *path, const char *before, const char *after)
{
	if (strcmp(r->file, file) != 0) {
		printf("%s%s\n", r->n ? "\n" : "", file);
		snprintf(r->file, sizeof r->file, "%s", file);
		r->n_files++;
	}
	printf("  %-8s", changes[kind]);
	if (*path)
		putchar(' ');
	for (const char *at = path; *at; at++)
		*at == '/' && *path != '"' ? fputs(" › ", stdout) : putchar(*at);
	if (kind == DIFFERENCE_CHANGED && before && after)
		printf(": %s → %s", before, after);
	else if (before || after)
		printf(": %s", before ? before : after);
	putchar('\n');
}

static void add_text(json_object *to, const char *key, const char *text)
{
	if (text)
		json_object_object_add(to, key, json_object_new_string(text));
}

static void take(void *data, enum difference kind, const char *file, const char *path, const char *before, const char *after)
{
	struct report *r = data;
	if (!r->list) {
		print(r, kind, file, path, before, after);
	} else {
		json_object *one = json_object_new_object();
		add_text(one, "file", file);
		add_text(one, "path", path);
		add_text(one, "change", changes[kind]);
		add_text(one, "before", before);
		add_text(one, "after", after);
		json_object_array_add(r->list, one);
	}
	r->n++;
}

static void finish(struct report *r)
{
	if (r->list)
		puts(json_object_to_json_string_ext(r->list, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
	else if (!r->n)
		puts("no differences");
	else
		printf("\n%zu %s in %zu %s\n", r->n, r->n == 1 ? "difference" : "differences", r->n_files, r->n_files == 1 ? "file" : "files");
}

static int diff(const char *a, const char *b, bool is_json)
{
	struct report r = { .list = is_json ? json_object_new_array() : NULL };
	char problem[400];
	bool good = bundle_diff(a, b, take, &r, problem, sizeof problem);
	if (good)
		finish(&r);
	else
		fprintf(stderr, "compass diff: %s\n", problem);
	json_object_put(r.list);
	return good ? 0 : 1;
}

/* What an instance runs on, and the folder it was made from. */
static int diff_instance(const char *name, bool is_json, struct arena *arena)
{
	struct instance *instance;
	struct why why = { 0 };
	if (instance_open(&instance, name, DB_TOOL, &why) != OK)
		return tool_refuse_plainly("diff", name, &why);
	const char *copy = bundle_store_dir(arena, instance->bundle_digest, instance->bundle_name);
	const char *folder = arena_strdup(arena, bundle_folder(arena, instance->bundle_name));
	instance_close(instance);
	return diff(copy, folder, is_json);
}

static bool read_arguments(int argc, char **argv, struct wanted *w)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--json"))
			w->is_json = true;
		else if (argv[i][0] == '-' || w->b)
			return false;
		else if (w->a)
			w->b = argv[i];
		else
			w->a = argv[i];
	}
	return w->a != NULL;
}

int command_diff(int argc, char **argv)
{
	struct wanted w = { 0 };
	if (tool_help(argc, argv, help))
		return 0;
	if (!read_arguments(argc, argv, &w))
		return tool_usage(help);
	struct arena *arena = arena_new(1u << 20);
	int status = w.b ? diff(bundle_folder(arena, w.a), bundle_folder(arena, w.b), w.is_json) : diff_instance(w.a, w.is_json, arena);
	arena_free(arena);
	return status;
}
