/* SPDX-License-Identifier: Apache-2.0
 *
 * The landing page: every instance with its shape, words and live counts, and the people
 * one can be in the one that is chosen. An instance that cannot be opened is left out and
 * logged: one broken bundle does not take the others' page away. */
#include "pages.h"

#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include "country/words.h"
#include "country/words_pseudo.h"
#include "model/instance_meta.h"
#include "request/route.h"
#include "view/format.h"
#include "view/parts.h"

const struct field landing_fields[] = { { "country", FIELD_LINE, 64, NULL }, { 0 } };

#define CARDS_MAX 24
#define SHAPE_KINDS 4

static void fill_shapes(struct request *r, struct vnode *card, const struct bundle *bundle)
{
	if (!bundle->map_view_box)
		return;
	view_set(r->view, card, "ViewBox", bundle->map_view_box);
	for (size_t i = 0; i < bundle->n_areas; i++) {
		struct vnode *shape;
		if (!bundle->area[i].shape)
			continue;
		shape = view_item(r->view, card, "Shapes");
		view_set(r->view, shape, "Path", bundle->area[i].shape);
		/* neighbours in the list rarely share a tint: this is a picture, not data */
		view_setf(r->view, shape, "Kind", "k%zu", (i * 7 + 1) % SHAPE_KINDS);
	}
}

static char *counted(struct request *r, const char *one, const char *many, int64_t n)
{
	return tr_fill(r->arena, tr_plural(one, many, (long)n), format_number(r->arena, (double)n, 0), NULL);
}

static void fill_counts(struct request *r, struct vnode *card, const struct instance *instance)
{
	struct instance_counts counts = { 0 };
	struct why why = { 0 };

	if (instance_count(instance->db, &why, &counts) != OK) {
		log_failure(&why, "landing");
		return;
	}
	view_set(r->view, card, "Counts", format_pair(r->arena, counted(r, "%1 open case", "%1 open cases", counts.cases_open),
	                                              counted(r, "%1 member of staff", "%1 members of staff", counts.users)));
}

static void fill_card(struct request *r, const struct instance *instance, bool is_chosen)
{
	const struct bundle *bundle = instance->bundle;
	struct vnode *card = view_item(r->view, NULL, "Instances");

	view_setf(r->view, card, "Url", "/?country=%s#people", instance->name);
	view_flag(r->view, card, "IsChosen", is_chosen);
	view_flag(r->view, card, "IsTrial", !instance->is_demo);
	view_set(r->view, card, "Name", tr(bundle->name));
	view_set(r->view, card, "Program", tr(bundle->program));
	view_set(r->view, card, "Institution", tr(bundle->institution));
	view_set(r->view, card, "Summary", tr(bundle->summary));
	view_set(r->view, card, "Population", tr(bundle->population));
	view_set(r->view, card, "Level", tr(bundle->level_label));
	view_set(r->view, card, "Accent", bundle->accent);
	for (size_t i = 0; i < bundle->n_languages; i++) {
		struct vnode *language;
		if (language_is_pseudo(bundle->language[i].code))
			continue;
		language = view_item(r->view, card, "Languages");
		view_set(r->view, language, "Code", bundle->language[i].code);
		view_set(r->view, language, "Name", bundle->language[i].name);
	}
	fill_counts(r, card, instance);
	fill_shapes(r, card, bundle);
}

static void fill_personas(struct request *r, const struct instance *instance)
{
	const struct bundle *bundle = instance->bundle;
	bool in_own_language = bundle->n_languages && text_eq(r->language, bundle->language[0].code);

	for (size_t i = 0; i < bundle->n_personas; i++) {
		const struct persona *persona = &bundle->persona[i];
		const char *name = in_own_language && persona->name_native ? persona->name_native : persona->name;
		struct vnode *node = view_item(r->view, NULL, "Personas");
		part_avatar(r->view, node, name, (int64_t)i + 1);
		view_setf(r->view, node, "Url", "/%s/%s/persona", instance->name, persona->site);
		view_set(r->view, node, "Key", persona->key);
		view_set(r->view, node, "Name", name);
		view_set(r->view, node, "Title", tr(persona->title));
		view_set(r->view, node, "Teaser", tr(persona->teaser));
	}
}

static bool has_levers(const struct site *site)
{
	for (const struct route *route = site->routes; route->handler; route++)
		if (text_eq(route->path, "clock"))
			return true;
	return false;
}

static void fill_clock(struct request *r, const struct instance *instance)
{
	int64_t now = instance_now(instance);
	char date[DATE_LEN], stamp[STAMP_LEN];

	const struct language *own = bundle_language(instance->bundle, r->language);

	format_use(own && own->locale ? own->locale : r->language, instance->bundle->zone);
	date_of_instant(now, instance->bundle->zone, date);
	instant_format(now, stamp);
	view_set(r->view, NULL, "Clock.Date", format_date_long(r->arena, date));
	view_set(r->view, NULL, "Clock.Time", format_time(r->arena, now));
	view_set(r->view, NULL, "Clock.Stamp", stamp);
	view_flag(r->view, NULL, "Clock.HasLevers", has_levers(r->site));
}

static void fill_chosen(struct request *r, const struct instance *instance)
{
	view_set(r->view, NULL, "Chosen.Name", tr(instance->bundle->name));
	view_setf(r->view, NULL, "Chosen.StaffUrl", "/%s/staff/login", instance->name);
	view_setf(r->view, NULL, "Chosen.PortalUrl", "/%s/portal/login", instance->name);
	if (!instance->is_demo)
		return;
	fill_personas(r, instance);
	fill_clock(r, instance);
}

/* Opens all; those that cannot be opened are logged. */
static size_t open_all(struct request *r, struct instance **instances)
{
	const char **names;
	size_t n_names = instance_list(r->arena, &names), n = 0;

	for (size_t i = 0; i < n_names && n < CARDS_MAX; i++) {
		if (request_instance(r, names[i], &instances[n]) == OK) {
			n++;
			continue;
		}
		log_failure(&r->why, "landing");
		r->why = (struct why){ 0 };
	}
	return n;
}

/* The one asked for, else the first demonstration, else the first. */
static size_t choose(struct request *r, struct instance **instances, size_t n)
{
	const char *asked = request_text(r, "country");

	for (size_t i = 0; i < n; i++)
		if (text_eq(instances[i]->name, asked))
			return i;
	for (size_t i = 0; i < n; i++)
		if (instances[i]->is_demo)
			return i;
	return 0;
}

enum err page_landing(struct request *r)
{
	struct instance **instances = arena_array(r->arena, struct instance *, CARDS_MAX);
	size_t n = open_all(r, instances), chosen = choose(r, instances, n);

	for (size_t i = 0; i < n; i++) {
		/* each country's own words, in the visitor's language */
		words_use(instances[i]->bundle->languages, r->language);
		fill_card(r, instances[i], i == chosen);
		if (i == chosen)
			fill_chosen(r, instances[i]);
	}
	words_use(NULL, r->language);
	if (n == 0)
		part_empty(r->view, NULL, "Empty", tr("No country yet"),
		           tr("Make one on this machine: build/compass new NAME --bundle BUNDLE --demo"), NULL, NULL);
	return reply_page(r, "landing");
}
