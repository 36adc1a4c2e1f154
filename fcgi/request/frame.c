/* SPDX-License-Identifier: Apache-2.0
 *
 * Language, direction, theme and text size of a page (frame.h). */
#include "frame.h"

#include "base/text.h"
#include "country/words.h"
#include "country/words_pseudo.h"

static char *same_page_with(struct request *r, const char *name, const char *value)
{
	if (r->query && *r->query)
		return arena_printf(r->arena, "?%s&%s=%s", r->query, name, value);
	return arena_printf(r->arena, "?%s=%s", name, value);
}

const char *frame_lang(const char *code)
{
	return language_is_pseudo(code) ? "en-x-pseudo" : code;
}

/* The pseudo-language belongs to one instance's tests, not to the gallery of all. */
static bool is_offered(const struct request *r, const struct language *language)
{
	return r->instance || !language_is_pseudo(language->code);
}

static void fill_language(struct request *r)
{
	const struct language *languages;
	size_t n = request_languages(r, &languages);
	const char *dir = "ltr";

	for (size_t i = 0; i < n; i++) {
		bool is_current = text_eq(languages[i].code, r->language);
		struct vnode *node;
		if (is_current && languages[i].is_rtl)
			dir = "rtl";
		if (n < 2 || !is_offered(r, &languages[i]))
			continue;
		node = view_item(r->view, NULL, "Layout.Languages");
		view_set(r->view, node, "Code", frame_lang(languages[i].code));
		view_set(r->view, node, "Name", languages[i].name);
		view_set(r->view, node, "Url", same_page_with(r, "lang", languages[i].code));
		view_flag(r->view, node, "Current", is_current);
	}
	view_set(r->view, NULL, "Layout.Lang", frame_lang(r->language));
	view_set(r->view, NULL, "Layout.Dir", dir);
}

static void fill_theme(struct request *r)
{
	bool is_dark = text_eq(r->theme, "dark"), is_light = text_eq(r->theme, "light");

	if (is_dark || is_light)
		view_set(r->view, NULL, "Layout.Theme", r->theme);
	view_set(r->view, NULL, "Layout.ThemeUrl", same_page_with(r, "theme", is_dark ? "light" : is_light ? "auto" : "dark"));
	view_set(r->view, NULL, "Layout.ThemeIcon", is_dark ? "sun" : is_light ? "device-desktop" : "moon");
	view_set(r->view, NULL, "Layout.ThemeLabel",
	         is_dark ? tr("Light theme") : is_light ? tr("Theme of this device") : tr("Dark theme"));
}

void frame_fill(struct request *r)
{
	fill_language(r);
	fill_theme(r);
	view_flag(r->view, NULL, "Layout.Large", r->is_large);
	view_set(r->view, NULL, "Layout.LargeUrl", same_page_with(r, "large", r->is_large ? "0" : "1"));
}
