/* SPDX-License-Identifier: Apache-2.0
 *
 * Cross-checks of reminders: the occasion suits who gets it, the text uses the fields
 * there are and no others, fits a text message in every language, and does not give
 * away what a family's trouble is to whoever holds the phone. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "bundle_load.h"
#include "words.h"

#define SMS_OTHER_SCRIPTS 70

static const struct { const char *audience, *occasion; } occasions[] = {
#define X(audience, occasion) { audience, occasion },
	OCCASIONS(X)
#undef X
};

static const char *const field_names[] = {
#define X(field, length) field,
	REMINDER_FIELDS(X)
#undef X
};

static const size_t field_lengths[] = {
#define X(field, length) length,
	REMINDER_FIELDS(X)
#undef X
};

#define COUNT(array) (sizeof (array) / sizeof *(array))

static void check_occasion(struct loader *l, size_t i)
{
	const struct reminder *r = &l->bundle->reminder[i];
	bool is_season = text_eq(r->occasion, "season");
	for (size_t k = 0; k < COUNT(occasions) && r->occasion && r->audience; k++)
		if (!strcmp(occasions[k].occasion, r->occasion) && *occasions[k].audience && strcmp(occasions[k].audience, r->audience) != 0)
			loader_error(l, place_of(&l->reminder, i, "audience"), "\"%s\" is an occasion of the %s, not of the %s", r->occasion, occasions[k].audience, r->audience);
	if (is_season && (!r->month || !r->day))
		loader_error(l, place_of(&l->reminder, i, "occasion"), "a \"season\" has \"month\" and \"day\"");
	else if (is_season && (r->day > 31 || (r->month == 2 && r->day > 29) || (r->day == 31 && (r->month == 4 || r->month == 6 || r->month == 9 || r->month == 11))))
		loader_error(l, place_of(&l->reminder, i, "day"), "there is no day %d in month %d", r->day, r->month);
	for (int k = 0; !is_season && k < 2; k++)
		if (json_get(l->reminder.at[i], k ? "day" : "month"))
			loader_warn(l, place_of(&l->reminder, i, k ? "day" : "month"), "has no effect: only a \"season\" has a day of the year");
}

static void check_module(struct loader *l, size_t i)
{
	static const struct { const char *occasion; enum module module; } owners[] = {
		{ "plan_to_sign", MODULE_PLAN }, { "review_due", MODULE_PLAN }, { "commitment_due", MODULE_PLAN }, { "plan_returned", MODULE_PLAN },
		{ "approvals_waiting", MODULE_PLAN }, { "high_risk_answer", MODULE_ASSESSMENT }, { "catalogue_unverified", MODULE_CATALOGUE },
		{ "feedback_request", MODULE_PORTAL },
	};
	const struct bundle *b = l->bundle;
	for (size_t k = 0; k < COUNT(owners) && loader_has(l, DOC_MAIN); k++)
		if (text_eq(owners[k].occasion, b->reminder[i].occasion) && !bundle_has(b, owners[k].module))
			loader_warn(l, place_of(&l->reminder, i, "occasion"), "has no effect: the module \"%s\" is off", module_name(owners[k].module));
}

/* ---- fields ---- */

/* Number of characters with the fields filled; reports fields that do not exist when `at` is given. */
static size_t fill(struct loader *l, const struct json *at, const char *language, const char *text)
{
	size_t n = 0;
	const char *where = language ? arena_printf(l->scratch, "in the language \"%s\": ", language) : "";
	for (const char *p = text; *p; p++) {
		size_t length = strcspn(p + 1, "{}"), k = 0;
		if (*p == '}' && at)
			loader_error(l, at, "%sthis } closes nothing", where);
		if (*p != '{') {
			n += ((unsigned char)*p & 0xC0) != 0x80;
			continue;
		}
		if (p[1 + length] != '}') {
			if (at)
				loader_error(l, at, "%sthe { is never closed: a field is {date}", where);
			return n;
		}
		const char *name = arena_strndup(l->scratch, p + 1, length);
		while (k < COUNT(field_names) && strcmp(field_names[k], name) != 0)
			k++;
		if (k == COUNT(field_names) && at)
			loader_error(l, at, "%sthere is no field {%s}%s", where, name, loader_hint(l, name, field_names, COUNT(field_names)));
		n += k < COUNT(field_names) ? field_lengths[k] : 0;
		p += length + 1;
	}
	return n;
}

