/* SPDX-License-Identifier: Apache-2.0
 *
 * People who may be the one being typed, with the reasons, for intake and family pages. */
#ifndef STAFF_PAGES_DUPLICATES_H
#define STAFF_PAGES_DUPLICATES_H

#include "model/person.h"
#include "request/request.h"

/* Fills Duplicates.N: Name, Born, Reasons, Case, Url, Text. `found` says whether there is any. */
enum err duplicates_fill(struct request *r, const struct person *typed, bool *found);

#endif
