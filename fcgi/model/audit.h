/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit log: append-only, hash-chained (each digest is BLAKE2b over the one before and
 * the row). Changes are written in their own transaction; views go to a spool file and are
 * absorbed in batches, exactly once.
 *
 * What verifying finds: any row changed, removed, inserted or reordered; removal of the newest rows
 * when they were sealed (the head is appended to audit.seal at each absorption). What it cannot find:
 * somebody with the machine's disk who recomputes the whole chain and the seal file; therefore the
 * head digest is printed, to be noted elsewhere and given to verify-audit --head. */
#ifndef MODEL_AUDIT_H
#define MODEL_AUDIT_H

#include "context.h"

/* Inside a transaction. object_key: case number, user name. detail: JSON object or NULL. casefile_id 0: none. */
enum err audit_change(const struct context *c, const char *action, const char *object, const char *object_key,
                      int64_t casefile_id, const char *detail);
/* {"key": "value", …} from pairs of strings, closed by NULL; NULL values as "". */
const char *audit_detail(const struct context *c, const char *key, ...) __attribute__((sentinel));
/* One line to the spool; no transaction, no lock wait. */
enum err audit_view(const struct context *c, const char *object, const char *object_key, int64_t casefile_id);
/* The same for anything that is no change of the database (a download, a refused sign-in). */
enum err audit_note(const struct context *c, const char *action, const char *object, const char *object_key,
                    int64_t casefile_id, const char *detail);
/* Moves spooled lines into the table. absorbed may be NULL. */
enum err audit_absorb(struct db *db, const char *dir, struct why *why, int *absorbed);

struct audit_check {
	int64_t rows;
	int64_t broken_id;              /* 0: the chain holds */
	const char *problem;            /* words, when broken */
	char head[65];
	int64_t head_id;
};
/* Reads the whole chain. OK even when broken: look at broken_id. head NULL, or one noted before. */
enum err audit_verify(struct db *db, const char *dir, const char *head, struct why *why, struct audit_check *out);

/* Forgets the heads noted after a row: before the log goes back to it on purpose. */
enum err audit_seal_cut(const char *dir, int64_t last_id, struct why *why);

struct audit_row { int64_t id, at; const char *actor, *name, *action, *object, *object_key, *detail; };
struct audit_rows { size_t n; struct audit_row *item; bool has_more; };
struct audit_filter { const char *actor, *number, *action, *from_on, *until_on; int64_t before_id; int limit; };
/* Newest first; before_id 0: from the newest. Absorb first. */
enum err audit_list(const struct context *c, const struct audit_filter *filter, struct audit_rows *out);
/* Who opened a case since an instant: one row a person, newest first. On the portal: of one's own case. */
struct opener { const char *name, *name_native, *username, *title; int64_t last_at; int times; };
struct openers { size_t n; struct opener *item; };
enum err audit_openers(const struct context *c, int64_t casefile_id, int64_t since, struct openers *out);
/* How many they are, but for one of that user name ("": nobody): for a page that shows no more than the number. */
enum err audit_count_openers(const struct context *c, int64_t casefile_id, int64_t since, const char *but, int64_t *n);

#endif
