/* SPDX-License-Identifier: Apache-2.0
 *
 * The XLSForm importer: what must be accepted and with what meaning, what must be refused and
 * with what words. The cases follow XLSForm's reference and what pyxform's published tests
 * say of it. Forms are written here as pyxform's CSV: sheets one below the other. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "country/xlsform.h"
#include "unit.h"

static struct arena *arena;

struct imported { char *json; struct xlsform_report report; const char *said; };

static int set_up(void **state)
{
	(void)state;
	arena = arena_new(2 * WORKBOOK_ARENA_BYTES);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct imported import_workbook(const struct workbook *workbook)
{
	struct imported result = { .said = "" };
	result.json = xlsform_import(arena, workbook, &result.report);
	for (const struct xlsform_message *m = result.report.first; m; m = m->next)
		result.said = arena_printf(arena, "%s%s: %s\n", result.said, xlsform_level_name(m->level), xlsform_message_line(arena, &result.report, m));
	return result;
}

static struct imported import_text(const char *csv)
{
	struct why why = { 0 };
	struct workbook *workbook = workbook_read(arena, "f.csv", csv, strlen(csv), &why);
	assert_string_equal(why.detail, "");
	return import_workbook(workbook);
}

/* survey rows only: the sheet's name is put before them. */
static struct imported import_survey(const char *rows)
{
	return import_text(arena_printf(arena, "survey\n%s", rows));
}

static void has(const char *text, const char *part)
{
	if (!text || !strstr(text, part)) {
		print_message("# wanted: %s\n# in: %s\n", part, text ? text : "(nothing)");
		assert_true(text && strstr(text, part));
	}
}

static void accepted(struct imported form, const char *part)
{
	if (!form.json)
		print_message("# %s", form.said);
	assert_non_null(form.json);
	assert_int_equal(form.report.n_errors, 0);
	has(form.json, part);
}

static void refused(struct imported form, const char *words)
{
	assert_null(form.json);
	assert_true(form.report.n_errors > 0);
	has(form.said, arena_printf(arena, "error: f.csv: %s", words));
}

static void said(struct imported form, const char *words)
{
	if (!form.json)
		print_message("# %s", form.said);
	assert_non_null(form.json);
	has(form.said, words);
}

#define CHOICES "choices\n,list_name,name,label\n,yn,yes,Yes\n,yn,no,No\n"

