/* SPDX-License-Identifier: Apache-2.0
 *
 * The route table: a page is a row. The gate enforces a row before its handler runs:
 * method, size, module, login, permission, CSRF on every POST, declared fields. A row
 * without a permission is PERM_NONE and answers 404 to all; the tests refuse it. */
#ifndef REQUEST_ROUTE_H
#define REQUEST_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "request.h"

enum field_kind {
	FIELD_LINE = 1,     /* one line of text */
	FIELD_TEXT,         /* several lines */
	FIELD_INT,
	FIELD_DATE,         /* YYYY-MM-DD, or name.d name.m name.y */
	FIELD_CHOICE,       /* one of `choices`, space-separated */
	FIELD_FLAG,
	FIELD_MANY,         /* may come several times, lines */
	FIELD_FORM,         /* all fields of a form of the bundle: names that begin with "q/" */
	FIELD_FILE
};

/* A field a route takes. Anything else that comes is refused (400), but csrf and ?lang= ?theme= ?large=, which the
 * gate itself reads. A value that does not fit its kind is kept as typed and noted as a problem (view_problem). */
struct field {
	const char *name;
	enum field_kind kind;
	size_t max;             /* characters; 0: 200 for lines, 20,000 for texts and answers of forms */
	const char *choices;
};

typedef enum err handler(struct request *r);

enum route_flag {
	ROUTE_GLOBAL = 1,       /* outside instances: "/", "/healthz" */
	ROUTE_DEMO = 2,         /* demo mode only: else 404 */
	ROUTE_HOLD = 4,         /* a POST after the session ended keeps what was typed */
	ROUTE_UPLOAD = 8,       /* takes multipart with files, up to max_body */
	ROUTE_WRITES = 16,      /* a GET that writes (none so far) */
	ROUTE_NO_CSRF = 32,     /* POST before a session exists: sign-in; the Origin is checked instead */
	ROUTE_OPEN_CASE = 64    /* changes a case: of a closed one a POST is refused (409), a GET says so instead of its form */
};

struct route {
	unsigned methods;               /* METHOD_GET | METHOD_POST */
	const char *path;               /* below the site: "cases/{number}/plan"; "" is the site's home */
	handler *handler;
	enum permission permission;
	enum module module;
	unsigned flags;
	const struct field *fields;     /* closed by a row without a name; NULL: none */
	const char *record;             /* what of a case the page is about, as the audit log names it; NULL: about none. The gate loads the
	                                 * case {number} in scope or answers 404 (on the portal: the family's own), and each view of the page is logged */
};

struct site {
	const char *name;               /* "staff", "portal" */
	enum db_program program;
	const struct route *routes;     /* closed by a row without a handler */
	const char *login_path;         /* "login" */
	const char *templates;          /* folder below the checkout: "staff/templates" */
	const char *languages;          /* folder of the site's .po files: "staff/languages" */
	/* Fills the parts of the layout that every page shows. */
	void (*fill_layout)(struct request *r);
};

/* The row for a path below the site (or, global, below the root) and a method; NULL when there is none.
 * path_exists: some row has the path, if for another method. */
const struct route *route_find(const struct site *site, const char *path, bool is_global, enum method method,
                               struct arena *arena, const char *param[4], bool *path_exists);

#endif
