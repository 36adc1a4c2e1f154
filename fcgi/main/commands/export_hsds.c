/* SPDX-License-Identifier: Apache-2.0
 *
 * `compass export-hsds NAME -o DIR`: a catalogue as HSDS 3.0, and the template for those who begin. */
#include "commands.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "country/hsds.h"
#include "country/instance.h"
#include "form/json.h"
#include "tools.h"

static const char help[] =
	"usage: compass export-hsds NAME -o DIR\n"
	"       compass export-hsds --template -o FILE.xlsx\n"
	"\n"
	"Writes the catalogue of an instance, or of a bundle of that name, in the Human Services Data\n"
	"Specification 3.0: DIR/csv with its tables and datapackage.json, DIR/json with nested objects.\n"
	"  --template  an empty sheet, a service a row, for those who have no directory yet\n";

static void say(void *data, bool is_error, const char *file, int line, const char *message)
{
	(void)data;
	(void)line;
	fprintf(stderr, "%s: %s%s\n", file, message, is_error ? "" : " (warning)");
}

static void say_bundle(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	(void)data;
	if (is_error)
		fprintf(stderr, "%s:%d:%d: %s\n", file, line, column, message);
}

/* The folder of the bundle that NAME runs on, or that is called so. */
static const char *folder_of(struct arena *arena, const char *name, struct why *why)
{
	struct instance *instance = NULL;
	if (instance_open(&instance, name, DB_TOOL, why) != OK)
		return why->code == ERR_NOT_FOUND ? bundle_folder(arena, name) : NULL;
	const char *dir = arena_strdup(arena, instance->bundle->dir);
	instance_close(instance);
	return dir;
}

/* "AM" for a bundle whose geography is "am"; ZZ, which ISO 3166 leaves free, for invented countries. */
static const char *country_of(struct arena *arena, const char *dir)
{
	const struct json *offices = bundle_document(arena, dir, "offices.json", say_bundle, NULL);
	const struct json *code = json_get(offices, "geography");
	char *country = arena_strdup(arena, code && *code->string ? code->string : "ZZ");
	for (char *p = country; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return country;
}

static int export(struct arena *arena, struct hsds *directory, const char *name, const char *to)
{
	struct why why = { 0 };
	const char *dir = folder_of(arena, name, &why);
	if (!dir)
		return tool_refuse("export-hsds", name, &why);
	const struct json *services = bundle_document(arena, dir, "services.json", say_bundle, NULL);
	if (!services) {
		fprintf(stderr, "compass export-hsds: %s has no services.json\n", name);
		return 1;
	}
	const char *slash = strrchr(dir, '/');
	struct hsds_origin origin = { .space = slash ? slash + 1 : dir, .country = country_of(arena, dir) };
	return hsds_from_services(directory, services, &origin) && hsds_check(directory) && hsds_write(directory, to) ? 0 : 1;
}

static int run(const char *name, const char *to)
{
	jmp_buf full;
	struct arena *arena = arena_new(256u << 20);
	struct hsds *directory = hsds_open(arena, say, NULL);
	arena_set_escape(arena, &full);
	volatile int status = 1;
	if (setjmp(full) == 0)
		status = name ? export(arena, directory, name, to) : !hsds_write_template(directory, to);
	else
		fprintf(stderr, "compass export-hsds: the catalogue of %s is too large\n", name);
	hsds_close(directory);
	arena_free(arena);
	return status;
}

int command_export_hsds(int argc, char **argv)
{
	const char *name = NULL, *to = NULL;
	bool is_template = false;
	if (tool_help(argc, argv, help))
		return 0;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "-o") && i + 1 < argc && !to)
			to = argv[++i];
		else if (!strcmp(argv[i], "--template"))
			is_template = true;
		else if (*argv[i] != '-' && !name)
			name = argv[i];
		else
			return tool_usage(help);
	}
	if (!to || is_template == (name != NULL))
		return tool_usage(help);
	return run(name, to);
}
