/* SPDX-License-Identifier: Apache-2.0
 *
 * indexed-repeat(): an answer of another round of a repeat, up to five repeats deep. */
#include "expr_functions.h"

#include <math.h>
#include <string.h>

/* The node an argument names, in any round of any repeat: only where it stands in the form counts. */
static struct node *any_node(struct eval *eval, const struct ast *call, size_t i)
{
	struct value nodes;
	eval->with_hidden = true;
	if (call->child[i]->kind == AST_REFERENCE)
		nodes = eval_reference(eval, eval->node, call->child[i]->text);
	else
		nodes = arg_nodes(eval, call, i);
	eval->with_hidden = false;
	return nodes.kind == VALUE_NODES && nodes.n ? nodes.nodes[0] : NULL;
}

static int depth_of(const struct node *node)
{
	int depth = 0;
	while ((node = node->parent))
		depth++;
	return depth;
}

static struct node *ancestor_at(struct node *node, int depth)
{
	for (int own = depth_of(node); own > depth; own--)
		node = node->parent;
	return node;
}

/* Do both stand at the same place in the form, whatever the rounds? */
static bool is_same_place(const struct node *a, const struct node *b)
{
	for (; a && b; a = a->parent, b = b->parent)
		if (strcmp(a->name, b->name) != 0)
			return false;
	return !a && !b;
}

enum { MAX_LEVELS = 5 };
struct level { int depth; size_t index; };

static bool fits(struct eval *eval, struct node *node, const struct level *level, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (eval_position(eval, ancestor_at(node, level[i].depth)) != level[i].index)
			return false;
	return true;
}

/* How many groups a node shares with the question the expression belongs to. */
static int shared_depth(struct node *node, struct node *context)
{
	int depth = depth_of(context);
	while (depth > 0 && (depth_of(node) < depth || ancestor_at(node, depth) != ancestor_at(context, depth)))
		depth--;
	return depth;
}

static struct value best(struct eval *eval, struct node *target, const struct level *level, size_t n)
{
	struct node *root = eval->env->root, *context = eval->env->context ? eval->env->context : root, *found = NULL;
	int found_depth = -1;
	struct value all;
	struct nodes one = { 0 };
	all = eval_reference(eval, root, target->name);
	for (size_t i = 0; i < all.n && eval_spend(eval, 4); i++) {
		if (!is_same_place(all.nodes[i], target) || !fits(eval, all.nodes[i], level, n))
			continue;
		int depth = shared_depth(all.nodes[i], context);
		if (depth > found_depth) {
			found = all.nodes[i];
			found_depth = depth;
		}
	}
	if (found)
		nodes_add(eval, &one, found);
	return value_of_nodes(one.item, one.n);
}

struct value function_indexed_repeat(struct eval *eval, const struct ast *call)
{
	struct level level[MAX_LEVELS] = { { 0 } };
	size_t n = 0;
	if (call->n % 2 == 0)
		return eval_fail(eval, "indexed-repeat() takes a number after each repeat");
	struct node *target = any_node(eval, call, 0);
	if (!target)
		return value_of_nodes(NULL, 0);
	for (size_t i = 1; i + 1 < call->n; i += 2, n++) {
		struct node *group = any_node(eval, call, i);
		double index = trunc(arg_number(eval, call, i + 1));
		if (!group)
			return value_of_nodes(NULL, 0);
		level[n].depth = depth_of(group);
		/* an index not yet answered means the first round, as in ODK */
		level[n].index = index >= 1 && index < 1e9 ? (size_t)index : 1;
		if (!is_same_place(ancestor_at(target, level[n].depth), group))
			return eval_fail(eval, "indexed-repeat(): argument %zu must be a repeat around the first argument", i + 1);
	}
	return best(eval, target, level, n);
}
