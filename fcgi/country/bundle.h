/* SPDX-License-Identifier: Apache-2.0
 *
 * A country's config bundle, loaded: everything that differs from country to country.
 * Built once per load, const after. Files, all under country-configs/<name>/:
 *
 *   bundle.json      name, program, languages, branding, time zone, modules, words, consents
 *   roles.json       roles: permissions, scope, sensitivity; sensitivity tags
 *   offices.json     areas (with shapes by area code) and offices
 *   workflow.json    stages, transitions, guards, deadlines, cadence, pathways
 *   forms/KEY.json   forms in XLSForm vocabulary (form/form.h)
 *   services.json    catalogue of benefits and services
 *   personas.json    demonstration people
 *   reminders.json   messages: occasion, offset, channels, text
 *   indicators.json  indicators and the dashboards they stand on
 *   card.json        the CMIS card
 *   goals.json       library of goals by dimension
 *   manuals/KEY.md   manuals and self-care pages; KEY.XX.md in the language XX
 *   seed.json        size, clock, distributions; seed/stories/KEY.json story families
 *   languages/XX.po  translations of the bundle's own strings (and, over them, of ours)
 *   tests/KEY.json   answers → expected score, band, needs, run by check
 *
 * Labels are strings in the source language (English), translated by the .po files.
 * `extends` names a parent bundle: what a bundle does not mention stays as the parent has it.
 * Objects merge member by member; lists of objects merge by their "key" ("code", "name"), keeping the
 * parent's order unless the bundle names a new one; `{"key": "x", "remove": true}` takes one out, and
 * `"stages": {"replace": [ … ]}` puts a new list in the place of the parent's; lists of plain texts and
 * of objects without a key are replaced. Forms, stories, tests and seed.json are replaced file by file;
 * translations add up, the bundle's own winning. Members called "note" are for people. */
#ifndef COUNTRY_BUNDLE_H
#define COUNTRY_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/arena.h"
#include "base/err.h"
#include "content.h"
#include "form/form.h"
#include "model/permission.h"

#define STATUSES(X) \
	X(DRAFT, "draft") X(REGISTERED, "registered") X(ASSIGNED, "assigned") X(IN_ASSESSMENT, "in_assessment") \
	X(IN_PLANNING, "in_planning") X(PLAN_PENDING_APPROVAL, "plan_pending_approval") X(ACTIVE, "active") \
	X(IN_REVIEW, "in_review") X(SUSPENDED, "suspended") X(CLOSURE_PENDING_APPROVAL, "closure_pending_approval") \
	X(CLOSED, "closed")

struct json;

struct language { const char *code; const char *name; /* its own name */ bool is_rtl; const char *locale; /* "ar-JO": how dates are written; NULL: as the code */
	const char *names; /* ICU rules that write a name of the country in its letters; "" none */ };

struct role {
	const char *key, *label;
	uint64_t permissions;           /* BIT(PERM_…) */
	enum scope scope;
	uint64_t sensitivity;           /* bits over bundle.sensitivity */
};

struct area { const char *code, *name, *parent; double lon, lat; bool has_shape; const char *shape; /* SVG path data in a 0–1000 box, or NULL */ };
struct office { const char *key, *name, *area, *locality, *address, *phone, *hours; };

/* Guards: conditions of a transition. X(constant, name in workflow.json) */
#define GUARDS(X) \
	X(CONSENT_GIVEN, "consent_given")               /* case-management consent recorded, not withdrawn */ \
	X(WORKER_ASSIGNED, "worker_assigned") \
	X(PROFILE_DONE, "profile_done") \
	X(ASSESSMENT_SUBMITTED, "assessment_submitted") /* of this round */ \
	X(ASSESSMENT_IN_REVIEW, "reassessment_submitted") /* since the review began */ \
	X(NEEDS_RANKED, "needs_ranked")                 /* each open need has the client's priority */ \
	X(GOALS_FOR_NEEDS, "goals_for_needs")           /* each open need has a goal or a reason */ \
	X(ACTIONS_COMPLETE, "actions_complete")         /* each goal has an action with actor and date */ \
	X(REVIEW_DATED, "review_dated")                 /* plan names its review date, within the limit */ \
	X(PLAN_APPROVED, "plan_approved") \
	X(PLAN_SIGNED, "plan_signed")                   /* by both */ \
	X(GOALS_DECIDED, "goals_decided")               /* every goal achieved, dropped … */ \
	X(NO_OPEN_ACTIONS, "no_open_actions")

