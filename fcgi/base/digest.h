/* SPDX-License-Identifier: Apache-2.0
 *
 * Digests that name a content: equal bytes, equal digest. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

#define DIGEST_LEN 65    /* 64 hexadecimal digits and NUL */

/* BLAKE2b-256 of the bytes, in lower-case hexadecimal. */
void digest_hex(const void *bytes, size_t n, char out[DIGEST_LEN]);

#endif
