/* SPDX-License-Identifier: Apache-2.0
 *
 * Turns events of the model into entries of the timeline macro: words, signs, links. */
#include "events.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "case_parts.h"
#include "country/told.h"
#include "country/words.h"
#include "view/format.h"
#include "view/parts.h"

static const struct { const char *kind, *icon, *label; } kinds[] = {
	{"visit", "home", "Visits"}, {"note", "note", "Notes"}, {"assessment", "clipboard-list", "Assessments"}, {"plan", "pencil", "Plan"},
	{"milestone", "flag", "Milestones"}, {"transition", "route", "Steps"}, {"consent", "shield-lock", "Consent"}, {"household", "users", "Family"}};
#define N_KINDS (sizeof kinds / sizeof *kinds)

static const char *icon_of(const char *kind)
{
	for (size_t i = 0; i < N_KINDS; i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return kinds[i].icon;
	return "info-circle";
}

bool event_kind_is_known(const char *kind)
{
	for (size_t i = 0; i < N_KINDS; i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return true;
	return !*kind;
}

void fill_event_chips(struct request *r, const char *at, const char *current)
{
	part_chip(r->view, NULL, "Chips", tr("All"), at, !*current);
	for (size_t i = 0; i < N_KINDS; i++)
		part_chip(r->view, NULL, "Chips", tr(kinds[i].label), arena_printf(r->arena, "%s?kind=%s", at, kinds[i].kind),
		          strcmp(kinds[i].kind, current) == 0);
}

/* Dates among the values are ISO: shown as the reader writes dates. Other values may be words of ours or of the bundle. */
static const char *show_value(struct request *r, const char *value)
{
	if (!value)
		return "";
	return date_is_valid(value) ? format_date(r->arena, value) : tr(told(value));
}

/* "N1", "S2", "1.2": what an event refers to may also be a name, which is in its words already. */
static const char *sign_kind(const char *sign)
{
	const char *digits = *sign == 'N' || *sign == 'S' ? sign + 1 : sign;
	size_t whole = strspn(digits, "0123456789"), part = digits[whole] == '.' ? strspn(digits + whole + 1, "0123456789") : 0;

	if (!whole)
		return NULL;
	if (digits != sign)
		return digits[whole] ? NULL : *sign == 'N' ? "need" : "strength";
	return part && !digits[whole + 1 + part] ? "goal" : NULL;
}

static void fill_signs(struct request *r, struct vnode *entry, const char *refs)
{
	char *copy = arena_strdup(r->arena, refs), *save = NULL;

	for (char *sign = strtok_r(copy, " ,", &save); sign; sign = strtok_r(NULL, " ,", &save)) {
		const char *kind = sign_kind(sign);
		if (kind)
			part_sign(r->view, entry, "Signs", kind, sign, sign_link(r, sign));
	}
}

/* Up to the first full stop of a script of ours, without it: what follows is advice for who took the step. */
static const char *first_sentence(struct request *r, const char *text)
{
	static const char *const stops[] = {".", "\u0589", "\u0964"};

	for (const char *at = text; *at; at++)
		for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
			size_t n = strlen(stops[i]);
			if (strncmp(at, stops[i], n) == 0 && (!at[n] || at[n] == ' '))
				return arena_strndup(r->arena, text, (size_t)(at - text));
		}
	return text;
}

/* A step is stored by its button, "Finish the assessment"; what has happened is told: "Assessment finished". */
static const char *step_title(struct request *r, const char *label)
{
	const struct bundle *b = r->instance->bundle;

	for (size_t i = 0; i < b->n_transitions; i++) {
		const struct transition_rule *rule = &b->transition[i];
		if (text_eq(rule->label, label) && !text_is_blank(rule->done_message))
			return first_sentence(r, tr_fill(r->arena, tr(rule->done_message), *r->casefile->owner_name ? r->casefile->owner_name : tr("The office"), NULL));
	}
	return tr_fill(r->arena, tr("Step: %1"), tr(told(label)), NULL);
}

static void fill_event(struct request *r, const struct event *e)
{
	const char *words = tr(told(e->message));
	const char *title = tr_fill(r->arena, words, show_value(r, e->param[0]), show_value(r, e->param[1]), show_value(r, e->param[2]),
	                            show_value(r, e->param[3]), NULL);
	const char *kind = strcmp(e->kind, "milestone") == 0 ? "good" : "";

	if (strcmp(e->kind, "transition") == 0)
		title = step_title(r, e->message);
	struct vnode *entry = part_entry(r->view, NULL, "Entries", kind, icon_of(e->kind), format_instant(r->arena, e->at), title);
	char stamp[STAMP_LEN];

	instant_format(e->at, stamp);
	view_set(r->view, entry, "Stamp", stamp);
	view_set(r->view, entry, "By", worker_name(r, e->actor_name, NULL));
	if (*e->quote)
		view_set(r->view, entry, "Quote", told(e->quote));
	if (*e->link && case_page_is_open(r, e->link))
		view_set(r->view, entry, "Url", case_link(r, e->link));
	fill_signs(r, entry, e->refs);
}

void fill_events(struct request *r, const struct events *events)
{
	for (size_t i = 0; i < events->n; i++)
		fill_event(r, &events->item[i]);
}
