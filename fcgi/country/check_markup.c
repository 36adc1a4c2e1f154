/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts of a bundle are shown as they are written, escaped. One that holds a script or an
 * element that would act was never meant to be read, so it is refused by name: whoever
 * sent the bundle should hear of it, and no other program that reads it should run it. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "bundle_load.h"

static const char *const acting[] = {
	"<script", "<iframe", "<object", "<embed", "<svg", "<style", "<link ", "<meta ", "<form ", "<img ", "<base ", "javascript:", "vbscript:", "data:text/html"
};

static const char *acts(const char *text)
{
	for (size_t i = 0; strpbrk(text, "<:") && i < sizeof acting / sizeof *acting; i++)
		if (strcasestr(text, acting[i]))
			return acting[i];
	return NULL;
}

static void check_tree(struct loader *l, const struct json *json)
{
	for (json_each(item, json)) {
		const char *found = item->kind == JSON_STRING ? acts(item->string) : NULL;
		if (found || (item->key && acts(item->key)))
			loader_error(l, item, "\"%s\" has no place in a text of a bundle: texts are read, not run", found ? found : acts(item->key));
		check_tree(l, item);
	}
}

/* Forms are parsed again only when something in them could act, written out or by its code. */
static void check_form(struct loader *l, const struct bundle_file *file)
{
	const char *bytes = arena_strndup(l->scratch, file->bytes, file->length);
	if (!acts(bytes) && !strcasestr(bytes, "\\u003c"))
		return;
	l->report.file = file->path;
	check_tree(l, json_read(&l->report, file->bytes, file->length));
	l->report.file = NULL;
}

static void check_lines(struct loader *l, const struct bundle_file *file)
{
	int line = 1;
	for (const char *at = file->bytes; *at; line++) {
		size_t n = strcspn(at, "\n");
		const char *found = acts(arena_strndup(l->scratch, at, n));
		if (found)
			loader_file_problem(l, true, file->path, line, 1, "\"%s\" has no place in a text of a bundle: texts are read, not run", found);
		at += n + (at[n] == '\n');
	}
}

void check_markup(struct loader *l)
{
	for (size_t i = 0; i < l->n_layers; i++)
		for (size_t j = 0; j < l->layer[i].n; j++) {
			const struct bundle_file *file = &l->layer[i].file[j];
			bool is_form = !strncmp(file->name, "forms/", 6) && loader_file(l, file->name) == file;
			if (file->json)
				check_tree(l, file->json);
			else if (file->bytes && is_form)
				check_form(l, file);
			else if (file->bytes && !strncmp(file->name, "languages/", 10) && acts(file->bytes))
				check_lines(l, file);
		}
}
