/* SPDX-License-Identifier: Apache-2.0
 *
 * Excel workbooks (.xlsx, .xlsm): the parts that matter are streamed out of the archive
 * into an XML reader, nothing is unpacked to disk, and no part is read further than its cap
 * whatever its header claims. Which part is what is found by the relationships, as the
 * format wants it. Cells are understood in spreadsheet_cells.c. */
#include "spreadsheet_xlsx.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* "xl\workbook.xml" and "/xl/workbook.xml" name the part xl/workbook.xml. */
static bool same_part(const char *entry, const char *part)
{
	while (*entry == '/' || *entry == '\\')
		entry++;
	for (; *entry && *part; entry++, part++)
		if ((*entry == '\\' ? '/' : *entry | 32) != (*part == '\\' ? '/' : *part | 32))
			return false;
	return *entry == *part;
}

/* A name that would lead out of the archive's folder, if anybody unpacked it. */
static bool leads_outside(const char *name)
{
	if (strchr(name, ':'))
		return true;
	for (const char *p = name; (p = strstr(p, "..")) != NULL; p += 2)
		if ((p == name || p[-1] == '/' || p[-1] == '\\') && (p[2] == '\0' || p[2] == '/' || p[2] == '\\'))
			return true;
	return false;
}

static zip_int64_t find_part(zip_t *zip, const char *part)
{
	zip_int64_t n = zip_get_num_entries(zip, 0);
	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = zip_get_name(zip, (zip_uint64_t)i, 0);
		if (name && same_part(name, part))
			return i;
	}
	return -1;
}

static int stream_read(void *context, char *buffer, int size)
{
	struct part *part = context;
	if (part->n_bytes >= WORKBOOK_MAX_PART_BYTES) {
		part->too_large = true;
		return -1;
	}
	zip_int64_t got = zip_fread(part->file, buffer, (zip_uint64_t)size);
	if (got < 0) {
		part->damaged = true;
		return -1;
	}
	part->n_bytes += (size_t)got;
	return (int)got;
}

static bool stat_part(struct xlsx *x, zip_uint64_t index, const char *name)
{
	zip_stat_t st;
	if (zip_stat_index(x->zip, index, 0, &st) != 0)
		return book_refuse(x->b, ERR_INVALID, "it is damaged: part %.80s cannot be found", name);
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		return book_refuse(x->b, ERR_INVALID, "it is protected by a password; save it without one");
	if ((st.valid & ZIP_STAT_SIZE) && st.size > WORKBOOK_MAX_PART_BYTES)
		return book_refuse(x->b, ERR_TOO_LARGE, "part %.80s is larger than %u MB when unpacked", name, WORKBOOK_MAX_PART_BYTES >> 20);
	if ((st.valid & ZIP_STAT_SIZE) && (st.valid & ZIP_STAT_COMP_SIZE) && st.size > (8u << 20) &&
	    st.size / WORKBOOK_MAX_RATIO > st.comp_size)
		return book_refuse(x->b, ERR_TOO_LARGE, "part %.80s unpacks to more than %d times its size", name, WORKBOOK_MAX_RATIO);
	return true;
}

