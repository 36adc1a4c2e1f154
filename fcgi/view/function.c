/* SPDX-License-Identifier: Apache-2.0
 *
 * The functions that templates can call: translations, safe addresses, static files.
 * ClearSilver escapes what they return. It hands them no pointer of ours, so what they make
 * lives in an arena of their own until the next render (a worker renders one page at a time).
 * Not the request's: its jump at the cap would leave ClearSilver in the middle of a call. */
#include "clearsilver.h"

#include <stdlib.h>

#include "asset.h"
#include "country/words.h"
#include "format.h"
#include "url.h"

#define RENDER_BYTES_MAX (64 << 20) /* far above any page: rendering ends when the page is full */

static struct arena *rendering;

void function_begin(void)
{
	if (!rendering)
		rendering = arena_new(RENDER_BYTES_MAX);
	arena_clear(rendering);
}

/* `text` must live until the render ends. */
static void give(CSARG *result, const char *text)
{
	result->op_type = CS_TYPE_STRING;
	result->s = (char *)text;
	result->alloc = 0;
}

/* Takes over a string that cs_arg_parse allocated; missing gives "". */
static const char *keep(char *text)
{
	const char *kept = text ? arena_strdup(rendering, text) : "";

	free(text);
	return kept;
}

static NEOERR *function_t(CSPARSE *parse, CS_FUNCTION *csf, CSARG *args, CSARG *result)
{
	char *text = NULL;
	NEOERR *err = cs_arg_parse(parse, args, "s", &text);

	(void)csf;
	if (err != STATUS_OK)
		return nerr_pass(err);
	give(result, tr(keep(text)));
	return STATUS_OK;
}

static NEOERR *function_t1(CSPARSE *parse, CS_FUNCTION *csf, CSARG *args, CSARG *result)
{
	char *text = NULL, *one = NULL;
	NEOERR *err = cs_arg_parse(parse, args, "ss", &text, &one);

	(void)csf;
	if (err != STATUS_OK)
		return nerr_pass(err);
	give(result, tr_fill(rendering, tr(keep(text)), keep(one), NULL));
	return STATUS_OK;
}

static NEOERR *function_t2(CSPARSE *parse, CS_FUNCTION *csf, CSARG *args, CSARG *result)
{
	char *text = NULL, *one = NULL, *two = NULL;
	NEOERR *err = cs_arg_parse(parse, args, "sss", &text, &one, &two);
	const char *first;

	(void)csf;
	if (err != STATUS_OK)
		return nerr_pass(err);
	first = keep(one);
	give(result, tr_fill(rendering, tr(keep(text)), first, keep(two), NULL));
	return STATUS_OK;
}

static NEOERR *function_plural(CSPARSE *parse, CS_FUNCTION *csf, CSARG *args, CSARG *result)
{
	char *one = NULL, *many = NULL;
	long n = 0;
	NEOERR *err = cs_arg_parse(parse, args, "ssi", &one, &many, &n);
	const char *single;

	(void)csf;
	if (err != STATUS_OK)
		return nerr_pass(err);
	single = keep(one);
	give(result, tr_fill(rendering, tr_plural(single, keep(many), n),
	                     format_number(rendering, (double)n, 0), NULL));
	return STATUS_OK;
}

static NEOERR *function_url(CSPARSE *parse, CS_FUNCTION *csf, CSARG *args, CSARG *result)
{
	char *url = NULL;
	NEOERR *err = cs_arg_parse(parse, args, "s", &url);

	(void)csf;
	if (err != STATUS_OK)
		return nerr_pass(err);
	give(result, url_checked(keep(url)));
	return STATUS_OK;
}

static NEOERR *function_asset(CSPARSE *parse, CS_FUNCTION *csf, CSARG *args, CSARG *result)
{
	char *name = NULL;
	NEOERR *err = cs_arg_parse(parse, args, "s", &name);

	(void)csf;
	if (err != STATUS_OK)
		return nerr_pass(err);
	give(result, asset_url(keep(name)));
	return STATUS_OK;
}

static const struct { const char *name; int n_args; CSFUNCTION call; } functions[] = {
	{ "t", 1, function_t },
	{ "t1", 2, function_t1 },
	{ "t2", 3, function_t2 },
	{ "plural", 3, function_plural },
	{ "url", 1, function_url },
	{ "asset", 1, function_asset },
};

NEOERR *function_register(CSPARSE *parse)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		NEOERR *err = cs_register_function(parse, functions[i].name, functions[i].n_args, functions[i].call);
		if (err != STATUS_OK)
			return nerr_pass(err);
	}
	return STATUS_OK;
}
