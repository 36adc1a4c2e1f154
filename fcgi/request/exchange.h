/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a request comes from and its reply goes to: nginx through FastCGI (server.c) or
 * the standard streams of a plain CGI run (once.c). The rest of the engine knows neither. */
#ifndef REQUEST_EXCHANGE_H
#define REQUEST_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>

struct exchange {
	/* A CGI variable, NULL when it is not set. */
	const char *(*variable)(void *data, const char *name);
	/* Up to n bytes of the body; 0 at its end. */
	size_t (*read)(void *data, void *bytes, size_t n);
	/* false: the client is gone. */
	bool (*write)(void *data, const void *bytes, size_t n);
	void *data;
};

/* "" instead of NULL. */
static inline const char *exchange_variable(const struct exchange *x, const char *name)
{
	const char *value = x->variable(x->data, name);

	return value ? value : "";
}

#endif
