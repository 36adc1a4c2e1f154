/* SPDX-License-Identifier: Apache-2.0
 *
 * Sessions as the gate uses them: cookie to actor, signing in and out. The rows and their
 * digests are the model's (model/session.h); the bundle's role says what the actor may. */
#include "session_use.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "context.h"
#include "csrf.h"
#include "country/bundle.h"
#include "model/instance_meta.h"
#include "model/person.h"
#include "model/session.h"
#include "model/user.h"
#include "route.h"

#define COOKIE "cc_session"
#define COOKIE_LAST "cc_last"  /* "id.digest": whose session was the last here and which forms were its own: held posts wait for that person */

static bool is_portal(const struct request *r)
{
	return r->site->program == DB_PORTAL;
}

void session_nobody(struct request *r)
{
	r->actor = (struct actor){ .kind = ACTOR_NOBODY, .username = "", .name = "", .role = "", .office = "", .area = "" };
	if (r->instance) {
		r->actor.now = instance_now(r->instance);
		r->actor.demo = r->instance->is_demo;
		date_of_instant(r->actor.now, r->instance->bundle->zone, r->actor.today);
	} else {
		r->actor.now = clock_system();
		date_of_instant(r->actor.now, NULL, r->actor.today);
	}
	r->session = (struct session){ .is_open = false };
	if (is_portal(r) && r->instance)
		db_limit_to_casefile(r->instance->db, 0);
}

/* What the role may do in the modules that are on: a page, a link, a step of one that is off is nobody's. */
static uint64_t permissions_of(const struct bundle *bundle, const struct role *role)
{
	uint64_t permissions = role->permissions;

	for (enum permission p = PERM_PUBLIC + 1; p < PERM_COUNT; p++)
		if (!bundle_has(bundle, permission_module(p)))
			permissions &= ~BIT(p);
	return permissions;
}

static enum err become_staff(struct request *r, const struct user *user)
{
	const struct role *role = bundle_role(r->instance->bundle, user->role);

	r->actor.kind = ACTOR_STAFF;
	r->actor.user_id = user->id;
	r->actor.username = user->username;
	r->actor.name = user->name;
	r->actor.role = user->role;
	r->actor.office = user->office ? user->office : "";
	r->actor.area = user->area ? user->area : "";
	/* a role that the bundle no longer knows may do nothing */
	if (role) {
		r->actor.scope = role->scope;
		r->actor.permissions = permissions_of(r->instance->bundle, role);
		r->actor.sensitivity = role->sensitivity;
	}
	return OK;
}

static enum err become_beneficiary(struct request *r, int64_t casefile_id, int64_t person_id, const char **language)
{
	struct context c = request_context(r);
	struct person *person;
	enum err err;

	db_limit_to_casefile(r->instance->db, casefile_id);
	r->actor.kind = ACTOR_BENEFICIARY;
	r->actor.casefile_id = casefile_id;
	r->actor.person_id = person_id;
	r->actor.username = "beneficiary";
	r->actor.scope = SCOPE_OWN;
	r->actor.permissions = BIT(PERM_PORTAL);
	if ((err = person_load(&c, person_id, &person)))
		return err;
	r->actor.name = arena_printf(r->arena, "%s %s", person->given_name, person->family_name);
	if (language && *person->preferred_language)
		*language = person->preferred_language;
	return OK;
}

static enum err become(struct request *r, const struct session_record *record, const char **language)
{
	struct context c = request_context(r);
	struct user *user;
	enum err err;

	if (is_portal(r))
		return become_beneficiary(r, record->casefile_id, record->person_id, language);
	if ((err = user_by_id(&c, record->user_id, &user)))
		return err;
	if (language && user->language && *user->language)
		*language = user->language;
	return become_staff(r, user);
}

static void open_session(struct request *r, const struct session_record *record)
{
	r->session.is_open = true;
	memcpy(r->session.token_digest, record->token_digest, sizeof r->session.token_digest);
	r->session.csrf = record->csrf;
}

enum err session_use(struct request *r, const char **language)
{
	struct context c;
	struct session_record record;
	const char *token = request_cookie(r, COOKIE);
	enum err err;

