/* SPDX-License-Identifier: Apache-2.0
 *
 * A bundle under a living instance: what another one would mean for what is stored, said
 * before anything is done; taking it over whole or not at all; and going back to exactly
 * the database that was found.
 *
 * upgrade_plan*.c compare two loaded bundles and count stored rows; upgrade.c takes over;
 * upgrade_rollback.c goes back. Sentences are translated where the request's language is known. */
#ifndef COUNTRY_UPGRADE_H
#define COUNTRY_UPGRADE_H

#include "instance.h"
#include "model/bundle_use.h"

enum upgrade_kind {
	UPGRADE_CHANGES,        /* nothing stored is touched */
	UPGRADE_KEEPS,          /* something stored names it, and stays as it is */
	UPGRADE_MOVES,          /* stored rows go over to another key */
	UPGRADE_REFUSED         /* cannot be carried over without a mapping */
};

/* One change: Stage “review”: removed. 12 cases stand in it. */
struct upgrade_item {
	enum upgrade_kind kind;
	const char *file;               /* "workflow.json" */
	const char *thing, *name;       /* "Stage", "Review"; name may be "" */
	const char *change, *effect;    /* effect "" when nothing stored is concerned */
	const char *mapping;            /* refused: what would carry it over; else "" */
};
struct upgrade_move { bool is_question; enum bundle_list list; const char *form, *was, *now, *value; };

struct upgrade {
	struct instance *instance;
	struct context c;
	const struct bundle *from, *to;
	const char *key;                /* folder name of the new bundle */
	char digest[DIGEST_LEN];        /* of the new bundle */
	bool is_same;                   /* nothing to do */
	size_t n; struct upgrade_item *item;
	size_t n_of[4];                 /* items by kind */
	size_t n_moves; struct upgrade_move *move;
};

/* Compares what the instance runs on with the bundle of a folder. The caller closes it with upgrade_close. ERR_CONFIG when the
 * folder's bundle has errors, which `problem` is told (NULL: the log). */
enum err upgrade_open(struct upgrade *u, struct instance *instance, const char *folder, struct arena *arena,
                      bundle_problem_fn *problem, void *data, struct why *why);
void upgrade_close(struct upgrade *u);
/* One line of a preview: Stage “Review”: removed. 12 cases stand in it. */
char *upgrade_sentence(struct arena *arena, const struct upgrade_item *item);
/* "3 working days; high risk: 1", "none". */
const char *deadline_words(struct arena *arena, const struct stage *stage);

/* Takes the bundle over: the state before is kept as before-upgrade.db, then one transaction. ERR_CONFLICT when something is refused
 * or the instance changed its bundle meanwhile. actor: who. */
enum err upgrade_apply(struct upgrade *u, const struct actor *actor, struct why *why);
/* A demonstration takes an edited folder over by itself; ERR_CONFLICT when stored rows would have to move. */
enum err upgrade_live(struct instance *instance, const char *folder, struct why *why);

/* What going back would lose. */
struct rollback {
	struct bundle_change *change;   /* the upgrade to take back */
	struct work work;               /* done since */
};
/* ERR_NOT_FOUND when there is nothing to go back to. */
enum err rollback_open(struct rollback *r, struct instance *instance, struct arena *arena, struct why *why);
/* "3 times save assessment": lines of what was done since. */
char *work_sentence(struct arena *arena, const struct work_done *done);
/* The database is again as it was; the state left is kept as rolled-back.db. ERR_CONFLICT when work was done since and
 * is not to be discarded. */
enum err rollback_apply(struct instance *instance, bool with_discard, const struct actor *actor, struct why *why);

#endif
