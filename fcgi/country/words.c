/* SPDX-License-Identifier: Apache-2.0
 *
 * Translations at run time: the bundle's catalogue is asked first, then the site's, which
 * holds the site's and the engine's .po files. The language of the request at hand is
 * process state, because a worker has one request at a time. */
#include "words.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/text.h"
#include "instance.h"
#include "words_pseudo.h"
#include "words_table.h"

#define SITE_BYTES_MAX (32u << 20)
#define PO_BYTES_MAX (2u << 20)


static struct {
	const struct catalogue_of_words *bundle, *site;
	const struct table *table[2];   /* of the language in use: bundle's, site's */
	char language[16];
	char dir[512];                  /* of the site's .po files */
	int64_t stamp;                  /* of the site's files as they were read */
	time_t looked_at;
} now = { .language = "en" };

/* ---- the site's own words ---- */

static bool is_po_name(const char *name)
{
	size_t n = strlen(name);
	return n > 3 && n < 16 && name[0] != '.' && !strcmp(name + n - 3, ".po");
}

/* Changes when a .po file of the folder comes, goes or changes. */
static int64_t stamp_of(const char *dir)
{
	int64_t stamp = 0;
	DIR *folder = opendir(dir);
	for (struct dirent *e; folder && (e = readdir(folder));) {
		struct stat st;
		if (is_po_name(e->d_name) && fstatat(dirfd(folder), e->d_name, &st, 0) == 0)
			stamp += (int64_t)st.st_mtim.tv_sec * 1000003 + st.st_mtim.tv_nsec + st.st_size * 31 + (int64_t)st.st_ino * 7;
	}
	if (folder)
		closedir(folder);
	return stamp;
}

static void log_problem(void *data, int line, int column, const char *message)
{
	char where[32];
	(void)column;
	snprintf(where, sizeof where, "%d", line);
	log_event(LOG_LEVEL_ERROR, "translation", "file", (const char *)data, "line", where, "message", message, NULL);
}

static void add_file(struct catalogue_of_words *words, const char *path, const char *name)
{
	struct buf text;
	char language[16], block[16384];
	FILE *f = fopen(path, "re");
	if (!f)
		return;
	buf_init(&text, PO_BYTES_MAX);
	for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
		buf_add(&text, block, n);
	fclose(f);
	snprintf(language, sizeof language, "%.*s", (int)strlen(name) - 3, name);
	if (text.full)
		log_problem((void *)path, 1, 1, "larger than 2 MB");
	else
		words_add(words, language, text.p, text.len, log_problem, (void *)path);
	buf_free(&text);
}

static void add_folder(struct catalogue_of_words *words, const char *dir)
{
	struct dirent **entry;
	int n = scandir(dir, &entry, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		char path[1024];
		snprintf(path, sizeof path, "%s/%s", dir, entry[i]->d_name);
		if (is_po_name(entry[i]->d_name))
			add_file(words, path, entry[i]->d_name);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
}

static void load_site(void)
{
	char engine[600];
	snprintf(engine, sizeof engine, "%s/fcgi/languages", compass_home());
	int64_t stamp = (now.dir[0] ? stamp_of(now.dir) : 0) ^ (stamp_of(engine) << 1);
	now.looked_at = time(NULL);
	if (now.site && stamp == now.stamp)
		return;
	struct catalogue_of_words *words = words_new(arena_new(SITE_BYTES_MAX));
	if (now.dir[0])
		add_folder(words, now.dir);
	add_folder(words, engine);
	if (now.site)
		arena_free(now.site->arena);
	now.site = words;
	now.stamp = stamp;
}

void words_site(const char *dir)
{
	snprintf(now.dir, sizeof now.dir, "%s", dir);
	now.stamp = 0;
	load_site();
	words_use(now.bundle, now.language);
}

/* ---- looking up ---- */

void words_use(const struct catalogue_of_words *words, const char *language)
{
	if (!now.site || time(NULL) > now.looked_at)
		load_site();
	now.bundle = words;
	if (language != now.language)
		snprintf(now.language, sizeof now.language, "%s", language ? language : "en");
	now.table[0] = table_of(words, now.language);
	now.table[1] = table_of(now.site, now.language);
}

const char *words_language(void)
{
	return now.language;
}

bool words_has(const struct catalogue_of_words *words, const char *language, const char *source)
{
	if (!now.site)
		load_site();
	return language_is_pseudo(language) || table_find(table_of(words, language), NULL, source) || table_find(table_of(now.site, language), NULL, source);
}

const char *words_own(const struct catalogue_of_words *words, const char *language, const char *source)
{
	const struct word *w = source && *source ? table_find(table_of(words, language), NULL, source) : NULL;
	return w ? w->form[0] : NULL;
}

static const struct word *find_now(const char *context, const char *source)
{
	const struct word *w = table_find(now.table[0], context, source);
	return w ? w : table_find(now.table[1], context, source);
}

const char *tr(const char *source)
{
	if (!source || !*source)
		return "";
	const struct word *w = find_now(NULL, source);
	return w ? w->form[0] : language_is_pseudo(now.language) ? words_pseudo(source) : source;
}

const char *tr_context(const char *context, const char *source)
{
	if (!source || !*source)
		return "";
	const struct word *w = find_now(context, source);
	return w ? w->form[0] : tr(source);
}

const char *tr_plural(const char *one, const char *many, long n)
{
	const struct word *w = one ? find_now(NULL, one) : NULL;
	if (!w)
		return language_is_pseudo(now.language) ? words_pseudo(n == 1 ? one : many) : n == 1 ? one : many;
	size_t form = plural_form(now.language, n);
	return w->form[form < w->n ? form : w->n - 1];
}

char *tr_fill(struct arena *arena, const char *pattern, ...)
{
	const char *given[9];
	size_t n = 0, length = 0;
	va_list args;
	va_start(args, pattern);
	for (const char *text; n < 9 && (text = va_arg(args, const char *)); n++)
		given[n] = text;
	va_end(args);
	char *out = NULL, *to = NULL;
	for (int pass = 0; pass < 2; pass++) {
		bool has_stop = false;
		for (const char *p = pattern ? pattern : ""; *p; p++) {
			bool is_mark = p[0] == '%' && p[1] >= '1' && p[1] <= '9' && (size_t)(p[1] - '1') < n;
			const char *piece = is_mark ? given[p[1] - '1'] : p;
			size_t size = is_mark ? strlen(piece) : 1;
			if (!is_mark && *p == '.' && has_stop)
				size = 0;       /* "18 янв. 2027 г." at the end of a sentence: one full stop for both */
			has_stop = is_mark && size && piece[size - 1] == '.';
			if (to)
				to = mempcpy(to, piece, size);
			else
				length += size;
			p += is_mark;
		}
		if (pass == 0)
			out = to = arena_alloc(arena, length + 1);
	}
	return out;
}
