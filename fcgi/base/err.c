/* SPDX-License-Identifier: Apache-2.0
 *
 * The one table from an error to its HTTP status and to the sentence a visitor reads. */
#include "err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"

static const struct {
	const char *name;
	int status;
	const char *message;
} table[ERR_COUNT] = {
	[OK] = { "OK", 200, "Done." },
	[ERR_NOT_FOUND] = { "NOT_FOUND", 404, "There is no such page here, or it is not yours to see." },
	[ERR_LOGIN] = { "LOGIN", 303, "Sign in to go on." },
	[ERR_FORBIDDEN] = { "FORBIDDEN", 403, "Your role does not include this page." },
	[ERR_CSRF] = { "CSRF", 403, "This form was not made for your present sign-in. Open the page again and send it from there; nothing was changed." },
	[ERR_INVALID] = { "INVALID", 422, "Some answers need another look." },
	[ERR_BAD_REQUEST] = { "BAD_REQUEST", 400, "The browser sent something this page does not take. Nothing was changed." },
	[ERR_CONFLICT] = { "CONFLICT", 409, "Somebody changed this meanwhile. Nothing of yours was written over it." },
	[ERR_CLOSED] = { "CLOSED", 409, "This case is closed. Nothing in it can be changed unless it is opened again." },
	[ERR_METHOD] = { "METHOD", 405, "This address cannot be used that way." },
	[ERR_TOO_LARGE] = { "TOO_LARGE", 413, "What was sent is too large. Nothing was changed." },
	[ERR_THROTTLED] = { "THROTTLED", 429, "There were too many tries. Wait a few minutes and try again." },
	[ERR_BUSY] = { "BUSY", 503, "Too many people are saving at this moment. Nothing was changed; try again." },
	[ERR_FULL] = { "FULL", 507, "The server's disk is full. Nothing was changed; tell your administrator." },
	[ERR_READONLY] = { "READONLY", 503, "The server cannot write to its disk. Nothing was changed; tell your administrator." },
	[ERR_CONFIG] = { "CONFIG", 503, "This country's configuration has a mistake, so its pages cannot be shown. Nothing is lost; tell your administrator: compass check names file and line." },
	[ERR_IO] = { "IO", 500, "Something went wrong on our side. Sorry." },
	[ERR_INTERNAL] = { "INTERNAL", 500, "Something went wrong on our side. Sorry." },
};

static unsigned in_table(enum err code)
{
	return (unsigned)code < ERR_COUNT ? (unsigned)code : ERR_INTERNAL;
}

enum err why_fail(struct why *why, enum err code, const char *file, int line, const char *format, ...)
{
	va_list args;

	if (!why || why->code != OK)
		return code;
	why->code = code;
	why->file = file;
	why->line = line;
	va_start(args, format);
	vsnprintf(why->detail, sizeof why->detail, format, args);
	va_end(args);
	return code;
}

int err_status(enum err code)
{
	return table[in_table(code)].status;
}

const char *err_message(enum err code)
{
	return table[in_table(code)].message;
}

const char *err_name(enum err code)
{
	return table[in_table(code)].name;
}

enum err err_from_errno(int errnum)
{
	switch (errnum) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return ERR_FULL;
	case EROFS:
	case EACCES:
		return ERR_READONLY;
	default:
		return ERR_IO;
	}
}

noreturn void bug_abort(const char *file, int line, const char *format, ...)
{
	char where[160], what[400];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	snprintf(where, sizeof where, "%s:%d", file, line);
	log_event(LOG_LEVEL_ERROR, "bug", "where", where, "what", what, NULL);
	abort();
}
