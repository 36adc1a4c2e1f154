/* SPDX-License-Identifier: Apache-2.0
 *
 * Permissions, modules and scopes: the closed lists that a bundle's roles choose
 * from. A route names one permission; the gate checks it before any handler. */
#ifndef MODEL_PERMISSION_H
#define MODEL_PERMISSION_H

#include <stdint.h>

/* X(constant, name in roles.json, what it allows) */
#define PERMISSIONS(X) \
	X(HOME,            "home",             "own week and the pages every member of staff has") \
	X(CASE_LIST,       "case_list",        "list and search cases in scope") \
	X(CASE_VIEW,       "case_view",        "open a case in scope") \
	X(CASE_CREATE,     "case_create",      "take in a person or family") \
	X(CASE_ASSIGN,     "case_assign",      "name the worker of a case") \
	X(HOUSEHOLD_EDIT,  "household_edit",   "change members and contact data") \
	X(CONSENT_EDIT,    "consent_edit",     "record and withdraw consent") \
	X(PROFILE_VIEW,    "profile_view",     "read the profile") \
	X(PROFILE_EDIT,    "profile_edit",     "fill the profile") \
	X(ASSESSMENT_VIEW, "assessment_view",  "read assessments") \
	X(ASSESSMENT_EDIT, "assessment_edit",  "fill and submit assessments") \
	X(NEED_EDIT,       "need_edit",        "add, rank and settle needs and strengths") \
	X(PLAN_VIEW,       "plan_view",        "read the plan") \
	X(PLAN_EDIT,       "plan_edit",        "write goals and actions, propose the plan") \
	X(PLAN_APPROVE,    "plan_approve",     "approve or return a plan") \
	X(CLOSURE_APPROVE, "closure_approve",  "approve or return a closure") \
	X(STAGE_CHANGE,    "stage_change",     "move a case along the workflow") \
	X(TIMELINE_VIEW,   "timeline_view",    "read the timeline") \
	X(NOTE_EDIT,       "note_edit",        "write notes and record visits") \
	X(CATALOGUE_VIEW,  "catalogue_view",   "read the service catalogue") \
	X(USER_MANAGE,     "user_manage",      "add users, change roles, send sign-in links") \
	X(AUDIT_VIEW,      "audit_view",       "read the audit log") \
	X(CONFIG,          "config",           "see what the system is made of, take a changed bundle over") \
	X(PORTAL,          "portal",           "a beneficiary's own record on the portal")

enum permission {
	PERM_NONE = 0,   /* never allowed: a route that forgot its permission is shut */
	PERM_PUBLIC,     /* no login needed */
#define X(constant, name, what) PERM_##constant,
	PERMISSIONS(X)
#undef X
	PERM_COUNT
};

/* Module switches of a bundle (product.md section 1); a route names its module. */
#define MODULES(X) \
	X(CORE,       "core") \
	X(INTAKE,     "intake") \
	X(PROFILE,    "profile") \
	X(ASSESSMENT, "assessment") \
	X(PLAN,       "plan") \
	X(CATALOGUE,  "catalogue") \
	X(TIMELINE,   "timeline") \
	X(PORTAL,     "portal") \
	X(AUDIT,      "audit")

enum module {
#define X(constant, name) MODULE_##constant,
	MODULES(X)
#undef X
	MODULE_COUNT
};

/* The module a permission belongs to: with the module off it allows nothing. MODULE_CORE is always on. */
enum module permission_module(enum permission permission);

/* How far a role's record scope reaches. */
enum scope { SCOPE_NONE, SCOPE_OWN, SCOPE_OFFICE, SCOPE_AREA, SCOPE_ALL };

/* -1 when the name is not in the list. */
int permission_from_name(const char *name);
const char *permission_name(enum permission permission);
/* What it allows, a translation key: "open a case in scope". */
const char *permission_what(enum permission permission);
/* What a scope reaches, a translation key: "cases of the office". */
const char *scope_what(enum scope scope);
int module_from_name(const char *name);
const char *module_name(enum module module);
int scope_from_name(const char *name);

/* Sets of permissions and modules are bits of a uint64_t. */
#define BIT(n) (UINT64_C(1) << (n))

#endif
