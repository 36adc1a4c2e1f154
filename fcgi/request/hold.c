/* SPDX-License-Identifier: Apache-2.0
 *
 * Held posts: kept by the gate, shown by the gate. The browser has the token in a cookie,
 * the model the fields (model/held.h). */
#include "hold.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "context.h"
#include "decode.h"
#include "fields.h"
#include "model/held.h"
#include "reply.h"
#include "session_use.h"

#define COOKIE "cc_held"

/* What of the path stands below the site's root. */
static const char *below_site(const struct request *r, const char *path)
{
	const char *root = site_root(r);
	size_t n = strlen(root);

	return strncmp(path, root, n) == 0 && path[n] == '/' ? path + n + 1 : NULL;
}

static const struct route *row_of(const struct request *r, const char *path, enum method method)
{
	const char *below = below_site(r, path), *param[4];
	bool exists;

	return below ? route_find(r->site, below, false, method, r->arena, param, &exists) : NULL;
}

const char *hold_referer(struct request *r, const char *referer)
{
	const char *host = strstr(referer, "://"), *path;
	char *decoded;

	if (!host || !(path = strchr(host + 3, '/')))
		return NULL;
	if ((size_t)(path - host - 3) != strlen(r->host) || strncmp(host + 3, r->host, strlen(r->host)) != 0)
		return NULL;
	return decode_path(r->arena, path, &decoded, NULL) == OK ? decoded : NULL;
}

enum err hold_keep(struct request *r, const char *form_csrf, const char *referer, const char **page)
{
	struct context c = request_context(r);
	char token[TOKEN_LEN];
	const char *path, *owner = session_last_owner(r, form_csrf);
	enum err err;

	*page = NULL;
	path = row_of(r, r->path, METHOD_GET) ? r->path : hold_referer(r, referer);
	if (!path || !row_of(r, path, METHOD_GET))
		return OK;
	*page = path;
	buf_clear(r->body);
	fields_encode(r, r->body);
	if (!r->body->len || !form_csrf || !*form_csrf)
		return OK;      /* nothing typed, or no form of ours */
	if (!*owner)
		return fail(&r->why, ERR_CSRF, "a form of a session that was not the last here");
	if ((err = held_keep(&c, r->site->name, owner, path, r->body->p, token)))
		return err;
	reply_cookie(r, COOKIE, token, NULL, HELD_S);
	return OK;
}

/* The held body when it belongs to this person and this page. */
static const char *held_here(struct request *r)
{
	struct context c = request_context(r);
	struct why why = { 0 };
	const char *token = request_cookie(r, COOKIE), *path, *body;

	if (!token || !r->instance || !r->session.is_open)
		return NULL;
	c.why = &why;
	if (held_find(&c, r->site->name, session_owner(r), token, &path, &body))
		return NULL;
	return text_eq(path, r->path) ? body : NULL;
}

enum err hold_show(struct request *r)
{
	const char *body = held_here(r);
	struct pairs typed = { 0 }, none = { 0 };
	const struct route *own = r->route, *sender;
	enum err err;

	if (!body)
		return OK;
	/* what was sent was declared by the row that takes the form, not by the one that shows it */
	sender = row_of(r, r->path, METHOD_POST);
	if (!sender || decode_pairs(r->arena, body, strlen(body), &typed, &r->why))
		return r->why.code;
	r->route = sender;
	err = fields_take(r, &none, &typed, NULL);
	r->route = own;
	r->is_held = !err;
	return err;
}

void hold_forget(struct request *r)
{
	struct context c = request_context(r);
	struct why why = { 0 };

	if (!held_here(r))
		return;
	c.why = &why;
	/* the form has been saved: that a stale copy stays a day is no reason to say otherwise */
	if (held_forget(&c, request_cookie(r, COOKIE)))
		log_failure(&why, "forget a held post");
	reply_cookie(r, COOKIE, "", NULL, 0);
}

bool hold_waits(const struct request *r)
{
	return request_cookie(r, COOKIE) != NULL;
}
