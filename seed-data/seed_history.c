/* SPDX-License-Identifier: Apache-2.0
 *
 * One invented case from its opening to the stage it is in: steps of the workflow with
 * believable times between them, assessments, plan, visits by the cadence, notes. */
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "country/workflow.h"
#include "seed_world.h"

/* The canonical path; a bundle's stages are found by their status. */
static const char *const path[] = {"registered", "assigned", "in_assessment", "in_planning", "plan_pending_approval",
                                   "active", "in_review", "closure_pending_approval", "closed"};
enum { AT_REGISTERED, AT_ASSIGNED, AT_ASSESSMENT, AT_PLANNING, AT_APPROVAL, AT_ACTIVE, AT_REVIEW, AT_ENDING, AT_CLOSED, PATH };

/* Days, counted from today, on which each stage of the path was entered; after `last` nothing happened. */
struct course {
	int last; int32_t entered[PATH]; const char *outcome;
	const struct json *branch;      /* of seed.json, when the stage lies beside the path: after the assessment, without a plan */
};

struct making {
	struct world *w;
	struct seed_office *office;
	struct seed_worker *worker;
	struct household *h;
	struct seed_log *log;
	struct course course;
	struct bulk_casefile c;
	struct situation *rounds[ROUNDS];
	int needs_open, next_assessment, last_visit_day;
	const struct situation *initial;
};

static int position_of(const char *status)
{
	if (strcmp(status, "draft") == 0)
		return AT_REGISTERED;   /* before anything has happened */
	for (int i = 0; i < PATH; i++)
		if (strcmp(path[i], status) == 0)
			return i;
	return AT_ACTIVE;               /* suspended and the like hang on the active stage */
}

/* Days spent in a stage: what the bundle says of its status, else the generator's own. */
static int draw_days(struct world *w, const char *status, int low, int high)
{
	const struct json *days = json_get(w->config->stays, status);

	if (days && days->kind == JSON_ARRAY && days->n == 2) {
		low = (int)days->first->integer;
		high = (int)days->first->next->integer;
	}
	return dice_range(&w->dice, low, high);
}

/* Draws days spent in each stage and counts back from today. */
static void draw_course(struct world *w, struct course *course, const struct stage *stage)
{
	static const int spent[PATH][2] = {{0, 2}, {1, 5}, {5, 15}, {3, 10}, {1, 4}, {30, 320}, {2, 12}, {1, 6}, {10, 420}};
	struct dice *d = &w->dice;
	int32_t day = 0;
	int last = position_of(stage->status);

	course->branch = json_get(json_get(w->config->root, "branches"), stage->key);
	course->last = last = course->branch ? AT_PLANNING : last;
	for (int i = last; i >= 0; i--) {
		int days = draw_days(w, path[i], spent[i][0], spent[i][1]);
		if (i == AT_REVIEW && last != AT_REVIEW)
			days = 0;               /* reviews of the past lie inside the active time */
		if (i == AT_ACTIVE && last >= AT_ENDING)
			days = draw_days(w, "whole", 150, 330);
		if (i == last && course->branch)
			days = dice_range(d, 4, 92);
		if (i == last && i < AT_ACTIVE && !course->branch && dice_below(d, 7) == 0)
			days = days * 2 + 3;    /* some are late */
		day -= days;
		course->entered[i] = day;
	}
	course->entered[AT_REVIEW] = last == AT_REVIEW ? course->entered[AT_REVIEW] : course->entered[AT_ENDING];
	if (last == AT_CLOSED && w->config->n_outcomes)
		course->outcome = w->config->outcome[dice_weighted(d, w->config->outcome_weight, w->config->n_outcomes)];
}

static bool reached(const struct making *m, int stage)
{
	return m->course.last >= stage;
}

static int64_t at(struct making *m, int32_t day)
{
	return seed_at(m->w, day, 9 * 60 + 20 + 5 * (int)dice_below(&m->w->dice, 90));
}

