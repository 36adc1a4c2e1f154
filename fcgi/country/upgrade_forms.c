/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms of two bundles side by side, and the answers stored under them. A submitted form keeps
 * the version it was filled with, so nothing here is refused; what is said is what the next
 * round will find of the last one. */
#include "upgrade_internal.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/json.h"
#include "words.h"

#define LISTS_MAX (4u << 20)

struct pair { struct upgrade *u; const struct form *a, *b; const char *file; struct answer_uses questions, choices; };

static const char *plain(const struct text *text)
{
	return text_in(text, words_language(), tr);
}

/* Its label as people know it, or its name. */
static const char *name_of(struct upgrade *u, const struct question *q)
{
	const char *label = plain(&q->label);
	return *label ? arena_printf(u->c.arena, "%s (%s)", text_length(label) > 60 ? arena_printf(u->c.arena, "%s…", text_first(u->c.arena, label, 60)) : label, q->name) : q->name;
}

static struct answer_use use_of(const struct answer_uses *uses, const char *question, const char *choice)
{
	for (size_t i = 0; i < uses->n; i++)
		if (!strcmp(uses->item[i].question, question) && !strcmp(uses->item[i].choice, choice))
			return uses->item[i];
	return (struct answer_use){ .question = question };
}

static bool is_group(const struct question *q)
{
	return q->type == Q_GROUP || q->type == Q_REPEAT;
}

/* The question of the new form that an old one became. */
static const struct question *after(const struct pair *p, const struct question *q)
{
	return form_question_now(p->b, q->name);
}

static const struct choice *choice_now(const struct choice_list *list, const char *name)
{
	for (size_t i = 0; list && i < list->n; i++)
		if (choice_is_named(&list->choice[i], name))
			return &list->choice[i];
	return NULL;
}

/* ---- what is stored ---- */

/* One more element of a list that begins with "[". */
static void add(struct buf *list, const char *text, const char *second)
{
	buf_str(list, list->len > 1 ? "," : "");
	buf_str(list, second ? "[" : "");
	json_put_text(list, text);
	if (second) {
		buf_char(list, ',');
		json_put_text(list, second);
		buf_char(list, ']');
	}
}

static void add_question(const struct pair *p, const struct question *q, struct buf *names, struct buf *pairs)
{
	const struct question *now = after(p, q);
	if (!now || strcmp(now->name, q->name) != 0 || now->type != q->type)
		add(names, q->name, NULL);
	for (size_t k = 0; now && q->choices && now->choices && k < q->choices->n; k++) {
		const char *name = q->choices->choice[k].name;
		const struct choice *same = choice_now(now->choices, name);
		if (!same || strcmp(same->name, name) != 0)
			add(pairs, q->name, name);
	}
}

/* Answers of questions that go, are renamed or change their type; cases of choices that go. */
static enum err load_uses(struct pair *p)
{
	struct buf names, pairs;
	enum err err = OK;
	buf_init(&names, LISTS_MAX);
	buf_init(&pairs, LISTS_MAX);
	buf_char(&names, '[');
	buf_char(&pairs, '[');
	for (size_t i = 0; i < p->a->n_questions; i++)
		if (!is_group(p->a->question[i]))
			add_question(p, p->a->question[i], &names, &pairs);
	buf_char(&names, ']');
	buf_char(&pairs, ']');
	if (names.len > 2)
		err = answer_use_load(&p->u->c, p->a->key, names.p, &p->questions);
	if (err == OK && pairs.len > 2)
		err = choice_use_load(&p->u->c, p->a->key, pairs.p, &p->choices);
	buf_free(&names);
	buf_free(&pairs);
	return err;
}

/* ---- questions ---- */

static void say(struct pair *p, bool is_kept, const char *thing, const char *name, const char *change, const char *effect)
{
	upgrade_add(p->u, is_kept ? UPGRADE_KEEPS : UPGRADE_CHANGES, p->file, thing, name, change, effect, NULL);
}

static void gone(struct pair *p, const struct question *q)
{
	int64_t n = use_of(&p->questions, q->name, "").answers;
	say(p, n > 0, tr("Question"), name_of(p->u, q), tr("removed"),
	    n ? upgrade_count(p->u, tr_plural("%1 answer stays in the form it was given in.", "%1 answers stay in the forms they were given in.", (long)n), n) : NULL);
}

