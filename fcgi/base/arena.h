/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory with one of our two lifetimes: what a request (or a bundle load) needs
 * comes from its arena and goes with it. Allocation never returns NULL: when the
 * cap is reached the arena jumps to its escape point (the accept loop, which
 * answers 413) or, without one, aborts. Freed and unused space is poisoned for ASan. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new arena that hands out at most max_bytes between two clears. */
struct arena *arena_new(size_t max_bytes);
/* Where to jump when the cap is reached; NULL removes it. Borrowed. */
void arena_set_escape(struct arena *arena, jmp_buf *escape);
/* Takes back everything; the arena can be used again. */
void arena_clear(struct arena *arena);
void arena_free(struct arena *arena);
/* Bytes handed out since the last clear. */
size_t arena_used(const struct arena *arena);

/* Zeroed, aligned for any type; never NULL. */
void *arena_alloc(struct arena *arena, size_t size);
#define arena_new_of(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, n) ((type *)arena_calloc((arena), (n), sizeof(type)))
/* Overflow of n × size counts as reaching the cap. */
void *arena_calloc(struct arena *arena, size_t n, size_t size);
/* NULL gives NULL. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

#endif
