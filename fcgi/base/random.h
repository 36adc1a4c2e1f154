/* SPDX-License-Identifier: Apache-2.0
 *
 * Randomness of two kinds that must not be confused: secrets (libsodium) and the
 * repeatable sequence that seed data is drawn from. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#define TOKEN_LEN 44     /* 32 random bytes in url-safe base64 without padding, and NUL */

/* An unguessable token for sessions, links and CSRF. */
void random_token(char out[TOKEN_LEN]);
/* Uniform in [0, below), from the secret source. */
uint32_t random_below(uint32_t below);

/* A repeatable sequence: equal seeds give equal draws on every machine. */
struct dice { uint64_t s[4]; };
void dice_seed(struct dice *dice, uint64_t seed);
uint64_t dice_next(struct dice *dice);
/* Uniform in [0, below). */
uint32_t dice_below(struct dice *dice, uint32_t below);
/* Uniform in [low, high], both included. */
int dice_range(struct dice *dice, int low, int high);
/* Uniform in [0, 1). */
double dice_unit(struct dice *dice);
/* An index drawn by weights, whose sum must be positive. */
size_t dice_weighted(struct dice *dice, const double *weights, size_t n);

#endif
