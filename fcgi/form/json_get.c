/* SPDX-License-Identifier: Apache-2.0
 *
 * Typed reading of a positioned JSON tree: what a loader asks for, with a message at
 * the right place when it is something else, and misspelt keys named with the nearest
 * right one. */
#include "json.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

#define MAX_KNOWN 64

static void report_at(struct json_report *report, const struct json *at, int line, int column, const char *format, va_list args)
{
	const char *file = report->file;
	report->n++;
	if (at && at->file)
		report->file = at->file;
	report->problem(report->data, line, column, "%s", arena_vprintf(report->arena, format, args));
	report->file = file;
}

void json_problem(struct json_report *report, const struct json *at, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	report_at(report, at, at ? at->line : 0, at ? at->column : 0, format, args);
	va_end(args);
}

void json_problem_key(struct json_report *report, const struct json *at, const char *format, ...)
{
	va_list args;
	bool has_key = at && at->key;
	va_start(args, format);
	report_at(report, at, has_key ? at->key_line : at ? at->line : 0, has_key ? at->key_column : at ? at->column : 0, format, args);
	va_end(args);
}

/* Bytes that one escape yields: the value's offset moves by them while the source moves by six or twelve. */
static size_t unicode_width(const char *raw, size_t *written)
{
	unsigned code = 0;
	*written = 6;
	for (int i = 2; i < 6; i++)
		code = code * 16 + (unsigned)(raw[i] <= '9' ? raw[i] - '0' : (raw[i] | 32) - 'a' + 10);
	if (code >= 0xD800 && code < 0xDC00) {
		*written = 12;
		return 4;
	}
	return code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
}

int json_column_at(const struct json *string, size_t offset)
{
	if (!string || string->kind != JSON_STRING)
		return string ? string->column : 0;
	int column = string->column + 1;
	const char *raw = string->raw;
	for (size_t at = 0; at < offset && at < string->length;) {
		if (*raw != '\\') {
			column += ((unsigned char)raw[1] & 0xC0) != 0x80;
			raw++;
			at++;
			continue;
		}
		size_t written = 2;
		at += raw[1] == 'u' ? unicode_width(raw, &written) : 1;
		raw += written;
		column += (int)written;
	}
	return column;
}

const char *json_kind_name(enum json_kind kind)
{
	static const char *const name[] = { "null", "true or false", "number", "text", "list", "object" };
	return name[kind];
}

const struct json *json_get(const struct json *object, const char *key)
{
	if (!object || object->kind != JSON_OBJECT)
		return NULL;
	for (json_each(member, object))
		if (!strcmp(member->key, key))
			return member;
	return NULL;
}

/* The member when it is there and of that kind; NULL when missing, null, or wrong and reported. */
static const struct json *get_kind(struct json_report *report, const struct json *object, const char *key, enum json_kind kind)
{
	const struct json *j = json_get(object, key);
	if (!j || j->kind == JSON_NULL)
		return NULL;
	if (j->kind == kind)
		return j;
	json_problem(report, j, "\"%s\" must be a %s, this is a %s", key, json_kind_name(kind), json_kind_name(j->kind));
	return NULL;
}

const char *json_text(struct json_report *report, const struct json *object, const char *key, const char *fallback)
{
	const struct json *j = get_kind(report, object, key, JSON_STRING);
	return j ? j->string : fallback;
}

int64_t json_int(struct json_report *report, const struct json *object, const char *key, int64_t fallback)
{
	const struct json *j = get_kind(report, object, key, JSON_NUMBER);
	if (j && !j->is_integer)
		json_problem(report, j, "\"%s\" must be a whole number", key);
	return j && j->is_integer ? j->integer : fallback;
}

double json_double(struct json_report *report, const struct json *object, const char *key, double fallback)
{
	const struct json *j = get_kind(report, object, key, JSON_NUMBER);
	return j ? j->number : fallback;
}

bool json_bool(struct json_report *report, const struct json *object, const char *key, bool fallback)
{
	const struct json *j = get_kind(report, object, key, JSON_BOOLEAN);
	return j ? j->boolean : fallback;
}

const struct json *json_array(struct json_report *report, const struct json *object, const char *key)
{
	return get_kind(report, object, key, JSON_ARRAY);
}

const struct json *json_object(struct json_report *report, const struct json *object, const char *key)
{
	return get_kind(report, object, key, JSON_OBJECT);
}

const char *json_need_text(struct json_report *report, const struct json *object, const char *key)
{
	const struct json *j = json_get(object, key);
	const char *text = json_text(report, object, key, "");
	if (!j || j->kind == JSON_NULL)
		json_problem(report, object, "\"%s\" is missing", key);
	else if (j->kind == JSON_STRING && text_is_blank(text))
		json_problem(report, j, "\"%s\" is empty", key);
	return text;
}

const char *const *json_texts(struct json_report *report, const struct json *object, const char *key, size_t *n)
{
	const struct json *list = json_array(report, object, key);
	const char **texts = arena_array(report->arena, const char *, (list ? list->n : 0) + 1);
	size_t count = 0;
	for (json_each(item, list)) {
		if (item->kind == JSON_STRING)
			texts[count++] = item->string;
		else
			json_problem(report, item, "\"%s\" is a list of texts, this is a %s", key, json_kind_name(item->kind));
	}
	if (n)
		*n = count;
	return texts;
}

/* Members that any object may have: "note" for people, "evidence" for what a figure or a name stands on. */
static bool is_common(struct json_report *report, const struct json *member)
{
	if (!strcmp(member->key, "note"))
		return true;
	if (strcmp(member->key, "evidence") != 0)
		return false;
	if (strcmp(member->string, "sourced") != 0 && strcmp(member->string, "to_check") != 0 && strcmp(member->string, "illustrative") != 0)
		json_problem(report, member, "\"evidence\" is one of sourced, to_check, illustrative");
	return true;
}

bool json_known_list(struct json_report *report, const struct json *object, const char *const *names)
{
	size_t n = 0;
	while (names[n])
		n++;
	if (!object || object->kind != JSON_OBJECT) {
		json_problem(report, object, "an object is expected here");
		return false;
	}
	for (json_each(member, object)) {
		size_t i = 0;
		while (i < n && strcmp(names[i], member->key) != 0)
			i++;
		if (i < n || is_common(report, member))
			continue;
		const char *near = text_nearest(member->key, names, n);
		json_problem_key(report, member, near ? "\"%s\" is not known here; is \"%s\" meant?" : "\"%s\" is not known here", member->key, near);
	}
	return true;
}

bool json_known(struct json_report *report, const struct json *object, ...)
{
	const char *names[MAX_KNOWN + 1] = { NULL };
	va_list args;
	size_t n = 0;
	va_start(args, object);
	for (const char *name = va_arg(args, const char *); name && n < MAX_KNOWN; name = va_arg(args, const char *))
		names[n++] = name;
	va_end(args);
	return json_known_list(report, object, names);
}
