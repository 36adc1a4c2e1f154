/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass rollback NAME`: an instance as it was before its last upgrade. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "country/upgrade.h"
#include "model/audit.h"
#include "tools.h"

static const char help[] =
	"usage: compass rollback NAME [--discard]\n"
	"\n"
	"Takes the last upgrade back: the database is exactly the one before it, and so is the bundle.\n"
	"When work was done since, it is said and refused.\n"
	"  --discard   go back all the same; what is lost is said, and kept in the instance's folder as rolled-back.db\n"
	"Exit status: 0 done, 1 refused, 2 wrong usage.\n";

static void print_work(FILE *out, const struct rollback *r, struct arena *arena)
{
	for (size_t i = 0; i < r->work.n; i++)
		fprintf(out, "  %s\n", work_sentence(arena, &r->work.item[i]));
}

static int refuse_for_work(const char *name, const struct rollback *r, struct arena *arena)
{
	fprintf(stderr, "compass rollback: %lld %s made in %s since the upgrade:\n", (long long)r->work.changes, r->work.changes == 1 ? "change was" : "changes were", name);
	print_work(stderr, r, arena);
	fprintf(stderr, "compass rollback %s --discard goes back without them\n", name);
	return 1;
}

static int run(struct instance *instance, bool with_discard, struct arena *arena, struct why *why)
{
	struct rollback r;
	const char *name = instance->name;
	if (audit_absorb(instance->db, instance->dir, why, NULL) != OK || rollback_open(&r, instance, arena, why) != OK)
		return tool_refuse_plainly("rollback", name, why);
	if (r.work.changes && !with_discard)
		return refuse_for_work(name, &r, arena);
	if (rollback_apply(instance, with_discard, NULL, why) != OK)
		return tool_refuse_plainly("rollback", name, why);
	printf("%s is as it was before the upgrade from %s to %s\n", name, *r.change->from_version ? r.change->from_version : "?", r.change->to_version);
	if (r.work.changes) {
		printf("%lld %s made since %s discarded:\n", (long long)r.work.changes, r.work.changes == 1 ? "change" : "changes", r.work.changes == 1 ? "was" : "were");
		print_work(stdout, &r, arena);
	}
	if (r.work.views)
		printf("views and sign-ins since then, no longer in the log: %lld\n", (long long)r.work.views);
	printf("the state that was left is kept in %s/rolled-back.db\n", instance->dir);
	return 0;
}

int command_rollback(int argc, char **argv)
{
	bool with_discard = argc == 3 && !strcmp(argv[2], "--discard");
	struct why why = { 0 };
	struct instance *instance;

	if (tool_help(argc, argv, help))
		return 0;
	if ((argc != 2 && !with_discard) || argv[1][0] == '-')
		return tool_usage(help);
	if (instance_open(&instance, argv[1], DB_TOOL, &why) != OK)
		return tool_refuse_plainly("rollback", argv[1], &why);
	struct arena *arena = arena_new((size_t)64 << 20);
	int status = run(instance, with_discard, arena, &why);
	instance_close(instance);
	arena_free(arena);
	return status;
}
