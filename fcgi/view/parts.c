/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills what the macros of staff/templates/parts expect (parts.h). No words and no
 * formatting here: both come from the caller. */
#include "parts.h"

#include <string.h>

#include "base/text.h"

static const char *const tag_kinds[] = { "good", "bad", "now", "info", "brand", "hold" };
static const char *const tints[] = { "", "b", "c", "d" };

const char *part_tag_kind(const char *kind)
{
	for (size_t i = 0; kind && i < sizeof tag_kinds / sizeof *tag_kinds; i++)
		if (strcmp(kind, tag_kinds[i]) == 0)
			return tag_kinds[i];
	return "";
}

char *part_phone_url(struct arena *arena, const char *phone)
{
	char *url = arena_printf(arena, "tel:%s", phone), *to = url + 4;

	for (const char *p = phone; *p; p++)
		if ((*p >= '0' && *p <= '9') || (*p == '+' && to == url + 4))
			*to++ = *p;
	*to = '\0';
	return url;
}

/* --- the frame of the page */

struct vnode *part_head(struct view *view, const char *title, const char *lead)
{
	struct vnode *head = view_node(view, NULL, "Head");

	view_set(view, NULL, "Layout.Title", title);
	view_set(view, head, "Title", title);
	view_set(view, head, "Lead", lead);
	return head;
}

void part_head_native(struct view *view, const char *native, const char *language)
{
	view_set(view, NULL, "Head.NativeTitle", native);
	view_set(view, NULL, "Head.Lang", language);
}

void part_head_action(struct view *view, const char *kind, const char *icon, const char *label, const char *url)
{
	struct vnode *action = view_item(view, NULL, "Head.Actions");

	view_set(view, action, "Kind", kind);
	view_set(view, action, "Icon", icon);
	view_set(view, action, "Label", label);
	view_set(view, action, "Url", url);
}

void part_crumb(struct view *view, const char *label, const char *url)
{
	struct vnode *crumb = view_item(view, NULL, "Layout.Crumbs");

	view_set(view, crumb, "Label", label);
	view_set(view, crumb, "Url", url);
}

void part_aside(struct view *view, const char *icon, const char *text, const char *url, const char *link)
{
	struct vnode *aside = view_node(view, NULL, "Layout.Aside");

	view_set(view, aside, "Icon", icon);
	view_set(view, aside, "Text", text);
	view_set(view, aside, "Url", url);
	view_set(view, aside, "Link", link);
}

/* --- lists */

struct vnode *part_fact(struct view *view, struct vnode *under, const char *name, const char *label, const char *value)
{
	struct vnode *fact = view_item(view, under, name);

	view_set(view, fact, "Label", label);
	view_set(view, fact, "Value", value);
	return fact;
}

void part_avatar(struct view *view, struct vnode *node, const char *name, int64_t key)
{
	view_set(view, node, "Initials", text_initials(view_arena(view), name));
	view_set(view, node, "Tint", tints[(uint64_t)key * 2654435761u % 4]);
}

struct vnode *part_person(struct view *view, struct vnode *under, const char *list, const char *name, int64_t key,
                          const char *text, const char *url)
{
	struct vnode *person = view_item(view, under, list);

	part_avatar(view, person, name, key);
	view_set(view, person, "Name", name);
	view_set(view, person, "Text", text);
	view_set(view, person, "Url", url);
	return person;
}

void part_tab(struct view *view, struct vnode *under, const char *list, const char *label, const char *url,
              const char *count, bool is_current)
{
	struct vnode *tab = view_item(view, under, list);

	view_set(view, tab, "Label", label);
	view_set(view, tab, "Url", url);
	view_set(view, tab, "Count", count);
	view_flag(view, tab, "Current", is_current);
}

void part_chip(struct view *view, struct vnode *under, const char *list, const char *label, const char *url, bool is_current)
{
	part_tab(view, under, list, label, url, NULL, is_current);
}

