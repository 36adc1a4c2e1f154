/* SPDX-License-Identifier: Apache-2.0
 *
 * The week as a table of five days, rows of a quarter of an hour, and hours by kind of work. */
#ifndef STAFF_PAGES_AGENDA_H
#define STAFF_PAGES_AGENDA_H

#include "request/request.h"

/* Fills Week (Title, Previous, Next, Now; Days.N: Label, Number, Today; Events.M: Kind, Top, Height, Time, Title, Text, Url, Short)
 * and Hours (Lead, Free; Bars.N: Kind, X, Width; Kinds.N: Kind, Label, Hours). week: any date of it, NULL this week.
 * `today` gets the number of appointments of today. */
enum err agenda_fill(struct request *r, const char *week, int *today);

#endif
