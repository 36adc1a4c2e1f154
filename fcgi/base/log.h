/* SPDX-License-Identifier: Apache-2.0
 *
 * The structured log: one JSON object a line on standard error (the supervisor's
 * log file). Nothing personal goes in: case numbers and user names may, names and
 * answers of families may not. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "err.h"

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR };

/* The program's name in each line: "staff", "portal", "compass". Borrowed. */
void log_open(const char *program);
/* key, value pairs of strings, closed by NULL: log_event(LOG_LEVEL_INFO, "start", "socket", path, NULL). */
void log_event(enum log_level level, const char *event, ...) __attribute__((sentinel));
/* Logs a failure and gives the reference to show the visitor: 8 characters of a–z, 2–9.
 * Valid until the next call. */
const char *log_failure(const struct why *why, const char *what);

#endif
