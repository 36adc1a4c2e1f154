/* SPDX-License-Identifier: Apache-2.0
 *
 * The subcommands of `compass`, one file each beside this one. argv[0] is the command's
 * own name. Each answers --help, exits 2 on a usage error, 1 when it refuses, 0 on success. */
#ifndef MAIN_COMMANDS_H
#define MAIN_COMMANDS_H

int command_check(int argc, char **argv);
int command_schema(int argc, char **argv);
int command_diff(int argc, char **argv);
int command_expr(int argc, char **argv);
int command_import_form(int argc, char **argv);
int command_new(int argc, char **argv);
int command_reset(int argc, char **argv);
int command_clock(int argc, char **argv);
int command_list(int argc, char **argv);
int command_personas(int argc, char **argv);
int command_remove(int argc, char **argv);
int command_export_form(int argc, char **argv);
int command_import_hsds(int argc, char **argv);
int command_export_hsds(int argc, char **argv);
int command_sandbox(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_upgrade(int argc, char **argv);
int command_rollback(int argc, char **argv);
int command_verify_audit(int argc, char **argv);

#endif
