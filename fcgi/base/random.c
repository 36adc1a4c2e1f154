/* SPDX-License-Identifier: Apache-2.0
 *
 * Secrets come from libsodium; dice are xoshiro256** seeded by splitmix64. */
#include "random.h"

#include <sodium.h>
#include <stdbool.h>

#include "err.h"

static void ready(void)
{
	static bool is_ready;

	if (is_ready)
		return;
	if (sodium_init() < 0)
		BUG("libsodium does not start");
	is_ready = true;
}

void random_token(char out[TOKEN_LEN])
{
	unsigned char bytes[32];

	ready();
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2base64(out, TOKEN_LEN, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof bytes);
}

uint32_t random_below(uint32_t below)
{
	ready();
	return randombytes_uniform(below);
}

void dice_seed(struct dice *dice, uint64_t seed)
{
	for (int i = 0; i < 4; i++) {
		uint64_t z = (seed += UINT64_C(0x9e3779b97f4a7c15));
		z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
		z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
		dice->s[i] = z ^ (z >> 31);
	}
}

static uint64_t rotate(uint64_t x, int k)
{
	return (x << k) | (x >> (64 - k));
}

uint64_t dice_next(struct dice *dice)
{
	uint64_t *s = dice->s, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

uint32_t dice_below(struct dice *dice, uint32_t below)
{
	if (!below)
		BUG("dice_below(0)");
	/* the upper half times `below`: a bias under 2^-32, which seed data does not notice */
	return (uint32_t)(((dice_next(dice) >> 32) * below) >> 32);
}

int dice_range(struct dice *dice, int low, int high)
{
	if (high < low)
		BUG("dice_range(%d, %d)", low, high);
	return (int)(low + (int64_t)dice_below(dice, (uint32_t)((int64_t)high - low + 1)));
}

double dice_unit(struct dice *dice)
{
	return (double)(dice_next(dice) >> 11) * 0x1.0p-53;
}

size_t dice_weighted(struct dice *dice, const double *weights, size_t n)
{
	double sum = 0, at;
	size_t last = 0;

	for (size_t i = 0; i < n; i++)
		sum += weights[i];
	if (!(sum > 0))
		BUG("dice_weighted without a weight");
	at = dice_unit(dice) * sum;
	for (size_t i = 0; i < n; i++) {
		if (!(weights[i] > 0))
			continue;
		last = i;
		if (at < weights[i])
			return i;
		at -= weights[i];
	}
	return last;
}
