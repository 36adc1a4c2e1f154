/* SPDX-License-Identifier: Apache-2.0
 *
 * Service directories in the Human Services Data Specification 3.0 (Open Referral), in and out.
 *
 * A directory is held as HSDS's own 21 tables (hsds_shape.c), whatever it came from: nested JSON
 * (hsds_json.c), a tabular package of CSV files (hsds_table.c) or our one-sheet template
 * (hsds_sheet.c). It is checked there (hsds_check.c), and turned into a bundle's services.json and
 * back (hsds_services.c, hsds_catalogue.c). What a catalogue entry has no member for stays with it
 * under "hsds", so that nothing is lost on the way through.
 *
 * Not thread-safe; everything lives in the arena. */
#ifndef COUNTRY_HSDS_H
#define COUNTRY_HSDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct json;            /* form/json.h: read with places */
struct json_object;     /* json-c: written; the two headers share names and never meet in a file */

#define HSDS_FIELDS_MAX 24
#define HSDS_ENTITIES 21
#define HSDS_ROWS_MAX 400000u
#define HSDS_FILE_MAX (24u << 20)

enum hsds_type { HSDS_TEXT, HSDS_UUID, HSDS_NUMBER, HSDS_DATE, HSDS_TIME, HSDS_DATETIME, HSDS_URI, HSDS_EMAIL, HSDS_ONE_OF };

struct hsds_field {
	const char *name;
	enum hsds_type type;
	bool is_needed;
	const char *refers;             /* the entity whose id it holds, or NULL */
	const char *choices;            /* HSDS_ONE_OF: "|active|inactive|" */
};

/* A member of the nested JSON that holds other rows: the foreign key stands in the child
 * (phones), or, for `is_one`, in the row itself (service.organization). */
struct hsds_child { const char *member, *entity, *key; bool is_one; };

struct hsds_entity {
	const char *name, *file;        /* "service", "services.csv" */
	struct hsds_field field[HSDS_FIELDS_MAX]; /* closed by one without name */
	struct hsds_child child[16];
};
extern const struct hsds_entity hsds_entities[HSDS_ENTITIES];
/* NULL when there is none of that name. */
const struct hsds_entity *hsds_entity(const char *name);
/* Index of a field, -1 unknown. */
int hsds_field(const struct hsds_entity *entity, const char *name);

struct hsds_extra { const char *name, *text; struct hsds_extra *next; };
struct hsds_row {
	const struct hsds_entity *entity;
	const char *id;
	const char *value[HSDS_FIELDS_MAX]; /* by field; NULL when absent */
	struct hsds_extra *extra;       /* fields that HSDS does not know: kept, with a warning */
	const char *file;               /* where it was read */
	int line;
	unsigned contested;             /* fields with a second value, by bit */
	bool is_written;                /* by the writer at work */
	bool is_dropped;                /* nothing names it any more */
	struct hsds_row *next;          /* of the entity, in order of reading */
};

struct hsds_link { struct hsds_row *row; struct hsds_link *next; };

/* is_error: else a warning. line 0: the whole file. */
typedef void hsds_problem_fn(void *data, bool is_error, const char *file, int line, const char *message);

struct hsds {
	struct arena *arena;
	hsds_problem_fn *problem;
	void *data;
	size_t n_errors, n_rows;
	struct hsds_row *first[HSDS_ENTITIES], *last[HSDS_ENTITIES];
	void *by_id, *by_reference;     /* trees of tsearch */
};

