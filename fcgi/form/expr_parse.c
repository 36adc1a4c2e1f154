/* SPDX-License-Identifier: Apache-2.0
 *
 * The grammar of XPath 1.0 with `${name}`: from tokens to a tree. Function names and the
 * number of their arguments are checked here, so that a mistake in a bundle is found
 * when it is read and not when a family sits at the table. */
#include "expr_internal.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct parser {
	struct lexer lexer;
	struct token token;     /* the one being looked at */
	struct token next;      /* the one after it */
	unsigned depth;
	bool is_broken;
};

/* Children of a node under construction. */
struct list { void **item; size_t n, cap; };

static struct ast *parse_binary(struct parser *parser, int level);
static struct ast *parse_path(struct parser *parser);

static void *broken(struct parser *parser, size_t offset, const char *message)
{
	struct expr_problem *problem = parser->lexer.problem;
	parser->is_broken = true;
	if (!problem->message[0]) {
		problem->offset = offset;
		snprintf(problem->message, sizeof problem->message, "%s", message);
	}
	return NULL;
}

static void advance(struct parser *parser)
{
	parser->token = parser->next;
	if (parser->token.kind == TOKEN_BAD)
		parser->is_broken = true;
	if (parser->token.kind != TOKEN_END && !parser->is_broken)
		parser->next = lex_next(&parser->lexer);
}

static bool accept(struct parser *parser, enum token_kind kind)
{
	if (parser->token.kind != kind)
		return false;
	advance(parser);
	return true;
}

static void list_add(struct parser *parser, struct list *list, void *item)
{
	if (list->n == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 4;
		void **bigger = arena_calloc(parser->lexer.arena, cap, sizeof *bigger);
		if (list->n)
			memcpy(bigger, list->item, list->n * sizeof *bigger);
		list->item = bigger;
		list->cap = cap;
	}
	list->item[list->n++] = item;
}

static struct ast *ast_new(struct parser *parser, enum ast_kind kind, size_t offset)
{
	struct ast *ast = arena_new_of(parser->lexer.arena, struct ast);
	ast->kind = kind;
	ast->offset = offset;
	ast->height = 1;
	return ast;
}

static struct ast *ast_close(struct parser *parser, struct ast *ast, struct list children)
{
	ast->child = (struct ast **)children.item;
	ast->n = children.n;
	for (size_t i = 0; i < ast->n; i++)
		if (ast->child[i]->height >= ast->height)
			ast->height = ast->child[i]->height + 1;
	if (ast->height > EXPR_MAX_HEIGHT)
		return broken(parser, ast->offset, "the expression is too long; split it with a calculate");
	return ast;
}

static struct ast *parse_expression(struct parser *parser)
{
	if (++parser->depth > EXPR_MAX_DEPTH)
		return broken(parser, parser->token.offset, "brackets or functions are nested too deeply");
	struct ast *ast = parse_binary(parser, 0);
	parser->depth--;
	return ast;
}

/* Binding strength of an operator, from 0. */
static int level_of(enum operator op)
{
	switch (op) {
	case OP_OR: return 0;
	case OP_AND: return 1;
	case OP_EQ: case OP_NE: return 2;
	case OP_LT: case OP_LE: case OP_GT: case OP_GE: return 3;
	case OP_ADD: case OP_SUB: return 4;
	case OP_MUL: case OP_DIV: case OP_MOD: return 5;
	case OP_UNION: return 7;
	}
	return -1;
}

enum { LEVEL_UNARY = 6, LEVEL_UNION = 7, LEVEL_PATH = 8 };

static struct ast *parse_unary(struct parser *parser)
{
	struct token token = parser->token;
	if (token.kind != TOKEN_OPERATOR || token.op != OP_SUB)
		return parse_binary(parser, LEVEL_UNION);
	/* - - - x: only whether the count is odd matters, but the value becomes a number either way */
	bool is_odd = false;
	while (parser->token.kind == TOKEN_OPERATOR && parser->token.op == OP_SUB && !parser->is_broken) {
		is_odd = !is_odd;
		advance(parser);
	}
	struct ast *ast = ast_new(parser, AST_NEGATE, token.offset);
	struct list children = { 0 };
	struct ast *operand = parse_binary(parser, LEVEL_UNION);
	if (!operand)
		return NULL;
	list_add(parser, &children, operand);
	ast->number = is_odd ? -1 : 1;
	return ast_close(parser, ast, children);
}

