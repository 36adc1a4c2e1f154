/* SPDX-License-Identifier: Apache-2.0
 *
 * Folding for search, keys and similarity of names. ICU transliterates, slowly (some
 * 10 µs a name) and with a start-up of milliseconds, so plain ASCII takes a path of its own. */
#include "text.h"

#include <ctype.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "err.h"

/* Vowel marks of Arabic go first, or they become letters. Then the romanisations that
 * people in those countries use in their own papers (BGN), then ICU's for the rest. */
static const char rules[] =
	"::NFD; ::[\\u0610-\\u061A\\u0640\\u064B-\\u065F\\u0670\\u06D6-\\u06ED] Remove; ::NFC;"
	"::[:Cyrillic:] Russian-Latin/BGN; ::[:Armenian:] Armenian-Latin/BGN; ::[:Georgian:] Georgian-Latin/BGN;"
	"::Any-Latin; ::NFKD; ::[:Mn:] Remove; ::Latin-ASCII; ::Lower;";

static UTransliterator *transliterator(void)
{
	static UTransliterator *made;
	UErrorCode status = U_ZERO_ERROR;
	UParseError where;
	UChar id[16], text[sizeof rules];

	if (made)
		return made;
	u_uastrcpy(id, "compass-fold");
	u_uastrcpy(text, rules);
	made = utrans_openU(id, -1, UTRANS_FORWARD, text, -1, &where, &status);
	if (U_FAILURE(status))
		BUG("ICU has no transliterator: %s", u_errorName(status));
	return made;
}

/* Transliterated UTF-8, or the text itself when ICU refuses it. */
static char *apply(UTransliterator *rules_open, struct arena *arena, const char *text)
{
	size_t n = strlen(text), room = n * 8 + 64;
	UChar *wide = arena_array(arena, UChar, room);
	char *out = arena_alloc(arena, room);
	UErrorCode status = U_ZERO_ERROR;
	int32_t length, limit;

	u_strFromUTF8WithSub(wide, (int32_t)room, &length, text, (int32_t)n, 0xfffd, NULL, &status);
	limit = length;
	utrans_transUChars(rules_open, wide, &length, (int32_t)room, 0, &limit, &status);
	u_strToUTF8(out, (int32_t)room - 1, NULL, wide, length, &status);
	return U_FAILURE(status) ? arena_strdup(arena, text) : out;
}

/* Letters of Arabic that people write one for the other: alef with and without hamza, teh marbuta and heh, the two
 * yehs. Each is two bytes, so the text keeps its length. */
static const char *level_arabic(struct arena *arena, const char *text)
{
	static const char *const letters[][2] = {
		{ "\xd8\xa2", "\xd8\xa7" }, { "\xd8\xa3", "\xd8\xa7" }, { "\xd8\xa5", "\xd8\xa7" }, { "\xd9\xb1", "\xd8\xa7" },
		{ "\xd8\xa9", "\xd9\x87" }, { "\xd9\x89", "\xd9\x8a" }, { "\xd8\xa4", "\xd9\x88" }, { "\xd8\xa6", "\xd9\x8a" },
	};
	char *out = arena_strdup(arena, text);
	for (char *p = out; *p; p++) {
		if (*p != '\xd8' && *p != '\xd9')
			continue;
		for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
			if (strncmp(p, letters[i][0], 2) == 0) {
				memcpy(p, letters[i][1], 2);
				break;
			}
		p += p[1] != 0;
	}
	return out;
}

static const char *to_latin(struct arena *arena, const char *text)
{
	return apply(transliterator(), arena, level_arabic(arena, text));
}

/* A script without vowels needs a rule a name: a hundred names take four kilobytes. */
#define ROMANIZE_MAX 16384

char *text_romanize(struct arena *arena, const char *text, const char *rules_text)
{
	static UTransliterator *made;
	static char of[ROMANIZE_MAX];
	UErrorCode status = U_ZERO_ERROR;
	UParseError where;
	static UChar wide[ROMANIZE_MAX];
	UChar id[16];

	if (strcmp(of, rules_text) != 0 && strlen(rules_text) < sizeof of) {
		int32_t length;
		if (made)
			utrans_close(made);
		u_uastrcpy(id, "compass-latin");
		u_strFromUTF8(wide, ROMANIZE_MAX, &length, rules_text, -1, &status);
		made = utrans_openU(id, -1, UTRANS_FORWARD, wide, length, &where, &status);
		if (U_FAILURE(status))
			made = NULL;
		strcpy(of, rules_text);
	}
	return made ? apply(made, arena, text) : arena_strdup(arena, text);
}

