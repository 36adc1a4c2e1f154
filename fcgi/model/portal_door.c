/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing in to the portal. The connection may look up one row id by its number; from then
 * on it sees that case alone. */
#include "portal_door.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "audit.h"
#include "base/date.h"
#include "base/random.h"
#include "base/text.h"
#include "casefile.h"
#include "consent.h"
#include "model_internal.h"
#include "session.h"
#include "throttle.h"

#define CODE_LEN 8

struct guest { int64_t casefile_id, person_id; const char *phone, *email, *language; };

/* ERR_NOT_FOUND when number and birth date do not belong together; the connection is shut then. */
static enum err find_guest(const struct context *c, const char *number, const char *date_of_birth, struct guest *guest)
{
	*guest = (struct guest){ 0 };
	db_limit_to_casefile(c->db, 0);
	db_limit_to_number(c->db, number);
	enum err err = db_int(c->db, c->why, &guest->casefile_id, SQL("SELECT id FROM portal_door"), "");
	db_limit_to_number(c->db, "");
	if (err != OK)
		return err;
	db_limit_to_casefile(c->db, guest->casefile_id);
	struct rows *rows = db_query(c->db, c->why, SQL("SELECT p.id, CASE WHEN p.phone_is_safe THEN p.phone END, p.email, p.preferred_language"
		" FROM membership m JOIN person p ON p.id = m.person_id WHERE m.casefile_id = ? AND m.is_contact = 1 AND m.end_date IS NULL"
		" AND p.date_of_birth = ? LIMIT 1"), "is", guest->casefile_id, date_of_birth);
	if (rows_next(rows)) {
		guest->person_id = rows_int(rows, 0);
		guest->phone = cell(rows, 1, c->arena);
		guest->email = cell(rows, 2, c->arena);
		guest->language = cell(rows, 3, c->arena);
	}
	err = rows_close(rows);
	if (err == OK && guest->person_id == 0)
		err = ERR_NOT_FOUND;
	if (err != OK)
		db_limit_to_casefile(c->db, 0);
	return err;
}

static enum err count_failure(const struct context *c, const char *number, const char *remote)
{
	enum err err = db_begin(c->db, c->why);
	return err != OK ? err : db_end(c, throttle_failed(c, "case", number, remote));
}

static enum err make_code(const struct context *c, int64_t casefile_id, int64_t person_id, const char *to, char code[CODE_LEN])
{
	char digest[65];
	snprintf(code, CODE_LEN, "%06u", random_below(1000000));
	session_digest(code, digest);
	return db_run(c->db, c->why, SQL("INSERT INTO main.portal_code (casefile_id, person_id, code_digest, sent_to, created_at)"
		" VALUES (?1, ?2, ?3, ?4, max(?5, 1 + ifnull((SELECT max(created_at) FROM portal_code WHERE casefile_id = ?1 AND person_id = ?2), 0)))"),
		"iissi", casefile_id, person_id, digest, to, clock_system());
}

static const char *with_code(const struct context *c, const char *message, const char *code)
{
	const char *at = strstr(message, "%1");
	return at == NULL ? code : arena_printf(c->arena, "%.*s%s%s", (int)(at - message), message, code, at + 2);
}

static enum err lay_code(const struct context *c, const struct guest *guest, const char *message, const char **body)
{
	char code[CODE_LEN];
	const char *to = guest->phone[0] != '\0' ? guest->phone : guest->email;
	enum err err = make_code(c, guest->casefile_id, guest->person_id, to, code);
	*body = with_code(c, message, code);
	if (err != OK || to[0] == '\0')
		return err;
	return db_run(c->db, c->why, SQL("INSERT INTO main.message (occasion, channel, recipient, language, body, casefile_id, created_at)"
		" VALUES ('portal_code', ?, ?, ?, ?, ?, ?)"), "ssssii", guest->phone[0] != '\0' ? "sms" : "email", to,
		guest->language, *body, guest->casefile_id, c->actor->now);
}

/* Nothing is sent in a demonstration: the message can be read in the instance's folder, by who runs it. */
static enum err tell_demo(const struct context *c, const char *number, const char *body)
{
	const char *path = arena_printf(c->arena, "%s/" PORTAL_DEMO_MESSAGES, c->dir);
	const char *line = arena_printf(c->arena, "%s\t%s\n", number, body);
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail(c->why, err_from_errno(errno), "%s: %s", path, strerror(errno));
	ssize_t n = write(fd, line, strlen(line));
	int errnum = n < 0 ? errno : ENOSPC;
	close(fd);
	return n == (ssize_t)strlen(line) ? OK : fail(c->why, err_from_errno(errnum), "%s: %s", path, strerror(errnum));
}

