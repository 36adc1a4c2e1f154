/* SPDX-License-Identifier: Apache-2.0
 *
 * Every template of both sites, rendered with a tree in which each name it mentions holds a
 * hostile value: nothing of it may come out as markup, and no address may run a script. The
 * names are read from the templates themselves, so a new page is covered when it is written. */
#include "unit.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "view/view.h"

#define NAMES_MAX 4000
#define DEPTH_MAX 5             /* lists in lists in lists */
#define ROOTS_AT_ONCE 16

static const char *const hostile[] = {
	"\"'><x-evil onload=1 a='\" \xc3\xa9&lt;x&#34;<x-evil>\n\r\t</textarea></script></title><x-evil",
	"javascript:x-evil()",
	"//x-evil.example/\\",
};

struct texts { size_t n; const char *item[NAMES_MAX]; };
/* A loop: `alias` runs over the list `part`, which is a member of alias `of` ("" for a name of the tree). */
struct loop { const char *alias, *of, *part; };
struct names {
	struct arena *arena;
	struct texts roots;             /* "Layout.Nav": begin with a capital */
	struct texts members;           /* "Label": the last part of each name */
	size_t n_loops;
	struct loop loop[NAMES_MAX];
};

static void add(struct texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->n; i++)
		if (strcmp(texts->item[i], text) == 0)
			return;
	assert_true(texts->n < NAMES_MAX);
	texts->item[texts->n++] = text;
}

static void add_name(struct names *names, const char *start, size_t length)
{
	char *name = arena_strndup(names->arena, start, length), *dot = strrchr(name, '.');
	const char *member = dot ? dot + 1 : name;

	if (isupper((unsigned char)name[0]))
		add(&names->roots, name);
	if (isupper((unsigned char)member[0]))
		add(&names->members, member);
}

static void add_loop(struct names *names, const char *command)
{
	char alias[64], list[128], *dot;

	if (sscanf(command, " each:%63[a-z_] = %127[A-Za-z0-9_.]", alias, list) != 2)
		return;
	dot = strrchr(list, '.');
	assert_true(names->n_loops < NAMES_MAX);
	names->loop[names->n_loops++] = (struct loop){
		arena_strdup(names->arena, alias),
		dot ? arena_strndup(names->arena, list, (size_t)(dot - list)) : "",
		arena_strdup(names->arena, dot ? dot + 1 : list),
	};
}

/* Names in one command: words and dots outside quotes that no "(" or ":" follows. */
static void names_of_command(struct names *names, const char *p, const char *end)
{
	for (; p < end; p++) {
		const char *start = p;
		if (*p == '"') {
			p = memchr(p + 1, '"', (size_t)(end - p - 1));
			if (!p)
				return;
			continue;
		}
		if (!isalpha((unsigned char)*p))
			continue;
		while (p < end && (isalnum((unsigned char)*p) || *p == '.' || *p == '_'))
			p++;
		if (p == end || (*p != '(' && *p != ':'))
			add_name(names, start, (size_t)(p - start));
		p--;
	}
}

static void names_of_file(struct names *names, const char *path)
{
	FILE *file = fopen(path, "re");
	char *text = arena_alloc(names->arena, 300000);

	assert_non_null(file);
	assert_true(fread(text, 1, 299999, file) > 0);
	fclose(file);
	for (char *at = strstr(text, "<?cs"); at; at = strstr(at, "<?cs")) {
		char *end = strstr(at, "?>");
		assert_non_null(end);
		if (at[4 + strspn(at + 4, " \n")] != '#')
			names_of_command(names, at + 4, end);
		add_loop(names, at + 4);
		at = end;
	}
}

static void names_of_folder(struct names *names, const char *folder)
{
	DIR *dir = opendir(folder);

	assert_non_null(dir);
	for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
		char path[400];
		size_t length = strlen(entry->d_name);
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		if (length > 3 && strcmp(entry->d_name + length - 3, ".cs") == 0)
			names_of_file(names, path);
	}
	closedir(dir);
}

