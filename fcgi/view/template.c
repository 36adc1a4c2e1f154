/* SPDX-License-Identifier: Apache-2.0
 *
 * Parsed templates: kept by each worker, parsed again when the file or one of its includes
 * changed. The only place that makes a CSPARSE, so that escaping is on for every page
 * (stack.md 1.2: VarEscapeMode is read in cs_init and nowhere else). */
#include "clearsilver.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "view.h"

#define TEMPLATES_MAX 160
#define FILES_MAX 48            /* files one template may be made of */
#define FILE_BYTES_MAX (256 * 1024)
#define INCLUDE_DEPTH_MAX 8     /* ClearSilver itself has no limit and crashes */

struct file { char path[640]; struct timespec mtime; off_t size; };

struct template {
	char name[64];
	CSPARSE *parse;
	size_t n_files;
	struct file *file;
	time_t checked_at;
};

static char dir[512];
static HDF *config;             /* what cs_init reads: escaping and where to look for files */
static struct template templates[TEMPLATES_MAX];
static size_t n_templates;
/* Nearly all of a page's tree is the macros of layout.cs and its parts (0.7 MB). They are parsed once
 * and every page's list of macros ends in theirs: 35 pages would hold 25 MB otherwise. */
static struct template base = { .name = "layout" };

enum err clearsilver_fail(NEOERR *neoerr, struct why *why)
{
	STRING text;
	enum err code;

	if (neoerr == STATUS_OK)
		return OK;
	string_init(&text);
	nerr_error_string(neoerr, &text);
	code = fail(why, ERR_INTERNAL, "%s", text.buf ? text.buf : "ClearSilver");
	string_clear(&text);
	nerr_ignore(&neoerr);
	return code;
}

/* A page's own macros come first in its list; the shared ones behind them are not its to free. */
static void macros_part(CSPARSE *parse)
{
	CS_MACRO **at = &parse->macros;

	if (parse == base.parse || !base.parse)
		return;
	while (*at && *at != base.parse->macros)
		at = &(*at)->next;
	*at = NULL;
}

static void template_drop(struct template *template)
{
	if (template->parse)
		macros_part(template->parse);
	cs_destroy(&template->parse);
	free(template->file);
	template->file = NULL;
	template->n_files = 0;
}

/* --- which files a template is made of */

static char *file_read(const char *path, struct why *why)
{
	FILE *file = fopen(path, "re");
	char *text;
	size_t n;

	if (!file) {
		fail(why, ERR_INTERNAL, "%s: %s", path, strerror(errno));
		return NULL;
	}
	text = malloc(FILE_BYTES_MAX + 1);
	if (!text)
		BUG("no memory for a template");
	n = fread(text, 1, FILE_BYTES_MAX + 1, file);
	fclose(file);
	if (n > FILE_BYTES_MAX) {
		fail(why, ERR_INTERNAL, "%s: larger than %d bytes", path, FILE_BYTES_MAX);
		free(text);
		return NULL;
	}
	text[n] = '\0';
	return text;
}

static enum err file_add(struct template *template, const char *path, struct why *why)
{
	struct file *file = &template->file[template->n_files];
	struct stat st;

	if (template->n_files == FILES_MAX)
		return fail(why, ERR_INTERNAL, "%s: made of more than %d files", template->name, FILES_MAX);
	if (stat(path, &st) != 0)
		return fail(why, ERR_INTERNAL, "%s: %s", path, strerror(errno));
	snprintf(file->path, sizeof file->path, "%s", path);
	file->mtime = st.st_mtim;
	file->size = st.st_size;
	template->n_files++;
	return OK;
}

static enum err files_find(struct template *template, const char *name, int depth, struct why *why);

/* Each include!"name" of one file's text. */
static enum err includes_find(struct template *template, char *text, const char *path, int depth, struct why *why)
{
	static const char start[] = "<?cs include!\"";

	for (char *at = strstr(text, start); at; at = strstr(at, start)) {
		char *end;
		at += sizeof start - 1;
		end = strchr(at, '"');
		if (!end)
			return fail(why, ERR_INTERNAL, "%s: include without its closing quote", path);
		*end = '\0';
		if (files_find(template, at, depth + 1, why) != OK)
			return why->code;
		at = end + 1;
	}
	return OK;
}