enum err portal_ask(const struct context *c, const char *number, const char *date_of_birth, const char *remote, const char *message)
{
	struct guest guest;
	const char *body = "";
	enum err err = throttle_check(c, "case", number, remote);
	if (err != OK)
		return err;
	if ((err = find_guest(c, number, date_of_birth, &guest)) == ERR_NOT_FOUND)
		return count_failure(c, number, remote);
	if (err != OK || (err = db_begin(c->db, c->why)) != OK)
		return err;
	/* Asking for codes is counted like failing: nobody's phone is flooded. */
	err = throttle_failed(c, "case", number, remote);
	if (err == OK)
		err = lay_code(c, &guest, message, &body);
	err = db_end(c, err);
	return err == OK && c->actor->demo ? tell_demo(c, number, body) : err;
}

enum err portal_code_give(const struct context *c, int64_t casefile_id, const char **code)
{
	char made[CODE_LEN];
	int64_t person_id = 0;
	const char *number;
	bool agreed = false;
	*code = "";
	enum err err = consent_has(c, casefile_id, "portal", &agreed);
	if (err == OK && !agreed)
		return fail(c->why, ERR_CONFLICT, "no consent to the portal");
	if (err != OK || (err = db_begin(c->db, c->why)) != OK)
		return err;
	err = db_int(c->db, c->why, &person_id, SQL("SELECT p.id FROM membership m JOIN person p ON p.id = m.person_id WHERE m.casefile_id = ?"
		" AND m.is_contact = 1 AND m.end_date IS NULL AND p.date_of_birth IS NOT NULL ORDER BY m.seq LIMIT 1"), "i", casefile_id);
	if (err == ERR_NOT_FOUND)
		err = fail(c->why, ERR_INVALID, "no contact with a birth date");
	if (err == OK)
		err = make_code(c, casefile_id, person_id, "office", made);
	if (err == OK)
		err = casefile_number(c, casefile_id, &number);
	if (err == OK)
		err = audit_change(c, "give_code", "casefile", number, casefile_id, NULL);
	if ((err = db_end(c, err)) == OK)
		*code = arena_strdup(c->arena, made);
	return err;
}

/* The newest code of the last minutes, tried at most five times. */
static enum err try_code(const struct context *c, const struct guest *guest, const char *code, bool *fits)
{
	char digest[65];
	int64_t created_at = 0;
	session_digest(code, digest);
	*fits = false;
	enum err err = db_int(c->db, c->why, &created_at, SQL("SELECT created_at FROM portal_code WHERE casefile_id = ? AND person_id = ?"
		" AND used_at IS NULL AND tries < ? AND created_at > ? ORDER BY created_at DESC LIMIT 1"), "iiii", guest->casefile_id,
		guest->person_id, (int64_t)PORTAL_CODE_TRIES, clock_system() - 60 * PORTAL_CODE_MINUTES);
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	int64_t right = 0;
	err = db_int(c->db, c->why, &right, SQL("SELECT code_digest = ? FROM portal_code WHERE casefile_id = ? AND person_id = ? AND created_at = ?"),
	             "siii", digest, guest->casefile_id, guest->person_id, created_at);
	*fits = right != 0;
	if (err == OK)
		err = db_run(c->db, c->why, SQL("UPDATE main.portal_code SET tries = tries + 1, used_at = CASE WHEN ? THEN ? END"
			" WHERE casefile_id = ? AND person_id = ? AND created_at = ?"), "iiiii", right, clock_system(), guest->casefile_id,
			guest->person_id, created_at);
	return err;
}

static enum err enter(const struct context *c, const struct guest *guest, const char *number, const char *code, const char *remote, bool *fits)
{
	enum err err = db_begin(c->db, c->why);
	if (err != OK)
		return err;
	err = try_code(c, guest, code, fits);
	if (err == OK && *fits)
		err = throttle_passed(c, "case", number);
	else if (err == OK)
		err = throttle_failed(c, "case", number, remote);
	if (err == OK)
		err = audit_change(c, *fits ? "sign_in" : "sign_in_refused", "casefile", number, guest->casefile_id, NULL);
	return db_end(c, err);
}

enum err portal_enter(const struct context *c, const char *number, const char *date_of_birth, const char *code,
                      const char *remote, int64_t *casefile_id, int64_t *person_id)
{
	struct guest guest;
	bool fits = false;
	*casefile_id = *person_id = 0;
	enum err err = throttle_check(c, "case", number, remote);
	if (err == OK && (err = find_guest(c, number, date_of_birth, &guest)) == ERR_NOT_FOUND)
		err = count_failure(c, number, remote);
	else if (err == OK)
		err = enter(c, &guest, number, code, remote, &fits);
	if (err != OK || !fits) {
		db_limit_to_casefile(c->db, 0);
		return err != OK ? err : fail(c->why, ERR_LOGIN, "wrong code for the portal");
	}
	*casefile_id = guest.casefile_id;
	*person_id = guest.person_id;
	return OK;
}
