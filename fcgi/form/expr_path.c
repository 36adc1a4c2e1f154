/* SPDX-License-Identifier: Apache-2.0
 *
 * Paths over the instance document: axes, node tests, predicates, node lists in document
 * order, and what `${name}` means from where it stands. Nodes that are not relevant are
 * left out of what a path finds, as ODK does: a hidden question has no answer. */
#include "expr_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool nodes_add(struct eval *eval, struct nodes *nodes, struct node *node)
{
	if (nodes->n == nodes->cap) {
		size_t cap = nodes->cap ? nodes->cap * 2 : 4;
		struct node **bigger = eval_alloc(eval, cap * sizeof *bigger);
		if (!bigger)
			return false;
		if (nodes->n)
			memcpy(bigger, nodes->item, nodes->n * sizeof *bigger);
		nodes->item = bigger;
		nodes->cap = cap;
	}
	nodes->item[nodes->n++] = node;
	return true;
}

static struct node *top_of(struct node *node)
{
	while (node->parent)
		node = node->parent;
	return node;
}

/* Next node in document order below `top`; NULL at the end. */
static struct node *next_below(const struct node *top, struct node *node)
{
	if (node->first)
		return node->first;
	while (node && node != top && !node->next)
		node = node->parent;
	return !node || node == top ? NULL : node->next;
}

/* Next in document order outside of `node`'s own subtree. */
static struct node *next_after(struct node *node)
{
	while (node && !node->next)
		node = node->parent;
	return node ? node->next : NULL;
}

static int by_order(const void *a, const void *b)
{
	const struct node *left = *(struct node *const *)a, *right = *(struct node *const *)b;
	return left->order < right->order ? -1 : left->order > right->order;
}

/* Numbers all nodes of each document in the list, the documents in order of appearance. */
static bool number_documents(struct eval *eval, const struct nodes *nodes)
{
	unsigned order = 0;
	struct node *done = NULL;
	for (size_t i = 0; i < nodes->n; i++)
		top_of(nodes->item[i])->order = 0;
	for (size_t i = 0; i < nodes->n; i++) {
		struct node *top = top_of(nodes->item[i]);
		if (top == done || top->order || top == eval->document)
			continue;
		for (struct node *node = top; node; node = next_below(top, node)) {
			if (!eval_spend(eval, 1))
				return false;
			node->order = ++order;
		}
		done = top;
	}
	return true;
}

void nodes_sort(struct eval *eval, struct nodes *nodes)
{
	if (nodes->n < 2 || !number_documents(eval, nodes))
		return;
	bool is_sorted = true;
	for (size_t i = 1; i < nodes->n && is_sorted; i++)
		is_sorted = nodes->item[i - 1]->order < nodes->item[i]->order;
	if (is_sorted)
		return;
	qsort(nodes->item, nodes->n, sizeof *nodes->item, by_order);
	size_t kept = 1;
	for (size_t i = 1; i < nodes->n; i++)
		if (nodes->item[i] != nodes->item[kept - 1])
			nodes->item[kept++] = nodes->item[i];
	nodes->n = kept;
}

/* --- steps --- */

/* XPath's document node, the parent of the root element. Our trees have none: it stands in
 * node lists between steps, and never leaves a path. */
static struct node *document_node(struct eval *eval)
{
	if (!eval->document) {
		eval->document = arena_new_of(eval->env->arena, struct node);
		*eval->document = (struct node){ .name = "", .value = "", .first = eval->env->root, .last = eval->env->root, .is_relevant = true };
	}
	return eval->document;
}

static bool passes(const struct step *step, const struct node *node)
{
	switch (step->test) {
	case TEST_NAME:
		return strcmp(node->name, step->name) == 0;
	case TEST_ANY_NAME:
		return node->name[0] != '\0';
	case TEST_NODE:
		return true;
	default:
		return false;
	}
}

static void take(struct eval *eval, const struct step *step, struct nodes *found, struct node *node)
{
	if (passes(step, node))
		nodes_add(eval, found, node);
}

static void walk_children(struct eval *eval, const struct step *step, struct node *from, struct nodes *found)
{
	bool is_attribute = step->axis == AXIS_ATTRIBUTE;
	/* our elements carry their own text: a/text() is a, when it has any */
	if (step->test == TEST_TEXT) {
		if (!is_attribute && from->value[0])
			nodes_add(eval, found, from);
		return;
	}
	for (struct node *node = from->first; node && eval_spend(eval, 1); node = node->next)
		if (node->is_attribute == is_attribute)
			take(eval, step, found, node);
}

