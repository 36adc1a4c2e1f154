/* SPDX-License-Identifier: Apache-2.0
 *
 * What the search index knows of a case, and how what is typed becomes its expression:
 * each word a prefix, in the folded text or by the levelled spelling of names; the scope
 * is one more word that must match. */
#include "search.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "casefile_internal.h"

#define WORDS_MAX 8

static bool is_word_byte(char ch)
{
	return (unsigned char)ch >= 0x80 || isalnum((unsigned char)ch);
}

/* Letters and digits only, lower case, so that it is one word to FTS5. */
static void scope_word(struct buf *buf, char kind, const char *key)
{
	buf_char(buf, kind);
	for (; *key != '\0'; key++)
		if (isalnum((unsigned char)*key))
			buf_char(buf, (char)tolower((unsigned char)*key));
	buf_char(buf, ' ');
}

static void digits_of(struct buf *buf, const char *text)
{
	for (; *text != '\0'; text++)
		if (isdigit((unsigned char)*text))
			buf_char(buf, *text);
}

/* Whole, and by its last 9, 8 and 6 digits: with and without the country's code. */
static void phone_words(struct buf *out, const char *phone)
{
	struct buf digits;
	buf_init(&digits, 64);
	digits_of(&digits, phone);
	static const size_t ends[] = { 9, 8, 6 };
	if (digits.len > 0)
		buf_printf(out, "%s ", digits.p);
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (digits.len > ends[i])
			buf_printf(out, "%s ", digits.p + digits.len - ends[i]);
	buf_free(&digits);
}

/* One text a column of casefile_search. */
enum { NUMBER, NAMES, KEYS, PLACE, PHONE, IDENTIFIERS, SCOPE, COLUMNS };
struct search_text { struct buf column[COLUMNS]; };

static void add_name(const struct context *c, struct search_text *text, const char *name)
{
	if (name[0] == '\0')
		return;
	buf_printf(&text->column[NAMES], "%s ", text_fold(c->arena, name));
	buf_printf(&text->column[KEYS], "%s ", text_name_key(c->arena, name));
}

/* The number in its parts, and its serial without zeros. */
static void add_number(const struct context *c, struct search_text *text, const char *number)
{
	const char *serial = strrchr(number, '-');
	buf_printf(&text->column[NUMBER], "%s ", text_fold(c->arena, number));
	serial = serial != NULL ? serial + 1 : number;
	while (*serial == '0')
		serial++;
	buf_str(&text->column[NUMBER], serial);
}

static enum err gather_case(const struct context *c, int64_t casefile_id, struct search_text *text)
{
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT number, title, title_latin, locality, address, phone, office, area, owner_id"
		" FROM casefile WHERE id = ?"), "i", casefile_id);
	if (rows_next(rows)) {
		add_number(c, text, cell(rows, 0, c->arena));
		add_name(c, text, cell(rows, 1, c->arena));
		add_name(c, text, cell(rows, 2, c->arena));
		buf_printf(&text->column[PLACE], "%s ", text_fold(c->arena, cell(rows, 3, c->arena)));
		buf_printf(&text->column[PLACE], "%s ", text_fold(c->arena, cell(rows, 4, c->arena)));
		phone_words(&text->column[PHONE], cell(rows, 5, c->arena));
		buf_str(&text->column[SCOPE], "all ");
		scope_word(&text->column[SCOPE], 'o', cell(rows, 6, c->arena));
		scope_word(&text->column[SCOPE], 'a', cell(rows, 7, c->arena));
		buf_printf(&text->column[SCOPE], "u%" PRId64 " ", rows_int(rows, 8));
	}
	return rows_close(rows);
}

static enum err gather_people(const struct context *c, int64_t casefile_id, struct search_text *text)
{
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT p.given_name || ' ' || p.family_name, p.name_latin, p.known_as, p.phone, p.identifier_value"
		" FROM membership m JOIN person p ON p.id = m.person_id WHERE m.casefile_id = ?"), "i", casefile_id);
	while (rows_next(rows)) {
		for (int i = 0; i < 3; i++)
			add_name(c, text, cell(rows, i, c->arena));
		phone_words(&text->column[PHONE], cell(rows, 3, c->arena));
		buf_printf(&text->column[IDENTIFIERS], "%s ", text_fold(c->arena, cell(rows, 4, c->arena)));
	}
	enum err err = rows_close(rows);
	if (err != OK)
		return err;
	rows = db_query(c->db, c->why, SQL("SELECT user_id FROM casefile_team WHERE casefile_id = ?"), "i", casefile_id);
	while (rows_next(rows))
		buf_printf(&text->column[SCOPE], "u%" PRId64 " ", rows_int(rows, 0));
	return rows_close(rows);
}

