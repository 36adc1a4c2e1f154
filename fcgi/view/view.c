/* SPDX-License-Identifier: Apache-2.0
 *
 * The tree of a page (view.h): ClearSilver's HDF, in the request's arena. */
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
};

/* The tree is built here from the request's arena: ClearSilver's own functions take three allocations a node and hash each
 * longer list, most of what a page of a list costs. Reading it is ClearSilver's; nothing of it writes into a page's tree
 * (set: is refused by the lint), and it is never given to hdf_destroy. */
static struct vnode *node_of(HDF *hdf)
{
	return (struct vnode *)hdf;
}

static HDF *hdf_of(struct view *view, struct vnode *under)
{
	return under ? (HDF *)under : view->root;
}

/* A node and what is needed to find its children: those of a wide one through buckets. */
struct node {
	HDF hdf;                /* first: ClearSilver sees no more */
	unsigned n_children;
	struct node **bucket, *same;
};
#define WIDE 24
#define BUCKETS 64

static struct node **bucket_of(struct node *parent, const char *name, size_t length)
{
	unsigned hash = 2166136261u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)name[i]) * 16777619u;
	return &parent->bucket[(hash ^ hash >> 16) % BUCKETS];
}

static void into_bucket(struct node *parent, struct node *child)
{
	struct node **bucket = bucket_of(parent, child->hdf.name, (size_t)child->hdf.name_len);

	child->same = *bucket;
	*bucket = child;
}

static HDF *append(struct view *view, HDF *under, const char *name, size_t length)
{
	struct node *parent = (struct node *)under, *node = arena_new_of(view->arena, struct node);

	node->hdf.top = view->root;
	node->hdf.name = arena_strndup(view->arena, name, length);
	node->hdf.name_len = (int)length;
	if (under->last_child)
		under->last_child->next = &node->hdf;
	else
		under->child = &node->hdf;
	under->last_child = &node->hdf;
	parent->n_children++;
	if (parent->bucket)
		into_bucket(parent, node);
	return &node->hdf;
}

static bool is_named(const HDF *node, const char *name, size_t length)
{
	return (size_t)node->name_len == length && memcmp(node->name, name, length) == 0;
}

static HDF *find(struct view *view, struct node *parent, const char *name, size_t length)
{
	if (parent->n_children <= WIDE) {
		for (HDF *node = parent->hdf.child; node; node = node->next)
			if (is_named(node, name, length))
				return node;
		return NULL;
	}
	if (!parent->bucket) {
		parent->bucket = arena_array(view->arena, struct node *, BUCKETS);
		for (HDF *node = parent->hdf.child; node; node = node->next)
			into_bucket(parent, (struct node *)node);
	}
	for (struct node *node = *bucket_of(parent, name, length); node; node = node->same)
		if (is_named(&node->hdf, name, length))
			return &node->hdf;
	return NULL;
}

static HDF *child(struct view *view, HDF *under, const char *name, size_t length)
{
	HDF *node = find(view, (struct node *)under, name, length);

	return node ? node : append(view, under, name, length);
}

/* The node at a dotted name; NULL is the node itself. */
static HDF *reach(struct view *view, struct vnode *under, const char *name)
{
	HDF *node = hdf_of(view, under);

	while (name && *name) {
		size_t length = strcspn(name, ".");
		node = child(view, node, name, length);
		name += length + (name[length] == '.');
	}
	return node;
}

static void put(struct view *view, HDF *node, const char *value)
{
	if (!node->value || strcmp(node->value, value) != 0)
		node->value = arena_strdup(view->arena, value);
}

struct view *view_new(struct arena *arena)
{
	struct view *view = arena_new_of(arena, struct view);

	view->arena = arena;
	view->root = &arena_new_of(arena, struct node)->hdf;
	view->root->top = view->root;
	return view;
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
		put(view, reach(view, under, name), value);
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
	return node_of(reach(view, under, name));
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
	HDF *list = reach(view, under, name);
	unsigned long n = list->value ? strtoul(list->value, NULL, 10) : 0;
	char text[16];
	const char *index = decimal(n, text);
	HDF *item = append(view, list, index, strlen(index));

	put(view, list, decimal(n + 1, text));
	return node_of(item);
}

void view_problem_add(struct view *view, const char *field, const char *url, const char *message)
{
	struct vnode *problem = view_item(view, NULL, "Problems");

	view_set(view, problem, "Field", field);
	view_set(view, problem, "Url", url);
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
	return template_render(name, view->root, out, why);
}
