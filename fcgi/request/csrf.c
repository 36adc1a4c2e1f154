/* SPDX-License-Identifier: Apache-2.0
 *
 * Masking: a random pad of the token's length, then each letter of the token moved along
 * the alphabet by the letter of the pad. */
#include "csrf.h"

#include <sodium.h>
#include <string.h>

#include "base/random.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static uint32_t place(char c)
{
	const char *at = c ? strchr(alphabet, c) : NULL;

	return at ? (uint32_t)(at - alphabet) : 0;
}

char *csrf_mask(struct arena *arena, const char *token)
{
	size_t n = token ? strlen(token) : 0;
	char *masked = arena_alloc(arena, 2 * n + 1), pad[TOKEN_LEN];

	/* a token's letters are of the same alphabet: one is the pad, and one call to the system makes it */
	if (n >= TOKEN_LEN)
		BUG("a token of %zu letters", n);
	random_token(pad);
	for (size_t i = 0; i < n; i++) {
		masked[i] = pad[i];
		masked[n + i] = alphabet[(place(token[i]) + place(pad[i])) % 64];
	}
	return token ? masked : NULL;
}

static const char *unmask(struct arena *arena, const char *submitted, size_t n)
{
	char *token = arena_alloc(arena, n + 1);

	for (size_t i = 0; i < n; i++)
		token[i] = alphabet[(place(submitted[n + i]) + 64 - place(submitted[i])) % 64];
	return token;
}

const char *csrf_plain(struct arena *arena, const char *submitted)
{
	size_t n = submitted ? strlen(submitted) : 0;

	return n == 2 * (TOKEN_LEN - 1) ? unmask(arena, submitted, n / 2) : n == TOKEN_LEN - 1 ? submitted : "";
}

bool csrf_is_own(const struct request *r, const char *submitted)
{
	const char *own = r->session.csrf;
	size_t n = own ? strlen(own) : 0;

	if (!n || !submitted)
		return false;
	if (strlen(submitted) == 2 * n)
		submitted = unmask(r->arena, submitted, n);
	return strlen(submitted) == n && sodium_memcmp(own, submitted, n) == 0;
}
