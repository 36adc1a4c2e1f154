/* SPDX-License-Identifier: Apache-2.0
 *
 * The command line tool: a table of subcommands, each in fcgi/main/commands/. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "commands/commands.h"

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *usage;
} commands[] = {
	{ "expr", command_expr, "expr [--data FILE.xml] 'EXPR'   evaluate a form expression" },
};

static void print_usage(FILE *out)
{
	fputs("usage: compass COMMAND …\n\n", out);
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		fprintf(out, "  compass %s\n", commands[i].usage);
	fputs("\n`compass COMMAND --help` says more.\n", out);
}

int main(int argc, char **argv)
{
	log_open("compass");
	if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)) {
		print_usage(stdout);
		return 0;
	}
	for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(commands[i].name, argv[1]) == 0)
			return commands[i].run(argc - 1, argv + 1);
	print_usage(stderr);
	return 2;
}
