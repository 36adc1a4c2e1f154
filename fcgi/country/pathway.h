/* SPDX-License-Identifier: Apache-2.0
 *
 * Triage into the pathways of workflow.json by their `when`. */
#ifndef COUNTRY_PATHWAY_H
#define COUNTRY_PATHWAY_H

#include "bundle.h"
#include "form/answers.h"

/* The first whose `when` is true of these answers; those without one, and those that ask for questions which
 * this form has not, are passed over. NULL: none. */
const struct pathway *pathway_of(const struct bundle *bundle, const struct answers *answers, struct arena *arena);

#endif
