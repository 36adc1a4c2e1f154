/* SPDX-License-Identifier: Apache-2.0
 *
 * Story families: written out in the bundle's seed/stories/, day by day. Needs and
 * strengths are not written but come out of the assessment by the form's own rules, as
 * they would for a worker. Days are offsets from the instance's today. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "country/workflow.h"
#include "model/instance_meta.h"
#include "seed_world.h"


struct telling {
	struct world *w;
	const struct json *story;
	struct why *why;
	struct seed_office *office;
	struct seed_worker *worker;
	struct household *h;
	struct seed_log *log;
	struct bulk_casefile c;
	int next_assessment, needs;
	bool needs_written;
};

static int64_t number_of(const struct json *object, const char *key, int64_t fallback)
{
	const struct json *member = json_get(object, key);
	return member && member->is_integer ? member->integer : fallback;
}

static double real_of(const struct json *object, const char *key, double fallback)
{
	const struct json *member = json_get(object, key);
	return member && member->kind == JSON_NUMBER ? member->number : fallback;
}

static const char *string_of(const struct json *object, const char *key, const char *fallback)
{
	const struct json *member = json_get(object, key);
	return member && member->kind == JSON_STRING ? member->string : fallback;
}

static bool flag_of(const struct json *object, const char *key)
{
	const struct json *member = json_get(object, key);
	return member && member->kind == JSON_BOOLEAN && member->boolean;
}

static const char *text_of(const struct telling *t, const struct json *object, const char *key)
{
	return seed_text(t->w->config, json_get(object, key));
}

/* A day member as a date text, NULL when absent. */
static const char *day_of(const struct telling *t, const struct json *object, const char *key)
{
	const struct json *member = json_get(object, key);
	return member && member->is_integer ? seed_date(t->w, t->w->scratch, (int32_t)member->integer) : NULL;
}

/* "day" and, when written, "time" of an object. */
static int64_t moment_of(const struct telling *t, const struct json *object, const char *key, int fallback_minute)
{
	const char *time = string_of(object, "time", NULL);
	int minute = fallback_minute;

	if (time && strlen(time) == 5)
		minute = atoi(time) * 60 + atoi(time + 3);
	return seed_at(t->w, (int32_t)number_of(object, key, 0), minute);
}

static const struct seed_worker *by_of(const struct telling *t, const struct json *object)
{
	const struct seed_worker *by = seed_worker_by_name(t->w, string_of(object, "by", NULL), NULL);
	return by ? by : t->worker;
}

static void read_member(struct telling *t, struct seed_member *m, const struct json *source)
{
	struct world *w = t->w;
	const struct json *age = json_get(source, "age");
	const char *born = string_of(source, "born", NULL);

	m->given = text_of(t, source, "given");
	m->family = text_of(t, source, "family");
	if (!m->family)
		m->family = "";
	const char *given_latin = seed_text_in(json_get(source, "given"), "en"), *family_latin = seed_text_in(json_get(source, "family"), "en");
	m->latin = arena_printf(w->scratch, "%s %s", given_latin ? given_latin : "", family_latin ? family_latin : "");
	m->sex = string_of(source, "sex", "female");
	m->role = string_of(source, "role", "other");
	m->note = text_of(t, source, "note");
	m->occupation = text_of(t, source, "occupation");
	m->disability = string_of(source, "disability", "none");
	m->known_as = text_of(t, source, "known_as");
	m->identifier = string_of(source, "identifier", NULL);
	m->identifier_type = string_of(source, "identifier_type", "national");
	m->is_contact = flag_of(source, "contact");
	if (born && date_is_valid(born))
		memcpy(m->born, born, sizeof m->born);
	else
		date_from_days(w->today_days - (int32_t)((age ? age->number : 40) * 365.25) - 120, m->born);
	m->age = date_years(m->born, w->today);
}

static enum err read_household(struct telling *t)
{
	struct world *w = t->w;
	const struct json *members = json_get(t->story, "members");
	struct household *h = arena_new_of(w->scratch, struct household);

