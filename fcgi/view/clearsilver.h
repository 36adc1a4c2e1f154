/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of view/ share about ClearSilver; nobody else may include this. */
#ifndef VIEW_CLEARSILVER_H
#define VIEW_CLEARSILVER_H

#include "cs/cs.h"

#include "base/buf.h"
#include "base/err.h"

/* Turns a ClearSilver error into ours and frees it; NULL gives OK. Its text holds
 * server paths: for the log only. */
enum err clearsilver_fail(NEOERR *neoerr, struct why *why);

/* Gives a parse context t, t1, t2, plural, url and asset. */
NEOERR *function_register(CSPARSE *parse);
/* Before each render: what the functions made for the page before is given back. */
void function_begin(void);

/* Renders template `name` with the tree, its text into out. */
enum err template_render(const char *name, HDF *tree, struct buf *out, struct why *why);

#endif
