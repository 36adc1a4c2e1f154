/* SPDX-License-Identifier: Apache-2.0
 *
 * The demonstration's own texts in the reader's language. Seeded cases are stored in the
 * language the country's workers write in; their texts stand in seed.json and the stories in
 * every language of the bundle, so a page can look a stored text up and show it as the reader
 * reads. What people type is never touched: it is not found here. */
#ifndef COUNTRY_TOLD_H
#define COUNTRY_TOLD_H

#include "bundle.h"

struct told;

/* Reads the bundle's seed.json and stories; lives in the arena. NULL when there is nothing to tell. */
struct told *told_load(struct arena *arena, const struct bundle *bundle);
/* For the request at hand, set by the gate beside words_use. NULL: texts are shown as stored. */
void told_use(const struct told *texts, const char *language);
/* The stored text in the reader's language, or itself. NULL gives "". */
const char *told(const char *stored);

#endif
