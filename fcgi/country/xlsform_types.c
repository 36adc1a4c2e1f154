/* SPDX-License-Identifier: Apache-2.0
 *
 * The type column: every spelling of a question type that XLSForm has known, in any letter
 * case, to one canonical name. A type that is known but cannot be shown is kept as
 * unsupported; a type nobody knows is refused with the nearest one that is meant. */
#include "xlsform_import.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

/* Flags of a simple type. */
enum { KEPT = 1, METADATA = 2 };

static const struct simple { const char *spelling, *name; int flags; const char *constraint; } simple[] = {
	{ "text", "text", 0, NULL }, { "string", "text", 0, NULL }, { "q string", "text", 0, NULL }, { "add text prompt", "text", 0, NULL },
	{ "integer", "integer", 0, NULL }, { "int", "integer", 0, NULL }, { "q int", "integer", 0, NULL }, { "add integer prompt", "integer", 0, NULL },
	{ "decimal", "decimal", 0, NULL }, { "q decimal", "decimal", 0, NULL }, { "add decimal prompt", "decimal", 0, NULL },
	{ "range", "range", 0, NULL }, { "note", "note", 0, NULL }, { "q note", "note", 0, NULL }, { "add note prompt", "note", 0, NULL },
	{ "date", "date", 0, NULL }, { "q date", "date", 0, NULL }, { "add date prompt", "date", 0, NULL }, { "time", "time", 0, NULL },
	{ "datetime", "datetime", 0, NULL }, { "date time", "datetime", 0, NULL }, { "q datetime", "datetime", 0, NULL },
	{ "q date time", "datetime", 0, NULL }, { "add datetime prompt", "datetime", 0, NULL }, { "add date time prompt", "datetime", 0, NULL },
	{ "geopoint", "geopoint", 0, NULL }, { "gps", "geopoint", 0, NULL }, { "location", "geopoint", 0, NULL }, { "q geopoint", "geopoint", 0, NULL },
	{ "q location", "geopoint", 0, NULL }, { "add location prompt", "geopoint", 0, NULL },
	{ "image", "image", 0, NULL }, { "photo", "image", 0, NULL }, { "q image", "image", 0, NULL }, { "q picture", "image", 0, NULL },
	{ "add image prompt", "image", 0, NULL }, { "add photo prompt", "image", 0, NULL },
	{ "file", "file", 0, NULL }, { "add file prompt", "file", 0, NULL },
	{ "barcode", "barcode", 0, NULL }, { "q barcode", "barcode", 0, NULL }, { "add barcode prompt", "barcode", 0, NULL },
	{ "acknowledge", "acknowledge", 0, NULL }, { "trigger", "acknowledge", 0, NULL }, { "q acknowledge", "acknowledge", 0, NULL },
	{ "add acknowledge prompt", "acknowledge", 0, NULL },
	{ "calculate", "calculate", 0, NULL }, { "calculation", "calculate", 0, NULL }, { "q calculate", "calculate", 0, NULL },
	{ "add calculate prompt", "calculate", 0, NULL }, { "calculate_here", "calculate", 0, NULL }, { "hidden", "hidden", 0, NULL },
	{ "phone number", "text", 0, "regex(., '^\\d*$')" }, { "percentage", "integer", 0, "0 <= . and . <= 100" },
	{ "number of days in last month", "integer", 0, "0 <= . and . <= 31" },
	{ "number of days in last six months", "integer", 0, "0 <= . and . <= 183" },
	{ "number of days in last year", "integer", 0, "0 <= . and . <= 365" },
	{ "start", "start", METADATA, NULL }, { "start time", "start", METADATA, NULL }, { "get start time", "start", METADATA, NULL },
	{ "end", "end", METADATA, NULL }, { "end time", "end", METADATA, NULL }, { "get end time", "end", METADATA, NULL },
	{ "today", "today", METADATA, NULL }, { "get today", "today", METADATA, NULL }, { "username", "username", METADATA, NULL },
	{ "deviceid", "deviceid", METADATA, NULL }, { "device id", "deviceid", METADATA, NULL }, { "get device id", "deviceid", METADATA, NULL },
	{ "imei", "deviceid", METADATA, NULL }, { "phonenumber", "phonenumber", METADATA, NULL }, { "get phone number", "phonenumber", METADATA, NULL },
	{ "email", "email", METADATA, NULL }, { "audit", "audit", METADATA, NULL },
	{ "simserial", "simserial", KEPT | METADATA, NULL }, { "sim id", "simserial", KEPT | METADATA, NULL }, { "get sim id", "simserial", KEPT | METADATA, NULL },
	{ "subscriberid", "subscriberid", KEPT | METADATA, NULL }, { "subscriber id", "subscriberid", KEPT | METADATA, NULL },
	{ "get subscriber id", "subscriberid", KEPT | METADATA, NULL },
	{ "uri:subscriberid", "uri:subscriberid", KEPT | METADATA, NULL }, { "uri:phonenumber", "uri:phonenumber", KEPT | METADATA, NULL },
	{ "uri:simserial", "uri:simserial", KEPT | METADATA, NULL }, { "uri:deviceid", "uri:deviceid", KEPT | METADATA, NULL },
	{ "uri:username", "uri:username", KEPT | METADATA, NULL }, { "uri:email", "uri:email", KEPT | METADATA, NULL },
	{ "caseid", "caseid", KEPT | METADATA, NULL }, { "text audit", "text audit", KEPT | METADATA, NULL }, { "audio audit", "audio audit", KEPT | METADATA, NULL },
	{ "devicephonenum", "devicephonenum", KEPT | METADATA, NULL }, { "comments", "comments", KEPT | METADATA, NULL }, { "speed violations count", "speed violations count", KEPT | METADATA, NULL },
	{ "speed violations list", "speed violations list", KEPT | METADATA, NULL }, { "speed violations audit", "speed violations audit", KEPT | METADATA, NULL },
	{ "audio", "audio", KEPT, NULL }, { "q audio", "audio", KEPT, NULL }, { "add audio prompt", "audio", KEPT, NULL },
	{ "video", "video", KEPT, NULL }, { "q video", "video", KEPT, NULL }, { "add video prompt", "video", KEPT, NULL },
	{ "geotrace", "geotrace", KEPT, NULL }, { "geoshape", "geoshape", KEPT, NULL },
	{ "background-audio", "background-audio", KEPT | METADATA, NULL }, { "start-geopoint", "start-geopoint", KEPT | METADATA, NULL },
	{ "background-geopoint", "background-geopoint", KEPT | METADATA, NULL },
	{ "xml-external", "xml-external", KEPT | METADATA, NULL }, { "csv-external", "csv-external", KEPT | METADATA, NULL }, { "osm", "osm", KEPT, NULL },
};

