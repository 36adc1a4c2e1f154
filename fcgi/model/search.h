/* SPDX-License-Identifier: Apache-2.0
 *
 * Search over what a worker remembers of a case: number, names in any script and spelling,
 * place, phone, identifiers. FTS5 over folded text; the scope is part of the match. */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "casefile.h"

/* Rebuilds a case's row; inside the caller's transaction. casefile_refresh calls it. */
enum err search_update(const struct context *c, int64_t casefile_id);
/* The FTS expression of what was typed: folded words as prefixes, scope added. NULL when nothing searchable is left. */
const char *search_expression(const struct context *c, const char *q);
/* The top bar's box: best few cases in scope, open or closed. */
enum err search_quick(const struct context *c, const char *q, int limit, struct casefiles *out);

#endif
