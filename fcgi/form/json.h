/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON that people write (bundles, forms), read into a tree where every value and key
 * knows its line and column, so that a message can point at the mistake. json-c cannot
 * give positions and lets duplicate keys, NaN, control characters, lone surrogates and
 * overlong UTF-8 pass (stack.md section 5); this reader is RFC 8259 and nothing more.
 * JSON that programs write (answers, API) is json-c's business.
 *
 * The tree lives in the arena, is built once and const after. Lines and columns are
 * 1-based; columns count code points. */
#ifndef FORM_JSON_H
#define FORM_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

#define JSON_MAX_BYTES (8u << 20)
#define JSON_MAX_DEPTH 32

enum json_kind { JSON_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
	enum json_kind kind;
	int line, column;               /* of the value's first character */
	const char *file;               /* report.file when it was read: merged trees come from several files */
	const char *key;                /* as a member of an object, else NULL */
	int key_line, key_column;
	bool boolean;
	double number;
	bool is_integer;                /* a number without fraction that fits int64 */
	int64_t integer;
	const char *string;             /* "" for other kinds, never NULL */
	size_t length;                  /* bytes of string */
	const char *raw;                /* a string as it was written, after its quote; see json_column_at */
	size_t n;                       /* members or elements */
	struct json *first, *next;      /* first member or element; next sibling */
};

/* Called for each problem; printf-like. The same type as form_problem_fn. */
typedef void json_problem_fn(void *data, int line, int column, const char *format, ...);

/* Where problems go, and how many there were. Zero-initialise n. `arena` holds what messages need.
 * `file` names what json_read reads; while `problem` runs it names the file that is wrong. NULL for one unnamed file. */
struct json_report {
	struct arena *arena;
	json_problem_fn *problem;
	void *data;
	size_t n;
	const char *file;
};

/* Reads a whole document. NULL when there was any problem (all reported). The text is
 * copied: it need not outlive the call. A member "$schema" of the outermost object is for editors and left out. */
struct json *json_read(struct json_report *report, const char *bytes, size_t length);

/* The member of that name; NULL when object is NULL, no object, or has none. */
const struct json *json_get(const struct json *object, const char *key);
/* for (json_each(j, array)): walks elements or members; NULL walks nothing. */
#define json_each(item, container) \
	const struct json *item = (container) ? (container)->first : NULL; item; item = item->next

/* Reports a problem at a value (its key's place with json_problem_key). */
void json_problem(struct json_report *report, const struct json *at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void json_problem_key(struct json_report *report, const struct json *at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Column of the byte `offset` of a string's value, escapes counted: for mistakes inside expressions. */
int json_column_at(const struct json *string, size_t offset);

/* The value as JSON again, without white space and with one spelling of each text and number: equal content, equal bytes. */
char *json_plain(struct arena *arena, const struct json *value);
/* A text in quotes, escaped. */
void json_put_text(struct buf *out, const char *text);

/* Typed members. A missing or null member gives the fallback; another kind is a problem and
 * gives the fallback too. */
const char *json_text(struct json_report *report, const struct json *object, const char *key, const char *fallback);
int64_t json_int(struct json_report *report, const struct json *object, const char *key, int64_t fallback);
double json_double(struct json_report *report, const struct json *object, const char *key, double fallback);
bool json_bool(struct json_report *report, const struct json *object, const char *key, bool fallback);
/* NULL when missing, null or (a problem) of another kind. */
const struct json *json_array(struct json_report *report, const struct json *object, const char *key);
const struct json *json_object(struct json_report *report, const struct json *object, const char *key);
/* A non-empty string that must be there: "" and a problem when not. */
const char *json_need_text(struct json_report *report, const struct json *object, const char *key);
/* An array of strings: NULL-terminated, never NULL; count by n (may be NULL). Other elements are problems. */
const char *const *json_texts(struct json_report *report, const struct json *object, const char *key, size_t *n);

/* Reports every member whose key is not among the names (closed by NULL), with the nearest one; "note" and
 * "evidence" may stand anywhere:
 * json_known(&report, object, "name", "label", NULL). False when value is no object (a problem too). */
bool json_known(struct json_report *report, const struct json *object, ...) __attribute__((sentinel));
/* The same with a NULL-terminated list. */
bool json_known_list(struct json_report *report, const struct json *object, const char *const *names);
/* "text", "number", "list" …, for messages. */
const char *json_kind_name(enum json_kind kind);

#endif
