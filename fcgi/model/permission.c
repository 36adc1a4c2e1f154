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

static const char *const permission_whats[PERM_COUNT] = {
	[PERM_NONE] = "", [PERM_PUBLIC] = "",
#define X(constant, name, what) [PERM_##constant] = what,
	PERMISSIONS(X)
#undef X
};

static const char *const module_names[MODULE_COUNT] = {
#define X(constant, name) name,
	MODULES(X)
#undef X
};

static const char *const scope_names[] = { "none", "own", "office", "area", "all" };

static const char *const scope_whats[] = { "no cases", "own cases", "cases of the office", "cases of the area", "all cases" };

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

const char *permission_what(enum permission permission)
{
	return (unsigned)permission < PERM_COUNT ? permission_whats[permission] : "";
}

const char *scope_what(enum scope scope)
{
	return (unsigned)scope < sizeof scope_whats / sizeof scope_whats[0] ? scope_whats[scope] : "";
}

enum module permission_module(enum permission permission)
{
	switch (permission) {
	case PERM_CASE_CREATE: return MODULE_INTAKE;
	case PERM_PROFILE_VIEW: case PERM_PROFILE_EDIT: return MODULE_PROFILE;
	case PERM_ASSESSMENT_VIEW: case PERM_ASSESSMENT_EDIT: case PERM_NEED_EDIT: return MODULE_ASSESSMENT;
	case PERM_PLAN_VIEW: case PERM_PLAN_EDIT: case PERM_PLAN_APPROVE: return MODULE_PLAN;
	case PERM_CATALOGUE_VIEW: return MODULE_CATALOGUE;
	case PERM_TIMELINE_VIEW: case PERM_NOTE_EDIT: return MODULE_TIMELINE;
	case PERM_PORTAL: return MODULE_PORTAL;
	case PERM_AUDIT_VIEW: return MODULE_AUDIT;
	default: return MODULE_CORE;
	}
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