static const struct seed_worker *who_steps(const struct making *m, int to)
{
	if (to <= AT_ASSIGNED)
		return m->office->registrar.id ? &m->office->registrar : &m->office->supervisor;
	if (to == AT_ACTIVE || to == AT_CLOSED)
		return &m->office->supervisor;
	return m->worker;
}

static void write_steps(struct making *m, const struct stage *stage)
{
	const struct stage *from = &m->w->bundle->stage[0];
	bool is_early = strcmp(from->status, "draft") == 0;

	if (strcmp(stage->status, "draft") == 0)
		return;
	if (!is_early)
		from = seed_stage_of(m->w, path[AT_REGISTERED]);
	for (int i = is_early ? AT_REGISTERED : AT_ASSIGNED; i <= m->course.last; i++) {
		const struct stage *to = i == m->course.last && m->course.branch ? stage : seed_stage_of(m->w, path[i]);
		if (!to || (i == AT_REVIEW && m->course.last != AT_REVIEW))
			continue;
		seed_log_step(m->log, from, to, at(m, m->course.entered[i]), who_steps(m, i), NULL);
		from = to;
	}
	if (from != stage)              /* suspended and the like, off the path */
		seed_log_step(m->log, from, stage, at(m, m->course.entered[m->course.last] / 2), m->worker, NULL);
}

static void write_consents(struct making *m)
{
	const struct bundle *b = m->w->bundle;
	const char *by = arena_printf(m->w->scratch, "%s %s", m->h->contact->given, m->h->contact->family);
	int32_t day = m->course.entered[AT_REGISTERED];

	for (size_t i = 0, seq = 0; i < b->n_consents; i++) {
		const struct consent_purpose *p = &b->consent[i];
		char expires[DATE_LEN];
		if (!p->is_required && dice_below(&m->w->dice, 10) < 2)
			continue;
		date_add_months(seed_date(m->w, m->w->scratch, day), p->months ? p->months : 24, expires);
		bulk_consent(&m->w->bulk, m->c.id, (int)++seq, p->key, by, seed_date(m->w, m->w->scratch, day), expires, p->text, m->h->language);
	}
	struct bulk_event *e = seed_log_add(m->log, at(m, day), "consent", "Consent recorded, given by %1", &m->office->registrar);
	e->params = seed_params(m->w, by, NULL);
}

static void write_assessment_rows(struct making *m, const struct situation *s, int32_t day, int round, bool is_draft)
{
	static const char *const rounds[] = {"initial", "interim", "exit"};
	struct world *w = m->w;
	int seq = ++m->next_assessment;
	int64_t when = at(m, day);
	struct bulk_assessment a = {.casefile_id = m->c.id, .seq = seq, .form = w->assessment->key, .kind = "assessment", .round = rounds[round],
		.status = is_draft ? "draft" : "submitted", .answers = is_draft ? s->draft_answers : s->answers, .group_states = "{}",
		.band = is_draft ? NULL : s->band, .performed_on = seed_date(w, w->scratch, day), .form_version = w->form_version_assessment,
		.user_id = m->worker->id, .started_at = when - 3600, .submitted_at = is_draft ? 0 : when, .score = is_draft ? -1 : s->total};

	bulk_assessment(&w->bulk, &a);
	if (is_draft)
		return;
	for (size_t i = 0; i < s->n_scores; i++)
		bulk_score(&w->bulk, m->c.id, seq, (int)i, s->score[i].dimension, s->score[i].has_score, s->score[i].score, s->score[i].meaning, s->score[i].word);
	struct bulk_event *e = seed_log_add(m->log, when, "assessment", "Assessment finished", m->worker);
	e->link = arena_printf(w->scratch, "assessments/%d", seq);
	if (m->c.first_score < 0)
		m->c.first_score = s->total;
	m->c.last_score = s->total;
	if (s->risk)
		m->c.risk_level = s->risk;
}

