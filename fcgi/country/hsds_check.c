/* SPDX-License-Identifier: Apache-2.0
 *
 * A directory against the published shapes of HSDS 3.0: what must be there, what a date or a
 * telephone's extension may look like, and that each id named is the id of something. */
#include "hsds.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Does the text fit a pattern: 'h' a hex digit, '9' a digit, anything else itself? */
static bool fits(const char *text, const char *pattern)
{
	for (; *pattern; pattern++, text++)
		if (*pattern == 'h' ? !isxdigit((unsigned char)*text) : *pattern == '9' ? !isdigit((unsigned char)*text) : *text != *pattern)
			return false;
	return !*text;
}

static bool is_number(const char *text)
{
	char *end;
	strtod(text, &end);
	return (isdigit((unsigned char)*text) || *text == '-') && !*end;
}

static bool is_date(const char *text)
{
	return fits(text, "9999-99-99") && atoi(text + 5) >= 1 && atoi(text + 5) <= 12 && atoi(text + 8) >= 1 && atoi(text + 8) <= 31;
}

/* "10:00", "10:00:00", each perhaps with "Z" or "+01:00". */
static bool is_time(const char *text)
{
	static const char *const patterns[] = { "99:99", "99:99:99", "99:99Z", "99:99:99Z", "99:99+99:99", "99:99:99+99:99", "99:99-99:99", "99:99:99-99:99" };
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		if (fits(text, patterns[i]))
			return atoi(text) < 25 && atoi(text + 3) < 60;
	return false;
}

static bool is_datetime(const char *text)
{
	char date[11] = "";
	strncpy(date, text, 10);
	return is_date(date) && (!text[10] || ((text[10] == 'T' || text[10] == ' ') && isdigit((unsigned char)text[11])));
}

static bool is_email(const char *text)
{
	const char *at = strchr(text, '@');
	return at && at != text && strchr(at + 1, '.') && !strchr(at + 1, '@') && !strpbrk(text, " \t,;<>\"");
}

static bool is_uri(const char *text)
{
	return (!strncmp(text, "http://", 7) || !strncmp(text, "https://", 8) || !strncmp(text, "mailto:", 7) || !strncmp(text, "urn:", 4)) && !strpbrk(text, " <>\"");
}

static bool is_choice(const char *choices, const char *text)
{
	size_t n = strlen(text);
	for (const char *p = choices; n && (p = strstr(p, text)); p++)
		if (p[-1] == '|' && p[n] == '|')
			return true;
	return false;
}

static const char *wrong(const struct hsds_field *field, const char *text)
{
	switch (field->type) {
	case HSDS_UUID: return fits(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh") ? NULL : "is no UUID (8-4-4-4-12 hexadecimal digits)";
	case HSDS_NUMBER: return is_number(text) ? NULL : "is no number";
	case HSDS_DATE: return is_date(text) ? NULL : "is no date such as 2026-03-31";
	case HSDS_TIME: return is_time(text) ? NULL : "is no time such as 09:30";
	case HSDS_DATETIME: return is_datetime(text) ? NULL : "is no date and time such as 2026-03-31T09:30:00Z";
	case HSDS_URI: return is_uri(text) ? NULL : "is no address that begins with https:// or http://";
	case HSDS_EMAIL: return is_email(text) ? NULL : "is no e-mail address";
	case HSDS_ONE_OF: return is_choice(field->choices, text) ? NULL : "is not one of those that HSDS knows";
	default: return NULL;
	}
}

static void check_field(struct hsds *directory, const struct hsds_row *row, const struct hsds_field *field, const char *text)
{
	if (!text) {
		if (field->is_needed)
			hsds_say(directory, true, row->file, row->line, "%s %s: %s is missing", row->entity->name, row->id, field->name);
		return;
	}
	const char *what = wrong(field, text);
	if (what)
		hsds_say(directory, true, row->file, row->line, "%s %s: %s \"%.60s\" %s%s%s", row->entity->name, row->id, field->name, text, what,
		         field->choices ? ": " : "", field->choices ? field->choices : "");
	else if (field->refers && !hsds_find(directory, field->refers, text))
		hsds_say(directory, field->is_needed, row->file, row->line, "%s %s: %s names %s %s, which is not in the directory",
		         row->entity->name, row->id, field->name, field->refers, text);
}

/* Nested in its service a programme does not say whose it is. */
static void complete(struct hsds *directory)
{
	for (const struct hsds_row *service = hsds_first(directory, "service"); service; service = service->next) {
		struct hsds_row *program = hsds_find(directory, "program", hsds_get(service, "program_id"));
		if (program && !*hsds_get(program, "organization_id"))
			hsds_set(directory, program, "organization_id", hsds_get(service, "organization_id"));
	}
}

bool hsds_check(struct hsds *directory)
{
	complete(directory);
	for (size_t kind = 0; kind < HSDS_ENTITIES; kind++)
		for (const struct hsds_row *row = directory->first[kind]; row; row = row->next)
			for (int i = 0; i < HSDS_FIELDS_MAX && row->entity->field[i].name; i++)
				check_field(directory, row, &row->entity->field[i], row->value[i]);
	return !directory->n_errors;
}
