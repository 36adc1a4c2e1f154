/* SPDX-License-Identifier: Apache-2.0
 *
 * What is switched on at each level of case management (domain guide, section 1), and
 * what depends on what. */
#include "modules.h"

#define INFORMATION (BIT(MODULE_CORE) | BIT(MODULE_INTAKE) | BIT(MODULE_CATALOGUE) | BIT(MODULE_TIMELINE) | BIT(MODULE_AUDIT))
#define REFERRAL (INFORMATION | BIT(MODULE_PROFILE) | BIT(MODULE_ASSESSMENT))
#define CASEWORK (REFERRAL | BIT(MODULE_PLAN) | BIT(MODULE_PORTAL))

uint64_t modules_of_level(int level)
{
	return level <= 1 ? INFORMATION : level == 2 ? REFERRAL : CASEWORK;
}

const struct module_need *module_needs(size_t *n)
{
	static const struct module_need needs[] = {
		{ MODULE_INTAKE, MODULE_CORE }, { MODULE_PROFILE, MODULE_INTAKE }, { MODULE_ASSESSMENT, MODULE_INTAKE }, { MODULE_PLAN, MODULE_ASSESSMENT },
		{ MODULE_PORTAL, MODULE_PLAN }, { MODULE_TIMELINE, MODULE_CORE }, { MODULE_CATALOGUE, MODULE_CORE }, { MODULE_AUDIT, MODULE_CORE },
	};
	*n = sizeof needs / sizeof *needs;
	return needs;
}