/* An empty directory. Give it back with hsds_close before the arena goes. */
struct hsds *hsds_open(struct arena *arena, hsds_problem_fn *problem, void *data);
void hsds_close(struct hsds *directory);
void hsds_say(struct hsds *directory, bool is_error, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Reads a .json file, a .csv or .xlsx sheet of our template, or a folder with .json files or with
 * HSDS's tables as .csv. False when anything was wrong: all of it is reported. */
bool hsds_read(struct hsds *directory, const char *path);
bool hsds_read_json(struct hsds *directory, const char *file, const char *bytes, size_t length);
/* One HSDS table ("services.csv"). */
bool hsds_read_table(struct hsds *directory, const char *file, const char *bytes, size_t length);
/* The one-sheet template, a service a row: hsds_sheet_columns says which columns. */
bool hsds_read_sheet(struct hsds *directory, const char *file, const char *bytes, size_t length);
/* The nested object of one row: used for what a services.json keeps under "hsds". */
struct hsds_row *hsds_read_object(struct hsds *directory, const struct hsds_entity *entity, const struct json *object);

/* The object's members into a row that is there. */
void hsds_fill(struct hsds *directory, struct hsds_row *row, const struct json *object);

/* The row of that id, made when it is not there; NULL when there are too many. */
struct hsds_row *hsds_row(struct hsds *directory, const struct hsds_entity *entity, const char *id, const char *file, int line);
/* NULL when there is none. */
struct hsds_row *hsds_find(const struct hsds *directory, const char *entity, const char *id);
/* Sets a field; another value than it already has is left out, with a warning. Empty text sets nothing. */
void hsds_set(struct hsds *directory, struct hsds_row *row, const char *field, const char *text);
/* "" when absent. */
const char *hsds_get(const struct hsds_row *row, const char *field);
struct hsds_row *hsds_first(const struct hsds *directory, const char *entity);
/* The rows of that entity whose field (one that refers to another row) holds the id, in order of reading:
 * for (const struct hsds_link *link = hsds_links(…); link; link = link->next) … link->row. */
const struct hsds_link *hsds_links(const struct hsds *directory, const char *entity, const char *field, const char *id);

/* The rows of that entity that name the id in that field no longer do; those that name nothing else are dropped. */
void hsds_unlink(struct hsds *directory, const char *entity, const char *field, const char *id);
/* The id of something that has none: the same for the same words, a UUID of version 8 (RFC 9562). */
const char *hsds_make_id(struct arena *arena, const char *space, const char *kind, const char *key);

/* How far a row's nested object goes: ENTRY stops at what is an entry of its own in services.json,
 * WHOLE takes in everything below. Rows taken in are marked is_written. */
enum hsds_depth { HSDS_ENTRY, HSDS_WHOLE };
struct json_object *hsds_nest(struct hsds_row *row, const struct hsds *directory, enum hsds_depth depth, const char *parent_key);

/* What services.json says in one member and HSDS in rows of their own; "" when there is none.
 * All in the directory's arena. */
const char *hsds_phone(const struct hsds *directory, const struct hsds_row *row);      /* of an organization or a location */
const char *hsds_address(const struct hsds *directory, const struct hsds_row *location);
const char *hsds_locality(const struct hsds *directory, const struct hsds_row *location);
const char *hsds_hours(const struct hsds *directory, const struct hsds_row *location);
const char *hsds_accessibility(const struct hsds *directory, const struct hsds_row *location);
/* One text of all rows of a child table, parted by "\n". */
const char *hsds_texts(const struct hsds *directory, const char *entity, const char *key, const char *id, const char *field);

/* Every row against the published shapes. A reference that HSDS needs must lead somewhere; others may lead out of the
 * directory, with a warning: it can be a part of a larger one. */
bool hsds_check(struct hsds *directory);

/* Which member of an entry in services.json holds which field. Closed by one without entity. */
struct hsds_plain { const char *entity, *member, *field; };
extern const struct hsds_plain hsds_plain_members[];

/* The text of a services.json: the text `existing` of one (NULL: none yet) with this directory laid over it by
 * id: what is new is added, what has the id is brought up to date, all else stays. NULL when there are errors. */
char *hsds_to_services(struct hsds *directory, const char *existing);
/* Whose catalogue: the bundle's key, from which ids are made for entries without one, and its ISO country code. */
struct hsds_origin { const char *space, *country; };
/* Fills an empty directory from a services.json. */
bool hsds_from_services(struct hsds *directory, const struct json *services, const struct hsds_origin *from);
/* What a service carries of a member that HSDS has no field for, parted by "\n". */
const char *hsds_carried(struct hsds *directory, const struct hsds_row *service, const char *member);
/* Afterwards the rows that carried them are not written. */
void hsds_drop_carried(struct hsds *directory);
/* Writes csv/ (tables and datapackage.json) and json/ below a folder; files of these names there are replaced, others stay. */
bool hsds_write(struct hsds *directory, const char *folder);

/* The template's columns, closed by NULL. */
extern const char *const hsds_sheet_columns[];
/* The template, empty, as .xlsx. */
bool hsds_write_template(struct hsds *directory, const char *path);

/* Is it one JSON document? Says what is wrong. */
bool hsds_is_json(struct hsds *directory, const char *file, const char *bytes, size_t length);

#endif
