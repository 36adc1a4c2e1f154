/* SPDX-License-Identifier: Apache-2.0
 *
 * One JSON object a line, written with one write(2), so that lines of several workers
 * do not mix. Uses no memory but the stack: it must work when nothing else does. */
#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "date.h"
#include "random.h"

struct line { char text[4096]; size_t len; };

static const char *program = "compass";

void log_open(const char *name)
{
	program = name;
}

static void put(struct line *line, const char *text)
{
	size_t n = strlen(text);

	/* 8 bytes are kept for closing the line */
	if (n > sizeof line->text - 8 - line->len)
		n = sizeof line->text - 8 - line->len;
	memcpy(line->text + line->len, text, n);
	line->len += n;
}

/* Whole escapes only, and never half of a pair at the end of the room. */
static void put_string(struct line *line, const char *text)
{
	char one[8];

	put(line, "\"");
	for (; *text && line->len < sizeof line->text - 20; text++) {
		unsigned char c = (unsigned char)*text;
		if (c == '"' || c == '\\')
			snprintf(one, sizeof one, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			snprintf(one, sizeof one, "\\u%04x", c);
		else
			snprintf(one, sizeof one, "%c", c);
		put(line, one);
	}
	put(line, "\"");
}

static void put_pair(struct line *line, const char *key, const char *value)
{
	put(line, ",");
	put_string(line, key);
	put(line, ":");
	put_string(line, value ? value : "");
}

static void put_time(struct line *line)
{
	struct timespec now;
	struct tm tm;
	char text[40], whole[24];

	/* the machine's clock on purpose, whatever COMPASS_NOW says: logs are read beside other logs */
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	strftime(whole, sizeof whole, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text, sizeof text, "{\"at\":\"%s.%03dZ\"", whole, (int)(now.tv_nsec / 1000000));
	put(line, text);
}

void log_event(enum log_level level, const char *event, ...)
{
	static const char *const levels[] = { "debug", "info", "warning", "error" };
	struct line line = { .len = 0 };
	const char *key;
	va_list args;

	put_time(&line);
	put_pair(&line, "level", levels[level]);
	put_pair(&line, "program", program);
	put_pair(&line, "event", event);
	va_start(args, event);
	while ((key = va_arg(args, const char *)))
		put_pair(&line, key, va_arg(args, const char *));
	va_end(args);
	memcpy(line.text + line.len, "}\n", 2);
	if (write(STDERR_FILENO, line.text, line.len + 2) < 0)
		return; /* nowhere left to say it */
}

const char *log_failure(const struct why *why, const char *what)
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	static char reference[9];
	char where[160];

	for (int i = 0; i < 8; i++)
		reference[i] = letters[random_below(sizeof letters - 1)];
	snprintf(where, sizeof where, "%s:%d", why && why->file ? why->file : "", why ? why->line : 0);
	log_event(LOG_LEVEL_ERROR, "failure", "reference", reference, "what", what,
	          "code", err_name(why ? why->code : ERR_INTERNAL), "where", where,
	          "detail", why ? why->detail : "", NULL);
	return reference;
}