static void write_needs(struct making *m, const struct situation *s, int32_t day)
{
	int needs = 0, strengths = 0;
	bool is_met = m->course.outcome && strcmp(m->course.outcome, "goals_achieved") == 0;

	for (size_t i = 0; i < s->n_found; i++) {
		const struct seed_found *f = &s->found[i];
		struct bulk_need need = {.casefile_id = m->c.id, .is_strength = f->is_strength, .is_met = !f->is_strength && is_met,
			.number = f->is_strength ? ++strengths : ++needs, .meaning = f->meaning, .severity = f->severity,
			.assessment_seq = m->next_assessment, .dimension = f->dimension, .objective = f->objective, .subjective = f->subjective,
			.sensitivity = f->sensitivity, .question = f->question, .user_id = m->worker->id, .at = at(m, day)};
		if (!f->is_strength && reached(m, AT_PLANNING))
			need.client_priority = needs;
		bulk_need(&m->w->bulk, &need);
	}
	m->needs_open = is_met ? 0 : needs;
}

static enum err write_assessments(struct making *m, struct why *why)
{
	struct world *w = m->w;

	if (!w->assessment || m->course.last < AT_ASSESSMENT)
		return OK;
	bool is_planned = reached(m, AT_PLANNING);
	const int32_t days[ROUNDS] = {m->course.entered[is_planned ? AT_PLANNING : AT_ASSESSMENT], reached(m, AT_ACTIVE) ? m->course.entered[AT_ACTIVE] + w->config->review_days : 0,
	                              reached(m, AT_ENDING) ? m->course.entered[AT_ENDING] : 0};
	enum err err = seed_situation(w, m->h, days, m->course.branch, m->rounds, why);
	if (err != OK)
		return err;
	m->initial = m->rounds[ROUND_INITIAL];
	if (m->course.last == AT_ASSESSMENT) {
		if (dice_below(&m->w->dice, 2))
			write_assessment_rows(m, m->initial, m->course.entered[AT_ASSESSMENT] + 1 > 0 ? 0 : m->course.entered[AT_ASSESSMENT] + 1, ROUND_INITIAL, true);
		return OK;
	}
	write_assessment_rows(m, m->initial, m->course.entered[AT_PLANNING], ROUND_INITIAL, false);
	write_needs(m, m->initial, m->course.entered[AT_PLANNING]);
	int32_t until = reached(m, AT_ENDING) ? m->course.entered[AT_ENDING] : 0;
	for (int32_t day = m->course.entered[AT_ACTIVE] + w->config->review_days, n = 0; reached(m, AT_ACTIVE) && day < until - 20 && n < 3; day += w->config->review_days, n++)
		write_assessment_rows(m, m->rounds[ROUND_INTERIM], day, ROUND_INTERIM, false);
	if (reached(m, AT_ENDING))
		write_assessment_rows(m, m->rounds[ROUND_EXIT], m->course.entered[AT_ENDING], ROUND_EXIT, false);
	return OK;
}

/* ---- plan ---- */

static const char *actor_name(const struct making *m, const struct seed_action *a)
{
	if (a->name && *a->name)
		return a->name;
	if (strcmp(a->actor, "client") == 0 || strcmp(a->actor, "relative") == 0)
		return m->h->contact->given;
	if (strcmp(a->actor, "worker") == 0)
		return m->worker->name;
	for (size_t i = 0; a->service && i < m->w->bundle->n_services; i++)
		if (strcmp(m->w->bundle->service[i].key, a->service) == 0)
			return m->w->bundle->service[i].provider;
	return m->office->office->name;
}

/* How far a goal has come after `share` of its time. */
static const char *goal_status(struct making *m, double share, int *progress)
{
	const char *outcome = m->course.outcome;

	*progress = 0;
	if (!reached(m, AT_ACTIVE))
		return "not_started";
	if (outcome && !strcmp(outcome, "goals_achieved")) { *progress = 100; return "achieved"; }
	if (outcome && !strcmp(outcome, "partly_achieved")) { *progress = 60; return "partly_achieved"; }
	if (outcome) { *progress = 20; return "not_achieved"; }
	if (share > 0.9 && dice_below(&m->w->dice, 10) < 6) { *progress = 100; return "achieved"; }
	*progress = (int)(share * (60 + dice_below(&m->w->dice, 35)));
	if (*progress > 95)
		*progress = 95;
	*progress -= *progress % 5;
	return *progress > 5 ? "in_progress" : "not_started";
}

