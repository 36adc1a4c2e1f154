/* SPDX-License-Identifier: Apache-2.0
 *
 * The staff program: its site, nothing else. */
#include "staff/routes.h"
#include "request/program.h"

int main(int argc, char **argv)
{
	return program_main(&staff_site, argc, argv);
}
