/* SPDX-License-Identifier: Apache-2.0
 *
 * What only the whole form can tell: that every ${name} names one question, and that
 * relevance and calculations do not wait for each other in a circle. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "form_build.h"

const struct question *build_find(struct form_build *build, const struct json *at, int column, const char *name)
{
	const struct form *form = build->form;
	const struct question *found = form_question(form, name);
	const char *message;
	if (found) {
		const struct question **by_name = (const struct question **)form->by_name;
		size_t n = 0;
		for (size_t i = 0; i < form->n_questions; i++)
			n += !strcmp(by_name[i]->name, name);
		if (n == 1)
			return found;
		message = arena_printf(build->arena, "%zu questions are named \"%s\": it is not clear which is meant", n, name);
	} else {
		const char **names = arena_array(build->arena, const char *, form->n_questions);
		for (size_t i = 0; i < form->n_questions; i++)
			names[i] = form->question[i]->name;
		const char *near = text_nearest(name, names, form->n_questions);
		message = near ? arena_printf(build->arena, "no question is named \"%s\"; is \"%s\" meant?", name, near)
		               : arena_printf(build->arena, "no question is named \"%s\"", name);
	}
	build->report.n++;
	build->report.file = at ? at->file : NULL;
	build->report.problem(build->report.data, at ? at->line : 0, column, "%s", message);
	return NULL;
}

/* One arrow of the graph: `from` is worked out after `to`. */
struct edge { struct edge *next; const struct question *to; const struct json *at; };

struct graph {
	struct form_build *build;
	const struct form_use *use;
	struct edge **edges;            /* by position */
	char *state;                    /* 0 unseen, 1 on the path, 2 done */
	const struct question **path;
	size_t depth;
};

static void add_edge(struct graph *graph, const struct question *from, const struct question *to, const struct json *at)
{
	struct edge *edge = arena_new_of(graph->build->arena, struct edge);
	*edge = (struct edge){ .next = graph->edges[from->position], .to = to, .at = at };
	graph->edges[from->position] = edge;
}

/* indexed-repeat() looks at other instances of the same repeat: a running total is no circle. */
static bool looks_at_other_instances(const struct form_use *use, const struct question *to)
{
	return use->owner->is_in_repeat && to->is_in_repeat &&
	       (strstr(expr_text(use->expr), "indexed-repeat") || strstr(expr_text(use->expr), "position("));
}

static void take_reference(void *data, const char *name, size_t offset)
{
	struct graph *graph = data;
	const struct form_use *use = graph->use;
	const struct question *to = build_find(graph->build, use->at, json_column_at(use->at, offset), name);
	if (to && use->is_order && use->owner && !looks_at_other_instances(use, to))
		add_edge(graph, use->owner, to, use->at);
}

/* ${name} inside a label. */
static void check_text(struct form_build *build, const struct json *at)
{
	for (const char *p = strstr(at->string, "${"); p; p = strstr(p + 2, "${")) {
		const char *close = strchr(p, '}');
		int column = json_column_at(at, (size_t)(p - at->string));
		if (!close) {
			json_problem(&build->report, at, "a ${ in the text is not closed by }");
			return;
		}
		build_find(build, at, column, text_trim(build->arena, arena_strndup(build->arena, p + 2, (size_t)(close - p - 2))));
	}
}

static void report_circle(struct graph *graph, const struct question *again, const struct json *at)
{
	struct arena *arena = graph->build->arena;
	size_t start = graph->depth;
	while (start && graph->path[start - 1] != again)
		start--;
	char *chain = arena_strdup(arena, again->name);
	for (size_t i = start; i < graph->depth; i++)
		chain = arena_printf(arena, "%s → %s", chain, graph->path[i]->name);
	json_problem(&graph->build->report, at, "this goes in a circle: %s → %s", chain, again->name);
}

static void visit(struct graph *graph, const struct question *q)
{
	graph->state[q->position] = 1;
	graph->path[graph->depth++] = q;
	for (const struct edge *edge = graph->edges[q->position]; edge; edge = edge->next) {
		if (graph->state[edge->to->position] == 0)
			visit(graph, edge->to);
		else if (graph->state[edge->to->position] == 1)
			report_circle(graph, edge->to, edge->at);
	}
	graph->depth--;
	graph->state[q->position] = 2;
}

/* What stands in a group waits for the group's relevance. */
static void add_group_edges(struct graph *graph)
{
	const struct form *form = graph->build->form;
	for (size_t i = 0; i < form->n_questions; i++) {
		const struct question *q = form->question[i];
		if (q->parent && !q->parent->is_relevant_always)
			add_edge(graph, q, q->parent, NULL);
	}
}

void build_check(struct form_build *build)
{
	struct form *form = build->form;
	struct graph graph = { .build = build };
	graph.edges = arena_array(build->arena, struct edge *, form->n_questions);
	graph.state = arena_array(build->arena, char, form->n_questions);
	graph.path = arena_array(build->arena, const struct question *, form->n_questions + 1);
	for (const struct form_use *use = build->uses; use; use = use->next) {
		graph.use = use;
		if (use->expr)
			expr_each_reference(use->expr, take_reference, &graph);
		else
			check_text(build, use->at);
	}
	add_group_edges(&graph);
	for (size_t i = 0; i < form->n_questions; i++)
		if (!graph.state[i])
			visit(&graph, form->question[i]);
	build_sources(build);
}
