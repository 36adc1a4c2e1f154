/* SPDX-License-Identifier: Apache-2.0
 *
 * Digests by libsodium. */
#include "digest.h"

#include <sodium.h>

void digest_hex(const void *bytes, size_t n, char out[DIGEST_LEN])
{
	unsigned char digest[32];
	crypto_generichash(digest, sizeof digest, bytes, n, NULL, 0);
	sodium_bin2hex(out, DIGEST_LEN, digest, sizeof digest);
}
