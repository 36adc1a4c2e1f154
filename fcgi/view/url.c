/* SPDX-License-Identifier: Apache-2.0
 *
 * Which addresses a page may link to (url.h). Called by the template function url(). */
#include "url.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const schemes[] = { "http://", "https://", "mailto:", "tel:", NULL };

/* Browsers drop tabs and line ends inside an address and take "\" for "/". */
static bool has_trick(const char *url)
{
	for (const unsigned char *p = (const unsigned char *)url; *p; p++)
		if (*p < 0x20 || *p == 0x7f || *p == '\\')
			return true;
	return false;
}

const char *url_checked(const char *url)
{
	if (!url || !*url || has_trick(url))
		return "#";
	if (url[0] == '/')
		return url[1] == '/' ? "#" : url;
	if (url[0] == '#' || url[0] == '?')
		return url;
	for (size_t i = 0; schemes[i]; i++)
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
			return url;
	return "#";
}