static void renamed(struct pair *p, const struct question *q, const struct question *now)
{
	struct upgrade *u = p->u;
	int64_t n = use_of(&p->questions, q->name, "").answers;
	upgrade_add(u, n ? UPGRADE_MOVES : UPGRADE_CHANGES, p->file, tr("Question"), name_of(u, q), UPGRADE_FILL(u, tr("renamed to “%1”"), now->name),
	            n ? upgrade_count(u, tr_plural("%1 answer moves: it is found under the new name.", "%1 answers move: they are found under the new name.", (long)n), n) : NULL, NULL);
	upgrade_move_add(u, (struct upgrade_move){ .is_question = true, .form = p->a->key, .was = q->name, .now = now->name });
}

static void retyped(struct pair *p, const struct question *q, const struct question *now)
{
	int64_t n = use_of(&p->questions, q->name, "").answers;
	say(p, n > 0, tr("Question"), name_of(p->u, q), UPGRADE_FILL(p->u, tr("type %1 instead of %2"), question_type_name(now->type), question_type_name(q->type)),
	    n ? upgrade_count(p->u, tr("Answers that stay as they were given: %1. They are taken over only where they fit."), n) : NULL);
}

static void compare_choices(struct pair *p, const struct question *q, const struct question *now)
{
	for (size_t i = 0; q->choices && now->choices && i < q->choices->n; i++) {
		const struct choice *old = &q->choices->choice[i], *same = choice_now(now->choices, old->name);
		int64_t n = use_of(&p->choices, q->name, old->name).cases;
		const char *name = UPGRADE_FILL(p->u, "%1: %2", name_of(p->u, q), *plain(&old->label) ? plain(&old->label) : old->name);
		if (!same)
			say(p, n > 0, tr("Answer option"), name, tr("removed"),
			    n ? upgrade_count(p->u, tr_plural("%1 case uses it and keeps it.", "%1 cases use it and keep it.", (long)n), n) : NULL);
		else if (strcmp(same->name, old->name) != 0)
			upgrade_add(p->u, n ? UPGRADE_MOVES : UPGRADE_CHANGES, p->file, tr("Answer option"), name, UPGRADE_FILL(p->u, tr("renamed to “%1”"), same->name),
			            n ? upgrade_count(p->u, tr_plural("%1 case moves with it.", "%1 cases move with it.", (long)n), n) : NULL, NULL);
		else if (strcmp(plain(&same->label), plain(&old->label)) != 0)
			say(p, false, tr("Answer option"), name, UPGRADE_FILL(p->u, tr("is called “%1” now"), plain(&same->label)), NULL);
	}
	for (size_t i = 0; q->choices && now->choices && i < now->choices->n; i++) {
		const struct choice *new = &now->choices->choice[i];
		bool is_new = !choice_find(q->choices, new->name);
		for (size_t k = 0; is_new && k < q->choices->n; k++)
			is_new = !choice_is_named(new, q->choices->choice[k].name);
		if (is_new)
			say(p, false, tr("Answer option"), UPGRADE_FILL(p->u, "%1: %2", name_of(p->u, now), *plain(&new->label) ? plain(&new->label) : new->name), tr("added"), NULL);
	}
}

/* An old rule with the names that its questions have now: a renaming alone makes no other rule. */
static const char *with_new_names(const struct pair *p, const char *rule)
{
	struct arena *arena = p->u->c.arena;
	const char *out = "", *at = rule;
	for (const char *open; (open = strstr(at, "${")); ) {
		size_t n = strcspn(open + 2, "}");
		const char *name = arena_strndup(arena, open + 2, n);
		const struct question *now = form_question_now(p->b, name);
		out = arena_printf(arena, "%s%.*s${%s", out, (int)(open - at), at, now ? now->name : name);
		at = open + 2 + n;
	}
	return arena_printf(arena, "%s%s", out, at);
}

static bool is_same_rule(const struct pair *p, const struct expr *a, const struct expr *b)
{
	return !a || !b ? a == b : !strcmp(with_new_names(p, expr_text(a)), expr_text(b));
}

static void compare_rules(struct pair *p, const struct question *q, const struct question *now)
{
	const char *name = name_of(p->u, q);
	if (strcmp(plain(&q->label), plain(&now->label)) != 0)
		say(p, false, is_group(q) ? tr("Group") : tr("Question"), name, UPGRADE_FILL(p->u, tr("is called “%1” now"), plain(&now->label)), NULL);
	if (!is_same_rule(p, q->required, now->required))
		say(p, false, tr("Question"), name, now->required ? tr("must be answered, or on other conditions") : tr("need not be answered any more"), NULL);
	if (!is_same_rule(p, q->relevant, now->relevant))
		say(p, false, is_group(q) ? tr("Group") : tr("Question"), name, tr("is asked on other conditions"), NULL);
	if (!is_same_rule(p, q->constraint, now->constraint))
		say(p, false, tr("Question"), name, tr("takes other answers"), NULL);
	if (!is_same_rule(p, q->calculation, now->calculation))
		say(p, false, tr("Question"), name, tr("is worked out otherwise"), NULL);
	if (!text_eq(q->sensitivity, now->sensitivity))
		say(p, false, tr("Question"), name, now->sensitivity ? UPGRADE_FILL(p->u, tr("is protected as “%1”"), now->sensitivity) : tr("is not protected any more"), NULL);
}