static void write_actions(struct making *m, int need, int seq, const struct seed_goal *g, int32_t start, bool is_goal_done)
{
	for (size_t i = 0; i < g->n_actions; i++) {
		const struct seed_action *a = &g->action[i];
		int32_t due = start + a->days;
		bool is_done = reached(m, AT_ACTIVE) && (is_goal_done || (due < 0 && dice_below(&m->w->dice, 10) < 8));
		struct bulk_action row = {.casefile_id = m->c.id, .need_number = need, .goal_seq = seq, .seq = (int)i + 1, .what = a->what,
			.actor = a->actor, .actor_name = actor_name(m, a), .service = a->service, .starts_on = seed_date(m->w, m->w->scratch, start),
			.due_on = seed_date(m->w, m->w->scratch, due), .status = is_done ? "done" : due < 14 && reached(m, AT_ACTIVE) ? "in_progress" : "open",
			.done_on = is_done ? seed_date(m->w, m->w->scratch, due - (int32_t)dice_below(&m->w->dice, 6) < -1 ? due - 1 < -1 ? due - 1 : -1 : -1) : NULL};
		bulk_action(&m->w->bulk, &row);
	}
}

static void write_goals(struct making *m, int32_t start)
{
	int number = 0;

	for (size_t i = 0; i < m->initial->n_found; i++) {
		const struct seed_found *f = &m->initial->found[i];
		if (f->is_strength)
			continue;
		number++;
		size_t n = f->source ? f->source->n_goals : 0;
		if (m->course.last == AT_PLANNING && number > 1)
			n = 0;                  /* the plan is being written */
		for (size_t k = 0; k < n; k++) {
			const struct seed_goal *g = &f->source->goal[k];
			int32_t due = start + dice_range(&m->w->dice, g->days_min, g->days_max);
			int progress;
			double share = due > start ? (double)(0 - start) / (due - start) : 1;
			const char *status = goal_status(m, share, &progress);
			struct bulk_goal goal = {.casefile_id = m->c.id, .need_number = number, .seq = (int)k + 1, .progress = progress, .statement = g->statement,
				.plain = g->plain, .change = g->change, .due_on = seed_date(m->w, m->w->scratch, due), .status = status, .strengths = "",
				.baseline = f->severity, .target = f->severity < 0 ? -1 : f->severity > 2 ? f->severity - 2 : 1};
			bulk_goal(&m->w->bulk, &goal);
			write_actions(m, number, (int)k + 1, g, start, progress == 100);
			if (progress == 100 && !m->course.outcome) {
				struct bulk_event *e = seed_log_add(m->log, at(m, due < 0 ? due : -1), "milestone", "Goal reached", m->worker);
				e->refs = arena_printf(m->w->scratch, "%d.%zu", number, k + 1);
			}
		}
	}
}

static void write_signatures(struct making *m, int64_t when)
{
	const char *client = arena_printf(m->w->scratch, "%s %s", m->h->contact->given, m->h->contact->family);

	bulk_signature(&m->w->bulk, m->c.id, 1, "client", client, 0, m->h->contact->person_id, when);
	bulk_signature(&m->w->bulk, m->c.id, 1, "worker", m->worker->name, m->worker->id, 0, when + 120);
	struct bulk_event *e = seed_log_add(m->log, when + 120, "plan", "Plan signed by %1 and %2", m->worker);
	e->params = seed_params(m->w, client, m->worker->name);
	e->link = "plan";
}

