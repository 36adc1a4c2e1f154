/* SPDX-License-Identifier: Apache-2.0
 *
 * The score beside a form: total, profile by dimension compared with the last round, the
 * needs it makes, and how each figure came about. Outside is better on the chart, so
 * scales that count upwards to worse are turned round. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "chart.h"
#include "country/words.h"
#include "form_show.h"
#include "format.h"

#define MAX_AXES 16

struct panel {
	struct form_show show;
	struct vnode *node;             /* Score */
	struct outcome now, was;
	bool has_was;
};

static const struct score_result *find_was(const struct panel *panel, const struct score *score)
{
	for (size_t i = 0; panel->has_was && i < panel->was.n_scores; i++)
		if (!strcmp(panel->was.score[i].score->name, score->name) && panel->was.score[i].is_scored)
			return &panel->was.score[i];
	return NULL;
}

/* By the bands' meanings: 1 more is better, −1 less is better, 0 neither is known. */
static int direction(const struct score *score)
{
	if (score->n_bands < 2)
		return 0;
	int from = score->band[0].meaning, to = score->band[score->n_bands - 1].meaning;
	return (to > from) - (to < from);
}

static const char *number_text(const struct panel *panel, double number)
{
	return format_number(panel->show.arena, number, fabs(number - round(number)) < 0.05 ? 0 : 1);
}

/* "+1", with a true minus. */
static const char *change_text(const struct panel *panel, double change)
{
	if (fabs(change) < 0.05)
		return NULL;
	return arena_printf(panel->show.arena, "%s%s", change > 0 ? "+" : "−", number_text(panel, fabs(change)));
}

/* Numbers of two versions of a form can be subtracted only when they count alike. */
static bool is_same_scale(const struct score *a, const struct score *b)
{
	return fabs(a->scale_min - b->scale_min) < 1e-9 && fabs(a->scale_max - b->scale_max) < 1e-9;
}

/* 1 to 5, 5 always the best. */
static double on_axis(const struct score *score, double number)
{
	double span = score->scale_max - score->scale_min, part = span > 0 ? (number - score->scale_min) / span : 0;
	part = part < 0 ? 0 : part > 1 ? 1 : part;
	return 1 + 4 * (direction(score) < 0 ? 1 - part : part);
}

/* Is it the score that speaks for its dimension: of its name, else the first of it. */
static bool is_main(const struct form *form, const struct score *score)
{
	const struct score *first = NULL;
	if (!score->dimension)
		return false;
	for (size_t i = 0; i < form->n_scores; i++) {
		if (!text_eq(form->score[i].dimension, score->dimension))
			continue;
		if (!strcmp(form->score[i].name, score->dimension))
			return &form->score[i] == score;
		first = first ? first : &form->score[i];
	}
	return first == score;
}

/* Sources that this actor may not read give no number away either. */
static bool may_read(const struct panel *panel, const struct score *score)
{
	for (size_t i = 0; i < score->n_sources && score->dimension; i++)
		if (!form_view_may_read(panel->show.options, score->source[i]))
			return false;
	return true;
}

static const char *band_word(const struct panel *panel, const struct band *band)
{
	return band ? form_show_text(&panel->show, &band->label, panel->show.answers.root) : "";
}

static void fill_figure(const struct panel *panel, struct vnode *node, const struct score_result *result)
{
	const struct score_result *was = find_was(panel, result->score);
	struct view *view = panel->show.view;
	view_set(view, node, "Label", form_show_text(&panel->show, &result->score->label, panel->show.answers.root));
	if (!result->is_scored)
		return;
	double change = was && is_same_scale(was->score, result->score) ? result->number - was->number : 0;
	view_set(view, node, "Number", number_text(panel, result->number));
	view_set(view, node, "Of", result->score->scale_max > 0 ? number_text(panel, result->score->scale_max) : NULL);
	view_int(view, node, "Meaning", result->band ? result->band->meaning : 0);
	view_set(view, node, "Word", band_word(panel, result->band));
	if (!was)
		return;
	view_set(view, node, "Was", number_text(panel, was->number));
	view_set(view, node, "WasWord", band_word(panel, was->band));
	view_set(view, node, "Change", change_text(panel, change));
	view_set(view, node, "ChangeKind", !direction(result->score) ? "" : change * direction(result->score) > 0 ? "good" : "bad");
	if (change_text(panel, change))
		view_set(view, node, "ChangeText", tr_fill(panel->show.arena, tr("%1 since %2"), change_text(panel, change),
		                                           form_show_previous_date(&panel->show), NULL));
}

/* The answers a figure was made from. */
static void explain(const struct panel *panel, const struct score_result *result)
{
	const struct form_show *show = &panel->show;
	struct vnode *item = view_item(show->view, panel->node, "Explained");
	fill_figure(panel, item, result);
	view_set(show->view, item, "Count", tr_fill(show->arena, tr("%1 of %2 answered"), arena_printf(show->arena, "%zu", result->n_answered),
	                                            arena_printf(show->arena, "%zu", result->n_sources), NULL));
	for (size_t i = 0; i < result->n_sources; i++) {
		const struct node *source = result->source[i];
		if (!form_view_may_read(show->options, source->question))
			continue;
		struct vnode *line = view_item(show->view, item, "Sources");
		const char *id = form_view_id(answers_path(source, show->arena), show->arena);
		const struct node *page = source;
		while (page->parent && page->parent->parent)
			page = page->parent;
		view_set(show->view, line, "Label", form_show_text(show, &source->question->label, source));
		view_set(show->view, line, "Value", *source->value ? form_show_words(show, &show->answers, source) : tr("Not answered yet"));
		if (show->options->page_url)
			view_setf(show->view, line, "Url", "%s#%s", show->options->page_url(show->options->data, page->name), id);
	}
}

