/* SPDX-License-Identifier: Apache-2.0
 *
 * Declared fields: the only way from a browser's bytes to a handler. Values are indexed by
 * name, so that a thousand repetitions of one key cost a thousand steps. */
#include "fields.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "country/words.h"

#define LINE_MAX_DEFAULT 200
#define TEXT_MAX_DEFAULT 20000

static size_t hash(const char *name)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * UINT64_C(1099511628211);
	return (size_t)(h ^ (h >> 32));
}

static struct field_value *find(const struct request *r, const char *name)
{
	struct field_value *value = r->n_buckets ? r->bucket[hash(name) & (r->n_buckets - 1)] : NULL;

	while (value && strcmp(value->name, name) != 0)
		value = value->chain;
	return value;
}

/* "on.d" of a declared date "on". */
static bool is_date_part(const struct field *field, const char *name)
{
	size_t n = strlen(field->name);

	return field->kind == FIELD_DATE && strncmp(name, field->name, n) == 0 && name[n] == '.' &&
	       name[n + 1] && strchr("dmy", name[n + 1]) && !name[n + 2];
}

static const struct field *declared(const struct route *route, const char *name)
{
	for (const struct field *field = route->fields; field && field->name; field++) {
		if (strcmp(field->name, name) == 0 || is_date_part(field, name))
			return field;
		if (field->kind == FIELD_FORM && strncmp(name, "q/", 2) == 0)
			return field;
	}
	return NULL;
}

static bool may_repeat(const struct field *field)
{
	return field->kind == FIELD_MANY || field->kind == FIELD_FORM;
}

/* Appends, or replaces where one value is wanted: of two that came the later counts. */
static void put(struct request *r, const struct field *field, const char *name, const char *value)
{
	struct field_value *first = find(r, name), *new;

	if (first && !may_repeat(field)) {
		first->value = value;
		return;
	}
	new = &r->field[r->n_fields++];
	*new = (struct field_value){ .name = name, .value = value };
	if (first) {
		first->last->next = new;
		first->last = new;
	} else {
		struct field_value **bucket = &r->bucket[hash(name) & (r->n_buckets - 1)];
		new->last = new;
		new->chain = *bucket;
		*bucket = new;
	}
}

static size_t longest(const struct field *field)
{
	if (field->max)
		return field->max;
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_FORM:
		return TEXT_MAX_DEFAULT;
	case FIELD_INT:
	case FIELD_DATE:
		return 20;
	default:
		return LINE_MAX_DEFAULT;
	}
}

