/* SPDX-License-Identifier: Apache-2.0
 *
 * The emblem: a drawing that stands beside the programme's name on every page. It comes
 * from whoever wrote the bundle, so it is read as XML and only plain shapes are let
 * through: no script, no style sheet, no picture or address from elsewhere, no text. */
#include "bundle_load.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "formats.h"

#define EMBLEM_MAX 4096
#define DEPTH_MAX 12

static const char *const elements[] = {
	"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "title", "desc", "defs", "linearGradient", "radialGradient", "stop"
};
static const char *const attributes[] = {
	"viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "transform", "fill", "fill-rule", "fill-opacity", "stroke",
	"stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-dasharray", "opacity", "id", "offset", "stop-color", "stop-opacity", "gradientUnits",
	"gradientTransform", "role", "aria-hidden", "aria-label", "version", "color", "clip-rule", "fx", "fy"
};

#define COUNT(array) (sizeof (array) / sizeof *(array))

static bool is_one_of(const char *name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

static void refuse(struct loader *l, const char *path, const xmlNode *node, const char *format, const char *name)
{
	loader_file_problem(l, true, path, (int)xmlGetLineNo(node), 1, format, name);
}

/* url(#gradient) of the drawing itself is all a value may point at. */
static bool is_good_value(const char *value)
{
	const char *url = strcasestr(value, "url(");
	return !strcasestr(value, "javascript:") && !strcasestr(value, "data:") && !strchr(value, '\\') && !strchr(value, '<') && (!url || url[4] == '#');
}

static void check_attributes(struct loader *l, const char *path, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a; a = a->next) {
		xmlChar *value = xmlNodeListGetString(node->doc, a->children, 1);
		if (a->ns || !is_one_of((const char *)a->name, attributes, COUNT(attributes)))
			refuse(l, path, node, "an emblem has plain shapes only: the attribute \"%s\" is not allowed", (const char *)a->name);
		else if (value && !is_good_value((const char *)value))
			refuse(l, path, node, "an emblem points at nothing outside itself: \"%s\"", (const char *)a->name);
		xmlFree(value);
	}
}

static void check_node(struct loader *l, const char *path, const xmlNode *node, int depth)
{
	for (; node; node = node->next) {
		if (node->type == XML_COMMENT_NODE || node->type == XML_TEXT_NODE)
			continue;
		if (node->type != XML_ELEMENT_NODE || !is_one_of((const char *)node->name, elements, COUNT(elements))) {
			refuse(l, path, node, "an emblem has plain shapes only: <%s> is not allowed", node->name ? (const char *)node->name : "?");
			continue;
		}
		if (depth == DEPTH_MAX) {
			refuse(l, path, node, "the shapes of an emblem are nested deeper than <%s> should be", (const char *)node->name);
			continue;
		}
		check_attributes(l, path, node);
		check_node(l, path, node->children, depth + 1);
	}
}

static void check_drawing(struct loader *l, const char *path, const char *bytes, size_t length)
{
	xmlDoc *doc = xmlReadMemory(bytes, (int)length, "emblem.svg", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	if (!root)
		loader_file_problem(l, true, path, 1, 1, "is no SVG drawing: its XML cannot be read");
	else if (doc->intSubset || doc->extSubset)
		loader_file_problem(l, true, path, 1, 1, "has a DOCTYPE; a drawing needs none");
	else if (strcmp((const char *)root->name, "svg") != 0 || !xmlHasProp(root, (const xmlChar *)"viewBox"))
		loader_file_problem(l, true, path, 1, 1, "is no drawing: it begins with <svg viewBox=\"…\">");
	else
		check_node(l, path, root, 0);
	xmlFreeDoc(doc);
}

void loader_emblem(struct loader *l)
{
	struct bundle *b = l->bundle;
	const struct json *at = json_get(l->main, "emblem");
	if (!b->emblem || !text_format_of(F_EMBLEM)->is_good(b->emblem))
		return;
	const struct bundle_file *file = loader_file(l, b->emblem);
	size_t length = 0;
	if (!file) {
		loader_error(l, at, "there is no file %s", b->emblem);
		return;
	}
	const char *bytes = bundle_read_file(b, l->scratch, b->emblem, &length);
	if (!bytes || length > EMBLEM_MAX)
		loader_file_problem(l, true, file->path, 1, 1, "the emblem is larger than %d KB", EMBLEM_MAX >> 10);
	else
		check_drawing(l, file->path, bytes, length);
}
