/* SPDX-License-Identifier: Apache-2.0
 *
 * The formats of texts in bundles. A pattern may let pass what its check refuses (no
 * pattern knows the days of February), never the other way round: tests/bundles/schema
 * holds both against the same bundles. */
#include "formats.h"

#include <stdint.h>
#include <string.h>

#include <unicode/ucal.h>

#include "base/date.h"
#include "form/form.h"
#include "instance.h"

#define SMALL "abcdefghijklmnopqrstuvwxyz"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static bool is_colour(const char *text)
{
	return text[0] == '#' && strlen(text) == 7 && strspn(text + 1, DIGITS "abcdefABCDEF") == 6;
}

static bool is_zone(const char *zone)
{
	UChar wide[64], canonical[64];
	UErrorCode status = U_ZERO_ERROR;
	UBool is_system = false;
	if (strlen(zone) > 60 || strspn(zone, SMALL CAPITALS DIGITS "/_+-") != strlen(zone))
		return false;
	for (size_t i = 0; i <= strlen(zone); i++)
		wide[i] = (UChar)(unsigned char)zone[i];
	ucal_getCanonicalTimeZoneID(wide, -1, canonical, 64, &is_system, &status);
	return U_SUCCESS(status) && is_system;
}

static bool is_language(const char *code)
{
	size_t n = strspn(code, SMALL);
	if (n < 2 || n > 3)
		return false;
	code += n;
	if (*code == '-' && strspn(code + 1, CAPITALS) == 2)
		code += 3;
	return *code == 0;
}

static bool is_case_prefix(const char *text)
{
	size_t n = strlen(text);
	return n >= 2 && n <= 5 && strspn(text, CAPITALS DIGITS) == n;
}

static bool is_name_order(const char *text)
{
	return !strcmp(text, "given family") || !strcmp(text, "family given");
}

static bool is_email(const char *text)
{
	const char *at = strchr(text, '@');
	size_t name = strspn(text, SMALL CAPITALS DIGITS "._%+-"), length = strlen(text);
	if (!at || name == 0 || text + name != at || length > 254)
		return false;
	const char *domain = at + 1, *dot = strrchr(domain, '.');
	return strspn(domain, SMALL CAPITALS DIGITS ".-") == strlen(domain) && *domain != '.' && *domain != '-' && !strstr(domain, "..") && dot && strlen(dot) > 2;
}

static bool is_web(const char *text)
{
	const char *host = !strncmp(text, "https://", 8) ? text + 8 : !strncmp(text, "http://", 7) ? text + 7 : NULL;
	if (!host || strlen(text) > 500 || strpbrk(text, " \"<>\\^`{|}"))
		return false;
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < 0x21)
			return false;
	size_t n = strcspn(host, "/?#");
	return n > 2 && memchr(host, '.', n) && host[0] != '.' && !memchr(host, '@', n);
}

static bool is_phone(const char *text)
{
	size_t digits = 0;
	for (const char *p = text; *p; p++)
		digits += *p >= '0' && *p <= '9';
	return digits >= 2 && strlen(text) <= 60 && strspn(text, DIGITS "+ ()-./,;*#" SMALL CAPITALS) == strlen(text);
}

static bool is_time(const char *text)
{
	return strlen(text) == 5 && text[2] == ':' && strspn(text, DIGITS) == 2 && strspn(text + 3, DIGITS) == 2 &&
	       (text[0] - '0') * 10 + text[1] - '0' < 24 && text[3] < '6';
}

static bool is_moment(const char *text)
{
	int64_t at;
	return instant_parse(text, &at) && !strchr(text, 'Z');
}

static bool is_emblem(const char *text)
{
	size_t n = strlen(text);
	return !strncmp(text, "media/", 6) && n > 10 && !strcmp(text + n - 4, ".svg") && !strchr(text + 6, '/') && !strstr(text, "..");
}

static bool is_version(const char *text)
{
	return *text && strlen(text) <= 40 && strspn(text, SMALL CAPITALS DIGITS "._+ -") == strlen(text);
}

#define X(constant, name) name "|"
static const char type_pattern[] = "^(" QUESTION_TYPES(X)
#undef X
#define X(name) name "|"
	KEPT_TYPES(X) "dateTime|select_one_external)([ \\t].*)?$";
#undef X

static const struct text_format_row rows[F_COUNT] = {
	[F_COLOUR] = { is_colour, "\"%s\" is no colour; write # and six hexadecimal digits, such as #b5502f", "^#[0-9a-fA-F]{6}$" },
	[F_ZONE] = { is_zone, "\"%s\" is no time zone; write its IANA name, such as Asia/Yerevan", "^[A-Za-z0-9/_+-]{1,60}$" },
	[F_LANGUAGE] = { is_language, "\"%s\" is no language code; write two or three small letters, such as hy or pt-BR", "^[a-z]{2,3}(-[A-Z]{2})?$" },
	[F_CASE_PREFIX] = { is_case_prefix, "\"%s\" cannot begin a case number; write 2 to 5 capital letters or digits, such as ARM", "^[A-Z0-9]{2,5}$" },
	[F_NAME_ORDER] = { is_name_order, "\"%s\" is no order of names; write \"given family\" or \"family given\"", "^(given family|family given)$" },
	[F_BUNDLE] = { instance_name_is_valid, "\"%s\" is no bundle; write the name of a folder beside this one: small letters, digits and hyphens", "^[a-z0-9-]{1,40}$" },
	[F_EMAIL] = { is_email, "\"%s\" is no e-mail address; write it as office@example.org", "^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z0-9-]{2,}$" },
	[F_WEB] = { is_web, "\"%s\" is no web address; write it in full, such as https://example.org/help", "^https?://[^ \"<>\\\\^`{|}]+$" },
	[F_PHONE] = { is_phone, "\"%s\" is no telephone number; write digits, with + ( ) - and spaces", "^[0-9+ ()./,;*#A-Za-z-]{2,60}$" },
	[F_DATE] = { date_is_valid, "\"%s\" is no date; write it as 2026-09-01", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
	[F_TIME] = { is_time, "\"%s\" is no time of day; write it as 08:00 or 20:30", "^([01][0-9]|2[0-3]):[0-5][0-9]$" },
	[F_MOMENT] = { is_moment, "\"%s\" is no local date and time; write it as 2026-11-17T09:12", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}" },
	[F_EMBLEM] = { is_emblem, "\"%s\" is no emblem; write the name of a drawing in media/, such as media/emblem.svg", "^media/[^/]+\\.svg$" },
	[F_VERSION] = { is_version, "\"%s\" is no version; write letters, digits, dots and hyphens, such as 1.0.0", "^[A-Za-z0-9._+ -]{1,40}$" },
	/* the form's own reader checks these two */
	[F_QUESTION] = { NULL, NULL, "^[A-Za-z_\\u0080-\\uffff][A-Za-z0-9_.\\u0080-\\uffff-]*$" },
	[F_TYPE] = { NULL, NULL, type_pattern },
};

const struct text_format_row *text_format_of(enum text_format format)
{
	return &rows[(unsigned)format < F_COUNT ? format : F_ANY];
}
