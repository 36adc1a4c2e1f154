/* SPDX-License-Identifier: Apache-2.0
 *
 * A definition as an XLSForm workbook. The tree of the definition is laid out into tables
 * whose columns are found on the way (xlsform_columns.c) and written at the end, so that only
 * the columns that hold something are there, in the order of XLSForm's reference. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/text.h"
#include "form/json.h"
#include "xlsform_export.h"

/* A value as a cell's text: numbers and true, false come as a person would write them. */
static const char *cell_text(struct xf_export *x, const struct json *j)
{
	if (j->kind == JSON_NUMBER)
		return arena_printf(x->arena, "%.15g", j->number);
	return j->kind == JSON_BOOLEAN ? (j->boolean ? "yes" : "no") : j->string;
}

static void put_texts(struct xf_export *x, struct xf_out *sheet, const struct json *j, enum xf_key key)
{
	if (j->kind != JSON_OBJECT) {
		out_cell(x, sheet, key, NULL, j, cell_text(x, j));
		return;
	}
	for (json_each(text, j))
		out_cell(x, sheet, key, *text->key ? text->key : NULL, text, text->string);
}

static void put_parameters(struct xf_export *x, struct xf_out *sheet, const struct json *j)
{
	const char *text = "";
	for (json_each(pair, j))
		text = arena_printf(x->arena, "%s%s%s=%s", text, *text ? " " : "", pair->key, cell_text(x, pair));
	out_cell(x, sheet, K_PARAMETERS, NULL, j, text);
}

/* A member of a question, choice, score or rule under its column. */
static void put_member(struct xf_export *x, struct xf_out *sheet, const struct json *j, enum xf_key key)
{
	switch (xf_key_kind(key)) {
	case XF_TEXT:
		put_texts(x, sheet, j, key);
		break;
	case XF_PARAMETERS:
		put_parameters(x, sheet, j);
		break;
	case XF_EXPRESSION:
		out_cell(x, sheet, key, NULL, j, j->kind == JSON_BOOLEAN ? (j->boolean ? "true()" : "false()") : cell_text(x, j));
		break;
	default:
		out_cell(x, sheet, key, NULL, j, cell_text(x, j));
	}
}

static enum xf_key key_of(const char *member)
{
	for (int key = 0; key < K_OTHER; key++)
		if (!strcmp(xf_key_member((enum xf_key)key), member))
			return (enum xf_key)key;
	return K_OTHER;
}

static void put_questions(struct xf_export *x, const struct json *list);

/* "select_one yes_no", or_other and groups: what the type column says. */
static const char *type_text(struct xf_export *x, const struct json *question)
{
	const char *type = json_get(question, "type")->string;
	const struct json *or_other = json_get(question, "or_other");
	if (!strcmp(type, "group") || !strcmp(type, "repeat"))
		return arena_printf(x->arena, "begin_%s", type);
	return or_other && or_other->boolean ? arena_printf(x->arena, "%s or_other", type) : type;
}

static void put_question(struct xf_export *x, const struct json *question)
{
	const struct json *type = json_get(question, "type"), *inside = json_get(question, "questions");
	out_row(x, &x->survey);
	out_cell(x, &x->survey, K_TYPE, NULL, type, type_text(x, question));
	for (json_each(member, question)) {
		enum xf_key key = key_of(member->key);
		if (!strcmp(member->key, "columns")) {
			for (json_each(cell, member))
				out_heading_cell(x, &x->survey, cell->key, cell, cell_text(x, cell));
		} else if (!strcmp(member->key, "unsupported")) {
			json_problem(&x->report, member, "\"unsupported\" has no place in a spreadsheet; a type that is not supported says it by itself");
		} else if (key != K_OTHER && key != K_TYPE && member->kind != JSON_NULL) {
			put_member(x, &x->survey, member, key);
		}
	}
	if (strcmp(type->string, "group") != 0 && strcmp(type->string, "repeat") != 0)
		return;
	put_questions(x, inside);
	out_row(x, &x->survey);
	out_cell(x, &x->survey, K_TYPE, NULL, type, arena_printf(x->arena, "end_%s", type->string));
}

