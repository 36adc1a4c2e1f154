/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers as JSON, nested by group, a list for each repeat, every answer a string as it
 * was typed (an unfinished "12a" is kept too). Empty answers are left out. Read by
 * json-c, which needs our own checks before it (stack.md section 5). */
#include "answers_internal.h"

#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define MAX_BYTES (4u << 20)
#define MAX_DEPTH 64
#define MAX_LISTED 1000           /* choices in one answer */

static struct json_object *write_below(const struct answers *answers, const struct node *node);

/* Instances of one repeat, from the first on. */
static struct json_object *write_instances(const struct answers *answers, const struct node *first)
{
	struct json_object *list = json_object_new_array();
	for (const struct node *node = first; node; node = node->next) {
		if (node->question != first->question)
			continue;
		struct json_object *instance = write_below(answers, node);
		json_object_array_add(list, instance ? instance : json_object_new_object());
	}
	return list;
}

/* NULL when there is nothing to write. */
static struct json_object *write_below(const struct answers *answers, const struct node *node)
{
	struct json_object *object = NULL;
	for (const struct node *child = node->first; child; child = child->next) {
		struct json_object *value = NULL;
		if (child->question->type == Q_REPEAT && (!child->previous || child->previous->question != child->question))
			value = write_instances(answers, child);
		else if (child->question->type == Q_GROUP)
			value = write_below(answers, child);
		else if (child->question->type != Q_REPEAT && *child->value)
			value = json_object_new_string(child->value);
		if (!value)
			continue;
		if (!object)
			object = json_object_new_object();
		json_object_object_add(object, child->name, value);
	}
	return object;
}

char *answers_page_to_json(const struct answers *answers, const struct node *page, struct arena *arena)
{
	struct json_object *object = write_below(answers, page ? page : answers->root);
	if (!object)
		return arena_strdup(arena, "{}");
	char *json = arena_strdup(arena, json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(object);
	return json;
}

char *answers_to_json(const struct answers *answers, struct arena *arena)
{
	return answers_page_to_json(answers, NULL, arena);
}

/* A list of texts as select_multiple keeps it: separated by a space. */
static const char *join_list(struct arena *arena, struct json_object *list)
{
	char *joined = arena_strdup(arena, "");
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *item = json_object_array_get_idx(list, i);
		if (!json_object_is_type(item, json_type_string) && !json_object_is_type(item, json_type_int))
			return NULL;
		joined = arena_printf(arena, "%s%s%s", joined, i ? " " : "", json_object_get_string(item));
	}
	return joined;
}

static enum err read_leaf(struct answers *answers, struct node *node, struct json_object *value, struct why *why)
{
	const char *text = NULL;
	enum question_type type = node->question->type;
	switch (json_object_get_type(value)) {
	case json_type_null:
		return OK;
	case json_type_string:
		text = json_object_get_string(value);
		if (strlen(text) != (size_t)json_object_get_string_len(value) || !text_is_clean(text, strlen(text)))
			text = NULL;
		break;
	case json_type_boolean:
		text = type == Q_ACKNOWLEDGE ? (json_object_get_boolean(value) ? "OK" : "") : json_object_get_string(value);
		break;
	case json_type_int: case json_type_double:
		text = json_object_get_string(value);
		break;
	case json_type_array:
		if ((type == Q_SELECT_MULTIPLE || type == Q_RANK) && json_object_array_length(value) <= MAX_LISTED)
			text = join_list(answers->arena, value);
		break;
	default:
		break;
	}
	if (!text)
		return fail(why, ERR_INVALID, "answer \"%s\" is no text", node->question->path);
	return answers_keep(answers, node, text) ? fail(why, ERR_TOO_LARGE, "answer \"%s\"", node->question->path) : OK;
}

static enum err read_below(struct answers *answers, struct node *node, struct json_object *object, struct why *why);

static enum err read_instances(struct answers *answers, struct node *parent, const struct question *repeat,
                               struct json_object *list, struct why *why)
{
	if (!json_object_is_type(list, json_type_array))
		return fail(why, ERR_INVALID, "repeat \"%s\" is no list", repeat->path);
	if (json_object_array_length(list) > ANSWERS_MAX_INSTANCES)
		return fail(why, ERR_TOO_LARGE, "repeat \"%s\" has more than %d", repeat->path, ANSWERS_MAX_INSTANCES);
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct node *instance = answers_new_instance(answers, parent, repeat);
		enum err err = read_below(answers, instance, json_object_array_get_idx(list, i), why);
		if (err)
			return err;
	}
	return OK;
}

/* Repeats first shape new nodes, so they are read after what stands there already. */
static enum err read_below(struct answers *answers, struct node *node, struct json_object *object, struct why *why)
{
	const struct question *around = node->question;
	const struct question *list = around ? around->child : answers->form->child;
	size_t n = around ? around->n : answers->form->n;
	struct json_object *value;
	enum err err = OK;
	if (!json_object_is_type(object, json_type_object))
		return fail(why, ERR_INVALID, "\"%s\" is no object", around ? around->path : "answers");
	for (struct node *child = node->first; child && !err; child = child->next) {
		if (child->question->type == Q_REPEAT || !json_object_object_get_ex(object, child->name, &value) || !value)
			continue;
		err = child->question->type == Q_GROUP ? read_below(answers, child, value, why) : read_leaf(answers, child, value, why);
	}
	for (size_t i = 0; i < n && !err; i++)
		if (list[i].type == Q_REPEAT && json_object_object_get_ex(object, list[i].name, &value) && value)
			err = read_instances(answers, node, &list[i], value, why);
	return err;
}

struct answers *answers_from_json(struct arena *arena, const struct form *form, const struct expr_env *env,
                                  const char *json, struct why *why)
{
	size_t length = strlen(json);
	struct answers *answers = NULL;
	if (length > MAX_BYTES) {
		fail(why, ERR_TOO_LARGE, "answers of %zu bytes", length);
		return NULL;
	}
	struct json_tokener *tokener = text_is_utf8(json, length) ? json_tokener_new_ex(MAX_DEPTH) : NULL;
	if (!tokener) {
		fail(why, ERR_INVALID, "answers are not UTF-8");
		return NULL;
	}
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	struct json_object *object = json_tokener_parse_ex(tokener, json, (int)length + 1);
	if (json_tokener_get_error(tokener) != json_tokener_success) {
		fail(why, ERR_INVALID, "answers are not JSON at byte %zu", json_tokener_get_parse_end(tokener));
	} else {
		answers = answers_shape(arena, form, env);
		if (read_below(answers, answers->root, object, why))
			answers = NULL;
	}
	json_object_put(object);
	json_tokener_free(tokener);
	return answers;
}