static bool is_choice(const char *choices, const char *value)
{
	size_t n = strlen(value);

	if (strchr(value, ' '))
		return false;   /* two of them are none */
	for (const char *p = choices; n && (p = strstr(p, value)); p += n)
		if ((p == choices || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return n == 0;
}

static bool is_line(const struct field *field)
{
	return field->kind == FIELD_LINE || field->kind == FIELD_MANY;
}

/* Notes what does not fit. A choice that the page does not offer, and a line end where browsers send none, is no mistake
 * of typing: refused. */
static enum err check(struct request *r, const struct field *field, const char *name, const char *value)
{
	int64_t number;

	if (is_line(field) && strpbrk(value, "\r\n"))
		return fail(&r->why, ERR_BAD_REQUEST, "field %s has a line end", name);
	if (text_length(value) > longest(field))
		view_problem(r, name, tr_fill(r->arena, tr("Write at most %1 characters."),
		                              arena_printf(r->arena, "%zu", longest(field)), NULL));
	else if (field->kind == FIELD_INT && !text_is_blank(value) && !text_to_int(text_trim(r->arena, value), &number))
		view_problem(r, name, tr("Write a whole number, in digits."));
	else if (field->kind == FIELD_CHOICE && field->choices && !is_choice(field->choices, value))
		return fail(&r->why, ERR_BAD_REQUEST, "field %s is none of its choices", name);
	return OK;
}

/* The whole date of a declared field: as it came, or put together from its three parts. */
static void join_date(struct request *r, const struct field *field)
{
	const char *whole = request_field(r, field->name);
	const char *d = request_text(r, arena_printf(r->arena, "%s.d", field->name));
	const char *m = request_text(r, arena_printf(r->arena, "%s.m", field->name));
	const char *y = request_text(r, arena_printf(r->arena, "%s.y", field->name));
	int64_t day, month, year;
	char date[32];

	if (!text_is_blank(whole) || (text_is_blank(d) && text_is_blank(m) && text_is_blank(y))) {
		if (!text_is_blank(whole) && !date_is_valid(whole))
			view_problem(r, field->name, tr("Write a date that exists: day, month and year."));
		return;
	}
	if (text_to_int(text_trim(r->arena, d), &day) && text_to_int(text_trim(r->arena, m), &month) &&
	    text_to_int(text_trim(r->arena, y), &year) && day > 0 && day < 32 && month > 0 && month < 13 && year > 0 && year < 10000)
		snprintf(date, sizeof date, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
	else
		date[0] = '\0';
	if (!date_is_valid(date))
		view_problem(r, field->name, tr("Write a date that exists: day, month and year."));
	else
		put(r, field, field->name, arena_strdup(r->arena, date));
}

/* Room for all values and the joined dates; buckets are a power of two. */
static void make_room(struct request *r, size_t n)
{
	for (const struct field *field = r->route->fields; field && field->name; field++)
		n += field->kind == FIELD_DATE;
	r->n_fields = 0;
	r->field = arena_array(r->arena, struct field_value, n + 1);
	for (r->n_buckets = 16; r->n_buckets < n; )
		r->n_buckets *= 2;
	r->bucket = arena_array(r->arena, struct field_value *, r->n_buckets);
}

/* Takes pairs; what a body gave the query cannot change. */
static enum err take_pairs(struct request *r, const struct pairs *pairs, size_t n_body)
{
	for (size_t i = 0; i < pairs->n; i++) {
		const struct pair *pair = &pairs->item[i];
		const struct field *field = declared(r->route, pair->name);
		const struct field_value *first;
		enum err err;
		if (!field || field->kind == FIELD_FILE)
			return fail(&r->why, ERR_BAD_REQUEST, "field \"%.60s\" is not declared", pair->name);
		first = find(r, pair->name);
		if (first && first < r->field + n_body)
			continue;
		if ((err = check(r, field, pair->name, pair->value)))
			return err;
		put(r, field, pair->name, pair->value);
	}
	return OK;
}

static enum err take_uploads(struct request *r, const struct uploads *uploads)
{
	for (size_t i = 0; i < uploads->n; i++) {
		const struct field *field = declared(r->route, uploads->item[i].name);
		if (!field || (field->kind != FIELD_FILE && field->kind != FIELD_FORM))
			return fail(&r->why, ERR_BAD_REQUEST, "file \"%.60s\" is not declared", uploads->item[i].name);
	}
	r->n_uploads = uploads->n;
	r->upload = arena_array(r->arena, struct upload, uploads->n + 1);
	memcpy(r->upload, uploads->item, uploads->n * sizeof *r->upload);
	return OK;
}

enum err fields_take(struct request *r, const struct pairs *query, const struct pairs *body, const struct uploads *uploads)
{
	enum err err;

	make_room(r, query->n + body->n);
	if ((err = take_pairs(r, body, 0)) || (err = take_pairs(r, query, r->n_fields)))
		return err;
	for (const struct field *field = r->route->fields; field && field->name; field++)
		if (field->kind == FIELD_DATE)
			join_date(r, field);
	return uploads ? take_uploads(r, uploads) : OK;
}

bool field_is_secret(const char *name)
{
	return strcmp(name, "csrf") == 0 || strstr(name, "password") || strcmp(name, "code") == 0;
}

void fields_encode(const struct request *r, struct buf *out)
{
	for (size_t i = 0; i < r->n_fields; i++)
		if (!field_is_secret(r->field[i].name))
			encode_pair(r->arena, out, r->field[i].name, r->field[i].value);
}

const char *request_field(const struct request *r, const char *name)
{
	const struct field_value *value = find(r, name);

	return value ? value->value : NULL;
}

const char *request_text(const struct request *r, const char *name)
{
	const char *value = request_field(r, name);

	return value ? value : "";
}

int64_t request_int(const struct request *r, const char *name, int64_t fallback)
{
	const char *value = request_field(r, name);
	int64_t number;

	return value && text_to_int(text_trim(r->arena, value), &number) ? number : fallback;
}

const char *request_nth(const struct request *r, const char *name, size_t i)
{
	const struct field_value *value = find(r, name);

	while (value && i--)
		value = value->next;
	return value ? value->value : NULL;
}

void view_problem(struct request *r, const char *field, const char *message)
{
	view_problem_add(r->view, field, NULL, message);
}

size_t view_problems(const struct request *r)
{
	return view_problem_count(r->view);
}

const char *view_problem_at(const struct request *r, const char *field)
{
	return view_problem_of(r->view, field);
}
