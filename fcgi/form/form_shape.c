/* SPDX-License-Identifier: Apache-2.0
 *
 * What a form's JSON may say: the XLSForm vocabulary and what case management adds. The
 * readers (form_json, form_survey, form_score) take the names of members from here, so
 * that the published schema and the reader have the same ones. */
#include "form.h"
#include "json.h"
#include "shape.h"

#define MEMBERS_MAX 64

bool shape_known(struct json_report *report, const struct json *object, const struct member *shape)
{
	const char *names[MEMBERS_MAX + 1] = { NULL };
	for (size_t i = 0; shape[i].name && i < MEMBERS_MAX; i++)
		names[i] = shape[i].name;
	return json_known_list(report, object, names);
}

#define MEANING { "meaning", M_INT, .min = 0, .max = 5, .what = "1 the worst to 5 the best: its colour and word; 0 none" }
#define MEDIA "{ \"type\": [\"string\", \"object\", \"null\"] }"
#define DEFAULT "{ \"type\": [\"string\", \"number\", \"null\"] }"

const struct member form_choice_shape[] = {
	{ "name", M_TEXT, .is_needed = true, .what = "What is stored" },
	{ "label", M_WORDS, .what = "What is shown" },
	{ "description", M_WORDS, .what = "When to choose it: the anchor of a scale" },
	{ "score", M_NUMBER, .what = "Points it gives to the score of its dimension" },
	MEANING,
	{ "image", M_OTHER, .schema = MEDIA, .what = "Picture in media/" },
	{ "big_image", M_OTHER, .schema = MEDIA, .what = "Larger picture; kept" },
	{ "audio", M_OTHER, .schema = MEDIA, .what = "Sound; kept" },
	{ "video", M_OTHER, .schema = MEDIA, .what = "Film; kept" },
	{ "*", M_OTHER, .schema = "{ \"type\": [\"string\", \"number\", \"null\"] }", .what = "Any other column, for choice_filter and instance()" },
	{ .name = NULL }
};

#define P(member) { member, M_OTHER, .what = "Parameter of XLSForm, kept" }
const struct member form_parameters_shape[] = {
	{ "start", M_NUMBER, .what = "Of a range: lowest" }, { "end", M_NUMBER, .what = "highest" }, { "step", M_NUMBER, .what = "step" },
	P("rows"), P("randomize"), P("seed"), P("max-pixels"), P("quality"), P("app"), P("value"), P("label"), P("allow-mock-accuracy"), P("capture-accuracy"),
	P("warning-accuracy"), P("tick_interval"), P("placeholder"), P("tick_labelset"), P("incremental"), P("reference-geometry"), P("location-priority"),
	P("location-min-interval"), P("location-max-age"), P("track-changes"), P("identify-user"), P("track-changes-reasons"),
	{ .name = NULL }
};

const struct member form_question_shape[] = {
	{ "type", M_TEXT, .is_needed = true, .format = F_TYPE, .what = "XLSForm type: text, integer, date, select_one LIST, group, repeat …" },
	{ "name", M_TEXT, .is_needed = true, .format = F_QUESTION, .what = "Its name in answers and expressions" },
	{ "label", M_WORDS, .what = "What is asked" },
	{ "hint", M_WORDS, .what = "Help beside the question" },
	{ "guidance_hint", M_WORDS, .what = "Longer help, shown on demand" },
	{ "required", M_EXPRESSION, .or_bool = true, .what = "Must be answered: true, or when" },
	{ "required_message", M_WORDS, .what = "What is said when it is not" },
	{ "relevant", M_EXPRESSION, .or_bool = true, .what = "Asked only when" },
	{ "constraint", M_EXPRESSION, .what = "What the answer . must fulfil" },
	{ "constraint_message", M_WORDS, .what = "What is said when it does not" },
	{ "calculation", M_EXPRESSION, .what = "How it is worked out" },
	{ "choice_filter", M_EXPRESSION, .what = "Which choices are offered" },
	{ "default", M_OTHER, .schema = DEFAULT, .what = "Answer it begins with" },
	{ "appearance", M_TEXT, .what = "How it looks: multiline, minimal, levels, horizontal …" },
	{ "read_only", M_EXPRESSION, .or_bool = true, .what = "Shown, not asked" },
	{ "repeat_count", M_EXPRESSION, .what = "Of a repeat: how many times" },
	{ "or_other", M_BOOL, .what = "\"Other\" may be written in" },
	{ "parameters", M_OBJECT, .of = form_parameters_shape, .what = "Settings of the type" },
	{ "image", M_OTHER, .schema = MEDIA, .what = "Picture in media/" },
	{ "big_image", M_OTHER, .schema = MEDIA, .what = "Larger picture; kept" },
	{ "audio", M_OTHER, .schema = MEDIA, .what = "Sound; kept" },
	{ "video", M_OTHER, .schema = MEDIA, .what = "Film; kept" },
	{ "dimension", M_TEXT, .what = "Dimension of bundle.json that it belongs to; handed down by groups" },
	{ "sensitivity", M_TEXT, .what = "Tag of bundle.json that protects it; handed down by groups" },
	{ "weight", M_NUMBER, .what = "How much its choice's score counts" },
	{ "was", M_TEXT, .what = "Names the question had in earlier versions, separated by spaces, so that its answers are found" },
	{ "column", M_TEXT, .what = "Field of the person, case or consent that the answer fills" },
	{ "questions", M_LIST, .of = form_question_shape, .what = "Of a group or repeat: what is in it" },
	{ "unsupported", M_OTHER, .what = "Kept from a spreadsheet and not shown" },
	{ "columns", M_OTHER, .schema = "{ \"type\": [\"object\", \"null\"] }", .what = "Cells of a spreadsheet that mean nothing here" },
	{ "trigger", M_OTHER, .what = "Kept from a spreadsheet" },
	{ .name = NULL }
};

