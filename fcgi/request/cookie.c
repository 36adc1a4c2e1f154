/* SPDX-License-Identifier: Apache-2.0
 *
 * Cookies: "a=1; b=2". What is malformed is passed over, as browsers do. */
#include "cookie.h"

#include <string.h>

char *cookie_value(struct arena *arena, const char *header, const char *name)
{
	size_t wanted = strlen(name);

	while (header && *header) {
		size_t n;
		header += strspn(header, " \t;");
		n = strcspn(header, ";");
		if (n > wanted && strncmp(header, name, wanted) == 0 && header[wanted] == '=') {
			const char *value = header + wanted + 1;
			size_t length = n - wanted - 1;
			while (length && (value[length - 1] == ' ' || value[length - 1] == '\t'))
				length--;
			return arena_strndup(arena, value, length);
		}
		header += n;
	}
	return NULL;
}