static void types_in_all_spellings(void **state)
{
	static const char *const cases[][2] = {
		{ "text", "\"text\"" }, { "string", "\"text\"" }, { "TEXT  ", "\"text\"" }, { "int", "\"integer\"" }, { "Integer", "\"integer\"" },
		{ "add text prompt", "\"text\"" }, { "q date time", "\"datetime\"" }, { "dateTime", "\"datetime\"" }, { "gps", "\"geopoint\"" },
		{ "photo", "\"image\"" }, { "trigger", "\"acknowledge\"" }, { "phone number", "\"text\", \"name\": \"q\", \"label\": \"Q\", \"constraint\": \"regex(., '^\\\\d*$')\"" },
		{ "percentage", "0 <= . and . <= 100" }, { "select_one yn", "\"select_one yn\"" }, { "Select One yn", "\"select_one yn\"" },
		{ "select one from yn", "\"select_one yn\"" }, { "select1 yn", "\"select_one yn\"" }, { "select all that apply from yn", "\"select_multiple yn\"" },
		{ "select_multiple  yn ", "\"select_multiple yn\"" }, { "rank yn", "\"rank yn\"" }, { "select_one yn or_other", "\"select_one yn\", \"name\": \"q\", \"or_other\": true" },
		{ "select one from yn or specify other", "\"or_other\": true" }, { "start", "\"start\"" }, { "imei", "\"deviceid\"" }, { "end time", "\"end\"" },
		{ "audio", "\"audio\"" }, { "geotrace", "\"geotrace\"" }, { "background-audio", "\"background-audio\"" }, { "start-geopoint", "\"start-geopoint\"" },
		{ "csv-external", "\"csv-external\"" }, { "select_one_from_file a.csv", "\"select_one_from_file a.csv\"" }, { "osm", "\"osm\"" }, { "hidden", "\"hidden\"" },
		{ "text audit", "\"text audit\"" }, { "range", "\"parameters\": {\"start\": 1, \"end\": 10, \"step\": 1}" }, { "select_one ${m}", "\"select_one ${m}\"" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *text = arena_printf(arena, "survey\n,type,name,label\n,text,m,M\n,%s,q,Q\n" CHOICES, cases[i][0]);
		accepted(import_text(text), cases[i][1]);
	}
}

static void types_nobody_knows(void **state)
{
	static const char *const cases[][2] = {
		{ "txet", "\"txet\" is no question type; is \"text\" meant?" }, { "select_oen yn", "is \"select_one\" meant?" }, { "frobnicate", "\"frobnicate\" is no question type" },
		{ "select_one", "names no list of choices" }, { "select_one yn extra", "only \"or_other\" may follow" }, { "select_one_from_file a.txt", "no file of choices" },
		{ "begin loop over yn", "loops over a list are not supported" }, { "cascading_select x", "no longer part of XLSForm" }, { "begin_groop", "\"begin_group\" and" },
		{ "select_one nowhere", "has no list \"nowhere\"" }, { "select_one yns", "is \"yn\" meant?" }, { "include", "is no question type" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct imported form = import_text(arena_printf(arena, "survey\n,type,name,label\n,text,m,M\n,%s,q,Q\n" CHOICES, cases[i][0]));
		refused(form, "sheet \"survey\", row 4, column \"type\": ");
		has(form.said, cases[i][1]);
	}
	refused(import_survey(",type,name,label\n,select_one yn,q,Q\n"), "sheet \"survey\", row 3, column \"type\": the list \"yn\" is not there: the workbook has no sheet \"choices\"");
	refused(import_survey(",type,name,label\n,select_one_external yn,q,Q\n"), "sheet \"survey\", row 3, column \"type\": the list \"yn\" is not there: the workbook has no sheet \"external_choices\"");
}

static void names(void **state)
{
	(void)state;
	refused(import_survey(",type,name,label\n,text,two words,Q\n"), "sheet \"survey\", row 3, column \"name\": \"two words\" is no name");
	refused(import_survey(",type,name,label\n,text,1st,Q\n"), "sheet \"survey\", row 3, column \"name\": \"1st\" is no name");
	refused(import_survey(",type,name,label\n,text,,Q\n"), "sheet \"survey\", row 3, column \"name\": the question has no name");
	refused(import_survey(",type,name,label\n,begin group,,G\n,text,a,A\n,end group,,\n"), "sheet \"survey\", row 3, column \"name\": the group has no name");
	refused(import_survey(",type,name,label\n,text,a,Q\n,text,a,Q\n"), "sheet \"survey\", row 4, column \"name\": \"a\" is in use already, in row 3 of the same survey");
	refused(import_survey(",type,name,label\n,begin_group,g,G\n,text,a,Q\n,text,a,Q\n,end_group,,\n"), "sheet \"survey\", row 5, column \"name\": \"a\" is in use already, in row 4 of the same group");
	refused(import_survey(",type,name,label\n,begin repeat,r,G\n,text,a,Q\n,end repeat,,\n,begin group,g,G\n,begin repeat,r,G\n,text,a,Q\n,end repeat,,\n,end group,,\n"),
	        "sheet \"survey\", row 7, column \"name\": the repeat in row 3 is named \"r\", too");
	said(import_survey(",type,name,label\n,text,a,Q\n,text,A,Q\n"), "row 4, column \"name\": \"A\" differs from \"a\" in row 3 by capitals only");
	accepted(import_survey(",type,name,label\n,begin_group,g,G\n,text,a,Q\n,end_group,,\n,begin_group,h,G\n,text,a,Q\n,end_group,,\n"), "\"name\": \"h\"");
	accepted(import_survey(",type,name,label\n,note,,Hello\n"), "\"name\": \"generated_note_name_3\"");
	accepted(import_survey(",type,name,label\n,text,né_à-1.2,Q\n,audit,,\n"), "\"name\": \"audit\"");
	accepted(import_survey(",type,value,label\n,text,a,Q\n"), "\"name\": \"a\"");
	accepted(import_survey(",type,$autoname,label\n,text,abc,Q\n"), "\"name\": \"abc\"");
}

static void begin_and_end(void **state)
{
	(void)state;
	accepted(import_survey(",type,name,label\n,Begin Group ,g,G\n, BEGIN_REPEAT,r,R\n,text,a,Q\n,end  repeat,r,\n,END_GROUP,,\n"), "\"questions\": [");
	accepted(import_survey(",type,name,label,repeat_count\n,text,n,N,\n,begin looped group,r,R,${n} + 1\n,text,a,Q,\n,end looped group,,,\n"), "\"repeat_count\": \"${n} + 1\"");
	refused(import_survey(",type,name,label\n,begin group,g,G\n,text,a,Q\n"), "sheet \"survey\", row 3, column \"type\": the group \"g\" is never closed");
	refused(import_survey(",type,name,label\n,text,a,Q\n,end group,,\n"), "sheet \"survey\", row 4, column \"type\": \"end_group\" closes nothing");
	refused(import_survey(",type,name,label\n,begin group,g,G\n,text,a,Q\n,end repeat,,\n"), "sheet \"survey\", row 5, column \"type\": \"end_repeat\" cannot close the group \"g\" begun in row 3");
	said(import_survey(",type,name,label\n,text,a,Q\n,begin group,g,G\n,end group,,\n"), "the group \"g\" is empty");
	said(import_survey(",type,name,label,required\n,begin group,g,G,yes\n,text,a,Q,\n,end group,,,\n"), "row 3, column \"required\": it does nothing on a group");
}

static void headings(void **state)
{
	struct imported form;
	(void)state;
	accepted(import_survey(",Type,NAME,Label::English (en),LABEL : : x\n,text,a,Q,\n"), "{\"English (en)\": \"Q\"}");
	accepted(import_survey(",type,name,label:English,hint:French\n,text,a,Q,H\n"), "\"hint\": {\"French\": \"H\"}");
	accepted(import_survey(",type,name,label,label::fr,media::image::fr,image\n,text,a,Q,R,i.png,j.png\n"), "\"label\": {\"\": \"Q\", \"fr\": \"R\"}, \"image\": {\"\": \"j.png\", \"fr\": \"i.png\"}");
	accepted(import_survey(",type,name,label,bind:relevant,bind::required,bind:jr:constraintMsg,bind::jr:requiredMsg::fr,constraint\n,text,a,Q,,,,,\n,text,b,Q,${a} = 1,yes,wrong,needed,. > 1\n"),
	         "\"required\": true, \"required_message\": {\"fr\": \"needed\"}, \"relevant\": \"${a} = 1\", \"constraint\": \". > 1\", \"constraint_message\": \"wrong\"");
	accepted(import_survey(",type,name,label,Constraint Message,constraint,calculate,read only\n,text,a,Q,m,. = 1,,TRUE\n"), "\"constraint_message\": \"m\", \"read_only\": true");
	accepted(import_survey(",type,name,label,body::appearance,jr:count,$kuid,_xpath,kobo--x,body::accuracyThreshold\n,geopoint,a,Q,maps,,k,x,y,5\n"),
	         "\"appearance\": \"maps\", \"columns\": {\"$kuid\": \"k\", \"_xpath\": \"x\", \"body::accuracyThreshold\": \"5\", \"kobo--x\": \"y\"}");
	form = import_survey(",type,name,label,my notes\n,text,a,Q,remember\n");
	said(form, "row 2, column \"my notes\": no column of XLSForm has this heading");
	has(form.json, "\"columns\": {\"my notes\": \"remember\"}");
	assert_null(strstr(import_survey(",type,name,label,$kuid\n,text,a,Q,k\n").said, "warning"));
	refused(import_survey(",type,name,label,label\n,text,a,Q,R\n"), "sheet \"survey\", row 2, column \"label\": two columns, D and E, have this heading");
	refused(import_survey(",type,name,value,label\n,text,a,b,R\n"), "sheet \"survey\", row 2, column \"value\": columns C (\"name\") and D (\"value\") mean the same");
	refused(import_survey(",type,name,label,relevant,bind::relevant\n,text,a,R,,\n"), "sheet \"survey\", row 2, column \"bind::relevant\": columns E");
	refused(import_survey(",type,name,label,bind: relevant\n,text,a,R,\n"), "sheet \"survey\", row 2, column \"bind: relevant\": this old way");
	refused(import_survey(",kind,name,label\n,text,a,Q\n"), "sheet \"survey\", row 2, column \"type\": there is no such column");
	refused(import_survey(",text,a,Q\n"), "sheet \"survey\", row 2, column \"type\": there is no such column");
	refused(import_text("survey\nchoices\n,list_name,name\n"), "sheet \"survey\": the sheet is empty");
	refused(import_survey(",type,name,label\n"), "sheet \"survey\": the sheet holds no questions");
	refused(import_text("surveys\n,type,name,label\n,text,a,Q\n"), "there is no sheet \"survey\"; is the sheet \"surveys\" meant?");
	said(import_text("survey\n,type,name,label\n,text,a,Q\n,,,,stray\n"), "row 4, column \"E\": text in a column without a heading is left out");
}

static void rows(void **state)
{
	struct imported form;
	(void)state;
	refused(import_survey(",type,name,label\n,,a,Q\n"), "sheet \"survey\", row 3, column \"type\": the row has a name or label, but no type");
	said(import_survey(",type,name,label,hint\n,,,,just a remark\n,text,a,Q,\n"), "row 3, column \"hint\": the row has no type, name or label: taken as a comment");
	refused(import_survey(",type,name,label\n,text,a,\n"), "sheet \"survey\", row 3, column \"label\": \"a\" is asked, but has neither label nor hint");
	refused(import_survey(",type,name\n,text,a\n"), "sheet \"survey\", row 3, column \"label\": \"a\" is asked");
	accepted(import_survey(",type,name,label,hint,media::image\n,text,a,,Only a hint,\n,note,b,,,pic.png\n"), "\"image\": \"pic.png\"");
	refused(import_survey(",type,name,label,media::big-image\n,text,a,Q,p.png\n"), "sheet \"survey\", row 3, column \"media::big-image\": a big-image enlarges an image");
	refused(import_survey(",type,name,label,calculation\n,text,a,Q,\n,calculate,c,,\n"), "sheet \"survey\", row 4, column \"calculation\": \"c\" is a calculate without a calculation");
	accepted(import_survey(",type,name,label,calculation,default\n,text,a,Q,,\n,calculate,c,,,today()\n"), "\"default\": \"today()\"");
	said(import_survey(",type,name,label,disabled\n,text,a,Q,\n,text,b,Q,yes\n"), "row 4, column \"disabled\": the row is disabled");
	form = import_survey(",type,name,label,constraint_message,choice_filter,repeat_count,weight\n,text,a,Q,never,x = 1,3,heavy\n");
	said(form, "column \"constraint_message\": the message is never shown");
	has(form.json, "\"columns\": {\"choice_filter\": \"x = 1\", \"constraint_message\": \"never\", \"repeat_count\": \"3\", \"weight\": \"heavy\"}");
	form = import_survey(",type,name,label\n,audio,a,Q\n,simserial,s,\n,select_one_from_file towns.csv,t,T\n");
	said(form, "row 3, column \"type\": questions of type \"audio\" are not supported: \"a\" is kept, but not shown");
	has(form.said, "row 4, column \"type\": questions of type \"simserial\"");
	has(form.said, "row 5, column \"type\": the choices of \"t\" come from the file \"towns.csv\"");
	said(import_survey(",type,name,label,calculation\n,calculate,c,,\"pulldata('towns', 'x', 'y', 'z')\"\n"), "row 3, column \"calculation\": pulldata() reads the file \"towns\"");
}

static void yes_and_no(void **state)
{
	static const char *const yes[] = { "yes", "Yes", "YES", "true", "TRUE", "true()", "1", "y" }, *const no[] = { "no", "No", "FALSE", "false()", "0" };
	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		accepted(import_survey(arena_printf(arena, ",type,name,label,required\n,text,a,Q,%s\n", yes[i])), "\"required\": true");
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_null(strstr(import_survey(arena_printf(arena, ",type,name,label,required\n,text,a,Q,%s\n", no[i])).json, "required"));
	accepted(import_survey(",type,name,label,required\n,text,a,Q,\n,text,b,Q,${a} = 'x'\n"), "\"required\": \"${a} = 'x'\"");
	refused(import_survey(",type,name,label,required\n,text,a,Q,maybe so\n"), "sheet \"survey\", row 3, column \"required\": the expression cannot be read");
}

static void references(void **state)
{
	(void)state;
	refused(import_survey(",type,name,label,relevant\n,text,age,Q,\n,text,b,Q,${aeg} > 1\n"), "sheet \"survey\", row 4, column \"relevant\": ${aeg} names no question; is ${age} meant?");
	refused(import_survey(",type,name,label\n,text,a,Hello ${nobody}\n"), "sheet \"survey\", row 3, column \"label\": ${nobody} names no question");
	refused(import_survey(",type,name,label\n,text,a,Hello ${a\n"), "sheet \"survey\", row 3, column \"label\": a \"${\" is not closed");
	refused(import_survey(",type,name,label,relevant\n,begin group,g,G,\n,text,a,Q,\n,end group,,,\n,begin group,h,H,\n,text,a,Q,\n,end group,,,\n,text,z,Z,${a} = 1\n"),
	        "sheet \"survey\", row 9, column \"relevant\": ${a} is not clear: rows 4 and 7 both have that name");
	refused(import_survey(",type,name,label,calculation\n,text,a,Q,\n,calculate,c,,if(${a} = 1\n"), "sheet \"survey\", row 4, column \"calculation\": the expression cannot be read at character ");
	refused(import_survey(",type,name,label,constraint\n,text,a,Q,frobnicate(.) = 1\n"), "sheet \"survey\", row 3, column \"constraint\": the expression cannot be read at character 1: there is no function frobnicate()");
	refused(import_text("survey\n,type,name,label\n,select_one l,a,Q\nchoices\n,list_name,name,label\n,l,x,${gone}\n"), "sheet \"choices\", row 6, column \"label\": ${gone} names no question");
	accepted(import_survey(",type,name,label,relevant\n,text,a,Q,\n,text,b,Hello ${ a },${ a } = 1\n"), "Hello ${ a }");
	accepted(import_survey(",type,name,label,default\n,text,a,Q,${last-saved#a}\n"), "last-saved");
	accepted(import_text("survey\n,type,name,label,relevant\n,select_one yn or_other,q,Q,\n,text,b,B,${q_other} = 'x'\n" CHOICES), "q_other");
	accepted(import_survey(",type,name,label,relevant\n,text,a,Q,\n,text,b,B,\xE2\x80\x9C" "x\xE2\x80\x9D\xC2\xA0= ${a}\n"), "\"relevant\": \"\\\"x\\\" = ${a}\"");
	accepted(import_survey(",type,name,label,relevant\n,text,a,Q,FALSE\n"), "\"relevant\": \"false()\"");
	refused(import_text("survey\n,type,name,label\n,text,a,Q\nsettings\n,instance_name\n,\"concat(${b},'x')\"\n"), "sheet \"settings\", row 6, column \"instance_name\": ${b} names no question");
	refused(import_survey(",type,name,label,relevant\n,text,a,Q,${b} = 1\n,text,b,B,${a} = 1\n"), "sheet \"survey\"");
}

static void triggers(void **state)
{
	(void)state;
	accepted(import_survey(",type,name,label,trigger,calculation\n,text,a,Q,,\n,text,b,B,,\n,text,c,C,\"${a}, ${b}\",today()\n"), "\"trigger\": \"${a}, ${b}\"");
	refused(import_survey(",type,name,label,trigger\n,text,a,Q,\n,text,c,C,${zz}\n"), "sheet \"survey\", row 4, column \"trigger\": ${zz} names no question");
	refused(import_survey(",type,name,label,trigger\n,text,a,Q,\n,text,c,C,a\n"), "sheet \"survey\", row 4, column \"trigger\": \"a\" is no trigger");
	refused(import_survey(",type,name,label,trigger\n,background-geopoint,c,C,\n"), "sheet \"survey\", row 3, column \"trigger\": a background-geopoint needs a trigger");
}

static void parameters(void **state)
{
	static const char *const good[][3] = {
		{ "range", "start=0 end=10 step=2", "{\"start\": 0, \"end\": 10, \"step\": 2}" }, { "range", "start=0;end=1;step=0.1", "\"step\": 0.1" },
		{ "range", "end=5.0, start=1", "{\"end\": 5, \"start\": 1, \"step\": 1}" }, { "text", "rows=5", "\"rows\": \"5\"" }, { "image", "max-pixels=1000", "max-pixels" },
		{ "select_one yn", "randomize=true, seed=42", "\"seed\": \"42\"" }, { "geopoint", "capture-accuracy=5 warning-accuracy=50.5", "warning-accuracy" },
		{ "audio", "quality=low", "quality" }, { "audit", "location-priority=balanced location-min-interval=60 location-max-age=120", "location-max-age" },
	}, *const bad[][3] = {
		{ "range", "start=a", "the parameter start must be a number" }, { "range", "start=10 end=1", "end must be above its start" }, { "range", "step=0", "step must be above 0" },
		{ "range", "start=1 end=3 step=5", "step must fit" }, { "range", "middle=3", "takes no parameter \"middle\"; it takes start, end, step" }, { "text", "rows=many", "rows must be a whole number" },
		{ "image", "max-pixels=big", "max-pixels must be a whole number" }, { "select_one yn", "randomize=perhaps", "randomize must be true or false" }, { "range", "start 0", "written key=value" },
		{ "select_one yn", "seed=4", "a seed needs randomize=true" }, { "audio", "quality=superb", "quality must be" }, { "geopoint", "capture-accuracy=near", "must be a number" },
		{ "audit", "location-priority=balanced", "come together" }, { "audit", "track-changes=1", "must be true or false" }, { "select_one_from_file x.csv", "value=", "must be the name of a column" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		accepted(import_text(arena_printf(arena, "survey\n,type,name,label,parameters\n,%s,audit,Q,\"%s\"\n" CHOICES, good[i][0], good[i][1])), good[i][2]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct imported form = import_text(arena_printf(arena, "survey\n,type,name,label,parameters\n,%s,audit,Q,\"%s\"\n" CHOICES, bad[i][0], bad[i][1]));
		refused(form, "sheet \"survey\", row 3, column \"parameters\": ");
		has(form.said, bad[i][2]);
	}
}

#define SELECT "survey\n,type,name,label,choice_filter\n,select_one l,q,Q,"

static void choices(void **state)
{
	(void)state;
	accepted(import_text(SELECT "\nchoices\n,list name, value,label,media::image\n, l ,1.5,One,p.png\n,l,two words,Two,\n"), "{\"name\": \"1.5\", \"label\": \"One\", \"image\": \"p.png\"}");
	accepted(import_text(SELECT "\"county = 'x'\"\nchoices\n,list_name,name,label,county\n,l,1,One,x\n"), "\"county\": \"x\"");
	accepted(import_text(SELECT "\nchoices\n,list_name,name,label::en,label::ko\n,l,1,Pass,패스\n,other,1,Y,\n"), "{\"en\": \"Pass\", \"ko\": \"패스\"}");
	refused(import_text(SELECT "\nchoices\n,list_name,label\n,l,One\n"), "sheet \"choices\", row 5, column \"name\": there is no such column");
	refused(import_text(SELECT "\nchoices\n,bad,name,label\n,l,1,One\n"), "sheet \"choices\", row 5, column \"list_name\": there is no such column");
	refused(import_text(SELECT "\nchoices\n,list_name,name,label\n,l,,One\n"), "sheet \"choices\", row 6, column \"name\": the choice of the list \"l\" has no name");
	said(import_text(SELECT "\nchoices\n,list_name,name,label\n,l,1,\n,,stray,S\n"), "row 6, column \"label\": the choice \"1\" of \"l\" has no label");
	said(import_text(SELECT "\nchoices\n,list_name,name,label\n,l,1,One\n,,stray,S\n"), "row 7, column \"list_name\": the row is left out: it names no list for the choice \"stray\"");
	refused(import_text("survey\n,type,name,label\n,select_multiple l,q,Q\nchoices\n,list_name,name,label\n,l,two words,One\n"), "sheet \"choices\", row 6, column \"name\": the choice \"two words\" has a space in its name");
	refused(import_text(SELECT "true()\nchoices\n,list_name,name,label,a heading\n,l,1,One,x\n"), "sheet \"choices\", row 5, column \"a heading\": a heading on this sheet has no spaces");
	accepted(import_text(SELECT "\nchoices\n,list_name,name,label,a heading\n,l,1,One,x\n"), "\"a heading\": \"x\"");
	refused(import_text(SELECT "\nchoices\n,list_name,name,label,score\n,l,1,One,high\n"), "sheet \"choices\", row 6, column \"score\": \"high\" is no number");
	accepted(import_text(SELECT "\nchoices\n,list_name,name,label,score,meaning,description\n,l,1,One,2.50,5,All is well\n"), "\"description\": \"All is well\", \"score\": 2.5, \"meaning\": 5");
	refused(import_text("survey\n,type,name,label,choice_filter\n,select_one yn or_other,q,Q,true()\n" CHOICES), "sheet \"survey\", row 3, column \"choice_filter\": a choice_filter and or_other do not go together");
	refused(import_text("survey\n,type,name,label,appearance\n,begin group,g,G,table-list\n,select_one yn,q,Q,\n,select_one l,r,Q,\n,end group,,,\n" CHOICES ",l,1,One\n"),
	        "sheet \"survey\", row 5, column \"type\": the selects of a table-list share one list");
	said(import_text("survey\n,type,name,label,default\n,select_one yn,q,Q,perhaps\n" CHOICES), "the default \"perhaps\" is no choice of \"yn\"");
	accepted(import_text("survey\n,type,name,label,choice_filter\n,select_one_external c,q,Q,a = 1\nexternal_choices\n,list_name,name,label,a\n,c,1,One,1\n"), "\"external_choices\": {");
	said(import_text("survey\n,type,name,label\n,text,q,Q\nchoice\n,list_name,name,label\n"), "sheet \"choice\": is \"choices\" meant?");
}

static void choices_twice(void **state)
{
	(void)state;
	refused(import_text(SELECT "\nchoices\n,list_name,name,label\n,l,b,option b\n,l,b,option c\n"), "sheet \"choices\", row 7, column \"name\": the choice \"b\" stands in \"l\" a second time, first in row 6");
	said(import_text(SELECT "\nchoices\n,list_name,name,label\n,l,b,Primary\n,l,b,primary (1-8)\n"), "warning: f.csv: sheet \"choices\", row 7, column \"name\"");
	accepted(import_text(SELECT "c = 1\nchoices\n,list_name,name,label,c\n,l,b,Here,1\n,l,b,There,2\n"), "\"allow_choice_duplicates\": \"yes\"");
	accepted(import_text(SELECT "\nchoices\n,list_name,name,label\n,l,b,option b\n,l,b,option c\nsettings\n,allow_choice_duplicates\n,Yes\n"), "\"allow_choice_duplicates\": \"Yes\"");
	refused(import_text(SELECT "\nchoices\n,list_name,name,label\n,l,b,option b\n,l,b,option c\nsettings\n,allow_choice_duplicates\n,Bob\n"), "sheet \"choices\", row 7, column \"name\"");
}

static void settings(void **state)
{
	struct imported form;
	(void)state;
	form = import_text("survey\n,type,name,label\n,text,q,Q\nsettings\n,Form_Title,FORM ID,version,default_language,style,my::own\n,The title,the_id,2024-01,English (en),pages,x\n");
	accepted(form, "\"title\": \"The title\", \"form_id\": \"the_id\", \"version\": \"2024-01\", \"default_language\": \"English (en)\"");
	has(form.json, "\"settings\": {\"style\": \"pages\", \"my::own\": \"x\"}");
	accepted(import_text("survey\n,type,name,label\n,text,q,Q\nsettings\n,id_string,form_id\n,old,new\n"), "\"title\": \"new\", \"form_id\": \"new\"");
	accepted(import_survey(",type,name,label\n,text,q,Q\n"), "\"title\": \"f\"");
	accepted(import_survey(",type,name,label\n,set form title,Old way,\n,text,q,Q\n"), "\"title\": \"Old way\"");
	said(import_text("survey\n,type,name,label\n,text,q,Q\nsettings\n,version\n,1\n,2\n"), "sheet \"settings\", row 7: only the row below the headings counts");
	said(import_text("survey\n,type,name,label\n,text,q,Q\nnotes\n,hello,world\n"), "sheet \"notes\": the sheet is no part of the form and is left out");
	accepted(import_text("survey\n,type,name,label\n,text,q,Q\nentities\n,list_name,,label\n,trees,,x\n"), "\"sheets\": {\n\t\t\"entities\": [\n\t\t\t[\"\", \"list_name\", \"\", \"label\"],");
}

static void case_management(void **state)
{
	static const char form[] =
		"survey\n,type,name,label,dimension,sensitivity,weight,column\n,begin group,housing,Housing,housing,,,\n,select_one levels,level,Level,,health,2,\n,text,what,What,,,,person.given_name\n,end group,,,,,,\n"
		"choices\n,list_name,name,label,score,meaning,description\n,levels,1,Bad,1,1,Very bad\n,levels,2,Good,2,5,\n"
		"scores\n,name,label,dimension,calculation,scale_min,scale_max\n,housing,Housing,housing,${level},1,2\n"
		"bands\n,score,name,label,min,max,meaning\n,housing,bad,Bad,1,1,1\n,housing,good,Good,2,2,5\n"
		"needs\n,dimension,when,statement,severity,fallback\n,housing,${level} = 1,what,level,A home\n"
		"strengths\n,dimension,when,statement\n,housing,${level} = 2,what\n";
	(void)state;
	accepted(import_text(form), "\"scores\": [\n\t\t{\"name\": \"housing\", \"label\": \"Housing\", \"dimension\": \"housing\", \"calculation\": \"${level}\", \"scale\": [1, 2], \"bands\": [\n"
	         "\t\t\t{\"name\": \"bad\", \"label\": \"Bad\", \"min\": 1, \"max\": 1, \"meaning\": 1},");
	has(import_text(form).json, "\"needs\": [\n\t\t{\"dimension\": \"housing\", \"when\": \"${level} = 1\", \"statement\": \"what\", \"severity\": \"level\", \"fallback\": \"A home\"}");
	has(import_text(form).json, "\"weight\": 2");
	has(import_text(form).json, "\"column\": \"person.given_name\"");
	refused(import_text("survey\n,type,name,label\n,text,q,Q\nscores\n,name,lable\n,a,A\n"), "sheet \"scores\", row 5, column \"lable\": the sheet \"scores\" has no such column");
	refused(import_text("survey\n,type,name,label\n,integer,q,Q\nscores\n,name,label,calculation\n,a,A,${gone}\n"), "sheet \"scores\", row 6, column \"calculation\": ${gone} names no question");
	refused(import_text("survey\n,type,name,label\n,integer,q,Q\nscores\n,name,label,calculation\n,a,A,${q}\nbands\n,score,name,label,min,max\n,b,x,X,1,2\n"), "sheet \"bands\", row 9, column \"score\": the sheet \"scores\" has no score \"b\"");
	refused(import_text("survey\n,type,name,label\n,integer,q,Q\nneeds\n,dimension,when,statement\n,d,${q} = 1,gone\n"), "sheet \"needs\", row 6");
}

static void many_errors_at_once(void **state)
{
	struct imported form;
	(void)state;
	form = import_survey(",type,name,label,relevant\n,txt,a,A,\n,text,b b,B,\n,text,c,,\n,text,d,D,${zz}\n");
	assert_null(form.json);
	assert_int_equal(form.report.n_errors, 4);
	has(form.said, "row 3");
	has(form.said, "row 6");
}

static void kobo_constructs(void **state)
{
	static const char survey[] = "survey\n,type,name,label,kobo--score-choices,kobo--rank-items,kobo--matrix_list,relevant\n";
	struct imported form;
	(void)state;
	form = import_text(arena_printf(arena, "%s,begin_score,s,How good?,yn,,,\n,score__row,r1,Food,,,,\n,score__row,r2,Water,,,,\n,end_score,,,,,,\n" CHOICES, survey));
	accepted(form, "{\"type\": \"select_one yn\", \"name\": \"r2\", \"label\": \"Water\"}");
	has(form.json, "\"appearance\": \"table-list\"");
	form = import_text(arena_printf(arena, "%s,begin_rank,s,Which?,,yn,,\n,rank__level,l1,First,,,,\n,rank__level,l2,Second,,,,\n,end_rank,,,,,,\n" CHOICES, survey));
	accepted(form, "\"name\": \"l2\", \"label\": \"Second\", \"constraint\": \". != ${l1}\"");
	form = import_text(arena_printf(arena, "%s,begin_kobomatrix,m,Assets,,,yn,\n,integer,n,Number,,,,\n,text,w,What,,,,\n,end_kobomatrix,,,,,,\n,text,z,Z,,,,${m_yes_n} > 1\n" CHOICES, survey));
	accepted(form, "{\"type\": \"group\", \"name\": \"m_yes\", \"label\": \"Yes\", \"questions\": [\n\t\t\t\t{\"type\": \"integer\", \"name\": \"m_yes_n\", \"label\": \"Number\"}");
	refused(import_text(arena_printf(arena, "%s,begin_score,s,S,,,,\n,score__row,r1,Food,,,,\n,end_score,,,,,,\n" CHOICES, survey)), "sheet \"survey\", row 3, column \"kobo--score-choices\": a begin_score names");
	refused(import_text(arena_printf(arena, "%s,begin_rank,s,S,,gone,,\n,rank__level,r1,Food,,,,\n,end_rank,,,,,,\n" CHOICES, survey)), "sheet \"survey\", row 3, column \"kobo--rank-items\": the sheet \"choices\" has no list \"gone\"");
	refused(import_text(arena_printf(arena, "%s,begin_score,s,S,yn,,,\n,score__row,r1,Food,,,,\n,end_rank,,,,,,\n" CHOICES, survey)), "sheet \"survey\", row 5, column \"type\"");
	refused(import_survey(",type,name,label\n,score__row,r1,Food\n"), "sheet \"survey\", row 3, column \"type\": score__row stands between");
}

/* Hostile shapes that cost time if a step were quadratic. */
static void large_forms_are_fast(void **state)
{
	size_t n = 4900, size = n * 120 + 20000 * 60 + 10000, at = 0;
	char *csv = malloc(size);
	(void)state;
	at += (size_t)sprintf(csv + at, "survey\n,type,name,label,relevant\n");
	for (size_t i = 0; i < n; i++)
		at += (size_t)sprintf(csv + at, ",select_one l,q%zu,Question %zu,%s%zu%s\n", i, i, i ? "${q" : "true() or ", i ? i - 1 : 1, i ? "} = 'c1'" : " = 1");
	at += (size_t)sprintf(csv + at, "choices\n,list_name,name,label\n");
	for (size_t i = 0; i < 19000; i++)
		at += (size_t)sprintf(csv + at, ",l,c%zu,Choice %zu\n", i, i);
	assert_true(at < size);
	struct imported form = import_text(csv);
	free(csv);
	accepted(form, "q4899");
	assert_int_equal(form.report.n_questions, n);
}

/* Forms of others are read in place and never committed: skipped where they are not. */
#define SHARED "../shared/data/xlsforms/"

static void samples(void **state)
{
	static const struct { const char *file; size_t questions, groups, lists, choices, languages; } good[] = {
		{ "field/household-multilingual-demo.xlsx", 69, 5, 15, 109, 4 }, { "field/measurement-standardisation.xlsx", 7, 4, 2, 4, 0 },
		{ "field/older-people-rapid-assessment.xlsx", 106, 24, 13, 81, 2 }, { "field/village-cascading-areas.xlsx", 10, 0, 3, 188, 0 },
		{ "syntax/widgets.xls", 32, 4, 5, 18, 0 }, { "syntax/tutorial.xls", 10, 1, 3, 7, 0 }, { "syntax/case_insensitivity.xlsx", 3, 0, 2, 4, 1 },
		{ "syntax/specify_other.xlsx", 2, 0, 1, 2, 1 }, { "syntax/repeat_date_test.xls", 5, 1, 5, 18, 0 }, { "syntax/kobo-formatting-examples.xlsx", 15, 15, 1, 2, 1 },
	};
	static const char *const faulty[][2] = {
		{ "calculate_without_calculation.xls", "sheet \"survey\", row 34, column \"calculation\"" }, { "duplicate_columns.xlsx", "sheet \"survey\", row 1, column \"label\"" },
		{ "spaces_in_choices_header.xls", "sheet \"choices\", row 1, column \"header with spaces\"" }, { "ict_survey_fails.xls", "sheet \"survey\", row 1, column \"bind: relevant\"" },
	};
	(void)state;
	if (access(SHARED, R_OK) != 0)
		skip();
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct why why = { 0 };
		struct workbook *workbook = workbook_load(arena, arena_printf(arena, SHARED "%s", good[i].file), &why);
		assert_string_equal(why.detail, "");
		struct imported form = import_workbook(workbook);
		accepted(form, "\"survey\": [");
		assert_int_equal(form.report.n_questions, good[i].questions);
		assert_int_equal(form.report.n_groups, good[i].groups);
		assert_int_equal(form.report.n_lists, good[i].lists);
		assert_int_equal(form.report.n_choices, good[i].choices);
		assert_int_equal(form.report.n_languages, good[i].languages);
	}
	for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
		struct why why = { 0 };
		struct workbook *workbook = workbook_load(arena, arena_printf(arena, SHARED "faulty/%s", faulty[i][0]), &why);
		assert_string_equal(why.detail, "");
		struct imported form = import_workbook(workbook);
		assert_null(form.json);
		has(form.said, arena_printf(arena, "error: %s: %s", faulty[i][0], faulty[i][1]));
	}
}

static void no_problem(void *data, int line, int column, const char *format, ...)
{
	va_list args;
	char text[512];
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	*(char **)data = arena_printf(arena, "%s%d:%d: %s\n", *(char **)data ? *(char **)data : "", line, column, text);
}

/* Out to a spreadsheet and in again. */
static char *round_trip(const char *json)
{
	static const char path[] = "/tmp/test_xlsform.xlsx";
	struct why why = { 0 };
	char *problems = NULL;
	char *file = arena_printf(arena, "%s.%ld", path, (long)getpid());
	xlsform_export(arena, json, strlen(json), file, no_problem, &problems, &why);
	if (why.code)
		print_message("# %s\n# %s\n", why.detail, problems);
	assert_int_equal(why.code, OK);
	struct workbook *workbook = workbook_load(arena, file, &why);
	unlink(file);
	assert_string_equal(why.detail, "");
	struct imported form = import_workbook(workbook);
	if (!form.json)
		print_message("# %s\n", form.said);
	assert_non_null(form.json);
	return form.json;
}

static void samples_go_round(void **state)
{
	static const char *const folders[] = { SHARED "field", SHARED "syntax" };
	size_t n = 0;
	(void)state;
	if (access(SHARED, R_OK) != 0)
		skip();
	for (size_t i = 0; i < 2; i++) {
		DIR *dir = opendir(folders[i]);
		assert_non_null(dir);
		for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
			struct why why = { 0 };
			if (*entry->d_name == '.' || strstr(entry->d_name, ".md"))
				continue;
			struct workbook *workbook = workbook_load(arena, arena_printf(arena, "%s/%s", folders[i], entry->d_name), &why);
			assert_string_equal(why.detail, "");
			const char *json = import_workbook(workbook).json;
			assert_string_equal(json, round_trip(json));
			n++;
		}
		closedir(dir);
	}
	assert_int_equal(n, 18);
}

/* The forms of our own bundles: after one round nothing changes any more. */
static void bundles_go_round(void **state)
{
	static const char *const forms[] = { "armenia/forms/assessment", "armenia/forms/intake", "demo/forms/assessment", "template/forms/profile" };
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		char *text = arena_alloc(arena, 1 << 20);
		FILE *file = fopen(arena_printf(arena, "country-configs/%s.json", forms[i]), "rb");
		assert_non_null(file);
		assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
		fclose(file);
		const char *once = round_trip(text);
		assert_string_equal(once, round_trip(once));
		const char *member[] = { "\"scores\"", "\"bands\"", "\"needs\"", "\"meaning\"", "\"dimension\"", "\"column\"" };
		for (size_t k = 0; k < sizeof member / sizeof *member; k++)
			if (strstr(text, arena_printf(arena, "%s: [{", member[k])))
				has(once, member[k]);
	}
}