bool part_open(struct xlsx *x, struct part *part, const char *name, bool is_optional)
{
	zip_int64_t index = find_part(x->zip, name);
	memset(part, 0, sizeof *part);
	part->name = name;
	if (index < 0)
		return is_optional ? false : book_refuse(x->b, ERR_INVALID, "it is damaged: part %.80s is missing", name);
	if (!stat_part(x, (zip_uint64_t)index, name))
		return false;
	part->file = zip_fopen_index(x->zip, (zip_uint64_t)index, 0);
	if (!part->file)
		return book_refuse(x->b, ERR_INVALID, "it is damaged: part %.80s cannot be unpacked", name);
	part->reader = xmlReaderForIO(stream_read, NULL, part, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
	if (!part->reader)
		return part_close(x, part, false);
	return true;
}

bool part_close(struct xlsx *x, struct part *part, bool ok)
{
	if (part->reader)
		xmlFreeTextReader(part->reader);
	if (part->file)
		zip_fclose(part->file);
	part->reader = NULL;
	part->file = NULL;
	if (x->b->why->code)
		return false;
	if (part->too_large)
		return book_refuse(x->b, ERR_TOO_LARGE, "part %.80s is larger than %u MB when unpacked", part->name, WORKBOOK_MAX_PART_BYTES >> 20);
	if (part->has_doctype)
		return book_refuse(x->b, ERR_INVALID, "part %.80s holds a DOCTYPE, which no spreadsheet program writes", part->name);
	if (part->damaged || part->result < 0 || !ok)
		return book_refuse(x->b, ERR_INVALID, "it is damaged or cut off: part %.80s cannot be read to its end", part->name);
	return true;
}

bool part_next(struct part *part)
{
	part->result = xmlTextReaderRead(part->reader);
	if (part->result != 1)
		return false;
	part->type = xmlTextReaderNodeType(part->reader);
	if (part->type == XML_READER_TYPE_DOCUMENT_TYPE || part->type == XML_READER_TYPE_ENTITY_REFERENCE) {
		part->has_doctype = true;
		return false;
	}
	if (part->type == XML_READER_TYPE_ELEMENT || part->type == XML_READER_TYPE_END_ELEMENT)
		part->element = (const char *)xmlTextReaderConstLocalName(part->reader);
	part->is_empty = part->type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(part->reader) == 1;
	return true;
}

bool part_attribute(struct part *part, const char *name, char *out, size_t size)
{
	bool found = false;
	*out = '\0';
	for (int more = xmlTextReaderMoveToFirstAttribute(part->reader); more == 1 && !found; more = xmlTextReaderMoveToNextAttribute(part->reader)) {
		const char *value = (const char *)xmlTextReaderConstValue(part->reader);
		found = value && xmlTextReaderIsNamespaceDecl(part->reader) != 1 &&
			!strcmp((const char *)xmlTextReaderConstLocalName(part->reader), name);
		if (found && strlen(value) < size)
			strcpy(out, value);
	}
	xmlTextReaderMoveToElement(part->reader);
	return found;
}

/* A relationship's target as a part name: relative to the folder of its source, "/…" from the root. */
static const char *resolve(struct xlsx *x, const char *folder, const char *target)
{
	while (!strncmp(target, "./", 2))
		target += 2;
	if (*target == '/')
		return arena_strdup(x->b->arena, target + 1);
	while (!strncmp(target, "../", 3)) {
		size_t n = strlen(folder);
		const char *slash = n > 1 ? memrchr(folder, '/', n - 1) : NULL;
		folder = slash ? arena_strndup(x->b->arena, folder, (size_t)(slash - folder) + 1) : "";
		target += 3;
	}
	return arena_printf(x->b->arena, "%s%s", folder, target);
}

static bool add_relation(struct xlsx *x, struct part *part, const char *folder)
{
	char id[256], type[512], target[512];
	if (++x->n_relations > WORKBOOK_MAX_ENTRIES)
		return book_refuse(x->b, ERR_TOO_LARGE, "part %.80s names more than %d parts", part->name, WORKBOOK_MAX_ENTRIES);
	part_attribute(part, "Id", id, sizeof id);
	part_attribute(part, "Type", type, sizeof type);
	part_attribute(part, "Target", target, sizeof target);
	struct relation *relation = arena_new_of(x->b->arena, struct relation);
	const char *slash = strrchr(type, '/');
	relation->id = arena_strdup(x->b->arena, id);
	relation->type = arena_strdup(x->b->arena, slash ? slash + 1 : type);
	relation->target = resolve(x, folder, target);
	relation->next = x->relation;
	x->relation = relation;
	return true;
}

/* Reads a part of relationships; targets are resolved against `folder`. */
static bool read_relations(struct xlsx *x, const char *name, const char *folder, bool is_optional)
{
	struct part part;
	bool ok = true;
	x->relation = NULL;
	if (!part_open(x, &part, name, is_optional))
		return is_optional && !x->b->why->code;
	while (ok && part_next(&part))
		if (part.type == XML_READER_TYPE_ELEMENT && !strcmp(part.element, "Relationship"))
			ok = add_relation(x, &part, folder);
	return part_close(x, &part, ok && part.result == 0);
}

static const struct relation *relation_of(const struct xlsx *x, const char *id, const char *type)
{
	for (const struct relation *r = x->relation; r; r = r->next)
		if (id ? !strcmp(r->id, id) : !strcmp(r->type, type))
			return r;
	return NULL;
}

/* One <sheet> of the workbook: its cells follow at once, so that sheets stay in order. */
static bool read_sheet(struct xlsx *x, struct part *part)
{
	char name[256], id[256], state[16];
	part_attribute(part, "name", name, sizeof name);
	part_attribute(part, "id", id, sizeof id);
	part_attribute(part, "state", state, sizeof state);
	const struct relation *relation = relation_of(x, id, NULL);
	if (!*name || !relation)
		return book_refuse(x->b, ERR_INVALID, "it is damaged: sheet \"%.80s\" has no part", name);
	if (!book_sheet(x->b, name, strlen(name), *state && strcmp(state, "visible") != 0))
		return false;
	return strcmp(relation->type, "worksheet") != 0 || cells_read(x, relation->target);
}

static bool read_workbook(struct xlsx *x, const char *name)
{
	struct part part;
	char value[16];
	bool ok = true;
	if (!part_open(x, &part, name, false))
		return false;
	while (ok && part_next(&part)) {
		if (part.type != XML_READER_TYPE_ELEMENT)
			continue;
		if (!strcmp(part.element, "workbookPr") && part_attribute(&part, "date1904", value, sizeof value))
			x->is_1904 = !strcmp(value, "1") || !strcasecmp(value, "true");
		else if (!strcmp(part.element, "sheet"))
			ok = read_sheet(x, &part);
	}
	return part_close(x, &part, ok && part.result == 0) &&
		(x->b->workbook->n_sheets || book_refuse(x->b, ERR_INVALID, "it has no sheets"));
}

/* What else comes as a zip archive, said by its name. */
static bool refuse_other_archives(struct xlsx *x)
{
	static const struct { const char *part, *what; } kinds[] = {
		{ "xl/workbook.bin", "it is a binary workbook (.xlsb); save it as .xlsx" },
		{ "content.xml", "it is an OpenDocument file; save it as .xlsx" },
		{ "word/document.xml", "it is a Word document" },
		{ "ppt/presentation.xml", "it is a presentation" },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (find_part(x->zip, kinds[i].part) >= 0)
			return book_refuse(x->b, ERR_INVALID, "%s", kinds[i].what);
	return true;
}

static bool check_entries(struct xlsx *x)
{
	zip_int64_t n = zip_get_num_entries(x->zip, 0);
	if (n > WORKBOOK_MAX_ENTRIES)
		return book_refuse(x->b, ERR_TOO_LARGE, "it holds more than %d parts", WORKBOOK_MAX_ENTRIES);
	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = zip_get_name(x->zip, (zip_uint64_t)i, 0);
		if (!name || leads_outside(name))
			return book_refuse(x->b, ERR_INVALID, "it holds a part whose name leads out of the archive");
		if (find_part(x->zip, name) != i)
			return book_refuse(x->b, ERR_INVALID, "it holds the part %.80s twice", name);
	}
	return refuse_other_archives(x);
}

/* Everything, in the order in which one part names the next. */
static bool read_archive(struct xlsx *x)
{
	if (!check_entries(x) || !read_relations(x, "_rels/.rels", "", true))
		return false;
	const struct relation *start = relation_of(x, NULL, "officeDocument");
	const char *workbook = start ? start->target : "xl/workbook.xml";
	if (find_part(x->zip, workbook) < 0)
		return book_refuse(x->b, ERR_INVALID, "it is an archive, but no Excel workbook: %.80s is missing", workbook);
	const char *slash = strrchr(workbook, '/');
	const char *folder = slash ? arena_strndup(x->b->arena, workbook, (size_t)(slash - workbook) + 1) : "";
	const char *relations = arena_printf(x->b->arena, "%s_rels/%s.rels", folder, slash ? slash + 1 : workbook);
	if (!read_relations(x, relations, folder, false))
		return false;
	const struct relation *strings = relation_of(x, NULL, "sharedStrings"), *styles = relation_of(x, NULL, "styles");
	if (strings && !strings_read(x, strings->target))
		return false;
	if (styles && !styles_read(x, styles->target))
		return false;
	return read_workbook(x, workbook);
}

bool read_xlsx(struct workbook_builder *b, const char *bytes, size_t length)
{
	zip_error_t error;
	struct xlsx x = { .b = b };
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &error);
	x.zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	bool ok = x.zip ? read_archive(&x) : book_refuse(b, ERR_INVALID, "it is damaged or cut off: the archive inside cannot be opened");
	if (x.zip)
		zip_discard(x.zip);
	else
		zip_source_free(source);
	zip_error_fini(&error);
	return ok;
}
