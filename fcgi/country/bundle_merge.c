/* SPDX-License-Identifier: Apache-2.0
 *
 * Second step of a bundle load: the documents of a bundle and its parents become one.
 * The rules stand in bundle.h. Values keep the file and line they came from, so that a
 * later message points at whoever wrote them. */
#include "bundle_load.h"

#include <string.h>

static const char *const identities[] = { "key", "code", "name" };

/* By which member do the elements of a list know each other? NULL: they do not. */
static const char *identity_of(const struct json *list)
{
	for (size_t i = 0; list->first && i < sizeof identities / sizeof *identities; i++) {
		bool all = true;
		for (json_each(item, list)) {
			const struct json *id = json_get(item, identities[i]);
			all = all && id && id->kind == JSON_STRING;
		}
		if (all)
			return identities[i];
	}
	return NULL;
}

static struct json *copy_of(struct loader *l, const struct json *j)
{
	struct json *copy = arena_new_of(l->scratch, struct json);
	*copy = *j;
	copy->next = NULL;
	return copy;
}

/* Appends without its siblings. */
static void append(struct json *container, struct json ***tail, struct json *item)
{
	item->next = NULL;
	**tail = item;
	*tail = &item->next;
	container->n++;
}

static struct json *merge_value(struct loader *l, const struct json *parent, const struct json *child);

static struct json *merge_objects(struct loader *l, const struct json *parent, const struct json *child)
{
	struct json *merged = copy_of(l, child), **tail = &merged->first;
	merged->n = 0;
	merged->first = NULL;
	for (json_each(member, parent)) {
		const struct json *own = json_get(child, member->key);
		append(merged, &tail, own ? merge_value(l, member, own) : copy_of(l, member));
	}
	for (json_each(own, child))
		if (!json_get(parent, own->key))
			append(merged, &tail, copy_of(l, own));
	return merged;
}

struct pairing {
	size_t n_parent, n_child;
	const struct json **parent, **child;
	size_t *of_child;               /* index in the parent, or SIZE_MAX */
	bool *is_mentioned;             /* by parent's index */
	bool keeps_order;               /* the child adds nothing and moves nothing */
};

static bool same_id(const struct json *a, const struct json *b, const char *id)
{
	return !strcmp(json_get(a, id)->string, json_get(b, id)->string);
}

static struct pairing pair_up(struct loader *l, const struct json *parent, const struct json *child, const char *id)
{
	struct pairing p = {
		.parent = arena_array(l->scratch, const struct json *, parent->n + 1),
		.child = arena_array(l->scratch, const struct json *, child->n + 1),
		.of_child = arena_array(l->scratch, size_t, child->n + 1),
		.is_mentioned = arena_array(l->scratch, bool, parent->n + 1),
		.keeps_order = true,
	};
	size_t last = 0;
	for (json_each(item, parent))
		p.parent[p.n_parent++] = item;
	for (json_each(item, child)) {
		size_t at = 0;
		while (at < p.n_parent && !same_id(p.parent[at], item, id))
			at++;
		bool found = at < p.n_parent;
		if (found)
			p.is_mentioned[at] = true;
		p.keeps_order = p.keeps_order && found && at + 1 > last;
		last = at + 1;
		p.child[p.n_child] = item;
		p.of_child[p.n_child++] = found ? at : SIZE_MAX;
	}
	return p;
}

/* A parent's item that the child does not mention stays beside its mentioned neighbour: the one
 * before it, else the one after it. SIZE_MAX: it has none, and goes to the end. */
static size_t neighbour_of(const struct pairing *p, size_t i)
{
	for (size_t j = i; j-- > 0;)
		if (p->is_mentioned[j])
			return j;
	for (size_t j = i + 1; j < p->n_parent; j++)
		if (p->is_mentioned[j])
			return j;
	return SIZE_MAX;
}

static void append_unmentioned(struct loader *l, const struct pairing *p, struct json *merged, struct json ***tail, size_t beside, bool before)
{
	for (size_t i = 0; i < p->n_parent; i++)
		if (!p->is_mentioned[i] && neighbour_of(p, i) == beside && (beside == SIZE_MAX || (i < beside) == before))
			append(merged, tail, copy_of(l, p->parent[i]));
}

