/* SPDX-License-Identifier: Apache-2.0
 *
 * What the layouts of both sites show alike: language and direction of the page, the links
 * that switch language, theme and text size. The gate answers these links with a cookie and
 * the same page again, so they work without a script. */
#ifndef REQUEST_FRAME_H
#define REQUEST_FRAME_H

#include "request.h"

/* What goes into a lang attribute: browsers know no pseudo-language. */
const char *frame_lang(const char *code);
/* Fills Layout.Lang, Dir, Languages, Theme…, Large…. */
void frame_fill(struct request *r);

#endif