	if (!members || !members->n)
		return fail(t->why, ERR_INVALID, "story %s: needs members", string_of(t->story, "key", "?"));
	h->member = arena_array(w->scratch, struct seed_member, members->n);
	for (json_each(item, members))
		read_member(t, &h->member[h->n++], item);
	h->head = h->contact = &h->member[0];
	for (size_t i = 0; i < h->n; i++) {
		if (h->member[i].is_contact)
			h->contact = &h->member[i];
		if (!*h->member[i].family)
			h->member[i].family = h->head->family;
	}
	h->title = text_of(t, t->story, "title");
	h->title_latin = seed_text_in(json_get(t->story, "title"), "en");
	h->locality = string_of(t->story, "locality", t->office->office->locality);
	h->address = text_of(t, t->story, "address");
	h->phone = string_of(t->story, "phone", NULL);
	h->language = string_of(t->story, "language", w->config->language);
	((struct seed_member *)h->contact)->phone = h->phone;
	if (!h->title || !h->title_latin || !h->address)
		return fail(t->why, ERR_INVALID, "story %s: needs title and address", string_of(t->story, "key", "?"));
	t->h = h;
	return OK;
}

static enum err tell_intake(struct telling *t)
{
	const struct json *intake = json_get(t->story, "intake");
	struct world *w = t->w;

	if (!w->intake)
		return OK;
	const char *answers = seed_household_answers(w, w->intake, t->h, json_get(intake, "answers"), NULL, t->why);
	if (!answers)
		return t->why->code;
	const struct seed_worker *by = by_of(t, intake);
	bulk_intake(&w->bulk, t->c.id, w->form_version_intake, answers, NULL, NULL, NULL, "open", by->id,
	            moment_of(t, intake, "day", 10 * 60));
	return OK;
}

static void tell_consents(struct telling *t)
{
	struct world *w = t->w;
	const char *by = arena_printf(w->scratch, "%s %s", t->h->contact->given, t->h->contact->family);
	int seq = 0;

	for (json_each(item, json_get(t->story, "consents"))) {
		const char *key = string_of(item, "key", ""), *on = day_of(t, item, "day");
		for (size_t i = 0; i < w->bundle->n_consents; i++) {
			const struct consent_purpose *p = &w->bundle->consent[i];
			char expires[DATE_LEN];
			if (strcmp(p->key, key) != 0 || !on)
				continue;
			date_add_months(on, p->months ? p->months : 24, expires);
			bulk_consent(&w->bulk, t->c.id, ++seq, key, by, on, expires, p->text, t->h->language);
		}
	}
	if (seq) {
		const struct json *first = json_get(t->story, "consents")->first;
		struct bulk_event *e = seed_log_add(t->log, moment_of(t, first, "day", 10 * 60 + 20), "consent", "Consent recorded, given by %1", t->worker);
		e->params = seed_params(w, by, NULL);
	}
}

static enum err tell_profile(struct telling *t)
{
	const struct json *profile = json_get(t->story, "profile");
	struct world *w = t->w;
	const char *segment = NULL;

	if (!profile || !w->profile)
		return OK;
	const char *answers = seed_household_answers(w, w->profile, t->h, json_get(profile, "answers"), &segment, t->why);
	if (!answers)
		return t->why->code;
	int64_t when = moment_of(t, profile, "day", 11 * 60);
	struct bulk_assessment a = {.casefile_id = t->c.id, .seq = ++t->next_assessment, .form = w->profile->key, .kind = "profile",
		.round = "initial", .status = "submitted", .answers = answers, .group_states = "{}", .segment = segment,
		.performed_on = day_of(t, profile, "day"), .form_version = w->form_version_profile, .user_id = by_of(t, profile)->id,
		.started_at = when - 1800, .submitted_at = when, .score = -1};
	bulk_assessment(&w->bulk, &a);
	struct bulk_event *e = seed_log_add(t->log, when, "assessment", "Profile filled", by_of(t, profile));
	e->link = "profile";
	return OK;
}

