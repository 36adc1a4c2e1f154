/* SPDX-License-Identifier: Apache-2.0
 *
 * The .po reader: line by line, one entry collected at a time. Called by words.c for
 * the product's and the bundles' translations, and by `compass check`, which prints
 * the problems. All input is hostile: bundles are uploaded. */
#include "po.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define TEXT_MAX (64 * 1024)     /* bytes of one string */

struct reader {
	struct arena *arena;
	const char *p, *end;            /* of the line at hand */
	const char *start;
	int line;
	po_entry_fn *entry;
	po_problem_fn *problem;
	void *data;
	bool ok;
	struct po_entry at_hand;
	bool has_source, has_string;
	bool fuzzy_next;
	const char **target;            /* where the string being read goes */
	struct buf text;
};

static void __attribute__((format(printf, 2, 3))) complain(struct reader *r, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *message = arena_vprintf(r->arena, format, args);
	va_end(args);
	r->ok = false;
	r->problem(r->data, r->line, (int)(r->p - r->start) + 1, message);
}

static void end_string(struct reader *r)
{
	if (!r->target)
		return;
	if (r->text.full)
		complain(r, "this text is longer than %d bytes", TEXT_MAX);
	*r->target = arena_strndup(r->arena, r->text.p, r->text.len);
	r->target = NULL;
	buf_clear(&r->text);
}

/* The header is the entry with an empty msgid: only its character set matters here. */
static void read_header(struct reader *r, const char *header)
{
	const char *charset = strstr(header, "charset=");
	if (charset && strncasecmp(charset + 8, "UTF-8", 5) != 0 && strncmp(charset + 8, "CHARSET", 7) != 0)
		complain(r, "the header names another character set than UTF-8; save the file as UTF-8");
}

static void end_entry(struct reader *r)
{
	end_string(r);
	struct po_entry *e = &r->at_hand;
	if (r->has_source && !r->has_string)
		complain(r, "msgid of line %d has no msgstr", e->line);
	for (size_t i = 0; i < e->n; i++)
		if (!e->string[i])
			e->string[i] = "";
	if (r->has_source && r->has_string) {
		if (e->source[0] == '\0' && !e->context)
			read_header(r, e->n ? e->string[0] : "");
		else
			r->entry(r->data, e);
	}
	*e = (struct po_entry){ 0 };
	r->has_source = r->has_string = false;
}

static void read_escape(struct reader *r)
{
	static const char from[] = "nt\"\\r", to[] = "\n\t\"\\\r";
	const char *at = r->p < r->end && *r->p ? strchr(from, *r->p) : NULL;
	if (at)
		buf_char(&r->text, to[at - from]);
	else
		complain(r, "unknown escape in a string; known are \\n \\t \\r \\\" and \\\\");
	if (r->p < r->end)
		r->p++;
}

/* "…" from the opening quote to the end of the line. */
static void read_quoted(struct reader *r)
{
	if (r->p >= r->end || *r->p != '"') {
		complain(r, "a text in double quotes must stand here");
		return;
	}
	for (r->p++; r->p < r->end && *r->p != '"';) {
		char c = *r->p++;
		if (c == '\\')
			read_escape(r);
		else
			buf_char(&r->text, c);
	}
	if (r->p >= r->end) {
		complain(r, "the text has no closing quote");
		return;
	}
	for (r->p++; r->p < r->end; r->p++)
		if (!isspace((unsigned char)*r->p)) {
			complain(r, "nothing may follow the closing quote");
			return;
		}
}

static bool word_is(struct reader *r, const char *word)
{
	size_t n = strlen(word);
	if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
		return false;
	char next = (size_t)(r->end - r->p) == n ? ' ' : r->p[n];
	if (isalnum((unsigned char)next) || next == '_')
		return false;
	r->p += n;
	return true;
}

/* The optional [n] of msgstr; 0 without one. */
static size_t read_index(struct reader *r)
{
	if (r->p >= r->end || *r->p != '[')
		return 0;
	if (r->end - r->p < 3 || r->p[1] < '0' || r->p[1] >= '0' + PO_FORMS_MAX || r->p[2] != ']') {
		complain(r, "the number of a plural form is [0] to [%d]", PO_FORMS_MAX - 1);
		return 0;
	}
	r->p += 3;
	return (size_t)(r->p[-2] - '0');
}

static void start_string(struct reader *r, const char **target)
{
	if (*target)
		complain(r, "this part of the entry is given twice");
	r->target = target;
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\t'))
		r->p++;
	read_quoted(r);
}

static void start_entry(struct reader *r)
{
	r->at_hand.line = r->line;
	r->at_hand.is_fuzzy = r->fuzzy_next;
	r->fuzzy_next = false;
}

static void read_keyword(struct reader *r)
{
	struct po_entry *e = &r->at_hand;
	end_string(r);
	if (word_is(r, "msgctxt")) {
		end_entry(r);
		start_entry(r);
		start_string(r, &e->context);
	} else if (word_is(r, "msgid_plural")) {
		if (!r->has_source || r->has_string)
			complain(r, "msgid_plural comes after msgid and before msgstr");
		start_string(r, &e->plural);
	} else if (word_is(r, "msgid")) {
		if (r->has_source)
			end_entry(r);
		if (!e->line)
			start_entry(r);
		r->has_source = true;
		start_string(r, &e->source);
	} else if (word_is(r, "msgstr")) {
		size_t i = read_index(r);
		if (!r->has_source)
			complain(r, "msgstr without a msgid before it");
		r->has_string = true;
		e->n = i + 1 > e->n ? i + 1 : e->n;
		start_string(r, &e->string[i]);
	} else {
		complain(r, "unknown word; lines begin with msgctxt, msgid, msgid_plural, msgstr, # or a quote");
	}
}

static void read_line(struct reader *r)
{
	while (r->p < r->end && isspace((unsigned char)*r->p))
		r->p++;
	if (r->p == r->end)
		return;
	if (*r->p == '#') {
		if (r->has_string)
			end_entry(r);
		if (r->end - r->p > 1 && r->p[1] == ',' && memmem(r->p, (size_t)(r->end - r->p), "fuzzy", 5))
			r->fuzzy_next = true;
	} else if (*r->p == '"') {
		if (r->target)
			read_quoted(r);
		else
			complain(r, "a text that belongs to no msgid or msgstr");
	} else {
		read_keyword(r);
	}
}

bool po_read(struct arena *arena, const char *text, size_t length,
             po_entry_fn *entry, po_problem_fn *problem, void *data)
{
	struct reader r = { .arena = arena, .entry = entry, .problem = problem, .data = data, .ok = true };
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		length -= 3;
	}
	if (!text_is_clean(text, length)) {
		problem(data, 1, 1, "the file is not valid UTF-8 text, or has control characters");
		return false;
	}
	buf_init(&r.text, TEXT_MAX);
	for (const char *p = text, *end = text + length; p < end;) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		r.start = r.p = p;
		r.end = eol ? eol : end;
		r.line++;
		read_line(&r);
		p = eol ? eol + 1 : end;
	}
	r.start = r.p = text + length;
	end_entry(&r);
	buf_free(&r.text);
	return r.ok;
}
