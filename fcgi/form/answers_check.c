/* SPDX-License-Identifier: Apache-2.0
 *
 * What is wrong with answers, question by question: missing, of the wrong type, outside
 * its limits, not among its choices, or against the form's own constraint. Messages are
 * sentences that say what to do; they are keys of the translations. */
#include "answers_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

#define MAX_SHORT 1000           /* characters of a barcode or file name */

struct check {
	const struct answers *answers;
	struct arena *arena;
	struct answer_problems problems;
	size_t room;
};

/* A message with its parameters, or message NULL when all is well. */
struct verdict { const char *message, *param[2]; };

static void add_problem(struct check *check, const struct node *node, struct verdict verdict, bool is_missing)
{
	struct answer_problems *p = &check->problems;
	if (p->n == check->room) {
		struct answer_problem *longer = arena_array(check->arena, struct answer_problem, check->room = check->room * 2 + 8);
		if (p->n)
			memcpy(longer, p->item, p->n * sizeof *longer);
		p->item = longer;
	}
	p->item[p->n++] = (struct answer_problem){
		.node = node, .path = answers_path(node, check->arena), .message = verdict.message,
		.param = { verdict.param[0], verdict.param[1] }, .is_missing = is_missing,
	};
}

static const char *missing_message(const struct question *q)
{
	switch (q->type) {
	case Q_SELECT_ONE:
		return strstr(q->appearance, "levels") ? "Choose a level" : "Choose an answer";
	case Q_SELECT_MULTIPLE:
		return "Choose at least one answer";
	case Q_RANK:
		return "Put the answers in order";
	case Q_INTEGER: case Q_DECIMAL: case Q_RANGE:
		return "Write a number";
	case Q_DATE:
		return "Write the date";
	case Q_TIME:
		return "Write the time";
	case Q_DATETIME:
		return "Write the date and the time";
	case Q_GEOPOINT:
		return "Write latitude and longitude";
	case Q_IMAGE: case Q_FILE:
		return "Add a file";
	case Q_ACKNOWLEDGE:
		return "Tick the box to confirm";
	default:
		return "Write an answer";
	}
}

static struct verdict check_length(struct check *check, const char *value, size_t max)
{
	size_t length = text_length(value);
	if (length <= max)
		return (struct verdict){ 0 };
	return (struct verdict){ "Write at most %1 characters; there are %2",
		{ arena_printf(check->arena, "%zu", max), arena_printf(check->arena, "%zu", length) } };
}

static struct verdict check_range(struct check *check, const struct question *q, double number)
{
	double steps = (number - q->range_start) / q->range_step;
	if (number < q->range_start || number > q->range_end)
		return (struct verdict){ "Write a number from %1 to %2",
			{ arena_printf(check->arena, "%.10g", q->range_start), arena_printf(check->arena, "%.10g", q->range_end) } };
	if (fabs(steps - round(steps)) > 1e-6)
		return (struct verdict){ "Write a number that goes in steps of %1 from %2",
			{ arena_printf(check->arena, "%.10g", q->range_step), arena_printf(check->arena, "%.10g", q->range_start) } };
	return (struct verdict){ 0 };
}

static struct verdict check_number(struct check *check, const struct question *q, const char *value)
{
	int64_t whole;
	double number;
	if (q->type == Q_INTEGER && !text_to_int(value, &whole))
		return (struct verdict){ .message = "Write a whole number, like 12" };
	if (q->type != Q_INTEGER && !text_to_double(value, &number))
		return (struct verdict){ .message = "Write a number, like 12.5" };
	return q->type == Q_RANGE ? check_range(check, q, number) : (struct verdict){ 0 };
}

/* The open choice of that name: a spreadsheet may tell equal names apart by the filter. */
static bool find_open(const struct answers *answers, const struct node *node, const char *name, size_t *i)
{
	const struct choice_list *list = node->question->choices;
	for (*i = 0; *i < list->n; ++*i)
		if (!strcmp(list->choice[*i].name, name) && answers_choice_is_open(answers, node, *i))
			return true;
	return false;
}

/* Counts the names of a list; false when one is closed or stands twice. */
static bool check_names(struct check *check, const struct node *node, size_t *n)
{
	const struct choice_list *list = node->question->choices;
	bool *seen = arena_array(check->arena, bool, list->n);
	char *save = NULL;
	*n = 0;
	for (char *name = strtok_r(arena_strdup(check->arena, node->value), " \t\n", &save); name; name = strtok_r(NULL, " \t\n", &save)) {
		size_t i;
		if (!find_open(check->answers, node, name, &i) || seen[i])
			return false;
		seen[i] = true;
		++*n;
	}
	return true;
}

static struct verdict check_rank(struct check *check, const struct node *node)
{
	const struct choice **open;
	size_t n, n_open = answers_choices(check->answers, node, &open, check->arena);
	if (!check_names(check, node, &n) || n != n_open)
		return (struct verdict){ .message = "Give every answer one place, each place once" };
	return (struct verdict){ 0 };
}

