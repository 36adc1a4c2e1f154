/* SPDX-License-Identifier: Apache-2.0
 *
 * The gate. gate_pass at the end is the whole of it; what stands before are its steps.
 * A page that is missing, switched off or not one's own looks the same: 404. */
#include "gate.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "context.h"
#include "country/words.h"
#include "csrf.h"
#include "decode.h"
#include "fields.h"
#include "hold.h"
#include "language.h"
#include "model/audit.h"
#include "model/casefile.h"
#include "model/consent.h"
#include "multipart.h"
#include "reply.h"
#include "session_use.h"
#include "worker.h"

struct input {
	const struct exchange *x;
	struct pairs query, body;
	struct uploads uploads;
	const char *below;      /* path below the site or, global, below the root */
	const char *csrf;
};

/* The part of the path below /{instance}/{site}; opens the instance. Another site's paths are no instance's. */
static enum err find_instance(struct request *r, struct input *in)
{
	const char *name = r->path + 1, *slash = strchr(name, '/');
	size_t site_length = strlen(r->site->name);

	in->below = name;
	if (!slash || strncmp(slash + 1, r->site->name, site_length) != 0)
		return OK;
	if (slash[1 + site_length] != '/' && slash[1 + site_length])
		return OK;
	in->below = slash[1 + site_length] ? slash + 2 + site_length : NULL;
	return worker_instance(r->worker, arena_strndup(r->arena, name, (size_t)(slash - name)), &r->instance, &r->why);
}

static enum err read_head(struct request *r, struct input *in)
{
	const char *target = exchange_variable(in->x, "REQUEST_URI"), *query = strchr(target, '?');
	char *path;
	enum err err;

	if ((err = decode_path(r->arena, target, &path, &r->why)))
		return err;
	r->path = path;
	r->query = query ? query + 1 : "";
	if ((err = find_instance(r, in)))
		return err;
	return decode_pairs(r->arena, r->query, strlen(r->query), &in->query, &r->why);
}

static enum err know_visitor(struct request *r, struct input *in)
{
	const char *own_language = NULL, *accepted = exchange_variable(in->x, "HTTP_ACCEPT_LANGUAGE");
	enum err err;

	if (r->instance)
		db_read_only(r->instance->db, false);
	if (r->worker->as && r->instance) {
		session_nobody(r);
		err = session_as(r, r->worker->as);
	} else {
		err = session_use(r, &own_language);
	}
	language_choose(r, own_language, accepted);
	return err;
}

static enum method method_of(const struct request *r, const char *method)
{
	if (strcmp(method, "GET") == 0 || r->is_head)
		return METHOD_GET;
	return strcmp(method, "POST") == 0 ? METHOD_POST : 0;
}

static enum err find_route(struct request *r, struct input *in)
{
	bool exists = false;

	if (in->below)
		r->route = route_find(r->site, in->below, !r->instance, r->method, r->arena, r->param, &exists);
	if (r->route)
		return OK;
	if (!exists)
		return fail(&r->why, ERR_NOT_FOUND, "no route");
	reply_header(r, "Allow", r->method == METHOD_GET ? "POST" : "GET, HEAD");
	return fail(&r->why, ERR_METHOD, "method is not taken here");
}

static enum err check_switches(struct request *r)
{
	const struct route *route = r->route;

	if (route->permission == PERM_NONE)
		return fail(&r->why, ERR_NOT_FOUND, "route without permission");
	if (r->instance && !bundle_has(r->instance->bundle, route->module))
		return fail(&r->why, ERR_NOT_FOUND, "module is switched off");
	if ((route->flags & ROUTE_DEMO) && !(r->instance && r->instance->is_demo))
		return fail(&r->why, ERR_NOT_FOUND, "not in demo mode");
	return OK;
}

/* The declared length of the body; nginx has received it whole before we are asked. */
static int64_t body_length(const struct input *in)
{
	const char *text = exchange_variable(in->x, "CONTENT_LENGTH");
	int64_t length;

	if (!*text)
		return 0;
	return text_to_int(text, &length) && length >= 0 ? length : -1;
}

static enum err check_size(struct request *r, const struct input *in)
{
	int64_t length = body_length(in), most = r->route->flags & ROUTE_UPLOAD ? BODY_UPLOAD : BODY_ORDINARY;

