/* SPDX-License-Identifier: Apache-2.0
 *
 * What seed.json, seed/stories/KEY.json and tests/KEY.json may say. The generator
 * (seed-data/) and check_tests read them themselves; here stands which members there are,
 * for `compass check` and for the published schemas. Texts of invented families are a
 * text, or one per language of the bundle. */
#include "bundle_load.h"

/* ---- values of maps ---- */

static const struct member weight[] = { { "weight", M_NUMBER, .min = 0, .max = 1000000 } };
static const struct member weights[] = { { "weights", M_MAP, .of = weight } };
static const struct member weights_of_weights[] = { { "weights", M_MAP, .of = weights } };
static const struct member texts[] = { { .name = "texts", .kind = M_SAYINGS } };
static const struct member anything[] = { { .name = "answers", .kind = M_MAP } };
static const struct member names[] = { { .name = "names", .kind = M_TEXTS } };

static const struct member spans[] = { { .name = "days", .kind = M_SPAN } };

/* ---- seed.json ---- */

static const struct member branch_members[] = {
	{ "needs", M_TEXTS, .what = "Only families with a need in one of these dimensions" },
	{ "answers", M_MAP, .what = "Answers that go with it, by question" },
	{ .name = NULL }
};
static const struct member branches[] = { { "branch", M_OBJECT, .of = branch_members } };

#define KIND { "if", M_ONE_OF, .choices = HOUSEHOLD_KINDS, .what = "Only for households with such a member, or of such a kind" }

static const struct member seed_action_members[] = {
	{ "what", M_WORDS, .is_needed = true, .what = "What is done" },
	{ "actor", M_ONE_OF, .choices = "client relative worker provider community", .what = "Who does it" },
	{ "name", M_WORDS, .what = "Name of who does it" },
	{ "service", M_REF, .what = "Key of a service" },
	{ "days", M_INT, .min = 0, .max = 1000, .what = "Days until it should be done" },
	{ .name = NULL }
};

static const struct member seed_goal_members[] = {
	{ "statement", M_WORDS, .is_needed = true, .what = "The goal" },
	{ "plain", M_WORDS, .what = "As the family reads it" },
	{ "change", M_WORDS, .what = "Expected change" },
	{ "days", M_SPAN, .what = "Days until it is due" },
	{ "actions", M_LIST, .of = seed_action_members, .what = "Who does what" },
	{ .name = NULL }
};

static const struct member need_item_members[] = {
	{ "text", M_WORDS, .is_needed = true, .what = "The need as the worker writes it" },
	{ "client", M_WORDS, .what = "In the family's words" },
	KIND,
	{ "severity", M_SPAN, .what = "How bad, on the form's scale" },
	{ "answers", M_MAP, .what = "Answers that go with it, by question" },
	{ "chosen", M_OTHER, .what = "Of a checklist: the answer that makes the item part of the plan" },
	{ "goals", M_LIST, .of = seed_goal_members, .what = "Goals that answer it" },
	{ .name = NULL }
};

static const struct member need_members[] = {
	{ "weight", M_NUMBER, .min = 0, .max = 1000000, .what = "How often, against the other dimensions" },
	{ "items", M_LIST, .of = need_item_members, .what = "Needs" },
	{ .name = NULL }
};
static const struct member needs[] = { { "need", M_OBJECT, .of = need_members } };

static const struct member shape_member_members[] = {
	{ "role", M_ONE_OF, .choices = MEMBER_ROLES, .is_needed = true, .what = "Who it is to the head" },
	{ "sex", M_ONE_OF, .choices = "female male", .what = "Either, when left out" },
	{ "age", M_SPAN, .what = "Between" },
	{ .name = NULL }
};

static const struct member household_members[] = {
	{ "weight", M_NUMBER, .min = 0, .max = 1000000, .what = "How often, against the others" },
	{ "members", M_LIST, .of = shape_member_members, .is_needed = true, .what = "Who lives there; the head first" },
	{ .name = NULL }
};

static const struct member population_members[] = {
	{ "key", M_KEY, .is_needed = true, .what = "Its name" },
	{ "weight", M_NUMBER, .min = 0, .max = 1000000, .what = "How often" },
	{ "identifier", M_TEXT, .what = "Pattern of its personal numbers" },
	{ "identifier_type", M_TEXT, .what = "Which number that is" },
	{ "digits", M_INT, .min = 1, .max = 15, .what = "Digits in place of %1" },
	{ "serial", M_SPAN, .what = "Numbers from and to, given out in order" },
	{ "family", M_SAYINGS, .what = "Family names" },
	{ "given_female", M_SAYINGS, .what = "Given names of women" },
	{ "given_male", M_SAYINGS, .what = "Given names of men" },
	{ "answers", M_MAP, .of = anything, .what = "Answers of its own, by form and question" },
	{ .name = NULL }
};