enum err search_update(const struct context *c, int64_t casefile_id)
{
	struct search_text text;
	for (int i = 0; i < COLUMNS; i++)
		buf_init(&text.column[i], 32768);
	enum err err = gather_case(c, casefile_id, &text);
	if (err == OK)
		err = gather_people(c, casefile_id, &text);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("DELETE FROM casefile_search WHERE rowid = ?"), "i", casefile_id);
	if (err == OK)
		err = db_run(c->db, c->why, SQL("INSERT INTO casefile_search (rowid, number, names, name_keys, place, phone, identifiers, scope)"
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?)"), "isssssss", casefile_id, text.column[NUMBER].p, text.column[NAMES].p, text.column[KEYS].p, text.column[PLACE].p,
			text.column[PHONE].p, text.column[IDENTIFIERS].p, text.column[SCOPE].p);
	for (int i = 0; i < COLUMNS; i++)
		buf_free(&text.column[i]);
	return err;
}

/* ---- asking ---- */

/* "093 55-01 27" is one number, not four words. */
static bool is_number(const char *q)
{
	size_t digits = 0;
	for (; *q != '\0'; q++) {
		if (isdigit((unsigned char)*q))
			digits++;
		else if (strchr(" +-().", *q) == NULL)
			return false;
	}
	return digits >= 5;
}

static void add_word(const struct context *c, struct buf *out, const char *word)
{
	const char *key = text_name_key(c->arena, word);
	buf_str(out, out->len > 0 ? " AND (" : "(");
	buf_printf(out, "{number names place phone identifiers} : \"%s\" *", word);
	/* A levelled key of one letter would match too much. */
	if (text_length(key) >= 2 && !isdigit((unsigned char)key[0]))
		buf_printf(out, " OR name_keys : \"%s\" *", key);
	buf_char(out, ')');
}

static void add_scope(const struct context *c, struct buf *out)
{
	struct buf words;
	int reach = scope_reach(c);
	if (reach == SCOPE_ALL)
		return;
	buf_init(&words, 256);
	if (reach == SCOPE_OFFICE || reach == SCOPE_AREA)
		scope_word(&words, reach == SCOPE_OFFICE ? 'o' : 'a', reach == SCOPE_OFFICE ? or_empty(c->actor->office) : or_empty(c->actor->area));
	if (words.len > 1)
		words.p[words.len - 1] = '\0';
	buf_printf(out, " AND (scope : \"u%" PRId64 "\"", c->actor->user_id);
	if (words.len > 1)
		buf_printf(out, " OR scope : \"%s\"", words.p);
	buf_char(out, ')');
	buf_free(&words);
}

static void add_words(const struct context *c, struct buf *out, char *folded)
{
	int n = 0;
	for (char *at = folded; *at != '\0' && n < WORDS_MAX;) {
		while (*at != '\0' && !is_word_byte(*at))
			at++;
		char *end = at;
		while (is_word_byte(*end))
			end++;
		if (end > at) {
			add_word(c, out, arena_strndup(c->arena, at, (size_t)(end - at)));
			n++;
		}
		at = end;
	}
}

const char *search_expression(const struct context *c, const char *q)
{
	struct buf out;
	buf_init(&out, 16384);
	if (is_number(q)) {
		struct buf digits;
		buf_init(&digits, 64);
		digits_of(&digits, q);
		buf_printf(&out, "({number phone identifiers} : \"%s\" *)", digits.p);
		buf_free(&digits);
	} else {
		add_words(c, &out, text_fold(c->arena, q));
	}
	bool any = out.len > 0;
	if (any)
		add_scope(c, &out);
	const char *text = any && !out.full ? arena_strdup(c->arena, out.p) : NULL;
	buf_free(&out);
	return text;
}

enum err search_quick(const struct context *c, const char *q, int limit, struct casefiles *out)
{
	*out = (struct casefiles){ 0 };
	const char *match = search_expression(c, q);
	if (match == NULL)
		return OK;
	enum err err = casefile_read_all(c, db_query(c->db, c->why, SQL("SELECT " CASEFILE_COLUMNS " FROM casefile f NOT INDEXED" CASEFILE_JOINS
		" WHERE f.id IN (SELECT rowid FROM casefile_search WHERE casefile_search MATCH ?6 ORDER BY rowid DESC LIMIT 200) AND " SCOPE_SQL
		" ORDER BY f.closed_on IS NOT NULL, f.updated_at DESC LIMIT ?7"), SCOPE_TYPES "si", SCOPE_ARGS(c), match, (int64_t)limit), out);
	out->total = (int64_t)out->n;
	return err;
}
