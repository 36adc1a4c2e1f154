/* SPDX-License-Identifier: Apache-2.0
 *
 * Static files by their plain name (asset.h). A manifest that changed on disk is read
 * again, at most once a second, so that a new build shows without a restart. */
#include "asset.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/log.h"

#define ASSETS_MAX 64

struct asset { char name[64]; char url[128]; };

static struct asset assets[ASSETS_MAX];
static size_t n_assets;
static char path[512];
static struct timespec read_mtime;
static time_t checked_at;

static void manifest_read(FILE *file)
{
	char line[256];

	n_assets = 0;
	while (n_assets < ASSETS_MAX && fgets(line, sizeof line, file)) {
		struct asset *asset = &assets[n_assets];
		char hashed[100];
		if (sscanf(line, "%63s %99s", asset->name, hashed) != 2)
			continue;
		snprintf(asset->url, sizeof asset->url, "/static/%s", hashed);
		n_assets++;
	}
}

static void manifest_load(void)
{
	struct stat st;
	FILE *file;

	if (stat(path, &st) != 0) {
		n_assets = 0;
		return;
	}
	if (st.st_mtim.tv_sec == read_mtime.tv_sec && st.st_mtim.tv_nsec == read_mtime.tv_nsec)
		return;
	file = fopen(path, "re");
	if (!file)
		return;
	manifest_read(file);
	fclose(file);
	read_mtime = st.st_mtim;
}

enum err asset_open(const char *manifest_path, struct why *why)
{
	if ((size_t)snprintf(path, sizeof path, "%s", manifest_path) >= sizeof path)
		return fail(why, ERR_INTERNAL, "the manifest's path is too long");
	read_mtime = (struct timespec){ 0 };
	manifest_load();
	checked_at = time(NULL);
	if (n_assets == 0)
		log_event(LOG_LEVEL_WARNING, "no_assets", "manifest", path, NULL);
	return OK;
}

const char *asset_url(const char *name)
{
	time_t now = time(NULL);

	if (now != checked_at && path[0]) {
		checked_at = now;
		manifest_load();
	}
	for (size_t i = 0; i < n_assets; i++)
		if (strcmp(assets[i].name, name) == 0)
			return assets[i].url;
	return "";
}
