/* SPDX-License-Identifier: Apache-2.0
 *
 * The view: C fills a tree, a ClearSilver template reads it. The only user of ClearSilver
 * (view/template.c and this). Filling is sticky: the first failure is kept and view_render
 * reports it. Everything printed by a template is HTML-escaped. Formatting is done here in
 * C, before the tree is filled; user data is never a node's name.
 *
 * Names are dotted, CamelCase by part: "Case.Number". Lists have numeric names: view_item
 * appends one and returns it. */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct view;
struct vnode;

/* A tree for one request. templates_dir must have been given to view_open. */
struct view *view_new(struct arena *arena);
void view_free(struct view *view);
struct vnode *view_root(struct view *view);
/* NULL value sets nothing. */
void view_set(struct view *view, struct vnode *under, const char *name, const char *value);
void view_setf(struct view *view, struct vnode *under, const char *name, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void view_int(struct view *view, struct vnode *under, const char *name, int64_t value);
/* true sets "1", false sets nothing. */
void view_flag(struct view *view, struct vnode *under, const char *name, bool value);
/* The node of that name below, made when missing. */
struct vnode *view_node(struct view *view, struct vnode *under, const char *name);
/* A new last element of the list `name` below. */
struct vnode *view_item(struct view *view, struct vnode *under, const char *name);

/* At start, before the first request: where templates are (one folder per site), which is also where
 * includes are looked for. Parses every template; a broken one stops the start with file and line. */
enum err view_open(const char *templates_dir, struct why *why);
/* Renders template `name` (without .cs) into out. Parsed templates are cached per worker and
 * parsed again when a file changed. */
enum err view_render(struct view *view, const char *name, struct buf *out, struct why *why);

/* Functions that templates can call; all escaped:
 *   t("text")  t1("text %1", x)  t2("text %1 %2", x, y)  plural("%1 case", "%1 cases", n)   translations (country/words.h)
 *   url("path")        path below the instance's site: url("cases/" …) is made in C instead; see link()
 *   asset("app.css")   hashed name of a static file
 */
#endif