/* The child's element over the parent's; nothing when it says "remove". */
static void append_own(struct loader *l, const struct pairing *p, struct json *merged, struct json ***tail, size_t i, const char *id)
{
	const struct json *own = p->child[i], *remove = json_get(own, "remove");
	bool has_parent = p->of_child[i] != SIZE_MAX;
	if (remove && !has_parent)
		loader_error_key(l, remove, "\"%s\" is to be removed, but no parent bundle has it", json_get(own, id)->string);
	else if (remove && (remove->kind != JSON_BOOLEAN || !remove->boolean || own->n != 2))
		loader_error_key(l, remove, "removing is written {\"%s\": \"%s\", \"remove\": true} and nothing else", id, json_get(own, id)->string);
	else if (!remove)
		append(merged, tail, has_parent ? merge_value(l, p->parent[p->of_child[i]], own) : copy_of(l, own));
}

static struct json *merge_lists(struct loader *l, const struct json *parent, const struct json *child, const char *id)
{
	struct json *merged = copy_of(l, child), **tail = &merged->first;
	struct pairing p = pair_up(l, parent, child, id);
	merged->n = 0;
	merged->first = NULL;
	if (p.keeps_order) {
		size_t next = 0;
		for (size_t i = 0; i < p.n_parent; i++)
			if (next < p.n_child && p.of_child[next] == i)
				append_own(l, &p, merged, &tail, next++, id);
			else
				append(merged, &tail, copy_of(l, p.parent[i]));
		return merged;
	}
	for (size_t i = 0; i < p.n_child; i++) {
		if (p.of_child[i] != SIZE_MAX)
			append_unmentioned(l, &p, merged, &tail, p.of_child[i], true);
		append_own(l, &p, merged, &tail, i, id);
		if (p.of_child[i] != SIZE_MAX)
			append_unmentioned(l, &p, merged, &tail, p.of_child[i], false);
	}
	append_unmentioned(l, &p, merged, &tail, SIZE_MAX, false);
	return merged;
}

/* The list of {"replace": [ … ]}, under the name it stood by; NULL when it is something else. */
static struct json *replacement_of(struct loader *l, const struct json *child)
{
	if (child->kind != JSON_OBJECT || child->n != 1 || strcmp(child->first->key, "replace") != 0 || child->first->kind != JSON_ARRAY)
		return NULL;
	struct json *list = copy_of(l, child->first);
	list->key = child->key;
	list->key_line = child->key_line;
	list->key_column = child->key_column;
	return list;
}

static struct json *merge_value(struct loader *l, const struct json *parent, const struct json *child)
{
	struct json *replacement = parent->kind == JSON_ARRAY ? replacement_of(l, child) : NULL;
	if (replacement)
		return replacement;
	if (parent->kind == JSON_OBJECT && child->kind == JSON_OBJECT)
		return merge_objects(l, parent, child);
	if (parent->kind == JSON_ARRAY && child->kind == JSON_ARRAY) {
		const char *a = identity_of(parent), *b = identity_of(child);
		/* an empty list mentions nothing: emptying one is written {"replace": []} */
		if (a && (!child->n || (b && !strcmp(a, b))))
			return merge_lists(l, parent, child, a);
	}
	return copy_of(l, child);
}

/* A document without a parent: a list that would replace one is just the list. */
static const struct json *unwrap(struct loader *l, const struct json *document)
{
	if (document->kind != JSON_OBJECT)
		return document;
	struct json *copy = copy_of(l, document), **tail = &copy->first;
	copy->n = 0;
	copy->first = NULL;
	for (json_each(member, document)) {
		struct json *list = replacement_of(l, member);
		append(copy, &tail, list ? list : copy_of(l, member));
	}
	return copy;
}

const struct json *loader_merge(struct loader *l, const struct json *parent, const struct json *child)
{
	if (!child)
		return parent;
	return parent ? merge_value(l, parent, child) : unwrap(l, child);
}

const struct json *loader_document(struct loader *l, const char *name)
{
	const struct json *merged = NULL;
	for (size_t i = l->n_layers; i-- > 0;) {
		const struct bundle_file *file = layer_file(&l->layer[i], name);
		if (file && file->json)
			merged = loader_merge(l, merged, file->json);
	}
	return merged;
}
