/* SPDX-License-Identifier: Apache-2.0
 *
 * The demonstration's levers on the bar: its clock and its reset. The rows are ROUTE_DEMO, so
 * a trial knows nothing of them. */
#include "pages.h"

#include <string.h>

#include "country/instance_admin.h"
#include "country/words.h"
#include "request/context.h"

const struct field clock_fields[] = {{"step", FIELD_CHOICE, 0, "1d 1w"}, {0}};

enum err page_clock(struct request *r)
{
	bool is_week = strcmp(request_text(r, "step"), "1w") == 0;
	enum err err;

	if (!*request_text(r, "step"))
		return fail(&r->why, ERR_BAD_REQUEST, "no step");
	err = instance_clock_move(r->instance, is_week ? 7 * 86400 : 86400, &r->why);
	return err == OK ? reply_redirect_notice(r, link_to(r, "%s", ""), "info", is_week ? tr("A week has passed.") : tr("A day has passed.")) : err;
}

enum err page_reset(struct request *r)
{
	enum err err = instance_reset(r->instance->name, &r->why);

	return err == OK ? reply_redirect_notice(r, link_to(r, "%s", ""), "info", tr("Everything is as it was at the start.")) : err;
}
