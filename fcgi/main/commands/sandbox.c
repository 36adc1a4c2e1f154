/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass sandbox NAME N`: private copies of a demonstration for a workshop, NAME-s01 … */
#include "commands.h"

#include <stdio.h>

#include "base/text.h"
#include "country/instance_admin.h"
#include "tools.h"

#define SANDBOXES_MAX 99

static const char help[] =
	"usage: compass sandbox NAME N\n"
	"\n"
	"Makes N copies of the demonstration NAME as it was seeded, called NAME-s01, NAME-s02 …; names that\n"
	"are taken are passed over. Each can be reset and removed by itself.\n";

/* The next free name after `last`; 0 when all are taken. */
static int make_next(const char *name, int last, struct why *why)
{
	for (int i = last + 1; i <= SANDBOXES_MAX; i++) {
		char copy[64];
		struct why this = { 0 };
		if (snprintf(copy, sizeof copy, "%s-s%02d", name, i) >= (int)sizeof copy || !instance_name_is_valid(copy)) {
			fail(why, ERR_INVALID, "the name %s is too long for copies", name);
			return 0;
		}
		enum err err = instance_copy(name, copy, &this);
		if (err == OK) {
			puts(copy);
			return i;
		}
		if (err != ERR_CONFLICT) {
			*why = this;
			return 0;
		}
	}
	fail(why, ERR_CONFLICT, "there are %d copies of %s already", SANDBOXES_MAX, name);
	return 0;
}

int command_sandbox(int argc, char **argv)
{
	struct why why = { 0 };
	int64_t n = 0;
	int last = 0;

	if (tool_help(argc, argv, help))
		return 0;
	if (argc != 3 || !text_to_int(argv[2], &n) || n < 1 || n > SANDBOXES_MAX)
		return tool_usage(help);
	for (int64_t i = 0; i < n; i++)
		if ((last = make_next(argv[1], last, &why)) == 0)
			return tool_refuse("sandbox", argv[1], &why);
	return 0;
}