/* Closure outcomes of the domain guide. X(name) */
#define OUTCOMES(X) \
	X("goals_achieved") X("partly_achieved") X("moved_to_lower_level") X("transferred") X("moved_away") X("withdrew") \
	X("lost_contact") X("not_reachable_at_intake") X("died") X("opened_in_error")

enum guard {
#define X(constant, name) GUARD_##constant,
	GUARDS(X)
#undef X
	GUARD_COUNT
};

struct stage {
	const char *key, *label;        /* "Comprehensive assessment" */
	const char *status;             /* canonical status on entry */
	int phase;                      /* 0 intake & assessment, 1 planning, 2 implementation & monitoring, 3 evaluation & closing */
	bool on_trail;                  /* a stop of the trail */
	const char *short_label;        /* for the trail */
	int deadline_days;              /* 0 none; calendar days */
	bool deadline_is_working_days;
	int deadline_by_risk[3];        /* low, medium, high; 0: deadline_days */
};

struct transition_rule {
	const char *name, *label;       /* "propose_programme", "Send for approval" */
	const char **from; size_t n_from;
	const char *to;
	size_t n_guards; enum guard guard[8];
	const char **guard_names; size_t n_guard_names; /* the same as written */
	enum permission permission;     /* besides STAGE_CHANGE or instead: who may */
	const char **roles; size_t n_roles; /* empty: any role with the permission */
	bool needs_comment;             /* returns and closings carry one */
	const char *asks;               /* what it needs beside: "worker", "date", "office", "outcome"; NULL nothing */
	const char *outcome;            /* closure outcome it records, or NULL */
	int within_months;              /* only so long after the stage was entered; 0 always */
	const char *done_message;       /* "Plan approved. %1 has been told." */
};

struct cadence_phase { int from_month; int every_days; };
struct pathway { const char *key, *label; int level; const char *when; };
struct consent_purpose { const char *key, *label, *text; bool is_required; int months; };

struct persona {
	const char *key, *username, *name, *name_native, *title, *teaser;
	const char *site;               /* "staff" or "portal" */
	const char *role, *office;      /* staff */
	const char *story;              /* portal: story family, or NULL */
	const char *person;             /* portal: member of the story */
	const char *start;              /* page below the site: "", "cases/…" */
};

struct service {
	const char *key, *kind, *name, *description, *category, *contact_style, *eligibility, *office;
	const char *provider;           /* as printed: its own words, or the organization's name */
	const char *organization;       /* key, or NULL */
	const char *cost, *how_to_apply, *waiting;
	const char *verified_on;        /* YYYY-MM-DD, or NULL */
	const char *evidence;           /* sourced, to_check, illustrative; NULL */
	int response_days, capacity;
	size_t n_locations; const char **location;
	size_t n_documents; const char **document; /* to bring */
	size_t n_languages; const char **language; /* spoken there */
	size_t n_dimensions; const char **dimension;
	size_t n_life_stages; const char **life_stage;
	size_t n_populations; const char **population;
};

/* "was": the key that an item of a list had before, so that what is stored follows it. */
struct was { const char *list, *key, *old; };

struct dimension { const char *key, *label, *short_label; };