/* Short words for the ends of the chart. */
static const char *short_label(const struct panel *panel, const struct score *score)
{
	const struct form_view_options *options = panel->show.options;
	const char *label = options->dimension_label ? options->dimension_label(options->data, score->dimension) : NULL;
	return label ? label : form_show_text(&panel->show, &score->label, panel->show.answers.root);
}

static struct chart_axis axis_of(const struct panel *panel, const struct score_result *result)
{
	const struct score_result *was = find_was(panel, result->score);
	struct chart_axis axis = { .label = short_label(panel, result->score) };
	axis.has_now = result->is_scored;
	axis.has_was = was;
	if (result->is_scored) {
		axis.now = on_axis(result->score, result->number);
		axis.meaning = result->band ? result->band->meaning : 0;
		axis.number = number_text(panel, result->number);
		axis.words = band_word(panel, result->band);
	}
	if (was)
		axis.was = on_axis(was->score, was->number);
	if (was && result->is_scored && is_same_scale(was->score, result->score)) {
		axis.change = change_text(panel, result->number - was->number);
		axis.is_better = axis.now > axis.was;
	}
	return axis;
}

static void fill_chart(const struct panel *panel)
{
	const struct form_show *show = &panel->show;
	struct chart_axis axis[MAX_AXES];
	const char *now = tr("Today"), *was = panel->has_was ? form_show_previous_date(show) : NULL;
	if (show->options->performed_on)
		now = format_date_short(show->arena, show->options->performed_on, show->options->today);
	size_t n = 0, n_scored = 0;
	for (size_t i = 0; i < panel->now.n_scores && n < MAX_AXES; i++) {
		const struct score_result *result = &panel->now.score[i];
		if (!is_main(show->answers.form, result->score) || !may_read(panel, result->score))
			continue;
		axis[n] = axis_of(panel, result);
		n_scored += axis[n++].has_now;
	}
	if (!n)
		return;
	const char *count = arena_printf(show->arena, "%zu", n), *scored = arena_printf(show->arena, "%zu", n_scored);
	const char *finding = tr_fill(show->arena, was ? tr("Profile of %1 dimensions, today compared with %2. The table below has the numbers.")
	                                               : tr("Profile of %1 dimensions. The table below has the numbers."), count, was, NULL);
	chart_profile(show->view, view_node(show->view, panel->node, "Chart"), finding, 1, 5, axis, n, now, was);
	view_set(show->view, panel->node, "Answered", tr_fill(show->arena, tr("%1 of %2 dimensions answered."), scored, count, NULL));
}

static void fill_needs(const struct panel *panel)
{
	const struct form_show *show = &panel->show;
	size_t n_needs = 0, n_strengths = 0;
	for (size_t i = 0; i < panel->now.n_needs; i++) {
		const struct need_result *need = &panel->now.need[i];
		const struct question *q = need->question ? form_question(show->answers.form, need->question) : NULL;
		size_t number = need->rule->is_strength ? ++n_strengths : ++n_needs;
		if (q && !form_view_may_read(show->options, q))
			continue;
		struct vnode *item = view_item(show->view, panel->node, need->rule->is_strength ? "Strengths" : "Needs");
		view_setf(show->view, item, "Number", "%c%zu", need->rule->is_strength ? 'S' : 'N', number);
		view_set(show->view, item, "Text", need->statement);
		view_set(show->view, item, "ClientView", need->client_view);
		view_int(show->view, item, "Meaning", need->meaning);
		if (need->has_severity)
			view_setf(show->view, item, "Level", "%.10g", need->severity);
		for (size_t k = 0; k < show->answers.form->n_scores; k++)
			if (text_eq(show->answers.form->score[k].dimension, need->rule->dimension) && is_main(show->answers.form, &show->answers.form->score[k]))
				view_set(show->view, item, "Label", form_show_text(show, &show->answers.form->score[k].label, show->answers.root));
	}
}

/* "total" when there is one, else the first that is of no dimension. */
static const struct score_result *find_total(const struct outcome *outcome)
{
	const struct score_result *first = NULL;
	for (size_t i = 0; i < outcome->n_scores; i++) {
		if (!strcmp(outcome->score[i].score->name, "total"))
			return &outcome->score[i];
		if (!first && !outcome->score[i].score->dimension)
			first = &outcome->score[i];
	}
	return first;
}

void form_view_score(struct view *view, struct vnode *under, const struct answers *answers, const struct form_view_options *options)
{
	struct panel panel = { .show = form_show_start(view, answers, options), .node = view_node(view, under, "Score") };
	if (!answers->form->n_scores && !answers->form->n_need_rules)
		return;
	view_flag(view, panel.node, "Present", true);
	view_flag(view, panel.node, "IsFinal", options->performed_on != NULL);
	panel.now = answers_outcome(&panel.show.answers, panel.show.arena);
	if (options->previous) {
		panel.was = answers_outcome(options->previous, panel.show.arena);
		panel.has_was = true;
	}
	const struct score_result *total = find_total(&panel.now);
	if (total)
		fill_figure(&panel, view_node(view, panel.node, "Total"), total);
	fill_chart(&panel);
	for (size_t i = 0; i < panel.now.n_scores; i++) {
		const struct score_result *result = &panel.now.score[i];
		if (!may_read(&panel, result->score))
			continue;
		if (result != total && !is_main(answers->form, result->score))
			fill_figure(&panel, view_item(view, panel.node, "Others"), result);
		if (result->is_scored || result->n_sources)
			explain(&panel, result);
	}
	fill_needs(&panel);
}
