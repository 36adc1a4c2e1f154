/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass personas NAME`: the demonstration people of an instance, for who starts it. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "country/instance.h"

static const char help[] =
	"usage: compass personas NAME\n"
	"\n"
	"Lists the people one can be in a demonstration instance, with one click on its sign-in page.\n";

static void list_people(const struct bundle *bundle)
{
	for (size_t i = 0; i < bundle->n_personas; i++) {
		const struct persona *persona = &bundle->persona[i];
		printf("%-6s  %s, %s\n", persona->site, persona->name, persona->title ? persona->title : "");
	}
}

int command_personas(int argc, char **argv)
{
	struct instance *instance;
	struct why why = { 0 };

	if (argc != 2 || argv[1][0] == '-') {
		bool is_help = argc == 2 && strcmp(argv[1], "--help") == 0;
		fputs(help, is_help ? stdout : stderr);
		return is_help ? 0 : 2;
	}
	if (instance_open(&instance, argv[1], DB_TOOL, &why)) {
		fprintf(stderr, "compass personas: %s\n", why.detail);
		return 1;
	}
	if (instance->is_demo)
		list_people(instance->bundle);
	else
		printf("%s is a trial: people sign in with their own passwords.\n", argv[1]);
	instance_close(instance);
	return 0;
}
