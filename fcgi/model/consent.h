/* SPDX-License-Identifier: Apache-2.0
 *
 * Consent, one row per purpose and time it was asked. A withdrawal acts at once and the row stays. */
#ifndef MODEL_CONSENT_H
#define MODEL_CONSENT_H

#include "context.h"

struct consent {
	int64_t seq;
	const char *purpose;            /* key in the bundle's consents */
	bool is_given;
	const char *method;             /* written, verbal, portal */
	const char *given_by, *given_on, *expires_on;
	int64_t withdrawn_at;           /* 0: not withdrawn */
	const char *withdrawn_by, *text_shown, *language;
	bool is_valid;                  /* given, not withdrawn, not expired today */
};
struct consents { size_t n; struct consent *item; };

/* All rows, newest of each purpose first. */
enum err consent_list(const struct context *c, int64_t casefile_id, struct consents *out);
/* Is there a valid one? */
enum err consent_has(const struct context *c, int64_t casefile_id, const char *purpose, bool *has);
/* Records an answer, yes or no; sets seq. */
enum err consent_record(const struct context *c, int64_t casefile_id, struct consent *consent);
/* Works on both sites. ERR_CONFLICT when it was withdrawn before. */
enum err consent_withdraw(const struct context *c, int64_t casefile_id, int64_t seq, const char *withdrawn_by);

#endif
