/* SPDX-License-Identifier: Apache-2.0
 *
 * One request as plain CGI: for tests, and for looking at a page without a server. */
#ifndef REQUEST_ONCE_H
#define REQUEST_ONCE_H

#include "route.h"

/* argv after --once: [options] [METHOD TARGET]. Without METHOD the CGI environment says what is asked.
 * The reply goes to standard output; returns the exit status: 0 whatever the page's status, 2 for a wrong usage. */
int once_run(const struct site *site, int argc, char **argv);

#endif
