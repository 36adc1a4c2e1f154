/* SPDX-License-Identifier: Apache-2.0
 *
 * Options, then: serve, answer once, or list the routes. Templates and words are opened
 * here, before any fork, so that workers share their memory. */
#include "program.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "country/instance.h"
#include "country/words.h"
#include "once.h"
#include "supervisor.h"
#include "view/asset.h"
#include "view/view.h"

static int usage(const struct site *site, FILE *out, int status)
{
	fprintf(out,
	        "usage: %s [--socket PATH] [--workers N] [--group NAME]   serve FastCGI on a unix socket\n"
	        "       %s --once [options] METHOD TARGET                 answer one request as plain CGI\n"
	        "       %s --routes                                       list the pages, one a line\n"
	        "Instances are under COMPASS_VAR (%s).\n", site->name, site->name, site->name, compass_var());
	return status;
}

/* One line a row: methods, path, permission, module, flags. The permission test reads it. */
static int list_routes(const struct site *site)
{
	static const struct { unsigned flag; const char *name; } names[] = {
		{ ROUTE_GLOBAL, "global" }, { ROUTE_DEMO, "demo" }, { ROUTE_HOLD, "hold" }, { ROUTE_UPLOAD, "upload" },
		{ ROUTE_WRITES, "writes" }, { ROUTE_NO_CSRF, "no_csrf" }, { ROUTE_OPEN_CASE, "open_case" },
	};

	for (const struct route *route = site->routes; route->handler; route++) {
		const char *permission = route->permission == PERM_NONE ? "none" : route->permission == PERM_PUBLIC ? "public" : permission_name(route->permission);
		printf("%s%s%s\t/%s\t%s\t%s\t", route->methods & METHOD_GET ? "GET" : "", route->methods == (METHOD_GET | METHOD_POST) ? "," : "",
		       route->methods & METHOD_POST ? "POST" : "", route->path, permission, module_name(route->module));
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (route->flags & names[i].flag)
				printf("%s ", names[i].name);
		printf("%s\n", route->record ? "record" : "");
	}
	return 0;
}

/* What every process needs; false after saying what is broken. */
static bool open_site(const struct site *site)
{
	char path[600], manifest[600];
	struct why why = { 0 };

	snprintf(path, sizeof path, "%s/%s", compass_home(), site->languages);
	words_site(path);
	snprintf(manifest, sizeof manifest, "%s/build/static/manifest", compass_home());
	snprintf(path, sizeof path, "%s/%s", compass_home(), site->templates);
	if (asset_open(manifest, &why) == OK && view_open(path, &why) == OK)
		return true;
	log_failure(&why, "start");
	fprintf(stdout, "%s does not start: %s\n", site->name, why.detail);
	return false;
}

static int serve(const struct site *site, struct supervisor_options *options)
{
	char path[600];

	if (!options->socket_path) {
		snprintf(path, sizeof path, "%s/run/%s.sock", compass_var(), site->name);
		options->socket_path = path;
	}
	options->does_housekeeping = site->program == DB_STAFF;
	if (!open_site(site))
		return 1;
	instance_warm();
	return supervisor_run(site, options);
}

int program_main(const struct site *site, int argc, char **argv)
{
	static const struct option known[] = {
		{ "socket", required_argument, NULL, 's' }, { "workers", required_argument, NULL, 'w' },
		{ "group", required_argument, NULL, 'g' }, { "routes", no_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 },
	};
	struct supervisor_options options = { 0 };
	int option;

	log_open(site->name);
	if (argc > 1 && strcmp(argv[1], "--once") == 0)
		return open_site(site) ? once_run(site, argc - 2, argv + 2) : 1;
	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 's': options.socket_path = optarg; break;
		case 'w': options.n_workers = atoi(optarg); break;
		case 'g': options.group = optarg; break;
		case 'r': return list_routes(site);
		case 'h': return usage(site, stdout, 0);
		default: return usage(site, stderr, 2);
		}
	}
	return optind < argc ? usage(site, stderr, 2) : serve(site, &options);
}
