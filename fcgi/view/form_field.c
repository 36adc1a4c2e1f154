/* SPDX-License-Identifier: Apache-2.0
 *
 * One question as an item of the page: which control, its words, its value, its choices
 * with what was chosen last time, and what is wrong with it. */
#include "form_show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "country/words.h"

#define MANY_CHOICES 15          /* more of them become a select */
#define SIDE_BY_SIDE 2           /* yes and no need no two lines */

bool form_show_is_fixed(const struct form_show *show, const struct node *node)
{
	return show->options->is_closed || answers_is_read_only(&show->answers, node);
}

static const char *kind_of_select(const struct question *q, size_t n)
{
	if (strstr(q->appearance, "levels"))
		return "levels";
	if (strstr(q->appearance, "likert"))
		return "likert";
	if (n <= SIDE_BY_SIDE && !q->choice_filter && !*q->appearance)
		return "likert";
	return strstr(q->appearance, "minimal") || strstr(q->appearance, "autocomplete") || strstr(q->appearance, "search") || n > MANY_CHOICES
	     ? "choice" : "radios";
}

/* A browser drops what its own date or number field cannot read: such text is shown in a plain one, to be corrected. */
static const char *kind_or_line(const struct node *node, const char *kind)
{
	double number;
	const char *value = node->value;
	bool is_good = !*value || (node->question->type == Q_DATE ? date_is_valid(value)
	                         : node->question->type == Q_TIME ? strlen(value) >= 5 && strspn(value, "0123456789:.") == strlen(value)
	                         : text_to_double(value, &number));
	return is_good ? kind : "line";
}

static const char *kind_of(const struct node *node)
{
	const struct question *q = node->question;
	switch (q->type) {
	case Q_TEXT:
		return strstr(q->appearance, "multiline") || strchr(node->value, '\n') ? "text" : "line";
	case Q_NOTE:
		return "note";
	case Q_RANGE:
		return kind_or_line(node, "range");
	case Q_SELECT_ONE:
		return node->parent->question && strstr(node->parent->question->appearance, "table-list") && q->choices->n <= 12 ? "row" : kind_of_select(q, q->choices->n);
	case Q_SELECT_MULTIPLE:
		return "checks";
	case Q_RANK:
		return "rank";
	case Q_DATE:
		return kind_or_line(node, "date");
	case Q_TIME:
		return kind_or_line(node, "time");
	case Q_DATETIME:
		return "datetime";
	case Q_GEOPOINT:
		return "geopoint";
	case Q_IMAGE: case Q_FILE:
		return "upload";
	case Q_ACKNOWLEDGE:
		return "flag";
	default:
		return "line";
	}
}

