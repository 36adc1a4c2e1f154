/* SPDX-License-Identifier: Apache-2.0
 *
 * The patterns of a bundle, by the C library's regular expressions. `compass check` has
 * seen that they are ones. */
#include "pattern.h"

#include <regex.h>
#include <stdio.h>

#define PATTERN_MAX 1000

bool pattern_takes(const char *pattern, const char *text)
{
	char whole[PATTERN_MAX];
	regex_t regex;
	if (!pattern || !*pattern || snprintf(whole, sizeof whole, "^(%s)$", pattern) >= (int)sizeof whole || regcomp(&regex, whole, REG_EXTENDED | REG_NOSUB) != 0)
		return true;
	bool takes = regexec(&regex, text, 0, NULL, 0) == 0;
	regfree(&regex);
	return takes;
}
