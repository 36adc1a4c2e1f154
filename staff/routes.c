/* SPDX-License-Identifier: Apache-2.0
 *
 * Every page of the staff site, a row each: methods, path below /{instance}/staff/, handler,
 * permission, module, flags, fields, whether {number} is a case. The gate enforces the row
 * before the handler runs; `build/staff --routes` prints the table. */
#include "routes.h"

#include "pages/layout.h"
#include "pages/pages.h"
#include "request/standard_pages.h"

#define GET METHOD_GET
#define POST METHOD_POST

const struct route staff_routes[] = {
	/* outside instances */
	{ GET, "", page_landing, PERM_PUBLIC, MODULE_CORE, ROUTE_GLOBAL, landing_fields, false },
	{ GET, "healthz", page_health, PERM_PUBLIC, MODULE_CORE, ROUTE_GLOBAL, NULL, false },

	/* signing in and out */
	{ GET, "login", page_login, PERM_PUBLIC, MODULE_CORE, 0, login_fields, false },
	{ POST, "login", page_login_send, PERM_PUBLIC, MODULE_CORE, ROUTE_NO_CSRF, login_send_fields, false },
	{ POST, "persona", page_persona, PERM_PUBLIC, MODULE_CORE, ROUTE_DEMO | ROUTE_NO_CSRF, persona_fields, false },
	{ GET, "link/{token}", page_link, PERM_PUBLIC, MODULE_CORE, 0, NULL, false },
	{ POST, "link/{token}", page_link_send, PERM_PUBLIC, MODULE_CORE, ROUTE_NO_CSRF, link_fields, false },
	{ POST, "logout", page_logout, PERM_HOME, MODULE_CORE, 0, NULL, false },

	{ 0 },
};

const struct site staff_site = {
	.name = "staff",
	.program = DB_STAFF,
	.routes = staff_routes,
	.login_path = "login",
	.templates = "staff/templates",
	.languages = "staff/languages",
	.fill_layout = staff_fill_layout,
};
