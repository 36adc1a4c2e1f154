/* SPDX-License-Identifier: Apache-2.0
 *
 * The instance tree, and reading it from XML that is not always friendly. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "form/node.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static enum err read_xml(const char *xml, struct node **root)
{
	struct why why = { 0 };
	*root = NULL;
	return node_from_xml(arena, xml, strlen(xml), root, &why);
}

static void tree(void **state)
{
	(void)state;
	struct node *root = node_new(arena, NULL, "data", NULL);
	struct node *a = node_new(arena, root, "a", "1"), *b = node_new(arena, root, "b", "2"), *a2 = node_new(arena, root, "a", "3");
	assert_string_equal(root->value, "");
	assert_true(root->is_relevant && a->is_relevant);
	assert_ptr_equal(node_child(root, "a", 1), a2);
	assert_null(node_child(root, "a", 2));
	assert_int_equal(node_count(root, "a"), 2);
	assert_int_equal(node_position(a2), 2);
	node_remove(a);
	assert_ptr_equal(root->first, b);
	assert_int_equal(node_position(a2), 1);
	node_remove(a2);
	assert_ptr_equal(root->last, b);
	node_remove(b);
	assert_null(root->first);
	assert_null(root->last);
	assert_null(b->parent);
}

static void xml(void **state)
{
	(void)state;
	struct node *root;
	assert_int_equal(read_xml("<?xml version=\"1.0\"?>\n<x:data xmlns:x=\"u\" id=\"i\">\n <a>1<!-- c -->2</a>\n <b><![CDATA[<3>]]></b><c/> <d> </d><e x:f=\"&#x57A;\">a &amp; b</e>\n</x:data>", &root), OK);
	assert_string_equal(root->name, "data");
	assert_string_equal(root->value, "");
	assert_true(root->first->is_attribute);
	assert_string_equal(root->first->name, "id");
	assert_string_equal(node_child(root, "a", 0)->value, "12");
	assert_string_equal(node_child(root, "b", 0)->value, "<3>");
	assert_string_equal(node_child(root, "c", 0)->value, "");
	assert_string_equal(node_child(root, "d", 0)->value, " ");
	assert_string_equal(node_child(root, "e", 0)->value, "a & b");
	assert_string_equal(node_child(root, "e", 0)->first->name, "f");
	assert_string_equal(node_child(root, "e", 0)->first->value, "պ");
	assert_int_equal(node_count(root, "id"), 0);
}

static void refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", " ", "text", "<a>", "<a></b>", "<a/><b/>", "<a b='1' b='2'/>", "<a>&unknown;</a>", "<a>\x01</a>", "<a>\xff\xfe</a>",
		"<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
		"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
		"<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><a>&c;</a>",
	};
	struct node *root;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(read_xml(bad[i], &root), ERR_INVALID);
}

static void limits(void **state)
{
	(void)state;
	struct node *root;
	struct why why = { 0 };
	size_t size = 5 << 20;
	char *big = malloc(size);
	memset(big, 'x', size);
	assert_int_equal(node_from_xml(arena, big, size, &root, &why), ERR_TOO_LARGE);
	size_t n = 0;
	for (int i = 0; i < 65; i++)
		n += (size_t)sprintf(big + n, "<a>");
	for (int i = 0; i < 65; i++)
		n += (size_t)sprintf(big + n, "</a>");
	assert_int_equal(read_xml(big, &root), ERR_INVALID);
	n = (size_t)sprintf(big, "<a>");
	for (int i = 0; i < 5000; i++)
		n += (size_t)sprintf(big + n, "x<b/>");
	sprintf(big + n, "</a>");
	assert_int_equal(read_xml(big, &root), ERR_INVALID);
	free(big);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tree, setup, teardown), cmocka_unit_test_setup_teardown(xml, setup, teardown),
		cmocka_unit_test_setup_teardown(refused, setup, teardown), cmocka_unit_test_setup_teardown(limits, setup, teardown),
	};
	return RUN_TESTS(tests);
}
