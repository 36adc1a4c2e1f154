/* SPDX-License-Identifier: Apache-2.0
 *
 * What the three files of the audit share: one entry, its digest, adding it to the chain. */
#ifndef MODEL_AUDIT_INTERNAL_H
#define MODEL_AUDIT_INTERNAL_H

#include "context.h"

struct audit_entry {
	int64_t id, at, machine_at, user_id, casefile_id; /* 0: none */
	const char *actor, *action, *object, *object_key, *detail;
};

/* BLAKE2b-256, hexadecimal, over the digest before and every column. */
void audit_digest(const struct audit_entry *entry, const char *previous, char out[65]);
/* The chain's end; id 0 and zeros when it is empty. */
enum err audit_tail(struct db *db, struct why *why, int64_t *id, char digest[65]);
/* Adds an entry after the tail and moves the tail. Inside a transaction. */
enum err audit_append(struct db *db, struct why *why, struct audit_entry *entry, int64_t *tail_id, char tail[65]);

/* The seal file: heads of the chain noted now and then, beside the database. */
void audit_seal(const char *dir, int64_t id, const char *digest);

#endif