/* Is the choice of that name the answer, or one of its several. */
static bool has_name(const struct node *node, const char *name)
{
	size_t n = strlen(name);
	const char *list = node->value;
	if (node->question->type == Q_SELECT_ONE)
		return !strcmp(list, name);
	for (const char *p = strstr(list, name); p && n; p = strstr(p + 1, name))
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

/* The country's own number of a level: its score, its name when that is a number, else its place. */
static const char *level_number(const struct form_show *show, const struct choice *choice, size_t place)
{
	double number;
	if (text_to_double(choice->name, &number))
		return choice->name;
	return choice->has_score ? arena_printf(show->arena, "%g", choice->score) : arena_printf(show->arena, "%zu", place + 1);
}

static void show_option(struct form_show *show, struct vnode *item, const struct node *node, const struct choice *choice, size_t place)
{
	const struct node *before = form_show_previous(show, node);
	struct vnode *option = view_item(show->view, item, "Options");
	const char *label = form_show_text(show, &choice->label, node);
	view_set(show->view, option, "Value", choice->name);
	view_set(show->view, option, "Label", *label ? label : choice->name);
	view_set(show->view, option, "Description", form_show_text(show, &choice->description, node));
	view_flag(show->view, option, "Chosen", has_name(node, choice->name));
	view_int(show->view, option, "Meaning", choice->meaning);
	view_set(show->view, option, "Number", level_number(show, choice, place));
	if (choice->image && show->options->media_url)
		view_set(show->view, option, "Image", show->options->media_url(show->options->data, choice->image));
	if (before && choice_is_named(choice, before->value))
		view_set(show->view, option, "Was", tr_fill(show->arena, tr("On %1"), form_show_previous_date(show), NULL));
}

static void show_options(struct form_show *show, struct vnode *item, const struct node *node)
{
	const struct choice **choice;
	size_t n = answers_choices(&show->answers, node, &choice, show->arena);
	for (size_t i = 0; i < n; i++)
		show_option(show, item, node, choice[i], i);
}

/* One select for each place, all choices in each: orders without a script. */
static void show_places(struct form_show *show, struct vnode *item, const struct node *node, const char *name)
{
	const struct choice **choice;
	size_t n = answers_choices(&show->answers, node, &choice, show->arena);
	char *save = NULL, *chosen = strtok_r(arena_strdup(show->arena, node->value), " ", &save);
	for (size_t i = 0; i < n; i++, chosen = chosen ? strtok_r(NULL, " ", &save) : NULL) {
		struct vnode *place = view_item(show->view, item, "Places");
		view_setf(show->view, place, "Name", "%s.%zu", name, i + 1);
		view_set(show->view, place, "Label", tr_fill(show->arena, tr("Place %1"), arena_printf(show->arena, "%zu", i + 1), NULL));
		for (size_t k = 0; k < n; k++) {
			struct vnode *option = view_item(show->view, place, "Options");
			view_set(show->view, option, "Value", choice[k]->name);
			view_set(show->view, option, "Label", form_show_text(show, &choice[k]->label, node));
			view_flag(show->view, option, "Chosen", text_eq(chosen, choice[k]->name));
		}
	}
}

static void show_parts(struct form_show *show, struct vnode *item, const struct node *node)
{
	const char *value = node->value;
	if (node->question->type == Q_DATETIME) {
		const char *split = strpbrk(value, "T ");
		view_set(show->view, item, "Date", split ? arena_strndup(show->arena, value, (size_t)(split - value)) : value);
		view_set(show->view, item, "Time", split ? arena_strndup(show->arena, split + 1, 5) : "");
		return;
	}
	const char *space = strchr(value, ' ');
	size_t length = space ? strcspn(space + 1, " ") : 0;
	view_set(show->view, item, "Lat", space ? arena_strndup(show->arena, value, (size_t)(space - value)) : value);
	view_set(show->view, item, "Lon", space ? arena_strndup(show->arena, space + 1, length) : "");
}

static void show_upload(struct form_show *show, struct vnode *item, const struct node *node)
{
	const char *name = node->value, *url = NULL;
	view_set(show->view, item, "Accept", node->question->type == Q_IMAGE ? "image/*" : NULL);
	if (!*node->value)
		return;
	if (show->options->file && !show->options->file(show->options->data, node->value, &name, &url))
		name = node->value;
	view_set(show->view, item, "FileName", name);
	view_set(show->view, item, "FileUrl", url);
}

/* What only some controls have. */
static void show_control(struct form_show *show, struct vnode *item, const struct node *node, const char *kind, const char *name)
{
	const struct question *q = node->question;
	if (q->type == Q_SELECT_ONE || q->type == Q_SELECT_MULTIPLE)
		show_options(show, item, node);
	else if (q->type == Q_RANK)
		show_places(show, item, node, name);
	else if (q->type == Q_DATETIME || q->type == Q_GEOPOINT)
		show_parts(show, item, node);
	else if (q->type == Q_IMAGE || q->type == Q_FILE)
		show_upload(show, item, node);
	if (q->type == Q_RANGE) {
		view_setf(show->view, item, "Min", "%.10g", q->range_start);
		view_setf(show->view, item, "Max", "%.10g", q->range_end);
		view_setf(show->view, item, "Step", "%.10g", q->range_step);
	}
	if (!strcmp(kind, "line")) {
		bool is_whole = q->type == Q_INTEGER || strstr(q->appearance, "numbers");
		view_set(show->view, item, "Type", q->type == Q_PHONENUMBER ? "tel" : q->type == Q_EMAIL ? "email" : "text");
		view_set(show->view, item, "Inputmode", is_whole ? "numeric" : q->type == Q_DECIMAL ? "decimal" : NULL);
	}
}

/* Last round's answer, where no choice can carry the mark. */
static bool show_was(struct form_show *show, struct vnode *item, const struct node *node, const char *kind)
{
	const struct node *before = form_show_previous(show, node);
	static const char *const marks_itself[] = { "levels", "likert", "radios", "checks", "row" };
	for (size_t i = 0; i < sizeof marks_itself / sizeof *marks_itself; i++)
		if (!strcmp(kind, marks_itself[i]))
			before = strcmp(kind, "levels") ? NULL : before;
	if (!before)
		return false;
	const char *words = form_show_words(show, show->options->previous, before);
	view_set(show->view, item, "Was", tr_fill(show->arena, tr("On %1: %2"), form_show_previous_date(show), words, NULL));
	const struct choice *choice = choice_find(before->question->choices, before->value);
	if (choice && !strcmp(kind, "levels")) {
		view_int(show->view, item, "WasMeaning", choice->meaning);
		view_set(show->view, item, "WasNumber", level_number(show, choice, (size_t)(choice - before->question->choices->choice)));
	}
	return true;
}

static bool show_problem(struct form_show *show, struct vnode *item, const struct node *node)
{
	for (size_t i = 0; i < show->options->problems.n; i++) {
		const struct answer_problem *problem = &show->options->problems.item[i];
		if (problem->node != node)
			continue;
		view_set(show->view, item, "Problem", tr_fill(show->arena, tr(problem->message), problem->param[0], problem->param[1], NULL));
		return true;
	}
	return false;
}

static void show_media(struct form_show *show, struct vnode *item, const struct node *node)
{
	const struct question *q = node->question;
	const char *file = q->media.n ? form_show_text(show, &q->media, node) : q->media_image;
	if (file && *file && show->options->media_url)
		view_set(show->view, item, "Image", show->options->media_url(show->options->data, file));
}

/* What a reader hears with the field: each part that is there. */
static void show_described_by(struct form_show *show, struct vnode *item, const char *id, bool has_hint, bool has_was, bool has_problem)
{
	const char *part[] = { has_hint ? "-hint" : NULL, has_was ? "-was" : NULL, has_problem ? "-problem" : NULL };
	char *ids = arena_strdup(show->arena, "");
	for (size_t i = 0; i < sizeof part / sizeof *part; i++)
		if (part[i])
			ids = arena_printf(show->arena, "%s%s%s%s", ids, *ids ? " " : "", id, part[i]);
	view_set(show->view, item, "DescribedBy", *ids ? ids : NULL);
}

void form_show_field(struct form_show *show, const struct node *node)
{
	const struct question *q = node->question;
	const char *path = answers_path(node, show->arena), *kind = kind_of(node);
	bool was_levels = show->is_after_levels, is_fixed = q->type != Q_NOTE && form_show_is_fixed(show, node);
	if (is_fixed && strcmp(kind, "row"))
		kind = "fixed";
	struct vnode *item = form_show_item(show, kind, form_show_text(show, &q->label, node));
	const char *name = arena_printf(show->arena, "q/%s", path), *id = form_view_id(path, show->arena), *hint = form_show_text(show, &q->hint, node);
	view_set(show->view, item, "Name", name);
	view_set(show->view, item, "Id", id);
	view_set(show->view, item, "Hint", hint);
	view_set(show->view, item, "Guidance", form_show_text(show, &q->guidance_hint, node));
	show_media(show, item, node);
	if (q->type == Q_NOTE)
		return;
	view_set(show->view, item, "Value", strcmp(kind, "fixed") ? node->value : form_show_words(show, &show->answers, node));
	view_flag(show->view, item, "Fixed", is_fixed);
	view_flag(show->view, item, "Optional", !is_fixed && !answers_is_required(&show->answers, node));
	view_flag(show->view, item, "Evidence", was_levels && !strcmp(kind, "text"));
	bool has_problem = show_problem(show, item, node), has_was = show_was(show, item, node, kind);
	show_control(show, item, node, kind, name);
	show_described_by(show, item, id, *hint, has_was, has_problem);
	show->is_after_levels = !strcmp(kind, "levels");
}
