/* SPDX-License-Identifier: Apache-2.0
 *
 * The story of one generated case: events collected in any order, written by time, so that
 * their numbers rise with time as they do in a live case. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "seed_world.h"

int64_t seed_at(const struct world *w, int32_t day, int minute)
{
	char date[DATE_LEN];

	date_from_days(w->today_days + day, date);
	return instant_of(date, minute, w->bundle->zone);
}

const char *seed_date(const struct world *w, struct arena *arena, int32_t day)
{
	char date[DATE_LEN];

	date_from_days(w->today_days + day, date);
	return arena_strdup(arena, date);
}

const struct stage *seed_stage_of(const struct world *w, const char *status)
{
	for (size_t i = 0; i < w->bundle->n_stages; i++)
		if (strcmp(w->bundle->stage[i].status, status) == 0)
			return &w->bundle->stage[i];
	return NULL;
}

struct seed_log *seed_log_new(struct world *w, int64_t casefile_id)
{
	struct seed_log *log = arena_new_of(w->scratch, struct seed_log);

	log->w = w;
	log->casefile_id = casefile_id;
	log->cap = 160;
	log->event = arena_array(w->scratch, struct bulk_event, log->cap);
	return log;
}

struct bulk_event *seed_log_add(struct seed_log *log, int64_t at, const char *kind, const char *message, const struct seed_worker *by)
{
	static struct bulk_event spare;
	struct bulk_event *event = log->n < log->cap ? &log->event[log->n++] : &spare;

	*event = (struct bulk_event){.casefile_id = log->casefile_id, .at = at, .kind = kind, .message = message,
	                             .user_id = by ? by->id : 0, .actor_name = by ? by->name : "system"};
	return event;
}

static void add_json_string(struct buf *out, const char *text)
{
	buf_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_char(out, '\\');
		if (*text == '\n')
			buf_str(out, "\\n");
		else
			buf_char(out, *text);
	}
	buf_char(out, '"');
}

const char *seed_params(struct world *w, const char *a, const char *b)
{
	struct buf out;

	buf_init(&out, 16384);
	buf_char(&out, '[');
	if (a)
		add_json_string(&out, a);
	if (b) {
		buf_char(&out, ',');
		add_json_string(&out, b);
	}
	buf_char(&out, ']');
	char *text = arena_strdup(w->scratch, out.p);
	buf_free(&out);
	return text;
}

static int by_time(const void *a, const void *b)
{
	const struct bulk_event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

void seed_log_write(struct seed_log *log)
{
	for (size_t i = 0; i < log->n; i++)     /* qsort is not stable: keep the order of adding */
		log->event[i].seq = (int)i;
	qsort(log->event, log->n, sizeof *log->event, by_time);
	for (size_t i = 0; i < log->n; i++) {
		log->event[i].seq = (int)i + 1;
		bulk_event(&log->w->bulk, &log->event[i]);
	}
}

static const struct transition_rule *rule_between(const struct bundle *bundle, const char *from, const char *to)
{
	for (size_t i = 0; i < bundle->n_transitions; i++) {
		const struct transition_rule *rule = &bundle->transition[i];
		if (strcmp(rule->to, to) != 0)
			continue;
		for (size_t k = 0; k < rule->n_from; k++)
			if (strcmp(rule->from[k], from) == 0)
				return rule;
	}
	return NULL;
}

void seed_log_step(struct seed_log *log, const struct stage *from, const struct stage *to, int64_t at, const struct seed_worker *by, const char *comment)
{
	struct world *w = log->w;
	const struct transition_rule *rule = rule_between(w->bundle, from->key, to->key);

	bulk_transition(&w->bulk, log->casefile_id, ++log->n_transitions, rule ? rule->name : to->key, from->key, to->key,
	                comment, at, by ? by->id : 0);
	struct bulk_event *event = seed_log_add(log, at, "transition", rule ? rule->label : to->label, by);
	event->quote = comment;
}