static struct ast *parse_binary(struct parser *parser, int level)
{
	if (level == LEVEL_UNARY)
		return parse_unary(parser);
	if (level == LEVEL_PATH)
		return parse_path(parser);
	struct ast *left = parse_binary(parser, level + 1);
	while (left && !parser->is_broken && parser->token.kind == TOKEN_OPERATOR && level_of(parser->token.op) == level) {
		struct ast *both = ast_new(parser, AST_BINARY, parser->token.offset);
		struct list children = { 0 };
		both->op = parser->token.op;
		advance(parser);
		struct ast *right = parse_binary(parser, level + 1);
		if (!right)
			return NULL;
		list_add(parser, &children, left);
		list_add(parser, &children, right);
		left = ast_close(parser, both, children);
	}
	return left;
}

static bool parse_predicates(struct parser *parser, struct list *predicates)
{
	while (accept(parser, TOKEN_BRACKET)) {
		struct ast *predicate = parse_expression(parser);
		if (!predicate)
			return false;
		if (!accept(parser, TOKEN_BRACKET_END))
			return broken(parser, parser->token.offset, "] is missing");
		list_add(parser, predicates, predicate);
	}
	return !parser->is_broken;
}

static enum axis axis_by_name(const char *name)
{
	static const char *const names[AXIS_COUNT] = {
		[AXIS_CHILD] = "child", [AXIS_DESCENDANT] = "descendant", [AXIS_DESCENDANT_OR_SELF] = "descendant-or-self",
		[AXIS_PARENT] = "parent", [AXIS_ANCESTOR] = "ancestor", [AXIS_ANCESTOR_OR_SELF] = "ancestor-or-self",
		[AXIS_SELF] = "self", [AXIS_FOLLOWING_SIBLING] = "following-sibling",
		[AXIS_PRECEDING_SIBLING] = "preceding-sibling", [AXIS_FOLLOWING] = "following",
		[AXIS_PRECEDING] = "preceding", [AXIS_ATTRIBUTE] = "attribute", [AXIS_NAMESPACE] = "namespace",
	};
	for (enum axis axis = 0; axis < AXIS_COUNT; axis++)
		if (strcmp(names[axis], name) == 0)
			return axis;
	return AXIS_COUNT;
}

static bool is_node_type(const char *name)
{
	return strcmp(name, "node") == 0 || strcmp(name, "text") == 0 || strcmp(name, "comment") == 0 ||
	       strcmp(name, "processing-instruction") == 0;
}

/* node(), text(), comment(), processing-instruction('x') */
static bool parse_node_type(struct parser *parser, struct step *step, const char *name)
{
	advance(parser);
	advance(parser);
	if (parser->token.kind == TOKEN_STRING && strcmp(name, "processing-instruction") == 0)
		advance(parser);
	if (!accept(parser, TOKEN_CLOSE))
		return broken(parser, parser->token.offset, ") is missing");
	step->test = strcmp(name, "node") == 0 ? TEST_NODE : strcmp(name, "text") == 0 ? TEST_TEXT : TEST_NOTHING;
	return true;
}

/* Prefixes carry no meaning in an instance document of ours: orx:meta is meta. */
static const char *without_prefix(const char *name)
{
	const char *colon = strchr(name, ':');
	return colon ? colon + 1 : name;
}