static void put_questions(struct xf_export *x, const struct json *list)
{
	for (json_each(question, list))
		put_question(x, question);
}

static void put_choices(struct xf_export *x, struct xf_out *sheet, const struct json *lists)
{
	static const enum xf_key own[] = { K_NAME, K_LABEL, K_IMAGE, K_BIG_IMAGE, K_AUDIO, K_VIDEO, K_DESCRIPTION, K_SCORE, K_MEANING };
	for (json_each(list, lists))
		for (json_each(choice, list)) {
			out_row(x, sheet);
			out_cell(x, sheet, K_LIST_NAME, NULL, list, list->key);
			for (json_each(member, choice)) {
				enum xf_key key = K_OTHER;
				for (size_t i = 0; i < sizeof own / sizeof *own; i++)
					if (!strcmp(xf_key_member(own[i]), member->key))
						key = own[i];
				if (key != K_OTHER && member->kind != JSON_NULL)
					put_member(x, sheet, member, key);
				else if (member->kind != JSON_NULL)
					out_heading_cell(x, sheet, member->key, member, cell_text(x, member));
			}
		}
}

static void put_settings(struct xf_export *x, const struct json *root)
{
	static const char *const own[][2] = { { "title", "form_title" }, { "form_id", "form_id" }, { "version", "version" }, { "kind", "kind" },
		{ "default_language", "default_language" }, { "note", "note" } };
	const struct json *title = json_get(root, "title");
	if (title && title->kind == JSON_OBJECT)
		json_problem(&x->report, title, "a title in several languages has no place in a spreadsheet; give one");
	out_row(x, &x->settings);
	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		const struct json *member = json_get(root, own[i][0]);
		if (member && member->kind != JSON_NULL)
			out_heading_cell(x, &x->settings, own[i][1], member, cell_text(x, member));
	}
	for (json_each(member, json_get(root, "settings")))
		out_heading_cell(x, &x->settings, member->key, member, cell_text(x, member));
}

static void put_band(struct xf_export *x, const struct json *score, const struct json *band)
{
	out_row(x, &x->bands);
	out_cell(x, &x->bands, K_SCORE, NULL, score, score->string);
	for (json_each(member, band))
		if (member->kind != JSON_NULL && key_of(member->key) != K_OTHER)
			put_member(x, &x->bands, member, key_of(member->key));
}

static void put_scores(struct xf_export *x, const struct json *scores)
{
	for (json_each(score, scores)) {
		out_row(x, &x->scores);
		for (json_each(member, score)) {
			if (!strcmp(member->key, "scale") && member->first && member->first->next) {
				out_cell(x, &x->scores, K_SCALE_MIN, NULL, member->first, cell_text(x, member->first));
				out_cell(x, &x->scores, K_SCALE_MAX, NULL, member->first->next, cell_text(x, member->first->next));
			} else if (member->kind != JSON_NULL && key_of(member->key) != K_OTHER) {
				put_member(x, &x->scores, member, key_of(member->key));
			}
		}
		for (json_each(band, json_get(score, "bands")))
			put_band(x, json_get(score, "name"), band);
	}
}

static void put_rules(struct xf_export *x, struct xf_out *sheet, const struct json *rules)
{
	for (json_each(rule, rules)) {
		out_row(x, sheet);
		for (json_each(member, rule))
			if (member->kind != JSON_NULL && key_of(member->key) != K_OTHER)
				put_member(x, sheet, member, key_of(member->key));
	}
}

static void lay_out(struct xf_export *x, const struct json *root)
{
	const struct json *languages = json_get(root, "languages");
	out_heading(x, &x->survey, K_TYPE, NULL);
	out_heading(x, &x->survey, K_NAME, NULL);
	if (!languages || !languages->n)
		out_heading(x, &x->survey, K_LABEL, NULL);
	for (json_each(language, languages)) {
		x->language[x->n_languages++] = language->string;
		out_heading(x, &x->survey, K_LABEL, language->string);
	}
	put_questions(x, json_get(root, "survey"));
	put_choices(x, &x->choices, json_get(root, "choices"));
	put_choices(x, &x->external, json_get(root, "external_choices"));
	put_settings(x, root);
	put_scores(x, json_get(root, "scores"));
	put_rules(x, &x->needs, json_get(root, "needs"));
	put_rules(x, &x->strengths, json_get(root, "strengths"));
}

