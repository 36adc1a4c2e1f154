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

/* ERR_NOT_FOUND when number and birth date do not belong together, or the family's consent to the portal is no longer valid;
 * the connection is shut then. */
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
	bool agreed = false;
	if (err == OK && guest->person_id != 0)
		err = consent_has(c, guest->casefile_id, "portal", &agreed);
	if (err == OK && !agreed)
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

/* The outbox says that a code was sent, not which: whoever reads it there could sign in as the family. */
static enum err lay_code(const struct context *c, const struct guest *guest, const char *message, const char **told)
{
	char code[CODE_LEN];
	const char *to = guest->phone[0] != '\0' ? guest->phone : guest->email;
	enum err err = make_code(c, guest->casefile_id, guest->person_id, to, code);
	*told = with_code(c, message, code);
	if (err != OK || to[0] == '\0')
		return err;
	return db_run(c->db, c->why, SQL("INSERT INTO main.message (occasion, channel, recipient, language, body, casefile_id, created_at)"
		" VALUES ('portal_code', ?, ?, ?, ?, ?, ?)"), "ssssii", guest->phone[0] != '\0' ? "sms" : "email", to,
		guest->language, with_code(c, message, "••••••"), guest->casefile_id, c->actor->now);
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
	const char *told = "";
	if (!c->actor->demo)
		return fail(c->why, ERR_FORBIDDEN, "a trial sends no codes: the office tells them");
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
		err = lay_code(c, &guest, message, &told);
	err = db_end(c, err);
	return err == OK ? tell_demo(c, number, told) : err;
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

#define LIVE_SQL "casefile_id = ? AND person_id = ? AND used_at IS NULL AND tries < ? AND created_at > ?"

/* Any code of the last minutes that is not used: one told at the office holds beside one the form asked for. It is used up
 * then; a wrong one counts as a try of each of them. */
static enum err try_code(const struct context *c, const struct guest *guest, const char *code, bool *fits)
{
	char digest[65];
	int64_t made_at = 0, since = clock_system() - 60 * PORTAL_CODE_MINUTES;
	session_digest(code, digest);
	enum err err = db_int(c->db, c->why, &made_at, SQL("SELECT created_at FROM portal_code WHERE " LIVE_SQL " AND code_digest = ?"), "iiiis",
	                      guest->casefile_id, guest->person_id, (int64_t)PORTAL_CODE_TRIES, since, digest);
	*fits = err == OK;
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	return db_run(c->db, c->why, SQL("UPDATE main.portal_code SET tries = tries + 1, used_at = CASE WHEN created_at = ? THEN ? END WHERE " LIVE_SQL
		" AND (? = 0 OR created_at = ?)"), "iiiiiiii", made_at, clock_system(), guest->casefile_id, guest->person_id, (int64_t)PORTAL_CODE_TRIES,
		since, made_at, made_at);
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
