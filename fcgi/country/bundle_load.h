/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of the bundle loader share: the files read, the merged JSON documents
 * with their places, and the one way to report a problem. Only bundle*.c and check*.c
 * include this.
 *
 * The flow of bundle_load: bundle_files.c reads folders → bundle_merge.c lays them over
 * each other → bundle_members.c reads objects by tables → bundle_main.c, bundle_people.c …
 * bundle_forms.c fill `struct bundle` → check_*.c look at the whole. */
#ifndef COUNTRY_BUNDLE_LOAD_H
#define COUNTRY_BUNDLE_LOAD_H

#include <setjmp.h>
#include <sys/stat.h>

#include "bundle.h"
#include "form/json.h"
#include "form/shape.h"
#include "shapes.h"

#define BUNDLE_FILE_MAX (2u << 20)
#define BUNDLE_FOLDER_MAX (64u << 20)
#define BUNDLE_FILES_MAX 2000
#define BUNDLE_LAYERS_MAX 8
#define BUNDLE_PROBLEMS_MAX 1000

struct bundle_file {
	const char *name;               /* below the bundle: "forms/intake.json" */
	const char *path;               /* for messages: "demo/forms/intake.json" */
	const char *bytes;              /* NULL: not text that the loader reads (media, manuals) */
	size_t length;
	const struct json *json;        /* parsed; NULL when it is no JSON or broken */
};

/* One folder: the bundle itself is layer 0, its parent 1 … */
struct bundle_layer {
	const char *key, *dir;
	size_t n;
	struct bundle_file *file;
};

/* Where the items of a list stand, by index. */
struct places { size_t n; const struct json **at; };

struct watched { char *path; struct timespec mtime; off_t size; ino_t inode; };
struct bundle_watch { size_t n; struct watched *item; time_t looked_at; bool is_stale; };
/* Did a file of the list change? Looks once a second at most; once stale, always. */
bool watch_is_stale(struct bundle_watch *watch);

enum { DOC_MAIN = 1, DOC_ROLES = 2, DOC_OFFICES = 4, DOC_WORKFLOW = 8, DOC_SERVICES = 16, DOC_PERSONAS = 32, DOC_SEED = 64, DOC_FORMS = 128,
       DOC_REMINDERS = 256, DOC_INDICATORS = 512, DOC_CARD = 1024, DOC_GOALS = 2048 };


struct loader {
	struct arena *arena;            /* of the bundle: what stays */
	struct arena *scratch;          /* files and JSON trees: gone after the load */
	struct json_report report;
	jmp_buf escape;                 /* an arena is full */
	bundle_problem_fn *problem;
	void *data;
	bool is_warning;                /* the problem being reported */
	bool wants_tests;               /* run the bundle's own tests */
	size_t n_problems, n_errors;
	size_t n_layers;
	struct bundle_layer layer[BUNDLE_LAYERS_MAX];
	size_t n_files, n_bytes;
	bool is_full;                   /* more files or bytes than a bundle may have */
	size_t n_watched;
	struct watched *watched;
	struct bundle *bundle;
	unsigned broken;                /* DOC_… that could not be read: what they name is not looked for */
	bool tags_unsure;               /* a role names a tag that does not exist */
	/* merged documents; NULL when no layer has one */
	const struct json *main, *roles, *offices, *workflow, *services, *personas, *seed, *reminders, *indicators, *card, *goals;
	struct places role, area, office, stage, transition, service, persona, dimension, consent, language, pathway, cadence;
	struct places organization, location, reminder, indicator, dashboard, goal;
	const struct bundle_file **form_file; /* by index of bundle.form */
};

