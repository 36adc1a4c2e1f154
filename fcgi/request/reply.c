/* SPDX-License-Identifier: Apache-2.0
 *
 * Replies: rendered whole before the first byte leaves, so that an error can still become
 * a clean page. The security headers are added here and only here. */
#include "reply.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cookie.h"
#include "country/words.h"
#include "csrf.h"
#include "decode.h"
#include "route.h"

static const char security_headers[] =
	"Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self';"
	" font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
	"X-Content-Type-Options: nosniff\r\n"
	"X-Frame-Options: DENY\r\n"
	"Referrer-Policy: same-origin\r\n"
	"Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
	"Cross-Origin-Opener-Policy: same-origin\r\n"
	"Cross-Origin-Resource-Policy: same-origin\r\n"
	"Cache-Control: private, no-store\r\n";

const char *site_root(const struct request *r)
{
	return r->instance ? arena_printf(r->arena, "/%s/%s", r->instance->name, r->site->name) : "";
}

const char *cookie_path(const struct request *r)
{
	return r->instance ? site_root(r) : "/";
}

bool path_is_ours(const char *path)
{
	return path && path[0] == '/' && path[1] != '/' && path[1] != '\\' && !strpbrk(path, "\r\n\t");
}

/* The pieces of an address, joined once. */
struct pieces { size_t n, length; struct { const char *text; size_t length; } piece[16]; };

static void add_piece(struct pieces *p, const char *text, size_t length)
{
	if (p->n == sizeof p->piece / sizeof *p->piece)
		BUG("an address of more than %zu pieces", p->n);
	p->piece[p->n].text = text;
	p->piece[p->n++].length = length;
	p->length += length;
}

static char *join(struct arena *arena, const struct pieces *p)
{
	char *out = arena_alloc(arena, p->length + 1), *at = out;

	for (size_t i = 0; i < p->n; i++)
		at = mempcpy(at, p->piece[i].text, p->piece[i].length);
	return out;
}

/* What stands for the mark at *format, which is moved behind it. */
static const char *marked(const struct request *r, const char **format, va_list *args)
{
	static const struct { const char *mark; size_t n; } marks[] = { { "%s", 2 }, { "%d", 2 }, { "%ld", 3 }, { "%zu", 3 } };
	const char *text;
	size_t i = 0;

	while (i < 4 && strncmp(*format, marks[i].mark, marks[i].n) != 0)
		i++;
	*format += i < 4 ? marks[i].n : 0;
	switch (i) {
	case 0: text = va_arg(*args, const char *); return encode_percent(r->arena, text ? text : "");
	case 1: return arena_printf(r->arena, "%d", va_arg(*args, int));
	case 2: return arena_printf(r->arena, "%ld", va_arg(*args, long));
	case 3: return arena_printf(r->arena, "%zu", va_arg(*args, size_t));
	default: BUG("link_to knows %%s, %%d, %%ld and %%zu, not \"%s\"", *format);
	}
}

char *link_to(const struct request *r, const char *format, ...)
{
	struct pieces pieces = { 0 };
	va_list args;

	if (r->instance) {
		add_piece(&pieces, "/", 1);
		add_piece(&pieces, r->instance->name, strlen(r->instance->name));
		add_piece(&pieces, "/", 1);
		add_piece(&pieces, r->site->name, strlen(r->site->name));
	}
	add_piece(&pieces, "/", 1);
	va_start(args, format);
	while (*format) {
		size_t n = strcspn(format, "%");
		add_piece(&pieces, format, n);
		format += n;
		if (*format) {
			const char *text = marked(r, &format, &args);
			add_piece(&pieces, text, strlen(text));
		}
	}
	va_end(args);
	return join(r->arena, &pieces);
}

const char *request_cookie(const struct request *r, const char *name)
{
	return cookie_value(r->arena, r->cookies, name);
}

void reply_header(struct request *r, const char *name, const char *value)
{
	if (strpbrk(value, "\r\n"))
		BUG("line end in header %s", name);
	buf_printf(r->headers, "%s: %s\r\n", name, value);
}

void reply_cookie(struct request *r, const char *name, const char *value, const char *path, int max_age_s)
{
	reply_header(r, "Set-Cookie", arena_printf(r->arena, "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Lax%s",
	             name, value, path ? path : cookie_path(r), max_age_s, r->is_tls ? "; Secure" : ""));
}

