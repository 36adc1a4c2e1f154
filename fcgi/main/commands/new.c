/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass new NAME --bundle B`: makes an instance from a bundle, seeded unless --empty.
 * A trial prints a single-use link for its first administrator. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "country/instance_admin.h"
#include "model/user.h"
#include "seed-data/seed.h"

static const char help[] =
	"usage: compass new NAME --bundle B [--demo] [--empty] [--scale N] [--seed S]\n"
	"\n"
	"Makes the instance NAME from the config bundle B (a name under country-configs).\n"
	"  --demo      personas, a demonstration clock and reset; without it a trial: passwords, the real clock\n"
	"  --empty     offices and administrators only, no cases\n"
	"  --scale N   N households instead of as many as the bundle says\n"
	"  --seed S    another draw; equal seed and bundle give equal data (default 1)\n"
	"Exit status: 0 made, 1 refused, 2 wrong usage.\n";

struct wanted { const char *name, *bundle; bool is_demo, is_empty; int64_t scale, seed, start; /* start: of a demonstration's clock, 0 now */ };

static const char *value_of(int argc, char **argv, int *i, const char *option)
{
	if (strcmp(argv[*i], option) != 0 || *i + 1 >= argc)
		return NULL;
	return argv[++*i];
}

static bool read_number(const char *text, int64_t low, int64_t *out)
{
	return text_to_int(text, out) && *out >= low;
}

static bool read_arguments(int argc, char **argv, struct wanted *w)
{
	const char *value;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--demo"))
			w->is_demo = true;
		else if (!strcmp(argv[i], "--empty"))
			w->is_empty = true;
		else if ((value = value_of(argc, argv, &i, "--bundle")))
			w->bundle = value;
		else if ((value = value_of(argc, argv, &i, "--scale"))) {
			if (!read_number(value, 1, &w->scale) || w->scale > 2000000)
				return false;
		} else if ((value = value_of(argc, argv, &i, "--seed"))) {
			if (!read_number(value, 0, &w->seed))
				return false;
		} else if (argv[i][0] == '-' || w->name)
			return false;
		else
			w->name = argv[i];
	}
	return w->name && w->bundle;
}

static void show_progress(void *data, int64_t done, int64_t total)
{
	(void)data;
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%3d%%  %lld of %lld households", (int)(done * 100 / total), (long long)done, (long long)total);
	if (isatty(STDERR_FILENO) && done == total)
		fputc('\n', stderr);
}

static enum err fill(struct instance *instance, void *data, struct why *why)
{
	const struct wanted *w = data;
	struct seed_options options = {.seed = (uint64_t)w->seed, .households = w->scale, .now = instance_now(instance)};

	/* Equal seeds agree to the second, however long the seeding takes. A trial has the real clock; its
	 * histories end at the morning of today, so that equal seeds of one day agree. */
	const char *pinned = getenv("COMPASS_NOW");
	if (w->start && !(pinned && *pinned))
		options.now = w->start;
	else if (!w->is_demo)
		options.now -= options.now % 86400;
	if (w->is_empty)
		return seed_staff(instance, options.now, why);
	return seed_generate(instance, &options, show_progress, NULL, why);
}

static int refuse(const struct wanted *w, const struct why *why)
{
	if (why->code == ERR_CONFLICT)
		fprintf(stderr, "compass new: there is an instance %s already; `compass remove %s` removes it\n", w->name, w->name);
	else
		fprintf(stderr, "compass new: %s was not made: %s%s%s\n", w->name, err_message(why->code), *why->detail ? " " : "", why->detail);
	return 1;
}

static void print_problem(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	(void)data;
	if (is_error)
		fprintf(stderr, "%s:%d:%d: %s\n", file, line, column, message);
}

/* The moment a demo of this bundle starts at; -1 when the bundle has errors, which are printed. */
static int64_t clock_start_of(const struct wanted *w)
{
	char dir[4096];
	snprintf(dir, sizeof dir, "%s/country-configs/%s", compass_home(), w->bundle);
	struct bundle *bundle = instance_name_is_valid(w->bundle) && access(dir, F_OK) == 0 ? bundle_load(dir, print_problem, NULL) : NULL;

	if (!bundle && access(dir, F_OK) != 0)
		fprintf(stderr, "compass new: there is no bundle %s under country-configs\n", w->bundle);
	else if (!bundle)
		fprintf(stderr, "compass new: the bundle %s has errors; `compass check %s` says more\n", w->bundle, w->bundle);
	if (!bundle)
		return -1;
	int64_t start = seed_clock_start(bundle);
	bundle_free(bundle);
	return start;
}

/* The first user whose role manages users gets a link; there is no password yet. */
static enum err print_link(const char *name, struct why *why)
{
	struct instance *instance;
	struct arena *arena = arena_new((size_t)16 << 20);
	enum err err = instance_open(&instance, name, DB_TOOL, why);
	char token[TOKEN_LEN];
	struct users users;

	if (err != OK)
		return err;
	struct actor actor = {.kind = ACTOR_SYSTEM, .username = "system", .name = "system", .role = "", .office = "", .area = "",
	                      .scope = SCOPE_ALL, .permissions = ~UINT64_C(0), .now = instance_now(instance)};
	struct context c = {.db = instance->db, .arena = arena, .why = why, .actor = &actor, .dir = instance->dir, .zone = instance->bundle->zone};
	struct user_filter filter = {0};
	int64_t id = 0;
	err = user_list(&c, &filter, &users);
	for (size_t i = 0; err == OK && i < users.n && !id; i++) {
		const struct role *role = bundle_role(instance->bundle, users.item[i].role);
		if (role && role->permissions & BIT(PERM_USER_MANAGE))
			id = users.item[i].id;
	}
	if (err == OK && !id)
		err = fail(why, ERR_INVALID, "no persona of the bundle may manage users");
	if (err == OK)
		err = user_link_create(&c, id, 72, token);
	if (err == OK)
		printf("First sign-in, once, within three days:\n  http://localhost:8080/%s/staff/link/%s\n", name, token);
	instance_close(instance);
	arena_free(arena);
	return err;
}

int command_new(int argc, char **argv)
{
	struct wanted w = {.seed = 1};
	struct why why = {0};

	if (argc > 1 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return 0;
	}
	if (!read_arguments(argc, argv, &w)) {
		fputs(help, stderr);
		return 2;
	}
	if (!instance_name_is_valid(w.name)) {
		fprintf(stderr, "compass new: a name has 1 to 40 small letters, digits and hyphens: not \"%s\"\n", w.name);
		return 2;
	}
	int64_t start = clock_start_of(&w);
	w.start = w.is_demo ? start : 0;
	if (start < 0)
		return 1;
	struct new_instance n = {.name = w.name, .bundle = w.bundle, .is_demo = w.is_demo, .seed = (uint64_t)w.seed, .scale = w.scale,
	                         .clock_start = w.is_demo ? start : 0, .fill = fill, .data = &w};
	if (instance_create(&n, &why) != OK)
		return refuse(&w, &why);
	if (!w.is_demo && print_link(w.name, &why) != OK)
		return refuse(&w, &why);
	printf("%s is ready: a %s of %s\n", w.name, w.is_demo ? "demonstration" : "trial", w.bundle);
	return 0;
}
