/* SPDX-License-Identifier: Apache-2.0
 *
 * Compound files, the little file system in which Excel 97–2003 keeps its workbook (MS-CFB):
 * sectors in chains, a directory, and a second, finer layer of chains for short streams.
 * Every number in it is hostile: each read is checked against the file's end, and no chain is
 * followed for longer than the file has sectors. */
#include <string.h>
#include <strings.h>

#include "spreadsheet_xls.h"

#define HEADER 512
#define ENTRY 128
#define LAST_SECTOR 0xFFFFFFFAu         /* above: marks of ends and free space */

struct cfb {
	struct arena *arena;
	const uint8_t *bytes;
	size_t length, sector, n_sectors;
	uint32_t *fat;
	size_t n_fat;
};

/* The bytes of a sector; NULL beyond the file. The last sector may be cut short: it is padded. */
static const uint8_t *sector_at(const struct cfb *c, uint32_t number)
{
	size_t at = ((size_t)number + 1) * c->sector;
	if (number >= LAST_SECTOR || at >= c->length)
		return NULL;
	if (c->length - at >= c->sector)
		return c->bytes + at;
	uint8_t *padded = arena_alloc(c->arena, c->sector);
	memcpy(padded, c->bytes + at, c->length - at);
	return padded;
}

/* A whole chain in one piece, at most `want` bytes (0: all). */
static uint8_t *read_chain(const struct cfb *c, uint32_t start, size_t want, size_t *length)
{
	size_t n = 0;
	for (uint32_t s = start; s < c->n_fat && n <= c->n_sectors && (!want || n * c->sector < want); s = c->fat[s])
		n++;
	if (!n || n > c->n_sectors)
		return NULL;
	uint8_t *out = arena_alloc(c->arena, n * c->sector);
	uint32_t s = start;
	for (size_t i = 0; i < n; i++, s = c->fat[s]) {
		const uint8_t *from = sector_at(c, s);
		if (!from)
			return NULL;
		memcpy(out + i * c->sector, from, c->sector);
	}
	*length = want && want < n * c->sector ? want : n * c->sector;
	return out;
}

/* Adds the numbers that a sector of the allocation table holds. */
static bool add_fat(struct cfb *c, uint32_t number)
{
	const uint8_t *from = sector_at(c, number);
	for (size_t i = 0; from && i < c->sector / 4 && c->n_fat < c->n_sectors; i++)
		c->fat[c->n_fat++] = get32(from + 4 * i);
	return from != NULL;
}

/* The allocation table: its sectors are listed in the header, and in a chain of lists for large files. */
static bool read_fat(struct cfb *c)
{
	size_t left = get32(c->bytes + 44), per_list = c->sector / 4 - 1;
	uint32_t list = get32(c->bytes + 68);
	c->fat = arena_array(c->arena, uint32_t, c->n_sectors);
	for (size_t i = 0; i < 109 && left; i++, left--)
		if (!add_fat(c, get32(c->bytes + 76 + 4 * i)))
			return false;
	for (size_t lists = 0; left && lists < c->n_sectors; lists++) {
		const uint8_t *from = sector_at(c, list);
		for (size_t i = 0; from && i < per_list && left; i++, left--)
			if (!add_fat(c, get32(from + 4 * i)))
				return false;
		if (!from)
			return false;
		list = get32(from + 4 * per_list);
	}
	return c->n_fat > 0;
}

static bool is_named(const uint8_t *entry, const char *name)
{
	size_t n = get16(entry + 64) / 2;
	if (n == 0 || n > 32 || n - 1 != strlen(name))
		return false;
	for (size_t i = 0; i + 1 < n; i++)
		if (entry[2 * i + 1] || (entry[2 * i] | 32) != (name[i] | 32))
			return false;
	return true;
}

/* A stream below the cut-off: its pieces of 64 bytes lie in the root's stream. */
static const uint8_t *read_short(const struct cfb *c, const uint8_t *root, uint32_t start, size_t want)
{
	size_t chain_length, space_length;
	const uint8_t *chain = read_chain(c, get32(c->bytes + 60), 0, &chain_length), *space = read_chain(c, get32(root + 116), 0, &space_length);
	uint8_t *out = arena_alloc(c->arena, want + 64);
	if (!chain || !space)
		return NULL;
	size_t n = 0;
	for (uint32_t s = start; n < want; s = get32(chain + 4 * (size_t)s)) {
		if ((size_t)s >= chain_length / 4 || ((size_t)s + 1) * 64 > space_length)
			return NULL;
		memcpy(out + n, space + (size_t)s * 64, 64);
		n += 64;
	}
	return out;
}

static const uint8_t *read_entry(const struct cfb *c, const uint8_t *root, const uint8_t *entry, size_t *length)
{
	size_t want = get32(entry + 120);
	uint32_t start = get32(entry + 116);
	*length = want;
	if (want == 0 || want > c->length)
		return NULL;
	if (want < get32(c->bytes + 56))
		return read_short(c, root, start, want);
	return read_chain(c, start, want, length);
}

const uint8_t *cfb_stream(struct arena *arena, const uint8_t *bytes, size_t length, const char *name, size_t *stream_length)
{
	struct cfb c = { .arena = arena, .bytes = bytes, .length = length };
	size_t directory_length;
	if (length < HEADER || (get16(bytes + 30) != 9 && get16(bytes + 30) != 12))
		return NULL;
	c.sector = (size_t)1 << get16(bytes + 30);
	c.n_sectors = length / c.sector + 1;
	if (!read_fat(&c))
		return NULL;
	const uint8_t *directory = read_chain(&c, get32(bytes + 48), 0, &directory_length);
	for (size_t at = 0; directory && at + ENTRY <= directory_length; at += ENTRY)
		if (directory[at + 66] == 2 && is_named(directory + at, name))
			return read_entry(&c, directory, directory + at, stream_length);
	return NULL;
}