/* The client's order: priorities holds numbers of needs, first first. */
static int priority_of(const struct telling *t, int number)
{
	int rank = 0;

	for (json_each(item, json_get(t->story, "priorities"))) {
		rank++;
		if (item->integer == number)
			return rank;
	}
	return 0;
}

static void tell_needs(struct telling *t, const struct situation *s, int seq, int64_t when)
{
	int strengths = 0;

	for (size_t i = 0; i < s->n_found && !t->needs_written; i++) {
		const struct seed_found *f = &s->found[i];
		struct bulk_need need = {.casefile_id = t->c.id, .is_strength = f->is_strength, .number = f->is_strength ? ++strengths : ++t->needs,
			.meaning = f->meaning, .severity = f->severity, .assessment_seq = seq, .dimension = f->dimension, .objective = f->objective,
			.subjective = f->subjective, .sensitivity = f->sensitivity, .question = f->question, .user_id = t->worker->id, .at = when};
		if (!f->is_strength)
			need.client_priority = priority_of(t, need.number);
		bulk_need(&t->w->bulk, &need);
	}
	t->needs_written = true;
}

static enum err tell_assessment(struct telling *t, const struct json *source)
{
	struct world *w = t->w;
	bool is_draft = strcmp(string_of(source, "status", "submitted"), "draft") == 0;
	int64_t when = moment_of(t, source, "day", 15 * 60);
	const struct situation *s = seed_story_situation(w, w->assessment, json_get(source, "answers"), t->h, when, is_draft, t->why);
	int seq = ++t->next_assessment;

	if (!s)
		return t->why->code;
	struct bulk_assessment a = {.casefile_id = t->c.id, .seq = seq, .form = w->assessment->key, .kind = "assessment",
		.round = string_of(source, "round", "initial"), .status = is_draft ? "draft" : "submitted", .answers = s->answers, .group_states = "{}",
		.band = s->band, .performed_on = day_of(t, source, "day"), .form_version = w->form_version_assessment, .user_id = by_of(t, source)->id,
		.started_at = when - 5400, .submitted_at = is_draft ? 0 : when, .score = is_draft ? -1 : s->total};
	bulk_assessment(&w->bulk, &a);
	if (is_draft)
		return w->bulk.err;
	for (size_t i = 0; i < s->n_scores; i++)
		bulk_score(&w->bulk, t->c.id, seq, (int)i, s->score[i].dimension, s->score[i].has_score, s->score[i].score, s->score[i].meaning, s->score[i].word);
	tell_needs(t, s, seq, when);
	struct bulk_event *e = seed_log_add(t->log, when, "assessment", "Assessment finished", by_of(t, source));
	e->link = arena_printf(w->scratch, "assessments/%d", seq);
	if (t->c.first_score < 0)
		t->c.first_score = s->total;
	t->c.last_score = s->total;
	return w->bulk.err;
}

/* ---- plan ---- */

static const char *strengths_of(const struct telling *t, const struct json *list)
{
	const char *out = "";

	for (json_each(item, list))
		out = arena_printf(t->w->scratch, "%s%s%lld", out, *out ? "," : "", (long long)item->integer);
	return out;
}

static void tell_actions(struct telling *t, const struct json *list, int need, int seq)
{
	int n = 0;

	for (json_each(item, list)) {
		struct bulk_action a = {.casefile_id = t->c.id, .need_number = need, .goal_seq = seq, .seq = ++n, .what = text_of(t, item, "what"),
			.actor = string_of(item, "actor", "worker"), .actor_name = text_of(t, item, "name"), .service = string_of(item, "service", NULL),
			.starts_on = day_of(t, item, "starts"), .due_on = day_of(t, item, "due"), .status = string_of(item, "status", "open"),
			.done_on = day_of(t, item, "done"), .result = text_of(t, item, "result")};
		if (!a.actor_name)
			a.actor_name = strcmp(a.actor, "worker") ? t->h->contact->given : t->worker->name;
		bulk_action(&t->w->bulk, &a);
	}
}

