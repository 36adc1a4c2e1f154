/* SPDX-License-Identifier: Apache-2.0
 *
 * The portal program: its site, nothing else. */
#include "portal/routes.h"
#include "request/program.h"

int main(int argc, char **argv)
{
	return program_main(&portal_site, argc, argv);
}
