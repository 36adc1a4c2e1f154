/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass reset NAME` and `clock NAME +3w`: what the demonstration's bar does too. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "country/instance_admin.h"

static bool asks_help(int argc, char **argv, const char *help)
{
	if (argc < 2 || strcmp(argv[1], "--help") != 0)
		return false;
	fputs(help, stdout);
	return true;
}

static int usage(const char *help)
{
	fputs(help, stderr);
	return 2;
}

static int refuse(const char *command, const char *name, const struct why *why)
{
	if (why->code == ERR_NOT_FOUND)
		fprintf(stderr, "compass %s: there is no instance %s\n", command, name);
	else
		fprintf(stderr, "compass %s: %s %s\n", command, err_message(why->code), why->detail);
	return 1;
}

int command_reset(int argc, char **argv)
{
	static const char help[] = "usage: compass reset NAME\n\nPuts the instance back to its seeded state. People stay signed in.\n";
	struct why why = {0};

	if (asks_help(argc, argv, help))
		return 0;
	if (argc != 2 || argv[1][0] == '-')
		return usage(help);
	if (instance_reset(argv[1], &why) != OK)
		return refuse("reset", argv[1], &why);
	printf("%s is as it was seeded\n", argv[1]);
	return 0;
}

/* "+3w", "-1d", "+12h" in seconds. */
static bool read_jump(const char *text, int64_t *seconds)
{
	char *end;
	long n = strtol(text, &end, 10);
	int64_t unit = *end == 'w' ? 7 * 86400 : *end == 'd' ? 86400 : *end == 'h' ? 3600 : 0;

	*seconds = n * unit;
	return (*text == '+' || *text == '-') && unit && end[1] == 0 && n > -5000 && n < 5000;
}

int command_clock(int argc, char **argv)
{
	static const char help[] = "usage: compass clock NAME [+3w | +1d | -2h]\n\nSays what time it is in a demonstration, or moves its clock.\n";
	struct instance *instance;
	struct why why = {0};
	char stamp[STAMP_LEN];
	int64_t seconds = 0;
	enum err err;

	if (asks_help(argc, argv, help))
		return 0;
	if (argc < 2 || argc > 3 || argv[1][0] == '-' || (argc == 3 && !read_jump(argv[2], &seconds)))
		return usage(help);
	if (instance_open(&instance, argv[1], DB_TOOL, &why) != OK)
		return refuse("clock", argv[1], &why);
	if (seconds && !instance->is_demo) {
		fprintf(stderr, "compass clock: %s is a trial: it has the real clock\n", argv[1]);
		instance_close(instance);
		return 1;
	}
	err = seconds ? instance_clock_move(instance, seconds, &why) : OK;
	instant_format(instance_now(instance), stamp);
	instance_close(instance);
	if (err != OK)
		return refuse("clock", argv[1], &why);
	puts(stamp);
	return 0;
}
