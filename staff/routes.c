/* SPDX-License-Identifier: Apache-2.0
 *
 * Every page of the staff site, a row each: methods, path below /{instance}/staff/, handler,
 * permission, module, flags, fields, what of the case {number} it is about. The gate enforces the row
 * before the handler runs; `build/staff --routes` prints the table. */
#include "routes.h"

#include "pages/layout.h"
#include "pages/pages.h"
#include "request/standard_pages.h"

#define GET METHOD_GET
#define POST METHOD_POST

const struct route staff_routes[] = {
	/* outside instances */
	{ GET, "", page_landing, PERM_PUBLIC, MODULE_CORE, ROUTE_GLOBAL, landing_fields, NULL },
	{ GET, "healthz", page_health, PERM_PUBLIC, MODULE_CORE, ROUTE_GLOBAL, NULL, NULL },

	/* signing in and out */
	{ GET, "login", page_login, PERM_PUBLIC, MODULE_CORE, 0, login_fields, NULL },
	{ POST, "login", page_login_send, PERM_PUBLIC, MODULE_CORE, ROUTE_NO_CSRF, login_send_fields, NULL },
	{ POST, "persona", page_persona, PERM_PUBLIC, MODULE_CORE, ROUTE_DEMO | ROUTE_NO_CSRF, persona_fields, NULL },
	{ GET, "link/{token}", page_link, PERM_PUBLIC, MODULE_CORE, 0, NULL, NULL },
	{ POST, "link/{token}", page_link_send, PERM_PUBLIC, MODULE_CORE, ROUTE_NO_CSRF, link_fields, NULL },
	{ POST, "logout", page_logout, PERM_HOME, MODULE_CORE, 0, NULL, NULL },

	/* the worker's week and caseload */
	{ GET, "", page_home, PERM_HOME, MODULE_CORE, 0, home_fields, NULL },
	{ GET, "cases", page_cases, PERM_CASE_LIST, MODULE_CORE, 0, cases_fields, NULL },

	/* a case */
	{ GET, "cases/{number}", page_case, PERM_CASE_VIEW, MODULE_CORE, 0, NULL, "casefile" },
	{ GET, "cases/{number}/timeline", page_timeline, PERM_TIMELINE_VIEW, MODULE_TIMELINE, 0, timeline_fields, "timeline" },
	{ GET, "cases/{number}/notes/new", page_note, PERM_NOTE_EDIT, MODULE_TIMELINE, ROUTE_OPEN_CASE, NULL, "note" },
	{ POST, "cases/{number}/notes/new", page_note_send, PERM_NOTE_EDIT, MODULE_TIMELINE, ROUTE_HOLD | ROUTE_OPEN_CASE, note_send_fields, "note" },
	{ GET, "cases/{number}/consents", page_consents, PERM_CASE_VIEW, MODULE_CORE, 0, NULL, "consent" },
	{ POST, "cases/{number}/portal-code", page_portal_code, PERM_CONSENT_EDIT, MODULE_PORTAL, 0, NULL, "casefile" },
	{ POST, "cases/{number}/consents", page_consents_send, PERM_CONSENT_EDIT, MODULE_CORE, ROUTE_HOLD, consents_send_fields, "consent" },
	{ GET, "cases/{number}/family", page_family, PERM_HOUSEHOLD_EDIT, MODULE_CORE, ROUTE_OPEN_CASE, NULL, "household" },
	{ POST, "cases/{number}/family", page_family_send, PERM_HOUSEHOLD_EDIT, MODULE_CORE, ROUTE_HOLD | ROUTE_OPEN_CASE, family_send_fields, "household" },
	{ GET, "cases/{number}/assign", page_assign, PERM_CASE_ASSIGN, MODULE_CORE, ROUTE_OPEN_CASE, NULL, "casefile" },
	{ POST, "cases/{number}/assign", page_assign_send, PERM_CASE_ASSIGN, MODULE_CORE, ROUTE_HOLD | ROUTE_OPEN_CASE, assign_send_fields, "casefile" },
	{ GET, "cases/{number}/needs", page_needs, PERM_NEED_EDIT, MODULE_ASSESSMENT, ROUTE_OPEN_CASE, NULL, "need" },
	{ POST, "cases/{number}/needs", page_needs_send, PERM_NEED_EDIT, MODULE_ASSESSMENT, ROUTE_HOLD | ROUTE_OPEN_CASE, needs_send_fields, "need" },
	{ GET, "cases/{number}/steps/{name}", page_step, PERM_STAGE_CHANGE, MODULE_CORE, 0, NULL, "casefile" },
	{ POST, "cases/{number}/steps/{name}", page_step_send, PERM_STAGE_CHANGE, MODULE_CORE, ROUTE_HOLD, step_send_fields, "casefile" },

	/* taking in a family */
	{ GET, "cases/new", page_intake_new, PERM_CASE_CREATE, MODULE_INTAKE, 0, NULL, NULL },
	{ POST, "cases/new", page_intake_new_send, PERM_CASE_CREATE, MODULE_INTAKE, 0, NULL, NULL },
	{ GET, "cases/new/{draft}", page_intake, PERM_CASE_CREATE, MODULE_INTAKE, 0, NULL, NULL },
	{ POST, "cases/new/{draft}", page_intake_send, PERM_CASE_CREATE, MODULE_INTAKE, 0, intake_send_fields, NULL },
	{ GET, "cases/new/{draft}/{page}", page_intake_page, PERM_CASE_CREATE, MODULE_INTAKE, 0, NULL, NULL },
	{ POST, "cases/new/{draft}/{page}", page_intake_page_send, PERM_CASE_CREATE, MODULE_INTAKE, ROUTE_HOLD, form_page_fields, NULL },

	/* forms about a case */
	{ GET, "cases/{number}/profile", page_profile, PERM_PROFILE_VIEW, MODULE_PROFILE, 0, NULL, "profile" },
	{ POST, "cases/{number}/profile", page_profile_send, PERM_PROFILE_EDIT, MODULE_PROFILE, ROUTE_OPEN_CASE, profile_send_fields, "profile" },
	{ GET, "cases/{number}/profile/{seq}", page_assessment, PERM_PROFILE_VIEW, MODULE_PROFILE, 0, NULL, "profile" },
	{ POST, "cases/{number}/profile/{seq}", page_assessment_send, PERM_PROFILE_EDIT, MODULE_PROFILE, ROUTE_OPEN_CASE, assessment_send_fields, "profile" },
	{ GET, "cases/{number}/profile/{seq}/{page}", page_assessment_page, PERM_PROFILE_EDIT, MODULE_PROFILE, ROUTE_OPEN_CASE, NULL, "profile" },
	{ POST, "cases/{number}/profile/{seq}/{page}", page_assessment_page_send, PERM_PROFILE_EDIT, MODULE_PROFILE, ROUTE_HOLD | ROUTE_OPEN_CASE, form_page_fields, "profile" },
	{ GET, "cases/{number}/assessments", page_assessments, PERM_ASSESSMENT_VIEW, MODULE_ASSESSMENT, 0, NULL, "assessment" },
	{ POST, "cases/{number}/assessments", page_assessments_send, PERM_ASSESSMENT_EDIT, MODULE_ASSESSMENT, ROUTE_OPEN_CASE, assessments_send_fields, "assessment" },
	{ GET, "cases/{number}/assessments/{seq}", page_assessment, PERM_ASSESSMENT_VIEW, MODULE_ASSESSMENT, 0, NULL, "assessment" },
	{ POST, "cases/{number}/assessments/{seq}", page_assessment_send, PERM_ASSESSMENT_EDIT, MODULE_ASSESSMENT, ROUTE_OPEN_CASE, assessment_send_fields, "assessment" },
	{ GET, "cases/{number}/assessments/{seq}/{page}", page_assessment_page, PERM_ASSESSMENT_EDIT, MODULE_ASSESSMENT, ROUTE_OPEN_CASE, NULL, "assessment" },
	{ POST, "cases/{number}/assessments/{seq}/{page}", page_assessment_page_send, PERM_ASSESSMENT_EDIT, MODULE_ASSESSMENT, ROUTE_HOLD | ROUTE_OPEN_CASE, form_page_fields, "assessment" },

	/* the plan */
	{ GET, "cases/{number}/plan", page_plan, PERM_PLAN_VIEW, MODULE_PLAN, 0, NULL, "plan" },
	{ POST, "cases/{number}/plan", page_plan_send, PERM_PLAN_EDIT, MODULE_PLAN, ROUTE_HOLD | ROUTE_OPEN_CASE, plan_send_fields, "plan" },
	{ GET, "cases/{number}/plan/goals/new", page_goal, PERM_PLAN_EDIT, MODULE_PLAN, ROUTE_OPEN_CASE, goal_new_fields, "plan" },
	{ POST, "cases/{number}/plan/goals/new", page_goal_send, PERM_PLAN_EDIT, MODULE_PLAN, ROUTE_HOLD | ROUTE_OPEN_CASE, goal_send_fields, "plan" },
	{ GET, "cases/{number}/plan/goals/{goal}", page_goal, PERM_PLAN_EDIT, MODULE_PLAN, ROUTE_OPEN_CASE, NULL, "plan" },
	{ POST, "cases/{number}/plan/goals/{goal}", page_goal_send, PERM_PLAN_EDIT, MODULE_PLAN, ROUTE_HOLD | ROUTE_OPEN_CASE, goal_send_fields, "plan" },
	{ GET, "cases/{number}/plan/goals/{goal}/actions/new", page_action, PERM_PLAN_EDIT, MODULE_PLAN, ROUTE_OPEN_CASE, NULL, "plan" },
	{ POST, "cases/{number}/plan/goals/{goal}/actions/new", page_action_send, PERM_PLAN_EDIT, MODULE_PLAN, ROUTE_HOLD | ROUTE_OPEN_CASE, action_send_fields, "plan" },
	{ GET, "cases/{number}/plan/goals/{goal}/actions/{seq}", page_action, PERM_PLAN_EDIT, MODULE_PLAN, ROUTE_OPEN_CASE, NULL, "plan" },
	{ POST, "cases/{number}/plan/goals/{goal}/actions/{seq}", page_action_send, PERM_PLAN_EDIT, MODULE_PLAN, ROUTE_HOLD | ROUTE_OPEN_CASE, action_send_fields, "plan" },
	{ GET, "approvals", page_approvals, PERM_PLAN_APPROVE, MODULE_PLAN, 0, NULL, NULL },

	/* people and the log */
	{ GET, "users", page_users, PERM_USER_MANAGE, MODULE_CORE, 0, users_fields, NULL },
	{ POST, "users", page_users_send, PERM_USER_MANAGE, MODULE_CORE, ROUTE_HOLD, users_send_fields, NULL },
	{ GET, "users/{username}", page_user, PERM_USER_MANAGE, MODULE_CORE, 0, NULL, NULL },
	{ POST, "users/{username}", page_user_send, PERM_USER_MANAGE, MODULE_CORE, ROUTE_HOLD, user_send_fields, NULL },
	{ GET, "audit", page_audit, PERM_AUDIT_VIEW, MODULE_AUDIT, 0, audit_fields, NULL },

	/* what the system is made of */
	{ GET, "config", page_config, PERM_CONFIG, MODULE_CORE, 0, NULL, false },
	{ GET, "config/upgrade", page_config_upgrade, PERM_CONFIG, MODULE_CORE, 0, NULL, false },
	{ POST, "config/upgrade", page_config_upgrade_send, PERM_CONFIG, MODULE_CORE, 0, config_upgrade_fields, false },
	{ GET, "config/rollback", page_config_rollback, PERM_CONFIG, MODULE_CORE, 0, NULL, false },
	{ POST, "config/rollback", page_config_rollback_send, PERM_CONFIG, MODULE_CORE, 0, config_rollback_fields, false },

	/* the demonstration's levers */
	{ POST, "clock", page_clock, PERM_HOME, MODULE_CORE, ROUTE_DEMO, clock_fields, NULL },
	{ POST, "reset", page_reset, PERM_HOME, MODULE_CORE, ROUTE_DEMO, NULL, NULL },

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