static enum err files_find(struct template *template, const char *name, int depth, struct why *why)
{
	char path[640];
	char *text;
	enum err err;

	if (depth > INCLUDE_DEPTH_MAX)
		return fail(why, ERR_INTERNAL, "%s: includes itself, or is nested too deep", name);
	snprintf(path, sizeof path, "%s/%s", dir, name);
	if (file_add(template, path, why) != OK)
		return why->code;
	text = file_read(path, why);
	if (!text)
		return why->code;
	err = includes_find(template, text, path, depth, why);
	free(text);
	return err;
}

static bool files_changed(const struct template *template)
{
	for (size_t i = 0; i < template->n_files; i++) {
		const struct file *file = &template->file[i];
		struct stat st;
		if (stat(file->path, &st) != 0 || st.st_size != file->size ||
		    st.st_mtim.tv_sec != file->mtime.tv_sec || st.st_mtim.tv_nsec != file->mtime.tv_nsec)
			return true;
	}
	return false;
}

/* --- parsing */

/* Runs of white space that hold a line end become one line end, once, at parse. */
static void squeeze(char *text)
{
	char *to = text;

	for (const char *from = text; *from;) {
		size_t run = strspn(from, " \t\r\n");
		if (run == 0) {
			*to++ = *from++;
		} else if (memchr(from, '\n', run)) {
			*to++ = '\n';
			from += run;
		} else {
			memmove(to, from, run);
			to += run;
			from += run;
		}
	}
	*to = '\0';
}

static void squeeze_tree(CSTREE *tree)
{
	for (; tree; tree = tree->next) {
		/* command 0 is literal text, which the parse owns */
		if (tree->cmd == 0 && tree->arg1.op_type == CS_TYPE_STRING && tree->arg1.s)
			squeeze(tree->arg1.s);
		squeeze_tree(tree->case_0);
		squeeze_tree(tree->case_1);
	}
}

/* Blanks the includes whose macros the page has from the base: offsets in messages stay those of the file. */
static bool blank_shared_includes(char *text)
{
	static const char *const shared[] = {"<?cs include!\"layout.cs\" ?>", "<?cs include!\"parts/all.cs\" ?>"};
	bool is_blanked = false;

	for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
		char *at = strstr(text, shared[i]);
		if (at) {
			memset(at, ' ', strlen(shared[i]));
			is_blanked = true;
		}
	}
	return is_blanked;
}

/* A page over the base's macros. The parse owns the text, as it does in cs_parse_file. */
static NEOERR *parse_over_base(CSPARSE *parse, const char *path, char *text)
{
	NEOERR *err;

	parse->macros = base.parse->macros;
	parse->context = path;
	parse->in_file = 1;
	err = cs_parse_string(parse, text, strlen(text));
	parse->context = NULL;
	parse->in_file = 0;
	return err;
}

static NEOERR *parse_text(struct template *template, const char *file, struct why *why)
{
	char *text = template != &base && base.parse ? file_read(template->file[0].path, why) : NULL;

	if (text && blank_shared_includes(text))
		return parse_over_base(template->parse, template->file[0].path, text);
	free(text);
	return cs_parse_file(template->parse, file);
}

/* The one function that makes a CSPARSE: config carries Config.VarEscapeMode=html. */
static enum err template_parse(struct template *template, struct why *why)
{
	char file[80];
	NEOERR *err;

	template->file = calloc(FILES_MAX, sizeof *template->file);
	if (!template->file)
		BUG("no memory for a template");
	snprintf(file, sizeof file, "%s.cs", template->name);
	if (files_find(template, file, 0, why) != OK)
		return why->code;
	err = cs_init(&template->parse, config);
	if (err == STATUS_OK)
		err = function_register(template->parse);
	if (err == STATUS_OK)
		err = parse_text(template, file, why);
	if (err != STATUS_OK)
		return clearsilver_fail(err, why);
	squeeze_tree(template->parse->tree);
	template->checked_at = time(NULL);
	return OK;
}

/* Parses the shared macros again when a file of theirs changed; pages hang on them and go first. */
static enum err base_refresh(struct why *why)
{
	char path[640];
	time_t now = time(NULL);

