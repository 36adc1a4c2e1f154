/* SPDX-License-Identifier: Apache-2.0
 *
 * What a bundle says beside its forms, roles and workflow: reminders, indicators, the
 * CMIS card, manuals, the goal library and the directory of services. Part of
 * `struct bundle` (bundle.h): built once per load, const after. Labels are English
 * (msgids) and are looked up by tr(). */
#ifndef COUNTRY_CONTENT_H
#define COUNTRY_CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- reminders.json ---- */

/* Who gets it and when it arises. X(audience, occasion); `season` is the country's own, for anyone. */
#define OCCASIONS(X) \
	X("client", "appointment") X("client", "visit_moved") X("client", "documents_to_bring") X("client", "referral_sent") \
	X("client", "service_confirmed") X("client", "referral_follow_up") X("client", "commitment_due") X("client", "plan_to_sign") \
	X("client", "review_due") X("client", "appointment_missed") X("client", "consent_expiring") X("client", "feedback_request") \
	X("client", "case_closed") \
	X("worker", "case_assigned") X("worker", "deadline_near") X("worker", "deadline_overdue") X("worker", "visit_due") \
	X("worker", "referral_unanswered") X("worker", "plan_returned") X("worker", "high_risk_answer") X("worker", "team_meeting") \
	X("worker", "supervision") X("worker", "caseload_over_norm") X("worker", "catalogue_unverified") \
	X("supervisor", "approvals_waiting") X("supervisor", "overdue_list") X("supervisor", "worker_over_norm") X("supervisor", "break_glass") \
	X("provider", "referral_new") X("provider", "referral_respond_by") X("provider", "no_show_confirm") \
	X("", "season")

/* What stands between { and } in a reminder's text: X(field, typical length). Nothing else may: never the problem. */
#define REMINDER_FIELDS(X) \
	X("first_name", 7) X("date", 10) X("time", 5) X("place", 12) X("worker", 7) X("phone", 12) X("case_number", 15) X("days", 2) X("count", 2) X("link", 24)

enum { CHANNEL_IN_APP = 1, CHANNEL_EMAIL = 2, CHANNEL_SMS = 4 };

struct reminder {
	const char *key;
	const char *audience;           /* client, worker, supervisor, provider */
	const char *occasion;           /* of OCCASIONS */
	int offset_days;                /* −3: three days before, 7: a week after */
	int month, day;                 /* of `season`: the day of the year it is sent; 0 otherwise */
	uint64_t channels;              /* CHANNEL_… */
	const char *subject, *text;     /* with {fields}; subject is the e-mail's and may be "" */
};

/* ---- indicators.json ---- */

struct indicator {
	const char *key, *label, *definition;
	int measure;                    /* 1–20: K1 … K20 of the domain guide */
	const char *unit;               /* percent, days, count, money, score, ratio */
	const char *direction;          /* which way is good: up, down, compare */
	double target; bool has_target;
	size_t n_by; const char **by;   /* area, office, worker, dimension, service, provider, population, sex, age */
	const char *evidence;           /* sourced, to_check, illustrative; NULL */
};

struct dashboard {
	const char *key, *label;
	size_t n_roles; const char **role;
	size_t n_indicators; const char **indicator;
};

/* ---- card.json ---- */

struct card_fact { const char *what, *value, *source, *evidence; int year; };
struct card_tool { const char *name, *approved_by; };
struct card_source { const char *text, *url; };

struct card {
	const char *country, *program, *institution, *started_in, *status;
	const char *system_name, *system_year, *developed_by, *technology, *open_source;
	int level;
	size_t n_intake_points; const char **intake_point;
	size_t n_populations; const char **population;
	size_t n_coverage; struct card_fact *coverage;
	const char *worker_profile, *training_hours, *phases;
	size_t n_tools; struct card_tool *tool;
	uint64_t features;              /* BIT(FEATURE_…) */
	const char *catalogue;          /* none, list, directory_with_contacts, with_capacity */
	size_t n_interoperability; const char **interoperability;
	const char *legal_basis, *consent, *access_control, *retention, *impact_assessment;
	size_t n_enabling_factors; const char **enabling_factor;
	size_t n_challenges; const char **challenge;
	size_t n_lessons; const char **lesson;
	size_t n_sources; struct card_source *source;
};

/* X(constant, name in card.json) */
#define FEATURES(X) \
	X(INTAKE, "intake") X(PROFILING, "profiling") X(ASSESSMENT, "assessment") X(PLAN, "plan") X(MEETINGS, "meetings") X(REFERRAL, "referral") \
	X(AUTOMATIC_REFERRAL, "automatic_referral") X(EVALUATION, "evaluation") X(REMINDERS_SMS, "reminders_sms") X(REMINDERS_EMAIL, "reminders_email") \
	X(DASHBOARD, "dashboard") X(PORTAL, "beneficiary_portal") X(MOBILE, "mobile") X(OFFLINE, "offline") X(PRINTING, "printing")

enum feature {
#define X(constant, name) FEATURE_##constant,
	FEATURES(X)
#undef X
	FEATURE_COUNT
};

/* ---- manuals/KEY.md, manuals/KEY.XX.md ---- */

struct manual_text {
	const char *language;           /* "en" for KEY.md */
	const char *title;
	const char *body;               /* Markdown after the header, without HTML */
	const char *file;               /* for messages */
};

struct manual {
	const char *key;
	const char *kind;               /* manual, self_care, guide */
	int phase;                      /* as struct stage's; −1: all */
	size_t n_roles; const char **role;      /* none: everybody */
	size_t n_stages; const char **stage;    /* shown as "manual for this stage" */
	const char *evidence;
	size_t n_texts; struct manual_text *text; /* the source language first */
};

/* ---- goals.json ---- */

struct goal_action { const char *what, *actor, *service; int days; };

struct goal_template {
	const char *key, *dimension, *statement, *plain, *expected_change, *measure, *evidence;
	size_t n_actions; struct goal_action *action;
};

/* ---- services.json: organizations and locations, HSDS terms ---- */

struct organization {
	const char *key, *name, *description;
	const char *type;               /* national, regional, municipal, ngo, faith, private, community */
	const char *phone, *email, *website, *evidence;
};

struct location {
	const char *key, *organization, *name, *area, *locality, *address;
	double latitude, longitude; bool has_place;
	const char *phone, *hours, *accessibility, *evidence;
	size_t n_languages; const char **language;
};

#endif