static void texts_survive(void **state)
{
	static const char *const texts[] = { "=1+1", "+a", "'quoted", "_x000D_ and _x0041_", "Tab\there", "two\nlines", "é ÿ Ա 漢 😀", "<b>&amp;</b>", "a \"b\" \\ c", "TRUE", "1", "007", "1e5" };
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *cell = arena_strdup(arena, texts[i]);
		struct workbook workbook = { .file = "f.csv" };
		struct sheet survey = { .name = "survey" };
		struct sheet_row heads = { .number = 1 }, row = { .number = 2 };
		struct cell head[3] = { { 0, CELL_TEXT, "type", &head[1] }, { 1, CELL_TEXT, "name", &head[2] }, { 2, CELL_TEXT, "label::English", NULL } };
		struct cell cells[3] = { { 0, CELL_TEXT, "note", &cells[1] }, { 1, CELL_TEXT, "q", &cells[2] }, { 2, CELL_TEXT, cell, NULL } };
		heads.first = head;
		heads.next = &row;
		row.first = cells;
		survey.first = &heads;
		workbook.first = &survey;
		struct imported form = import_workbook(&workbook);
		assert_non_null(form.json);
		assert_string_equal(form.json, round_trip(form.json));
	}
}

static void what_no_spreadsheet_holds(void **state)
{
	static const char *const cases[][2] = {
		{ "{\"title\": \"T\"}", "1:1: \"survey\" must be a list of questions" }, { "{\"title\"", "1:9" },
		{ "{\"title\": {\"en\": \"T\", \"fr\": \"U\"}, \"survey\": [{\"type\": \"note\", \"name\": \"q\", \"label\": \"L\"}]}", "a title in several languages" },
		{ "{\"title\": \"T\", \"survey\": [{\"type\": \"note\", \"name\": \"q\", \"label\": \"a\\u0001b\"}]}", "control character" },
		{ "{\"title\": \"T\", \"survey\": [{\"type\": \"note\", \"name\": \"q\", \"label\": \"a\", \"columns\": {\"label\": \"b\"}}]}", "two values would stand in the column \"label\"" },
		{ "{\"title\": \"T\", \"survey\": [{\"type\": \"note\", \"name\": \"q\", \"label\": \"a\"}], \"sheets\": {\"a/b\": []}}", "no name that a sheet can have" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct why why = { 0 };
		char *problems = NULL;
		assert_int_equal(xlsform_export(arena, cases[i][0], strlen(cases[i][0]), "/tmp/never-there.xlsx", no_problem, &problems, &why), ERR_INVALID);
		has(problems, cases[i][1]);
		assert_int_not_equal(access("/tmp/never-there.xlsx", F_OK), 0);
	}
	struct why why = { 0 };
	char *problems = NULL;
	static const char good[] = "{\"title\": \"T\", \"survey\": [{\"type\": \"note\", \"name\": \"q\", \"label\": \"a\"}]}";
	assert_int_not_equal(xlsform_export(arena, good, strlen(good), "/nowhere/x.xlsx", no_problem, &problems, &why), OK);
	assert_string_not_equal(why.detail, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
		T(types_in_all_spellings), T(types_nobody_knows), T(names), T(begin_and_end), T(headings), T(rows), T(yes_and_no), T(references), T(triggers),
		T(parameters), T(choices), T(choices_twice), T(settings), T(case_management), T(kobo_constructs), T(many_errors_at_once), T(large_forms_are_fast), T(samples),
		T(samples_go_round), T(bundles_go_round), T(texts_survive), T(what_no_spreadsheet_holds),
	};
	return RUN_TESTS(tests);
}