	if (base.parse && (base.checked_at == now || !files_changed(&base))) {
		base.checked_at = now;
		return OK;
	}
	for (size_t i = 0; i < n_templates; i++)
		template_drop(&templates[i]);
	template_drop(&base);
	snprintf(path, sizeof path, "%s/layout.cs", dir);
	if (access(path, F_OK) != 0 || template_parse(&base, why) == OK)
		return OK;
	template_drop(&base);           /* half of the macros would be worse than none: the next page tries again */
	return why->code;
}

static struct template *template_find(const char *name)
{
	for (size_t i = 0; i < n_templates; i++)
		if (strcmp(templates[i].name, name) == 0)
			return &templates[i];
	return NULL;
}

static struct template *template_add(const char *name, struct why *why)
{
	struct template *template = &templates[n_templates];

	if (n_templates == TEMPLATES_MAX || strlen(name) >= sizeof template->name) {
		fail(why, ERR_INTERNAL, "%s: too many templates or too long a name", name);
		return NULL;
	}
	*template = (struct template){ 0 };
	snprintf(template->name, sizeof template->name, "%s", name);
	n_templates++;
	return template;
}

/* The parsed template, fresh. */
static struct template *template_get(const char *name, struct why *why)
{
	struct template *template = template_find(name);
	time_t now = time(NULL);

	if (base_refresh(why) != OK)
		return NULL;
	if (base.parse && strcmp(name, base.name) == 0)
		return &base;
	if (!template)
		template = template_add(name, why);
	if (!template)
		return NULL;
	if (template->parse && template->checked_at != now) {
		template->checked_at = now;
		if (files_changed(template))
			template_drop(template);
	}
	if (!template->parse && template_parse(template, why) != OK) {
		template_drop(template);
		return NULL;
	}
	return template;
}

/* --- at start */

static enum err config_make(struct why *why)
{
	NEOERR *err = nerr_init();

	hdf_destroy(&config);
	if (err == STATUS_OK)
		err = hdf_init(&config);
	if (err == STATUS_OK)
		err = hdf_set_value(config, "Config.VarEscapeMode", "html");
	if (err == STATUS_OK)
		err = hdf_set_value(config, "hdf.loadpaths.0", dir);
	return clearsilver_fail(err, why);
}

static enum err parse_all(DIR *folder, struct why *why)
{
	for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
		size_t length = strlen(entry->d_name);
		char name[64];
		if (length < 4 || length - 3 >= sizeof name || strcmp(entry->d_name + length - 3, ".cs") != 0)
			continue;
		snprintf(name, sizeof name, "%.*s", (int)(length - 3), entry->d_name);
		if (strcmp(name, base.name) != 0 && !template_get(name, why))
			return why->code;
	}
	return OK;
}

enum err view_open(const char *templates_dir, struct why *why)
{
	DIR *folder;
	enum err err;

	for (size_t i = 0; i < n_templates; i++)
		template_drop(&templates[i]);
	n_templates = 0;
	template_drop(&base);
	if ((size_t)snprintf(dir, sizeof dir, "%s", templates_dir) >= sizeof dir)
		return fail(why, ERR_INTERNAL, "the templates' path is too long");
	if (config_make(why) != OK)
		return why->code;
	folder = opendir(dir);
	if (!folder)
		return fail(why, ERR_INTERNAL, "%s: %s", dir, strerror(errno));
	err = parse_all(folder, why);
	closedir(folder);
	return err;
}

/* --- rendering */

static NEOERR *write_out(void *ctx, char *text)
{
	struct buf *out = ctx;

	/* what stands between tags that printed nothing */
	if (text[0] == '\n' && (out->len == 0 || (text[1] == '\0' && out->p[out->len - 1] == '\n')))
		text++;
	buf_str(out, text);
	if (out->full)
		return nerr_raise(NERR_OUTOFRANGE, "the page is larger than %lu bytes", (unsigned long)out->max);
	return STATUS_OK;
}

enum err template_render(const char *name, HDF *tree, struct buf *out, struct why *why)
{
	struct template *template = template_get(name, why);
	NEOERR *err;

	if (!template)
		return why->code;
	function_begin();
	template->parse->hdf = tree;
	err = cs_render(template->parse, out, write_out);
	template->parse->hdf = config;
	return clearsilver_fail(err, why);
}
