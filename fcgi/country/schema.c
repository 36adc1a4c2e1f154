/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON Schemas from shapes. Each shape becomes a definition, named after the member it
 * was met at. In a bundle that extends another, objects that merge by key may leave out
 * everything but their key, be taken out, or be replaced with their whole list. */
#include "schema.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "formats.h"
#include "shapes.h"

#define DEFINITIONS_MAX 64
#define NAME_SIZE 64

typedef struct json_object jso;

static const struct file {
	struct schema_file file;
	const struct member *shape;
	const char *what;
} files[] = {
	{ { "bundle", "bundle.json", true }, main_shape, "The country: programme, languages, modules, dimensions, words, consents" },
	{ { "roles", "roles.json", true }, roles_shape, "Roles and what each may do" },
	{ { "offices", "offices.json", true }, offices_shape, "Areas and offices" },
	{ { "workflow", "workflow.json", true }, workflow_shape, "Stages, transitions, cadence and pathways" },
	{ { "services", "services.json", true }, services_shape, "Catalogue of benefits and services, with organizations and locations" },
	{ { "personas", "personas.json", true }, personas_shape, "People of the demonstration" },
	{ { "reminders", "reminders.json", true }, reminders_shape, "Reminders: occasion, channel, text" },
	{ { "indicators", "indicators.json", true }, indicators_shape, "Indicators and dashboards" },
	{ { "card", "card.json", true }, card_shape, "The CMIS card" },
	{ { "goals", "goals.json", true }, goals_shape, "Library of goals" },
	{ { "form", "forms/*.json", false }, form_shape, "A form in XLSForm vocabulary, with scores, needs and strengths" },
	{ { "seed", "seed.json", false }, seed_shape, "Invented families: how many, and what they need" },
	{ { "story", "seed/stories/*.json", false }, story_shape, "One invented family in full; days are counted from the clock's start" },
	{ { "tests", "tests/*.json", false }, test_shape, "Answers and what should come out of them; run by compass check" },
};

#define N_FILES (sizeof files / sizeof *files)

struct definition { const struct member *shape; const char *id; bool is_partial; char name[NAME_SIZE]; };
struct printer {
	jso *definitions;
	size_t n;
	struct definition definition[DEFINITIONS_MAX];
	bool is_document;               /* among the members of the file itself, where a list may always be a replacement */
};

/* ---- small pieces ---- */

static jso *text(const char *value)
{
	return json_object_new_string(value);
}

static void put(jso *object, const char *name, jso *value)
{
	json_object_object_add(object, name, value);
}

static jso *of_type(const char *type)
{
	jso *schema = json_object_new_object();
	put(schema, "type", text(type));
	return schema;
}

static jso *either(jso *a, jso *b)
{
	jso *schema = json_object_new_object(), *list = json_object_new_array();
	json_object_array_add(list, a);
	json_object_array_add(list, b);
	put(schema, "anyOf", list);
	return schema;
}

static jso *reference(const char *name)
{
	jso *schema = json_object_new_object();
	char path[NAME_SIZE + 16];
	snprintf(path, sizeof path, "#/$defs/%s", name);
	put(schema, "$ref", text(path));
	return schema;
}

static jso *closed_list(const char *choices)
{
	jso *schema = json_object_new_object(), *list = json_object_new_array();
	for (const char *p = choices; *p;) {
		size_t n = strcspn(p, " ");
		if (n)
			json_object_array_add(list, json_object_new_string_len(p, (int)n));
		p += n + (p[n] == ' ');
	}
	put(schema, "enum", list);
	return schema;
}

/* ---- texts and numbers ---- */

static jso *text_schema(const struct member *m, bool is_needed)
{
	jso *schema = of_type("string");
	const char *pattern = m->kind == M_KEY ? "^[a-z][a-z0-9_]{0,39}$" : text_format_of(m->format)->pattern;
	char optional[2048];
	if (m->choices && m->kind != M_TEXTS) {
		json_object_put(schema);
		return closed_list(m->choices);
	}
	if (pattern && !is_needed && m->kind != M_KEY) {
		snprintf(optional, sizeof optional, "^$|%s", pattern);
		pattern = optional;
	}
	if (pattern || is_needed)
		put(schema, "pattern", text(pattern ? pattern : "\\S"));
	return schema;
}

static jso *number_schema(const struct member *m)
{
	jso *schema = of_type(m->kind == M_INT ? "integer" : "number");
	if (m->min != m->max) {
		put(schema, "minimum", json_object_new_int(m->min));
		put(schema, "maximum", json_object_new_int(m->max));
	}
	return schema;
}

static jso *pair_schema(const char *type)
{
	jso *schema = of_type("array");
	put(schema, "items", of_type(type));
	put(schema, "minItems", json_object_new_int(2));
	put(schema, "maxItems", json_object_new_int(2));
	return schema;
}