const struct member form_band_shape[] = {
	{ "name", M_TEXT, .is_needed = true, .what = "Its name" },
	{ "label", M_WORDS, .what = "Its word" },
	{ "min", M_NUMBER, .is_needed = true, .what = "From" },
	{ "max", M_NUMBER, .is_needed = true, .what = "to" },
	MEANING,
	{ .name = NULL }
};

const struct member form_score_shape[] = {
	{ "name", M_TEXT, .is_needed = true, .what = "Its name; total, risk and segment go to the case" },
	{ "label", M_WORDS, .what = "Its heading" },
	{ "dimension", M_TEXT, .what = "Dimension of bundle.json that it tells of" },
	{ "calculation", M_EXPRESSION, .what = "How it is worked out; without it, the sum of the scores chosen in its dimension" },
	{ "scale", M_RANGE, .what = "Lowest and highest" },
	{ "bands", M_LIST, .of = form_band_shape, .what = "What its numbers mean, ascending without a hole" },
	{ .name = NULL }
};

const struct member form_rule_shape[] = {
	{ "dimension", M_TEXT, .is_needed = true, .what = "Dimension of bundle.json" },
	{ "when", M_EXPRESSION, .is_needed = true, .what = "There is one when this holds" },
	{ "statement", M_TEXT, .what = "Question whose answer says it" },
	{ "client_view", M_TEXT, .what = "Question whose answer says it in the family's words" },
	{ "severity", M_TEXT, .what = "Question whose answer says how bad" },
	{ "fallback", M_WORDS, .what = "What it says when nothing was written" },
	{ "sensitivity", M_TEXT, .what = "Tag of bundle.json that protects it" },
	{ .name = NULL }
};

static const struct member choice_list[] = { { "choices", M_LIST, .of = form_choice_shape, .is_needed = true } };

const struct member form_shape[] = {
	{ "title", M_WORDS, .is_needed = true, .what = "Heading of the form" },
	{ "version", M_TEXT, .what = "Version; cases keep the one they were filled with" },
	{ "kind", M_TEXT, .what = "What the form is for: intake, profile, assessment …" },
	{ "form_id", M_TEXT, .what = "Name in the spreadsheet it came from" },
	{ "default_language", M_TEXT, .what = "Language of texts without one" },
	{ "languages", M_TEXTS, .what = "Languages of the spreadsheet" },
	{ "choices", M_MAP, .of = choice_list, .what = "Lists of choices by name" },
	{ "external_choices", M_MAP, .of = choice_list, .what = "Lists of a spreadsheet's external_choices" },
	{ "survey", M_LIST, .is_needed = true, .of = form_question_shape, .what = "Questions; groups at the top are the form's pages" },
	{ "scores", M_LIST, .of = form_score_shape, .what = "What is worked out of the answers" },
	{ "needs", M_LIST, .of = form_rule_shape, .what = "Which answers make a need" },
	{ "strengths", M_LIST, .of = form_rule_shape, .what = "Which answers make a strength" },
	{ "settings", M_OTHER, .schema = "{ \"type\": [\"object\", \"null\"] }", .what = "The rest of a spreadsheet's settings" },
	{ "sheets", M_OTHER, .what = "Further sheets of a spreadsheet, kept" },
	{ .name = NULL }
};
