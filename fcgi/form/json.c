/* SPDX-License-Identifier: Apache-2.0
 *
 * The positioned JSON reader: one pass over a copy of the text, recursive by nesting
 * (depth capped). The first syntax mistake stops it; duplicate keys do not. Typed
 * access to the tree stands in json_get.c. */
#include "json.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct reader {
	struct json_report *report;
	const char *p, *end;            /* p < end, or at the copy's NUL */
	const char *line_start;
	int line;
	const char *counted;            /* columns are counted on from here: a line is walked once */
	int counted_column;
	size_t depth;
	bool failed;
};

static int count_columns(const char *from, const char *to)
{
	int n = 0;
	for (; from < to; from++)
		n += ((unsigned char)*from & 0xC0) != 0x80;
	return n;
}

static int column_here(struct reader *r)
{
	if (r->counted < r->line_start || r->counted > r->p) {
		r->counted = r->line_start;
		r->counted_column = 1;
	}
	r->counted_column += count_columns(r->counted, r->p);
	r->counted = r->p;
	return r->counted_column;
}

#define SYNTAX(r, ...) do { \
	if (!(r)->failed) { \
		(r)->report->n++; \
		(r)->report->problem((r)->report->data, (r)->line, column_here(r), __VA_ARGS__); \
	} \
	(r)->failed = true; \
} while (0)

static void skip_space(struct reader *r)
{
	for (; r->p < r->end; r->p++) {
		if (*r->p == '\n') {
			r->line++;
			r->line_start = r->p + 1;
		} else if (*r->p != ' ' && *r->p != '\t' && *r->p != '\r') {
			return;
		}
	}
}

