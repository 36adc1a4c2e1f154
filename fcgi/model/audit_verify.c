/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading the whole chain again, and the seal: heads of the chain noted in audit.seal at
 * most once a minute, by which a cut tail shows. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "audit.h"
#include "audit_internal.h"
#include "model_internal.h"

#define SEAL_EVERY_S 60

static FILE *seal_open(const char *dir, const char *mode)
{
	char path[600];
	snprintf(path, sizeof path, "%s/audit.seal", dir);
	return fopen(path, mode);
}

void audit_seal(const char *dir, int64_t id, const char *digest)
{
	char path[600];
	struct stat st;
	snprintf(path, sizeof path, "%s/audit.seal", dir);
	if (id == 0 || (stat(path, &st) == 0 && st.st_mtime + SEAL_EVERY_S > time(NULL)))
		return;
	FILE *file = seal_open(dir, "ae");
	if (file == NULL)
		return;
	fprintf(file, "%" PRId64 " %s\n", id, digest);
	fclose(file);
}

enum err audit_seal_cut(const char *dir, int64_t last_id, struct why *why)
{
	char path[600], part[620], line[128];
	snprintf(path, sizeof path, "%s/audit.seal", dir);
	snprintf(part, sizeof part, "%s.part", path);
	FILE *from = seal_open(dir, "re");
	if (from == NULL)
		return OK;
	FILE *to = fopen(part, "we");
	bool good = to != NULL;
	while (good && fgets(line, sizeof line, from) != NULL)
		if (strtoll(line, NULL, 10) <= last_id)
			good = fputs(line, to) >= 0;
	fclose(from);
	if (to != NULL)
		good = fclose(to) == 0 && good;
	return good && rename(part, path) == 0 ? OK : fail(why, err_from_errno(errno), "%s: %s", path, strerror(errno));
}

static struct audit_entry entry_of(struct rows *rows, struct arena *arena)
{
	return (struct audit_entry){ .id = rows_int(rows, 0), .at = rows_int(rows, 1), .machine_at = rows_int(rows, 2),
		.actor = cell(rows, 3, arena), .user_id = rows_int(rows, 4), .action = cell(rows, 5, arena), .object = cell(rows, 6, arena),
		.object_key = cell(rows, 7, arena), .casefile_id = rows_int(rows, 8), .detail = cell(rows, 9, arena) };
}

static const char *row_problem(struct rows *rows, const struct audit_entry *entry, int64_t expected_id, const char *previous,
                               struct arena *arena, char digest[65])
{
	audit_digest(entry, previous, digest);
	if (entry->id != expected_id)
		return "a row is missing before this one";
	if (strcmp(cell(rows, 10, arena), previous) != 0)
		return "the row does not continue the one before";
	if (strcmp(cell(rows, 11, arena), digest) != 0)
		return "the row was changed";
	return NULL;
}

static void broken(struct audit_check *out, int64_t id, const char *problem)
{
	if (out->broken_id != 0)
		return;
	out->broken_id = id;
	out->problem = problem;
}

static enum err walk(struct db *db, struct why *why, struct audit_check *out)
{
	struct arena *row_arena = arena_new(32 << 20);
	memset(out->head, '0', 64);
	struct rows *rows = db_query(db, why, SQL("SELECT id, at, machine_at, actor, user_id, action, object, object_key, casefile_id,"
		" detail, previous, digest FROM audit ORDER BY id"), "");
	while (rows_next(rows)) {
		char digest[65];
		struct audit_entry entry = entry_of(rows, row_arena);
		const char *problem = row_problem(rows, &entry, out->head_id + 1, out->head, row_arena, digest);
		if (problem != NULL)
			broken(out, entry.id, problem);
		out->rows++;
		out->head_id = entry.id;
		memcpy(out->head, digest, sizeof digest);
		arena_clear(row_arena);
		if (problem != NULL)
			break;
	}
	arena_free(row_arena);
	return rows_close(rows);
}

static enum err stored_digest(struct db *db, struct why *why, int64_t id, char out[65])
{
	size_t size;
	out[0] = '\0';
	struct rows *rows = db_query(db, why, SQL("SELECT digest FROM audit WHERE id = ?"), "i", id);
	if (rows_next(rows)) {
		const void *bytes = rows_bytes(rows, 0, &size);
		if (size == 64) {
			memcpy(out, bytes, 64);
			out[64] = '\0';
		}
	}
	return rows_close(rows);
}

/* Every head that was sealed must still stand where it stood. */
static enum err check_seals(struct db *db, const char *dir, struct why *why, struct audit_check *out)
{
	int64_t id;
	char digest[65], stored[65];
	enum err err = OK;
	FILE *file = seal_open(dir, "re");
	while (file != NULL && err == OK && out->broken_id == 0 && fscanf(file, "%" SCNd64 " %64s", &id, digest) == 2) {
		if (id > out->head_id)
			broken(out, out->head_id + 1, "the newest rows were removed: a sealed one is gone");
		else if ((err = stored_digest(db, why, id, stored)) == OK && strcmp(stored, digest) != 0)
			broken(out, id, "the row is not the one that was sealed");
	}
	if (file != NULL)
		fclose(file);
	return err;
}

static enum err check_head(struct db *db, struct why *why, const char *head, struct audit_check *out)
{
	int64_t id;
	enum err err = db_int(db, why, &id, SQL("SELECT id FROM audit WHERE digest = ?"), "s", head);
	if (err == ERR_NOT_FOUND) {
		broken(out, out->head_id + 1, "the head noted before is no longer in the chain");
		return OK;
	}
	return err;
}

enum err audit_verify(struct db *db, const char *dir, const char *head, struct why *why, struct audit_check *out)
{
	*out = (struct audit_check){ 0 };
	enum err err = db_begin_read(db, why);
	if (err != OK)
		return err;
	err = walk(db, why, out);
	if (err == OK && out->broken_id == 0)
		err = check_seals(db, dir, why, out);
	if (err == OK && out->broken_id == 0 && head != NULL)
		err = check_head(db, why, head, out);
	db_rollback(db);
	return err;
}