static bool parse_node_test(struct parser *parser, struct step *step)
{
	struct token token = parser->token;
	if (accept(parser, TOKEN_STAR)) {
		step->test = TEST_ANY_NAME;
		return true;
	}
	if (token.kind != TOKEN_NAME)
		return broken(parser, token.offset, token.kind == TOKEN_END ? "the expression ends where a value or name was expected" :
		                                                              "a value or name was expected here");
	if (parser->next.kind == TOKEN_OPEN && is_node_type(token.text))
		return parse_node_type(parser, step, token.text);
	advance(parser);
	step->name = without_prefix(token.text);
	step->test = strcmp(step->name, "*") == 0 ? TEST_ANY_NAME : TEST_NAME;
	return true;
}

static bool parse_axis(struct parser *parser, struct step *step)
{
	if (accept(parser, TOKEN_AT)) {
		step->axis = AXIS_ATTRIBUTE;
	} else if (parser->token.kind == TOKEN_NAME && parser->next.kind == TOKEN_AXIS) {
		step->axis = axis_by_name(parser->token.text);
		if (step->axis == AXIS_COUNT)
			return broken(parser, parser->token.offset, "there is no such axis");
		advance(parser);
		advance(parser);
	}
	return true;
}

static bool parse_step(struct parser *parser, struct list *steps)
{
	struct step *step = arena_new_of(parser->lexer.arena, struct step);
	list_add(parser, steps, step);
	step->test = TEST_NODE;
	bool is_dots = parser->token.kind == TOKEN_DOT || parser->token.kind == TOKEN_DOTS;
	if (is_dots) {
		step->axis = parser->token.kind == TOKEN_DOT ? AXIS_SELF : AXIS_PARENT;
		advance(parser);
		if (parser->token.kind == TOKEN_BRACKET)
			return broken(parser, parser->token.offset, "[ ] cannot follow . or .. directly; write self::node()[ ] or parent::node()[ ]");
	} else if (!parse_axis(parser, step) || !parse_node_test(parser, step)) {
		return false;
	}
	struct list predicates = { 0 };
	if (!parse_predicates(parser, &predicates))
		return false;
	step->predicate = (struct ast **)predicates.item;
	step->n_predicates = predicates.n;
	return true;
}

static void add_descendants(struct parser *parser, struct list *steps)
{
	struct step *step = arena_new_of(parser->lexer.arena, struct step);
	step->axis = AXIS_DESCENDANT_OR_SELF;
	step->test = TEST_NODE;
	list_add(parser, steps, step);
}

/* `//x` without predicates is descendant::x: one walk and no list in between. */
static void shorten(struct list *steps)
{
	size_t kept = 0;
	struct step **step = (struct step **)steps->item;
	for (size_t i = 0; i < steps->n; i++) {
		bool is_pair = i + 1 < steps->n && step[i]->axis == AXIS_DESCENDANT_OR_SELF && step[i]->test == TEST_NODE &&
		               step[i]->n_predicates == 0 && step[i + 1]->axis == AXIS_CHILD && step[i + 1]->n_predicates == 0;
		if (is_pair)
			step[++i]->axis = AXIS_DESCENDANT;
		step[kept++] = step[i];
	}
	steps->n = kept;
}

static struct ast *close_path(struct parser *parser, struct ast *path, struct list steps, struct ast *base)
{
	struct list children = { 0 };
	shorten(&steps);
	path->n_steps = steps.n;
	path->step = arena_array(parser->lexer.arena, struct step, steps.n + 1);
	for (size_t i = 0; i < steps.n; i++) {
		path->step[i] = *(struct step *)steps.item[i];
		for (size_t k = 0; k < path->step[i].n_predicates; k++)
			if (path->step[i].predicate[k]->height >= path->height)
				path->height = path->step[i].predicate[k]->height + 1;
	}
	if (base)
		list_add(parser, &children, base);
	return ast_close(parser, path, children);
}

static bool starts_step(const struct parser *parser)
{
	switch (parser->token.kind) {
	case TOKEN_NAME: case TOKEN_STAR: case TOKEN_DOT: case TOKEN_DOTS: case TOKEN_AT:
		return true;
	default:
		return false;
	}
}

