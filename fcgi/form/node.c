/* SPDX-License-Identifier: Apache-2.0
 *
 * The instance tree (see node.h), and its reading from XML: the one place of the form
 * engine that meets libxml2, which is kept from network, entities and document types. */
#include "node.h"

#include <limits.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlreader.h>

#include "base/buf.h"

enum { MAX_XML = 4 * 1024 * 1024, MAX_DEPTH = 64, MAX_PIECES = 1000 };

struct node *node_new(struct arena *arena, struct node *parent, const char *name, const char *value)
{
	struct node *node = arena_new_of(arena, struct node);
	node->name = arena_strdup(arena, name);
	node->value = value && value[0] ? arena_strdup(arena, value) : "";
	node->is_relevant = true;
	node->parent = parent;
	if (!parent)
		return node;
	node->previous = parent->last;
	if (parent->last)
		parent->last->next = node;
	else
		parent->first = node;
	parent->last = node;
	return node;
}

struct node *node_child(const struct node *parent, const char *name, size_t n)
{
	for (struct node *child = parent->first; child; child = child->next)
		if (!child->is_attribute && strcmp(child->name, name) == 0 && n-- == 0)
			return child;
	return NULL;
}

size_t node_count(const struct node *parent, const char *name)
{
	size_t n = 0;
	for (const struct node *child = parent->first; child; child = child->next)
		n += !child->is_attribute && strcmp(child->name, name) == 0;
	return n;
}

size_t node_position(const struct node *node)
{
	size_t position = 1;
	for (const struct node *at = node->previous; at; at = at->previous)
		position += at->is_attribute == node->is_attribute && strcmp(at->name, node->name) == 0;
	return position;
}

void node_remove(struct node *node)
{
	struct node *parent = node->parent;
	if (node->previous)
		node->previous->next = node->next;
	else if (parent)
		parent->first = node->next;
	if (node->next)
		node->next->previous = node->previous;
	else if (parent)
		parent->last = node->previous;
	node->parent = node->previous = node->next = NULL;
}

/* --- reading XML --- */

struct reading {
	struct arena *arena;
	xmlTextReaderPtr reader;
	struct node *root, *at;
	struct buf text;        /* read since the last tag */
	int depth, pieces;      /* pieces: texts that stand between child elements */
	const char *wrong;      /* why reading stopped */
};

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static void read_attributes(struct reading *reading, struct node *node)
{
	while (xmlTextReaderMoveToNextAttribute(reading->reader) == 1) {
		if (xmlTextReaderIsNamespaceDecl(reading->reader) == 1)
			continue;
		const char *value = (const char *)xmlTextReaderConstValue(reading->reader);
		struct node *attribute = node_new(reading->arena, node, (const char *)xmlTextReaderConstLocalName(reading->reader), value);
		attribute->is_attribute = true;
	}
	xmlTextReaderMoveToElement(reading->reader);
}

/* A tag ends a piece of text. Few pieces belong to one element, or joining them takes forever. */
static void flush_text(struct reading *reading)
{
	struct node *node = reading->at;
	if (!node || !reading->text.len)
		return;
	if (node->value[0] && ++reading->pieces > MAX_PIECES)
		reading->wrong = "too much text stands between elements";
	else if (node->value[0])
		node->value = arena_printf(reading->arena, "%s%s", node->value, reading->text.p);
	else if (!is_blank(reading->text.p) || !node->last || node->last->is_attribute)
		node->value = arena_strdup(reading->arena, reading->text.p);
	buf_clear(&reading->text);
}

/* White space between the children of a group is layout, not an answer. */
static void close_element(struct reading *reading)
{
	flush_text(reading);
	struct node *node = reading->at;
	for (struct node *child = node->first; child; child = child->next)
		if (!child->is_attribute && is_blank(node->value))
			node->value = "";
	reading->at = node->parent;
	reading->depth--;
}

static void open_element(struct reading *reading)
{
	bool is_empty = xmlTextReaderIsEmptyElement(reading->reader) == 1;
	flush_text(reading);
	if (reading->at && is_blank(reading->at->value))
		reading->at->value = "";
	if (++reading->depth > MAX_DEPTH) {
		reading->wrong = "elements are nested too deeply";
		return;
	}
	reading->at = node_new(reading->arena, reading->at, (const char *)xmlTextReaderConstLocalName(reading->reader), "");
	if (!reading->root)
		reading->root = reading->at;
	read_attributes(reading, reading->at);
	if (is_empty)
		close_element(reading);
}

static void read_event(struct reading *reading)
{
	switch (xmlTextReaderNodeType(reading->reader)) {
	case XML_READER_TYPE_ELEMENT:
		open_element(reading);
		break;
	case XML_READER_TYPE_END_ELEMENT:
		close_element(reading);
		break;
	case XML_READER_TYPE_TEXT: case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE: case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		buf_str(&reading->text, (const char *)xmlTextReaderConstValue(reading->reader));
		break;
	case XML_READER_TYPE_DOCUMENT_TYPE: case XML_READER_TYPE_ENTITY_REFERENCE: case XML_READER_TYPE_ENTITY:
		reading->wrong = "a DOCTYPE or entity is not accepted";
		break;
	default:
		break;
	}
}

/* libxml2 would print to standard error. */
static void stay_silent(void *data, xmlErrorPtr error)
{
	(void)data, (void)error;
}

enum err node_from_xml(struct arena *arena, const char *xml, size_t length, struct node **root, struct why *why)
{
	struct reading reading = { .arena = arena };
	int more, line;
	if (length > MAX_XML)
		return fail(why, ERR_TOO_LARGE, "XML of %zu bytes", length);
	reading.reader = xmlReaderForMemory(xml, (int)length, NULL, NULL, XML_PARSE_NONET);
	if (!reading.reader)
		return fail(why, ERR_INTERNAL, "no XML reader");
	xmlTextReaderSetStructuredErrorHandler(reading.reader, stay_silent, NULL);
	buf_init(&reading.text, MAX_XML);
	while ((more = xmlTextReaderRead(reading.reader)) == 1 && !reading.wrong)
		read_event(&reading);
	line = xmlTextReaderGetParserLineNumber(reading.reader);
	if (more != 0 && !reading.wrong)
		reading.wrong = "this is not well-formed XML";
	buf_free(&reading.text);
	xmlFreeTextReader(reading.reader);
	if (reading.wrong || !reading.root)
		return fail(why, ERR_INVALID, "line %d: %s", line, reading.wrong ? reading.wrong : "there is no element");
	*root = reading.root;
	return OK;
}
