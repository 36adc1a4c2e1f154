/* SPDX-License-Identifier: Apache-2.0
 *
 * What is due without a visitor: views into the audit table, expired sessions and held
 * posts out of the database. */
#ifndef REQUEST_HOUSEKEEPING_H
#define REQUEST_HOUSEKEEPING_H

/* Ticks until SIGTERM. */
void housekeeping_run(void);
/* Absorbs the views spooled by one instance now: for --once, whose process ends. */
void housekeeping_absorb(const char *instance);

#endif