	*language = NULL;
	session_nobody(r);
	if (!r->instance || !token || !*token)
		return OK;
	c = request_context(r);
	err = session_find(&c, r->site->name, token, &record);
	if (!err && !(err = become(r, &record, language))) {
		open_session(r, &record);
		r->session.record = arena_new_of(r->arena, struct session_record);
		*(struct session_record *)r->session.record = record;
		return OK;
	}
	session_nobody(r);
	if (err != ERR_LOGIN && err != ERR_NOT_FOUND)
		return err;
	r->why = (struct why){ 0 };
	return OK;
}

void session_prolong(struct request *r)
{
	struct context c = request_context(r);

	if (r->session.record)
		session_touch(&c, r->session.record);
}

enum err session_as(struct request *r, const char *who)
{
	const struct persona *persona = bundle_persona(r->instance->bundle, who);
	struct context c = request_context(r);
	int64_t casefile_id, person_id;
	struct user *user;
	enum err err;

	if (is_portal(r))
		err = persona_find(&c, who, &casefile_id, &person_id);
	else
		err = user_load(&c, persona && persona->username ? persona->username : who, &user);
	if (err)
		return fail(&r->why, err, "nobody here is \"%.60s\"", who);
	r->session.is_open = true;
	r->session.csrf = "once";
	return is_portal(r) ? become_beneficiary(r, casefile_id, person_id, NULL) : become_staff(r, user);
}

static const char *owner(struct request *r, int64_t user_id, int64_t person_id)
{
	return user_id ? arena_printf(r->arena, "user %lld", (long long)user_id) :
	       person_id ? arena_printf(r->arena, "person %lld", (long long)person_id) : "";
}

const char *session_owner(const struct request *r)
{
	return owner((struct request *)r, r->actor.user_id, r->actor.person_id);
}

const char *session_last_owner(const struct request *r, const char *form_csrf)
{
	const char *last = request_cookie(r, COOKIE_LAST), *dot = last ? strchr(last, '.') : NULL, *token = csrf_plain(r->arena, form_csrf);
	char digest[65];
	int64_t id;

	/* the cookie says who, never what they may: forging it only hides one's own typing from oneself */
	if (!dot || !*token || !text_to_int(arena_strndup(r->arena, last, (size_t)(dot - last)), &id) || id <= 0)
		return "";
	/* a window left open by somebody else still has their form: what is in it belongs to them, not to who came after */
	session_digest(token, digest);
	return text_eq(dot + 1, digest) ? owner((struct request *)r, is_portal(r) ? 0 : id, id) : "";
}

static void remember_owner(struct request *r, int64_t id)
{
	char digest[65];

	session_digest(r->session.csrf, digest);
	reply_cookie(r, COOKIE_LAST, arena_printf(r->arena, "%lld.%s", (long long)id, digest), NULL, SESSION_MAX_S);
}

/* A new token at each sign-in: one planted before cannot become a session. */
static enum err sign_in(struct request *r, int64_t user_id, int64_t casefile_id, int64_t person_id)
{
	struct context c = request_context(r);
	struct session_record record;
	char token[TOKEN_LEN];
	enum err err;

	if (r->session.is_open && r->session.token_digest[0] && (err = session_delete(&c, r->session.token_digest)))
		return err;
	session_nobody(r);
	if (is_portal(r))
		db_limit_to_casefile(r->instance->db, casefile_id);
	if ((err = session_create(&c, r->site->name, user_id, casefile_id, person_id, token, &record)))
		return err;
	if ((err = become(r, &record, NULL)))
		return err;
	open_session(r, &record);
	reply_cookie(r, COOKIE, token, NULL, SESSION_MAX_S);
	remember_owner(r, user_id ? user_id : person_id);
	return OK;
}

enum err sign_in_staff(struct request *r, int64_t user_id)
{
	return sign_in(r, user_id, 0, 0);
}

enum err sign_in_beneficiary(struct request *r, int64_t casefile_id, int64_t person_id)
{
	return sign_in(r, 0, casefile_id, person_id);
}

enum err sign_out(struct request *r)
{
	struct context c = request_context(r);
	enum err err = OK;

	if (r->session.is_open && r->session.token_digest[0])
		err = session_delete(&c, r->session.token_digest);
	if (err)
		return err;
	session_nobody(r);
	reply_cookie(r, COOKIE, "", NULL, 0);
	return OK;
}
