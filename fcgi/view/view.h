/* SPDX-License-Identifier: Apache-2.0
 *
 * The view: C fills a tree, a ClearSilver template reads it. The only user of ClearSilver
 * (view/template.c and this). Filling never fails; the tree goes with the arena. Everything
 * printed by a template is HTML-escaped. Formatting is done here in C, before the tree is
 * filled; user data is never a node's name.
 *
 * Names are dotted, CamelCase by part: "Case.Number". Lists have numeric names: view_item
 * appends one and returns it. */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct view;
struct vnode;

/* A tree for one request, in its arena. templates_dir must have been given to view_open. */
struct view *view_new(struct arena *arena);
struct vnode *view_root(struct view *view);
/* Of the request: what is shown for one page may be made there. */
struct arena *view_arena(struct view *view);
/* NULL value sets nothing. */
void view_set(struct view *view, struct vnode *under, const char *name, const char *value);
void view_setf(struct view *view, struct vnode *under, const char *name, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void view_int(struct view *view, struct vnode *under, const char *name, int64_t value);
/* true sets "1", false sets nothing. */
void view_flag(struct view *view, struct vnode *under, const char *name, bool value);
/* The node of that name below, made when missing. */
struct vnode *view_node(struct view *view, struct vnode *under, const char *name);
/* A new last element of the list `name` below. The list's own value is its length:
 * `<?cs if:Rows ?>` asks whether there are any, `<?cs var:Rows ?>` prints how many. */
struct vnode *view_item(struct view *view, struct vnode *under, const char *name);

/* A problem of a refused form, already translated: the list Problems (Field, Url, Message) of call:errsum.
 * field NULL: of no field. url NULL: the field is on this page. Pages call view_problem (request.h). */
void view_problem_add(struct view *view, const char *field, const char *url, const char *message);
/* What view_problem_add was told first about a field, or NULL. */
const char *view_problem_of(struct view *view, const char *field);
/* How many there are. */
size_t view_problem_count(struct view *view);

/* At start, before the first request: where templates are (one folder per site), which is also where
 * includes are looked for. Parses every template; a broken one stops the start with file and line. */
enum err view_open(const char *templates_dir, struct why *why);
/* Renders template `name` (without .cs) into out. Parsed templates are cached per worker and
 * parsed again when a file changed. */
enum err view_render(struct view *view, const char *name, struct buf *out, struct why *why);

/* Functions that templates can call; what they return is escaped:
 *   t("text")  t1("text %1", x)  t2("text %1 %2", x, y)  plural("%1 case", "%1 cases", n)
 *                      translations (country/words.h); n is a whole number from the tree
 *   url(Case.Url)      an address made in C by link_to, or "#" when it is none a page may link to
 *   asset("app.css")   address of a static file (asset.h); "" when it was not built */
#endif
