/* SPDX-License-Identifier: Apache-2.0
 *
 * One request as handlers see it: already matched, signed in, allowed, its fields
 * declared and read. A handler does four things: take values, call the model, fill the
 * view, return a status. */
#ifndef REQUEST_REQUEST_H
#define REQUEST_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "country/instance.h"
#include "model/actor.h"
#include "view/view.h"

enum method { METHOD_GET = 1, METHOD_POST = 2 };

struct casefile;
struct route;
struct session_record;
struct worker;

struct field_value {
	const char *name, *value;
	struct field_value *next;       /* the next value of the same name */
	struct field_value *last, *chain; /* for fields.c: last of the same name, next in the bucket */
};

/* An uploaded file, in memory. */
struct upload { const char *name, *filename, *content_type; const void *bytes; size_t size; };

struct session {
	bool is_open;
	char token_digest[65];
	const char *csrf;
	const struct session_record *record; /* the row, to be prolonged when the page is made; NULL without a cookie */
};

struct request {
	struct arena *arena;
	struct why why;
	enum method method;
	const char *path;               /* decoded, without query */
	const char *query;              /* raw */
	const struct site *site;        /* route.h */
	const struct route *route;
	const char *param[4];           /* what {…} of the route's path matched, in order, the instance left out */
	struct instance *instance;      /* NULL on pages outside instances */
	struct actor actor;
	struct session session;
	const struct casefile *casefile; /* of a route about a case: loaded in scope, under the read transaction of a GET */
	const char *language;           /* of the page */
	size_t n_fields;                /* declared fields that came, query and body; the body wins */
	struct field_value *field;      /* in the order they came */
	struct field_value **bucket;    /* by name; for fields.c */
	size_t n_buckets;
	size_t n_uploads;
	struct upload *upload;
	const char *cookies;            /* the raw header, "" */
	const char *host;               /* name and port the browser asked, "" */
	const char *remote;             /* client's address */
	const char *user_agent;
	bool is_tls;
	bool is_fragment;               /* htmx asked for a fragment */
	bool is_head;                   /* HEAD: the same as GET, without the body */
	const char *theme;              /* "light", "dark", "auto" */
	bool is_large;                  /* large text on the portal */
	bool is_held;                   /* fields were typed before the session ended; nothing was done with them */
	struct view *view;
	struct worker *worker;
	/* the reply */
	int status;
	const char *content_type;
	struct buf *body;
	struct buf *headers;
};

/* A declared field's value, trimmed at neither end; NULL when it did not come. */
const char *request_field(const struct request *r, const char *name);
/* "" instead of NULL. */
const char *request_text(const struct request *r, const char *name);
/* fallback when missing or no integer. */
int64_t request_int(const struct request *r, const char *name, int64_t fallback);
/* Each value of a repeated field; i from 0; NULL after the last. */
const char *request_nth(const struct request *r, const char *name, size_t i);
/* Value of a cookie or NULL. */
const char *request_cookie(const struct request *r, const char *name);

/* Path of a page of this instance's site: link_to(r, "cases/%s", number) → "/demo/staff/cases/…". Escapes each %s for a path. */
char *link_to(const struct request *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Replies. Each returns OK, so that a handler ends with `return reply_…`. */
/* Renders a page template of the site, with the layout's parts filled (bar, rail, languages, notices). */
enum err reply_page(struct request *r, const char *template_name);
/* The same with status 422: the fields' problems are in the tree (view_problem). */
enum err reply_refused(struct request *r, const char *template_name);
/* Renders a template without layout, for fragments. */
enum err reply_fragment(struct request *r, const char *template_name);
/* 303 to a path of ours (made by link_to). */
enum err reply_redirect(struct request *r, const char *path);
/* The same, and a notice shown once on the next page, in the visitor's language. */
enum err reply_redirect_notice(struct request *r, const char *path, const char *kind, const char *notice);
/* Bytes with a content type; filename NULL shows inline. */
enum err reply_bytes(struct request *r, const char *content_type, const char *filename, const void *bytes, size_t size);
void reply_header(struct request *r, const char *name, const char *value);
void reply_cookie(struct request *r, const char *name, const char *value, const char *path, int max_age_s);

/* One problem of a refused form: goes to the summary and to the field. `message` is already translated.
 * Fields that came with the wrong kind or too long are noted by the gate before the handler runs, so a
 * handler that writes asks view_problems first. */
void view_problem(struct request *r, const char *field, const char *message);
size_t view_problems(const struct request *r);
/* The message at a field, NULL when there is none. */
const char *view_problem_at(const struct request *r, const char *field);

/* Another instance, opened by this worker and kept open: for pages outside instances. Borrowed. */
enum err request_instance(struct request *r, const char *name, struct instance **instance);
/* The languages one may choose on this page; on pages outside instances those the site is translated to. */
size_t request_languages(const struct request *r, const struct language **languages);

/* Signs the visitor in: a new session, its cookie, and the actor of this request. Any older session of the browser ends. */
enum err sign_in_staff(struct request *r, int64_t user_id);
enum err sign_in_beneficiary(struct request *r, int64_t casefile_id, int64_t person_id);
enum err sign_out(struct request *r);

#endif