void reply_show_notice(struct request *r)
{
	static const char *const kinds[] = { "good", "bad", "info", "now", "hold" };
	const char *cookie = request_cookie(r, "cc_notice"), *text;
	struct vnode *layout = view_node(r->view, view_root(r->view), "Layout");
	char *value;

	if (!cookie)
		return;
	reply_cookie(r, "cc_notice", "", NULL, 0);
	value = decode_percent(r->arena, cookie, strlen(cookie), false);
	if (!value || !(text = strchr(value, ' ')))
		return;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(kinds[i], value, (size_t)(text - value)) == 0 && strlen(kinds[i]) == (size_t)(text - value)) {
			view_set(r->view, layout, "Notice.Kind", kinds[i]);
			view_set(r->view, layout, "Notice.Text", text + 1);
		}
}

static enum err render(struct request *r, const char *template_name)
{
	buf_clear(r->body);
	if (view_render(r->view, template_name, r->body, &r->why))
		return r->why.code;
	if (r->body->full)
		return fail(&r->why, ERR_INTERNAL, "page %s is too large", template_name);
	return OK;
}

enum err reply_page(struct request *r, const char *template_name)
{
	struct vnode *layout = view_node(r->view, view_root(r->view), "Layout");

	view_set(r->view, layout, "Csrf", csrf_mask(r->arena, r->session.csrf));
	view_flag(r->view, layout, "Refused", view_problems(r) > 0);
	reply_show_notice(r);
	if (r->is_held) {
		view_set(r->view, layout, "Notice.Kind", "now");
		view_set(r->view, layout, "Notice.Text", tr("This is what you typed before your sign-in ended. It is not saved yet: look it over, then save it."));
	}
	if (r->site->fill_layout)
		r->site->fill_layout(r);
	return render(r, template_name);
}

enum err reply_refused(struct request *r, const char *template_name)
{
	r->status = err_status(ERR_INVALID);
	return reply_page(r, template_name);
}

enum err reply_fragment(struct request *r, const char *template_name)
{
	view_set(r->view, view_node(r->view, view_root(r->view), "Layout"), "Csrf", csrf_mask(r->arena, r->session.csrf));
	return render(r, template_name);
}

enum err reply_redirect(struct request *r, const char *path)
{
	if (!path_is_ours(path))
		return fail(&r->why, ERR_INTERNAL, "redirect to \"%.100s\"", path ? path : "");
	buf_clear(r->body);
	r->content_type = "text/plain; charset=utf-8";
	/* a fragment's request would follow the redirect itself and put a whole page into the region */
	if (r->is_fragment) {
		r->status = 200;
		reply_header(r, "HX-Redirect", path);
		return OK;
	}
	r->status = 303;
	reply_header(r, "Location", path);
	return OK;
}

enum err reply_redirect_notice(struct request *r, const char *path, const char *kind, const char *notice)
{
	const char *text = arena_printf(r->arena, "%s %s", kind, text_first(r->arena, notice, NOTICE_BYTES / 2));

	reply_cookie(r, "cc_notice", encode_percent(r->arena, text), NULL, 120);
	return reply_redirect(r, path);
}

enum err reply_bytes(struct request *r, const char *content_type, const char *filename, const void *bytes, size_t size)
{
	r->content_type = content_type;
	if (filename)
		reply_header(r, "Content-Disposition",
		             arena_printf(r->arena, "attachment; filename*=UTF-8''%s", encode_percent(r->arena, filename)));
	buf_clear(r->body);
	buf_add(r->body, bytes, size);
	return r->body->full ? fail(&r->why, ERR_INTERNAL, "reply of %zu bytes", size) : OK;
}

static const char *reason(int status)
{
	static const struct { int status; const char *reason; } table[] = {
		{ 200, "OK" }, { 303, "See Other" }, { 400, "Bad Request" }, { 403, "Forbidden" }, { 404, "Not Found" },
		{ 405, "Method Not Allowed" }, { 409, "Conflict" }, { 413, "Content Too Large" }, { 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" }, { 500, "Internal Server Error" }, { 503, "Service Unavailable" },
		{ 507, "Insufficient Storage" },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].status == status)
			return table[i].reason;
	return "Status";
}

void reply_send(struct request *r, const struct exchange *x)
{
	char head[400];
	int n = snprintf(head, sizeof head, "Status: %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nContent-Language: %s\r\n",
	                 r->status, reason(r->status), r->content_type, r->body->len, r->language ? r->language : "en");

	if (!x->write(x->data, head, (size_t)n) || !x->write(x->data, security_headers, sizeof security_headers - 1) ||
	    !x->write(x->data, r->headers->p, r->headers->len) || !x->write(x->data, "\r\n", 2))
		return;
	if (!r->is_head)
		x->write(x->data, r->body->p, r->body->len);
}