static jso *words_schema(bool is_needed)
{
	jso *by_language = of_type("object"), *plain = of_type("string");
	put(by_language, "additionalProperties", of_type("string"));
	if (is_needed) {
		put(plain, "pattern", text("\\S"));
		put(by_language, "minProperties", json_object_new_int(1));
	}
	return either(plain, by_language);
}

/* ---- lists, objects, maps ---- */

static jso *member_schema(struct printer *p, const struct member *m, bool is_partial);
static const char *define(struct printer *p, const struct member *shape, const char *name, const char *id, bool is_partial);

static jso *texts_schema(const struct member *m)
{
	jso *schema = of_type("array"), *item = m->choices ? closed_list(m->choices) : text_schema(m, true);
	put(schema, "items", item);
	if (m->choices)
		put(schema, "uniqueItems", json_object_new_boolean(true));
	if (m->is_needed)
		put(schema, "minItems", json_object_new_int(1));
	put(schema, "maxItems", json_object_new_int(m->max ? m->max : BUNDLE_LIST_MAX));
	return schema;
}

static jso *list_schema(struct printer *p, const struct member *m, bool is_partial)
{
	jso *schema = of_type("array");
	put(schema, "items", reference(define(p, m->of, m->name, m->id, is_partial && m->id)));
	put(schema, "maxItems", json_object_new_int(m->max ? m->max : BUNDLE_LIST_MAX));
	return schema;
}

static jso *sayings_schema(void)
{
	jso *schema = of_type("array"), *tied = of_type("object"), *members = json_object_new_object(), *needed = json_object_new_array();
	put(members, "if", closed_list(HOUSEHOLD_KINDS));
	put(members, "text", words_schema(false));
	put(members, "note", json_object_new_boolean(true));
	json_object_array_add(needed, text("if"));
	json_object_array_add(needed, text("text"));
	put(tied, "properties", members);
	put(tied, "required", needed);
	put(tied, "additionalProperties", json_object_new_boolean(false));
	put(schema, "items", either(words_schema(false), tied));
	return schema;
}

/* Members that every object may have. */
static void put_common(jso *members)
{
	if (!json_object_object_get(members, "note"))
		put(members, "note", json_object_new_boolean(true));
	if (!json_object_object_get(members, "evidence"))
		put(members, "evidence", reference("evidence"));
}

static jso *map_schema(struct printer *p, const struct member *m)
{
	jso *schema = of_type("object");
	if (m->of) {
		jso *members = json_object_new_object();
		put(members, "note", json_object_new_boolean(true));
		put(schema, "properties", members);
		put(schema, "additionalProperties", member_schema(p, m->of, false));
	}
	return schema;
}

static jso *kind_schema(struct printer *p, const struct member *m, bool is_partial)
{
	switch (m->kind) {
	case M_TEXT: case M_KEY: case M_REF: case M_ONE_OF: case M_INDEX: return text_schema(m, m->is_needed && !is_partial);
	case M_INT: case M_NUMBER: return number_schema(m);
	case M_BOOL: return of_type("boolean");
	case M_BITS: case M_TEXTS: return texts_schema(m);
	case M_LIST: return list_schema(p, m, is_partial);
	case M_OBJECT: return reference(define(p, m->of, m->name, NULL, is_partial));
	case M_MAP: return map_schema(p, m);
	case M_WORDS: return words_schema(m->is_needed);
	case M_SAYINGS: return sayings_schema();
	case M_EXPRESSION: return m->or_bool ? either(of_type("string"), of_type("boolean")) : of_type("string");
	case M_RANGE: return pair_schema("number");
	case M_SPAN: return either(of_type("integer"), pair_schema("integer"));
	case M_OTHER: return m->schema ? json_tokener_parse(m->schema) : json_object_new_object();
	}
	return json_object_new_object();
}

static jso *member_schema(struct printer *p, const struct member *m, bool is_partial)
{
	jso *schema = kind_schema(p, m, is_partial);
	bool is_list = m->kind == M_LIST || m->kind == M_TEXTS || m->kind == M_BITS;
	if (is_list && (is_partial || p->is_document)) {
		jso *replace = of_type("object"), *members = json_object_new_object(), *needed = json_object_new_array();
		put(members, "replace", kind_schema(p, m, false));
		json_object_array_add(needed, text("replace"));
		put(replace, "properties", members);
		put(replace, "required", needed);
		put(replace, "additionalProperties", json_object_new_boolean(false));
		schema = either(schema, replace);
	}
	/* what may be left out may be null, which in a bundle that extends takes the parent's away */
	if ((!m->is_needed || is_partial) && !(m->schema && strstr(m->schema, "\"null\"")) && json_object_object_length(schema))
		schema = either(schema, of_type("null"));
	if (m->what)
		put(schema, "description", text(m->what));
	return schema;
}

