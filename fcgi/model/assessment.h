/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms filled about a case: profile, assessment rounds, review. Saved group by group,
 * each group with its own revision, so that a time-out or a second window loses nothing. */
#ifndef MODEL_ASSESSMENT_H
#define MODEL_ASSESSMENT_H

#include "context.h"
#include "draft.h"

struct assessment {
	int64_t seq;
	const char *form, *kind, *round, *status; /* kind: profile, assessment, review; round: initial, interim, exit; status: draft, submitted, amended, returned */
	int64_t form_version;
	const char *answers, *group_states;       /* JSON; "" in lists */
	bool has_score;
	double score;
	const char *band, *segment, *segment_override, *override_reason;
	int64_t started_at, submitted_at;
	const char *started_by, *started_by_name, *submitted_by_name;
	const char *performed_on;
	int64_t revision;
};
struct assessments { size_t n; struct assessment *item; };

/* Newest first. kind NULL: all. */
enum err assessment_list(const struct context *c, int64_t casefile_id, const char *kind, struct assessments *out);
enum err assessment_load(const struct context *c, int64_t casefile_id, int64_t seq, struct assessment **out);
/* The newest of a kind, status submitted or amended (draft: the open one); ERR_NOT_FOUND without. */
enum err assessment_latest(const struct context *c, int64_t casefile_id, const char *kind, struct assessment **out);
enum err assessment_draft(const struct context *c, int64_t casefile_id, const char *kind, struct assessment **out);
/* Starts a round; ERR_CONFLICT (out is the open draft) when one of that kind is open. answers NULL: empty. */
enum err assessment_start(const struct context *c, int64_t casefile_id, const char *kind, const char *form,
                          int64_t form_version, const char *round, const char *answers, struct assessment **out);
/* Replaces answers[group] by the JSON object, when nobody saved that group after group_revision. ERR_CONFLICT: out
 * is as stored now, so that a page can show both. One short transaction. state: started, done. */
enum err assessment_save_group(const struct context *c, int64_t casefile_id, int64_t seq, const char *group,
                               int64_t group_revision, const char *group_answers, const char *state, struct assessment **out);

/* What submitting writes, worked out by the caller from the form's rules (form/answers.h). */
struct new_score { const char *dimension, *word; bool has_score; double score; int meaning; };
struct new_need {
	bool is_strength;
	const char *dimension, *statement_objective, *statement_subjective, *question, *sensitivity;
	bool has_severity;
	double severity;
	int meaning;
};
struct assessment_result {
	const char *answers;            /* the whole document, JSON, calculations included */
	bool has_score;
	double score;                   /* total */
	const char *band, *risk_level, *segment, *pathway; /* NULL: leave */
	size_t n_scores; struct new_score *score_of;
	size_t n_needs; struct new_need *need;
};
/* Closes the draft: scores, numbered needs and strengths (an open one of the same dimension and question is kept with its
 * number and brought up to date; numbers are never reused), risk, event, audit. revision 0: any. */
enum err assessment_submit(const struct context *c, int64_t casefile_id, int64_t seq, int64_t revision,
                           const struct assessment_result *result);
/* Corrects a submitted one, with a reason: same effects, status amended. */
enum err assessment_amend(const struct context *c, int64_t casefile_id, int64_t seq, int64_t revision,
                          const struct assessment_result *result, const char *reason);
/* A supervisor sets another segment. */
enum err assessment_override(const struct context *c, int64_t casefile_id, int64_t seq, const char *segment, const char *reason);

struct score_row {
	const char *dimension, *word;
	bool has_score, has_baseline;
	double score, baseline;         /* baseline: the first submitted assessment's */
	int meaning, baseline_meaning;
};
struct score_rows { size_t n; struct score_row *item; };
/* Scores of one, in the form's order, each beside the baseline's (not filled when it is the baseline itself). */
enum err assessment_scores(const struct context *c, int64_t casefile_id, int64_t seq, struct score_rows *out);

#endif
