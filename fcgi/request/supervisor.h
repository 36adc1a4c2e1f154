/* SPDX-License-Identifier: Apache-2.0
 *
 * Keeps N workers alive on one socket. */
#ifndef REQUEST_SUPERVISOR_H
#define REQUEST_SUPERVISOR_H

#include "route.h"

struct supervisor_options {
	const char *socket_path;
	const char *group;      /* of the socket, NULL: the user's own */
	int n_workers;          /* 0: twice the processors, at least 2 */
	bool does_housekeeping; /* one program of an instance does it: staff */
};

/* Runs until SIGTERM or SIGINT; the program's exit status. Templates must be open before. */
int supervisor_run(const struct site *site, const struct supervisor_options *options);

#endif
