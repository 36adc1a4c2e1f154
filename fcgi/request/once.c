/* SPDX-License-Identifier: Apache-2.0
 *
 * The CGI run. Whoever can start this binary can read the database file too, so --as
 * needs no password; the CGI environment alone gives no such power. */
#include "once.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "answer.h"
#include "housekeeping.h"

#define VARIABLES_MAX 64
#define BODY_FILE_MAX (16u << 20)

struct once {
	size_t n;
	struct { char name[80]; const char *value; } variable[VARIABLES_MAX];
	const char *data;       /* body given by --data */
	size_t left;
	bool is_cgi;            /* variables and body come from the environment */
	const char *as, *db;
};

static const char *variable(void *data, const char *name)
{
	struct once *once = data;

	for (size_t i = 0; i < once->n; i++)
		if (strcmp(once->variable[i].name, name) == 0)
			return once->variable[i].value;
	return once->is_cgi ? getenv(name) : NULL;
}

static size_t read_body(void *data, void *bytes, size_t n)
{
	struct once *once = data;

	if (!once->data)
		return fread(bytes, 1, n, stdin);
	n = n < once->left ? n : once->left;
	memcpy(bytes, once->data, n);
	once->data += n;
	once->left -= n;
	return n;
}

static bool write_reply(void *data, const void *bytes, size_t n)
{
	(void)data;
	return fwrite(bytes, 1, n, stdout) == n;
}

static void set(struct once *once, const char *name, const char *value)
{
	if (once->n < VARIABLES_MAX) {
		snprintf(once->variable[once->n].name, sizeof once->variable[0].name, "%s", name);
		once->variable[once->n++].value = value;
	}
}

/* Content-Type and Content-Length have no prefix in CGI. */
static bool is_bare(const char *header, size_t n)
{
	return (n == 12 && strncasecmp(header, "Content-Type", n) == 0) || (n == 14 && strncasecmp(header, "Content-Length", n) == 0);
}

/* "Accept-Language: hy" becomes HTTP_ACCEPT_LANGUAGE. The first of a name counts. */
static bool set_header(struct once *once, const char *header)
{
	const char *colon = strchr(header, ':');
	char name[80];
	size_t n = colon ? (size_t)(colon - header) : 0;

	if (!n || n > 60)
		return false;
	snprintf(name, sizeof name, "%s%.*s", is_bare(header, n) ? "" : "HTTP_", (int)n, header);
	for (char *p = name; *p; p++)
		*p = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
	set(once, name, colon + 1 + strspn(colon + 1, " "));
	return true;
}

/* The body: the text itself, or @FILE. */
static bool set_data(struct once *once, const char *text)
{
	static char length[24];
	FILE *file;
	char *bytes;

	once->data = text;
	once->left = strlen(text);
	if (text[0] == '@') {
		file = fopen(text + 1, "rb");
		bytes = malloc(BODY_FILE_MAX);
		if (!file || !bytes)
			return false;
		once->left = fread(bytes, 1, BODY_FILE_MAX, file);
		once->data = bytes;
		fclose(file);
	}
	snprintf(length, sizeof length, "%zu", once->left);
	set(once, "CONTENT_LENGTH", length);
	return true;
}

static bool take_option(struct once *once, const char *option, const char *value)
{
	if (strcmp(option, "--as") == 0)
		return (once->as = value) != NULL;
	if (strcmp(option, "--db") == 0)
		return (once->db = value) != NULL;
	if (strcmp(option, "--now") == 0)
		return setenv("COMPASS_NOW", value, 1) == 0;
	if (strcmp(option, "--data") == 0)
		return set_data(once, value);
	if (strcmp(option, "--header") == 0)
		return set_header(once, value);
	if (strcmp(option, "--https") == 0)
		return set(once, "HTTPS", value), true;
	if (strcmp(option, "--cookie") == 0)
		return set(once, "HTTP_COOKIE", value), true;
	return false;
}

static bool take_arguments(struct once *once, int argc, char **argv)
{
	const char *words[2] = { NULL, NULL };
	int n = 0;

	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], "--", 2) == 0) {
			if (i + 1 >= argc || !take_option(once, argv[i], argv[i + 1]))
				return false;
			i++;
		} else if (n < 2) {
			words[n++] = argv[i];
		} else {
			return false;
		}
	}
	once->is_cgi = n == 0;
	if (n == 2) {
		set(once, "REQUEST_METHOD", words[0]);
		set(once, "REQUEST_URI", words[1]);
		set(once, "CONTENT_TYPE", "application/x-www-form-urlencoded");
		set(once, "HTTP_HOST", "localhost");
		set(once, "REMOTE_ADDR", "127.0.0.1");
	}
	return n == 2 || (n == 0 && getenv("REQUEST_METHOD"));
}

int once_run(const struct site *site, int argc, char **argv)
{
	static struct worker worker;
	static struct once once;
	struct exchange x = { variable, read_body, write_reply, &once };

	if (!take_arguments(&once, argc, argv)) {
		fprintf(stdout, "usage: %s --once [--as PERSONA] [--db FILE] [--now TIME] [--data BODY|@FILE] [--header 'K: V']"
		        " [--cookie 'a=b'] [--https on] METHOD TARGET\n", site->name);
		return 2;
	}
	worker_init(&worker, site);
	worker.as = once.as;
	worker.db_path = once.db;
	answer(&worker, &x);
	fflush(stdout);
	if (worker.request.instance && !worker.db_path)
		housekeeping_absorb(worker.request.instance->name);
	worker_clear(&worker);
	return 0;
}
