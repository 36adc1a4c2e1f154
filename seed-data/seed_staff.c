/* SPDX-License-Identifier: Apache-2.0
 *
 * Offices and the people who work there: the bundle's personas first, then of each role as many as
 * seed.json's "staff" says for the office (without it: workers_per_office, one supervisor and one
 * registrar); and their agendas. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "seed_world.h"

#define DAY_START (9 * 60)
#define DAY_QUARTERS 36         /* 9:00–18:00 */
#define LUNCH_FROM 16           /* 13:00, kept free */
#define LUNCH_UNTIL 18
#define STAFF_MAX 200           /* workers of one office */

/* The first role of the bundle with these rights; NULL when none has. */
static const struct role *role_with(const struct bundle *bundle, uint64_t needed, uint64_t without, enum scope widest)
{
	for (size_t i = 0; i < bundle->n_roles; i++) {
		const struct role *role = &bundle->role[i];
		if ((role->permissions & needed) == needed && !(role->permissions & without) && role->scope <= widest)
			return role;
	}
	return NULL;
}

/* "Anahit Sargsyan" → "asargsyan", made unique by a number. */
static const char *username_for(struct world *w, const char *latin, int serial)
{
	char *folded = text_fold(w->scratch, latin), *space = strrchr(folded, ' ');
	const char *base = space ? arena_printf(w->scratch, "%c%s", *folded, space + 1) : folded;
	char *out = arena_alloc(w->arena, strlen(base) + 16), *o = out;

	for (; *base; base++)
		if (isalnum((unsigned char)*base))
			*o++ = *base;
	snprintf(o, 12, "%d", serial);
	return out;
}

static int64_t write_user(struct world *w, const char *username, const char *name, const char *native,
                          const struct role *role, const char *office, const char *title)
{
	struct bulk_user user = {.username = username, .name = name, .name_native = native, .role = role->key, .office = office,
	                         .title = title ? title : role->label, .created_at = seed_at(w, -700, 600),
	                         .email = arena_printf(w->scratch, "%s@%s.example", username, w->bundle->key)};
	return bulk_user(&w->bulk, &user);
}

static struct seed_worker invent(struct world *w, const struct role *role, const struct seed_office *office, int serial)
{
	const struct seed_names *n = &w->config->names;
	bool is_woman = dice_below(&w->dice, 10) < 7;
	const char *given = is_woman ? n->female[dice_below(&w->dice, (uint32_t)n->n_female)] : n->male[dice_below(&w->dice, (uint32_t)n->n_male)];
	const char *native = arena_printf(w->arena, "%s %s", given, n->family[dice_below(&w->dice, (uint32_t)n->n_family)]);
	const char *latin = seed_romanize(w->config, w->arena, native);
	struct seed_worker worker = {.username = username_for(w, latin, serial), .name = latin};

	worker.id = write_user(w, worker.username, latin, strcmp(latin, native) ? native : NULL, role, office->office->key, NULL);
	return worker;
}

/* Personas of an office take its first places. */
static bool take_persona(struct world *w, struct seed_office *office, const struct persona *p, const struct role *worker,
                         const struct role *supervisor, const struct role *registrar)
{
	const struct role *role = bundle_role(w->bundle, p->role);
	struct seed_worker person = {.username = p->username, .name = p->name};

	if (!role)
		return false;
	person.id = write_user(w, p->username, p->name, p->name_native, role, p->office, p->title);
	if (!office)
		return true;
	if (role == worker)
		office->worker[office->n_workers++] = person;
	else if (role == supervisor && !office->supervisor.id)
		office->supervisor = person;
	else if (role == registrar && !office->registrar.id)
		office->registrar = person;
	return true;
}

static struct seed_office *office_of(struct world *w, const char *key)
{
	for (size_t i = 0; i < w->n_offices; i++)
		if (text_eq(w->office[i].office->key, key))
			return &w->office[i];
	return NULL;
}

