/* SPDX-License-Identifier: Apache-2.0
 *
 * Which of the bundle's own texts have no translation: one warning per language, with
 * how many and which come first. English is the source language. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "bundle_load.h"
#include "words.h"

#define TEXTS_MAX 20000

struct texts { struct loader *l; size_t n; const char **text; };

static void take(struct texts *t, const char *text)
{
	if (!text_is_blank(text) && t->n < TEXTS_MAX)
		t->text[t->n++] = text;
}

/* Spreadsheets bring their own languages: only a source text is looked up. */
static void take_text(struct texts *t, const struct text *text)
{
	for (size_t i = 0; i < text->n; i++)
		if (!text->language[i])
			take(t, text->string[i]);
}

static void take_form(struct texts *t, const struct form *form)
{
	take_text(t, &form->title);
	for (size_t i = 0; i < form->n_questions; i++) {
		const struct question *q = form->question[i];
		take_text(t, &q->label);
		take_text(t, &q->hint);
		take_text(t, &q->guidance_hint);
		take_text(t, &q->constraint_message);
		take_text(t, &q->required_message);
	}
	for (size_t i = 0; i < form->n_lists; i++)
		for (size_t j = 0; j < form->list[i].n; j++) {
			take_text(t, &form->list[i].choice[j].label);
			take_text(t, &form->list[i].choice[j].description);
		}
	for (size_t i = 0; i < form->n_scores; i++) {
		take_text(t, &form->score[i].label);
		for (size_t j = 0; j < form->score[i].n_bands; j++)
			take_text(t, &form->score[i].band[j].label);
	}
	for (size_t i = 0; i < form->n_need_rules; i++)
		take_text(t, &form->need_rule[i].fallback);
}

static void take_main(struct texts *t, const struct bundle *b)
{
	take(t, b->program);
	take(t, b->institution);
	take(t, b->summary);
	take(t, b->population);
	take(t, b->level_label);
	take(t, b->identifier_label);
	for (size_t i = 0; i < b->n_dimensions; i++) {
		take(t, b->dimension[i].label);
		take(t, b->dimension[i].short_label);
	}
	for (size_t i = 0; i < b->n_consents; i++) {
		take(t, b->consent[i].label);
		take(t, b->consent[i].text);
	}
	for (size_t i = 0; b->words && b->words[i]; i += 2)
		take(t, b->words[i + 1]);
}

static void take_workflow(struct texts *t, const struct bundle *b)
{
	for (size_t i = 0; i < b->n_stages; i++) {
		take(t, b->stage[i].label);
		take(t, b->stage[i].short_label);
	}
	for (size_t i = 0; i < b->n_transitions; i++) {
		take(t, b->transition[i].label);
		take(t, b->transition[i].done_message);
	}
	for (size_t i = 0; i < b->n_pathways; i++)
		take(t, b->pathway[i].label);
}

static void take_lists(struct texts *t, const struct bundle *b)
{
	for (size_t i = 0; i < b->n_roles; i++)
		take(t, b->role[i].label);
	for (size_t i = 0; i < b->n_areas; i++)
		take(t, b->area[i].name);
	for (size_t i = 0; i < b->n_offices; i++)
		take(t, b->office[i].name);
	for (size_t i = 0; i < b->n_services; i++) {
		take(t, b->service[i].name);
		take(t, b->service[i].description);
		take(t, b->service[i].provider);
		take(t, b->service[i].eligibility);
		take(t, b->service[i].how_to_apply);
		take(t, b->service[i].cost);
		take(t, b->service[i].waiting);
		for (size_t j = 0; j < b->service[i].n_documents; j++)
			take(t, b->service[i].document[j]);
	}
	for (size_t i = 0; i < b->n_personas; i++) {
		take(t, b->persona[i].title);
		take(t, b->persona[i].teaser);
	}
}

static void take_content(struct texts *t, const struct bundle *b)
{
	for (size_t i = 0; i < b->n_organizations; i++) {
		take(t, b->organization[i].name);
		take(t, b->organization[i].description);
	}
	for (size_t i = 0; i < b->n_locations; i++) {
		take(t, b->location[i].name);
		take(t, b->location[i].accessibility);
	}
	for (size_t i = 0; i < b->n_reminders; i++) {
		take(t, b->reminder[i].subject);
		take(t, b->reminder[i].text);
	}
	for (size_t i = 0; i < b->n_indicators; i++) {
		take(t, b->indicator[i].label);
		take(t, b->indicator[i].definition);
	}
	for (size_t i = 0; i < b->n_dashboards; i++)
		take(t, b->dashboard[i].label);
	for (size_t i = 0; i < b->n_goals; i++) {
		take(t, b->goal[i].statement);
		take(t, b->goal[i].plain);
		take(t, b->goal[i].expected_change);
		take(t, b->goal[i].measure);
		for (size_t j = 0; j < b->goal[i].n_actions; j++)
			take(t, b->goal[i].action[j].what);
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Where the translations of a language are, or should be. */
static const char *file_of(struct loader *l, const char *language)
{
	const struct bundle_file *file = loader_file(l, arena_printf(l->scratch, "languages/%s.po", language));
	return file ? file->path : arena_printf(l->scratch, "%s/languages/%s.po", l->layer[0].key, language);
}

static void report_missing(struct loader *l, const struct texts *t, const char *language)
{
	size_t missing = 0;
	const char *first = "";
	for (size_t i = 0; i < t->n; i++) {
		if (words_has(l->bundle->languages, language, t->text[i]))
			continue;
		if (missing < 3)
			first = arena_printf(l->scratch, "%s%s\"%s%s\"", first, missing ? ", " : "", text_first(l->scratch, t->text[i], 40),
			                     text_length(t->text[i]) > 40 ? "…" : "");
		missing++;
	}
	if (missing)
		loader_file_problem(l, false, file_of(l, language), 1, 1, "%zu of %zu texts have no translation: %s%s", missing, t->n, first, missing > 3 ? " …" : "");
}

void check_words(struct loader *l)
{
	const struct bundle *b = l->bundle;
	struct texts t = { .l = l, .text = arena_array(l->scratch, const char *, TEXTS_MAX) };
	size_t unique = 0;
	take_main(&t, b);
	take_workflow(&t, b);
	take_lists(&t, b);
	take_content(&t, b);
	for (size_t i = 0; i < b->n_forms; i++)
		take_form(&t, b->form[i]);
	qsort(t.text, t.n, sizeof *t.text, by_text);
	for (size_t i = 0; i < t.n; i++)
		if (i == 0 || strcmp(t.text[i], t.text[unique - 1]) != 0)
			t.text[unique++] = t.text[i];
	t.n = unique;
	for (size_t i = 0; i < b->n_languages; i++)
		if (strcmp(b->language[i].code, "en") != 0)
			report_missing(l, &t, b->language[i].code);
}