static enum err tell_goals(struct telling *t, const struct json *list)
{
	for (json_each(item, list)) {
		const char *number = string_of(item, "number", "");
		int need = atoi(number), seq = strchr(number, '.') ? atoi(strchr(number, '.') + 1) : 0;
		if (need < 1 || seq < 1 || need > t->needs)
			return fail(t->why, ERR_INVALID, "story %s, line %d: goal \"%s\" names no need; the assessment gives %d",
			            string_of(t->story, "key", "?"), item->line, number, t->needs);
		struct bulk_goal g = {.casefile_id = t->c.id, .need_number = need, .seq = seq, .progress = (int)number_of(item, "progress", 0),
			.statement = text_of(t, item, "statement"), .plain = text_of(t, item, "plain"), .change = text_of(t, item, "change"),
			.due_on = day_of(t, item, "due"), .status = string_of(item, "status", "not_started"),
			.strengths = strengths_of(t, json_get(item, "strengths")), .reason = text_of(t, item, "reason"),
			.baseline = real_of(item, "baseline", -1), .target = real_of(item, "target", -1)};
		bulk_goal(&t->w->bulk, &g);
		tell_actions(t, json_get(item, "actions"), need, seq);
	}
	return t->w->bulk.err;
}

static void tell_signatures(struct telling *t, const struct json *plan)
{
	const char *client = arena_printf(t->w->scratch, "%s %s", t->h->contact->given, t->h->contact->family);
	int64_t when = moment_of(t, plan, "signed", 14 * 60 + 20);

	bulk_signature(&t->w->bulk, t->c.id, 1, "client", client, 0, t->h->contact->person_id, when);
	bulk_signature(&t->w->bulk, t->c.id, 1, "worker", t->worker->name, t->worker->id, 0, when + 120);
	struct bulk_event *e = seed_log_add(t->log, when + 120, "plan", "Plan signed by %1 and %2", t->worker);
	e->params = seed_params(t->w, client, t->worker->name);
	e->link = "plan";
	e->visibility = "shared";
}

static enum err tell_plan(struct telling *t)
{
	const struct json *plan = json_get(t->story, "plan");
	struct world *w = t->w;

	if (!plan)
		return OK;
	bool is_signed = json_get(plan, "signed") != NULL, is_approved = json_get(plan, "approved") && json_get(plan, "approved")->is_integer;
	bool is_proposed = json_get(plan, "proposed") && json_get(plan, "proposed")->is_integer;
	struct bulk_plan p = {.casefile_id = t->c.id, .version = 1, .status = string_of(plan, "status", is_signed ? "active" : "draft"),
		.schedule = text_of(t, plan, "schedule") ? text_of(t, plan, "schedule") : w->config->schedule, .review_on = day_of(t, plan, "review"),
		.started_on = day_of(t, plan, "started"), .active_on = day_of(t, plan, "signed"), .comment = text_of(t, plan, "comment"),
		.proposed_at = is_proposed ? moment_of(t, plan, "proposed", 16 * 60) : 0, .proposed_by = is_proposed ? t->worker->id : 0,
		.approved_at = is_approved ? moment_of(t, plan, "approved", 17 * 60 + 5) : 0, .approved_by = is_approved ? t->office->supervisor.id : 0};
	if (!p.started_on)
		p.started_on = seed_date(w, w->scratch, (int32_t)number_of(t->story, "stage_since", 0));
	bulk_plan(&w->bulk, &p);
	t->c.review_on = p.review_on;
	enum err err = tell_goals(t, json_get(plan, "goals"));
	bulk_freeze_plan(&w->bulk, t->c.id, p.version);
	if (err == OK && is_signed && json_get(plan, "signed")->is_integer)
		tell_signatures(t, plan);
	return err;
}

/* ---- contact and events ---- */

