/* SPDX-License-Identifier: Apache-2.0
 *
 * reminders.json, indicators.json and goals.json into `struct bundle`. What they refer to
 * is looked at by check_content. */
#include "bundle_load.h"

#include <string.h>

#define AT(type, field) offsetof(struct type, field)
#define QUIET_FROM (20 * 60)
#define QUIET_TO (8 * 60)
#define SMS_LIMIT 160

#define X(audience, occasion) occasion " "
static const char OCCASION_CHOICES[] = OCCASIONS(X);
#undef X

/* ---- reminders.json ---- */

static const struct member quiet_members[] = {
	{ "from", M_REF, .at = AT(bundle, quiet_from), .is_needed = true, .format = F_TIME, .what = "Nothing is sent from this time of day, such as 20:00" },
	{ "to", M_REF, .at = AT(bundle, quiet_to), .is_needed = true, .format = F_TIME, .what = "until this one, such as 08:00" },
	{ .name = NULL }
};

static const struct member reminder_members[] = {
	{ "key", M_KEY, .at = AT(reminder, key), .is_needed = true, .what = "Its name in this file" },
	{ "audience", M_ONE_OF, .at = AT(reminder, audience), .is_needed = true, .choices = "client worker supervisor provider", .what = "Who gets it" },
	{ "occasion", M_ONE_OF, .at = AT(reminder, occasion), .is_needed = true, .choices = OCCASION_CHOICES, .what = "What it is sent for" },
	{ "offset_days", M_INT, .at = AT(reminder, offset_days), .min = -60, .max = 365, .what = "Days from the occasion: -3 is three days before, 7 a week after" },
	{ "month", M_INT, .at = AT(reminder, month), .min = 1, .max = 12, .what = "Of the occasion \"season\": the month it is sent in" },
	{ "day", M_INT, .at = AT(reminder, day), .min = 1, .max = 31, .what = "Of the occasion \"season\": the day of the month" },
	{ "channels", M_BITS, .at = AT(reminder, channels), .is_needed = true, .choices = "in_app email sms", .what = "How it is sent; each that is listed" },
	{ "subject", M_TEXT, .at = AT(reminder, subject), .what = "Subject of the e-mail; may have {fields}" },
	{ "text", M_TEXT, .at = AT(reminder, text), .is_needed = true,
	  .what = "What it says, with {fields}: first_name date time place worker phone case_number days count link. Never the problem of the family" },
	{ .name = NULL }
};

const struct member reminders_shape[] = {
	{ "quiet_hours", M_OBJECT, .of = quiet_members, .what = "No message is sent between these times" },
	{ "sms_limit", M_INT, .at = AT(bundle, sms_limit), .min = 60, .max = 480, .what = "Characters of a text message in Latin letters, 160; other scripts have 70" },
	{ "reminders", M_LIST, .at = AT(bundle, reminder), .at_n = AT(bundle, n_reminders), .of = reminder_members, .size = sizeof(struct reminder),
	  .id = "key", .places = PLACES(reminder), .what = "The reminders" },
	{ .name = NULL }
};

static int minutes(const char *time)
{
	return strlen(time) == 5 ? ((time[0] - '0') * 10 + time[1] - '0') * 60 + (time[3] - '0') * 10 + time[4] - '0' : 0;
}

void loader_reminders(struct loader *l)
{
	struct bundle *b = l->bundle;
	b->quiet_from_min = QUIET_FROM;
	b->quiet_to_min = QUIET_TO;
	if (l->reminders)
		loader_object(l, l->reminders, reminders_shape, b);
	if (b->quiet_from && b->quiet_to) {
		b->quiet_from_min = minutes(b->quiet_from);
		b->quiet_to_min = minutes(b->quiet_to);
	}
	if (!b->sms_limit)
		b->sms_limit = SMS_LIMIT;
}

/* ---- indicators.json ---- */

static const struct member indicator_members[] = {
	{ "key", M_KEY, .at = AT(indicator, key), .is_needed = true, .what = "Its name in this file" },
	{ "measure", M_INDEX, .at = AT(indicator, measure), .is_needed = true, .first = 1,
	  .choices = "K1 K2 K3 K4 K5 K6 K7 K8 K9 K10 K11 K12 K13 K14 K15 K16 K17 K18 K19 K20", .what = "What is computed: K1 coverage, K2 caseload, K3 time to assessment, "
	  "K4 time to plan, K5 visit regularity, K6 missed contacts, K7 referral completion, K8 referral response time, K9 achievements by dimension, K10 goals, K11 score change, "
	  "K12 closure outcomes, K13 reopened, K14 unmet need, K15 quality, K16 supervision, K17 client satisfaction, K18 cost per family, K19 equity, K20 data quality" },
	{ "label", M_TEXT, .at = AT(indicator, label), .is_needed = true, .what = "Its heading" },
	{ "definition", M_TEXT, .at = AT(indicator, definition), .is_needed = true, .what = "What it counts, in a sentence for its readers" },
	{ "unit", M_ONE_OF, .at = AT(indicator, unit), .is_needed = true, .choices = "percent days count money score ratio", .what = "What the figure is in" },
	{ "direction", M_ONE_OF, .at = AT(indicator, direction), .is_needed = true, .choices = "up down compare", .what = "Which way is good" },
	{ "target", M_NUMBER, .at = AT(indicator, target), .min = 0, .max = 1000000000, .what = "What the programme aims at" },
	{ "by", M_TEXTS, .at = AT(indicator, by), .at_n = AT(indicator, n_by), .choices = "area office worker dimension service provider population sex age",
	  .what = "By what it can be broken down" },
	{ "evidence", M_ONE_OF, .at = AT(indicator, evidence), .choices = EVIDENCE_CHOICES, .what = EVIDENCE_WHAT },
	{ .name = NULL }
};

