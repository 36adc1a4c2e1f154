/* SPDX-License-Identifier: Apache-2.0
 *
 * The shape of each file of a bundle (form/shape.h), and closed lists that several of
 * them have. Read by the loader and printed by schema.c. */
#ifndef COUNTRY_SHAPES_H
#define COUNTRY_SHAPES_H

#include "form/shape.h"

extern const struct member main_shape[], roles_shape[], offices_shape[], workflow_shape[], services_shape[], personas_shape[],
	reminders_shape[], indicators_shape[], card_shape[], goals_shape[], seed_shape[], story_shape[], test_shape[];

#define BUNDLE_LIST_MAX 5000        /* entries of a list of objects or of texts that says no number of its own */
#define EVIDENCE_CHOICES "sourced to_check illustrative"
#define EVIDENCE_WHAT "What this stands on: a source, knowledge to be checked, or an invented example"
/* What a seeded text's "if" may say of a household: the generator's KINDS. */
#define HOUSEHOLD_KINDS "child small_child older adult no_child alone together"
#define MEMBER_ROLES "head spouse child parent sibling grandparent grandchild other"
#define ACTIVITY_KINDS "home_visit office phone group conference documentation supervision self_care travel"

#endif
