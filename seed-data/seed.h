/* SPDX-License-Identifier: Apache-2.0
 *
 * The seed generator: invented households with histories, drawn from a bundle's seed.json
 * and stories. Deterministic: equal bundle, seed, scale and clock give equal rows. Used by
 * `compass new`; the sites know nothing of it. */
#ifndef SEED_DATA_SEED_H
#define SEED_DATA_SEED_H

#include <stdint.h>

#include "base/err.h"
#include "country/instance.h"

struct seed_options {
	uint64_t seed;
	int64_t households;     /* 0: as many as seed.json says */
	int64_t now;            /* the moment the histories end at, UTC */
};

/* Called now and then with how many of how many households are written. */
typedef void seed_progress_fn(void *data, int64_t done, int64_t total);

/* The moment a demo instance of this bundle starts at: seed.json's clock_start, UTC; 0 without one. */
int64_t seed_clock_start(const struct bundle *bundle);
/* Writes offices, staff and cases into an empty, migrated database (instance->db, opened as
 * DB_TOOL). The caller has begun no transaction. `progress` may be NULL. */
enum err seed_generate(struct instance *instance, const struct seed_options *options,
                       seed_progress_fn *progress, void *data, struct why *why);
/* Offices and the bundle's administrators only: for `compass new --empty`. */
enum err seed_staff(struct instance *instance, int64_t now, struct why *why);

#endif
