/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass reset NAME`: a demonstration back to its seeded state, while people are signed in. */
#include "commands.h"

#include <stdio.h>

#include "country/instance_admin.h"
#include "tools.h"

int command_reset(int argc, char **argv)
{
	static const char help[] = "usage: compass reset NAME\n\nPuts a demonstration back to its seeded state. People stay signed in.\n";
	struct why why = { 0 };

	if (tool_help(argc, argv, help))
		return 0;
	if (argc != 2 || argv[1][0] == '-')
		return tool_usage(help);
	if (instance_reset(argv[1], &why) != OK)
		return tool_refuse("reset", argv[1], &why);
	printf("%s is as it was seeded\n", argv[1]);
	return 0;
}
