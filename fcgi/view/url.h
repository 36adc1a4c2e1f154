/* SPDX-License-Identifier: Apache-2.0
 *
 * Which addresses a page may link to. Escaping alone does not stop `javascript:`, so every
 * address a template prints goes through here. */
#ifndef VIEW_URL_H
#define VIEW_URL_H

/* The address itself, or "#" when it is not one of: a path of ours ("/…"), "?…", "#…",
 * http, https, mailto, tel. NULL gives "#". */
const char *url_checked(const char *url);

#endif