static const struct member visit_members[] = {
	{ "kind", M_ONE_OF, .choices = ACTIVITY_KINDS, .what = "What kind of meeting" },
	{ "purpose", M_WORDS, .what = "What for" },
	{ "summary", M_WORDS, .what = "What came of it" },
	{ "quote", M_WORDS, .what = "What the family said" },
	KIND,
	{ .name = NULL }
};

static const struct member note_members[] = {
	{ "text", M_WORDS, .is_needed = true, .what = "The note" },
	{ "quote", M_WORDS, .what = "What the family said" },
	KIND,
	{ .name = NULL }
};

const struct member seed_shape[] = {
	{ "households", M_INT, .min = 0, .max = 2000000, .what = "How many families" },
	{ "workers_per_office", M_INT, .min = 1, .max = 100, .what = "Staff of an office" },
	{ "months", M_INT, .min = 1, .max = 240, .what = "How far back their histories go" },
	{ "clock_start", M_TEXT, .format = F_MOMENT, .what = "Local date and time at which a demonstration begins" },
	{ "names", M_TEXT, .what = "List of names in seed-data/names" },
	{ "case_language", M_TEXT, .format = F_LANGUAGE, .what = "Language the files are written in" },
	{ "romanize", M_TEXT, .what = "ICU rules from the country's letters to Latin ones" },
	{ "title", M_WORDS, .what = "Title of a case; %1 is the family's name" },
	{ "title_of", M_ONE_OF, .choices = "family child", .what = "Whose name that is: the first child's given name where a case is a child's" },
	{ "phone", M_TEXT, .what = "Pattern of telephone numbers; %1 is six digits" },
	{ "identifier", M_TEXT, .what = "Pattern of personal numbers; %1 is eight digits" },
	{ "streets", M_SAYINGS, .what = "Streets" },
	{ "localities", M_MAP, .of = names, .what = "Towns and villages by office" },
	{ "stories", M_TEXTS, .what = "Families told in full: files of seed/stories" },
	{ "story_texts", M_BOOL, .what = "Their texts are used for other families too" },
	{ "staff", M_MAP, .of = weights, .what = "Office: role: how many" },
	{ "office_weights", M_MAP, .of = weight, .what = "How much of the work each office has" },
	{ "stages", M_MAP, .of = weight, .what = "How many cases stand in each stage of the workflow, against each other" },
	{ "closure", M_MAP, .of = weight, .what = "Outcomes of closed cases" },
	{ "populations", M_LIST, .of = population_members, .id = "key", .what = "Groups with names and numbers of their own" },
	{ "household_shapes", M_LIST, .of = household_members, .what = "Who lives together" },
	{ "disability", M_MAP, .of = weight, .what = "How often, by status" },
	{ "answers", M_MAP, .of = anything, .what = "Form: question: {choice: weight}, [lowest, highest] or \"texts:KEY\"" },
	{ "texts", M_MAP, .of = texts, .what = "Texts for answers" },
	{ "needs", M_MAP, .of = needs, .what = "Needs by dimension" },
	{ "calm", M_MAP, .of = texts, .what = "What is written where there is no need, by dimension" },
	{ "calm_severity", M_SPAN, .what = "and how bad that is" },
	{ "strengths", M_MAP, .of = texts, .what = "Strengths by dimension" },
	{ "items_wanted", M_SPAN, .what = "Of a checklist: how many items are chosen" },
	{ "needs_wanted", M_SPAN, .what = "In how many dimensions a family has a need" },
	{ "progress", M_MAP, .of = weights_of_weights, .what = "Of a checklist: dimension: answer: next round's answer: weight" },
	{ "branches", M_MAP, .of = branches, .what = "Stages beside the path: stage: for which families" },
	{ "stays", M_MAP, .of = spans, .what = "Days in each canonical status, and \"whole\"" },
	{ "held", M_INT, .min = 0, .max = 100, .what = "Visits that take place, per cent" },
	{ "review_days", M_INT, .min = 7, .max = 1000, .what = "Days between reviews" },
	{ "visits", M_LIST, .of = visit_members, .what = "Visits" },
	{ "notes", M_LIST, .of = note_members, .what = "Notes" },
	{ "returns", M_SAYINGS, .what = "What a supervisor writes when a plan is returned" },
	{ "schedule", M_WORDS, .what = "How the contact is described in a plan" },
	{ .name = NULL }
};

/* ---- seed/stories/KEY.json: days are counted from the clock's start ---- */

