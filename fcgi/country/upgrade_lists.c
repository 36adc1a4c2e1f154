/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of two bundles side by side: stages, roles, offices … that came, went, were renamed.
 * What stored rows name and the new bundle lacks must say by "was" what became of it. */
#include "upgrade_internal.h"

#include <string.h>

#include "words.h"

/* A list of either bundle: keys and labels by position. */
struct keyed { size_t n; const char *const *key; const char *const *label; };
/* What a list is called, where it stands, and what becomes of rows that name a lost key. */
struct list_rule {
	const char *name, *file;
	enum bundle_list list;
	const char *thing;
	bool must_map;                  /* rows cannot be without it */
	const char *stay;               /* else: what happens to rows that name it */
};

static const struct list_rule rules[] = {
	{ "stages", "workflow.json", LIST_STAGES, "Stage", true, NULL },
	{ "roles", "roles.json", LIST_ROLES, "Role", true, NULL },
	{ "areas", "offices.json", LIST_AREAS, "Area", true, NULL },
	{ "offices", "offices.json", LIST_OFFICES, "Office", true, NULL },
	{ "dimensions", "bundle.json", LIST_DIMENSIONS, "Dimension", true, NULL },
	{ "services", "services.json", LIST_SERVICES, "Service", false, "They keep the name that was written." },
	{ "consents", "bundle.json", LIST_CONSENTS, "Consent", false, "What was agreed stays in the file with its words and is not asked again." },
	{ "pathways", "workflow.json", LIST_PATHWAYS, "Pathway", false, "They stay on it until somebody changes it." },
	{ "languages", "bundle.json", LIST_LANGUAGES, "Language", false, "They see the first language instead." },
};

#define COLLECT(array, count, key_member, label_member) do { \
	for (size_t i = 0; i < (count); i++) { \
		keys[i] = (array)[i].key_member; \
		labels[i] = (array)[i].label_member; \
	} \
	return (struct keyed){ (count), keys, labels }; \
} while (0)

static struct keyed collect(struct arena *arena, const struct bundle *b, enum bundle_list list)
{
	size_t room = b->n_stages + b->n_roles + b->n_areas + b->n_offices + b->n_dimensions + b->n_services + b->n_consents + b->n_pathways + b->n_languages + 1;
	const char **keys = arena_array(arena, const char *, room), **labels = arena_array(arena, const char *, room);
	switch (list) {
	case LIST_STAGES: COLLECT(b->stage, b->n_stages, key, label);
	case LIST_ROLES: COLLECT(b->role, b->n_roles, key, label);
	case LIST_AREAS: COLLECT(b->area, b->n_areas, code, name);
	case LIST_OFFICES: COLLECT(b->office, b->n_offices, key, name);
	case LIST_DIMENSIONS: COLLECT(b->dimension, b->n_dimensions, key, label);
	case LIST_SERVICES: COLLECT(b->service, b->n_services, key, name);
	case LIST_CONSENTS: COLLECT(b->consent, b->n_consents, key, label);
	case LIST_PATHWAYS: COLLECT(b->pathway, b->n_pathways, key, label);
	case LIST_LANGUAGES: COLLECT(b->language, b->n_languages, code, name);
	default: return (struct keyed){ 0, NULL, NULL };
	}
}

static const char *label_of(const struct keyed *list, const char *key)
{
	for (size_t i = 0; key && i < list->n; i++)
		if (!strcmp(list->key[i], key))
			return list->label[i];
	return NULL;
}

/* "12 cases stand in it. 3 users have it." */
static const char *use_words(struct upgrade *u, enum bundle_list list, const struct bundle_use *use)
{
	const char *words = "";
	if (use->cases && list == LIST_STAGES)
		words = upgrade_count(u, tr_plural("%1 case stands in it.", "%1 cases stand in it.", (long)use->cases), use->cases);
	else if (use->cases)
		words = upgrade_count(u, tr_plural("%1 case uses it.", "%1 cases use it.", (long)use->cases), use->cases);
	if (use->users)
		words = arena_printf(u->c.arena, "%s%s%s", words, *words ? " " : "", upgrade_count(u, tr_plural("%1 user has it.", "%1 users have it.", (long)use->users), use->users));
	return words;
}

static const char *moved_words(struct upgrade *u, const struct bundle_use *use)
{
	const char *words = "";
	if (use->cases)
		words = upgrade_count(u, tr_plural("%1 case moves with it.", "%1 cases move with it.", (long)use->cases), use->cases);
	if (use->users)
		words = arena_printf(u->c.arena, "%s%s%s", words, *words ? " " : "", upgrade_count(u, tr_plural("%1 user moves with it.", "%1 users move with it.", (long)use->users), use->users));
	return words;
}

/* Where cases go takes the place's canonical status. */
static const char *status_of(const struct upgrade *u, enum bundle_list list, const char *key)
{
	const struct stage *stage = list == LIST_STAGES ? bundle_stage(u->to, key) : NULL;
	return stage ? stage->status : NULL;
}

