/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of permissions, modules and scopes, as bundles write them. */
#include "permission.h"

#include <string.h>

static const char *const permission_names[PERM_COUNT] = {
	[PERM_NONE] = "none", [PERM_PUBLIC] = "public",
#define X(constant, name, what) [PERM_##constant] = name,
	PERMISSIONS(X)
#undef X
};

static const char *const module_names[MODULE_COUNT] = {
#define X(constant, name) name,
	MODULES(X)
#undef X
};

static const char *const scope_names[] = { "none", "own", "office", "area", "all" };

static int find(const char *const *names, int first, int n, const char *name)
{
	for (int i = first; name != NULL && i < n; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

int permission_from_name(const char *name)
{
	return find(permission_names, PERM_PUBLIC + 1, PERM_COUNT, name);
}

const char *permission_name(enum permission permission)
{
	return (unsigned)permission < PERM_COUNT ? permission_names[permission] : "none";
}

int module_from_name(const char *name)
{
	return find(module_names, 0, MODULE_COUNT, name);
}

const char *module_name(enum module module)
{
	return (unsigned)module < MODULE_COUNT ? module_names[module] : "";
}

int scope_from_name(const char *name)
{
	return find(scope_names, 0, (int)(sizeof scope_names / sizeof scope_names[0]), name);
}