static void tell_activities(struct telling *t)
{
	for (json_each(item, json_get(t->story, "activities"))) {
		bool is_held = flag_of(item, "held");
		int64_t when = moment_of(t, item, "day", 10 * 60);
		struct bulk_activity a = {.casefile_id = t->c.id, .user_id = t->worker->id, .planned_at = when, .held_at = is_held ? when : 0,
			.minutes = (int)number_of(item, "minutes", 60), .kind = string_of(item, "kind", "home_visit"), .place = text_of(t, item, "place"),
			.purpose = text_of(t, item, "purpose"), .outcome = is_held ? "held" : NULL, .summary = text_of(t, item, "summary")};
		int day = (int)number_of(item, "day", 0) + AGENDA_BEFORE, q = (int)((when - seed_at(t->w, day - AGENDA_BEFORE, 9 * 60)) / 900);
		if (day >= 0 && day < AGENDA_DAYS && q >= 0 && q < 40)
			t->worker->busy[day] |= ((UINT64_C(1) << ((a.minutes + 14) / 15)) - 1) << q;
		bulk_activity(&t->w->bulk, &a);
		if (is_held) {
			struct bulk_event *e = seed_log_add(t->log, when + 3600, "visit", "Visit held", t->worker);
			e->quote = a.summary ? a.summary : a.purpose;
			e->visibility = "shared";
			t->c.last_contact_on = day_of(t, item, "day");
		} else if (!t->c.next_contact_at && when > t->w->now) {
			t->c.next_contact_at = when;
		}
	}
}

static void tell_events(struct telling *t)
{
	for (json_each(item, json_get(t->story, "events"))) {
		const char *text = text_of(t, item, "text");
		struct bulk_event *e = seed_log_add(t->log, moment_of(t, item, "day", 12 * 60), string_of(item, "kind", "note"), text ? text : "Note", by_of(t, item));
		e->quote = text_of(t, item, "quote");
		e->refs = string_of(item, "refs", "");
	}
}

static enum err tell_transitions(struct telling *t)
{
	const struct bundle *b = t->w->bundle;
	const char *from = b->n_stages ? b->stage[0].key : "";
	int seq = 0;

	for (json_each(item, json_get(t->story, "transitions"))) {
		const struct transition_rule *rule = bundle_transition(b, string_of(item, "name", ""));
		if (!rule)
			return fail(t->why, ERR_INVALID, "story %s, line %d: the workflow has no transition \"%s\"", string_of(t->story, "key", "?"),
			            item->line, string_of(item, "name", ""));
		const struct seed_worker *by = by_of(t, item);
		int64_t when = moment_of(t, item, "day", 9 * 60 + 30 + seq * 4);
		bulk_transition(&t->w->bulk, t->c.id, ++seq, rule->name, from, rule->to, text_of(t, item, "comment"), when, by->id);
		struct bulk_event *e = seed_log_add(t->log, when, "transition", rule->label, by);
		e->quote = text_of(t, item, "comment");
		from = rule->to;
	}
	return OK;
}

/* ---- the case ---- */

/* Portal personas are members of stories. */
static enum err tell_personas(struct telling *t)
{
	const struct world *w = t->w;
	struct actor actor = {.kind = ACTOR_SYSTEM, .username = "system", .name = "system", .role = "", .office = "", .area = "", .now = w->now};
	struct context c = {.db = w->bulk.db, .arena = w->scratch, .why = t->why, .actor = &actor, .dir = w->instance->dir, .zone = w->bundle->zone};

	for (size_t i = 0; i < w->bundle->n_personas; i++) {
		const struct persona *p = &w->bundle->persona[i];
		size_t at = 0;
		if (!text_eq(p->story, string_of(t->story, "key", "")))
			continue;
		for (json_each(member, json_get(t->story, "members")))
			if (text_eq(string_of(member, "key", NULL), p->person))
				break;
			else
				at++;
		if (at >= t->h->n)
			return fail(t->why, ERR_INVALID, "personas.json: %s: the story %s has no member \"%s\"", p->key, p->story, p->person ? p->person : "");
		enum err err = persona_set(&c, p->key, t->c.id, t->h->member[at].person_id);
		if (err != OK)
			return err;
	}
	return OK;
}

static enum err begin(struct telling *t)
{
	struct world *w = t->w;
	int64_t year = number_of(t->story, "year", w->first_year), number = number_of(t->story, "number", 0);