static void write_plan(struct making *m)
{
	struct world *w = m->w;
	int32_t start = m->course.entered[AT_PLANNING];
	bool is_returned = m->course.last == AT_PLANNING && dice_below(&w->dice, 6) == 0 && w->config->returns.n;

	if (!m->initial || m->course.branch || m->course.last < AT_PLANNING || !bundle_has(w->bundle, MODULE_PLAN) || (m->course.last == AT_PLANNING && dice_below(&w->dice, 4) == 0))
		return;
	int64_t proposed = at(m, m->course.entered[AT_APPROVAL]), approved = at(m, m->course.entered[AT_ACTIVE]);
	int32_t base = reached(m, AT_ACTIVE) ? m->course.entered[AT_ACTIVE] : 0;
	int32_t review = base + w->config->review_days;
	while (reached(m, AT_ACTIVE) && !m->course.outcome && review < 0)
		review += w->config->review_days;
	struct bulk_plan plan = {.casefile_id = m->c.id, .version = 1, .schedule = w->config->schedule, .review_on = seed_date(w, w->scratch, review),
		.status = reached(m, AT_ACTIVE) ? "active" : reached(m, AT_APPROVAL) ? "proposed" : is_returned ? "returned" : "draft",
		.started_on = seed_date(w, w->scratch, start), .active_on = reached(m, AT_ACTIVE) ? seed_date(w, w->scratch, m->course.entered[AT_ACTIVE]) : NULL,
		.proposed_at = reached(m, AT_APPROVAL) || is_returned ? proposed : 0, .proposed_by = reached(m, AT_APPROVAL) || is_returned ? m->worker->id : 0,
		.approved_at = reached(m, AT_ACTIVE) ? approved : 0, .approved_by = reached(m, AT_ACTIVE) ? m->office->supervisor.id : 0,
		.comment = is_returned ? seed_draw(&w->dice, &w->config->returns) : NULL};
	if (is_returned)
		plan.proposed_at = at(m, start + 1 < 0 ? start + 1 : 0);
	bulk_plan(&w->bulk, &plan);
	m->c.review_on = plan.review_on;
	write_goals(m, start);
	bulk_freeze_plan(&w->bulk, m->c.id, plan.version);
	if (reached(m, AT_ACTIVE))
		write_signatures(m, approved + 1200);
}

/* ---- contact ---- */

static int cadence_days(const struct bundle *b, int month)
{
	int days = 30;

	for (size_t i = 0; i < b->n_cadence; i++)
		if (month >= b->cadence[i].from_month)
			days = b->cadence[i].every_days;
	return days;
}

static const struct seed_visit *draw_visit(struct making *m)
{
	const struct seed_config *c = m->w->config;
	unsigned kinds = seed_kinds(m->h);
	const struct seed_visit *drawn = NULL;
	uint32_t n = 0;

	for (size_t i = 0; i < c->n_visits; i++)
		if ((c->visit[i].kinds & ~kinds) == 0 && (!m->course.branch || strcmp(c->visit[i].kind, "phone") == 0) &&
		    dice_below(&m->w->dice, ++n) == 0)
			drawn = &c->visit[i];
	return drawn;
}

static const struct seed_note *draw_note(struct making *m)
{
	const struct seed_config *c = m->w->config;
	unsigned kinds = seed_kinds(m->h);
	const struct seed_note *drawn = NULL;
	uint32_t n = 0;

	for (size_t i = 0; i < c->n_notes; i++)
		if ((c->note[i].kinds & ~kinds) == 0 && dice_below(&m->w->dice, ++n) == 0)
			drawn = &c->note[i];
	return drawn;
}

static void write_visit(struct making *m, int32_t day, bool is_past)
{
	struct world *w = m->w;
	const struct seed_visit *v = draw_visit(m);
	bool is_home = v && strcmp(v->kind, "home_visit") == 0;
	struct bulk_activity a = {.casefile_id = m->c.id, .user_id = m->worker->id, .kind = v ? v->kind : "home_visit", .minutes = is_home ? 75 : 45,
		.place = is_home ? m->h->address : m->office->office->name, .purpose = v ? v->purpose : NULL};

	a.planned_at = seed_slot(w, m->worker, day, a.minutes);
	if (is_past) {
		bool is_held = (int)dice_below(&w->dice, 100) < w->config->held;
		a.outcome = is_held ? "held" : "missed";
		a.held_at = is_held ? a.planned_at : 0;
		a.summary = is_held && v ? v->summary : NULL;
		struct bulk_event *e = seed_log_add(m->log, a.planned_at + (is_held ? 3600 : 0), "visit", is_held ? "Visit held" : "Visit missed", m->worker);
		e->quote = is_held && v ? (v->quote && dice_below(&w->dice, 3) == 0 ? v->quote : v->summary) : NULL;
		e->visibility = "shared";
		if (is_held)
			m->last_visit_day = day;
	} else {
		m->c.next_contact_at = a.planned_at;
	}
	bulk_activity(&w->bulk, &a);
}

