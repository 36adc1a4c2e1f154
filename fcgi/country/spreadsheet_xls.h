/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the container of an .xls (spreadsheet_cfb.c) and the records in it
 * (spreadsheet_xls.c). Private to those two. */
#ifndef COUNTRY_SPREADSHEET_XLS_H
#define COUNTRY_SPREADSHEET_XLS_H

#include <stdint.h>

#include "spreadsheet_build.h"

/* The stream of that name (case does not count) out of a compound file, in the arena; NULL when there is
 * none or the file is damaged. */
const uint8_t *cfb_stream(struct arena *arena, const uint8_t *bytes, size_t length, const char *name, size_t *stream_length);

static inline uint16_t get16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }
static inline uint32_t get32(const uint8_t *p) { return get16(p) | (uint32_t)get16(p + 2) << 16; }

#endif
