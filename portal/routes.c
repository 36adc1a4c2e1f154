/* SPDX-License-Identifier: Apache-2.0
 *
 * Every page of the portal, a row each: methods, path below /{instance}/portal/, handler,
 * permission, module, flags, fields. What a beneficiary may see is their own case: no path
 * names one, and the database connection shows no other (model/authorizer.c). */
#include "routes.h"

#include "pages/layout.h"
#include "pages/pages.h"
#include "request/standard_pages.h"

#define GET METHOD_GET
#define POST METHOD_POST

const struct route portal_routes[] = {
	{ GET, "healthz", page_health, PERM_PUBLIC, MODULE_CORE, ROUTE_GLOBAL, NULL, NULL },

	/* signing in and out */
	{ GET, "login", page_login, PERM_PUBLIC, MODULE_PORTAL, 0, login_fields, NULL },
	{ POST, "login", page_login_send, PERM_PUBLIC, MODULE_PORTAL, ROUTE_NO_CSRF, login_send_fields, NULL },
	{ POST, "login/code", page_code_send, PERM_PUBLIC, MODULE_PORTAL, ROUTE_NO_CSRF, code_fields, NULL },
	{ POST, "persona", page_persona, PERM_PUBLIC, MODULE_PORTAL, ROUTE_DEMO | ROUTE_NO_CSRF, persona_fields, NULL },
	{ POST, "logout", page_logout, PERM_PORTAL, MODULE_PORTAL, 0, NULL, NULL },

	/* the family's own case */
	{ GET, "", page_home, PERM_PORTAL, MODULE_PORTAL, 0, NULL, "casefile" },
	{ GET, "plan", page_plan, PERM_PORTAL, MODULE_PORTAL, 0, NULL, "casefile" },
	{ POST, "plan", page_sign, PERM_PORTAL, MODULE_PORTAL, ROUTE_HOLD | ROUTE_OPEN_CASE, sign_fields, "casefile" },
	{ GET, "access", page_access, PERM_PORTAL, MODULE_PORTAL, 0, NULL, "casefile" },
	{ GET, "consents", page_consents, PERM_PORTAL, MODULE_PORTAL, 0, NULL, "casefile" },

	{ 0 },
};

const struct site portal_site = {
	.name = "portal",
	.program = DB_PORTAL,
	.routes = portal_routes,
	.login_path = "login",
	.templates = "portal/templates",
	.languages = "portal/languages",
	.fill_layout = portal_fill_layout,
};
