/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass upgrade NAME`: what another bundle would mean for what an instance has stored, in
 * words, and taking it over. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "country/bundle_store.h"
#include "country/upgrade.h"
#include "tools.h"

static const char help[] =
	"usage: compass upgrade NAME [--preview] [--bundle B]\n"
	"\n"
	"An instance runs on its own copy of its bundle. This compares the copy with the bundle's folder (or with B, a name\n"
	"under country-configs or a path), says change by change what it means for what is stored, and takes it over, whole\n"
	"or not at all.\n"
	"  --preview   say it and change nothing\n"
	"  --bundle B  another bundle than the one the instance was made from\n"
	"A trial takes an edited bundle over by this command only. A demonstration takes an edit over by itself, unless it\n"
	"contradicts what is stored: then it waits for this command, too.\n"
	"What was filled keeps the form it was filled with. A key that is gone while cases, users or needs have it is refused;\n"
	"\"was\": \"old_key\" in the item that takes its place carries it over. compass rollback NAME takes the upgrade back.\n"
	"Exit status: 0 done or nothing to do, 1 refused, 2 wrong usage.\n";

struct wanted { const char *name, *bundle; bool is_preview; };

static bool read_arguments(int argc, char **argv, struct wanted *w)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--preview"))
			w->is_preview = true;
		else if (!strcmp(argv[i], "--bundle") && i + 1 < argc && !w->bundle)
			w->bundle = argv[++i];
		else if (argv[i][0] == '-' || w->name)
			return false;
		else
			w->name = argv[i];
	}
	return w->name != NULL;
}

static void print_problem(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	(void)data;
	if (is_error)
		fprintf(stderr, "%s:%d:%d: %s\n", file, line, column, message);
}

static void print_kind(const struct upgrade *u, enum upgrade_kind kind, const char *heading)
{
	struct arena *arena = arena_new(4u << 20);
	if (u->n_of[kind])
		printf("\n%s\n", heading);
	for (size_t i = 0; i < u->n; i++)
		if (u->item[i].kind == kind)
			printf("  %-18s %s\n", u->item[i].file, upgrade_sentence(arena, &u->item[i]));
	arena_free(arena);
}

static void print_plan(const struct upgrade *u)
{
	printf("%s runs on %s %s; the bundle is %s %s now.\n", u->instance->name, u->instance->bundle_name, u->from->version, u->key, u->to->version);
	print_kind(u, UPGRADE_REFUSED, "Cannot be carried over:");
	print_kind(u, UPGRADE_MOVES, "Moves:");
	print_kind(u, UPGRADE_KEEPS, "Stays as it was stored:");
	print_kind(u, UPGRADE_CHANGES, "Changes nothing that is stored:");
	printf("\n%zu changes: %zu refused, %zu move stored data, %zu leave stored data as they are.\n", u->n, u->n_of[UPGRADE_REFUSED],
	       u->n_of[UPGRADE_MOVES], u->n_of[UPGRADE_KEEPS]);
}

static int finish(struct upgrade *u, const struct wanted *w, struct why *why)
{
	if (u->is_same) {
		printf("%s runs on this bundle already: nothing to do\n", w->name);
		return 0;
	}
	print_plan(u);
	fflush(stdout);
	if (u->n_of[UPGRADE_REFUSED]) {
		fprintf(stderr, "compass upgrade: %s cannot be upgraded: %zu of the changes cannot be carried over; what each needs stands above\n", w->name, u->n_of[UPGRADE_REFUSED]);
		return 1;
	}
	if (w->is_preview)
		return 0;
	if (upgrade_apply(u, NULL, why) != OK)
		return tool_refuse_plainly("upgrade", w->name, why);
	printf("%s is upgraded; compass rollback %s takes it back\n", w->name, w->name);
	bundle_store_sweep();
	return 0;
}

static int run(struct instance *instance, const struct wanted *w, struct arena *arena, struct why *why)
{
	struct upgrade u;
	const char *folder = bundle_folder(arena, w->bundle ? w->bundle : instance->bundle_name);
	enum err err = upgrade_open(&u, instance, folder, arena, print_problem, NULL, why);
	int status = err == OK ? finish(&u, w, why) : tool_refuse_plainly("upgrade", w->name, why);
	upgrade_close(&u);
	return status;
}

int command_upgrade(int argc, char **argv)
{
	struct wanted w = { 0 };
	struct why why = { 0 };
	struct instance *instance;

	if (tool_help(argc, argv, help))
		return 0;
	if (!read_arguments(argc, argv, &w))
		return tool_usage(help);
	if (instance_open(&instance, w.name, DB_TOOL, &why) != OK)
		return tool_refuse_plainly("upgrade", w.name, &why);
	struct arena *arena = arena_new((size_t)256 << 20);
	int status = run(instance, &w, arena, &why);
	instance_close(instance);
	arena_free(arena);
	return status;
}