/* How many workers carry this office's share of the open cases at the norm, in a country larger than its bundle's. */
static size_t workers_needed(const struct world *w, size_t office)
{
	const struct seed_config *c = w->config;
	double weights = 0, stages = 0, open = 0;

	if (w->total <= c->households || !w->bundle->caseload_norm)
		return 0;
	for (size_t i = 0; i < w->bundle->n_offices; i++)
		weights += seed_office_weight(c, w->bundle->office[i].key);
	for (size_t i = 0; i < c->n_stages; i++) {
		stages += c->stage_weight[i];
		open += strcmp(c->stage[i]->status, "closed") ? c->stage_weight[i] : 0;
	}
	if (!(weights > 0 && stages > 0))
		return 0;
	return (size_t)((double)w->total * open / stages * seed_office_weight(c, w->bundle->office[office].key) / weights / w->bundle->caseload_norm) + 1;
}

static void staff_office(struct world *w, struct seed_office *o, const struct role *worker, const struct role *supervisor,
                         const struct role *registrar, int *serial)
{
	size_t n_workers = (size_t)seed_staff_count(w->config, o->office->key, worker->key, w->config->workers_per_office);

	if (n_workers < workers_needed(w, (size_t)(o - w->office)))
		n_workers = workers_needed(w, (size_t)(o - w->office));
	while (o->n_workers < n_workers || o->n_workers == 0)
		o->worker[o->n_workers++] = invent(w, worker, o, ++*serial);
	if (!o->supervisor.id && supervisor)
		o->supervisor = invent(w, supervisor, o, ++*serial);
	if (!o->registrar.id && registrar)
		o->registrar = invent(w, registrar, o, ++*serial);
	for (size_t i = 0; i < w->bundle->n_roles; i++) {
		const struct role *role = &w->bundle->role[i];
		int n = role == worker || role == supervisor || role == registrar ? 0 : seed_staff_count(w->config, o->office->key, role->key, 0);
		for (int k = 0; k < n; k++)
			invent(w, role, o, ++*serial);
	}
}

static bool is_administrator(const struct bundle *b, const char *role_key)
{
	const struct role *role = role_key ? bundle_role(b, role_key) : NULL;

	return role && role->permissions & BIT(PERM_USER_MANAGE);
}

/* Somebody must let the others in: when no persona may, a user "administrator" does. */
static enum err add_administrator(struct world *w, struct why *why)
{
	const struct bundle *b = w->bundle;

	for (size_t i = 0; i < b->n_personas; i++)
		if (is_administrator(b, b->persona[i].role))
			return w->bulk.err;
	for (size_t i = 0; i < b->n_roles; i++)
		if (is_administrator(b, b->role[i].key)) {
			write_user(w, "administrator", "Administrator", NULL, &b->role[i], NULL, NULL);
			return w->bulk.err;
		}
	return fail(why, ERR_INVALID, "roles.json: no role may manage users");
}

enum err seed_write_staff(struct world *w, struct why *why)
{
	const struct bundle *b = w->bundle;
	const struct role *worker = role_with(b, BIT(PERM_PLAN_EDIT) | BIT(PERM_ASSESSMENT_EDIT), BIT(PERM_PLAN_APPROVE), SCOPE_OWN);
	const struct role *supervisor = role_with(b, BIT(PERM_PLAN_APPROVE), 0, SCOPE_OFFICE);
	const struct role *registrar = role_with(b, BIT(PERM_CASE_CREATE), BIT(PERM_PLAN_EDIT) | BIT(PERM_PLAN_APPROVE), SCOPE_OFFICE);
	int serial = 0;

