/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass expr [--data FILE.xml] 'EXPR'`: evaluates one form expression and prints its
 * string value. For authors of bundles who want to try a condition, and for tests. */
#include "commands.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "form/expr.h"

enum { MAX_FILE = 4 * 1024 * 1024, MAX_MEMORY = 64 * 1024 * 1024 };

static const char help[] =
	"usage: compass expr [--data FILE.xml] 'EXPR'\n"
	"\n"
	"Evaluates a form expression (XPath 1.0 with ODK's functions) and prints its string value.\n"
	"  --data FILE.xml   the answers: ${name}, /root/name and //name look into this document\n"
	"  --                what follows is the expression, even if it begins with --\n"
	"The time zone is that of TZ (an IANA name), UTC without one; COMPASS_NOW sets the clock.\n";

/* The whole file, NUL-terminated; NULL with errno. */
static char *read_file(struct arena *arena, const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	char *bytes = arena_alloc(arena, MAX_FILE + 2);
	*length = fread(bytes, 1, MAX_FILE + 1, file);
	int wrong = ferror(file) ? (errno ? errno : EIO) : *length > MAX_FILE ? EFBIG : 0;
	fclose(file);
	errno = wrong;
	return wrong ? NULL : bytes;
}

static struct node *read_document(struct arena *arena, const char *path)
{
	struct why why = { 0 };
	struct node *root = NULL;
	size_t length;
	if (!path)
		return node_new(arena, NULL, "data", "");
	char *xml = read_file(arena, path, &length);
	if (!xml)
		fprintf(stderr, "compass expr: %s: %s\n", path, strerror(errno));
	else if (node_from_xml(arena, xml, length, &root, &why) != OK)
		fprintf(stderr, "compass expr: %s: %s\n", path, why.detail);
	return root;
}

static int evaluate(struct arena *arena, const char *text, struct node *root)
{
	const char *zone = getenv("TZ");
	struct expr_env env = {
		.arena = arena, .root = root, .context = root, .now = clock_system(),
		.zone = zone && strchr(zone, '/') && zone[0] != '/' && zone[0] != ':' ? zone : "UTC", .language = "en",
	};
	struct expr_problem problem;
	struct why why = { 0 };
	struct value value;
	struct expr *expr = expr_parse(arena, text, &problem);
	if (!expr) {
		fprintf(stderr, "compass expr: column %zu: %s\n", problem.offset + 1, problem.message);
		return 1;
	}
	if (expr_eval(expr, &env, &value, &why) != OK) {
		fprintf(stderr, "compass expr: %s\n", why.detail);
		return 1;
	}
	puts(value_string(&value, arena));
	return 0;
}

static int run(const char *data, const char *text)
{
	jmp_buf full;
	struct arena *arena = arena_new(MAX_MEMORY);
	arena_set_escape(arena, &full);
	int status = 1;
	if (setjmp(full) == 0) {
		struct node *root = read_document(arena, data);
		status = root ? evaluate(arena, text, root) : 1;
	} else {
		fprintf(stderr, "compass expr: this takes more than %d MiB of memory\n", MAX_MEMORY >> 20);
		status = 1;
	}
	arena_free(arena);
	return status;
}

/* What was asked on the command line; `text` NULL: it cannot be understood. */
struct asked { const char *data, *text; bool wants_help; };

static struct asked read_arguments(int argc, char **argv)
{
	struct asked asked = { 0 };
	bool are_options = true;
	for (int i = 1; i < argc; i++) {
		bool is_option = are_options && strncmp(argv[i], "--", 2) == 0;
		if (is_option && strcmp(argv[i], "--help") == 0)
			return (struct asked){ .wants_help = true };
		if (is_option && strcmp(argv[i], "--") == 0)
			are_options = false;
		else if (is_option && strcmp(argv[i], "--data") == 0 && i + 1 < argc && !asked.data)
			asked.data = argv[++i];
		else if (!is_option && !asked.text)
			asked.text = argv[i];
		else
			return (struct asked){ 0 };
	}
	return asked;
}

int command_expr(int argc, char **argv)
{
	struct asked asked = read_arguments(argc, argv);
	if (asked.wants_help) {
		fputs(help, stdout);
		return 0;
	}
	if (!asked.text) {
		fputs(help, stderr);
		return 2;
	}
	return run(asked.data, asked.text);
}