static void walk_descendants(struct eval *eval, const struct step *step, struct node *from, struct nodes *found)
{
	for (struct node *node = from; node && eval_spend(eval, 1); node = next_below(from, node)) {
		bool is_seen = !node->is_attribute || node == from;
		if (node == from && step->axis == AXIS_DESCENDANT && step->test != TEST_TEXT)
			continue;
		if (is_seen && (step->test == TEST_TEXT ? node->value[0] != '\0' : passes(step, node)))
			nodes_add(eval, found, node);
	}
}

static void walk_ancestors(struct eval *eval, const struct step *step, struct node *from, struct nodes *found)
{
	struct node *node = step->axis == AXIS_ANCESTOR_OR_SELF ? from : from->parent;
	for (; node && eval_spend(eval, 1); node = node->parent)
		take(eval, step, found, node);
}

static void walk_siblings(struct eval *eval, const struct step *step, struct node *from, struct nodes *found)
{
	bool is_forward = step->axis == AXIS_FOLLOWING_SIBLING;
	if (from->is_attribute)
		return;
	for (struct node *node = is_forward ? from->next : from->previous; node && eval_spend(eval, 1);
	     node = is_forward ? node->next : node->previous)
		if (!node->is_attribute)
			take(eval, step, found, node);
}

static void walk_following(struct eval *eval, const struct step *step, struct node *from, struct nodes *found)
{
	for (struct node *node = next_after(from); node && eval_spend(eval, 1); node = node->first ? node->first : next_after(node))
		if (!node->is_attribute)
			take(eval, step, found, node);
}

static bool is_ancestor(const struct node *ancestor, const struct node *node)
{
	while ((node = node->parent))
		if (node == ancestor)
			return true;
	return false;
}

/* Nearest first, ancestors left out. */
static void walk_preceding(struct eval *eval, const struct step *step, struct node *from, struct nodes *found)
{
	struct node *top = top_of(from);
	size_t start = found->n;
	for (struct node *node = top; node && node != from && eval_spend(eval, 1); node = next_below(top, node))
		if (!node->is_attribute && !is_ancestor(node, from))
			take(eval, step, found, node);
	for (size_t i = start, k = found->n; i + 1 < k; i++, k--) {
		struct node *swapped = found->item[i];
		found->item[i] = found->item[k - 1];
		found->item[k - 1] = swapped;
	}
}

static void walk(struct eval *eval, const struct step *step, struct node *from, struct nodes *found)
{
	switch (step->axis) {
	case AXIS_CHILD: case AXIS_ATTRIBUTE:
		walk_children(eval, step, from, found);
		break;
	case AXIS_DESCENDANT: case AXIS_DESCENDANT_OR_SELF:
		walk_descendants(eval, step, from, found);
		break;
	case AXIS_SELF:
		take(eval, step, found, from);
		break;
	case AXIS_PARENT:
		if (from->parent)
			take(eval, step, found, from->parent);
		else if (from == eval->env->root)
			take(eval, step, found, document_node(eval));
		break;
	case AXIS_ANCESTOR: case AXIS_ANCESTOR_OR_SELF:
		walk_ancestors(eval, step, from, found);
		break;
	case AXIS_FOLLOWING_SIBLING: case AXIS_PRECEDING_SIBLING:
		walk_siblings(eval, step, from, found);
		break;
	case AXIS_FOLLOWING:
		walk_following(eval, step, from, found);
		break;
	case AXIS_PRECEDING:
		walk_preceding(eval, step, from, found);
		break;
	case AXIS_NAMESPACE: case AXIS_COUNT:
		break;
	}
}

/* --- predicates --- */

/* Keeps of found[start…] what the predicate accepts, each seen at its position. */
static void apply_predicate(struct eval *eval, const struct ast *predicate, struct nodes *found, size_t start)
{
	struct node *node = eval->node;
	size_t position = eval->position, size = eval->size, kept = start;
	size_t end = found->n;
	eval->size = end - start;
	for (size_t i = start; i < end && eval_spend(eval, 1); i++) {
		eval->node = found->item[i];
		eval->position = i - start + 1;
		struct value value = eval_ast(eval, predicate);
		if (value.kind == VALUE_NUMBER ? value.number == (double)eval->position : value_boolean(&value))
			found->item[kept++] = found->item[i];
	}
	found->n = kept;
	eval->node = node;
	eval->position = position;
	eval->size = size;
}

static bool is_hidden(const struct node *node)
{
	for (; node; node = node->parent)
		if (!node->is_relevant)
			return true;
	return false;
}

/* What a path answers: relevant nodes only, and the root for the document. */
static struct value finish(struct eval *eval, struct nodes *nodes)
{
	size_t kept = 0;
	for (size_t i = 0; i < nodes->n; i++) {
		struct node *node = nodes->item[i];
		if (node == eval->document) {
			if (nodes->n > 1)
				continue;
			node = eval->env->root;
		}
		if (eval->with_hidden || !is_hidden(node))
			nodes->item[kept++] = node;
	}
	return value_of_nodes(nodes->item, kept);
}