struct bundle {
	struct arena *arena;
	const char *key, *dir, *version;
	const char *name, *program, *institution, *summary, *population, *level_label;
	const char *case_prefix;        /* "ARM" */
	const char *accent;             /* #rrggbb */
	const char *emblem;             /* "media/emblem.svg": checked drawing, for bundle_read_file; NULL none */
	const char *zone;               /* IANA */
	const char *date_order;         /* "dmy", "mdy": in English; other languages have their own */
	const char *identifier_label, *identifier_pattern, *identifier_placeholder;
	const char *phone_pattern;
	const char *name_order;         /* "given family" or "family given" */
	int level_default, level_max;
	uint64_t modules;               /* BIT(MODULE_…) */
	int caseload_norm;              /* cases a worker should have at most */
	int open_goals_warning;         /* warn above */
	int review_max_months;
	int week_first;                 /* weekday on which the five working days begin, 1 Monday; 0: Monday */
	size_t n_languages; struct language *language;      /* first is the default */
	size_t n_sensitivity; const char **sensitivity;     /* at most 64 */
	size_t n_roles; struct role *role;
	size_t n_areas; struct area *area;
	size_t n_offices; struct office *office;
	size_t n_stages; struct stage *stage;
	size_t n_transitions; struct transition_rule *transition;
	size_t n_cadence; struct cadence_phase *cadence;
	size_t n_pathways; struct pathway *pathway;
	size_t n_consents; struct consent_purpose *consent;
	size_t n_dimensions; struct dimension *dimension;   /* of the main assessment, in order */
	size_t n_forms; struct form **form;
	const char *intake_form, *profile_form, *assessment_form; /* keys; profile may be NULL */
	size_t n_services; struct service *service;
	size_t n_organizations; struct organization *organization;
	size_t n_locations; struct location *location;
	size_t n_personas; struct persona *persona;
	const char *quiet_from, *quiet_to;  /* as written, "20:00"; NULL: the defaults */
	int quiet_from_min, quiet_to_min;   /* minutes of the day between which no reminder goes out; equal: none */
	int sms_limit;                  /* characters of a text message in Latin letters */
	size_t n_reminders; struct reminder *reminder;
	size_t n_indicators; struct indicator *indicator;
	size_t n_dashboards; struct dashboard *dashboard;
	struct card *card;              /* NULL none */
	size_t n_manuals; struct manual *manual;
	size_t n_goals; struct goal_template *goal;
	size_t n_was; struct was *was;  /* of all lists: "stages", "roles" … */
	const char *const *words;       /* pairs, NULL-closed: product word → this country's word */
	struct catalogue_of_words *languages; /* .po tables, see words.h */
	const char *geography;          /* "am": which of seed-data/geography, or NULL */
	const char *map_view_box;       /* of the areas' shapes: "0 0 1000 874"; NULL without shapes */
	struct told *told;              /* seeded texts in other languages, see told.h; NULL none */
	const char *seed_json;          /* text of seed.json, read by the generator; NULL without */
	const char *const *dirs;        /* folders the bundle was read from: its own, then its parents'; NULL-closed */
	int64_t files_digest;           /* changes when any file does */
	struct bundle_watch *watch;     /* for bundle_is_stale */
};

/* Loads and checks. Every problem is reported; NULL when there was an error. `dir` is the bundle's
 * folder; parents are looked for beside it. Problems carry the file relative to country-configs. */
typedef void bundle_problem_fn(void *data, bool is_error, const char *file, int line, int column, const char *message);
struct bundle *bundle_load(const char *dir, bundle_problem_fn *problem, void *data);
void bundle_free(struct bundle *bundle);
/* A file of the bundle ("seed/stories/grigoryan.json", "media/x.png") from its own folder or the nearest parent's:
 * bytes with a NUL after them; NULL when none has it. Names with "..", absolute ones and links are refused. */
char *bundle_read_file(const struct bundle *bundle, struct arena *arena, const char *name, size_t *length);
/* One document ("services.json") of the bundle in that folder, its parents' laid under, unchecked, with its places; in the
 * arena. NULL when there is none or a file is broken, which is reported. */
const struct json *bundle_document(struct arena *arena, const char *dir, const char *name, bundle_problem_fn *problem, void *data);
/* Did a file of the bundle change since it was loaded? Looks at mtimes, at most once a second. */
bool bundle_is_stale(const struct bundle *bundle);

const struct form *bundle_form(const struct bundle *bundle, const char *key);
const struct role *bundle_role(const struct bundle *bundle, const char *key);
const struct office *bundle_office(const struct bundle *bundle, const char *key);
const struct area *bundle_area(const struct bundle *bundle, const char *code);
const struct stage *bundle_stage(const struct bundle *bundle, const char *key);
const struct transition_rule *bundle_transition(const struct bundle *bundle, const char *name);
const struct persona *bundle_persona(const struct bundle *bundle, const char *key);
const struct service *bundle_service(const struct bundle *bundle, const char *key);
const struct organization *bundle_organization(const struct bundle *bundle, const char *key);
const struct location *bundle_location(const struct bundle *bundle, const char *key);
const struct reminder *bundle_reminder(const struct bundle *bundle, const char *key);
const struct indicator *bundle_indicator(const struct bundle *bundle, const char *key);
const struct manual *bundle_manual(const struct bundle *bundle, const char *key);
const struct goal_template *bundle_goal(const struct bundle *bundle, const char *key);
/* The manual's text in a language, or in the source language. */
const struct manual_text *manual_in(const struct manual *manual, const char *language);
const struct dimension *bundle_dimension(const struct bundle *bundle, const char *key);
const struct language *bundle_language(const struct bundle *bundle, const char *code);
/* The key in a list that stands for one that is gone; NULL when nothing does. */
const char *bundle_now(const struct bundle *bundle, const char *list, const char *old);
/* Index of a sensitivity tag, -1 unknown. */
int bundle_sensitivity(const struct bundle *bundle, const char *tag);
static inline bool bundle_has(const struct bundle *bundle, enum module module)
{
	return (bundle->modules & BIT(module)) != 0;
}

#endif
