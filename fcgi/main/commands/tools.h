/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about instances share: help, refusal in words. */
#ifndef MAIN_COMMANDS_TOOLS_H
#define MAIN_COMMANDS_TOOLS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

/* `--help` as the only argument: printed. */
bool tool_help(int argc, char **argv, const char *help);
/* Help on stderr; gives 2. */
int tool_usage(const char *help);
/* Says why on stderr; gives 1. */
int tool_refuse(const char *command, const char *name, const struct why *why);
/* Writes a file beside the target and puts it in its place: a full disk leaves the old one. 0, or 1 after saying why. */
int tool_write(struct arena *arena, const char *command, const char *path, const char *text);

/* The same without the sentence meant for visitors, where the detail is one for people. */
int tool_refuse_plainly(const char *command, const char *name, const struct why *why);

#endif