static void put_members(struct printer *p, jso *schema, const struct member *shape, const char *id, bool is_partial)
{
	jso *members = json_object_new_object(), *needed = json_object_new_array(), *others = json_object_new_boolean(false);
	for (const struct member *m = shape; m->name; m++) {
		bool is_id = id && !strcmp(m->name, id);
		if (!strcmp(m->name, "*")) {
			json_object_put(others);
			others = member_schema(p, m, is_partial);
			continue;
		}
		put(members, m->name, member_schema(p, m, is_partial && !is_id));
		if (m->is_needed && (!is_partial || is_id))
			json_object_array_add(needed, text(m->name));
	}
	if (is_partial && id) {
		jso *remove = json_object_new_object();
		put(remove, "const", json_object_new_boolean(true));
		put(remove, "description", text("Takes the parent's out; nothing else may stand beside it"));
		put(members, "remove", remove);
	}
	put_common(members);
	put(schema, "properties", members);
	put(schema, "additionalProperties", others);
	if (json_object_array_length(needed))
		put(schema, "required", needed);
	else
		json_object_put(needed);
}

/* "stages" → "stage", "stage_of_child", numbered when another shape has the name. */
static void name_definition(const struct printer *p, struct definition *d, const char *name)
{
	size_t n = strlen(name), same = 0;
	n -= n && name[n - 1] == 's';
	for (size_t i = 0; i < p->n; i++)
		same += !strncmp(p->definition[i].name, name, n) && (!p->definition[i].name[n] || p->definition[i].name[n] == '_') && p->definition[i].shape != d->shape;
	snprintf(d->name, sizeof d->name, "%.*s%s", (int)n, name, d->is_partial ? "_of_child" : "");
	if (same)
		snprintf(d->name, sizeof d->name, "%.*s%s_%zu", (int)n, name, d->is_partial ? "_of_child" : "", same + 1);
}

static const char *define(struct printer *p, const struct member *shape, const char *name, const char *id, bool is_partial)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->definition[i].shape == shape && p->definition[i].is_partial == is_partial)
			return p->definition[i].name;
	if (p->n == DEFINITIONS_MAX)
		BUG("more definitions than a schema can hold");
	struct definition *d = &p->definition[p->n];
	*d = (struct definition){ .shape = shape, .id = id, .is_partial = is_partial };
	name_definition(p, d, name);
	p->n++;
	jso *schema = of_type("object");
	bool was_document = p->is_document;
	p->is_document = false;
	put_members(p, schema, shape, id, is_partial);
	p->is_document = was_document;
	put(p->definitions, d->name, schema);
	return d->name;
}

/* ---- whole files ---- */

static void put_needed_of_child(jso *schema, const char *name)
{
	jso *needed = json_object_new_array();
	if (strcmp(name, "bundle") != 0) {
		json_object_put(needed);
		json_object_object_del(schema, "required");
		return;
	}
	json_object_array_add(needed, text("name"));
	json_object_array_add(needed, text("extends"));
	put(schema, "required", needed);
}

static jso *file_schema(const struct file *file, bool is_child)
{
	struct printer p = { .definitions = json_object_new_object(), .is_document = file->file.is_merged };
	jso *schema = json_object_new_object();
	bool is_partial = is_child && file->file.is_merged;
	put(schema, "$schema", text("https://json-schema.org/draft/2020-12/schema"));
	put(schema, "title", text(file->file.pattern));
	put(schema, "description", text(file->what));
	put(schema, "type", text("object"));
	put_members(&p, schema, file->shape, NULL, is_partial);
	put(json_object_object_get(schema, "properties"), "$schema", of_type("string"));
	if (is_partial)
		put_needed_of_child(schema, file->file.name);
	jso *evidence = closed_list(EVIDENCE_CHOICES);
	put(evidence, "description", text(EVIDENCE_WHAT));
	put(p.definitions, "evidence", evidence);
	put(schema, "$defs", p.definitions);
	return schema;
}

const struct schema_file *schema_files(size_t *n)
{
	static struct schema_file list[N_FILES];
	for (size_t i = 0; i < N_FILES; i++)
		list[i] = files[i].file;
	*n = N_FILES;
	return list;
}

char *schema_print(struct arena *arena, const char *name, bool is_child)
{
	for (size_t i = 0; i < N_FILES; i++) {
		if (strcmp(files[i].file.name, name) != 0 || (is_child && !files[i].file.is_merged))
			continue;
		jso *schema = file_schema(&files[i], is_child);
		char *printed = arena_strdup(arena, json_object_to_json_string_ext(schema, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_PRETTY_TAB | JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE));
		json_object_put(schema);
		return printed;
	}
	return NULL;
}