/* What telephones send at full length: Latin letters and the signs of a typewriter. */
static bool is_latin(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		if (*p >= 0xC9)
			return false;
	return true;
}

static void check_length(struct loader *l, size_t i, const char *language, const char *text)
{
	const struct bundle *b = l->bundle;
	int limit = is_latin(text) ? b->sms_limit : SMS_OTHER_SCRIPTS;
	size_t n = fill(l, NULL, NULL, text);
	if ((b->reminder[i].channels & CHANNEL_SMS) && n > (size_t)limit)
		loader_warn(l, place_of(&l->reminder, i, "text"), "in the language \"%s\" the text message has about %zu characters with its fields filled; %d fit%s",
		            language, n, limit, limit == SMS_OTHER_SCRIPTS ? " when the letters are not Latin" : "");
}

static void check_texts(struct loader *l, size_t i)
{
	const struct bundle *b = l->bundle;
	const struct reminder *r = &b->reminder[i];
	const struct json *text = place_of(&l->reminder, i, "text"), *subject = place_of(&l->reminder, i, "subject");
	fill(l, text, NULL, r->text);
	fill(l, subject, NULL, r->subject);
	for (size_t k = 0; k < b->n_languages; k++) {
		const char *language = b->language[k].code;
		bool is_source = !strcmp(language, "en");
		if (!is_source && !words_has(b->languages, language, r->text))
			continue;
		words_use(b->languages, language);
		const char *own = is_source ? r->text : tr(r->text), *own_subject = is_source ? r->subject : tr(r->subject);
		if (!is_source) {
			fill(l, text, language, own);
			fill(l, subject, language, own_subject);
		}
		check_length(l, i, language, own);
	}
	words_use(NULL, "en");
	if ((r->channels & CHANNEL_EMAIL) && !*r->subject)
		loader_error(l, l->reminder.at[i], "\"subject\" is missing: an e-mail has one");
	if (!(r->channels & CHANNEL_EMAIL) && *r->subject)
		loader_warn(l, subject, "has no effect: \"channels\" has no email");
}

/* ---- silence ---- */

/* `word` as a word of its own, capitals aside. */
static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = text; n && (p = strcasestr(p, word)); p++) {
		bool starts = p == text || !((p[-1] | 32) >= 'a' && (p[-1] | 32) <= 'z'), ends = !((p[n] | 32) >= 'a' && (p[n] | 32) <= 'z');
		if (starts && ends)
			return true;
	}
	return false;
}

static void check_silence(struct loader *l, size_t i)
{
	static const char *const telling[] = { "violence", "abuse", "HIV", "AIDS", "addiction", "alcohol", "drugs", "poverty", "eviction", "debt", "pregnancy", "depression", "diagnosis", "rape" };
	const struct bundle *b = l->bundle;
	const struct reminder *r = &b->reminder[i];
	const struct json *at = place_of(&l->reminder, i, "text");
	if (!text_eq(r->audience, "client"))
		return;
	for (size_t k = 0; k < COUNT(telling) + b->n_sensitivity; k++) {
		const char *word = k < COUNT(telling) ? telling[k] : b->sensitivity[k - COUNT(telling)];
		if (has_word(r->text, word) || has_word(r->subject, word)) {
			loader_error(l, at, "\"%s\" gives away why the family is helped; a message names only day, hour, place and person", word);
			return;
		}
	}
}

static void check_twice(struct loader *l, size_t i)
{
	const struct bundle *b = l->bundle;
	const struct reminder *r = &b->reminder[i];
	for (size_t k = 0; k < i; k++) {
		const struct reminder *other = &b->reminder[k];
		if (text_eq(other->audience, r->audience) && text_eq(other->occasion, r->occasion) && other->offset_days == r->offset_days &&
		    other->month == r->month && other->day == r->day && (other->channels & r->channels))
			loader_warn(l, place_of(&l->reminder, i, "occasion"), "the reminder \"%s\" is sent at the same time for the same occasion", other->key ? other->key : "");
	}
}

void check_reminders(struct loader *l)
{
	for (size_t i = 0; i < l->bundle->n_reminders; i++) {
		check_occasion(l, i);
		check_module(l, i);
		check_texts(l, i);
		check_silence(l, i);
		check_twice(l, i);
	}
}
