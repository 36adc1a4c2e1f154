/* SPDX-License-Identifier: Apache-2.0
 *
 * The case: one intervention with one family or person. Loading and listing apply the
 * actor's record scope in SQL (own: owner or member of its team today; office; area; all). */
#ifndef MODEL_CASEFILE_H
#define MODEL_CASEFILE_H

#include "context.h"

struct casefile {
	int64_t id;                     /* never shown */
	const char *number, *title, *title_latin, *subject_type, *program;
	int level;
	const char *pathway, *status, *stage, *stage_since, *stage_due_on, *risk_level;
	const char *office, *office_name, *area;
	int64_t owner_id;               /* 0 unassigned */
	const char *owner, *owner_name, *owner_name_native; /* user name and names */
	const char *locality, *address, *phone, *language;
	int member_count, needs_open;
	bool has_score, has_first_score;
	double last_score, first_score;
	const char *last_contact_on, *review_on, *opened_on, *closed_on, *outcome;
	int64_t next_contact_at;        /* 0 none */
	int64_t updated_at, revision;
	bool is_overdue;                /* stage_due_on before today */
};

/* In the actor's scope, else ERR_NOT_FOUND. */
enum err casefile_load(const struct context *c, const char *number, struct casefile **out);
enum err casefile_by_id(const struct context *c, int64_t id, struct casefile **out);

enum casefile_sort { SORT_DUE, SORT_NAME, SORT_OPENED, SORT_CONTACT };
/* -1 unknown; names: due, name, opened, contact. */
int casefile_sort_from_name(const char *name);

/* flag: "" open cases · overdue · no_contact (14 days without) · unassigned · review (due within 14 days) · high_risk · closed · all. */
struct casefile_filter {
	const char *q;                  /* free text; NULL or "": none */
	const char *stage, *worker, *office, *risk, *flag; /* NULL or "": any */
	enum casefile_sort sort;
	int page;                       /* from 1 */
	int per_page;                   /* at most 100 */
};
/* In lists: without subject, program, pathway, address, phone, language, names of office and user, area, outcome, the days of opening and
 * of the stage, and the revision. */
struct casefiles {
	size_t n;
	struct casefile *item;
	int64_t total;
	bool total_is_floor;            /* at least total: a search stops counting at 1,000 */
	int page, n_pages;              /* a hundred pages at most */
};
/* One query for the page of rows, one cheap one for the total. */
enum err casefile_list(const struct context *c, const struct casefile_filter *filter, struct casefiles *out);
/* How many open cases the actor carries, own ones and those shared with them. */
enum err casefile_count_own(const struct context *c, int64_t *n);
/* Open cases in scope by stage, for the list's filter and the home page. */
struct stage_count { const char *stage; int64_t n; };
struct stage_counts { size_t n; struct stage_count *item; };
enum err casefile_stage_counts(const struct context *c, struct stage_counts *out);
/* Last cases this user opened, newest first, at most 12: what a menu shows of them. */
struct recent_case { const char *number, *title, *title_latin, *stage; };
struct recent_cases { size_t n; struct recent_case *item; };
enum err casefile_recent(const struct context *c, int limit, struct recent_cases *out);
/* Own open cases, those that need attention first. */
enum err casefile_caseload(const struct context *c, int limit, struct casefiles *out);

/* Names the worker. The old one is told by the event; sharing of a case for a time is casefile_share. */
enum err casefile_assign(const struct context *c, int64_t casefile_id, int64_t user_id, const char *reason);
/* Another office takes the case over; its worker there is still to be named. name: the office's, for the timeline. */
enum err casefile_set_office(const struct context *c, int64_t casefile_id, const char *office, const char *area, const char *name);
enum err casefile_share(const struct context *c, int64_t casefile_id, int64_t user_id, const char *reason, const char *until_on);
enum err casefile_unshare(const struct context *c, int64_t casefile_id, int64_t user_id);
struct team_member { int64_t user_id; const char *username, *name, *reason, *from_on, *until_on; };
struct team { size_t n; struct team_member *item; };
enum err casefile_team(const struct context *c, int64_t casefile_id, struct team *out);
/* Title, locality, address, phone, language, against casefile->revision. */
enum err casefile_update(const struct context *c, const struct casefile *casefile);
/* Level up or down, with a reason. */
enum err casefile_set_level(const struct context *c, int64_t casefile_id, int level, const char *reason);
/* For workflow.c only: writes the step, with transition row, event and audit. */
struct casefile_move {
	const char *name, *label, *to_stage, *to_status, *due_on, *comment, *outcome; /* due_on, outcome may be NULL */
	int64_t revision;               /* 0: any */
	bool closes, reopens;
};
enum err casefile_move(const struct context *c, int64_t casefile_id, const struct casefile_move *move);
struct transition_row { const char *name, *from_stage, *to_stage, *comment, *user_name; int64_t at; };
struct transition_rows { size_t n; struct transition_row *item; };
/* Oldest first. */
enum err casefile_transitions(const struct context *c, int64_t casefile_id, struct transition_rows *out);

/* For the other modules, inside their transaction: bumps updated_at, recounts open needs and members, next and
 * last contact, and what the search knows. */
enum err casefile_refresh(const struct context *c, int64_t casefile_id);

#endif