	if (length < 0)
		return fail(&r->why, ERR_BAD_REQUEST, "no usable length of the body");
	return length > most ? fail(&r->why, ERR_TOO_LARGE, "body of %lld bytes", (long long)length) : OK;
}

static enum err check_login(struct request *r)
{
	if (r->route->permission == PERM_PUBLIC || r->actor.kind != ACTOR_NOBODY)
		return OK;
	return ERR_LOGIN;
}

static enum err check_permission(struct request *r)
{
	if (actor_can(&r->actor, r->route->permission))
		return OK;
	return fail(&r->why, ERR_FORBIDDEN, "role %s lacks %s", r->actor.role, permission_name(r->route->permission));
}

/* The read transaction that began with the instance goes on for a page that only reads, and nothing can be written in it;
 * for others it ends before anything is written. */
static void keep_reading(struct request *r)
{
	if (!r->instance)
		return;
	if (r->method == METHOD_GET && !(r->route && r->route->flags & ROUTE_WRITES))
		db_read_only(r->instance->db, true);
	else
		db_end_read(r->instance->db);
}

static enum err check_record(struct request *r)
{
	struct context c = request_context(r);
	struct casefile *casefile;
	enum err err;

	if (!r->route->record)
		return OK;
	err = r->actor.kind == ACTOR_BENEFICIARY ? casefile_by_id(&c, r->actor.casefile_id, &casefile) : casefile_load(&c, r->param[0], &casefile);
	if (err)
		return err;
	r->casefile = casefile;
	return OK;
}

/* A family reads its pages as long as it agrees to them: consent withdrawn or run out shuts them at once, in words. */
static enum err check_consent(struct request *r, bool *is_answered)
{
	struct context c = request_context(r);
	bool agreed = true;
	enum err err = r->actor.kind == ACTOR_BENEFICIARY && r->casefile ? consent_has(&c, r->casefile->id, "portal", &agreed) : OK;

	*is_answered = !err && !agreed;
	return err || agreed ? err : reply_redirect_notice(r, link_to(r, "%s", r->site->login_path), "info",
		tr("Your agreement to these pages has ended. To open them again, call the office."));
}

static enum err parse_body(struct request *r, struct input *in, const char *body, size_t n)
{
	const char *type = exchange_variable(in->x, "CONTENT_TYPE"), *boundary = multipart_boundary(r->arena, type);

	if (boundary && (r->route->flags & ROUTE_UPLOAD))
		return multipart_read(r->arena, boundary, body, n, &in->body, &in->uploads, &r->why);
	if (strncasecmp(type, "application/x-www-form-urlencoded", 33) == 0 || n == 0)
		return decode_pairs(r->arena, body, n, &in->body, &r->why);
	return fail(&r->why, ERR_BAD_REQUEST, "body of type \"%.60s\"", type);
}

/* Takes the token out of the fields: no handler sees it. */
static void take_csrf(struct input *in)
{
	size_t kept = 0;

	for (size_t i = 0; i < in->body.n; i++) {
		if (strcmp(in->body.item[i].name, "csrf") == 0)
			in->csrf = in->body.item[i].value;
		else
			in->body.item[kept++] = in->body.item[i];
	}
	in->body.n = kept;
}

static enum err read_body(struct request *r, struct input *in)
{
	size_t wanted = (size_t)body_length(in), n = 0, got;
	char *body;
	enum err err;

	if (r->method != METHOD_POST)
		return OK;
	body = arena_alloc(r->arena, wanted + 1);
	while (n < wanted && (got = in->x->read(in->x->data, body + n, wanted - n)))
		n += got;
	if (n < wanted)
		return fail(&r->why, ERR_BAD_REQUEST, "body ends after %zu of %zu bytes", n, wanted);
	if ((err = parse_body(r, in, body, n)))
		return err;
	take_csrf(in);
	return OK;
}