static void renamed(struct upgrade *u, const struct list_rule *rule, const char *label, const char *was, const char *now, const char *now_label, const struct bundle_use *use)
{
	bool is_used = use->cases || use->users || use->others;
	const char *change = UPGRADE_FILL(u, tr("becomes “%1” (%2)"), tr(now_label), now);
	upgrade_add(u, is_used ? UPGRADE_MOVES : UPGRADE_CHANGES, rule->file, tr(rule->thing), tr(label), change, moved_words(u, use), NULL);
	upgrade_move_add(u, (struct upgrade_move){ .list = rule->list, .was = was, .now = now, .value = status_of(u, rule->list, now) });
}

static void removed(struct upgrade *u, const struct list_rule *rule, const char *label, const char *key, const struct bundle_use *use)
{
	bool is_used = use->cases || use->users || use->others;
	const char *words = use_words(u, rule->list, use);
	if (!is_used)
		upgrade_add(u, UPGRADE_CHANGES, rule->file, tr(rule->thing), tr(label), tr("removed"), NULL, NULL);
	else if (rule->must_map)
		upgrade_add(u, UPGRADE_REFUSED, rule->file, tr(rule->thing), tr(label), tr("removed"), words,
		            UPGRADE_FILL(u, tr("Write \"was\": \"%1\" in the item of \"%2\" that takes its place (%3), or put it back."), key, rule->name, rule->file));
	else
		upgrade_add(u, UPGRADE_KEEPS, rule->file, tr(rule->thing), tr(label), tr("removed"), arena_printf(u->c.arena, "%s %s", words, tr(rule->stay)), NULL);
}

static enum err compare_list(struct upgrade *u, const struct list_rule *rule)
{
	struct keyed before = collect(u->c.arena, u->from, rule->list), after = collect(u->c.arena, u->to, rule->list);
	struct bundle_uses uses;
	enum err err = bundle_use_load(&u->c, rule->list, &uses);
	for (size_t i = 0; err == OK && i < before.n; i++) {
		const char *key = before.key[i], *label = label_of(&after, key);
		struct bundle_use use = bundle_use_of(&uses, key);
		const char *now = label ? NULL : bundle_now(u->to, rule->name, key);
		if (label && strcmp(label, before.label[i]) != 0)
			upgrade_add(u, UPGRADE_CHANGES, rule->file, tr(rule->thing), tr(before.label[i]), UPGRADE_FILL(u, tr("is called “%1” now"), tr(label)), NULL, NULL);
		else if (now)
			renamed(u, rule, before.label[i], key, now, label_of(&after, now), &use);
		else if (!label)
			removed(u, rule, before.label[i], key, &use);
	}
	for (size_t i = 0; err == OK && i < after.n; i++) {
		bool is_new = !label_of(&before, after.key[i]);
		for (size_t k = 0; is_new && k < u->to->n_was; k++)
			is_new = strcmp(u->to->was[k].list, rule->name) != 0 || strcmp(u->to->was[k].key, after.key[i]) != 0 || !label_of(&before, u->to->was[k].old);
		if (is_new)
			upgrade_add(u, UPGRADE_CHANGES, rule->file, tr(rule->thing), tr(after.label[i]), tr("added"), NULL, NULL);
	}
	return err;
}

/* Rows of a table that neither bundle knows any more are not this upgrade's doing; those of a tag are, if it goes. */
static enum err compare_tags(struct upgrade *u)
{
	struct bundle_uses uses;
	enum err err = bundle_use_load(&u->c, LIST_TAGS, &uses);
	for (size_t i = 0; err == OK && i < u->from->n_sensitivity; i++) {
		const char *tag = u->from->sensitivity[i];
		struct bundle_use use = bundle_use_of(&uses, tag);
		if (bundle_sensitivity(u->to, tag) >= 0)
			continue;
		upgrade_add(u, use.cases ? UPGRADE_REFUSED : UPGRADE_CHANGES, "bundle.json", tr("Sensitivity tag"), tag, tr("removed"),
		            use.cases ? use_words(u, LIST_TAGS, &use) : NULL,
		            use.cases ? UPGRADE_FILL(u, tr("Put \"%1\" back into \"sensitivity\" (bundle.json): without it nobody may read what it protects."), tag) : NULL);
	}
	for (size_t i = 0; err == OK && i < u->to->n_sensitivity; i++)
		if (bundle_sensitivity(u->from, u->to->sensitivity[i]) < 0)
			upgrade_add(u, UPGRADE_CHANGES, "bundle.json", tr("Sensitivity tag"), u->to->sensitivity[i], tr("added"), NULL, NULL);
	return err;
}

enum err upgrade_plan_lists(struct upgrade *u)
{
	enum err err = OK;
	for (size_t i = 0; err == OK && i < sizeof rules / sizeof *rules; i++)
		err = compare_list(u, &rules[i]);
	return err == OK ? compare_tags(u) : err;
}
