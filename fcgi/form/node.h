/* SPDX-License-Identifier: Apache-2.0
 *
 * The form's instance document: a tree of named nodes with text values. Answers,
 * an XML file given to `compass expr`, and a choice list seen as an instance are
 * all such trees, so that one evaluator walks them all. */
#ifndef FORM_NODE_H
#define FORM_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct question;

struct node {
	const char *name;
	const char *value;              /* own text; "" when empty, never NULL */
	const struct question *question; /* NULL in documents that no form describes */
	struct node *parent;
	struct node *first, *last;      /* children */
	struct node *previous, *next;   /* siblings */
	unsigned order;                 /* scratch of the expression engine: place in document order */
	bool is_relevant;               /* last result of form_update; true at birth. Paths do not find it while false, nor what is below */
	bool is_attribute;              /* among its parent's children, and no element */
};

struct node *node_new(struct arena *arena, struct node *parent, const char *name, const char *value);
/* n-th child (0-based) of that name, or NULL. */
struct node *node_child(const struct node *parent, const char *name, size_t n);
/* How many children have that name. */
size_t node_count(const struct node *parent, const char *name);
/* Position among siblings of the same name, from 1. */
size_t node_position(const struct node *node);
void node_remove(struct node *node);
/* Reads an XML document (no DOCTYPE, capped); the root element becomes the root node. */
enum err node_from_xml(struct arena *arena, const char *xml, size_t length, struct node **root, struct why *why);

#endif