/* Steps after `base` (may be NULL), each introduced by / or //; the first may stand alone. */
static struct ast *parse_steps(struct parser *parser, struct ast *path, struct ast *base)
{
	struct list steps = { 0 };
	bool is_first = !base;
	if (is_first && parser->token.kind == TOKEN_SLASH) {
		path->is_absolute = true;
		advance(parser);
		if (!starts_step(parser))
			return close_path(parser, path, steps, NULL);
	} else if (is_first && parser->token.kind == TOKEN_SLASHES) {
		path->is_absolute = true;
		is_first = false;
	}
	for (;;) {
		if (is_first)
			is_first = false;
		else if (accept(parser, TOKEN_SLASHES))
			add_descendants(parser, &steps);
		else if (!accept(parser, TOKEN_SLASH))
			break;
		if (!parse_step(parser, &steps))
			return NULL;
	}
	return close_path(parser, path, steps, base);
}

static bool check_arguments(struct parser *parser, const struct token *name, const struct function *function, size_t n)
{
	char message[sizeof parser->lexer.problem->message];
	if (n < (size_t)function->min)
		snprintf(message, sizeof message, "%s() needs %s%d argument%s, here it has %zu", function->name,
		         function->max == function->min ? "" : "at least ", function->min, function->min == 1 ? "" : "s", n);
	else if (function->max >= 0 && n > (size_t)function->max)
		snprintf(message, sizeof message, "%s() takes %s%d argument%s, here it has %zu", function->name,
		         function->max == function->min ? "" : "at most ", function->max, function->max == 1 ? "" : "s", n);
	else
		return true;
	return broken(parser, name->offset, message);
}

static void *unknown_function(struct parser *parser, const struct token *name)
{
	char message[sizeof parser->lexer.problem->message];
	const char *const *names = function_names();
	size_t n = 0;
	while (names[n])
		n++;
	const char *nearest = text_nearest(name->text, names, n);
	snprintf(message, sizeof message, "there is no function %.60s()%s%s%s", name->text, nearest ? "; did you mean " : "",
	         nearest ? nearest : "", nearest ? "()?" : "");
	return broken(parser, name->offset, message);
}

const char *question_name(struct arena *arena, const char *text)
{
	size_t n = strlen(text);
	if (n > 3 && text[0] == '$' && text[1] == '{' && text[n - 1] == '}') {
		text += 2;
		n -= 3;
	}
	const char *slash = memrchr(text, '/', n);
	size_t skipped = slash ? (size_t)(slash + 1 - text) : 0;
	return arena_strndup(arena, text + skipped, n - skipped);
}

/* previous('name') and jr:choice-name(…, 'name') name a question by their last argument. */
static const char *named_question(struct parser *parser, const struct ast *call)
{
	bool takes_question = strcmp(call->function->name, "previous") == 0 || strcmp(call->function->name, "jr:choice-name") == 0 ||
	                      strcmp(call->function->name, "choice-name") == 0;
	const struct ast *last = takes_question ? call->child[call->n - 1] : NULL;
	bool is_written = last && (last->kind == AST_REFERENCE || last->kind == AST_STRING);
	return is_written ? question_name(parser->lexer.arena, last->text) : NULL;
}

static struct ast *parse_call(struct parser *parser)
{
	struct token name = parser->token;
	struct ast *call = ast_new(parser, AST_CALL, name.offset);
	struct list arguments = { 0 };
	call->function = function_find(name.text);
	if (!call->function)
		return unknown_function(parser, &name);
	advance(parser);
	advance(parser);
	if (parser->token.kind != TOKEN_CLOSE) {
		do {
			struct ast *argument = parse_expression(parser);
			if (!argument)
				return NULL;
			list_add(parser, &arguments, argument);
		} while (accept(parser, TOKEN_COMMA));
	}
	if (!accept(parser, TOKEN_CLOSE))
		return broken(parser, parser->token.offset, ") or , is missing");
	if (!check_arguments(parser, &name, call->function, arguments.n))
		return NULL;
	if (!ast_close(parser, call, arguments))
		return NULL;
	call->text = named_question(parser, call);
	return call;
}