/* Types with a list behind them; a longer spelling stands before the shorter one that begins it. */
static const struct with_list { const char *spelling, *name; bool is_kept; } with_list[] = {
	{ "select_one_from_file", "select_one_from_file", true }, { "select one from file", "select_one_from_file", true },
	{ "select_multiple_from_file", "select_multiple_from_file", true }, { "select multiple from file", "select_multiple_from_file", true },
	{ "select_one_external", "select_one_external", false }, { "select one external", "select_one_external", false },
	{ "add select one prompt using", "select_one", false }, { "add select multiple prompt using", "select_multiple", false },
	{ "select all that apply from", "select_multiple", false }, { "select all that apply", "select_multiple", false },
	{ "select multiple from", "select_multiple", false }, { "select multiple using", "select_multiple", false },
	{ "select_multiple", "select_multiple", false }, { "select multiple", "select_multiple", false },
	{ "select one from", "select_one", false }, { "select one using", "select_one", false }, { "select_one", "select_one", false },
	{ "select one", "select_one", false }, { "select1", "select_one", false }, { "q select1", "select_one", false }, { "q select", "select_multiple", false },
	{ "rank", "rank", false }, { "osm", "osm", true },
	{ "sensor_statistic", "sensor_statistic", true }, { "sensor_stream", "sensor_stream", true },
};

static const struct { const char *spelling, *name; int kobo; } containers[] = {
	{ "group", "group", KOBO_NONE }, { "repeat", "repeat", KOBO_NONE }, { "lgroup", "repeat", KOBO_NONE }, { "looped group", "repeat", KOBO_NONE },
	{ "kobomatrix", "group", KOBO_MATRIX }, { "score", "group", KOBO_SCORE }, { "rank", "group", KOBO_RANK },
};

/* `text` begins with the spelling, as a whole word; what follows it, else NULL. */
static const char *after(const char *text, const char *spelling)
{
	size_t n = strlen(spelling);
	if (strncasecmp(text, spelling, n) != 0 || (text[n] && text[n] != ' '))
		return NULL;
	return text[n] ? text + n + 1 : text + n;
}

/* "yes_no or_other": the list, and whether the rest asks for another answer. */
static bool parse_list(struct arena *arena, const char *rest, struct xf_type *type, const char **problem)
{
	static const char *const others[] = { "or specify other", "or_other", "or other", "or_specify_other" };
	size_t n = strcspn(rest, " ");
	type->list = arena_strndup(arena, rest, n);
	const char *tail = rest[n] ? rest + n + 1 : "";
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		type->or_other |= !strcasecmp(tail, others[i]);
	if (!*type->list)
		*problem = arena_printf(arena, "\"%s\" names no list of choices; it should read \"%s LIST\" with a list_name of the choices sheet", type->name, type->name);
	else if (*tail && !type->or_other)
		*problem = arena_printf(arena, "\"%s\" after the list name \"%s\" is not known; only \"or_other\" may follow, and the name of a list has no spaces", tail, type->list);
	return !*problem;
}

