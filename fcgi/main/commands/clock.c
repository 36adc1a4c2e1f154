/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass clock NAME +3w`: says what time it is in an instance, or moves a demonstration's clock. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "country/instance_admin.h"
#include "tools.h"

static const char help[] =
	"usage: compass clock NAME [+3w | +1d | +2h | -1d | next]\n"
	"\n"
	"Says what time it is in an instance (UTC), or moves a demonstration's clock: by weeks, days or\n"
	"hours, or to what falls due next.\n";

/* "+3w", "-1d", "+12h" in seconds. */
static bool read_jump(const char *text, int64_t *seconds)
{
	char *end;
	long n = strtol(text, &end, 10);
	int64_t unit = *end == 'w' ? 7 * 86400 : *end == 'd' ? 86400 : *end == 'h' ? 3600 : 0;

	*seconds = n * unit;
	return (*text == '+' || *text == '-') && unit != 0 && end[1] == '\0' && n > -5000 && n < 5000;
}

static enum err move(struct instance *instance, const char *jump, struct why *why)
{
	int64_t seconds = 0;
	if (!instance->is_demo)
		return fail(why, ERR_FORBIDDEN, "%s is a trial: it has the real clock", instance->name);
	if (!read_jump(jump, &seconds)) {
		enum err err = instance_next_due(instance, &seconds, why);
		if (err != OK)
			return err;
	}
	return instance_clock_move(instance, seconds, why);
}

int command_clock(int argc, char **argv)
{
	struct instance *instance;
	struct why why = { 0 };
	char stamp[STAMP_LEN];
	int64_t seconds;

	if (tool_help(argc, argv, help))
		return 0;
	if (argc < 2 || argc > 3 || argv[1][0] == '-' || (argc == 3 && strcmp(argv[2], "next") != 0 && !read_jump(argv[2], &seconds)))
		return tool_usage(help);
	if (instance_open(&instance, argv[1], DB_TOOL, &why) != OK)
		return tool_refuse("clock", argv[1], &why);
	enum err err = argc == 3 ? move(instance, argv[2], &why) : OK;
	instant_format(instance_now(instance), stamp);
	instance_close(instance);
	if (err != OK)
		return tool_refuse("clock", argv[1], &why);
	puts(stamp);
	return 0;
}
