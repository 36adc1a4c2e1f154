/* SPDX-License-Identifier: Apache-2.0
 *
 * Health and signing out: the same on both sites. */
#include "standard_pages.h"

#include "country/words.h"
#include "model/instance_meta.h"
#include "reply.h"

enum err page_health(struct request *r)
{
	const char **names, *bundle;
	size_t n = instance_list(r->arena, &names), bad = 0;

	buf_clear(r->body);
	for (size_t i = 0; i < n; i++) {
		struct instance *instance;
		struct why why = { 0 };
		if (request_instance(r, names[i], &instance) == OK &&
		    instance_get(instance->db, &why, r->arena, "bundle", &bundle) == OK)
			continue;
		bad++;
		buf_printf(r->body, "%s: does not open\n", names[i]);
	}
	r->content_type = "text/plain; charset=utf-8";
	if (bad)
		r->status = 503;
	else
		buf_printf(r->body, "ok %zu instances\n", n);
	return OK;
}

enum err page_logout(struct request *r)
{
	enum err err = sign_out(r);

	return err ? err : reply_redirect_notice(r, link_to(r, "%s", r->site->login_path), "good", tr("You are signed out."));
}
