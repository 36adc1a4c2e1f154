/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared parts of the case's pages; see case_parts.h. Everything shown is formatted here. */
#include "case_parts.h"

#include <string.h>

#include "base/text.h"
#include "country/names.h"
#include "country/words.h"
#include "country/workflow.h"
#include "model/audit.h"
#include "request/context.h"
#include "view/format.h"
#include "view/parts.h"

#define WEEK_S (7 * 86400)

bool reads_native(const struct request *r)
{
	return text_eq(r->language, r->instance->bundle->language[0].code);
}

const char *case_title_of(const struct request *r, const char *title, const char *latin)
{
	return title_written(r->arena, r->instance->bundle, r->language, title, latin);
}

const char *case_title(const struct request *r, const struct casefile *c)
{
	return case_title_of(r, c->title, c->title_latin);
}

const char *case_title_other(const struct request *r, const struct casefile *c)
{
	if (!c->title_latin || !*c->title_latin || !text_latin_name(r->arena, c->title))
		return NULL;            /* one script: the other title would only be a translation */
	return reads_native(r) ? c->title_latin : c->title;
}

static const char *written(const struct request *r, const char *native)
{
	return name_written(r->arena, r->instance->bundle, r->language, native, NULL);
}

const char *worker_name(const struct request *r, const char *name, const char *native)
{
	return name_written(r->arena, r->instance->bundle, r->language, native, name);
}

static const char *join_name(const struct request *r, const char *given, const char *family)
{
	if (text_eq(r->instance->bundle->name_order, "family given"))
		return arena_printf(r->arena, "%s %s", family, given);
	return *family ? arena_printf(r->arena, "%s %s", given, family) : given;
}

const char *person_name(const struct request *r, const struct person *p)
{
	if (names_has_rules(r->instance->bundle, r->language))
		return join_name(r, written(r, p->given_name), written(r, p->family_name));
	if (!reads_native(r) && *p->name_latin)
		return p->name_latin;
	return join_name(r, p->given_name, p->family_name);
}

const char *person_given(const struct request *r, const struct person *p)
{
	const char *space = strchr(p->name_latin, ' ');

	if (names_has_rules(r->instance->bundle, r->language))
		return written(r, p->given_name);
	if (reads_native(r) || !*p->name_latin)
		return p->given_name;
	return space ? arena_strndup(r->arena, p->name_latin, (size_t)(space - p->name_latin)) : p->name_latin;
}

const char *level_word(int level)
{
	return level == 1 ? tr("Information") : level == 2 ? tr("Referral") : tr("Casework");
}

const char *risk_word(const char *risk)
{
	if (text_eq(risk, "high"))
		return tr("High risk");
	if (text_eq(risk, "medium"))
		return tr("Medium risk");
	return text_eq(risk, "low") ? tr("Low risk") : "";
}

