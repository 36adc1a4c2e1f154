/* SPDX-License-Identifier: Apache-2.0
 *
 * Arena, buffer and errors: caps hold, nothing is NULL, the first failure is kept. */
#include "unit.h"

#include <errno.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

static void pieces_are_zeroed_and_apart(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	char *a = arena_alloc(arena, 100), *b = arena_alloc(arena, 100);

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_int_equal(a[i], 0);
	memset(a, 'x', 100);
	assert_int_equal(b[0], 0);
	assert_true((uintptr_t)b % _Alignof(max_align_t) == 0);
	arena_clear(arena);
	assert_int_equal(arena_used(arena), 0);
	a = arena_alloc(arena, 100);
	assert_int_equal(a[99], 0);
	arena_free(arena);
}

static void large_and_small_pieces_mix(void **state)
{
	struct arena *arena = arena_new(8 << 20);
	char *pieces[64];

	(void)state;
	for (int i = 0; i < 64; i++) {
		size_t size = i % 3 ? 5000 : 70000;
		pieces[i] = arena_alloc(arena, size);
		memset(pieces[i], i, size);
	}
	for (int i = 0; i < 64; i++) {
		assert_int_equal(pieces[i][0], i);
		assert_int_equal(pieces[i][i % 3 ? 4999 : 69999], i);
	}
	arena_free(arena);
}

static void cap_jumps_to_escape(void **state)
{
	struct arena *arena = arena_new(10000);
	jmp_buf escape;
	volatile int jumped = 0;

	(void)state;
	if (setjmp(escape))
		jumped++;
	arena_set_escape(arena, &escape);
	if (jumped == 0)
		for (;;)
			arena_alloc(arena, 1000);
	if (jumped == 1)
		arena_calloc(arena, SIZE_MAX / 2, 3);
	if (jumped == 2)
		arena_alloc(arena, SIZE_MAX);
	assert_int_equal(jumped, 3);
	arena_free(arena);
}

static void texts_are_copied(void **state)
{
	struct arena *arena = arena_new(1 << 20);

	(void)state;
	assert_null(arena_strdup(arena, NULL));
	assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
	assert_string_equal(arena_printf(arena, "%s-%04d", "ARM", 7), "ARM-0007");
	arena_free(arena);
}

static void buffer_stops_at_its_maximum(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 3000);
	for (int i = 0; i < 100; i++)
		buf_printf(&buf, "%09d,", i);
	assert_int_equal(buf.len, 1000);
	assert_false(buf.full);
	for (int i = 0; i < 300; i++)
		buf_str(&buf, "0123456789");
	assert_int_equal(buf.len, 3000);
	assert_true(buf.full);
	assert_int_equal(buf.p[3000], 0);
	buf_clear(&buf);
	buf_char(&buf, 'x');
	assert_string_equal(buf.p, "x");
	assert_false(buf.full);
	buf_free(&buf);
}

static enum err first_failure(struct why *why)
{
	return fail(why, ERR_CONFLICT, "row %d", 1);
}

static void first_failure_is_kept(void **state)
{
	struct why why = { 0 };

	(void)state;
	assert_int_equal(first_failure(&why), ERR_CONFLICT);
	assert_int_equal(fail(&why, ERR_IO, "later"), ERR_IO);
	assert_int_equal(why.code, ERR_CONFLICT);
	assert_string_equal(why.detail, "row 1");
	assert_int_equal(err_status(ERR_CONFLICT), 409);
	assert_int_equal(err_from_errno(ENOSPC), ERR_FULL);
	assert_int_equal(err_from_errno(EROFS), ERR_READONLY);
	for (int i = 0; i < ERR_COUNT; i++) {
		assert_non_null(err_message((enum err)i));
		assert_non_null(err_name((enum err)i));
		assert_in_range(err_status((enum err)i), 200, 599);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_and_apart), cmocka_unit_test(large_and_small_pieces_mix),
		cmocka_unit_test(cap_jumps_to_escape), cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(buffer_stops_at_its_maximum), cmocka_unit_test(first_failure_is_kept),
	};
	return RUN_TESTS(tests);
}
