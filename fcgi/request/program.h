/* SPDX-License-Identifier: Apache-2.0
 *
 * The command line that staff and portal share. */
#ifndef REQUEST_PROGRAM_H
#define REQUEST_PROGRAM_H

#include "route.h"

/* All of main(). */
int program_main(const struct site *site, int argc, char **argv);

#endif