/* Modern browsers say where a post comes from. What says nothing is judged by the token alone. */
static bool is_same_origin(const struct request *r, const struct input *in)
{
	const char *site = exchange_variable(in->x, "HTTP_SEC_FETCH_SITE");
	const char *origin = exchange_variable(in->x, "HTTP_ORIGIN"), *host = strstr(origin, "://");

	if (*site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return false;
	if (!*origin)
		return true;
	return host && strcasecmp(host + 3, r->host) == 0;
}

static enum err check_csrf(struct request *r, const struct input *in)
{
	if (r->method != METHOD_POST)
		return OK;
	if (!is_same_origin(r, in))
		return fail(&r->why, ERR_CSRF, "post from another origin");
	if (r->route->flags & ROUTE_NO_CSRF)
		return OK;
	return csrf_is_own(r, in->csrf) ? OK : fail(&r->why, ERR_CSRF, in->csrf ? "foreign token" : "no token");
}

static enum err redirect_to_login(struct request *r, const char *page)
{
	const char *login = link_to(r, "%s", r->site->login_path);

	return reply_redirect(r, page ? arena_printf(r->arena, "%s?next=%s", login, encode_percent(r->arena, page)) : login);
}

/* To the login page and back. What a form carried is kept until the same person is here again. */
static enum err ask_login(struct request *r, struct input *in)
{
	const char *referer = exchange_variable(in->x, "HTTP_REFERER"), *page;
	enum err err;

	if (!r->instance)
		return fail(&r->why, ERR_NOT_FOUND, "login outside instances");
	if (r->method == METHOD_GET) {
		page = *r->query ? arena_printf(r->arena, "%s?%s", r->path, r->query) : r->path;
		/* a fragment is no page to come back to */
		return redirect_to_login(r, r->is_fragment ? hold_referer(r, referer) : page);
	}
	if ((err = read_body(r, in)) || (err = fields_take(r, &in->query, &in->body, NULL)))
		return err;
	if (!is_same_origin(r, in))
		return fail(&r->why, ERR_CSRF, "post from another origin, without a session");
	if ((err = hold_keep(r, in->csrf, referer, &page)))
		return err;
	return redirect_to_login(r, page);
}

static enum err take_fields(struct request *r, struct input *in)
{
	enum err forged = check_csrf(r, in), err;

	/* the fields are read either way: the refusal shows what was typed */
	err = fields_take(r, &in->query, &in->body, &in->uploads);
	if (forged || err)
		return forged ? forged : err;
	return r->method == METHOD_GET ? hold_show(r) : OK;
}

/* After the fields: a refusal shows what was typed. */
static enum err check_open(struct request *r)
{
	if (!(r->route->flags & ROUTE_OPEN_CASE) || !r->casefile || !*r->casefile->closed_on)
		return OK;
	return fail(&r->why, ERR_CLOSED, "case closed on %s", r->casefile->closed_on);
}

static void read_variables(struct request *r, const struct exchange *x)
{
	const char *method = exchange_variable(x, "REQUEST_METHOD");

	r->is_head = strcmp(method, "HEAD") == 0;
	r->method = method_of(r, method);
	r->cookies = exchange_variable(x, "HTTP_COOKIE");
	r->host = exchange_variable(x, "HTTP_HOST");
	r->remote = exchange_variable(x, "REMOTE_ADDR");
	r->user_agent = exchange_variable(x, "HTTP_USER_AGENT");
	r->is_tls = strcasecmp(exchange_variable(x, "HTTPS"), "on") == 0;
	r->is_fragment = strcmp(exchange_variable(x, "HTTP_HX_REQUEST"), "true") == 0;
}

enum err gate_pass(struct request *r, const struct exchange *x, bool *is_answered)
{
	struct input in = { .x = x };
	enum err err;

	*is_answered = true;
	read_variables(r, x);
	if ((err = read_head(r, &in)) || (err = know_visitor(r, &in)))
		return err;
	if (!in.below && r->method == METHOD_GET)
		return reply_redirect(r, link_to(r, ""));
	if ((err = find_route(r, &in)) || (err = check_switches(r)) || (err = check_size(r, &in)))
		return err;
	keep_reading(r);
	if (language_switch(r, &in.query))
		return OK;
	if (check_login(r) == ERR_LOGIN)
		return ask_login(r, &in);
	if ((err = check_permission(r)) || (err = check_record(r)) || (err = check_consent(r, is_answered)) || *is_answered)
		return err;
	if ((err = read_body(r, &in)) || (err = take_fields(r, &in)))
		return err;
	return check_open(r);
}

enum err gate_shown(struct request *r)
{
	struct context c;

	if (!r->route->record || r->method != METHOD_GET || r->is_head || r->status != 200)
		return OK;
	c = request_context(r);
	return audit_view(&c, r->route->record, r->casefile->number, r->casefile->id);
}