struct vnode *part_entry(struct view *view, struct vnode *under, const char *list, const char *kind, const char *icon,
                         const char *when, const char *title)
{
	struct vnode *entry = view_item(view, under, list);

	view_set(view, entry, "Kind", kind);
	view_set(view, entry, "Icon", icon);
	view_set(view, entry, "When", when);
	view_set(view, entry, "Title", title);
	return entry;
}

void part_sign(struct view *view, struct vnode *under, const char *list, const char *kind, const char *number, const char *url)
{
	struct vnode *sign = view_item(view, under, list);

	view_set(view, sign, "Kind", kind);
	view_set(view, sign, "Number", number);
	view_set(view, sign, "Url", url);
}

void part_stage(struct view *view, struct vnode *under, const char *list, const char *state, const char *label,
                const char *text, const char *url)
{
	struct vnode *stage = view_item(view, under, list);

	view_set(view, stage, "State", state);
	view_set(view, stage, "Label", label);
	view_set(view, stage, "Text", text);
	view_set(view, stage, "Url", url);
}

/* Drawn as three strokes, however many stops there are: each is 12 wide, its dash by the style sheet. */
void part_mini(struct view *view, struct vnode *node, const char *name, int at, int of)
{
	struct vnode *mini = view_node(view, node, name);

	view_int(view, mini, "Width", 12 * of);
	if (at > 1)
		view_setf(view, mini, "Done", "M0 4H%d", 12 * (at - 1));
	if (at > 0)
		view_setf(view, mini, "Here", "M%d 4l4-4 4 4-4 4z", 12 * (at - 1));
	if (at < of)
		view_setf(view, mini, "Rest", "M%d 4H%d", 12 * at, 12 * of);
}

void part_level(struct view *view, struct vnode *node, int meaning, const char *number, const char *word)
{
	view_int(view, node, "Meaning", meaning >= 0 && meaning <= 5 ? meaning : 0);
	view_set(view, node, "Number", number);
	view_set(view, node, "Word", word);
}

void part_empty(struct view *view, struct vnode *under, const char *name, const char *title, const char *text,
                const char *url, const char *label)
{
	struct vnode *empty = view_node(view, under, name);

	view_set(view, empty, "Title", title);
	view_set(view, empty, "Text", text);
	view_set(view, empty, "Url", url);
	view_set(view, empty, "Label", label);
}

void part_pager(struct view *view, struct vnode *under, const char *name, const char *text, const char *previous, const char *next)
{
	struct vnode *pager = view_node(view, under, name);

	view_set(view, pager, "Text", text);
	view_set(view, pager, "Previous", previous);
	view_set(view, pager, "Next", next);
}

/* --- fields */

struct vnode *part_field(struct view *view, struct vnode *under, const char *list, const char *kind,
                         const char *name, const char *label, const char *value)
{
	struct vnode *field = view_item(view, under, list);

	view_set(view, field, "Kind", kind);
	view_set(view, field, "Name", name);
	view_set(view, field, "Label", label);
	view_set(view, field, "Value", value);
	view_set(view, field, "Problem", view_problem_of(view, name));
	return field;
}

void part_option(struct view *view, struct vnode *field, const char *value, const char *label, bool is_chosen)
{
	struct vnode *option = view_item(view, field, "Options");

	view_set(view, option, "Value", value);
	view_set(view, option, "Label", label);
	view_flag(view, option, "Chosen", is_chosen);
}

/* --- tables of text */

void part_column(struct view *view, struct vnode *table, const char *kind, const char *label, const char *url, const char *sorted)
{
	struct vnode *column = view_item(view, table, "Columns");

	view_set(view, column, "Kind", kind);
	view_set(view, column, "Label", label);
	view_set(view, column, "Url", url);
	view_set(view, column, "Sorted", sorted);
}

struct vnode *part_row(struct view *view, struct vnode *table)
{
	return view_item(view, table, "Rows");
}

struct vnode *part_cell(struct view *view, struct vnode *row, const char *kind, const char *text, const char *url)
{
	struct vnode *cell = view_item(view, row, "Cells");

	view_set(view, cell, "Kind", kind);
	view_set(view, cell, "Text", text);
	view_set(view, cell, "Url", url);
	return cell;
}
