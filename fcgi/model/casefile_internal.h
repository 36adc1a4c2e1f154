/* SPDX-License-Identifier: Apache-2.0
 *
 * The columns of a case as every query of casefile*.c and search.c reads them. */
#ifndef MODEL_CASEFILE_INTERNAL_H
#define MODEL_CASEFILE_INTERNAL_H

#include "casefile.h"
#include "model_internal.h"

#define CASEFILE_COLUMNS "f.id, f.number, f.title, f.title_latin, f.subject_type, f.program, f.level, f.pathway, f.status, f.stage," \
	" f.stage_since, f.stage_due_on, f.risk_level, f.office, p.name, f.area, f.owner_id, o.username, o.name, o.name_native," \
	" f.locality, f.address, f.phone, f.language, f.member_count, f.needs_open, f.last_score, f.first_score, f.last_contact_on," \
	" f.review_on, f.opened_on, f.closed_on, f.outcome, f.next_contact_at, f.updated_at, f.revision"
/* The same places, with nothing where a list shows nothing. */
#define CASEFILE_LIST_COLUMNS "f.id, f.number, f.title, f.title_latin, NULL, NULL, f.level, NULL, f.status, f.stage," \
	" NULL, f.stage_due_on, f.risk_level, f.office, NULL, NULL, f.owner_id, NULL, o.name, o.name_native," \
	" f.locality, NULL, NULL, NULL, f.member_count, f.needs_open, f.last_score, f.first_score, f.last_contact_on," \
	" f.review_on, NULL, f.closed_on, NULL, f.next_contact_at, NULL, NULL"
#define CASEFILE_LIST_JOINS " LEFT JOIN user o ON o.id = f.owner_id"
#define CASEFILE_JOINS " JOIN office p ON p.key = f.office LEFT JOIN user o ON o.id = f.owner_id"

void casefile_read(const struct context *c, struct rows *rows, struct casefile *casefile);
/* Reads all rows into the list and closes them. */
enum err casefile_read_all(const struct context *c, struct rows *rows, struct casefiles *out);

#endif
