/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader of gettext .po files, the translators' format (Poedit, Weblate): text in,
 * one call per entry out. Knows nothing of where entries are kept; words.c does. */
#ifndef COUNTRY_PO_H
#define COUNTRY_PO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define PO_FORMS_MAX 6           /* plural forms; Arabic has six */

struct po_entry {
	const char *context;            /* msgctxt, or NULL */
	const char *source;             /* msgid; "" is the header and is not handed out */
	const char *plural;             /* msgid_plural, or NULL */
	size_t n;                       /* forms given, 1 without a plural */
	const char *string[PO_FORMS_MAX]; /* msgstr; "" is "not translated yet" */
	bool is_fuzzy;                  /* a guess by a tool: not to be shown */
	int line;                       /* of its msgid, or of its msgctxt */
};

typedef void po_entry_fn(void *data, const struct po_entry *entry);
typedef void po_problem_fn(void *data, int line, int column, const char *message);

/* Reads a whole file. Entries live in the arena. False when there was a problem; entries
 * before and after it are still handed out. */
bool po_read(struct arena *arena, const char *text, size_t length,
             po_entry_fn *entry, po_problem_fn *problem, void *data);

#endif