/* May one step from several nodes, themselves in order, give nodes out of order or twice? */
static bool needs_sorting(const struct step *step, size_t n_from, bool is_nested)
{
	switch (step->axis) {
	case AXIS_SELF: case AXIS_ATTRIBUTE:
		return false;
	case AXIS_CHILD:
		return is_nested;
	case AXIS_DESCENDANT: case AXIS_DESCENDANT_OR_SELF:
		return n_from > 1;
	case AXIS_PARENT: case AXIS_FOLLOWING_SIBLING: case AXIS_FOLLOWING:
		return n_from > 1;
	default:
		return true;
	}
}

static struct nodes take_step(struct eval *eval, const struct step *step, const struct nodes *from, bool *is_nested)
{
	struct nodes found = { 0 };
	for (size_t i = 0; i < from->n && !eval->is_failed; i++) {
		size_t start = found.n;
		walk(eval, step, from->item[i], &found);
		for (size_t k = 0; k < step->n_predicates && !eval->is_failed; k++)
			apply_predicate(eval, step->predicate[k], &found, start);
	}
	if (needs_sorting(step, from->n, *is_nested && from->n > 1))
		nodes_sort(eval, &found);
	*is_nested = *is_nested || (step->axis != AXIS_CHILD && step->axis != AXIS_ATTRIBUTE && step->axis != AXIS_SELF);
	return found;
}

/* Where a path starts: the document, the nodes of an expression, or the context node. */
static bool start_of(struct eval *eval, const struct ast *ast, struct nodes *nodes)
{
	if (ast->is_absolute)
		return nodes_add(eval, nodes, document_node(eval));
	if (ast->n == 0)
		return nodes_add(eval, nodes, eval->node);
	struct value base = eval_ast(eval, ast->child[0]);
	if (base.kind != VALUE_NODES)
		eval_fail(eval, "only questions and groups have a / after them");
	else
		*nodes = (struct nodes){ .item = base.nodes, .n = base.n, .cap = base.n };
	return !eval->is_failed;
}

struct value eval_path(struct eval *eval, const struct ast *ast)
{
	struct nodes nodes = { 0 };
	if (!start_of(eval, ast, &nodes))
		return value_of_string("");
	bool is_nested = ast->n > 0;
	for (size_t i = 0; i < ast->n_steps && !eval->is_failed; i++)
		nodes = take_step(eval, &ast->step[i], &nodes, &is_nested);
	return finish(eval, &nodes);
}

struct value eval_filter(struct eval *eval, const struct ast *ast)
{
	struct value base = eval_ast(eval, ast->child[0]);
	if (eval->is_failed)
		return value_of_string("");
	if (base.kind != VALUE_NODES)
		return eval_fail(eval, "only questions and groups can be filtered with [ ]");
	struct nodes nodes = { 0 };
	for (size_t i = 0; i < base.n; i++)
		nodes_add(eval, &nodes, base.nodes[i]);
	for (size_t i = 1; i < ast->n && !eval->is_failed; i++)
		apply_predicate(eval, ast->child[i], &nodes, 0);
	return value_of_nodes(nodes.item, nodes.n);
}

/* --- ${name} --- */

/* All elements of that name below `top`; what lies below `done` was searched before. */
static void find_named(struct eval *eval, struct node *top, const struct node *done, const char *name, struct nodes *found)
{
	struct node *node = top->first;
	while (node && !eval->is_failed) {
		if (node->name[0] == name[0] && !node->is_attribute && strcmp(node->name, name) == 0)
			nodes_add(eval, found, node);
		if (!eval_spend(eval, 1))
			return;
		if (node->first && node != done) {
			node = node->first;
			continue;
		}
		while (node != top && !node->next)
			node = node->parent;
		if (node == top)
			return;
		node = node->next;
	}
}

struct value eval_reference(struct eval *eval, struct node *from, const char *name)
{
	struct nodes found = { 0 };
	struct node *root = eval->env->root, *done = NULL;
	/* a choice's item is another document: seen from the question, or from the top */
	if (top_of(from) != top_of(root))
		from = eval->env->current ? eval->env->current : eval->env->context;
	if (!from || top_of(from) != top_of(root))
		from = root;
	for (struct node *node = from; node && found.n == 0 && !eval->is_failed; node = node->parent) {
		find_named(eval, node, done, name, &found);
		done = node;
	}
	if (found.n == 0 && strcmp(root->name, name) == 0)
		nodes_add(eval, &found, root);
	return finish(eval, &found);
}
