/* SPDX-License-Identifier: Apache-2.0
 *
 * The staff site's handlers, as staff/routes.c names them, and the fields their pages take.
 * Each stands in the file of its name: page_visit in pages/visit.c. */
#ifndef STAFF_PAGES_H
#define STAFF_PAGES_H

#include "request/route.h"

/* pages/landing.c: the gallery of instances and their people, at "/" */
handler page_landing;
extern const struct field landing_fields[];

/* pages/login.c: user name and password, one-click personas, single-use links */
handler page_login, page_login_send, page_persona, page_link, page_link_send;
extern const struct field login_fields[], login_send_fields[], persona_fields[], link_fields[];
handler page_home, page_cases, page_case, page_timeline, page_note, page_note_send, page_consents, page_consents_send, page_portal_code;
handler page_step, page_step_send, page_assign, page_assign_send, page_needs, page_needs_send, page_family, page_family_send;
extern const struct field home_fields[], cases_fields[], timeline_fields[], note_send_fields[], consents_send_fields[];
extern const struct field step_send_fields[], assign_send_fields[], needs_send_fields[], family_send_fields[];

/* pages/intake.c, assessments.c, assessment.c, profile.c: forms of the bundle */
handler page_intake_new, page_intake_new_send, page_intake, page_intake_send, page_intake_page, page_intake_page_send;
handler page_assessments, page_assessments_send, page_assessment, page_assessment_send, page_assessment_page, page_assessment_page_send;
handler page_profile, page_profile_send;
extern const struct field intake_send_fields[], form_page_fields[], assessments_send_fields[], assessment_send_fields[], profile_send_fields[];

/* pages/plan.c, plan_goal.c, plan_action.c, approvals.c */
handler page_plan, page_plan_send, page_goal, page_goal_send, page_action, page_action_send, page_approvals;
extern const struct field plan_send_fields[], goal_new_fields[], goal_send_fields[], action_send_fields[];

/* pages/users.c, audit.c, demo.c */
handler page_users, page_users_send, page_user, page_user_send, page_audit, page_clock, page_reset;
extern const struct field users_fields[], users_send_fields[], user_send_fields[], audit_fields[], clock_fields[];

/* pages/config.c, config_upgrade.c */
handler page_config, page_config_upgrade, page_config_upgrade_send, page_config_rollback, page_config_rollback_send;
extern const struct field config_upgrade_fields[], config_rollback_fields[];

#endif