static bool ends_in(const char *text, const char *ending)
{
	size_t n = strlen(text), m = strlen(ending);
	return n > m && !strcasecmp(text + n - m, ending);
}

static bool parse_with_list(struct arena *arena, const struct with_list *found, const char *rest, struct xf_type *type, const char **problem)
{
	type->name = found->name;
	type->is_unsupported = found->is_kept;
	if (!parse_list(arena, rest, type, problem))
		return false;
	if (strstr(found->name, "from_file")) {
		if (!ends_in(type->list, ".csv") && !ends_in(type->list, ".xml") && !ends_in(type->list, ".geojson"))
			*problem = arena_printf(arena, "\"%s\" is no file of choices: its name ends in .csv, .xml or .geojson", type->list);
	} else if (!strncmp(type->list, "${", 2)) {
		type->is_unsupported = true;
	} else {
		type->is_select = !found->is_kept;
	}
	return !*problem;
}

static bool parse_container(struct arena *arena, const char *text, struct xf_type *type, const char **problem)
{
	bool begins = !strncasecmp(text, "begin", 5);
	const char *rest = text + (begins ? 6 : 4);
	type->role = begins ? XF_BEGIN : XF_END;
	for (size_t i = 0; i < sizeof containers / sizeof *containers; i++)
		if (!strcasecmp(rest, containers[i].spelling)) {
			type->name = containers[i].name;
			type->kobo = containers[i].kobo;
			return true;
		}
	if (!strncasecmp(rest, "loop", 4))
		*problem = "loops over a list are not supported; write the questions once for each choice, in groups";
	else
		*problem = arena_printf(arena, "\"%s\" is not known; \"%s_group\" and \"%s_repeat\" are", text, begins ? "begin" : "end", begins ? "begin" : "end");
	return false;
}

/* Old forms name title and id in rows of the survey. */
static bool parse_setting(const char *text, struct xf_type *type)
{
	if (!strcasecmp(text, "set form title") || !strcasecmp(text, "form_title"))
		type->name = "title";
	else if (!strcasecmp(text, "set form id") || !strcasecmp(text, "form_id"))
		type->name = "form_id";
	else
		return false;
	type->role = XF_SETTING;
	return true;
}

static const char *unknown_type(struct arena *arena, const char *text)
{
	const char *names[sizeof simple / sizeof *simple + sizeof with_list / sizeof *with_list + 4];
	size_t n = 0, first_word = strcspn(text, " ");
	for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
		names[n++] = simple[i].spelling;
	for (size_t i = 0; i < sizeof with_list / sizeof *with_list; i++)
		names[n++] = with_list[i].spelling;
	names[n++] = "begin_group";
	names[n++] = "end_group";
	names[n++] = "begin_repeat";
	names[n++] = "end_repeat";
	if (!strncasecmp(text, "cascading_select", 16) || !strncasecmp(text, "cascading select", 16))
		return "cascading_select is no longer part of XLSForm; use select_one with a choice_filter";
	const char *near = text_nearest(xf_snake(arena, text), names, n);
	if (!near)
		near = text_nearest(xf_snake(arena, arena_strndup(arena, text, first_word)), names, n);
	return near ? arena_printf(arena, "\"%s\" is no question type; is \"%s\" meant?", text, near) : arena_printf(arena, "\"%s\" is no question type", text);
}

bool xf_type_parse(struct arena *arena, const char *text, struct xf_type *type, const char **problem)
{
	*type = (struct xf_type){ .role = XF_QUESTION };
	*problem = NULL;
	if (!strncasecmp(text, "begin ", 6) || !strncasecmp(text, "begin_", 6) || !strncasecmp(text, "end ", 4) || !strncasecmp(text, "end_", 4))
		if (strcasecmp(text, "end time") != 0)
			return parse_container(arena, text, type, problem);
	for (size_t i = 0; i < sizeof simple / sizeof *simple; i++) {
		if (strcasecmp(text, simple[i].spelling) != 0)
			continue;
		type->name = simple[i].name;
		type->is_unsupported = simple[i].flags & KEPT;
		type->is_metadata = simple[i].flags & METADATA;
		type->constraint = simple[i].constraint;
		return true;
	}
	for (size_t i = 0; i < sizeof with_list / sizeof *with_list; i++) {
		const char *rest = after(text, with_list[i].spelling);
		if (rest)
			return parse_with_list(arena, &with_list[i], rest, type, problem);
	}
	if (!strcasecmp(text, "score__row") || !strcasecmp(text, "rank__level")) {
		type->name = "select_one";
		type->kobo = KOBO_ROW;
		return true;
	}
	if (parse_setting(text, type))
		return true;
	*problem = unknown_type(arena, text);
	return false;
}
