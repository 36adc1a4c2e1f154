/* SPDX-License-Identifier: Apache-2.0
 *
 * digest() and base64-decode(). libcrypto is met here alone in the form engine: ODK's list
 * has MD5 and SHA-1, which libsodium rightly lacks. Nothing of ours is secured by these. */
#include "expr_functions.h"

#include <string.h>

#include <openssl/evp.h>

#include "base/text.h"

static const char *hex_text(struct eval *eval, const unsigned char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *text = eval_alloc(eval, 2 * n + 1);
	for (size_t i = 0; text && i < n; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	return text ? text : "";
}

static const char *base64_text(struct eval *eval, const unsigned char *bytes, size_t n)
{
	char *text = eval_alloc(eval, (n + 2) / 3 * 4 + 1);
	if (text)
		EVP_EncodeBlock((unsigned char *)text, bytes, (int)n);
	return text ? text : "";
}

size_t digest_text(const char *algorithm, const char *text, unsigned char out[DIGEST_MAX])
{
	static const char *const known[] = { "MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512" };
	unsigned int n = 0;
	bool is_known = false;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		is_known = is_known || strcmp(known[i], algorithm) == 0;
	if (!is_known || EVP_Digest(text, strlen(text), out, &n, EVP_get_digestbyname(algorithm), NULL) != 1)
		return 0;
	return n;
}

struct value function_digest(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0), *algorithm = arg_string(eval, call, 1);
	const char *encoding = call->n > 2 ? arg_string(eval, call, 2) : "base64";
	unsigned char bytes[DIGEST_MAX];
	bool is_hex = strcmp(encoding, "hex") == 0;
	size_t n = digest_text(algorithm, text, bytes);
	if (n == 0)
		return eval_fail(eval, "digest(): the algorithm is one of MD5, SHA-1, SHA-256, SHA-384, SHA-512");
	if (!is_hex && strcmp(encoding, "base64") != 0)
		return eval_fail(eval, "digest(): the encoding is base64 or hex");
	return value_of_string(is_hex ? hex_text(eval, bytes, n) : base64_text(eval, bytes, n));
}

static int base64_value(char c)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found = c ? strchr(alphabet, c) : NULL;
	return found ? (int)(found - alphabet) : -1;
}

/* What is no base64, or no UTF-8 inside, is refused. */
struct value function_base64_decode(struct eval *eval, const struct ast *call)
{
	const char *text = arg_string(eval, call, 0);
	char *out = eval_alloc(eval, strlen(text) / 4 * 3 + 4);
	unsigned bits = 0, held = 0;
	size_t n = 0;
	if (!out)
		return value_of_string("");
	for (; *text && *text != '='; text++) {
		int value = base64_value(*text);
		if (value < 0)
			return eval_fail(eval, "base64-decode(): the text is not base64");
		bits = bits << 6 | (unsigned)value;
		held += 6;
		if (held >= 8) {
			held -= 8;
			out[n++] = (char)(bits >> held & 0xFF);
		}
	}
	if (!text_is_utf8(out, n))
		return eval_fail(eval, "base64-decode(): the decoded bytes are no text");
	return value_of_string(out);
}