static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

/* Apostrophes are written or left out at will: O'Brien, and what stands for a soft sign. */
static size_t apostrophe_at(const char *p)
{
	static const char *const marks[] = { "'", "`", "\"", "\u02b9", "\u02ba", "\u02bb", "\u02bc", "\u2018", "\u2019" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strncmp(p, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

char *text_fold(struct arena *arena, const char *text)
{
	const char *p;
	char *out, *o;
	size_t n;

	if (!text)
		return NULL;
	p = is_ascii(text) ? text : to_latin(arena, text);
	out = o = arena_alloc(arena, strlen(p) + 1);
	while (*p) {
		if (isspace((unsigned char)*p)) {
			p++;
			if (o > out && o[-1] != ' ')
				*o++ = ' ';
		} else if ((n = apostrophe_at(p))) {
			p += n;
		} else {
			*o++ = (char)tolower((unsigned char)*p++);
		}
	}
	while (o > out && o[-1] == ' ')
		o--;
	*o = '\0';
	return out;
}

/* Habits of transliteration, levelled; the longer ones first. */
static const struct { const char *from, *to; } habits[] = {
	{ "tch", "ch" }, { "sch", "sh" }, { "dzh", "i" }, { "dj", "i" }, { "zh", "i" }, { "kh", "h" }, { "gh", "g" },
	{ "ph", "f" }, { "th", "t" }, { "ck", "k" }, { "ch", "ch" }, { "tz", "ts" }, { "ou", "u" }, { "oo", "u" },
	{ "ee", "i" }, { "y", "i" }, { "j", "i" }, { "w", "v" }, { "q", "k" }, { "x", "ks" }, { "c", "k" },
};

/* Appends unless it doubles the last letter of the word. */
static char *append_levelled(char *word, char *o, const char *letters)
{
	for (; *letters; letters++)
		if (o == word || o[-1] != *letters)
			*o++ = *letters;
	return o;
}

static char *level_word(const char *p, size_t n, char *word)
{
	char *o = word, one[2] = "";
	const char *end = p + n;

	while (p < end) {
		size_t i, from = 0;
		for (i = 0; i < sizeof habits / sizeof *habits; i++) {
			from = strlen(habits[i].from);
			if (from <= (size_t)(end - p) && strncmp(p, habits[i].from, from) == 0)
				break;
		}
		if (i < sizeof habits / sizeof *habits) {
			o = append_levelled(word, o, habits[i].to);
			p += from;
		} else {
			one[0] = *p++;
			o = append_levelled(word, o, one);
		}
	}
	/* Yelena and Elena, Yeghiazaryan and Eghiazaryan */
	if (o - word > 2 && word[0] == 'i' && word[1] == 'e') {
		memmove(word, word + 1, (size_t)(o - word) - 1);
		o--;
	}
	return o;
}

/* Letters, digits and what ICU left in another script. */
static bool is_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

char *text_name_key(struct arena *arena, const char *name)
{
	const char *p = text_fold(arena, name);
	char *out, *o;

	if (!p)
		return NULL;
	out = o = arena_alloc(arena, strlen(p) * 2 + 1);
	while (*p) {
		size_t n = 0;
		while (*p && !is_word(*p))
			p++;
		while (is_word(p[n]))
			n++;
		if (n && o > out)
			*o++ = ' ';
		o = level_word(p, n, o);
		p += n;
	}
	*o = '\0';
	return out;
}

struct word { const char *p; size_t n; };

#define WORDS_MAX 8
#define WORD_BYTES 64

static size_t split(const char *text, struct word words[WORDS_MAX])
{
	size_t count = 0;

	while (*text && count < WORDS_MAX) {
		size_t n = strcspn(text, " ");
		if (n)
			words[count++] = (struct word){ text, n < WORD_BYTES ? n : WORD_BYTES };
		text += n;
		text += strspn(text, " ");
	}
	return count;
}

static double jaro(struct word a, struct word b)
{
	bool in_a[WORD_BYTES] = { false }, in_b[WORD_BYTES] = { false };
	size_t longest = a.n > b.n ? a.n : b.n, window = longest / 2 > 0 ? longest / 2 - 1 : 0;
	size_t matches = 0, turned = 0;
	double m;

	for (size_t i = 0; i < a.n; i++)
		for (size_t j = i > window ? i - window : 0; j < b.n && j <= i + window; j++)
			if (!in_b[j] && a.p[i] == b.p[j]) {
				in_a[i] = in_b[j] = true;
				matches++;
				break;
			}
	if (!matches)
		return 0;
	for (size_t i = 0, j = 0; i < a.n; i++) {
		if (!in_a[i])
			continue;
		while (!in_b[j])
			j++;
		turned += a.p[i] != b.p[j++];
	}
	m = (double)matches;
	return (m / (double)a.n + m / (double)b.n + (m - (double)turned / 2) / m) / 3;
}

static double jaro_winkler(struct word a, struct word b)
{
	double similar = jaro(a, b);
	int prefix = 0;

	while (prefix < 4 && (size_t)prefix < a.n && (size_t)prefix < b.n && a.p[prefix] == b.p[prefix])
		prefix++;
	return similar + prefix * 0.1 * (1 - similar);
}

/* Pairs the words greedily, the best pair first; what has no partner counts as different. */
static double pair_words(struct word *a, size_t n_a, struct word *b, size_t n_b)
{
	bool used_a[WORDS_MAX] = { false }, used_b[WORDS_MAX] = { false };
	size_t pairs = n_a < n_b ? n_a : n_b;
	double sum = 0;

	for (size_t k = 0; k < pairs; k++) {
		double best = -1;
		size_t at_a = 0, at_b = 0;
		for (size_t i = 0; i < n_a; i++)
			for (size_t j = 0; j < n_b; j++) {
				double s = used_a[i] || used_b[j] ? -1 : jaro_winkler(a[i], b[j]);
				if (s > best) {
					best = s;
					at_a = i;
					at_b = j;
				}
			}
		used_a[at_a] = used_b[at_b] = true;
		sum += best;
	}
	return sum * 2 / (double)(n_a + n_b);
}

double text_name_similarity(struct arena *arena, const char *a, const char *b)
{
	struct word words_a[WORDS_MAX], words_b[WORDS_MAX];
	size_t n_a, n_b;

	if (text_is_blank(a) || text_is_blank(b))
		return 0;
	n_a = split(text_name_key(arena, a), words_a);
	n_b = split(text_name_key(arena, b), words_b);
	return n_a && n_b ? pair_words(words_a, n_a, words_b, n_b) : 0;
}

/* Edit distance of two short words, neighbours swapped counting once (lable, label); longer ones are not compared. */
static size_t edit_distance(const char *a, const char *b)
{
	size_t row[3][WORD_BYTES + 1], n = strlen(b), m = strlen(a);

	if (n > WORD_BYTES || m > WORD_BYTES)
		return SIZE_MAX;
	for (size_t j = 0; j <= n; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t *now = row[i % 3], *above = row[(i + 2) % 3], *before = row[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t change = above[j - 1] + (a[i - 1] != b[j - 1]), least = above[j] < now[j - 1] ? above[j] + 1 : now[j - 1] + 1;
			now[j] = change < least ? change : least;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < now[j])
				now[j] = before[j - 2] + 1;
		}
	}
	return row[m % 3][n];
}

const char *text_nearest(const char *word, const char *const *candidates, size_t n)
{
	size_t best = word ? strlen(word) / 3 : 0;
	const char *nearest = NULL;

	for (size_t i = 0; word && i < n; i++) {
		size_t distance = candidates[i] ? edit_distance(word, candidates[i]) : SIZE_MAX;
		if (distance < best || (distance == best && !nearest)) {
			best = distance;
			nearest = candidates[i];
		}
	}
	return nearest;
}

/* U+0370 and above: behind Latin, its extensions and their marks. */
static bool is_other_script(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name >= 0xcd && (unsigned char)*name != 0xe2)
			return true;
	return false;
}

char *text_latin_name(struct arena *arena, const char *name)
{
	char *latin;

	if (!is_other_script(name))
		return NULL;
	latin = text_fold(arena, name);
	for (char *p = latin; *p; p++)
		if (p == latin || p[-1] == ' ')
			*p = (char)toupper((unsigned char)*p);
	return latin;
}
