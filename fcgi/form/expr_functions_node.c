/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions on nodes, and those that ask the world outside the document: other
 * instances, choices, earlier rounds, chance. */
#include "expr_functions.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/random.h"

/* The first node of the argument, or the context node without one; NULL when there is none. */
static struct node *node_or_context(struct eval *eval, const struct ast *call)
{
	if (!call->n)
		return eval->node;
	struct value nodes = arg_nodes(eval, call, 0);
	return nodes.n ? nodes.nodes[0] : NULL;
}

size_t eval_position(struct eval *eval, const struct node *node)
{
	size_t n = 0;
	for (const struct node *at = node->previous; at; at = at->previous)
		n++;
	return eval_spend(eval, n) ? node_position(node) : 0;
}

/* With a node: its place among siblings of its name, which numbers the rounds of a repeat. */
struct value function_position(struct eval *eval, const struct ast *call)
{
	if (!call->n)
		return value_of_number((double)eval->position);
	struct node *node = node_or_context(eval, call);
	return value_of_number(node ? (double)eval_position(eval, node) : 0);
}

struct value function_last(struct eval *eval, const struct ast *call)
{
	(void)call;
	return value_of_number((double)eval->size);
}

struct value function_name(struct eval *eval, const struct ast *call)
{
	struct node *node = node_or_context(eval, call);
	return value_of_string(node ? node->name : "");
}

struct value function_namespace_uri(struct eval *eval, const struct ast *call)
{
	(void)node_or_context(eval, call);
	return value_of_string("");
}

/* XPath's: does the nearest xml:lang around the context name this language? */
struct value function_lang(struct eval *eval, const struct ast *call)
{
	const char *wanted = arg_string(eval, call, 0);
	size_t n = strlen(wanted);
	for (struct node *node = eval->node; node; node = node->parent)
		for (struct node *child = node->first; child && eval_spend(eval, 1); child = child->next)
			if (child->is_attribute && strcmp(child->name, "lang") == 0)
				return value_of_boolean(strncasecmp(child->value, wanted, n) == 0 &&
				                        (child->value[n] == '\0' || child->value[n] == '-'));
	return value_of_boolean(false);
}

static struct value one_node(struct eval *eval, struct node *node)
{
	struct nodes nodes = { 0 };
	if (node)
		nodes_add(eval, &nodes, node);
	return value_of_nodes(nodes.item, nodes.n);
}

struct value function_current(struct eval *eval, const struct ast *call)
{
	const struct expr_env *env = eval->env;
	(void)call;
	return one_node(eval, env->current ? env->current : env->context ? env->context : env->root);
}

struct value function_instance(struct eval *eval, const struct ast *call)
{
	const struct expr_env *env = eval->env;
	const char *name = arg_string(eval, call, 0);
	struct node *root = env->instance && !eval->is_failed ? env->instance(env->data, name) : NULL;
	if (!root)
		return eval_fail(eval, "there is no list or instance “%.60s”", name);
	/* the <instance> element, so that instance('x')/root/item finds its way */
	struct node *above = arena_new_of(env->arena, struct node);
	*above = (struct node){ .name = "instance", .value = "", .first = root, .last = root, .is_relevant = true };
	return one_node(eval, above);
}

/* --- chance --- */

double draw_unit(struct eval *eval, const struct ast *call)
{
	struct dice dice;
	if (!eval_spend(eval, 8))
		return 0;
	if (!eval->env->random_seed)
		return (random_below(1u << 26) * 134217728.0 + random_below(1u << 27)) / 9007199254740992.0;
	dice_seed(&dice, ((uint64_t)eval->env->random_seed << 32) ^ ((uint64_t)call->offset << 16) ^ eval->draws++);
	return dice_unit(&dice);
}

struct value function_random(struct eval *eval, const struct ast *call)
{
	return value_of_number(draw_unit(eval, call));
}

/* The Park-Miller generator that ODK's seeded shuffle is defined by. */
static double park_miller(int64_t *state)
{
	*state = *state * 16807 % 2147483647;
	return (double)(*state - 1) / 2147483646;
}

/* ODK's seed from what is no number: the first eight bytes of the text's SHA-256, as a signed
 * integer, which JavaRosa carries in a double. */
static double hash_seed(const char *text)
{
	unsigned char bytes[DIGEST_MAX];
	uint64_t seed = 0;
	if (!text[0] || digest_text("SHA-256", text, bytes) < 8)
		return 0;
	for (size_t i = 0; i < 8; i++)
		seed = seed << 8 | bytes[i];
	return (double)(int64_t)seed;
}

/* A number is cut to whole, as Java does it. */
static int64_t seed_of(struct eval *eval, const struct value *value)
{
	double seed = eval_number(eval, value);
	if (isnan(seed))
		seed = value->kind == VALUE_STRING || value->kind == VALUE_NODES ? hash_seed(eval_string(eval, value)) : 0;
	return seed >= 0x1p63 ? INT64_MAX : seed < -0x1p63 ? INT64_MIN : (int64_t)seed;
}

