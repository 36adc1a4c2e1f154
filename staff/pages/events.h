/* SPDX-License-Identifier: Apache-2.0
 *
 * Entries of the timeline, for the case page and the timeline itself. */
#ifndef STAFF_PAGES_EVENTS_H
#define STAFF_PAGES_EVENTS_H

#include "model/event.h"
#include "request/request.h"

/* Appends each to the list Entries under the root. */
void fill_events(struct request *r, const struct events *events);
/* The kinds to show as chips; at: the page's address, current: the kind chosen. */
void fill_event_chips(struct request *r, const char *at, const char *current);
/* Is it one of the kinds, or ""? */
bool event_kind_is_known(const char *kind);

#endif