const char *activity_word(const char *kind)
{
	static const char *const words[][2] = {{"home_visit", "Home visit"}, {"office", "Office appointment"}, {"phone", "Phone call"},
		{"group", "Group session"}, {"conference", "Case conference"}, {"documentation", "Case notes"}, {"supervision", "Supervision"},
		{"self_care", "Peer support"}, {"travel", "Travel"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_eq(words[i][0], kind))
			return tr(words[i][1]);
	return kind;
}

const char *const *casework_roles(const struct request *r)
{
	const struct bundle *b = r->instance->bundle;
	const uint64_t needed = BIT(PERM_STAGE_CHANGE) | BIT(PERM_NOTE_EDIT);
	const char **keys = arena_array(r->arena, const char *, b->n_roles + 1);
	size_t n = 0;

	for (size_t i = 0; i < b->n_roles; i++)
		if ((b->role[i].permissions & needed) == needed && !(b->role[i].permissions & BIT(PERM_CASE_ASSIGN)))
			keys[n++] = b->role[i].key;
	return keys;
}

/* ---- a row of a list ---- */

/* Position of the stage among the stops of the trail, from 1, and how many there are. */
static int trail_position(const struct bundle *bundle, const char *stage, int *of)
{
	int at = 0, n = 0;

	for (size_t i = 0; i < bundle->n_stages; i++) {
		n += bundle->stage[i].on_trail;
		if (strcmp(bundle->stage[i].key, stage) == 0)
			at = n;
	}
	*of = n;
	return at;
}

static const char *stage_word(const struct stage *stage)
{
	return tr(stage->short_label && *stage->short_label ? stage->short_label : stage->label);
}

static void row_tag(struct request *r, struct vnode *row, const char *kind, const char *text)
{
	struct vnode *tag = view_item(r->view, row, "Tags");

	view_set(r->view, tag, "Kind", kind);
	view_set(r->view, tag, "Text", text);
}

static void row_scores(struct request *r, struct vnode *row, const struct casefile *c)
{
	double change = c->last_score - c->first_score;

	if (!c->has_score)
		return;
	view_set(r->view, row, "Score", format_number(r->arena, c->last_score, 0));
	if (c->has_first_score && change != 0) {
		view_setf(r->view, row, "Change", "%s%s", change > 0 ? "+" : "−", format_number(r->arena, change > 0 ? change : -change, 0));
		view_flag(r->view, row, "Better", change > 0);
	}
}

static void row_contacts(struct request *r, struct vnode *row, const struct casefile *c)
{
	if (*c->last_contact_on)
		view_set(r->view, row, "LastContact", format_days_ago(r->arena, c->last_contact_on, r->actor.today));
	if (c->next_contact_at > r->actor.now)
		view_set(r->view, row, "Next", tr_fill(r->arena, tr("Contact %1"), format_instant(r->arena, c->next_contact_at), NULL));
	else if (*c->stage_due_on)
		view_set(r->view, row, "Next", tr_fill(r->arena, tr("Due %1"), format_date_short(r->arena, c->stage_due_on, r->actor.today), NULL));
}

struct vnode *case_row(struct request *r, struct vnode *under, const char *list, const struct casefile *c)
{
	struct view *v = r->view;
	const struct stage *stage = bundle_stage(r->instance->bundle, c->stage);
	struct vnode *row = view_item(v, under, list);
	int of, at = trail_position(r->instance->bundle, c->stage, &of);

	view_set(v, row, "Title", case_title(r, c));
	view_set(v, row, "Url", link_to(r, "cases/%s", c->number));
	view_set(v, row, "Number", c->number);
	view_set(v, row, "Place", tr(c->locality));
	view_set(v, row, "Members", tr_fill(r->arena, tr_plural("%1 person", "%1 people", c->member_count), format_number(r->arena, c->member_count, 0), NULL));
	view_set(v, row, "Level", level_word(c->level));
	part_mini(v, row, "Steps", at, of);
	view_set(v, row, "Stage", stage ? stage_word(stage) : c->stage);
	view_set(v, row, "Worker", worker_name(r, c->owner_name, c->owner_name_native));
	row_scores(r, row, c);
	row_contacts(r, row, c);
	if (c->is_overdue)
		row_tag(r, row, "bad", format_due(r->arena, c->stage_due_on, r->actor.today));
	if (text_eq(c->risk_level, "high"))
		row_tag(r, row, "now", risk_word(c->risk_level));
	return row;
}

/* ---- links ---- */

char *case_link(const struct request *r, const char *below)
{
	char *base = link_to(r, "cases/%s", r->casefile->number);

	return *below ? arena_printf(r->arena, "%s/%s", base, below) : base;
}

bool case_page_is_open(const struct request *r, const char *below)
{
	static const struct { const char *page; enum permission permission; bool changes; } pages[] = {{"profile", PERM_PROFILE_VIEW, false},
		{"assessments", PERM_ASSESSMENT_VIEW, false}, {"plan", PERM_PLAN_VIEW, false}, {"timeline", PERM_TIMELINE_VIEW, false}, {"needs", PERM_NEED_EDIT, true},
		{"assign", PERM_CASE_ASSIGN, true}, {"family", PERM_HOUSEHOLD_EDIT, true}, {"notes", PERM_NOTE_EDIT, true}, {"steps", PERM_STAGE_CHANGE, false}};
	size_t n = strcspn(below, "/?#");

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		if (strlen(pages[i].page) == n && strncmp(pages[i].page, below, n) == 0)
			return actor_can(&r->actor, pages[i].permission) && !(pages[i].changes && r->casefile && *r->casefile->closed_on);
	return actor_can(&r->actor, PERM_CASE_VIEW);
}

char *sign_link(const struct request *r, const char *sign)
{
	if (*sign == 'N' || *sign == 'S')
		return arena_printf(r->arena, "%s#%s", case_link(r, ""), sign);
	return case_page_is_open(r, "plan") ? arena_printf(r->arena, "%s#g%s", case_link(r, "plan"), sign) : NULL;
}

/* ---- the head ---- */

/* How many opened it this week, with the way to the log for those who may read it. */
static enum err head_openers(struct request *r)
{
	struct context c = request_context(r);
	int64_t n = 0;
	enum err err = audit_count_openers(&c, r->casefile->id, r->actor.now - WEEK_S, "", &n);
	bool can_read = actor_can(&r->actor, PERM_AUDIT_VIEW) && bundle_has(r->instance->bundle, MODULE_AUDIT);

	if (err != OK || !n)
		return err;
	part_aside(r->view, "eye",
	           tr_fill(r->arena, tr_plural("Opened by %1 person this week", "Opened by %1 people this week", (long)n),
	                   format_number(r->arena, (double)n, 0), NULL),
	           can_read ? arena_printf(r->arena, "%s?number=%s", link_to(r, "audit"), r->casefile->number) : NULL,
	           can_read ? tr("See the log") : NULL);
	return OK;
}

enum err case_head(struct request *r, const char *page, const char *lead)
{
	const struct casefile *c = r->casefile;

	part_crumb(r->view, tr("Cases"), actor_can(&r->actor, PERM_CASE_LIST) ? link_to(r, "cases") : NULL);
	if (page) {
		part_crumb(r->view, case_title(r, c), case_link(r, ""));
		part_crumb(r->view, page, NULL);
		part_head(r->view, page, lead ? lead : format_pair(r->arena, case_title(r, c), c->number));
		return OK;
	}
	part_crumb(r->view, c->number, NULL);
	part_head(r->view, case_title(r, c), lead);
	if (case_title_other(r, c))
		part_head_native(r->view, case_title_other(r, c), reads_native(r) ? "en" : r->instance->bundle->language[0].code);
	return head_openers(r);
}

static void tab(struct request *r, const char *current, const char *below, const char *label)
{
	part_tab(r->view, NULL, "Tabs", label, case_link(r, below), NULL, strcmp(current, below) == 0);
}

void case_tabs(struct request *r, const char *current)
{
	const struct bundle *b = r->instance->bundle;

	tab(r, current, "", tr("Overview"));
	if (b->profile_form && case_page_is_open(r, "profile"))
		tab(r, current, "profile", tr("Profile"));
	if (b->assessment_form && case_page_is_open(r, "assessments"))
		tab(r, current, "assessments", tr("Assessments"));
	if (case_page_is_open(r, "plan"))
		tab(r, current, "plan", tr("Plan"));
	if (case_page_is_open(r, "timeline"))
		tab(r, current, "timeline", tr("Timeline"));
	tab(r, current, "consents", tr("Consent"));
}

/* ---- trail and gate ---- */

/* Where a guard that does not hold is put right. */
static const char *guard_page(enum guard guard)
{
	switch (guard) {
	case GUARD_CONSENT_GIVEN: return "consents";
	case GUARD_PROFILE_DONE: return "profile";
	case GUARD_ASSESSMENT_SUBMITTED: case GUARD_ASSESSMENT_IN_REVIEW: return "assessments";
	case GUARD_NEEDS_RANKED: return "needs";
	case GUARD_WORKER_ASSIGNED: return "assign";
	default: return "plan";
	}
}

static void gate_guards(struct request *r, struct vnode *gate, const struct step *step)
{
	struct view *v = r->view;

	for (size_t i = 0; i < step->n_guards; i++) {
		struct vnode *item = view_item(v, gate, "Items");
		view_set(v, item, "Text", tr(step->guard[i].message));
		view_flag(v, item, "Met", step->guard[i].holds);
		const char *page = guard_page(step->guard[i].guard);
		if (!step->guard[i].holds && case_page_is_open(r, page)) {
			view_set(v, item, "Url", case_link(r, page));
			view_set(v, item, "Link", tr("Go there"));
		}
	}
}

static void gate_action(struct request *r, struct vnode *gate, const struct step *step, bool is_main)
{
	struct view *v = r->view;
	struct vnode *action = view_item(v, gate, "Actions");

	view_set(v, action, "Label", tr(step->rule->label));
	view_set(v, action, "Url", case_link(r, arena_printf(r->arena, "steps/%s", step->rule->name)));
	view_flag(v, action, "Page", true);
	view_flag(v, action, "Primary", is_main && step->is_open);
	view_flag(v, action, "Closed", !step->is_open);
}

/* Does a step lead on: to a later stage, or (is_same) to where the case stands? Never, before the case is evaluated, to its end. */
static bool leads_on(const struct request *r, const struct step *step, bool is_same)
{
	const struct stage *here = bundle_stage(r->instance->bundle, r->casefile->stage), *to = bundle_stage(r->instance->bundle, step->rule->to);
	bool is_end = strcmp(to->status, "closed") == 0 && (!here || strcmp(here->status, "closure_pending_approval") != 0);

	return !is_end && (!here || (is_same ? to == here : to > here));
}

/* The way on that the page offers first; n when there is none. */
static size_t main_step(const struct request *r, const struct steps *steps)
{
	for (int is_same = 0; is_same < 2; is_same++)
		for (size_t i = 0; i < steps->n; i++)
			if (leads_on(r, &steps->item[i], is_same))
				return i;
	return steps->n;
}

/* What the way on needs is listed. Other steps stand beside it when they are open. */
static void fill_gate(struct request *r, const struct steps *steps)
{
	size_t main = main_step(r, steps);
	const struct step *on = main < steps->n ? &steps->item[main] : NULL;
	struct vnode *gate;

	if (!steps->n)
		return;
	gate = view_node(r->view, NULL, "Gate");
	view_set(r->view, gate, "Title", on && on->n_guards ? tr(on->rule->label) : tr("Next step"));
	if (on)
		gate_guards(r, gate, on);
	for (size_t i = 0; i < steps->n; i++)
		if (i != main && steps->item[i].is_open)
			gate_action(r, gate, &steps->item[i], false);
	if (on)
		gate_action(r, gate, on, true);
}

static void fill_stop(struct request *r, const struct trail_stop *stop)
{
	const char *state = stop->state == STOP_DONE ? "done" : stop->state == STOP_NOW ? "here" : "", *text = "";

	if (stop->state == STOP_NOW && stop->due_on && *stop->due_on)
		text = tr_fill(r->arena, tr("Due %1"), format_date_short(r->arena, stop->due_on, r->actor.today), NULL);
	else if (stop->since && *stop->since)
		text = format_date_short(r->arena, stop->since, r->actor.today);
	part_stage(r->view, NULL, "Trail", state, stage_word(stop->stage), text, NULL);
}

enum err case_trail(struct request *r)
{
	struct context c = request_context(r);
	struct trail trail;
	struct steps steps = {0};
	enum err err = workflow_trail(&c, r->instance->bundle, r->casefile, &trail);

	if (err == OK && actor_can(&r->actor, PERM_STAGE_CHANGE))
		err = workflow_steps(&c, r->instance->bundle, r->casefile, &steps);
	if (err != OK)
		return err;
	for (size_t i = 0; i < trail.n; i++)
		fill_stop(r, &trail.item[i]);
	fill_gate(r, &steps);
	return OK;
}
