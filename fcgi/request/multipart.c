/* SPDX-License-Identifier: Apache-2.0
 *
 * Splits a multipart body at its boundary. One pass: each byte is looked at by one memmem. */
#include "multipart.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

#define HEAD_BYTES 4096 /* headers of one part */

struct part { const char *name, *filename, *type; };

char *multipart_boundary(struct arena *arena, const char *content_type)
{
	static const char kind[] = "multipart/form-data";
	const char *p;
	size_t n;

	if (strncasecmp(content_type, kind, sizeof kind - 1) != 0 || !(p = strcasestr(content_type, "boundary=")))
		return NULL;
	p += strlen("boundary=");
	if (*p == '"')
		n = strcspn(++p, "\"");
	else
		n = strcspn(p, "; \t");
	return n >= 1 && n <= 70 ? arena_strndup(arena, p, n) : NULL;
}

/* The value of `; name="…"` in a header line, NULL when it is missing. Browsers write a quote inside as %22. */
static char *parameter(struct arena *arena, const char *line, size_t n, const char *name)
{
	size_t wanted = strlen(name);

	for (size_t i = 0; i + wanted + 2 < n; i++) {
		const char *start, *end;
		if (line[i] != ';')
			continue;
		while (i + 1 < n && line[i + 1] == ' ')
			i++;
		if (n - i - 1 < wanted + 2 || strncasecmp(line + i + 1, name, wanted) != 0 || strncmp(line + i + 1 + wanted, "=\"", 2) != 0)
			continue;
		start = line + i + 1 + wanted + 2;
		end = memchr(start, '"', (size_t)(line + n - start));
		return end ? arena_strndup(arena, start, (size_t)(end - start)) : NULL;
	}
	return NULL;
}

static void head_line(struct arena *arena, const char *line, size_t n, struct part *part)
{
	static const char disposition[] = "Content-Disposition:", type[] = "Content-Type:";

	if (n > sizeof disposition && strncasecmp(line, disposition, sizeof disposition - 1) == 0) {
		part->name = parameter(arena, line, n, "name");
		part->filename = parameter(arena, line, n, "filename");
	} else if (n > sizeof type && strncasecmp(line, type, sizeof type - 1) == 0) {
		part->type = text_trim(arena, arena_strndup(arena, line + sizeof type - 1, n - (sizeof type - 1)));
	}
}

/* Only the last component: some browsers send the whole path of the visitor's machine. */
static const char *base_name(const char *filename)
{
	const char *slash = strrchr(filename, '/'), *back = strrchr(filename, '\\');

	return slash > back ? slash + 1 : back ? back + 1 : filename;
}

static enum err take_part(struct arena *arena, const struct part *part, const char *bytes, size_t n,
                          struct pairs *pairs, struct uploads *uploads, struct why *why)
{
	struct upload *upload;

	if (!part->name || !text_is_clean(part->name, strlen(part->name)))
		return fail(why, ERR_BAD_REQUEST, "part without a clean name");
	if (!part->filename) {
		if (!text_is_clean(bytes, n))
			return fail(why, ERR_BAD_REQUEST, "part %zu is not clean UTF-8", pairs->n);
		return pairs_add(arena, pairs, part->name, arena_strndup(arena, bytes, n), why);
	}
	if (!*part->filename && n == 0)
		return OK;
	if (uploads->n == UPLOADS_MAX)
		return fail(why, ERR_TOO_LARGE, "more than %d files", UPLOADS_MAX);
	upload = &uploads->item[uploads->n++];
	upload->name = part->name;
	upload->filename = text_is_clean(part->filename, strlen(part->filename)) ? base_name(part->filename) : "file";
	upload->content_type = part->type ? part->type : "application/octet-stream";
	upload->bytes = bytes;
	upload->size = n;
	return OK;
}

/* Reads the headers at p; gives where the content begins, NULL when they do not end. */
static const char *read_head(struct arena *arena, const char *p, const char *end, struct part *part)
{
	for (const char *stop = end - p > HEAD_BYTES ? p + HEAD_BYTES : end; p < stop; ) {
		const char *line_end = memmem(p, (size_t)(stop - p), "\r\n", 2);
		if (!line_end)
			return NULL;
		if (line_end == p)
			return p + 2;
		head_line(arena, p, (size_t)(line_end - p), part);
		p = line_end + 2;
	}
	return NULL;
}

enum err multipart_read(struct arena *arena, const char *boundary, const char *body, size_t n,
                        struct pairs *pairs, struct uploads *uploads, struct why *why)
{
	char *delimiter = arena_printf(arena, "\r\n--%s", boundary);
	size_t length = strlen(delimiter);
	const char *p = body, *end = body + n;
	enum err err;

	/* the first delimiter has no line end before it */
	if (n < length || memcmp(p, delimiter + 2, length - 2) != 0)
		return fail(why, ERR_BAD_REQUEST, "multipart body does not begin with its boundary");
	p += length - 2;
	for (;;) {
		struct part part = { 0 };
		const char *content, *next;
		if (end - p >= 2 && memcmp(p, "--", 2) == 0)
			return OK;
		if (end - p < 2 || memcmp(p, "\r\n", 2) != 0 || !(content = read_head(arena, p + 2, end, &part)))
			return fail(why, ERR_BAD_REQUEST, "multipart part without a head");
		/* an empty content may share its line end with the head */
		next = memmem(content - 2, (size_t)(end - content) + 2, delimiter, length);
		if (!next)
			return fail(why, ERR_BAD_REQUEST, "multipart body is cut off");
		if ((err = take_part(arena, &part, content, next > content ? (size_t)(next - content) : 0, pairs, uploads, why)))
			return err;
		p = next + length;
	}
}
