/* SPDX-License-Identifier: Apache-2.0
 *
 * The command line tool: a table of commands, each in fcgi/main/commands/NAME.c. Every
 * command answers --help; a usage error exits 2, a refusal 1, success 0. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/text.h"
#include "commands/commands.h"

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv); /* argv[0] is the command's name */
	const char *usage;              /* what follows the name */
	const char *help;               /* one line */
} commands[] = {
	{ "new", command_new, "NAME --bundle B [--demo] [--empty] [--scale N] [--seed S]", "make an instance from a bundle" },
	{ "reset", command_reset, "NAME", "put an instance back to its seeded state" },
	{ "clock", command_clock, "NAME [+3w | +1d | +2h | next]", "say or move a demonstration's clock" },
	{ "sandbox", command_sandbox, "NAME N", "make N private copies of a demonstration" },
	{ "backup", command_backup, "NAME FILE", "write a consistent copy of an instance's database" },
	{ "verify-audit", command_verify_audit, "NAME [--head DIGEST]", "check that the audit log is whole" },
	{ "check", command_check, "BUNDLE [--json] [--strict]", "say everything that is wrong with a config bundle" },
	{ "schema", command_schema, "[FILE] [--child] | -o DIRECTORY", "the format of bundles as JSON Schemas" },
	{ "diff", command_diff, "A B | NAME [--json]", "say what differs between two bundles, or an instance's and its folder" },
	{ "upgrade", command_upgrade, "NAME [--preview] [--bundle B]", "say what an edited bundle means for what is stored, and take it over" },
	{ "rollback", command_rollback, "NAME [--discard]", "take the last upgrade back" },
	{ "import-form", command_import_form, "FILE [-o form.json] [--json]", "an XLSForm spreadsheet as a form of a bundle" },
	{ "export-form", command_export_form, "FILE -o FORM.xlsx", "a form of a bundle as an XLSForm spreadsheet" },
	{ "import-hsds", command_import_hsds, "PATH [-o services.json]", "a service directory (HSDS 3.0, or our one-sheet template) as a bundle's catalogue" },
	{ "export-hsds", command_export_hsds, "NAME -o DIR | --template -o FILE.xlsx", "an instance's or a bundle's catalogue as HSDS 3.0" },
	{ "expr", command_expr, "[--data FILE.xml] 'EXPR'", "evaluate a form expression" },
	{ "list", command_list, "", "list the instances" },
	{ "personas", command_personas, "NAME", "list the people of a demonstration instance" },
	{ "remove", command_remove, "NAME [--yes]", "remove an instance with everything in it" },
};

#define N_COMMANDS (sizeof commands / sizeof *commands)

static void print_usage(FILE *out)
{
	fputs("usage: compass COMMAND …\n\n", out);
	for (size_t i = 0; i < N_COMMANDS; i++)
		fprintf(out, "  %-14s %s\n  %-14s   %s\n", commands[i].name, commands[i].usage, "", commands[i].help);
	fputs("\n`compass COMMAND --help` says more.\n", out);
}

static int unknown_command(const char *name)
{
	const char *names[N_COMMANDS];
	for (size_t i = 0; i < N_COMMANDS; i++)
		names[i] = commands[i].name;
	const char *near = text_nearest(name, names, N_COMMANDS);
	fprintf(stderr, "compass: there is no command \"%s\"", name);
	fprintf(stderr, near ? "; is \"%s\" meant?\n\n" : "\n\n", near);
	print_usage(stderr);
	return 2;
}

int main(int argc, char **argv)
{
	log_open("compass");
	umask(027); /* what it writes is personal data */
	if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help"))) {
		print_usage(stdout);
		return 0;
	}
	for (size_t i = 0; argc > 1 && i < N_COMMANDS; i++)
		if (!strcmp(commands[i].name, argv[1]))
			return commands[i].run(argc - 1, argv + 1);
	if (argc > 1)
		return unknown_command(argv[1]);
	print_usage(stderr);
	return 2;
}