#define DAY(name, what_) { name, M_INT, .min = -20000, .max = 5000, .what = what_ }
#define BY { "by", M_REF, .what = "User name of the worker" }
#define TIME { "time", M_TEXT, .format = F_TIME, .what = "Time of day" }

static const struct member person_members[] = {
	{ "key", M_KEY, .is_needed = true, .what = "Its name in the story" },
	{ "given", M_WORDS, .is_needed = true, .what = "Given name" },
	{ "family", M_WORDS, .what = "Family name" },
	{ "known_as", M_WORDS, .what = "What people call them" },
	{ "sex", M_ONE_OF, .choices = "female male other", .what = "Sex" },
	{ "age", M_INT, .min = 0, .max = 120, .what = "Years" },
	{ "born", M_TEXT, .format = F_DATE, .what = "Date of birth, in place of the age" },
	{ "role", M_ONE_OF, .choices = MEMBER_ROLES, .what = "Who it is to the head" },
	{ "contact", M_BOOL, .what = "Whom the office calls" },
	{ "identifier", M_TEXT, .what = "Personal number" },
	{ "identifier_type", M_TEXT, .what = "Which number that is" },
	{ "occupation", M_WORDS, .what = "Work" },
	{ "disability", M_TEXT, .what = "Disability status" },
	{ "note", M_WORDS, .what = "What else is known" },
	{ .name = NULL }
};

static const struct member filled_members[] = {
	DAY("day", "When it was filled"), TIME, BY,
	{ "answers", M_MAP, .what = "Answers, by group" },
	{ .name = NULL }
};

static const struct member consent_members[] = {
	{ "key", M_REF, .is_needed = true, .what = "Purpose, of \"consents\" in bundle.json" },
	DAY("day", "When it was given"),
	{ .name = NULL }
};

static const struct member round_members[] = {
	DAY("day", "When it was filled"), TIME, BY,
	{ "round", M_ONE_OF, .choices = "initial interim exit", .what = "Which assessment" },
	{ "status", M_ONE_OF, .choices = "submitted draft", .what = "Finished or not" },
	{ "answers", M_MAP, .what = "Answers, by group; needs and strengths come out of them" },
	{ .name = NULL }
};

static const struct member story_action_members[] = {
	{ "what", M_WORDS, .is_needed = true, .what = "What is done" },
	{ "actor", M_ONE_OF, .choices = "client relative worker provider community", .what = "Who does it" },
	{ "name", M_WORDS, .what = "Name of who does it" },
	{ "service", M_REF, .what = "Key of a service" },
	DAY("starts", "From"), DAY("due", "until"), DAY("done", "When it was done"),
	{ "status", M_ONE_OF, .choices = "open in_progress done not_done dropped", .what = "Where it stands" },
	{ "result", M_WORDS, .what = "What came of it" },
	{ .name = NULL }
};

static const struct member story_goal_members[] = {
	{ "number", M_TEXT, .is_needed = true, .what = "Number of the need and of the goal: 1.1" },
	{ "statement", M_WORDS, .is_needed = true, .what = "The goal" },
	{ "plain", M_WORDS, .what = "As the family reads it" },
	{ "change", M_WORDS, .what = "Expected change" },
	{ "reason", M_WORDS, .what = "Why it was dropped" },
	{ "baseline", M_NUMBER, .what = "Where it began" },
	{ "target", M_NUMBER, .what = "Where it should end" },
	{ "progress", M_INT, .min = 0, .max = 100, .what = "Per cent" },
	DAY("due", "When it is due"),
	{ "status", M_ONE_OF, .choices = "not_started in_progress achieved partly_achieved not_achieved dropped", .what = "Where it stands" },
	{ "strengths", M_OTHER, .schema = "{ \"type\": \"array\", \"items\": { \"type\": \"integer\" } }", .what = "Numbers of strengths it builds on" },
	{ "actions", M_LIST, .of = story_action_members, .what = "Who does what" },
	{ .name = NULL }
};

static const struct member plan_members[] = {
	{ "status", M_ONE_OF, .choices = "draft proposed returned approved active", .what = "Where it stands" },
	DAY("started", "When it was begun"), DAY("proposed", "sent for approval"), DAY("approved", "approved"), DAY("signed", "signed by both"), DAY("review", "When it is reviewed"),
	{ "schedule", M_WORDS, .what = "How often they meet" },
	{ "comment", M_WORDS, .what = "What the supervisor wrote" },
	{ "goals", M_LIST, .of = story_goal_members, .what = "Goals" },
	{ .name = NULL }
};

