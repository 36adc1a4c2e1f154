/* SPDX-License-Identifier: Apache-2.0
 *
 * What came against what the route declares. */
#ifndef REQUEST_FIELDS_H
#define REQUEST_FIELDS_H

#include "decode.h"
#include "multipart.h"
#include "route.h"

/* Fills r->field and r->upload from the body and then the query: undeclared names are refused
 * (ERR_BAD_REQUEST), a value that does not fit its kind becomes a problem. uploads may be NULL. */
enum err fields_take(struct request *r, const struct pairs *query, const struct pairs *body, const struct uploads *uploads);
/* The declared fields that came, urlencoded, without secrets: to keep after a session ended. */
void fields_encode(const struct request *r, struct buf *out);
/* Is it a name whose value must not be kept or shown again? */
bool field_is_secret(const char *name);

#endif
