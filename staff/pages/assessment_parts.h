/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of assessments and of the profile share. */
#ifndef STAFF_PAGES_ASSESSMENT_PARTS_H
#define STAFF_PAGES_ASSESSMENT_PARTS_H

#include "form/answers.h"
#include "form/form.h"
#include "model/assessment.h"
#include "model/household.h"
#include "request/request.h"

/* "First assessment" …, "Being filled" … */
const char *round_word(const char *round);
const char *assessment_status_word(const char *status);
/* Address of one: "…/assessments/3", a profile's "…/profile/3". */
char *assessment_link(const struct request *r, const struct assessment *a);
/* Starts a round (or goes on with the open one) and redirects to its first page. */
enum err assessment_begin(struct request *r, const char *kind, const char *form_key, const char *round);
/* Answers a form begins with: questions with a `column` take what the case already knows. */
enum err assessment_prefill(struct request *r, const struct form *form, const char **answers);
/* What is known under a column's name ("given_name", "role"); NULL for an unknown column. */
const char *assessment_member_column(const struct member *m, const char *column);
/* Is it a repeat whose questions have columns of members. */
bool assessment_is_of_members(const struct question *repeat);
/* The people of a finished profile become the household. Doing it twice changes nothing. */
enum err household_take(struct request *r, const struct answers *answers);

#endif