/* What Excel takes as the name of a sheet; asked first, because libxlsxwriter complains on standard error. */
static bool is_sheet_name(const char *name)
{
	return *name && *name != '\'' && text_length(name) <= 31 && !strpbrk(name, "[]:*?/\\\t\n") && name[strlen(name) - 1] != '\'' && text_is_clean(name, strlen(name));
}

/* Sheets kept as they were: rows of texts. */
static bool write_raw(struct xf_export *x, lxw_workbook *book, const struct json *sheets)
{
	for (json_each(sheet, sheets)) {
		lxw_row_t row = 0;
		lxw_worksheet *to = is_sheet_name(sheet->key) && !workbook_get_worksheet_by_name(book, sheet->key) ? workbook_add_worksheet(book, sheet->key) : NULL;
		if (!to) {
			json_problem(&x->report, sheet, "\"%s\" is no name that a sheet can have", sheet->key);
			return false;
		}
		for (json_each(cells, sheet)) {
			lxw_col_t column = 0;
			for (json_each(cell, cells))
				if (*cell->string && !out_write(x, to, row, column, cell, cell->string, false))
					return false;
				else
					column++;
			row++;
		}
	}
	return true;
}

static enum err write_book(struct xf_export *x, const char *path, const struct json *root, struct why *why)
{
	struct xf_out *const sheets[] = { &x->survey, &x->choices, &x->external, &x->settings, &x->scores, &x->bands, &x->needs, &x->strengths };
	lxw_workbook *book = workbook_new(path);
	if (!book)
		return fail(why, ERR_IO, "there is no memory to write %.150s", path);
	lxw_format *bold = workbook_add_format(book);
	format_set_bold(bold);
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		out_sheet(x, book, sheets[i], bold);
	write_raw(x, book, json_get(root, "sheets"));
	lxw_error error = workbook_close(book);
	if (error)
		return fail(why, ERR_IO, "%.120s cannot be written: %s", path, lxw_strerror(error));
	return x->report.n ? fail(why, ERR_INVALID, "the definition has %zu problems", x->report.n) : OK;
}

static void name_sheets(struct xf_export *x)
{
	x->survey.name = "survey";
	x->choices.name = "choices";
	x->external.name = "external_choices";
	x->settings.name = "settings";
	x->scores.name = "scores";
	x->bands.name = "bands";
	x->needs.name = "needs";
	x->strengths.name = "strengths";
}

enum err xlsform_export(struct arena *arena, const char *json, size_t length, const char *path,
                        form_problem_fn *problem, void *data, struct why *why)
{
	if (!form_load(arena, "form", json, length, problem, data))
		return fail(why, ERR_INVALID, "this is no definition of a form");
	struct xf_export *x = arena_new_of(arena, struct xf_export);
	*x = (struct xf_export){ .arena = arena, .report = { .arena = arena, .problem = problem, .data = data } };
	const struct json *root = json_read(&x->report, json, length), *languages = json_get(root, "languages");
	x->language = arena_array(arena, const char *, languages ? languages->n : 0);
	name_sheets(x);
	lay_out(x, root);
	if (x->report.n)
		return fail(why, ERR_INVALID, "the definition has %zu problems", x->report.n);
	const char *beside = arena_printf(arena, "%s.%ld.new", path, (long)getpid());
	struct stat st;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return fail(why, ERR_INVALID, "%.150s is there and is no file", path);
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return fail(why, err_from_errno(errno), "%.150s cannot be written (%s)", path, strerror(errno));
	close(fd);
	enum err err = write_book(x, beside, root, why);
	if (!err && rename(beside, path) != 0)
		err = fail(why, err_from_errno(errno), "%.150s cannot be written (%s)", path, strerror(errno));
	if (err)
		unlink(beside);
	return err;
}
