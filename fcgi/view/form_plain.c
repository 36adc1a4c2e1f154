/* SPDX-License-Identifier: Apache-2.0
 *
 * Labels of imported instruments carry HTML tags and markdown for other programs. They are
 * shown as plain text: known tags go, those that break a line leave one, marks for bold
 * and headings go. Anything else stays as it is and is escaped when printed. */
#include "form_show.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Length of the known tag at p, 0 when it is none; breaks: does it end a line. */
static size_t tag_length(const char *p, bool *breaks)
{
	static const char *const block[] = { "br", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "hr", "center", NULL };
	static const char *const inside[] = { "b", "i", "u", "em", "strong", "span", "font", "small", "big", "sub", "sup", "a", NULL };
	const char *name = p + 1 + (p[1] == '/'), *end = strchr(p, '>');
	size_t n = 0;
	while (isalnum((unsigned char)name[n]))
		n++;
	if (!n || !end || end - p > 300 || !strchr(" \t\n/>", name[n]))
		return 0;
	for (size_t i = 0; block[i]; i++)
		if (strlen(block[i]) == n && !strncasecmp(block[i], name, n)) {
			*breaks = true;
			return (size_t)(end - p) + 1;
		}
	*breaks = false;
	for (size_t i = 0; inside[i]; i++)
		if (strlen(inside[i]) == n && !strncasecmp(inside[i], name, n))
			return (size_t)(end - p) + 1;
	return 0;
}

static bool is_mark(const char *p, const char *start)
{
	return !strncmp(p, "**", 2) || (!strncmp(p, "__", 2) && (p == start || isspace((unsigned char)p[-1]) || !p[2] || isspace((unsigned char)p[2])));
}

/* One line end at most in a row, none at the ends; a heading's # at a line's start goes. */
static void put_line_end(char *out, char **to)
{
	while (*to > out && ((*to)[-1] == ' ' || (*to)[-1] == '\n'))
		--*to;
	if (*to > out)
		*(*to)++ = '\n';
}

const char *form_show_plain(const struct form_show *show, const char *text)
{
	if (!strpbrk(text, "<#\n") && !strstr(text, "**") && !strstr(text, "__"))
		return text;
	char *out = arena_alloc(show->arena, strlen(text) + 2), *to = out;
	for (const char *p = text; *p;) {
		bool breaks = false, at_start = to == out || to[-1] == '\n';
		size_t n = *p == '<' ? tag_length(p, &breaks) : 0;
		size_t heading = at_start ? strspn(p, "#") : 0;
		if (n && breaks)
			put_line_end(out, &to);
		if (n) {
			p += n;
		} else if (heading && heading < 7 && p[heading] == ' ') {
			p += heading;
		} else if (*p == '\n') {
			put_line_end(out, &to);
			p++;
		} else if (is_mark(p, text)) {
			p += 2;
		} else if (at_start && *p == ' ') {
			p++;
		} else {
			*to++ = *p++;
		}
	}
	while (to > out && (to[-1] == '\n' || to[-1] == ' '))
		to--;
	*to = 0;
	return out;
}