	if ((!worker || !supervisor) && !w->is_empty)
		return fail(why, ERR_INVALID, "roles.json: seeding needs a role that fills assessments and plans, and one that approves them");
	w->n_offices = b->n_offices;
	w->office = arena_array(w->arena, struct seed_office, b->n_offices + 1);
	w->office_weight = arena_array(w->arena, double, b->n_offices + 1);
	for (size_t i = 0; i < b->n_offices; i++) {
		w->office[i].office = &b->office[i];
		w->office[i].worker = arena_array(w->arena, struct seed_worker, STAFF_MAX + workers_needed(w, i) + b->n_personas);
		w->office_weight[i] = seed_office_weight(w->config, b->office[i].key);
		bulk_office(&w->bulk, b->office[i].key, b->office[i].name, b->office[i].area);
	}
	for (size_t i = 0; i < b->n_personas; i++) {
		const struct persona *p = &b->persona[i];
		if (w->is_empty && !is_administrator(b, p->role))
			continue;               /* a trial begins with its administrators only */
		if (strcmp(p->site, "staff") == 0 && !take_persona(w, office_of(w, p->office), p, worker, supervisor, registrar))
			return fail(why, ERR_INVALID, "personas.json: %s has the unknown role \"%s\"", p->key, p->role);
	}
	for (size_t i = 0; i < w->n_offices && !w->is_empty; i++)
		staff_office(w, &w->office[i], worker, supervisor, registrar, &serial);
	return w->is_empty ? add_administrator(w, why) : w->bulk.err;
}

struct seed_worker *seed_worker_by_name(struct world *w, const char *username, struct seed_office **office)
{
	for (size_t i = 0; i < w->n_offices; i++) {
		struct seed_office *o = &w->office[i];
		if (office)
			*office = o;
		for (size_t k = 0; k < o->n_workers; k++)
			if (text_eq(o->worker[k].username, username))
				return &o->worker[k];
		if (text_eq(o->supervisor.username, username))
			return &o->supervisor;
		if (text_eq(o->registrar.username, username))
			return &o->registrar;
	}
	return NULL;
}

static bool is_workday(const struct world *w, int32_t day)
{
	char date[DATE_LEN];

	date_from_days(w->today_days + day, date);
	return date_week_position(date, w->bundle->week_first) < 5;
}

int64_t seed_slot(struct world *w, struct seed_worker *worker, int32_t day, int minutes)
{
	int quarters = (minutes + 14) / 15;

	for (; ; day++) {
		int at = day + AGENDA_BEFORE;
		if (!is_workday(w, day))
			continue;
		if (at < 0 || at >= AGENDA_DAYS)        /* past and far days are not drawn as a week */
			return seed_at(w, day, DAY_START + 15 * (int)dice_below(&w->dice, DAY_QUARTERS - 4));
		uint64_t mask = (UINT64_C(1) << quarters) - 1;
		int from = (int)dice_below(&w->dice, 12) * 2;
		for (int k = 0; k < DAY_QUARTERS; k++) {
			int q = (from + k) % DAY_QUARTERS;
			if (q + quarters > DAY_QUARTERS || (q < LUNCH_UNTIL && q + quarters > LUNCH_FROM))
				continue;
			if (!(worker->busy[at] & (mask << q))) {
				worker->busy[at] |= mask << q;
				return seed_at(w, day, DAY_START + 15 * q);
			}
		}
	}
}

static void block(struct world *w, struct seed_worker *worker, int32_t day, const char *kind, int minutes, const char *purpose)
{
	struct bulk_activity a = {.user_id = worker->id, .kind = kind, .minutes = minutes, .purpose = purpose,
	                          .planned_at = seed_slot(w, worker, day, minutes)};
	bulk_activity(&w->bulk, &a);
}

/* Room for the work around the visits: files, the road, a colleague's ear. Words are source texts. */
static void agenda_of(struct world *w, struct seed_worker *worker)
{
	int first;
	char date[DATE_LEN];

	date_from_days(w->today_days, date);
	first = -date_week_position(date, w->bundle->week_first);
	for (int week = 0; week < 2; week++) {
		block(w, worker, first + 7 * week, "documentation", 90, "Case notes");
		block(w, worker, first + 7 * week + 1, "travel", 45, "On the road");
		block(w, worker, first + 7 * week + 2, "documentation", 60, "Case notes");
		block(w, worker, first + 7 * week + 3, "supervision", 60, "Supervision");
		block(w, worker, first + 7 * week + 3, "self_care", 60, "Peer support");
		block(w, worker, first + 7 * week + 4, "documentation", 90, "Case notes");
	}
}

void seed_agenda(struct world *w)
{
	for (size_t i = 0; i < w->n_offices; i++)
		for (size_t k = 0; k < w->office[i].n_workers; k++)
			agenda_of(w, &w->office[i].worker[k]);
}
