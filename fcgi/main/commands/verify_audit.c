/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass verify-audit NAME`: reads the whole audit chain and says where it is broken. */
#include "commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "country/instance.h"
#include "model/audit.h"
#include "tools.h"

static const char help[] =
	"usage: compass verify-audit NAME [--head DIGEST]\n"
	"\n"
	"Reads the audit log from its first row: every row must continue the one before, unchanged. Prints the\n"
	"digest of the newest row: note it elsewhere, and give it with --head next time; then even somebody who\n"
	"rewrote the whole log on this machine is found out.\n"
	"Exit status: 0 whole, 1 broken (the first broken row is named), 2 wrong usage.\n";

static int verify(struct instance *instance, const char *head, struct why *why)
{
	struct audit_check check;
	if (audit_absorb(instance->db, instance->dir, why, NULL) != OK ||
	    audit_verify(instance->db, instance->dir, head, why, &check) != OK)
		return tool_refuse("verify-audit", instance->name, why);
	if (check.broken_id != 0) {
		printf("%s: the audit log is broken at row %" PRId64 ": %s\n", instance->name, check.broken_id, check.problem);
		return 1;
	}
	printf("%s: %" PRId64 " rows, the chain holds. Head: %s\n", instance->name, check.rows, check.head);
	return 0;
}

int command_verify_audit(int argc, char **argv)
{
	struct instance *instance;
	struct why why = { 0 };
	bool has_head = argc == 4 && strcmp(argv[2], "--head") == 0 && strlen(argv[3]) == 64;

	if (tool_help(argc, argv, help))
		return 0;
	if (argc < 2 || (argc != 2 && !has_head) || argv[1][0] == '-')
		return tool_usage(help);
	if (instance_open(&instance, argv[1], DB_TOOL, &why) != OK)
		return tool_refuse("verify-audit", argv[1], &why);
	int status = verify(instance, has_head ? argv[3] : NULL, &why);
	instance_close(instance);
	return status;
}