static struct ast *parse_reference(struct parser *parser)
{
	static const char last_saved[] = "last-saved#";
	struct ast *ast = ast_new(parser, AST_REFERENCE, parser->token.offset);
	ast->text = parser->token.text;
	if (strncmp(ast->text, last_saved, sizeof last_saved - 1) == 0) {
		ast->text += sizeof last_saved - 1;
		ast->is_last_saved = true;
	}
	if (!ast->text[0] || strchr(ast->text, '#'))
		return broken(parser, parser->token.offset, "# stands only in ${last-saved#name}");
	advance(parser);
	return ast;
}

static struct ast *parse_literal(struct parser *parser)
{
	bool is_number = parser->token.kind == TOKEN_NUMBER;
	struct ast *ast = ast_new(parser, is_number ? AST_NUMBER : AST_STRING, parser->token.offset);
	ast->number = parser->token.number;
	ast->text = parser->token.text;
	advance(parser);
	return ast;
}

/* What can stand where a path begins and is no step; NULL without a problem when there is none. */
static struct ast *parse_primary(struct parser *parser)
{
	switch (parser->token.kind) {
	case TOKEN_NUMBER:
	case TOKEN_STRING:
		return parse_literal(parser);
	case TOKEN_REFERENCE:
		return parse_reference(parser);
	case TOKEN_OPEN: {
		advance(parser);
		struct ast *ast = parse_expression(parser);
		if (ast && !accept(parser, TOKEN_CLOSE))
			return broken(parser, parser->token.offset, ") is missing");
		return ast;
	}
	case TOKEN_NAME:
		if (parser->next.kind == TOKEN_OPEN && !is_node_type(parser->token.text))
			return parse_call(parser);
		return NULL;
	default:
		return NULL;
	}
}

static struct ast *parse_path(struct parser *parser)
{
	size_t offset = parser->token.offset;
	struct ast *base = parse_primary(parser);
	if (parser->is_broken)
		return NULL;
	if (!base)
		return parse_steps(parser, ast_new(parser, AST_PATH, offset), NULL);
	if (parser->token.kind == TOKEN_BRACKET) {
		struct ast *filter = ast_new(parser, AST_FILTER, offset);
		struct list children = { 0 };
		list_add(parser, &children, base);
		if (!parse_predicates(parser, &children) || !(base = ast_close(parser, filter, children)))
			return NULL;
	}
	if (parser->token.kind == TOKEN_SLASH || parser->token.kind == TOKEN_SLASHES)
		return parse_steps(parser, ast_new(parser, AST_PATH, offset), base);
	return base;
}

static struct ast *parse_all(struct parser *parser)
{
	advance(parser);
	advance(parser);
	if (parser->token.kind == TOKEN_END)
		return broken(parser, 0, "the expression is empty");
	struct ast *ast = parse_expression(parser);
	if (!ast || parser->is_broken)
		return NULL;
	if (parser->token.kind != TOKEN_END)
		return broken(parser, parser->token.offset, parser->token.kind == TOKEN_CLOSE ? "this ) closes nothing" :
		                                                                                "an operator is missing here");
	return ast;
}

struct expr *expr_parse(struct arena *arena, const char *text, struct expr_problem *problem)
{
	struct parser parser = { .lexer = { .arena = arena, .problem = problem } };
	*problem = (struct expr_problem){ 0 };
	if (strlen(text) > EXPR_MAX_TEXT)
		return broken(&parser, EXPR_MAX_TEXT, "the expression is longer than 64 KiB");
	parser.lexer.text = arena_strdup(arena, text);
	parser.lexer.last = TOKEN_OPERATOR;
	parser.token.kind = parser.next.kind = TOKEN_COMMA;
	struct ast *root = parse_all(&parser);
	if (!root || parser.is_broken)
		return NULL;
	struct expr *expr = arena_new_of(arena, struct expr);
	expr->text = parser.lexer.text;
	expr->root = root;
	return expr;
}

const char *expr_text(const struct expr *expr)
{
	return expr->text;
}