/* ---- problems ---- */
void loader_error(struct loader *l, const struct json *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
void loader_error_key(struct loader *l, const struct json *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
void loader_warn(struct loader *l, const struct json *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
void loader_file_problem(struct loader *l, bool is_error, const char *path, int line, int column, const char *format, ...)
	__attribute__((format(printf, 6, 7)));
/* "; is \"x\" meant?" for the nearest of n names `stride` bytes apart, or "; known are a, b, c" when few, or "". */
const char *loader_hint(struct loader *l, const char *word, const char *const *names, size_t n);
/* The same for the key (first member) of an array of structs. */
const char *loader_hint_in(struct loader *l, const char *word, const void *items, size_t n, size_t size);
/* Collects "path" problems of form_load and po_read: data is the loader, report.file the file. */
void loader_form_problem(void *data, int line, int column, const char *format, ...);

/* ---- files ---- */
/* Reads dir and its parents; false when there is nothing to go on with. */
bool loader_read_folders(struct loader *l, const char *dir);
const struct bundle_file *layer_file(const struct bundle_layer *layer, const char *name);
/* Did all these documents (DOC_…) come through? */
static inline bool loader_has(const struct loader *l, unsigned documents)
{
	return (l->broken & documents) == 0;
}
/* The bytes of a file that the loader does not read as text: pictures, manuals. False when it cannot be read. */
bool loader_read_rest(struct loader *l, const struct bundle_layer *layer, struct bundle_file *file);
/* From the nearest layer that has it. */
const struct bundle_file *loader_file(const struct loader *l, const char *name);
/* The names of files in a folder, nearest layer first, each name once: NULL-closed. */
const struct bundle_file **loader_files_in(struct loader *l, const char *folder, const char *suffix, size_t *n);
/* "forms/intake.json" → "intake", in the bundle's arena. */
const char *loader_stem(struct loader *l, const char *name);

/* ---- merging ---- */
/* The child's document laid over the parent's. */
const struct json *loader_merge(struct loader *l, const struct json *parent, const struct json *child);
/* The document of that name over all layers. */
const struct json *loader_document(struct loader *l, const char *name);

/* ---- members, by the tables of form/shape.h ---- */
/* Fills `out` from an object by a table closed by a row without name; unknown members are errors. False when it is no object. */
bool loader_object(struct loader *l, const struct json *object, const struct member *members, void *out);
/* Reports what does not fit the shape, which has no offsets. */
void loader_check(struct loader *l, const struct json *document, const struct member *shape);
/* Fills a list of objects under `name`; `id` is the member that must be unique. Returns the array, in the bundle's arena. */
void *loader_list(struct loader *l, const struct json *document, const char *name, const char *id,
                  const struct member *members, size_t size, struct places *places);
/* The row of a shape whose items stored rows name by key. */
#define MEMBER_WAS { "was", M_OTHER, .schema = "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"array\",\"items\":{\"type\":\"string\"}}]}", \
	.what = "Key it had before, or keys: what is stored under them goes over to it when the bundle is taken over" }
/* "was" of a list's items into bundle.was. */
void loader_was(struct loader *l, const struct places *places, const char *list, const char *id);
/* A copy in the bundle's arena; NULL gives NULL. */
const char *loader_keep(struct loader *l, const char *text);
/* The member of item i to point at, or the item itself. */
const struct json *place_of(const struct places *places, size_t i, const char *member);
/* Element `text` of the list `member` of an item, or the member. */
const struct json *place_of_element(const struct json *item, const char *member, const char *text);

/* ---- parts ---- */
void loader_main(struct loader *l);
void loader_people(struct loader *l);      /* roles, offices, personas */
void loader_workflow(struct loader *l);
void loader_services(struct loader *l);
void loader_reminders(struct loader *l);
void loader_indicators(struct loader *l);
void loader_goals(struct loader *l);
void loader_card(struct loader *l);
void loader_manuals(struct loader *l);
void loader_emblem(struct loader *l);
void loader_forms(struct loader *l);
void loader_geography(struct loader *l);
void loader_words(struct loader *l);

/* Where the places of a list go: .places = PLACES(role). */
#define PLACES(list) offsetof(struct loader, list)

/* ---- cross-checks, after everything is read ---- */
void check_references(struct loader *l);
void check_workflow(struct loader *l);
void check_content(struct loader *l);      /* services, reminders, indicators, goals, manuals */
void check_card(struct loader *l);
void check_reminders(struct loader *l);
void check_forms(struct loader *l);
void check_markup(struct loader *l);
void check_words(struct loader *l);
void check_seed(struct loader *l);
void check_tests(struct loader *l);
/* Answers by question name, nested by group, and the choices of one question. */
void check_answers(struct loader *l, const struct form *form, const struct json *answers);
void check_choice_names(struct loader *l, const struct question *q, const struct json *at, const char *names);

#endif
