/* SPDX-License-Identifier: Apache-2.0
 *
 * Cuts the text of an expression into tokens: XPath 1.0's (section 3.7, with its rule
 * for when `*` and `and` are operators) and XLSForm's `${name}`. Knows no grammar. */
#include "expr_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct token bad(struct lexer *lexer, size_t offset, const char *message)
{
	if (!lexer->problem->message[0]) {
		lexer->problem->offset = offset;
		snprintf(lexer->problem->message, sizeof lexer->problem->message, "%s", message);
	}
	return (struct token){ .kind = TOKEN_BAD, .offset = offset };
}

static bool is_name_start(unsigned char c)
{
	return isalpha(c) || c == '_' || c >= 0x80;
}

static bool is_name_part(unsigned char c)
{
	return is_name_start(c) || isdigit(c) || c == '-' || c == '.';
}

/* After these a name or `*` begins an operand; after anything else it is an operator. */
static bool operand_may_follow(enum token_kind last)
{
	switch (last) {
	case TOKEN_NUMBER: case TOKEN_STRING: case TOKEN_NAME: case TOKEN_REFERENCE: case TOKEN_VARIABLE:
	case TOKEN_STAR: case TOKEN_DOT: case TOKEN_DOTS: case TOKEN_CLOSE: case TOKEN_BRACKET_END:
		return false;
	default:
		return true;
	}
}

static struct token make(struct lexer *lexer, enum token_kind kind, size_t length)
{
	struct token token = { .kind = kind, .offset = lexer->at };
	lexer->at += length;
	return token;
}

static struct token make_operator(struct lexer *lexer, enum operator op, size_t length)
{
	struct token token = make(lexer, TOKEN_OPERATOR, length);
	token.op = op;
	return token;
}

/* XPath knows no 1e-5, but numbers pasted from elsewhere have it: e, a sign, digits, and no name after. */
static size_t exponent_length(const char *text)
{
	if (*text != 'e' && *text != 'E')
		return 0;
	size_t n = 1 + (text[1] == '-' || text[1] == '+');
	size_t digits = strspn(text + n, "0123456789");
	return digits && digits < 4 && !is_name_part((unsigned char)text[n + digits]) ? n + digits : 0;
}

static struct token lex_number(struct lexer *lexer)
{
	const char *start = lexer->text + lexer->at;
	size_t n = strspn(start, "0123456789");
	if (start[n] == '.')
		n += 1 + strspn(start + n + 1, "0123456789");
	n += exponent_length(start + n);
	struct token token = make(lexer, TOKEN_NUMBER, n);
	token.number = strtod(arena_strndup(lexer->arena, start, n), NULL);
	return token;
}

static struct token lex_string(struct lexer *lexer)
{
	const char *start = lexer->text + lexer->at + 1;
	const char *end = strchr(start, start[-1]);
	if (!end)
		return bad(lexer, lexer->at, "this quote is never closed");
	struct token token = make(lexer, TOKEN_STRING, (size_t)(end - start) + 2);
	token.text = arena_strndup(lexer->arena, start, (size_t)(end - start));
	return token;
}

/* ${name}: white space inside the braces is forgiven. */
static struct token lex_reference(struct lexer *lexer)
{
	const char *start = lexer->text + lexer->at + 2;
	const char *end = strchr(start, '}');
	if (!end)
		return bad(lexer, lexer->at, "${ is never closed with }");
	const char *from = start, *to = end;
	while (from < to && isspace((unsigned char)*from))
		from++;
	while (to > from && isspace((unsigned char)to[-1]))
		to--;
	if (from == to)
		return bad(lexer, lexer->at, "${} names no question");
	for (const char *p = from; p < to; p++)
		if (!is_name_part((unsigned char)*p) && *p != '#' && *p != ':')
			return bad(lexer, lexer->at, "a question's name between ${ and } has letters, digits, '_', '-' and '.' only");
	struct token token = make(lexer, TOKEN_REFERENCE, (size_t)(end - start) + 3);
	token.text = arena_strndup(lexer->arena, from, (size_t)(to - from));
	return token;
}

/* Name, prefix:name or prefix:*; `child::` keeps its colons for the parser. */
static size_t name_length(const char *text)
{
	size_t n = 0;
	while (is_name_part((unsigned char)text[n]))
		n++;
	if (text[n] == ':' && text[n + 1] != ':') {
		if (text[n + 1] == '*')
			return n + 2;
		if (is_name_start((unsigned char)text[n + 1])) {
			n++;
			while (is_name_part((unsigned char)text[n]))
				n++;
		}
	}
	return n;
}

/* `and`, `or`, `mod` or `div` after an operand. Written without spaces (5or2, 6andpath, 5 mod2)
 * the word may run into what follows: ODK's engines read that, and nothing else can be meant. */