static void write_contacts(struct making *m)
{
	struct world *w = m->w;
	int32_t end = m->course.last >= AT_ENDING ? m->course.entered[AT_ENDING] : 0;

	m->last_visit_day = m->course.entered[AT_REGISTERED];
	if (reached(m, AT_ASSESSMENT))
		m->last_visit_day = m->course.entered[m->course.last == AT_ASSESSMENT ? AT_ASSESSMENT : AT_PLANNING];
	if (m->course.last == AT_ASSESSMENT || m->course.last == AT_ASSIGNED)
		write_visit(m, dice_range(&w->dice, 0, 6), false);
	if (!reached(m, AT_ACTIVE) && !m->course.branch)
		return;
	/* beside the path there is no plan: somebody calls once a month */
	int32_t begin = m->course.entered[m->course.branch ? AT_PLANNING : AT_ACTIVE], day = begin + dice_range(&w->dice, 4, 13);
	while (day < end) {
		write_visit(m, day, true);
		int every = m->course.branch ? 30 : cadence_days(w->bundle, (int)((day - begin) / 30) + 1);
		day += every + dice_range(&w->dice, -2, 3);
	}
	if (m->course.last == AT_ACTIVE || m->course.last == AT_REVIEW || m->course.branch)
		write_visit(m, day < 1 ? 0 : day, false);
	const struct seed_note *note = dice_below(&w->dice, 2) ? draw_note(m) : NULL;
	if (note) {
		int32_t when = begin + (int32_t)dice_below(&w->dice, (uint32_t)(end - begin) + 1);
		struct bulk_event *e = seed_log_add(m->log, at(m, when < 0 ? when : -1), "note", "Note", m->worker);
		e->quote = note->text;
	}
}

/* ---- the case ---- */

static const char *next_number(struct world *w, int32_t day)
{
	const char *date = seed_date(w, w->scratch, day);
	int year = (date[0] - '0') * 1000 + (date[1] - '0') * 100 + (date[2] - '0') * 10 + date[3] - '0';

	return arena_printf(w->scratch, "%s-%d-%06lld", w->bundle->case_prefix, year, (long long)++w->last_number[year - w->first_year]);
}

/* An active case is due at its next review, not at the first one long ago. */
static const char *stage_due(const struct making *m, const struct stage *stage)
{
	const struct world *w = m->w;
	const char *since = seed_date(w, w->scratch, m->course.entered[m->course.last]);
	const char *due = workflow_due(w->bundle, stage->key, m->c.risk_level, since, w->scratch);

	if (m->course.last == AT_ACTIVE && m->c.review_on)
		return m->c.review_on;
	return *due ? due : NULL;
}

/* What the assessment says, before it the level's. */
static void fill_pathway(struct making *m)
{
	const struct bundle *b = m->w->bundle;
	const struct pathway *found = m->initial && m->course.last >= AT_PLANNING ? m->initial->pathway : NULL;

	m->c.level = found ? found->level : b->level_default ? b->level_default : 3;
	m->c.pathway = found ? found->key : seed_pathway(b, m->c.level);
}