	t->worker = seed_worker_by_name(w, string_of(t->story, "worker", NULL), &t->office);
	if (!t->worker)
		return fail(t->why, ERR_INVALID, "story %s: no member of staff is called \"%s\"", string_of(t->story, "key", "?"), string_of(t->story, "worker", ""));
	t->c.id = ++w->next_casefile;
	t->c.number = arena_printf(w->scratch, "%s-%lld-%06lld", w->bundle->case_prefix, (long long)year, (long long)number);
	t->c.first_score = t->c.last_score = -1;
	t->log = seed_log_new(w, t->c.id);
	return read_household(t);
}

static enum err finish(struct telling *t)
{
	struct world *w = t->w;
	const struct json *s = t->story;
	const struct stage *stage = bundle_stage(w->bundle, string_of(s, "stage", ""));

	if (!stage)
		return fail(t->why, ERR_INVALID, "story %s: the workflow has no stage \"%s\"", string_of(s, "key", "?"), string_of(s, "stage", ""));
	t->c.title = t->h->title;
	t->c.title_latin = text_latin_name(w->scratch, t->h->title) ? t->h->title_latin : NULL;
	t->c.subject_type = t->h->n > 1 ? "household" : "person";
	t->c.program = w->bundle->program;
	t->c.level = (int)number_of(s, "level", w->bundle->level_default);
	t->c.pathway = string_of(s, "pathway", seed_pathway(w->bundle, t->c.level));
	t->c.status = stage->status;
	t->c.stage = stage->key;
	t->c.stage_since = day_of(t, s, "stage_since") ? day_of(t, s, "stage_since") : day_of(t, s, "opened");
	t->c.risk_level = string_of(s, "risk", NULL);
	const char *due = workflow_due(w->bundle, stage->key, t->c.risk_level, t->c.stage_since, w->scratch);
	t->c.stage_due_on = t->c.review_on && !strcmp(stage->status, "active") ? t->c.review_on : *due ? due : NULL;
	t->c.office = t->office->office->key;
	t->c.area = t->office->office->area;
	t->c.owner_id = t->worker->id;
	t->c.locality = t->h->locality;
	t->c.address = t->h->address;
	t->c.phone = t->h->phone;
	t->c.language = t->h->language;
	t->c.member_count = (int)t->h->n;
	t->c.needs_open = t->needs;
	t->c.opened_on = day_of(t, s, "opened");
	t->c.closed_on = day_of(t, s, "closed");
	t->c.outcome = string_of(s, "outcome", NULL);
	if (!t->c.last_contact_on)
		t->c.last_contact_on = t->c.stage_since;
	t->c.created_at = moment_of(t, s, "opened", 9 * 60);
	t->c.updated_at = w->now - 7200;
	bulk_casefile(&w->bulk, &t->c);
	seed_log_write(t->log);
	seed_write_search(w, t->c.id);
	if (!t->c.closed_on)
		t->worker->n_open++;
	return w->bulk.err;
}

enum err seed_story(struct world *w, const struct json *story, struct why *why)
{
	struct telling *t = arena_new_of(w->scratch, struct telling);
	enum err err;

	*t = (struct telling){.w = w, .story = story, .why = why};
	if ((err = begin(t)) != OK)
		return err;
	struct bulk_event *opened = seed_log_add(t->log, moment_of(t, story, "opened", 9 * 60), "milestone", "Case opened", t->worker);
	opened->visibility = "shared";
	seed_write_people(w, t->c.id, t->h, moment_of(t, story, "opened", 9 * 60));
	if ((err = tell_personas(t)) != OK || (err = tell_intake(t)) != OK || (err = tell_profile(t)) != OK)
		return err;
	tell_consents(t);
	for (json_each(item, json_get(story, "assessments")))
		if (w->assessment && (err = tell_assessment(t, item)) != OK)
			return err;
	if ((err = tell_plan(t)) != OK || (err = tell_transitions(t)) != OK)
		return err;
	tell_activities(t);
	tell_events(t);
	return finish(t);
}
