/* SPDX-License-Identifier: Apache-2.0
 *
 * Was this person entered before? Candidates come by index (identifier, phone, birth date, name
 * key) and by the search index for names spelled otherwise; the score is made here. */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "person_internal.h"

#define CANDIDATES_MAX 120
#define SHOWN_MAX 6
#define SCORE_MIN 50

struct candidates { size_t n; struct person *item; };

static void add_candidates(const struct context *c, struct rows *rows, struct candidates *out)
{
	while (out->n < CANDIDATES_MAX && rows_next(rows)) {
		int64_t id = rows_int(rows, 0);
		size_t i = 0;
		while (i < out->n && out->item[i].id != id)
			i++;
		if (i == out->n)
			person_read(rows, 0, c->arena, LIST_ADD(c->arena, out));
	}
}

/* The first letters of each word's key: spelling differs most at the end. */
static const char *match_of(const struct context *c, const char *name)
{
	struct buf out;
	char *words = text_name_key(c->arena, name);
	buf_init(&out, 1024);
	for (char *word; (word = strsep(&words, " ")) != NULL;)
		if (text_length(word) >= 2 && strchr(word, '"') == NULL)
			buf_printf(&out, "%sname_keys : \"%s\" *", out.len > 0 ? " AND " : "", text_first(c->arena, word, 4));
	const char *text = out.len > 0 ? arena_strdup(c->arena, out.p) : NULL;
	buf_free(&out);
	return text;
}

static enum err by_columns(const struct context *c, const struct person *typed, const char *name, struct candidates *out)
{
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT " PERSON_COLUMNS " FROM person p WHERE p.id IN ("
		"SELECT id FROM (SELECT id FROM person WHERE identifier_value = ?1 LIMIT 20)"
		" UNION SELECT id FROM (SELECT id FROM person WHERE phone_digits = ?2 LIMIT 20)"
		" UNION SELECT id FROM (SELECT id FROM person WHERE name_key = ?3 LIMIT 40)"
		" UNION SELECT id FROM (SELECT id FROM person WHERE date_of_birth = ?4 LIMIT 40))"), "ssss", or_null(typed->identifier_value),
		or_null(person_digits(c, typed->phone)), or_null(text_name_key(c->arena, name)), or_null(typed->date_of_birth));
	add_candidates(c, rows, out);
	return rows_close(rows);
}

static enum err by_search(const struct context *c, const char *name, struct candidates *out)
{
	const char *match = match_of(c, name);
	if (match == NULL)
		return OK;
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT " PERSON_COLUMNS " FROM (SELECT rowid AS casefile_id FROM casefile_search"
		" WHERE casefile_search MATCH ? ORDER BY rowid DESC LIMIT 60) s CROSS JOIN membership m ON m.casefile_id = s.casefile_id"
		" CROSS JOIN person p ON p.id = m.person_id"), "s", match);
	add_candidates(c, rows, out);
	return rows_close(rows);
}

static bool same(const char *a, const char *b)
{
	return a[0] != '\0' && strcmp(a, b) == 0;
}

static void score(const struct context *c, const struct person *typed, const char *name, struct person *p, struct person_match *match)
{
	const char *theirs = arena_printf(c->arena, "%s %s", p->given_name, p->family_name);
	double likeness = text_is_blank(name) ? 0 : text_name_similarity(c->arena, name, theirs);
	int points = 0;
	*match = (struct person_match){ .person = p };
	if (likeness >= 0.85) {
		match->reasons |= MATCH_NAME;
		points = (int)(60 * likeness);
	}
	if (same(or_empty(typed->date_of_birth), p->date_of_birth)) {
		match->reasons |= MATCH_BIRTH;
		points += 30;
	}
	if (same(person_digits(c, typed->phone), person_digits(c, p->phone))) {
		match->reasons |= MATCH_PHONE;
		points = points + 25 > SCORE_MIN ? points + 25 : SCORE_MIN;
	}
	if (same(or_empty(typed->identifier_value), p->identifier_value)) {
		match->reasons |= MATCH_IDENTIFIER;
		points = 100;
	}
	match->score = points > 99 && !(match->reasons & MATCH_IDENTIFIER) ? 99 : points > 100 ? 100 : points;
}

/* Keeps the best, best first. */
static void keep(struct person_match *best, size_t *n, const struct person_match *match)
{
	size_t at = *n;
	while (at > 0 && best[at - 1].score < match->score)
		at--;
	if (at >= SHOWN_MAX)
		return;
	size_t last = *n < SHOWN_MAX ? (*n)++ : SHOWN_MAX - 1;
	memmove(&best[at + 1], &best[at], (last - at) * sizeof *best);
	best[at] = *match;
}

static enum err newest_case(const struct context *c, struct person_match *match)
{
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT f.number, f.title, p.name, f.closed_on IS NULL, " SCOPE_SQL
		" FROM membership m CROSS JOIN casefile f ON f.id = m.casefile_id JOIN office p ON p.key = f.office WHERE m.person_id = ?6"
		" ORDER BY f.closed_on IS NULL DESC, f.opened_on DESC LIMIT 1"), SCOPE_TYPES "i", SCOPE_ARGS(c), match->person->id);
	match->number = match->title = match->office_name = "";
	if (rows_next(rows)) {
		match->number = cell(rows, 0, c->arena);
		match->title = cell(rows, 1, c->arena);
		match->office_name = cell(rows, 2, c->arena);
		match->is_open = rows_int(rows, 3) != 0;
		match->is_in_scope = rows_int(rows, 4) != 0;
	}
	return rows_close(rows);
}

enum err person_duplicates(const struct context *c, const struct person *typed, struct person_matches *out)
{
	struct candidates candidates = { 0 };
	const char *name = text_trim(c->arena, arena_printf(c->arena, "%s %s", or_empty(typed->given_name), or_empty(typed->family_name)));
	*out = (struct person_matches){ .item = arena_array(c->arena, struct person_match, SHOWN_MAX) };
	enum err err = by_columns(c, typed, name, &candidates);
	if (err == OK)
		err = by_search(c, name, &candidates);
	for (size_t i = 0; err == OK && i < candidates.n; i++) {
		struct person_match match;
		score(c, typed, name, &candidates.item[i], &match);
		if (match.score >= SCORE_MIN && candidates.item[i].id != typed->id)
			keep(out->item, &out->n, &match);
	}
	for (size_t i = 0; err == OK && i < out->n; i++)
		err = newest_case(c, &out->item[i]);
	return err;
}
