/* SPDX-License-Identifier: Apache-2.0
 *
 * From the answers of an intake form to people, household, consents and case data, by the
 * `column` of each question (see the bundle format). */
#ifndef STAFF_PAGES_INTAKE_READ_H
#define STAFF_PAGES_INTAKE_READ_H

#include "form/answers.h"
#include "model/intake.h"
#include "request/request.h"

/* Fills all but what the workflow decides. Questions that are not relevant count as empty. */
enum err intake_read(struct request *r, const struct answers *answers, struct intake *out);

#endif
