/* SPDX-License-Identifier: Apache-2.0
 *
 * Every failure as a page in words. */
#ifndef REQUEST_ERROR_PAGE_H
#define REQUEST_ERROR_PAGE_H

#include "request.h"

/* Replies with the error page of err, logs what is worth a reference; reference "" when none was given. */
void error_page(struct request *r, enum err err, const char **reference);

#endif