static bool read_hex4(const char *p, const char *end, unsigned *out)
{
	*out = 0;
	if (end - p < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		char c = p[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
		if (digit < 0)
			return false;
		*out = *out * 16 + (unsigned)digit;
	}
	return true;
}

static char *put_utf8(char *to, unsigned code)
{
	if (code < 0x80) {
		*to++ = (char)code;
	} else if (code < 0x800) {
		*to++ = (char)(0xC0 | code >> 6);
		*to++ = (char)(0x80 | (code & 0x3F));
	} else if (code < 0x10000) {
		*to++ = (char)(0xE0 | code >> 12);
		*to++ = (char)(0x80 | (code >> 6 & 0x3F));
		*to++ = (char)(0x80 | (code & 0x3F));
	} else {
		*to++ = (char)(0xF0 | code >> 18);
		*to++ = (char)(0x80 | (code >> 12 & 0x3F));
		*to++ = (char)(0x80 | (code >> 6 & 0x3F));
		*to++ = (char)(0x80 | (code & 0x3F));
	}
	return to;
}

/* At the u of \u: the code point, surrogates paired. */
static bool read_unicode(struct reader *r, unsigned *code)
{
	unsigned low;
	if (!read_hex4(r->p + 1, r->end, code)) {
		SYNTAX(r, "\\u wants four hexadecimal digits");
		return false;
	}
	if (*code >= 0xD800 && *code < 0xDC00 && r->end - r->p > 6 && r->p[5] == '\\' && r->p[6] == 'u' &&
	    read_hex4(r->p + 7, r->end, &low) && low >= 0xDC00 && low < 0xE000) {
		*code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
		r->p += 6;
	}
	if (*code >= 0xD800 && *code < 0xE000) {
		SYNTAX(r, "half a surrogate pair");
		return false;
	}
	if ((*code < 0x20 && *code != '\n' && *code != '\t' && *code != '\r') || *code == 0x7F) {
		SYNTAX(r, "control character \\u%04x is not allowed", *code);
		return false;
	}
	r->p += 5;
	return true;
}

static char *read_escape(struct reader *r, char *to)
{
	static const char from[] = "\"\\/nrt", means[] = "\"\\/\n\r\t";
	unsigned code;
	r->p++;
	if (r->p < r->end && *r->p == 'u') {
		if (read_unicode(r, &code))
			to = put_utf8(to, code);
		return to;
	}
	const char *at = r->p < r->end && *r->p ? strchr(from, *r->p) : NULL;
	if (!at) {
		SYNTAX(r, "a backslash must be followed by one of \" \\ / n r t u");
		return to;
	}
	*to++ = means[at - from];
	r->p++;
	return to;
}

/* At the opening quote. An unescaped string is never longer than it was written. */
static const char *read_string(struct reader *r, size_t *length)
{
	const char *close = r->p + 1;
	while (close < r->end && *close != '"')
		close += *close == '\\' && close + 1 < r->end ? 2 : 1;
	char *out = arena_alloc(r->report->arena, (size_t)(close - r->p) + 1), *to = out;
	r->p++;
	while (!r->failed && r->p < r->end && *r->p != '"') {
		if (*r->p == '\\') {
			to = read_escape(r, to);
		} else if ((unsigned char)*r->p < 0x20 || *r->p == 0x7F) {
			SYNTAX(r, *r->p == '\n' ? "the text is not closed on its line" : "control character in a text: write it as \\n or \\t");
		} else {
			*to++ = *r->p++;
		}
	}
	if (!r->failed && r->p >= r->end)
		SYNTAX(r, "the text is not closed");
	r->p++;
	*to = 0;
	*length = (size_t)(to - out);
	return out;
}

static bool skip_digits(const char **p)
{
	const char *start = *p;
	while (**p >= '0' && **p <= '9')
		++*p;
	return *p > start;
}

static void read_number(struct reader *r, struct json *j)
{
	const char *p = r->p;
	bool is_whole = true;
	if (*p == '-')
		p++;
	const char *digits = p;
	bool good = skip_digits(&p) && (*digits != '0' || p - digits == 1);
	if (good && *p == '.') {
		p++;
		is_whole = false;
		good = skip_digits(&p);
	}
	if (good && (*p == 'e' || *p == 'E')) {
		p++;
		is_whole = false;
		if (*p == '+' || *p == '-')
			p++;
		good = skip_digits(&p);
	}
	j->kind = JSON_NUMBER;
	j->number = good ? strtod(r->p, NULL) : 0;
	if (!good || !isfinite(j->number)) {
		SYNTAX(r, "this is not a number that JSON knows");
		return;
	}
	errno = 0;
	j->integer = is_whole ? strtoll(r->p, NULL, 10) : 0;
	j->is_integer = is_whole && errno == 0;
	r->p = p;
}

static bool read_word(struct reader *r, const char *word)
{
	size_t n = strlen(word);
	if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
		return false;
	r->p += n;
	return true;
}

static void read_value(struct reader *r, struct json *j);

static int compare_keys(const void *a, const void *b)
{
	const struct json *x = *(const struct json *const *)a, *y = *(const struct json *const *)b;
	int by_name = strcmp(x->key, y->key);
	if (by_name)
		return by_name;
	return x->key_line != y->key_line ? (x->key_line > y->key_line) - (x->key_line < y->key_line)
	                                  : (x->key_column > y->key_column) - (x->key_column < y->key_column);
}

static void report_duplicates(struct reader *r, const struct json *object)
{
	if (object->n < 2)
		return;
	const struct json **sorted = arena_array(r->report->arena, const struct json *, object->n);
	size_t n = 0;
	for (json_each(member, object))
		sorted[n++] = member;
	qsort(sorted, n, sizeof *sorted, compare_keys);
	for (size_t i = 1; i < n; i++)
		if (!strcmp(sorted[i]->key, sorted[i - 1]->key))
			json_problem_key(r->report, sorted[i], "\"%s\" stands here a second time; the first is on line %d",
			                 sorted[i]->key, sorted[i - 1]->key_line);
}

static bool read_key(struct reader *r, struct json *member)
{
	size_t length;
	if (r->p >= r->end || *r->p != '"') {
		SYNTAX(r, "a name in quotes is expected here");
		return false;
	}
	member->key_line = r->line;
	member->key_column = column_here(r);
	member->key = read_string(r, &length);
	skip_space(r);
	if (!r->failed && (r->p >= r->end || *r->p != ':'))
		SYNTAX(r, "a colon is expected after the name \"%s\"", member->key);
	if (!r->failed)
		r->p++;
	return !r->failed;
}

/* At the opening bracket of a list or an object. */
static void read_container(struct reader *r, struct json *j, char close)
{
	struct json **tail = &j->first;
	j->kind = close == '}' ? JSON_OBJECT : JSON_ARRAY;
	if (++r->depth > JSON_MAX_DEPTH)
		SYNTAX(r, "nested deeper than %d levels", JSON_MAX_DEPTH);
	r->p++;
	skip_space(r);
	bool more = r->p >= r->end || *r->p != close;
	while (more && !r->failed) {
		struct json *item = arena_new_of(r->report->arena, struct json);
		if (j->kind == JSON_OBJECT && !read_key(r, item))
			break;
		read_value(r, item);
		*tail = item;
		tail = &item->next;
		j->n++;
		skip_space(r);
		more = r->p < r->end && *r->p == ',';
		if (more) {
			r->p++;
			skip_space(r);
		}
	}
	if (!r->failed && (r->p >= r->end || *r->p != close))
		SYNTAX(r, close == '}' ? "a comma or } is expected here" : "a comma or ] is expected here");
	r->p++;
	r->depth--;
	if (!r->failed && j->kind == JSON_OBJECT)
		report_duplicates(r, j);
}

static void read_value(struct reader *r, struct json *j)
{
	skip_space(r);
	j->line = r->line;
	j->column = column_here(r);
	j->file = r->report->file;
	j->string = "";
	if (r->failed)
		return;
	char c = r->p < r->end ? *r->p : 0;
	if (c == '{' || c == '[') {
		read_container(r, j, c == '{' ? '}' : ']');
	} else if (c == '"') {
		j->kind = JSON_STRING;
		j->raw = r->p + 1;
		j->string = read_string(r, &j->length);
	} else if (c == '-' || (c >= '0' && c <= '9')) {
		read_number(r, j);
	} else if (read_word(r, "true")) {
		j->kind = JSON_BOOLEAN;
		j->boolean = true;
	} else if (read_word(r, "false")) {
		j->kind = JSON_BOOLEAN;
	} else if (!read_word(r, "null")) {
		SYNTAX(r, r->p >= r->end ? "the file ends too early" : "a value is expected here");
	}
}

/* Position of the first byte that is not UTF-8, for the message. */
static void report_encoding(struct reader *r)
{
	while (r->p < r->end) {
		size_t left = (size_t)(r->end - r->p), n = 1;
		unsigned char c = (unsigned char)*r->p;
		n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
		if (n > left || !text_is_utf8(r->p, n))
			break;
		if (c == '\n') {
			r->line++;
			r->line_start = r->p + 1;
		}
		r->p += n;
	}
	SYNTAX(r, "the file is not UTF-8 here");
}

/* "$schema" tells an editor which schema the document follows; nobody here reads it. */
static void drop_schema(struct json *root)
{
	if (root->kind != JSON_OBJECT)
		return;
	for (struct json **link = (struct json **)&root->first; *link; link = &(*link)->next)
		if (!strcmp((*link)->key, "$schema") && (*link)->kind == JSON_STRING) {
			*link = (*link)->next;
			root->n--;
			return;
		}
}

struct json *json_read(struct json_report *report, const char *bytes, size_t length)
{
	size_t before = report->n;
	if (length > JSON_MAX_BYTES) {
		report->n++;
		report->problem(report->data, 1, 1, "the file is larger than %u bytes", JSON_MAX_BYTES);
		return NULL;
	}
	const char *copy = arena_strndup(report->arena, bytes, length);
	struct reader r = { .report = report, .p = copy, .end = copy + length, .line_start = copy, .line = 1, .counted = copy, .counted_column = 1 };
	if (memchr(bytes, 0, length) || !text_is_utf8(bytes, length)) {
		report_encoding(&r);
		return NULL;
	}
	if (length >= 3 && !memcmp(copy, "\xEF\xBB\xBF", 3))
		r.p = r.line_start = r.counted = copy + 3;
	struct json *root = arena_new_of(report->arena, struct json);
	read_value(&r, root);
	skip_space(&r);
	if (!r.failed && r.p < r.end)
		SYNTAX(&r, "nothing may follow the end of the document");
	drop_schema(root);
	return report->n == before ? root : NULL;
}
