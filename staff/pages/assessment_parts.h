/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of assessments and of the profile share. */
#ifndef STAFF_PAGES_ASSESSMENT_PARTS_H
#define STAFF_PAGES_ASSESSMENT_PARTS_H

#include "form/form.h"
#include "request/request.h"

/* "First assessment" …, "Being filled" … */
const char *round_word(const char *round);
const char *assessment_status_word(const char *status);
/* Starts a round (or goes on with the open one) and redirects to its first page. */
enum err assessment_begin(struct request *r, const char *kind, const char *form_key, const char *round);
/* Answers a form begins with: questions with a `column` take what the case already knows. */
enum err assessment_prefill(struct request *r, const struct form *form, const char **answers);

#endif
