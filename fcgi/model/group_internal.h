/* SPDX-License-Identifier: Apache-2.0
 *
 * Saving one group of a form inside answers and group_states, for draft.c and assessment.c:
 * one UPDATE that changes nothing when the group was saved by somebody else meanwhile. */
#ifndef MODEL_GROUP_INTERNAL_H
#define MODEL_GROUP_INTERNAL_H

#include "model_internal.h"

/* Questions outside any group are saved as the whole document, noted under "_". */
#define GROUP_KEY(group) ((group) != NULL && (group)[0] != '\0' ? (group) : "_")

/* ?1 group ?2 its answers ?3 its revision before ?4 state ?5 who ?6 when */
#define GROUP_TYPES "ssissi"
#define GROUP_ARGS(c, group, answers, revision, state) GROUP_KEY(group), (answers), (int64_t)(revision), \
	or_null(state) != NULL ? (state) : "started", or_empty((c)->actor->username), (c)->actor->now
#define GROUP_SET " answers = CASE ?1 WHEN '_' THEN json(?2) ELSE json_set(answers, '$.\"' || ?1 || '\"', json(?2)) END," \
	" group_states = json_set(group_states, '$.\"' || ?1 || '\"', json_object('revision', ?3 + 1, 'saved_at', ?6, 'saved_by', ?5, 'state', ?4))"
#define GROUP_UNCHANGED "ifnull(group_states ->> ('$.\"' || ?1 || '\".revision'), 0) = ?3"

/* Letters, digits, underscore, dot and dash: it stands in a JSON path. */
bool group_is_name(const char *group);

#endif