static const struct member activity_members[] = {
	DAY("day", "When"), TIME,
	{ "minutes", M_INT, .min = 0, .max = 1440, .what = "How long" },
	{ "kind", M_ONE_OF, .choices = ACTIVITY_KINDS, .what = "What kind of work" },
	{ "place", M_WORDS, .what = "Where" },
	{ "purpose", M_WORDS, .what = "What for" },
	{ "held", M_BOOL, .what = "It took place" },
	{ "summary", M_WORDS, .what = "What came of it" },
	{ .name = NULL }
};

static const struct member event_members[] = {
	DAY("day", "When"), TIME, BY,
	{ "kind", M_TEXT, .what = "note, visit, milestone …" },
	{ "text", M_WORDS, .what = "What happened" },
	{ "quote", M_WORDS, .what = "What the family said" },
	{ "refs", M_TEXT, .what = "Needs and goals it is about: N1 1.1" },
	{ .name = NULL }
};

static const struct member step_members[] = {
	{ "name", M_REF, .is_needed = true, .what = "Transition of workflow.json" },
	DAY("day", "When"), TIME, BY,
	{ "comment", M_WORDS, .what = "What was written" },
	{ .name = NULL }
};

const struct member story_shape[] = {
	{ "key", M_KEY, .is_needed = true, .what = "Its name: the file's" },
	{ "number", M_INT, .min = 1, .max = 999999, .what = "Number of the case" },
	{ "year", M_INT, .min = 1990, .max = 2100, .what = "Year in the case number" },
	{ "title", M_WORDS, .is_needed = true, .what = "Title of the case" },
	{ "office", M_REF, .what = "Office" },
	{ "worker", M_REF, .is_needed = true, .what = "User name of the worker: a persona" },
	{ "locality", M_TEXT, .what = "Town or village" },
	{ "address", M_WORDS, .what = "Street and number" },
	{ "phone", M_TEXT, .what = "Telephone, invented" },
	{ "language", M_TEXT, .format = F_LANGUAGE, .what = "Language of the family" },
	{ "level", M_INT, .min = 1, .max = 3, .what = "Level of case management" },
	{ "pathway", M_REF, .what = "Pathway of workflow.json" },
	{ "risk", M_ONE_OF, .choices = "low medium high", .what = "Risk" },
	DAY("opened", "When the case was opened"), { "stage", M_REF, .is_needed = true, .what = "Stage it stands in" }, DAY("stage_since", "since"), DAY("closed", "When it was closed"),
	{ "outcome", M_TEXT, .what = "How it ended" },
	{ "members", M_LIST, .of = person_members, .id = "key", .is_needed = true, .what = "The family" },
	{ "intake", M_OBJECT, .of = filled_members, .what = "The intake form" },
	{ "consents", M_LIST, .of = consent_members, .what = "What they agreed to" },
	{ "profile", M_OBJECT, .of = filled_members, .what = "The profile form" },
	{ "assessments", M_LIST, .of = round_members, .what = "Assessments" },
	{ "priorities", M_OTHER, .schema = "{ \"type\": \"array\", \"items\": { \"type\": \"integer\" } }", .what = "Numbers of needs in the family's order" },
	{ "plan", M_OBJECT, .of = plan_members, .what = "The plan" },
	{ "activities", M_LIST, .of = activity_members, .what = "Visits and other work" },
	{ "events", M_LIST, .of = event_members, .what = "What else happened" },
	{ "transitions", M_LIST, .of = step_members, .what = "Steps through the workflow, in order" },
	{ .name = NULL }
};

/* ---- tests/KEY.json ---- */

static const struct member band[] = { { .name = "band", .kind = M_REF } };
static const struct member score[] = { { .name = "score", .kind = M_NUMBER } };

static const struct member expect_members[] = {
	{ "score", M_MAP, .of = score, .what = "Score: number, null when there should be none" },
	{ "band", M_MAP, .of = band, .what = "Score: name of the band" },
	{ "needs", M_TEXTS, .what = "Dimensions with a need, all of them" },
	{ "strengths", M_TEXTS, .what = "Dimensions with a strength, all of them" },
	{ "pathway", M_REF, .what = "Key of the pathway that the answers lead to" },
	{ .name = NULL }
};

static const struct member case_members[] = {
	{ "name", M_TEXT, .is_needed = true, .what = "Who it is" },
	{ "now", M_TEXT, .format = F_MOMENT, .what = "Date and time, when the form asks" },
	{ "answers", M_MAP, .is_needed = true, .what = "Answers, by group" },
	{ "expect", M_OBJECT, .of = expect_members, .is_needed = true, .what = "What should come out" },
	{ .name = NULL }
};

const struct member test_shape[] = {
	{ "form", M_REF, .is_needed = true, .what = "Form of forms/" },
	{ "cases", M_LIST, .of = case_members, .is_needed = true, .what = "Answers and what should come out" },
	{ .name = NULL }
};
