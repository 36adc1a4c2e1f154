/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors: one enum, and a `struct why` that carries where and what for the log.
 * The visitor never sees `detail`: pages show the sentence of the code's message
 * key and a reference that the log has. The table from code to HTTP status and
 * message stands in err.c. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdnoreturn.h>

enum err {
	OK = 0,
	ERR_NOT_FOUND,    /* no such thing, or the actor may not know of it (404) */
	ERR_LOGIN,        /* nobody is signed in (303 to the login page) */
	ERR_FORBIDDEN,    /* signed in, and the page (never a record) is not for them (403) */
	ERR_CSRF,         /* the form's token is missing or foreign (403) */
	ERR_INVALID,      /* what was typed is refused, field by field (422) */
	ERR_BAD_REQUEST,  /* the request itself is broken: encoding, NUL, unknown field (400) */
	ERR_CONFLICT,     /* somebody else changed it meanwhile, or the step is not open now (409) */
	ERR_CLOSED,       /* the case is closed: nothing in it is changed (409) */
	ERR_METHOD,       /* 405 */
	ERR_TOO_LARGE,    /* 413 */
	ERR_THROTTLED,    /* too many tries (429) */
	ERR_BUSY,         /* the database stayed locked (503) */
	ERR_FULL,         /* the disk is full (507) */
	ERR_READONLY,     /* the disk or the file is read-only (503) */
	ERR_CONFIG,       /* the instance's bundle has errors (503) */
	ERR_IO,           /* another operating system error (500) */
	ERR_INTERNAL,     /* our own mistake (500) */
	ERR_COUNT
};

/* Where and why something failed. The first failure is kept: a caller up the
 * stack adds nothing. Zero-initialise before use. */
struct why {
	enum err code;
	const char *file;
	int line;
	char detail[240];
};

/* Records the failure and returns its code: `return fail(why, ERR_X, "…", …)`. */
#define fail(why, code, ...) why_fail((why), (code), __FILE__, __LINE__, __VA_ARGS__)
enum err why_fail(struct why *why, enum err code, const char *file, int line,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));

/* HTTP status of a code; OK gives 200. */
int err_status(enum err code);
/* English sentence for the visitor, a key of the translations. Never NULL. */
const char *err_message(enum err code);
/* The code's name as in the enum without ERR_, for the log. */
const char *err_name(enum err code);
/* The code that fits an errno: ENOSPC, EDQUOT → ERR_FULL; EROFS, EACCES → ERR_READONLY; else ERR_IO. */
enum err err_from_errno(int errnum);

/* Our own mistake, never caused by input: logs and aborts, the supervisor restarts the worker. */
#define BUG(...) bug_abort(__FILE__, __LINE__, __VA_ARGS__)
noreturn void bug_abort(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