static void compare_questions(struct pair *p)
{
	for (size_t i = 0; i < p->a->n_questions; i++) {
		const struct question *q = p->a->question[i], *now = after(p, q);
		if (!now && !is_group(q))
			gone(p, q);
		if (!now)
			continue;
		if (strcmp(now->name, q->name) != 0 && !is_group(q))
			renamed(p, q, now);
		if (now->type != q->type)
			retyped(p, q, now);
		compare_rules(p, q, now);
		compare_choices(p, q, now);
	}
	for (size_t i = 0; i < p->b->n_questions; i++)
		if (!is_group(p->b->question[i]) && !form_question_before(p->a, p->b->question[i]))
			say(p, false, tr("Question"), name_of(p->u, p->b->question[i]), tr("added"), NULL);
}

/* ---- scores, whole forms ---- */

static bool is_same_bands(const struct score *a, const struct score *b)
{
	bool same = a->n_bands == b->n_bands;
	for (size_t i = 0; same && i < a->n_bands; i++)
		same = !strcmp(a->band[i].name, b->band[i].name) && a->band[i].min >= b->band[i].min && a->band[i].min <= b->band[i].min &&
		       a->band[i].max >= b->band[i].max && a->band[i].max <= b->band[i].max && !strcmp(plain(&a->band[i].label), plain(&b->band[i].label));
	return same;
}

static void compare_scores(struct pair *p)
{
	for (size_t i = 0; i < p->a->n_scores; i++) {
		const struct score *a = &p->a->score[i], *b = form_score(p->b, a->name);
		if (!b)
			say(p, false, tr("Score"), plain(&a->label), tr("removed"), tr("Scores already worked out stay."));
		else if (!is_same_rule(p, a->calculation, b->calculation))
			say(p, false, tr("Score"), plain(&a->label), tr("is worked out otherwise"), tr("Scores already worked out stay."));
		if (b && !is_same_bands(a, b))
			say(p, false, tr("Score"), plain(&a->label), tr("has other bands"), tr("Scores already worked out stay."));
	}
	for (size_t i = 0; i < p->b->n_scores; i++)
		if (!form_score(p->a, p->b->score[i].name))
			say(p, false, tr("Score"), plain(&p->b->score[i].label), tr("added"), NULL);
}

static enum err compare_form(struct upgrade *u, const struct form *a, const struct form *b, const struct bundle_use *use)
{
	struct pair p = { .u = u, .a = a, .b = b, .file = arena_printf(u->c.arena, "forms/%s.json", a->key) };
	if (!strcmp(a->digest, b->digest))
		return OK;
	size_t before = u->n;
	enum err err = load_uses(&p);
	if (err != OK)
		return err;
	compare_questions(&p);
	compare_scores(&p);
	if (u->n == before)
		say(&p, false, tr("Form"), plain(&b->title), tr("changed"), NULL);
	if (use->users)
		say(&p, true, tr("Form"), plain(&b->title), tr("has unfinished answers"),
		    upgrade_count(u, tr("Begun, and filled to the end in the version it was begun with: %1."), use->users));
	return OK;
}

enum err upgrade_plan_forms(struct upgrade *u)
{
	struct bundle_uses uses;
	enum err err = bundle_use_load(&u->c, LIST_FORMS, &uses);
	for (size_t i = 0; err == OK && i < u->from->n_forms; i++) {
		const struct form *a = u->from->form[i], *b = bundle_form(u->to, a->key);
		struct bundle_use use = bundle_use_of(&uses, a->key);
		if (b)
			err = compare_form(u, a, b, &use);
		else
			upgrade_add(u, use.others ? UPGRADE_KEEPS : UPGRADE_CHANGES, arena_printf(u->c.arena, "forms/%s.json", a->key), tr("Form"), plain(&a->title), tr("removed"),
			            use.others ? upgrade_count(u, tr("Filled, and still readable: %1."), use.others) : NULL, NULL);
	}
	for (size_t i = 0; err == OK && i < u->to->n_forms; i++)
		if (!bundle_form(u->from, u->to->form[i]->key))
			upgrade_add(u, UPGRADE_CHANGES, arena_printf(u->c.arena, "forms/%s.json", u->to->form[i]->key), tr("Form"), plain(&u->to->form[i]->title), tr("added"), NULL, NULL);
	return err;
}
