// SPDX-License-Identifier: Apache-2.0
//
// A bundle with one file of any bytes: the first byte says which, the rest is the file.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "country/check.h"
#include "country/instance.h"

static const char *const files[] = {
	"bundle.json", "roles.json", "offices.json", "workflow.json", "services.json", "personas.json", "seed.json",
	"seed/stories/grigoryan.json", "forms/profile.json", "tests/assessment.json", "languages/en.po"
};
static char root[64] = "/tmp/fuzz_bundle.XXXXXX";

static void ignore(void *data, bool is_error, const char *file, int line, int column, const char *message)
{
	(void)data;
	(void)is_error;
	if (!file || !message || line < 1 || column < 1)
		__builtin_trap();
}

static void run(const char *format)
{
	char command[4600];
	snprintf(command, sizeof command, format, compass_home(), root, root);
	if (system(command) != 0)
		abort();
}

static void remove_root(void) { run("test '%s' != '' && rm -rf '%s'"); }

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char path[256], dir[128];
	static bool is_ready;
	if (!is_ready) {
		is_ready = true;
		if (!mkdtemp(root))
			abort();
		run("cp -r '%s/tests/bundles/base' '%s/base' && mkdir '%s/base/languages'");
		atexit(remove_root);
	}
	const char *file = files[size ? bytes[0] % (sizeof files / sizeof *files) : 0];
	snprintf(dir, sizeof dir, "%s/base", root);
	snprintf(path, sizeof path, "%s/%s", dir, file);
	char kept[270];
	snprintf(kept, sizeof kept, "%s/kept", root);
	rename(path, kept);
	FILE *f = fopen(path, "w");
	if (size > 1)
		fwrite(bytes + 1, 1, size - 1, f);
	fclose(f);
	bundle_free(bundle_check(dir, ignore, NULL));
	unlink(path);
	rename(kept, path);
	return 0;
}