/* "HH:MM", ":SS" and ".sss" and a zone may follow. */
static bool is_time(const char *text)
{
	int hour, minute, used = 0;
	if (sscanf(text, "%2d:%2d%n", &hour, &minute, &used) != 2 || used != 5 || text[0] == '-' || text[3] == '-' || hour > 23 || minute > 59)
		return false;
	text += used;
	if (*text == ':' && text[1] >= '0' && text[1] <= '5' && text[2] >= '0' && text[2] <= '9') {
		text += 3;
		if (*text == '.')
			text += 1 + strspn(text + 1, "0123456789");
	}
	return !*text || !strcmp(text, "Z") || ((*text == '+' || *text == '-') && strspn(text + 1, "0123456789:") == strlen(text + 1));
}

static bool is_datetime(struct arena *arena, const char *text)
{
	return strlen(text) >= 16 && (text[10] == 'T' || text[10] == ' ') && date_is_valid(arena_strndup(arena, text, 10)) && is_time(text + 11);
}

static bool is_geopoint(struct arena *arena, const char *text)
{
	double number[4];
	size_t n = 0;
	char *save = NULL;
	for (char *word = strtok_r(arena_strdup(arena, text), " ", &save); word; word = strtok_r(NULL, " ", &save))
		if (n == 4 || !text_to_double(word, &number[n++]))
			return false;
	return n >= 2 && fabs(number[0]) <= 90 && fabs(number[1]) <= 180;
}

static bool is_phone(const char *text)
{
	size_t digits = 0;
	for (const char *p = text; *p; p++)
		digits += *p >= '0' && *p <= '9';
	return digits >= 3 && digits <= 20 && strspn(text, "0123456789+-()/. ") == strlen(text);
}

static bool is_email(const char *text)
{
	const char *at = strchr(text, '@');
	return at && at > text && !strchr(at + 1, '@') && strchr(at, '.') && at[1] != '.' && text[strlen(text) - 1] != '.' &&
	       !strpbrk(text, " ,;<>\"\t\n");
}

static struct verdict check_type(struct check *check, const struct node *node)
{
	const struct question *q = node->question;
	const char *value = node->value;
	size_t n;
	switch (q->type) {
	case Q_TEXT:
		return check_length(check, value, ANSWER_MAX_CHARACTERS);
	case Q_INTEGER: case Q_DECIMAL: case Q_RANGE:
		return check_number(check, q, value);
	case Q_SELECT_ONE:
		return (struct verdict){ .message = find_open(check->answers, node, value, &n) ? NULL : "Choose one of the answers listed" };
	case Q_SELECT_MULTIPLE:
		return (struct verdict){ .message = check_names(check, node, &n) ? NULL : "Choose only answers that are listed" };
	case Q_RANK:
		return check_rank(check, node);
	case Q_DATE:
		return (struct verdict){ .message = date_is_valid(value) ? NULL : "Write a real date: day, month and year" };
	case Q_TIME:
		return (struct verdict){ .message = is_time(value) ? NULL : "Write the time as hours and minutes, like 14:30" };
	case Q_DATETIME:
		return (struct verdict){ .message = is_datetime(check->arena, value) ? NULL : "Write a real date and a time, like 14:30" };
	case Q_GEOPOINT:
		return (struct verdict){ .message = is_geopoint(check->arena, value) ? NULL : "Write latitude from −90 to 90 and longitude from −180 to 180" };
	case Q_ACKNOWLEDGE:
		return (struct verdict){ .message = text_eq(value, "OK") ? NULL : "Tick the box to confirm" };
	case Q_PHONENUMBER:
		return (struct verdict){ .message = is_phone(value) ? NULL : "Write a phone number: digits, spaces and +" };
	case Q_EMAIL:
		return (struct verdict){ .message = is_email(value) ? NULL : "Write an email address, like name@example.org" };
	case Q_IMAGE: case Q_FILE: case Q_BARCODE:
		return check_length(check, value, MAX_SHORT);
	default:
		return (struct verdict){ 0 };
	}
}

static struct verdict check_constraint(struct check *check, const struct node *node)
{
	const struct question *q = node->question;
	if (answers_test(check->answers, q->constraint, node, false))
		return (struct verdict){ 0 };
	if (q->constraint_message.n)
		return (struct verdict){ .message = answers_text(check->answers, &q->constraint_message, node, check->arena) };
	return (struct verdict){ .message = "Check this answer: it goes against a rule of this form" };
}

static void check_leaf(struct check *check, const struct node *node)
{
	const struct question *q = node->question;
	if (!question_is_asked(q) || q->type == Q_NOTE || q->calculation)
		return;
	if (!*node->value) {
		if (!answers_is_required(check->answers, node))
			return;
		const char *message = q->required_message.n ? answers_text(check->answers, &q->required_message, node, check->arena) : missing_message(q);
		add_problem(check, node, (struct verdict){ .message = message }, true);
		return;
	}
	struct verdict verdict = check_type(check, node);
	if (!verdict.message && q->constraint)
		verdict = check_constraint(check, node);
	if (verdict.message)
		add_problem(check, node, verdict, false);
}

static void check_below(struct check *check, const struct node *node)
{
	if (!node->is_relevant)
		return;
	if (node->question && !question_is_container(node->question))
		check_leaf(check, node);
	for (const struct node *child = node->first; child; child = child->next)
		check_below(check, child);
}

struct answer_problems answers_check(const struct answers *answers, const struct node *under, struct arena *arena)
{
	struct check check = { .answers = answers, .arena = arena };
	check_below(&check, under ? under : answers->root);
	return check.problems;
}
