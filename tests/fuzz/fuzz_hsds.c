// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a service directory: nested JSON, a table, or the one-sheet template, by the first
// byte; read, checked, made a catalogue, and that read back.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "country/hsds.h"
#include "form/json.h"

static void ignore(void *data, bool is_error, const char *file, int line, const char *message)
{
	(void)data;
	(void)is_error;
	if (line < 0 || !*file || !*message)
		__builtin_trap();
}

static void no_problem(void *data, int line, int column, const char *format, ...)
{
	(void)data;
	(void)line;
	(void)column;
	(void)format;
	__builtin_trap(); /* what we wrote is JSON */
}

static void back(struct arena *arena, const char *text)
{
	struct json_report report = { .arena = arena, .problem = no_problem, .file = "services.json" };
	const struct json *services = json_read(&report, text, strlen(text));
	struct hsds *directory = hsds_open(arena, ignore, NULL);
	hsds_from_services(directory, services, &(struct hsds_origin){ "fuzz", "ZZ" });
	hsds_check(directory);
	hsds_close(directory);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (!size)
		return 0;
	jmp_buf full;
	struct arena *arena = arena_new(256u << 20);
	struct hsds *directory = hsds_open(arena, ignore, NULL);
	arena_set_escape(arena, &full);
	const char *text = (const char *)bytes + 1;
	if (setjmp(full) == 0) {
		if (bytes[0] % 3 == 0)
			hsds_read_json(directory, "x.json", text, size - 1);
		else if (bytes[0] % 3 == 1)
			hsds_read_table(directory, "services.csv", text, size - 1);
		else
			hsds_read_sheet(directory, "x.csv", text, size - 1);
		hsds_check(directory);
		char *services = hsds_to_services(directory, NULL);
		if (services && strlen(services) < JSON_MAX_BYTES)
			back(arena, services);
	}
	hsds_close(directory);
	arena_free(arena);
	return 0;
}