static void fill_case(struct making *m, const struct stage *stage)
{
	struct world *w = m->w;
	const struct office *office = m->office->office;
	bool is_closed = m->course.last == AT_CLOSED;
	int32_t opened = m->course.entered[AT_REGISTERED], since = m->course.entered[m->course.last];

	m->c.number = next_number(w, opened);
	m->c.title = m->h->title;
	m->c.title_latin = text_latin_name(w->scratch, m->h->title) ? m->h->title_latin : NULL;
	m->c.subject_type = "household";
	m->c.program = w->bundle->program;
	fill_pathway(m);
	m->c.status = stage->status;
	m->c.stage = stage->key;
	m->c.stage_since = seed_date(w, w->scratch, since);
	m->c.stage_due_on = is_closed ? NULL : stage_due(m, stage);
	m->c.office = office->key;
	m->c.area = office->area;
	m->c.owner_id = m->worker->id;
	m->c.locality = m->h->locality;
	m->c.address = m->h->address;
	m->c.phone = m->h->phone;
	m->c.language = m->h->language;
	m->c.member_count = (int)m->h->n;
	m->c.needs_open = m->needs_open;
	m->c.last_contact_on = seed_date(w, w->scratch, m->last_visit_day);
	m->c.opened_on = seed_date(w, w->scratch, opened);
	m->c.closed_on = is_closed ? seed_date(w, w->scratch, since) : NULL;
	m->c.outcome = m->course.outcome;
	m->c.created_at = at(m, opened);
	m->c.updated_at = m->log->n ? m->log->event[m->log->n - 1].at : m->c.created_at;
}

static enum err write_forms(struct making *m, struct why *why)
{
	struct world *w = m->w;
	int64_t when = at(m, m->course.entered[AT_REGISTERED]);

	if (w->intake) {
		const char *answers = seed_household_answers(w, w->intake, m->h, NULL, NULL, why);
		if (!answers)
			return why->code;
		bulk_intake(&w->bulk, m->c.id, w->form_version_intake, answers, NULL, NULL, NULL, "open", m->office->registrar.id, when);
	}
	if (w->profile && reached(m, AT_ASSESSMENT)) {
		const char *segment = NULL, *answers = seed_household_answers(w, w->profile, m->h, NULL, &segment, why);
		int32_t day = m->course.entered[AT_ASSESSMENT];
		if (!answers)
			return why->code;
		struct bulk_assessment a = {.casefile_id = m->c.id, .seq = ++m->next_assessment, .form = w->profile->key, .kind = "profile",
			.round = "initial", .status = "submitted", .answers = answers, .group_states = "{}", .segment = segment,
			.performed_on = seed_date(w, w->scratch, day), .form_version = w->form_version_profile, .user_id = m->worker->id,
			.started_at = at(m, day), .submitted_at = at(m, day) + 900, .score = -1};
		bulk_assessment(&w->bulk, &a);
	}
	return OK;
}

enum err seed_history(struct world *w, struct seed_office *office, struct seed_worker *worker, const struct stage *stage, struct why *why)
{
	struct making m = {.w = w, .office = office, .worker = worker};
	enum err err;

	m.h = seed_household(w, office);
	m.c.id = ++w->next_casefile;
	m.c.last_score = m.c.first_score = -1;
	m.log = seed_log_new(w, m.c.id);
	draw_course(w, &m.course, stage);
	for (int tries = 0; m.course.branch && tries < 20 && !seed_branch_fits(w, m.course.branch, m.h); tries++)
		m.h = seed_household(w, office);
	struct bulk_event *opened = seed_log_add(m.log, seed_at(w, m.course.entered[AT_REGISTERED], 9 * 60 + 5), "milestone", "Case opened", &office->registrar);
	opened->visibility = "shared";
	seed_write_people(w, m.c.id, m.h, seed_at(w, m.course.entered[AT_REGISTERED], 545));
	if ((err = write_forms(&m, why)) != OK)
		return err;
	write_consents(&m);
	if ((err = write_assessments(&m, why)) != OK)
		return err;
	write_plan(&m);
	write_contacts(&m);
	write_steps(&m, stage);
	fill_case(&m, stage);
	bulk_casefile(&w->bulk, &m.c);
	seed_log_write(m.log);
	seed_write_search(w, m.c.id);
	return w->bulk.err;
}