static const struct member dashboard_members[] = {
	{ "key", M_KEY, .at = AT(dashboard, key), .is_needed = true, .what = "Its name in this file" },
	{ "label", M_TEXT, .at = AT(dashboard, label), .is_needed = true, .what = "Its heading" },
	{ "roles", M_TEXTS, .at = AT(dashboard, role), .at_n = AT(dashboard, n_roles), .is_needed = true, .what = "Roles that see it" },
	{ "indicators", M_TEXTS, .at = AT(dashboard, indicator), .at_n = AT(dashboard, n_indicators), .is_needed = true, .what = "Keys of its indicators, in order" },
	{ .name = NULL }
};

const struct member indicators_shape[] = {
	{ "indicators", M_LIST, .at = AT(bundle, indicator), .at_n = AT(bundle, n_indicators), .of = indicator_members, .size = sizeof(struct indicator),
	  .id = "key", .places = PLACES(indicator), .what = "What is counted" },
	{ "dashboards", M_LIST, .at = AT(bundle, dashboard), .at_n = AT(bundle, n_dashboards), .of = dashboard_members, .size = sizeof(struct dashboard),
	  .id = "key", .places = PLACES(dashboard), .what = "Which indicators stand together, and for whom" },
	{ .name = NULL }
};

void loader_indicators(struct loader *l)
{
	struct bundle *b = l->bundle;
	if (l->indicators)
		loader_object(l, l->indicators, indicators_shape, b);
	for (size_t i = 0; i < b->n_indicators; i++)
		b->indicator[i].has_target = json_get(l->indicator.at[i], "target") != NULL;
}

/* ---- goals.json ---- */

static const struct member action_members[] = {
	{ "what", M_TEXT, .at = AT(goal_action, what), .is_needed = true, .what = "What is done" },
	{ "actor", M_ONE_OF, .at = AT(goal_action, actor), .is_needed = true, .choices = "client worker relative provider community", .what = "Who does it" },
	{ "service", M_REF, .at = AT(goal_action, service), .what = "Key of a service of services.json" },
	{ "days", M_INT, .at = AT(goal_action, days), .min = 0, .max = 730, .what = "Days until it should be done" },
	{ .name = NULL }
};

static const struct member goal_members[] = {
	{ "key", M_KEY, .at = AT(goal_template, key), .is_needed = true, .what = "Its name in this file" },
	{ "dimension", M_REF, .at = AT(goal_template, dimension), .is_needed = true, .what = "Dimension of bundle.json whose needs it answers" },
	{ "statement", M_TEXT, .at = AT(goal_template, statement), .is_needed = true, .what = "The goal as the plan has it" },
	{ "plain", M_TEXT, .at = AT(goal_template, plain), .is_needed = true, .what = "The same as the family reads it" },
	{ "expected_change", M_TEXT, .at = AT(goal_template, expected_change), .what = "What will be different" },
	{ "measure", M_TEXT, .at = AT(goal_template, measure), .what = "How it is seen that the goal is reached" },
	{ "evidence", M_ONE_OF, .at = AT(goal_template, evidence), .choices = EVIDENCE_CHOICES, .what = EVIDENCE_WHAT },
	{ "actions", M_LIST, .at = AT(goal_template, action), .at_n = AT(goal_template, n_actions), .of = action_members, .size = sizeof(struct goal_action), .max = 20,
	  .what = "Steps that are offered with it" },
	{ .name = NULL }
};

const struct member goals_shape[] = {
	{ "goals", M_LIST, .at = AT(bundle, goal), .at_n = AT(bundle, n_goals), .of = goal_members, .size = sizeof(struct goal_template), .id = "key", .places = PLACES(goal),
	  .what = "The library of goals that is offered when a goal is written" },
	{ .name = NULL }
};

void loader_goals(struct loader *l)
{
	if (l->goals)
		loader_object(l, l->goals, goals_shape, l->bundle);
}
