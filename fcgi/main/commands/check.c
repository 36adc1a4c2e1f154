/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass check BUNDLE`: everything that is wrong with a bundle, in one run, each with
 * file, line and column. BUNDLE is a name under country-configs or a path. */
#include "commands.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "country/check.h"
#include "country/instance.h"

static const char help[] =
	"usage: compass check BUNDLE [--json] [--strict]\n"
	"\n"
	"Says everything that is wrong with a country's config bundle and runs its tests.\n"
	"BUNDLE is a name under country-configs, or a path to the bundle's folder.\n"
	"  --json     one JSON object a problem, one a line\n"
	"  --strict   warnings (missing translations, switches without effect) fail too\n"
	"Exit status: 0 no problems, 1 problems, 2 wrong usage.\n";

struct problem { bool is_error; char *file, *message; int line, column; size_t order; };
struct problems { struct arena *arena; size_t n, cap, n_errors, n_warnings; struct problem *item; };

static void take(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	struct problems *p = data;
	if (p->n == p->cap) {
		struct problem *more = arena_array(p->arena, struct problem, (p->cap = p->cap ? p->cap * 2 : 64));
		if (p->n)
			memcpy(more, p->item, p->n * sizeof *more);
		p->item = more;
	}
	p->item[p->n] = (struct problem){ is_error, arena_strdup(p->arena, file), arena_strdup(p->arena, message), line, column, p->n };
	p->n++;
	p->n_errors += is_error;
	p->n_warnings += !is_error;
}

static int by_place(const void *a, const void *b)
{
	const struct problem *x = a, *y = b;
	int file = strcmp(x->file, y->file);
	if (file)
		return file;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static void print_json(const struct problem *p)
{
	struct json_object *object = json_object_new_object();
	json_object_object_add(object, "file", json_object_new_string(p->file));
	json_object_object_add(object, "line", json_object_new_int(p->line));
	json_object_object_add(object, "column", json_object_new_int(p->column));
	json_object_object_add(object, "severity", json_object_new_string(p->is_error ? "error" : "warning"));
	json_object_object_add(object, "message", json_object_new_string(p->message));
	puts(json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(object);
}

static void print(struct problems *p, bool is_json)
{
	if (p->n)
		qsort(p->item, p->n, sizeof *p->item, by_place);
	for (size_t i = 0; i < p->n; i++) {
		const struct problem *item = &p->item[i];
		if (is_json)
			print_json(item);
		else
			printf("%s:%d:%d: %s%s\n", item->file, item->line, item->column, item->is_error ? "" : "warning: ", item->message);
	}
}

static void print_clean(const struct bundle *b, const struct problems *p)
{
	const struct { size_t n; const char *what; } count[] = {
		{ b->n_forms, "form" }, { b->n_stages, "stage" }, { b->n_transitions, "transition" }, { b->n_roles, "role" },
		{ b->n_offices, "office" }, { b->n_services, "service" }, { b->n_languages, "language" },
	};
	printf("%s: no problems", b->key);
	if (p->n_warnings)
		printf(" but %zu warning%s", p->n_warnings, p->n_warnings == 1 ? "" : "s");
	for (size_t i = 0; i < sizeof count / sizeof *count; i++)
		printf("%s%zu %s%s", i ? ", " : " (", count[i].n, count[i].what, count[i].n == 1 ? "" : "s");
	puts(")");
}

static int check(const char *name, bool is_json, bool is_strict)
{
	struct problems problems = { .arena = arena_new(64u << 20) };
	struct bundle *bundle = bundle_check(bundle_folder(problems.arena, name), take, &problems);
	print(&problems, is_json);
	bool failed = !bundle || (is_strict && problems.n_warnings);
	if (!failed && !is_json)
		print_clean(bundle, &problems);
	bundle_free(bundle);
	arena_free(problems.arena);
	return failed ? 1 : 0;
}

int command_check(int argc, char **argv)
{
	const char *name = NULL;
	bool is_json = false, is_strict = false, is_wrong = false;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help")) {
			fputs(help, stdout);
			return 0;
		}
		if (!strcmp(argv[i], "--json"))
			is_json = true;
		else if (!strcmp(argv[i], "--strict"))
			is_strict = true;
		else if (name || argv[i][0] == '-')
			is_wrong = true;
		else
			name = argv[i];
	}
	if (!name || is_wrong) {
		fputs(help, stderr);
		return 2;
	}
	return check(name, is_json, is_strict);
}