/* The "inside-out" Fisher-Yates shuffle of the specification. */
struct value function_randomize(struct eval *eval, const struct ast *call)
{
	struct value nodes = arg_nodes(eval, call, 0);
	bool is_seeded = call->n > 1;
	struct value seed = arg_value(eval, call, 1);
	int64_t state = is_seeded ? seed_of(eval, &seed) % 2147483647 : 0;
	if (state <= 0)
		state += 2147483646;
	struct node **shuffled = eval_alloc(eval, (nodes.n + 1) * sizeof *shuffled);
	if (!shuffled)
		return value_of_nodes(NULL, 0);
	for (size_t i = 0; i < nodes.n; i++) {
		double unit = is_seeded ? park_miller(&state) : draw_unit(eval, call);
		size_t k = (size_t)floor(unit * (double)(i + 1));
		if (k > i)
			k = i;
		if (k != i)
			shuffled[i] = shuffled[k];
		shuffled[k] = nodes.nodes[i];
	}
	return value_of_nodes(shuffled, nodes.n);
}

static void random_text(struct eval *eval, const struct ast *call, const char *alphabet, char *out, size_t n)
{
	size_t letters = strlen(alphabet);
	for (size_t i = 0; i < n; i++)
		out[i] = alphabet[(size_t)(draw_unit(eval, call) * (double)letters) % letters];
}

/* Without an argument a version 4 UUID, else so many letters and digits. */
struct value function_uuid(struct eval *eval, const struct ast *call)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	double wanted = call->n ? trunc(arg_number(eval, call, 0)) : 36;
	if (!(wanted >= 0 && wanted <= 1000))
		return eval_fail(eval, "uuid() makes up to 1000 characters");
	size_t n = (size_t)wanted;
	char *text = eval_alloc(eval, n + 1);
	if (!text)
		return value_of_string("");
	random_text(eval, call, call->n ? letters : "0123456789abcdef", text, n);
	if (!call->n) {
		text[8] = text[13] = text[18] = text[23] = '-';
		text[14] = '4';
		random_text(eval, call, "89ab", text + 19, 1);
	}
	return value_of_string(text);
}

/* --- answers kept elsewhere --- */

/* The question the i-th argument names, by ${name} or in quotes. */
static const char *question_of(struct eval *eval, const struct ast *call, size_t i)
{
	return call->text ? call->text : question_name(eval->env->arena, arg_string(eval, call, i));
}

struct value function_previous(struct eval *eval, const struct ast *call)
{
	const struct expr_env *env = eval->env;
	const char *name = question_of(eval, call, 0);
	const char *answer = env->previous ? env->previous(env->data, name) : NULL;
	return value_of_string(answer ? answer : "");
}

struct value function_choice_name(struct eval *eval, const struct ast *call)
{
	const struct expr_env *env = eval->env;
	const char *choice = arg_string(eval, call, 0);
	const char *name = question_of(eval, call, 1);
	const char *label = env->choice_label && choice[0] ? env->choice_label(env->data, choice, name) : NULL;
	return value_of_string(label ? label : "");
}

/* pulldata('file', 'column wanted', 'key column', key): by callback, else from the instance of that name. */
struct value function_pulldata(struct eval *eval, const struct ast *call)
{
	const struct expr_env *env = eval->env;
	const char *file = arg_string(eval, call, 0), *wanted = arg_string(eval, call, 1);
	const char *key_column = arg_string(eval, call, 2), *key = arg_string(eval, call, 3);
	if (env->pulldata) {
		const char *found = env->pulldata(env->data, file, wanted, key_column, key);
		return value_of_string(found ? found : "");
	}
	const struct node *root = env->instance ? env->instance(env->data, file) : NULL;
	for (const struct node *item = root ? root->first : NULL; item && eval_spend(eval, 1); item = item->next) {
		const struct node *own = node_child(item, key_column, 0), *answer = node_child(item, wanted, 0);
		if (own && answer && strcmp(own->value, key) == 0)
			return value_of_string(answer->value);
	}
	return value_of_string("");
}

/* Our forms carry their texts themselves, not in an itext block: an id has no text. */
struct value function_itext(struct eval *eval, const struct ast *call)
{
	(void)arg_string(eval, call, 0);
	return value_of_string("");
}

/* The version attribute of the document's root, as in an XForm. */
struct value function_version(struct eval *eval, const struct ast *call)
{
	(void)call;
	for (const struct node *node = eval->env->root->first; node && eval_spend(eval, 1); node = node->next)
		if (node->is_attribute && strcmp(node->name, "version") == 0)
			return value_of_string(node->value);
	return value_of_string("");
}

struct value function_property(struct eval *eval, const struct ast *call)
{
	const struct expr_env *env = eval->env;
	const char *name = arg_string(eval, call, 0);
	const struct { const char *name, *value; } known[] = {
		{ "username", env->username }, { "email", env->email }, { "phonenumber", env->phone },
		{ "phone number", env->phone }, { "deviceid", env->device_id },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(name, known[i].name) == 0 && known[i].value)
			return value_of_string(known[i].value);
	return value_of_string("");
}
