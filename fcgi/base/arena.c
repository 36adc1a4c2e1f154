/* SPDX-License-Identifier: Apache-2.0
 *
 * The arena: blocks from malloc, handed out from front to back. The first blocks are
 * kept between requests, so an ordinary page asks the system for nothing. Knows no
 * request: where to jump at the cap is given from outside. */
#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN 1
#endif
#endif
#ifdef HAS_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define GAP 16 /* poisoned bytes between two pieces, so that an overrun is seen */
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define GAP 0
#endif

#define BLOCK_BYTES (64u * 1024)
#define SPARES_MAX 6    /* blocks kept beside the first: what the longest usual page takes */
#define ALIGN _Alignof(max_align_t)

struct block {
	struct block *next;
	size_t size, used;
	max_align_t data[];
};

struct arena {
	struct block *first;    /* kept by arena_clear */
	struct block *current;  /* head of the list of all others, or first */
	struct block *spare;    /* blocks of the usual size, kept for the next round */
	unsigned n_spare;
	size_t max, used;
	jmp_buf *escape;
};

static struct block *block_new(size_t size)
{
	struct block *block = malloc(sizeof *block + size);

	if (!block)
		return NULL;
	block->next = NULL;
	block->size = size;
	block->used = 0;
	POISON(block->data, size);
	return block;
}

static void block_free(struct block *block)
{
	UNPOISON(block->data, block->size);
	free(block);
}

struct arena *arena_new(size_t max_bytes)
{
	struct arena *arena = calloc(1, sizeof *arena);

	if (!arena || !(arena->first = block_new(BLOCK_BYTES)))
		BUG("no memory for an arena");
	arena->current = arena->first;
	arena->max = max_bytes;
	return arena;
}

void arena_set_escape(struct arena *arena, jmp_buf *escape)
{
	arena->escape = escape;
}

static void put_away(struct arena *arena, struct block *block)
{
	if (block->size != BLOCK_BYTES || arena->n_spare == SPARES_MAX) {
		block_free(block);
		return;
	}
	block->used = 0;
	POISON(block->data, block->size);
	block->next = arena->spare;
	arena->spare = block;
	arena->n_spare++;
}

static struct block *usual_block(struct arena *arena)
{
	struct block *block = arena->spare;

	if (!block)
		return block_new(BLOCK_BYTES);
	arena->spare = block->next;
	arena->n_spare--;
	return block;
}

void arena_clear(struct arena *arena)
{
	while (arena->current != arena->first) {
		struct block *block = arena->current;
		arena->current = block->next;
		put_away(arena, block);
	}
	arena->first->used = 0;
	POISON(arena->first->data, arena->first->size);
	arena->used = 0;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	arena_clear(arena);
	while (arena->spare) {
		struct block *block = arena->spare;
		arena->spare = block->next;
		block_free(block);
	}
	block_free(arena->first);
	free(arena);
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}

static noreturn void out_of_room(struct arena *arena, size_t size)
{
	if (arena->escape)
		longjmp(*arena->escape, 1);
	BUG("arena of %zu bytes is full: %zu used, %zu asked", arena->max, arena->used, size);
}

/* A block with room for size bytes. A large piece gets its own block behind the
 * current one, so that the room left in the current one is not given up. */
static struct block *room_for(struct arena *arena, size_t size)
{
	struct block *current = arena->current, *block;

	if (current->size - current->used >= size)
		return current;
	block = size > BLOCK_BYTES / 4 ? block_new(size) : usual_block(arena);
	if (!block)
		out_of_room(arena, size);
	if (size > BLOCK_BYTES / 4 && current != arena->first) {
		block->next = current->next;
		current->next = block;
	} else {
		block->next = current;
		arena->current = block;
	}
	return block;
}

/* Room as it is. */
static void *take(struct arena *arena, size_t size)
{
	struct block *block;
	void *p;
	size_t step;

	if (size > arena->max || arena->used + size > arena->max)
		out_of_room(arena, size);
	step = (size + GAP + ALIGN - 1) / ALIGN * ALIGN;
	if (!step)
		step = ALIGN;
	block = room_for(arena, step);
	p = (char *)block->data + block->used;
	block->used += step;
	arena->used += step;
	UNPOISON(p, size);
	return p;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(take(arena, size), 0, size);
}

void *arena_calloc(struct arena *arena, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		out_of_room(arena, SIZE_MAX);
	return arena_alloc(arena, n * size);
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy;

	if (length == SIZE_MAX)
		out_of_room(arena, length);
	copy = take(arena, length + 1);
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char most[256], *text;
	int n;

	va_copy(again, args);
	n = vsnprintf(most, sizeof most, format, args);
	if (n < 0)
		BUG("format \"%s\" cannot be printed", format);
	text = take(arena, (size_t)n + 1);
	if ((size_t)n < sizeof most)
		memcpy(text, most, (size_t)n + 1);
	else
		vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	return text;
}
