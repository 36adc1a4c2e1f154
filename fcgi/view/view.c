/* SPDX-License-Identifier: Apache-2.0
 *
 * The tree of a page (view.h), on ClearSilver's HDF. Filling never fails where it is
 * called: the first failure is kept and view_render reports it. */
#include "view.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clearsilver.h"

struct view {
	struct arena *arena;
	HDF *root;
	struct why why;
};

static struct vnode *node_of(HDF *hdf)
{
	return (struct vnode *)hdf;
}

static HDF *hdf_of(struct view *view, struct vnode *under)
{
	return under ? (HDF *)under : view->root;
}

static void keep_failure(struct view *view, NEOERR *err)
{
	if (err != STATUS_OK)
		clearsilver_fail(err, &view->why);
}

struct view *view_new(struct arena *arena)
{
	struct view *view = arena_new_of(arena, struct view);

	view->arena = arena;
	keep_failure(view, hdf_init(&view->root));
	if (!view->root)
		BUG("no memory for a tree");
	return view;
}

void view_free(struct view *view)
{
	if (view)
		hdf_destroy(&view->root);
}

struct vnode *view_root(struct view *view)
{
	return node_of(view->root);
}

struct arena *view_arena(struct view *view)
{
	return view->arena;
}

void view_set(struct view *view, struct vnode *under, const char *name, const char *value)
{
	if (value)
		keep_failure(view, hdf_set_value(hdf_of(view, under), name, value));
}

void view_setf(struct view *view, struct vnode *under, const char *name, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	view_set(view, under, name, arena_vprintf(view->arena, format, args));
	va_end(args);
}

void view_int(struct view *view, struct vnode *under, const char *name, int64_t value)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRId64, value);
	view_set(view, under, name, text);
}

void view_flag(struct view *view, struct vnode *under, const char *name, bool value)
{
	if (value)
		view_set(view, under, name, "1");
}

struct vnode *view_node(struct view *view, struct vnode *under, const char *name)
{
	HDF *node = NULL;

	keep_failure(view, hdf_get_node(hdf_of(view, under), name, &node));
	return node_of(node ? node : view->root);
}

/* Called for each row of each list of each page: printf would be a tenth of it. */
static char *decimal(unsigned long n, char out[16])
{
	char *at = out + 15;

	*at = '\0';
	do
		*--at = (char)('0' + n % 10);
	while ((n /= 10) && at > out);
	return at;
}

/* A list's own value is its length: quick to append to, and `<?cs if:Rows ?>` asks
 * whether there are any. */
struct vnode *view_item(struct view *view, struct vnode *under, const char *name)
{
	HDF *list = (HDF *)view_node(view, under, name), *item = NULL;
	const char *value = hdf_obj_value(list);
	unsigned long n = value ? strtoul(value, NULL, 10) : 0;
	char index[16], length[16];

	keep_failure(view, hdf_get_node(list, decimal(n, index), &item));
	keep_failure(view, hdf_set_value(list, NULL, decimal(n + 1, length)));
	return node_of(item ? item : view->root);
}

void view_problem_add(struct view *view, const char *field, const char *message)
{
	struct vnode *problem = view_item(view, NULL, "Problems");

	view_set(view, problem, "Field", field);
	view_set(view, problem, "Message", message);
}

const char *view_problem_of(struct view *view, const char *field)
{
	for (HDF *problem = hdf_get_child(view->root, "Problems"); problem; problem = hdf_obj_next(problem)) {
		const char *of = hdf_get_value(problem, "Field", NULL);
		if (of && field && strcmp(of, field) == 0)
			return hdf_get_value(problem, "Message", NULL);
	}
	return NULL;
}

size_t view_problem_count(struct view *view)
{
	return (size_t)hdf_get_int_value(view->root, "Problems", 0);
}

enum err view_render(struct view *view, const char *name, struct buf *out, struct why *why)
{
	if (view->why.code != OK) {
		*why = view->why;
		return why->code;
	}
	return template_render(name, view->root, out, why);
}