static void fill(struct view *view, struct vnode *node, const struct names *names, const char *value)
{
	for (size_t i = 0; i < names->members.n; i++)
		view_set(view, node, names->members.item[i], value);
}

/* The element of list `part` that alias runs over, with its members and the lists below it. */
static void fill_list(struct view *view, struct vnode *under, const struct names *names, const struct loop *loop, const char *value, int depth)
{
	struct vnode *element = view_node(view, view_node(view, under, loop->part), "0");

	fill(view, element, names, value);
	if (depth == DEPTH_MAX)
		return;
	for (size_t i = 0; i < names->n_loops; i++)
		if (strcmp(names->loop[i].of, loop->alias) == 0)
			fill_list(view, element, names, &names->loop[i], value, depth + 1);
}

/* A macro may be given this root, or an element of it: the lists of every alias that no loop of its file made. */
static void fill_lists(struct view *view, struct vnode *root, const struct names *names, const char *value)
{
	for (size_t k = 0; k < names->n_loops; k++) {
		if (!isupper((unsigned char)names->loop[k].part[0]))
			continue;
		fill_list(view, root, names, &names->loop[k], value, 4);
		fill_list(view, view_node(view, root, "0"), names, &names->loop[k], value, 4);
	}
}

/* All roots; with their lists those from `first` on: all at once would be gigabytes. */
static void fill_root(struct view *view, const struct names *names, const char *value, size_t first)
{
	for (size_t i = 0; i < names->roots.n; i++) {
		struct vnode *root;
		view_set(view, NULL, names->roots.item[i], value);
		root = view_node(view, NULL, names->roots.item[i]);
		fill(view, root, names, value);
		fill(view, view_node(view, root, "0"), names, value);
		if (i >= first && i < first + ROOTS_AT_ONCE)
			fill_lists(view, root, names, value);
	}
}

static void check_page(const char *name, const char *page)
{
	static const char *const never[] = { "<x-evil", "href=\"javascript:", "action=\"javascript:", "src=\"javascript:", "href=\"//x-evil", "action=\"//x-evil", "'><" };

	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		const char *at = strstr(page, never[i]);
		if (at)
			print_message("%s prints %s: %.120s\n", name, never[i], at - (at - page > 80 ? 80 : at - page));
		assert_null(at);
	}
}

static void render_all(const char *folder, struct view *view)
{
	DIR *dir = opendir(folder);
	struct buf page;

	buf_init(&page, 64 << 20);
	assert_non_null(dir);
	for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
		size_t length = strlen(entry->d_name);
		struct why why = { 0 };
		char name[64];
		if (length < 4 || strcmp(entry->d_name + length - 3, ".cs") != 0)
			continue;
		snprintf(name, sizeof name, "%.*s", (int)(length - 3), entry->d_name);
		buf_clear(&page);
		if (view_render(view, name, &page, &why) != OK)
			print_message("%s: %s\n", name, why.detail);
		assert_int_equal(why.code, OK);
		check_page(name, page.p);
	}
	closedir(dir);
	buf_free(&page);
}

static void hostile_site(const char *folder)
{
	struct why why = { 0 };
	struct arena *arena = arena_new(64 << 20);
	struct names *names = arena_new_of(arena, struct names);
	char parts[200];

	names->arena = arena;
	snprintf(parts, sizeof parts, "%s/parts", folder);
	names_of_folder(names, folder);
	names_of_folder(names, parts);
	assert_true(names->members.n > 20);
	assert_int_equal(view_open(folder, &why), OK);
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
		for (size_t first = 0; first < names->roots.n; first += ROOTS_AT_ONCE) {
			struct arena *tree = arena_new((size_t)1 << 30);
			struct view *view = view_new(tree);
			fill_root(view, names, hostile[i], first);
			render_all(folder, view);
			arena_free(tree);
		}
	arena_free(arena);
}

static void test_staff(void **state)
{
	(void)state;
	hostile_site("staff/templates");
}

static void test_portal(void **state)
{
	(void)state;
	hostile_site("portal/templates");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_staff), cmocka_unit_test(test_portal) };

	return RUN_TESTS(tests);
}
