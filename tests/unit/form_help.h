/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the tests of forms: loads a form from JSON text or file and keeps what was
 * reported. JSON in tests is written with ' for ". */
#ifndef TESTS_UNIT_FORM_HELP_H
#define TESTS_UNIT_FORM_HELP_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "form/answers.h"
#include "form/form.h"

struct heard { size_t n; struct buf text; };

static inline void hear(void *data, int line, int column, const char *format, ...)
{
	struct heard *heard = data;
	char message[2000];
	va_list args;
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	heard->n++;
	buf_printf(&heard->text, "%d:%d %s\n", line, column, message);
}

static inline char *quoted(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text);
	for (char *p = copy; *p; p++)
		if (*p == '\'')
			*p = '"';
		else if (*p == '`')
			*p = '\'';
	return copy;
}

/* NULL and the problems in heard->text ("line:column message" lines), which starts empty. */
static inline struct form *load_form(struct arena *arena, const char *json, struct heard *heard)
{
	const char *text = quoted(arena, json);
	*heard = (struct heard){ 0 };
	buf_init(&heard->text, 100000);
	return form_load(arena, "test", text, strlen(text), hear, heard);
}

static inline char *read_all(struct arena *arena, const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	fseek(file, 0, SEEK_END);
	*length = (size_t)ftell(file);
	rewind(file);
	char *text = arena_alloc(arena, *length + 1);
	size_t got = fread(text, 1, *length, file);
	fclose(file);
	return got == *length ? text : NULL;
}

/* NULL when every element is closed by its own end; else what is not. */
static inline const char *unbalanced(const char *html)
{
	static const char *const empty[] = { "input", "img", "use", "rect", "path", "polygon", "circle", "br", "meta", "link" };
	const char *open[200];
	size_t length[200], depth = 0;
	for (const char *p = strchr(html, '<'); p; p = strchr(p + 1, '<')) {
		bool is_end = p[1] == '/', is_void = false;
		const char *name = p + 1 + is_end;
		size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");
		for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
			is_void |= strlen(empty[i]) == n && !strncmp(empty[i], name, n);
		if (is_void || !n)
			continue;
		if (!is_end && depth < 200) {
			open[depth] = name;
			length[depth++] = n;
		} else if (!depth-- || length[depth] != n || strncmp(open[depth], name, n) != 0) {
			return p;
		}
	}
	return depth ? open[depth - 1] : NULL;
}

#endif
