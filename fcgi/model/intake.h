/* SPDX-License-Identifier: Apache-2.0
 *
 * Finishing an intake: people, household, case, consents, intake row, event and audit in
 * one transaction, with the next case number. */
#ifndef MODEL_INTAKE_H
#define MODEL_INTAKE_H

#include "casefile.h"
#include "consent.h"
#include "household.h"

struct intake {
	const char *case_prefix;        /* "ARM" */
	const char *subject_type;       /* household or person */
	const char *title, *title_latin; /* NULL: the head's family name (household) or whole name (person) */
	const char *program;
	int level;
	const char *pathway, *stage, *status, *stage_due_on, *risk_level;
	const char *office, *area;
	int64_t owner_id;               /* 0: to be assigned */
	const char *locality, *address, *phone, *language;
	size_t n_members;
	struct member *member;          /* person->id of somebody known: that person joins; else created */
	size_t n_consents;
	struct consent *consent;
	int64_t form_version;
	const char *answers;            /* JSON */
	const char *intake_point, *channel, *urgency, *decision;
	int64_t draft_id;               /* 0: none; else it is finished by this, once */
};

/* Fills out with the new case. ERR_CONFLICT when the draft was finished before (out is that case). */
enum err intake_finish(const struct context *c, struct intake *intake, struct casefile **out);
struct intake_row { int64_t form_version, taken_at; const char *answers, *intake_point, *channel, *urgency, *decision, *taken_by; };
enum err intake_load(const struct context *c, int64_t casefile_id, struct intake_row **out);

#endif
