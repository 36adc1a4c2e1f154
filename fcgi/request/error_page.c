/* SPDX-License-Identifier: Apache-2.0
 *
 * What a visitor sees when a page cannot be made: what happened, what to do, a reference
 * the log has, and all they typed. When even that page does not render, a plain one. */
#include "error_page.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "context.h"
#include "country/words.h"
#include "country/workflow.h"
#include "fields.h"
#include "reply.h"
#include "route.h"
#include "view/parts.h"

#define KEPT_MAX 200 /* typed fields shown; more nodes would cost a second */

static const char *title(enum err err)
{
	switch (err) {
	case ERR_NOT_FOUND: return "Nothing is here";
	case ERR_FORBIDDEN: return "Not part of your role";
	case ERR_CSRF: return "The form is from another sign-in";
	case ERR_CONFLICT: return "Somebody else was quicker";
	case ERR_CLOSED: return "This case is closed";
	case ERR_METHOD:
	case ERR_BAD_REQUEST: return "The request cannot be used";
	case ERR_TOO_LARGE: return "Too large";
	case ERR_THROTTLED: return "Too many tries";
	case ERR_BUSY: return "Too busy at this moment";
	case ERR_CONFIG: return "The configuration has a mistake";
	case ERR_FULL:
	case ERR_READONLY: return "The server cannot save";
	default: return "Something went wrong";
	}
}

/* Nothing typed is lost: what came is shown, to be copied. */
static void show_typed(struct request *r, struct vnode *error)
{
	int shown = 0;

	for (size_t i = 0; (r->method == METHOD_POST || r->is_held) && i < r->n_fields && shown < KEPT_MAX; i++) {
		const struct field_value *field = &r->field[i];
		struct vnode *kept;
		if (text_is_blank(field->value) || field_is_secret(field->name) || text_eq(field->name, "revision") || text_eq(field->name, "do"))
			continue;
		kept = view_item(r->view, error, "Kept");
		view_int(r->view, kept, "Id", ++shown);
		view_set(r->view, kept, "Label", field->name);
		view_set(r->view, kept, "Value", field->value);
	}
}

/* The step that opens a closed case again, when this visitor may take it. */
static const struct transition_rule *reopening(struct request *r)
{
	struct context c = request_context(r);
	struct why why = { 0 };
	struct steps steps;

	c.why = &why;
	if (!actor_can(&r->actor, PERM_STAGE_CHANGE) || workflow_steps(&c, r->instance->bundle, r->casefile, &steps))
		return NULL;
	for (size_t i = 0; i < steps.n; i++) {
		const struct stage *to = bundle_stage(r->instance->bundle, steps.item[i].rule->to);
		if (to && !text_eq(to->status, "closed"))
			return steps.item[i].rule;
	}
	return NULL;
}

/* A closed case: the way to open it again, and the way back to it. */
static void fill_closed(struct request *r, struct vnode *error)
{
	const struct transition_rule *rule = reopening(r);
	const char *page = link_to(r, "cases/%s", r->casefile->number);

	/* on a GET it is a page like any: it says why the form is not here */
	if (r->method == METHOD_GET)
		r->status = 200;
	if (r->actor.kind != ACTOR_STAFF)
		return;
	view_set(r->view, error, "Url", rule ? link_to(r, "cases/%s/steps/%s", r->casefile->number, rule->name) : page);
	view_set(r->view, error, "Label", rule ? tr(rule->label) : tr("Back to the case"));
	if (rule)
		view_set(r->view, error, "BackUrl", page);
}

static void fill(struct request *r, enum err err, const char *reference)
{
	struct vnode *error = view_node(r->view, view_root(r->view), "Error");

	part_head(r->view, tr(title(err)), NULL);
	view_set(r->view, error, "Title", tr(title(err)));
	view_set(r->view, error, "Text", tr(err_message(err)));
	view_int(r->view, error, "Status", err_status(err));
	view_set(r->view, error, "Reference", *reference ? reference : NULL);
	view_flag(r->view, error, "Find", err == ERR_NOT_FOUND && actor_can(&r->actor, PERM_CASE_LIST));
	if (r->session.is_open) {
		view_set(r->view, error, "Url", link_to(r, ""));
		view_set(r->view, error, "Label", tr("Go to your first page"));
	} else {
		view_set(r->view, error, "Url", "/");
		view_set(r->view, error, "Label", tr("Go to the start"));
	}
	if (err == ERR_CLOSED && r->casefile)
		fill_closed(r, error);
	show_typed(r, error);
	r->is_held = false;
}

/* Needs nothing: no template, no bundle, no tree. */
static void plain(struct request *r, enum err err, const char *reference)
{
	buf_clear(r->body);
	buf_printf(r->body, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s · Case Compass</title></head>"
	           "<body><main><h1>%s</h1><p>%s</p>", title(err), title(err), err_message(err));
	if (*reference)
		buf_printf(r->body, "<p>If you tell your administrator about it, give this reference: %s</p>", reference);
	buf_str(r->body, "<p><a href=\"/\">Case Compass</a></p></main></body></html>\n");
}

void error_page(struct request *r, enum err err, const char **reference)
{
	struct why why = { 0 };

	*reference = "";
	if (r->why.code == OK)
		r->why.code = err;
	if (err != ERR_NOT_FOUND && err != ERR_METHOD && err != ERR_CLOSED)
		*reference = arena_strdup(r->arena, log_failure(&r->why, r->route ? r->route->path : "request"));
	r->status = err_status(err);
	r->content_type = "text/html; charset=utf-8";
	if (r->view && r->site) {
		why = r->why;
		r->why = (struct why){ 0 };
		r->view = view_new(r->arena);
		fill(r, err, *reference);
		if (reply_page(r, "error") == OK)
			return;
		log_failure(&r->why, "error page");
		r->why = why;
	}
	plain(r, err, *reference);
}
