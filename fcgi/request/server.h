/* SPDX-License-Identifier: Apache-2.0
 *
 * FastCGI: one worker's accept loop. The only user of libfcgi. */
#ifndef REQUEST_SERVER_H
#define REQUEST_SERVER_H

#include "route.h"

/* Answers requests from the listening socket until SIGTERM; the request in hand is finished first. */
void server_work(const struct site *site, int listening_fd);

#endif
