/* SPDX-License-Identifier: Apache-2.0
 *
 * Making, resetting and removing instances, and moving their clock. Used by the command line
 * and, in demo mode, by the demonstration's bar. Rows of cases are written by the seed
 * generator, which the caller hands in: this layer knows no seed. */
#ifndef COUNTRY_INSTANCE_ADMIN_H
#define COUNTRY_INSTANCE_ADMIN_H

#include "instance.h"

struct new_instance {
	const char *name, *bundle;      /* bundle: a name under country-configs */
	bool is_demo;
	uint64_t seed;
	int64_t scale;                  /* households; 0: the bundle's */
	int64_t clock_start;            /* demo: the moment its clock starts at; 0: the machine's */
	/* Fills the empty, migrated database; its clock stands at `now`. */
	enum err (*fill)(struct instance *instance, void *data, struct why *why);
	void *data;
};

/* Builds the instance aside and puts it in place whole: nothing half-made is ever seen. ERR_CONFLICT when the name is taken. */
enum err instance_create(const struct new_instance *new_instance, struct why *why);
/* Back to the seeded state, in one step for all who look on; sessions stay, the demo clock starts again.
 * Demonstrations only: a trial is refused (ERR_FORBIDDEN). */
enum err instance_reset(const char *name, struct why *why);
/* A private copy of a demonstration's seeded state under another name. ERR_CONFLICT when the name is taken. */
enum err instance_copy(const char *name, const char *copy, struct why *why);
/* Deletes the instance's folder. */
enum err instance_remove(const char *name, struct why *why);
/* Moves the demo clock by seconds. */
enum err instance_clock_move(struct instance *instance, int64_t seconds, struct why *why);
/* Seconds until what falls due next: a planned visit, or the morning of a deadline. ERR_NOT_FOUND when nothing does. */
enum err instance_next_due(struct instance *instance, int64_t *seconds, struct why *why);

#endif