static struct token lex_word_operator(struct lexer *lexer, size_t n)
{
	static const struct { const char *word; enum operator op; } words[] = {
		{ "and", OP_AND }, { "or", OP_OR }, { "mod", OP_MOD }, { "div", OP_DIV },
	};
	const char *start = lexer->text + lexer->at;
	bool touches = lexer->at > 0 && !isspace((unsigned char)start[-1]);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t length = strlen(words[i].word);
		if (n >= length && memcmp(start, words[i].word, length) == 0 &&
		    (n == length || touches || isdigit((unsigned char)start[length])))
			return make_operator(lexer, words[i].op, length);
	}
	return bad(lexer, lexer->at, "an operator is missing before this name");
}

static struct token lex_name(struct lexer *lexer)
{
	const char *start = lexer->text + lexer->at;
	size_t n = name_length(start);
	if (!operand_may_follow(lexer->last))
		return lex_word_operator(lexer, n);
	struct token token = make(lexer, TOKEN_NAME, n);
	token.text = arena_strndup(lexer->arena, start, n);
	return token;
}

static struct token lex_variable(struct lexer *lexer)
{
	if (lexer->text[lexer->at + 1] == '{')
		return lex_reference(lexer);
	return bad(lexer, lexer->at, "variables ($name) are not known in forms; a question is written ${name}");
}

static struct token lex_comparison(struct lexer *lexer, char c, char next)
{
	bool with_equal = next == '=';
	switch (c) {
	case '=': return make_operator(lexer, OP_EQ, 1);
	case '<': return make_operator(lexer, with_equal ? OP_LE : OP_LT, with_equal ? 2 : 1);
	case '>': return make_operator(lexer, with_equal ? OP_GE : OP_GT, with_equal ? 2 : 1);
	default:
		return with_equal ? make_operator(lexer, OP_NE, 2) : bad(lexer, lexer->at, "! stands only in != (not equal); use not(…)");
	}
}

static struct token lex_symbol(struct lexer *lexer, char c, char next)
{
	switch (c) {
	case '(': return make(lexer, TOKEN_OPEN, 1);
	case ')': return make(lexer, TOKEN_CLOSE, 1);
	case '[': return make(lexer, TOKEN_BRACKET, 1);
	case ']': return make(lexer, TOKEN_BRACKET_END, 1);
	case ',': return make(lexer, TOKEN_COMMA, 1);
	case '@': return make(lexer, TOKEN_AT, 1);
	case '/': return next == '/' ? make(lexer, TOKEN_SLASHES, 2) : make(lexer, TOKEN_SLASH, 1);
	case '.': return next == '.' ? make(lexer, TOKEN_DOTS, 2) : make(lexer, TOKEN_DOT, 1);
	case '|': return make_operator(lexer, OP_UNION, 1);
	case '+': return make_operator(lexer, OP_ADD, 1);
	case '-': return make_operator(lexer, OP_SUB, 1);
	case '*': return operand_may_follow(lexer->last) ? make(lexer, TOKEN_STAR, 1) : make_operator(lexer, OP_MUL, 1);
	case '=': case '<': case '>': case '!': return lex_comparison(lexer, c, next);
	case '$': return lex_variable(lexer);
	case ':':
		if (next == ':')
			return make(lexer, TOKEN_AXIS, 2);
		break;
	default:
		break;
	}
	return bad(lexer, lexer->at, "this character means nothing here");
}

/* Spreadsheets put no-break spaces and typographic quotes into expressions; the first are forgiven. */
static void skip_space(struct lexer *lexer)
{
	for (;;) {
		const unsigned char *p = (const unsigned char *)lexer->text + lexer->at;
		if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
			lexer->at++;
		else if (p[0] == 0xC2 && p[1] == 0xA0)
			lexer->at += 2;
		else
			return;
	}
}

static bool is_typographic_quote(const char *p)
{
	return strncmp(p, "\xE2\x80\x98", 3) == 0 || strncmp(p, "\xE2\x80\x99", 3) == 0 ||
	       strncmp(p, "\xE2\x80\x9C", 3) == 0 || strncmp(p, "\xE2\x80\x9D", 3) == 0;
}

struct token lex_next(struct lexer *lexer)
{
	skip_space(lexer);
	const char *p = lexer->text + lexer->at;
	struct token token;
	if (!*p)
		token = make(lexer, TOKEN_END, 0);
	else if (isdigit((unsigned char)*p) || (*p == '.' && isdigit((unsigned char)p[1])))
		token = lex_number(lexer);
	else if (*p == '\'' || *p == '"')
		token = lex_string(lexer);
	else if (is_typographic_quote(p))
		token = bad(lexer, lexer->at, "typographic quotes do not quote text here; use ' or \"");
	else if (is_name_start((unsigned char)*p))
		token = lex_name(lexer);
	else
		token = lex_symbol(lexer, p[0], p[1]);
	lexer->last = token.kind;
	return token;
}
